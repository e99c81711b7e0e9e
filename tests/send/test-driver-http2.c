/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real driver and a server that speaks HTTP/2 over TLS and nothing else. Its certificate is trusted by this program alone. */
#include <string.h>

#include <glib/gstdio.h>

#include "kobra-test.h"
#include "wire.h"

#define GOOD "{\"data\":null,\"error\":null}"

static char *
dup_pem_path (void)
{
  return g_test_build_filename (G_TEST_DIST, "data", "send", "self-signed.pem", NULL);
}

static void
trust_it (void)
{
  g_autofree char          *path = dup_pem_path ();
  g_autoptr (GError)        error = NULL;
  g_autoptr (GTlsDatabase)  database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

static guint16
find_free_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16                     port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  return port;
}

static gboolean
answers (guint16 port)
{
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

  return connection != NULL;
}

/* Serves @folder, where the file "api/import" is the answer to every import. */
static GSubprocess *
start_server (const char *program,
              const char *folder,
              guint16     port)
{
  g_autofree char *pem = dup_pem_path ();
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_autofree char *api = g_build_filename (folder, "api", NULL);
  g_autofree char *import = g_build_filename (api, "import", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess     *server;

  g_assert_cmpint (g_mkdir (api, 0700), ==, 0);
  g_assert_true (g_file_set_contents (import, GOOD, -1, NULL));
  server = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                             program, "--address=127.0.0.1", "--htdocs", folder, number, pem, pem, NULL);
  g_assert_no_error (error);
  while (!answers (port))
    g_thread_yield ();
  return server;
}

static void
test_http2 (void)
{
  g_autofree char         *program = g_find_program_in_path ("nghttpd");
  g_autofree char         *folder = NULL, *base_url = NULL;
  g_autoptr (GSubprocess)  server = NULL;
  g_autoptr (Wire)         wire = NULL;
  guint16                  port = find_free_port ();

  if (program == NULL)
    {
      g_test_skip ("There is no nghttpd here.");
      return;
    }
  folder = kobra_test_make_folder ();
  server = start_server (program, folder, port);
  trust_it ();
  wire = wire_new (1000, NULL);
  base_url = g_strdup_printf ("https://127.0.0.1:%u/api", port);
  kobra_connection_set_base_url (wire->connection, base_url);
  wire_start (wire);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 1000);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NONE);
  g_assert_cmpuint (wire->progress.n_requests, ==, 20);
  g_subprocess_force_exit (server);
  g_subprocess_wait (server, NULL, NULL);
  kobra_test_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send/http2/all-good", test_http2);
  return g_test_run ();
}
