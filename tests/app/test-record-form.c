/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every field of both kinds of record, one by one, in the form: what it is entered with, what is said of it, and that the table has it. */
#include "form-look.h"

#include "kobra-import-choices.h"
#include "kobra-schema-accounts.h"
#include "kobra-schema-promises.h"
#include "kobra-text.h"

static Look accounts, promises;

/* Typed into a field of this form: good, what the table holds then (NULL: the same), and bad. */
static const struct
{
  const char *good, *held, *bad;
} by_form[] = {
  [KOBRA_FORM_RFC] = { "GODE561231GR8", NULL, "GODE561231GR9" },
  [KOBRA_FORM_CURP] = { "PEGJ801231HDFRRN00", NULL, "PEGJ801231HDFRRN01" },
  [KOBRA_FORM_CLABE] = { "002115016003269411", NULL, "002115016003269412" },
  [KOBRA_FORM_POSTAL_CODE] = { "06700", NULL, "00100" },
  [KOBRA_FORM_PHONE] = { "5512345678", NULL, "123" },
  [KOBRA_FORM_EMAIL] = { "ana@example.com", NULL, "ana" },
  [KOBRA_FORM_LATITUDE] = { "19.4326", NULL, "190" },
  [KOBRA_FORM_LONGITUDE] = { "-99.1332", NULL, "-990" },
  [KOBRA_FORM_BIRTHDATE] = { "28/02/1985", "1985-02-28", "31/02/1985" },
  [KOBRA_FORM_PAST] = { "2024-02-29", NULL, "2149-01-01" },
  [KOBRA_FORM_VOTER_KEY] = { "PEGJJN80123109H100", NULL, "PEGJ" },
  [KOBRA_FORM_DIGITS] = { "1234567", NULL, "1.23E+17" },
};

/* The same for a field of no form but a type. A text is bad if it is longer than the field. */
static const struct
{
  const char *good, *held, *bad;
} by_type[] = {
  [KOBRA_TYPE_INTEGER] = { "12", NULL, "doce" },
  [KOBRA_TYPE_NUMBER] = { "1,234.50", "1234.50", "mucho" },
  [KOBRA_TYPE_DATE] = { "1/3/2030", "2030-03-01", "31/02/2030" },
};

static void
fill_good_record (KobraRecord *record,
                  KobraKind    kind)
{
  *record = (KobraRecord) { .schema = kobra_schema_get (kind) };
  for (guint i = 0; i < record->schema->n_fields; i++)
    record->texts[i] = "";
  if (kind == KOBRA_KIND_PROMISES)
    {
      record->texts[KOBRA_PROMISE_VISIT_ID] = "1045637";
      record->texts[KOBRA_PROMISE_STATUS] = "2";
      return;
    }
  record->texts[KOBRA_ACCOUNT_EXTERNAL_ID] = "A-1";
  record->texts[KOBRA_ACCOUNT_PRODUCT_ID] = "1";
  record->texts[KOBRA_ACCOUNT_CURRENCY_CODE] = "MX";
  record->texts[KOBRA_ACCOUNT_NAME] = "Ana";
}

/* Which tells one kind's form from another's in the path of a test. */
static Look *
get_look (gconstpointer data)
{
  return GPOINTER_TO_SIZE (data) >= KOBRA_MAX_FIELDS ? &promises : &accounts;
}

static guint
get_place (gconstpointer data)
{
  return (guint) (GPOINTER_TO_SIZE (data) % KOBRA_MAX_FIELDS);
}

static const KobraField *
get_field (gconstpointer data)
{
  return &kobra_import_get_schema (get_look (data)->import)->fields[get_place (data)];
}

static void
assert_no_problem (Look *look,
                   guint place)
{
  g_autofree char *problem = look_dup_problem (look, place);

  g_assert_cmpstr (problem, ==, "");
}

