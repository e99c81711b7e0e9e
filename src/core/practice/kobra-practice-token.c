/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-token.h"

#include <string.h>

#include "kobra-practice-json.h"

#include "kobra-banned.h"

#define DIGEST_LENGTH 32

/* Base64 with the alphabet for URLs and without padding (RFC 7515 §2). */
static char *
encode (gconstpointer bytes,
        gsize         length)
{
  char *text = g_base64_encode (bytes, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

static char *
decode (const char *text,
        gsize      *length)
{
  static const char *const padding[4] = { "", "===", "==", "=" };
  g_autofree char         *padded = g_strconcat (text, padding[strlen (text) % 4], NULL);

  g_strdelimit (padded, "-", '+');
  g_strdelimit (padded, "_", '/');
  return (char *) g_base64_decode (padded, length);
}

static char *
sign (const KobraPracticeSecret *secret,
      const char                *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, secret->bytes, sizeof secret->bytes);
  guint8 digest[DIGEST_LENGTH];
  gsize  length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) text, (gssize) strlen (text));
  g_hmac_get_digest (hmac, digest, &length);
  return encode (digest, length);
}

void
kobra_practice_secret_roll (KobraPracticeSecret *self)
{
  for (gsize i = 0; i < sizeof self->bytes; i++)
    self->bytes[i] = (guint8) g_random_int_range (0, 256);
}

char *
kobra_practice_token_new (const KobraPracticeSecret *secret,
                          gint64                     now,
                          guint                      seconds)
{
  static const char header[] = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
  g_autofree char  *id = g_uuid_string_random ();
  g_autofree char  *claims = NULL, *first = NULL, *second = NULL, *signed_part = NULL, *signature = NULL;

  claims = g_strdup_printf ("{\"iss\":\"kobra-practice\",\"jti\":\"%s\",\"iat\":%" G_GINT64_FORMAT ",\"exp\":%" G_GINT64_FORMAT "}",
                            id, now, now + seconds);
  first = encode (header, sizeof header - 1);
  second = encode (claims, strlen (claims));
  signed_part = g_strjoin (".", first, second, NULL);
  signature = sign (secret, signed_part);
  return g_strjoin (".", signed_part, signature, NULL);
}

static gboolean
read_expiry (const char *claims,
             gint64     *expiry)
{
  g_autofree char         *json = NULL;
  g_autofree char         *digits = NULL;
  KobraPracticeJson        root, value;
  KobraPracticeJsonProblem problem;
  gsize                    length;

  json = decode (claims, &length);
  if (!kobra_practice_json_read (json, length, &root, &problem) || root.type != KOBRA_PRACTICE_JSON_OBJECT)
    return FALSE;
  if (!kobra_practice_json_find_member (&root, "exp", &value))
    return FALSE;
  digits = g_strndup (value.text, value.length);
  return g_ascii_string_to_signed (digits, 10, 0, G_MAXINT64, expiry, NULL);
}

gboolean
kobra_practice_token_is_good (const KobraPracticeSecret *secret,
                              const char                *token,
                              gint64                     now)
{
  g_auto (GStrv) parts = NULL;
  g_autofree char *signed_part = NULL;
  g_autofree char *signature = NULL;
  gint64           expiry;

  parts = g_strsplit (token, ".", 4);
  if (g_strv_length (parts) != 3)
    return FALSE;
  signed_part = g_strjoin (".", parts[0], parts[1], NULL);
  signature = sign (secret, signed_part);
  return strcmp (signature, parts[2]) == 0 && read_expiry (parts[1], &expiry) && now < expiry;
}
