/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-test-journal.h"

#include <string.h>

enum
{
  ACCEPTED = 2,
  REJECTED = 3
};

static void
assert_result (const KobraJournalResume *resume,
               guint32                   id,
               int                       result,
               const char               *message)
{
  const KobraJournalEntry *entry = kobra_journal_resume_find (resume, id);

  g_assert_nonnull (entry);
  g_assert_cmpuint (entry->id, ==, id);
  g_assert_cmpuint (entry->key_hash, ==, id + 1);
  g_assert_cmpuint (entry->digest, ==, id * 3);
  g_assert_cmpint (entry->result, ==, result);
  g_assert_cmpstr (entry->message, ==, message);
}

static void
test_goes_on (void)
{
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalResume) resume = NULL;
  const guint32                  first[] = { 0, 1, 2 }, second[] = { 3, 4 };
  KobraTestDone                  done = { 0 };
  gint64                         run;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  g_assert_cmpint (kobra_journal_get_run (test.journal), ==, 0);
  kobra_test_begin_run (test.journal, 6);
  run = kobra_journal_get_run (test.journal);
  g_assert_cmpint (run, >, 0);
  kobra_test_begin_request (test.journal, first, 3);
  kobra_test_results (test.journal, first, 1, ACCEPTED, NULL);
  kobra_test_results (test.journal, first + 1, 1, REJECTED, "El registro 2 no es válido");
  kobra_test_begin_request (test.journal, second, 2);
  kobra_test_results (test.journal, second, 1, ACCEPTED, "");
  kobra_test_journal_open (&test);

  resume = kobra_test_find (test.journal);
  g_assert_nonnull (resume);
  g_assert_cmpint (resume->run, ==, run);
  g_assert_cmpint (resume->begun, >, 0);
  g_assert_cmpstr (resume->source_name, ==, kobra_test_run.source_name);
  g_assert_cmpuint (resume->n_records, ==, kobra_test_run.n_records);
  g_assert_cmpuint (resume->n_entries, ==, 6);
  assert_result (resume, 0, ACCEPTED, NULL);
  assert_result (resume, 1, REJECTED, "El registro 2 no es válido");
  assert_result (resume, 2, KOBRA_JOURNAL_IN_FLIGHT, NULL);
  assert_result (resume, 3, ACCEPTED, NULL);
  assert_result (resume, 4, KOBRA_JOURNAL_IN_FLIGHT, NULL);
  assert_result (resume, 5, KOBRA_JOURNAL_NONE, NULL);
  g_assert_null (kobra_journal_resume_find (resume, 6));

  /* What the second half writes is added to what the first half did; a record that leaves again is in flight again. */
  kobra_journal_resume_run (test.journal, run, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
  g_assert_cmpint (kobra_journal_get_run (test.journal), ==, run);
  kobra_test_begin_request (test.journal, first + 1, 2);
  kobra_test_results (test.journal, first + 2, 1, ACCEPTED, NULL);
  kobra_test_journal_open (&test);
  g_clear_pointer (&resume, kobra_journal_resume_free);
  resume = kobra_test_find (test.journal);
  assert_result (resume, 0, ACCEPTED, NULL);
  assert_result (resume, 1, KOBRA_JOURNAL_IN_FLIGHT, NULL);
  assert_result (resume, 2, ACCEPTED, NULL);
}

static void
test_ended (void)
{
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalResume) resume = NULL;
  KobraTestDone                  done = { 0 };
  gint64                         run;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 3);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 3);
  run = kobra_journal_get_run (test.journal);
  kobra_test_end_run (test.journal);
  g_assert_cmpint (kobra_journal_get_run (test.journal), ==, 0);

  /* The older one was cut off, but the newer one did all that it had left to do. */
  resume = kobra_test_find (test.journal);
  g_assert_null (resume);
  kobra_journal_resume_run (test.journal, run, kobra_test_done, &done);
  kobra_test_done_fails (&done, KOBRA_JOURNAL_ERROR_RUN);
}

static const struct
{
  const char     *name;
  KobraJournalRun like;
  gboolean        is_found;
} alikes[] = {
  { "same", { "Other name.csv", "d1", "http://127.0.0.1:1/api", "accounts", 1, 9 }, TRUE },
  { "other-digest", { "Cartera.xlsx", "d2", "http://127.0.0.1:1/api", "accounts", 1, 7 }, FALSE },
  { "no-digest", { "Cartera.xlsx", "", "http://127.0.0.1:1/api", "accounts", 1, 7 }, FALSE },
  { "other-server", { "Cartera.xlsx", "d1", "http://127.0.0.1:2/api", "accounts", 1, 7 }, FALSE },
  { "other-kind", { "Cartera.xlsx", "d1", "http://127.0.0.1:1/api", "promises", 1, 7 }, FALSE },
  { "other-type", { "Cartera.xlsx", "d1", "http://127.0.0.1:1/api", "accounts", 2, 7 }, FALSE },
  { "nothing-said", { NULL, NULL, NULL, NULL, 1, 7 }, FALSE },
};

