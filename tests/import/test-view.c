/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records a filtered or sorted sheet shows. */
#include "kobra-import.h"
#include "kobra-order.h"
#include "kobra-test-import.h"
#include "kobra-test.h"
#include "kobra-view.h"

static const char sheet[] =
  "ID externo,Producto,Moneda,Nombre,Fecha nacimiento,Saldo total\n"
  "A-1,1,MX,Ñandú,1984-12-31,100\n"
  "A-2,1,MX,,1984-01-31,20.5\n"
  "A-3,1,US,luz,31 de febrero,-3\n"
  "A-4,1,MX,Álvaro,,\n"
  "A-5,1,MX,nadia,1990-01-01,x\n"
  "A-6,1,US,zoe,2001-01-01,100.0\n";

typedef struct
{
  gboolean done;
  GArray  *found;
} Waiting;

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Waiting *waiting = data;

  waiting->found = kobra_view_find_finish (result, NULL);
  waiting->done = TRUE;
}

/* The numbers of the keys that are found, in order. */
static char *
find (KobraImport     *import,
      const KobraView *view)
{
  Waiting   waiting = { 0 };
  GString  *text = g_string_new (NULL);

  kobra_view_find_async (view, import, NULL, found_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  for (guint i = 0; i < waiting.found->len; i++)
    g_string_append_printf (text, "%u", g_array_index (waiting.found, guint32, i) + 1);
  g_array_unref (waiting.found);
  return g_string_free (text, FALSE);
}

typedef struct
{
  const char      *name;
  KobraShow        show;
  KobraProblemCode problem;
  int              field;
  const char      *text;
  int              value_column; /* or -1 */
  const char      *value;
  int              sort_column;
  gboolean         descending;
  const char      *found;
} Case;

static const Case cases[] = {
  { "all", KOBRA_SHOW_ALL, 0, -1, NULL, -1, NULL, -1, FALSE, "123456" },
  { "errors", KOBRA_SHOW_ERRORS, 0, -1, NULL, -1, NULL, -1, FALSE, "235" },
  { "ready", KOBRA_SHOW_READY, 0, -1, NULL, -1, NULL, -1, FALSE, "146" },
  { "accepted", KOBRA_SHOW_ACCEPTED, 0, -1, NULL, -1, NULL, -1, FALSE, "" },
  { "kind-of-problem", KOBRA_SHOW_ALL, KOBRA_PROBLEM_REQUIRED, -1, NULL, -1, NULL, -1, FALSE, "2" },
  { "text", KOBRA_SHOW_ALL, 0, -1, "ALVARO", -1, NULL, -1, FALSE, "4" },
  { "value", KOBRA_SHOW_ALL, 0, -1, NULL, 2, "US", -1, FALSE, "36" },
  { "empty-value", KOBRA_SHOW_ALL, 0, -1, NULL, 3, "", -1, FALSE, "2" },
  { "value-and-text", KOBRA_SHOW_ALL, 0, -1, "zoe", 2, "US", -1, FALSE, "6" },
  { "value-and-errors", KOBRA_SHOW_ERRORS, 0, -1, NULL, 2, "US", -1, FALSE, "3" },
  /* In C.UTF-8 letters have no language; accents and case are of no account. */
  { "by-text", KOBRA_SHOW_ALL, 0, -1, NULL, -1, NULL, 3, FALSE, "435162" },
  { "by-text-down", KOBRA_SHOW_ALL, 0, -1, NULL, -1, NULL, 3, TRUE, "615342" },
  { "by-date", KOBRA_SHOW_ALL, 0, -1, NULL, -1, NULL, 4, FALSE, "215634" },
  { "by-date-down", KOBRA_SHOW_ALL, 0, -1, NULL, -1, NULL, 4, TRUE, "651234" },
  { "by-number", KOBRA_SHOW_ALL, 0, -1, NULL, -1, NULL, 5, FALSE, "321654" },
  { "by-number-down", KOBRA_SHOW_ALL, 0, -1, NULL, -1, NULL, 5, TRUE, "162354" },
  { "stable-both-ways", KOBRA_SHOW_ALL, 0, -1, NULL, -1, NULL, 2, TRUE, "361245" },
};

static void
test_case (gconstpointer data)
{
  const Case             *row = data;
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  const char *const       values[] = { row->value, NULL };
  g_autofree char        *found = NULL;
  KobraView               view;

  kobra_view_init (&view);
  view.show = row->show;
  view.problem = row->problem;
  view.field = row->field;
  view.text = g_strdup (row->text);
  if (row->value_column >= 0)
    kobra_view_set_values (&view, (guint) row->value_column, values);
  view.sort_column = row->sort_column;
  view.descending = row->descending;
  found = find (import, &view);
  kobra_view_clear (&view);
  g_assert_cmpstr (found, ==, row->found);
}

/* Texts longer than a key, and a heap of equal ones. */
static void
test_long_texts (void)
{
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  KobraTable      *table = kobra_import_get_table (import);
  g_autofree char *same = g_strnfill (250, 'a');
  g_autofree char *longer = g_strconcat (same, "b", NULL);
  g_autofree char *huge = g_strnfill (1000000, 'a');
  g_autofree char *found = NULL;
  KobraView        view;

  kobra_table_set_text (table, 0, 3, longer);
  kobra_table_set_text (table, 1, 3, huge);
  kobra_table_set_text (table, 2, 3, same);
  kobra_table_set_text (table, 3, 3, huge);
  kobra_view_init (&view);
  view.sort_column = 3;
  found = find (import, &view);
  kobra_view_clear (&view);
  g_assert_cmpstr (found, ==, "324156");
}

static void
follow_cb (KobraTable     *table,
           guint           position,
           guint           n_removed,
           guint           n_added,
           const KobraRowList *removed,
           KobraOrder     *order)
{
  KobraOrderChange change;

  kobra_order_follow (order, table, position, n_removed, n_added, removed, FALSE, &change);
}

static void
assert_order (KobraOrder *order,
              const char *ids)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < kobra_order_get_n (order); i++)
    {
      guint place;

      g_string_append_printf (text, "%u", kobra_order_get_id (order, i));
      g_assert_true (kobra_order_find (order, kobra_order_get_id (order, i), &place));
      g_assert_cmpuint (place, ==, i);
    }
  g_assert_cmpstr (text->str, ==, ids);
}

