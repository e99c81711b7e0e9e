/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-field-row.h"

G_BEGIN_DECLS

/*
 * Some fields of a form under a heading that opens and closes them, and says how many are filled and how many have problems.
 *
 * Property "expanded" notifies when the person opens or closes the group.
 */
#define KOBRA_TYPE_FORM_GROUP (kobra_form_group_get_type ())
G_DECLARE_FINAL_TYPE (KobraFormGroup, kobra_form_group, KOBRA, FORM_GROUP, GtkBox)

/* @name is for programs: what is remembered of the group is remembered by it. @title is for people. */
GtkWidget     *kobra_form_group_new          (const char *name,
                                              const char *title) G_GNUC_WARN_UNUSED_RESULT;
const char    *kobra_form_group_get_name     (KobraFormGroup *self);
void           kobra_form_group_add          (KobraFormGroup *self,
                                              KobraFieldRow  *row);
gboolean       kobra_form_group_get_expanded (KobraFormGroup *self);
void           kobra_form_group_set_expanded (KobraFormGroup *self,
                                              gboolean        expanded);

/* Shows the rows even if the group is closed, for as long as somebody searches. */
void           kobra_form_group_set_searching (KobraFormGroup *self,
                                               gboolean        searching);

/* Counts again what the heading says, and hides a group none of whose rows is visible. */
void           kobra_form_group_update       (KobraFormGroup *self);

G_END_DECLS
