/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * app: the windows. May include core/import, core/practice, sheet and libadwaita. Truth is in core: widgets bind to it, and
 * one function a widget turns its state into what is allowed.
 */

#include <adwaita.h>

#include "kobra-connections.h"
#include "kobra-history.h"
#include "kobra-journal.h"

G_BEGIN_DECLS

#define KOBRA_TYPE_APPLICATION (kobra_application_get_type ())
G_DECLARE_FINAL_TYPE (KobraApplication, kobra_application, KOBRA, APPLICATION, AdwApplication)

KobraApplication *kobra_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* The connections a person can choose from, read when this is first asked. */
KobraConnections *kobra_application_get_connections (KobraApplication *self);

/* Writes down a connection that is used, and gives its secret to the password store; where there is none, that is told once. */
void              kobra_application_keep_secret     (KobraApplication *self,
                                                     KobraConnection  *connection);

/* Says @text, which is not markup, in a toast where the person is. */
void              kobra_application_tell            (KobraApplication *self,
                                                     const char       *text);

/* Starts the practice server if it does not run yet, and tells its connection where it is. */
gboolean          kobra_application_start_practice  (KobraApplication *self,
                                                     GError          **error);

/* Where work is written down; opened when it is first asked for, and after a failure the next call tries again. What finish
 * returns is borrowed, for as long as there are windows. */
void              kobra_application_open_journal_async  (KobraApplication   *self,
                                                         GCancellable       *cancellable,
                                                         GAsyncReadyCallback callback,
                                                         gpointer            user_data);
KobraJournal     *kobra_application_open_journal_finish (KobraApplication   *self,
                                                         GAsyncResult       *result,
                                                         GError            **error);

/* Past imports; empty until the journal is open. Borrowed. */
KobraHistory     *kobra_application_get_history  (KobraApplication *self);

/* The window that has the import with this ID of the journal open, or NULL. */
typedef struct _KobraWindow KobraWindow;
KobraWindow      *kobra_application_find_window  (KobraApplication *self,
                                                  gint64            id);
gboolean          kobra_application_has_import   (KobraApplication *self,
                                                  gint64            id);

/* A window with nothing in it, to be filled. It is presented. */
KobraWindow      *kobra_application_get_free_window (KobraApplication *self);

/* What was deleted is gone for good. */
void              kobra_application_purge        (KobraApplication *self);

/* What had to be done to open the journal, for people: the first time that this is asked, else NULL. Borrowed. */
const char       *kobra_application_tell_journal   (KobraApplication *self);

G_END_DECLS
