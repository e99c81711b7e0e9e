/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-reply.h"

#include <string.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "kobra-text.h"

#include "kobra-banned.h"

#define MAX_DEPTH 64
#define MAX_TOKEN_BYTES (64 * 1024)
#define DAY_SECONDS (24 * 60 * 60)
#define SECOND ((gint64) G_USEC_PER_SEC)

/* What the HTTP status says by itself. The first row that has the status counts. */
static const struct
{
  guint        first, last;
  KobraOutcome bare;     /* without the API's envelope */
  KobraOutcome envelope; /* with an error in the envelope */
} statuses[] = {
  /* clang-format off */
  { 200, 299, KOBRA_OUTCOME_UNKNOWN,   KOBRA_OUTCOME_REJECTED },
  { 300, 399, KOBRA_OUTCOME_REFUSED,   KOBRA_OUTCOME_REFUSED },
  { 401, 401, KOBRA_OUTCOME_SIGN_IN,   KOBRA_OUTCOME_SIGN_IN },
  { 403, 403, KOBRA_OUTCOME_SIGN_IN,   KOBRA_OUTCOME_SIGN_IN },
  { 404, 405, KOBRA_OUTCOME_REFUSED,   KOBRA_OUTCOME_REJECTED }, /* no such page, or no POST there: not the API at all */
  { 407, 407, KOBRA_OUTCOME_REFUSED,   KOBRA_OUTCOME_REFUSED },  /* a proxy wants to know who we are */
  { 408, 408, KOBRA_OUTCOME_UNKNOWN,   KOBRA_OUTCOME_UNKNOWN },  /* the request came too slowly: once more is right */
  { 413, 413, KOBRA_OUTCOME_TOO_BIG,   KOBRA_OUTCOME_TOO_BIG },
  { 425, 425, KOBRA_OUTCOME_UNKNOWN,   KOBRA_OUTCOME_UNKNOWN },  /* too early (RFC 8470 §5.2): the same */
  { 429, 429, KOBRA_OUTCOME_SLOW_DOWN, KOBRA_OUTCOME_SLOW_DOWN },
  { 400, 499, KOBRA_OUTCOME_REJECTED,  KOBRA_OUTCOME_REJECTED },
  { 503, 503, KOBRA_OUTCOME_SLOW_DOWN, KOBRA_OUTCOME_SLOW_DOWN },
  { 0, G_MAXUINT, KOBRA_OUTCOME_UNKNOWN, KOBRA_OUTCOME_UNKNOWN },
  /* clang-format on */
};

static const char *const outcome_names[KOBRA_N_OUTCOMES] = {
  [KOBRA_OUTCOME_UNKNOWN] = "unknown",
  [KOBRA_OUTCOME_ACCEPTED] = "accepted",
  [KOBRA_OUTCOME_REJECTED] = "rejected",
  [KOBRA_OUTCOME_TOO_BIG] = "too-big",
  [KOBRA_OUTCOME_SLOW_DOWN] = "slow-down",
  [KOBRA_OUTCOME_SIGN_IN] = "sign-in",
  [KOBRA_OUTCOME_REFUSED] = "refused",
  [KOBRA_OUTCOME_OFFLINE] = "offline",
};

/* json-glib reads by recursion: what is nested deeper than the API ever nests is not given to it. */
static gboolean
is_shallow (const char *body,
            gsize       length)
{
  gboolean in_string = FALSE;
  guint    depth = 0;

  for (gsize i = 0; i < length; i++)
    {
      char c = body[i];

      if (in_string)
        {
          if (c == '\\')
            i++;
          else if (c == '"')
            in_string = FALSE;
        }
      else if (c == '"')
        in_string = TRUE;
      else if (c == '[' || c == '{')
        {
          if (++depth > MAX_DEPTH)
            return FALSE;
        }
      else if ((c == ']' || c == '}') && depth > 0)
        depth--;
    }
  return TRUE;
}

