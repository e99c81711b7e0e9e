/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * import: one session of work on one table, and the only room that knows the others. Windows and the command line hold a
 * KobraImport and nothing below it. May include all of core but practice.
 */

#include <gio/gio.h>

#include "kobra-import-open.h"
#include "kobra-result.h"
#include "kobra-table.h"

G_BEGIN_DECLS

typedef enum
{
  KOBRA_IMPORT_EMPTY,
  KOBRA_IMPORT_OPENING,
  KOBRA_IMPORT_READY,
  KOBRA_IMPORT_SENDING,
  KOBRA_IMPORT_PAUSED
} KobraImportState;

#define KOBRA_TYPE_IMPORT_STATE (kobra_import_state_get_type ())
GType kobra_import_state_get_type (void);

typedef enum
{
  KOBRA_RECORD_READY,
  KOBRA_RECORD_WARNING,
  KOBRA_RECORD_INVALID
} KobraRecordState;

/* What the checks say of a record. */
KobraRecordState kobra_record_state_find (KobraProblems *problems,
                                          guint32        id);

/* "ready", "warning", "invalid". */
const char *kobra_record_state_get_name  (KobraRecordState state);

/* For people, untranslated. */
const char *kobra_record_state_get_label (KobraRecordState state);

typedef struct
{
  guint records;
  guint ready, warning, invalid; /* what the checks say */
  guint accepted, rejected, unknown, in_flight; /* what became of them */
  guint not_sent;                /* after a run: with errors, or cancelled */
  guint to_send;                 /* without errors, and not yet accepted or rejected */
} KobraImportCounts;

/*
 * Properties: "state" (KobraImportState), "title" (the file's name, or NULL), "fraction" (0 … 1, of opening or sending), "table" (notifies
 * when another one takes its place), "pause-message" (why a run stands still, for people, or NULL).
 * Signals: "marks-changed" (guint position, guint n_rows): problems or results of these rows; "counts-changed", at most
 * once per change of many; "layout-changed": columns may be other fields than before; "saved": what the journal says of it changed
 * (kobra-import-save.h).
 */
#define KOBRA_TYPE_IMPORT (kobra_import_get_type ())
G_DECLARE_FINAL_TYPE (KobraImport, kobra_import, KOBRA, IMPORT, GObject)

KobraImport       *kobra_import_new            (void) G_GNUC_WARN_UNUSED_RESULT;

/* Reads, matches, cleans and checks in a worker. While it goes on the import is as it was; when it fails too. */
void               kobra_import_open_async     (KobraImport            *self,
                                                GFile                  *file,
                                                const KobraOpenOptions *options,
                                                GCancellable           *cancellable,
                                                GAsyncReadyCallback     callback,
                                                gpointer                user_data);

/* The same for what is no file, such as what was copied; kobra_import_open_finish() ends it too. */
void               kobra_import_open_bytes_async (KobraImport            *self,
                                                  GBytes                 *bytes,
                                                  const char             *title,
                                                  const KobraOpenOptions *options,
                                                  GCancellable           *cancellable,
                                                  GAsyncReadyCallback     callback,
                                                  gpointer                user_data);
gboolean           kobra_import_open_finish    (KobraImport            *self,
                                                GAsyncResult           *result,
                                                GError                **error);

/* The second half of opening, for a caller that did the first with kobra_import_open_file(). @opened must have been checked. */
void               kobra_import_take           (KobraImport            *self,
                                                KobraOpened            *opened,
                                                const char             *title);

KobraImportState   kobra_import_get_state      (KobraImport *self);
const char        *kobra_import_get_title      (KobraImport *self);
const char        *kobra_import_get_pause_message (KobraImport *self);

/* NULL while the import is empty. */
KobraTable        *kobra_import_get_table      (KobraImport *self);

/* What opening found out, without rows, layout and problems, which are the import's now; NULL while it is empty. */
const KobraOpened *kobra_import_get_opened     (KobraImport *self);
const KobraLayout *kobra_import_get_layout     (KobraImport *self);
const KobraSchema *kobra_import_get_schema     (KobraImport *self);

KobraImportType    kobra_import_get_import_type (KobraImport *self);

/* Checks all records again by what @type needs; not while sending. */
void               kobra_import_set_import_type (KobraImport    *self,
                                                 KobraImportType type);

/* How many cells the safe fixes changed when the file was opened. */
guint              kobra_import_get_n_fixed    (KobraImport *self);

void               kobra_import_get_counts     (KobraImport       *self,
                                                KobraImportCounts *counts);

KobraRecordState   kobra_import_get_record_state (KobraImport *self,
                                                  guint        row);

/* All problems of a record, @n of them; borrowed until the next edit. */
const KobraProblem *kobra_import_get_problems  (KobraImport *self,
                                                guint        row,
                                                guint       *n);

/* The worst problem of a cell, or NULL; borrowed until the next edit. */
const KobraProblem *kobra_import_find_problem  (KobraImport *self,
                                                guint        row,
                                                guint        column);

/* A problem in words, or NULL if the cell has none. */
char              *kobra_import_dup_problem_text (KobraImport *self,
                                                  guint        row,
                                                  guint        column) G_GNUC_WARN_UNUSED_RESULT;

/* What became of the record, and why: the server's words, or ours for one that was not sent. The words may be NULL. */
KobraResult        kobra_import_get_result     (KobraImport *self,
                                                guint        row);
char              *kobra_import_dup_result_words (KobraImport *self,
                                                  guint        row) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
