/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-token.h"

#include <string.h>

#define NOW 1700000000

static void
test_expiry (void)
{
  KobraPracticeSecret secret;
  g_autofree char    *token = NULL;

  kobra_practice_secret_roll (&secret);
  token = kobra_practice_token_new (&secret, NOW, 60);
  g_assert_true (kobra_practice_token_is_good (&secret, token, NOW));
  g_assert_true (kobra_practice_token_is_good (&secret, token, NOW + 59));
  g_assert_false (kobra_practice_token_is_good (&secret, token, NOW + 60));
}

static void
test_form (void)
{
  KobraPracticeSecret secret;
  g_autofree char    *token = NULL, *again = NULL, *padded = NULL, *claims = NULL;
  g_auto (GStrv) parts = NULL;
  gsize length;

  kobra_practice_secret_roll (&secret);
  token = kobra_practice_token_new (&secret, NOW, 60);
  again = kobra_practice_token_new (&secret, NOW, 60);
  g_assert_cmpstr (token, !=, again);

  g_assert_cmpuint (strspn (token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."), ==, strlen (token));
  parts = g_strsplit (token, ".", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  g_strdelimit (g_strdelimit (parts[1], "-", '+'), "_", '/');
  padded = g_strconcat (parts[1], "==", NULL);
  claims = (char *) g_base64_decode (padded, &length);
  g_assert_nonnull (g_strstr_len (claims, (gssize) length, "\"exp\":1700000060"));
}

static void
test_foreign (void)
{
  static const char *const foreign[] = { "", ".", "..", "...", "a.b.c", "a.b.c.d", "eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTl9." };
  KobraPracticeSecret      secret, other;
  g_autofree char         *token = NULL, *other_token = NULL, *long_token = NULL;

  kobra_practice_secret_roll (&secret);
  kobra_practice_secret_roll (&other);
  other_token = kobra_practice_token_new (&other, NOW, 60);
  long_token = g_strnfill (100000, 'a');
  g_assert_false (kobra_practice_token_is_good (&secret, other_token, NOW));
  g_assert_false (kobra_practice_token_is_good (&secret, long_token, NOW));
  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_assert_false (kobra_practice_token_is_good (&secret, foreign[i], NOW));

  token = kobra_practice_token_new (&secret, NOW, 60);
  for (gsize i = 0; i < strlen (token); i++)
    {
      g_autofree char *changed = g_strdup (token);

      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      g_assert_false (kobra_practice_token_is_good (&secret, changed, NOW));
    }
  kobra_practice_secret_roll (&secret);
  g_assert_false (kobra_practice_token_is_good (&secret, token, NOW));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/token/good-until-it-expires", test_expiry);
  g_test_add_func ("/practice/token/is-a-json-web-token-with-an-expiry", test_form);
  g_test_add_func ("/practice/token/what-was-not-signed-here-is-no-token", test_foreign);
  return g_test_run ();
}
