/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-history-sidebar.h"
#include "kobra-inspector.h"
#include "kobra-import-send.h"
#include "kobra-opening-page.h"
#include "kobra-retry-box.h"
#include "kobra-sheet.h"
#include "kobra-sheet-adapter.h"
#include "kobra-window.h"

G_BEGIN_DECLS

struct _KobraWindow
{
  AdwApplicationWindow parent_instance;

  AdwOverlaySplitView *history_split;   /* past imports | everything else */
  KobraHistorySidebar *history_sidebar;
  AdwOverlaySplitView *inspector_split; /* sheet | record and problems */
  AdwToastOverlay *toasts;
  AdwWindowTitle  *window_title;
  AdwBanner       *banner;
  AdwBanner       *guide;           /* through the sample */
  GtkStack        *pages;
  KobraOpeningPage *opening_page;
  AdwStatusPage   *failed_page;
  KobraRetryBox   *retry_box;
  GtkMenuButton   *import_type_button;
  GtkMenuButton   *menu_button;
  GtkButton       *columns_button;
  GtkButton       *send_button;
  GtkToggleButton *inspector_button;
  GtkButton       *clean_button;
  GtkButton       *results_button;
  GtkRevealer     *bottom_revealer;
  GtkLabel        *counts_label;
  GtkLabel        *words_label;
  KobraSheet      *sheet;
  KobraInspector  *inspector;
  GtkWidget       *find_bar;
  GtkRevealer     *view_revealer;
  GtkLabel        *view_label;
  GtkWidget       *view_spinner;
  GMenuModel      *cells_menu;
  GMenuModel      *column_menu;
  GSettings       *settings;
  GSignalGroup    *required_signals; /* of the connection that says which fields must be filled */
  int              wanted_column; /* of the table: where the cursor goes once a view is found, or -1 */

  KobraImport     *import;
  KobraConnection *connection;  /* of the latest run, or NULL */
  GFile           *file;        /* opened last, or NULL */
  GBytes          *pasted;      /* the same for a table that was pasted */
  KobraReadOptions reading;     /* how it was to be read */
  GCancellable    *opening;     /* the file being opened, or NULL */
  AdwToast        *fixes_toast; /* says what opening changed, or NULL; weak */
  GCancellable    *counting;    /* what could be cleaned up, or NULL */
  guint            n_offered;   /* cells that could be, as last counted */
  GCancellable    *alive;       /* cancelled when the window goes */
  guint            update_tick; /* the update that waits for the next frame, or 0 */
  GtkWidget       *focus_before; /* what had the keyboard before the width changed, or NULL; weak */
  guint            focus_tick;   /* gives it back, or 0 */
  gboolean         starting;    /* a run was asked for, and what it is written into is being opened */
  gboolean         asks_to_close; /* whether to stop sending and close */
  char            *journal_error; /* why the journal cannot be opened, or NULL */
  char            *notice;      /* of a recovered import, until it is dismissed; or NULL */
  gint64           restoring_id;
  const char      *banner_action;
  guint32          cursor_id;   /* the record that the cursor goes to with another view, or G_MAXUINT32 */
  gboolean         edited;      /* cells were changed, and nothing was sent since */
  gboolean         failed;      /* the latest opening did */
  gboolean         practice;    /* the sample: send to the practice server unless told otherwise */
};

/* Names of the actions and what they do; kobra_window_update() says which are allowed. */
void kobra_window_install_actions (KobraWindowClass *klass);

/* One of the window's actions without a parameter. */
typedef struct
{
  const char *name;
  void      (*run) (KobraWindow *self);
  const char *accelerator; /* or NULL */
} KobraWindowAction;

/* Makes @activated what the @n @actions do when they are asked for, by their accelerators too. */
void kobra_window_install_table (KobraWindowClass           *klass,
                                 const KobraWindowAction    *actions,
                                 gsize                       n,
                                 GtkWidgetActionActivateFunc activated);

