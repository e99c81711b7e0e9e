/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What other fields of a record say already: offered under the field on a button, done by nothing else, and taken back by one undo; and where
 * they contradict it, that is said. */
#include "form-look.h"

#include "kobra-schema-accounts.h"

#define MAX_GIVEN 4

typedef struct
{
  guint       field;
  const char *text;
} Entry;

static const struct
{
  const char *name;
  Entry       given[MAX_GIVEN];
  guint       field;
  const char *button;   /* what it says; NULL: nothing is offered */
  Entry       taken[2]; /* what the button enters */
} offers[] = {
  { "bank-of-the-clabe", { { KOBRA_ACCOUNT_BANK_CLABE, "002115016003269411" } }, KOBRA_ACCOUNT_BANK_NAME, "Fill In “Banamex”", { { KOBRA_ACCOUNT_BANK_NAME, "Banamex" } } },
  { "no-bank-of-a-wrong-clabe", { { KOBRA_ACCOUNT_BANK_CLABE, "002115016003269412" } }, KOBRA_ACCOUNT_BANK_NAME, NULL, { { 0 } } },
  { "no-bank-over-another", { { KOBRA_ACCOUNT_BANK_CLABE, "002115016003269411" }, { KOBRA_ACCOUNT_BANK_NAME, "BNMX" } }, KOBRA_ACCOUNT_BANK_NAME, NULL, { { 0 } } },
  { "state-of-the-postal-code", { { KOBRA_ACCOUNT_POSTAL_CODE, "44100" } }, KOBRA_ACCOUNT_STATE, "Fill In “Jalisco”", { { KOBRA_ACCOUNT_STATE, "Jalisco" } } },
  { "state-for-another", { { KOBRA_ACCOUNT_POSTAL_CODE, "44100" }, { KOBRA_ACCOUNT_STATE, "Colima" } }, KOBRA_ACCOUNT_STATE, "Fill In “Jalisco”", { { KOBRA_ACCOUNT_STATE, "Jalisco" } } },
  { "no-state-of-a-short-code", { { KOBRA_ACCOUNT_POSTAL_CODE, "4410" } }, KOBRA_ACCOUNT_STATE, NULL, { { 0 } } },
  { "pending-of-its-parts", { { KOBRA_ACCOUNT_PENDING_CAPITAL, "1,000.10" }, { KOBRA_ACCOUNT_IVA, "160" } }, KOBRA_ACCOUNT_TOTAL_PENDING, "Fill In “1160.10”", { { KOBRA_ACCOUNT_TOTAL_PENDING, "1160.10" } } },
  { "pending-for-a-wrong-one", { { KOBRA_ACCOUNT_PENDING_CAPITAL, "1000" }, { KOBRA_ACCOUNT_IVA, "160" }, { KOBRA_ACCOUNT_TOTAL_PENDING, "1150" } }, KOBRA_ACCOUNT_TOTAL_PENDING, "Fill In “1160.00”", { { KOBRA_ACCOUNT_TOTAL_PENDING, "1160.00" } } },
  { "no-pending-where-it-is-right", { { KOBRA_ACCOUNT_PENDING_CAPITAL, "1000" }, { KOBRA_ACCOUNT_IVA, "160" }, { KOBRA_ACCOUNT_TOTAL_PENDING, "1160" } }, KOBRA_ACCOUNT_TOTAL_PENDING, NULL, { { 0 } } },
  { "paid-of-its-parts", { { KOBRA_ACCOUNT_PAID_CAPITAL, "10" }, { KOBRA_ACCOUNT_PAID_ORDINARY_INTEREST, "2.5" } }, KOBRA_ACCOUNT_TOTAL_PAID, "Fill In “12.50”", { { KOBRA_ACCOUNT_TOTAL_PAID, "12.50" } } },
  { "coordinates-swapped", { { KOBRA_ACCOUNT_LAT, "-99.1" }, { KOBRA_ACCOUNT_LNG, "19.4" } }, KOBRA_ACCOUNT_LAT, "Exchange With Its Neighbour", { { KOBRA_ACCOUNT_LAT, "19.4" }, { KOBRA_ACCOUNT_LNG, "-99.1" } } },
  { "no-exchange-of-good-ones", { { KOBRA_ACCOUNT_LAT, "19.4" }, { KOBRA_ACCOUNT_LNG, "-99.1" } }, KOBRA_ACCOUNT_LAT, NULL, { { 0 } } },
};

