/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-xlsx-book.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-banned.h"

/* No program makes more. */
#define MAX_SHEETS 10000u
#define MAX_STYLES 65536u
#define MAX_RELATIONS 65536u

/* To find out whether a sheet has something in it, so much of it is looked at. */
#define MAX_PEEKED_BYTES ((guint64) 8 << 20)

typedef struct
{
  char *type, *target;
} Relation;

/* What parsing the small parts needs. */
typedef struct
{
  KobraXlsxBook *book;
  GHashTable    *relations; /* Relation by ID */
  GPtrArray     *ids;       /* of the sheets' relations */
  GHashTable    *codes;     /* KobraNumberFormat packed, by number */
  gboolean       in_cell_styles;
} Parsing;

static void
relation_free (gpointer data)
{
  Relation *relation = data;

  g_free (relation->type);
  g_free (relation->target);
  g_free (relation);
}

/* Parses a part that may be missing. */
static gboolean
parse_part (KobraXlsxBook          *self,
            const char             *name,
            const KobraXmlHandlers *handlers,
            gpointer                data,
            gboolean               *is_there,
            GError                **error)
{
  g_autoptr (GError)       cause = NULL;
  g_autoptr (KobraArchive) archive = kobra_archive_find (self->source, name, &cause);

  *is_there = archive != NULL;
  if (archive != NULL)
    return kobra_xml_parse (archive, self->source, handlers, FALSE, data, error);
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
fail_missing (GError **error)
{
  return kobra_source_fail (error, KOBRA_READ_ERROR_DAMAGED, _ ("The workbook lacks a part that it needs: it is damaged. Open it in a spreadsheet program, let it be repaired, and save it."));
}

static void
relation_start (KobraXml                 *xml,
                const char               *name,
                const KobraXmlAttributes *attributes,
                gpointer                  data)
{
  Parsing  *parsing = data;
  Relation *relation;
  char     *id;

  if (strcmp (name, "Relationship") != 0 || g_hash_table_size (parsing->relations) >= MAX_RELATIONS)
    return;
  id = kobra_xml_dup (attributes, "Id");
  relation = g_new0 (Relation, 1);
  relation->type = kobra_xml_dup (attributes, "Type");
  relation->target = kobra_xml_dup (attributes, "Target");
  if (id != NULL && relation->type != NULL && relation->target != NULL)
    {
      g_hash_table_replace (parsing->relations, id, relation);
      return;
    }
  g_free (id);
  relation_free (relation);
}

static void
workbook_start (KobraXml                 *xml,
                const char               *name,
                const KobraXmlAttributes *attributes,
                gpointer                  data)
{
  Parsing       *parsing = data;
  GArray        *sheets = parsing->book->source->info->sheets;
  KobraReadSheet sheet = { 0 };

  if (strcmp (name, "workbookPr") == 0)
    parsing->book->is_1904 = kobra_xml_is (attributes, "date1904", "1") || kobra_xml_is (attributes, "date1904", "true");
  if (strcmp (name, "sheet") != 0 || sheets->len >= MAX_SHEETS)
    return;
  sheet.name = kobra_xml_dup (attributes, "name");
  sheet.is_hidden = kobra_xml_is (attributes, "state", "hidden") || kobra_xml_is (attributes, "state", "veryHidden");
  if (sheet.name == NULL)
    sheet.name = g_strdup ("");
  g_array_append_val (sheets, sheet);
  g_ptr_array_add (parsing->ids, kobra_xml_dup (attributes, "id"));
}

static void
styles_start (KobraXml                 *xml,
              const char               *name,
              const KobraXmlAttributes *attributes,
              gpointer                  data)
{
  Parsing          *parsing = data;
  guint             id = (guint) kobra_xml_get_number (attributes, "numFmtId", G_MAXINT, 0);
  KobraNumberFormat format;

  if (strcmp (name, "cellXfs") == 0)
    parsing->in_cell_styles = TRUE;
  if (strcmp (name, "numFmt") == 0 && g_hash_table_size (parsing->codes) < MAX_STYLES)
    {
      g_autofree char *code = kobra_xml_dup (attributes, "formatCode");

      format = kobra_number_format_parse (code != NULL ? code : "");
      g_hash_table_insert (parsing->codes, GUINT_TO_POINTER (id), g_memdup2 (&format, sizeof format));
    }
  if (parsing->in_cell_styles && strcmp (name, "xf") == 0 && parsing->book->formats->len < MAX_STYLES)
    {
      const KobraNumberFormat *own = g_hash_table_lookup (parsing->codes, GUINT_TO_POINTER (id));

      format = own != NULL ? *own : kobra_number_format_builtin (id);
      g_array_append_val (parsing->book->formats, format);
    }
}

static void
styles_end (KobraXml   *xml,
            const char *name,
            gpointer    data)
{
  if (strcmp (name, "cellXfs") == 0)
    ((Parsing *) data)->in_cell_styles = FALSE;
}

/* "xl/worksheets/sheet1.xml" from "worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml" or "../xl/…" in a part of the folder xl. */
static char *
resolve (const char *part,
         const char *target)
{
  g_autofree char *folder = g_path_get_dirname (part);
  g_autofree char *joined = *target == '/' ? g_strdup (target) : g_strconcat ("/", folder, "/", target, NULL);
  g_autofree char *canonical = g_canonicalize_filename (joined, "/");

  return g_strdup (canonical + 1);
}

static gboolean
parse_relations (Parsing    *parsing,
                 const char *part,
                 GError    **error)
{
  static const KobraXmlHandlers handlers = { .start = relation_start };
  g_autofree char *folder = g_path_get_dirname (part);
  g_autofree char *base = g_path_get_basename (part);
  g_autofree char *name = g_strconcat (strcmp (folder, ".") == 0 ? "" : folder, strcmp (folder, ".") == 0 ? "" : "/", "_rels/", base, ".rels", NULL);
  gboolean         is_there;
  GHashTableIter   iter;
  gpointer         value;

  if (!parse_part (parsing->book, name, &handlers, parsing, &is_there, error))
    return FALSE;
  if (!is_there)
    return fail_missing (error);
  g_hash_table_iter_init (&iter, parsing->relations);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Relation *relation = value;
      char          **place = g_str_has_suffix (relation->type, "/styles") ? &parsing->book->styles_part
                              : g_str_has_suffix (relation->type, "/sharedStrings") ? &parsing->book->strings.part
                                                                                    : NULL;

      if (place != NULL && *place == NULL)
        *place = resolve (part, relation->target);
    }
  return TRUE;
}

