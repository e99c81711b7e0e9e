/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Against a real password store on a bus of its own (with-keyring.py); and, with the argument "none", on one where there is none. */
#include "kobra-secret-store.h"

#include <string.h>

#include <libsecret/secret.h>

#include "kobra-test.h"

typedef struct
{
  gboolean done, result;
  GError  *error;
} Answer;

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Answer *answer = data;

  answer->result = kobra_secret_store_save_finish (KOBRA_CONNECTION (source), result, &answer->error);
  answer->done = TRUE;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Answer *answer = data;

  answer->result = kobra_secret_store_load_finish (KOBRA_CONNECTION (source), result, &answer->error);
  answer->done = TRUE;
}

static KobraConnection *
make (const char *id,
      const char *user)
{
  KobraConnection *connection = kobra_connection_new ();

  kobra_connection_set_id (connection, id);
  kobra_connection_set_name (connection, "Oficina");
  kobra_connection_set_user (connection, user);
  return connection;
}

/* The bus may be there before the store is. */
static gboolean
is_saved (gpointer data)
{
  Answer answer = { 0 };

  kobra_secret_store_save_async (data, NULL, saved_cb, &answer);
  kobra_test_wait_for_flag (&answer.done);
  g_clear_error (&answer.error);
  return answer.result;
}

static gboolean
load (KobraConnection *connection)
{
  Answer answer = { 0 };

  kobra_secret_store_load_async (connection, NULL, loaded_cb, &answer);
  kobra_test_wait_for_flag (&answer.done);
  g_assert_no_error (answer.error);
  return answer.result;
}

static gboolean
is_forgotten (gpointer data)
{
  KobraConnection *connection = data;

  kobra_connection_set_password (connection, NULL);
  return !load (connection);
}

static void
test_kept (void)
{
  g_autoptr (KobraConnection) connection = make ("id-1", "ana");
  g_autoptr (KobraConnection) again = make ("id-1", "ana");
  g_autoptr (KobraConnection) other_user = make ("id-1", "eva");
  g_autoptr (KobraConnection) other = make ("id-2", "ana");

  kobra_connection_set_password (connection, "contraseña");
  kobra_test_wait_for (is_saved, connection);

  g_assert_true (kobra_connection_lacks_secret (again));
  g_assert_true (load (again));
  g_assert_cmpstr (kobra_connection_peek_password (again), ==, "contraseña");
  g_assert_false (load (other_user));
  g_assert_false (load (other));
  g_assert_null (kobra_connection_peek_password (other));
  kobra_connection_set_password (again, NULL);
  g_assert_true (kobra_secret_store_load (again, NULL, NULL));
  g_assert_cmpstr (kobra_connection_peek_password (again), ==, "contraseña");
}

static void
test_token_and_password_are_two (void)
{
  g_autoptr (KobraConnection) connection = make ("id-3", "ana");

  kobra_connection_set_password (connection, "p");
  kobra_test_wait_for (is_saved, connection);
  kobra_connection_set_sign_in (connection, KOBRA_SIGN_IN_TOKEN);
  g_assert_false (load (connection));
  kobra_connection_set_token (connection, "t");
  g_assert_true (is_saved (connection));
  kobra_connection_set_token (connection, NULL);
  kobra_connection_set_password (connection, NULL);
  g_assert_true (load (connection));
  g_assert_cmpstr (kobra_connection_peek_token (connection), ==, "t");
  g_assert_null (kobra_connection_peek_password (connection));
}

static void
test_attributes_tell_nothing (void)
{
  g_autoptr (KobraConnection) connection = make ("id-4", "ana");
  g_autoptr (SecretService)   service = NULL;
  g_autoptr (GHashTable)      wanted = g_hash_table_new (g_str_hash, g_str_equal);
  GList                      *items;
  g_autoptr (GHashTable)      attributes = NULL;

  kobra_connection_set_password (connection, "p");
  kobra_test_wait_for (is_saved, connection);
  service = secret_service_get_sync (SECRET_SERVICE_NONE, NULL, NULL);
  g_hash_table_insert (wanted, (gpointer) "connection", (gpointer) "id-4");
  items = secret_service_search_sync (service, NULL, wanted, SECRET_SEARCH_ALL, NULL, NULL);
  g_assert_cmpuint (g_list_length (items), ==, 1);
  attributes = secret_item_get_attributes (items->data);
  g_assert_cmpuint (g_hash_table_size (attributes), ==, 3);
  g_assert_cmpstr (g_hash_table_lookup (attributes, "user"), ==, "ana");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "xdg:schema"), ==, "io.github.kobraimport.KobraImport");
  g_list_free_full (items, g_object_unref);
}

static void
test_forgotten (void)
{
  g_autoptr (KobraConnection) connection = make ("id-5", "ana");

  kobra_connection_set_password (connection, "p");
  kobra_test_wait_for (is_saved, connection);
  kobra_secret_store_forget (connection);
  kobra_test_wait_for (is_forgotten, connection);
}

static void
test_nothing_of_practice (void)
{
  g_autoptr (KobraConnection) practice = make ("id-6", "practice");

  kobra_connection_set_practice (practice, TRUE);
  kobra_connection_set_password (practice, "practice");
  g_assert_true (is_saved (practice));
  kobra_connection_set_practice (practice, FALSE);
  g_assert_false (load (practice));
}

static void
test_no_store_is_said (void)
{
  g_autoptr (KobraConnection) connection = make ("id-1", "ana");
  Answer answer = { 0 };

  kobra_connection_set_password (connection, "contraseña");
  kobra_secret_store_save_async (connection, NULL, saved_cb, &answer);
  kobra_test_wait_for_flag (&answer.done);
  g_assert_false (answer.result);
  g_assert_error (answer.error, KOBRA_SECRET_ERROR, KOBRA_SECRET_ERROR_NO_STORE);
  g_assert_nonnull (strstr (answer.error->message, "until you quit"));
  g_assert_null (strstr (answer.error->message, "contraseña"));
  g_clear_error (&answer.error);
  /* It is not lost by that. */
  g_assert_cmpstr (kobra_connection_peek_password (connection), ==, "contraseña");
  g_assert_false (kobra_secret_store_load (connection, NULL, &answer.error));
  g_assert_error (answer.error, KOBRA_SECRET_ERROR, KOBRA_SECRET_ERROR_NO_STORE);
  g_clear_error (&answer.error);
  kobra_secret_store_forget (connection);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  if (argc > 1)
    {
      g_test_add_func ("/api/secret-store/none-is-said", test_no_store_is_said);
      return g_test_run ();
    }
  g_test_add_func ("/api/secret-store/kept-and-given-back", test_kept);
  g_test_add_func ("/api/secret-store/token-and-password-are-two", test_token_and_password_are_two);
  g_test_add_func ("/api/secret-store/attributes-tell-nothing", test_attributes_tell_nothing);
  g_test_add_func ("/api/secret-store/forgotten", test_forgotten);
  g_test_add_func ("/api/secret-store/nothing-of-practice", test_nothing_of_practice);
  return g_test_run ();
}