static void
test_order_follows (void)
{
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  KobraTable            *table = kobra_import_get_table (import);
  const guint32          ids[] = { 4, 1, 3 };
  const guint            deleted[] = { 1, 2, 5 };
  GArray                *array = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (KobraOrder) order = NULL;
  guint                  place;

  g_array_append_vals (array, ids, G_N_ELEMENTS (ids));
  order = kobra_order_new (array);
  g_assert_false (kobra_order_find (order, 2, &place));
  g_signal_connect (table, "rows-changed", G_CALLBACK (follow_cb), order);

  kobra_table_set_text (table, 1, 3, "Eva");
  assert_order (order, "413");
  kobra_table_insert_rows (table, 2, 1); /* after the record 1 */
  assert_order (order, "4163");
  kobra_table_undo (table);
  assert_order (order, "413");
  kobra_table_delete_block (table, deleted, G_N_ELEMENTS (deleted));
  assert_order (order, "43");
  kobra_table_undo (table); /* those that were never shown come too: who undoes wants to see it */
  assert_order (order, "12453");
  g_signal_handlers_disconnect_by_data (table, order);
}

/* That what an order shows is @shown (guint32), and that each is found where it is. */
static void
assert_shown (KobraOrder *order,
              GArray     *shown)
{
  guint place;

  g_assert_cmpuint (kobra_order_get_n (order), ==, shown->len);
  for (guint i = 0; i < shown->len; i++)
    {
      g_assert_cmpuint (kobra_order_get_id (order, i), ==, g_array_index (shown, guint32, i));
      g_assert_true (kobra_order_find (order, kobra_order_get_id (order, i), &place));
      g_assert_cmpuint (place, ==, i);
    }
}

