/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-blank.h"

#include <glib/gi18n.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* Of a note on a cell, in characters: ECMA-376 §18.3.1.32. */
#define MAX_NOTE 255

#define N_GUIDE_COLUMNS 5

/* What a column of the first sheet is made of; owned until the file is written. */
typedef struct
{
  KobraWriteColumn column;
  char            *note;
  const char     **codes;
} Column;

static const char *
get_type_label (const KobraField *field)
{
  switch (field->type)
    {
    case KOBRA_TYPE_INTEGER:
      return _ ("Whole number");
    case KOBRA_TYPE_NUMBER:
      return _ ("Number");
    case KOBRA_TYPE_BOOLEAN:
      return _ ("true or false");
    case KOBRA_TYPE_DATE:
      return _ ("Date: yyyy-mm-dd");
    case KOBRA_TYPE_TEXT:
    default:
      return _ ("Text");
    }
}

/* "1: Debt collection, 2: Address validation"; NULL if any value may be. */
static char *
dup_choices (const KobraField *field)
{
  GString *text;

  if (field->choices == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (const KobraChoice *choice = field->choices; choice->code != NULL; choice++)
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? ", " : "", choice->code, _ (choice->label));
  return g_string_free (text, FALSE);
}

static void
column_init (Column           *self,
             const KobraField *field)
{
  g_autofree char *choices = dup_choices (field);
  g_autofree char *note = g_strjoin (" ", _ (field->description), choices, NULL);
  guint            n = 0;

  self->note = kobra_text_visible (note, MAX_NOTE - 1);
  while (field->choices != NULL && field->choices[n].code != NULL)
    n++;
  self->codes = g_new0 (const char *, n + 1);
  for (guint i = 0; i < n; i++)
    self->codes[i] = field->choices[i].code;
  self->column = (KobraWriteColumn) { .header = _ (field->label), .is_number = field->type == KOBRA_TYPE_NUMBER, .choices = n > 0 ? self->codes : NULL, .note = self->note };
}

static gboolean
write_guide (KobraTableWriter  *writer,
             const KobraSchema *schema,
             GError           **error)
{
  for (guint i = 0; i < schema->n_fields; i++)
    {
      const KobraField *field = &schema->fields[i];
      g_autofree char  *choices = dup_choices (field);
      g_autofree char  *longest = field->max > 0 ? g_strdup_printf ("%u", field->max) : g_strdup ("");
      const char       *texts[N_GUIDE_COLUMNS] = { _ (field->label), _ (field->description), choices != NULL ? choices : get_type_label (field), longest,
                                                   field->needed != KOBRA_NEEDED_NEVER ? _ ("Yes") : "" };

      if (!kobra_table_writer_add_row (writer, texts, N_GUIDE_COLUMNS, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
kobra_blank_write (KobraKind        kind,
                   KobraTableFormat format,
                   GFile           *file,
                   GCancellable    *cancellable,
                   GError         **error)
{
  const KobraSchema *schema = kobra_schema_get (kind);
  Column             columns[KOBRA_MAX_FIELDS] = { 0 };
  KobraWriteColumn   plain[KOBRA_MAX_FIELDS];
  KobraWriteColumn   guide[N_GUIDE_COLUMNS] = {
    { .header = _ ("Column"), .width = 32 },
    { .header = _ ("Meaning"), .width = 60 },
    { .header = _ ("What It Holds"), .width = 60 },
    { .header = _ ("Characters at Most"), .width = 20 },
    { .header = _ ("Needed"), .width = 10 },
  };
  KobraWriteSheet sheets[] = {
    { kind == KOBRA_KIND_ACCOUNTS ? _ ("Accounts") : _ ("Payment Promises"), plain, schema->n_fields },
    { _ ("Guide"), guide, N_GUIDE_COLUMNS },
  };
  g_autoptr (KobraTableWriter) writer = NULL;
  gboolean                     done;

  for (guint i = 0; i < schema->n_fields; i++)
    {
      column_init (&columns[i], &schema->fields[i]);
      plain[i] = columns[i].column;
    }
  writer = kobra_table_writer_new (file, format, sheets, G_N_ELEMENTS (sheets), cancellable, error);
  done = writer != NULL && kobra_table_writer_next_sheet (writer, error) && (format == KOBRA_TABLE_FORMAT_CSV || write_guide (writer, schema, error)) &&
         kobra_table_writer_finish (writer, error);
  g_clear_pointer (&writer, kobra_table_writer_free);
  for (guint i = 0; i < schema->n_fields; i++)
    {
      g_free (columns[i].note);
      g_free (columns[i].codes);
    }
  return done;
}
