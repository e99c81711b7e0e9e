/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-error.h"

#include <errno.h>

#include <glib/gi18n.h>

#include "kobra-banned.h"

G_DEFINE_QUARK (kobra-journal-error-quark, kobra_journal_error)

/* TRANSLATORS: each goes on after "The journal “…” cannot be used: " */
static const char *const reasons[] = {
  [KOBRA_JOURNAL_ERROR_FAILED] = N_ ("something unexpected happened. Try again, or move the journal away to start a new one."),
  [KOBRA_JOURNAL_ERROR_FULL] = N_ ("its disk is full. Make room on it, then go on; what was written before is safe."),
  [KOBRA_JOURNAL_ERROR_IO] = N_ ("its disk reports an error. Check the disk and its connection, then go on; what was written before is kept."),
  [KOBRA_JOURNAL_ERROR_READ_ONLY] = N_ ("its folder or file cannot be written to. Allow writing there, or keep the journal in another folder."),
  [KOBRA_JOURNAL_ERROR_NEWER] = N_ ("a newer version of this program wrote it. It was left as it is: update this program, or use another journal."),
  [KOBRA_JOURNAL_ERROR_FOREIGN] = N_ ("it is not a journal of this program. It was left as it is: use another file."),
  [KOBRA_JOURNAL_ERROR_DAMAGED] = N_ ("it is damaged. Close every window and terminal that uses it, then start again: it will be set aside, not deleted."),
  [KOBRA_JOURNAL_ERROR_BUSY] = N_ ("another window or terminal is sending with it. Wait until that has ended, or end it, then try again."),
  [KOBRA_JOURNAL_ERROR_UNFIT] = N_ ("its file system does not offer what safe writing needs. Keep the journal on a disk of this computer."),
  [KOBRA_JOURNAL_ERROR_TOO_MANY] = N_ ("these are more records than one run can have. Send them in parts."),
  [KOBRA_JOURNAL_ERROR_MOVED] = N_ ("it was moved or deleted while it was in use. Nothing more is sent without it: close the program and start again."),
  [KOBRA_JOURNAL_ERROR_OPEN] = N_ ("the import is open in another window of this program. Go on there, or close it first."),
  [KOBRA_JOURNAL_ERROR_GONE] = N_ ("the records of that import were not kept, or were deleted. Open its file again."),
  [KOBRA_JOURNAL_ERROR_RUN] = N_ ("the run that this is about is not there or already over. Send again to begin a new one."),
};

typedef struct
{
  int               value;
  KobraJournalError code;
} Meaning;

static const Meaning system_meanings[] = {
  /* of errno */
  { ENOSPC, KOBRA_JOURNAL_ERROR_FULL },
  { EDQUOT, KOBRA_JOURNAL_ERROR_FULL },
  { EACCES, KOBRA_JOURNAL_ERROR_READ_ONLY },
  { EPERM, KOBRA_JOURNAL_ERROR_READ_ONLY },
  { EROFS, KOBRA_JOURNAL_ERROR_READ_ONLY },
  { EIO, KOBRA_JOURNAL_ERROR_IO },
  { ENOLCK, KOBRA_JOURNAL_ERROR_UNFIT },
  { EOPNOTSUPP, KOBRA_JOURNAL_ERROR_UNFIT },
};

/* What no disk says: a folder that lets nobody make another, such as /proc. SQLite's errno may be this from a file it looked for in vain. */
static const Meaning folder_meanings[] = {
  { ENOENT, KOBRA_JOURNAL_ERROR_READ_ONLY },
  { ENOTDIR, KOBRA_JOURNAL_ERROR_READ_ONLY },
};

static const Meaning sql_meanings[] = {
  /* of SQLite's primary results */
  { SQLITE_FULL, KOBRA_JOURNAL_ERROR_FULL },
  { SQLITE_IOERR, KOBRA_JOURNAL_ERROR_IO },
  { SQLITE_CANTOPEN, KOBRA_JOURNAL_ERROR_IO },
  { SQLITE_READONLY, KOBRA_JOURNAL_ERROR_READ_ONLY },
  { SQLITE_PERM, KOBRA_JOURNAL_ERROR_READ_ONLY },
  { SQLITE_CORRUPT, KOBRA_JOURNAL_ERROR_DAMAGED },
  { SQLITE_NOTADB, KOBRA_JOURNAL_ERROR_DAMAGED },
  { SQLITE_BUSY, KOBRA_JOURNAL_ERROR_BUSY },
  { SQLITE_LOCKED, KOBRA_JOURNAL_ERROR_BUSY },
};

static KobraJournalError
find_meaning (const Meaning    *meanings,
              gsize             n,
              int               value,
              KobraJournalError otherwise)
{
  for (gsize i = 0; i < n; i++)
    if (meanings[i].value == value)
      return meanings[i].code;
  return otherwise;
}

/* @detail: the system's own words, for what our words leave open. */
static void
set_error (const char       *path,
           KobraJournalError code,
           const char       *detail,
           GError          **error)
{
  g_autofree char *name = g_filename_display_name (path);

  if (detail != NULL && (code == KOBRA_JOURNAL_ERROR_FAILED || code == KOBRA_JOURNAL_ERROR_IO))
    g_set_error (error, KOBRA_JOURNAL_ERROR, code,
                 /* TRANSLATORS: a file's path, what is wrong and what to do, the system's words for it */
                 _ ("The journal “%s” cannot be used: %s (%s)"), name, _ (reasons[code]), detail);
  else
    g_set_error (error, KOBRA_JOURNAL_ERROR, code,
                 /* TRANSLATORS: a file's path, what is wrong and what to do */
                 _ ("The journal “%s” cannot be used: %s"), name, _ (reasons[code]));
}

void
kobra_journal_set_error (const char       *path,
                         KobraJournalError code,
                         GError          **error)
{
  set_error (path, code, NULL, error);
}

void
kobra_journal_set_system_error (const char *path,
                                int         value,
                                GError    **error)
{
  KobraJournalError code = find_meaning (folder_meanings, G_N_ELEMENTS (folder_meanings), value, KOBRA_JOURNAL_ERROR_FAILED);

  set_error (path, find_meaning (system_meanings, G_N_ELEMENTS (system_meanings), value, code), g_strerror (value), error);
}

void
kobra_journal_set_sql_error (const char *path,
                             sqlite3    *db,
                             int         rc,
                             GError    **error)
{
  KobraJournalError code = find_meaning (sql_meanings, G_N_ELEMENTS (sql_meanings), rc & 0xff, KOBRA_JOURNAL_ERROR_FAILED);

  /* SQLite has one result for all that a disk can refuse; errno, which it keeps for that one, tells a full disk from a broken one. */
  if (code == KOBRA_JOURNAL_ERROR_IO && db != NULL)
    code = find_meaning (system_meanings, G_N_ELEMENTS (system_meanings), sqlite3_system_errno (db), code);
  set_error (path, code, db != NULL ? sqlite3_errmsg (db) : sqlite3_errstr (rc), error);
}
