/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-number.h"

#include <string.h>

#include "kobra-test.h"

/* What a person sees of a number in a spreadsheet. */
static const struct
{
  const char *name, *text, *code, *expected;
  gboolean    is_1904, is_calculated, is_lost;
} numbers[] = {
  /* clang-format off */
  { "integer", "42", "General", "42" },
  { "zero", "0", "General", "0" },
  { "minus-zero", "-0", "General", "0" },
  { "negative", "-5.50", "General", "-5.5" },
  { "seventeen-digits-of-a-tenth", "1234.0999999999999", "General", "1234.1" },
  { "binary-sum", "1234.3000000000002", "General", "1234.3", FALSE, TRUE },
  { "sixteen-digits-typed", "0.1234567890123456", "General", "0.1234567890123456" },
  { "power-of-ten", "2.115016003269411E+17", "General", "211501600326941100", FALSE, FALSE, TRUE },
  { "small-power-of-ten", "1E-7", "General", "0.0000001" },
  { "sixteen-digit-integer", "2115016003269411", "General", "2115016003269411", FALSE, FALSE, TRUE },
  { "fifteen-digit-integer", "211501600326941", "General", "211501600326941" },
  { "all-digits-written-down", "211501600326941123", "General", "211501600326941123" },
  { "zeros", "5", "00000", "00005" },
  { "zeros-of-zero", "0", "00000", "00000" },
  { "zeros-wider-than-the-format", "123456", "00000", "123456" },
  { "zeros-of-a-fraction", "5.5", "00000", "5.5" },
  { "one-zero-is-no-width", "5", "0", "5" },
  { "amount", "1234.5", "#,##0.00", "1234.5" },
  { "currency", "1234.5", "[$$-80A]#,##0.00;[Red]-[$$-80A]#,##0.00", "1234.5" },
  { "percent", "0.16", "0%", "16%" },
  { "percent-with-decimals", "0.165", "0.00%", "16.5%" },
  { "percent-over-one", "2", "0%", "200%" },
  { "date", "45322", "dd/mm/yyyy", "2024-01-31" },
  { "date-spanish", "45322", "dd/mm/aaaa", "2024-01-31" },
  { "date-of-month-and-year", "45322", "mmm-yy", "2024-01-31" },
  { "date-with-words", "45322", "[$-80A]d \"de\" mmmm \"de\" yyyy", "2024-01-31" },
  { "date-first", "1", "d/m/y", "1900-01-01" },
  { "date-before-the-day-that-was-not", "59", "d/m/y", "1900-02-28" },
  { "date-that-was-not", "60", "d/m/y", "1900-02-29" },
  { "date-after-it", "61", "d/m/y", "1900-03-01" },
  { "date-1904", "43860", "d/m/y", "2024-01-31", TRUE },
  { "date-1904-first", "0", "d/m/y", "1904-01-01", TRUE },
  { "date-last", "2958465", "d/m/y", "9999-12-31" },
  { "date-past-the-last", "2958466", "d/m/y", "2958466" },
  { "date-negative", "-5", "d/m/y", "-5" },
  { "date-time", "45322.336805555555", "dd/mm/yyyy hh:mm", "2024-01-31 08:05:00" },
  { "date-time-midnight", "45322", "dd/mm/yyyy hh:mm", "2024-01-31" },
  { "date-time-rounds-to-the-next-day", "45322.9999999", "dd/mm/yyyy hh:mm", "2024-02-01" },
  { "time", "0.52083333333333337", "h:mm", "12:30:00" },
  { "time-am-pm", "0.52083333333333337", "h:mm AM/PM", "12:30:00" },
  { "duration", "1.5", "[h]:mm:ss", "36:00:00" },
  { "literal-d-is-no-day", "5", "0 \"días\"", "5" },
  { "escaped-h-is-no-hour", "5", "0\\h", "5" },
  /* clang-format on */
};

static void
test_number (gconstpointer data)
{
  gsize       i = GPOINTER_TO_SIZE (data);
  KobraBuffer buffer;
  gboolean    is_lost;

  kobra_buffer_init (&buffer, 1000);
  g_assert_true (kobra_number_append (&buffer, numbers[i].text, strlen (numbers[i].text), kobra_number_format_parse (numbers[i].code), numbers[i].is_1904, numbers[i].is_calculated, &is_lost));
  g_assert_cmpstr (buffer.bytes, ==, numbers[i].expected);
  g_assert_cmpint (is_lost, ==, numbers[i].is_lost);
  kobra_buffer_clear (&buffer);
}

static void
test_no_number (void)
{
  static const char *const texts[] = { "", "-", ".", "1e", "1.2.3", "0x10", "nan", "inf", "1E+999", "12345678901234567890123456789012345678901234567890123456789012345678" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      KobraBuffer buffer;
      gboolean    is_lost;

      kobra_buffer_init (&buffer, 1000);
      g_assert_false (kobra_number_append (&buffer, texts[i], strlen (texts[i]), (KobraNumberFormat) { 0 }, FALSE, FALSE, &is_lost));
      kobra_buffer_clear (&buffer);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    kobra_test_add_row ("/read/number/", numbers[i].name, GSIZE_TO_POINTER (i), test_number);
  g_test_add_func ("/read/number/no-number", test_no_number);
  return g_test_run ();
}
