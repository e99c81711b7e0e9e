/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: what an import knows of its place in the journal. kobra-import-save.c has what it does. */

#include "kobra-journal-import.h"

G_BEGIN_DECLS

/* A part of every import; all zero at first. */
typedef struct
{
  KobraJournal       *journal;  /* borrowed, or NULL */
  KobraJournalImport *entry;    /* there, or NULL */
  gint64              id;       /* of the entry, once it is known */
  char               *digest;   /* of what was opened, once it is known */
  char               *connection;
  char               *error;    /* why it is not saved, or NULL */
  char               *restore_notice;
  gint64              earlier;
  gboolean            is_worth; /* keeping: it was edited, sent, or is from the history */
  gboolean            is_edited;
  gboolean            reopens;  /* the person quits with it open */
  gboolean            is_broken; /* an edit could not be written: only all rows anew make it whole */
  guint               serial;   /* of the table that is saved: an answer about another one is of no interest */
  GArray             *pending;  /* guint32: records that changed after a run chose them and before the journal knows of it; or NULL */
  guint               describe_source;
  guint               retry_source;
} KobraSaver;

void kobra_saver_clear (KobraSaver *self);

G_END_DECLS
