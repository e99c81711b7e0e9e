/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kobra-bank.h"
#include "kobra-clabe.h"
#include "kobra-curp.h"
#include "kobra-rfc.h"
#include "kobra-state.h"
#include "kobra-test.h"

/* All of these are made up, with check digits worked out by another program; AAPR630321HDFLRC09 and GODE561231GR8 are the authorities' own examples. */
typedef struct
{
  const char      *name, *text;
  KobraProblemCode expected;
} Case;

static const Case rfcs[] = {
  { "person", "GODE561231GR8", KOBRA_PROBLEM_NONE },
  { "person-0", "PEGJ801231AB0", KOBRA_PROBLEM_NONE },
  { "person-a", "PEGJ801231AHA", KOBRA_PROBLEM_NONE },
  { "person-lower-case", "gode561231gr8", KOBRA_PROBLEM_NONE },
  { "person-enye", "NUÑA920229K12", KOBRA_PROBLEM_NONE },
  { "person-enye-first-lower-case", "ñUMA7001018K8", KOBRA_PROBLEM_NONE },
  { "person-ampersand", "LO&P650630Q40", KOBRA_PROBLEM_NONE },
  { "company", "A&B990115T21", KOBRA_PROBLEM_NONE },
  { "company-a", "ABC010203XYA", KOBRA_PROBLEM_NONE },
  { "company-enye", "ÑAN850707H40", KOBRA_PROBLEM_NONE },
  { "leap-day-of-2000", "QUMA000229ZZ6", KOBRA_PROBLEM_NONE },
  { "generic-public", "XAXX010101000", KOBRA_PROBLEM_NONE },
  { "generic-foreigner", "xexx010101000", KOBRA_PROBLEM_NONE },
  { "word", "PEDO801231AB6", KOBRA_PROBLEM_RFC_WORD },
  { "word-of-curps-only", "LOCA801231AB1", KOBRA_PROBLEM_NONE },
  { "word-with-x", "PEDX801231AB4", KOBRA_PROBLEM_NONE },
  { "wrong-digit", "GODE561231GR9", KOBRA_PROBLEM_RFC_CHECK_DIGIT },
  { "transposed", "GODE651231GR8", KOBRA_PROBLEM_RFC_CHECK_DIGIT },
  { "wrong-letter", "GADE561231GR8", KOBRA_PROBLEM_RFC_CHECK_DIGIT },
  { "company-wrong-digit", "A&B990115T22", KOBRA_PROBLEM_RFC_CHECK_DIGIT },
  { "no-homoclave", "GODE561231", KOBRA_PROBLEM_RFC_FORM },
  { "hyphen", "GODE561231-GR8", KOBRA_PROBLEM_RFC_FORM },
  { "spaces", "ABC 010203 XYA", KOBRA_PROBLEM_RFC_FORM },
  { "no-such-month", "GODE561331GR8", KOBRA_PROBLEM_RFC_FORM },
  { "no-such-day", "GODE560431GR8", KOBRA_PROBLEM_RFC_FORM },
  { "no-leap-day", "GODE550229GR8", KOBRA_PROBLEM_RFC_FORM },
  { "check-digit-b", "GODE561231GRB", KOBRA_PROBLEM_RFC_FORM },
  { "digit-among-letters", "G0DE561231GR8", KOBRA_PROBLEM_RFC_FORM },
  { "letter-in-date", "GODE56I231GR8", KOBRA_PROBLEM_RFC_FORM },
  { "too-short", "GR8", KOBRA_PROBLEM_RFC_FORM },
  { "one", "G", KOBRA_PROBLEM_RFC_FORM },
  { "too-long", "GODE561231GR81", KOBRA_PROBLEM_RFC_FORM },
  { "other-two-byte-letter", "GÓDE561231GR8", KOBRA_PROBLEM_RFC_FORM },
  { "cut-enye", "GODE561231GR\xc3", KOBRA_PROBLEM_RFC_FORM },
};

