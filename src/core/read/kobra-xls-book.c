/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-xls-book.h"

#include <glib/gi18n.h>

#include "kobra-banned.h"

#define VERSION_5 0x0500
#define VERSION_8 0x0600
#define CODE_PAGE_DEFAULT 1252

#define SHEET_IS_HIDDEN 0x03
#define SHEET_IS_TABLE 0 /* else a chart, macros, or a program */

#define MAX_SHEETS 4096u
#define MAX_CELLS (65536u * 256u) /* of a sheet */
#define MAX_STYLES 65536u

/* Records between two looks at the cancellable. */
#define LOOK_INTERVAL 4096u

gboolean
kobra_xls_fail_damaged (GError **error)
{
  return kobra_source_fail (error, KOBRA_READ_ERROR_DAMAGED,
                            _ ("The old workbook (.xls) is damaged, or of a kind that is not read. Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and open that file."));
}

/* Goes to the record at @offset, which must be the beginning of a part of the workbook of a version that is known. */
static gboolean
begin (KobraXlsBook *self,
       gsize         offset)
{
  KobraBiff *biff = &self->biff;
  guint      version;

  biff->at = MIN (offset, biff->n_bytes);
  biff->is_damaged = FALSE;
  if (!kobra_biff_next (biff) || biff->type != KOBRA_BIFF_BEGIN)
    return FALSE;
  version = kobra_biff_take (biff, 2);
  biff->is_wide = version == VERSION_8;
  return version == VERSION_5 || version == VERSION_8;
}

static gboolean
add_sheet (KobraXlsBook *self)
{
  KobraBiff          *biff = &self->biff;
  guint32             start = kobra_biff_take (biff, 4);
  guint               state = kobra_biff_take (biff, 1), type = kobra_biff_take (biff, 1);
  g_auto (KobraBuffer) name = { 0 };
  KobraReadSheet      sheet = { .is_hidden = (state & SHEET_IS_HIDDEN) != 0 };

  kobra_buffer_init (&name, KOBRA_READ_MAX_CELL);
  if (type != SHEET_IS_TABLE || self->starts->len == MAX_SHEETS)
    return TRUE;
  if (!kobra_biff_take_text (biff, 1, &name))
    return FALSE;
  sheet.name = g_strdup (name.length > 0 ? name.bytes : "");
  g_array_append_val (self->starts, start);
  g_array_append_val (self->source->info->sheets, sheet);
  return TRUE;
}

static void
add_format (KobraXlsBook *self)
{
  KobraBiff           *biff = &self->biff;
  guint                number = kobra_biff_take (biff, 2);
  g_auto (KobraBuffer) code = { 0 };
  KobraNumberFormat    format;

  kobra_buffer_init (&code, KOBRA_READ_MAX_CELL);
  if (!kobra_biff_take_text (biff, biff->is_wide ? 2 : 1, &code) || code.length == 0)
    return;
  format = kobra_number_format_parse (code.bytes);
  g_hash_table_insert (self->codes, GUINT_TO_POINTER (number), GUINT_TO_POINTER ((guint) format.kind << 16 | MIN (format.width, G_MAXUINT16)));
}

static void
add_style (KobraXlsBook *self)
{
  guint             number;
  gpointer          code;
  KobraNumberFormat format;

  kobra_biff_take (&self->biff, 2);
  number = kobra_biff_take (&self->biff, 2);
  format = kobra_number_format_builtin (number);
  if (g_hash_table_lookup_extended (self->codes, GUINT_TO_POINTER (number), NULL, &code))
    format = (KobraNumberFormat) { (KobraNumberKind) (GPOINTER_TO_UINT (code) >> 16), GPOINTER_TO_UINT (code) & G_MAXUINT16 };
  if (self->formats->len < MAX_STYLES)
    g_array_append_val (self->formats, format);
}

