/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The dialog of a new record: a copied row fills it, a duplicate is said with the way to it, and what is kept is there for the next one. */
#include "kobra-new-record-dialog.h"

#include "kobra-field-row.h"
#include "kobra-import-fields.h"
#include "kobra-paste-record.h"
#include "kobra-schema-accounts.h"
#include "kobra-test.h"
#include "widget-look.h"

#define MAX_FILLED 5

typedef struct
{
  guint       field;
  const char *text;
} Entry;

/* What is copied, and what it fills in. */
static const struct
{
  const char *name, *text;
  Entry       filled[MAX_FILLED];
} pastes[] = {
  { "as-the-schema", "A-1\t\t12\t1\tMX\n", { { KOBRA_ACCOUNT_EXTERNAL_ID, "A-1" }, { KOBRA_ACCOUNT_BRANCH_ID, "12" }, { KOBRA_ACCOUNT_PRODUCT_ID, "1" }, { KOBRA_ACCOUNT_CURRENCY_CODE, "MX" } } },
  { "with-a-header", "Nombre\tNúmero de crédito\tFecha de nacimiento\tSaldo\nAna\tC-9\t31/12/1980\t$1,234.50\n",
    { { KOBRA_ACCOUNT_NAME, "Ana" }, { KOBRA_ACCOUNT_EXTERNAL_ID, "C-9" }, { KOBRA_ACCOUNT_BIRTHDATE, "1980-12-31" } } },
  { "words-for-values", "externalID\tmoneda\testado civil\nA-1\tpesos\tcasada\n", { { KOBRA_ACCOUNT_EXTERNAL_ID, "A-1" }, { KOBRA_ACCOUNT_CURRENCY_CODE, "MX" }, { KOBRA_ACCOUNT_CIVIL_STATUS, "C" } } },
  { "quoted", "externalID\tcalle\nA-1\t\"Av. \"\"Juárez\"\"\t12\"\n", { { KOBRA_ACCOUNT_EXTERNAL_ID, "A-1" }, { KOBRA_ACCOUNT_STREET, "Av. \"Juárez\"\t12" } } },
  { "one-cell", "A-1", { { 0 } } },
  { "nothing", "", { { 0 } } },
  { "more-columns-than-fields", "externalID\tunknown\tname\nA-1\tx\tAna\n", { { KOBRA_ACCOUNT_EXTERNAL_ID, "A-1" }, { KOBRA_ACCOUNT_NAME, "Ana" } } },
};

typedef struct
{
  KobraImport *target;
  GtkWindow   *window;
  AdwDialog   *dialog;
  int          shown; /* the row that "show-record" told, or -1 */
  gboolean     closed;
} Fixture;

static void
show_record_cb (Fixture *self,
                guint    row)
{
  self->shown = (int) row;
}

static void
closed_cb (Fixture *self)
{
  self->closed = TRUE;
}

static KobraFieldRow *
find_row (GtkWidget *widget,
          guint      place)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      KobraFieldRow *found = KOBRA_IS_FIELD_ROW (child) ? KOBRA_FIELD_ROW (child) : find_row (child, place);

      if (found != NULL && kobra_field_row_get_place (found) == place)
        return found;
    }
  return NULL;
}

static GtkWidget *
get_control (Fixture *self,
             guint    field)
{
  return adw_bin_get_child (ADW_BIN (look_for (GTK_WIDGET (find_row (GTK_WIDGET (self->dialog), field)), ADW_TYPE_BIN, "field-control")));
}

static void
enter (Fixture    *self,
       guint       field,
       const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_control (self, field)), text);
}

/* The first of the field's values. */
static void
choose (Fixture *self,
        guint    field)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_control (self, field)), 1);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  KobraRecord record = { .schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS) };

  *self = (Fixture) { .target = kobra_import_new (), .window = GTK_WINDOW (adw_window_new ()), .shown = -1 };
  kobra_import_start_empty (self->target, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW);
  for (guint i = 0; i < record.schema->n_fields; i++)
    record.texts[i] = "";
  record.texts[KOBRA_ACCOUNT_EXTERNAL_ID] = "OLD";
  g_assert_cmpint (kobra_import_append_record (self->target, &record), ==, 0);
  gtk_window_set_default_size (self->window, 800, 700);
  adw_window_set_content (ADW_WINDOW (self->window), gtk_label_new (NULL));
  gtk_window_present (self->window);
  self->dialog = kobra_new_record_dialog_new (self->target, KOBRA_KIND_ACCOUNTS);
  g_signal_connect_swapped (self->dialog, "show-record", G_CALLBACK (show_record_cb), self);
  g_signal_connect_swapped (self->dialog, "closed", G_CALLBACK (closed_cb), self);
  adw_dialog_present (g_object_ref (self->dialog), GTK_WIDGET (self->window));
  kobra_test_wait_for (is_mapped, get_control (self, KOBRA_ACCOUNT_EXTERNAL_ID));
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  g_signal_handlers_disconnect_by_data (self->dialog, self);
  gtk_window_destroy (self->window);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (self->dialog);
  g_assert_finalize_object (self->target);
}

static void
test_paste (gconstpointer data)
{
  gsize              i = GPOINTER_TO_SIZE (data);
  const KobraSchema *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);
  g_autoptr (GPtrArray) texts = kobra_paste_record (pastes[i].text, schema, NULL);

  g_assert_cmpint (texts != NULL, ==, pastes[i].filled[0].text != NULL);
  for (gsize at = 0; at < MAX_FILLED && pastes[i].filled[at].text != NULL; at++)
    g_assert_cmpstr (g_ptr_array_index (texts, pastes[i].filled[at].field), ==, pastes[i].filled[at].text);
}