static const Case clabes[] = {
  { "good", "002115016003269411", KOBRA_PROBLEM_NONE },
  { "other-bank", "646180112233445565", KOBRA_PROBLEM_NONE },
  { "nines", "999999999999999995", KOBRA_PROBLEM_CLABE_BANK },
  { "no-such-place", "002099016003269414", KOBRA_PROBLEM_CLABE_PLACE },
  { "first-place", "002010016003269419", KOBRA_PROBLEM_NONE },
  { "no-such-bank", "999115016003269414", KOBRA_PROBLEM_CLABE_BANK },
  { "wrong-digit", "002115016003269412", KOBRA_PROBLEM_CLABE_CHECK_DIGIT },
  { "transposed", "002151016003269411", KOBRA_PROBLEM_CLABE_CHECK_DIGIT },
  { "rounded", "646180112233445000", KOBRA_PROBLEM_CLABE_CHECK_DIGIT },
  { "17", "00211501600326941", KOBRA_PROBLEM_CLABE_FORM },
  { "19", "0021150160032694110", KOBRA_PROBLEM_CLABE_FORM },
  { "spaces", "002 115 01600326941 1", KOBRA_PROBLEM_CLABE_FORM },
  { "letter", "00211501600326941l", KOBRA_PROBLEM_CLABE_FORM },
  { "wide-digits", "００２１１５", KOBRA_PROBLEM_CLABE_FORM },
};

static const struct
{
  const char      *name, *text;
  KobraProblemCode expected;
  KobraCurp        curp;
} curps[] = {
  { "example", "AAPR630321HDFLRC09", KOBRA_PROBLEM_NONE, { 1963, 3, 21, 'H' } },
  { "man", "PEGJ801231HDFRRN00", KOBRA_PROBLEM_NONE, { 1980, 12, 31, 'H' } },
  { "woman-of-2005", "LOMA050715MJCPRNA6", KOBRA_PROBLEM_NONE, { 2005, 7, 15, 'M' } },
  { "lower-case", "loma050715mjcprna6", KOBRA_PROBLEM_NONE, { 2005, 7, 15, 'M' } },
  { "last-of-the-century", "ROSA991231MNLDLN00", KOBRA_PROBLEM_NONE, { 1999, 12, 31, 'M' } },
  { "neither-leap-day", "ROSA000229XNLDLNB5", KOBRA_PROBLEM_NONE, { 2000, 2, 29, 'X' } },
  { "foreigner", "XEXX010101HNEXXXA4", KOBRA_PROBLEM_NONE, { 2001, 1, 1, 'H' } },
  { "word", "PEDO801231HDFRRN08", KOBRA_PROBLEM_CURP_WORD, { 1980, 12, 31, 'H' } },
  { "word-with-x", "PXDO801231HDFRRN08", KOBRA_PROBLEM_NONE, { 1980, 12, 31, 'H' } },
  { "wrong-digit", "AAPR630321HDFLRC08", KOBRA_PROBLEM_CURP_CHECK_DIGIT, { 1963, 3, 21, 'H' } },
  { "transposed", "AAPR360321HDFLRC09", KOBRA_PROBLEM_CURP_CHECK_DIGIT, { 1936, 3, 21, 'H' } },
  { "no-leap-day-1900", "ROSA000229XNLDLN05", KOBRA_PROBLEM_CURP_FORM },
  { "no-such-day", "AAPR630231HDFLRC09", KOBRA_PROBLEM_CURP_FORM },
  { "no-such-state", "AAPR630321HXXLRC09", KOBRA_PROBLEM_CURP_FORM },
  { "state-across-two", "AAPR630321HS LRC09", KOBRA_PROBLEM_CURP_FORM },
  { "no-sex", "AAPR630321FDFLRC09", KOBRA_PROBLEM_CURP_FORM },
  { "no-inner-vowel", "ABPR630321HDFLRC09", KOBRA_PROBLEM_CURP_FORM },
  { "vowel-for-consonant", "AAPR630321HDFLRA09", KOBRA_PROBLEM_CURP_FORM },
  { "letter-at-the-end", "AAPR630321HDFLRC0O", KOBRA_PROBLEM_CURP_FORM },
  { "17", "AAPR630321HDFLRC0", KOBRA_PROBLEM_CURP_FORM },
  { "19", "AAPR630321HDFLRC099", KOBRA_PROBLEM_CURP_FORM },
  { "enye", "ÑAPR630321HDFLRC0", KOBRA_PROBLEM_CURP_FORM },
  { "empty", "", KOBRA_PROBLEM_CURP_FORM },
};

static void
test_rfc (gconstpointer data)
{
  const Case *c = data;

  g_assert_cmpint (kobra_rfc_check (c->text), ==, c->expected);
}

static void
test_clabe (gconstpointer data)
{
  const Case *c = data;

  g_assert_cmpint (kobra_clabe_check (c->text), ==, c->expected);
}

