/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of problem there is, in one sheet in the real window: the panel counts it, a click leaves the records that have it and goes there, it
 * is explained, a warning can be ignored, and where there is a fix it is shown, done to all, and taken back by one undo. */
#include "kobra-window.h"

#include "kobra-config.h"
#include "kobra-import-choices.h"
#include "kobra-import-fields.h"
#include "kobra-import-remedy.h"
#include "kobra-inspector.h"
#include "kobra-problem-row.h"
#include "kobra-remedy-dialog.h"
#include "kobra-schema-accounts.h"
#include "kobra-sheet.h"
#include "kobra-test.h"
#include "widget-look.h"

#define MAX_ENTRIES 4

typedef struct
{
  guint       field;
  const char *text;
} Entry;

/* One record each, or two that are alike but for their IDs. The first entry is where the problem is. */
static const struct
{
  KobraProblemCode code;
  Entry            entries[MAX_ENTRIES];
  guint            n_records;
  Entry            fixed; /* what the fix makes of the record; no text: there is none */
} kinds[] = {
  { KOBRA_PROBLEM_REQUIRED, { { KOBRA_ACCOUNT_NAME, "" } }, 1, { 0 } },
  { KOBRA_PROBLEM_TOO_LONG, { { KOBRA_ACCOUNT_PHONE_NUMBER, "(55) 1234-5678" } }, 2, { KOBRA_ACCOUNT_PHONE_NUMBER, "5512345678" } },
  { KOBRA_PROBLEM_NOT_A_NUMBER, { { KOBRA_ACCOUNT_INITIAL_CAPITAL, "$1,234.50" } }, 2, { KOBRA_ACCOUNT_INITIAL_CAPITAL, "1234.50" } },
  { KOBRA_PROBLEM_NOT_AN_INTEGER, { { KOBRA_ACCOUNT_OVERDUE_DAYS, "12.0" } }, 2, { KOBRA_ACCOUNT_OVERDUE_DAYS, "12" } },
  { KOBRA_PROBLEM_NUMBER_TOO_LARGE, { { KOBRA_ACCOUNT_LAST_PAYMENT_AMOUNT, "1000000000000000" } }, 1, { 0 } },
  { KOBRA_PROBLEM_NEGATIVE, { { KOBRA_ACCOUNT_BRANCH_ID, "-1" } }, 1, { 0 } },
  { KOBRA_PROBLEM_NOT_A_BOOLEAN, { { KOBRA_ACCOUNT_INACTIVE, "sí" } }, 2, { KOBRA_ACCOUNT_INACTIVE, "true" } },
  { KOBRA_PROBLEM_NOT_A_DATE, { { KOBRA_ACCOUNT_LOAN_DATE, "03/04/2024" } }, 2, { KOBRA_ACCOUNT_LOAN_DATE, "2024-04-03" } },
  { KOBRA_PROBLEM_NO_SUCH_DAY, { { KOBRA_ACCOUNT_ADDRESS_DATE, "2151-01-01" } }, 1, { 0 } },
  { KOBRA_PROBLEM_NOT_A_CHOICE, { { KOBRA_ACCOUNT_CIVIL_STATUS, "CASADO" } }, 2, { KOBRA_ACCOUNT_CIVIL_STATUS, "C" } },
  { KOBRA_PROBLEM_CONTROL_CHARACTER, { { KOBRA_ACCOUNT_STREET, "Ju\001árez" } }, 2, { KOBRA_ACCOUNT_STREET, "Juárez" } },
  { KOBRA_PROBLEM_FORMULA_ERROR, { { KOBRA_ACCOUNT_CITY, "#REF!" } }, 1, { 0 } },
  { KOBRA_PROBLEM_DUPLICATE_KEY, { { KOBRA_ACCOUNT_EXTERNAL_ID, "TWICE" } }, 2, { 0 } },
  { KOBRA_PROBLEM_RFC_FORM, { { KOBRA_ACCOUNT_RFC, "GODE561231-GR8" } }, 2, { KOBRA_ACCOUNT_RFC, "GODE561231GR8" } },
  { KOBRA_PROBLEM_RFC_CHECK_DIGIT, { { KOBRA_ACCOUNT_RFC, "GODE561231GR9" } }, 1, { 0 } },
  { KOBRA_PROBLEM_RFC_WORD, { { KOBRA_ACCOUNT_RFC, "PEDO801231AB6" } }, 1, { 0 } },
  { KOBRA_PROBLEM_RFC_NAME, { { KOBRA_ACCOUNT_RFC, "PEGJ801231AB0" }, { KOBRA_ACCOUNT_FIRST_SURNAME, "Peña" }, { KOBRA_ACCOUNT_SECOND_SURNAME, "García" } }, 1, { 0 } },
  { KOBRA_PROBLEM_RFC_BIRTHDATE, { { KOBRA_ACCOUNT_RFC, "PEGJ801231AB0" }, { KOBRA_ACCOUNT_BIRTHDATE, "1980-12-30" } }, 1, { 0 } },
  { KOBRA_PROBLEM_CURP_SHARED, { { KOBRA_ACCOUNT_CURP, "ROSA000229XNLDLNB5" } }, 2, { 0 } },
  { KOBRA_PROBLEM_RFC_CURP, { { KOBRA_ACCOUNT_RFC, "PEGJ801230AB4" }, { KOBRA_ACCOUNT_CURP, "PEGJ801231HDFRRN00" } }, 1, { 0 } },
  { KOBRA_PROBLEM_CURP_FORM, { { KOBRA_ACCOUNT_CURP, "n/a" } }, 2, { KOBRA_ACCOUNT_CURP, "" } },
  { KOBRA_PROBLEM_CURP_CHECK_DIGIT, { { KOBRA_ACCOUNT_CURP, "PEGJ801231HDFRRN01" } }, 1, { 0 } },
  { KOBRA_PROBLEM_CURP_WORD, { { KOBRA_ACCOUNT_CURP, "PEDO801231HDFRRN08" } }, 1, { 0 } },
  { KOBRA_PROBLEM_CURP_NAME, { { KOBRA_ACCOUNT_CURP, "PEGJ801231HDFRRN00" }, { KOBRA_ACCOUNT_FIRST_SURNAME, "Peña" }, { KOBRA_ACCOUNT_SECOND_SURNAME, "García" } }, 1, { 0 } },
  { KOBRA_PROBLEM_CURP_BIRTHDATE, { { KOBRA_ACCOUNT_CURP, "PEGJ801231HDFRRN00" }, { KOBRA_ACCOUNT_BIRTHDATE, "1980-12-30" } }, 1, { 0 } },
  { KOBRA_PROBLEM_CURP_GENDER, { { KOBRA_ACCOUNT_CURP, "PEGJ801231HDFRRN00" }, { KOBRA_ACCOUNT_GENDER, "F" } }, 1, { 0 } },
  { KOBRA_PROBLEM_CLABE_FORM, { { KOBRA_ACCOUNT_BANK_CLABE, "002-11501600326941-1" } }, 2, { KOBRA_ACCOUNT_BANK_CLABE, "002115016003269411" } },
  { KOBRA_PROBLEM_CLABE_CHECK_DIGIT, { { KOBRA_ACCOUNT_BANK_CLABE, "002115016003269412" } }, 1, { 0 } },
  { KOBRA_PROBLEM_CLABE_BANK, { { KOBRA_ACCOUNT_BANK_CLABE, "999115016003269414" } }, 1, { 0 } },
  { KOBRA_PROBLEM_CLABE_PLACE, { { KOBRA_ACCOUNT_BANK_CLABE, "002099016003269414" } }, 1, { 0 } },
  { KOBRA_PROBLEM_VOTER_KEY, { { KOBRA_ACCOUNT_IFE, "PEGJ" } }, 1, { 0 } },
  { KOBRA_PROBLEM_POSTAL_CODE, { { KOBRA_ACCOUNT_POSTAL_CODE, "6700" } }, 2, { KOBRA_ACCOUNT_POSTAL_CODE, "06700" } },
  { KOBRA_PROBLEM_POSTAL_CODE_UNKNOWN, { { KOBRA_ACCOUNT_POSTAL_CODE, "00100" } }, 1, { 0 } },
  { KOBRA_PROBLEM_POSTAL_CODE_STATE, { { KOBRA_ACCOUNT_POSTAL_CODE, "44100" }, { KOBRA_ACCOUNT_STATE, "Colima" } }, 2, { KOBRA_ACCOUNT_STATE, "Jalisco" } },
  { KOBRA_PROBLEM_PHONE, { { KOBRA_ACCOUNT_CELLPHONE_NUMBER, "55 1234 5678" } }, 2, { KOBRA_ACCOUNT_CELLPHONE_NUMBER, "5512345678" } },
  { KOBRA_PROBLEM_EMAIL, { { KOBRA_ACCOUNT_EMAIL, "ana @ correo.mx" } }, 2, { KOBRA_ACCOUNT_EMAIL, "ana@correo.mx" } },
  { KOBRA_PROBLEM_BIRTHDATE_FUTURE, { { KOBRA_ACCOUNT_BIRTHDATE, "2149-01-01" } }, 1, { 0 } },
  { KOBRA_PROBLEM_BIRTHDATE_TOO_OLD, { { KOBRA_ACCOUNT_BIRTHDATE, "1860-01-01" } }, 1, { 0 } },
  { KOBRA_PROBLEM_DATE_FUTURE, { { KOBRA_ACCOUNT_ADDRESS_DATE, "2149-01-01" } }, 1, { 0 } },
  { KOBRA_PROBLEM_DATE_BEFORE_BIRTH, { { KOBRA_ACCOUNT_LOAN_DATE, "1980-01-01" }, { KOBRA_ACCOUNT_BIRTHDATE, "1990-01-01" } }, 1, { 0 } },
  { KOBRA_PROBLEM_PAYMENT_BEFORE_LOAN, { { KOBRA_ACCOUNT_LAST_PAYMENT_DATE, "2024-01-01" }, { KOBRA_ACCOUNT_LOAN_DATE, "2024-02-01" } }, 1, { 0 } },
  { KOBRA_PROBLEM_AMOUNT_NEGATIVE, { { KOBRA_ACCOUNT_REQUIRED_PAYMENT, "-5" } }, 1, { 0 } },
  { KOBRA_PROBLEM_TOTAL_PENDING, { { KOBRA_ACCOUNT_TOTAL_PENDING, "120" }, { KOBRA_ACCOUNT_PENDING_CAPITAL, "100" }, { KOBRA_ACCOUNT_IVA, "16" } }, 2, { KOBRA_ACCOUNT_TOTAL_PENDING, "116.00" } },
  { KOBRA_PROBLEM_TOTAL_PAID, { { KOBRA_ACCOUNT_TOTAL_PAID, "120" }, { KOBRA_ACCOUNT_PAID_CAPITAL, "100" }, { KOBRA_ACCOUNT_PAID_ORDINARY_INTEREST, "16" } }, 2, { KOBRA_ACCOUNT_TOTAL_PAID, "116.00" } },
  { KOBRA_PROBLEM_COORDINATE_RANGE, { { KOBRA_ACCOUNT_LAT, "91" } }, 1, { 0 } },
  { KOBRA_PROBLEM_COORDINATES_SWAPPED, { { KOBRA_ACCOUNT_LAT, "-99.1" }, { KOBRA_ACCOUNT_LNG, "19.4" } }, 2, { KOBRA_ACCOUNT_LAT, "19.4" } },
  { KOBRA_PROBLEM_COORDINATES_ABROAD, { { KOBRA_ACCOUNT_LAT, "40.4" }, { KOBRA_ACCOUNT_LNG, "-3.7" }, { KOBRA_ACCOUNT_NATIONALITY, "MX" } }, 1, { 0 } },
  { KOBRA_PROBLEM_DIGITS_LOST, { { KOBRA_ACCOUNT_BANK_REFERENCE, "1.23E+17" } }, 1, { 0 } },
};

