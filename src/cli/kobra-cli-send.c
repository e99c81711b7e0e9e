/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-cli-private.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "kobra-cli-progress.h"
#include "kobra-connection-list.h"
#include "kobra-export.h"
#include "kobra-import-choices.h"
#include "kobra-import-save.h"
#include "kobra-import-send.h"
#include "kobra-json-lines.h"
#include "kobra-secret-store.h"

#include "kobra-banned.h"

/* How often a run that stands still is looked at, until its last answers are there. */
#define LOOK_MILLISECONDS 20

typedef struct
{
  KobraImport *import;
  GMainLoop   *loop;
  const char  *token_file; /* or NULL */
  GArray      *chosen;     /* guint32, IDs of the records that are to go; NULL: all */
  GError      *error;      /* why the run could not begin or end */
  gboolean     was_paused; /* it stood still and was given up */
  KobraCliProgress progress;
  guint        waiting;    /* source, while answers are still due, or 0 */
} Sending;

static gboolean
set_number (const char      *option,
            const char      *property,
            int              value,
            guint            most,
            KobraConnection *connection)
{
  if (value == KOBRA_CLI_NOT_GIVEN)
    return TRUE;
  if (value < 1 || (guint) value > most)
    {
      kobra_cli_say (_ ("%s must be from 1 to %u, not %d."), option, most, value);
      return FALSE;
    }
  g_object_set (connection, property, (guint) value, NULL);
  return TRUE;
}

/* The secret that @path holds, if there is one, goes to @set. */
static gboolean
set_secret (const char *path,
            void (*set) (KobraConnection *self,
                         const char      *secret),
            KobraConnection *connection)
{
  char *secret;

  if (path == NULL)
    return TRUE;
  secret = kobra_cli_read_secret (path);
  if (secret == NULL)
    return FALSE;
  set (connection, secret);
  kobra_cli_free_secret (secret);
  return TRUE;
}

/* What the window put into the password store; why there is none is said before what to do about it. */
static void
load_secret (KobraConnection *connection)
{
  g_autoptr (GError) error = NULL;

  if (!kobra_secret_store_load (connection, NULL, &error) && error != NULL)
    kobra_cli_say (_ ("The password store gave no secret for this connection: there is none, or it is locked."));
}

static gboolean
set_sign_in (const KobraCliOptions *options,
             KobraConnection       *connection)
{
  if (options->token_file != NULL && options->password_file != NULL)
    {
      kobra_cli_say (_ ("Give --token-file or --password-file, not both."));
      return FALSE;
    }
  if (options->user != NULL)
    kobra_connection_set_user (connection, options->user);
  if (options->password_file != NULL)
    kobra_connection_set_sign_in (connection, KOBRA_SIGN_IN_PASSWORD);
  else if (options->token_file != NULL)
    kobra_connection_set_sign_in (connection, KOBRA_SIGN_IN_TOKEN);
  else if (options->connection == NULL && options->user == NULL)
    kobra_connection_set_sign_in (connection, KOBRA_SIGN_IN_NONE);

  if (!set_secret (options->password_file, kobra_connection_set_password, connection) || !set_secret (options->token_file, kobra_connection_set_token, connection))
    return FALSE;
  if (options->connection != NULL && kobra_connection_lacks_secret (connection))
    load_secret (connection);
  if (kobra_connection_get_sign_in (connection) == KOBRA_SIGN_IN_PASSWORD && (kobra_connection_peek_password (connection) == NULL || *kobra_connection_get_user (connection) == '\0'))
    {
      kobra_cli_say (_ ("To sign in, give --user and --password-file. A password is never taken from an argument."));
      return FALSE;
    }
  if (kobra_connection_get_sign_in (connection) == KOBRA_SIGN_IN_TOKEN && kobra_connection_peek_token (connection) == NULL)
    {
      kobra_cli_say (_ ("To sign in with a token, give --token-file. A token is never taken from an argument."));
      return FALSE;
    }
  return TRUE;
}

