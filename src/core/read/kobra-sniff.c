/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sniff.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-csv.h"
#include "kobra-decode.h"

#include "kobra-banned.h"

/* So many rows show a table's habits. */
#define MAX_SAMPLE_ROWS 500

/* A comma with a digit at either side in so many of a hundred places is a decimal comma. */
#define DECIMAL_PERCENT 90

#define PACKED N_("This is a packed file. Unpack it, and open what was in it.")
#define PICTURE N_("This is a picture, not a table. Ask for the table that it shows, as CSV or a workbook, and open that file.")
#define UTF_32 N_("This text is in UTF-32, which nobody else uses. Open it in a spreadsheet program, save its sheet as CSV in UTF-8, and open that file.")

#define EXCEL_2_TO_4 N_("This is a workbook of the Excel of before 1994 (.xls), as old programs still write it; it is not read. Open it in a spreadsheet program, save it as an Excel workbook (.xlsx), and open that file.")

/* What a file starts with that is no plain text. */
static const struct
{
  const char     *start;
  gsize           length;
  gboolean        is_words; /* lower case here; in the file any case, after white space */
  KobraReadFormat format;
  const char     *sentence; /* or NULL: there is a reader */
} formats[] = {
  { "PK\003\004", 4, FALSE, KOBRA_FORMAT_XLSX, NULL },
  { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, FALSE, KOBRA_FORMAT_XLS, NULL },
  { "\x09\x00\x04\x00", 4, FALSE, KOBRA_FORMAT_TEXT, EXCEL_2_TO_4 },
  { "\x09\x02\x06\x00", 4, FALSE, KOBRA_FORMAT_TEXT, EXCEL_2_TO_4 },
  { "\x09\x04\x06\x00", 4, FALSE, KOBRA_FORMAT_TEXT, EXCEL_2_TO_4 },
  { "%pdf-", 5, TRUE, KOBRA_FORMAT_TEXT, N_("This is a PDF document, not a table. Ask for the table that it was made from, as CSV, and open that file.") },
  { "{\\rtf", 5, TRUE, KOBRA_FORMAT_TEXT, N_("This is a text document (.rtf), not a table. Copy its table to a spreadsheet program, save it as CSV in UTF-8, and open that file.") },
  { "<html", 5, TRUE, KOBRA_FORMAT_HTML, NULL },
  { "<table", 6, TRUE, KOBRA_FORMAT_HTML, NULL },
  { "<meta", 5, TRUE, KOBRA_FORMAT_HTML, NULL }, /* as browsers put a part of a page on the clipboard */
  { "<!--startfragment", 17, TRUE, KOBRA_FORMAT_HTML, NULL },
  { "<!doctype html", 14, TRUE, KOBRA_FORMAT_HTML, NULL },
  { "<?xml", 5, TRUE, KOBRA_FORMAT_TEXT, N_("This is an XML document, not a table. Open it in a spreadsheet program, save its sheet as CSV in UTF-8, and open that file.") },
  { "\x89PNG", 4, FALSE, KOBRA_FORMAT_TEXT, PICTURE },
  { "\xff\xd8\xff", 3, FALSE, KOBRA_FORMAT_TEXT, PICTURE },
  { "GIF8", 4, FALSE, KOBRA_FORMAT_TEXT, PICTURE },
  { "\x1f\x8b", 2, FALSE, KOBRA_FORMAT_TEXT, PACKED },
  { "BZh91AY&SY", 10, FALSE, KOBRA_FORMAT_TEXT, PACKED },
  { "\xfd" "7zXZ", 5, FALSE, KOBRA_FORMAT_TEXT, PACKED },
  { "7z\xbc\xaf\x27\x1c", 6, FALSE, KOBRA_FORMAT_TEXT, PACKED },
  { "\x28\xb5\x2f\xfd", 4, FALSE, KOBRA_FORMAT_TEXT, PACKED },
  { "Rar!\x1a\x07", 6, FALSE, KOBRA_FORMAT_TEXT, PACKED },
  { "\xff\xfe\0\0", 4, FALSE, KOBRA_FORMAT_TEXT, UTF_32 },
  { "\0\0\xfe\xff", 4, FALSE, KOBRA_FORMAT_TEXT, UTF_32 },
};

static const struct
{
  const char   *bytes;
  gsize         length;
  KobraEncoding encoding;
} marks[] = {
  { "\xef\xbb\xbf", 3, KOBRA_ENCODING_UTF_8 },
  { "\xff\xfe", 2, KOBRA_ENCODING_UTF_16_LE },
  { "\xfe\xff", 2, KOBRA_ENCODING_UTF_16_BE },
};

/* Whether an array of objects begins here, or an object: in brackets alone a row of text may stand too. */
static gboolean
is_json (const char *p,
         const char *end)
{
  char open = *p++;

  while (p < end && g_ascii_isspace (*p))
    p++;
  return p < end && (open == '[' ? *p == '{' || *p == ']' : *p == '"');
}

