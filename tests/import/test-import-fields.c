/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-fields.h"

#include <string.h>

#include "kobra-schema-accounts.h"
#include "kobra-schema-promises.h"

static void
fill (KobraRecord *record,
      KobraKind    kind)
{
  record->schema = kobra_schema_get (kind);
  for (guint i = 0; i < record->schema->n_fields; i++)
    record->texts[i] = "";
}

static int
append_account (KobraImport *import,
                const char  *id,
                const char  *name,
                const char  *postal_code)
{
  KobraRecord record = { 0 };

  fill (&record, KOBRA_KIND_ACCOUNTS);
  record.texts[KOBRA_ACCOUNT_EXTERNAL_ID] = id;
  record.texts[KOBRA_ACCOUNT_PRODUCT_ID] = "1";
  record.texts[KOBRA_ACCOUNT_CURRENCY_CODE] = "MX";
  record.texts[KOBRA_ACCOUNT_NAME] = name;
  record.texts[KOBRA_ACCOUNT_POSTAL_CODE] = postal_code;
  return kobra_import_append_record (import, &record);
}

static KobraImportCounts
get_counts (KobraImport *import)
{
  KobraImportCounts counts;

  kobra_import_get_counts (import, &counts);
  return counts;
}

static void
test_by_hand (void)
{
  g_autoptr (KobraImport) import = kobra_import_new ();
  guint row;

  kobra_import_start_empty (import, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW);
  g_assert_cmpint (kobra_import_get_state (import), ==, KOBRA_IMPORT_READY);
  g_assert_cmpuint (kobra_table_get_n_columns (kobra_import_get_table (import)), ==, 4);
  g_assert_cmpint (append_account (import, "A-1", "Ana", ""), ==, 0);
  g_assert_cmpint (append_account (import, "A-2", "", "1000"), ==, 1);
  g_assert_cmpuint (kobra_table_get_n_columns (kobra_import_get_table (import)), ==, 5);
  g_assert_cmpuint (get_counts (import).records, ==, 2);
  g_assert_cmpuint (get_counts (import).invalid, ==, 1);
  g_assert_true (kobra_import_find_key (import, "A-2", &row));
  g_assert_cmpuint (row, ==, 1);
  g_assert_false (kobra_import_find_key (import, "A-3", &row));
  g_assert_false (kobra_import_find_key (import, "", &row));
  kobra_table_undo (kobra_import_get_table (import));
  g_assert_cmpuint (get_counts (import).records, ==, 1);
  g_assert_cmpuint (kobra_table_get_n_columns (kobra_import_get_table (import)), ==, 4);
  kobra_table_redo (kobra_import_get_table (import));
  g_assert_cmpstr (kobra_import_get_field (import, 1, KOBRA_ACCOUNT_POSTAL_CODE), ==, "1000");
  g_assert_finalize_object (g_steal_pointer (&import));
}

static void
test_typed (void)
{
  g_autoptr (KobraImport) import = kobra_import_new ();
  g_autofree char *words = NULL;

  kobra_import_start_empty (import, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW);
  append_account (import, "A-1", "Ana", "");
  g_assert_true (kobra_import_needs_field (import, KOBRA_ACCOUNT_NAME));
  g_assert_false (kobra_import_needs_field (import, KOBRA_ACCOUNT_RFC));
  g_assert_true (kobra_import_type_field (import, 0, KOBRA_ACCOUNT_RFC, "X"));
  g_assert_true (kobra_import_type_field (import, 0, KOBRA_ACCOUNT_RFC, "XA"));
  g_assert_cmpstr (kobra_import_get_field (import, 0, KOBRA_ACCOUNT_RFC), ==, "XA");
  words = kobra_import_dup_field_problem (import, 0, KOBRA_ACCOUNT_RFC);
  g_assert_nonnull (strstr (words, "XA"));
  g_assert_true (kobra_import_type_field (import, 0, KOBRA_ACCOUNT_RFC, "XAXX010101000"));
  g_assert_null (kobra_import_find_field_problem (import, 0, KOBRA_ACCOUNT_RFC));
  kobra_import_end_typing (import);
  kobra_table_undo (kobra_import_get_table (import));
  g_assert_cmpstr (kobra_import_get_field (import, 0, KOBRA_ACCOUNT_RFC), ==, "");
  g_assert_cmpuint (kobra_table_get_n_columns (kobra_import_get_table (import)), ==, 4);
  g_assert_true (kobra_import_type_field (import, 0, KOBRA_ACCOUNT_CURP, ""));
  g_assert_cmpuint (kobra_table_get_n_columns (kobra_import_get_table (import)), ==, 4);
}

static void
test_promises (void)
{
  g_autoptr (KobraImport) import = kobra_import_new ();
  KobraRecord record = { 0 };

  kobra_import_start_empty (import, KOBRA_KIND_PROMISES, KOBRA_IMPORT_NEW);
  fill (&record, KOBRA_KIND_PROMISES);
  record.texts[KOBRA_PROMISE_VISIT_ID] = "128";
  record.texts[KOBRA_PROMISE_STATUS] = "5";
  g_assert_cmpint (kobra_import_append_record (import, &record), ==, 0);
  record.texts[KOBRA_PROMISE_STATUS] = "1";
  record.texts[KOBRA_PROMISE_VISIT_ID] = "129";
  g_assert_cmpint (kobra_import_append_record (import, &record), ==, 1);
  g_assert_cmpuint (get_counts (import).to_send, ==, 1);
  g_assert_nonnull (kobra_import_find_field_problem (import, 1, KOBRA_PROMISE_STATUS));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/fields/records-by-hand-are-an-import", test_by_hand);
  g_test_add_func ("/import/fields/typing-adds-column-and-is-one-step", test_typed);
  g_test_add_func ("/import/fields/promises-by-hand", test_promises);
  return g_test_run ();
}