static KobraConnection *
make_connection (const KobraCliOptions *options)
{
  g_autoptr (KobraConnection) connection = NULL;
  g_autoptr (GError)          error = NULL;
  g_autofree char            *base_url = NULL;

  if (options->connection != NULL)
    {
      g_autofree char *path = kobra_connection_list_dup_path ();

      connection = kobra_connection_list_find (path, options->connection, &error);
    }
  else if (options->base_url == NULL)
    {
      kobra_cli_say (_ ("Say where to send: --base-url URL, or --connection NAME."));
      return NULL;
    }
  else
    {
      connection = kobra_connection_new ();
    }
  if (error == NULL && options->base_url != NULL && kobra_connection_check_base_url (options->base_url, &base_url, &error))
    kobra_connection_set_base_url (connection, base_url);
  if (error != NULL)
    {
      kobra_cli_say ("%s", error->message);
      return NULL;
    }
  if (options->auth_header != NULL)
    kobra_connection_set_auth_header (connection, options->auth_header);
  if (options->auth_prefix != NULL)
    kobra_connection_set_auth_prefix (connection, options->auth_prefix);
  if (!set_number ("--batch", "batch-size", options->batch, KOBRA_BATCH_SIZE_MAX, connection) ||
      !set_number ("--in-flight", "max-in-flight", options->in_flight, KOBRA_IN_FLIGHT_MAX, connection) ||
      !set_number ("--timeout", "timeout", options->timeout, KOBRA_TIMEOUT_MAX, connection) ||
      !set_sign_in (options, connection))
    return NULL;
  if (!kobra_connection_check (connection, &error))
    {
      kobra_cli_say ("%s", error->message);
      return NULL;
    }
  return g_steal_pointer (&connection);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Sending *sending = data;

  kobra_import_send_finish (KOBRA_IMPORT (source), result, &sending->error);
  g_main_loop_quit (sending->loop);
}

/* What is under way when the run stands still has its answers yet to come: to cut it off would make them unknown. */
static gboolean
give_up_cb (gpointer data)
{
  Sending      *sending = data;
  KobraProgress progress;

  kobra_import_get_progress (sending->import, &progress);
  if (progress.in_flight > 0 && kobra_import_get_state (sending->import) == KOBRA_IMPORT_PAUSED)
    return G_SOURCE_CONTINUE;
  sending->waiting = 0;
  kobra_import_cancel_run (sending->import);
  return G_SOURCE_REMOVE;
}

/* Nobody is there to ask: a run that stands still is given up, with the reason. */
static void
state_changed_cb (KobraImport *import,
                  GParamSpec  *pspec,
                  Sending     *sending)
{
  if (kobra_import_get_state (import) != KOBRA_IMPORT_PAUSED || sending->was_paused)
    return;
  sending->was_paused = TRUE;
  kobra_cli_progress_clear (&sending->progress);
  if (kobra_import_get_pause_message (import) != NULL)
    kobra_cli_say ("%s", kobra_import_get_pause_message (import));
  if (kobra_import_get_pause (import) == KOBRA_PAUSE_SIGN_IN && sending->token_file != NULL)
    kobra_cli_say (_ ("Put a new token into “%s”, then send again: the records that the server turned away because of the old one are not sent yet."), sending->token_file);
  sending->waiting = g_timeout_add (LOOK_MILLISECONDS, give_up_cb, sending);
}

static gboolean
interrupted_cb (gpointer data)
{
  Sending *sending = data;

  kobra_cli_progress_clear (&sending->progress);
  if (!sending->was_paused)
    kobra_cli_say (_ ("Interrupted: what is under way is stopped."));
  sending->was_paused = TRUE;
  kobra_import_cancel_run (sending->import);
  return G_SOURCE_CONTINUE;
}

