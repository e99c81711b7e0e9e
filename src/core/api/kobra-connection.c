/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-connection.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-text.h"

#include "kobra-banned.h"

struct _KobraConnection
{
  GObject     parent_instance;

  char       *name;
  char       *base_url;
  char       *host;
  KobraSignIn sign_in;
  char       *user;
  char       *auth_header;
  char       *auth_prefix;
  guint       batch_size;
  guint       max_in_flight;
  guint       timeout;
  char       *proxy;
  char       *colour;
  char       *required;
  char       *id;
  gboolean    plain;
  gboolean    practice;

  char       *password;
  char       *token;
};

G_DEFINE_FINAL_TYPE (KobraConnection, kobra_connection, G_TYPE_OBJECT)
G_DEFINE_QUARK (kobra-connection-error-quark, kobra_connection_error)

typedef enum
{
  PROP_NAME = 1,
  PROP_BASE_URL,
  PROP_SIGN_IN,
  PROP_USER,
  PROP_AUTH_HEADER,
  PROP_AUTH_PREFIX,
  PROP_BATCH_SIZE,
  PROP_MAX_IN_FLIGHT,
  PROP_TIMEOUT,
  PROP_PROXY,
  PROP_COLOUR,
  PROP_REQUIRED,
  PROP_ID,
  PROP_PLAIN,
  PROP_PRACTICE
} KobraConnectionProperty;

static GParamSpec *props[PROP_PRACTICE + 1];

static const struct
{
  const char *name, *label;
} sign_ins[KOBRA_N_SIGN_INS] = {
  [KOBRA_SIGN_IN_PASSWORD] = { "password", N_("User and password") },
  [KOBRA_SIGN_IN_TOKEN] = { "token", N_("A token") },
  [KOBRA_SIGN_IN_NONE] = { "none", N_("No sign-in") },
};

/* Host and port for people; an IPv6 address has its brackets back. */
static char *
dup_host (const char *base_url)
{
  g_autoptr (GUri) uri = g_uri_parse (base_url, G_URI_FLAGS_NONE, NULL);
  const char      *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  GString         *shown;

  if (host == NULL)
    return g_strdup ("");
  shown = g_string_new (NULL);
  g_string_printf (shown, strchr (host, ':') != NULL ? "[%s]" : "%s", host);
  if (g_uri_get_port (uri) != -1)
    g_string_append_printf (shown, ":%d", g_uri_get_port (uri));
  return g_string_free (shown, FALSE);
}

static void
set_secret (char      **secret,
            const char *text)
{
  char *copy = text != NULL && *text != '\0' ? g_strdup (text) : NULL;

  if (*secret != NULL)
    kobra_text_wipe (*secret, strlen (*secret));
  g_free (*secret);
  *secret = copy;
}

