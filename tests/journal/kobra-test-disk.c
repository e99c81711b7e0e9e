/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The system's own VFS with two methods of its files replaced: a file's method table is swapped for a copy after it was opened.
 */

#include "kobra-test-disk.h"

#include <sqlite3.h>

/* The system has one table for files that are locked, the databases, and one for all others. */
typedef struct
{
  int                       flag; /* SQLITE_OPEN_… of the files it is for */
  const sqlite3_io_methods *of_system;
  sqlite3_io_methods        ours;
} Methods;

static sqlite3_vfs  disk;
static sqlite3_vfs *system_vfs;
static Methods      methods[] = { { SQLITE_OPEN_MAIN_DB }, { SQLITE_OPEN_MAIN_JOURNAL }, { SQLITE_OPEN_WAL } };

/* Read and set by the test and by the journal's thread. */
static int writes_left = G_MAXINT, write_result, sync_result, was_reached, n_syncs, is_log_dirty, skips_syncs;

static Methods *
find_methods (sqlite3_file *file)
{
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    if (file->pMethods == &methods[i].ours)
      return &methods[i];
  g_assert_not_reached ();
}

static gboolean
is_broken (void)
{
  return g_atomic_int_get (&writes_left) <= 0;
}

static int
write_cb (sqlite3_file *file,
          const void   *bytes,
          int           n,
          sqlite3_int64 at)
{
  if (is_broken () && g_atomic_int_get (&write_result) != SQLITE_OK)
    {
      g_atomic_int_set (&was_reached, TRUE);
      return g_atomic_int_get (&write_result);
    }
  if (!is_broken ())
    g_atomic_int_add (&writes_left, -1);
  if (find_methods (file)->flag == SQLITE_OPEN_WAL)
    g_atomic_int_set (&is_log_dirty, TRUE);
  return find_methods (file)->of_system->xWrite (file, bytes, n, at);
}

static int
sync_cb (sqlite3_file *file,
         int           flags)
{
  int rc = is_broken () ? g_atomic_int_get (&sync_result) : SQLITE_OK;

  if (rc != SQLITE_OK)
    g_atomic_int_set (&was_reached, TRUE);
  else if (!g_atomic_int_get (&skips_syncs))
    rc = find_methods (file)->of_system->xSync (file, flags);
  if (rc == SQLITE_OK && find_methods (file)->flag == SQLITE_OPEN_WAL)
    {
      g_atomic_int_inc (&n_syncs);
      g_atomic_int_set (&is_log_dirty, FALSE);
    }
  return rc;
}

static int
open_cb (sqlite3_vfs  *vfs,
         const char   *name,
         sqlite3_file *file,
         int           flags,
         int          *out_flags)
{
  int rc = system_vfs->xOpen (system_vfs, name, file, flags, out_flags);

  for (gsize i = 0; file->pMethods != NULL && i < G_N_ELEMENTS (methods); i++)
    if ((flags & methods[i].flag) != 0)
      {
        if (methods[i].of_system == NULL)
          {
            methods[i].of_system = file->pMethods;
            methods[i].ours = *file->pMethods;
            methods[i].ours.xWrite = write_cb;
            methods[i].ours.xSync = sync_cb;
          }
        g_assert_true (file->pMethods == methods[i].of_system);
        file->pMethods = &methods[i].ours;
        break;
      }
  return rc;
}

void
kobra_test_disk_install (void)
{
  system_vfs = sqlite3_vfs_find (NULL);
  disk = *system_vfs;
  disk.zName = "kobra-test-disk";
  disk.xOpen = open_cb;
  g_assert_cmpint (sqlite3_vfs_register (&disk, TRUE), ==, SQLITE_OK);
}

void
kobra_test_disk_skip_syncs (void)
{
  g_atomic_int_set (&skips_syncs, TRUE);
}

void
kobra_test_disk_break (int n_writes,
                       int on_write,
                       int on_sync)
{
  g_atomic_int_set (&write_result, on_write);
  g_atomic_int_set (&sync_result, on_sync);
  g_atomic_int_set (&was_reached, FALSE);
  g_atomic_int_set (&writes_left, n_writes);
}

void
kobra_test_disk_heal (void)
{
  g_atomic_int_set (&writes_left, G_MAXINT);
}

gboolean
kobra_test_disk_was_reached (void)
{
  return g_atomic_int_get (&was_reached);
}

int
kobra_test_disk_get_n_syncs (void)
{
  return g_atomic_int_get (&n_syncs);
}

gboolean
kobra_test_disk_is_log_dirty (void)
{
  return g_atomic_int_get (&is_log_dirty);
}
