/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real driver behind a proxy that does its work, or does not, and before addresses where no connection ever comes about. */
#include <errno.h>
#include <string.h>

#include <netinet/in.h>
#include <sys/socket.h>

#include <glib/gstdio.h>

#include "kobra-test.h"
#include "wire.h"

typedef enum
{
  FORWARDS,   /* what it should do */
  REFUSES,    /* 407: it wants to know who asks */
  FORBIDS,    /* 403: not to there */
  FAILS,      /* 502: it cannot reach the server */
  BREAKS,     /* closes the connection */
  SAYS_NOTHING
} Manner;

/* Of all answers of the proxy's own: the head, and nothing else. */
static const char *const answers[] = {
  [FORWARDS] = "HTTP/1.1 200 Connection established\r\n\r\n",
  [REFUSES] = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"office\"\r\nContent-Length: 0\r\n\r\n",
  [FORBIDS] = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
  [FAILS] = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
};

typedef struct
{
  GSocketService *service;
  char           *uri;
  Manner          manner;
  guint16         server_port; /* where all roads lead, whatever is asked for */
  char           *seen;        /* the first line of the latest request */
  gboolean        saw_token;   /* in what was meant for the proxy */
  guint           n_clients;
  GCancellable   *over;
} Proxy;

typedef struct
{
  Proxy      *proxy;
  GIOStream  *client;
  GByteArray *head;
  guint8      piece[4096];
} Client;

static void
free_client (Client *client)
{
  client->proxy->n_clients--;
  g_object_unref (client->client);
  g_byte_array_unref (client->head);
  g_free (client);
}

static void
spliced_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_io_stream_splice_finish (result, NULL);
  free_client (data);
}

static gboolean
say (GIOStream  *stream,
     const char *text,
     gsize       length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, length, NULL, NULL, NULL);
}

static void
forward (Client *client)
{
  Proxy                        *proxy = client->proxy;
  g_autoptr (GSocketClient)     connector = g_socket_client_new ();
  g_autoptr (GSocketConnection) upstream = NULL;
  g_autoptr (GError)            error = NULL;

  g_socket_client_set_enable_proxy (connector, FALSE);
  upstream = g_socket_client_connect_to_host (connector, "127.0.0.1", proxy->server_port, NULL, &error);
  g_assert_no_error (error);
  if (g_str_has_prefix (proxy->seen, "CONNECT "))
    say (client->client, answers[FORWARDS], strlen (answers[FORWARDS]));
  else
    say (G_IO_STREAM (upstream), (const char *) client->head->data, client->head->len);
  g_io_stream_splice_async (client->client, G_IO_STREAM (upstream), G_IO_STREAM_SPLICE_CLOSE_STREAM1 | G_IO_STREAM_SPLICE_CLOSE_STREAM2,
                            G_PRIORITY_DEFAULT, proxy->over, spliced_cb, client);
}

static void read_head (Client *client);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Client     *client = data;
  Proxy      *proxy = client->proxy;
  gssize      n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  const char *end;

  if (n <= 0)
    {
      free_client (client);
      return;
    }
  g_byte_array_append (client->head, client->piece, (guint) n);
  end = memmem (client->head->data, client->head->len, "\r\n\r\n", 4);
  if (end == NULL || proxy->manner == SAYS_NOTHING)
    {
      read_head (client);
      return;
    }
  g_free (proxy->seen);
  proxy->seen = g_strndup ((const char *) client->head->data, strcspn ((const char *) client->head->data, "\r"));
  proxy->saw_token = proxy->saw_token || memmem (client->head->data, client->head->len, "token-", 6) != NULL;
  if (proxy->manner == FORWARDS)
    {
      forward (client);
      return;
    }
  if (proxy->manner == BREAKS)
    {
      free_client (client);
      return;
    }
  say (client->client, answers[proxy->manner], strlen (answers[proxy->manner]));
  g_byte_array_set_size (client->head, 0);
  read_head (client);
}

static void
read_head (Client *client)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (client->client), client->piece, sizeof client->piece,
                             G_PRIORITY_DEFAULT, client->proxy->over, read_cb, client);
}

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             Proxy             *proxy)
{
  Client *client = g_new0 (Client, 1);

  proxy->n_clients++;
  client->proxy = proxy;
  client->client = g_object_ref (G_IO_STREAM (connection));
  client->head = g_byte_array_new ();
  read_head (client);
  return TRUE;
}

