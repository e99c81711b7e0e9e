/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person decided once of how a column is written, the day first or a decimal comma, is remembered by the saved layout: other files of it are
 * read so by themselves, unless their own cells say otherwise. */
#include "kobra-import-clean.h"
#include "kobra-import-fields.h"
#include "kobra-import-layout.h"
#include "kobra-import-private.h"
#include "kobra-import-remedy.h"
#include "kobra-layout-folder.h"
#include "kobra-schema-accounts.h"
#include "kobra-settings.h"
#include "kobra-test-import.h"
#include "kobra-test.h"

#define LAYOUT "La de siempre"

static const char *const headers[] = { "externalID", "birthdate", "totalPending", NULL };

static void
save_layout (void)
{
  g_autoptr (KobraLayout)     layout = kobra_layout_new_by_header (KOBRA_KIND_ACCOUNTS, headers, 3);
  g_autoptr (KobraLayoutFile) file = kobra_layout_file_new (layout, headers, LAYOUT, KOBRA_IMPORT_NEW);
  g_autoptr (GError)          error = NULL;

  kobra_layout_folder_save (file, &error);
  g_assert_no_error (error);
}

typedef struct
{
  gboolean done;
  GError  *error;
} Waiting;

static void
cleaned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Waiting *waiting = data;
  guint    n_cells;

  kobra_import_clean_finish (KOBRA_IMPORT (source), result, &n_cells, &waiting->error);
  waiting->done = TRUE;
}

static void
mended_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Waiting *waiting = data;
  guint    n_records;

  kobra_import_apply_remedy_finish (KOBRA_IMPORT (source), result, &n_records, &waiting->error);
  waiting->done = TRUE;
}