static KobraWindow *window;
static KobraImport *import;
static guint        first_rows[G_N_ELEMENTS (kinds)]; /* of each kind's records */

static void
add_record (gsize kind,
            guint number)
{
  KobraRecord      record = { .schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS) };
  g_autofree char *id = g_strdup_printf ("K-%" G_GSIZE_FORMAT "-%u", kind, number);
  int              row;

  for (guint i = 0; i < record.schema->n_fields; i++)
    record.texts[i] = "";
  record.texts[KOBRA_ACCOUNT_EXTERNAL_ID] = id;
  record.texts[KOBRA_ACCOUNT_PRODUCT_ID] = "1";
  record.texts[KOBRA_ACCOUNT_CURRENCY_CODE] = "MX";
  record.texts[KOBRA_ACCOUNT_NAME] = number == 0 ? "Rosa" : "Zoe";
  for (gsize i = 0; i < MAX_ENTRIES && kinds[kind].entries[i].text != NULL; i++)
    record.texts[kinds[kind].entries[i].field] = kinds[kind].entries[i].text;
  row = kobra_import_append_record (import, &record);
  g_assert_cmpint (row, >=, 0);
  if (number == 0)
    first_rows[kind] = (guint) row;
}

/* A row of the panel, of @code in @place; ignored kinds are of no field. NULL if there is none. */
static KobraProblemRow *
find_row (GtkWidget       *widget,
          KobraProblemCode code,
          guint            place,
          gboolean         ignored)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      KobraProblemRow *found = KOBRA_IS_PROBLEM_ROW (child) ? KOBRA_PROBLEM_ROW (child) : find_row (child, code, place, ignored);

      if (found != NULL && kobra_problem_row_get_code (found) == code && kobra_problem_row_get_place (found) == place && gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (found)) == !ignored)
        return found;
    }
  return NULL;
}

