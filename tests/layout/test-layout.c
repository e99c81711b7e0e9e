/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout.h"

#include "kobra-schema-accounts.h"
#include "kobra-schema-promises.h"
#include "kobra-test.h"

/* @headers and the fields, both joined by "|"; "-" is no field. */
typedef struct
{
  const char *name, *headers, *fields;
} Case;

static const Case cases[] = {
  { "plain", "Cuenta|Nombre|Comentario interno|Saldo", "externalID|name|-|totalPending" },
  { "no-columns", "", "" },
  { "nothing-known", "Alfa|Beta", "-|-" },
  { "same-word-twice-the-first", "Nombre|Nombre", "name|-" },
  { "name-beats-synonym", "Saldo|totalPending", "-|totalPending" },
  { "name-beats-synonym-in-any-order", "totalPending|Saldo", "totalPending|-" },
  { "synonym-beats-loose", "Saldo del cliente|Saldo", "-|totalPending" },
  { "more-usual-word", "Nombre completo|Nombre", "-|name" },
  { "more-usual-word-in-any-order", "Nombre|Nombre completo", "name|-" },
  { "loan-beats-customer", "No. Cliente|No. Crédito", "-|externalID" },
  { "whole-balance-beats-its-overdue-part", "Saldo vencido|Saldo actual", "-|totalPending" },
  { "overdue-part-alone", "Saldo vencido", "totalPending" },
  { "row-number-is-not-the-key", "No.|Cuenta|Nombre", "-|externalID|name" },
  { "row-number-alone", "No.|Nombre", "-|name" },
  { "three-for-one", "Clave|Folio|Cuenta", "-|-|externalID" },
  { "blank-headers", "|Cuenta|  |", "-|externalID|-|-" },
  { "guarantor-is-not-the-person", "Nombre|Teléfono|Nombre del aval|Teléfono del aval", "name|phoneNumber|-|-" },
  { "bank-account-is-not-the-loan", "Cuenta|Cuenta bancaria|Cuenta CLABE", "externalID|paymentInformationAccountNumber|paymentInformationAccountCLABE" },
  { "two-telephones", "Tel.|Tel. cel", "phoneNumber|cellphoneNumber" },
  { "last-payment-by-date-and-amount", "Fecha último pago|Último pago", "lastPaymentDate|lastPaymentAmount" },
};

static KobraLayout *
make_layout (KobraKind   kind,
             const char *joined)
{
  g_auto (GStrv) headers = g_strsplit (joined, "|", -1);

  return kobra_layout_new_by_header (kind, (const char *const *) headers, g_strv_length (headers));
}

static void
assert_fields (const KobraLayout *layout,
               const char        *expected)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < layout->n_columns; i++)
    {
      g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", layout->fields[i] >= 0 ? layout->schema->fields[layout->fields[i]].name : "-");
      g_assert_cmpint (layout->fields[i] < 0, ==, layout->matches[i] == KOBRA_MATCH_NONE);
      if (layout->fields[i] >= 0)
        g_assert_cmpint (kobra_layout_find_column (layout, (guint) layout->fields[i]), ==, (int) i);
    }
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_by_header (gconstpointer data)
{
  const Case             *row = data;
  g_autoptr (KobraLayout) layout = make_layout (KOBRA_KIND_ACCOUNTS, row->headers);

  assert_fields (layout, row->fields);
}

/* Every field's own name in its own place, as an export of the vendor's layout would have it. */
static void
test_whole_contract (void)
{
  const char *headers[KOBRA_N_ACCOUNT_FIELDS];
  g_autoptr (KobraLayout) layout = NULL;

  for (guint i = 0; i < KOBRA_N_ACCOUNT_FIELDS; i++)
    headers[i] = kobra_account_fields[i].name;
  layout = kobra_layout_new_by_header (KOBRA_KIND_ACCOUNTS, headers, KOBRA_N_ACCOUNT_FIELDS);
  g_assert_cmpuint (kobra_layout_count_matched (layout), ==, 65);
  for (guint i = 0; i < KOBRA_N_ACCOUNT_FIELDS; i++)
    g_assert_cmpint (layout->fields[i], ==, (int) i);
}

static void
test_set_field_steals (void)
{
  g_autoptr (KobraLayout) layout = make_layout (KOBRA_KIND_ACCOUNTS, "Cuenta|Nombre|Otra cosa");

  kobra_layout_set_field (layout, 2, KOBRA_ACCOUNT_NAME);
  assert_fields (layout, "externalID|-|name");
  g_assert_cmpint (layout->matches[2], ==, KOBRA_MATCH_CHOSEN);
  g_assert_cmpuint (kobra_layout_count_matched (layout), ==, 2);

  kobra_layout_set_field (layout, 0, KOBRA_ACCOUNT_NAME);
  assert_fields (layout, "name|-|-");
  kobra_layout_set_field (layout, 0, -1);
  assert_fields (layout, "-|-|-");
  g_assert_cmpint (kobra_layout_find_column (layout, KOBRA_ACCOUNT_NAME), ==, -1);
}

static void
test_set_field_again (void)
{
  g_autoptr (KobraLayout) layout = make_layout (KOBRA_KIND_ACCOUNTS, "Cuenta|Nombre");

  kobra_layout_set_field (layout, 0, KOBRA_ACCOUNT_EXTERNAL_ID);
  assert_fields (layout, "externalID|name");
  g_assert_cmpint (layout->matches[0], ==, KOBRA_MATCH_CHOSEN);
}

