/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What edits leave behind is what a check of the whole table finds. */

#include <string.h>

#include "kobra-check.h"
#include "kobra-schema-accounts.h"
#include "kobra-table.h"
#include "kobra-test.h"

#define N_COLUMNS 5u

static const char *const headers[] = { "id", "name", "birthdate", "curp", "note", NULL };
static const gint16      fields[N_COLUMNS] = { KOBRA_ACCOUNT_EXTERNAL_ID, KOBRA_ACCOUNT_NAME, KOBRA_ACCOUNT_BIRTHDATE, KOBRA_ACCOUNT_CURP, -1 };

/* A table and its problems, told of every edit as an import does. */
typedef struct
{
  KobraTable    *table;
  KobraProblems *problems;
  KobraRules     rules;
  GArray        *changed; /* guint32, since the last comparison */
  GHashTable    *known;   /* id -> the list as of the last comparison */
} Fixture;

static void
get_record (const KobraRow *row,
            KobraRecord    *record)
{
  kobra_row_get_record (row, kobra_schema_get (KOBRA_KIND_ACCOUNTS), fields, N_COLUMNS, record);
}

static gboolean
look_up (guint32      id,
         KobraRecord *record,
         guint32     *line,
         gpointer     data)
{
  Fixture *f = data;
  guint    row;

  if (!kobra_table_find_id (f->table, id, &row))
    return FALSE;
  get_record (kobra_table_peek_row (f->table, row), record);
  *line = kobra_table_peek_row (f->table, row)->line;
  return TRUE;
}

static void
update (Fixture        *f,
        const KobraRow *old,
        const KobraRow *now)
{
  KobraRecord old_record, new_record;

  if (old != NULL)
    get_record (old, &old_record);
  if (now != NULL)
    get_record (now, &new_record);
  kobra_problems_update (f->problems, &f->rules, old != NULL ? old->id : now->id, old != NULL ? &old_record : NULL, now != NULL ? &new_record : NULL,
                         look_up, f, f->changed);
}

static void
rows_changed_cb (KobraTable     *table,
                 guint           position,
                 guint           n_removed,
                 guint           n_added,
                 const KobraRowList *removed,
                 Fixture        *f)
{
  gboolean is_edit = n_removed == n_added;

  for (guint i = 0; i < n_removed; i++)
    update (f, kobra_row_list_peek (removed, i), is_edit ? kobra_table_peek_row (table, position + i) : NULL);
  for (guint i = 0; !is_edit && i < n_added; i++)
    update (f, NULL, kobra_table_peek_row (table, position + i));
}