typedef struct
{
  gsize kind;
  guint n; /* so many records have the problem */
} Goal;

static guint
count_records (gsize kind)
{
  return kobra_import_count_problems (import, kinds[kind].code, kinds[kind].entries[0].field);
}

/* The panel says how many there are. */
static gboolean
is_counted (gpointer data)
{
  const Goal      *goal = data;
  KobraProblemRow *row = find_row (GTK_WIDGET (window), kinds[goal->kind].code, kinds[goal->kind].entries[0].field, FALSE);
  g_autofree char *count = g_strdup_printf ("%u", goal->n);

  if (count_records (goal->kind) != goal->n)
    return FALSE;
  return goal->n == 0 ? row == NULL : row != NULL && look_says (GTK_WIDGET (row), count);
}

static gboolean
is_ignored (gpointer data)
{
  const Goal *goal = data;

  return goal->n == 0 && find_row (GTK_WIDGET (window), kinds[goal->kind].code, 0, TRUE) != NULL && is_counted (data);
}

static KobraSheet *
get_sheet (void)
{
  return KOBRA_SHEET (look_for (GTK_WIDGET (window), KOBRA_TYPE_SHEET, NULL));
}

/* The sheet shows those records alone, and its cursor is on the cell. */
static gboolean
is_there (gpointer data)
{
  const Goal      *goal = data;
  KobraSheetModel *model = kobra_sheet_get_model (get_sheet ());
  int              row = kobra_sheet_get_cursor_row (get_sheet ()), column = kobra_sheet_get_cursor_column (get_sheet ());

  return kobra_sheet_model_get_n_rows (model) == goal->n && row == 0 && column >= 0 &&
         g_str_equal (kobra_sheet_model_peek_text (model, (guint) row, (guint) column), kinds[goal->kind].entries[0].text);
}