static void
test_alike (gconstpointer row)
{
  const KobraJournalRun         *like = &alikes[GPOINTER_TO_UINT (row)].like;
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalResume) resume = NULL;
  g_autoptr (GError)             error = NULL;
  KobraTestDone                  done = { 0 };
  KobraJournalRun                nameless = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 1);
  kobra_journal_leave_run (test.journal, NULL, NULL);
  kobra_journal_begin_run (test.journal, &nameless, NULL, 0, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
  kobra_journal_leave_run (test.journal, NULL, NULL);
  g_assert_true (kobra_journal_find_unfinished (test.journal, like, &resume, &error));
  g_assert_no_error (error);
  g_assert_true ((resume != NULL) == alikes[GPOINTER_TO_UINT (row)].is_found);
}

static void
test_order (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  const guint32             ids[] = { 0, 1, 2 };
  KobraTestDone             done[300] = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 3);
  for (guint i = 0; i < G_N_ELEMENTS (done); i++)
    if (i % 2 == 0)
      kobra_journal_begin_request (test.journal, i + 1, ids, 3, kobra_test_done, &done[i]);
    else
      kobra_journal_results (test.journal, ids, 3, ACCEPTED, NULL, NULL, kobra_test_done, &done[i]);
  g_assert_false (done[0].is_called);
  kobra_test_done_is_fine (&done[G_N_ELEMENTS (done) - 1]);
  for (guint i = 0; i < G_N_ELEMENTS (done); i++)
    {
      g_assert_no_error (done[i].error);
      g_assert_cmpuint (done[i].place, ==, done[0].place + i);
      g_assert_true (done[i].thread == g_thread_self ());
    }
}

typedef struct
{
  KobraTestJournal *test;
  KobraTestDone     done;
} Opener;

static gpointer
open_in_thread (gpointer data)
{
  Opener                  *opener = data;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  kobra_test_journal_open (opener->test);
  kobra_journal_end_run (opener->test->journal, kobra_test_done, &opener->done);
  while (!opener->done.is_called)
    g_main_context_iteration (context, TRUE);
  kobra_test_journal_close (opener->test);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_context (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  Opener                    opener = { .test = &test };
  GThread                  *thread;

  kobra_test_journal_init (&test);
  thread = g_thread_new ("opener", open_in_thread, &opener);
  g_thread_join (g_thread_ref (thread));
  g_assert_true (opener.done.thread == thread);
  kobra_test_done_fails (&opener.done, KOBRA_JOURNAL_ERROR_RUN);
  g_thread_unref (thread);
}

static void
test_close_tells (void)
{
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalResume) resume = NULL;
  KobraTestDone                  done[50] = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, G_N_ELEMENTS (done));
  for (guint32 i = 0; i < G_N_ELEMENTS (done); i++)
    kobra_journal_results (test.journal, &i, 1, ACCEPTED, NULL, NULL, kobra_test_done, &done[i]);
  kobra_test_journal_close (&test);
  for (guint32 i = 0; i < G_N_ELEMENTS (done); i++)
    g_assert_true (done[i].is_called && done[i].error == NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;

  kobra_test_journal_open (&test);
  resume = kobra_test_find (test.journal);
  for (guint32 i = 0; i < G_N_ELEMENTS (done); i++)
    assert_result (resume, i, ACCEPTED, NULL);
}

static void
close_cb (const GError *error,
          gpointer      data)
{
  g_assert_no_error (error);
  kobra_test_journal_close (data);
}

static void
test_close_in_done (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  KobraTestDone             later = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 1);
  kobra_journal_end_run (test.journal, close_cb, &test);
  kobra_journal_end_run (test.journal, kobra_test_done, &later);
  kobra_test_wait_for_flag (&later.is_called);
  g_assert_null (test.journal);
  kobra_test_done_fails (&later, KOBRA_JOURNAL_ERROR_RUN);
}

static void
request_cb (const GError *error,
            gpointer      data)
{
  const guint32 id = 0;

  g_assert_no_error (error);
  kobra_journal_results (data, &id, 1, ACCEPTED, NULL, NULL, NULL, NULL);
}

static void
test_close_writes_what_dones_ask (void)
{
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalResume) resume = NULL;
  const guint32                  id = 0;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 1);
  kobra_journal_begin_request (test.journal, 1, &id, 1, request_cb, test.journal);
  kobra_test_journal_open (&test);
  resume = kobra_test_find (test.journal);
  assert_result (resume, 0, ACCEPTED, NULL);
}

