/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import-open.h"
#include "kobra-sheet-model.h"

G_BEGIN_DECLS

/* A file's first rows as a sheet shows them. */
#define KOBRA_TYPE_LOOK_MODEL (kobra_look_model_get_type ())
G_DECLARE_FINAL_TYPE (KobraLookModel, kobra_look_model, KOBRA, LOOK_MODEL, GObject)

/* Takes @opened. */
KobraLookModel    *kobra_look_model_new        (KobraOpened *opened) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
