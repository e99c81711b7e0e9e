/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the files of a run share: kobra-run.c (its life, its records on their way), kobra-run-choose.c (which records go),
 * kobra-run-prepare.c (what must be known before the first request) and kobra-import-send.c (what others call).
 *
 * The driver and the journal know a record by its place in the table as it was when the run began, which never changes under them.
 */

#include "kobra-import-private.h"
#include "kobra-import-send.h"

G_BEGIN_DECLS

struct _KobraRun
{
  gatomicrefcount     ref_count;

  KobraImport        *import;  /* NULL once the run is abandoned */
  GTask              *task;    /* NULL once it was answered */
  KobraClient        *client;
  KobraJournal       *journal; /* or NULL */
  char               *source_name;
  char               *base_url;
  KobraImportType     import_type;
  KobraSendScope      scope;
  GArray             *chosen;  /* guint32, IDs, or NULL */

  KobraFrozen        *table;
  KobraLayout        *layout;
  GArray             *records; /* KobraJournalRecord, by rising ID: their place in @table */
  GSource            *slices;  /* what goes through a million records goes a slice at a time, or NULL */
  guint               cursor;  /* of it */
  char               *digest;  /* of all records */
  KobraJournalResume *resume;  /* the same run that was cut off, or NULL */

  KobraDriver        *driver;
  gboolean            begun;     /* in the journal */
  gboolean            cancelled; /* before there was a driver to tell */
  gulong              cancelled_id;
};

KobraRun *kobra_run_new     (KobraImport   *import,
                             KobraClient   *client,
                             KobraJournal  *journal,
                             KobraSendScope scope,
                             const GArray  *chosen,
                             GTask         *task) G_GNUC_WARN_UNUSED_RESULT;
KobraRun *kobra_run_ref     (KobraRun *self);
void      kobra_run_unref   (KobraRun *self);

/* So many records fit into a part of a frame. */
#define KOBRA_RUN_SLICE 2048

/* Calls @slice with the run from the main loop, from @cursor 0 on, until it returns FALSE or the run is left. */
void      kobra_run_slice   (KobraRun *self,
                             gboolean (*slice) (KobraRun *self));

/* Finds the records that go, then prepares the run; if there are none it is answered with an error. */
void      kobra_run_choose  (KobraRun *self);

/* Finds out what the journal knows of the run, writes its begin down, and starts it. */
void      kobra_run_prepare (KobraRun *self);

/* Sends what the journal has no answer to. */
void      kobra_run_start   (KobraRun *self);

/* The run is over for whoever asked for it; takes @error, which is NULL if every record has its result. */
void      kobra_run_answer  (KobraRun *self,
                             GError   *error);

/* The record at @place as it was when the run began. */
void      kobra_run_get_record (KobraRun    *self,
                                guint32      place,
                                KobraRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraRun, kobra_run_unref)

G_END_DECLS