static gboolean
add_strings (KobraXlsBook *self)
{
  KobraBiff           *biff = &self->biff;
  g_auto (KobraBuffer) text = { 0 };
  guint32              n;

  kobra_biff_take (biff, 4);
  n = kobra_biff_take (biff, 4);
  kobra_buffer_init (&text, KOBRA_READ_MAX_CELL);
  for (guint32 i = 0; i < n; i++)
    {
      kobra_buffer_reset (&text);
      /* The next text may begin where another record does. */
      if (!kobra_biff_go_on (biff) || !kobra_biff_take_text (biff, 2, &text) || text.overflowed || !kobra_strings_append (&self->strings, text.length > 0 ? text.bytes : "", text.length))
        return FALSE;
    }
  return TRUE;
}

/* Which cells there are, and how far they go. */
static gboolean
measure_sheets (KobraXlsBook *self,
                GError      **error)
{
  guint64 n_done = 0;

  for (guint i = 0; i < self->starts->len; i++)
    {
      KobraReadSheet    *sheet = &g_array_index (self->source->info->sheets, KobraReadSheet, i);
      g_autoptr (GArray) cells = kobra_xls_book_list_cells (self, i);

      if (g_cancellable_set_error_if_cancelled (self->source->cancellable, error))
        return FALSE;
      /* Sheets that have their cells in common are a trap. */
      n_done += self->biff.at - MIN (self->biff.at, g_array_index (self->starts, guint32, i));
      if (n_done > self->stream->len)
        return FALSE;
      /* A sheet that makes no sense is no trouble until it is chosen. */
      for (guint k = 0; cells != NULL && k < cells->len; k++)
        {
          guint32 place = g_array_index (cells, KobraXlsCell, k).place;

          sheet->n_rows = MAX (sheet->n_rows, (place >> 16) + 1);
          sheet->n_columns = MAX (sheet->n_columns, (place & G_MAXUINT16) + 1);
        }
    }
  return TRUE;
}

/* The records before the sheets. */
static gboolean
read_globals (KobraXlsBook *self,
              GError      **error)
{
  KobraBiff *biff = &self->biff;

  while (kobra_biff_next (biff) && biff->type != KOBRA_BIFF_EOF)
    {
      gboolean is_well = TRUE;

      switch (biff->type)
        {
        case KOBRA_BIFF_PASSWORD:
          return kobra_source_fail (error, KOBRA_READ_ERROR_ENCRYPTED, _ ("The file is protected by a password. Open it in the program that made it, save a copy without the password, and open that."));
        case KOBRA_BIFF_CODE_PAGE:
          kobra_biff_set_code_page (biff, kobra_biff_take (biff, 2));
          break;
        case KOBRA_BIFF_DATE_MODE:
          self->is_1904 = kobra_biff_take (biff, 2) == 1;
          break;
        case KOBRA_BIFF_SHEET:
          is_well = add_sheet (self);
          break;
        case KOBRA_BIFF_FORMAT:
          add_format (self);
          break;
        case KOBRA_BIFF_STYLE:
          add_style (self);
          break;
        case KOBRA_BIFF_STRINGS:
          is_well = add_strings (self);
          break;
        default:
          break;
        }
      if (!is_well || biff->is_damaged || g_cancellable_is_cancelled (self->source->cancellable))
        break;
    }
  return biff->type == KOBRA_BIFF_EOF;
}

