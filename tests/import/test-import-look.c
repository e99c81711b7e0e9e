/* SPDX-License-Identifier: GPL-3.0-or-later */
/* However large and odd a text is, finding out how it is read and what its columns are looks at so many bytes and cells of it and no more: counted,
 * not timed. Of an honest file that is all that there is to see. */
#include "kobra-heading.h"
#include "kobra-intake.h"
#include "kobra-layout.h"
#include "kobra-schema-accounts.h"
#include "kobra-test.h"

#include <string.h>

#define N_ROWS 100u
#define MEGABYTE ((gsize) 1 << 20)

/* What a look may read: what it wants, and the pieces that it reads in. */
#define MAX_BYTES (3 * MEGABYTE)
#define MAX_CELLS 100000u
#define MAX_LOOKED_UP 12000u

/* So much of each file is written that no look may see its end. */
#define FILE_BYTES (24 * MEGABYTE)

static void
write_blank (GString *text)
{
  g_string_append_c (text, '\n');
}

static void
write_spaces (GString *text)
{
  g_string_append_printf (text, "%*s\n", 999, "");
}

static void
write_line_without_end (GString *text)
{
  g_string_append_printf (text, "%*s", 4096, "");
}

static void
write_long_cells (GString *text)
{
  g_string_append (text, "A-1,");
  for (guint i = 0; i < 800; i++)
    g_string_append_printf (text, "%01000u", i);
  g_string_append_c (text, '\n');
}

/* More columns than a table may have would be refused. */
static void
write_wide (GString *text)
{
  for (guint i = 0; i < 16000; i++)
    g_string_append_printf (text, "%sApellido de %c", i > 0 ? "," : "", 'a' + (int) (i % 26));
  g_string_append_c (text, '\n');
}

/* Texts that name their records' columns at every record. */
static void
write_json (GString *text)
{
  g_string_append_printf (text, "%s{\"externalID\":\"A-1\",\"name\":\"%0500u\"}\n", text->len > 0 ? "," : "[", 7u);
}

/* An object whose records, if it has any, are far down. */
static void
write_late_records (GString *text)
{
  g_string_append_printf (text, "%s\"note%" G_GSIZE_FORMAT "\":\"%0500u\"\n", text->len > 0 ? "," : "{", text->len, 7u);
}

static const struct
{
  const char *name;
  void      (*write) (GString *text);
} cases[] = {
  { "blank-lines", write_blank },
  { "lines-of-spaces", write_spaces },
  { "one-line-of-spaces", write_line_without_end },
  { "long-cells", write_long_cells },
  { "many-columns", write_wide },
  { "json", write_json },
  { "json-late-records", write_late_records },
};

static KobraOpened *
look (const char *text,
      gsize       length,
      goffset    *n_read)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) length, NULL);
  KobraOpenOptions         options = { .guess_kind = TRUE };
  g_autoptr (KobraOpened)  opened = kobra_opened_new ();
  g_autoptr (GError)       error = NULL;
  KobraOpenSource          source = { .stream = stream };

  if (!kobra_intake_read (&source, &options, N_ROWS, opened, NULL, NULL, NULL, &error))
    g_assert_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_CELL_TOO_LONG);
  *n_read = g_seekable_tell (G_SEEKABLE (stream));
  return error == NULL ? g_steal_pointer (&opened) : NULL;
}

static void
test_bounded (gconstpointer data)
{
  gsize                   i = GPOINTER_TO_SIZE (data);
  g_autoptr (GString)     text = g_string_sized_new (FILE_BYTES + MEGABYTE);
  g_autoptr (KobraOpened) opened = NULL;
  goffset                 n_read;

  while (text->len < FILE_BYTES)
    cases[i].write (text);
  opened = look (text->str, text->len, &n_read);
  g_assert_cmpint (n_read, <=, MAX_BYTES);
  if (opened != NULL)
    g_assert_cmpuint (kobra_rows_get_n_rows (opened->rows), <=, N_ROWS);
  if (opened != NULL)
    g_assert_cmpuint (kobra_rows_get_n_rows (opened->rows) * MAX (kobra_rows_get_n_columns (opened->rows), 1), <=, MAX_CELLS);
}

