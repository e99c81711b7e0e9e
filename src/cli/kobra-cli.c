/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-cli.h"

#include <stdio.h>
#include <string.h>

#include <glib/gi18n.h>

#include "kobra-cli-private.h"

#include "kobra-banned.h"

/* Which verbs know an option. */
enum
{
  READ = 1 << 0,
  CHECK = 1 << 1,
  SEND = 1 << 2,
  PRACTICE = 1 << 3,
  LAYOUT = 1 << 4,
  HISTORY = 1 << 5
};

static const struct
{
  const char *name;
  guint       mask;
  int (*run)  (const KobraCliOptions *options);
  const char *parameters;
  const char *summary;
} verbs[] = {
  { "read", READ, kobra_cli_read, N_("FILE"), N_("Prints the table as the import sees it, as CSV in UTF-8.") },
  { "check", CHECK, kobra_cli_check, N_("FILE"), N_("Checks every record and prints one JSON object a line for each, then a summary.") },
  { "send", SEND, kobra_cli_send, N_("FILE"), N_("Checks every record, sends those without errors, and prints what became of each.") },
  { "history", HISTORY, kobra_cli_history, N_("[list | search KEY | show NUMBER]"), N_("Lists past imports, finds what became of a record by its ID or name, or shows one import.") },
  { "layout", LAYOUT, kobra_cli_layout, "", N_("Lists the saved layouts, or writes an empty table to fill in.") },
  { "practice", PRACTICE, kobra_cli_practice, "", N_("Runs the practice server and prints its base URL first.") },
};

/* clang-format off */
#define OPTION(name, type, target, help, argument) { name, 0, 0, G_OPTION_ARG_##type, target, help, argument }

