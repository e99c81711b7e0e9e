/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-table.h"

#include <string.h>

static const char *const headers[] = { "id", "name", "city", NULL };

static KobraTable *
make_table (guint n_rows)
{
  KobraRows *rows = kobra_rows_new ();

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("A-%u", i);
      const char      *cells[] = { id, "Íñigo", "León" };

      g_assert_true (kobra_rows_append (rows, i + 2, cells, G_N_ELEMENTS (cells)));
    }
  return kobra_table_new (headers, rows);
}

/* The whole table as text, to compare before and after. */
static char *
dump (KobraTable *table)
{
  GString *text = g_string_new (NULL);

  for (guint row = 0; row < kobra_table_get_n_rows (table); row++)
    {
      g_string_append_printf (text, "%u", kobra_table_peek_row (table, row)->id);
      for (guint column = 0; column < kobra_table_get_n_columns (table); column++)
        g_string_append_printf (text, "|%s", kobra_table_get_text (table, row, column));
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

typedef struct
{
  guint n_signals, position, n_removed, n_added;
  guint n_rows; /* by what the signals said */
} Heard;

static void
rows_changed_cb (KobraTable     *table,
                 guint           position,
                 guint           n_removed,
                 guint           n_added,
                 const KobraRowList *removed,
                 Heard          *heard)
{
  heard->n_signals++;
  heard->position = position;
  heard->n_removed = n_removed;
  heard->n_added = n_added;
  heard->n_rows += n_added - n_removed;
  g_assert_cmpuint (heard->n_rows, ==, kobra_table_get_n_rows (table));
  for (guint i = 0; i < n_removed; i++)
    g_assert_cmpuint (kobra_row_list_peek (removed, i)->id, <, kobra_table_get_id_limit (table));
}

static void
test_edit_and_undo (void)
{
  g_autoptr (KobraTable) table = make_table (5);
  g_autofree char *before = dump (table), *after = NULL, *undone = NULL, *redone = NULL;

  g_assert_false (kobra_table_can_undo (table));
  g_assert_true (kobra_table_set_text (table, 2, 1, "José"));
  g_assert_cmpstr (kobra_table_get_text (table, 2, 1), ==, "José");
  g_assert_cmpstr (kobra_table_get_text (table, 2, 2), ==, "León");
  g_assert_cmpuint (kobra_table_peek_row (table, 2)->line, ==, 4);
  g_assert_cmpstr (kobra_table_get_undo_name (table), ==, "Edit");
  after = dump (table);

  kobra_table_undo (table);
  undone = dump (table);
  g_assert_cmpstr (undone, ==, before);
  g_assert_true (kobra_table_can_redo (table));
  kobra_table_redo (table);
  redone = dump (table);
  g_assert_cmpstr (redone, ==, after);
}

static void
test_same_text_is_no_edit (void)
{
  g_autoptr (KobraTable) table = make_table (1);

  g_assert_true (kobra_table_set_text (table, 0, 1, "Íñigo"));
  g_assert_false (kobra_table_can_undo (table));
}

static void
test_bad_text_is_refused (void)
{
  g_autoptr (KobraTable) table = make_table (1);

  g_assert_false (kobra_table_set_text (table, 0, 1, "\xff"));
  g_assert_cmpstr (kobra_table_get_text (table, 0, 1), ==, "Íñigo");
}

static void
test_one_step_one_signal (void)
{
  g_autoptr (KobraTable) table = make_table (100);
  g_autofree char *before = dump (table), *undone = NULL;
  Heard heard = { .n_rows = 100 };

  g_signal_connect (table, "rows-changed", G_CALLBACK (rows_changed_cb), &heard);
  kobra_table_begin_step (table, "Paste");
  for (guint row = 10; row < 60; row++)
    for (guint column = 0; column < 3; column++)
      g_assert_true (kobra_table_set_text (table, row, column, "x"));
  kobra_table_end_step (table);
  g_assert_cmpuint (heard.n_signals, ==, 1);
  g_assert_cmpuint (heard.position, ==, 10);
  g_assert_cmpuint (heard.n_removed, ==, 50);
  g_assert_cmpuint (heard.n_added, ==, 50);
  g_assert_cmpstr (kobra_table_get_undo_name (table), ==, "Paste");

  kobra_table_undo (table);
  undone = dump (table);
  g_assert_cmpstr (undone, ==, before);
  g_assert_cmpuint (heard.n_signals, ==, 2);
}

static void
test_typing_is_one_step (void)
{
  static const char *const letters[] = { "J", "Jo", "Jos", "José" };
  g_autoptr (KobraTable) table = make_table (3);

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    g_assert_true (kobra_table_retype (table, 1, 1, letters[i]));
  g_assert_true (kobra_table_retype (table, 1, 2, "Lagos"));
  kobra_table_end_typing (table);
  g_assert_true (kobra_table_retype (table, 1, 2, "Lag"));
  kobra_table_undo (table);
  g_assert_cmpstr (kobra_table_get_text (table, 1, 2), ==, "Lagos");
  g_assert_true (kobra_table_retype (table, 1, 2, "Lerma"));
  kobra_table_undo (table);
  g_assert_cmpstr (kobra_table_get_text (table, 1, 2), ==, "Lagos");
  kobra_table_undo (table);
  g_assert_cmpstr (kobra_table_get_text (table, 1, 2), ==, "León");
  g_assert_cmpstr (kobra_table_get_text (table, 1, 1), ==, "José");
  kobra_table_undo (table);
  g_assert_cmpstr (kobra_table_get_text (table, 1, 1), ==, "Íñigo");
  g_assert_false (kobra_table_can_undo (table));
}

static void
columns_changed_cb (KobraTable *table,
                    guint      *n_signals)
{
  (*n_signals)++;
}

static void
test_added_column (void)
{
  g_autoptr (KobraTable) table = make_table (3);
  g_autofree char *before = dump (table), *after = NULL, *undone = NULL, *redone = NULL;
  guint n_signals = 0;

  g_signal_connect (table, "columns-changed", G_CALLBACK (columns_changed_cb), &n_signals);
  kobra_table_begin_step (table, "Edit");
  g_assert_true (kobra_table_add_column (table, "rfc"));
  g_assert_true (kobra_table_retype (table, 2, 3, "X"));
  kobra_table_end_step (table);
  g_assert_true (kobra_table_retype (table, 2, 3, "XAXX010101000"));
  g_assert_cmpstr (kobra_table_get_header (table, 3), ==, "rfc");
  g_assert_cmpstr (kobra_table_get_text (table, 1, 3), ==, "");
  after = dump (table);
  kobra_table_undo (table);
  undone = dump (table);
  g_assert_cmpstr (undone, ==, before);
  kobra_table_redo (table);
  redone = dump (table);
  g_assert_cmpstr (redone, ==, after);
  g_assert_cmpstr (kobra_table_get_header (table, 3), ==, "rfc");
  g_assert_cmpuint (n_signals, ==, 3);
}

static void
test_ids_stay (void)
{
  g_autoptr (KobraTable) table = make_table (10);
  guint row;

  g_assert_true (kobra_table_find_id (table, 7, &row));
  g_assert_cmpuint (row, ==, 7);
  g_assert_true (kobra_table_insert_rows (table, 3, 2));
  g_assert_true (kobra_table_find_id (table, 7, &row));
  g_assert_cmpuint (row, ==, 9);
  g_assert_cmpuint (kobra_table_peek_row (table, 3)->id, ==, 10);
  g_assert_true (kobra_table_delete_rows (table, 9, 1));
  g_assert_false (kobra_table_find_id (table, 7, &row));
  kobra_table_undo (table);
  g_assert_true (kobra_table_find_id (table, 7, &row));
  g_assert_cmpuint (row, ==, 9);
  g_assert_false (kobra_table_find_id (table, 12, &row));
}

/* Whatever comes and goes, a record is found where it is, and one that is gone is not. */
static void
test_ids_are_found (void)
{
  for (guint32 seed = 0; seed < 8; seed++)
    {
      g_autoptr (GRand)      dice = g_rand_new_with_seed (seed);
      g_autoptr (KobraTable) table = make_table (3000);

      for (guint i = 0; i < 60; i++)
        {
          guint n = kobra_table_get_n_rows (table), n_found = 0, row, what = (guint) g_rand_int_range (dice, 0, 5);
          guint position = (guint) g_rand_int_range (dice, 0, (gint32) n), some = (guint) g_rand_int_range (dice, 1, seed % 4 == 0 ? 1500 : 60);

          if (what == 0 && kobra_table_can_undo (table))
            kobra_table_undo (table);
          else if (what == 1 && kobra_table_can_redo (table))
            kobra_table_redo (table);
          else if (what < 3)
            kobra_table_insert_rows (table, position, some);
          else if (n > 1000)
            kobra_table_delete_rows (table, position, MIN (some, n - position));
          n = kobra_table_get_n_rows (table);
          for (guint k = 0; k < n; k++)
            {
              g_assert_true (kobra_table_find_id (table, kobra_table_peek_row (table, k)->id, &row));
              g_assert_cmpuint (row, ==, k);
            }
          for (guint32 id = 0; id < kobra_table_get_id_limit (table); id++)
            n_found += kobra_table_find_id (table, id, &row);
          g_assert_cmpuint (n_found, ==, n);
        }
    }
}

static void
test_frozen_stays (void)
{
  g_autoptr (KobraTable)  table = make_table (3);
  g_autoptr (KobraFrozen) frozen = kobra_table_freeze (table);

  g_assert_true (kobra_table_set_text (table, 1, 0, "changed"));
  g_assert_true (kobra_table_delete_rows (table, 0, 1));
  g_clear_object (&table);
  g_assert_cmpuint (frozen->n_rows, ==, 3);
  g_assert_cmpstr (kobra_row_get_text (kobra_frozen_peek (frozen, 1), 0), ==, "A-1");
}

static void
test_record (void)
{
  static const gint16 fields[] = { 0, -1, 1 };
  g_autoptr (KobraRows) rows = kobra_rows_new ();
  const char *short_row[] = { "12" }, *long_row[] = { "13", "note", "3", "beyond" };
  KobraRecord record = { 0 };

  g_assert_true (kobra_rows_append (rows, 1, short_row, 1));
  g_assert_true (kobra_rows_append (rows, 2, long_row, 4));
  kobra_row_get_record (kobra_rows_peek (rows, 0), kobra_schema_get (KOBRA_KIND_PROMISES), fields, 3, &record);
  g_assert_cmpstr (record.texts[0], ==, "12");
  g_assert_cmpstr (record.texts[1], ==, "");
  kobra_row_get_record (kobra_rows_peek (rows, 1), kobra_schema_get (KOBRA_KIND_PROMISES), fields, 3, &record);
  g_assert_cmpstr (record.texts[0], ==, "13");
  g_assert_cmpstr (record.texts[1], ==, "3");
  g_assert_cmpstr (kobra_row_get_text (kobra_rows_peek (rows, 1), 3), ==, "beyond");
  g_assert_cmpstr (kobra_row_get_text (kobra_rows_peek (rows, 1), 4), ==, "");
}

/* Any series of edits, undone to the start and redone to the end, gives the same two tables. */
static void
test_random_edits (void)
{
  for (guint32 seed = 0; seed < 200; seed++)
    {
      g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
      g_autoptr (KobraTable) table = make_table (8);
      g_autofree char *start = dump (table), *end = NULL, *undone = NULL, *redone = NULL;
      Heard heard = { .n_rows = 8 };

      g_signal_connect (table, "rows-changed", G_CALLBACK (rows_changed_cb), &heard);
      for (guint i = 0; i < 30; i++)
        {
          guint n_rows = kobra_table_get_n_rows (table);
          guint row = n_rows > 0 ? (guint) g_rand_int_range (dice, 0, (gint32) n_rows) : 0;
          int   what = g_rand_int_range (dice, 0, 6);

          if (what == 0)
            kobra_table_insert_rows (table, row, 2);
          else if (what == 1 && n_rows > 0)
            kobra_table_delete_rows (table, row, 1);
          else if (what == 2 && n_rows > 1)
            {
              kobra_table_begin_step (table, "Both");
              kobra_table_set_text (table, 0, 1, "a");
              kobra_table_set_text (table, 1, 1, "b");
              kobra_table_delete_rows (table, 0, 1);
              kobra_table_set_text (table, 0, 2, "c");
              kobra_table_end_step (table);
            }
          else if (n_rows > 0)
            {
              g_autofree char *text = g_strdup_printf ("%d", g_rand_int_range (dice, 0, 9));

              kobra_table_set_text (table, row, (guint) g_rand_int_range (dice, 0, 3), text);
            }
        }
      end = dump (table);
      while (kobra_table_can_undo (table))
        kobra_table_undo (table);
      undone = dump (table);
      g_assert_cmpstr (undone, ==, start);
      while (kobra_table_can_redo (table))
        kobra_table_redo (table);
      redone = dump (table);
      g_assert_cmpstr (redone, ==, end);
    }
}

/* The promise of the design: at most 1.5 times the file's size. */
static void
test_memory (void)
{
  KobraRows  *rows = kobra_rows_new ();
  const char *cells[65];
  gsize       n_file_bytes = 0;
  g_autoptr (KobraTable) table = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      cells[i] = i % 8 == 0 ? "" : "1234567.89";
      n_file_bytes += strlen (cells[i]) + 1;
    }
  for (guint i = 0; i < 20000; i++)
    g_assert_true (kobra_rows_append (rows, i + 1, cells, G_N_ELEMENTS (cells)));
  table = kobra_table_new (NULL, rows);
  g_assert_cmpuint (kobra_table_get_size (table), <, n_file_bytes * 20000 / 2 * 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/table/edit/undone-and-redone", test_edit_and_undo);
  g_test_add_func ("/table/edit/same-text-is-no-edit", test_same_text_is_no_edit);
  g_test_add_func ("/table/edit/bad-text-is-refused", test_bad_text_is_refused);
  g_test_add_func ("/table/edit/one-step-one-signal", test_one_step_one_signal);
  g_test_add_func ("/table/edit/typing-is-one-step", test_typing_is_one_step);
  g_test_add_func ("/table/edit/added-column-goes-and-comes-back", test_added_column);
  g_test_add_func ("/table/edit/ids-stay-with-their-records", test_ids_stay);
  g_test_add_func ("/table/edit/records-are-found-whatever-comes-and-goes", test_ids_are_found);
  g_test_add_func ("/table/edit/random-series-undone-and-redone", test_random_edits);
  g_test_add_func ("/table/frozen/stays-as-it-was", test_frozen_stays);
  g_test_add_func ("/table/row/record-by-fields", test_record);
  g_test_add_func ("/table/memory/at-most-one-and-a-half-times-the-file", test_memory);
  return g_test_run ();
}
