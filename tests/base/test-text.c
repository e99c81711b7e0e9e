/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-text.h"

#include "kobra-test.h"

typedef struct
{
  const char *name, *text, *folded;
} FoldCase;

static const FoldCase fold_cases[] = {
  { "empty", "", "" },
  { "lower-case", "NOMBRE", "nombre" },
  { "accents", "Teléfono Móvil", "telefono movil" },
  { "enye", "AÑO", "ano" },
  { "dieresis", "Antigüedad", "antiguedad" },
  { "accents-apart", "Tele\xcc\x81" "fono", "telefono" },
  { "camel-case", "firstSurname", "first surname" },
  { "camel-case-of-three", "requiredPaymentMaxDate", "required payment max date" },
  { "accent-then-capital", "íÍ", "i i" },
  { "capitals-stay-together", "paymentInformationAccountCLABE", "payment information account clabe" },
  { "all-capitals-are-one-word", "CURP", "curp" },
  { "snake-case", "apellido_materno", "apellido materno" },
  { "points", "C.P.", "c p" },
  { "abbreviation", "Fec. nac.", "fec nac" },
  { "brackets", "NOMBRE(S)", "nombre s" },
  { "sign-before", "# Cuenta", "cuenta" },
  { "signs-are-one-gap", "Saldo -- / total", "saldo total" },
  { "ends", "  Saldo \t\n", "saldo" },
  { "no-break-space", "Saldo\xc2\xa0total", "saldo total" },
  { "ordinal", "Nº cuenta", "no cuenta" },
  { "full-width", "ＲＦＣ", "rfc" },
  { "ligature", "oﬁcina", "oficina" },
  { "digits", "Apellido1 2", "apellido1 2" },
  { "signs-alone", "--- $ ---", "" },
  { "byte-order-mark", "\xef\xbb\xbf" "RFC", "rfc" },
  { "not-latin", "Имя КЛИЕНТА", "имя клиента" },
};

static void
test_fold (gconstpointer data)
{
  const FoldCase  *row = data;
  g_autofree char *folded = kobra_text_fold (row->text);
  g_autofree char *again = kobra_text_fold (folded);

  g_assert_cmpstr (folded, ==, row->folded);
  g_assert_cmpstr (again, ==, row->folded);
}

/* Whatever a header holds, its folded form is valid text without a space too many. */
static void
test_fold_of_anything (void)
{
  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char    *folded = NULL;

      for (gint i = g_test_rand_int_range (0, 20); i > 0; i--)
        {
          gunichar c = (gunichar) g_test_rand_int_range (1, i % 2 == 0 ? 0x300 : 0x20000);

          if (g_unichar_validate (c))
            g_string_append_unichar (text, c);
        }
      folded = kobra_text_fold (text->str);
      g_assert_true (g_utf8_validate (folded, -1, NULL));
      g_assert_false (g_str_has_prefix (folded, " "));
      g_assert_false (g_str_has_suffix (folded, " "));
      g_assert_null (g_strstr_len (folded, -1, "  "));
    }
}

typedef struct
{
  const char *name, *text;
  gsize       limit, expected;
} LengthCase;

static const LengthCase length_cases[] = {
  { "empty", "", 10, 0 },
  { "letters", "abc", 10, 3 },
  { "accents-are-one", "áñü", 10, 3 },
  { "beyond-16-bits", "😀😀", 10, 2 },
  { "a-mark-apart-is-one-more", "e\xcc\x81", 10, 2 },
  { "as-many-as-the-limit", "ñandú", 5, 5 },
  { "stops-past-the-limit", "ñandúes y más", 5, 6 },
  { "limit-zero", "abc", 0, 1 },
};

static void
test_length (gconstpointer data)
{
  const LengthCase *row = data;

  g_assert_cmpuint (kobra_text_n_characters (row->text, row->limit), ==, row->expected);
}

typedef struct
{
  const char *name, *text;
  gsize       max;
  const char *visible;
} VisibleCase;

static const VisibleCase visible_cases[] = {
  { "as-it-is", "Calle 5 № 7 ñ", 40, "Calle 5 № 7 ñ" },
  { "exactly-full", "ñandú", 5, "ñandú" },
  { "cut", "ñandúes", 5, "ñandú…" },
  { "cut-to-nothing", "ñandú", 0, "…" },
  { "empty", "", 0, "" },
  { "new-line", "a\nb\r\tc", 40, "a␊b␍␉c" },
  { "escape", "\x1b[31m", 40, "␛[31m" },
  { "delete", "a\x7f" "b", 40, "a␡b" },
  { "c1-control", "a\xc2\x9b" "b", 40, "a�b" },
  { "right-to-left-override", "a\xe2\x80\xae" "b", 40, "a�b" },
  { "zero-width", "a\xe2\x80\x8b" "b", 40, "a�b" },
  { "byte-order-mark", "\xef\xbb\xbf" "a", 40, "�a" },
};

static void
test_visible (gconstpointer data)
{
  const VisibleCase *row = data;
  g_autofree char   *visible = kobra_text_visible (row->text, row->max);

  g_assert_cmpstr (visible, ==, row->visible);
}

typedef struct
{
  const char *name, *text;
  gboolean    expected;
} BlankCase;

static const BlankCase blank_cases[] = {
  { "empty", "", TRUE },
  { "space", "   ", TRUE },
  { "tab-and-line", "\t\r\n", TRUE },
  { "no-break-space", "\xc2\xa0\xc2\xa0", TRUE },
  { "ideographic-space", "\xe3\x80\x80", TRUE },
  { "letter", "a", FALSE },
  { "letter-among-spaces", "  a  ", FALSE },
  { "accent", " ñ", FALSE },
  { "dash", "-", FALSE },
};

static void
test_blank (gconstpointer data)
{
  const BlankCase *row = data;

  g_assert_cmpint (kobra_text_is_blank (row->text), ==, row->expected);
}

static void
test_wipe (void)
{
  char secret[] = "secret";

  kobra_text_wipe (secret + 1, 4);
  g_assert_cmpmem (secret, sizeof secret, "s\0\0\0\0t", 7);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fold_cases); i++)
    kobra_test_add_row ("/base/text/fold/", fold_cases[i].name, &fold_cases[i], test_fold);
  for (gsize i = 0; i < G_N_ELEMENTS (length_cases); i++)
    kobra_test_add_row ("/base/text/length/", length_cases[i].name, &length_cases[i], test_length);
  for (gsize i = 0; i < G_N_ELEMENTS (visible_cases); i++)
    kobra_test_add_row ("/base/text/visible/", visible_cases[i].name, &visible_cases[i], test_visible);
  for (gsize i = 0; i < G_N_ELEMENTS (blank_cases); i++)
    kobra_test_add_row ("/base/text/blank/", blank_cases[i].name, &blank_cases[i], test_blank);
  g_test_add_func ("/base/text/fold-of-anything", test_fold_of_anything);
  g_test_add_func ("/base/text/wipe", test_wipe);

  return g_test_run ();
}
