/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheets.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* An error lists so many sheets. */
#define MAX_LISTED 20u
#define MAX_NAME_CHARACTERS 60

gboolean
kobra_sheets_fail (KobraSource *source,
                   GError     **error)
{
  GArray             *sheets = source->info->sheets;
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char    *wanted = kobra_text_visible (source->options->sheet, MAX_NAME_CHARACTERS);

  for (guint i = 0; i < MIN (sheets->len, MAX_LISTED); i++)
    {
      g_autofree char *name = kobra_text_visible (g_array_index (sheets, KobraReadSheet, i).name, MAX_NAME_CHARACTERS);

      /* TRANSLATORS: a sheet in a list of them */
      g_string_append_printf (names, i == 0 ? _ ("“%s”") : _ (", “%s”"), name);
    }
  if (sheets->len > MAX_LISTED)
    g_string_append (names, ", …");
  g_set_error (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_NO_SUCH_SHEET,
               _ ("There is no sheet called “%s”. Choose one of these, by its name or its number: %s."), wanted, names->str);
  return FALSE;
}

static int
find_number (const char *text,
             guint       n)
{
  guint64 number;

  return n > 0 && g_ascii_string_to_unsigned (text, 10, 1, n, &number, NULL) ? (int) number - 1 : -1;
}

gboolean
kobra_sheets_choose (KobraSource *source,
                     GError     **error)
{
  GArray     *sheets = source->info->sheets;
  const char *wanted = source->options->sheet;
  int         found = -1;

  for (guint i = 0; i < sheets->len && found < 0; i++)
    {
      const KobraReadSheet *sheet = &g_array_index (sheets, KobraReadSheet, i);

      if (wanted != NULL ? g_str_equal (sheet->name, wanted) : !sheet->is_hidden && sheet->n_rows > 0)
        found = (int) i;
    }
  if (wanted != NULL && found < 0)
    found = find_number (wanted, sheets->len);
  if (wanted != NULL && found < 0)
    return kobra_sheets_fail (source, error);
  if (found < 0)
    return kobra_source_fail (error, KOBRA_READ_ERROR_EMPTY_SHEET, _ ("No visible sheet of this book has anything in it. Choose another file, or another sheet."));
  source->info->sheet = (guint) found;
  return TRUE;
}

gboolean
kobra_sheets_is_wanted (KobraSource          *source,
                        const KobraReadSheet *sheet,
                        guint                 number)
{
  const char *wanted = source->options->sheet;

  if (wanted == NULL)
    return !sheet->is_hidden;
  return g_str_equal (wanted, sheet->name) || find_number (wanted, G_MAXINT) == (int) number;
}

void
kobra_append_iso_moment (KobraBuffer *buffer,
                         const char  *text,
                         gsize        length)
{
  const char *t = memchr (text, 'T', length);
  gsize       n_date = t != NULL ? (gsize) (t - text) : length, n_time = t != NULL ? length - n_date - 1 : 0;

  kobra_buffer_append (buffer, text, n_date);
  if (n_time == 0 || (n_time >= 8 && memcmp (t + 1, "00:00:00", 8) == 0 && (n_time == 8 || t[9] == 'Z' || strspn (t + 9, ".0Z") >= n_time - 8)))
    return;
  if (n_date > 0)
    kobra_buffer_append_byte (buffer, ' ');
  kobra_buffer_append (buffer, t + 1, MIN (n_time, 8));
}