static gboolean
shows_preview (gpointer data)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  GtkWidget *button = dialog != NULL ? look_for (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "suggested-action") : NULL;

  return button != NULL && gtk_widget_get_sensitive (button);
}

static gboolean
has_no_dialog (gpointer data)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) == NULL;
}

/* What the record says in all of its fields. */
static char *
dup_record (guint row)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < KOBRA_N_ACCOUNT_FIELDS; i++)
    g_string_append_printf (texts, "%s\n", kobra_import_get_field (import, row, i));
  return g_string_free (texts, FALSE);
}

static void
fix_all (gsize            kind,
         guint            n,
         KobraProblemRow *row)
{
  g_autofree char *before = dup_record (first_rows[kind]), *change = NULL, *again = NULL;
  GtkWidget       *dialog;
  Goal             all = { kind, n }, fixed = { kind, n - kinds[kind].n_records };

  g_signal_emit_by_name (look_for (GTK_WIDGET (row), GTK_TYPE_BUTTON, "problem-fix"), "clicked");
  kobra_test_wait_for (shows_preview, NULL);
  dialog = GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
  change = kobra_clean_dup_change (kobra_import_get_field (import, first_rows[kind], kinds[kind].fixed.field), kinds[kind].fixed.text, 60);
  if (kinds[kind].code != KOBRA_PROBLEM_COORDINATES_SWAPPED)
    g_assert_true (look_says (dialog, change));
  g_signal_emit_by_name (look_for (dialog, GTK_TYPE_BUTTON, "suggested-action"), "clicked");
  kobra_test_wait_for (is_counted, &fixed);
  kobra_test_wait_for (has_no_dialog, NULL);
  for (guint i = 0; i < kinds[kind].n_records; i++)
    g_assert_cmpstr (kobra_import_get_field (import, first_rows[kind] + i, kinds[kind].fixed.field), ==, kinds[kind].fixed.text);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.undo", NULL);
  kobra_test_wait_for (is_counted, &all);
  again = dup_record (first_rows[kind]);
  g_assert_cmpstr (again, ==, before);
}