static void
start_proxy (Proxy *proxy,
             Manner manner)
{
  g_autoptr (GError) error = NULL;

  *proxy = (Proxy) { .manner = manner, .service = g_socket_service_new (), .over = g_cancellable_new () };
  g_signal_connect (proxy->service, "incoming", G_CALLBACK (incoming_cb), proxy);
  proxy->uri = g_strdup_printf ("http://127.0.0.1:%u", g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (proxy->service), NULL, &error));
  g_assert_no_error (error);
}

static gboolean
has_no_client (gpointer data)
{
  return ((Proxy *) data)->n_clients == 0;
}

static void
stop_proxy (Proxy *proxy)
{
  g_socket_service_stop (proxy->service);
  g_socket_listener_close (G_SOCKET_LISTENER (proxy->service));
  g_cancellable_cancel (proxy->over);
  kobra_test_wait_for (has_no_client, proxy);
  g_object_unref (proxy->service);
  g_object_unref (proxy->over);
  g_free (proxy->uri);
  g_free (proxy->seen);
}

/* The proxies of the system, which are one for every address: what GProxyResolver is in this program. */
static const char *system_proxy;

typedef struct
{
  GObject parent_instance;
} FakeResolver;

typedef GObjectClass FakeResolverClass;

GType fake_resolver_get_type (void);

static gboolean
is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
lookup (GProxyResolver *resolver,
        const char     *uri,
        GCancellable   *cancellable,
        GError        **error)
{
  const char *found[] = { system_proxy != NULL ? system_proxy : "direct://", NULL };

  return g_strdupv ((char **) found);
}

static void
lookup_async (GProxyResolver     *resolver,
              const char         *uri,
              GCancellable       *cancellable,
              GAsyncReadyCallback callback,
              gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  g_task_return_pointer (task, lookup (resolver, uri, cancellable, NULL), (GDestroyNotify) g_strfreev);
}

static char **
lookup_finish (GProxyResolver *resolver,
               GAsyncResult   *result,
               GError        **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_resolver_init_resolver (GProxyResolverInterface *iface)
{
  iface->is_supported = is_supported;
  iface->lookup = lookup;
  iface->lookup_async = lookup_async;
  iface->lookup_finish = lookup_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeResolver, fake_resolver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, fake_resolver_init_resolver))

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
}

static void
fake_resolver_init (FakeResolver *self)
{
}

/* The server */

static void
judge (Wire              *wire,
       SoupServerMessage *message,
       guint              n,
       GArray            *ids)
{
  wire_judge (wire, message, ids);
}

static guint16
get_port (Wire    *wire,
          gboolean is_https)
{
  GSList *uris = soup_server_get_uris (wire->server);
  guint16 port = 0;

  for (GSList *l = uris; l != NULL; l = l->next)
    if (g_str_equal (g_uri_get_scheme (l->data), is_https ? "https" : "http"))
      port = (guint16) g_uri_get_port (l->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

/* A server whose certificate is made out to kobra.example, which this program alone trusts: its address is only known to the proxy. */
static void
serve_encrypted (Wire *wire)
{
  g_autofree char             *path = g_test_build_filename (G_TEST_DIST, "data", "send", "wrong-name.pem", NULL);
  g_autoptr (GError)           error = NULL;
  g_autoptr (GTlsCertificate)  certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);
  soup_server_set_tls_certificate (wire->server, certificate);
  soup_server_listen_local (wire->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY | SOUP_SERVER_LISTEN_HTTPS, &error);
  g_assert_no_error (error);
  kobra_connection_set_base_url (wire->connection, "https://kobra.example/api");
}

static void
trust (const char *name)
{
  g_autofree char         *file = g_strconcat (name, ".pem", NULL);
  g_autofree char         *path = g_test_build_filename (G_TEST_DIST, "data", "send", file, NULL);
  g_autoptr (GError)       error = NULL;
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

/* The tests */

/* The one that the system names is used without being asked for. */
static void
test_of_the_system (void)
{
  g_autoptr (Wire) wire = wire_new (430, judge);
  Proxy            proxy;

  start_proxy (&proxy, FORWARDS);
  proxy.server_port = get_port (wire, FALSE);
  system_proxy = proxy.uri;
  wire_start (wire);
  wire_wait_for_finish (wire);
  system_proxy = NULL;
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 430);
  g_assert_true (g_str_has_prefix (proxy.seen, "POST http://127.0.0.1:"));
  g_clear_pointer (&wire, wire_free);
  stop_proxy (&proxy);
}

static void
test_none_is_wanted (void)
{
  g_autoptr (Wire) wire = wire_new (10, judge);
  Proxy            proxy;

  start_proxy (&proxy, FAILS);
  system_proxy = proxy.uri;
  kobra_connection_set_proxy (wire->connection, KOBRA_PROXY_NONE);
  wire_start (wire);
  wire_wait_for_finish (wire);
  system_proxy = NULL;
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 10);
  g_assert_null (proxy.seen);
  g_clear_pointer (&wire, wire_free);
  stop_proxy (&proxy);
}

