/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection in a key file, without its secrets. */
#include "kobra-connection.h"

#include <glib/gi18n.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* The properties that are saved, under their own names. */
static const char *const saved[] = {
  "name", "base-url", "sign-in", "user", "auth-header", "auth-prefix", "batch-size", "max-in-flight", "timeout", "practice",
};

static GParamSpec *
find_property (KobraConnection *self,
               const char      *name)
{
  return g_object_class_find_property (G_OBJECT_GET_CLASS (self), name);
}

static gboolean
load_number (KobraConnection *self,
             GParamSpec      *pspec,
             const char      *text,
             GError         **error)
{
  GParamSpecUInt  *range = G_PARAM_SPEC_UINT (pspec);
  g_autofree char *shown = kobra_text_visible (text, 100);
  guint64          value;

  if (!g_ascii_string_to_unsigned (text, 10, range->minimum, range->maximum, &value, NULL))
    {
      /* Translators: the first is a setting's name as the file has it */
      g_set_error (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_SETTING, _("The saved connection has “%s” as its %s: it must be a number from %u to %u."), shown, pspec->name, range->minimum, range->maximum);
      return FALSE;
    }
  g_object_set (self, pspec->name, (guint) value, NULL);
  return TRUE;
}

static gboolean
load_word (KobraConnection *self,
           GParamSpec      *pspec,
           const char      *text,
           GError         **error)
{
  g_autofree char *shown = kobra_text_visible (text, 100);
  KobraSignIn      sign_in;

  if (G_IS_PARAM_SPEC_INT (pspec) && kobra_sign_in_find (text, &sign_in))
    {
      kobra_connection_set_sign_in (self, sign_in);
      return TRUE;
    }
  if (G_IS_PARAM_SPEC_BOOLEAN (pspec) && (g_str_equal (text, "true") || g_str_equal (text, "false")))
    {
      kobra_connection_set_practice (self, g_str_equal (text, "true"));
      return TRUE;
    }
  g_set_error (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_SETTING, _("The saved connection has “%s” as its %s, which is not one of the words that may stand there."), shown, pspec->name);
  return FALSE;
}

static gboolean
load_property (KobraConnection *self,
               GParamSpec      *pspec,
               const char      *text,
               GError         **error)
{
  if (G_IS_PARAM_SPEC_UINT (pspec))
    return load_number (self, pspec, text, error);
  if (!G_IS_PARAM_SPEC_STRING (pspec))
    return load_word (self, pspec, text, error);
  g_object_set (self, pspec->name, text, NULL);
  return TRUE;
}

KobraConnection *
kobra_connection_new_from_key_file (GKeyFile   *file,
                                    const char *group,
                                    GError    **error)
{
  g_autoptr (KobraConnection) self = kobra_connection_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (saved); i++)
    {
      GParamSpec        *pspec = find_property (self, saved[i]);
      g_autoptr (GError) local_error = NULL;
      g_autofree char   *text = g_key_file_get_string (file, group, pspec->name, &local_error);

      if (g_error_matches (local_error, G_KEY_FILE_ERROR, G_KEY_FILE_ERROR_KEY_NOT_FOUND))
        continue;
      if (local_error != NULL)
        {
          g_set_error (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_SETTING, _("The saved connection cannot be read: %s"), local_error->message);
          return NULL;
        }
      if (!load_property (self, pspec, text, error))
        return NULL;
    }
  if (!kobra_connection_check (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
kobra_connection_save (KobraConnection *self,
                       GKeyFile        *file,
                       const char      *group)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  for (gsize i = 0; i < G_N_ELEMENTS (saved); i++)
    {
      GParamSpec     *pspec = find_property (self, saved[i]);
      g_auto (GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (self), pspec->name, &value);
      if (G_IS_PARAM_SPEC_INT (pspec))
        g_key_file_set_string (file, group, pspec->name, kobra_sign_in_get_name (g_value_get_int (&value)));
      else if (G_IS_PARAM_SPEC_STRING (pspec))
        g_key_file_set_string (file, group, pspec->name, g_value_get_string (&value));
      else if (G_IS_PARAM_SPEC_UINT (pspec))
        g_key_file_set_uint64 (file, group, pspec->name, g_value_get_uint (&value));
      else
        g_key_file_set_boolean (file, group, pspec->name, g_value_get_boolean (&value));
    }
}