static KobraImport *
open_sheet (const char *text)
{
  static const KobraOpenOptions options = { .guess_kind = TRUE, .find_layout = TRUE, .clean = TRUE };
  KobraImport     *import = kobra_import_new ();
  g_autofree char *folder = kobra_test_make_folder ();
  g_autofree char *path = g_build_filename (folder, "sheet.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  kobra_test_import_open (import, path, &options);
  kobra_test_remove_folder (folder);
  g_assert_cmpstr (kobra_import_get_layout_name (import), ==, LAYOUT);
  return import;
}

static void
clean (KobraImport *import,
       guint        field,
       KobraFix     fix)
{
  KobraFixes fixes[KOBRA_MAX_FIELDS] = { 0 };
  Waiting    waiting = { FALSE };

  fixes[field] = KOBRA_FIX_BIT (fix);
  kobra_import_clean_async (import, "Clean-Up", fixes, NULL, cleaned_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
}

typedef struct
{
  guint      field;
  KobraFixes answers;
} Memory;

static gboolean
is_remembered (gpointer data)
{
  const Memory               *memory = data;
  g_autoptr (KobraLayoutFile) file = kobra_layout_folder_read (LAYOUT, NULL);

  return file != NULL && kobra_layout_file_get_answers (file)[memory->field] == memory->answers;
}

static void
wait_for_memory (guint      field,
                 KobraFixes answers)
{
  Memory memory = { field, answers };

  kobra_test_wait_for (is_remembered, &memory);
}

/* What is decided, and what becomes of a text in the next file and of one in a file whose other cell says otherwise. */
static const struct
{
  const char *name;
  guint       field;
  KobraFix    fix;
  const char *text, *cleaned;
  const char *other, *contrary; /* the second text by the first, which decides for both */
} cases[] = {
  { "day-first", KOBRA_ACCOUNT_BIRTHDATE, KOBRA_FIX_DAY_FIRST, "03/04/1980", "1980-04-03", "04/13/1980", "1980-03-04" },
  { "month-first", KOBRA_ACCOUNT_BIRTHDATE, KOBRA_FIX_MONTH_FIRST, "03/04/1980", "1980-03-04", "13/04/1980", "1980-04-03" },
  { "decimal-comma", KOBRA_ACCOUNT_TOTAL_PENDING, KOBRA_FIX_DECIMAL_COMMA, "$1.234", "1234", "\"$1,234.50\"", "1.234" },
  { "decimal-point", KOBRA_ACCOUNT_TOTAL_PENDING, KOBRA_FIX_DECIMAL_POINT, "$1.234", "1.234", "\"$1.234,50\"", "1234" },
};

/* One record, or two. */
static char *
make_sheet (guint       field,
            const char *first,
            const char *second)
{
  GString *sheet = g_string_new ("externalID,birthdate,totalPending\n");

  g_string_append_printf (sheet, field == KOBRA_ACCOUNT_BIRTHDATE ? "A-1,%s,1\n" : "A-1,1970-01-01,%s\n", first);
  if (second != NULL)
    g_string_append_printf (sheet, field == KOBRA_ACCOUNT_BIRTHDATE ? "A-2,%s,1\n" : "A-2,1970-01-01,%s\n", second);
  return g_string_free (sheet, FALSE);
}

static void
test_remembered_by_layout (gconstpointer data)
{
  gsize                   i = GPOINTER_TO_SIZE (data);
  guint                   field = cases[i].field;
  g_autofree char        *sheet = make_sheet (field, cases[i].text, NULL), *contrary = make_sheet (field, cases[i].text, cases[i].other);
  g_autoptr (KobraImport) first = NULL, second = NULL, third = NULL, fourth = NULL;

  save_layout ();
  first = open_sheet (sheet);
  g_assert_cmpstr (kobra_import_get_field (first, 0, field), ==, cases[i].text);
  clean (first, field, cases[i].fix);
  g_assert_cmpstr (kobra_import_get_field (first, 0, field), ==, cases[i].cleaned);
  wait_for_memory (field, KOBRA_FIX_BIT (cases[i].fix));

  second = open_sheet (sheet);
  g_assert_cmpstr (kobra_import_get_field (second, 0, field), ==, cases[i].cleaned);
  g_assert_cmpuint (kobra_import_get_n_fixed (second), ==, 1);
  third = open_sheet (contrary);
  g_assert_cmpstr (kobra_import_get_field (third, 0, field), ==, cases[i].contrary);

  kobra_table_undo (kobra_import_get_table (first));
  g_assert_cmpstr (kobra_import_get_field (first, 0, field), ==, cases[i].text);
  wait_for_memory (field, 0);
  fourth = open_sheet (sheet);
  g_assert_cmpstr (kobra_import_get_field (fourth, 0, field), ==, cases[i].text);
  kobra_table_redo (kobra_import_get_table (first));
  wait_for_memory (field, KOBRA_FIX_BIT (cases[i].fix));
}

/* The way that is chosen in the panel of problems is an answer as well; where there was nothing to choose, there is none. */
static void
test_remedy (void)
{
  g_autoptr (KobraImport) import = NULL;
  Waiting                 waiting = { FALSE };

  save_layout ();
  import = open_sheet ("externalID,birthdate,totalPending\nA-1,03/04/1980,1\n");
  kobra_import_apply_remedy_async (import, "Fix", KOBRA_PROBLEM_NOT_A_DATE, KOBRA_ACCOUNT_BIRTHDATE, KOBRA_FIX_MONTH_FIRST, NULL, mended_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
  g_assert_cmpstr (kobra_import_get_field (import, 0, KOBRA_ACCOUNT_BIRTHDATE), ==, "1980-03-04");
  wait_for_memory (KOBRA_ACCOUNT_BIRTHDATE, KOBRA_FIX_BIT (KOBRA_FIX_MONTH_FIRST));

  waiting.done = FALSE;
  g_assert_true (kobra_import_set_fields (import, "Edit", 0, (const guint[]) { KOBRA_ACCOUNT_TOTAL_PENDING }, (const char *const[]) { "N/A" }, 1));
  kobra_import_apply_remedy_async (import, "Fix", KOBRA_PROBLEM_NOT_A_NUMBER, KOBRA_ACCOUNT_TOTAL_PENDING, KOBRA_FIX_NONE, NULL, mended_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
  wait_for_memory (KOBRA_ACCOUNT_TOTAL_PENDING, 0);
}

/* They are part of the layout: saved under another name, exported, kept with the import in the journal, and gone with the column they were about. */
static void
test_part_of_the_layout (void)
{
  g_autoptr (KobraImport)     import = NULL;
  g_autoptr (KobraLayoutFile) other = NULL, exported = NULL;
  g_autoptr (KobraLayout)     layout = NULL;
  g_autoptr (GError)          error = NULL;
  g_autofree char            *settings_text = NULL, *folder = kobra_test_make_folder (), *path = g_build_filename (folder, "layout.json", NULL);
  g_autoptr (GFile)           file = g_file_new_for_path (path);
  KobraSettings               settings = { 0 };

  save_layout ();
  import = open_sheet ("externalID,birthdate,totalPending\nA-1,03/04/1980,1\n");
  clean (import, KOBRA_ACCOUNT_BIRTHDATE, KOBRA_FIX_DAY_FIRST);
  settings_text = kobra_import_dup_settings (import);
  g_assert_true (kobra_settings_parse (settings_text, "accounts", &settings));
  g_assert_cmpuint (settings.layout->answers[KOBRA_ACCOUNT_BIRTHDATE], ==, KOBRA_FIX_BIT (KOBRA_FIX_DAY_FIRST));

  kobra_import_save_layout (import, "Otra", &error);
  g_assert_no_error (error);
  other = kobra_layout_folder_read ("Otra", &error);
  g_assert_no_error (error);
  g_assert_true (kobra_layout_file_write (other, file, &error));
  exported = kobra_layout_file_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kobra_layout_file_get_answers (exported)[KOBRA_ACCOUNT_BIRTHDATE], ==, KOBRA_FIX_BIT (KOBRA_FIX_DAY_FIRST));
  kobra_test_remove_folder (folder);

  layout = kobra_layout_copy (settings.layout);
  kobra_layout_set_field (layout, 2, KOBRA_ACCOUNT_BIRTHDATE);
  g_assert_cmpuint (layout->answers[KOBRA_ACCOUNT_BIRTHDATE], ==, 0);
  kobra_settings_clear (&settings);
}

/* What a newer version decided, and what is no answer, does nothing. */
static void
test_unknown_answers (void)
{
  g_autofree char            *folder = kobra_test_make_folder (), *path = g_build_filename (folder, "layout.json", NULL);
  g_autoptr (GError)          error = NULL;
  g_autoptr (KobraLayoutFile) file = NULL;

  g_assert_true (g_file_set_contents (path, "{\"columns\":[],\"answers\":[{\"field\":\"birthdate\",\"fix\":\"week-first\"},{\"field\":\"birthdate\",\"fix\":\"mojibake\"}]}", -1, NULL));
  file = kobra_layout_file_read (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (kobra_layout_file_get_answers (file)[KOBRA_ACCOUNT_BIRTHDATE], ==, 0);
  kobra_test_remove_folder (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/import/answers/", cases[i].name, GSIZE_TO_POINTER (i), test_remembered_by_layout);
  g_test_add_func ("/import/answers/remedy", test_remedy);
  g_test_add_func ("/import/answers/part-of-the-layout", test_part_of_the_layout);
  g_test_add_func ("/import/answers/unknown", test_unknown_answers);
  return g_test_run ();
}