/* Through a tunnel, of which the proxy sees the name and nothing else. */
static void
test_tunnel (void)
{
  g_autoptr (Wire) wire = wire_new (430, judge);
  Proxy            proxy;

  start_proxy (&proxy, FORWARDS);
  serve_encrypted (wire);
  proxy.server_port = get_port (wire, TRUE);
  kobra_connection_set_proxy (wire->connection, proxy.uri);
  wire->token = g_strdup ("none yet");
  kobra_connection_set_sign_in (wire->connection, KOBRA_SIGN_IN_PASSWORD);
  trust ("wrong-name");
  wire_start (wire);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 430);
  g_assert_cmpstr (proxy.seen, ==, "CONNECT kobra.example:443 HTTP/1.1");
  g_assert_false (proxy.saw_token);
  g_clear_pointer (&wire, wire_free);
  stop_proxy (&proxy);
}

/* A proxy does not make a certificate any better. */
static void
test_certificate (void)
{
  g_autoptr (Wire) wire = wire_new (100, judge);
  g_autoptr (GUri) uri = NULL;
  Proxy            proxy;

  start_proxy (&proxy, FORWARDS);
  wire_use_tls (wire, "wrong-name");
  uri = g_uri_parse (kobra_connection_get_base_url (wire->connection), G_URI_FLAGS_NONE, NULL);
  proxy.server_port = (guint16) g_uri_get_port (uri);
  kobra_connection_set_base_url (wire->connection, "https://kobra.example/api");
  kobra_connection_set_proxy (wire->connection, proxy.uri);
  trust ("expired");
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_REFUSED);
  g_assert_nonnull (strstr (wire->pause_message, "not to be trusted"));
  kobra_driver_cancel (wire->driver);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_NOT_SENT), ==, 100);
  g_clear_pointer (&wire, wire_free);
  stop_proxy (&proxy);
}

static const struct
{
  const char *name;
  Manner      manner;
  gboolean    is_tunnel;
  KobraPause  pause;
  const char *words;
  KobraResult result; /* of the records that met it */
} bad_proxies[] = {
  { "tunnel/wants-a-sign-in", REFUSES, TRUE, KOBRA_PAUSE_REFUSED, "proxy", KOBRA_RESULT_NOT_SENT },
  { "tunnel/forbids-it", FORBIDS, TRUE, KOBRA_PAUSE_REFUSED, "proxy", KOBRA_RESULT_NOT_SENT },
  { "tunnel/does-not-get-there", FAILS, TRUE, KOBRA_PAUSE_OFFLINE, "proxy", KOBRA_RESULT_NOT_SENT },
  { "tunnel/breaks", BREAKS, TRUE, KOBRA_PAUSE_OFFLINE, "cannot be reached", KOBRA_RESULT_NOT_SENT },
  { "tunnel/never-answers", SAYS_NOTHING, TRUE, KOBRA_PAUSE_OFFLINE, "cannot be reached", KOBRA_RESULT_NOT_SENT },
  { "plain/wants-a-sign-in", REFUSES, FALSE, KOBRA_PAUSE_REFUSED, "proxy", KOBRA_RESULT_NOT_SENT },
  { "plain/does-not-get-there", FAILS, FALSE, KOBRA_PAUSE_NO_ANSWER, "502", KOBRA_RESULT_UNKNOWN },
};