/* Every option, and the verbs that know it. */
static GOptionGroup *
make_group (guint            mask,
            KobraCliOptions *o)
{
  const struct
  {
    guint        mask;
    GOptionEntry entry;
  } all[] = {
    { READ | CHECK | SEND | LAYOUT, OPTION ("kind", STRING, &o->kind, N_("What the records are: accounts or promises; else the headers tell"), N_("KIND")) },
    { CHECK | SEND, OPTION ("import-type", STRING, &o->import_type, N_("What accounts are sent for: new (the default), balances or personal"), N_("TYPE")) },
    { READ | CHECK | SEND, OPTION ("sheet", STRING, &o->sheet, N_("The sheet to read, by its name or number, in a file that has several"), N_("NAME")) },
    { READ | CHECK | SEND, OPTION ("encoding", STRING, &o->encoding, N_("The encoding of a text, such as windows-1252 or cp850; else found by looking"), N_("NAME")) },
    { READ | CHECK | SEND, OPTION ("separator", STRING, &o->separator, N_("What parts the cells of a text: comma, semicolon, tab, bar; else found by looking"), N_("NAME")) },
    { READ | CHECK | SEND, OPTION ("header-row", STRING, &o->header_row, N_("The line that names the columns, or none; else found by looking"), N_("LINE")) },
    { READ | CHECK | SEND, OPTION ("keep-all", NONE, &o->keep_all, N_("Keep totals, notes and repeated headers as records"), NULL) },
    { READ | CHECK | SEND, OPTION ("layout", FILENAME, &o->layout, N_("Which column is which field: the name of a saved layout, or a layout file"), N_("NAME|FILE")) },
    { LAYOUT, OPTION ("blank", FILENAME, &o->blank, N_("Write an empty table here, with a column for each field: .xlsx, .ods or .csv"), N_("FILE")) },
    { CHECK | SEND, OPTION ("fix", STRING_ARRAY, &o->fixes, N_("Clean up this too, such as phone or empty-word; may be given several times"), N_("NAME")) },
    { CHECK | SEND, OPTION ("no-clean", NONE, &o->no_clean, N_("Take every cell as it stands"), NULL) },
    { CHECK | SEND, OPTION ("ignore", STRING_ARRAY, &o->ignored, N_("Do not look for this kind of warning, such as curp-name; may be given several times"), N_("WARNING")) },
    { CHECK | SEND, OPTION ("connection", STRING, &o->connection, N_("A connection that was made in the window; what it requires is required"), N_("NAME")) },
    { SEND, OPTION ("base-url", STRING, &o->base_url, N_("The address of the server’s API"), N_("URL")) },
    { SEND | PRACTICE, OPTION ("user", STRING, &o->user, N_("The user to sign in as"), N_("USER")) },
    { SEND | PRACTICE, OPTION ("password-file", FILENAME, &o->password_file, N_("A file with the password"), N_("FILE")) },
    { SEND, OPTION ("token-file", FILENAME, &o->token_file, N_("A file with a token, instead of user and password"), N_("FILE")) },
    { SEND, OPTION ("auth-header", STRING, &o->auth_header, N_("The header that carries the token (Authorization)"), N_("HEADER")) },
    { SEND, OPTION ("auth-prefix", STRING, &o->auth_prefix, N_("What stands before the token in it (Bearer)"), N_("PREFIX")) },
    { SEND, OPTION ("batch", INT, &o->batch, N_("Records in a request, at most"), N_("N")) },
    { SEND, OPTION ("in-flight", INT, &o->in_flight, N_("Requests at a time, at most"), N_("N")) },
    { SEND, OPTION ("timeout", INT, &o->timeout, N_("Seconds to wait for an answer"), N_("S")) },
    { SEND, OPTION ("dry-run", NONE, &o->dry_run, N_("Send nothing: print the request of one record, and a curl command that would send it"), NULL) },
    { SEND, OPTION ("row", INT, &o->row, N_("With --dry-run: the line of that record in the file; else the first that can be sent"), N_("LINE")) },
    { SEND, OPTION ("rows", STRING, &o->rows, N_("Send only the records in these lines of the file, such as 2-50,70"), N_("LINES")) },
    { HISTORY, OPTION ("journal", FILENAME, &o->journal, N_("The journal to look in; else the window’s own"), N_("FILE")) },
    { SEND, OPTION ("journal", FILENAME, &o->journal, N_("Write down here what is sent and what became of it; a run that was cut off goes on from it"), N_("FILE")) },
    { SEND, OPTION ("results", FILENAME, &o->results, N_("Save the table with the results as CSV, XLSX or ODS, by its ending"), N_("FILE")) },
    { SEND, OPTION ("only", STRING, &o->only, N_("Which records --results has: all (the default), rejected or not-accepted"), N_("RECORDS")) },
    { CHECK | SEND | HISTORY, OPTION ("format", STRING, &o->format, N_("json (the default) or text"), N_("FORMAT")) },
    { PRACTICE, OPTION ("port", INT, &o->port, N_("The port to listen on; else any free one"), N_("N")) },
    { PRACTICE, OPTION ("delay", INT, &o->delay, N_("Milliseconds to wait before each answer"), N_("MS")) },
    { PRACTICE, OPTION ("reject", STRING_ARRAY, &o->reject, N_("Refuse the record with this key; may be given several times"), N_("KEY")) },
  };
  /* clang-format on */
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  GOptionGroup *group = g_option_group_new ("main", NULL, NULL, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if ((all[i].mask & mask) != 0)
      g_array_append_val (entries, all[i].entry);
  g_option_group_add_entries (group, (const GOptionEntry *) entries->data);
  g_option_group_set_translation_domain (group, NULL);
  return group;
}

static void
options_clear (KobraCliOptions *options)
{
  char **texts[] = {
    &options->path, &options->kind, &options->import_type, &options->sheet, &options->encoding, &options->separator, &options->header_row, &options->layout, &options->blank, &options->base_url, &options->user,
    &options->password_file, &options->token_file, &options->auth_header, &options->auth_prefix, &options->connection, &options->journal,
    &options->results, &options->only, &options->format, &options->rows
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&options->reject, g_strfreev);
  g_clear_pointer (&options->words, g_strfreev);
  g_clear_pointer (&options->fixes, g_strfreev);
  g_clear_pointer (&options->ignored, g_strfreev);
}

/* Takes the file's path, or says what is wrong with the arguments that are no options. */
static gboolean
take_path (gsize            verb,
           char           **rest,
           KobraCliOptions *options)
{
  gboolean wants_file = *verbs[verb].parameters != '\0';
  guint    n;

  /* The parser leaves it where it keeps a file's name from being read as an option. */
  if (*rest != NULL && g_str_equal (*rest, "--"))
    rest++;
  n = g_strv_length (rest);
  if (verbs[verb].run == kobra_cli_history)
    {
      options->words = g_strdupv (rest);
      return TRUE;
    }
  if (n == (wants_file ? 1u : 0u))
    {
      options->path = n > 0 ? g_strdup (rest[0]) : NULL;
      return TRUE;
    }
  if (wants_file && n == 0)
    kobra_cli_say (_ ("%s needs a file. Try: kobra-import %s --help"), verbs[verb].name, verbs[verb].name);
  else
    kobra_cli_say (_ ("Too many arguments, from “%s” on. Try: kobra-import %s --help"), rest[wants_file ? 1 : 0], verbs[verb].name);
  return FALSE;
}

static gboolean
take_format (KobraCliOptions *options)
{
  options->as_text = g_strcmp0 (options->format, "text") == 0;
  if (options->format == NULL || options->as_text || g_str_equal (options->format, "json"))
    return TRUE;
  kobra_cli_say (_ ("The format must be json or text, not “%s”."), options->format);
  return FALSE;
}

static gsize
find_verb (const char *word)
{
  gsize i = 0;

  while (i < G_N_ELEMENTS (verbs) && !g_str_equal (verbs[i].name, word))
    i++;
  return i;
}

void
kobra_cli_say (const char *format,
               ...)
{
  g_autofree char *text = NULL;
  va_list          arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_printerr ("kobra-import: %s\n", text);
}

gboolean
kobra_cli_is_verb (const char *word)
{
  return find_verb (word) < G_N_ELEMENTS (verbs);
}

int
kobra_cli_run (int   argc,
               char *argv[])
{
  gsize                     verb = find_verb (argv[1]);
  KobraCliOptions           options = { .batch = KOBRA_CLI_NOT_GIVEN, .in_flight = KOBRA_CLI_NOT_GIVEN, .timeout = KOBRA_CLI_NOT_GIVEN, .row = KOBRA_CLI_NOT_GIVEN };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError)        error = NULL;
  g_autofree char          *parameters = NULL;
  g_auto (GStrv)            arguments = g_strdupv (argv);
  int                       status = KOBRA_CLI_CANNOT_READ;

  g_return_val_if_fail (verb < G_N_ELEMENTS (verbs), KOBRA_CLI_CANNOT_READ);

  parameters = *verbs[verb].parameters != '\0' ? g_strconcat (" ", _ (verbs[verb].parameters), NULL) : NULL;
  context = g_option_context_new (NULL);
  g_option_context_set_main_group (context, make_group (verbs[verb].mask, &options));
  g_option_context_set_summary (context, _ (verbs[verb].summary));

  /* The verb is no argument to the parser; the help names it all the same. */
  g_free (arguments[1]);
  memmove (&arguments[1], &arguments[2], sizeof (char *) * (gsize) (argc - 1));
  g_free (arguments[0]);
  arguments[0] = g_strdup_printf ("kobra-import %s%s", verbs[verb].name, parameters != NULL ? parameters : "");
  g_set_prgname (arguments[0]);

  if (!g_option_context_parse_strv (context, &arguments, &error))
    kobra_cli_say ("%s", error->message);
  else if (take_path (verb, arguments + 1, &options) && take_format (&options))
    status = verbs[verb].run (&options);
  options_clear (&options);
  return status;
}
