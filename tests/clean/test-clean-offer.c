/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fixes that somebody must ask for: what each makes of a text, what it leaves alone, and what holds for all of them. */

#include <string.h>

#include "kobra-clean.h"
#include "kobra-test.h"

#define THIS_YEAR 2026

static const struct Case
{
  const char *name, *fix, *field, *text;
  const char *expected; /* NULL: nothing changes */
} cases[] = {
  { "mojibake/n", "mojibake", "firstSurname", "MuÃ±oz", "Muñoz" },
  { "mojibake/capital", "mojibake", "street", "Av. Ã\xc2\x81" "lamos 5", "Av. Álamos 5" },
  { "mojibake/quote", "mojibake", "street", "Donâ€™t", "Don’t" },
  { "mojibake/nbsp", "mojibake", "street", "AÂ\u00a0B", "A\u00a0B" },
  { "mojibake/right-already", "mojibake", "firstSurname", "Muñoz", NULL },
  { "mojibake/real-tilde", "mojibake", "firstSurname", "SÃO", NULL },
  { "mojibake/emoji", "mojibake", "street", "Calle 🏠", NULL },
  { "control/bell", "control", "street", "Calle\001 5", "Calle 5" },
  { "control/break", "control", "street", "Calle 5\nB", "Calle 5 B" },
  { "control/none", "control", "street", "Calle 5", NULL },
  { "quotes/curly", "quotes", "street", "“La Loma” 5", "\"La Loma\" 5" },
  { "quotes/before-digits", "quotes", "postalCode", "'06700", "06700" },
  { "quotes/apostrophe-inside", "quotes", "firstSurname", "O'Hara", NULL },
  { "spaces/two", "spaces", "name", "José  Luis", "José Luis" },
  { "spaces/nbsp", "spaces", "name", "José\u00a0Luis", "José Luis" },
  { "spaces/zero-width", "spaces", "rfc", "GODE\u200b561231GR8", "GODE561231GR8" },
  { "spaces/tab", "spaces", "street", "Morelos\t12", "Morelos 12" },
  { "spaces/one", "spaces", "name", "José Luis", NULL },
  { "empty-word/text", "empty-word", "email", "S/D", "" },
  { "empty-word/text-with-space", "empty-word", "rfc", " n/a ", "" },
  { "empty-word/word", "empty-word", "name", "Nadia", NULL },
  { "day-first/ambiguous", "day-first", "loanDate", "03/04/2024", "2024-04-03" },
  { "day-first/short-year", "day-first", "loanDate", "03/04/24", "2024-04-03" },
  { "day-first/told-by-itself", "day-first", "loanDate", "31/12/2024", NULL },
  { "day-first/valid", "day-first", "loanDate", "2024-04-03", NULL },
  { "month-first/ambiguous", "month-first", "loanDate", "03/04/2024", "2024-03-04" },
  { "short-year/spanish", "short-year", "loanDate", "31-dic-24", "2024-12-31" },
  { "short-year/spanish-capitals", "short-year", "loanDate", "01/ENE/99", "1999-01-01" },
  { "short-year/numbers", "short-year", "loanDate", "31/12/24", "2024-12-31" },
  { "short-year/words", "short-year", "loanDate", "5 de mayo del 21", "2021-05-05" },
  { "short-year/birth", "short-year", "birthdate", "31-dic-80", "1980-12-31" },
  { "short-year/birth-young", "short-year", "birthdate", "31/12/05", "2005-12-31" },
  { "short-year/birth-neither", "short-year", "birthdate", "31/12/15", NULL },
  { "short-year/ambiguous", "short-year", "loanDate", "03/04/24", NULL },
  { "short-year/no-such-day", "short-year", "loanDate", "31/02/24", NULL },
  { "short-year/midnight", "short-year", "loanDate", "31/12/24 00:00", "2024-12-31" },
  { "serial/day", "serial", "loanDate", "45292", "2024-01-01" },
  { "serial/zero-decimals", "serial", "loanDate", "45292.0", "2024-01-01" },
  { "serial/birth", "serial", "birthdate", "29586", "1980-12-31" },
  { "serial/a-year", "serial", "birthdate", "1980", NULL },
  { "serial/with-a-time", "serial", "loanDate", "45292.5", NULL },
  { "serial/no-date-field", "serial", "overdueDays", "45292", NULL },
  { "decimal-comma/undecided", "decimal-comma", "iva", "$1.234", "1234" },
  { "decimal-point/undecided", "decimal-point", "iva", "$1.234", "1.234" },
  { "decimal-comma/valid", "decimal-comma", "iva", "1.234", NULL },
  { "unit/dollars", "unit", "iva", "1,234.50 dlls.", "1234.50" },
  { "unit/before", "unit", "iva", "USD 12.50", "12.50" },
  { "unit/percent", "unit", "iva", "16 %", "16" },
  { "unit/accent", "unit", "iva", "12 Dólares", "12" },
  { "unit/days", "unit", "overdueDays", "45 días", "45" },
  { "unit/word-alone", "unit", "iva", "pesos", NULL },
  { "unit/no-number", "unit", "iva", "mil pesos", NULL },
  { "phone/signs", "phone", "phoneNumber", "(55) 1234-5678", "5512345678" },
  { "phone/country", "phone", "phoneNumber", "+52 55 1234 5678", "5512345678" },
  { "phone/country-mobile", "phone", "cellphoneNumber", "+52 1 55 1234 5678", "5512345678" },
  { "phone/country-bare", "phone", "cellphoneNumber", "5215512345678", "5512345678" },
  { "phone/long-distance", "phone", "phoneNumber", "01 55 12345678", "5512345678" },
  { "phone/mobile-044", "phone", "cellphoneNumber", "044 55 1234 5678", "5512345678" },
  { "phone/mobile-045", "phone", "cellphoneNumber", "0455512345678", "5512345678" },
  { "phone/mobile-without-its-zero", "phone", "cellphoneNumber", "445512345678", "5512345678" },
  { "phone/right-already", "phone", "phoneNumber", "5512345678", NULL },
  { "phone/local", "phone", "phoneNumber", "1234-5678", NULL },
  { "phone/two", "phone", "phoneNumber", "5512345678 / 5587654321", NULL },
  { "phone/other-country", "phone", "phoneNumber", "+1 415 555 0123", NULL },
  { "phone/extension", "phone", "phoneNumber", "5512345678 ext 12", NULL },
  { "postal-code/zero", "postal-code", "postalCode", "6700", "06700" },
  { "postal-code/name", "postal-code", "postalCode", "C.P. 06700", "06700" },
  { "postal-code/decimals", "postal-code", "postalCode", "64000.0", "64000" },
  { "postal-code/three", "postal-code", "postalCode", "670", NULL },
  { "postal-code/right-already", "postal-code", "postalCode", "06700", NULL },
  { "email/spaces", "email", "email", "ana @ correo.mx", "ana@correo.mx" },
  { "email/link", "email", "email", "mailto:ana@correo.mx", "ana@correo.mx" },
  { "email/end", "email", "email", "ana@correo.mx;", "ana@correo.mx" },
  { "email/two", "email", "email", "ana@a.mx bea@b.mx", NULL },
  { "email/none", "email", "email", "no tiene", NULL },
  { "identifier/rfc", "identifier", "rfc", "gode-561231-gr8", "GODE561231GR8" },
  { "identifier/curp", "identifier", "curp", "GODE561231 HDFRRL04", "GODE561231HDFRRL04" },
  { "identifier/curp-spaces", "identifier", "curp", "gode 561231 hdfrrl 04", "GODE561231HDFRRL04" },
  { "identifier/clabe", "identifier", "paymentInformationAccountCLABE", "002 115 01600326941 1", "002115016003269411" },
  { "identifier/clabe-lost", "identifier", "paymentInformationAccountCLABE", "2.115E+15", NULL },
  { "identifier/too-short", "identifier", "rfc", "gode-561231", NULL },
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
  const struct Case   *c = data;
  KobraColumnHabit     habit = { .this_year = THIS_YEAR };
  g_auto (KobraBuffer) out = { 0 };
  KobraFix             fix;

  kobra_buffer_init (&out, 1000);
  g_assert_true (kobra_fix_find (c->fix, &fix));
  if (!kobra_clean_fix (fix, get_field (c->field), &habit, c->text, &out))
    {
      g_assert_null (c->expected);
      return;
    }
  g_assert_cmpstr (out.length > 0 ? out.bytes : "", ==, c->expected);
  {
    g_autofree char *fixed = g_strdup (out.length > 0 ? out.bytes : "");

    g_assert_false (kobra_clean_fix (fix, get_field (c->field), &habit, fixed, &out));
  }
}