static void
test_bad_proxy (gconstpointer data)
{
  const typeof (bad_proxies[0]) *row = data;
  g_autoptr (Wire) wire = wire_new (10, judge);
  Proxy            proxy;

  start_proxy (&proxy, row->manner);
  kobra_connection_set_timeout (wire->connection, 1);
  kobra_connection_set_max_in_flight (wire->connection, 1);
  if (row->is_tunnel)
    {
      kobra_connection_set_base_url (wire->connection, "https://kobra.example/api");
      kobra_connection_set_proxy (wire->connection, proxy.uri);
    }
  else
    system_proxy = proxy.uri;
  wire_start (wire);
  wire_wait_for_pause (wire);
  system_proxy = NULL;
  g_test_message ("the words: %s", wire->pause_message);
  g_assert_cmpint (wire->pause, ==, row->pause);
  g_assert_nonnull (strstr (wire->pause_message, row->words));
  kobra_driver_cancel (wire->driver);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, row->result), ==, 10);
  g_assert_cmpuint (wire->n_requests, ==, 0);
  g_clear_pointer (&wire, wire_free);
  stop_proxy (&proxy);
}

/* A listener that takes no more connections: attempts are neither accepted nor refused. Its descriptor, and those that fill it. */
typedef struct
{
  int                listener;
  GArray            *fillers; /* int */
  struct sockaddr_in address;
} FullPort;

static void
fill_port (FullPort *self)
{
  socklen_t length = sizeof self->address;
  gboolean  is_full = FALSE;

  self->fillers = g_array_new (FALSE, FALSE, sizeof (int));
  self->address = (struct sockaddr_in) { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  self->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &self->address, sizeof self->address), ==, 0);
  g_assert_cmpint (listen (self->listener, 0), ==, 0);
  g_assert_cmpint (getsockname (self->listener, (struct sockaddr *) &self->address, &length), ==, 0);
  while (!is_full && self->fillers->len < 64)
    {
      int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

      /* On loopback an attempt that succeeds has done so by the second call. */
      connect (fd, (struct sockaddr *) &self->address, sizeof self->address);
      is_full = connect (fd, (struct sockaddr *) &self->address, sizeof self->address) != 0 && errno == EALREADY;
      g_array_append_val (self->fillers, fd);
    }
}

static void
close_port (FullPort *self)
{
  for (guint i = 0; i < self->fillers->len; i++)
    g_close (g_array_index (self->fillers, int, i), NULL);
  g_close (self->listener, NULL);
  g_array_unref (self->fillers);
}

/* The connection’s time-out holds for coming to a connection, too; and nothing was sent. */
static void
test_connect_time_out (void)
{
  g_autoptr (Wire) wire = wire_new (100, judge);
  g_autofree char *base_url = NULL;
  FullPort         port;

  fill_port (&port);
  base_url = g_strdup_printf ("http://127.0.0.1:%u/api", ntohs (port.address.sin_port));
  kobra_connection_set_base_url (wire->connection, base_url);
  kobra_connection_set_timeout (wire->connection, 1);
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_OFFLINE);
  g_assert_nonnull (strstr (wire->pause_message, "cannot be reached"));
  kobra_driver_cancel (wire->driver);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_NOT_SENT), ==, 100);
  close_port (&port);
}

/* Nor does cancelling wait for a connection that does not come about. */
static void
test_cancel_while_connecting (void)
{
  g_autoptr (Wire) wire = wire_new (100, judge);
  g_autofree char *base_url = NULL;
  FullPort         port;
  gint64           asked;

  fill_port (&port);
  base_url = g_strdup_printf ("http://127.0.0.1:%u/api", ntohs (port.address.sin_port));
  kobra_connection_set_base_url (wire->connection, base_url);
  kobra_connection_set_timeout (wire->connection, 3600);
  wire_start (wire);
  while (wire->n_journaled == 0)
    g_main_context_iteration (NULL, TRUE);
  asked = g_get_monotonic_time ();
  kobra_driver_cancel (wire->driver);
  wire_wait_for_finish (wire);
  g_assert_cmpint (g_get_monotonic_time () - asked, <, 10 * G_USEC_PER_SEC);
  close_port (&port);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, fake_resolver_get_type (), "fake", 1000);
  g_test_add_func ("/send/proxy/of-the-system", test_of_the_system);
  g_test_add_func ("/send/proxy/none-where-none-is-wanted", test_none_is_wanted);
  g_test_add_func ("/send/proxy/a-tunnel-for-what-is-encrypted", test_tunnel);
  g_test_add_func ("/send/proxy/certificate-is-refused", test_certificate);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_proxies); i++)
    kobra_test_add_row ("/send/proxy/", bad_proxies[i].name, &bad_proxies[i], test_bad_proxy);
  g_test_add_func ("/send/connect/time-out", test_connect_time_out);
  g_test_add_func ("/send/connect/cancel-waits-for-nothing", test_cancel_while_connecting);
  return g_test_run ();
}
