/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-record-form.h"

G_BEGIN_DECLS

/*
 * Records entered by hand, one after the other, into an import: a form that starts with what is required. What is entered is a record of an
 * import of its own until it is added, so it is checked as all records are.
 *
 * Signal "show-record" (guint row): the person wants to see that row of the import's table; the dialog is closing.
 */
#define KOBRA_TYPE_NEW_RECORD_DIALOG (kobra_new_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (KobraNewRecordDialog, kobra_new_record_dialog, KOBRA, NEW_RECORD_DIALOG, AdwDialog)

/* @target is empty, and becomes an import of @kind with the first record, or is one of that kind. */
AdwDialog *kobra_new_record_dialog_new (KobraImport *target,
                                        KobraKind    kind) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