static const struct
{
  const char *name;
  Entry       given[MAX_GIVEN];
  guint       field;
  const char *said; /* a part of it */
} contradictions[] = {
  { "curp-birthdate", { { KOBRA_ACCOUNT_CURP, "PEGJ801231HDFRRN00" }, { KOBRA_ACCOUNT_BIRTHDATE, "30/12/1980" } }, KOBRA_ACCOUNT_CURP, "another day of birth" },
  { "curp-gender", { { KOBRA_ACCOUNT_CURP, "PEGJ801231HDFRRN00" }, { KOBRA_ACCOUNT_GENDER, "F" } }, KOBRA_ACCOUNT_CURP, "another gender" },
  { "curp-name", { { KOBRA_ACCOUNT_CURP, "PEGJ801231HDFRRN00" }, { KOBRA_ACCOUNT_FIRST_SURNAME, "Peña" }, { KOBRA_ACCOUNT_SECOND_SURNAME, "García" } }, KOBRA_ACCOUNT_CURP, "do not come from this name" },
  { "rfc-birthdate", { { KOBRA_ACCOUNT_RFC, "PEGJ801231AB0" }, { KOBRA_ACCOUNT_BIRTHDATE, "30/12/1980" } }, KOBRA_ACCOUNT_RFC, "another day of birth" },
  { "rfc-name", { { KOBRA_ACCOUNT_RFC, "PEGJ801231AB0" }, { KOBRA_ACCOUNT_FIRST_SURNAME, "Peña" }, { KOBRA_ACCOUNT_SECOND_SURNAME, "García" } }, KOBRA_ACCOUNT_RFC, "do not come from" },
  { "rfc-curp", { { KOBRA_ACCOUNT_RFC, "PEGJ801230AB4" }, { KOBRA_ACCOUNT_CURP, "PEGJ801231HDFRRN00" } }, KOBRA_ACCOUNT_RFC, "two people" },
  { "total", { { KOBRA_ACCOUNT_PENDING_CAPITAL, "1000" }, { KOBRA_ACCOUNT_IVA, "160" }, { KOBRA_ACCOUNT_TOTAL_PENDING, "1150" } }, KOBRA_ACCOUNT_TOTAL_PENDING, "add up to another amount" },
  { "state", { { KOBRA_ACCOUNT_POSTAL_CODE, "44100" }, { KOBRA_ACCOUNT_STATE, "Colima" } }, KOBRA_ACCOUNT_POSTAL_CODE, "another state" },
  { "place", { { KOBRA_ACCOUNT_LAT, "40.4" }, { KOBRA_ACCOUNT_LNG, "-3.7" }, { KOBRA_ACCOUNT_NATIONALITY, "MX" } }, KOBRA_ACCOUNT_LAT, "outside of Mexico" },
};

/* An account called Rosa, and nothing else. */
static void
open_form (Look *look)
{
  KobraRecord record = { .schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS) };

  for (guint i = 0; i < record.schema->n_fields; i++)
    record.texts[i] = "";
  record.texts[KOBRA_ACCOUNT_NAME] = "Rosa";
  look_init (look, KOBRA_KIND_ACCOUNTS, FALSE, &record);
}

static void
enter (Look        *look,
       const Entry *entries)
{
  for (gsize i = 0; i < MAX_GIVEN && entries[i].text != NULL; i++)
    if (GTK_IS_TEXT (look_get_control (look, entries[i].field)))
      look_type (look, entries[i].field, entries[i].text);
    else
      look_put (look, entries[i].field, entries[i].text);
}

static char *
dup_record (Look *look)
{
  GString *texts = g_string_new (NULL);

  for (guint i = 0; i < KOBRA_N_ACCOUNT_FIELDS; i++)
    g_string_append_printf (texts, "%s\n", look_get_text (look, i));
  return g_string_free (texts, FALSE);
}

static void
test_offer (gconstpointer data)
{
  gsize            i = GPOINTER_TO_SIZE (data);
  Look             look;
  GtkWidget       *button;
  g_autofree char *before = NULL, *after = NULL, *undone = NULL;

  open_form (&look);
  enter (&look, offers[i].given);
  before = dup_record (&look);
  button = look_for (GTK_WIDGET (look.rows[offers[i].field]), GTK_TYPE_BUTTON, "field-offer");
  g_assert_cmpint (gtk_widget_get_visible (button), ==, offers[i].button != NULL);
  if (offers[i].button != NULL)
    {
      g_assert_true (look_says (button, offers[i].button));
      g_signal_emit_by_name (button, "clicked");
      look_at_frame (&look);
      for (gsize at = 0; at < G_N_ELEMENTS (offers[i].taken) && offers[i].taken[at].text != NULL; at++)
        g_assert_cmpstr (look_get_text (&look, offers[i].taken[at].field), ==, offers[i].taken[at].text);
      g_assert_false (gtk_widget_get_visible (button));
      after = dup_record (&look);
      g_assert_cmpstr (after, !=, before);
      look_undo (&look);
      g_assert_true (gtk_widget_get_visible (button));
    }
  undone = dup_record (&look);
  g_assert_cmpstr (undone, ==, before);
  look_clear (&look);
}

static void
test_contradiction (gconstpointer data)
{
  gsize            i = GPOINTER_TO_SIZE (data);
  Look             look;
  g_autofree char *said = NULL;

  open_form (&look);
  enter (&look, contradictions[i].given);
  said = look_dup_problem (&look, contradictions[i].field);
  if (strstr (said, contradictions[i].said) == NULL)
    g_error ("“%s” says nothing of “%s”", said, contradictions[i].said);
  look_clear (&look);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++)
    kobra_test_add_row ("/record-form/offer/", offers[i].name, GSIZE_TO_POINTER (i), test_offer);
  for (gsize i = 0; i < G_N_ELEMENTS (contradictions); i++)
    kobra_test_add_row ("/record-form/contradiction/", contradictions[i].name, GSIZE_TO_POINTER (i), test_contradiction);
  return g_test_run ();
}