/* The object that is all of @body, or NULL. */
static JsonObject *
parse_object (JsonParser *parser,
              const char *body,
              gsize       length)
{
  JsonNode *root;

  json_parser_set_strict (parser, TRUE);
  if (length == 0 || length > KOBRA_REPLY_MAX_BYTES || !g_utf8_validate_len (body, length, NULL) || !is_shallow (body, length) ||
      !json_parser_load_from_data (parser, body, (gssize) length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static JsonObject *
get_object_member (JsonObject *object,
                   const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* Whether a member of an error holds anything but null and empty text. */
static gboolean
says_something (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return !kobra_text_is_blank (json_node_get_string (node));
  return TRUE;
}

/* What @node says, fit for a person's eyes, or NULL if nothing. */
static char *
dup_words (JsonNode *node)
{
  g_autofree char *text = NULL;

  if (!says_something (node))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    text = json_node_dup_string (node);
  else
    text = json_to_string (node, FALSE);
  return kobra_text_visible (g_strstrip (text), KOBRA_REPLY_MAX_CHARACTERS);
}

typedef enum
{
  ENVELOPE_NONE, /* not the API's envelope */
  ENVELOPE_GOOD, /* no error */
  ENVELOPE_ERROR
} Envelope;

/* Where all went well the error is null, absent, {} or an object of empty texts. An error that is a bare text is none of the
 * vendor's forms but cannot be read as success either, and has words: it is taken as the error it is. */
static Envelope
read_error (KobraReply *self,
            JsonNode   *error)
{
  Envelope         envelope = ENVELOPE_GOOD;
  JsonObjectIter   members;
  const char      *name;
  JsonNode        *member;

  if (error == NULL || JSON_NODE_HOLDS_NULL (error))
    return ENVELOPE_GOOD;
  if (JSON_NODE_HOLDS_VALUE (error) && json_node_get_value_type (error) == G_TYPE_STRING)
    {
      self->message = dup_words (error);
      return self->message != NULL ? ENVELOPE_ERROR : ENVELOPE_GOOD;
    }
  if (!JSON_NODE_HOLDS_OBJECT (error))
    return ENVELOPE_NONE;

  json_object_iter_init (&members, json_node_get_object (error));
  while (json_object_iter_next (&members, &name, &member))
    if (says_something (member))
      envelope = ENVELOPE_ERROR;
  self->type = dup_words (json_object_get_member (json_node_get_object (error), "type"));
  self->message = dup_words (json_object_get_member (json_node_get_object (error), "message"));
  return envelope;
}

static Envelope
read_envelope (KobraReply *self,
               JsonObject *root)
{
  if (root == NULL || (!json_object_has_member (root, "data") && !json_object_has_member (root, "error")))
    return ENVELOPE_NONE;
  return read_error (self, json_object_get_member (root, "error"));
}

/* Retry-After is a number of seconds or a date (RFC 9110 §10.2.3). */
static gint64
read_retry_after (const char *retry_after,
                  gint64      now_real)
{
  g_autofree char      *text = g_strstrip (g_strdup (retry_after != NULL ? retry_after : ""));
  g_autoptr (GDateTime) date = NULL;
  guint64               seconds;

  if (*text == '\0')
    return -1;
  if (strspn (text, "0123456789") == strlen (text))
    return g_ascii_string_to_unsigned (text, 10, 0, DAY_SECONDS, &seconds, NULL) ? (gint64) seconds * SECOND : DAY_SECONDS * SECOND;
  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return -1;
  return CLAMP (g_date_time_to_unix (date) * SECOND - now_real, 0, DAY_SECONDS * SECOND);
}

/* What we say where the server has no words of its own. */
static char *
describe_status (guint       status,
                 gboolean    is_refusal,
                 const char *content_type,
                 gsize       length)
{
  g_autofree char *code = g_strdup_printf ("HTTP %u %s", status, soup_status_get_phrase (status));

  if (status == 0)
    return g_strdup (_("No reply came."));
  if (is_refusal)
    return g_strdup_printf (_("The server refused without saying why (%s)."), code);
  if (length > KOBRA_REPLY_MAX_BYTES)
    return g_strdup_printf (_("The server’s reply (%s) is far longer than a reply of the Kobra API."), code);
  if (SOUP_STATUS_IS_REDIRECTION (status))
    return g_strdup_printf (_("The server sends us to another address (%s). Records are never sent on to where a reply points: check the base URL of the connection."), code);
  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    return g_strdup_printf (_("There is no Kobra API at this address (%s): check the base URL of the connection."), code);
  if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    return g_strdup_printf (_("A proxy between here and the server wants a sign-in (%s): check the system’s network settings."), code);
  if (SOUP_STATUS_IS_SUCCESSFUL (status) && content_type != NULL && g_ascii_strncasecmp (content_type, "text/html", strlen ("text/html")) == 0)
    return g_strdup_printf (_("A web page came in place of the Kobra API’s reply (%s): check the base URL, or whether this network wants a sign-in of its own."), code);
  if (SOUP_STATUS_IS_SUCCESSFUL (status))
    return g_strdup_printf (_("The reply (%s) is not one of the Kobra API."), code);
  return g_steal_pointer (&code);
}

static void
read_status (KobraReply *self,
             guint       status,
             Envelope    envelope)
{
  gsize row = 0;

  while (status < statuses[row].first || status > statuses[row].last)
    row++;
  self->outcome = envelope == ENVELOPE_ERROR ? statuses[row].envelope : statuses[row].bare;
  if (envelope == ENVELOPE_GOOD && SOUP_STATUS_IS_SUCCESSFUL (status))
    self->outcome = KOBRA_OUTCOME_ACCEPTED;
}

static JsonObject *
read_any (KobraReply *self,
          JsonParser *parser,
          guint       status,
          const char *content_type,
          const char *retry_after,
          const char *body,
          gsize       length,
          gint64      now_real)
{
  JsonObject *root = parse_object (parser, body, length);
  Envelope    envelope;

  kobra_reply_clear (self);
  envelope = read_envelope (self, root);
  self->status = status;
  self->has_envelope = envelope == ENVELOPE_ERROR;
  self->retry_after_us = read_retry_after (retry_after, now_real);
  read_status (self, status, envelope);
  if (self->outcome != KOBRA_OUTCOME_ACCEPTED && self->message == NULL)
    self->message = self->type != NULL ? g_strdup (self->type) : describe_status (status, self->has_envelope, content_type, length);
  return root;
}

const char *
kobra_outcome_get_name (KobraOutcome outcome)
{
  g_return_val_if_fail (outcome < KOBRA_N_OUTCOMES, NULL);

  return outcome_names[outcome];
}

void
kobra_reply_init (KobraReply *self)
{
  *self = (KobraReply) { .outcome = KOBRA_OUTCOME_UNKNOWN, .retry_after_us = -1 };
}

void
kobra_reply_clear (KobraReply *self)
{
  g_free (self->type);
  g_free (self->message);
  kobra_reply_init (self);
}

KobraReply *
kobra_reply_new (void)
{
  KobraReply *self = g_new (KobraReply, 1);

  kobra_reply_init (self);
  return self;
}

void
kobra_reply_free (KobraReply *self)
{
  kobra_reply_clear (self);
  g_free (self);
}

void
kobra_reply_read (KobraReply *self,
                  guint       status,
                  const char *content_type,
                  const char *retry_after,
                  const char *body,
                  gsize       length,
                  gint64      now_real)
{
  g_autoptr (JsonParser) parser = json_parser_new ();

  read_any (self, parser, status, content_type, retry_after, body, length, now_real);
}

void
kobra_reply_set (KobraReply  *self,
                 KobraOutcome outcome,
                 const char  *message)
{
  g_autofree char *valid = message != NULL ? g_utf8_make_valid (message, -1) : NULL;

  kobra_reply_clear (self);
  self->outcome = outcome;
  if (valid != NULL)
    self->message = kobra_text_visible (valid, KOBRA_REPLY_MAX_CHARACTERS);
}

gboolean
kobra_reply_may_have_been_taken (const KobraReply *self)
{
  switch (self->outcome)
    {
    case KOBRA_OUTCOME_OFFLINE:
    case KOBRA_OUTCOME_SIGN_IN: return FALSE;
    case KOBRA_OUTCOME_REFUSED: return SOUP_STATUS_IS_REDIRECTION (self->status);
    case KOBRA_OUTCOME_ACCEPTED:
    case KOBRA_OUTCOME_REJECTED:
    case KOBRA_OUTCOME_TOO_BIG:
    case KOBRA_OUTCOME_SLOW_DOWN:
    case KOBRA_OUTCOME_UNKNOWN:
    case KOBRA_N_OUTCOMES:
    default: return TRUE;
    }
}

/* A token is put into a header: only what may stand in one (RFC 9110 §5.5), without spaces. */
static gboolean
is_token (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_TOKEN_BYTES)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isgraph (*p))
      return FALSE;
  return TRUE;
}

char *
kobra_reply_read_sign_in (KobraReply *self,
                          guint       status,
                          const char *content_type,
                          const char *retry_after,
                          const char *body,
                          gsize       length,
                          gint64      now_real)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root = read_any (self, parser, status, content_type, retry_after, body, length, now_real);
  JsonObject *data = self->outcome == KOBRA_OUTCOME_ACCEPTED ? get_object_member (root, "data") : NULL;
  JsonNode   *token = data != NULL ? json_object_get_member (data, "token") : NULL;
  const char *text = NULL;

  if (self->outcome != KOBRA_OUTCOME_ACCEPTED)
    return NULL;
  if (token != NULL && JSON_NODE_HOLDS_VALUE (token) && json_node_get_value_type (token) == G_TYPE_STRING)
    text = json_node_get_string (token);
  if (text != NULL && is_token (text))
    return g_strdup (text);
  self->outcome = KOBRA_OUTCOME_UNKNOWN;
  self->message = g_strdup (_("The server’s reply to the sign-in has no token in it."));
  return NULL;
}

gint64
kobra_token_get_expiry (const char *token)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_auto (GStrv)         parts = NULL;
  g_autoptr (GString)    base64 = NULL;
  g_autofree guchar     *payload = NULL;
  JsonObject            *claims;
  JsonNode              *expiry;
  double                 seconds;
  gsize                  length;

  if (strlen (token) > MAX_TOKEN_BYTES)
    return -1;
  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3)
    return -1;

  /* base64url without padding (RFC 7515 §2) to what GLib reads. */
  base64 = g_string_new (parts[1]);
  g_string_replace (base64, "-", "+", 0);
  g_string_replace (base64, "_", "/", 0);
  while (base64->len % 4 != 0)
    g_string_append_c (base64, '=');
  payload = g_base64_decode (base64->str, &length);

  claims = parse_object (parser, (const char *) payload, length);
  expiry = claims != NULL ? json_object_get_member (claims, "exp") : NULL;
  if (expiry == NULL || !JSON_NODE_HOLDS_VALUE (expiry) ||
      (json_node_get_value_type (expiry) != G_TYPE_INT64 && json_node_get_value_type (expiry) != G_TYPE_DOUBLE))
    return -1;
  seconds = json_node_get_double (expiry);
  return seconds > 0 && seconds < 1e11 ? (gint64) (seconds * G_USEC_PER_SEC) : -1;
}