/* Leaves out what are no sheets of cells: charts, dialogs, macros. */
static void
find_parts (Parsing    *parsing,
            const char *part)
{
  GArray *sheets = parsing->book->source->info->sheets;

  for (guint i = 0; i < sheets->len;)
    {
      const char     *id = g_ptr_array_index (parsing->ids, i);
      const Relation *relation = id != NULL ? g_hash_table_lookup (parsing->relations, id) : NULL;

      if (relation != NULL && g_str_has_suffix (relation->type, "/worksheet"))
        {
          g_ptr_array_add (parsing->book->parts, resolve (part, relation->target));
          i++;
          continue;
        }
      g_array_remove_index (sheets, i);
      g_ptr_array_remove_index (parsing->ids, i);
    }
}

typedef struct
{
  KobraArchive   *archive;
  KobraReadSheet *sheet;
  gboolean        in_value, has_value;
} Peek;

static void
peek_start (KobraXml                 *xml,
            const char               *name,
            const KobraXmlAttributes *attributes,
            gpointer                  data)
{
  Peek       *peek = data;
  gsize       length;
  const char *reference, *colon;
  guint64     column, row;

  if (strcmp (name, "dimension") == 0 && (reference = kobra_xml_get (attributes, "ref", &length)) != NULL)
    {
      colon = memchr (reference, ':', length);
      if (colon != NULL)
        {
          length -= (gsize) (colon + 1 - reference);
          reference = colon + 1;
        }
      if (kobra_xlsx_parse_reference (reference, length, &column, &row))
        {
          peek->sheet->n_rows = (guint32) MIN (row, G_MAXUINT32);
          peek->sheet->n_columns = (guint) MIN (column + 1, KOBRA_READ_MAX_COLUMNS);
        }
    }
  peek->in_value = strcmp (name, "v") == 0 || strcmp (name, "t") == 0;
  if (kobra_archive_get_done (peek->archive) > MAX_PEEKED_BYTES)
    kobra_xml_stop (xml);
}

static void
peek_end (KobraXml   *xml,
          const char *name,
          gpointer    data)
{
  ((Peek *) data)->in_value = FALSE;
  if (strcmp (name, "sheetData") == 0)
    kobra_xml_stop (xml);
}

static void
peek_text (KobraXml   *xml,
           const char *text,
           gsize       length,
           gpointer    data)
{
  Peek *peek = data;

  if (!peek->in_value)
    return;
  peek->has_value = TRUE;
  kobra_xml_stop (xml);
}

