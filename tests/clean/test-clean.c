/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kobra-clean.h"
#include "kobra-schema-accounts.h"
#include "kobra-test.h"

typedef struct
{
  const char *name, *field, *text;
  KobraFix    fix;
  const char *expected; /* of a fix */
  const char *column[4]; /* other cells of the column */
} Case;

static const Case cases[] = {
  { "trim/nothing", "name", "José Luis", KOBRA_FIX_NONE },
  { "trim/empty", "name", "", KOBRA_FIX_NONE },
  { "trim/spaces", "name", "  José Luis ", KOBRA_FIX_TRIM, "José Luis" },
  { "trim/accent-at-the-ends", "name", "Ángel José", KOBRA_FIX_NONE },
  { "trim/accent-and-space", "name", "Ángel José ", KOBRA_FIX_TRIM, "Ángel José" },
  { "trim/nbsp", "name", "\u00a0José\u00a0", KOBRA_FIX_TRIM, "José" },
  { "trim/zero-width-and-mark", "rfc", "\ufeffGODE561231GR8\u200b", KOBRA_FIX_TRIM, "GODE561231GR8" },
  { "trim/direction-marks", "cellphoneNumber", "\u202a5512345678\u202c", KOBRA_FIX_TRIM, "5512345678" },
  { "trim/tab-and-break", "street", "Morelos\t12\r\n", KOBRA_FIX_TRIM, "Morelos\t12" },
  { "trim/blank", "name", " \u00a0 ", KOBRA_FIX_TRIM, "" },
  { "trim/blank-date", "birthdate", "  ", KOBRA_FIX_TRIM, "" },
  { "trim/number", "iva", " 12.50 ", KOBRA_FIX_TRIM, "12.50" },
  { "trim/date", "birthdate", "1980-12-31 ", KOBRA_FIX_TRIM, "1980-12-31" },
  { "trim/choice", "gender", "M ", KOBRA_FIX_TRIM, "M" },
  { "trim/what-is-wrong-all-the-same", "iva", " twelve ", KOBRA_FIX_TRIM, "twelve" },
  { "trim/inside-stays", "name", "José  Luis", KOBRA_FIX_NONE },

  { "text/is-only-trimmed", "externalID", "N/A", KOBRA_FIX_NONE },
  { "text/no-dates", "externalID", "31/12/1980", KOBRA_FIX_NONE },
  { "text/no-amounts", "outdoorNumber", "1,234", KOBRA_FIX_NONE },

  { "date/valid", "birthdate", "1980-12-31", KOBRA_FIX_NONE },
  { "date/slashes", "birthdate", "31/12/1980", KOBRA_FIX_DATE, "1980-12-31" },
  { "date/hyphens", "birthdate", "31-12-1980", KOBRA_FIX_DATE, "1980-12-31" },
  { "date/points", "birthdate", "31.12.1980", KOBRA_FIX_DATE, "1980-12-31" },
  { "date/spaces-around", "birthdate", " 31 / 12 / 1980 ", KOBRA_FIX_DATE, "1980-12-31" },
  { "date/short-day", "loanDate", "13/1/2024", KOBRA_FIX_DATE, "2024-01-13" },
  { "date/year-first", "loanDate", "2024/03/04", KOBRA_FIX_DATE, "2024-03-04" },
  { "date/year-first-short", "loanDate", "2024-3-4", KOBRA_FIX_DATE, "2024-03-04" },
  { "date/compact", "loanDate", "20240304", KOBRA_FIX_DATE, "2024-03-04" },
  { "date/compact-no-date", "loanDate", "20241304", KOBRA_FIX_NONE },
  { "date/compact-day-first", "loanDate", "31122024", KOBRA_FIX_NONE },
  { "date/same-either-way", "loanDate", "05/05/2024", KOBRA_FIX_DATE, "2024-05-05" },
  { "date/ambiguous", "loanDate", "03/04/2024", KOBRA_FIX_NONE },
  { "date/ambiguous-in-a-day-first-column", "loanDate", "03/04/2024", KOBRA_FIX_DATE, "2024-04-03", { "31/12/2023", "05/06/2023", NULL } },
  { "date/ambiguous-in-a-month-first-column", "loanDate", "03/04/2024", KOBRA_FIX_DATE, "2024-03-04", { "12/31/2023", NULL } },
  { "date/ambiguous-in-a-column-that-contradicts-itself", "loanDate", "03/04/2024", KOBRA_FIX_NONE, NULL, { "12/31/2023", "31/12/2023", NULL } },
  { "date/ambiguous-among-ambiguous", "loanDate", "03/04/2024", KOBRA_FIX_NONE, NULL, { "01/02/2023", "2023-12-31", "5/5/2023", NULL } },
  { "date/ambiguous-among-impossible", "loanDate", "03/04/2024", KOBRA_FIX_NONE, NULL, { "31/02/2023", "40/12/2023", NULL } },
  { "date/unambiguous-in-a-column-that-contradicts-itself", "loanDate", "12/31/2024", KOBRA_FIX_DATE, "2024-12-31", { "12/31/2023", "31/12/2023", NULL } },
  { "date/two-signs", "loanDate", "31/12-2024", KOBRA_FIX_NONE },
  { "date/two-digit-year", "birthdate", "31/12/80", KOBRA_FIX_NONE },
  { "date/two-digit-year-with-name", "birthdate", "31-dic-80", KOBRA_FIX_NONE },
  { "date/no-such-day", "birthdate", "31/02/1980", KOBRA_FIX_NONE },
  { "date/no-leap-year", "birthdate", "29/02/2023", KOBRA_FIX_NONE },
  { "date/no-such-iso-day", "birthdate", "1980-02-31", KOBRA_FIX_NONE },
  { "date/too-old", "birthdate", "31/12/1580", KOBRA_FIX_NONE },
  { "date/spanish-short", "loanDate", "12-ene-2024", KOBRA_FIX_DATE, "2024-01-12" },
  { "date/spanish-upper-case", "loanDate", "12/DIC/2024", KOBRA_FIX_DATE, "2024-12-12" },
  { "date/spanish-point", "loanDate", "12 sept. 2024", KOBRA_FIX_DATE, "2024-09-12" },
  { "date/spanish-long", "loanDate", "12 de enero de 2024", KOBRA_FIX_DATE, "2024-01-12" },
  { "date/spanish-del", "loanDate", "1 de Diciembre del 2024", KOBRA_FIX_DATE, "2024-12-01" },
  { "date/english-short", "loanDate", "12-Jan-2024", KOBRA_FIX_DATE, "2024-01-12" },
  { "date/english-month-first", "loanDate", "January 12, 2024", KOBRA_FIX_DATE, "2024-01-12" },
  { "date/nothing-between", "loanDate", "12AUG2024", KOBRA_FIX_DATE, "2024-08-12" },
  { "date/name-after-year", "loanDate", "2024-ago-12", KOBRA_FIX_DATE, "2024-08-12" },
  { "date/no-month", "loanDate", "12-foo-2024", KOBRA_FIX_NONE },
  { "date/two-months", "loanDate", "12-ene-feb", KOBRA_FIX_NONE },
  { "date/month-and-year-alone", "loanDate", "ene-2024", KOBRA_FIX_NONE },
  { "date/midnight", "loanDate", "2024-01-12 00:00:00", KOBRA_FIX_DATE, "2024-01-12" },
  { "date/midnight-t", "loanDate", "2024-01-12T00:00:00.000", KOBRA_FIX_DATE, "2024-01-12" },
  { "date/midnight-short", "loanDate", "13/01/2024 0:00", KOBRA_FIX_DATE, "2024-01-13" },
  { "date/midnight-12", "loanDate", "13/01/2024 12:00:00 a.\u00a0m.", KOBRA_FIX_DATE, "2024-01-13" },
  { "date/midnight-12-am", "loanDate", "13/01/2024 12:00:00 AM", KOBRA_FIX_DATE, "2024-01-13" },
  { "date/noon", "loanDate", "13/01/2024 12:00:00", KOBRA_FIX_NONE },
  { "date/noon-pm", "loanDate", "13/01/2024 12:00:00 p.m.", KOBRA_FIX_NONE },
  { "date/a-time", "loanDate", "2024-01-12 08:30:00", KOBRA_FIX_NONE },
  { "date/a-time-before-noon", "loanDate", "13/01/2024 8:00:00 a.m.", KOBRA_FIX_NONE },
  { "date/a-second", "loanDate", "2024-01-12 00:00:01", KOBRA_FIX_NONE },
  { "date/universal-time", "loanDate", "2024-01-12T00:00:00Z", KOBRA_FIX_NONE },
  { "date/serial", "loanDate", "45292", KOBRA_FIX_NONE },
  { "date/word", "loanDate", "ayer", KOBRA_FIX_NONE },
  { "date/cut", "loanDate", "12/", KOBRA_FIX_NONE },

  { "amount/valid", "iva", "1234.56", KOBRA_FIX_NONE },
  { "amount/valid-though-odd", "iva", "+.5", KOBRA_FIX_NONE },
  { "amount/valid-even-where-commas-are-decimal", "iva", "1.234", KOBRA_FIX_NONE, NULL, { "1,5", NULL } },
  { "amount/currency", "iva", "$1,234.56", KOBRA_FIX_AMOUNT, "1234.56" },
  { "amount/currency-and-space", "iva", "$ 1,234.56", KOBRA_FIX_AMOUNT, "1234.56" },
  { "amount/commas", "iva", "1,234,567.80", KOBRA_FIX_AMOUNT, "1234567.80" },
  { "amount/mxn", "iva", "MXN 1,234.56", KOBRA_FIX_AMOUNT, "1234.56" },
  { "amount/mxn-after", "iva", "1,234.56 mxn", KOBRA_FIX_AMOUNT, "1234.56" },
  { "amount/moneda-nacional", "iva", "$1,234.56 M.N.", KOBRA_FIX_AMOUNT, "1234.56" },
  { "amount/spaces", "iva", "1 234.56", KOBRA_FIX_AMOUNT, "1234.56" },
  { "amount/nbsp", "iva", "1\u00a0234\u00a0567", KOBRA_FIX_AMOUNT, "1234567" },
  { "amount/mexican-millions", "iva", "1'234,567.89", KOBRA_FIX_AMOUNT, "1234567.89" },
  { "amount/mexican-millions-whole", "iva", "1’234,567", KOBRA_FIX_AMOUNT, "1234567" },
  { "amount/parentheses", "iva", "(1,234.56)", KOBRA_FIX_AMOUNT, "-1234.56" },
  { "amount/parentheses-and-currency", "iva", "($1,234.56)", KOBRA_FIX_AMOUNT, "-1234.56" },
  { "amount/minus-before-currency", "iva", "-$1,234.56", KOBRA_FIX_AMOUNT, "-1234.56" },
  { "amount/minus-after-currency", "iva", "$ -12.50", KOBRA_FIX_AMOUNT, "-12.50" },
  { "amount/minus-after", "iva", "1,234.56-", KOBRA_FIX_AMOUNT, "-1234.56" },
  { "amount/true-minus", "iva", "−12.50", KOBRA_FIX_AMOUNT, "-12.50" },
  { "amount/dash-of-gnumeric", "iva", "–12.50", KOBRA_FIX_AMOUNT, "-12.50" },
  { "amount/two-signs", "iva", "-(12.50)", KOBRA_FIX_NONE },
  { "amount/digits-stay", "iva", "$0,012.3400", KOBRA_FIX_NONE },
  { "amount/zeros-stay", "iva", "$0012.3400", KOBRA_FIX_AMOUNT, "0012.3400" },
  { "amount/no-whole", "iva", "$.50", KOBRA_FIX_AMOUNT, ".50" },
  { "amount/one-comma-three-digits", "iva", "1,234", KOBRA_FIX_AMOUNT, "1234" },
  { "amount/one-comma-three-digits-among-points", "iva", "1,234", KOBRA_FIX_AMOUNT, "1234", { "12.5", NULL } },
  { "amount/one-comma-three-digits-among-commas", "iva", "1,234", KOBRA_FIX_AMOUNT, "1.234", { "12,5", NULL } },
  { "amount/one-comma-three-digits-among-both", "iva", "1,234", KOBRA_FIX_NONE, NULL, { "12,5", "12.5", NULL } },
  { "amount/comma-after-space", "iva", "1 234,567", KOBRA_FIX_NONE },
  { "amount/comma-decimals-alone", "iva", "1.234,56", KOBRA_FIX_NONE },
  { "amount/comma-decimals-among-commas", "iva", "1.234,56", KOBRA_FIX_AMOUNT, "1234.56", { "12,50", NULL } },
  { "amount/comma-decimals-among-both", "iva", "1.234,56", KOBRA_FIX_NONE, NULL, { "12,50", "1,234.50", NULL } },
  { "amount/comma-decimals-show-themselves", "iva", "1.234,56", KOBRA_FIX_AMOUNT, "1234.56", { "1.234,56", NULL } },
  { "amount/simple-comma-decimals", "iva", "12,50", KOBRA_FIX_AMOUNT, "12.50", { "12,50", "7", NULL } },
  { "amount/points-as-groups", "iva", "1.234.567", KOBRA_FIX_AMOUNT, "1234567", { "1,5", NULL } },
  { "amount/points-as-groups-alone", "iva", "1.234.567", KOBRA_FIX_NONE },
  { "amount/currency-one-point-three-digits", "iva", "$1.234", KOBRA_FIX_NONE },
  { "amount/currency-one-point-three-digits-among-points", "iva", "$1.234", KOBRA_FIX_AMOUNT, "1.234", { "12.5", NULL } },
  { "amount/currency-one-point-three-digits-among-commas", "iva", "$1.234", KOBRA_FIX_AMOUNT, "1234", { "12,5", NULL } },
  { "amount/wrong-groups", "iva", "12,34,567", KOBRA_FIX_NONE },
  { "amount/wrong-last-group", "iva", "1,23.45", KOBRA_FIX_NONE },
  { "amount/two-decimal-marks", "iva", "1.2.3", KOBRA_FIX_NONE },
  { "amount/mixed-up", "iva", "1,234.567,89", KOBRA_FIX_NONE },
  { "amount/other-currency", "iva", "USD 12.50", KOBRA_FIX_NONE },
  { "amount/euros", "iva", "€12.50", KOBRA_FIX_NONE },
  { "amount/percent", "iva", "16%", KOBRA_FIX_NONE },
  { "amount/scientific", "iva", "1.23E+17", KOBRA_FIX_NONE },
  { "amount/words", "iva", "mil", KOBRA_FIX_NONE },
  { "amount/currency-alone", "iva", "$", KOBRA_FIX_NONE },
  { "amount/date", "iva", "31/12/1980", KOBRA_FIX_NONE },
  { "amount/empty-parentheses", "iva", "()", KOBRA_FIX_NONE },
  { "integer/commas", "overdueDays", "1,234", KOBRA_FIX_AMOUNT, "1234" },
  { "integer/zero-decimals", "overdueDays", "12.00", KOBRA_FIX_AMOUNT, "12" },
  { "integer/decimals", "overdueDays", "12.50", KOBRA_FIX_NONE },
  { "integer/three-zeros-after-a-point", "overdueDays", "1.000", KOBRA_FIX_NONE },

  { "boolean/valid", "inactive", "true", KOBRA_FIX_NONE },
  { "boolean/si", "inactive", "SÍ", KOBRA_FIX_BOOLEAN, "true" },
  { "boolean/si-without-accent", "inactive", "si", KOBRA_FIX_BOOLEAN, "true" },
  { "boolean/no", "inactive", "NO", KOBRA_FIX_BOOLEAN, "false" },
  { "boolean/yes", "inactive", "Yes", KOBRA_FIX_BOOLEAN, "true" },
  { "boolean/verdadero", "inactive", "VERDADERO", KOBRA_FIX_BOOLEAN, "true" },
  { "boolean/falso", "inactive", "Falso", KOBRA_FIX_BOOLEAN, "false" },
  { "boolean/upper-case", "inactive", "TRUE", KOBRA_FIX_BOOLEAN, "true" },
  { "boolean/one", "inactive", "1", KOBRA_FIX_BOOLEAN, "true" },
  { "boolean/zero-with-space", "inactive", " 0 ", KOBRA_FIX_BOOLEAN, "false" },
  { "boolean/two", "inactive", "2", KOBRA_FIX_NONE },
  { "boolean/x", "inactive", "X", KOBRA_FIX_NONE },

  { "choice/valid", "civilStatus", "C", KOBRA_FIX_NONE },
  { "choice/word", "civilStatus", "CASADO", KOBRA_FIX_CHOICE, "C" },
  { "choice/feminine", "civilStatus", "Divorciada", KOBRA_FIX_CHOICE, "D" },
  { "choice/accent-and-spaces", "civilStatus", " Unión  Libre ", KOBRA_FIX_CHOICE, "L" },
  { "choice/lower-case", "nationality", "mx", KOBRA_FIX_CHOICE, "MX" },
  { "choice/country", "nationality", "México", KOBRA_FIX_CHOICE, "MX" },
  { "choice/label", "currencyCode", "US dollars", KOBRA_FIX_CHOICE, "US" },
  { "choice/points", "currencyCode", "M.N.", KOBRA_FIX_CHOICE, "MX" },
  { "choice/number", "productID", "Cobranza", KOBRA_FIX_CHOICE, "1" },
  { "choice/number-with-zero", "productID", "01", KOBRA_FIX_CHOICE, "1" },
  { "choice/number-with-decimals", "productID", "2.0", KOBRA_FIX_CHOICE, "2" },
  { "choice/number-with-other-decimals", "productID", "2.5", KOBRA_FIX_NONE },
  { "choice/number-out", "productID", "7", KOBRA_FIX_NONE },
  { "choice/part-of-a-word", "civilStatus", "casad", KOBRA_FIX_NONE },
  { "choice/bars-are-no-word", "civilStatus", "|", KOBRA_FIX_NONE },
  { "choice/signs-alone", "gender", "?", KOBRA_FIX_NONE },

  { "empty-word/date", "birthdate", "N/A", KOBRA_FIX_EMPTY_WORD, "" },
  { "empty-word/number", "iva", "-", KOBRA_FIX_EMPTY_WORD, "" },
  { "empty-word/null", "iva", "null", KOBRA_FIX_EMPTY_WORD, "" },
  { "empty-word/sheet-error", "overdueDays", "#N/A", KOBRA_FIX_EMPTY_WORD, "" },
  { "empty-word/with-space", "loanDate", " S/D ", KOBRA_FIX_EMPTY_WORD, "" },
  { "empty-word/choice", "gender", "s/d", KOBRA_FIX_EMPTY_WORD, "" },
  { "empty-word/boolean", "inactive", "—", KOBRA_FIX_EMPTY_WORD, "" },
};