static void
assert_problem_with (Look       *look,
                     guint       place,
                     const char *text)
{
  g_autofree char *problem = look_dup_problem (look, place);

  if (strstr (problem, text) == NULL)
    g_error ("“%s” says nothing of “%s”", problem, text);
  g_assert_true (kobra_field_row_has_problem (look->rows[place]));
}

/* A yes, a no, and neither. */
static void
try_toggles (Look           *look,
             guint           place,
             AdwToggleGroup *group)
{
  static const char *const names[] = { "true", "false", "unset" };
  static const char *const held[] = { "true", "false", "" };

  g_assert_cmpuint (adw_toggle_group_get_n_toggles (group), ==, 3);
  g_assert_cmpstr (adw_toggle_group_get_active_name (group), ==, "unset");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      adw_toggle_group_set_active_name (group, names[i]);
      look_at_frame (look);
      g_assert_cmpstr (look_get_text (look, place), ==, held[i]);
    }
  look_undo (look);
  look_put (look, place, "quizá");
  g_assert_cmpuint (adw_toggle_group_get_active (group), ==, GTK_INVALID_LIST_POSITION);
  assert_problem_with (look, place, "“quizá”");
  look_undo (look);
  g_assert_cmpstr (adw_toggle_group_get_active_name (group), ==, "unset");
  assert_no_problem (look, place);
}

/* The meaning of each value and the code that is sent for it; what is none of them is shown as such. */
static void
try_choices (Look             *look,
             guint             place,
             const KobraField *field,
             GtkDropDown      *drop_down)
{
  GListModel      *model = gtk_drop_down_get_model (drop_down);
  g_autofree char *before = g_strdup (look_get_text (look, place));
  guint            n = 1;

  for (const KobraChoice *choice = field->choices; choice->code != NULL; choice++, n++)
    {
      g_autofree char *label = g_strdup_printf ("%s (%s)", choice->label, choice->code);

      gtk_drop_down_set_selected (drop_down, n);
      look_at_frame (look);
      g_assert_cmpstr (look_get_text (look, place), ==, choice->code);
      g_assert_true (look_says (GTK_WIDGET (drop_down), label));
      assert_no_problem (look, place);
    }
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, n);
  look_undo (look);
  g_assert_cmpstr (look_get_text (look, place), ==, before);
  look_put (look, place, "X9");
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, n + 1);
  g_assert_true (look_says (GTK_WIDGET (drop_down), "“X9”"));
  assert_problem_with (look, place, "“X9”");
  look_undo (look);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, n);
  assert_no_problem (look, place);
}

static void
try_text (Look             *look,
          guint             place,
          const KobraField *field,
          GtkText          *text)
{
  gboolean         has_form = field->form != KOBRA_FORM_FREE && (field->form != KOBRA_FORM_DIGITS || field->type == KOBRA_TYPE_TEXT);
  gboolean         is_free = field->type == KOBRA_TYPE_TEXT && !has_form;
  g_autofree char *full = g_strnfill (field->max, 'x'), *over = g_strnfill (field->max + 1, 'x');
  const char      *good = has_form ? by_form[field->form].good : is_free ? full : by_type[field->type].good;
  const char      *held = has_form ? by_form[field->form].held : is_free ? full : by_type[field->type].held;
  const char      *bad = has_form ? by_form[field->form].bad : is_free ? over : by_type[field->type].bad;
  g_autofree char *before = g_strdup (look_get_text (look, place)), *shown = g_strdup (gtk_editable_get_text (GTK_EDITABLE (text)));

  look_type (look, place, bad);
  g_assert_cmpstr (look_get_text (look, place), ==, bad);
  assert_problem_with (look, place, is_free ? "" : bad);
  look_type (look, place, good);
  g_assert_cmpstr (look_get_text (look, place), ==, held != NULL ? held : good);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, good);
  assert_no_problem (look, place);
  look_undo (look);
  g_assert_cmpstr (look_get_text (look, place), ==, before);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (text)), ==, shown);
}

