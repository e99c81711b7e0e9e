/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The request of a record as it is shown: true to what goes out, and without the token. */
#include "kobra-preview.h"

#include <string.h>

#include "kobra-schema-accounts.h"
#include "kobra-test.h"

static const struct
{
  const char *name, *json, *pretty;
} bodies[] = {
  { "empty", "{}", "{}" },
  { "nested", "{\"importTypeID\":1,\"accounts\":[{\"externalID\":\"0001\",\"totalPending\":1234.10}]}",
    "{\n  \"importTypeID\": 1,\n  \"accounts\": [\n    {\n      \"externalID\": \"0001\",\n      \"totalPending\": 1234.10\n    }\n  ]\n}" },
  { "signs-in-texts", "[{\"name\":\"a{b[c]}:,\\\"d\\\\\"}]", "[\n  {\n    \"name\": \"a{b[c]}:,\\\"d\\\\\"\n  }\n]" },
  { "empty-array", "{\"accounts\":[]}", "{\n  \"accounts\": []\n}" },
};

static void
test_pretty (gconstpointer data)
{
  const typeof (bodies[0]) *row = data;
  g_autofree char *pretty = kobra_preview_dup_pretty (row->json);

  g_assert_cmpstr (pretty, ==, row->pretty);
}

static KobraPreview *
make_preview (KobraConnection *connection,
              const char      *name,
              const char      *total,
              GError         **error)
{
  g_autoptr (KobraClient) client = kobra_client_new (connection);
  KobraRecord             record = { .schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS) };

  for (guint i = 0; i < G_N_ELEMENTS (record.texts); i++)
    record.texts[i] = "";
  record.texts[KOBRA_ACCOUNT_EXTERNAL_ID] = "0001";
  record.texts[KOBRA_ACCOUNT_NAME] = name;
  record.texts[KOBRA_ACCOUNT_TOTAL_PENDING] = total;
  return kobra_preview_new (client, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_BALANCES, &record, error);
}

static void
test_token_is_masked (void)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new ();
  g_autoptr (KobraPreview)    preview = NULL;
  g_autofree char            *text = NULL, *curl = NULL;

  kobra_connection_set_sign_in (connection, KOBRA_SIGN_IN_TOKEN);
  kobra_connection_set_token (connection, "very-secret");
  preview = make_preview (connection, "Íñigo", "1234.10", NULL);
  text = kobra_preview_dup_text (preview);
  curl = kobra_preview_dup_curl (preview);
  g_assert_true (g_str_has_prefix (text, "POST https://lservices.kobra.red/api/import\n"));
  g_assert_nonnull (strstr (text, "Authorization: Bearer ••••••••\n"));
  g_assert_nonnull (strstr (text, "\"totalPending\": 1234.10"));
  g_assert_nonnull (strstr (curl, "'Authorization: Bearer '\"$KOBRA_TOKEN\""));
  g_assert_null (strstr (text, "very-secret"));
  g_assert_null (strstr (curl, "very-secret"));
}

/* Whatever a record holds, the shell makes one argument of the body, and that is the body. */
static void
test_curl_is_quoted (void)
{
  static const char           nasty[] = "O'Neil \"$(rm -rf ~)\" `x` \\ !";
  g_autoptr (KobraConnection) connection = kobra_connection_new ();
  g_autoptr (KobraPreview)    preview = make_preview (connection, nasty, "", NULL);
  g_autofree char            *curl = kobra_preview_dup_curl (preview);
  g_auto (GStrv)              arguments = NULL;
  g_autoptr (GError)          error = NULL;
  guint                       n;

  g_assert_true (g_shell_parse_argv (curl, NULL, &arguments, &error));
  g_assert_no_error (error);
  n = g_strv_length (arguments);
  g_assert_cmpstr (arguments[0], ==, "curl");
  g_assert_cmpstr (arguments[1], ==, "https://lservices.kobra.red/api/import");
  g_assert_cmpstr (arguments[n - 2], ==, "--data-raw");
  g_assert_cmpstr (arguments[n - 1], ==, preview->body);
}

static void
test_no_sign_in_no_header (void)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new ();
  g_autoptr (KobraPreview)    preview = NULL;

  kobra_connection_set_sign_in (connection, KOBRA_SIGN_IN_NONE);
  preview = make_preview (connection, "Ana", "", NULL);
  g_assert_null (preview->auth);
  g_assert_null (strstr (preview->headers, "Authorization"));
}

static void
test_unwritable (void)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new ();
  g_autoptr (GError)          error = NULL;

  g_assert_null (make_preview (connection, "Ana", "mucho", &error));
  g_assert_error (error, KOBRA_CLIENT_ERROR, KOBRA_CLIENT_ERROR_SETTINGS);
  g_assert_nonnull (strstr (error->message, "Total"));
  g_assert_null (strstr (error->message, "mucho"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++)
    kobra_test_add_row ("/api/preview/pretty/", bodies[i].name, &bodies[i], test_pretty);
  g_test_add_func ("/api/preview/the-token-is-masked", test_token_is_masked);
  g_test_add_func ("/api/preview/curl-gets-the-body-as-it-is", test_curl_is_quoted);
  g_test_add_func ("/api/preview/no-sign-in-no-header", test_no_sign_in_no_header);
  g_test_add_func ("/api/preview/unwritable-is-said", test_unwritable);
  return g_test_run ();
}
