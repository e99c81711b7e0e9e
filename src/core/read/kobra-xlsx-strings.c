/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-xlsx-strings.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-xml.h"

#include "kobra-banned.h"

/* The part is parsed again, from its start, for so many times more texts than before: a look at the first rows needs few of them, and whoever
 * reads all pays an eighth more for those. */
#define FIRST_TEXTS 4096u
#define MORE_TEXTS 8u

typedef struct
{
  KobraXlsxStrings *strings;
  KobraBuffer       text;
  guint             n;          /* texts that came by, with those that are known */
  guint64           n_wanted;
  gboolean          is_cut;     /* there are more than were wanted */
  gboolean          in_text;
  guint             n_phonetic; /* depth inside of how it is said, which is no part of it */
} Loading;

static void
strings_start (KobraXml                 *xml,
               const char               *name,
               const KobraXmlAttributes *attributes,
               gpointer                  data)
{
  Loading *loading = data;

  loading->n_phonetic += strcmp (name, "rPh") == 0;
  loading->in_text = strcmp (name, "t") == 0 && loading->n_phonetic == 0;
  if (strcmp (name, "si") != 0)
    return;
  kobra_buffer_reset (&loading->text);
  loading->is_cut = loading->n >= loading->n_wanted;
  if (loading->is_cut)
    kobra_xml_stop (xml);
}

static void
strings_end (KobraXml   *xml,
             const char *name,
             gpointer    data)
{
  Loading *loading = data;

  loading->in_text = FALSE;
  if (loading->n_phonetic > 0 && strcmp (name, "rPh") == 0)
    loading->n_phonetic--;
  if (strcmp (name, "si") != 0 || loading->n++ < loading->strings->known.n)
    return;
  if (loading->text.overflowed)
    kobra_xml_fail (xml, g_error_new_literal (KOBRA_READ_ERROR, KOBRA_READ_ERROR_CELL_TOO_LONG, _ ("A text in the workbook is over 1 MiB. Shorten it, and open the file again.")));
  else if (!kobra_strings_append (&loading->strings->known, loading->text.bytes != NULL ? loading->text.bytes : "", loading->text.length))
    kobra_xml_fail (xml, g_error_new_literal (KOBRA_READ_ERROR, KOBRA_READ_ERROR_TOO_LARGE,
                                              _ ("The workbook has more different texts than there is memory for. Save its sheet as CSV in UTF-8 in a spreadsheet program, and open that file.")));
}

static void
strings_text (KobraXml   *xml,
              const char *text,
              gsize       length,
              gpointer    data)
{
  Loading *loading = data;

  if (loading->in_text && loading->n >= loading->strings->known.n)
    kobra_xlsx_append_text (&loading->text, text, length);
}

/* Loads texts until there are @n_wanted, or all. */
static gboolean
load (KobraXlsxStrings *self,
      guint64           n_wanted,
      GError          **error)
{
  static const KobraXmlHandlers handlers = { strings_start, strings_end, strings_text };
  Loading                  loading = { .strings = self, .n_wanted = n_wanted };
  g_autoptr (GError)       cause = NULL;
  g_autoptr (KobraArchive) archive = kobra_archive_find (self->source, self->part, &cause);
  gboolean                 is_loaded;

  if (cause != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (archive == NULL)
    {
      self->is_whole = TRUE;
      return TRUE;
    }
  kobra_buffer_init (&loading.text, KOBRA_READ_MAX_CELL);
  is_loaded = kobra_xml_parse (archive, self->source, &handlers, FALSE, &loading, error);
  kobra_buffer_clear (&loading.text);
  self->is_whole = !loading.is_cut;
  return is_loaded;
}

void
kobra_xlsx_strings_clear (KobraXlsxStrings *self)
{
  g_clear_pointer (&self->part, g_free);
  kobra_strings_clear (&self->known);
}

gboolean
kobra_xlsx_strings_find (KobraXlsxStrings *self,
                         guint64           number,
                         const char      **text,
                         GError          **error)
{
  if (number >= self->known.n && !self->is_whole && self->part != NULL && !load (self, MAX (MAX (number + 1, FIRST_TEXTS), (guint64) self->known.n * MORE_TEXTS), error))
    return FALSE;
  *text = kobra_strings_get (&self->known, number);
  return TRUE;
}

/* The character that _xHHHH_ stands for, 0 if it is no such thing. */
static gunichar
parse_escape (const char *text,
              gsize       length)
{
  gunichar c = 0;

  if (length < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
    return 0;
  for (gsize i = 2; i < 6; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return 0;
      c = c << 4 | (gunichar) g_ascii_xdigit_value (text[i]);
    }
  return c >= 0xd800 && c <= 0xdfff ? 0 : c;
}

void
kobra_xlsx_append_text (KobraBuffer *buffer,
                        const char  *text,
                        gsize        length)
{
  while (length > 0)
    {
      const char *mark = memchr (text, '_', length);
      gsize       n_plain = mark != NULL ? (gsize) (mark - text) : length;
      gunichar    c;

      kobra_buffer_append (buffer, text, n_plain);
      text += n_plain;
      length -= n_plain;
      if (length == 0)
        return;
      c = parse_escape (text, length);
      if (c != 0)
        {
          char spelt[6];

          kobra_buffer_append (buffer, spelt, (gsize) g_unichar_to_utf8 (c, spelt));
        }
      else
        {
          kobra_buffer_append_byte (buffer, '_');
        }
      text += c != 0 ? 7 : 1;
      length -= c != 0 ? 7 : 1;
    }
}
