/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-layout-store.h"

G_BEGIN_DECLS

#define KOBRA_LAYOUT_FILE_VERSION 1
#define KOBRA_LAYOUT_MAX_NAME 100
#define KOBRA_LAYOUT_MAX_DERIVED 32u
#define KOBRA_LAYOUT_MAX_VALUES 2000u
#define KOBRA_LAYOUT_MAX_IGNORED 1000u
#define KOBRA_LAYOUT_MAX_ANSWERS 1000u

typedef struct
{
  char *header;   /* or NULL */
  char *folded;   /* the same as it is compared */
  guint position; /* from 1, or 0 */
  int   field;    /* or -1 */
} KobraLayoutFileColumn;

typedef struct
{
  KobraDerive kind;
  int         field; /* or -1 */
  char       *text;  /* or NULL */
  char      **from;  /* headers */
} KobraLayoutFileDerived;

typedef struct
{
  guint field;
  char *text, *code;
} KobraLayoutFileValue;

struct _KobraLayoutFile
{
  const KobraSchema *schema;
  char              *name;    /* or NULL */
  gboolean           has_import_type;
  KobraImportType    import_type;
  GVariant          *reading; /* a{sv}, how such a file is to be read, or NULL */
  char             **headers; /* of the file it was made for; empty: none */
  GArray            *columns; /* KobraLayoutFileColumn */
  GArray            *derived; /* KobraLayoutFileDerived */
  GArray            *values;  /* KobraLayoutFileValue */
  KobraFixes         answers[KOBRA_MAX_FIELDS];
  guint64            ignored; /* a bit for each kind of warning */
};

KobraLayoutFile *kobra_layout_file_alloc (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
