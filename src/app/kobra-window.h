/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-application.h"
#include "kobra-import.h"

G_BEGIN_DECLS

#define KOBRA_TYPE_WINDOW (kobra_window_get_type ())
G_DECLARE_FINAL_TYPE (KobraWindow, kobra_window, KOBRA, WINDOW, AdwApplicationWindow)

KobraWindow *kobra_window_new         (KobraApplication *application) G_GNUC_WARN_UNUSED_RESULT;
KobraImport *kobra_window_get_import  (KobraWindow *self);

/* Opens @file in this window, in place of what is in it; in a new one if there are changes in it. */
void         kobra_window_open        (KobraWindow *self,
                                       GFile       *file);

/* Opens the built-in sample; the practice server is the one to send to. */
void         kobra_window_open_sample (KobraWindow *self);

G_END_DECLS
