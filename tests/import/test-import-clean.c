/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-clean.h"

#include "kobra-test-import.h"
#include "kobra-test.h"

#include <string.h>

static const char sheet[] =
  "ID externo,Producto,Moneda,Nombre,Fecha nacimiento,Teléfono,C.P.,Fecha de otorgamiento\n"
  "A-1,1,MX,Ana  Luz,31-dic-80,(55) 1234-5678,6700,03/04/2024\n"
  "A-2,1,MX,Luz,1984-12-31,5512345678,06700,05/04/2024\n"
  "A-3,1,MX,MuÃ±oz,n/a,044 55 8765 4321,6700,2024-01-01\n";

typedef struct
{
  gboolean   done, result;
  GError    *error;
  GPtrArray *offers;
  guint      n_cells;
} Waiting;

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Waiting *waiting = data;

  waiting->offers = kobra_import_find_offers_finish (KOBRA_IMPORT (source), result, &waiting->error);
  waiting->done = TRUE;
}

static void
cleaned_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Waiting *waiting = data;

  waiting->result = kobra_import_clean_finish (KOBRA_IMPORT (source), result, &waiting->n_cells, &waiting->error);
  waiting->done = TRUE;
}

static GPtrArray *
find_offers (KobraImport *import)
{
  Waiting waiting = { 0 };

  kobra_import_find_offers_async (import, NULL, found_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
  return waiting.offers;
}

static const KobraOffer *
get_offer (KobraImport *import,
           GPtrArray   *offers,
           const char  *field,
           KobraFix     fix)
{
  for (guint i = 0; i < offers->len; i++)
    {
      const KobraOffer *offer = g_ptr_array_index (offers, i);

      if (offer->fix == fix && g_str_equal (kobra_import_get_schema (import)->fields[offer->field].name, field))
        return offer;
    }
  return NULL;
}

static guint
get_n_warnings (KobraImport *import)
{
  KobraImportCounts counts;

  kobra_import_get_counts (import, &counts);
  return counts.warning + counts.invalid;
}

static gboolean
has_no_problem (gpointer data)
{
  return get_n_warnings (data) == 0;
}

static void
test_offers_are_counted_and_shown (void)
{
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  g_autoptr (GPtrArray)   offers = find_offers (import);
  const KobraOffer       *phones = get_offer (import, offers, "phoneNumber", KOBRA_FIX_PHONE);
  const KobraOffer       *codes = get_offer (import, offers, "postalCode", KOBRA_FIX_POSTAL_CODE);

  g_assert_nonnull (phones);
  g_assert_cmpuint (phones->n_cells, ==, 2);
  g_assert_cmpstr (phones->before[0], ==, "(55) 1234-5678");
  g_assert_cmpstr (phones->after[0], ==, "5512345678");
  g_assert_nonnull (codes);
  g_assert_cmpuint (codes->n_cells, ==, 2);
  g_assert_cmpuint (codes->n_samples, ==, 1);
  g_assert_nonnull (get_offer (import, offers, "birthdate", KOBRA_FIX_SHORT_YEAR));
  g_assert_nonnull (get_offer (import, offers, "birthdate", KOBRA_FIX_EMPTY_WORD));
  g_assert_nonnull (get_offer (import, offers, "name", KOBRA_FIX_SPACES));
  g_assert_nonnull (get_offer (import, offers, "name", KOBRA_FIX_MOJIBAKE));
  g_assert_nonnull (get_offer (import, offers, "loanDate", KOBRA_FIX_DAY_FIRST));
  g_assert_nonnull (get_offer (import, offers, "loanDate", KOBRA_FIX_MONTH_FIRST));
  g_assert_null (get_offer (import, offers, "externalID", KOBRA_FIX_SPACES));
}

static gboolean
clean (KobraImport *import,
       KobraFixes   fixes,
       guint       *n_cells,
       gboolean     edited_meanwhile)
{
  KobraFixes by_field[KOBRA_MAX_FIELDS];
  Waiting    waiting = { 0 };

  for (guint i = 0; i < KOBRA_MAX_FIELDS; i++)
    by_field[i] = fixes;
  kobra_import_clean_async (import, "Clean-Up", by_field, NULL, cleaned_cb, &waiting);
  if (edited_meanwhile)
    kobra_table_set_text (kobra_import_get_table (import), 1, 3, "Eva");
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_cmpint (waiting.result, ==, waiting.error == NULL);
  g_clear_error (&waiting.error);
  *n_cells = waiting.n_cells;
  return waiting.result;
}

static void
test_done_and_taken_back_at_once (void)
{
  const KobraFixes        fixes = ~KOBRA_FIX_BIT (KOBRA_FIX_MONTH_FIRST);
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  KobraTable             *table = kobra_import_get_table (import);
  guint                   n_cells, n_before = get_n_warnings (import);

  g_assert_cmpuint (n_before, >, 0);
  g_assert_true (clean (import, fixes, &n_cells, FALSE));
  g_assert_cmpuint (n_cells, ==, 10);
  g_assert_cmpstr (kobra_table_get_text (table, 0, 3), ==, "Ana Luz");
  g_assert_cmpstr (kobra_table_get_text (table, 0, 4), ==, "1980-12-31");
  g_assert_cmpstr (kobra_table_get_text (table, 2, 3), ==, "Muñoz");
  g_assert_cmpstr (kobra_table_get_text (table, 2, 4), ==, "");
  g_assert_cmpstr (kobra_table_get_text (table, 2, 5), ==, "5587654321");
  g_assert_cmpstr (kobra_table_get_text (table, 1, 7), ==, "2024-04-05");
  kobra_test_wait_for (has_no_problem, import);
  {
    g_autoptr (GPtrArray) offers = find_offers (import);

    g_assert_cmpuint (offers->len, ==, 0);
  }
  kobra_table_undo (table);
  g_assert_cmpstr (kobra_table_get_text (table, 0, 3), ==, "Ana  Luz");
  g_assert_cmpstr (kobra_table_get_text (table, 2, 5), ==, "044 55 8765 4321");
  g_assert_cmpuint (get_n_warnings (import), ==, n_before);
  kobra_table_redo (table);
  g_assert_cmpstr (kobra_table_get_text (table, 0, 3), ==, "Ana Luz");
}

static void
test_edits_in_the_meantime_are_not_lost (void)
{
  g_autoptr (KobraImport) import = kobra_test_import_open_text (sheet);
  KobraTable             *table = kobra_import_get_table (import);
  guint                   n_cells;

  g_assert_false (clean (import, KOBRA_FIX_BIT (KOBRA_FIX_PHONE), &n_cells, TRUE));
  g_assert_cmpstr (kobra_table_get_text (table, 1, 3), ==, "Eva");
  g_assert_cmpstr (kobra_table_get_text (table, 0, 5), ==, "(55) 1234-5678");
  g_assert_true (clean (import, KOBRA_FIX_BIT (KOBRA_FIX_PHONE), &n_cells, FALSE));
  g_assert_cmpstr (kobra_table_get_text (table, 1, 3), ==, "Eva");
  g_assert_cmpstr (kobra_table_get_text (table, 0, 5), ==, "5512345678");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/clean/offers-are-counted-and-shown", test_offers_are_counted_and_shown);
  g_test_add_func ("/import/clean/done-and-taken-back-at-once", test_done_and_taken_back_at_once);
  g_test_add_func ("/import/clean/edits-in-the-meantime-are-not-lost", test_edits_in_the_meantime_are_not_lost);
  return g_test_run ();
}
