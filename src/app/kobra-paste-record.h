/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-layout.h"

G_BEGIN_DECLS

/*
 * A row that was copied in a spreadsheet, as the fields of a record. If a first line names fields, it says which cell is which; else the cells
 * stand as the columns of @layout do, or as the fields of the schema if it is NULL.
 *
 * Returns for each field the text it is to have (char), NULL where the row says nothing; or NULL if @text is no row.
 */
GPtrArray *kobra_paste_record (const char        *text,
                               const KobraSchema *schema,
                               const KobraLayout *layout) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