/* What an order is after a change, worked out from nothing: the change says it of what it was before. */
static void
splice_cb (KobraTable         *table,
           guint               position,
           guint               n_removed,
           guint               n_added,
           const KobraRowList *removed,
           gpointer            data)
{
  gpointer        *pair = data;
  KobraOrder      *order = pair[0];
  GArray          *shown = pair[1];
  KobraOrderChange change;
  guint            place, row;

  if (kobra_order_follow (order, table, position, n_removed, n_added, removed, FALSE, &change))
    {
      if (change.n_removed > 0)
        g_array_remove_range (shown, change.position, change.n_removed);
      for (guint i = 0; i < change.n_added; i++)
        {
          guint32 id = kobra_order_get_id (order, change.position + i);

          g_array_insert_val (shown, change.position + i, id);
        }
    }
  assert_shown (order, shown);
  for (guint i = 0; i < n_removed; i++)
    if (!kobra_table_find_id (table, kobra_row_list_peek (removed, i)->id, &row))
      g_assert_false (kobra_order_find (order, kobra_row_list_peek (removed, i)->id, &place));
}

/* Whatever comes and goes, an order in which nothing is sorted has its records, each found, and tells of no more than that. */
static void
test_any_changes_followed (void)
{
  for (guint32 seed = 0; seed < 10; seed++)
    {
      g_autoptr (GRand)       dice = g_rand_new_with_seed (seed);
      g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
      KobraTable             *table = kobra_import_get_table (import);
      GArray                 *ids = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_autoptr (GArray)      shown = NULL;
      g_autoptr (KobraOrder)  order = NULL;
      gpointer                pair[2];

      g_assert_true (kobra_table_insert_rows (table, 0, 2000));
      for (guint i = 0; i < kobra_table_get_n_rows (table); i++)
        if (g_rand_boolean (dice))
          g_array_insert_val (ids, seed % 2 == 0 ? ids->len : (guint) g_rand_int_range (dice, 0, (gint32) ids->len + 1), kobra_table_peek_row (table, i)->id);
      shown = g_array_copy (ids);
      order = kobra_order_new (ids);
      pair[0] = order;
      pair[1] = shown;
      g_signal_connect (table, "rows-changed", G_CALLBACK (splice_cb), pair);
      for (guint i = 0; i < 60; i++)
        {
          guint n = kobra_table_get_n_rows (table), rows[40], what = (guint) g_rand_int_range (dice, 0, 6);
          guint first = (guint) g_rand_int_range (dice, 0, (gint32) n / 2), step = (guint) g_rand_int_range (dice, 1, 9);

          for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
            rows[k] = first + k * step;
          if (what == 0 && kobra_table_can_undo (table))
            kobra_table_undo (table);
          else if (what == 1 && kobra_table_can_redo (table))
            kobra_table_redo (table);
          else if (what == 2 && n > 800)
            kobra_table_delete_block (table, rows, G_N_ELEMENTS (rows));
          else if (what == 3)
            kobra_table_insert_rows (table, first, step);
          else if (what == 4 && n > 100)
            kobra_table_delete_rows (table, first, step);
          else
            kobra_table_set_text (table, first, 1, what % 2 == 0 ? "a" : "b");
        }
      g_signal_handlers_disconnect_by_data (table, pair);
    }
}

typedef struct
{
  gboolean done;
  GArray  *values;
} Counting;

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Counting *counting = data;

  counting->values = kobra_view_count_values_finish (result, NULL);
  counting->done = TRUE;
}

static void
test_values_counted (void)
{
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  Counting                counting = { 0 };

  kobra_view_count_values_async (kobra_import_get_table (import), 2, 10, NULL, counted_cb, &counting);
  kobra_test_wait_for_flag (&counting.done);
  g_assert_cmpuint (counting.values->len, ==, 2);
  g_assert_cmpstr (g_array_index (counting.values, KobraViewValue, 0).text, ==, "MX");
  g_assert_cmpuint (g_array_index (counting.values, KobraViewValue, 0).n, ==, 4);
  g_assert_cmpuint (g_array_index (counting.values, KobraViewValue, 1).n, ==, 2);
  g_array_unref (counting.values);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/view/", cases[i].name, &cases[i], test_case);
  g_test_add_func ("/view/long-texts", test_long_texts);
  g_test_add_func ("/view/an-order-follows-its-table", test_order_follows);
  g_test_add_func ("/view/any-changes-are-followed", test_any_changes_followed);
  g_test_add_func ("/view/values-are-counted", test_values_counted);
  return g_test_run ();
}