static void
test_together (void)
{
  const KobraFixes     fixes = KOBRA_FIX_BIT (KOBRA_FIX_MOJIBAKE) | KOBRA_FIX_BIT (KOBRA_FIX_SPACES) | KOBRA_FIX_BIT (KOBRA_FIX_TRIM) | KOBRA_FIX_BIT (KOBRA_FIX_SHORT_YEAR);
  KobraColumnHabit     habit = { .this_year = THIS_YEAR };
  g_auto (KobraBuffer) out = { 0 };
  KobraFixes           done;

  kobra_buffer_init (&out, 1000);
  g_assert_true (kobra_clean_fix_all (fixes, get_field ("name"), &habit, " MarÃ\u00ada  Luisa ", &out, &done));
  g_assert_cmpstr (out.bytes, ==, "María Luisa");
  g_assert_cmphex (done, ==, KOBRA_FIX_BIT (KOBRA_FIX_MOJIBAKE) | KOBRA_FIX_BIT (KOBRA_FIX_SPACES));
  g_assert_false (kobra_clean_fix_all (fixes, get_field ("name"), &habit, "María Luisa", &out, &done));
}

/* Letters and digits of a text, in order and without case: what a fix of its form must not touch. */
static char *
dup_meaning (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GString         *meaning = g_string_new (NULL);

  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (meaning, g_utf8_get_char (at));
  return g_string_free (meaning, FALSE);
}