/* How large the sheet of the part at hand is by its own words, and whether there is anything in it in truth. */
static gboolean
peek_sheet (KobraXlsxBook  *self,
            KobraArchive   *archive,
            KobraReadSheet *sheet,
            GError        **error)
{
  static const KobraXmlHandlers handlers = { peek_start, peek_end, peek_text };
  Peek peek = { .archive = archive, .sheet = sheet };

  if (!kobra_xml_parse (archive, self->source, &handlers, FALSE, &peek, error))
    return FALSE;
  if (!peek.has_value)
    sheet->n_rows = sheet->n_columns = 0;
  else if (sheet->n_rows == 0)
    sheet->n_rows = sheet->n_columns = 1;
  return TRUE;
}

/* In one go through the file, however many there are. */
static gboolean
peek_sheets (KobraXlsxBook *self,
             GError       **error)
{
  GArray                  *sheets = self->source->info->sheets;
  g_autoptr (GHashTable)   found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (KobraArchive) archive = kobra_archive_new (self->source, error);
  g_autoptr (GError)       cause = NULL;
  const char              *name;

  if (archive == NULL)
    return FALSE;
  for (guint i = 0; i < self->parts->len; i++)
    g_hash_table_insert (found, g_ascii_strdown (g_ptr_array_index (self->parts, i), -1), NULL);
  while ((name = kobra_archive_next (archive, &cause)) != NULL)
    {
      g_autofree char           *lower = g_ascii_strdown (name, -1);
      g_autofree KobraReadSheet *extent = NULL;
      gpointer                   seen = NULL;

      if (!g_hash_table_lookup_extended (found, lower, NULL, &seen) || seen != NULL)
        continue;
      extent = g_new0 (KobraReadSheet, 1);
      if (!peek_sheet (self, archive, extent, error))
        return FALSE;
      g_hash_table_insert (found, g_steal_pointer (&lower), g_steal_pointer (&extent));
    }
  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  for (guint i = 0; i < self->parts->len; i++)
    {
      g_autofree char      *lower = g_ascii_strdown (g_ptr_array_index (self->parts, i), -1);
      const KobraReadSheet *extent = g_hash_table_lookup (found, lower);

      if (extent == NULL)
        return fail_missing (error);
      g_array_index (sheets, KobraReadSheet, i).n_rows = extent->n_rows;
      g_array_index (sheets, KobraReadSheet, i).n_columns = extent->n_columns;
    }
  return TRUE;
}

gboolean
kobra_xlsx_book_open (KobraXlsxBook *self,
                      KobraSource   *source,
                      const char    *workbook_part,
                      GError       **error)
{
  static const KobraXmlHandlers workbook = { .start = workbook_start }, styles = { styles_start, styles_end, NULL };
  g_autoptr (GHashTable) relations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, relation_free);
  g_autoptr (GHashTable) codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GPtrArray)  ids = g_ptr_array_new_with_free_func (g_free);
  Parsing  parsing = { self, relations, ids, codes, FALSE };
  gboolean is_there;

  self->source = self->strings.source = source;
  self->parts = g_ptr_array_new_with_free_func (g_free);
  self->formats = g_array_new (FALSE, FALSE, sizeof (KobraNumberFormat));
  source->info->sheets = kobra_read_sheets_new ();
  if (!parse_relations (&parsing, workbook_part, error) || !parse_part (self, workbook_part, &workbook, &parsing, &is_there, error))
    return FALSE;
  find_parts (&parsing, workbook_part);
  if (self->styles_part != NULL && !parse_part (self, self->styles_part, &styles, &parsing, &is_there, error))
    return FALSE;
  return peek_sheets (self, error);
}

void
kobra_xlsx_book_clear (KobraXlsxBook *self)
{
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_clear_pointer (&self->formats, g_array_unref);
  g_clear_pointer (&self->styles_part, g_free);
  kobra_xlsx_strings_clear (&self->strings);
}

gboolean
kobra_xlsx_parse_reference (const char *text,
                            gsize       length,
                            guint64    *column,
                            guint64    *row)
{
  gsize i = 0;

  *column = *row = 0;
  for (; i < length && i < 8 && g_ascii_isalpha (text[i]); i++)
    *column = *column * 26 + (guint64) (g_ascii_toupper (text[i]) - 'A') + 1;
  if (i == 0 || i == length || length - i > 10)
    return FALSE;
  for (; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      *row = *row * 10 + (guint64) (text[i] - '0');
    }
  (*column)--;
  return *row > 0;
}
