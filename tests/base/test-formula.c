/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-formula.h"

#include "kobra-test.h"

static const struct
{
  const char *name, *text, *safe;
} cases[] = {
  { "equals", "=1+1", "'=1+1" },
  { "plus", "+52 55 1234 5678", "'+52 55 1234 5678" },
  { "minus", "-1+1|cmd", "'-1+1|cmd" },
  { "at", "@SUM(A1)", "'@SUM(A1)" },
  { "tab", "\t=1", "'\t=1" },
  { "return", "\r=1", "'\r=1" },
  { "own-apostrophe", "'=1", "''=1" },
  { "own-apostrophes", "'''-x", "''''-x" },
  { "apostrophe-and-word", "'tis", "'tis" },
  { "amount-below-zero", "-5.00", "-5.00" },
  { "grouped-below-zero", "-1,234.50", "-1,234.50" },
  { "minus-alone", "-", "'-" },
  { "minus-and-points", "-.,", "'-.,"},
  { "two-minuses", "-5-3", "'-5-3" },
  { "amount", "5.00", "5.00" },
  { "text", "José", "José" },
  { "empty", "", "" },
};

static void
test_there_and_back (gconstpointer data)
{
  const typeof (cases[0]) *row = data;
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 100);
  g_assert_true (kobra_formula_append_safe (&buffer, row->text));
  g_assert_cmpstr (buffer.bytes, ==, row->safe);
  g_assert_cmpstr (kobra_formula_undo (buffer.bytes), ==, row->text);
}

/* Every text of up to five of the signs that matter. */
static void
test_the_pair_is_exact (void)
{
  static const char signs[] = "'=+-@\t\r5.a";
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 100);
  for (guint n = 0; n < 100000; n++)
    {
      char  text[6] = "";
      guint rest = n, length = n % 6;

      for (guint i = 0; i < length; i++, rest /= 10)
        text[i] = signs[rest % 10];
      kobra_buffer_reset (&buffer);
      g_assert_true (kobra_formula_append_safe (&buffer, text));
      g_assert_cmpstr (kobra_formula_undo (buffer.bytes), ==, text);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/base/formula/there-and-back/", cases[i].name, &cases[i], test_there_and_back);
  g_test_add_func ("/base/formula/the-pair-is-exact", test_the_pair_is_exact);

  return g_test_run ();
}