static void
set_string (KobraConnection        *self,
            char                  **string,
            const char             *text,
            KobraConnectionProperty property)
{
  if (g_set_str (string, text != NULL ? text : ""))
    g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

static void
set_number (KobraConnection        *self,
            guint                  *number,
            guint                   value,
            KobraConnectionProperty property)
{
  if (*number == value)
    return;
  *number = value;
  g_object_notify_by_pspec (G_OBJECT (self), props[property]);
}

static void
kobra_connection_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  KobraConnection *self = KOBRA_CONNECTION (object);

  switch ((KobraConnectionProperty) id)
    {
    case PROP_NAME: g_value_set_string (value, self->name); break;
    case PROP_BASE_URL: g_value_set_string (value, self->base_url); break;
    case PROP_SIGN_IN: g_value_set_int (value, self->sign_in); break;
    case PROP_USER: g_value_set_string (value, self->user); break;
    case PROP_AUTH_HEADER: g_value_set_string (value, self->auth_header); break;
    case PROP_AUTH_PREFIX: g_value_set_string (value, self->auth_prefix); break;
    case PROP_BATCH_SIZE: g_value_set_uint (value, self->batch_size); break;
    case PROP_MAX_IN_FLIGHT: g_value_set_uint (value, self->max_in_flight); break;
    case PROP_TIMEOUT: g_value_set_uint (value, self->timeout); break;
    case PROP_PROXY: g_value_set_string (value, self->proxy); break;
    case PROP_COLOUR: g_value_set_string (value, self->colour); break;
    case PROP_REQUIRED: g_value_set_string (value, self->required); break;
    case PROP_ID: g_value_set_string (value, self->id); break;
    case PROP_PLAIN: g_value_set_boolean (value, self->plain); break;
    case PROP_PRACTICE: g_value_set_boolean (value, self->practice); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_connection_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  KobraConnection *self = KOBRA_CONNECTION (object);

  switch ((KobraConnectionProperty) id)
    {
    case PROP_NAME: kobra_connection_set_name (self, g_value_get_string (value)); break;
    case PROP_BASE_URL: kobra_connection_set_base_url (self, g_value_get_string (value)); break;
    case PROP_SIGN_IN: kobra_connection_set_sign_in (self, g_value_get_int (value)); break;
    case PROP_USER: kobra_connection_set_user (self, g_value_get_string (value)); break;
    case PROP_AUTH_HEADER: kobra_connection_set_auth_header (self, g_value_get_string (value)); break;
    case PROP_AUTH_PREFIX: kobra_connection_set_auth_prefix (self, g_value_get_string (value)); break;
    case PROP_BATCH_SIZE: kobra_connection_set_batch_size (self, g_value_get_uint (value)); break;
    case PROP_MAX_IN_FLIGHT: kobra_connection_set_max_in_flight (self, g_value_get_uint (value)); break;
    case PROP_TIMEOUT: kobra_connection_set_timeout (self, g_value_get_uint (value)); break;
    case PROP_PROXY: kobra_connection_set_proxy (self, g_value_get_string (value)); break;
    case PROP_COLOUR: kobra_connection_set_colour (self, g_value_get_string (value)); break;
    case PROP_REQUIRED: kobra_connection_set_required (self, g_value_get_string (value)); break;
    case PROP_ID: kobra_connection_set_id (self, g_value_get_string (value)); break;
    case PROP_PLAIN: kobra_connection_set_plain (self, g_value_get_boolean (value)); break;
    case PROP_PRACTICE: kobra_connection_set_practice (self, g_value_get_boolean (value)); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_connection_finalize (GObject *object)
{
  KobraConnection *self = KOBRA_CONNECTION (object);

  set_secret (&self->password, NULL);
  set_secret (&self->token, NULL);
  g_free (self->name);
  g_free (self->base_url);
  g_free (self->host);
  g_free (self->user);
  g_free (self->auth_header);
  g_free (self->auth_prefix);
  g_free (self->proxy);
  g_free (self->colour);
  g_free (self->required);
  g_free (self->id);
  G_OBJECT_CLASS (kobra_connection_parent_class)->finalize (object);
}

static void
kobra_connection_class_init (KobraConnectionClass *klass)
{
  GObjectClass     *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = kobra_connection_get_property;
  object_class->set_property = kobra_connection_set_property;
  object_class->finalize = kobra_connection_finalize;

  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  props[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, KOBRA_CONNECTION_DEFAULT_BASE_URL, flags);
  props[PROP_SIGN_IN] = g_param_spec_int ("sign-in", NULL, NULL, 0, KOBRA_N_SIGN_INS - 1, KOBRA_SIGN_IN_PASSWORD, flags);
  props[PROP_USER] = g_param_spec_string ("user", NULL, NULL, "", flags);
  props[PROP_AUTH_HEADER] = g_param_spec_string ("auth-header", NULL, NULL, "Authorization", flags);
  props[PROP_AUTH_PREFIX] = g_param_spec_string ("auth-prefix", NULL, NULL, "Bearer", flags);
  props[PROP_BATCH_SIZE] = g_param_spec_uint ("batch-size", NULL, NULL, 1, KOBRA_BATCH_SIZE_MAX, KOBRA_BATCH_SIZE_DEFAULT, flags);
  props[PROP_MAX_IN_FLIGHT] = g_param_spec_uint ("max-in-flight", NULL, NULL, 1, KOBRA_IN_FLIGHT_MAX, KOBRA_IN_FLIGHT_DEFAULT, flags);
  props[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 1, KOBRA_TIMEOUT_MAX, KOBRA_TIMEOUT_DEFAULT, flags);
  props[PROP_PROXY] = g_param_spec_string ("proxy", NULL, NULL, KOBRA_PROXY_SYSTEM, flags);
  props[PROP_COLOUR] = g_param_spec_string ("colour", NULL, NULL, "", flags);
  props[PROP_REQUIRED] = g_param_spec_string ("required", NULL, NULL, "", flags);
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, "", flags);
  props[PROP_PLAIN] = g_param_spec_boolean ("plain", NULL, NULL, FALSE, flags);
  props[PROP_PRACTICE] = g_param_spec_boolean ("practice", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);
}

static void
kobra_connection_init (KobraConnection *self)
{
  self->name = g_strdup ("");
  self->base_url = g_strdup (KOBRA_CONNECTION_DEFAULT_BASE_URL);
  self->host = dup_host (self->base_url);
  self->user = g_strdup ("");
  self->auth_header = g_strdup ("Authorization");
  self->auth_prefix = g_strdup ("Bearer");
  self->proxy = g_strdup (KOBRA_PROXY_SYSTEM);
  self->colour = g_strdup ("");
  self->required = g_strdup ("");
  self->id = g_strdup ("");
  self->batch_size = KOBRA_BATCH_SIZE_DEFAULT;
  self->max_in_flight = KOBRA_IN_FLIGHT_DEFAULT;
  self->timeout = KOBRA_TIMEOUT_DEFAULT;
}

KobraConnection *
kobra_connection_new (void)
{
  return g_object_new (KOBRA_TYPE_CONNECTION, NULL);
}

const char *
kobra_connection_get_name (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->name;
}

void
kobra_connection_set_name (KobraConnection *self,
                           const char      *name)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_string (self, &self->name, name, PROP_NAME);
}

const char *
kobra_connection_get_base_url (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->base_url;
}

void
kobra_connection_set_base_url (KobraConnection *self,
                               const char      *base_url)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  g_free (self->host);
  self->host = dup_host (base_url != NULL ? base_url : "");
  set_string (self, &self->base_url, base_url, PROP_BASE_URL);
}

