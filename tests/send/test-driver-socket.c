/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real driver and a server that is a bare socket, for what no HTTP library would send. */
#include <string.h>

#include <sys/socket.h>

#include "kobra-test.h"
#include "wire.h"

#define GOOD "{\"data\":null,\"error\":null}"
#define REPLY_GOOD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n" GOOD

typedef struct _Peer Peer;

/* A server of which the first request meets an accident, and the others are answered. */
typedef struct
{
  GSocketService *service;
  void (*accident) (Peer *peer);
  gint            n_requests;
  gint            n_answered;
  gint            n_accidents; /* how many are still to come */
  gint            n_peers;     /* connections that are served */
  GCancellable   *over;
} Server;

struct _Peer
{
  Server           *server;
  GSocket          *socket;
  GDataInputStream *input;
  GOutputStream    *output;
  gsize             length; /* of the body that comes */
};

static gboolean
write_text (Peer       *peer,
            const char *text)
{
  return g_output_stream_write_all (peer->output, text, strlen (text), NULL, peer->server->over, NULL);
}

/* The head of a request; FALSE: the connection ended. */
static gboolean
read_head (Peer *peer)
{
  peer->length = 0;
  for (;;)
    {
      g_autofree char *line = g_data_input_stream_read_line (peer->input, NULL, peer->server->over, NULL);

      if (line == NULL)
        return FALSE;
      if (*line == '\0')
        return TRUE;
      if (g_ascii_strncasecmp (line, "Content-Length:", strlen ("Content-Length:")) == 0)
        peer->length = (gsize) g_ascii_strtoull (line + strlen ("Content-Length:"), NULL, 10);
    }
}

static void
read_body (Peer *peer)
{
  g_autofree char *body = g_malloc (peer->length + 1);

  g_input_stream_read_all (G_INPUT_STREAM (peer->input), body, peer->length, NULL, peer->server->over, NULL);
}