gboolean
kobra_xls_book_open (KobraXlsBook *self,
                     KobraSource  *source,
                     GByteArray   *stream,
                     GError      **error)
{
  g_autoptr (GError) cause = NULL;

  *self = (KobraXlsBook) { .source = source, .stream = stream };
  self->biff = (KobraBiff) { .bytes = stream->data, .n_bytes = stream->len };
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->formats = g_array_new (FALSE, FALSE, sizeof (KobraNumberFormat));
  self->codes = g_hash_table_new (NULL, NULL);
  kobra_strings_init (&self->strings);
  kobra_biff_set_code_page (&self->biff, CODE_PAGE_DEFAULT);
  source->info->sheets = kobra_read_sheets_new ();
  if (begin (self, 0) && read_globals (self, &cause) && measure_sheets (self, &cause))
    return TRUE;
  if (cause == NULL && !g_cancellable_set_error_if_cancelled (source->cancellable, &cause))
    kobra_xls_fail_damaged (&cause);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

void
kobra_xls_book_clear (KobraXlsBook *self)
{
  g_clear_pointer (&self->stream, g_byte_array_unref);
  g_clear_pointer (&self->starts, g_array_unref);
  g_clear_pointer (&self->formats, g_array_unref);
  g_clear_pointer (&self->codes, g_hash_table_unref);
  kobra_strings_clear (&self->strings);
}

/* The cells of the record at hand. */
static void
add_cells (KobraXlsBook *self,
           gsize         record,
           GArray       *cells)
{
  KobraBiff *biff = &self->biff;
  guint      row = kobra_biff_take (biff, 2), column = kobra_biff_take (biff, 2), n = 1;

  switch (biff->type)
    {
    case KOBRA_BIFF_RK_RUN:
      /* A row, a column, six bytes for each cell, and the last column. */
      n = biff->length >= 6 ? (guint) (biff->length - 6) / 6 : 0;
      break;
    case KOBRA_BIFF_FORMULA:
    case KOBRA_BIFF_RICH_TEXT:
    case KOBRA_BIFF_SHARED_TEXT:
    case KOBRA_BIFF_NUMBER:
    case KOBRA_BIFF_TEXT:
    case KOBRA_BIFF_BOOLEAN:
    case KOBRA_BIFF_RK:
      break;
    default:
      return;
    }
  for (guint i = 0; i < n && column + i <= G_MAXUINT16; i++)
    {
      const KobraXlsCell cell = { row << 16 | (column + i), (guint32) record };

      g_array_append_val (cells, cell);
    }
}

static int
compare_cells (gconstpointer a,
               gconstpointer b)
{
  const KobraXlsCell *x = a, *y = b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  return (x->record > y->record) - (x->record < y->record);
}

/* Excel writes cells in order, others as they please; of a cell that comes twice the last one counts, as for Excel. */
static void
put_in_order (GArray *cells)
{
  gboolean is_in_order = TRUE;
  guint    n = 0;

  for (guint i = 1; i < cells->len && is_in_order; i++)
    is_in_order = g_array_index (cells, KobraXlsCell, i - 1).place < g_array_index (cells, KobraXlsCell, i).place;
  if (is_in_order)
    return;
  g_array_sort (cells, compare_cells);
  for (guint i = 0; i < cells->len; i++)
    if (i + 1 == cells->len || g_array_index (cells, KobraXlsCell, i).place != g_array_index (cells, KobraXlsCell, i + 1).place)
      g_array_index (cells, KobraXlsCell, n++) = g_array_index (cells, KobraXlsCell, i);
  g_array_set_size (cells, n);
}

GArray *
kobra_xls_book_list_cells (KobraXlsBook *self,
                           guint         sheet)
{
  KobraBiff         *biff = &self->biff;
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (KobraXlsCell));
  guint              depth = 1; /* charts in a sheet are parts within it */
  gsize              record;

  if (!begin (self, g_array_index (self->starts, guint32, sheet)))
    return NULL;
  for (guint n = 0; record = biff->at, depth > 0 && kobra_biff_next (biff); n++)
    {
      if (biff->type == KOBRA_BIFF_BEGIN)
        depth++;
      else if (biff->type == KOBRA_BIFF_EOF)
        depth--;
      else if (depth == 1 && biff->length >= 6)
        add_cells (self, record, cells);
      if (cells->len > MAX_CELLS || (n % LOOK_INTERVAL == 0 && g_cancellable_is_cancelled (self->source->cancellable)))
        return NULL;
    }
  if (depth > 0)
    return NULL;
  put_in_order (cells);
  return g_steal_pointer (&cells);
}

KobraNumberFormat
kobra_xls_book_get_format (const KobraXlsBook *self,
                           guint               style)
{
  return style < self->formats->len ? g_array_index (self->formats, KobraNumberFormat, style) : (KobraNumberFormat) { 0 };
}
