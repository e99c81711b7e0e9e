/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kobra-check.h"
#include "kobra-schema-accounts.h"
#include "kobra-test.h"

#define N_COLUMNS 4u

/* The last column is no field. */
static const gint16 fields[N_COLUMNS] = { KOBRA_ACCOUNT_EXTERNAL_ID, KOBRA_ACCOUNT_NAME, KOBRA_ACCOUNT_BIRTHDATE, -1 };

static void
init_rules (KobraRules *rules)
{
  g_autoptr (GDate) today = g_date_new_dmy (1, 6, 2025);

  kobra_rules_init (rules, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_PERSONAL, today);
}

/* Rows of N_COLUMNS cells, in lines from 2 on, ended by NULL. */
static KobraFrozen *
make_table (const char *const *cells)
{
  g_autoptr (KobraRows) rows = kobra_rows_new ();

  for (guint row = 0; cells[row * N_COLUMNS] != NULL; row++)
    g_assert_true (kobra_rows_append (rows, row + 2, cells + row * N_COLUMNS, N_COLUMNS));
  return kobra_rows_freeze (rows);
}

/* Keys of which some are shared, dates of which some are none; @n_rows of them. */
static KobraFrozen *
make_large_table (guint n_rows)
{
  g_autoptr (KobraRows) rows = kobra_rows_new ();

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *id = g_strdup_printf ("A-%u", i % 1000 == 0 ? 0 : i);
      g_autofree char *note = g_strdup_printf ("%u", i);
      const char      *cells[] = { id, i % 3000 == 0 ? "Íñigo" : "José", i % 7 == 0 ? "31/12/1980" : "1980-12-31", note };

      g_assert_true (kobra_rows_append (rows, i + 2, cells, N_COLUMNS));
    }
  return kobra_rows_freeze (rows);
}