static void
test_control (gconstpointer data)
{
  const KobraField *field = get_field (data);
  GtkWidget        *control = look_get_control (get_look (data), get_place (data));
  GtkWidget        *calendar = look_for (GTK_WIDGET (get_look (data)->rows[get_place (data)]), GTK_TYPE_MENU_BUTTON, NULL);

  g_assert_cmpint (gtk_widget_get_visible (calendar), ==, field->type == KOBRA_TYPE_DATE);
  if (field->type == KOBRA_TYPE_BOOLEAN)
    {
      g_assert_true (ADW_IS_TOGGLE_GROUP (control));
      try_toggles (get_look (data), get_place (data), ADW_TOGGLE_GROUP (control));
    }
  else if (field->choices != NULL)
    {
      g_assert_true (GTK_IS_DROP_DOWN (control));
      try_choices (get_look (data), get_place (data), field, GTK_DROP_DOWN (control));
    }
  else
    {
      g_assert_true (GTK_IS_TEXT (control));
      g_assert_cmpint (gtk_text_get_input_purpose (GTK_TEXT (control)), ==, field->type == KOBRA_TYPE_INTEGER || field->type == KOBRA_TYPE_NUMBER ? GTK_INPUT_PURPOSE_NUMBER : GTK_INPUT_PURPOSE_FREE_FORM);
      try_text (get_look (data), get_place (data), field, GTK_TEXT (control));
    }
}

/* A day that is chosen is the cell's, and the calendar opens on the day that is there. */
static void
test_calendar (gconstpointer data)
{
  Look             *look = get_look (data);
  guint             place = get_place (data);
  GtkWidget        *button = look_for (GTK_WIDGET (look->rows[place]), GTK_TYPE_MENU_BUTTON, NULL), *calendar;
  g_autoptr (GDateTime) chosen = g_date_time_new_local (2024, 2, 29, 0, 0, 0);
  g_autoptr (GDateTime) shown = NULL;

  look_type (look, place, "05/02/2024");
  kobra_import_end_typing (look->import);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  calendar = look_for (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button))), GTK_TYPE_CALENDAR, NULL);
  shown = gtk_calendar_get_date (GTK_CALENDAR (calendar));
  g_assert_cmpint (g_date_time_get_year (shown) * 10000 + g_date_time_get_month (shown) * 100 + g_date_time_get_day_of_month (shown), ==, 20240205);
  gtk_calendar_select_day (GTK_CALENDAR (calendar), chosen);
  look_at_frame (look);
  g_assert_cmpstr (look_get_text (look, place), ==, "2024-02-29");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (look_get_control (look, place))), ==, "2024-02-29");
  look_undo (look);
  g_assert_cmpstr (look_get_text (look, place), ==, "2024-02-05");
  look_undo (look);
}

/* "18/20" while somebody is in it and there is little room left, and whenever there is too much in it. */
static void
test_counter (gconstpointer data)
{
  const KobraField *field = get_field (data);
  Look             *look = get_look (data);
  GtkWidget        *row = GTK_WIDGET (look->rows[get_place (data)]);
  g_autofree char  *full = g_strnfill (field->max, '1'), *over = g_strnfill (field->max + 1, '1');
  g_autofree char  *is_full = g_strdup_printf ("%u/%u", field->max, field->max), *is_over = g_strdup_printf ("%u/%u", field->max + 1, field->max);

  look_type (look, get_place (data), "1");
  g_assert_false (look_says (row, "1/"));
  look_type (look, get_place (data), full);
  g_assert_cmpint (look_says (row, is_full), ==, field->max > 2);
  look_type (look, get_place (data), over);
  g_assert_true (look_says (row, is_over));
  gtk_window_set_focus (look->window, NULL);
  look_at_frame (look);
  g_assert_true (look_says (row, is_over));
  look_undo (look);
}

