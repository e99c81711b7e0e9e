/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is promised of a journal that something else ruined, at many random places: it opens, what can still be read is there and is what was
 * written, the ruin lies beside it under a name that says when, byte for byte, and reading whatever is left never ends the program.
 */

#include <string.h>

#include "kobra-import-load.h"
#include "kobra-import-save.h"
#include "kobra-test-disk.h"
#include "kobra-test-import.h"
#include "kobra-test.h"

enum
{
  PAGE = 4096,
  N_IMPORTS = 4,
  N_ROWS = 1200,
  N_EDITS = 30,
  N_CASES = 50 /* of each kind of damage */
};

typedef struct
{
  char        *folder;
  GBytes      *bytes; /* of the journal as it was */
  KobraLoaded *whole[N_IMPORTS];
} Place;

static void
write_import (const Place  *place,
              KobraJournal *journal,
              guint         n)
{
  const KobraOpenOptions  options = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW };
  g_autofree char        *name = g_strdup_printf ("cartera-%u.csv", n);
  g_autofree char        *path = g_build_filename (place->folder, name, NULL);
  g_autoptr (GFile)       file = g_file_new_for_path (path);
  g_autoptr (GString)     text = g_string_new ("externalID,productID,currencyCode,name,totalPending\n");
  g_autoptr (KobraImport) import = kobra_import_new ();

  for (guint i = 0; i < N_ROWS; i++)
    g_string_append_printf (text, "%c-%u,1,MX,José Íñigo %u,%u.10\n", 'A' + n, i, i, 1000 + i);
  g_assert_true (g_file_set_contents (path, text->str, (gssize) text->len, NULL));
  kobra_import_set_journal (import, journal);
  kobra_test_import_open (import, path, &options);
  for (guint i = 0; i < N_EDITS; i++)
    kobra_table_set_text (kobra_import_get_table (import), i * 7, 3, "Inés");
  kobra_import_set_journal (import, NULL);
  /* What is missing in the journal must not come from here. */
  g_assert_true (g_file_delete (file, NULL, NULL));
}

static KobraJournal *
open_journal (const char *path)
{
  g_autoptr (GError) error = NULL;
  KobraJournal      *journal = kobra_journal_open (path, &error);

  g_assert_no_error (error);
  return journal;
}

static char *
make_path (const Place *place,
           const char  *name)
{
  return g_build_filename (place->folder, name, "journal.db", NULL);
}

static void
place_init (Place *place)
{
  g_autofree char               *path = NULL;
  g_autoptr (KobraJournal)       journal = NULL;
  g_autoptr (KobraJournalReader) reader = NULL;
  char                          *bytes = NULL;
  gsize                          length = 0;

  place->folder = kobra_test_make_folder ();
  path = make_path (place, "whole");
  journal = open_journal (path);
  for (guint i = 0; i < N_IMPORTS; i++)
    write_import (place, journal, i);
  g_clear_pointer (&journal, kobra_journal_close);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  place->bytes = g_bytes_new_take (bytes, length);

  journal = open_journal (path);
  reader = kobra_journal_reader_new (journal);
  for (guint i = 0; i < N_IMPORTS; i++)
    {
      place->whole[i] = kobra_loaded_new ();
      g_assert_true (kobra_import_load (reader, i + 1, place->whole[i], NULL, NULL));
      g_assert_cmpuint (kobra_rows_get_n_rows (place->whole[i]->opened->rows), ==, N_ROWS);
    }
}