const char *
kobra_sniff_format (const char      *bytes,
                    gsize            n_bytes,
                    KobraReadFormat *format)
{
  gsize n_white = 0;

  *format = KOBRA_FORMAT_TEXT;
  if (n_bytes >= marks[0].length && memcmp (bytes, marks[0].bytes, marks[0].length) == 0)
    n_white = marks[0].length;
  while (n_white < n_bytes && g_ascii_isspace (bytes[n_white]))
    n_white++;
  if (n_white < n_bytes && (bytes[n_white] == '[' || bytes[n_white] == '{') && is_json (bytes + n_white, bytes + n_bytes))
    {
      *format = KOBRA_FORMAT_JSON;
      return NULL;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      gsize skipped = formats[i].is_words ? n_white : 0;

      if (n_bytes - skipped < formats[i].length)
        continue;
      if (formats[i].is_words ? g_ascii_strncasecmp (bytes + skipped, formats[i].start, formats[i].length) == 0
                              : memcmp (bytes, formats[i].start, formats[i].length) == 0)
        {
          *format = formats[i].format;
          return formats[i].sentence != NULL ? _ (formats[i].sentence) : NULL;
        }
    }
  return NULL;
}

/* UTF-16 without a mark: in half of all pairs or more the same byte is zero, as it is in ASCII, and next to never the other. */
static KobraEncoding
find_utf16 (const char *bytes,
            gsize       n_bytes,
            gboolean    is_all)
{
  gsize n_pairs = n_bytes / 2, n_zeros[2] = { 0 };

  if (n_pairs == 0 || (is_all && n_bytes % 2 != 0))
    return KOBRA_ENCODING_DETECT;
  for (gsize i = 0; i < n_pairs * 2; i++)
    n_zeros[i % 2] += bytes[i] == '\0';
  if (n_zeros[1] * 2 >= n_pairs && n_zeros[0] * 20 <= n_zeros[1])
    return KOBRA_ENCODING_UTF_16_LE;
  if (n_zeros[0] * 2 >= n_pairs && n_zeros[1] * 20 <= n_zeros[0])
    return KOBRA_ENCODING_UTF_16_BE;
  return KOBRA_ENCODING_DETECT;
}

/* UTF-8 or Windows-1252. What holds both is called UTF-8 for sure, so that the decoder stops where it ceases to be. */
static KobraSniffed
weigh (const char *bytes,
       gsize       n_bytes,
       gboolean    is_all)
{
  guint n_found[] = { [KOBRA_UTF_8_INVALID] = 0, [KOBRA_UTF_8_CUT] = 0, [KOBRA_UTF_8_DOUBTFUL] = 0, [KOBRA_UTF_8_PLAIN] = 0 };
  guint n_wrong;

  for (gsize i = 0, length = 1; i < n_bytes; i += length)
    {
      length = 1;
      if ((guint8) bytes[i] >= 0x80)
        n_found[kobra_utf8_look (bytes + i, n_bytes - i, &length)]++;
    }
  n_wrong = n_found[KOBRA_UTF_8_INVALID] + (is_all ? n_found[KOBRA_UTF_8_CUT] : 0);
  if (n_wrong > 0 && n_found[KOBRA_UTF_8_PLAIN] == 0 && n_wrong >= n_found[KOBRA_UTF_8_DOUBTFUL])
    return (KobraSniffed) { .encoding = KOBRA_ENCODING_WINDOWS_1252 };
  return (KobraSniffed) { .encoding = KOBRA_ENCODING_UTF_8, .is_sure = n_wrong > 0 || n_found[KOBRA_UTF_8_PLAIN] > 0 };
}

KobraSniffed
kobra_sniff_encoding (const char   *bytes,
                      gsize         n_bytes,
                      gboolean      is_all,
                      KobraEncoding wanted)
{
  KobraEncoding utf16;

  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if ((wanted == KOBRA_ENCODING_DETECT || wanted == marks[i].encoding) && n_bytes >= marks[i].length && memcmp (bytes, marks[i].bytes, marks[i].length) == 0)
      return (KobraSniffed) { marks[i].encoding, TRUE, marks[i].length };
  if (wanted != KOBRA_ENCODING_DETECT)
    return (KobraSniffed) { .encoding = wanted, .is_sure = TRUE };
  utf16 = find_utf16 (bytes, n_bytes, is_all);
  if (utf16 != KOBRA_ENCODING_DETECT)
    return (KobraSniffed) { .encoding = utf16, .is_sure = TRUE };
  return weigh (bytes, n_bytes, is_all);
}

gsize
kobra_sniff_separator_line (const char *text,
                            gsize       length,
                            char       *separator)
{
  const char *p = text, *end = text + length;
  gboolean    is_quoted = length > 0 && *p == '"';

  p += is_quoted;
  if (end - p < 5 || g_ascii_strncasecmp (p, "sep=", 4) != 0 || !kobra_separator_is_possible (p[4]))
    return 0;
  *separator = p[4];
  p += 5;
  if (is_quoted && (p == end || *p++ != '"'))
    return 0;
  if (p == end)
    return length;
  if (*p != '\r' && *p != '\n')
    return 0;
  return (gsize) (p - text) + (end - p >= 2 && p[0] == '\r' && p[1] == '\n' ? 2 : 1);
}

