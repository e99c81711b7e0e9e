/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-input.h"
#include "kobra-problem.h"

G_BEGIN_DECLS

/*
 * One field of a record in a form: its name, the control that fits its type, what is the matter with it, and what it means. It holds no
 * truth: it shows what it is told, and tells what the person does.
 *
 * Signals: "edited" (const char *text), the cell's new text, at every keystroke; "left" (), the focus went elsewhere, or Enter was pressed;
 * "entered" (), the focus came here; "offer-taken" (). Property "pinned".
 */
#define KOBRA_TYPE_FIELD_ROW (kobra_field_row_get_type ())
G_DECLARE_FINAL_TYPE (KobraFieldRow, kobra_field_row, KOBRA, FIELD_ROW, GtkListBoxRow)

/* The @place of the field in its schema. */
GtkWidget        *kobra_field_row_new          (const KobraSchema *schema,
                                                guint              place) G_GNUC_WARN_UNUSED_RESULT;
guint             kobra_field_row_get_place    (KobraFieldRow *self);

/* What the cell holds. What somebody is typing stays as it is typed for as long as it means @text. */
void              kobra_field_row_set_text     (KobraFieldRow *self,
                                                const char    *text);
gboolean          kobra_field_row_is_filled    (KobraFieldRow *self);

/* @message is for people; NULL: no problem. */
void              kobra_field_row_set_problem  (KobraFieldRow *self,
                                                KobraSeverity  severity,
                                                const char    *message);
gboolean          kobra_field_row_has_problem  (KobraFieldRow *self);

/* What could be done, on a button: "Fill in 1,234.50"; NULL: nothing. */
void              kobra_field_row_set_offer    (KobraFieldRow *self,
                                                const char    *label);

/* Something worth knowing of the value, such as the bank of a CLABE, or NULL. */
void              kobra_field_row_set_note     (KobraFieldRow *self,
                                                const char    *note);

/* @is_said: what stands above the row says so already, and the row itself tells it to a screen reader alone. */
void              kobra_field_row_set_required (KobraFieldRow *self,
                                                gboolean       required,
                                                gboolean       is_said);

/* Whether the import makes any use of the field; if not, it is dimmed and says so. */
void              kobra_field_row_set_used     (KobraFieldRow *self,
                                                gboolean       used);

/* Shows a button that keeps the value for the next record. */
void              kobra_field_row_set_pinnable (KobraFieldRow *self,
                                                gboolean       pinnable);
gboolean          kobra_field_row_is_pinned    (KobraFieldRow *self);

gboolean          kobra_field_row_has_focus    (KobraFieldRow *self);

/* Puts the focus into the control, all of its text selected. */
void              kobra_field_row_focus        (KobraFieldRow *self);

/* Whether @folded (kobra_text_fold) is part of what the field is called in any way. */
gboolean          kobra_field_row_is_called    (KobraFieldRow *self,
                                                const char    *folded);

G_END_DECLS