static void
place_clear (Place *place)
{
  kobra_test_remove_folder (place->folder);
  g_free (place->folder);
  g_bytes_unref (place->bytes);
  for (guint i = 0; i < N_IMPORTS; i++)
    kobra_loaded_free (place->whole[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* The kinds of damage, as the case @i has it. Each returns how many bytes are left. */

static gsize
random_below (gsize n)
{
  return (gsize) g_test_rand_int_range (0, (gint32) n);
}

/* Below @n, in the part of it that is the case's: whatever the seed, the cases together reach all of it. */
static gsize
random_in_part (gsize n,
                guint i)
{
  gsize from = n * i / N_CASES, to = n * (i + 1) / N_CASES;

  return from + random_below (MAX (to - from, 1));
}

static gsize
flip_bytes (guint8 *bytes,
            gsize   length,
            guint   i)
{
  for (gsize n = 1 + random_below (20); n > 0; n--)
    bytes[random_below (length)] ^= (guint8) (1 + random_below (255));
  return length;
}

static gsize
cut_off (guint8 *bytes,
         gsize   length,
         guint   i)
{
  return random_in_part (length, i);
}

static gsize
zero_a_page (guint8 *bytes,
             gsize   length,
             guint   i)
{
  memset (bytes + PAGE * (1 + random_in_part (length / PAGE - 1, i)), 0, PAGE);
  return length;
}

/* Of the last page only the beginning is there, which tells of rows in the rest of it: they seem to have the ID 0, out of order. */
static gsize
cut_last_page (guint8 *bytes,
               gsize   length,
               guint   i)
{
  gsize page = (length - 1) / PAGE * PAGE;

  return page + random_in_part (length - page, i);
}

typedef struct
{
  const char *name;
  gsize     (*ruin) (guint8 *bytes, gsize length, guint i);
  gboolean    is_seen;   /* by the database: what comes back is what was written, or nothing */
  guint       min_share; /* of all rows in all cases, in percent, that must come back */
} Damage;

static const Damage damages[] = {
  { "flipped-bytes", flip_bytes, FALSE, 0 },
  { "cut-off", cut_off, TRUE, 10 },
  { "a-page-of-zeros", zero_a_page, TRUE, 60 },
  { "last-page-cut-off", cut_last_page, TRUE, 60 },
};

/* The path of what was set aside, or NULL. */
static char *
find_aside (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "journal.db.damaged-20") && !g_str_has_suffix (name, "-wal") && !g_str_has_suffix (name, "-shm"))
      return g_build_filename (folder, name, NULL);
  return NULL;
}

static void
assert_set_aside (const char *path,
                  const char *bytes,
                  gsize       length)
{
  g_autofree char *aside = find_aside (path);
  g_autofree char *found = NULL;
  gsize            found_length = 0;

  g_assert_nonnull (aside);
  g_assert_true (g_file_get_contents (aside, &found, &found_length, NULL));
  g_assert_cmpmem (bytes, length, found, found_length);
}

static void
assert_written (const KobraLoaded *whole,
                const KobraLoaded *loaded)
{
  for (guint i = 0; i < kobra_rows_get_n_rows (loaded->opened->rows); i++)
    {
      const KobraRow *row = kobra_rows_peek (loaded->opened->rows, i), *written = NULL;

      for (guint k = 0; k < N_ROWS && written == NULL; k++)
        if (kobra_rows_peek (whole->opened->rows, (row->id + k) % N_ROWS)->id == row->id)
          written = kobra_rows_peek (whole->opened->rows, (row->id + k) % N_ROWS);
      g_assert_nonnull (written);
      /* Where edits were lost, a row is as it was before them. */
      g_assert_cmpstr (kobra_row_get_text (row, 0), ==, kobra_row_get_text (written, 0));
      g_assert_cmpstr (kobra_row_get_text (row, 4), ==, kobra_row_get_text (written, 4));
    }
}

/* Reads all that is left; returns how many rows. */
static guint
read_all (const Place  *place,
          KobraJournal *journal,
          gboolean      is_seen)
{
  g_autoptr (KobraJournalReader) reader = kobra_journal_reader_new (journal);
  g_autoptr (GPtrArray)          imports = kobra_journal_list_imports (reader, NULL);
  g_autoptr (KobraJournalHits)   hits = kobra_journal_search (reader, "a-1", 10, NULL, NULL);
  guint                          n = 0;

  for (guint i = 0; imports != NULL && i < imports->len; i++)
    {
      const KobraJournalImportInfo *info = g_ptr_array_index (imports, i);
      g_autoptr (KobraLoaded)       loaded = kobra_loaded_new ();

      if (!kobra_import_load (reader, info->id, loaded, NULL, NULL))
        continue;
      n += kobra_rows_get_n_rows (loaded->opened->rows);
      if (is_seen)
        assert_written (place->whole[info->id - 1], loaded);
    }
  return n;
}

static void
test_damage (gconstpointer data)
{
  const Damage *damage = data;
  g_auto (Place) place = { 0 };
  guint64        n_rows = 0;

  place_init (&place);
  for (guint i = 0; i < N_CASES; i++)
    {
      g_autofree char         *name = g_strdup_printf ("case-%u", i);
      g_autofree char         *path = make_path (&place, name);
      g_autofree char         *folder = g_path_get_dirname (path);
      g_autofree char         *lock = g_strconcat (path, "-lock", NULL);
      gsize                    length = g_bytes_get_size (place.bytes);
      g_autofree guint8       *bytes = g_memdup2 (g_bytes_get_data (place.bytes, NULL), length);
      g_autoptr (KobraJournal) journal = NULL;

      length = damage->ruin (bytes, length, i);
      g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
      g_assert_true (g_file_set_contents (path, (const char *) bytes, (gssize) length, NULL));
      g_assert_true (g_file_set_contents (lock, "", 0, NULL)); /* a file that was a journal, whatever it looks like now */
      journal = open_journal (path);
      if (kobra_journal_get_notice (journal) != NULL)
        assert_set_aside (path, (const char *) bytes, length);
      n_rows += read_all (&place, journal, damage->is_seen);
      g_clear_pointer (&journal, kobra_journal_close);
      kobra_test_remove_folder (folder);
    }
  g_test_message ("%" G_GUINT64_FORMAT " of %u rows came back", n_rows, N_CASES * N_IMPORTS * N_ROWS);
  g_assert_cmpuint (n_rows * 100 / (N_CASES * N_IMPORTS * N_ROWS), >=, damage->min_share);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kobra_test_disk_install ();
  kobra_test_disk_skip_syncs ();
  for (gsize i = 0; i < G_N_ELEMENTS (damages); i++)
    kobra_test_add_row ("/import/salvage/", damages[i].name, &damages[i], test_damage);
  return g_test_run ();
}