static KobraProblems *
check_all (Fixture *f)
{
  g_autoptr (KobraFrozen) frozen = kobra_table_freeze (f->table);
  g_autoptr (GError)      error = NULL;
  KobraProblems          *problems = kobra_check_table (frozen, fields, N_COLUMNS, &f->rules, 1, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return problems;
}

static void
set_up (Fixture   *f,
        KobraRows *rows)
{
  g_autoptr (GDate) today = g_date_new_dmy (1, 6, 2025);

  kobra_rules_init (&f->rules, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW, today);
  f->table = kobra_table_new (headers, rows);
  f->problems = check_all (f);
  f->changed = g_array_new (FALSE, FALSE, sizeof (guint32));
  f->known = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_signal_connect (f->table, "rows-changed", G_CALLBACK (rows_changed_cb), f);
}

static void
tear_down (Fixture *f)
{
  g_clear_object (&f->table);
  g_clear_pointer (&f->problems, kobra_problems_free);
  g_clear_pointer (&f->changed, g_array_unref);
  g_clear_pointer (&f->known, g_hash_table_unref);
}

static char *
dump_list (KobraProblems *problems,
           guint32        id)
{
  GString            *text = g_string_new (NULL);
  guint               n;
  const KobraProblem *list = kobra_problems_get (problems, id, &n);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s %u,", kobra_problem_get_name ((KobraProblemCode) list[i].code), list[i].field);
  return g_string_free (text, FALSE);
}

/* The record that a duplicate points to has the same key and is another one. */
static void
assert_points_to_another (Fixture            *f,
                          const KobraRow     *row,
                          const KobraProblem *problem)
{
  KobraRecord record = { 0 }, other = { 0 };
  guint       n_fitting = 0;

  get_record (row, &record);
  for (guint i = 0; i < kobra_table_get_n_rows (f->table); i++)
    {
      gboolean differs = FALSE;

      if (kobra_table_peek_row (f->table, i)->line != problem->other_line)
        continue;
      get_record (kobra_table_peek_row (f->table, i), &other);
      for (guint field = 0; field < record.schema->n_fields; field++)
        differs = differs || strcmp (record.texts[field], other.texts[field]) != 0;
      n_fitting += differs && strcmp (record.texts[KOBRA_ACCOUNT_EXTERNAL_ID], other.texts[KOBRA_ACCOUNT_EXTERNAL_ID]) == 0;
    }
  g_assert_cmpuint (n_fitting, >, 0);
}

static gboolean
was_announced (Fixture *f,
               guint32  id)
{
  for (guint i = 0; i < f->changed->len; i++)
    if (g_array_index (f->changed, guint32, i) == id)
      return TRUE;
  return FALSE;
}

static void
compare_with_full_check (Fixture *f)
{
  g_autoptr (KobraProblems) expected = check_all (f);
  guint                     counts[3], expected_counts[3];

  for (guint i = 0; i < kobra_table_get_n_rows (f->table); i++)
    {
      const KobraRow     *row = kobra_table_peek_row (f->table, i);
      g_autofree char    *now = dump_list (f->problems, row->id), *want = dump_list (expected, row->id);
      const KobraProblem *duplicate = kobra_problems_find (f->problems, row->id, KOBRA_ACCOUNT_EXTERNAL_ID);
      const char         *before = g_hash_table_lookup (f->known, GUINT_TO_POINTER (row->id));

      g_assert_cmpstr (now, ==, want);
      if (before != NULL && strcmp (before, now) != 0)
        g_assert_true (was_announced (f, row->id));
      g_hash_table_replace (f->known, GUINT_TO_POINTER (row->id), g_steal_pointer (&now));
      if (duplicate != NULL && duplicate->code == KOBRA_PROBLEM_DUPLICATE_KEY)
        assert_points_to_another (f, row, duplicate);
    }
  g_array_set_size (f->changed, 0);

  for (guint code = 1; code < KOBRA_N_PROBLEMS; code++)
    g_assert_cmpuint (kobra_problems_get_count (f->problems, (KobraProblemCode) code), ==, kobra_problems_get_count (expected, (KobraProblemCode) code));
  kobra_problems_count_records (f->problems, &counts[0], &counts[1], &counts[2]);
  kobra_problems_count_records (expected, &expected_counts[0], &expected_counts[1], &expected_counts[2]);
  g_assert_cmpmem (counts, sizeof counts, expected_counts, sizeof expected_counts);
  g_assert_cmpuint (counts[0] + counts[1] + counts[2], ==, kobra_table_get_n_rows (f->table));
}

static void
append_row (KobraRows  *rows,
            guint       line,
            const char *key,
            const char *name)
{
  const char *cells[N_COLUMNS] = { key, name, "", "", "" };

  g_assert_true (kobra_rows_append (rows, line, cells, N_COLUMNS));
}

static void
edit_randomly (Fixture *f)
{
  static const char *const texts[N_COLUMNS][4] = {
    { "", "A", "B", "C" },
    { "", "José", "José", "Íñigo" },
    { "", "1980-12-31", "31/12/1980", "2080-01-01" },
    { "", "PEGJ801231HDFRRN00", "PEGJ801231HDFRRN01", "LOMA050715MJCPRNA6" },
    { "", "a", "b", "c" },
  };
  guint n_rows = kobra_table_get_n_rows (f->table);

  switch (g_test_rand_int_range (0, 10))
    {
    case 0:
      kobra_table_insert_rows (f->table, (guint) g_test_rand_int_range (0, (int) n_rows + 1), (guint) g_test_rand_int_range (1, 3));
      break;
    case 1:
      if (n_rows > 8)
        kobra_table_delete_rows (f->table, (guint) g_test_rand_int_range (0, (int) n_rows - 3), (guint) g_test_rand_int_range (1, 3));
      break;
    default:
      {
        guint column = (guint) g_test_rand_int_range (0, N_COLUMNS);

        if (n_rows > 0)
          kobra_table_set_text (f->table, (guint) g_test_rand_int_range (0, (int) n_rows), column, texts[column][g_test_rand_int_range (0, 4)]);
      }
    }
}

static void
test_edits_equal_a_full_check (void)
{
  for (guint round = 0; round < 20; round++)
    {
      KobraRows *rows = kobra_rows_new ();
      Fixture    f;

      for (guint i = 0; i < 12; i++)
        append_row (rows, i + 2, i % 3 == 0 ? "A" : "B", i % 2 == 0 ? "José" : "Íñigo");
      set_up (&f, rows);
      compare_with_full_check (&f);
      for (guint step = 0; step < 60; step++)
        {
          int kind = g_test_rand_int_range (0, 10);

          if (kind == 0)
            kobra_table_undo (f.table);
          else if (kind == 1)
            kobra_table_redo (f.table);
          else
            {
              /* Of several edits in one step, the table tells when all are done: what is looked up is then ahead of what was told. */
              kobra_table_begin_step (f.table, "Edit");
              for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
                edit_randomly (&f);
              kobra_table_end_step (f.table);
            }
          compare_with_full_check (&f);
        }
      tear_down (&f);
    }
}

static void
test_a_duplicate_comes_and_goes_with_its_twin (void)
{
  KobraRows *rows = kobra_rows_new ();
  Fixture    f;

  append_row (rows, 2, "A", "José");
  append_row (rows, 3, "B", "Íñigo");
  set_up (&f, rows);

  kobra_table_set_text (f.table, 1, 0, "A");
  g_assert_cmpuint (f.changed->len, ==, 2);
  g_assert_true (kobra_problems_has_error (f.problems, 0));
  g_assert_cmpuint (kobra_problems_find (f.problems, 0, KOBRA_ACCOUNT_EXTERNAL_ID)->other_line, ==, 3);
  g_assert_cmpuint (kobra_problems_find (f.problems, 1, KOBRA_ACCOUNT_EXTERNAL_ID)->other_line, ==, 2);

  g_array_set_size (f.changed, 0);
  kobra_table_set_text (f.table, 1, 1, "José");
  g_assert_cmpuint (f.changed->len, ==, 2);
  g_assert_cmpuint (kobra_problems_get_count (f.problems, KOBRA_PROBLEM_DUPLICATE_KEY), ==, 0);

  g_array_set_size (f.changed, 0);
  kobra_table_set_text (f.table, 1, 4, "a note is no field");
  g_assert_cmpuint (f.changed->len, ==, 0);
  tear_down (&f);
}

static void
test_one_curp_under_two_ids_names_both_rows (void)
{
  static const char *const cells[][N_COLUMNS] = {
    { "A", "José", "", "PEGJ801231HDFRRN01", "" }, { "B", "José", "", "PEGJ801231HDFRRN01", "" }, { "C", "José", "", "pending", "" }, { "D", "José", "", "pending", "" }
  };
  g_autoptr (KobraProblems) quiet = NULL;
  KobraRows                *rows = kobra_rows_new ();
  Fixture                   f;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_assert_true (kobra_rows_append (rows, i + 2, cells[i], N_COLUMNS));
  set_up (&f, rows);
  g_assert_cmpuint (kobra_problems_get_field_count (f.problems, KOBRA_PROBLEM_CURP_SHARED, KOBRA_ACCOUNT_CURP), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      guint               n;
      const KobraProblem *list = kobra_problems_get (f.problems, i, &n);

      g_assert_cmpint (list[n - 1].code, ==, KOBRA_PROBLEM_CURP_SHARED);
      g_assert_cmpuint (list[n - 1].other_line, ==, 3 - i);
    }

  /* The same ID is the same account, said twice: that is another problem, if any. */
  kobra_table_set_text (f.table, 1, 0, "A");
  g_assert_cmpuint (kobra_problems_get_count (f.problems, KOBRA_PROBLEM_CURP_SHARED), ==, 0);
  kobra_table_undo (f.table);
  g_assert_cmpuint (kobra_problems_get_count (f.problems, KOBRA_PROBLEM_CURP_SHARED), ==, 2);
  kobra_table_set_text (f.table, 0, 3, "PEGJ801231HDFRRN00");
  g_assert_cmpuint (kobra_problems_get_count (f.problems, KOBRA_PROBLEM_CURP_SHARED), ==, 0);
  kobra_table_undo (f.table);

  f.rules.ignored = G_GUINT64_CONSTANT (1) << KOBRA_PROBLEM_CURP_SHARED;
  quiet = check_all (&f);
  g_assert_cmpuint (kobra_problems_get_count (quiet, KOBRA_PROBLEM_CURP_SHARED), ==, 0);
  tear_down (&f);
}

/* One key for all, as when the wrong column is the ID: each edit must not look at every record. */
static void
test_one_key_for_all_stays_usable (void)
{
  KobraRows  *rows = kobra_rows_new ();
  Fixture     f;
  const guint n_rows = 20000;

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *name = g_strdup_printf ("José %u", i);

      append_row (rows, i + 2, "A", name);
    }
  set_up (&f, rows);
  g_assert_cmpuint (kobra_problems_get_count (f.problems, KOBRA_PROBLEM_DUPLICATE_KEY), ==, n_rows);

  /* From the head on, which is what others point to. */
  for (guint i = 0; i < n_rows - 1; i++)
    kobra_table_set_text (f.table, i, 0, "");
  g_assert_cmpuint (kobra_problems_get_count (f.problems, KOBRA_PROBLEM_DUPLICATE_KEY), ==, 0);
  for (guint i = 0; i < n_rows - 1; i++)
    kobra_table_set_text (f.table, i, 0, "A");
  g_assert_cmpuint (kobra_problems_get_count (f.problems, KOBRA_PROBLEM_DUPLICATE_KEY), ==, n_rows);
  tear_down (&f);
}

