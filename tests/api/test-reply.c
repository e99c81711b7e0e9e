/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-reply.h"

#include <string.h>

#include "kobra-test.h"

#define NOW (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC) /* Tue, 14 Nov 2023 22:13:20 GMT */

static const struct
{
  const char  *name;
  guint        status;
  const char  *body;
  KobraOutcome outcome;
  const char  *type;    /* NULL: none */
  const char  *message; /* NULL: not looked at */
} replies[] = {
  /* clang-format off */
  { "null-error",         200, "{\"data\":null,\"error\":null}", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },
  { "no-error-member",    200, "{\"data\":null}", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },
  { "only-null-error",    200, "{\"error\":null}", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },
  { "empty-error",        200, "{\"data\":null,\"error\":{}}", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },
  { "empty-texts",        200, "{\"data\":null,\"error\":{\"type\":\"\",\"message\":\"\"}}", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },
  { "null-texts",         200, "{\"data\":null,\"error\":{\"type\":null,\"message\":null}}", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },
  { "blank-texts",        200, "{\"data\":null,\"error\":{\"type\":\" \",\"message\":\"\\n\"}}", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },
  { "empty-text-error",   200, "{\"data\":null,\"error\":\"\"}", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },
  { "data-with-content",  201, "{\"data\":{\"n\":[1,2]},\"error\":null}", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },
  { "spaces-around",      200, " \r\n{\"data\":null}\n ", KOBRA_OUTCOME_ACCEPTED, NULL, NULL },

  { "error-in-200",       200, "{\"data\":null,\"error\":{\"type\":\"Invalid\",\"message\":\"RFC inválido\"}}", KOBRA_OUTCOME_REJECTED, "Invalid", "RFC inválido" },
  { "error-type-only",    200, "{\"error\":{\"type\":\"Invalid\"}}", KOBRA_OUTCOME_REJECTED, "Invalid", "Invalid" },
  { "error-message-only", 200, "{\"error\":{\"message\":\"no\"}}", KOBRA_OUTCOME_REJECTED, NULL, "no" },
  { "error-code-only",    200, "{\"error\":{\"code\":7}}", KOBRA_OUTCOME_REJECTED, NULL, "The server refused without saying why (HTTP 200 OK)." },
  { "error-message-list", 200, "{\"error\":{\"message\":[\"a\",\"b\"]}}", KOBRA_OUTCOME_REJECTED, NULL, "[\"a\",\"b\"]" },
  { "error-numbers",      200, "{\"error\":{\"type\":12,\"message\":false}}", KOBRA_OUTCOME_REJECTED, "12", "false" },
  { "error-bare-text",    200, "{\"data\":null,\"error\":\"boom\"}", KOBRA_OUTCOME_REJECTED, NULL, "boom" },

  { "empty-object",       200, "{}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "other-object",       200, "{\"ok\":true}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "error-true",         200, "{\"data\":null,\"error\":true}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "error-list",         200, "{\"data\":null,\"error\":[]}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "array",              200, "[]", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "null",               200, "null", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "nothing",            200, "", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "no-content",         204, "", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "web-page",           200, "<html>ok</html>", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "cut-off",            200, "{\"data\":null,\"error\":nul", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "cut-before-error",   200, "{\"data\":null", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "trailing-garbage",   200, "{\"data\":null} x", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "two-objects",        200, "{\"data\":null}{\"data\":null}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "not-utf8",           200, "{\"data\":\"\xff\"}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "comment",            200, "/* x */{\"data\":null}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "single-quotes",      200, "{'data':null}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "assignment",         200, "var x = {\"data\":null};", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },

  { "400-bare",           400, "Bad Request", KOBRA_OUTCOME_REJECTED, NULL, "HTTP 400 Bad Request" },
  { "400-words",          400, "{\"error\":{\"type\":\"t\",\"message\":\"m\"}}", KOBRA_OUTCOME_REJECTED, "t", "m" },
  { "400-envelope-good",  400, "{\"data\":null,\"error\":null}", KOBRA_OUTCOME_REJECTED, NULL, "HTTP 400 Bad Request" },
  { "409",                409, "{\"error\":{\"message\":\"m\"}}", KOBRA_OUTCOME_REJECTED, NULL, "m" },
  { "422-bare",           422, "", KOBRA_OUTCOME_REJECTED, NULL, "HTTP 422 Unprocessable Entity" },
  { "418",                418, "", KOBRA_OUTCOME_REJECTED, NULL, NULL },
  { "401",                401, "", KOBRA_OUTCOME_SIGN_IN, NULL, "HTTP 401 Unauthorized" },
  { "401-words",          401, "{\"error\":{\"message\":\"token\"}}", KOBRA_OUTCOME_SIGN_IN, NULL, "token" },
  { "403",                403, "{\"data\":null}", KOBRA_OUTCOME_SIGN_IN, NULL, NULL },
  { "404-bare",           404, "<html>", KOBRA_OUTCOME_REFUSED, NULL, NULL },
  { "404-words",          404, "{\"error\":{\"message\":\"no such visit\"}}", KOBRA_OUTCOME_REJECTED, NULL, "no such visit" },
  { "405-bare",           405, "", KOBRA_OUTCOME_REFUSED, NULL, NULL },
  { "407",                407, "", KOBRA_OUTCOME_REFUSED, NULL, NULL },
  { "408",                408, "", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "413",                413, "", KOBRA_OUTCOME_TOO_BIG, NULL, NULL },
  { "425",                425, "", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "429",                429, "", KOBRA_OUTCOME_SLOW_DOWN, NULL, NULL },
  { "503",                503, "{\"error\":{\"message\":\"m\"}}", KOBRA_OUTCOME_SLOW_DOWN, NULL, "m" },
  { "500-bare",           500, "oops", KOBRA_OUTCOME_UNKNOWN, NULL, "HTTP 500 Internal Server Error" },
  { "500-words",          500, "{\"error\":{\"type\":\"t\",\"message\":\"m\"}}", KOBRA_OUTCOME_UNKNOWN, "t", "m" },
  { "500-envelope-good",  500, "{\"data\":null,\"error\":null}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "502",                502, "", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "504",                504, "", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "301",                301, "{\"data\":null}", KOBRA_OUTCOME_REFUSED, NULL, NULL },
  { "302",                302, "", KOBRA_OUTCOME_REFUSED, NULL, NULL },
  { "307",                307, "", KOBRA_OUTCOME_REFUSED, NULL, NULL },
  { "100",                100, "", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "no-status",          0, "", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  { "odd-status",         799, "{\"data\":null}", KOBRA_OUTCOME_UNKNOWN, NULL, NULL },
  /* clang-format on */
};

static void
test_reply (gconstpointer data)
{
  const typeof (replies[0]) *row = data;
  g_auto (KobraReply) reply = { 0 };

  kobra_reply_init (&reply);
  kobra_reply_read (&reply, row->status, "application/json", NULL, row->body, strlen (row->body), NOW);
  g_assert_cmpstr (kobra_outcome_get_name (reply.outcome), ==, kobra_outcome_get_name (row->outcome));
  g_assert_cmpuint (reply.status, ==, row->status);
  g_assert_cmpstr (reply.type, ==, row->type);
  g_assert_cmpint (reply.retry_after_us, ==, -1);
  if (row->message != NULL)
    g_assert_cmpstr (reply.message, ==, row->message);
  if (row->outcome == KOBRA_OUTCOME_ACCEPTED)
    g_assert_null (reply.message);
  else
    g_assert_cmpstr (reply.message, !=, "");
  g_assert_true (reply.message == NULL || g_utf8_validate (reply.message, -1, NULL));
}

static const struct
{
  const char *name, *text;
  gint64      seconds; /* -1: none */
} waits[] = {
  { "seconds", "120", 120 },
  { "now", "0", 0 },
  { "spaces", "  7 ", 7 },
  { "more-than-a-day", "999999", 86400 },
  { "more-than-a-number", "99999999999999999999999", 86400 },
  { "negative", "-5", -1 },
  { "fraction", "1.5", -1 },
  { "word", "soon", -1 },
  { "empty", "", -1 },
  { "absent", NULL, -1 },
  { "date", "Tue, 14 Nov 2023 22:14:20 GMT", 60 },
  { "date-past", "Tue, 14 Nov 2023 22:12:20 GMT", 0 },
  { "date-of-old-form", "Tuesday, 14-Nov-23 22:13:30 GMT", 10 },
  { "date-far", "Fri, 14 Nov 2059 22:12:20 GMT", 86400 },
};

static void
test_wait (gconstpointer data)
{
  const typeof (waits[0]) *row = data;
  g_auto (KobraReply) reply = { 0 };

  kobra_reply_init (&reply);
  kobra_reply_read (&reply, 429, NULL, row->text, "", 0, NOW);
  g_assert_cmpint (reply.retry_after_us, ==, row->seconds < 0 ? -1 : row->seconds * G_USEC_PER_SEC);
}

static void
assert_unknown (const char *body,
                gsize       length)
{
  g_auto (KobraReply) reply = { 0 };

  kobra_reply_init (&reply);
  kobra_reply_read (&reply, 200, NULL, NULL, body, length, NOW);
  g_assert_cmpint (reply.outcome, ==, KOBRA_OUTCOME_UNKNOWN);
}

static char *
nest (const char *open,
      const char *close,
      guint       depth)
{
  g_autoptr (GString) body = g_string_new ("{\"data\":");

  for (guint i = 0; i < depth; i++)
    g_string_append (body, open);
  g_string_append (body, "1");
  for (guint i = 0; i < depth; i++)
    g_string_append (body, close);
  g_string_append (body, "}");
  return g_strdup (body->str);
}

static void
test_nested (void)
{
  g_autofree char    *arrays = nest ("[", "]", 400000);
  g_autofree char    *objects = nest ("{\"a\":", "}", 100000);
  g_autofree char    *few = nest ("[", "]", 60);
  g_autofree char    *quoted = NULL;
  g_auto (KobraReply) reply = { 0 };

  assert_unknown (arrays, strlen (arrays));
  assert_unknown (arrays, strlen (arrays) / 2);
  assert_unknown (objects, strlen (objects));
  kobra_reply_init (&reply);
  kobra_reply_read (&reply, 200, NULL, NULL, few, strlen (few), NOW);
  g_assert_cmpint (reply.outcome, ==, KOBRA_OUTCOME_ACCEPTED);

  /* Brackets in texts are not nesting. */
  quoted = g_strdup_printf ("{\"data\":\"%0100d\\\"[[\"}", 0);
  for (char *p = quoted; *p != '\0'; p++)
    if (*p == '0')
      *p = '[';
  kobra_reply_read (&reply, 200, NULL, NULL, quoted, strlen (quoted), NOW);
  g_assert_cmpint (reply.outcome, ==, KOBRA_OUTCOME_ACCEPTED);
}

static void
test_too_long (void)
{
  g_autoptr (GString) body = g_string_new ("{\"data\":null}");
  g_auto (KobraReply) reply = { 0 };

  while (body->len < KOBRA_REPLY_MAX_BYTES)
    g_string_append_c (body, ' ');
  kobra_reply_init (&reply);
  kobra_reply_read (&reply, 200, NULL, NULL, body->str, body->len, NOW);
  g_assert_cmpint (reply.outcome, ==, KOBRA_OUTCOME_ACCEPTED);
  g_string_append_c (body, ' ');
  assert_unknown (body->str, body->len);
}

static void
test_nul_inside (void)
{
  assert_unknown ("{\"data\":null}\0", 14);
  assert_unknown ("\0{\"data\":null}", 14);
}

static void
test_words_are_safe (void)
{
  g_autoptr (GString) body = g_string_new ("{\"error\":{\"message\":\"a\\u0007b\\u001b[31m\\u202e");
  g_auto (KobraReply) reply = { 0 };

  for (guint i = 0; i < 5000; i++)
    g_string_append (body, "ñ");
  g_string_append (body, "\"}}");
  kobra_reply_init (&reply);
  kobra_reply_read (&reply, 400, NULL, NULL, body->str, body->len, NOW);
  g_assert_cmpint (g_utf8_strlen (reply.message, -1), ==, KOBRA_REPLY_MAX_CHARACTERS + 1);
  for (const char *p = reply.message; *p != '\0'; p = g_utf8_next_char (p))
    {
      g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
      g_assert_cmpuint (g_utf8_get_char (p), !=, 0x202e);
    }
}

/* Bytes thrown at random never crash it, and never count as success. */
static void
test_garbage (void)
{
  static const char *const pieces[] = { "{", "}", "[", "]", "\"", "\\", ":", ",", "error", "\"err\"", "null", "true", "1e999", "-", "\xc3", " ", "\n", "\"message\"" };
  g_autoptr (GRand) dice = g_rand_new_with_seed (7);

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) body = g_string_new (NULL);

      for (int n = g_rand_int_range (dice, 0, 24); n > 0; n--)
        g_string_append (body, pieces[g_rand_int_range (dice, 0, G_N_ELEMENTS (pieces))]);
      assert_unknown (body->str, body->len);
    }
}

static const struct
{
  const char  *name;
  guint        status;
  const char  *body;
  const char  *token; /* NULL: none */
  KobraOutcome outcome;
} sign_ins[] = {
  /* clang-format off */
  { "token",         200, "{\"data\":{\"token\":\"a.b-c_d\"},\"error\":null}", "a.b-c_d", KOBRA_OUTCOME_ACCEPTED },
  { "token-no-error", 200, "{\"data\":{\"token\":\"abc\"}}", "abc", KOBRA_OUTCOME_ACCEPTED },
  { "refused-in-200", 200, "{\"data\":null,\"error\":{\"type\":\"auth\",\"message\":\"wrong\"}}", NULL, KOBRA_OUTCOME_REJECTED },
  { "token-and-error", 200, "{\"data\":{\"token\":\"abc\"},\"error\":{\"message\":\"wrong\"}}", NULL, KOBRA_OUTCOME_REJECTED },
  { "401",           401, "", NULL, KOBRA_OUTCOME_SIGN_IN },
  { "no-data",       200, "{\"data\":null}", NULL, KOBRA_OUTCOME_UNKNOWN },
  { "no-token",      200, "{\"data\":{}}", NULL, KOBRA_OUTCOME_UNKNOWN },
  { "empty-token",   200, "{\"data\":{\"token\":\"\"}}", NULL, KOBRA_OUTCOME_UNKNOWN },
  { "number",        200, "{\"data\":{\"token\":5}}", NULL, KOBRA_OUTCOME_UNKNOWN },
  { "line-break",    200, "{\"data\":{\"token\":\"a\\r\\nX-Evil: 1\"}}", NULL, KOBRA_OUTCOME_UNKNOWN },
  { "accent",        200, "{\"data\":{\"token\":\"é\"}}", NULL, KOBRA_OUTCOME_UNKNOWN },
  { "web-page",      200, "<html>", NULL, KOBRA_OUTCOME_UNKNOWN },
  /* clang-format on */
};

static void
test_sign_in (gconstpointer data)
{
  const typeof (sign_ins[0]) *row = data;
  g_auto (KobraReply) reply = { 0 };
  g_autofree char    *token = NULL;

  kobra_reply_init (&reply);
  token = kobra_reply_read_sign_in (&reply, row->status, NULL, NULL, row->body, strlen (row->body), NOW);
  g_assert_cmpstr (token, ==, row->token);
  g_assert_cmpint (reply.outcome, ==, row->outcome);
  g_assert_true ((token == NULL) == (reply.message != NULL));
}

static const struct
{
  const char *name, *token;
  gint64      seconds; /* -1: none */
} tokens[] = {
  /* clang-format off */
  { "jwt",          "e30.eyJleHAiOjE3MDAwMDAwMDB9.c2ln", 1700000000 },
  { "jwt-fraction", "e30.eyJleHAiOjE3MDAwMDAwMDAuNX0.x", 1700000000 },
  { "no-exp",       "e30.eyJzdWIiOiJ4In0.x", -1 },
  { "exp-text",     "e30.eyJleHAiOiIxIn0.x", -1 },
  { "exp-negative", "e30.eyJleHAiOi0xfQ.x", -1 },
  { "exp-huge",     "e30.eyJleHAiOjFlMzAwfQ.x", -1 },
  { "not-json",     "e30.AAAA.x", -1 },
  { "not-base64",   "e30.!!!!.x", -1 },
  { "two-parts",    "e30.eyJleHAiOjE3MDAwMDAwMDB9", -1 },
  { "four-parts",   "a.b.c.d", -1 },
  { "opaque",       "0123456789abcdef", -1 },
  { "empty",        "", -1 },
  /* clang-format on */
};

static void
test_token (gconstpointer data)
{
  const typeof (tokens[0]) *row = data;
  gint64 expiry = kobra_token_get_expiry (row->token);

  g_assert_cmpint (expiry < 0 ? -1 : expiry / G_USEC_PER_SEC, ==, row->seconds);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (replies); i++)
    kobra_test_add_row ("/api/reply/", replies[i].name, &replies[i], test_reply);
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    kobra_test_add_row ("/api/reply/retry-after/", waits[i].name, &waits[i], test_wait);
  for (gsize i = 0; i < G_N_ELEMENTS (sign_ins); i++)
    kobra_test_add_row ("/api/reply/sign-in/", sign_ins[i].name, &sign_ins[i], test_sign_in);
  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    kobra_test_add_row ("/api/token/", tokens[i].name, &tokens[i], test_token);
  g_test_add_func ("/api/reply/deep-nesting-is-no-reply", test_nested);
  g_test_add_func ("/api/reply/over-a-megabyte-is-no-reply", test_too_long);
  g_test_add_func ("/api/reply/a-nul-is-no-reply", test_nul_inside);
  g_test_add_func ("/api/reply/words-are-safe-to-show", test_words_are_safe);
  g_test_add_func ("/api/reply/garbage-is-never-success", test_garbage);
  return g_test_run ();
}
