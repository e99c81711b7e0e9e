/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"

G_BEGIN_DECLS

/* What the program does about past imports when it starts. */

/* Forgets records that were kept long enough, if the clock can be believed; else asks the person, unless they just said so (@is_sure). */
void kobra_keeping_forget_old    (KobraApplication *application,
                                  KobraJournal     *journal,
                                  gboolean          is_sure);

/* Offers, once, what was open when the person quit. */
void kobra_keeping_offer_session (KobraApplication *application,
                                  KobraJournal     *journal);

G_END_DECLS