/* For each kind of import: what it needs is marked, and what it makes no use of is dimmed and says so. */
static void
test_marks (gconstpointer data)
{
  const KobraField *field = get_field (data);
  Look             *look = get_look (data);
  GtkWidget        *row = GTK_WIDGET (look->rows[get_place (data)]);

  for (KobraImportType type = KOBRA_IMPORT_NEW; type <= KOBRA_IMPORT_PERSONAL; type++)
    {
      gboolean is_used = kobra_field_is_used (field, type);

      kobra_import_set_import_type (look->import, type);
      gtk_window_set_focus (look->window, NULL);
      look_at_frame (look);
      g_assert_cmpint (gtk_widget_get_visible (look_for (row, GTK_TYPE_LABEL, "field-badge")), ==, kobra_field_is_needed (field, type));
      g_assert_cmpint (gtk_widget_has_css_class (row, "unused"), ==, !is_used);
      kobra_field_row_focus (look->rows[get_place (data)]);
      g_assert_true (look_says (row, is_used ? field->description : "This kind of import makes no use of it."));
    }
  kobra_import_set_import_type (look->import, KOBRA_IMPORT_NEW);
  look_at_frame (look);
}

/* It is found by its label and by its name on the wire. */
static void
test_search (gconstpointer data)
{
  const KobraField *field = get_field (data);
  Look             *look = get_look (data);
  GtkWidget        *search = look_for (GTK_WIDGET (look->form), GTK_TYPE_SEARCH_ENTRY, NULL);
  const char *const needles[] = { field->label, field->name };

  for (gsize i = 0; i < G_N_ELEMENTS (needles); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (search), needles[i]);
      g_signal_emit_by_name (search, "activate");
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (look->rows[get_place (data)])));
    }
  gtk_editable_set_text (GTK_EDITABLE (search), "xyzzy");
  g_signal_emit_by_name (search, "activate");
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (look->rows[get_place (data)])));
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  g_signal_emit_by_name (search, "activate");
}

static guint
count_visible (Look *look)
{
  guint n = 0;

  for (guint i = 0; i < kobra_import_get_schema (look->import)->n_fields; i++)
    n += gtk_widget_get_visible (GTK_WIDGET (look->rows[i]));
  return n;
}

static void
test_filters (void)
{
  GtkWidget *filter = look_for (GTK_WIDGET (accounts.form), ADW_TYPE_TOGGLE_GROUP, NULL);

  gtk_window_set_focus (accounts.window, NULL);
  look_put (&accounts, KOBRA_ACCOUNT_POSTAL_CODE, "00100");
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (filter), "filled");
  g_assert_cmpuint (count_visible (&accounts), ==, 5);
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (filter), "problems");
  g_assert_cmpuint (count_visible (&accounts), ==, 1);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (accounts.rows[KOBRA_ACCOUNT_POSTAL_CODE])));
  look_undo (&accounts);
  g_assert_cmpuint (count_visible (&accounts), ==, 0);
  g_assert_true (look_says (GTK_WIDGET (accounts.form), "No Fields to Show"));
  adw_toggle_group_set_active_name (ADW_TOGGLE_GROUP (filter), "all");
  g_assert_cmpuint (count_visible (&accounts), ==, KOBRA_N_ACCOUNT_FIELDS);
  look_at_frame (&accounts);
}

/* The field that has the focus, or -1. */
static int
find_focused (Look *look)
{
  for (guint i = 0; i < kobra_import_get_schema (look->import)->n_fields; i++)
    if (kobra_field_row_has_focus (look->rows[i]))
      return (int) i;
  return -1;
}

