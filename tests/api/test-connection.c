/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-connection.h"

#include "kobra-test.h"

static const struct
{
  const char *name, *url, *normalized; /* NULL: refused */
} urls[] = {
  /* clang-format off */
  { "vendor",            "https://lservices.kobra.red/api", "https://lservices.kobra.red/api" },
  { "slash-at-end",      "https://lservices.kobra.red/api///", "https://lservices.kobra.red/api" },
  { "no-path",           "https://kobra.example/", "https://kobra.example" },
  { "capitals",          "HTTPS://LServices.Kobra.RED/Api", "https://lservices.kobra.red/Api" },
  { "port",              "https://kobra.example:8443/api", "https://kobra.example:8443/api" },
  { "http-elsewhere",    "http://lservices.kobra.red/api", NULL },
  { "http-localhost",    "http://localhost:8080/api", "http://localhost:8080/api" },
  { "http-127",          "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
  { "http-127-other",    "http://127.9.8.7/", "http://127.9.8.7" },
  { "http-ipv6",         "http://[::1]:8080/api/", "http://[::1]:8080/api" },
  { "http-all-addresses", "http://0.0.0.0:8080", NULL },
  { "http-disguised",    "http://127.0.0.1.evil.example/", NULL },
  { "http-localhost-sub", "http://localhost.evil.example/", NULL },
  { "user",              "https://user@kobra.example/api", NULL },
  { "user-disguise",     "http://localhost:80@kobra.example/api", NULL },
  { "password",          "https://user:secret@kobra.example/api", NULL },
  { "query",             "https://kobra.example/api?x=1", NULL },
  { "empty-query",       "https://kobra.example/api?", NULL },
  { "fragment",          "https://kobra.example/api#x", NULL },
  { "ftp",               "ftp://kobra.example/", NULL },
  { "file",              "file:///etc/passwd", NULL },
  { "no-scheme",         "kobra.example/api", NULL },
  { "no-host",           "https:///api", NULL },
  { "scheme-only",       "https:", NULL },
  { "empty",             "", NULL },
  { "blank",             " ", NULL },
  { "space-inside",      "https://kobra .example/api", NULL },
  { "line-break",        "https://kobra.example/api\r\nX: y", NULL },
  { "not-utf8",          "https://kobra\xff.example/", NULL },
  { "odd-host",          "https://kobra<x>.example/", NULL },
  { "bad-port",          "https://kobra.example:99999/", NULL },
  /* clang-format on */
};

static void
test_url (gconstpointer data)
{
  const typeof (urls[0]) *row = data;
  g_autoptr (GError) error = NULL;
  g_autofree char   *normalized = NULL;

  g_assert_cmpint (kobra_connection_check_base_url (row->url, &normalized, &error), ==, row->normalized != NULL);
  g_assert_cmpstr (normalized, ==, row->normalized);
  if (row->normalized != NULL)
    {
      g_assert_no_error (error);
      return;
    }
  g_assert_error (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_BASE_URL);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static const struct
{
  const char *name, *header, *prefix;
  gboolean    good;
} headers[] = {
  { "default", "Authorization", "Bearer", TRUE },
  { "bare", "Authorization", "", TRUE },
  { "api-key", "api-key", "", TRUE },
  { "empty", "", "Bearer", FALSE },
  { "space", "api key", "", FALSE },
  { "colon", "api-key:", "", FALSE },
  { "line-break", "X\r\nY", "", FALSE },
  { "accent", "llavé", "", FALSE },
  { "prefix-line-break", "Authorization", "Bearer\r\nX: y", FALSE },
  { "prefix-accent", "Authorization", "é", FALSE },
  { "body-length", "Content-Length", "", FALSE },
  { "host", "HOST", "", FALSE },
};

static const struct
{
  const char *name, *token;
  gboolean    good;
} tokens[] = {
  { "plain", "eyJhbGciOi.eyJl.c2ln-_=", TRUE },
  { "with-space", "token 1", TRUE },
  { "two-lines", "first\nsecond", FALSE },
  { "another-header", "token\r\nX-Other: 1", FALSE },
  { "accent", "tok\303\251n", FALSE },
};

static void
test_token (gconstpointer data)
{
  const typeof (tokens[0])   *row = data;
  g_autoptr (KobraConnection) connection = kobra_connection_new ();
  g_autoptr (GError)          error = NULL;

  kobra_connection_set_sign_in (connection, KOBRA_SIGN_IN_TOKEN);
  kobra_connection_set_token (connection, row->token);
  g_assert_cmpint (kobra_connection_check (connection, &error), ==, row->good);
  if (!row->good)
    {
      g_assert_error (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_HEADER);
      g_assert_null (strstr (error->message, row->token));
    }
}

static void
test_header (gconstpointer data)
{
  const typeof (headers[0]) *row = data;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (kobra_connection_check_auth_header (row->header, row->prefix, &error), ==, row->good);
  if (!row->good)
    g_assert_error (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_HEADER);
}

static const struct
{
  const char *url, *host;
} hosts[] = {
  { "https://lservices.kobra.red/api", "lservices.kobra.red" },
  { "http://127.0.0.1:8080/api", "127.0.0.1:8080" },
  { "http://[::1]:8080/api", "[::1]:8080" },
  { "nonsense", "" },
  { "", "" },
};

static void
test_host (void)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      kobra_connection_set_base_url (connection, hosts[i].url);
      g_assert_cmpstr (kobra_connection_get_host (connection), ==, hosts[i].host);
    }
}

