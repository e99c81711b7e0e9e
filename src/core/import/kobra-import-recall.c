/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-import-recall.h"

#include "kobra-layout-folder.h"

#include "kobra-banned.h"

/* A look takes a moment, and there may be hundreds of layouts. */
#define MAX_LOOKS 8u

/* Whether the file can have what the layout wants to be read, and that is not what was read. */
static gboolean
is_worth_a_look (const KobraOpened      *opened,
                 const KobraReadOptions *read)
{
  const GArray *sheets = opened->info.sheets;

  if (kobra_read_options_are_equal (read, &opened->read))
    return FALSE;
  for (guint i = 0; read->sheet != NULL && sheets != NULL && i < sheets->len; i++)
    if (g_str_equal (g_array_index (sheets, KobraReadSheet, i).name, read->sheet))
      return TRUE;
  return read->sheet == NULL;
}

KobraLayoutFile *
kobra_import_recall (GFile             *file,
                     const KobraOpened *opened,
                     KobraReadOptions  *read,
                     GCancellable      *cancellable)
{
  g_auto (GStrv) names = NULL;
  guint          n_looks = 0;

  if (!kobra_read_options_are_equal (&opened->read, &(KobraReadOptions) { 0 }))
    return NULL;
  names = kobra_layout_folder_list ();
  for (gsize i = 0; names[i] != NULL && n_looks < MAX_LOOKS; i++)
    {
      g_autoptr (KobraLayoutFile) layout = kobra_layout_folder_read (names[i], NULL);
      g_autoptr (KobraOpened)     looked = NULL;
      g_auto (KobraReadOptions)   wanted = { 0 };
      const KobraOpenOptions      options = { .guess_kind = TRUE, .read = &wanted };

      if (layout == NULL || kobra_layout_file_get_reading (layout) == NULL)
        continue;
      kobra_read_options_from_variant (kobra_layout_file_get_reading (layout), &wanted);
      if (!is_worth_a_look (opened, &wanted))
        continue;
      n_looks++;
      looked = kobra_import_look (file, NULL, &options, 1, cancellable, NULL);
      if (looked != NULL && kobra_layout_file_is_for (layout, (const char *const *) looked->headers))
        {
          kobra_read_options_copy (&wanted, read);
          return g_steal_pointer (&layout);
        }
    }
  return NULL;
}