static void
ignore (gsize            kind,
        guint            n,
        KobraProblemRow *row)
{
  GtkWidget *popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (look_for (GTK_WIDGET (row), GTK_TYPE_MENU_BUTTON, NULL))));
  GtkWidget *button = look_for (popover, GTK_TYPE_BUTTON, NULL);
  Goal       none = { kind, 0 }, all = { kind, n };

  g_assert_true (look_says (popover, kobra_problem_get_explanation (kinds[kind].code)));
  g_assert_cmpint (gtk_widget_get_visible (button), ==, kobra_problem_get_severity (kinds[kind].code) == KOBRA_SEVERITY_WARNING);
  if (!gtk_widget_get_visible (button))
    return;
  g_signal_emit_by_name (button, "clicked");
  kobra_test_wait_for (is_ignored, &none);
  g_assert_true (kobra_import_ignores (import, kinds[kind].code));
  row = find_row (GTK_WIDGET (window), kinds[kind].code, 0, TRUE);
  popover = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (look_for (GTK_WIDGET (row), GTK_TYPE_MENU_BUTTON, NULL))));
  g_signal_emit_by_name (look_for (popover, GTK_TYPE_BUTTON, NULL), "clicked");
  kobra_test_wait_for (is_counted, &all);
}

static void
test_kind (gconstpointer data)
{
  gsize             kind = GPOINTER_TO_SIZE (data);
  guint             place = kinds[kind].entries[0].field;
  const KobraField *field = &kobra_import_get_schema (import)->fields[place];
  Goal              goal = { kind, count_records (kind) };
  KobraProblemRow  *row;

  g_assert_cmpuint (goal.n, >=, kinds[kind].n_records);
  kobra_test_wait_for (is_counted, &goal);
  row = find_row (GTK_WIDGET (window), kinds[kind].code, place, FALSE);
  g_assert_true (look_says (GTK_WIDGET (row), kobra_problem_get_title (kinds[kind].code)));
  g_assert_true (look_says (GTK_WIDGET (row), field->label));
  g_assert_nonnull (look_for (GTK_WIDGET (row), GTK_TYPE_IMAGE, kobra_problem_get_severity (kinds[kind].code) == KOBRA_SEVERITY_ERROR ? "error" : "warning"));

  g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (row)), "row-activated", row);
  kobra_test_wait_for (is_there, &goal);
  /* The form follows, though it is the same row of the sheet for every kind. */
  g_assert_true (look_says (look_for (GTK_WIDGET (window), KOBRA_TYPE_INSPECTOR, NULL), kobra_sheet_model_peek_text (kobra_sheet_get_model (get_sheet ()), 0, 0)));

  g_assert_cmpint (kobra_remedy_exists (kinds[kind].code, field), ==, kinds[kind].fixed.text != NULL);
  g_assert_cmpint (gtk_widget_get_visible (look_for (GTK_WIDGET (row), GTK_TYPE_BUTTON, "problem-fix")), ==, kinds[kind].fixed.text != NULL);
  if (kinds[kind].fixed.text != NULL)
    fix_all (kind, goal.n, row);
  ignore (kind, goal.n, find_row (GTK_WIDGET (window), kinds[kind].code, place, FALSE));
}

static gboolean
shows_way_out (gpointer data)
{
  AdwDialog *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window));
  GtkWidget *button = dialog != NULL ? look_for (GTK_WIDGET (dialog), GTK_TYPE_BUTTON, "pill") : NULL;

  return button != NULL && gtk_widget_get_mapped (button);
}

static gboolean
is_at_gender (gpointer data)
{
  int row = kobra_sheet_get_cursor_row (get_sheet ()), column = kobra_sheet_get_cursor_column (get_sheet ());

  return kobra_sheet_model_get_n_rows (kobra_sheet_get_model (get_sheet ())) == 1 && column >= 0 &&
         g_str_equal (kobra_sheet_model_peek_text (kobra_sheet_get_model (get_sheet ()), (guint) row, (guint) column), "quizás");
}

static gboolean
has_gender_row (gpointer data)
{
  return find_row (GTK_WIDGET (window), KOBRA_PROBLEM_NOT_A_CHOICE, KOBRA_ACCOUNT_GENDER, FALSE) != NULL;
}