static void
test_added_column_is_none (void)
{
  g_autoptr (KobraLayout) layout = make_layout (KOBRA_KIND_ACCOUNTS, "Cuenta");

  for (guint i = 0; i < 100; i++)
    kobra_layout_add_column (layout);
  g_assert_cmpuint (layout->n_columns, ==, 101);
  g_assert_cmpuint (kobra_layout_count_matched (layout), ==, 1);
  kobra_layout_set_field (layout, 100, KOBRA_ACCOUNT_EXTERNAL_ID);
  g_assert_cmpint (kobra_layout_find_column (layout, KOBRA_ACCOUNT_EXTERNAL_ID), ==, 100);
  g_assert_cmpint (layout->fields[0], ==, -1);
}

static void
test_promises (void)
{
  g_autoptr (KobraLayout) layout = make_layout (KOBRA_KIND_PROMISES, "Nombre|ID visita|Estado de la promesa");

  assert_fields (layout, "-|visitID|paymentPromiseStatus");
}

typedef struct
{
  const char *name, *headers;
  KobraKind   kind;
} KindCase;

static const KindCase kind_cases[] = {
  { "accounts", "Cuenta|Nombre|Saldo", KOBRA_KIND_ACCOUNTS },
  { "promises", "ID visita|Estado de la promesa", KOBRA_KIND_PROMISES },
  { "promises-by-wire-name", "visitID|paymentPromiseStatus", KOBRA_KIND_PROMISES },
  { "promises-among-notes", "Fecha|ID visita|Comentario interno|Estatus", KOBRA_KIND_PROMISES },
  { "promises-in-short", "Visita|Estado", KOBRA_KIND_PROMISES },
  { "accounts-with-a-status", "Cuenta|Nombre|Estatus", KOBRA_KIND_ACCOUNTS },
  { "accounts-with-a-visit", "Cuenta|Nombre|Saldo|Visita", KOBRA_KIND_ACCOUNTS },
  { "as-many-of-each", "Cuenta|Visita", KOBRA_KIND_ACCOUNTS },
  { "visits-with-their-accounts", "Folio visita|No. crédito|Nombre|Tel. cel|Fecha visita|Saldo|Estatus promesa|Gestor", KOBRA_KIND_PROMISES },
  { "accounts-that-were-visited", "Cuenta|Nombre|Calle|Colonia|Estado|C.P.|Visita", KOBRA_KIND_ACCOUNTS },
  { "accounts-with-all-of-it", "ID visita|Estatus promesa|Cuenta|Nombre|Ap. Paterno|Ap. Materno|RFC|CURP|Calle|Colonia|C.P.", KOBRA_KIND_ACCOUNTS },
  { "nothing-known", "Alfa|Beta", KOBRA_KIND_ACCOUNTS },
  { "no-columns", "", KOBRA_KIND_ACCOUNTS },
};

static void
test_guess_kind (gconstpointer data)
{
  const KindCase *row = data;
  g_auto (GStrv)  headers = g_strsplit (row->headers, "|", -1);

  g_assert_cmpint (kobra_layout_guess_kind ((const char *const *) headers, g_strv_length (headers)), ==, row->kind);
}

/* The sheets that tests and newcomers open, by path below the tests: all columns but the remarks are fields. */
static const struct
{
  const char *path, *encoding, *delimiter;
  KobraKind   kind;
  guint       n_columns, n_matched;
} samples[] = {
  { "data/sample-200.csv", "WINDOWS-1252", ";", KOBRA_KIND_ACCOUNTS, 40, 39 },
  { "../data/sample/cartera-de-ejemplo.csv", "UTF-8", ",", KOBRA_KIND_ACCOUNTS, 30, 29 },
  { "../data/sample/promesas-de-ejemplo.csv", "UTF-8", ";", KOBRA_KIND_PROMISES, 2, 2 },
};

static void
test_samples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char        *path = g_test_build_filename (G_TEST_DIST, samples[i].path, NULL);
      g_autofree char        *bytes = NULL, *text = NULL;
      g_autoptr (GError)      error = NULL;
      g_autoptr (KobraLayout) layout = NULL;
      g_auto (GStrv)          lines = NULL, headers = NULL;

      g_file_get_contents (path, &bytes, NULL, &error);
      g_assert_no_error (error);
      text = g_convert (bytes, -1, "UTF-8", samples[i].encoding, NULL, NULL, &error);
      g_assert_no_error (error);
      lines = g_strsplit (text, "\n", 2);
      headers = g_strsplit (lines[0], samples[i].delimiter, -1);
      g_assert_cmpint (kobra_layout_guess_kind ((const char *const *) headers, g_strv_length (headers)), ==, samples[i].kind);
      layout = kobra_layout_new_by_header (samples[i].kind, (const char *const *) headers, g_strv_length (headers));
      g_assert_cmpuint (layout->n_columns, ==, samples[i].n_columns);
      g_assert_cmpuint (kobra_layout_count_matched (layout), ==, samples[i].n_matched);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/layout/by-header/", cases[i].name, &cases[i], test_by_header);
  for (gsize i = 0; i < G_N_ELEMENTS (kind_cases); i++)
    kobra_test_add_row ("/layout/guess-kind/", kind_cases[i].name, &kind_cases[i], test_guess_kind);
  g_test_add_func ("/layout/whole-contract", test_whole_contract);
  g_test_add_func ("/layout/set-field-steals", test_set_field_steals);
  g_test_add_func ("/layout/set-field-again", test_set_field_again);
  g_test_add_func ("/layout/added-column-is-none", test_added_column_is_none);
  g_test_add_func ("/layout/promises", test_promises);
  g_test_add_func ("/layout/samples", test_samples);

  return g_test_run ();
}
