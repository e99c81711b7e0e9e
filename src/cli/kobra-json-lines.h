/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"

G_BEGIN_DECLS

/* Standard output, a line a record, as JSON for programs or as text for people. */
typedef struct
{
  KobraBuffer buffer;
  gboolean    as_text;
  gboolean    failed; /* the output can't be written: a full disk, a closed pipe */
} KobraJsonLines;

void     kobra_json_lines_init    (KobraJsonLines *self,
                                   gboolean        as_text);

/* Writes what is left. Returns FALSE if not all could be written. */
gboolean kobra_json_lines_end     (KobraJsonLines *self);

/* Appends raw text to the output. */
void     kobra_json_lines_write   (KobraJsonLines *self,
                                   const char     *text);

/* A record as a line. @result and @words are left out if @result is KOBRA_RESULT_NONE. @problems are @n of the record's; @texts
 * gives the record's text by field. */
void     kobra_json_lines_record  (KobraJsonLines     *self,
                                   guint32             line,
                                   KobraRecordState    state,
                                   const KobraRecord  *record,
                                   const KobraProblem *problems,
                                   guint               n,
                                   KobraResult         result,
                                   const char         *words);

/* The last line. @with_results: counts of what became of the records, too. */
void     kobra_json_lines_summary (KobraJsonLines          *self,
                                   const KobraImportCounts *counts,
                                   guint                    n_fixed,
                                   gboolean                 with_results);

G_END_DECLS
