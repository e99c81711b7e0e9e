/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"
#include "kobra-required.h"

G_BEGIN_DECLS

/* What a person has decided about the checks. What it changes is checked again at once. */

/* Which fields must be filled; NULL: those that the schema says. It stays when another file is opened. */
void     kobra_import_set_required   (KobraImport         *self,
                                      const KobraRequired *required);

/* What was decided for @from holds for @self too. */
void     kobra_import_copy_choices   (KobraImport *self,
                                      KobraImport *from);

/* Whether a kind of warning is looked for; errors always are. It is kept with the import, and with its saved layout, whose other files then begin with it. */
void     kobra_import_ignore         (KobraImport     *self,
                                      KobraProblemCode code,
                                      gboolean         ignored);
gboolean kobra_import_ignores        (KobraImport     *self,
                                      KobraProblemCode code);

/* How many problems of a kind there are in a field. */
guint    kobra_import_count_problems (KobraImport     *self,
                                      KobraProblemCode code,
                                      guint            field);

G_END_DECLS