static KobraProblems *
check (KobraFrozen *table,
       guint        n_threads)
{
  g_autoptr (GError) error = NULL;
  KobraRules     rules;
  KobraProblems *problems;

  init_rules (&rules);
  problems = kobra_check_table (table, fields, N_COLUMNS, &rules, n_threads, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (problems);
  return problems;
}

static char *
dump (KobraProblems *problems,
      guint          n_rows)
{
  GString *text = g_string_new (NULL);

  for (guint32 id = 0; id < n_rows; id++)
    {
      guint               n;
      const KobraProblem *list = kobra_problems_get (problems, id, &n);

      for (guint i = 0; i < n; i++)
        g_string_append_printf (text, "%u %s %u %u\n", id, kobra_problem_get_name ((KobraProblemCode) list[i].code), list[i].field, list[i].other_line);
    }
  return g_string_free (text, FALSE);
}

/* Tables of four rows at most, and the line that each row's duplicate points to: 0 if it has none. */
static const struct
{
  const char *name;
  const char *cells[5 * N_COLUMNS];
  guint       other_lines[4];
} duplicates[] = {
  { "none", { "A", "José", "", "", "B", "José", "", "" }, { 0, 0 } },
  { "twins", { "A", "José", "", "", "A", "José", "", "" }, { 0, 0 } },
  { "twins-but-for-what-is-no-field", { "A", "José", "", "1", "A", "José", "", "2" }, { 0, 0 } },
  { "pair", { "A", "José", "", "", "A", "Íñigo", "", "" }, { 3, 2 } },
  { "pair-with-another-between", { "A", "José", "", "", "B", "José", "", "", "A", "Íñigo", "", "" }, { 4, 0, 2 } },
  { "twins-and-one", { "A", "José", "", "", "A", "José", "", "", "A", "Íñigo", "", "" }, { 4, 4, 2 } },
  { "one-and-twins", { "A", "Íñigo", "", "", "A", "José", "", "", "A", "José", "", "" }, { 3, 2, 2 } },
  { "empty-keys", { "", "José", "", "", "", "Íñigo", "", "" }, { 0, 0 } },
  { "not-trimmed", { "A", "José", "", "", "A ", "Íñigo", "", "" }, { 0, 0 } },
  { "not-folded", { "a", "José", "", "", "A", "Íñigo", "", "" }, { 0, 0 } },
  { "a-text-is-not-another-split", { "A", "ab", "", "", "A", "a", "", "" }, { 3, 2 } },
};

static void
test_duplicates (gconstpointer data)
{
  gsize at = GPOINTER_TO_SIZE (data);
  g_autoptr (KobraFrozen)   table = make_table (duplicates[at].cells);
  g_autoptr (KobraProblems) problems = check (table, 2);

  for (guint32 id = 0; id < table->n_rows; id++)
    {
      const KobraProblem *problem = kobra_problems_find (problems, id, KOBRA_ACCOUNT_EXTERNAL_ID);

      if (problem != NULL && problem->code == KOBRA_PROBLEM_REQUIRED)
        problem = NULL;
      g_assert_cmpuint (problem != NULL ? problem->other_line : 0, ==, duplicates[at].other_lines[id]);
      if (problem == NULL)
        continue;
      g_assert_cmpint (problem->code, ==, KOBRA_PROBLEM_DUPLICATE_KEY);
      g_assert_true (kobra_problems_has_error (problems, id));
    }
}

static void
test_threads_find_the_same (void)
{
  g_autoptr (KobraFrozen)   table = make_large_table (20000);
  g_autoptr (KobraProblems) one = check (table, 1);
  g_autofree char          *expected = dump (one, table->n_rows);
  static const guint        n_threads[] = { 2, 3, 16, 0, 1000 };

  for (gsize i = 0; i < G_N_ELEMENTS (n_threads); i++)
    {
      g_autoptr (KobraProblems) some = check (table, n_threads[i]);
      g_autofree char          *found = dump (some, table->n_rows);

      g_assert_cmpstr (found, ==, expected);
    }
}

static void
test_counts (void)
{
  const char *cells[] = { "A", "José", "", "", "B", "José", "31/12/1980", "", "C", "José", "2080-12-31", "", "D", "José", "1980-12-31", "", NULL };
  g_autoptr (KobraFrozen)   table = make_table (cells);
  g_autoptr (KobraProblems) problems = check (table, 0);
  guint ready, warning, invalid;

  kobra_problems_count_records (problems, &ready, &warning, &invalid);
  g_assert_cmpuint (ready, ==, 2);
  g_assert_cmpuint (warning, ==, 1);
  g_assert_cmpuint (invalid, ==, 1);
  g_assert_cmpuint (kobra_problems_get_count (problems, KOBRA_PROBLEM_NOT_A_DATE), ==, 1);
  g_assert_cmpuint (kobra_problems_get_field_count (problems, KOBRA_PROBLEM_NOT_A_DATE, KOBRA_ACCOUNT_BIRTHDATE), ==, 1);
  g_assert_cmpuint (kobra_problems_get_field_count (problems, KOBRA_PROBLEM_NOT_A_DATE, KOBRA_ACCOUNT_LOAN_DATE), ==, 0);
  g_assert_true (kobra_problems_has_error (problems, 1));
  g_assert_false (kobra_problems_has_warning (problems, 1));
  g_assert_true (kobra_problems_has_warning (problems, 2));
  g_assert_false (kobra_problems_has_error (problems, 2));
  g_assert_null (kobra_problems_find (problems, 0, KOBRA_ACCOUNT_BIRTHDATE));
  g_assert_false (kobra_problems_has_error (problems, 1000000));
}

static void
test_empty_table (void)
{
  const char *none = NULL;
  g_autoptr (KobraFrozen)   table = make_table (&none);
  g_autoptr (KobraProblems) problems = check (table, 0);
  guint ready, warning, invalid;

  kobra_problems_count_records (problems, &ready, &warning, &invalid);
  g_assert_cmpuint (ready + warning + invalid, ==, 0);
}

static void
test_columns_that_rows_lack (void)
{
  g_autoptr (KobraRows) rows = kobra_rows_new ();
  const char *cells[] = { "A", "José", "x", "y", "z" };

  for (guint n = 0; n <= G_N_ELEMENTS (cells); n++)
    g_assert_true (kobra_rows_append (rows, n + 1, cells, n));
  {
    g_autoptr (KobraFrozen)   table = kobra_rows_freeze (rows);
    g_autoptr (KobraProblems) problems = check (table, 0);

    g_assert_cmpuint (kobra_problems_get_count (problems, KOBRA_PROBLEM_REQUIRED), ==, 1);
    g_assert_cmpuint (kobra_problems_get_count (problems, KOBRA_PROBLEM_NOT_A_DATE), ==, 3);
    g_assert_cmpuint (kobra_problems_get_count (problems, KOBRA_PROBLEM_DUPLICATE_KEY), ==, 5);
  }
}

static gboolean
find_nothing (guint32      id,
              KobraRecord *record,
              guint32     *line,
              gpointer     data)
{
  return FALSE;
}

/* The keys are borrowed from the table: it may go, they may not. */
static void
test_problems_outlive_the_table (void)
{
  KobraFrozen *table = make_large_table (3000);
  g_autoptr (KobraProblems) problems = check (table, 0);
  KobraRules         rules;
  KobraRecord        record = { .schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS) };
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (guint32));

  kobra_frozen_unref (table);
  init_rules (&rules);
  for (guint i = 0; i < record.schema->n_fields; i++)
    record.texts[i] = "";
  for (guint32 id = 0; id < 3000; id++)
    kobra_problems_update (problems, &rules, id, &record, NULL, find_nothing, NULL, changed);
  g_assert_cmpuint (kobra_problems_get_count (problems, KOBRA_PROBLEM_NOT_A_DATE), ==, 0);
}