KobraSignIn
kobra_connection_get_sign_in (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), KOBRA_SIGN_IN_NONE);

  return self->sign_in;
}

void
kobra_connection_set_sign_in (KobraConnection *self,
                              KobraSignIn      sign_in)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self) && sign_in < KOBRA_N_SIGN_INS);

  if (self->sign_in == sign_in)
    return;
  self->sign_in = sign_in;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIGN_IN]);
}

const char *
kobra_connection_get_user (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->user;
}

void
kobra_connection_set_user (KobraConnection *self,
                           const char      *user)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_string (self, &self->user, user, PROP_USER);
}

const char *
kobra_connection_get_auth_header (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->auth_header;
}

void
kobra_connection_set_auth_header (KobraConnection *self,
                                  const char      *auth_header)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_string (self, &self->auth_header, auth_header, PROP_AUTH_HEADER);
}

const char *
kobra_connection_get_auth_prefix (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->auth_prefix;
}

void
kobra_connection_set_auth_prefix (KobraConnection *self,
                                  const char      *auth_prefix)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_string (self, &self->auth_prefix, auth_prefix, PROP_AUTH_PREFIX);
}

guint
kobra_connection_get_batch_size (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), KOBRA_BATCH_SIZE_DEFAULT);

  return self->batch_size;
}

