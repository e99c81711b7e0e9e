/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole session against the practice server over real HTTP. */

#include "kobra-import-send.h"

#include "kobra-practice.h"
#include "kobra-test.h"

#include <string.h>

typedef struct
{
  KobraPractice   *practice;
  KobraConnection *connection;
  KobraImport     *import;
  gboolean         done;
  GError          *error;
} Session;

static char *
make_sheet (guint n_rows)
{
  GString *text = g_string_new ("externalID,productID,currencyCode,name,totalPending,branchID\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "A-%u,1,MX,José Íñigo,%u.10,%u\n", i, 1000 + i, i % 50 == 7 ? 999 : 5);
  return g_string_free (text, FALSE);
}

static void
set_up (Session                    *session,
        const KobraPracticeOptions *options,
        guint                       n_rows)
{
  static const KobraOpenOptions open_options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW, .check = TRUE };
  g_autofree char   *folder = kobra_test_make_folder ();
  g_autofree char   *path = g_build_filename (folder, "cartera.csv", NULL);
  g_autofree char   *text = make_sheet (n_rows);
  g_autoptr (GFile)  file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  KobraOpened       *opened;

  *session = (Session) { 0 };
  session->practice = kobra_practice_new (options);
  g_assert_true (kobra_practice_start (session->practice, &error));
  g_assert_no_error (error);
  session->connection = kobra_connection_new ();
  kobra_connection_set_base_url (session->connection, kobra_practice_get_base_url (session->practice));
  kobra_connection_set_user (session->connection, "practice");
  kobra_connection_set_password (session->connection, "practice");
  kobra_connection_set_batch_size (session->connection, 20);
  session->import = kobra_import_new ();
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  opened = kobra_import_open_file (file, &open_options, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  kobra_import_take (session->import, opened, "cartera.csv");
  kobra_test_remove_folder (folder);
}

static void
tear_down (Session *session)
{
  g_assert_finalize_object (session->import);
  g_object_unref (session->connection);
  kobra_practice_stop (session->practice);
  g_assert_finalize_object (session->practice);
  g_clear_error (&session->error);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Session *session = data;

  kobra_import_send_finish (KOBRA_IMPORT (source), result, &session->error);
  session->done = TRUE;
}

static void
begin_chosen (Session       *session,
              KobraJournal  *journal,
              KobraSendScope scope,
              const GArray  *chosen)
{
  g_autoptr (KobraClient) client = kobra_client_new (session->connection);

  session->done = FALSE;
  kobra_import_send_async (session->import, client, journal, scope, chosen, NULL, sent_cb, session);
}

static void
begin (Session       *session,
       KobraJournal  *journal,
       KobraSendScope scope)
{
  begin_chosen (session, journal, scope, NULL);
}

static void
test_every_record_is_answered (void)
{
  Session           session;
  KobraImportCounts counts;
  g_autofree char  *words = NULL, *record = NULL;

  set_up (&session, NULL, 200);
  begin (&session, NULL, KOBRA_SEND_READY);
  g_assert_cmpint (kobra_import_get_state (session.import), ==, KOBRA_IMPORT_SENDING);
  kobra_test_wait_for_flag (&session.done);
  g_assert_no_error (session.error);
  g_assert_cmpint (kobra_import_get_state (session.import), ==, KOBRA_IMPORT_READY);
  kobra_import_get_counts (session.import, &counts);
  g_assert_cmpuint (counts.accepted, ==, 196);
  g_assert_cmpuint (counts.rejected, ==, 4);
  g_assert_cmpuint (counts.to_send, ==, 0);
  g_assert_cmpint (kobra_import_get_result (session.import, 7), ==, KOBRA_RESULT_REJECTED);
  words = kobra_import_dup_result_words (session.import, 7);
  g_assert_nonnull (strstr (words, "A-7"));
  g_assert_cmpuint (kobra_practice_get_n_records (session.practice, "accounts"), ==, 196);
  record = kobra_practice_dup_record (session.practice, "accounts", "A-8");
  g_assert_nonnull (strstr (record, "1008.10"));
  tear_down (&session);
}

static void
test_corrected_records_go_again (void)
{
  Session           session;
  KobraImportCounts counts;

  set_up (&session, NULL, 100);
  begin (&session, NULL, KOBRA_SEND_READY);
  kobra_test_wait_for_flag (&session.done);
  g_assert_true (kobra_table_set_text (kobra_import_get_table (session.import), 7, 5, "5"));
  kobra_import_get_counts (session.import, &counts);
  g_assert_cmpuint (counts.to_send, ==, 1);
  begin (&session, NULL, KOBRA_SEND_READY);
  kobra_test_wait_for_flag (&session.done);
  kobra_import_get_counts (session.import, &counts);
  g_assert_cmpuint (counts.accepted, ==, 99);
  g_assert_cmpuint (counts.rejected, ==, 1);
  tear_down (&session);
}

static void
test_nothing_to_send (void)
{
  Session session;

  set_up (&session, NULL, 20);
  begin (&session, NULL, KOBRA_SEND_READY);
  kobra_test_wait_for_flag (&session.done);
  g_clear_error (&session.error);
  begin (&session, NULL, KOBRA_SEND_READY);
  kobra_test_wait_for_flag (&session.done);
  g_assert_error (session.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  tear_down (&session);
}

static gboolean
is_paused (gpointer data)
{
  return kobra_import_get_state (((Session *) data)->import) == KOBRA_IMPORT_PAUSED;
}

static void
test_refused_sign_in_pauses (void)
{
  Session           session;
  KobraImportCounts counts;

  set_up (&session, NULL, 40);
  kobra_connection_set_password (session.connection, "wrong");
  begin (&session, NULL, KOBRA_SEND_READY);
  kobra_test_wait_for (is_paused, &session);
  g_assert_cmpint (kobra_import_get_pause (session.import), ==, KOBRA_PAUSE_SIGN_IN);
  g_assert_nonnull (kobra_import_get_pause_message (session.import));

  kobra_connection_set_password (session.connection, "practice");
  kobra_import_resume_run (session.import);
  kobra_test_wait_for_flag (&session.done);
  kobra_import_get_counts (session.import, &counts);
  g_assert_cmpuint (counts.accepted, ==, 39);
  tear_down (&session);
}

static void
test_cancelled_run_says_so (void)
{
  static const KobraPracticeOptions slow = { .delay_ms = 200 };
  Session           session;
  KobraImportCounts counts;

  set_up (&session, &slow, 200);
  kobra_connection_set_max_in_flight (session.connection, 1);
  begin (&session, NULL, KOBRA_SEND_READY);
  kobra_import_cancel_run (session.import);
  kobra_test_wait_for_flag (&session.done);
  kobra_import_get_counts (session.import, &counts);
  g_assert_cmpuint (counts.accepted, ==, 0);
  g_assert_cmpuint (counts.not_sent + counts.unknown, ==, 200);
  g_assert_cmpint (kobra_import_get_result (session.import, 150), ==, KOBRA_RESULT_NOT_SENT);
  tear_down (&session);
}

/* Of what was chosen goes what has no errors and was not accepted yet, in whatever order it was chosen; nothing else does. */
static void
test_chosen_records_go (void)
{
  static const guint chosen_rows[] = { 90, 7, 3, 5 };
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint32));
  Session            session;
  KobraImportCounts  counts;
  guint              n_requests;

  set_up (&session, NULL, 100);
  for (gsize i = 0; i < G_N_ELEMENTS (chosen_rows); i++)
    g_array_append_val (chosen, kobra_table_peek_row (kobra_import_get_table (session.import), chosen_rows[i])->id);
  g_assert_true (kobra_table_set_text (kobra_import_get_table (session.import), 5, 1, "nine"));
  begin_chosen (&session, NULL, KOBRA_SEND_CHOSEN, chosen);
  kobra_test_wait_for_flag (&session.done);
  g_assert_no_error (session.error);
  kobra_import_get_counts (session.import, &counts);
  g_assert_cmpuint (counts.accepted, ==, 2);
  g_assert_cmpuint (counts.rejected, ==, 1);
  g_assert_cmpint (kobra_import_get_result (session.import, 90), ==, KOBRA_RESULT_ACCEPTED);
  g_assert_cmpint (kobra_import_get_result (session.import, 7), ==, KOBRA_RESULT_REJECTED);
  g_assert_cmpint (kobra_import_get_result (session.import, 5), ==, KOBRA_RESULT_NOT_SENT);

  /* Once more: only the one that was rejected is left of them. */
  n_requests = kobra_practice_get_n_requests (session.practice);
  begin_chosen (&session, NULL, KOBRA_SEND_CHOSEN, chosen);
  kobra_test_wait_for_flag (&session.done);
  g_assert_no_error (session.error);
  g_assert_cmpuint (kobra_practice_get_n_requests (session.practice), ==, n_requests + 1);
  tear_down (&session);
}

