/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-driver.h"
#include "kobra-import.h"
#include "kobra-marks.h"
#include "kobra-required.h"
#include "kobra-saver.h"
#include "kobra-transform.h"

G_BEGIN_DECLS

typedef struct _KobraRun KobraRun;

struct _KobraImport
{
  GObject          parent_instance;

  KobraImportState state;
  char            *title;
  double           fraction;
  char            *pause_message;

  KobraOpened     *opened; /* what opening found out, or NULL */
  KobraTable      *table;
  KobraLayout     *layout;
  char            *layout_name; /* of the saved one, or NULL */
  KobraRules       rules;
  KobraRequired    required; /* what the person decided of the rules, and below */
  guint64          ignored;
  gboolean         is_remembering; /* what is ignored, in the saved layout */
  gboolean         remember_again;
  KobraProblems   *problems;
  guint            n_fixed;
  KobraColumnHabit habits[KOBRA_MAX_FIELDS]; /* as they were when the file was opened, by field */

  KobraMarks      *results; /* KobraResult by record */
  GArray          *times;   /* gint64 by record: when it got its result, in seconds since 1970 */
  char            *tag;      /* what the references of its records have in common, or NULL: not decided yet */
  GHashTable      *references; /* of the export that it was opened from, by line, or NULL */
  gboolean         was_sent; /* a run ended: what it left has the result "not sent" */
  KobraRun        *run;      /* the one under way, or NULL */
  KobraProgress    progress; /* of it, or of the last */
  guint            n_resumed;

  GCancellable    *recheck;  /* of all records, or NULL */
  gboolean         recheck_again; /* the table changed under it */

  char            *source_uri; /* of the file that the table was opened from, or NULL */
  char            *next_uri;   /* of the one that is taken next, or NULL */
  GVariant        *reading;    /* how it was read, or NULL: as was found by looking */
  gboolean         was_cleaned;
  KobraSaver       saver;
};

/* The record got its result now. */
void kobra_import_note_time         (KobraImport     *self,
                                     guint32          id);

/* When the record got its result, in seconds since 1970; 0 if it has none, or nobody knows. */
gint64 kobra_import_get_result_time (KobraImport     *self,
                                     guint            row);

/* By which what is exported of it is known again, and the import itself in the journal. */
const char *kobra_import_get_tag    (KobraImport     *self);

/* Of a record that came from an export: what told it from all others there; else NULL. */
const char *kobra_import_find_reference (KobraImport    *self,
                                         const KobraRow *row);

void kobra_import_set_state         (KobraImport     *self,
                                     KobraImportState state);
void kobra_import_set_fraction      (KobraImport     *self,
                                     double           fraction);
void kobra_import_set_pause_message (KobraImport     *self,
                                     const char      *message);
void kobra_import_marks_changed     (KobraImport     *self,
                                     guint            position,
                                     guint            n_rows);
void kobra_import_counts_changed    (KobraImport     *self);
void kobra_import_saved             (KobraImport     *self);

/* What kobra_import_take() does, of an import that is in the journal already: @entry, or NULL. */
void kobra_import_take_entry        (KobraImport        *self,
                                     KobraOpened        *opened,
                                     const char         *title,
                                     KobraJournalImport *entry,
                                     const char         *digest,
                                     gboolean            is_edited);

/* Neighbouring rows whose marks changed, on their way to one signal. Starts as all zeros. */
typedef struct
{
  guint position;
  guint n_rows;
} KobraMarkedRows;

/* Adds @row; tells of what was there before if it is no neighbour. kobra_import_tell_rows() tells of the last. */
void kobra_import_add_row           (KobraImport     *self,
                                     KobraMarkedRows *rows,
                                     guint            row);
void kobra_import_tell_rows         (KobraImport     *self,
                                     KobraMarkedRows *rows);

/* The record says something else than what had @result: it has none now, and words that tell of the other. */
void kobra_import_mark_changed      (KobraImport     *self,
                                     guint32          id,
                                     KobraResult      result);

/* Puts what a worker made of the records into the table, as one step called @name; FALSE if they are being sent, or are others now. @answers: what
 * the person said by it of how columns are written, by field, among other fixes. */
gboolean kobra_import_apply_transform (KobraImport      *self,
                                       KobraTransform   *transform,
                                       const KobraFixes *answers,
                                       const char       *name,
                                       GError          **error);

/* Remembers the answers among @fixes, by field, as part of the step that is open. */
void kobra_import_keep_answers (KobraImport      *self,
                                const KobraFixes *fixes);

/* Tells the saved layout, if there is one, what the person decided: other files of it begin with that. */
void kobra_import_remember (KobraImport *self);

/* Whether any record has a result. */
gboolean kobra_import_has_results (KobraImport *self);

/* Tells that columns may be other fields. */
void kobra_import_layout_changed    (KobraImport     *self);

/* Takes a copy of @layout, which was the import's before: for undo. */
void kobra_import_restore_layout    (KobraImport     *self,
                                     KobraLayout     *layout);

/* Keeps the problems true from now on, whatever is edited. */
void kobra_import_watch_table       (KobraImport     *self);
void kobra_import_unwatch_table     (KobraImport     *self);

/* Puts what the person decided into the rules; whether they are others now. */
gboolean kobra_import_apply_choices (KobraImport    *self);

/* Checks all records in a worker; what is known stays until it ends. */
void kobra_import_recheck           (KobraImport     *self);

/* The record in @row, and its line. */
void kobra_import_get_record        (KobraImport     *self,
                                     guint            row,
                                     KobraRecord     *record);

G_END_DECLS
