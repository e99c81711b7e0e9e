/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-connections.h"

#include <glib/gstdio.h>

#include "kobra-connection-list.h"
#include "kobra-secret-lock.h"
#include "kobra-test.h"

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->folder = kobra_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "deep", "connections.ini", NULL);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  kobra_test_remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static KobraConnection *
keep (KobraConnections *connections,
      const char       *name)
{
  KobraConnection *connection = kobra_connection_new ();

  kobra_connection_set_name (connection, name);
  kobra_connections_keep (connections, connection);
  g_object_unref (connection);
  return kobra_connections_find (connections, kobra_connection_get_name (connection));
}

static char *
dup_names (Fixture *fixture)
{
  g_autoptr (GPtrArray) saved = kobra_connection_list_load (fixture->path, NULL);
  GString              *names = g_string_new (NULL);

  for (guint i = 0; i < saved->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "|" : "", kobra_connection_get_name (g_ptr_array_index (saved, i)));
  return g_string_free (names, FALSE);
}

static void
test_first_start (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (KobraConnections) connections = kobra_connections_new (fixture->path);
  g_autoptr (KobraConnection)  kobra = g_list_model_get_item (G_LIST_MODEL (connections), 1);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (connections)), ==, 2);
  g_assert_true (kobra_connection_is_practice (kobra_connections_get_practice (connections)));
  g_assert_cmpstr (kobra_connection_get_base_url (kobra), ==, KOBRA_CONNECTION_DEFAULT_BASE_URL);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (connections), 2));
}

static void
test_written_before_it_goes (Fixture      *fixture,
                             gconstpointer data)
{
  g_autoptr (KobraConnections) connections = kobra_connections_new (fixture->path);
  KobraConnection             *first = keep (connections, "Norte");
  g_autofree char             *id = g_strdup (kobra_connection_get_id (first));
  g_autofree char             *names = NULL;

  g_assert_cmpstr (id, !=, "");
  keep (connections, "Sur");
  keep (connections, "Norte");
  kobra_connection_set_name (first, "Centro");
  kobra_connections_keep (connections, first);
  kobra_connections_remove (connections, kobra_connections_find (connections, "Sur"));
  g_clear_object (&connections);

  names = dup_names (fixture);
  g_assert_cmpstr (names, ==, "Norte (2)|Centro");
  connections = kobra_connections_new (fixture->path);
  g_assert_cmpstr (kobra_connection_get_id (kobra_connections_find (connections, "Centro")), ==, id);
}

static void
test_what_practice_requires_is_kept (Fixture      *fixture,
                                     gconstpointer data)
{
  g_autoptr (KobraConnections) connections = kobra_connections_new (fixture->path), again = NULL;
  KobraConnection             *practice = kobra_connections_get_practice (connections);
  g_autoptr (KobraConnection)  found = NULL;
  g_autoptr (GError)           error = NULL;

  kobra_connection_set_required (practice, "new=externalID,rfc");
  kobra_connections_keep (connections, practice);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (connections)), ==, 2);
  g_clear_object (&connections);
  again = kobra_connections_new (fixture->path);
  practice = kobra_connections_get_practice (again);
  g_assert_cmpstr (kobra_connection_get_required (practice), ==, "new=externalID,rfc");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (again)), ==, 2);

  /* Nothing is ever sent to what the file says of it. */
  found = kobra_connection_list_find (fixture->path, kobra_connection_get_name (practice), &error);
  g_assert_null (found);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_an_old_file_gets_ids (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr (KobraConnections) connections = NULL;
  g_autofree char             *folder = g_path_get_dirname (fixture->path);
  g_autofree char             *id = NULL;

  /* What cannot be read is told, and stays in the file. */
  g_test_expect_message ("kobra-import", G_LOG_LEVEL_WARNING, "*batch-size*");
  g_test_expect_message ("kobra-import", G_LOG_LEVEL_WARNING, "*batch-size*");
  g_mkdir (folder, 0700);
  g_assert_true (g_file_set_contents (fixture->path, "[broken]\nbatch-size=none\n[Norte]\nname=Norte\nbase-url=https://norte.example/api\n", -1, NULL));
  connections = kobra_connections_new (fixture->path);
  id = g_strdup (kobra_connection_get_id (kobra_connections_find (connections, "Norte")));
  g_assert_cmpstr (id, !=, "");
  g_clear_object (&connections);
  connections = kobra_connections_new (fixture->path);
  g_assert_cmpstr (kobra_connection_get_id (kobra_connections_find (connections, "Norte")), ==, id);
  g_test_assert_expected_messages ();
}