static void
test_curp (gconstpointer data)
{
  gsize     i = GPOINTER_TO_SIZE (data);
  KobraCurp curp = { 0 };

  g_assert_cmpint (kobra_curp_check (curps[i].text), ==, curps[i].expected);
  g_assert_cmpint (kobra_curp_scan (curps[i].text, &curp), ==, curps[i].expected != KOBRA_PROBLEM_CURP_FORM);
  if (curps[i].expected == KOBRA_PROBLEM_CURP_FORM)
    return;
  g_assert_cmpuint (curp.year, ==, curps[i].curp.year);
  g_assert_cmpuint (curp.month, ==, curps[i].curp.month);
  g_assert_cmpuint (curp.day, ==, curps[i].curp.day);
  g_assert_cmpint (curp.sex, ==, curps[i].curp.sex);
}

static void
test_banks (void)
{
  g_assert_cmpstr (kobra_bank_of_clabe ("012180001234567897"), ==, "BBVA México");
  g_assert_cmpstr (kobra_bank_of_clabe ("902"), ==, NULL);
  g_assert_cmpstr (kobra_bank_of_clabe ("9020"), ==, "Indeval");
  g_assert_cmpstr (kobra_bank_of_clabe ("0021"), ==, "Banamex");
  g_assert_cmpstr (kobra_bank_of_clabe ("1491"), ==, "BanFeliz"); /* once Forjadores */
  g_assert_cmpstr (kobra_bank_of_clabe ("x021"), ==, NULL);
  for (guint code = 0; code < 1000; code++)
    {
      g_autofree char *text = g_strdup_printf ("%03u0", code);

      if (kobra_bank_of_clabe (text) != NULL)
        g_assert_cmpint (g_utf8_strlen (kobra_bank_of_clabe (text), -1), <=, 20);
    }
}

static void
test_states (void)
{
  static const struct
  {
    const char *code, *name;
  } cases[] = {
    { "01000", "CDMX" }, { "06700", "Ciudad de México" }, { "44100", "jalisco" }, { "64000", "NUEVO LEÓN" }, { "50000", "Estado de México" },
    { "76000", "Queretaro" }, { "97000", "Yucatán" }, { "99999", "Zac." }, { "22000", "B.C." }, { "23000", "Baja California Sur" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (kobra_state_of_postal_code (cases[i].code), >=, 0);
      g_assert_cmpint (kobra_state_of_postal_code (cases[i].code), ==, kobra_state_find (cases[i].name));
    }
  g_assert_cmpint (kobra_state_of_postal_code ("00100"), ==, -1);
  g_assert_cmpint (kobra_state_of_postal_code ("17000"), ==, -1);
  g_assert_cmpint (kobra_state_of_postal_code ("0100"), ==, -1);
  g_assert_cmpint (kobra_state_find ("Atlantis"), ==, -1);
  g_assert_cmpint (kobra_state_find (""), ==, -1);
  g_assert_cmpstr (kobra_state_get_name (kobra_state_find ("nl")), ==, "Nuevo León");
}

/* One mistyped digit never passes a CLABE's check; that is what it is for. */
static void
test_clabe_catches_every_single_digit (void)
{
  for (guint i = 0; i < 18; i++)
    for (char c = '0'; c <= '9'; c++)
      {
        char text[] = "002115016003269411";

        if (text[i] == c)
          continue;
        text[i] = c;
        g_assert_cmpint (kobra_clabe_check (text), ==, KOBRA_PROBLEM_CLABE_CHECK_DIGIT);
      }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/clabe/banks", test_banks);
  g_test_add_func ("/check/states/by-postal-code-and-name", test_states);
  for (gsize i = 0; i < G_N_ELEMENTS (rfcs); i++)
    kobra_test_add_row ("/check/rfc/", rfcs[i].name, &rfcs[i], test_rfc);
  for (gsize i = 0; i < G_N_ELEMENTS (clabes); i++)
    kobra_test_add_row ("/check/clabe/", clabes[i].name, &clabes[i], test_clabe);
  for (gsize i = 0; i < G_N_ELEMENTS (curps); i++)
    kobra_test_add_row ("/check/curp/", curps[i].name, GSIZE_TO_POINTER (i), test_curp);
  g_test_add_func ("/check/clabe/every-single-digit-is-caught", test_clabe_catches_every_single_digit);
  return g_test_run ();
}
