/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/*
 * A connection's settings, its secret, and whether it works. Works on a copy: nothing changes before it is saved.
 * Signals: "kept" (KobraConnection) after it was saved; "deleted" (KobraConnection), for whoever shows the list to do it and offer to undo.
 */
#define KOBRA_TYPE_CONNECTION_DIALOG (kobra_connection_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraConnectionDialog, kobra_connection_dialog, KOBRA, CONNECTION_DIALOG, AdwDialog)

/* @connection NULL: a new one. @can_delete: whether deleting is offered. */
KobraConnectionDialog *kobra_connection_dialog_new (KobraApplication *application,
                                                    KobraConnection  *connection,
                                                    gboolean          can_delete);

G_END_DECLS
