/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-cli-private.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "kobra-history.h"
#include "kobra-import-load.h"
#include "kobra-json-lines.h"

#include "kobra-banned.h"

/* A search in a terminal may go on for long, but not for ever. */
#define MAX_HITS 10000

static char *
format_time (gint64 microseconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z") : g_strdup ("");
}

/* For a machine: the stable word of a result. */
static const char *
get_result_name (int result)
{
  if (result == KOBRA_JOURNAL_NONE)
    return kobra_result_get_name (KOBRA_RESULT_NOT_SENT);
  if (result <= KOBRA_RESULT_SENDING || result >= KOBRA_N_RESULTS)
    return kobra_result_get_name (KOBRA_RESULT_UNKNOWN);
  return kobra_result_get_name ((KobraResult) result);
}

static void
write_node (KobraJsonLines *out,
            JsonBuilder    *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char     *line = json_to_string (root, FALSE);

  kobra_json_lines_write (out, line);
  kobra_json_lines_write (out, "\n");
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder,
            const char  *name,
            gint64       number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

static void
write_import (KobraJsonLines               *out,
              const KobraJournalImportInfo *info)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char        *time = format_time (info->opened);
  const struct
  {
    const char *name;
    gint64      number;
  } counts[] = {
    { "records", info->n_records },
    { "accepted", info->n_accepted },
    { "rejected", info->n_rejected },
    { "not-sent", info->n_not_sent },
    { "unknown", info->n_unknown },
    { "corrected", info->n_corrected },
  };

  if (out->as_text)
    {
      g_autofree char *counts_text = kobra_history_dup_counts (info);
      g_autofree char *line = g_strdup_printf ("%5" G_GINT64_FORMAT "  %s  %s  %s\n", info->id, time, info->source_name, counts_text);

      kobra_json_lines_write (out, line);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_number (builder, "import", info->id);
  add_text (builder, "time", time);
  add_text (builder, "source", info->source_name);
  add_text (builder, "kind", info->kind);
  add_text (builder, "connection", info->connection);
  json_builder_set_member_name (builder, "records-kept");
  json_builder_add_boolean_value (builder, info->has_records);
  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (counts); i++)
    add_number (builder, counts[i].name, counts[i].number);
  json_builder_end_object (builder);
  if (info->n_corrects > 0)
    {
      json_builder_set_member_name (builder, "corrects");
      json_builder_begin_object (builder);
      add_text (builder, "source", info->corrected_name);
      add_number (builder, "records", info->n_corrects);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);
  write_node (out, builder);
}

static gboolean
list_imports (KobraJournalReader *reader,
              const char         *argument,
              KobraJsonLines     *out,
              gboolean           *has_some,
              GError            **error)
{
  g_autoptr (GPtrArray) imports = kobra_journal_list_imports (reader, error);

  if (imports == NULL)
    return FALSE;
  for (guint i = 0; i < imports->len; i++)
    write_import (out, g_ptr_array_index (imports, i));
  *has_some = TRUE;
  return TRUE;
}

static void
write_hit (KobraJsonLines        *out,
           const KobraJournalHit *hit)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char        *time = format_time (hit->at != 0 ? hit->at : hit->import->opened);

  if (out->as_text)
    {
      g_autofree char *line = g_strdup_printf ("%s  %s  %s  %s  %s  %s\n", hit->key, hit->name, hit->import->source_name, time,
                                               kobra_history_get_result_label (hit->result), hit->words != NULL ? hit->words : "");

      kobra_json_lines_write (out, line);
      return;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_number (builder, "import", hit->import->id);
  add_text (builder, "source", hit->import->source_name);
  add_text (builder, "key", hit->key);
  add_text (builder, "name", hit->name);
  add_text (builder, "time", time);
  add_text (builder, "result", get_result_name (hit->result));
  if (hit->words != NULL)
    add_text (builder, "message", hit->words);
  json_builder_end_object (builder);
  write_node (out, builder);
}

static gboolean
search (KobraJournalReader *reader,
        const char         *text,
        KobraJsonLines     *out,
        gboolean           *has_some,
        GError            **error)
{
  g_autoptr (KobraJournalHits) hits = NULL;

  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("What is looked for must be text in UTF-8."));
      return FALSE;
    }
  hits = kobra_journal_search (reader, text, MAX_HITS, NULL, error);
  if (hits == NULL)
    return FALSE;
  for (guint i = 0; i < hits->hits->len; i++)
    write_hit (out, g_ptr_array_index (hits->hits, i));
  *has_some = hits->hits->len > 0;
  return TRUE;
}