/* Runs until every record has a result. */
static void
run (Sending         *sending,
     KobraConnection *connection,
     KobraJournal    *journal)
{
  g_autoptr (KobraClient) client = kobra_client_new (connection);
  guint sources[] = { g_unix_signal_add (SIGINT, interrupted_cb, sending), g_unix_signal_add (SIGTERM, interrupted_cb, sending) };

  kobra_cli_say (_ ("Sending to %s."), kobra_connection_get_base_url (connection));
  g_signal_connect (sending->import, "notify::state", G_CALLBACK (state_changed_cb), sending);
  kobra_import_send_async (sending->import, client, journal, sending->chosen != NULL ? KOBRA_SEND_CHOSEN : KOBRA_SEND_READY, sending->chosen, NULL, sent_cb, sending);
  kobra_cli_progress_start (&sending->progress, sending->import);
  g_main_loop_run (sending->loop);
  kobra_cli_progress_stop (&sending->progress);
  g_clear_handle_id (&sending->waiting, g_source_remove);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
  if (kobra_import_get_n_resumed (sending->import) > 0)
    kobra_cli_say (ngettext ("A run of these records was cut off. The answer to %u record was in the journal; it was not sent again.",
                             "A run of these records was cut off. The answers to %u records were in the journal; they were not sent again.",
                             kobra_import_get_n_resumed (sending->import)),
                   kobra_import_get_n_resumed (sending->import));
}

static gboolean
print_results (KobraImport           *import,
               const KobraCliOptions *options,
               guint                  n_fixed)
{
  KobraTable       *table = kobra_import_get_table (import);
  const KobraLayout *layout = kobra_import_get_layout (import);
  KobraImportCounts counts;
  KobraJsonLines    out;

  kobra_import_get_counts (import, &counts);
  kobra_json_lines_init (&out, options->as_text);
  for (guint i = 0; i < counts.records; i++)
    {
      const KobraRow     *row = kobra_table_peek_row (table, i);
      guint               n = 0;
      const KobraProblem *problems = kobra_import_get_problems (import, i, &n);
      KobraResult         result = kobra_import_get_result (import, i);
      g_autofree char    *words = kobra_import_dup_result_words (import, i);
      KobraRecord         record;

      kobra_row_get_record (row, layout->schema, layout->fields, layout->n_columns, &record);
      kobra_json_lines_record (&out, row->line, kobra_import_get_record_state (import, i), &record, problems, n,
                               result == KOBRA_RESULT_NONE ? KOBRA_RESULT_NOT_SENT : result, words);
    }
  counts.not_sent = counts.records - counts.accepted - counts.rejected - counts.unknown;
  kobra_json_lines_summary (&out, &counts, n_fixed, TRUE);
  if (kobra_json_lines_end (&out))
    return TRUE;
  kobra_cli_say (_ ("The results could not be written to standard output."));
  return FALSE;
}

static gboolean
save_results (KobraImport      *import,
              const char       *path,
              KobraExportFilter filter)
{
  g_autoptr (GFile)  file = path != NULL ? g_file_new_for_commandline_arg (path) : NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL || kobra_export_results (import, file, filter, NULL, &error))
    return TRUE;
  kobra_cli_say ("%s", error->message);
  return FALSE;
}

static gboolean
is_same_file (const char *path,
              const char *other_path)
{
  g_autoptr (GFile)     file = g_file_new_for_commandline_arg (path);
  g_autoptr (GFile)     other = g_file_new_for_commandline_arg (other_path);
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  g_autoptr (GFileInfo) other_info = g_file_query_info (other, G_FILE_ATTRIBUTE_ID_FILE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (info == NULL || other_info == NULL)
    return g_file_equal (file, other);
  return g_strcmp0 (g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE), g_file_info_get_attribute_string (other_info, G_FILE_ATTRIBUTE_ID_FILE)) == 0;
}