static void
test_locked (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (KobraConnections) connections = kobra_connections_new (fixture->path);
  KobraConnection             *connection = keep (connections, "Norte");
  KobraConnection             *practice = kobra_connections_get_practice (connections);

  kobra_connection_set_password (connection, "p");
  kobra_connection_set_token (connection, "t");
  kobra_connection_set_password (practice, "practice");
  kobra_connections_lock (connections);
  g_assert_null (kobra_connection_peek_password (connection));
  g_assert_null (kobra_connection_peek_token (connection));
  g_assert_cmpstr (kobra_connection_peek_password (practice), ==, "practice");
}

/* The clock of a test, and whether somebody sends. */
static gint64   time_now;
static gboolean is_sending;

static gint64
get_time (gpointer data)
{
  return time_now;
}

static gboolean
is_busy (gpointer data)
{
  return is_sending;
}

static void
assert_after (KobraSecretLock *lock,
              KobraConnection *connection,
              gint64           minutes,
              const char      *password)
{
  time_now += minutes * G_TIME_SPAN_MINUTE;
  kobra_secret_lock_look (lock);
  g_assert_cmpstr (kobra_connection_peek_password (connection), ==, password);
}

static void
test_locked_in_time (Fixture      *fixture,
                     gconstpointer data)
{
  static const KobraClock      clock = { .now = get_time };
  g_autoptr (KobraConnections) connections = kobra_connections_new (fixture->path);
  KobraConnection             *connection = keep (connections, "Norte");
  g_autoptr (KobraSecretLock)  lock = kobra_secret_lock_new (connections, &clock, is_busy, NULL);

  kobra_connection_set_password (connection, "p");
  assert_after (lock, connection, 100000, "p"); /* not asked for */
  kobra_secret_lock_set_minutes (lock, 10);
  assert_after (lock, connection, 9, "p");
  kobra_secret_lock_touch (lock);
  assert_after (lock, connection, 9, "p");
  is_sending = TRUE;
  assert_after (lock, connection, 60, "p");
  is_sending = FALSE;
  assert_after (lock, connection, 9, "p"); /* since it was last sent */
  assert_after (lock, connection, 1, NULL);
  kobra_connection_set_password (connection, "again");
  kobra_secret_lock_touch (lock);
  assert_after (lock, connection, 9, "again");
  assert_after (lock, connection, 500, NULL); /* a night with the lid closed */
}

static void
test_taken_to_another_computer (Fixture      *fixture,
                                gconstpointer data)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new (), read = NULL;
  g_autoptr (GBytes)          bytes = NULL, junk = g_bytes_new_static ("junk", 4);
  g_autoptr (GError)          error = NULL;

  g_object_set (connection, "name", "Norte", "base-url", "https://norte.example/api", "user", "ana", "proxy", "http://proxy.example:3128", "colour", "blue",
                "required", "accounts=rfc", "batch-size", 77, "id", "mine", NULL);
  kobra_connection_set_password (connection, "hunter2");
  bytes = kobra_connection_to_bytes (connection);
  g_assert_null (g_strstr_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), "hunter2"));
  read = kobra_connection_new_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kobra_connection_get_name (read), ==, "Norte");
  g_assert_cmpstr (kobra_connection_get_proxy (read), ==, "http://proxy.example:3128");
  g_assert_cmpstr (kobra_connection_get_colour (read), ==, "blue");
  g_assert_cmpstr (kobra_connection_get_required (read), ==, "accounts=rfc");
  g_assert_cmpuint (kobra_connection_get_batch_size (read), ==, 77);
  g_assert_cmpstr (kobra_connection_get_id (read), ==, "");
  g_assert_null (kobra_connection_new_from_bytes (junk, &error));
  g_assert_error (error, KOBRA_CONNECTION_ERROR, KOBRA_CONNECTION_ERROR_SETTING);
}