/* What became of one record, as lines of its own. */
static void
write_loaded (KobraJsonLines *out,
              KobraLoaded    *loaded)
{
  const KobraLayout *layout = loaded->opened->layout;

  for (guint i = 0; i < kobra_rows_get_n_rows (loaded->opened->rows); i++)
    {
      const KobraRow         *row = kobra_rows_peek (loaded->opened->rows, i);
      int                     result = (int) kobra_marks_get (loaded->results, row->id); /* KOBRA_RESULT_NONE is KOBRA_JOURNAL_NONE */
      const char             *words = kobra_marks_get_words (loaded->results, row->id);
      g_autoptr (JsonBuilder) builder = json_builder_new ();
      KobraRecord             record;
      const char             *key;

      kobra_row_get_record (row, layout->schema, layout->fields, layout->n_columns, &record);
      key = record.texts[layout->schema->key_field];
      if (out->as_text)
        {
          g_autofree char *line = g_strdup_printf ("%5u  %s  %s  %s\n", row->line, key, kobra_history_get_result_label (result), words != NULL ? words : "");

          kobra_json_lines_write (out, line);
          continue;
        }
      json_builder_begin_object (builder);
      add_number (builder, "row", row->line);
      add_text (builder, "key", key);
      add_text (builder, "result", get_result_name (result));
      if (words != NULL)
        add_text (builder, "message", words);
      json_builder_end_object (builder);
      write_node (out, builder);
    }
}

static gboolean
show (KobraJournalReader *reader,
      const char         *argument,
      KobraJsonLines     *out,
      gboolean           *has_some,
      GError            **error)
{
  g_autoptr (KobraLoaded) loaded = kobra_loaded_new ();
  gint64                  id;

  if (!g_ascii_string_to_signed (argument, 10, 1, G_MAXINT64, &id, error) || !kobra_import_load (reader, id, loaded, NULL, error))
    return FALSE;
  write_loaded (out, loaded);
  *has_some = TRUE;
  return TRUE;
}

static const struct
{
  const char *word;
  guint       n_arguments;
  gboolean (*run) (KobraJournalReader *reader, const char *argument, KobraJsonLines *out, gboolean *has_some, GError **error);
} acts[] = {
  { "list", 0, list_imports },
  { "search", 1, search },
  { "show", 1, show },
};

int
kobra_cli_history (const KobraCliOptions *options)
{
  g_autofree char                *own = g_build_filename (g_get_user_data_dir (), "kobra-import", "journal.db", NULL);
  const char                     *path = options->journal != NULL ? options->journal : own;
  guint                           n_words = g_strv_length (options->words);
  const char                     *word = n_words > 0 ? options->words[0] : "list";
  g_autoptr (KobraJournal)        journal = NULL;
  g_autoptr (KobraJournalReader)  reader = NULL;
  g_autoptr (GError)              error = NULL;
  KobraJsonLines                  out;
  gboolean                        has_some = FALSE;
  gsize                           act = 0;

  while (act < G_N_ELEMENTS (acts) && (!g_str_equal (acts[act].word, word) || acts[act].n_arguments + 1 != MAX (n_words, 1)))
    act++;
  if (act == G_N_ELEMENTS (acts))
    {
      kobra_cli_say (_ ("history takes list, search KEY or show NUMBER. Try: kobra-import history --help"));
      return KOBRA_CLI_CANNOT_READ;
    }
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      kobra_cli_say (_ ("There is no journal at “%s”: nothing was imported yet, or it is kept elsewhere (--journal FILE)."), path);
      return KOBRA_CLI_CANNOT_READ;
    }
  journal = kobra_journal_open (path, &error);
  if (journal == NULL)
    {
      kobra_cli_say ("%s", error->message);
      return KOBRA_CLI_CANNOT_READ;
    }
  if (kobra_journal_get_notice (journal) != NULL)
    kobra_cli_say ("%s", kobra_journal_get_notice (journal));
  reader = kobra_journal_reader_new (journal);
  kobra_json_lines_init (&out, options->as_text);
  if (!acts[act].run (reader, n_words > 1 ? options->words[1] : NULL, &out, &has_some, &error))
    kobra_cli_say ("%s", error->message);
  if (!kobra_json_lines_end (&out) || error != NULL)
    return KOBRA_CLI_CANNOT_READ;
  return has_some ? KOBRA_CLI_WELL : KOBRA_CLI_SOME_FAILED;
}