/* Results must not be written over what they are about. */
static gboolean
check_results_path (const KobraCliOptions *options)
{
  const char *const taken[] = { options->path, options->journal };

  for (gsize i = 0; options->results != NULL && i < G_N_ELEMENTS (taken); i++)
    if (taken[i] != NULL && is_same_file (options->results, taken[i]))
      {
        kobra_cli_say (_ ("The results cannot be saved over “%s”: this run needs it. Give --results another name."), taken[i]);
        return FALSE;
      }
  return TRUE;
}

static KobraCliStatus
get_status (const Sending *sending)
{
  KobraImportCounts counts;
  guint             n_wanted;

  kobra_import_get_counts (sending->import, &counts);
  n_wanted = sending->chosen != NULL ? sending->chosen->len : counts.records;
  if (sending->was_paused || (sending->error != NULL && !g_error_matches (sending->error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)))
    return KOBRA_CLI_CANNOT_SEND;
  return counts.accepted < n_wanted ? KOBRA_CLI_SOME_FAILED : KOBRA_CLI_WELL;
}

int
kobra_cli_send (const KobraCliOptions *options)
{
  g_autoptr (KobraConnection) connection = make_connection (options);
  g_autoptr (KobraImport)     import = kobra_import_new ();
  g_autoptr (GMainLoop)       loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KobraJournal)    journal = NULL;
  g_autoptr (GArray)          chosen = NULL;
  g_autoptr (GError)          error = NULL;
  g_autofree char            *title = g_path_get_basename (options->path);
  Sending                     sending = { .import = import, .loop = loop, .token_file = options->token_file };
  KobraRequired               required;
  KobraOpened                *opened;
  KobraCliStatus              status;
  KobraExportFilter           filter = KOBRA_EXPORT_ALL;
  gboolean                    is_saved;
  guint                       n_fixed;

  if (options->row != KOBRA_CLI_NOT_GIVEN && !options->dry_run)
    {
      kobra_cli_say (_ ("--row says which request to show: it goes with --dry-run."));
      return KOBRA_CLI_CANNOT_READ;
    }
  if (options->only != NULL && !kobra_export_filter_find (options->only, &filter))
    {
      kobra_cli_say (_ ("--only must be all, rejected or not-accepted, not “%s”."), options->only);
      return KOBRA_CLI_CANNOT_READ;
    }
  if (connection == NULL || !check_results_path (options))
    return KOBRA_CLI_CANNOT_READ;
  opened = kobra_cli_open (options, !options->no_clean, TRUE);
  if (opened == NULL)
    return KOBRA_CLI_CANNOT_READ;
  kobra_required_parse (&required, kobra_connection_get_required (connection));
  kobra_import_set_required (import, &required);
  if (options->dry_run)
    {
      kobra_import_take (import, opened, title);
      return kobra_cli_dry_run (options, import, connection);
    }
  if (options->journal != NULL)
    {
      journal = kobra_journal_open (options->journal, &error);
      if (journal == NULL)
        {
          kobra_cli_say ("%s", error->message);
          kobra_opened_free (opened);
          return KOBRA_CLI_CANNOT_SEND;
        }
      if (kobra_journal_get_notice (journal) != NULL)
        kobra_cli_say ("%s", kobra_journal_get_notice (journal));
    }
  n_fixed = kobra_opened_count_fixed (opened);
  kobra_import_set_journal (import, journal);
  kobra_import_take (import, opened, title);
  chosen = options->rows != NULL ? kobra_cli_choose_rows (options->rows, import) : NULL;
  if (options->rows != NULL && chosen == NULL)
    {
      kobra_import_set_journal (import, NULL);
      return KOBRA_CLI_CANNOT_READ;
    }
  sending.chosen = chosen;
  run (&sending, connection, journal);
  kobra_import_set_journal (import, NULL); /* which is closed before the import goes */
  if (sending.error != NULL)
    kobra_cli_say ("%s", sending.error->message);
  status = get_status (&sending);
  g_clear_error (&sending.error);
  is_saved = save_results (import, options->results, filter);
  if (!print_results (import, options, n_fixed) || !is_saved)
    return KOBRA_CLI_CANNOT_SEND;
  return status;
}
