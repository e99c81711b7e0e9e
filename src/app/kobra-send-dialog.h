/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/*
 * Asks where to send and how to sign in there, and says plainly how much goes out and what stays. Signal "chosen" (KobraConnection
 * connection): the person said yes.
 */
#define KOBRA_TYPE_SEND_DIALOG (kobra_send_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraSendDialog, kobra_send_dialog, KOBRA, SEND_DIALOG, AdwDialog)

/* @headline: what is sent ("190 accounts"); @left_out: what is not, or NULL; both for people. @preferred is chosen at first, or NULL. */
KobraSendDialog *kobra_send_dialog_new (KobraApplication *application,
                                        const char       *headline,
                                        const char       *left_out,
                                        KobraConnection  *preferred);

G_END_DECLS