static void
test_words (void)
{
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalResume) resume = NULL;
  g_autofree char               *long_words = g_malloc (100002);
  const guint32                  ids[] = { 0, 1, 2 };
  const KobraJournalEntry       *entry;

  /* "é" is two bytes, so with one byte before it every even limit is in the middle of a character. */
  long_words[0] = 'x';
  for (gsize i = 0; i < 50000; i++)
    memcpy (long_words + 1 + 2 * i, "é", 2);
  long_words[100001] = '\0';

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_test_begin_run (test.journal, 3);
  kobra_journal_results (test.journal, ids, 1, REJECTED, "'); DROP TABLE runs; --", "%s%n \xff\xfe", NULL, NULL);
  kobra_journal_results (test.journal, ids + 1, 1, REJECTED, "", long_words, NULL, NULL);
  kobra_journal_results (test.journal, ids + 2, 1, REJECTED, "", "", NULL, NULL);
  kobra_test_journal_open (&test);
  resume = kobra_test_find (test.journal);

  entry = kobra_journal_resume_find (resume, 0);
  g_assert_cmpstr (entry->type, ==, "'); DROP TABLE runs; --");
  g_assert_true (g_utf8_validate (entry->message, -1, NULL));
  g_assert_true (g_str_has_prefix (entry->message, "%s%n "));
  entry = kobra_journal_resume_find (resume, 1);
  g_assert_null (entry->type);
  g_assert_true (g_utf8_validate (entry->message, -1, NULL));
  g_assert_cmpuint (strlen (entry->message), ==, 16383);
  g_assert_true (g_str_has_prefix (long_words, entry->message));
  entry = kobra_journal_resume_find (resume, 2);
  g_assert_null (entry->message);
}

static void
test_one_run (void)
{
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournal)       other = NULL;
  g_autoptr (KobraJournalResume) resume = NULL;
  g_autoptr (GError)             error = NULL;
  KobraTestDone                  here = { 0 }, there = { 0 }, again = { 0 }, then = { 0 };

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  other = kobra_journal_open (test.path, &error);
  g_assert_no_error (error);
  kobra_test_begin_run (test.journal, 1);

  kobra_journal_begin_run (test.journal, &kobra_test_run, NULL, 0, kobra_test_done, &here);
  kobra_test_done_fails (&here, KOBRA_JOURNAL_ERROR_BUSY);
  kobra_journal_begin_run (other, &kobra_test_run, NULL, 0, kobra_test_done, &there);
  kobra_test_wait_for_flag (&there.is_called);
  g_assert_nonnull (strstr (there.error->message, "another window or terminal is sending"));
  kobra_test_done_fails (&there, KOBRA_JOURNAL_ERROR_BUSY);
  g_assert_false (kobra_journal_find_unfinished (other, &kobra_test_run, &resume, &error));
  g_assert_error (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_BUSY);
  kobra_journal_resume_run (other, kobra_journal_get_run (test.journal), kobra_test_done, &again);
  kobra_test_done_fails (&again, KOBRA_JOURNAL_ERROR_BUSY);

  /* Left, it is anybody's to go on with. */
  kobra_journal_leave_run (test.journal, kobra_test_done, &then);
  kobra_test_done_is_fine (&then);
  g_assert_cmpint (kobra_journal_get_run (test.journal), ==, 0);
  resume = kobra_test_find (other);
  g_assert_nonnull (resume);
  again = (KobraTestDone) { 0 };
  kobra_journal_resume_run (other, resume->run, kobra_test_done, &again);
  kobra_test_done_is_fine (&again);
  kobra_test_end_run (other);
  kobra_test_begin_run (test.journal, 1);
}

static void
test_no_run (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  KobraTestDone             request = { 0 }, result = { 0 }, end = { 0 }, resumed = { 0 }, left = { 0 };
  const guint32             id = 0;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_journal_begin_request (test.journal, 1, &id, 1, kobra_test_done, &request);
  kobra_journal_results (test.journal, &id, 1, ACCEPTED, NULL, NULL, kobra_test_done, &result);
  kobra_journal_end_run (test.journal, kobra_test_done, &end);
  kobra_journal_resume_run (test.journal, 99, kobra_test_done, &resumed);
  kobra_journal_leave_run (test.journal, kobra_test_done, &left);
  kobra_test_done_fails (&request, KOBRA_JOURNAL_ERROR_RUN);
  kobra_test_done_fails (&result, KOBRA_JOURNAL_ERROR_RUN);
  kobra_test_done_fails (&end, KOBRA_JOURNAL_ERROR_RUN);
  kobra_test_done_fails (&resumed, KOBRA_JOURNAL_ERROR_RUN);
  kobra_test_done_is_fine (&left);
  kobra_test_begin_run (test.journal, 1);
}

