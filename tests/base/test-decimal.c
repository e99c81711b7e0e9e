/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-decimal.h"

#include "kobra-test.h"

typedef struct
{
  const char *name, *text;
  gboolean    is_integer;
  const char *json; /* NULL: not a number */
} NumberCase;

static const NumberCase number_cases[] = {
  { "plain", "1234", TRUE, "1234" },
  { "trailing-zero-stays", "1234.10", FALSE, "1234.10" },
  { "all-decimals-stay", "0.30000000000000000001", FALSE, "0.30000000000000000001" },
  { "more-digits-than-a-double", "12345678901234567890.12", FALSE, "12345678901234567890.12" },
  { "zero", "0", TRUE, "0" },
  { "zeros", "000", TRUE, "0" },
  { "leading-zeros", "007", TRUE, "7" },
  { "zero-before-the-point-stays", "0.50", FALSE, "0.50" },
  { "leading-zeros-and-decimals", "007.070", FALSE, "7.070" },
  { "plus", "+7", TRUE, "7" },
  { "plus-and-zeros", "+007", TRUE, "7" },
  { "minus", "-5", TRUE, "-5" },
  { "minus-zero", "-0", TRUE, "-0" },
  { "minus-zeros", "-000.00", FALSE, "-0.00" },
  { "no-whole", ".5", FALSE, "0.5" },
  { "minus-no-whole", "-.5", FALSE, "-0.5" },
  { "no-decimals", "5.", FALSE, "5" },
  { "zero-point", "0.", FALSE, "0" },

  { "empty", "", FALSE, NULL },
  { "point-alone", ".", FALSE, NULL },
  { "plus-alone", "+", FALSE, NULL },
  { "minus-alone", "-", FALSE, NULL },
  { "minus-point", "-.", FALSE, NULL },
  { "two-signs", "--5", FALSE, NULL },
  { "plus-minus", "+-5", FALSE, NULL },
  { "sign-at-the-end", "5-", FALSE, NULL },
  { "two-points", "1.2.3", FALSE, NULL },
  { "two-points-together", "1..2", FALSE, NULL },
  { "thousands", "1,234.50", FALSE, NULL },
  { "decimal-comma", "1234,50", FALSE, NULL },
  { "currency", "$5", FALSE, NULL },
  { "space-before", " 5", FALSE, NULL },
  { "space-after", "5 ", FALSE, NULL },
  { "space-within", "1 234", FALSE, NULL },
  { "new-line-after", "5\n", FALSE, NULL },
  { "exponent", "1e5", FALSE, NULL },
  { "exponent-with-point", "1.5E+3", FALSE, NULL },
  { "hexadecimal", "0x10", FALSE, NULL },
  { "infinity", "inf", FALSE, NULL },
  { "nan", "nan", FALSE, NULL },
  { "word", "doce", FALSE, NULL },
  { "digit-and-word", "12 pesos", FALSE, NULL },
  { "date", "2024-10-01", FALSE, NULL },
  { "arabic-digits", "٣٤", FALSE, NULL },
  { "full-width-digits", "１２", FALSE, NULL },
  { "minus-sign-of-print", "−5", FALSE, NULL },
  { "invalid-utf-8", "5\xff", FALSE, NULL },
  { "closes-the-record", "1}", FALSE, NULL },
  { "adds-a-member", "1,\"inactive\":true", FALSE, NULL },
};

static void
test_number (gconstpointer data)
{
  const NumberCase    *row = data;
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 1000);
  g_assert_true (kobra_buffer_append_byte (&buffer, ':'));
  g_assert_cmpint (kobra_decimal_is_number (row->text), ==, row->json != NULL);
  g_assert_cmpint (kobra_decimal_is_integer (row->text), ==, row->is_integer);
  g_assert_cmpint (kobra_decimal_append_json (&buffer, row->text), ==, row->json != NULL);
  g_assert_cmpstr (buffer.bytes + 1, ==, row->json != NULL ? row->json : "");
}

static void
test_long_number (void)
{
  g_autofree char     *digits = g_strnfill (1000000, '9');
  g_autofree char     *zeros = g_strnfill (1000000, '0');
  g_auto (KobraBuffer) buffer = { 0 };
  gint64               millionths;

  kobra_buffer_init (&buffer, 2000000);
  g_assert_true (kobra_decimal_is_integer (digits));
  g_assert_true (kobra_decimal_append_json (&buffer, digits));
  g_assert_cmpstr (buffer.bytes, ==, digits);
  g_assert_false (kobra_decimal_to_millionths (digits, &millionths));

  kobra_buffer_reset (&buffer);
  g_assert_true (kobra_decimal_append_json (&buffer, zeros));
  g_assert_cmpstr (buffer.bytes, ==, "0");
  g_assert_true (kobra_decimal_to_millionths (zeros, &millionths));
  g_assert_cmpint (millionths, ==, 0);
}