static gboolean
some_are_in_flight (gpointer data)
{
  KobraImportCounts counts;

  kobra_import_get_counts (((Session *) data)->import, &counts);
  return counts.in_flight > 0;
}

/* What is left unknown when a run is stopped goes again, and what never left stays. */
static void
test_unknown_records_go_again (void)
{
  static const KobraPracticeOptions slow = { .delay_ms = 200 };
  Session           session;
  KobraImportCounts counts;

  set_up (&session, &slow, 100);
  kobra_connection_set_max_in_flight (session.connection, 1);
  begin (&session, NULL, KOBRA_SEND_READY);
  kobra_test_wait_for (some_are_in_flight, &session);
  kobra_import_cancel_run (session.import);
  kobra_test_wait_for_flag (&session.done);
  kobra_import_get_counts (session.import, &counts);
  g_assert_cmpuint (counts.unknown, ==, 20);
  begin (&session, NULL, KOBRA_SEND_UNKNOWN);
  kobra_test_wait_for_flag (&session.done);
  g_assert_no_error (session.error);
  kobra_import_get_counts (session.import, &counts);
  g_assert_cmpuint (counts.unknown, ==, 0);
  g_assert_cmpuint (counts.accepted, ==, 19);
  g_assert_cmpuint (counts.rejected, ==, 1);
  g_assert_cmpuint (counts.not_sent, ==, 80);
  tear_down (&session);
}

