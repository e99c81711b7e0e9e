/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-problems-page.h"
#include "kobra-record-form.h"

G_BEGIN_DECLS

/*
 * What stands beside the sheet: the record of the cursor as a form, and the problems of all records.
 *
 * Signal "field-entered" (guint field): somebody is in that field of the form.
 * Action: "inspector.next-field-problem". The actions "win.previous-record" and "win.next-record" are the window's.
 */
#define KOBRA_TYPE_INSPECTOR (kobra_inspector_get_type ())
G_DECLARE_FINAL_TYPE (KobraInspector, kobra_inspector, KOBRA, INSPECTOR, AdwBin)

/* Shows the record in @row of the import's table; -1: none. */
void               kobra_inspector_set_row      (KobraInspector *self,
                                                 KobraImport    *import,
                                                 int             row);
/* The page with the record, not the one with the problems. */
void               kobra_inspector_show_record  (KobraInspector *self);
KobraRecordForm   *kobra_inspector_get_form     (KobraInspector *self);
KobraProblemsPage *kobra_inspector_get_problems (KobraInspector *self);

G_END_DECLS
