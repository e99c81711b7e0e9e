/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every kind of problem that has a remedy: shown first, done to all, taken back at once. */

#include "kobra-import-remedy.h"

#include "kobra-import-choices.h"
#include "kobra-import-fields.h"
#include "kobra-test-import.h"
#include "kobra-test.h"

typedef struct
{
  gboolean     done, result;
  GError      *error;
  KobraRemedy *remedy;
  guint        n_records;
} Waiting;

/* Sheets without clean-up, in which each problem comes twice and once in a form that nothing helps against. */
static const struct
{
  const char      *name;
  KobraProblemCode code;
  const char      *field;
  const char      *sheet;
  guint            n_records, n_mended;
  KobraFix         fix;
  const char      *after; /* what the first record's cell says then */
} cases[] = {
  { "not-a-number", KOBRA_PROBLEM_NOT_A_NUMBER, "totalPending", "externalID,totalPending\nA,\"$1,234.50\"\nB,$2\nC,mucho\n", 3, 2, KOBRA_FIX_NONE, "1234.50" },
  { "decimal-comma", KOBRA_PROBLEM_NOT_A_NUMBER, "totalPending", "externalID,totalPending\nA,$1.234\nB,$2.345\nC,mucho\n", 3, 2, KOBRA_FIX_DECIMAL_COMMA, "1234" },
  { "not-an-integer", KOBRA_PROBLEM_NOT_AN_INTEGER, "overdueDays", "externalID,overdueDays\nA,12.0\nB,\"1,200\"\nC,hoy\n", 3, 2, KOBRA_FIX_NONE, "12" },
  { "not-a-boolean", KOBRA_PROBLEM_NOT_A_BOOLEAN, "inactive", "externalID,inactive\nA,sí\nB,NO\nC,quizá\n", 3, 2, KOBRA_FIX_NONE, "true" },
  { "day-first", KOBRA_PROBLEM_NOT_A_DATE, "loanDate", "externalID,loanDate\nA,03/04/2024\nB,05/06/2024\nC,ayer\n", 3, 2, KOBRA_FIX_DAY_FIRST, "2024-04-03" },
  { "month-first", KOBRA_PROBLEM_NOT_A_DATE, "loanDate", "externalID,loanDate\nA,03/04/2024\nB,05/06/2024\nC,ayer\n", 3, 2, KOBRA_FIX_MONTH_FIRST, "2024-03-04" },
  { "not-a-choice", KOBRA_PROBLEM_NOT_A_CHOICE, "civilStatus", "externalID,civilStatus\nA,CASADO\nB,Soltera\nC,complicado\n", 3, 2, KOBRA_FIX_NONE, "C" },
  { "control-character", KOBRA_PROBLEM_CONTROL_CHARACTER, "street", "externalID,street\nA,Ju\x01" "árez\nB,Hidalgo\x02\n", 2, 2, KOBRA_FIX_NONE, "Juárez" },
  { "too-long", KOBRA_PROBLEM_TOO_LONG, "phoneNumber", "externalID,phoneNumber\nA,(55) 1234-5678\nB,044 55 8765 4321\nC,un número cualquiera\n", 3, 2, KOBRA_FIX_NONE, "5512345678" },
  { "rfc-form", KOBRA_PROBLEM_RFC_FORM, "rfc", "externalID,rfc\nA,GODE561231-GR8\nB,n/a\nC,GODE56\n", 3, 2, KOBRA_FIX_NONE, "GODE561231GR8" },
  { "curp-form", KOBRA_PROBLEM_CURP_FORM, "curp", "externalID,curp\nA,n/a\nB,N/A\nC,AAPR63\n", 3, 2, KOBRA_FIX_NONE, "" },
  { "clabe-form", KOBRA_PROBLEM_CLABE_FORM, "paymentInformationAccountCLABE", "externalID,paymentInformationAccountCLABE\nA,002-11501600326941-1\nB,n/a\nC,0021\n", 3, 2, KOBRA_FIX_NONE, "002115016003269411" },
  { "postal-code", KOBRA_PROBLEM_POSTAL_CODE, "postalCode", "externalID,postalCode\nA,6700\nB,n/a\nC,67\n", 3, 2, KOBRA_FIX_NONE, "06700" },
  { "phone", KOBRA_PROBLEM_PHONE, "phoneNumber", "externalID,phoneNumber\nA,55 1234 5678\nB,n/a\nC,123\n", 3, 2, KOBRA_FIX_NONE, "5512345678" },
  { "email", KOBRA_PROBLEM_EMAIL, "email", "externalID,email\nA,ana @ correo.mx\nB,n/a\nC,ana\n", 3, 2, KOBRA_FIX_NONE, "ana@correo.mx" },
  { "total-pending", KOBRA_PROBLEM_TOTAL_PENDING, "totalPending", "externalID,pendingCapital,iva,totalPending\nA,100,16,120\nB,200.10,32,1\nC,100,,50\n", 3, 2, KOBRA_FIX_NONE, "116.00" },
  { "total-paid", KOBRA_PROBLEM_TOTAL_PAID, "totalPaid", "externalID,paidCapital,paidOrdinaryInterest,totalPaid\nA,100,16,120\nB,200.10,32,1\n", 2, 2, KOBRA_FIX_NONE, "116.00" },
  { "coordinates", KOBRA_PROBLEM_COORDINATES_SWAPPED, "lat", "externalID,lat,lng\nA,-99.1,19.4\nB,-103.3,20.6\nC,19.4,-99.1\n", 2, 2, KOBRA_FIX_NONE, "19.4" },
};

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Waiting *waiting = data;

  waiting->remedy = kobra_import_find_remedy_finish (KOBRA_IMPORT (source), result, &waiting->error);
  waiting->done = TRUE;
}