/* What does not fit shows in the buffer, as with any append. */
static void
test_number_over_the_limit (void)
{
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 4);
  kobra_decimal_append_json (&buffer, "-12.5");
  g_assert_true (buffer.overflowed);
}

typedef struct
{
  const char *name, *text;
  gboolean    fits;
  gint64      millionths;
} MillionthsCase;

static const MillionthsCase millionths_cases[] = {
  { "one", "1", TRUE, 1000000 },
  { "cents", "1234.10", TRUE, 1234100000 },
  { "smallest", "0.000001", TRUE, 1 },
  { "minus", "-1.5", TRUE, -1500000 },
  { "minus-zero", "-0", TRUE, 0 },
  { "plus", "+2.25", TRUE, 2250000 },
  { "no-whole", ".75", TRUE, 750000 },
  { "no-decimals", "3.", TRUE, 3000000 },
  { "zeros-before", "0000000000000000000012", TRUE, 12000000 },
  { "zeros-after", "1.2300000000000000", TRUE, 1230000 },
  { "seventh-decimal", "1.0000001", FALSE, 0 },
  { "largest", "999999999999.999999", TRUE, G_GINT64_CONSTANT (999999999999999999) },
  { "least", "-999999999999.999999", TRUE, G_GINT64_CONSTANT (-999999999999999999) },
  { "too-large", "1000000000000", FALSE, 0 },
  { "far-too-large", "123456789012345678901234567890", FALSE, 0 },
  { "empty", "", FALSE, 0 },
  { "word", "abc", FALSE, 0 },
  { "exponent", "1e3", FALSE, 0 },
  { "thousands", "1,000", FALSE, 0 },
};

static void
test_millionths (gconstpointer data)
{
  const MillionthsCase *row = data;
  gint64                millionths = 0;

  g_assert_cmpint (kobra_decimal_to_millionths (row->text, &millionths), ==, row->fits);
  if (row->fits)
    g_assert_cmpint (millionths, ==, row->millionths);
}

typedef struct
{
  const char *name, *text;
  gboolean    expected;
} ScientificCase;

static const ScientificCase scientific_cases[] = {
  { "as-a-spreadsheet-shows-it", "1.23E+17", TRUE },
  { "small-letter", "1.23e+17", TRUE },
  { "no-sign", "4E9", TRUE },
  { "minus-exponent", "1.5E-7", TRUE },
  { "minus", "-1.5E+7", TRUE },
  { "no-whole", ".5E3", TRUE },
  { "number", "1234.50", FALSE },
  { "no-exponent", "1.23E", FALSE },
  { "sign-alone", "1.23E+", FALSE },
  { "two-signs", "1.23E+-7", FALSE },
  { "no-digits", "E+17", FALSE },
  { "point-alone", ".E5", FALSE },
  { "decimals-in-the-exponent", "1E1.5", FALSE },
  { "more-after", "1.23E+17x", FALSE },
  { "space-after", "1.23E+17 ", FALSE },
  { "word", "E", FALSE },
  { "empty", "", FALSE },
  { "hexadecimal", "0x1E5", FALSE },
};

static void
test_scientific (gconstpointer data)
{
  const ScientificCase *row = data;

  g_assert_cmpint (kobra_decimal_is_scientific (row->text), ==, row->expected);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (number_cases); i++)
    kobra_test_add_row ("/base/decimal/number/", number_cases[i].name, &number_cases[i], test_number);
  for (gsize i = 0; i < G_N_ELEMENTS (millionths_cases); i++)
    kobra_test_add_row ("/base/decimal/millionths/", millionths_cases[i].name, &millionths_cases[i], test_millionths);
  for (gsize i = 0; i < G_N_ELEMENTS (scientific_cases); i++)
    kobra_test_add_row ("/base/decimal/scientific/", scientific_cases[i].name, &scientific_cases[i], test_scientific);
  g_test_add_func ("/base/decimal/long-number", test_long_number);
  g_test_add_func ("/base/decimal/number-over-the-limit", test_number_over_the_limit);

  return g_test_run ();
}
