/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: the journal's file, with what SQLite keeps beside it (-wal, -shm), and who may use it. */

#include <glib.h>

G_BEGIN_DECLS

/* Makes the file, empty, where there is none, with mode 0600 in folders that get mode 0700 when they are new. */
gboolean kobra_journal_file_make      (const char *path,
                                       GError    **error);

/* Whether @path may be tried: it is free, or a file that can be a journal. A file that is no database and never had a journal's lock beside it
 * is somebody else's, such as the table itself; a journal that was overwritten is a damaged one. Leaves nothing behind. */
gboolean kobra_journal_file_check     (const char *path,
                                       GError    **error);

/* Whether there is no file but a log of one, which SQLite would throw away. */
gboolean kobra_journal_file_is_log_only (const char *path);

/* Takes group and others their rights, which an older file or a copy may have given them. */
void     kobra_journal_file_close_off (const char *path);

/* Renames the file and those beside it; returns its new path, or NULL if it cannot be renamed. */
char    *kobra_journal_file_set_aside (const char *path,
                                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Locks in a file of their own, never deleted. They belong to its open descriptor (F_OFD_SETLK): they tell two journals of one process
 * apart as well as two processes, SQLite's own locks don't interfere, and a killed process leaves none.
 */
typedef enum
{
  KOBRA_JOURNAL_LOCK_OPEN,    /* shared by all that have the journal open; alone while it is checked, changed in form, set aside */
  KOBRA_JOURNAL_LOCK_SENDING, /* one at most: has a run under way */
  KOBRA_JOURNAL_LOCK_IMPORTS = 16 /* and from here on one for each import, by its ID: who has it open */
} KobraJournalLock;

typedef enum
{
  KOBRA_JOURNAL_HOLD_NOT,
  KOBRA_JOURNAL_HOLD_SHARED,
  KOBRA_JOURNAL_HOLD_ALONE
} KobraJournalHold;

/* A descriptor to lock with, made as kobra_journal_file_make() makes the journal; or -1. Closing it gives the locks back. */
int      kobra_journal_lock_file      (const char *path,
                                       GError    **error);

/* Does not wait. Returns FALSE if others hold what is against it, with *@error NULL, or if it cannot be locked at all. */
gboolean kobra_journal_lock_try       (const char      *path,
                                       int              fd,
                                       gint64           lock,
                                       KobraJournalHold hold,
                                       GError         **error);

/* Whether another descriptor holds it alone. */
gboolean kobra_journal_lock_is_taken  (int              fd,
                                       gint64           lock);

G_END_DECLS