static void
applied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Waiting *waiting = data;

  waiting->result = kobra_import_apply_remedy_finish (KOBRA_IMPORT (source), result, &waiting->n_records, &waiting->error);
  waiting->done = TRUE;
}

static KobraImport *
open_sheet (const char *sheet)
{
  static const KobraOpenOptions options = { .import_type = KOBRA_IMPORT_BALANCES };
  KobraImport      *import = kobra_import_new ();
  g_autofree char  *folder = kobra_test_make_folder ();
  g_autofree char  *path = g_build_filename (folder, "cartera.csv", NULL);

  g_assert_true (g_file_set_contents (path, sheet, -1, NULL));
  kobra_test_import_open (import, path, &options);
  kobra_test_remove_folder (folder);
  return import;
}

static KobraRemedy *
find_remedy (KobraImport     *import,
             KobraProblemCode code,
             guint            field)
{
  Waiting waiting = { 0 };

  kobra_import_find_remedy_async (import, code, field, NULL, found_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
  return waiting.remedy;
}

static const KobraRemedyWay *
find_way (const KobraRemedy *remedy,
          KobraFix           fix)
{
  for (guint i = 0; i < remedy->n_ways; i++)
    if (fix == KOBRA_FIX_NONE || remedy->ways[i].fix == fix)
      return &remedy->ways[i];
  return NULL;
}

static void
test_remedy (gconstpointer data)
{
  gsize                   i = GPOINTER_TO_SIZE (data);
  g_autoptr (KobraImport) import = open_sheet (cases[i].sheet);
  const KobraSchema      *schema = kobra_import_get_schema (import);
  guint                   field = (guint) kobra_schema_find_field (schema, cases[i].field);
  g_autoptr (KobraRemedy) remedy = NULL;
  const KobraRemedyWay   *way;
  g_autofree char        *before = g_strdup (kobra_import_get_field (import, 0, field));
  Waiting                 waiting = { 0 };

  g_assert_true (kobra_remedy_exists (cases[i].code, &schema->fields[field]));
  g_assert_cmpuint (kobra_import_count_problems (import, cases[i].code, field), ==, cases[i].n_records);
  remedy = find_remedy (import, cases[i].code, field);
  g_assert_cmpuint (remedy->n_records, ==, cases[i].n_records);
  way = find_way (remedy, cases[i].fix);
  g_assert_nonnull (way);
  g_assert_cmpuint (way->n_records, ==, cases[i].n_mended);
  g_assert_cmpuint (way->samples[0].line, ==, 2);
  g_assert_true (g_str_has_prefix (way->samples[0].after, cases[i].after));
  /* Nothing is done yet. */
  g_assert_cmpstr (kobra_import_get_field (import, 0, field), ==, before);

  kobra_import_apply_remedy_async (import, "Fix", cases[i].code, field, way->fix, NULL, applied_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
  g_assert_cmpuint (waiting.n_records, ==, cases[i].n_mended);
  g_assert_cmpstr (kobra_import_get_field (import, 0, field), ==, cases[i].after);
  g_assert_cmpuint (kobra_import_count_problems (import, cases[i].code, field), ==, cases[i].n_records - cases[i].n_mended);
  kobra_table_undo (kobra_import_get_table (import));
  g_assert_cmpstr (kobra_import_get_field (import, 0, field), ==, before);
  g_assert_cmpuint (kobra_import_count_problems (import, cases[i].code, field), ==, cases[i].n_records);
}

/* The state that the postal code says is another field than the one with the problem. */
static void
test_the_state_follows_the_postal_code (void)
{
  g_autoptr (KobraImport) import = open_sheet ("externalID,postalCode,state\nA,44100,Colima\nB,44100,Jalisco\n");
  const KobraSchema      *schema = kobra_import_get_schema (import);
  guint                   postal_code = (guint) kobra_schema_find_field (schema, "postalCode"), state = (guint) kobra_schema_find_field (schema, "state");
  g_autoptr (KobraRemedy) remedy = find_remedy (import, KOBRA_PROBLEM_POSTAL_CODE_STATE, postal_code);
  Waiting                 waiting = { 0 };

  g_assert_cmpuint (remedy->n_records, ==, 1);
  g_assert_cmpstr (remedy->ways[0].samples[0].before, ==, "Colima");
  g_assert_cmpstr (remedy->ways[0].samples[0].after, ==, "Jalisco");
  kobra_import_apply_remedy_async (import, "Fix", KOBRA_PROBLEM_POSTAL_CODE_STATE, postal_code, KOBRA_FIX_NONE, NULL, applied_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_no_error (waiting.error);
  g_assert_cmpstr (kobra_import_get_field (import, 0, state), ==, "Jalisco");
}

static void
test_what_nothing_helps_against_is_said (void)
{
  g_autoptr (KobraImport) import = open_sheet ("externalID,phoneNumber\nA,123\n");
  guint                   phone = (guint) kobra_schema_find_field (kobra_import_get_schema (import), "phoneNumber");
  g_autoptr (KobraRemedy) remedy = find_remedy (import, KOBRA_PROBLEM_PHONE, phone);

  g_assert_cmpuint (remedy->n_records, ==, 1);
  g_assert_cmpuint (remedy->n_ways, ==, 0);
}

/* A cell that has another problem, or none, stays as it is though the fix could change it. */
static void
test_other_cells_stay (void)
{
  g_autoptr (KobraImport) import = open_sheet ("externalID,phoneNumber,cellphoneNumber\nA,55 1234 5678,55 8765 4321\n");
  guint                   phone = (guint) kobra_schema_find_field (kobra_import_get_schema (import), "phoneNumber");
  Waiting                 waiting = { 0 };

  kobra_import_apply_remedy_async (import, "Fix", KOBRA_PROBLEM_PHONE, phone, KOBRA_FIX_NONE, NULL, applied_cb, &waiting);
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_cmpuint (waiting.n_records, ==, 1);
  g_assert_cmpstr (kobra_import_get_field (import, 0, phone), ==, "5512345678");
  g_assert_cmpstr (kobra_import_get_field (import, 0, phone + 1), ==, "55 8765 4321");
}

static void
test_edits_in_the_meantime_are_not_lost (void)
{
  g_autoptr (KobraImport) import = open_sheet ("externalID,phoneNumber\nA,55 1234 5678\nB,55 1234 5678\n");
  guint                   phone = (guint) kobra_schema_find_field (kobra_import_get_schema (import), "phoneNumber");
  Waiting                 waiting = { 0 };

  kobra_import_apply_remedy_async (import, "Fix", KOBRA_PROBLEM_PHONE, phone, KOBRA_FIX_NONE, NULL, applied_cb, &waiting);
  kobra_table_set_text (kobra_import_get_table (import), 0, 1, "5500000000");
  kobra_test_wait_for_flag (&waiting.done);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&waiting.error);
  g_assert_cmpstr (kobra_import_get_field (import, 0, phone), ==, "5500000000");
  g_assert_cmpstr (kobra_import_get_field (import, 1, phone), ==, "55 1234 5678");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/import/remedy/of/", cases[i].name, GSIZE_TO_POINTER (i), test_remedy);
  g_test_add_func ("/import/remedy/the-state-follows-the-postal-code", test_the_state_follows_the_postal_code);
  g_test_add_func ("/import/remedy/what-nothing-helps-against-is-said", test_what_nothing_helps_against_is_said);
  g_test_add_func ("/import/remedy/other-cells-stay", test_other_cells_stay);
  g_test_add_func ("/import/remedy/edits-in-the-meantime-are-not-lost", test_edits_in_the_meantime_are_not_lost);
  return g_test_run ();
}