/* Where nothing helps, that is said, and a button leads to the cells. */
static void
test_needs_a_person (void)
{
  static const guint       fields[] = { KOBRA_ACCOUNT_GENDER };
  static const char *const texts[] = { "quizás" };
  KobraProblemRow         *row;

  g_assert_true (kobra_import_set_fields (import, "Edit", first_rows[0], fields, texts, 1));
  kobra_test_wait_for (has_gender_row, NULL);
  row = find_row (GTK_WIDGET (window), KOBRA_PROBLEM_NOT_A_CHOICE, KOBRA_ACCOUNT_GENDER, FALSE);
  g_signal_emit_by_name (look_for (GTK_WIDGET (row), GTK_TYPE_BUTTON, "problem-fix"), "clicked");
  kobra_test_wait_for (shows_way_out, NULL);
  g_signal_emit_by_name (look_for (GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window))), GTK_TYPE_BUTTON, "pill"), "clicked");
  kobra_test_wait_for (is_at_gender, NULL);
  kobra_test_wait_for (has_no_dialog, NULL);
  kobra_table_undo (kobra_import_get_table (import));
}

static gboolean
has_size (gpointer row)
{
  return gtk_widget_get_width (row) > 0;
}

/* How far the right edge of a widget is from the left one of the window. */
static int
find_right_edge (GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (window), &bounds));
  return (int) (bounds.origin.x + bounds.size.width);
}

typedef struct
{
  int   count, fix; /* where the first that was met ends, or 0 */
  guint n_rows;
} Edges;

static void
check_edges (GtkWidget *widget,
             Edges     *edges)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (KOBRA_IS_PROBLEM_ROW (child) && gtk_widget_get_mapped (child))
      {
        int count = find_right_edge (look_for (child, GTK_TYPE_LABEL, "problem-count"));
        int fix = find_right_edge (look_for (child, GTK_TYPE_BUTTON, "problem-fix"));

        edges->count = edges->count > 0 ? edges->count : count;
        g_assert_cmpint (count, ==, edges->count);
        edges->n_rows++;
        if (!gtk_widget_get_visible (look_for (child, GTK_TYPE_BUTTON, "problem-fix")))
          continue;
        edges->fix = edges->fix > 0 ? edges->fix : fix;
        g_assert_cmpint (fix, ==, edges->fix);
      }
    else
      check_edges (child, edges);
}

/* The counts stand below each other, whether or not there is a fix, and so do the fixes. */
static void
test_lines_up (void)
{
  Goal  goal = { 0, count_records (0) };
  Edges edges = { 0 };

  kobra_test_wait_for (is_counted, &goal);
  kobra_test_wait_for (has_size, find_row (GTK_WIDGET (window), kinds[0].code, kinds[0].entries[0].field, FALSE));
  check_edges (GTK_WIDGET (window), &edges);
  g_assert_cmpuint (edges.n_rows, >=, G_N_ELEMENTS (kinds));
  g_assert_cmpint (edges.fix, >, 0);
}

/* A new kind is not forgotten here. */
static void
test_all_kinds (void)
{
  gboolean is_tried[KOBRA_N_PROBLEMS] = { FALSE };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    is_tried[kinds[i].code] = TRUE;
  for (guint code = KOBRA_PROBLEM_NONE + 1; code < KOBRA_N_PROBLEMS; code++)
    if (!is_tried[code])
      g_error ("nobody tries the problem “%s”", kobra_problem_get_name ((KobraProblemCode) code));
}

static void
open_window (KobraApplication *application)
{
  g_autoptr (GSettings) settings = g_settings_new (KOBRA_APPLICATION_ID);

  g_settings_set_boolean (settings, "inspector-visible", TRUE);
  g_settings_set_string (settings, "inspector-page", "problems");
  window = kobra_window_new (application);
  import = kobra_window_get_import (window);
  kobra_import_start_empty (import, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW);
  for (gsize kind = 0; kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; i < kinds[kind].n_records; i++)
      add_record (kind, i);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 600);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *home = kobra_test_make_folder ();
  g_autoptr (KobraApplication) application = NULL;
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  application = kobra_application_new ();
  g_application_set_flags (G_APPLICATION (application), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (application), NULL, NULL));
  open_window (application);
  g_test_add_func ("/problems-panel/all-kinds", test_all_kinds);
  g_test_add_func ("/problems-panel/lines-up", test_lines_up);
  g_test_add_func ("/problems-panel/needs-a-person", test_needs_a_person);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    kobra_test_add_row ("/problems-panel/kind/", kobra_problem_get_name (kinds[i].code), GSIZE_TO_POINTER (i), test_kind);
  status = g_test_run ();
  gtk_window_destroy (GTK_WINDOW (window));
  kobra_test_remove_folder (home);
  return status;
}
