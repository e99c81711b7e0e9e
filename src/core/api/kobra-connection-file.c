/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection in a key file, without its secrets. */
#include "kobra-connection.h"

#include <glib/gi18n.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* The properties that are saved, under their own names. */
static const char *const saved[] = {
  "name", "base-url", "sign-in", "user", "auth-header", "auth-prefix", "batch-size", "max-in-flight", "timeout",
  "proxy", "colour", "required", "id", "plain", "practice",
};

/* A file with a connection is a few hundred bytes. */
#define MAX_FILE_BYTES ((gsize) 64 << 10)

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
      g_object_set (self, pspec->name, g_str_equal (text, "true"), NULL);
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

static void
copy_settings (KobraConnection *from,
               KobraConnection *to,
               gboolean         with_id)
{
  for (gsize i = 0; i < G_N_ELEMENTS (saved); i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      if (!with_id && g_str_equal (saved[i], "id"))
        continue;
      g_object_get_property (G_OBJECT (from), saved[i], &value);
      g_object_set_property (G_OBJECT (to), saved[i], &value);
    }
}

KobraConnection *
kobra_connection_dup (KobraConnection *self)
{
  KobraConnection *copy = kobra_connection_new ();

  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), copy);

  copy_settings (self, copy, TRUE);
  return copy;
}

void
kobra_connection_take_settings (KobraConnection *self,
                                KobraConnection *other)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self) && KOBRA_IS_CONNECTION (other));

  if (!g_str_equal (kobra_connection_get_base_url (self), kobra_connection_get_base_url (other)) ||
      !g_str_equal (kobra_connection_get_user (self), kobra_connection_get_user (other)))
    {
      kobra_connection_set_password (self, NULL);
      kobra_connection_set_token (self, NULL);
    }
  copy_settings (other, self, FALSE);
}

GBytes *
kobra_connection_to_bytes (KobraConnection *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize                length;
  char                *text;

  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  kobra_connection_save (self, file, "Kobra Import Connection");
  g_key_file_remove_key (file, "Kobra Import Connection", "id", NULL);
  text = g_key_file_to_data (file, &length, NULL);
  return g_bytes_new_take (text, length);
}

KobraConnection *
kobra_connection_new_from_bytes (GBytes  *bytes,
                                 GError **error)
{
  g_autoptr (GKeyFile)        file = g_key_file_new ();
  g_autoptr (KobraConnection) self = NULL;
  g_autofree char            *group = NULL;

  if (g_bytes_get_size (bytes) <= MAX_FILE_BYTES && g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    group = g_key_file_get_start_group (file);
  if (group == NULL)
    {
      g_set_error_literal (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_SETTING, _("This file has no connection in it. Choose one that was exported from Kobra Import."));
      return NULL;
    }
  self = kobra_connection_new_from_key_file (file, group, error);
  if (self == NULL || !kobra_connection_check_name (kobra_connection_get_name (self), error))
    return NULL;
  kobra_connection_set_id (self, NULL);
  kobra_connection_set_practice (self, FALSE);
  return g_steal_pointer (&self);
}