/* Runs the one of @actions that is called @name. */
void kobra_window_run_action    (KobraWindow             *self,
                                 const KobraWindowAction *actions,
                                 gsize                    n,
                                 const char              *name);

/* Turns the state into what is shown and allowed. */
void kobra_window_update          (KobraWindow *self);

/* What to do next with the sample; part of the update. */
void kobra_window_update_guide    (KobraWindow             *self,
                                   const KobraImportCounts *counts);

/* Opens the manual where it speaks of what is on the screen. */
void kobra_window_show_manual     (KobraWindow *self);

/* Asks where to send, then sends; KOBRA_SEND_CHOSEN: the selected rows. */
void kobra_window_ask_to_send     (KobraWindow   *self,
                                   KobraSendScope scope);

/* Shows what would be sent for the record where the cursor is. */
void kobra_window_show_request    (KobraWindow *self);

/* What the person most likely means: where this import went before, the practice server for the sample, where the last one went; NULL if
 * there is none of them. */
KobraConnection *kobra_window_dup_preferred_connection (KobraWindow *self) G_GNUC_WARN_UNUSED_RESULT;

/* "1,203 accepted · 28 rejected", for people. */
char *kobra_window_dup_counts_text (const KobraImportCounts *counts) G_GNUC_WARN_UNUSED_RESULT;

/* Whether the window may go at once; if not, because it is sending or has changes, the person is asked. */
gboolean kobra_window_may_close   (KobraWindow *self);

void kobra_window_show_results    (KobraWindow *self);
void kobra_window_save_results    (KobraWindow *self);
void kobra_window_save_rejected   (KobraWindow *self);
void kobra_window_save_not_accepted (KobraWindow *self);
void kobra_window_print_summary   (KobraWindow *self);

/* A dialog that says what went wrong. */
void kobra_window_alert           (KobraWindow *self,
                                   const char  *heading,
                                   const char  *body);

/* Which column is which field, and what can be cleaned up: dialogs. */
void kobra_window_show_columns    (KobraWindow *self);
void kobra_window_show_clean_up   (KobraWindow *self);

/* Says what was changed, with the way back. */
void kobra_window_tell_change     (KobraWindow *self,
                                   const char  *text);

/* Says that a saved layout was applied, with the way back, if so. */
void kobra_window_tell_layout     (KobraWindow *self);

/* Asks where, and writes an empty table to fill in. */
void kobra_window_save_blank      (KobraWindow *self);

/* Counts what could be cleaned up, and says so below the sheet: after a file was opened or many cells changed. */
void kobra_window_count_clean_up  (KobraWindow *self);

/* A toast with @text, which is not markup. */
void kobra_window_toast           (KobraWindow *self,
                                   const char  *text);

/* Says below the sheet what is wrong where the cursor is; the first for each new model, the second once. */
void kobra_window_follow_model    (KobraWindow     *self,
                                   KobraSheetModel *model);
void kobra_window_follow_cursor   (KobraWindow *self);

/* What stands beside the sheet: the record of its cursor. */
void kobra_window_add_inspector   (KobraWindow *self);
/* Puts the focus where the cursor is: into the sheet, or into the form if somebody is there or it covers the sheet. */
void kobra_window_focus_cell      (KobraWindow *self);
void kobra_window_next_record     (KobraWindow *self);
void kobra_window_previous_record (KobraWindow *self);

/* What the sheet shows, or NULL: from its rows and columns to the table's and back. */
KobraSheetAdapter *kobra_window_get_adapter (KobraWindow *self);

/* To a cell of the table; a filter that hides the record is cleared. */
void kobra_window_go_to           (KobraWindow *self,
                                   guint        table_row,
                                   guint        table_column);

/* Shows only some records: by what the checks say or became of them, or by a kind of problem (in @field of the schema; -1: in any). What
 * else was filtered by is not any more; the order stays. */
