/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-check.h"
#include "kobra-clean.h"
#include "kobra-layout-store.h"
#include "kobra-reader.h"
#include "kobra-required.h"

G_BEGIN_DECLS

/* From a file to records that are matched, cleaned and checked, as plain data that one thread owns at a time. */

typedef struct
{
  gboolean         guess_kind;  /* by the headers; else @kind */
  KobraKind        kind;
  KobraImportType  import_type;
  KobraLayoutFile *layout;      /* borrowed, or NULL: by the headers alone; gives the kind if there is one */
  gboolean         find_layout; /* if there is none: the saved one that was made for such a file */
  gboolean         clean;       /* do the safe fixes */
  KobraFixes       fixes;       /* and these, if so */
  gboolean         check;
  const KobraRequired *required; /* borrowed, or NULL: what the schema says */
  guint64          ignored;      /* kinds of warning besides those of the layout (KobraRules) */
  const KobraReadOptions *read; /* borrowed, or NULL: all is found by looking */
} KobraOpenOptions;

typedef enum
{
  KOBRA_LEFT_OUT_TITLE, /* above the header row */
  KOBRA_LEFT_OUT_BLANK,
  KOBRA_LEFT_OUT_HEADER_AGAIN,
  KOBRA_LEFT_OUT_TOTAL, /* below the last record */
  KOBRA_LEFT_OUT_NOTE,  /* the same */
  KOBRA_N_LEFT_OUT
} KobraLeftOutReason;

/* Lines of the file that are no records. */
typedef struct
{
  KobraLeftOutReason reason;
  guint32            first, last;
} KobraLeftOut;

typedef struct
{
  KobraRows     *rows;
  char         **headers;    /* one per column, ended by NULL; "" where the file has none */
  gboolean       has_header;
  guint32        header_row;    /* its line, if it has one */
  guint          n_header_rows; /* 1, or 2 that were joined */
  GHashTable    *references;    /* line -> char, of a file that was exported here (kobra-own-export.h); NULL for any other */
  guint          first_column;  /* from 1: the table's first */
  KobraLayout   *layout;
  KobraReadOptions read;     /* how it was to be read */
  char          *layout_name; /* of the saved one that was found, or NULL */
  KobraReadInfo  info;       /* what the file was found to be */
  GArray        *left_out;   /* KobraLeftOut, in the order of the file */
  guint          n_fixed[KOBRA_N_FIXES]; /* cells, by fix */
  KobraColumnHabit habits[KOBRA_MAX_FIELDS]; /* by field; known if it was cleaned */
  KobraRules     rules;
  KobraProblems *problems;   /* NULL if not asked for */
} KobraOpened;

/* @progress, which may be NULL, is called from the calling thread or a worker with 0 … 1. Blocks: for workers and the command line. */
KobraOpened *kobra_import_open_file (GFile                  *file,
                                     const KobraOpenOptions *options,
                                     void (*progress)       (double   fraction,
                                                             gpointer data),
                                     gpointer                data,
                                     GCancellable           *cancellable,
                                     GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for what is no file: a pipe, the clipboard. */
KobraOpened *kobra_import_open_stream (GInputStream           *stream,
                                       const KobraOpenOptions *options,
                                       void (*progress)       (double   fraction,
                                                               gpointer data),
                                       gpointer                data,
                                       GCancellable           *cancellable,
                                       GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* The first @max_rows records or so of one of the two, @file or @bytes, neither matched nor cleaned nor checked, with what was found: quick, however
 * large the file. */
KobraOpened *kobra_import_look        (GFile                  *file,
                                       GBytes                 *bytes,
                                       const KobraOpenOptions *options,
                                       guint                   max_rows,
                                       GCancellable           *cancellable,
                                       GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same in a worker; @read is copied. */
void         kobra_import_look_async  (GFile                  *file,
                                       GBytes                 *bytes,
                                       const KobraReadOptions *read,
                                       guint                   max_rows,
                                       GCancellable           *cancellable,
                                       GAsyncReadyCallback     callback,
                                       gpointer                user_data);
KobraOpened *kobra_import_look_finish (GAsyncResult           *result,
                                       GError                **error) G_GNUC_WARN_UNUSED_RESULT;

KobraOpened *kobra_opened_new       (void) G_GNUC_WARN_UNUSED_RESULT;
void         kobra_opened_free      (KobraOpened *self);

/* How many cells the fixes changed in all. */
guint        kobra_opened_count_fixed (const KobraOpened *self);

/* How many visible sheets have something in them; 0 for what has no sheets. */
guint        kobra_opened_count_sheets (const KobraOpened *self);

/* For people, translated: "title above the header", "blank". */
const char  *kobra_left_out_get_label (KobraLeftOutReason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraOpened, kobra_opened_free)

G_END_DECLS
