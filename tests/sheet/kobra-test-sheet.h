/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A window with a sheet in it, and hands for it. */

#include "kobra-sheet.h"
#include "kobra-test-sheet-model.h"
#include "kobra-test.h"

G_BEGIN_DECLS

typedef struct
{
  GtkWidget           *window;
  GtkWidget           *entry;    /* another widget that can have the focus */
  KobraSheet          *sheet;
  KobraTestSheetModel *model;
  char                *refused;  /* the latest words of "refused" */
  guint                n_selections; /* how often "selection-changed" */
} KobraTestSheet;

/* A shown sheet with the focus, 1000 by 600 pixels with all around it. */
void     kobra_test_sheet_open       (KobraTestSheet *self,
                                      guint           n_rows,
                                      guint           n_columns);
/* Closes it; fails the test if the sheet or the model outlives it. */
void     kobra_test_sheet_close      (KobraTestSheet *self);

/* What the sheet's bindings make of a key; TRUE if they take it. */
gboolean kobra_test_sheet_press      (KobraTestSheet *self,
                                      const char     *accelerator);

/* A tool of the X server's; FALSE, and the test skipped, where that can't be. */
gboolean kobra_test_sheet_run        (KobraTestSheet *self,
                                      const char     *command_line);
/* Real input, by xdotool with @arguments. */
gboolean kobra_test_sheet_xdotool    (KobraTestSheet *self,
                                      const char     *arguments);
/* Where a place of the sheet is on the screen, for xdotool. */
char    *kobra_test_sheet_dup_place  (KobraTestSheet *self,
                                      double          x,
                                      double          y) G_GNUC_WARN_UNUSED_RESULT;

/* Waits until the next frame was drawn. */
void     kobra_test_sheet_wait_frame (KobraTestSheet *self);

void     kobra_test_sheet_assert_cursor    (KobraTestSheet *self,
                                            int             row,
                                            int             column);
void     kobra_test_sheet_assert_selection (KobraTestSheet *self,
                                            guint           row,
                                            guint           n_rows,
                                            guint           column,
                                            guint           n_columns);
void     kobra_test_sheet_assert_text      (KobraTestSheet *self,
                                            guint           row,
                                            guint           column,
                                            const char     *text);

G_END_DECLS