/* Tab goes through every field once, group by group, in the order in which they stand. */
static void
test_keyboard_order (void)
{
  const KobraSchema *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);
  guint              n = 0;
  int                at = -1;

  kobra_record_form_focus_field (accounts.form, 0);
  for (guint i = 0; i < 4 * KOBRA_N_ACCOUNT_FIELDS && (n == 0 || find_focused (&accounts) != 0); i++)
    {
      int now = find_focused (&accounts);

      if (now >= 0 && now != at)
        {
          g_assert_true (at < 0 || schema->fields[now].group > schema->fields[at].group || (schema->fields[now].group == schema->fields[at].group && now > at));
          at = now;
          n++;
        }
      gtk_widget_child_focus (GTK_WIDGET (accounts.window), GTK_DIR_TAB_FORWARD);
    }
  g_assert_cmpuint (n, ==, KOBRA_N_ACCOUNT_FIELDS);
}

static void
test_next_problem (void)
{
  look_put (&accounts, KOBRA_ACCOUNT_POSTAL_CODE, "00100");
  look_put (&accounts, KOBRA_ACCOUNT_CURP, "123");
  kobra_record_form_focus_field (accounts.form, 0);
  g_assert_true (kobra_record_form_focus_problem (accounts.form));
  g_assert_cmpint (find_focused (&accounts), ==, KOBRA_ACCOUNT_CURP);
  g_assert_true (kobra_record_form_focus_problem (accounts.form));
  g_assert_cmpint (find_focused (&accounts), ==, KOBRA_ACCOUNT_POSTAL_CODE);
  g_assert_true (kobra_record_form_focus_problem (accounts.form));
  g_assert_cmpint (find_focused (&accounts), ==, KOBRA_ACCOUNT_CURP);
  look_undo (&accounts);
  look_undo (&accounts);
  g_assert_false (kobra_record_form_focus_problem (accounts.form));
}

/* A group that was closed is closed in the next form too. */
static void
test_groups (void)
{
  KobraRecord record;
  Look        look;

  fill_good_record (&record, KOBRA_KIND_ACCOUNTS);
  for (guint i = 0; i < 2; i++)
    {
      look_init (&look, KOBRA_KIND_ACCOUNTS, FALSE, &record);
      g_assert_cmpint (gtk_widget_get_mapped (GTK_WIDGET (look.rows[KOBRA_ACCOUNT_EXTERNAL_ID])), ==, i == 0);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (look.rows[KOBRA_ACCOUNT_NAME])));
      g_signal_emit_by_name (look_for (GTK_WIDGET (look.form), GTK_TYPE_BUTTON, "form-group-header"), "clicked");
      g_assert_cmpint (gtk_widget_get_mapped (GTK_WIDGET (look.rows[KOBRA_ACCOUNT_EXTERNAL_ID])), ==, i == 1);
      look_clear (&look);
    }
}

/* Whether the row itself says that its field is required. */
static gboolean
shows_required (GtkWidget *row)
{
  GtkWidget *mark = look_for (row, GTK_TYPE_LABEL, "field-badge");

  return mark != NULL && gtk_widget_get_visible (mark);
}

/* That a field is required is seen once, on its row or above it, and always heard. */
static void
test_required (gconstpointer data)
{
  KobraRecord record;
  KobraKind   kind = (KobraKind) (GPOINTER_TO_UINT (data) / 2);
  gboolean    for_new = GPOINTER_TO_UINT (data) % 2 == 1;
  Look        look;

  fill_good_record (&record, kind);
  look_init (&look, kind, for_new, &record);
  for (guint i = 0; i < record.schema->n_fields; i++)
    {
      gboolean         is_needed = kobra_field_is_needed (&record.schema->fields[i], KOBRA_IMPORT_NEW);
      g_autofree char *otherwise = gtk_test_accessible_check_property (GTK_ACCESSIBLE (look_get_control (&look, i)), GTK_ACCESSIBLE_PROPERTY_REQUIRED, is_needed);

      g_assert_null (otherwise);
      g_assert_cmpint (shows_required (GTK_WIDGET (look.rows[i])), ==, is_needed && !for_new);
    }
  g_assert_true (look_says (GTK_WIDGET (look.form), "Required"));
  look_clear (&look);
}