static void
test_defaults (void)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new ();

  g_assert_cmpstr (kobra_connection_get_base_url (connection), ==, "https://lservices.kobra.red/api");
  g_assert_cmpint (kobra_connection_get_sign_in (connection), ==, KOBRA_SIGN_IN_PASSWORD);
  g_assert_cmpstr (kobra_connection_get_auth_header (connection), ==, "Authorization");
  g_assert_cmpstr (kobra_connection_get_auth_prefix (connection), ==, "Bearer");
  g_assert_cmpuint (kobra_connection_get_batch_size (connection), ==, 200);
  g_assert_cmpuint (kobra_connection_get_max_in_flight (connection), ==, 4);
  g_assert_cmpuint (kobra_connection_get_timeout (connection), ==, 60);
  g_assert_false (kobra_connection_is_practice (connection));
  g_assert_true (kobra_connection_check (connection, NULL));
}

static void
test_saved_without_secrets (void)
{
  g_autoptr (KobraConnection) connection = g_object_new (KOBRA_TYPE_CONNECTION,
                                                         "name", "Pruebas",
                                                         "base-url", "http://127.0.0.1:99/api",
                                                         "sign-in", KOBRA_SIGN_IN_TOKEN,
                                                         "user", "ana",
                                                         "auth-header", "api-key",
                                                         "auth-prefix", "",
                                                         "batch-size", 7,
                                                         "max-in-flight", 2,
                                                         "timeout", 5,
                                                         "practice", TRUE,
                                                         NULL);
  g_autoptr (KobraConnection) loaded = NULL;
  g_autoptr (GKeyFile)        file = g_key_file_new ();
  g_autoptr (GError)          error = NULL;
  g_autofree char            *text = NULL;

  kobra_connection_set_password (connection, "very-secret");
  kobra_connection_set_token (connection, "more-secret");
  kobra_connection_save (connection, file, "one");
  text = g_key_file_to_data (file, NULL, NULL);
  g_assert_null (g_strstr_len (text, -1, "secret"));

  loaded = kobra_connection_new_from_key_file (file, "one", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kobra_connection_get_name (loaded), ==, "Pruebas");
  g_assert_cmpstr (kobra_connection_get_base_url (loaded), ==, "http://127.0.0.1:99/api");
  g_assert_cmpint (kobra_connection_get_sign_in (loaded), ==, KOBRA_SIGN_IN_TOKEN);
  g_assert_cmpstr (kobra_connection_get_user (loaded), ==, "ana");
  g_assert_cmpstr (kobra_connection_get_auth_header (loaded), ==, "api-key");
  g_assert_cmpstr (kobra_connection_get_auth_prefix (loaded), ==, "");
  g_assert_cmpuint (kobra_connection_get_batch_size (loaded), ==, 7);
  g_assert_cmpuint (kobra_connection_get_max_in_flight (loaded), ==, 2);
  g_assert_cmpuint (kobra_connection_get_timeout (loaded), ==, 5);
  g_assert_true (kobra_connection_is_practice (loaded));
  g_assert_null (kobra_connection_peek_password (loaded));
  g_assert_null (kobra_connection_peek_token (loaded));
}

