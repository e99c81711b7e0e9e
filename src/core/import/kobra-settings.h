/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: what is kept of an import beside its records. */

#include "kobra-import-private.h"

G_BEGIN_DECLS

typedef struct
{
  char       **headers;     /* ended by NULL */
  KobraLayout *layout;      /* has a column for each */
  char        *layout_name; /* of the saved one, or NULL */
  KobraColumnHabit habits[KOBRA_MAX_FIELDS]; /* by field */
  guint64      ignored;     /* KobraProblemCode, a bit each */
  GVariant    *reading;     /* kobra_read_options_to_variant(), or NULL: as was found by looking */
  gboolean     was_cleaned;
} KobraSettings;

/* Those of an import, as JSON. */
char    *kobra_import_dup_settings (KobraImport *self) G_GNUC_WARN_UNUSED_RESULT;

/* FALSE if @text says nothing that makes sense for @kind (KobraSchema.name). To be cleared in any case. */
gboolean kobra_settings_parse (const char    *text,
                               const char    *kind,
                               KobraSettings *settings);
void     kobra_settings_clear (KobraSettings *self);

G_END_DECLS
