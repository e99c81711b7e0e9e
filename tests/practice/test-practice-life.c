/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice.h"

#include <string.h>

#include "kobra-test.h"
#include "practice-client.h"

#define AN_HOUR (60 * 60 * 1000)
#define N_AT_ONCE 8

typedef struct
{
  guint n_ended, n_answered;
} Ends;

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Ends *ends = user_data;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, NULL);

  ends->n_ended++;
  ends->n_answered += bytes != NULL;
}

static gboolean
all_ended (gpointer data)
{
  return ((const Ends *) data)->n_ended == N_AT_ONCE;
}

/* Eight requests whose answers would come in an hour: all are taken at once, others are answered meanwhile, and stopping ends them. */
static void
test_delay_and_stop (void)
{
  const KobraPracticeOptions options = { .delay_ms = AN_HOUR };
  g_autoptr (KobraPractice) practice = practice_start (&options);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("max-conns-per-host", N_AT_ONCE, "max-conns", N_AT_ONCE, NULL);
  g_autofree char *token = practice_sign_in (practice);
  g_auto (PracticeReply) state = { 0 };
  Ends ends = { 0, 0 };

  for (guint i = 0; i < N_AT_ONCE; i++)
    {
      g_autofree char *body = g_strdup_printf ("[{\"visitID\":%u,\"paymentPromiseStatus\":2}]", i + 1);
      g_autoptr (SoupMessage) message = practice_make_message (practice, "POST", "/import", "Authorization", token, "application/json", body);

      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, ended_cb, &ends);
    }
  practice_wait_for_requests (practice, N_AT_ONCE);
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "promises"), ==, N_AT_ONCE);
  practice_get (practice, "/practice/state", &state);
  g_assert_cmpuint (state.status, ==, 200);
  g_assert_cmpuint (ends.n_ended, ==, 0);

  /* With nobody there any more, libsoup may try a request again: it must not meet a new server. */
  kobra_practice_stop (practice);
  kobra_test_wait_for (all_ended, &ends);
  g_assert_cmpuint (ends.n_answered, ==, 0);
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "promises"), ==, N_AT_ONCE);
}

static void
test_delay_ends (void)
{
  const KobraPracticeOptions options = { .delay_ms = 20 };
  g_autoptr (KobraPractice) practice = practice_start (&options);
  g_autofree char *token = practice_sign_in (practice);
  g_auto (PracticeReply) taken = { 0 };
  g_auto (PracticeReply) refused = { 0 };
  gint64 started = g_get_monotonic_time ();

  practice_import (practice, token, ONE_ACCOUNT, &taken);
  g_assert_cmpuint (taken.status, ==, 200);
  practice_import (practice, "x", ONE_ACCOUNT, &refused);
  g_assert_cmpuint (refused.status, ==, 401);
  g_assert_cmpint (g_get_monotonic_time () - started, >=, 2 * 20 * 1000);
}

/* A client that leaves while its answer is held back costs nothing but the answer. */
static void
test_leaving (void)
{
  const KobraPracticeOptions options = { .delay_ms = 20 };
  g_autoptr (KobraPractice) practice = practice_start (&options);
  g_autofree char *token = practice_sign_in (practice);
  g_autofree char *request = g_strdup_printf ("POST /api/import HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\n"
                                              "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                                              token, (int) strlen (ONE_ACCOUNT), ONE_ACCOUNT);
  g_auto (PracticeReply) reply = { 0 };

  for (guint i = 1; i <= 5; i++)
    {
      g_autoptr (GSocketConnection) connection = practice_write_raw (practice, request, strlen (request));

      practice_wait_for_requests (practice, i);
    }
  practice_import (practice, token, ONE_ACCOUNT, &reply); /* is answered after those whose clients left */
  g_assert_cmpuint (reply.status, ==, 200);
}

static void
test_stop_half_way (void)
{
  static const char half[] = "POST /api/auth HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autoptr (GSocketConnection) idle = practice_write_raw (practice, "", 0);
  g_autoptr (GSocketConnection) busy = practice_write_raw (practice, half, sizeof half - 1);
  g_autofree char *idle_answer = NULL;
  g_autofree char *busy_answer = NULL;
  g_auto (PracticeReply) state = { 0 };

  practice_get (practice, "/practice/state", &state); /* by now the server met the other two */
  kobra_practice_stop (practice);
  idle_answer = practice_read_raw (idle);
  busy_answer = practice_read_raw (busy);
  g_assert_cmpstr (idle_answer, ==, "");
  g_assert_cmpstr (busy_answer, ==, "");
}

static void
test_restart (void)
{
  g_autoptr (KobraPractice) practice = kobra_practice_new (NULL);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *token = NULL;
      g_auto (PracticeReply) reply = { 0 };

      kobra_practice_start (practice, &error);
      g_assert_no_error (error);
      token = practice_sign_in (practice);
      practice_import (practice, token, ONE_ACCOUNT, &reply);
      g_assert_cmpuint (reply.status, ==, 200);
      kobra_practice_stop (practice);
      kobra_practice_stop (practice);
    }
  g_assert_cmpuint (kobra_practice_get_n_requests (practice), ==, 20);
  g_assert_cmpuint (kobra_practice_get_n_records (practice, "accounts"), ==, 1);
}

static void
test_unref_stops (void)
{
  for (guint i = 0; i < 20; i++)
    {
      KobraPractice *practice = practice_start (NULL);
      guint16        port = practice_get_port (practice);
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_finalize_object (practice);
      connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
    }
}

static void
test_port_taken (void)
{
  g_autoptr (KobraPractice) first = practice_start (NULL);
  const KobraPracticeOptions options = { .port = practice_get_port (first) };
  g_autoptr (KobraPractice) second = kobra_practice_new (&options);
  g_autoptr (GError) error = NULL;
  g_autofree char *port = g_strdup_printf ("%u", options.port);
  g_auto (PracticeReply) state = { 0 };

  g_assert_false (kobra_practice_start (second, &error));
  g_assert_error (error, KOBRA_PRACTICE_ERROR, KOBRA_PRACTICE_ERROR_PORT_TAKEN);
  g_assert_nonnull (strstr (error->message, port));
  g_assert_null (kobra_practice_get_base_url (second));
  g_clear_error (&error);

  kobra_practice_stop (first);
  kobra_practice_start (second, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (practice_get_port (second), ==, options.port);
  practice_get (second, "/practice/state", &state);
  g_assert_cmpuint (state.status, ==, 200);
}

static void
test_only_loopback (void)
{
  g_autoptr (KobraPractice) practice = practice_start (NULL);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;

  /* The whole of 127/8 is this computer's, and a server that listens on every address answers there too. */
  connection = g_socket_client_connect_to_host (client, "127.0.0.2", practice_get_port (practice), NULL, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/delay/takes-at-once-answers-later-and-stops-in-between", test_delay_and_stop);
  g_test_add_func ("/practice/delay/every-answer-comes-after-it", test_delay_ends);
  g_test_add_func ("/practice/delay/a-client-may-leave", test_leaving);
  g_test_add_func ("/practice/stop/drops-what-is-half-way", test_stop_half_way);
  g_test_add_func ("/practice/stop/may-be-started-again", test_restart);
  g_test_add_func ("/practice/stop/the-last-unref-stops", test_unref_stops);
  g_test_add_func ("/practice/start/says-that-a-port-is-taken", test_port_taken);
  g_test_add_func ("/practice/start/listens-on-loopback-only", test_only_loopback);
  return g_test_run ();
}