/* For a new record: what is required stands first and open, the rest is closed by group; each field but the key can be kept. */
static void
test_new_record (gconstpointer data)
{
  KobraRecord record;
  KobraKind   kind = (KobraKind) GPOINTER_TO_UINT (data);
  Look        look;

  fill_good_record (&record, kind);
  record.texts[record.schema->key_field] = "";
  look_init (&look, kind, TRUE, &record);
  for (guint i = 0; i < record.schema->n_fields; i++)
    {
      GtkWidget *pin = look_for (GTK_WIDGET (look.rows[i]), GTK_TYPE_TOGGLE_BUTTON, "field-pin");

      g_assert_cmpint (gtk_widget_get_mapped (GTK_WIDGET (look.rows[i])), ==, kobra_field_is_needed (&record.schema->fields[i], KOBRA_IMPORT_NEW));
      g_assert_cmpint (gtk_widget_get_visible (pin), ==, i != record.schema->key_field);
    }
  for (guint i = 0; i < record.schema->n_fields; i++)
    {
      kobra_record_form_focus_field (look.form, i);
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (look.rows[i])));
    }
  look_clear (&look);
}

static gboolean
is_text (const KobraField *field)
{
  return field->type == KOBRA_TYPE_TEXT && field->choices == NULL;
}

static gboolean
is_date (const KobraField *field)
{
  return field->type == KOBRA_TYPE_DATE;
}

static gboolean
is_any (const KobraField *field)
{
  return TRUE;
}

/* A path for each field: /record-form/control/accounts/email. */
static void
add_fields (const char   *what,
            GTestDataFunc func,
            gboolean    (*is_meant) (const KobraField *field))
{
  for (KobraKind kind = KOBRA_KIND_ACCOUNTS; kind < KOBRA_N_KINDS; kind++)
    {
      const KobraSchema *schema = kobra_schema_get (kind);
      g_autofree char   *prefix = g_strdup_printf ("/record-form/%s/%s/", what, schema->name);

      for (guint i = 0; i < schema->n_fields; i++)
        if (is_meant (&schema->fields[i]))
          kobra_test_add_row (prefix, schema->fields[i].name, GSIZE_TO_POINTER ((gsize) kind * KOBRA_MAX_FIELDS + i), func);
    }
}

int
main (int   argc,
      char *argv[])
{
  KobraRecord record;
  int         status;

  g_test_init (&argc, &argv, NULL);
  adw_init ();
  fill_good_record (&record, KOBRA_KIND_ACCOUNTS);
  look_init (&accounts, KOBRA_KIND_ACCOUNTS, FALSE, &record);
  fill_good_record (&record, KOBRA_KIND_PROMISES);
  look_init (&promises, KOBRA_KIND_PROMISES, FALSE, &record);
  add_fields ("control", test_control, is_any);
  add_fields ("calendar", test_calendar, is_date);
  add_fields ("counter", test_counter, is_text);
  add_fields ("marks", test_marks, is_any);
  add_fields ("search", test_search, is_any);
  g_test_add_func ("/record-form/filters", test_filters);
  g_test_add_func ("/record-form/groups", test_groups);
  g_test_add_func ("/record-form/keyboard-order", test_keyboard_order);
  g_test_add_func ("/record-form/next-problem", test_next_problem);
  g_test_add_data_func ("/record-form/new/account", GUINT_TO_POINTER (KOBRA_KIND_ACCOUNTS), test_new_record);
  g_test_add_data_func ("/record-form/new/promise", GUINT_TO_POINTER (KOBRA_KIND_PROMISES), test_new_record);
  for (guint i = 0; i < KOBRA_N_KINDS * 2; i++)
    kobra_test_add_row (i % 2 == 1 ? "/record-form/required/new/" : "/record-form/required/", kobra_schema_get ((KobraKind) (i / 2))->name, GUINT_TO_POINTER (i), test_required);
  status = g_test_run ();
  look_clear (&accounts);
  look_clear (&promises);
  return status;
}