/* A record that is changed while its earlier version is under way has yet to go, and says what became of that. */
static void
test_changed_in_mid_flight (void)
{
  static const KobraPracticeOptions slow = { .delay_ms = 200 };
  Session           session;
  KobraImportCounts counts;
  g_autofree char  *words = NULL, *record = NULL, *words_of_accepted = NULL;

  set_up (&session, &slow, 20);
  begin (&session, NULL, KOBRA_SEND_READY);
  kobra_test_wait_for (some_are_in_flight, &session);
  g_assert_true (kobra_table_set_text (kobra_import_get_table (session.import), 3, 3, "Ana"));
  kobra_test_wait_for_flag (&session.done);
  g_assert_cmpint (kobra_import_get_result (session.import, 3), ==, KOBRA_RESULT_NOT_SENT);
  words = kobra_import_dup_result_words (session.import, 3);
  g_assert_nonnull (strstr (words, "earlier version of this record was accepted"));
  kobra_import_get_counts (session.import, &counts);
  g_assert_cmpuint (counts.to_send, ==, 1);
  g_assert_cmpuint (counts.accepted, ==, 18);

  begin (&session, NULL, KOBRA_SEND_READY);
  kobra_test_wait_for_flag (&session.done);
  g_assert_cmpint (kobra_import_get_result (session.import, 3), ==, KOBRA_RESULT_ACCEPTED);
  words_of_accepted = kobra_import_dup_result_words (session.import, 3);
  g_assert_null (words_of_accepted);
  record = kobra_practice_dup_record (session.practice, "accounts", "A-3");
  g_assert_nonnull (strstr (record, "Ana"));
  tear_down (&session);
}

static gboolean
some_are_accepted (gpointer data)
{
  KobraImportCounts counts;

  kobra_import_get_counts (((Session *) data)->import, &counts);
  return counts.accepted >= 40;
}

/* A run that is left in the middle goes on from its journal: what was accepted is not sent again. */
static void
test_left_run_goes_on (void)
{
  static const KobraPracticeOptions slow = { .delay_ms = 100 };
  g_autofree char   *folder = kobra_test_make_folder ();
  g_autofree char   *path = g_build_filename (folder, "journal.db", NULL);
  g_autoptr (GError) error = NULL;
  KobraJournal      *journal = kobra_journal_open (path, &error);
  KobraImportCounts  counts;
  Session            session, again;
  guint              n_before;

  g_assert_no_error (error);
  set_up (&session, &slow, 200);
  kobra_connection_set_max_in_flight (session.connection, 1);
  begin (&session, journal, KOBRA_SEND_READY);
  kobra_test_wait_for (some_are_accepted, &session);
  g_object_run_dispose (G_OBJECT (session.import));
  kobra_test_wait_for_flag (&session.done);
  g_assert_error (session.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  set_up (&again, &slow, 200);
  kobra_connection_set_base_url (again.connection, kobra_practice_get_base_url (session.practice));
  n_before = kobra_practice_get_n_requests (session.practice);
  begin (&again, journal, KOBRA_SEND_READY);
  kobra_test_wait_for_flag (&again.done);
  g_assert_no_error (again.error);
  kobra_import_get_counts (again.import, &counts);
  g_assert_cmpuint (counts.accepted, ==, 196);
  g_assert_cmpuint (counts.rejected, ==, 4);
  g_assert_cmpuint (kobra_import_get_n_resumed (again.import), >=, 40);
  g_assert_cmpuint (kobra_practice_get_n_records (session.practice, "accounts"), ==, 196);
  g_assert_cmpuint (kobra_practice_get_n_requests (session.practice), >, n_before);
  tear_down (&again);
  kobra_journal_close (journal);
  tear_down (&session);
  kobra_test_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/send/every-record-is-answered", test_every_record_is_answered);
  g_test_add_func ("/import/send/corrected-records-go-again", test_corrected_records_go_again);
  g_test_add_func ("/import/send/chosen-records-go-and-no-others", test_chosen_records_go);
  g_test_add_func ("/import/send/unknown-records-go-again", test_unknown_records_go_again);
  g_test_add_func ("/import/send/changed-in-mid-flight-says-so", test_changed_in_mid_flight);
  g_test_add_func ("/import/send/nothing-to-send-is-said", test_nothing_to_send);
  g_test_add_func ("/import/send/refused-sign-in-pauses", test_refused_sign_in_pauses);
  g_test_add_func ("/import/send/cancelled-run-says-so", test_cancelled_run_says_so);
  g_test_add_func ("/import/send/left-run-goes-on-from-its-journal", test_left_run_goes_on);
  return g_test_run ();
}