typedef struct
{
  GCancellable *cancellable;
  guint         n_calls, last;
} Heard;

static void
progress_cb (guint    n_done,
             guint    n_rows,
             gpointer data)
{
  Heard *heard = data;

  g_assert_cmpuint (n_done, >=, heard->last);
  g_assert_cmpuint (n_done, <=, n_rows);
  heard->last = n_done;
  heard->n_calls++;
  if (heard->cancellable != NULL)
    g_cancellable_cancel (heard->cancellable);
}

static void
test_progress (void)
{
  g_autoptr (KobraFrozen)   table = make_large_table (20000);
  g_autoptr (KobraProblems) problems = NULL;
  g_autoptr (GError)        error = NULL;
  KobraRules rules;
  Heard      heard = { 0 };

  init_rules (&rules);
  problems = kobra_check_table (table, fields, N_COLUMNS, &rules, 1, progress_cb, &heard, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (heard.last, ==, 20000);
  g_assert_cmpuint (heard.n_calls, >, 5);
}

static void
test_cancelled_before_and_during (void)
{
  g_autoptr (KobraFrozen)  table = make_large_table (20000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  KobraRules rules;

  init_rules (&rules);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      Heard              heard = { .cancellable = cancellable };

      /* The first round cancels at the first progress, the second finds it cancelled. */
      g_assert_null (kobra_check_table (table, fields, N_COLUMNS, &rules, 2, progress_cb, &heard, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_cmpuint (heard.n_calls, <=, 1 - i);
    }
}

typedef struct
{
  GAsyncResult *result;
  gboolean      done;
} Waiting;

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Waiting *waiting = data;

  waiting->result = g_object_ref (result);
  waiting->done = TRUE;
}

static void
test_async (void)
{
  KobraFrozen              *table = make_large_table (20000);
  g_autoptr (KobraProblems) expected = check (table, 1), problems = NULL;
  g_autofree char          *expected_text = dump (expected, table->n_rows), *text = NULL;
  gint16                   *borrowed = g_memdup2 (fields, sizeof fields);
  KobraRules               *rules = g_new (KobraRules, 1);
  g_autoptr (GError)        error = NULL;
  Waiting                   waiting = { 0 };
  guint                     n_rows = table->n_rows;

  init_rules (rules);
  kobra_check_table_async (table, borrowed, N_COLUMNS, rules, NULL, checked_cb, &waiting);
  kobra_frozen_unref (table);
  g_free (borrowed);
  g_free (rules);
  kobra_test_wait_for_flag (&waiting.done);
  problems = kobra_check_table_finish (waiting.result, &error);
  g_assert_no_error (error);
  text = dump (problems, n_rows);
  g_assert_cmpstr (text, ==, expected_text);
  g_object_unref (waiting.result);
}

static void
test_async_cancelled (void)
{
  g_autoptr (KobraFrozen)  table = make_large_table (20000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  KobraRules rules;
  Waiting    waiting = { 0 };

  init_rules (&rules);
  kobra_check_table_async (table, fields, N_COLUMNS, &rules, cancellable, checked_cb, &waiting);
  g_cancellable_cancel (cancellable);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_null (kobra_check_table_finish (waiting.result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_object_unref (waiting.result);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (duplicates); i++)
    kobra_test_add_row ("/check/table/duplicates/", duplicates[i].name, GSIZE_TO_POINTER (i), test_duplicates);
  g_test_add_func ("/check/table/threads-find-the-same", test_threads_find_the_same);
  g_test_add_func ("/check/table/counts", test_counts);
  g_test_add_func ("/check/table/empty", test_empty_table);
  g_test_add_func ("/check/table/columns-that-rows-lack", test_columns_that_rows_lack);
  g_test_add_func ("/check/table/problems-outlive-the-table", test_problems_outlive_the_table);
  g_test_add_func ("/check/table/progress", test_progress);
  g_test_add_func ("/check/table/cancelled-before-and-during", test_cancelled_before_and_during);
  g_test_add_func ("/check/table/async", test_async);
  g_test_add_func ("/check/table/async-cancelled", test_async_cancelled);
  return g_test_run ();
}
