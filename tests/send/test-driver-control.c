/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pause, resume, cancel, free, and the journal’s hook, each while requests are under way. */
#include "kobra-test.h"
#include "wire.h"

static void
judge (Wire              *wire,
       SoupServerMessage *message,
       guint              n,
       GArray            *ids)
{
  wire_judge (wire, message, ids);
}

static void
assert_all_accepted (Wire *wire)
{
  for (guint i = 0; i < wire->n; i++)
    {
      g_assert_cmpint (wire->results[i], ==, KOBRA_RESULT_ACCEPTED);
      g_assert_true (wire->stored[i]);
    }
}

static void
hold_from_third (Wire              *wire,
                 SoupServerMessage *message,
                 guint              n,
                 GArray            *ids)
{
  if (n >= 3)
    wire_hold (wire, message);
  else
    wire_judge (wire, message, ids);
}

static gboolean
holds_two (gpointer data)
{
  return ((Wire *) data)->held->len >= 2;
}

static void
test_cancel (void)
{
  g_autoptr (Wire) wire = wire_new (1000, hold_from_third);
  gint64           asked;

  wire_start (wire);
  kobra_test_wait_for (holds_two, wire);
  asked = g_get_monotonic_time ();
  kobra_driver_cancel (wire->driver);
  g_assert_false (wire->finished);
  wire_wait_for_finish (wire);
  g_assert_cmpint (g_get_monotonic_time () - asked, <, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 100);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_REJECTED), ==, 0);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_UNKNOWN), ==, 50 * (wire->progress.n_requests - 2));
  for (guint i = 0; i < 1000; i++)
    if (wire->results[i] != KOBRA_RESULT_ACCEPTED)
      g_assert_cmpstr (wire->words[i], !=, NULL);
}

static void
pause_at_third (Wire              *wire,
                SoupServerMessage *message,
                guint              n,
                GArray            *ids)
{
  if (n == 3)
    kobra_driver_pause (wire->driver);
  wire_judge (wire, message, ids);
}

static gboolean
is_idle (gpointer data)
{
  KobraProgress progress;

  kobra_driver_get_progress (((Wire *) data)->driver, &progress);
  return progress.in_flight == 0;
}

static void
test_pause (void)
{
  g_autoptr (Wire) wire = wire_new (1000, pause_at_third);
  guint            n_requests;

  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_ASKED);
  kobra_test_wait_for (is_idle, wire);
  n_requests = wire->n_requests;
  g_assert_cmpuint (n_requests, <=, 5);
  g_assert_cmpint (kobra_driver_get_pause (wire->driver, NULL), ==, KOBRA_PAUSE_ASKED);
  kobra_driver_resume (wire->driver);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
}

static void
refuse_journal_cb (guint          request,
                   const guint32 *ids,
                   guint          n,
                   KobraDriverGo  go,
                   gpointer       token,
                   gpointer       data)
{
  Wire              *wire = data;
  g_autoptr (GError) error = NULL;

  if (wire->pause == KOBRA_PAUSE_NONE)
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "The disk is full.");
  go (token, error);
}

static void
test_journal_fails (void)
{
  g_autoptr (Wire) wire = wire_new (100, judge);

  wire->sink.journal = refuse_journal_cb;
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_JOURNAL);
  g_assert_cmpstr (wire->pause_message, ==, "The disk is full.");
  g_assert_cmpuint (wire->n_requests, ==, 0);
  kobra_driver_resume (wire->driver);
  wire_wait_for_finish (wire);
  assert_all_accepted (wire);
}

/* The journal answers when it likes, even after the run is gone. */
static struct
{
  KobraDriverGo go;
  gpointer      token;
} kept;

static void
keep_journal_cb (guint          request,
                 const guint32 *ids,
                 guint          n,
                 KobraDriverGo  go,
                 gpointer       token,
                 gpointer       data)
{
  kept.go = go;
  kept.token = token;
}

static gboolean
is_kept (gpointer data)
{
  return kept.go != NULL;
}

static void
test_journal_after_free (void)
{
  g_autoptr (Wire) wire = wire_new (100, judge);

  kept.go = NULL;
  wire->sink.journal = keep_journal_cb;
  wire_start (wire);
  kobra_test_wait_for (is_kept, wire);
  g_clear_pointer (&wire->driver, kobra_driver_free);
  kept.go (kept.token, NULL);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_NONE), ==, 100);
}

static void
test_cancel_while_journaled (void)
{
  g_autoptr (Wire) wire = wire_new (100, judge);

  kept.go = NULL;
  wire->sink.journal = keep_journal_cb;
  wire_start (wire);
  kobra_test_wait_for (is_kept, wire);
  kobra_driver_cancel (wire->driver);
  kept.go (kept.token, NULL);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_NOT_SENT), ==, 100);
  g_assert_cmpuint (wire->n_requests, ==, 0);
}

static void
free_at_settled_cb (const guint32 *ids,
                    guint          n,
                    KobraResult    result,
                    const char    *type,
                    const char    *message,
                    gpointer       data)
{
  Wire *wire = data;

  g_assert_nonnull (wire->driver);
  g_clear_pointer (&wire->driver, kobra_driver_free);
  wire->finished = TRUE;
}

static void
test_freed_in_a_report (void)
{
  g_autoptr (Wire) wire = wire_new (1000, judge);

  wire->sink.settled = free_at_settled_cb;
  wire->sink.finished = NULL;
  wire_start (wire);
  kobra_test_wait_for_flag (&wire->finished);
}

static void
cancel_at_settled_cb (const guint32 *ids,
                      guint          n,
                      KobraResult    result,
                      const char    *type,
                      const char    *message,
                      gpointer       data)
{
  Wire *wire = data;

  for (guint i = 0; i < n; i++)
    wire->results[ids[i]] = result;
  kobra_driver_cancel (wire->driver);
}

static void
test_cancelled_in_a_report (void)
{
  g_autoptr (Wire) wire = wire_new (1000, judge);

  wire->sink.settled = cancel_at_settled_cb;
  wire_start (wire);
  wire_wait_for_finish (wire);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), >=, 50);
}

static void
test_freed_in_flight (void)
{
  g_autoptr (Wire)  wire = wire_new (1000, hold_from_third);
  g_autoptr (GObject) client = NULL;

  wire_start (wire);
  client = g_object_ref (G_OBJECT (wire->client));
  kobra_test_wait_for (holds_two, wire);
  g_clear_pointer (&wire->driver, kobra_driver_free);
  g_clear_object (&wire->client);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&client));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send/driver/control/cancel-at-once", test_cancel);
  g_test_add_func ("/send/driver/control/pause-and-resume", test_pause);
  g_test_add_func ("/send/driver/control/journal-fails", test_journal_fails);
  g_test_add_func ("/send/driver/control/journal-after-the-end", test_journal_after_free);
  g_test_add_func ("/send/driver/control/cancelled-while-journaled", test_cancel_while_journaled);
  g_test_add_func ("/send/driver/control/freed-in-a-report", test_freed_in_a_report);
  g_test_add_func ("/send/driver/control/cancelled-in-a-report", test_cancelled_in_a_report);
  g_test_add_func ("/send/driver/control/freed-in-flight", test_freed_in_flight);
  return g_test_run ();
}
