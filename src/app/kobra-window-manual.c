/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which page of the manual is about what is on the screen. */

#include "kobra-manual.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* By the type of the dialog that is open. */
static const struct
{
  const char *type, *page;
} dialog_pages[] = {
  { "KobraResultsDialog", "results" },
  { "KobraSendDialog", "connections" },
  { "KobraConnectionDialog", "connections" },
  { "KobraLayoutDialog", "layouts" },
  { "KobraSourceDialog", "opening" },
  { "KobraCleanDialog", "opening" },
  { "KobraColumnsDialog", "sheet" },
  { "KobraValuesDialog", "sheet" },
  { "KobraCompareDialog", "history" },
  { "KobraRequestDialog", "results" },
  { "KobraNewRecordDialog", "records" },
  { "KobraPreferences", "connections" },
};

static const char *
find_page (KobraWindow *self)
{
  AdwDialog        *dialog = adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self));
  KobraImportCounts counts;

  for (gsize i = 0; dialog != NULL && i < G_N_ELEMENTS (dialog_pages); i++)
    if (g_str_equal (G_OBJECT_TYPE_NAME (dialog), dialog_pages[i].type))
      return dialog_pages[i].page;
  if (kobra_import_get_table (self->import) == NULL)
    return "first-import";
  kobra_import_get_counts (self->import, &counts);
  if (counts.accepted + counts.rejected + counts.unknown > 0)
    return "results";
  return counts.invalid + counts.warning > 0 ? "problems" : "sheet";
}

void
kobra_window_show_manual (KobraWindow *self)
{
  kobra_manual_show (GTK_WINDOW (self), find_page (self));
}
