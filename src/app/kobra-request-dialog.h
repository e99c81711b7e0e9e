/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-preview.h"

G_BEGIN_DECLS

/* Shows the request that would carry one record, to be looked at and copied. */
#define KOBRA_TYPE_REQUEST_DIALOG (kobra_request_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraRequestDialog, kobra_request_dialog, KOBRA, REQUEST_DIALOG, AdwDialog)

/* @about says which record it is. */
KobraRequestDialog *kobra_request_dialog_new (const KobraPreview *preview,
                                              const char         *about) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
