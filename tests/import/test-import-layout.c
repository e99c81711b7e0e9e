/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-layout.h"

#include "kobra-schema-accounts.h"
#include "kobra-test-import.h"
#include "kobra-test.h"

static const char sheet[] =
  "ID externo,Producto,Persona,Nace,Calle,Número,Estado civil,Nota\n"
  "A-1,1,Ana María Pérez de la Cruz,31/12/1980,Morelos,12,JUNTADO,x\n"
  "A-2,1,Luis Gómez Ruiz,05/06/1975,Hidalgo,,CASADO,\n"
  "A-3,1,Eva Díaz,1990-01-01,Juárez,7,juntado,\n";

typedef struct
{
  gboolean   done, result;
  GError    *error;
  GPtrArray *values;
  guint      n_cells;
} Waiting;

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Waiting *waiting = data;

  waiting->result = kobra_import_change_layout_finish (KOBRA_IMPORT (source), result, &waiting->n_cells, &waiting->error);
  waiting->done = TRUE;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Waiting *waiting = data;

  waiting->values = kobra_import_find_values_finish (KOBRA_IMPORT (source), result, &waiting->error);
  waiting->done = TRUE;
}

static KobraDerivation *
make_derivation (KobraDerive kind,
                 guint       field,
                 const char *text,
                 guint       first,
                 guint       second)
{
  KobraDerivation *derivation = g_new0 (KobraDerivation, 1);

  *derivation = (KobraDerivation) { .kind = kind, .field = field, .text = g_strdup (text), .columns = { first, second } };
  derivation->n_columns = kind == KOBRA_DERIVE_CONSTANT ? 0 : kind == KOBRA_DERIVE_JOIN ? 2 : 1;
  return derivation;
}

static guint
count_invalid (KobraImport *import)
{
  KobraImportCounts counts;

  kobra_import_get_counts (import, &counts);
  return counts.invalid;
}

static gboolean
is_sendable (gpointer data)
{
  return count_invalid (data) == 0;
}

static gboolean
is_not_sendable (gpointer data)
{
  return count_invalid (data) == 3;
}

static void
change (KobraImport *import,
        KobraLayout *draft)
{
  Waiting waiting = { 0 };

  kobra_import_change_layout_async (import, draft, NULL, changed_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
  g_assert_true (waiting.result);
}

static void
test_a_strange_sheet_becomes_sendable_and_back (void)
{
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  g_autoptr (KobraLayout) draft = kobra_import_dup_layout (import);
  KobraTable             *table = kobra_import_get_table (import);

  g_assert_cmpuint (count_invalid (import), ==, 3);
  kobra_layout_set_field (draft, 3, KOBRA_ACCOUNT_BIRTHDATE);
  kobra_layout_set_value (draft, KOBRA_ACCOUNT_CIVIL_STATUS, "Juntado", "L");
  kobra_layout_derive (draft, make_derivation (KOBRA_DERIVE_CONSTANT, KOBRA_ACCOUNT_CURRENCY_CODE, "MX", 0, 0));
  kobra_layout_derive (draft, make_derivation (KOBRA_DERIVE_NAMES_FIRST, 0, NULL, 2, 0));
  kobra_layout_derive (draft, make_derivation (KOBRA_DERIVE_JOIN, KOBRA_ACCOUNT_STREET, " ", 4, 5));
  change (import, draft);

  kobra_test_wait_for (is_sendable, import);
  g_assert_cmpuint (kobra_table_get_n_columns (table), ==, 13);
  g_assert_cmpuint (kobra_import_get_layout (import)->n_columns, ==, 13);
  g_assert_cmpstr (kobra_table_get_text (table, 0, 3), ==, "1980-12-31");
  g_assert_cmpstr (kobra_table_get_text (table, 2, 6), ==, "L");
  g_assert_cmpstr (kobra_table_get_text (table, 1, 8), ==, "MX");
  g_assert_cmpstr (kobra_table_get_text (table, 0, 9), ==, "Ana María");
  g_assert_cmpstr (kobra_table_get_text (table, 0, 11), ==, "de la Cruz");
  g_assert_cmpstr (kobra_table_get_text (table, 0, 12), ==, "Morelos 12");
  g_assert_cmpstr (kobra_table_get_text (table, 1, 12), ==, "Hidalgo");
  g_assert_cmpint (kobra_layout_find_column (kobra_import_get_layout (import), KOBRA_ACCOUNT_STREET), ==, 12);
  /* What the file says is still there. */
  g_assert_cmpstr (kobra_table_get_text (table, 0, 2), ==, "Ana María Pérez de la Cruz");
  g_assert_cmpstr (kobra_table_get_text (table, 0, 4), ==, "Morelos");

  kobra_table_undo (table);
  kobra_test_wait_for (is_not_sendable, import);
  g_assert_cmpuint (kobra_table_get_n_columns (table), ==, 8);
  g_assert_cmpuint (kobra_import_get_layout (import)->n_columns, ==, 8);
  g_assert_cmpint (kobra_layout_find_column (kobra_import_get_layout (import), KOBRA_ACCOUNT_BIRTHDATE), ==, -1);
  g_assert_cmpint (kobra_layout_find_column (kobra_import_get_layout (import), KOBRA_ACCOUNT_STREET), ==, 4);
  g_assert_cmpstr (kobra_table_get_text (table, 0, 6), ==, "JUNTADO");

  kobra_table_redo (table);
  kobra_test_wait_for (is_sendable, import);
  g_assert_cmpint (kobra_layout_find_column (kobra_import_get_layout (import), KOBRA_ACCOUNT_STREET), ==, 12);
  g_assert_cmpint (kobra_layout_find_column (kobra_import_get_layout (import), KOBRA_ACCOUNT_BIRTHDATE), ==, 3);
}

/* A second change derives only what is new. */
static void
test_changes_add_up (void)
{
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  KobraTable             *table = kobra_import_get_table (import);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (KobraLayout) draft = kobra_import_dup_layout (import);

      if (i == 1)
        kobra_table_set_text (table, 0, 8, "US");
      kobra_layout_derive (draft, make_derivation (KOBRA_DERIVE_CONSTANT, i == 0 ? KOBRA_ACCOUNT_CURRENCY_CODE : KOBRA_ACCOUNT_NATIONALITY, "MX", 0, 0));
      change (import, draft);
    }
  g_assert_cmpuint (kobra_table_get_n_columns (table), ==, 10);
  g_assert_cmpstr (kobra_table_get_text (table, 0, 8), ==, "US");
  g_assert_cmpstr (kobra_table_get_text (table, 0, 9), ==, "MX");
}

static void
test_unknown_values_are_counted (void)
{
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  g_autoptr (KobraLayout) draft = kobra_import_dup_layout (import);
  Waiting                 waiting = { 0 };
  guint                   n = 0;

  kobra_import_find_values_async (import, draft, NULL, found_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
  for (guint i = 0; i < waiting.values->len; i++)
    {
      const KobraUnknownValue *value = g_ptr_array_index (waiting.values, i);

      g_assert_cmpuint (value->field, ==, KOBRA_ACCOUNT_CIVIL_STATUS);
      g_assert_null (value->code);
      n += value->n_cells;
    }
  g_assert_cmpuint (n, ==, 2);
  g_ptr_array_unref (waiting.values);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/layout/a-strange-sheet-becomes-sendable-and-back", test_a_strange_sheet_becomes_sendable_and_back);
  g_test_add_func ("/import/layout/changes-add-up", test_changes_add_up);
  g_test_add_func ("/import/layout/unknown-values-are-counted", test_unknown_values_are_counted);
  return g_test_run ();
}
