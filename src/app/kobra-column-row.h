/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "kobra-layout.h"

G_BEGIN_DECLS

/* A column of a file, what is in it, which field it is and how sure that is. */
#define KOBRA_TYPE_COLUMN_ROW (kobra_column_row_get_type ())
G_DECLARE_FINAL_TYPE (KobraColumnRow, kobra_column_row, KOBRA, COLUMN_ROW, AdwActionRow)

GtkWidget *kobra_column_row_new  (void);

/* @field is for people, NULL: the column is none. @samples say what is in it. */
void       kobra_column_row_show (KobraColumnRow *self,
                                  const char     *header,
                                  const char     *samples,
                                  const char     *field,
                                  KobraTrust      trust);

G_END_DECLS