static void
test_checks (Fixture      *fixture,
             gconstpointer data)
{
  static const struct
  {
    const char *proxy;
    gboolean    is_good;
  } proxies[] = {
    { "system", TRUE },
    { "none", TRUE },
    { "http://proxy.example:3128", TRUE },
    { "socks5://10.0.0.1:1080", TRUE },
    { "http://user:password@proxy.example", FALSE },
    { "proxy.example", FALSE },
    { "ftp://proxy.example", FALSE },
    { "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (proxies); i++)
    g_assert_cmpint (kobra_connection_check_proxy (proxies[i].proxy, NULL), ==, proxies[i].is_good);
  g_assert_true (kobra_connection_check_name ("Oficina Norte", NULL));
  g_assert_false (kobra_connection_check_name ("", NULL));
  g_assert_false (kobra_connection_check_name ("  ", NULL));
  g_assert_false (kobra_connection_check_name ("a]\n[b", NULL));
  g_assert_true (kobra_connection_url_is_plain ("http://norte.example/api"));
  g_assert_false (kobra_connection_url_is_plain ("http://127.0.0.1:8080"));
  g_assert_false (kobra_connection_url_is_plain ("https://norte.example/api"));
  g_assert_false (kobra_connection_url_is_plain ("nonsense"));
}

static void
test_plain_only_when_told (Fixture      *fixture,
                           gconstpointer data)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new ();

  kobra_connection_set_base_url (connection, "http://norte.example/api");
  g_assert_false (kobra_connection_check (connection, NULL));
  kobra_connection_set_plain (connection, TRUE);
  g_assert_true (kobra_connection_check (connection, NULL));
}

static void
test_secret_goes_with_its_server (Fixture      *fixture,
                                  gconstpointer data)
{
  g_autoptr (KobraConnection) connection = kobra_connection_new (), changed = NULL;

  kobra_connection_set_password (connection, "p");
  changed = kobra_connection_dup (connection);
  g_assert_null (kobra_connection_peek_password (changed));
  kobra_connection_set_batch_size (changed, 5);
  kobra_connection_take_settings (connection, changed);
  g_assert_cmpstr (kobra_connection_peek_password (connection), ==, "p");
  kobra_connection_set_base_url (changed, "https://other.example/api");
  kobra_connection_take_settings (connection, changed);
  g_assert_null (kobra_connection_peek_password (connection));
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char *path;
    void (*run) (Fixture      *fixture,
                 gconstpointer data);
  } tests[] = {
    { "/import/connections/first-start", test_first_start },
    { "/import/connections/written-before-it-goes", test_written_before_it_goes },
    { "/import/connections/what-practice-requires-is-kept", test_what_practice_requires_is_kept },
    { "/import/connections/an-old-file-gets-ids", test_an_old_file_gets_ids },
    { "/import/connections/locked", test_locked },
    { "/import/connections/locked-in-time", test_locked_in_time },
    { "/import/connections/taken-to-another-computer", test_taken_to_another_computer },
    { "/import/connections/checks", test_checks },
    { "/import/connections/plain-only-when-told", test_plain_only_when_told },
    { "/import/connections/secret-goes-with-its-server", test_secret_goes_with_its_server },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
