/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-preview.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-client-private.h"
#include "kobra-config.h"
#include "kobra-writer.h"

#include "kobra-banned.h"

#define MAX_BODY_BYTES (1024 * 1024)
#define INDENT 2
#define MASK "••••••••"

/* The body of a request with just this record, or NULL. */
static GBytes *
write_body (KobraKind          kind,
            KobraImportType    type,
            const KobraRecord *record,
            GError           **error)
{
  g_auto (KobraBuffer) body = { 0 };
  const KobraField    *field = kobra_writer_find_unwritable (record);

  kobra_buffer_init (&body, MAX_BODY_BYTES);
  kobra_writer_begin (&body, kind, type);
  if (field != NULL || !kobra_writer_add (&body, record, TRUE))
    {
      if (field != NULL)
        g_set_error (error, KOBRA_CLIENT_ERROR, KOBRA_CLIENT_ERROR_SETTINGS, _("What stands in “%s” cannot be sent as the kind of value that the server expects there. Correct it first."), _(field->label));
      else
        g_set_error_literal (error, KOBRA_CLIENT_ERROR, KOBRA_CLIENT_ERROR_SETTINGS, _("The record is too long to be sent."));
      return NULL;
    }
  kobra_writer_end (&body, kind);
  return kobra_buffer_steal (&body);
}

static void
append_header (const char *name,
               const char *value,
               gpointer    data)
{
  g_string_append_printf (data, "%s: %s\n", name, value);
}

static char *
list_headers (SoupMessage *message,
              const char  *auth,
              gsize        length)
{
  GString *headers = g_string_new (NULL);

  soup_message_headers_foreach (soup_message_get_request_headers (message), append_header, headers);
  if (auth != NULL)
    g_string_append_printf (headers, "%s%s\n", auth, MASK);
  append_header ("User-Agent", KOBRA_CLIENT_USER_AGENT, headers);
  if (soup_message_headers_get_one (soup_message_get_request_headers (message), "Content-Length") == NULL)
    g_string_append_printf (headers, "Content-Length: %" G_GSIZE_FORMAT "\n", length);
  return g_string_free (headers, FALSE);
}

static char *
dup_auth (KobraConnection *connection)
{
  const char *prefix = kobra_connection_get_auth_prefix (connection);

  if (kobra_connection_get_sign_in (connection) == KOBRA_SIGN_IN_NONE)
    return NULL;
  return g_strdup_printf ("%s: %s%s", kobra_connection_get_auth_header (connection), prefix, *prefix != '\0' ? " " : "");
}

KobraPreview *
kobra_preview_new (KobraClient       *client,
                   KobraKind          kind,
                   KobraImportType    type,
                   const KobraRecord *record,
                   GError           **error)
{
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes)      body = NULL;
  KobraPreview           *self;
  gsize                   length;
  const char             *bytes;

  if (!kobra_connection_check (kobra_client_get_connection (client), error))
    return NULL;
  body = write_body (kind, type, record, error);
  if (body == NULL)
    return NULL;
  message = kobra_client_new_import_message (client, body);
  bytes = g_bytes_get_data (body, &length);
  self = g_new0 (KobraPreview, 1);
  self->url = g_uri_to_string (soup_message_get_uri (message));
  self->auth = dup_auth (kobra_client_get_connection (client));
  self->headers = list_headers (message, self->auth, length);
  self->body = g_strndup (bytes, length);
  return self;
}

void
kobra_preview_free (KobraPreview *self)
{
  g_free (self->url);
  g_free (self->headers);
  g_free (self->auth);
  g_free (self->body);
  g_free (self);
}

char *
kobra_preview_dup_text (const KobraPreview *self)
{
  g_autofree char *body = kobra_preview_dup_pretty (self->body);

  return g_strdup_printf ("POST %s\n%s\n%s\n", self->url, self->headers, body);
}

char *
kobra_preview_dup_curl (const KobraPreview *self)
{
  g_autofree char *url = g_shell_quote (self->url);
  g_autofree char *body = g_shell_quote (self->body);
  g_auto (GStrv)   headers = g_strsplit (self->headers, "\n", -1);
  GString         *command = g_string_new ("curl ");

  g_string_append (command, url);
  for (guint i = 0; headers[i] != NULL && *headers[i] != '\0'; i++)
    {
      gboolean         is_auth = self->auth != NULL && g_str_has_prefix (headers[i], self->auth);
      g_autofree char *quoted = g_shell_quote (is_auth ? self->auth : headers[i]);

      /* curl counts by itself. */
      if (!g_str_has_prefix (headers[i], "Content-Length:"))
        g_string_append_printf (command, " \\\n  --header %s%s", quoted, is_auth ? "\"$KOBRA_TOKEN\"" : "");
    }
  g_string_append_printf (command, " \\\n  --data-raw %s\n", body);
  return g_string_free (command, FALSE);
}

static void
break_line (GString *text,
            guint    depth)
{
  g_string_append_printf (text, "\n%*s", (int) (depth * INDENT), "");
}

/* The end of the JSON string that begins at @p. */
static const char *
skip_string (const char *p)
{
  for (p++; *p != '"' && *p != '\0'; p++)
    if (*p == '\\' && p[1] != '\0')
      p++;
  return *p == '"' ? p + 1 : p;
}

char *
kobra_preview_dup_pretty (const char *json)
{
  GString *text = g_string_new (NULL);
  guint    depth = 0;

  while (*json != '\0')
    {
      const char *end = *json == '"' ? skip_string (json) : json + 1;

      if (*json == '}' || *json == ']')
        break_line (text, depth = MAX (depth, 1) - 1);
      g_string_append_len (text, json, end - json);
      if (*json == ':')
        g_string_append_c (text, ' ');
      else if (*json == ',')
        break_line (text, depth);
      else if ((*json == '{' || *json == '[') && (json[1] == '}' || json[1] == ']'))
        g_string_append_c (text, *end++);
      else if (*json == '{' || *json == '[')
        break_line (text, ++depth);
      json = end;
    }
  return g_string_free (text, FALSE);
}
