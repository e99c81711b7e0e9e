/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-needle.h"

#include "kobra-collate.h"

#include <locale.h>

typedef struct
{
  const char      *name;
  const char      *needle;
  KobraNeedleFlags flags;
  const char      *text;
  const char      *replaced; /* with "-"; NULL: it is not in */
} Case;

static const Case cases[] = {
  { "case", "jose", KOBRA_NEEDLE_LOOSE, "Ana JOSE Luis", "Ana - Luis" },
  { "accents", "jose", KOBRA_NEEDLE_LOOSE, "JOSÉ", "-" },
  { "accents-in-the-needle", "JOSÉ", KOBRA_NEEDLE_LOOSE, "jose", "-" },
  { "decomposed", "jose", KOBRA_NEEDLE_LOOSE, "Jose\u0301 L", "- L" },
  { "enye", "nandu", KOBRA_NEEDLE_LOOSE, "ñandú", "-" },
  { "every-place", "a", KOBRA_NEEDLE_LOOSE, "aXáxA", "-X-x-" },
  { "overlapping", "aa", KOBRA_NEEDLE_LOOSE, "aaa", "-a" },
  { "not-in", "z", KOBRA_NEEDLE_LOOSE, "abc", NULL },
  { "case-counts", "jose", KOBRA_NEEDLE_CASE, "Jose", NULL },
  { "accents-count", "jose", KOBRA_NEEDLE_ACCENTS, "José", NULL },
  { "whole", "mx", KOBRA_NEEDLE_WHOLE, "MX", "-" },
  { "whole-not-part", "mx", KOBRA_NEEDLE_WHOLE, "MXN", NULL },
  { "whole-empty", "", KOBRA_NEEDLE_WHOLE, "", "-" },
  { "whole-empty-not-full", "", KOBRA_NEEDLE_WHOLE, "x", NULL },
  { "empty", "", KOBRA_NEEDLE_LOOSE, "x", NULL },
  { "punctuation", "1,234.50", KOBRA_NEEDLE_LOOSE, "$1,234.50 MXN", "$- MXN" },
  { "greek", "σ", KOBRA_NEEDLE_LOOSE, "Σ", "-" },
  { "marks-alone", "\u0301", KOBRA_NEEDLE_LOOSE, "e\u0301", NULL },
  { "second-try", "aab", KOBRA_NEEDLE_LOOSE, "aaab", "a-" },
};

static void
test_case (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (KobraNeedle) needle = kobra_needle_new (row->needle, row->flags);
  g_autofree char *replaced = kobra_needle_replace (needle, row->text, "-");

  g_assert_cmpstr (replaced, ==, row->replaced);
  g_assert_cmpint (kobra_needle_is_in (needle, row->text), ==, row->replaced != NULL);
}

static int
compare (const char *a,
         const char *b)
{
  guint64 x, y;

  do
    {
      x = kobra_collate_next (&a);
      y = kobra_collate_next (&b);
    }
  while (x == y && x != 0);
  return (x > y) - (x < y);
}

static void
test_collate (void)
{
  g_assert_cmpint (compare ("ana", "Beto"), <, 0);
  g_assert_cmpint (compare ("Ávila", "azul"), <, 0);
  g_assert_cmpint (compare ("avila", "ÁVILA"), ==, 0);
  g_assert_cmpint (compare ("perez", "pe\u0301rez"), ==, 0);
  g_assert_cmpint (compare ("Pérez Luna", "Pérez Luz"), <, 0);
  g_assert_cmpint (compare ("", "a"), <, 0);
  g_assert_cmpint (compare ("abcd", "abcde"), <, 0);
  g_assert_cmpint (compare ("ñ", "z"), <, 0);
  g_assert_cmpint (compare ("ñ", "m"), >, 0);
  g_assert_cmpint (compare ("z", "Ω"), <, 0);
}

int
main (int   argc,
      char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/base/needle/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/base/collate/letters-in-their-order", test_collate);
  return g_test_run ();
}