static char *
write_honest (void)
{
  GString *text = g_string_new ("Cartera de octubre\n\n");

  for (guint i = 0; i < KOBRA_N_ACCOUNT_FIELDS; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ";" : "", kobra_account_fields[i].name);
  for (guint row = 0; row < 3000; row++)
    for (guint i = 0; i < KOBRA_N_ACCOUNT_FIELDS; i++)
      g_string_append_printf (text, "%c%u", i > 0 ? ';' : '\n', row + i);
  return g_string_free (text, FALSE);
}

static void
test_honest (void)
{
  g_autofree char        *text = write_honest ();
  g_autoptr (KobraOpened) opened = NULL;
  goffset                 n_read;

  opened = look (text, strlen (text), &n_read);
  g_assert_nonnull (opened);
  g_assert_cmpuint (kobra_rows_get_n_rows (opened->rows), ==, N_ROWS);
  g_assert_cmpint (opened->info.separator, ==, ';');
  g_assert_cmpuint (opened->header_row, ==, 3);
  g_assert_cmpstr (opened->headers[KOBRA_N_ACCOUNT_FIELDS - 1], ==, kobra_account_fields[KOBRA_N_ACCOUNT_FIELDS - 1].name);
}

static char **
make_words (guint n)
{
  char **words = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    words[i] = g_strdup_printf ("Apellido de %c", 'a' + (int) (i % 26));
  return words;
}

/* Two rows that may be one header, many times over, and thousands of columns. The names stand in the last rows. */
static void
test_heading (void)
{
  static const char *const names[] = { "externalID", "productID", "currencyCode", "name" };
  const KobraReadOptions   read = { 0 };
  KobraHeadRow             rows[20] = { 0 };
  KobraHeading             heading;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      rows[i] = (KobraHeadRow) { .line = i + 1, .cells = make_words (5000), .n_cells = 5000 };
      for (guint k = 0; i == 18 && k < G_N_ELEMENTS (names); k++)
        {
          g_free (rows[i].cells[k]);
          rows[i].cells[k] = g_strdup (names[k]);
        }
    }
  heading = kobra_heading_find (rows, G_N_ELEMENTS (rows), &read, (1u << KOBRA_N_KINDS) - 1);
  g_assert_cmpint (heading.first, ==, 18);
  g_assert_cmpuint (g_strv_length (heading.headers), ==, 5000);
  g_assert_cmpuint (heading.n_looked_up, >, 0);
  g_assert_cmpuint (heading.n_looked_up, <=, MAX_LOOKED_UP);
  g_strfreev (heading.headers);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    kobra_head_row_clear (&rows[i]);
}

/* A column of CURPs without a name is the CURP where people have columns, and not looked at where nobody has. */
static void
test_content (void)
{
  const guint n_columns = 3000, seen = 900, unseen = 2500;
  g_autofree const char **texts = g_new (const char *, n_columns);
  g_auto (GStrv)          headers = g_new0 (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    headers[i] = g_strdup_printf ("Dato %u", i);
  for (guint pass = 0; pass < 2; pass++)
    {
      KobraRows              *rows = kobra_rows_new ();
      g_autoptr (KobraFrozen) frozen = NULL;
      g_autoptr (KobraLayout) layout = NULL;
      guint                   column = pass == 0 ? seen : unseen;

      for (guint i = 0; i < n_columns; i++)
        texts[i] = i == column ? "PEGJ801231HDFRRN00" : "x";
      for (guint row = 0; row < 10; row++)
        g_assert_true (kobra_rows_append_cells (rows, row + 2, &(KobraCells) { .texts = texts, .n = n_columns }));
      frozen = kobra_rows_freeze (rows);
      layout = kobra_layout_new_by_content (KOBRA_KIND_ACCOUNTS, (const char *const *) headers, n_columns, frozen);
      g_assert_cmpint (kobra_layout_find_column (layout, KOBRA_ACCOUNT_CURP), ==, pass == 0 ? (int) seen : -1);
      kobra_rows_free (rows);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/import/look/bounded/", cases[i].name, GSIZE_TO_POINTER (i), test_bounded);
  g_test_add_func ("/import/look/honest", test_honest);
  g_test_add_func ("/import/look/heading", test_heading);
  g_test_add_func ("/import/look/content", test_content);
  return g_test_run ();
}