/* A table as one of the separators shows it. */
typedef struct
{
  char     separator, quote;
  GArray  *n_cells;      /* guint, a row each */
  guint    n_joints;     /* between two cells */
  guint    n_decimals;   /* of these, with a digit at either side */

  guint    n_columns;    /* that most rows have, of those with more than one */
  guint    n_agreeing;   /* rows with so many */
  guint    first;        /* row of the table: the header, if this is the right view */
  gboolean has_strays;   /* quotation marks stand where they make no sense */
  gboolean has_decimals; /* what parts the cells are decimal commas */
} View;

static gboolean
note_row (const KobraReadRow *row,
          gpointer            data,
          GError            **error)
{
  View    *view = data;
  gboolean has_words = FALSE;

  /* A row of separators alone is blank in one view and odd in the others. */
  for (guint i = 0; i < row->n_cells && !has_words; i++)
    has_words = row->cells[i][strspn (row->cells[i], " \t;|,\"")] != '\0';
  if (!has_words)
    return TRUE;
  g_array_append_val (view->n_cells, row->n_cells);
  view->n_joints += row->n_cells - 1;
  for (guint i = 1; i < row->n_cells; i++)
    {
      const char *left = row->cells[i - 1];

      if (*left != '\0' && g_ascii_isdigit (left[strlen (left) - 1]) && g_ascii_isdigit (*row->cells[i]))
        view->n_decimals++;
    }
  return view->n_cells->len < MAX_SAMPLE_ROWS;
}

static guint
get_n_cells (const View *view,
             guint       row)
{
  return g_array_index (view->n_cells, guint, row);
}

/* A title with a comma in it is no header: the row below it is one cell. */
static gboolean
is_first (const View *view,
          guint       row)
{
  return get_n_cells (view, row) >= view->n_columns && (row + 1 == view->n_cells->len || get_n_cells (view, row + 1) > 1);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  const guint *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

static void
find_columns (View *view)
{
  g_autoptr (GArray) sorted = g_array_copy (view->n_cells);
  guint              n_alike = 0;

  g_array_sort (sorted, compare_numbers);
  for (guint i = 0; i < sorted->len; i++)
    {
      guint n_cells = g_array_index (sorted, guint, i);

      n_alike = i > 0 && n_cells == g_array_index (sorted, guint, i - 1) ? n_alike + 1 : 1;
      if (n_cells > 1 && n_alike >= view->n_agreeing)
        {
          view->n_columns = n_cells;
          view->n_agreeing = n_alike;
        }
    }
  while (view->first < view->n_cells->len && !is_first (view, view->first))
    view->first++;
}

static void
view_table (View       *view,
            const char *text,
            gsize       length,
            gboolean    is_all)
{
  KobraReadSink sink = { .row = note_row, .data = view };
  g_autoptr (KobraCsv) csv = kobra_csv_new (view->separator, view->quote, 1, &sink);

  /* What can't be read this way says enough by the rows before it. */
  if (kobra_csv_push (csv, text, length, NULL) && (is_all || view->n_cells->len == 0))
    kobra_csv_finish (csv, NULL);
  find_columns (view);
  view->has_strays = kobra_csv_get_n_stray_quotes (csv) * 10 > view->n_cells->len;
  view->has_decimals = view->separator == ',' && view->n_decimals * 100 >= view->n_joints * DECIMAL_PERCENT;
}

static gboolean
is_table (const View *view)
{
  return view->n_agreeing > 0 && (view->first == 0 || view->n_agreeing * 2 >= view->n_cells->len);
}

/* What is asked first decides; only a draw goes on to the next. */
static gboolean
is_better (const View *a,
           const View *b)
{
  const gint64 leads[] = {
    b->has_strays - a->has_strays,
    (gint64) b->first - a->first,
    b->has_decimals - a->has_decimals,
    (gint64) a->n_agreeing * 10 / a->n_cells->len - (gint64) b->n_agreeing * 10 / b->n_cells->len,
    (gint64) a->n_columns - b->n_columns,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (leads); i++)
    if (leads[i] != 0)
      return leads[i] > 0;
  return FALSE;
}

char
kobra_sniff_separator (const char *text,
                       gsize       length,
                       char        quote,
                       gboolean    is_all)
{
  /* Where all else is equal, the one that is rarer in people's words. */
  static const char separators[] = { '\t', ';', '|', ',' };
  View              views[G_N_ELEMENTS (separators)] = { 0 };
  const View       *best = NULL;
  char              found;

  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      views[i].separator = separators[i];
      views[i].quote = quote;
      views[i].n_cells = g_array_new (FALSE, FALSE, sizeof (guint));
      view_table (&views[i], text, length, is_all);
      if (is_table (&views[i]) && (best == NULL || is_better (&views[i], best)))
        best = &views[i];
    }
  found = best != NULL ? best->separator : ',';
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    g_array_unref (views[i].n_cells);
  return found;
}
