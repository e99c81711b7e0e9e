/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-open.h"

#include "kobra-test.h"

#include <string.h>

static const KobraOpenOptions guess = { .guess_kind = TRUE, .import_type = KOBRA_IMPORT_NEW, .clean = TRUE, .check = TRUE };

static KobraOpened *
open_text (const char             *text,
           const KobraOpenOptions *options,
           GError                **error)
{
  g_autofree char   *folder = kobra_test_make_folder ();
  g_autofree char   *path = g_build_filename (folder, "sheet.csv", NULL);
  g_autoptr (GFile)  file = g_file_new_for_path (path);
  KobraOpened       *opened;

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  opened = kobra_import_open_file (file, options, NULL, NULL, NULL, error);
  kobra_test_remove_folder (folder);
  return opened;
}

/* Which row of the file is the header, and what is left out. */
static const struct
{
  const char *name, *text;
  gboolean    has_header;
  const char *first_header;
  guint       n_rows, n_left_out;
  guint32     first_line;
} headers[] = {
  { "first-row", "ID externo,Nombre\nA-1,Ana\n", TRUE, "ID externo", 1, 0, 2 },
  { "titles-above", "Cartera de octubre,\nSucursal Centro,\nID externo,Nombre\nA-1,Ana\n", TRUE, "ID externo", 1, 1, 4 },
  { "blank-above", "\n\nID externo,Nombre\nA-1,Ana\n", TRUE, "ID externo", 1, 1, 4 },
  { "unknown-words", "Alfa,Beta\nA-1,Ana\nA-2,Luz\n", TRUE, "Alfa", 2, 0, 2 },
  { "none", "A-1000001,1\nA-1000002,2\n", FALSE, "", 2, 0, 1 },
  { "titles-above-unknown-words", "Cartera,,\nAlfa,Beta,Gama\nA-1,1,2\nA-2,3,4\n", TRUE, "Alfa", 2, 1, 3 },
  { "two-rows-of-groups", "ID externo,Nombre,Pendiente,,Pagado,\n,,Capital,IVA,Capital,Total\nA-1,Ana,1,2,3,4\n", TRUE, "ID externo", 1, 0, 3 },
  { "two-rows-of-words", "ID,Apellido,Fecha de,Saldo\nexterno,paterno,nacimiento,total\nA-1,Luz,1980-01-01,5\n", TRUE, "ID externo", 1, 0, 3 },
  { "header-again", "ID externo,Nombre\nA-1,Ana\nID externo, Nombre\nA-2,Luz\n", TRUE, "ID externo", 2, 1, 2 },
  { "totals-below", "ID externo,Nombre,Saldo total,Capital pagado\nA-1,Ana,5,1\nA-2,Luz,6,1\nA-3,Eva,7,1\nTotal general,,18,3\n", TRUE, "ID externo", 3, 1, 2 },
  { "sums-below", "ID externo,Nombre,Saldo total,Capital pagado\nA-1,Ana,5,1\nA-2,Luz,6,1\nA-3,Eva,7,1\n,,18,3\n", TRUE, "ID externo", 3, 1, 2 },
  { "note-below", "ID externo,Nombre,Saldo total,RFC\nA-1,Ana,5,x\nA-2,Luz,6,x\nA-3,Eva,7,x\n\nElaboró: Juan Pérez,,,\n", TRUE, "ID externo", 3, 2, 2 },
  { "half-filled-last-record", "ID externo,Nombre,Saldo total,RFC\nA-1,Ana,5,x\nA-2,Luz,6,x\nA-3,Eva,7,x\nA-4,,,\n", TRUE, "ID externo", 4, 0, 2 },
  { "table-starts-further-right", ",,ID externo,Nombre\n,,A-1,Ana\n", TRUE, "ID externo", 1, 0, 2 },
  { "further-right-but-for-one", ",ID externo,Nombre\n,A-1,Ana\n,A-2,Ana\n,A-3,Ana\n,A-4,Ana\n,A-5,Ana\n,A-6,Ana\n,A-7,Ana\n,A-8,Ana\n,A-9,Ana\n,B-1,Ana\n,B-2,Ana\n,B-3,Ana\n,B-4,Ana\n,B-5,Ana\n"
    ",B-6,Ana\n,B-7,Ana\n,B-8,Ana\n,B-9,Ana\n,C-1,Ana\n,C-2,Ana\nx,C-3,Ana\n", TRUE, "", 21, 0, 2 },
  { "header-alone", "ID externo,Nombre\n", TRUE, "ID externo", 0, 0, 0 },
  { "blank-between", "ID externo,Nombre\nA-1,Ana\n\n,\nA-2,Luz\n", TRUE, "ID externo", 2, 1, 2 },
};

static void
test_header (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GError)      error = NULL;
  g_autoptr (KobraOpened) opened = open_text (headers[i].text, &guess, &error);

  g_assert_no_error (error);
  g_assert_cmpint (opened->has_header, ==, headers[i].has_header);
  g_assert_cmpstr (opened->headers[0], ==, headers[i].first_header);
  g_assert_cmpuint (kobra_rows_get_n_rows (opened->rows), ==, headers[i].n_rows);
  g_assert_cmpuint (opened->left_out->len, ==, headers[i].n_left_out);
  if (headers[i].n_rows > 0)
    g_assert_cmpuint (kobra_rows_peek (opened->rows, 0)->line, ==, headers[i].first_line);
}