static const char *const pieces[] = {
  "0", "1", "12", "31", "52", "044", "55", "1234", "5678", "6700", "45292", "1980", "80", ".", ",", "-", "/", " ", "  ", "\u00a0", "\u200b", "$", "%", "(", ")", "+", "'", "“", "”",
  "dic", "DIC", "dlls", "pesos", "Ã±", "Ã", "Â", "â€™", "ñ", "n/a", "ana", "@", "correo.mx", "mailto:", "gode561231", "hdfrrl04", "\n", "\t", "\001", "🏠", "C.P.", ";",
};

static char *
make_text (void)
{
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 8); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static void
test_any_text_in_any_field (void)
{
  /* These change no letter and no digit, only what is between them. */
  const KobraFixes     of_form = KOBRA_FIX_BIT (KOBRA_FIX_TRIM) | KOBRA_FIX_BIT (KOBRA_FIX_SPACES) | KOBRA_FIX_BIT (KOBRA_FIX_CONTROL) | KOBRA_FIX_BIT (KOBRA_FIX_QUOTES) | KOBRA_FIX_BIT (KOBRA_FIX_IDENTIFIER);
  const KobraSchema   *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);
  KobraColumnHabit     habit = { .this_year = THIS_YEAR };
  g_auto (KobraBuffer) out = { 0 };

  kobra_buffer_init (&out, 10000);
  for (guint i = 0; i < 40000; i++)
    {
      const KobraField *field = &schema->fields[g_test_rand_int_range (0, (int) schema->n_fields)];
      g_autofree char  *text = make_text ();

      for (guint fix = KOBRA_FIX_NONE + 1; fix < KOBRA_N_FIXES; fix++)
        {
          g_autofree char *fixed = NULL, *before = NULL, *after = NULL;

          if (!kobra_clean_fix ((KobraFix) fix, field, &habit, text, &out))
            continue;
          fixed = g_strndup (out.length > 0 ? out.bytes : "", out.length);
          g_assert_true (g_utf8_validate (fixed, -1, NULL));
          g_assert_cmpstr (fixed, !=, text);
          if (kobra_clean_fix ((KobraFix) fix, field, &habit, fixed, &out))
            g_error ("%s: “%s” -> “%s” -> “%s” in %s", kobra_fix_get_name ((KobraFix) fix), text, fixed, out.bytes, field->name);
          if ((of_form & KOBRA_FIX_BIT (fix)) == 0)
            continue;
          before = dup_meaning (text);
          after = dup_meaning (fixed);
          g_assert_cmpstr (before, ==, after);
        }
      if (field->type == KOBRA_TYPE_TEXT && field->choices == NULL && kobra_clean_is_plain (text))
        for (guint fix = KOBRA_FIX_MOJIBAKE; fix <= KOBRA_FIX_SPACES; fix++)
          g_assert_false (kobra_clean_fix ((KobraFix) fix, field, &habit, text, &out));
    }
}

static void
test_digits_that_are_lost_stay_a_problem (void)
{
  KobraColumnHabit     habit = { .this_year = THIS_YEAR };
  g_auto (KobraBuffer) out = { 0 };

  kobra_buffer_init (&out, 1000);
  for (guint fix = KOBRA_FIX_NONE + 1; fix < KOBRA_N_FIXES; fix++)
    {
      g_assert_false (kobra_clean_fix ((KobraFix) fix, get_field ("paymentInformationAccountCLABE"), &habit, "1.23E+17", &out));
      g_assert_false (kobra_clean_fix ((KobraFix) fix, get_field ("iva"), &habit, "1.23E+17", &out));
    }
}

static void
test_rivals (void)
{
  g_assert_cmphex (kobra_fix_get_rivals (KOBRA_FIX_DAY_FIRST), ==, KOBRA_FIX_BIT (KOBRA_FIX_MONTH_FIRST));
  g_assert_cmphex (kobra_fix_get_rivals (KOBRA_FIX_DECIMAL_POINT), ==, KOBRA_FIX_BIT (KOBRA_FIX_DECIMAL_COMMA));
  g_assert_cmphex (kobra_fix_get_rivals (KOBRA_FIX_TRIM), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/clean/offer/", cases[i].name, &cases[i], test_case);
  g_test_add_func ("/clean/offer/together", test_together);
  g_test_add_func ("/clean/offer/any-text-in-any-field", test_any_text_in_any_field);
  g_test_add_func ("/clean/offer/digits-that-are-lost-stay-a-problem", test_digits_that_are_lost_stay_a_problem);
  g_test_add_func ("/clean/offer/rivals", test_rivals);
  return g_test_run ();
}
