/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"

G_BEGIN_DECLS

/* The texts that a workbook's cells share, by their number: packed, and past a size kept in a temporary file without a name. */
typedef struct
{
  char    *bytes;     /* NUL after each text; mapped if there is a file */
  gsize    length, capacity;
  guint32 *starts;    /* where each text starts, in words of 4 bytes: 16 GiB of them */
  guint    n, n_room;
  int      file;      /* -1: none */
} KobraStrings;

void     kobra_strings_init   (KobraStrings *self);
void     kobra_strings_clear  (KobraStrings *self);

/* FALSE: there is no memory, or there are too many. */
gboolean kobra_strings_append (KobraStrings *self,
                               const char   *text,
                               gsize         length) G_GNUC_WARN_UNUSED_RESULT;

/* Borrowed until the next append; NULL if there is none with that number. */
const char *kobra_strings_get (const KobraStrings *self,
                               guint64             number);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraStrings, kobra_strings_clear)

G_END_DECLS