void kobra_window_show_only       (KobraWindow     *self,
                                   KobraShow        show);
void kobra_window_show_problem    (KobraWindow     *self,
                                   KobraProblemCode problem,
                                   int              field);

/* Opens @file, or @bytes if it is NULL, in this window; @read may be NULL. What was changed here is lost. */
void kobra_window_open_source     (KobraWindow            *self,
                                   GFile                  *file,
                                   GBytes                 *bytes,
                                   gboolean                practice,
                                   const KobraReadOptions *read);

/* Lets the person choose how the file is read. */
void kobra_window_show_source     (KobraWindow *self);

/* Opens the same file in the same way once more. */
void kobra_window_open_again      (KobraWindow *self);

/* After opening: asks which sheet, if there are several; says what was left out. */
void kobra_window_tell_source     (KobraWindow *self);

/* Opens what was copied elsewhere. */
void kobra_window_paste_table     (KobraWindow *self);

/* This window, or a new one if what was changed here is nowhere else. */
KobraWindow *kobra_window_get_free (KobraWindow *self);

/* Saves what is done here from now on, and shows past imports; once. */
void kobra_window_follow_journal  (KobraWindow *self);

/* Tries again to open the journal. */
void kobra_window_open_journal    (KobraWindow *self);
void kobra_window_install_history_actions (KobraWindowClass *klass);

/* Opens a past import in the window that has it, here, or in a new one if there are changes here that are nowhere else; and goes to
 * @record, which is -1 for none. @is_recovery: nobody asked for it. */
void kobra_window_restore         (KobraWindow *self,
                                   gint64       id,
                                   gint64       record,
                                   gboolean     is_recovery);

/* Shows past imports, to look for a record in all of them: for @text, or for what is typed then if it is NULL. */
void kobra_window_find_record     (KobraWindow *self,
                                   const char  *text);

/* That and why work is not saved, for people, or NULL. */
char *kobra_window_dup_save_error (KobraWindow *self) G_GNUC_WARN_UNUSED_RESULT;
void kobra_window_dismiss_notice  (KobraWindow *self);

/* Those with @text in some cell, among those shown. */
void kobra_window_show_text       (KobraWindow *self,
                                   const char  *text);

/* kobra-window-view.c, -find.c and -columns.c: actions of the class, what a window begins with, and what for each new model. */
void kobra_window_install_view_actions   (KobraWindowClass *klass);
void kobra_window_install_find_actions   (KobraWindowClass *klass);
void kobra_window_install_column_actions (KobraWindowClass *klass);
void kobra_window_init_view              (KobraWindow *self);
void kobra_window_init_columns           (KobraWindow *self);
void kobra_window_follow_view            (KobraWindow *self);
void kobra_window_recall_columns         (KobraWindow *self);
/* Which fields must be filled follows the connection that was sent to last. */
void kobra_window_init_required   (KobraWindow *self);

/* Records entered by hand: of a kind, or of the kind that is there. */
void kobra_window_new_account     (KobraWindow *self);
void kobra_window_new_promise     (KobraWindow *self);
void kobra_window_new_record      (KobraWindow *self);

/* Take back and do again, and go to what that changes. */
void kobra_window_undo            (KobraWindow *self);
void kobra_window_redo            (KobraWindow *self);
void kobra_window_install_undo_actions (KobraWindowClass *klass);
/* Says in the menu what undo and redo would do. */
void kobra_window_name_undo       (KobraWindow *self);

/* Says that a paste waits, and lets it be called off. */
void kobra_window_follow_paste    (KobraWindow *self);
void kobra_window_install_paste_actions (KobraWindowClass *klass);

/* The keyboard stays where it is when the window's width changes. */
void kobra_window_keep_focus      (KobraWindow *self);

/* Takes dropped files. */
void kobra_window_accept_drops    (KobraWindow *self);

G_END_DECLS