/* Lists that grow and shrink leave holes; they are filled again. */
static void
test_many_edits_of_few_records (void)
{
  KobraRows *rows = kobra_rows_new ();
  Fixture    f;

  for (guint i = 0; i < 10; i++)
    append_row (rows, i + 2, "A", "José");
  set_up (&f, rows);
  for (guint i = 0; i < 20000; i++)
    kobra_table_set_text (f.table, i % 10, 1 + i % 3, i % 4 < 2 ? "x" : "");
  compare_with_full_check (&f);
  tear_down (&f);
}

static void
test_records_of_a_table_made_by_hand (void)
{
  Fixture f;

  set_up (&f, NULL);
  kobra_table_insert_rows (f.table, 0, 3);
  g_assert_cmpuint (kobra_problems_get_count (f.problems, KOBRA_PROBLEM_REQUIRED), ==, 12);
  kobra_table_set_text (f.table, 0, 0, "A");
  kobra_table_set_text (f.table, 2, 0, "A");
  kobra_table_set_text (f.table, 2, 1, "José");
  g_assert_cmpuint (kobra_problems_get_count (f.problems, KOBRA_PROBLEM_DUPLICATE_KEY), ==, 2);
  g_assert_cmpuint (kobra_problems_find (f.problems, 0, KOBRA_ACCOUNT_EXTERNAL_ID)->other_line, ==, 0);
  compare_with_full_check (&f);
  tear_down (&f);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/problems/edits-equal-a-full-check", test_edits_equal_a_full_check);
  g_test_add_func ("/check/problems/a-duplicate-comes-and-goes-with-its-twin", test_a_duplicate_comes_and_goes_with_its_twin);
  g_test_add_func ("/check/problems/one-curp-under-two-ids-names-both-rows", test_one_curp_under_two_ids_names_both_rows);
  g_test_add_func ("/check/problems/one-key-for-all-stays-usable", test_one_key_for_all_stays_usable);
  g_test_add_func ("/check/problems/many-edits-of-few-records", test_many_edits_of_few_records);
  g_test_add_func ("/check/problems/records-of-a-table-made-by-hand", test_records_of_a_table_made_by_hand);
  return g_test_run ();
}