static void
test_large (void)
{
  enum
  {
    N_RECORDS = 100000,
    N_IN_REQUEST = 200
  };
  g_auto (KobraTestJournal)      test = { 0 };
  g_autoptr (KobraJournalResume) resume = NULL;
  g_autoptr (GTimer)             timer = g_timer_new ();
  guint32                        ids[N_IN_REQUEST];

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  g_timer_start (timer);
  kobra_test_begin_run (test.journal, N_RECORDS);
  g_test_message ("begun in %.0f ms", g_timer_elapsed (timer, NULL) * 1e3);

  g_timer_start (timer);
  for (guint32 i = 0; i < N_RECORDS / 2; i += N_IN_REQUEST)
    {
      for (guint32 k = 0; k < N_IN_REQUEST; k++)
        ids[k] = i + k;
      kobra_journal_begin_request (test.journal, i + 1, ids, N_IN_REQUEST, NULL, NULL);
      kobra_journal_results (test.journal, ids, N_IN_REQUEST, ACCEPTED, NULL, NULL, NULL, NULL);
    }
  for (guint32 i = N_RECORDS / 2; i < N_RECORDS; i++)
    kobra_journal_results (test.journal, &i, 1, REJECTED, "validation", "La CLABE no es válida", NULL, NULL);
  kobra_test_journal_open (&test);
  g_test_message ("written in %.0f ms", g_timer_elapsed (timer, NULL) * 1e3);

  g_timer_start (timer);
  resume = kobra_test_find (test.journal);
  g_test_message ("found in %.0f ms", g_timer_elapsed (timer, NULL) * 1e3);
  g_assert_cmpuint (resume->n_entries, ==, N_RECORDS);
  for (guint32 i = 0; i < N_RECORDS; i++)
    assert_result (resume, i, i < N_RECORDS / 2 ? ACCEPTED : REJECTED, i < N_RECORDS / 2 ? NULL : "La CLABE no es válida");
}

static void
test_too_many (void)
{
  static const KobraJournalRecord record = { 0 };
  g_auto (KobraTestJournal)       test = { 0 };
  KobraTestDone                   done = { 0 };

  /* Refused before a single one is looked at. */
  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  kobra_journal_begin_run (test.journal, &kobra_test_run, &record, KOBRA_JOURNAL_MAX_RECORDS + 1, kobra_test_done, &done);
  kobra_test_done_fails (&done, KOBRA_JOURNAL_ERROR_TOO_MANY);
  kobra_test_begin_run (test.journal, 1);
}

typedef struct
{
  gboolean      is_called;
  KobraJournal *journal;
  GError       *error;
} Opened;

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Opened *opened = data;

  opened->journal = kobra_journal_open_finish (result, &opened->error);
  opened->is_called = TRUE;
}

static void
test_opened_in_the_background (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  g_autofree char          *nowhere = NULL;
  Opened                    opened = { 0 }, failed = { 0 };

  kobra_test_journal_init (&test);
  kobra_journal_open_async (test.path, NULL, opened_cb, &opened);
  g_assert_false (opened.is_called);
  kobra_test_wait_for_flag (&opened.is_called);
  g_assert_no_error (opened.error);
  test.journal = opened.journal;
  kobra_test_begin_run (test.journal, 3);

  nowhere = g_build_filename (test.path, "below-a-file.db", NULL);
  kobra_journal_open_async (nowhere, NULL, opened_cb, &failed);
  kobra_test_wait_for_flag (&failed.is_called);
  g_assert_null (failed.journal);
  g_assert_nonnull (failed.error);
  g_clear_error (&failed.error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/journal/run/cut-off-goes-on", test_goes_on);
  g_test_add_func ("/journal/run/ended-is-over", test_ended);
  for (gsize i = 0; i < G_N_ELEMENTS (alikes); i++)
    kobra_test_add_row ("/journal/run/found-by/", alikes[i].name, GUINT_TO_POINTER (i), test_alike);
  g_test_add_func ("/journal/run/one-at-a-time", test_one_run);
  g_test_add_func ("/journal/run/nothing-without-one", test_no_run);
  g_test_add_func ("/journal/run/large", test_large);
  g_test_add_func ("/journal/run/too-many-are-refused", test_too_many);
  g_test_add_func ("/journal/done/in-order-in-the-opener's-thread", test_order);
  g_test_add_func ("/journal/done/in-the-opener's-context", test_context);
  g_test_add_func ("/journal/done/close-calls-what-is-due", test_close_tells);
  g_test_add_func ("/journal/done/may-close", test_close_in_done);
  g_test_add_func ("/journal/done/may-ask-while-closing", test_close_writes_what_dones_ask);
  g_test_add_func ("/journal/words/whatever-a-server-says", test_words);
  g_test_add_func ("/journal/opened-in-the-background", test_opened_in_the_background);
  return g_test_run ();
}
