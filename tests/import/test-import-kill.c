/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is promised to who edits in a program that is killed: a child opens a sheet, or goes on with the import that the one before it left,
 * and edits it. It says over a pipe how the table stands after each edit, and which edits it was told are on disk. It is killed at some
 * moment; the import must then stand as after the last edit that was on disk, or as after a later one.
 */

#include "kobra-import-save.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kobra-journal-read.h"
#include "kobra-test-disk.h"
#include "kobra-test.h"

enum
{
  N_ROWS = 60,
  N_ROWS_TO_LOAD = 9000, /* more than one piece */
  N_KILLS = 130,
  N_KILLS_IN_LOAD = 30,
  MAX_MESSAGES = 24, /* until a child is killed */
  MAX_AHEAD = 20     /* edits that are not on disk yet */
};

typedef struct
{
  gboolean is_done;
  gboolean was_restored;
  guint32  n;      /* of the edit, from 0: as it was opened */
  guint64  digest; /* of the table after it */
} Message;

static guint64
digest_table (KobraTable *table)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);
  guint64               digest = 0;
  guint8                bytes[16];
  gsize                 size = sizeof bytes;

  for (guint i = 0; i < kobra_table_get_n_rows (table); i++)
    {
      const KobraRow *row = kobra_table_peek_row (table, i);

      g_checksum_update (checksum, (const guchar *) &row->id, sizeof row->id);
      g_checksum_update (checksum, (const guchar *) row->cells, (gssize) kobra_row_get_size (row));
    }
  g_checksum_get_digest (checksum, bytes, &size);
  for (guint i = 0; i < sizeof digest; i++)
    digest = digest << 8 | bytes[i];
  return digest;
}

/* The child */

typedef struct
{
  int           pipe;
  KobraImport  *import;
  KobraJournal *journal;
  GRand        *dice;
  guint32       n, n_done;
  gboolean      is_open;
  gboolean      was_restored;
} Child;

static void
say (Child   *child,
     gboolean is_done,
     guint32  n,
     guint64  digest)
{
  const Message message = { is_done, child->was_restored, n, digest };

  if (write (child->pipe, &message, sizeof message) != sizeof message)
    _exit (1);
}

static void
synced_cb (const GError *error,
           gpointer      data)
{
  Child *child = data;

  g_assert_no_error (error);
  say (child, TRUE, child->n_done++, 0);
}

static void
say_table (Child *child)
{
  say (child, FALSE, child->n++, digest_table (kobra_import_get_table (child->import)));
}

/* Before the import hears of it: what is on disk was told before. */
static gboolean
changed_hook (GSignalInvocationHint *hint,
              guint                  n_values,
              const GValue          *values,
              gpointer               data)
{
  say_table (data);
  return TRUE;
}

static void
edit (Child *child)
{
  KobraTable      *table = kobra_import_get_table (child->import);
  guint            n = kobra_table_get_n_rows (table);
  guint            row = n > 0 ? (guint) g_rand_int_range (child->dice, 0, (gint32) n) : 0;
  g_autofree char *text = g_strdup_printf ("Íñigo %u", g_rand_int (child->dice));
  guint32          before = child->n;

  switch (g_rand_int_range (child->dice, 0, 8))
    {
    case 0:
      kobra_table_insert_rows (table, row, (guint) g_rand_int_range (child->dice, 1, 6));
      break;
    case 1:
      kobra_table_delete_rows (table, row, MIN (n - row, 3));
      break;
    case 2:
      kobra_table_undo (table);
      break;
    case 3:
      kobra_table_redo (table);
      break;
    default:
      if (n > 0)
        kobra_table_set_text (table, row, (guint) g_rand_int_range (child->dice, 0, 5), text);
    }
  for (; before < child->n; before++)
    kobra_journal_sync (child->journal, synced_cb, child);
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Child             *child = data;
  g_autoptr (GError) error = NULL;

  kobra_import_open_finish (child->import, result, &error);
  g_assert_no_error (error);
  child->is_open = TRUE;
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Child             *child = data;
  g_autoptr (GError) error = NULL;

  kobra_import_restore_finish (child->import, result, &error);
  g_assert_no_error (error);
  child->is_open = TRUE;
}

static gint64
find_unfinished (KobraJournal *journal)
{
  g_autoptr (KobraJournalReader) reader = kobra_journal_reader_new (journal);
  g_autoptr (GError)             error = NULL;
  g_autoptr (GPtrArray)          imports = kobra_journal_list_imports (reader, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < imports->len; i++)
    {
      const KobraJournalImportInfo *info = g_ptr_array_index (imports, i);

      g_assert_false (info->is_open_elsewhere);
      if (!info->is_closed && info->has_records)
        return info->id;
    }
  return 0;
}

