/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-test-journal.h"

const KobraJournalRun kobra_test_run = {
  .source_name = "Cartera.xlsx",
  .source_digest = "d1",
  .base_url = "http://127.0.0.1:1/api",
  .kind = "accounts",
  .import_type = 1,
  .n_records = 7,
};

void
kobra_test_journal_init (KobraTestJournal *self)
{
  self->folder = kobra_test_make_folder ();
  self->path = g_build_filename (self->folder, "data", "kobra-import", "journal.sqlite", NULL);
  self->journal = NULL;
}

void
kobra_test_journal_clear (KobraTestJournal *self)
{
  kobra_test_journal_close (self);
  kobra_test_remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
}

void
kobra_test_journal_open (KobraTestJournal *self)
{
  g_autoptr (GError) error = NULL;

  kobra_test_journal_close (self);
  self->journal = kobra_journal_open (self->path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->journal);
  g_assert_null (kobra_journal_get_notice (self->journal));
}

void
kobra_test_journal_close (KobraTestJournal *self)
{
  g_clear_pointer (&self->journal, kobra_journal_close);
}

void
kobra_test_done (const GError *error,
                 gpointer      data)
{
  static guint   n_called;
  KobraTestDone *done = data;

  g_assert_false (done->is_called);
  done->is_called = TRUE;
  done->error = error != NULL ? g_error_copy (error) : NULL;
  done->place = ++n_called;
  done->thread = g_thread_self ();
}

void
kobra_test_done_is_fine (KobraTestDone *done)
{
  kobra_test_wait_for_flag (&done->is_called);
  g_assert_no_error (done->error);
}

void
kobra_test_done_fails (KobraTestDone    *done,
                       KobraJournalError code)
{
  kobra_test_wait_for_flag (&done->is_called);
  g_assert_error (done->error, KOBRA_JOURNAL_ERROR, (int) code);
  g_clear_error (&done->error);
}

void
kobra_test_begin_run (KobraJournal *journal,
                      guint         n)
{
  g_autofree KobraJournalRecord *records = g_new0 (KobraJournalRecord, n);
  KobraTestDone                  done = { 0 };

  for (guint i = 0; i < n; i++)
    records[i] = (KobraJournalRecord) { .id = i, .key_hash = i + 1, .digest = (guint64) i * 3 };
  kobra_journal_begin_run (journal, &kobra_test_run, records, n, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
}

void
kobra_test_begin_request (KobraJournal  *journal,
                          const guint32 *ids,
                          guint          n)
{
  KobraTestDone done = { 0 };

  kobra_journal_begin_request (journal, 1, ids, n, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
}

void
kobra_test_results (KobraJournal  *journal,
                    const guint32 *ids,
                    guint          n,
                    int            result,
                    const char    *message)
{
  KobraTestDone done = { 0 };

  kobra_journal_results (journal, ids, n, result, NULL, message, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
}

void
kobra_test_end_run (KobraJournal *journal)
{
  KobraTestDone done = { 0 };

  kobra_journal_end_run (journal, kobra_test_done, &done);
  kobra_test_done_is_fine (&done);
}

KobraJournalResume *
kobra_test_find (KobraJournal *journal)
{
  g_autoptr (GError)  error = NULL;
  KobraJournalResume *resume = NULL;

  kobra_journal_find_unfinished (journal, &kobra_test_run, &resume, &error);
  g_assert_no_error (error);
  return resume;
}
