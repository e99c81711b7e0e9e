/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-import-fields.h"

G_BEGIN_DECLS

/*
 * One record of an import as a form. What is typed goes to the import's table at every keystroke, and what changes there is seen here by the
 * next frame: the sheet and the form show the same.
 *
 * Signal "field-entered" (guint field): the focus is in that field now.
 */
#define KOBRA_TYPE_RECORD_FORM (kobra_record_form_get_type ())
G_DECLARE_FINAL_TYPE (KobraRecordForm, kobra_record_form, KOBRA, RECORD_FORM, AdwBin)

/* Shows the record with @id, or empty fields if there is none with that ID. @import must have a table. */
void     kobra_record_form_set_record    (KobraRecordForm *self,
                                          KobraImport     *import,
                                          guint32          id);

/* For new records: what is required stands first, the groups after it are closed, and each field has a button that keeps its value. To be
 * called before the first record is shown. */
void     kobra_record_form_set_for_new   (KobraRecordForm *self);
gboolean kobra_record_form_is_pinned     (KobraRecordForm *self,
                                          guint            field);

/* Puts the focus into a field, opening its group. */
void     kobra_record_form_focus_field   (KobraRecordForm *self,
                                          guint            field);

/* Puts the focus into the search for a field. */
void     kobra_record_form_focus_search  (KobraRecordForm *self);

/* Scrolls to a field, opening its group, and leaves the focus where it is. */
void     kobra_record_form_show_field    (KobraRecordForm *self,
                                          guint            field);

/* The next field with a problem after the one that has the focus, going round; FALSE if the record has none. */
gboolean kobra_record_form_focus_problem (KobraRecordForm *self);

G_END_DECLS
