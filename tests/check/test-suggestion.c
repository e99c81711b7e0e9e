/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-suggestion.h"

#include "kobra-schema-accounts.h"
#include "kobra-test.h"

#define MAX_GIVEN 4

static const struct
{
  const char *name;
  struct
  {
    KobraAccountField field;
    const char       *text;
  } given[MAX_GIVEN];
  KobraAccountField field;
  const char       *offered; /* NULL: nothing */
} cases[] = {
  { "bank", { { KOBRA_ACCOUNT_BANK_CLABE, "002115016003269411" } }, KOBRA_ACCOUNT_BANK_NAME, "Banamex" },
  { "bank-there", { { KOBRA_ACCOUNT_BANK_CLABE, "002115016003269411" }, { KOBRA_ACCOUNT_BANK_NAME, "BNMX" } }, KOBRA_ACCOUNT_BANK_NAME, NULL },
  { "bank-of-a-mistyped-clabe", { { KOBRA_ACCOUNT_BANK_CLABE, "002115016003269412" } }, KOBRA_ACCOUNT_BANK_NAME, NULL },
  { "state", { { KOBRA_ACCOUNT_POSTAL_CODE, "44100" } }, KOBRA_ACCOUNT_STATE, "Jalisco" },
  { "state-there", { { KOBRA_ACCOUNT_POSTAL_CODE, "44100" }, { KOBRA_ACCOUNT_STATE, "JAL." } }, KOBRA_ACCOUNT_STATE, NULL },
  { "state-of-another", { { KOBRA_ACCOUNT_POSTAL_CODE, "44100" }, { KOBRA_ACCOUNT_STATE, "Colima" } }, KOBRA_ACCOUNT_STATE, "Jalisco" },
  { "total", { { KOBRA_ACCOUNT_PENDING_CAPITAL, "1000.10" }, { KOBRA_ACCOUNT_IVA, "160" } }, KOBRA_ACCOUNT_TOTAL_PENDING, "1160.10" },
  { "total-right", { { KOBRA_ACCOUNT_PENDING_CAPITAL, "1000" }, { KOBRA_ACCOUNT_IVA, "160" }, { KOBRA_ACCOUNT_TOTAL_PENDING, "1160.0" } }, KOBRA_ACCOUNT_TOTAL_PENDING, NULL },
  { "total-wrong", { { KOBRA_ACCOUNT_PAID_CAPITAL, "10" }, { KOBRA_ACCOUNT_PAID_ORDINARY_INTEREST, "2.5" }, { KOBRA_ACCOUNT_TOTAL_PAID, "12" } }, KOBRA_ACCOUNT_TOTAL_PAID, "12.50" },
  { "total-of-one-part", { { KOBRA_ACCOUNT_PENDING_CAPITAL, "1000" } }, KOBRA_ACCOUNT_TOTAL_PENDING, NULL },
  { "total-of-no-numbers", { { KOBRA_ACCOUNT_PENDING_CAPITAL, "much" }, { KOBRA_ACCOUNT_IVA, "160" } }, KOBRA_ACCOUNT_TOTAL_PENDING, NULL },
  { "total-finer-than-a-centavo", { { KOBRA_ACCOUNT_PENDING_CAPITAL, "0.001" }, { KOBRA_ACCOUNT_IVA, "1" } }, KOBRA_ACCOUNT_TOTAL_PENDING, NULL },
  { "coordinates", { { KOBRA_ACCOUNT_LAT, "-99.1" }, { KOBRA_ACCOUNT_LNG, "19.4" } }, KOBRA_ACCOUNT_LAT, "19.4" },
  { "coordinates-right", { { KOBRA_ACCOUNT_LAT, "19.4" }, { KOBRA_ACCOUNT_LNG, "-99.1" } }, KOBRA_ACCOUNT_LAT, NULL },
  { "nothing-to-say", { { KOBRA_ACCOUNT_NAME, "Ana" } }, KOBRA_ACCOUNT_NAME, NULL },
};

static void
test_suggestion (gconstpointer data)
{
  gsize       i = GPOINTER_TO_SIZE (data);
  KobraRecord record = { .schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS) };
  g_auto (KobraSuggestion) offer = { 0 };

  for (guint field = 0; field < record.schema->n_fields; field++)
    record.texts[field] = "";
  for (gsize at = 0; at < MAX_GIVEN; at++)
    if (cases[i].given[at].text != NULL)
      record.texts[cases[i].given[at].field] = cases[i].given[at].text;
  kobra_suggestion_find (&offer, &record, cases[i].field);
  g_assert_cmpstr (offer.n > 0 ? offer.texts[0] : NULL, ==, cases[i].offered);
  if (offer.n > 0)
    g_assert_cmpuint (offer.fields[0], ==, cases[i].field);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/suggestion/", cases[i].name, GSIZE_TO_POINTER (i), test_suggestion);
  return g_test_run ();
}