static const KobraField *
get_field (const char *name)
{
  const KobraSchema *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);
  int                field = kobra_schema_find_field (schema, name);

  g_assert_cmpint (field, >=, 0);
  return &schema->fields[field];
}

static void
test_case (gconstpointer data)
{
  const Case       *c = data;
  const KobraField *field = get_field (c->field);
  KobraColumnHabit  habit = { 0 };
  g_auto (KobraBuffer) out = { 0 };

  kobra_buffer_init (&out, 1000);
  kobra_buffer_append_string (&out, "as it was");
  for (guint i = 0; i < G_N_ELEMENTS (c->column) && c->column[i] != NULL; i++)
    kobra_clean_learn (field, c->column[i], &habit);

  g_assert_cmpstr (kobra_fix_get_name (kobra_clean_cell (field, &habit, c->text, &out)), ==, kobra_fix_get_name (c->fix));
  if (c->fix == KOBRA_FIX_NONE)
    {
      g_assert_cmpstr (out.bytes, ==, "as it was");
      return;
    }
  g_assert_cmpstr (out.bytes, ==, c->expected);

  {
    g_autofree char *cleaned = g_strdup (out.bytes);

    g_assert_cmpint (kobra_clean_cell (field, &habit, cleaned, &out), ==, KOBRA_FIX_NONE);
  }
}

