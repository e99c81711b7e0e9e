/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "kobra-journal-error.h"

#include "kobra-banned.h"

#define FOLDER_MODE 0700
#define FILE_MODE 0600

/* What SQLite keeps beside a database. The journal itself is last: if a renaming stops half way, what is left under the old name is a
 * database without a log, never a log that a new database would take for its own. */
static const char *const suffixes[] = { "-wal", "-journal", "-shm", "" };

static gboolean
make_folder (const char *path,
             GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0)
    return TRUE;
  kobra_journal_set_system_error (path, errno, error);
  return FALSE;
}

/* A new name is on disk only when its folder is. */
static void
sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int              fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0)
    return;
  (void) fsync (fd); /* some file systems can't, and have no need to */
  close (fd);
}

static gboolean
exists (const char *path,
        const char *suffix)
{
  g_autofree char *name = g_strconcat (path, suffix, NULL);

  return g_file_test (name, G_FILE_TEST_EXISTS);
}

/* A folder cannot be opened as a database, and to open a pipe would mean to wait for who writes into it. */
static gboolean
is_file (const char *path,
         GError    **error)
{
  GStatBuf info;

  if (g_stat (path, &info) == 0 && S_ISREG (info.st_mode))
    return TRUE;
  kobra_journal_set_error (path, KOBRA_JOURNAL_ERROR_FOREIGN, error);
  return FALSE;
}

gboolean
kobra_journal_file_check (const char *path,
                          GError    **error)
{
  static const char magic[] = "SQLite format 3"; /* with its NUL: https://www.sqlite.org/fileformat.html, section 1.3 */
  char     head[sizeof magic] = { 0 };
  GStatBuf info;
  int      fd;
  gboolean is_database;

  if (g_stat (path, &info) != 0)
    return TRUE;
  if (!is_file (path, error))
    return FALSE;
  /* Where there is a lock it may be open in this process, and then must not be opened here: see below. */
  if (info.st_size == 0 || exists (path, "-lock"))
    return TRUE;
  fd = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0)
    return TRUE; /* which will be said when it is opened to be written */
  is_database = read (fd, head, sizeof head) == (gssize) sizeof head && memcmp (head, magic, sizeof magic) == 0;
  close (fd);
  if (!is_database)
    kobra_journal_set_error (path, KOBRA_JOURNAL_ERROR_FOREIGN, error);
  return is_database;
}

gboolean
kobra_journal_file_make (const char *path,
                         GError    **error)
{
  int fd;

  if (!make_folder (path, error))
    return FALSE;

  /* An existing file must not be opened here: to close it again would drop the locks that SQLite has on it elsewhere in this process. */
  fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
  if (fd < 0 && errno == EEXIST)
    return is_file (path, error);
  if (fd < 0)
    {
      kobra_journal_set_system_error (path, errno, error);
      return FALSE;
    }
  (void) fchmod (fd, FILE_MODE); /* a umask may have taken the owner's rights too */
  close (fd);
  sync_folder (path);
  return TRUE;
}

gboolean
kobra_journal_file_is_log_only (const char *path)
{
  return !exists (path, "") && exists (path, "-wal");
}

void
kobra_journal_file_close_off (const char *path)
{
  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      GStatBuf         info;

      /* It may not be ours, or on a disk without modes: then whoever put it there decided. */
      if (g_stat (name, &info) == 0 && (info.st_mode & 0077) != 0)
        (void) g_chmod (name, FILE_MODE);
    }
}

/* A name that none of the files has yet. */
static char *
invent_name (const char *path)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *stamp = g_date_time_format (now, "%Y-%m-%d-%H%M%S");
  char                 *name = g_strdup_printf ("%s.damaged-%s", path, stamp);

  for (guint n = 2; exists (name, "") || exists (name, "-wal"); n++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.damaged-%s-%u", path, stamp, n);
    }
  return name;
}

char *
kobra_journal_file_set_aside (const char *path,
                              GError    **error)
{
  g_autofree char *name = invent_name (path);

  for (gsize i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (name, suffixes[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          kobra_journal_set_system_error (path, errno, error);
          return NULL;
        }
    }
  sync_folder (path);
  return g_steal_pointer (&name);
}

int
kobra_journal_lock_file (const char *path,
                         GError    **error)
{
  g_autofree char *name = g_strconcat (path, "-lock", NULL);
  int              fd;

  if (!make_folder (path, error))
    return -1;
  fd = open (name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, FILE_MODE);
  if (fd < 0)
    kobra_journal_set_system_error (path, errno, error);
  else
    (void) fchmod (fd, FILE_MODE);
  return fd;
}

/* Each lock is one byte of the file, which need not have any. */
static struct flock
describe (gint64 lock,
          short  type)
{
  return (struct flock) { .l_type = type, .l_whence = SEEK_SET, .l_start = lock, .l_len = 1 };
}

gboolean
kobra_journal_lock_try (const char      *path,
                        int              fd,
                        gint64           lock,
                        KobraJournalHold hold,
                        GError         **error)
{
  static const short types[] = { [KOBRA_JOURNAL_HOLD_NOT] = F_UNLCK, [KOBRA_JOURNAL_HOLD_SHARED] = F_RDLCK, [KOBRA_JOURNAL_HOLD_ALONE] = F_WRLCK };
  struct flock       range = describe (lock, types[hold]);

  if (fcntl (fd, F_OFD_SETLK, &range) == 0)
    return TRUE;
  if (errno != EAGAIN && errno != EACCES)
    kobra_journal_set_system_error (path, errno, error);
  return FALSE;
}

gboolean
kobra_journal_lock_is_taken (int    fd,
                             gint64 lock)
{
  struct flock range = describe (lock, F_RDLCK);

  return fcntl (fd, F_OFD_GETLK, &range) == 0 && range.l_type != F_UNLCK;
}