static const struct
{
  const char *name, *text;
  int         code; /* -1: good */
} files[] = {
  { "empty-group", "[c]\n", -1 },
  { "unknown-key", "[c]\ncolour=red\n", -1 },
  { "no-group", "[d]\n", KOBRA_CONNECTION_ERROR_SETTING },
  { "number-word", "[c]\nbatch-size=many\n", KOBRA_CONNECTION_ERROR_SETTING },
  { "number-zero", "[c]\nbatch-size=0\n", KOBRA_CONNECTION_ERROR_SETTING },
  { "number-over", "[c]\nmax-in-flight=17\n", KOBRA_CONNECTION_ERROR_SETTING },
  { "number-huge", "[c]\ntimeout=99999999999999999999\n", KOBRA_CONNECTION_ERROR_SETTING },
  { "sign-in-word", "[c]\nsign-in=magic\n", KOBRA_CONNECTION_ERROR_SETTING },
  { "practice-word", "[c]\npractice=perhaps\n", KOBRA_CONNECTION_ERROR_SETTING },
  { "not-utf8", "[c]\nname=\xff\n", KOBRA_CONNECTION_ERROR_SETTING },
  { "bad-url", "[c]\nbase-url=http://kobra.example/\n", KOBRA_CONNECTION_ERROR_BASE_URL },
  { "bad-header", "[c]\nauth-header=a b\n", KOBRA_CONNECTION_ERROR_HEADER },
};

static void
test_file (gconstpointer data)
{
  const typeof (files[0]) *row = data;
  g_autoptr (KobraConnection) connection = NULL;
  g_autoptr (GKeyFile)        file = g_key_file_new ();
  g_autoptr (GError)          error = NULL;

  g_assert_true (g_key_file_load_from_data (file, row->text, (gsize) -1, G_KEY_FILE_NONE, NULL));
  connection = kobra_connection_new_from_key_file (file, "c", &error);
  if (row->code < 0)
    {
      g_assert_no_error (error);
      g_assert_nonnull (connection);
      return;
    }
  g_assert_null (connection);
  g_assert_error (error, KOBRA_CONNECTION_ERROR, row->code);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          guint      *n)
{
  (*n)++;
}

static void
test_notifies_changes_only (void)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new ();
  guint                       n = 0;

  g_signal_connect (connection, "notify", G_CALLBACK (count_cb), &n);
  kobra_connection_set_name (connection, "");
  kobra_connection_set_user (connection, NULL);
  kobra_connection_set_batch_size (connection, 200);
  kobra_connection_set_practice (connection, FALSE);
  g_assert_cmpuint (n, ==, 0);
  kobra_connection_set_name (connection, "x");
  kobra_connection_set_batch_size (connection, 1000000);
  g_assert_cmpuint (kobra_connection_get_batch_size (connection), ==, KOBRA_BATCH_SIZE_MAX);
  kobra_connection_set_max_in_flight (connection, 0);
  g_assert_cmpuint (kobra_connection_get_max_in_flight (connection), ==, 1);
  g_assert_cmpuint (n, ==, 3);
}

static void
test_secrets (void)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new ();

  g_assert_null (kobra_connection_peek_password (connection));
  kobra_connection_set_password (connection, "p");
  kobra_connection_set_token (connection, "t");
  g_assert_cmpstr (kobra_connection_peek_password (connection), ==, "p");
  g_assert_cmpstr (kobra_connection_peek_token (connection), ==, "t");
  kobra_connection_set_password (connection, kobra_connection_peek_password (connection));
  g_assert_cmpstr (kobra_connection_peek_password (connection), ==, "p");
  kobra_connection_set_password (connection, "");
  kobra_connection_set_token (connection, NULL);
  g_assert_null (kobra_connection_peek_password (connection));
  g_assert_null (kobra_connection_peek_token (connection));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    kobra_test_add_row ("/api/connection/base-url/", urls[i].name, &urls[i], test_url);
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    kobra_test_add_row ("/api/connection/header/", headers[i].name, &headers[i], test_header);
  for (gsize i = 0; i < G_N_ELEMENTS (tokens); i++)
    kobra_test_add_row ("/api/connection/token/", tokens[i].name, &tokens[i], test_token);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    kobra_test_add_row ("/api/connection/file/", files[i].name, &files[i], test_file);
  g_test_add_func ("/api/connection/host-for-people", test_host);
  g_test_add_func ("/api/connection/defaults", test_defaults);
  g_test_add_func ("/api/connection/saved-without-secrets", test_saved_without_secrets);
  g_test_add_func ("/api/connection/tells-changes-only", test_notifies_changes_only);
  g_test_add_func ("/api/connection/secrets-come-and-go", test_secrets);
  return g_test_run ();
}