static void
test_a_limit_too_small_is_no_fix (void)
{
  KobraColumnHabit habit = { 0 };
  g_auto (KobraBuffer) out = { 0 };

  kobra_buffer_init (&out, 5);
  g_assert_cmpint (kobra_clean_cell (get_field ("birthdate"), &habit, "31/12/1980", &out), ==, KOBRA_FIX_NONE);
}

static void
test_fixes_have_words (void)
{
  for (guint fix = 0; fix < KOBRA_N_FIXES; fix++)
    {
      g_assert_cmpuint (strlen (kobra_fix_get_name ((KobraFix) fix)), >, 0);
      g_assert_cmpuint (strlen (kobra_fix_get_label ((KobraFix) fix)), >, 0);
    }
  g_assert_true (kobra_fix_is_safe (KOBRA_FIX_DATE));
  g_assert_false (kobra_fix_is_safe (KOBRA_FIX_EMPTY_WORD));
}

/* In a column with an H, for hombre, M is a woman; where F stands, or nothing tells, M is a man. */
static void
test_custom_letters (void)
{
  static const struct
  {
    const char *column[4], *text, *cleaned;
  } rows[] = {
    { { "H", "M" }, "M", "F" },
    { { "H", "M" }, "H", "M" },
    { { "h", "m" }, "m ", "F" },
    { { "H", "M" }, "F", NULL },
    { { "M", "F" }, "M", NULL },
    { { "H", "M", "F" }, "M", NULL },
    { { "H", "M", "F" }, "H", NULL },
    { { "M" }, "M", NULL },
    { { "Hombre", "Mujer" }, "M", NULL },
  };
  const KobraField    *field = get_field ("gender");
  g_auto (KobraBuffer) out = { 0 };

  kobra_buffer_init (&out, 1024);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KobraColumnHabit habit = { 0 };
      KobraFix         fix;

      for (gsize j = 0; j < G_N_ELEMENTS (rows[i].column) && rows[i].column[j] != NULL; j++)
        kobra_clean_learn (field, rows[i].column[j], &habit);
      fix = kobra_clean_cell (field, &habit, rows[i].text, &out);
      g_assert_cmpstr (kobra_fix_get_name (fix), ==, rows[i].cleaned != NULL ? "choice" : "none");
      if (rows[i].cleaned != NULL)
        g_assert_cmpstr (out.bytes, ==, rows[i].cleaned);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/clean/", cases[i].name, &cases[i], test_case);
  g_test_add_func ("/clean/a-limit-too-small-is-no-fix", test_a_limit_too_small_is_no_fix);
  g_test_add_func ("/clean/fixes-have-words", test_fixes_have_words);
  g_test_add_func ("/clean/choice/letters-of-custom-by-their-column", test_custom_letters);
  return g_test_run ();
}
