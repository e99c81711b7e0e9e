/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records the sheet shows, and in which order. */

#include <glib/gi18n.h>

#include "kobra-window-private.h"

#include "kobra-banned.h"

KobraSheetAdapter *
kobra_window_get_adapter (KobraWindow *self)
{
  KobraSheetModel *model = kobra_sheet_get_model (self->sheet);

  return model != NULL ? KOBRA_SHEET_ADAPTER (model) : NULL;
}

/* The present view without its filter, to be cleared. */
static void
init_unfiltered (KobraView       *view,
                 const KobraView *now)
{
  kobra_view_init (view);
  view->sort_column = now->sort_column;
  view->descending = now->descending;
}

void
kobra_window_go_to (KobraWindow *self,
                    guint        table_row,
                    guint        table_column)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  guint              row, column;

  g_return_if_fail (adapter != NULL);

  if (!kobra_sheet_adapter_find_row (adapter, table_row, &row))
    {
      KobraView all;

      kobra_view_init (&all);
      kobra_sheet_adapter_set_view (adapter, &all);
      kobra_view_clear (&all);
      kobra_window_toast (self, _ ("All records are shown again: this one was filtered out."));
      row = table_row;
    }
  if (!kobra_sheet_adapter_find_column (adapter, table_column, &column))
    column = 0;
  kobra_sheet_set_cursor (self->sheet, (int) row, (int) column);
}

static void
show_view (KobraWindow *self,
           KobraShow    show,
           KobraProblemCode problem,
           int          field)
{
  KobraSheetAdapter *adapter = kobra_window_get_adapter (self);
  KobraView          view;

  g_return_if_fail (adapter != NULL);

  init_unfiltered (&view, kobra_sheet_adapter_get_view (adapter));
  view.show = show;
  view.problem = problem;
  view.field = field;
  kobra_sheet_adapter_set_view (adapter, &view);
  kobra_view_clear (&view);
}

void
kobra_window_show_only (KobraWindow *self,
                        KobraShow    show)
{
  g_return_if_fail (KOBRA_IS_WINDOW (self));

  show_view (self, show, KOBRA_PROBLEM_NONE, -1);
}

void
kobra_window_show_problem (KobraWindow     *self,
                           KobraProblemCode problem,
                           int              field)
{
  g_return_if_fail (KOBRA_IS_WINDOW (self));

  show_view (self, KOBRA_SHOW_ALL, problem, field);
}
