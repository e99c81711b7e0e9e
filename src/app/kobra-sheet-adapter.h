/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"
#include "kobra-sheet-model.h"

G_BEGIN_DECLS

/* An import as the sheet sees it: its table's cells, its problems as marks, its results as row icons. */
#define KOBRA_TYPE_SHEET_ADAPTER (kobra_sheet_adapter_get_type ())
G_DECLARE_FINAL_TYPE (KobraSheetAdapter, kobra_sheet_adapter, KOBRA, SHEET_ADAPTER, GObject)

/* The import must have a table; when it gets another one, make another adapter. */
KobraSheetAdapter *kobra_sheet_adapter_new (KobraImport *import) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
