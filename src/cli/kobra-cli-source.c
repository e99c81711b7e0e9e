/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a verb's table comes from, and how it is to be read. */

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>

#include "kobra-cli-private.h"

#include "kobra-banned.h"

gboolean
kobra_cli_fill_read (const KobraCliOptions *options,
                     KobraReadOptions      *read)
{
  guint64 row = 0;

  if (options->encoding != NULL && !kobra_encoding_find (options->encoding, &read->encoding))
    {
      g_autoptr (GString) names = g_string_new (NULL);

      for (guint i = KOBRA_ENCODING_DETECT + 1; i < KOBRA_N_ENCODINGS; i++)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", kobra_encoding_get_name ((KobraEncoding) i));
      kobra_cli_say (_ ("There is no encoding “%s”. Choose one of these: %s."), options->encoding, names->str);
      return FALSE;
    }
  if (options->separator != NULL && !kobra_separator_find (options->separator, &read->separator))
    {
      kobra_cli_say (_ ("The separator must be comma, semicolon, tab, bar, space or one character that is no letter, digit or quotation mark, not “%s”."), options->separator);
      return FALSE;
    }
  if (options->header_row != NULL && g_str_equal (options->header_row, "none"))
    {
      read->header_row = KOBRA_HEADER_NONE;
    }
  else if (options->header_row != NULL)
    {
      if (!g_ascii_string_to_unsigned (options->header_row, 10, 1, KOBRA_READ_MAX_ROWS, &row, NULL))
        {
          kobra_cli_say (_ ("The header row must be a line number from 1 up, or none, not “%s”."), options->header_row);
          return FALSE;
        }
      read->header_row = (guint32) row;
    }
  if (options->sheet != NULL)
    g_set_str (&read->sheet, options->sheet);
  read->keep_all = read->keep_all || options->keep_all;
  return TRUE;
}

GInputStream *
kobra_cli_open_stream (const char *path)
{
  struct stat status;
  int         file;

  if (g_str_equal (path, "-"))
    return g_unix_input_stream_new (STDIN_FILENO, FALSE);
  /* Whoever names a pipe here waits for its writer, and can stop that with Ctrl+C. */
  if (stat (path, &status) != 0 || !S_ISFIFO (status.st_mode))
    return NULL;
  file = open (path, O_RDONLY | O_CLOEXEC);
  return file >= 0 ? g_unix_input_stream_new (file, TRUE) : NULL;
}
