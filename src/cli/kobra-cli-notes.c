/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person must know of a file that was opened: what was left out, is not sent, was cleaned up, or could be. */

#include <glib/gi18n.h>

#include "kobra-cli-private.h"
#include "kobra-match-content.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* Rows that tell which fixes there are to offer. */
#define MAX_SAMPLE 300u

/* Which sheet it is, where it could be another. */
static void
say_sheet (const KobraOpened     *opened,
           const KobraCliOptions *options)
{
  g_autofree char *name = NULL;

  if (options->sheet != NULL || kobra_opened_count_sheets (opened) < 2)
    return;
  name = kobra_text_visible (g_array_index (opened->info.sheets, KobraReadSheet, opened->info.sheet).name, 60);
  kobra_cli_say (_ ("The sheet “%s” was read. There are others: name one with --sheet."), name);
}

static void
say_left_out (const KobraOpened *opened)
{
  gboolean is_choice = FALSE;

  for (guint i = 0; i < opened->left_out->len; i++)
    {
      const KobraLeftOut *lines = &g_array_index (opened->left_out, KobraLeftOut, i);

      is_choice = is_choice || lines->reason == KOBRA_LEFT_OUT_HEADER_AGAIN || lines->reason == KOBRA_LEFT_OUT_TOTAL || lines->reason == KOBRA_LEFT_OUT_NOTE;
      if (lines->first == lines->last)
        kobra_cli_say (_ ("Line %u was left out: %s."), lines->first, kobra_left_out_get_label (lines->reason));
      else
        kobra_cli_say (_ ("Lines %u to %u were left out: %s."), lines->first, lines->last, kobra_left_out_get_label (lines->reason));
    }
  if (is_choice)
    kobra_cli_say (_ ("To keep totals, notes and repeated headers as records, add --keep-all."));
  if (!opened->has_header)
    kobra_cli_say (_ ("No header row was found. Name the columns by their position in a layout file."));
}

static gboolean
has_values (const KobraFrozen *table,
            guint              column)
{
  for (guint row = 0; row < table->n_rows; row++)
    if (!kobra_text_is_blank (kobra_row_get_text (kobra_frozen_peek (table, row), column)))
      return TRUE;
  return FALSE;
}

/* An empty column without a header is a gap that somebody left, and nothing to tell. */
static void
say_ignored (const KobraOpened *opened,
             const KobraFrozen *table)
{
  for (guint i = 0; i < opened->layout->n_columns; i++)
    {
      g_autofree char *header = kobra_text_visible (opened->headers[i], 60);
      guint            column = i + opened->first_column;

      if (opened->layout->fields[i] >= 0 || !opened->has_header)
        continue;
      if (!kobra_text_is_blank (header))
        kobra_cli_say (_ ("Column %u, “%s”, is not sent: it names no field, or one that another column has."), column, header);
      else if (has_values (table, i))
        kobra_cli_say (_ ("Column %u, which has no header, is not sent."), column);
    }
}

/* What a layout could give to all records. */
static void
say_missing (const KobraOpened *opened)
{
  const KobraSchema  *schema = opened->layout->schema;
  g_autoptr (GString) labels = g_string_new (NULL);

  for (guint i = 0; i < schema->n_fields; i++)
    if (kobra_rules_is_required (&opened->rules, i) && kobra_layout_find_column (opened->layout, i) < 0)
      g_string_append_printf (labels, "%s%s (%s)", labels->len > 0 ? ", " : "", _ (schema->fields[i].label), schema->fields[i].name);
  if (labels->len > 0)
    kobra_cli_say (_ ("No column has what every record needs: %s. A layout can name the columns, or give all records the same value."), labels->str);
}

/* Where a name stands whole, and there is no other place for its surnames. */
static void
say_names (const KobraOpened *opened,
           const KobraFrozen *table)
{
  g_autofree char *header = NULL;
  int              column = kobra_layout_find_whole_names (opened->layout, table);

  if (column < 0)
    return;
  header = kobra_text_visible (opened->headers[column], 60);
  kobra_cli_say (_ ("Column %u, “%s”, may hold names with their surnames. A layout can split them: see names-first in kobra-import(1)."), (guint) column + opened->first_column, header);
}

/* The fixes that nobody asked for and that would change something, by the fields they would change it in. A sample is enough to know of them. */
static void
say_offers (const KobraOpened *opened,
            const KobraFrozen *table)
{
  const KobraLayout   *layout = opened->layout;
  g_auto (KobraBuffer) text = { 0 };
  KobraFixes           found[KOBRA_MAX_FIELDS] = { 0 };
  guint                rows[MAX_SAMPLE], n_rows = kobra_content_choose_rows (table->n_rows, layout->n_columns, rows, MAX_SAMPLE);
  KobraRecord          record;

  kobra_buffer_init (&text, KOBRA_READ_MAX_CELL * 2);
  for (guint i = 0; i < n_rows; i++)
    {
      kobra_row_get_record (kobra_frozen_peek (table, rows[i]), layout->schema, layout->fields, layout->n_columns, &record);
      for (guint field = 0; field < layout->schema->n_fields; field++)
        for (guint fix = KOBRA_FIX_NONE + 1; *record.texts[field] != '\0' && fix < KOBRA_N_FIXES; fix++)
          {
            kobra_buffer_reset (&text);
            if ((found[field] & KOBRA_FIX_BIT (fix)) == 0 && !kobra_fix_is_safe ((KobraFix) fix) &&
                kobra_clean_fix ((KobraFix) fix, &layout->schema->fields[field], &opened->habits[field], record.texts[field], &text))
              found[field] |= KOBRA_FIX_BIT (fix);
          }
    }
  for (guint fix = KOBRA_FIX_NONE + 1; fix < KOBRA_N_FIXES; fix++)
    {
      g_autoptr (GString) labels = g_string_new (NULL);

      for (guint field = 0; field < layout->schema->n_fields; field++)
        if ((found[field] & KOBRA_FIX_BIT (fix)) != 0)
          g_string_append_printf (labels, "%s%s", labels->len > 0 ? ", " : "", _ (layout->schema->fields[field].label));
      if (labels->len > 0)
        /* TRANSLATORS: what a fix does, such as “Write telephone numbers as ten digits”; the fields it would change; its name for programs */
        kobra_cli_say (_ ("%s: cells of %s would change. To have it done, add --fix=%s."), kobra_fix_get_label ((KobraFix) fix), labels->str, kobra_fix_get_name ((KobraFix) fix));
    }
}

static void
say_fixed (const KobraOpened *opened)
{
  for (guint i = 0; i < KOBRA_N_FIXES; i++)
    if (opened->n_fixed[i] > 0)
      kobra_cli_say (ngettext ("%u cell was cleaned up: %s.", "%u cells were cleaned up: %s.", opened->n_fixed[i]), opened->n_fixed[i], kobra_fix_get_label ((KobraFix) i));
}

void
kobra_cli_say_notes (const KobraCliOptions *options,
                     const KobraOpened     *opened,
                     gboolean               was_cleaned)
{
  g_autoptr (KobraFrozen) table = kobra_rows_freeze (opened->rows);

  say_sheet (opened, options);
  say_left_out (opened);
  say_ignored (opened, table);
  say_fixed (opened);
  if (opened->problems != NULL)
    say_missing (opened);
  if (!was_cleaned)
    return;
  say_names (opened, table);
  say_offers (opened, table);
}