/* Closed with a reset in place of an end. */
static void
reset (Peer *peer)
{
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (peer->socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_socket_close (peer->socket, NULL);
}

/* Accidents */

static void
reset_before_reading (Peer *peer)
{
  reset (peer);
}

static void
reset_after_reading (Peer *peer)
{
  read_body (peer);
  reset (peer);
}

static void
reset_in_the_reply (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n{\"data\":");
  reset (peer);
}

static void
length_too_short (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n" GOOD);
}

static void
length_too_long (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n" GOOD);
}

static void
length_of_words (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\nContent-Length: many\r\nConnection: close\r\n\r\nnot this");
}

static void
chunk_of_words (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nmany\r\n" GOOD "\r\n0\r\n\r\n");
}

static void
chunk_too_large (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n" GOOD);
}

static void
head_without_end (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\n");
  while (write_text (peer, "X-More: and more, and more, and more, and more, and more, and more, and more, and more\r\n"))
    ;
}

/* A byte now and then: never silent for as long as the time-out, and never at an end. */
static void
drip (Peer *peer)
{
  g_autoptr (GMainContext) context = g_main_context_new ();

  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
  while (write_text (peer, " ") && !g_cancellable_is_cancelled (peer->server->over))
    g_socket_condition_timed_wait (peer->socket, G_IO_HUP, 100000, NULL, NULL);
}

static const struct
{
  const char *name;
  void (*accident) (Peer *peer);
} accidents[] = {
  { "reset-before-reading", reset_before_reading },
  { "reset-after-reading", reset_after_reading },
  { "reset-in-the-reply", reset_in_the_reply },
  { "length-too-short", length_too_short },
  { "length-too-long", length_too_long },
  { "length-of-words", length_of_words },
  { "chunk-of-words", chunk_of_words },
  { "chunk-too-large", chunk_too_large },
  { "head-without-end", head_without_end },
  { "slow-drip", drip },
};

/* Replies that are unusual and good, or clear all the same */

static void
chunks_of_a_byte (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (const char *p = GOOD; *p != '\0'; p++)
    {
      const char chunk[] = { '1', '\r', '\n', *p, '\r', '\n', '\0' };

      write_text (peer, chunk);
    }
  write_text (peer, "0\r\n\r\n");
}

static void
until_the_end (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.0 200 OK\r\n\r\n" GOOD);
}

static void
after_a_promise (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" REPLY_GOOD);
}

static void
gzip_that_is_none (Peer *peer)
{
  read_body (peer);
  write_text (peer, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 26\r\n\r\n" GOOD);
}

static void
too_big_at_once (Peer *peer)
{
  write_text (peer, "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

static void
busy_at_once (Peer *peer)
{
  write_text (peer, "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

static const struct
{
  const char *name;
  void (*accident) (Peer *peer);
  gint        n_requests; /* in all, of 2 batches */
} clear_replies[] = {
  { "chunks-of-a-byte", chunks_of_a_byte, 2 },
  { "until-the-end-of-the-connection", until_the_end, 2 },
  { "after-a-promise", after_a_promise, 2 },
  { "gzip-that-is-none", gzip_that_is_none, 2 }, /* libsoup takes it as it is */
  { "too-big-before-the-body-was-read", too_big_at_once, 5 },
  { "busy-before-the-body-was-read", busy_at_once, 3 },
};

static void
serve (Peer *peer)
{
  while (read_head (peer))
    {
      g_atomic_int_inc (&peer->server->n_requests);
      g_main_context_wakeup (NULL);
      if (g_atomic_int_add (&peer->server->n_accidents, -1) > 0)
        {
          peer->server->accident (peer);
          return;
        }
      read_body (peer);
      g_atomic_int_inc (&peer->server->n_answered);
      if (!write_text (peer, REPLY_GOOD))
        return;
    }
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection      *connection,
        GObject                *source,
        Server                 *server)
{
  Peer peer = { .server = server, .socket = g_socket_connection_get_socket (connection) };

  peer.input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_data_input_stream_set_newline_type (peer.input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  peer.output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_atomic_int_inc (&server->n_peers);
  serve (&peer);
  g_object_unref (peer.input);
  g_atomic_int_add (&server->n_peers, -1);
  g_main_context_wakeup (NULL); /* who waits for it looks again */
  return FALSE;
}

static Wire *
set_up (Server *server,
        void (*accident) (Peer *peer))
{
  Wire              *wire = wire_new (100, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char   *base_url = NULL;

  *server = (Server) { .accident = accident, .n_accidents = 1, .over = g_cancellable_new () };
  server->service = g_threaded_socket_service_new (20);
  g_signal_connect (server->service, "run", G_CALLBACK (run_cb), server);
  base_url = g_strdup_printf ("http://127.0.0.1:%u/api", g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (server->service), NULL, &error));
  g_assert_no_error (error);
  kobra_connection_set_base_url (wire->connection, base_url);
  kobra_connection_set_timeout (wire->connection, 1);
  return wire;
}

static gboolean
nobody_is_served (gpointer data)
{
  return g_atomic_int_get (&((Server *) data)->n_peers) == 0;
}

static void
tear_down (Server *server,
           Wire   *wire)
{
  wire_free (wire);
  g_cancellable_cancel (server->over);
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  kobra_test_wait_for (nobody_is_served, server);
  g_object_unref (server->service);
  g_object_unref (server->over);
}

/* The outcome is unknown, so the batch goes once more, and no record is lost or rejected. */
static void
test_accident (gconstpointer data)
{
  const typeof (accidents[0]) *row = data;
  Server                       server;
  Wire                        *wire = set_up (&server, row->accident);

  wire_start (wire);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 100);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NONE);
  g_assert_cmpint (g_atomic_int_get (&server.n_answered), >=, 2);
  g_assert_cmpint (g_atomic_int_get (&server.n_requests), ==, g_atomic_int_get (&server.n_answered) + 1);
  tear_down (&server, wire);
}

static void
test_clear_reply (gconstpointer data)
{
  const typeof (clear_replies[0]) *row = data;
  Server                           server;
  Wire                            *wire = set_up (&server, row->accident);

  wire_start (wire);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 100);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NONE);
  g_assert_cmpint (g_atomic_int_get (&server.n_requests), ==, row->n_requests);
  tear_down (&server, wire);
}

/* A server that says nothing while the body is sent, and nothing after, is given up after the time-out, and cancelling waits for nothing. */
static void
swallow (Peer *peer)
{
  g_socket_condition_timed_wait (peer->socket, G_IO_HUP, -1, peer->server->over, NULL);
}

static gboolean
is_under_way (gpointer data)
{
  return g_atomic_int_get (&((Server *) data)->n_requests) > 0;
}

static void
test_cancel_at_once (void)
{
  Server server;
  Wire  *wire = set_up (&server, swallow);
  gint64 asked;

  kobra_connection_set_timeout (wire->connection, 3600);
  wire_start (wire);
  kobra_test_wait_for (is_under_way, &server);
  asked = g_get_monotonic_time ();
  kobra_driver_cancel (wire->driver);
  wire_wait_for_finish (wire);
  g_assert_cmpint (g_get_monotonic_time () - asked, <, 10 * G_USEC_PER_SEC);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_UNKNOWN), ==, 50);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_NOT_SENT), ==, 50);
  tear_down (&server, wire);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (accidents); i++)
    kobra_test_add_row ("/send/socket/no-proper-answer/", accidents[i].name, &accidents[i], test_accident);
  for (gsize i = 0; i < G_N_ELEMENTS (clear_replies); i++)
    kobra_test_add_row ("/send/socket/a-clear-answer/", clear_replies[i].name, &clear_replies[i], test_clear_reply);
  g_test_add_func ("/send/socket/cancel-waits-for-nothing", test_cancel_at_once);
  return g_test_run ();
}
