/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a file for a verb, and saying what a person must know of it. */

#include <string.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "kobra-cli-private.h"
#include "kobra-connection-list.h"
#include "kobra-layout-folder.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* A password or a token is not longer than this. */
#define MAX_SECRET_BYTES ((gsize) 64 << 10)

static gboolean
fill_options (const KobraCliOptions *options,
              KobraOpenOptions      *open)
{
  const KobraSchema *schema = options->kind != NULL ? kobra_schema_find (options->kind) : NULL;

  open->guess_kind = options->kind == NULL;
  open->kind = schema != NULL ? schema->kind : KOBRA_KIND_ACCOUNTS;
  open->import_type = KOBRA_IMPORT_NEW;
  if (options->kind != NULL && schema == NULL)
    {
      kobra_cli_say (_ ("The kind must be accounts or promises, not “%s”."), options->kind);
      return FALSE;
    }
  if (options->import_type != NULL && !kobra_import_type_find (options->import_type, &open->import_type))
    {
      kobra_cli_say (_ ("The import type must be new, balances or personal, not “%s”."), options->import_type);
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_saved (const char *name)
{
  g_auto (GStrv) names = kobra_layout_folder_list ();

  return g_strv_contains ((const char *const *) names, name);
}

/* The fixes that are asked for; FALSE, and said why, if there is no such fix or two of them say different things. */
static gboolean
read_fixes (const KobraCliOptions *options,
            KobraOpenOptions      *open)
{
  for (gsize i = 0; options->fixes != NULL && options->fixes[i] != NULL; i++)
    {
      KobraFix fix;

      if (!kobra_fix_find (options->fixes[i], &fix))
        {
          g_autoptr (GString) names = g_string_new (NULL);

          for (guint each = KOBRA_FIX_NONE + 1; each < KOBRA_N_FIXES; each++)
            g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", kobra_fix_get_name ((KobraFix) each));
          kobra_cli_say (_ ("There is no fix “%s”. There are: %s."), options->fixes[i], names->str);
          return FALSE;
        }
      if ((open->fixes & kobra_fix_get_rivals (fix)) != 0)
        {
          kobra_cli_say (_ ("“%s” cannot be done together with the fix that reads the same the other way. Leave one of them out."), options->fixes[i]);
          return FALSE;
        }
      open->fixes |= KOBRA_FIX_BIT (fix);
    }
  if (open->fixes != 0 && options->no_clean)
    {
      kobra_cli_say (_ ("--fix and --no-clean contradict each other. Leave out one of them."));
      return FALSE;
    }
  return TRUE;
}

/* The warnings that are to be ignored besides those of the layout; FALSE, and said why, if there is no such warning. */
static gboolean
read_ignored (const KobraCliOptions *options,
              KobraOpenOptions      *open)
{
  for (gsize i = 0; options->ignored != NULL && options->ignored[i] != NULL; i++)
    {
      KobraProblemCode code;

      if (!kobra_problem_find (options->ignored[i], &code) || kobra_problem_get_severity (code) != KOBRA_SEVERITY_WARNING)
        {
          g_autoptr (GString) names = g_string_new (NULL);

          for (guint each = KOBRA_PROBLEM_NONE + 1; each < KOBRA_N_PROBLEMS; each++)
            if (kobra_problem_get_severity ((KobraProblemCode) each) == KOBRA_SEVERITY_WARNING)
              g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", kobra_problem_get_name ((KobraProblemCode) each));
          kobra_cli_say (_ ("There is no warning “%s” to ignore. There are: %s."), options->ignored[i], names->str);
          return FALSE;
        }
      open->ignored |= G_GUINT64_CONSTANT (1) << code;
    }
  return TRUE;
}

/* What the connection requires, by the preferences; nothing is decided without one. */
static gboolean
read_required (const KobraCliOptions *options,
               KobraRequired         *required)
{
  g_autoptr (KobraConnection) connection = NULL;
  g_autoptr (GError)          error = NULL;
  g_autofree char            *path = NULL;

  *required = (KobraRequired) { 0 };
  if (options->connection == NULL)
    return TRUE;
  path = kobra_connection_list_dup_path ();
  connection = kobra_connection_list_find (path, options->connection, &error);
  if (connection == NULL)
    {
      kobra_cli_say ("%s", error->message);
      return FALSE;
    }
  kobra_required_parse (required, kobra_connection_get_required (connection));
  return TRUE;
}

/* The layout file that the options name, if they do; FALSE, and said why, if it can't be used. */
static gboolean
read_layout (const KobraCliOptions *options,
             KobraOpenOptions      *open)
{
  g_autoptr (GError) error = NULL;

  if (options->layout == NULL)
    return TRUE;
  /* A file goes before a name: it is there, and says where it is. */
  if (!g_file_test (options->layout, G_FILE_TEST_EXISTS) && is_saved (options->layout))
    open->layout = kobra_layout_folder_read (options->layout, &error);
  else
    open->layout = kobra_layout_file_read (options->layout, &error);
  if (open->layout == NULL)
    {
      kobra_cli_say ("%s", error->message);
      return FALSE;
    }
  if (!open->guess_kind && kobra_layout_file_get_kind (open->layout) != open->kind)
    {
      kobra_cli_say (_ ("The layout file “%s” is about %s, not about %s. Leave out --kind or choose another layout."), options->layout,
                     kobra_schema_get (kobra_layout_file_get_kind (open->layout))->name, options->kind);
      return FALSE;
    }
  return TRUE;
}

static void
show_progress (double   fraction,
               gpointer data)
{
  static gint64 shown;
  gint64        now = g_get_monotonic_time ();

  if (now - shown < G_USEC_PER_SEC / 10 || !isatty (STDERR_FILENO))
    return;
  shown = now;
  g_printerr ("\r%3.0f %%\r", fraction * 100);
}

static KobraOpened *
open_once (const KobraCliOptions  *options,
           const KobraOpenOptions *open,
           GError                **error)
{
  g_autoptr (GInputStream) stream = kobra_cli_open_stream (options->path);
  g_autoptr (GFile)        file = g_file_new_for_commandline_arg (options->path);

  return stream != NULL ? kobra_import_open_stream (stream, open, show_progress, NULL, NULL, error)
                        : kobra_import_open_file (file, open, show_progress, NULL, NULL, error);
}

/* The sheet that a layout names may be called something else in this book: where only one has something in it, that is the one. NULL, with @error as it
 * is, where it can't be told. */
static KobraOpened *
open_only_sheet (const KobraCliOptions *options,
                 KobraOpenOptions      *open,
                 KobraReadOptions      *read,
                 const GError          *error)
{
  g_autofree char        *wanted = NULL;
  g_autofree char        *name = NULL;
  g_autoptr (KobraOpened) opened = NULL;

  if (!g_error_matches (error, KOBRA_READ_ERROR, KOBRA_READ_ERROR_NO_SUCH_SHEET) || options->sheet != NULL || !g_file_test (options->path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  wanted = kobra_text_visible (read->sheet, 60);
  g_clear_pointer (&read->sheet, g_free);
  opened = open_once (options, open, NULL);
  if (opened == NULL || kobra_opened_count_sheets (opened) != 1)
    return NULL;
  name = kobra_text_visible (g_array_index (opened->info.sheets, KobraReadSheet, opened->info.sheet).name, 60);
  kobra_cli_say (_ ("The layout names the sheet “%s”, which this file does not have. Its only sheet, “%s”, was read instead."), wanted, name);
  return g_steal_pointer (&opened);
}

KobraOpened *
kobra_cli_open (const KobraCliOptions *options,
                gboolean               clean,
                gboolean               check)
{
  KobraOpenOptions            open = { .clean = clean, .check = check };
  g_autoptr (KobraLayoutFile) layout = NULL;
  g_auto (KobraReadOptions)   read = { 0 };
  g_autoptr (GError)          error = NULL;
  KobraRequired               required;
  KobraOpened                *opened;
  gboolean                    is_right = fill_options (options, &open) && read_fixes (options, &open) && read_ignored (options, &open) &&
                      read_required (options, &required) && read_layout (options, &open);

  layout = open.layout;
  /* What the layout says of reading is there to be overruled. */
  if (layout != NULL && kobra_layout_file_get_reading (layout) != NULL)
    kobra_read_options_from_variant (kobra_layout_file_get_reading (layout), &read);
  if (!is_right || !kobra_cli_fill_read (options, &read))
    return NULL;
  open.read = &read;
  open.required = &required;
  opened = open_once (options, &open, &error);
  if (opened == NULL)
    opened = open_only_sheet (options, &open, &read, error);
  if (opened == NULL)
    {
      kobra_cli_say ("%s", error->message);
      return NULL;
    }
  kobra_cli_say_notes (options, opened, clean);
  return opened;
}

char *
kobra_cli_read_secret (const char *path)
{
  g_autoptr (GFile)            file = g_file_new_for_commandline_arg (path);
  g_autoptr (GError)           error = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &error);
  char                        *secret = g_malloc0 (MAX_SECRET_BYTES + 2);
  gsize                        length = 0;

  if (stream != NULL && g_input_stream_read_all (G_INPUT_STREAM (stream), secret, MAX_SECRET_BYTES + 1, &length, NULL, &error))
    {
      if (length > 0 && secret[length - 1] == '\n')
        secret[--length] = '\0';
      if (length > 0 && secret[length - 1] == '\r')
        secret[--length] = '\0';
      if (length > 0 && length <= MAX_SECRET_BYTES && strlen (secret) == length && g_utf8_validate (secret, -1, NULL))
        return secret;
      kobra_cli_say (_ ("“%s” must hold the secret and nothing else: text of at most 64 KiB."), path);
    }
  else
    {
      kobra_cli_say (_ ("“%s” cannot be read: %s"), path, error->message);
    }
  kobra_cli_free_secret (secret);
  return NULL;
}

void
kobra_cli_free_secret (char *secret)
{
  if (secret != NULL)
    kobra_text_wipe (secret, MAX_SECRET_BYTES + 2);
  g_free (secret);
}