void
kobra_connection_set_batch_size (KobraConnection *self,
                                 guint            batch_size)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_number (self, &self->batch_size, CLAMP (batch_size, 1, KOBRA_BATCH_SIZE_MAX), PROP_BATCH_SIZE);
}

guint
kobra_connection_get_max_in_flight (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), KOBRA_IN_FLIGHT_DEFAULT);

  return self->max_in_flight;
}

void
kobra_connection_set_max_in_flight (KobraConnection *self,
                                    guint            max_in_flight)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_number (self, &self->max_in_flight, CLAMP (max_in_flight, 1, KOBRA_IN_FLIGHT_MAX), PROP_MAX_IN_FLIGHT);
}

guint
kobra_connection_get_timeout (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), KOBRA_TIMEOUT_DEFAULT);

  return self->timeout;
}

void
kobra_connection_set_timeout (KobraConnection *self,
                              guint            timeout)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_number (self, &self->timeout, CLAMP (timeout, 1, KOBRA_TIMEOUT_MAX), PROP_TIMEOUT);
}

const char *
kobra_connection_get_proxy (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->proxy;
}

void
kobra_connection_set_proxy (KobraConnection *self,
                               const char      *proxy)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_string (self, &self->proxy, proxy, PROP_PROXY);
}

const char *
kobra_connection_get_colour (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->colour;
}

void
kobra_connection_set_colour (KobraConnection *self,
                                const char      *colour)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_string (self, &self->colour, colour, PROP_COLOUR);
}

const char *
kobra_connection_get_required (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->required;
}

void
kobra_connection_set_required (KobraConnection *self,
                                  const char      *required)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_string (self, &self->required, required, PROP_REQUIRED);
}

const char *
kobra_connection_get_id (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->id;
}

void
kobra_connection_set_id (KobraConnection *self,
                            const char      *id)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_string (self, &self->id, id, PROP_ID);
}

gboolean
kobra_connection_is_plain (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), FALSE);

  return self->plain;
}

void
kobra_connection_set_plain (KobraConnection *self,
                            gboolean         plain)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  if (self->plain == !!plain)
    return;
  self->plain = !!plain;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAIN]);
}

gboolean
kobra_connection_is_practice (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), FALSE);

  return self->practice;
}

void
kobra_connection_set_practice (KobraConnection *self,
                               gboolean         practice)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  if (self->practice == !!practice)
    return;
  self->practice = !!practice;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PRACTICE]);
}

const char *
kobra_connection_get_host (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->host;
}

void
kobra_connection_set_password (KobraConnection *self,
                               const char      *password)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_secret (&self->password, password);
}

const char *
kobra_connection_peek_password (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->password;
}

void
kobra_connection_set_token (KobraConnection *self,
                            const char      *token)
{
  g_return_if_fail (KOBRA_IS_CONNECTION (self));

  set_secret (&self->token, token);
}

const char *
kobra_connection_peek_token (KobraConnection *self)
{
  g_return_val_if_fail (KOBRA_IS_CONNECTION (self), NULL);

  return self->token;
}

const char *
kobra_sign_in_get_name (KobraSignIn sign_in)
{
  g_return_val_if_fail (sign_in < KOBRA_N_SIGN_INS, NULL);

  return sign_ins[sign_in].name;
}

const char *
kobra_sign_in_get_label (KobraSignIn sign_in)
{
  g_return_val_if_fail (sign_in < KOBRA_N_SIGN_INS, NULL);

  return sign_ins[sign_in].label;
}

gboolean
kobra_sign_in_find (const char  *name,
                    KobraSignIn *sign_in)
{
  for (guint i = 0; i < KOBRA_N_SIGN_INS; i++)
    if (g_str_equal (sign_ins[i].name, name))
      {
        *sign_in = i;
        return TRUE;
      }
  return FALSE;
}
