/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-inspector.h"
#include "kobra-sheet.h"
#include "kobra-window.h"

G_BEGIN_DECLS

struct _KobraWindow
{
  AdwApplicationWindow parent_instance;

  AdwOverlaySplitView *history_split;   /* past imports | everything else */
  AdwOverlaySplitView *inspector_split; /* sheet | record and problems */
  AdwToastOverlay *toasts;
  AdwWindowTitle  *window_title;
  AdwBanner       *banner;
  GtkStack        *pages;
  AdwStatusPage   *empty_page;
  AdwStatusPage   *opening_page;
  AdwStatusPage   *failed_page;
  GtkMenuButton   *import_type_button;
  GtkButton       *send_button;
  GtkToggleButton *inspector_button;
  GtkButton       *results_button;
  GtkRevealer     *bottom_revealer;
  GtkLabel        *counts_label;
  GtkLabel        *words_label;
  KobraSheet      *sheet;
  KobraInspector  *inspector;

  KobraImport     *import;
  KobraConnection *connection;  /* of the latest run, or NULL */
  GCancellable    *opening;     /* the file being opened, or NULL */
  AdwToast        *fixes_toast; /* says what opening changed, or NULL; weak */
  GCancellable    *alive;       /* cancelled when the window goes */
  guint            update_tick; /* the update that waits for the next frame, or 0 */
  gboolean         asks_to_close; /* whether to stop sending and close */
  gboolean         edited;      /* cells were changed, and nothing was sent since */
  gboolean         failed;      /* the latest opening did */
  gboolean         practice;    /* the sample: send to the practice server unless told otherwise */
};

/* Names of the actions and what they do; kobra_window_update() says which are allowed. */
void kobra_window_install_actions (KobraWindowClass *klass);

/* Turns the state into what is shown and allowed. */
void kobra_window_update          (KobraWindow *self);

/* Asks where to send, then sends; @again: those that were rejected. */
void kobra_window_ask_to_send     (KobraWindow *self,
                                   gboolean     again);
/* Whether the window may go at once; if not, because it is sending or has changes, the person is asked. */
gboolean kobra_window_may_close   (KobraWindow *self);

void kobra_window_show_results    (KobraWindow *self);
void kobra_window_save_results    (KobraWindow *self);

/* A toast with @text, which is not markup. */
void kobra_window_toast           (KobraWindow *self,
                                   const char  *text);

/* Says below the sheet what is wrong where the cursor is; the first for each new model, the second once. */
void kobra_window_follow_model    (KobraWindow     *self,
                                   KobraSheetModel *model);
void kobra_window_follow_cursor   (KobraWindow *self);

/* What stands beside the sheet: the record of its cursor. */
void kobra_window_add_inspector   (KobraWindow *self);
void kobra_window_next_record     (KobraWindow *self);
void kobra_window_previous_record (KobraWindow *self);

/* Takes dropped files. */
void kobra_window_accept_drops    (KobraWindow *self);

G_END_DECLS