G_NORETURN static void
run_child (const char *folder,
           int         out,
           guint32     seed)
{
  const KobraOpenOptions options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW };
  g_autofree char       *path = g_build_filename (folder, "journal.db", NULL);
  g_autofree char       *sheet = g_build_filename (folder, "cartera.csv", NULL);
  g_autoptr (GFile)      file = g_file_new_for_path (sheet);
  g_autoptr (GError)     error = NULL;
  Child                  child = { .pipe = out, .import = kobra_import_new (), .dice = g_rand_new_with_seed (seed) };
  gint64                 id;

  child.journal = kobra_journal_open (path, &error);
  g_assert_no_error (error);
  kobra_import_set_journal (child.import, child.journal);
  id = find_unfinished (child.journal);
  child.was_restored = id != 0;
  if (id != 0)
    kobra_import_restore_async (child.import, child.journal, id, NULL, restored_cb, &child);
  else
    kobra_import_open_async (child.import, file, &options, NULL, opened_cb, &child);
  while (!child.is_open)
    g_main_context_iteration (NULL, TRUE);
  say_table (&child);
  kobra_journal_sync (child.journal, synced_cb, &child);
  g_signal_add_emission_hook (g_signal_lookup ("rows-changed", KOBRA_TYPE_TABLE), 0, changed_hook, &child, NULL);
  for (;;)
    if (child.n - child.n_done < MAX_AHEAD)
      {
        edit (&child);
        g_main_context_iteration (NULL, FALSE);
      }
    else
      {
        g_main_context_iteration (NULL, TRUE);
      }
}

/* The parent */

static void
make_sheet (const char *folder,
            guint       n_rows)
{
  g_autofree char *path = g_build_filename (folder, "cartera.csv", NULL);
  GString         *text = g_string_new ("externalID,productID,currencyCode,name,totalPending\n");

  for (guint i = 0; i < n_rows; i++)
    g_string_append_printf (text, "A-%u,1,MX,José %u,%u.10\n", i, i, 1000 + i);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  g_string_free (text, TRUE);
}

/* A fork, which takes half the time of a program that is started anew: this one has no threads that it would lack. */
static pid_t
start_child (const char *folder,
             int        *in)
{
  guint32 seed = (guint32) g_test_rand_int ();
  int     ends[2];
  pid_t   pid;

  g_assert_cmpint (pipe (ends), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (ends[0]);
      run_child (folder, ends[1], seed);
    }
  close (ends[1]);
  *in = ends[0];
  return pid;
}

static gboolean
hear (int      in,
      Message *message)
{
  ssize_t n;

  do
    n = read (in, message, sizeof *message);
  while (n < 0 && errno == EINTR);
  if (n == 0)
    return FALSE;
  g_assert_cmpint (n, ==, sizeof *message);
  return TRUE;
}

typedef struct
{
  GArray *digests; /* guint64: after each edit */
  guint   n_done;  /* edits that are on disk, the opening among them */
} Heard;

static gboolean
hear_one (int    in,
          Heard *heard)
{
  Message message;

  if (!hear (in, &message))
    return FALSE;
  if (message.is_done)
    heard->n_done = message.n + 1;
  else
    g_array_append_val (heard->digests, message.digest);
  return TRUE;
}

static void
kill_child (pid_t  pid,
            int    in,
            Heard *heard)
{
  int status;

  kill (pid, SIGKILL);
  while (hear_one (in, heard))
    ;
  close (in);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

/* Hears how a new child found the import, which must be as it was after an edit that nobody was told is lost. What it heard is forgotten. */
static void
compare (int    in,
         Heard *before)
{
  Message  message;
  guint64 *digests = (guint64 *) before->digests->data;
  gboolean is_known = FALSE;

  g_assert_true (hear (in, &message));
  g_assert_false (message.is_done);
  if (before->digests->len > 0)
    {
      for (guint i = before->n_done > 0 ? before->n_done - 1 : 0; i < before->digests->len; i++)
        is_known |= digests[i] == message.digest;
      g_assert_true (is_known);
      g_assert_true (message.was_restored || before->n_done == 0);
    }
  g_array_set_size (before->digests, 0);
  before->n_done = 0;
  g_array_append_val (before->digests, message.digest);
}

static void
heard_clear (Heard *heard)
{
  g_array_unref (heard->digests);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heard, heard_clear)

static void
test_edits (void)
{
  g_autofree char *folder = kobra_test_make_folder ();
  g_auto (Heard)   heard = { .digests = g_array_new (FALSE, FALSE, sizeof (guint64)) };

  make_sheet (folder, N_ROWS);
  for (guint n = 0; n < N_KILLS; n++)
    {
      int   in;
      pid_t pid = start_child (folder, &in);

      compare (in, &heard);
      for (int i = g_test_rand_int_range (0, MAX_MESSAGES); i > 0; i--)
        g_assert_true (hear_one (in, &heard));
      g_usleep ((gulong) g_test_rand_int_range (0, 1000)); /* somewhere between two messages */
      kill_child (pid, in, &heard);
    }
  kobra_test_remove_folder (folder);
}

/* While its rows are written: what the journal does not have yet is in the file. */
static void
test_load (void)
{
  for (guint n = 0; n < N_KILLS_IN_LOAD; n++)
    {
      g_autofree char *folder = kobra_test_make_folder ();
      g_auto (Heard)   heard = { .digests = g_array_new (FALSE, FALSE, sizeof (guint64)) };
      int              in;
      pid_t            pid;

      make_sheet (folder, N_ROWS_TO_LOAD);
      pid = start_child (folder, &in);
      compare (in, &heard);
      g_usleep ((gulong) g_test_rand_int_range (0, 20000)); /* anywhere from its first piece to its first edits */
      kill_child (pid, in, &heard);
      pid = start_child (folder, &in);
      compare (in, &heard);
      kill_child (pid, in, &heard);
      kobra_test_remove_folder (folder);
    }
}

int
main (int   argc,
      char *argv[])
{
  kobra_test_disk_install ();
  kobra_test_disk_skip_syncs ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/kill/no-edit-that-was-on-disk-is-lost", test_edits);
  g_test_add_func ("/import/kill/in-load-the-import-is-as-it-was", test_load);
  return g_test_run ();
}
