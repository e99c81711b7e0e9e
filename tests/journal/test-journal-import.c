/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the journal promises about an import that is edited, or closed and opened again, while it is written. */

#include "kobra-journal-import.h"
#include "kobra-journal-read.h"
#include "kobra-test-disk.h"
#include "kobra-test-journal.h"

/* A writer that is held up before each piece until it is let go on. */
typedef struct
{
  GMutex mutex;
  GCond  changed;
  guint  n_pieces;
  guint  n_asked; /* pieces that were asked for: the last of them is waited for */
  guint  allowed; /* pieces that may be written */
} Gate;

static gboolean
pack_pieces (guint        n,
             KobraBuffer *rows,
             KobraBuffer *words,
             gpointer     data)
{
  Gate *gate = data;

  g_mutex_lock (&gate->mutex);
  gate->n_asked = n + 1;
  g_cond_broadcast (&gate->changed);
  while (gate->allowed <= n)
    g_cond_wait (&gate->changed, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
  return n < gate->n_pieces && kobra_buffer_append_string (rows, "rows");
}

static gboolean
pack_edit (guint        n,
           KobraBuffer *rows,
           KobraBuffer *words,
           gpointer     data)
{
  return n == 0 && kobra_buffer_append_string (rows, "edit");
}

static void
allow (Gate *gate,
       guint n)
{
  g_mutex_lock (&gate->mutex);
  gate->allowed = n;
  g_cond_broadcast (&gate->changed);
  g_mutex_unlock (&gate->mutex);
}

static void
wait_for_piece (Gate *gate,
                guint n)
{
  g_mutex_lock (&gate->mutex);
  while (gate->n_asked <= n)
    g_cond_wait (&gate->changed, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

typedef struct
{
  guint    n_pieces, n_edits;
  gboolean is_whole;
} Told;

static gboolean
tell_info (const KobraJournalImportInfo *info,
           gboolean                      is_whole,
           gpointer                      data,
           GError                      **error)
{
  ((Told *) data)->is_whole = is_whole;
  return TRUE;
}

static gboolean
tell_rows (const guint8 *rows,
           gsize         size,
           gpointer      data,
           GError      **error)
{
  ((Told *) data)->n_pieces++;
  return TRUE;
}

static void
tell_all_rows (gpointer      data,
               GCancellable *cancellable)
{
}

static gboolean
tell_splice (guint         position,
             const guint8 *removed,
             guint         n_removed,
             const guint8 *rows,
             gsize         size,
             gpointer      data,
             GError      **error)
{
  ((Told *) data)->n_edits++;
  return TRUE;
}

static void
tell_result (guint32     record,
             int         result,
             const char *type,
             const char *message,
             gint64      at,
             gpointer    data)
{
}

static void
tell_runs (guint    n_ended,
           gpointer data)
{
}

static void
copy_file (const char *from,
           const char *to,
           const char *suffix)
{
  g_autofree char *from_path = g_strconcat (from, suffix, NULL), *to_path = g_strconcat (to, suffix, NULL), *bytes = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (from_path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to_path, bytes, (gssize) length, NULL));
}

/* What would be found if the program were killed now. */
static Told
read_copy (KobraTestJournal *test,
           gint64            id)
{
  static const KobraJournalSink  sink = { tell_info, tell_rows, tell_all_rows, tell_splice, tell_result, tell_runs };
  g_autofree char               *path = g_build_filename (test->folder, "copy.db", NULL);
  g_autoptr (KobraJournal)       copy = NULL;
  g_autoptr (KobraJournalReader) reader = NULL;
  g_autoptr (GError)             error = NULL;
  Told                           told = { 0 };

  copy_file (test->path, path, "");
  copy_file (test->path, path, "-wal");
  copy = kobra_journal_open (path, &error);
  g_assert_no_error (error);
  g_assert_null (kobra_journal_get_notice (copy));
  reader = kobra_journal_reader_new (copy);
  kobra_journal_read_import (reader, id, &sink, &told, NULL, &error);
  g_assert_no_error (error);
  return told;
}

/* An import that is open, with nothing of it written yet. */
static KobraJournalImport *
begin_import (KobraJournal *journal)
{
  const KobraJournalImportInfo info = { .source_name = (char *) "cartera.csv", .kind = (char *) "accounts", .n_records = 1 };
  KobraTestDone                added = { 0 };
  KobraJournalImport          *import = kobra_journal_add_import (journal, &info, kobra_test_done, &added);

  kobra_test_done_is_fine (&added);
  return import;
}

static const struct
{
  const char *name;
  guint       n_first; /* pieces of the snapshot before; 0: there is none */
} rewrites[] = {
  { "first-time", 0 },
  { "again", 2 },
};

static void
test_edited_while_written (gconstpointer row)
{
  guint                     n_first = rewrites[GPOINTER_TO_UINT (row)].n_first;
  g_auto (KobraTestJournal) test = { 0 };
  Gate                      first = { .n_pieces = n_first, .allowed = G_MAXUINT }, gate = { .n_pieces = 3, .allowed = 0 };
  KobraTestDone             written = { 0 }, edited = { 0 }, rewritten = { 0 };
  KobraJournalImport       *import;
  gint64                    id;
  Told                      told;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  import = begin_import (test.journal);
  if (n_first > 0)
    {
      kobra_journal_import_write_all (import, pack_pieces, &first, NULL, kobra_test_done, &written);
      kobra_test_done_is_fine (&written);
    }
  /* The edit comes while the first piece is written: it is written with the second, before the third. */
  kobra_journal_import_write_all (import, pack_pieces, &gate, NULL, kobra_test_done, &rewritten);
  wait_for_piece (&gate, 0);
  kobra_journal_import_splice (import, 0, 0, NULL, pack_edit, NULL, NULL, kobra_test_done, &edited);
  allow (&gate, 2);
  wait_for_piece (&gate, 2);

  kobra_test_done_is_fine (&edited);
  id = kobra_journal_import_get_id (import);
  told = read_copy (&test, id);
  g_assert_cmpuint (told.n_pieces, ==, 2);
  g_assert_true (told.is_whole == (n_first > 0));
  g_assert_cmpuint (told.n_edits, ==, 1);

  allow (&gate, G_MAXUINT);
  kobra_test_done_is_fine (&rewritten);
  told = read_copy (&test, id);
  g_assert_cmpuint (told.n_pieces, ==, 3);
  g_assert_true (told.is_whole);
  g_assert_cmpuint (told.n_edits, ==, 1);
  kobra_journal_import_close (import, KOBRA_JOURNAL_CLOSING_KEEPS);
}

/* Who opens an import anew that was closed before it was written to its end waits for that: it is not open elsewhere. */
static void
test_reopened_while_written (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  Gate                      gate = { .n_pieces = 3, .allowed = 0 };
  KobraTestDone             written = { 0 }, reopened = { 0 }, refused = { 0 };
  KobraJournalImport       *import, *again, *third;
  gint64                    id;
  Told                      told;

  kobra_test_journal_init (&test);
  kobra_test_journal_open (&test);
  import = begin_import (test.journal);
  kobra_journal_import_write_all (import, pack_pieces, &gate, NULL, kobra_test_done, &written);
  wait_for_piece (&gate, 0);
  id = kobra_journal_import_get_id (import);
  kobra_journal_import_close (import, KOBRA_JOURNAL_CLOSING_KEEPS);
  again = kobra_journal_open_import (test.journal, id, kobra_test_done, &reopened);
  allow (&gate, G_MAXUINT);
  kobra_test_done_is_fine (&written);
  kobra_test_done_is_fine (&reopened);
  told = read_copy (&test, id);
  g_assert_cmpuint (told.n_pieces, ==, 3);
  g_assert_true (told.is_whole);

  /* Now it is. */
  third = kobra_journal_open_import (test.journal, id, kobra_test_done, &refused);
  kobra_test_done_fails (&refused, KOBRA_JOURNAL_ERROR_OPEN);
  kobra_journal_import_drop (third);
  kobra_journal_import_close (again, KOBRA_JOURNAL_CLOSING_KEEPS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kobra_test_disk_install ();
  kobra_test_disk_skip_syncs ();
  for (gsize i = 0; i < G_N_ELEMENTS (rewrites); i++)
    kobra_test_add_row ("/journal/import/edited-while-it-is-written/", rewrites[i].name, GUINT_TO_POINTER (i), test_edited_while_written);
  g_test_add_func ("/journal/import/reopened-while-it-is-written", test_reopened_while_written);
  return g_test_run ();
}