/* What a person chooses goes before what is found. */
static const struct
{
  const char      *name, *text;
  KobraReadOptions read;
  const char      *first_header;
  guint            n_rows, n_left_out;
} chosen[] = {
  { "header-row", "ID externo,Nombre\nClave,Quien\nA-1,Ana\n", { .header_row = 2 }, "Clave", 1, 1 },
  { "no-header", "ID externo,Nombre\nA-1,Ana\n", { .header_row = KOBRA_HEADER_NONE }, "", 2, 0 },
  { "two-header-rows", "Uno,Dos\nTres,Cuatro\nA-1,Ana\n", { .header_row = 1, .n_header_rows = 2 }, "Uno Tres", 1, 0 },
  { "header-row-past-the-end", "ID externo,Nombre\nA-1,Ana\n", { .header_row = 9 }, "", 2, 0 },
  { "first-column", "x,ID externo,Nombre\ny,A-1,Ana\n", { .first_column = 2 }, "ID externo", 1, 0 },
  { "keep-all", "ID externo,Nombre,Saldo total,RFC\nA-1,Ana,5,x\nA-2,Luz,6,x\nID externo,Nombre,Saldo total,RFC\nTotal,,11,\n", { .keep_all = TRUE }, "ID externo", 4, 0 },
};

static void
test_chosen (gconstpointer data)
{
  const gsize             i = GPOINTER_TO_SIZE (data);
  KobraOpenOptions        options = guess;
  g_autoptr (GError)      error = NULL;
  g_autoptr (KobraOpened) opened = NULL;

  options.read = &chosen[i].read;
  opened = open_text (chosen[i].text, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (opened->headers[0], ==, chosen[i].first_header);
  g_assert_cmpuint (kobra_rows_get_n_rows (opened->rows), ==, chosen[i].n_rows);
  g_assert_cmpuint (opened->left_out->len, ==, chosen[i].n_left_out);
}

static void
test_kind_guessed (void)
{
  g_autoptr (KobraOpened) promises = open_text ("ID visita;Estado de la promesa\n1;3\n", &guess, NULL);
  g_autoptr (KobraOpened) accounts = open_text ("ID externo;Estado\n1;Jalisco\n", &guess, NULL);

  g_assert_cmpint (promises->layout->schema->kind, ==, KOBRA_KIND_PROMISES);
  g_assert_cmpint (accounts->layout->schema->kind, ==, KOBRA_KIND_ACCOUNTS);
}

static void
test_ragged_rows_have_headers (void)
{
  g_autoptr (KobraOpened) opened = open_text ("ID externo,Nombre\nA-1,Ana,more,and more\n", &guess, NULL);

  g_assert_cmpuint (g_strv_length (opened->headers), ==, 4);
  g_assert_cmpuint (opened->layout->n_columns, ==, 4);
  g_assert_cmpint (opened->layout->fields[3], ==, -1);
}

static void
test_cleaned_and_counted (void)
{
  const char *text = "ID externo,Producto,Moneda,Nombre,Fecha nacimiento,Saldo total\nA-1,1,MX,Ana,31/12/1984,\"$1,234.50\"\n";
  KobraOpenOptions as_it_stands = guess;
  g_autoptr (KobraOpened) opened = open_text (text, &guess, NULL), untouched = NULL;

  g_assert_cmpuint (opened->n_fixed[KOBRA_FIX_DATE], ==, 1);
  g_assert_cmpuint (opened->n_fixed[KOBRA_FIX_AMOUNT], ==, 1);
  g_assert_cmpstr (kobra_row_get_text (kobra_rows_peek (opened->rows, 0), 4), ==, "1984-12-31");
  g_assert_cmpstr (kobra_row_get_text (kobra_rows_peek (opened->rows, 0), 5), ==, "1234.50");
  g_assert_false (kobra_problems_has_error (opened->problems, 0));

  as_it_stands.clean = FALSE;
  untouched = open_text (text, &as_it_stands, NULL);
  g_assert_cmpuint (kobra_opened_count_fixed (untouched), ==, 0);
  g_assert_cmpstr (kobra_row_get_text (kobra_rows_peek (untouched->rows, 0), 5), ==, "$1,234.50");
  g_assert_true (kobra_problems_has_error (untouched->problems, 0));
}

static void
test_half_read_is_nothing (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (KobraOpened) opened = open_text ("ID externo,Nombre\nA-1,\"Ana\nA-2,Luz\n", &guess, &error);

  g_assert_null (opened);
  g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_UNCLOSED_QUOTE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    kobra_test_add_row ("/import/open/header/", headers[i].name, GSIZE_TO_POINTER (i), test_header);
  for (gsize i = 0; i < G_N_ELEMENTS (chosen); i++)
    kobra_test_add_row ("/import/open/chosen/", chosen[i].name, GSIZE_TO_POINTER (i), test_chosen);
  g_test_add_func ("/import/open/kind-is-guessed-by-headers", test_kind_guessed);
  g_test_add_func ("/import/open/ragged-rows-have-headers", test_ragged_rows_have_headers);
  g_test_add_func ("/import/open/cleaned-and-counted", test_cleaned_and_counted);
  g_test_add_func ("/import/open/half-read-is-nothing", test_half_read_is_nothing);
  return g_test_run ();
}