static gboolean
has_name (gpointer data)
{
  Fixture *self = data;

  return g_str_equal (gtk_editable_get_text (GTK_EDITABLE (get_control (self, KOBRA_ACCOUNT_NAME))), "Ana");
}

static void
test_paste_into_dialog (Fixture      *self,
                        gconstpointer data)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self->dialog)), "ID externo\tNombre\tProducto\tMoneda\tCorreo\nN-1\tAna\tcobranza\tpesos\tana@example.com\n");
  gtk_widget_activate_action (GTK_WIDGET (self->dialog), "record.paste-row", NULL);
  kobra_test_wait_for (has_name, self);
  gtk_widget_activate_action (GTK_WIDGET (self->dialog), "record.add", NULL);
  kobra_test_wait_for_flag (&self->closed);
  g_assert_cmpuint (kobra_table_get_n_rows (kobra_import_get_table (self->target)), ==, 2);
  g_assert_cmpstr (kobra_import_get_field (self->target, 1, KOBRA_ACCOUNT_EXTERNAL_ID), ==, "N-1");
  g_assert_cmpstr (kobra_import_get_field (self->target, 1, KOBRA_ACCOUNT_EMAIL), ==, "ana@example.com");
  g_assert_cmpint (kobra_import_get_record_state (self->target, 1), ==, KOBRA_RECORD_READY);
}

/* Said at once, and gone at once; the way leads to the row. */
static void
test_duplicate (Fixture      *self,
                gconstpointer data)
{
  AdwBanner *banner = ADW_BANNER (look_for (GTK_WIDGET (self->dialog), ADW_TYPE_BANNER, NULL));

  enter (self, KOBRA_ACCOUNT_EXTERNAL_ID, "OL");
  g_assert_false (adw_banner_get_revealed (banner));
  enter (self, KOBRA_ACCOUNT_EXTERNAL_ID, "OLD");
  g_assert_true (adw_banner_get_revealed (banner));
  enter (self, KOBRA_ACCOUNT_EXTERNAL_ID, "OLDER");
  g_assert_false (adw_banner_get_revealed (banner));
  enter (self, KOBRA_ACCOUNT_EXTERNAL_ID, "OLD");
  g_signal_emit_by_name (banner, "button-clicked");
  g_assert_cmpint (self->shown, ==, 0);
  kobra_test_wait_for_flag (&self->closed);
  g_assert_cmpuint (kobra_table_get_n_rows (kobra_import_get_table (self->target)), ==, 1);
}

static void
keep (Fixture *self,
      guint    field)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (look_for (GTK_WIDGET (find_row (GTK_WIDGET (self->dialog), field)), GTK_TYPE_TOGGLE_BUTTON, "field-pin")), TRUE);
}

static gboolean
is_empty (gpointer data)
{
  return *gtk_editable_get_text (GTK_EDITABLE (get_control (data, KOBRA_ACCOUNT_EXTERNAL_ID))) == '\0';
}

static void
test_next_record (Fixture      *self,
                  gconstpointer data)
{
  static const char *const ids[] = { "N-1", "N-2", "N-3" };

  choose (self, KOBRA_ACCOUNT_PRODUCT_ID);
  choose (self, KOBRA_ACCOUNT_CURRENCY_CODE);
  keep (self, KOBRA_ACCOUNT_PRODUCT_ID);
  keep (self, KOBRA_ACCOUNT_CURRENCY_CODE);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      kobra_test_wait_for (is_empty, self);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_control (self, KOBRA_ACCOUNT_NAME))), ==, "");
      enter (self, KOBRA_ACCOUNT_EXTERNAL_ID, ids[i]);
      enter (self, KOBRA_ACCOUNT_NAME, "Ana");
      gtk_widget_activate_action (GTK_WIDGET (self->dialog), "record.add-another", NULL);
      g_assert_cmpstr (kobra_import_get_field (self->target, i + 1, KOBRA_ACCOUNT_EXTERNAL_ID), ==, ids[i]);
      g_assert_cmpstr (kobra_import_get_field (self->target, i + 1, KOBRA_ACCOUNT_PRODUCT_ID), ==, "1");
      g_assert_cmpint (kobra_import_get_record_state (self->target, i + 1), ==, KOBRA_RECORD_READY);
    }
  kobra_test_wait_for (is_empty, self);
  /* What is kept alone is nothing to lose. */
  g_assert_true (adw_dialog_close (self->dialog));
}

/* What was entered is not thrown away by a slip of the finger. */
static void
test_discarding (Fixture      *self,
                 gconstpointer data)
{
  enter (self, KOBRA_ACCOUNT_NAME, "Ana");
  g_assert_false (adw_dialog_close (self->dialog));
  g_assert_false (self->closed);
  enter (self, KOBRA_ACCOUNT_NAME, "");
  adw_dialog_force_close (adw_window_get_visible_dialog (ADW_WINDOW (self->window)));
  g_assert_true (adw_dialog_close (self->dialog));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (pastes); i++)
    kobra_test_add_row ("/new-record/paste/", pastes[i].name, GSIZE_TO_POINTER (i), test_paste);
  g_test_add ("/new-record/paste-into-dialog", Fixture, NULL, set_up, test_paste_into_dialog, tear_down);
  g_test_add ("/new-record/duplicate", Fixture, NULL, set_up, test_duplicate, tear_down);
  g_test_add ("/new-record/next", Fixture, NULL, set_up, test_next_record, tear_down);
  g_test_add ("/new-record/discarding", Fixture, NULL, set_up, test_discarding, tear_down);
  return g_test_run ();
}
