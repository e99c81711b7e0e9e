/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-writer.h"

#include <stdlib.h>
#include <unistd.h>

#include <glib/gi18n.h>

#include "kobra-journal-error.h"
#include "kobra-journal-file.h"
#include "kobra-journal-recover.h"
#include "kobra-journal-sql.h"

#include "kobra-banned.h"

/* How long another one that is just opening the file is waited for. */
#define PATIENCE_MICROSECONDS (10 * G_USEC_PER_SEC)
#define PAUSE_MICROSECONDS 10000

struct _KobraJournalWriter
{
  char            *path;
  int              lock_fd;
  KobraJournalSql *sql;
  gint64           active; /* the run under way, or 0 */
  GHashTable      *open;   /* IDs of the imports that are open here */
  GPtrArray       *owed;   /* KobraJournalJob: results of that run that could not be written */
};

KobraJournalJob *
kobra_journal_job_new (KobraJournalJobKind kind,
                       KobraJournalDone    done,
                       gpointer            data)
{
  KobraJournalJob *job = g_new0 (KobraJournalJob, 1);

  job->kind = kind;
  job->at = g_get_real_time ();
  job->done = done;
  job->data = data;
  return job;
}

void
kobra_journal_job_free (KobraJournalJob *job)
{
  g_free ((char *) job->about.source_name);
  g_free ((char *) job->about.source_digest);
  g_free ((char *) job->about.base_url);
  g_free ((char *) job->about.kind);
  g_free (job->type);
  g_free (job->message);
  g_clear_pointer (&job->packed, g_bytes_unref);
  g_clear_pointer (&job->record_ids, g_bytes_unref);
  g_clear_pointer (&job->book, kobra_journal_book_unref);
  g_clear_pointer (&job->call_about, kobra_journal_about_free);
  g_clear_error (&job->error);
  g_clear_pointer (&job->resume, kobra_journal_resume_free);
  g_free (job);
}

/* The jobs. Each returns FALSE if the transaction failed under it; a job that is refused has its error set and changes nothing. */

static gboolean
refuse (KobraJournalWriter *self,
        KobraJournalJob    *job,
        KobraJournalError   code)
{
  kobra_journal_set_error (self->path, code, &job->error);
  return TRUE;
}

/* Whether a run can be under way here. The lock stays until there is none any more: see settle_lock(). */
static gboolean
take_lock (KobraJournalWriter *self,
           KobraJournalJob    *job)
{
  if (self->active == 0 && kobra_journal_lock_try (self->path, self->lock_fd, KOBRA_JOURNAL_LOCK_SENDING, KOBRA_JOURNAL_HOLD_ALONE, &job->error))
    return TRUE;
  if (job->error == NULL)
    refuse (self, job, KOBRA_JOURNAL_ERROR_BUSY);
  return FALSE;
}

static gboolean
begin_run (KobraJournalWriter *self,
           KobraJournalJob    *job,
           GError            **error)
{
  if (job->packed == NULL)
    return refuse (self, job, KOBRA_JOURNAL_ERROR_TOO_MANY);
  if (!take_lock (self, job))
    return TRUE;
  return kobra_journal_sql_add_run (self->sql, &job->about, job->book != NULL ? job->book->id : 0, job->packed, job->record_ids, job->at, &self->active, error);
}

static gboolean
resume_run (KobraJournalWriter *self,
            KobraJournalJob    *job,
            GError            **error)
{
  gboolean is_open = FALSE;

  if (!take_lock (self, job))
    return TRUE;
  if (!kobra_journal_sql_find_run (self->sql, job->run, &is_open, error))
    return FALSE;
  if (!is_open)
    return refuse (self, job, KOBRA_JOURNAL_ERROR_RUN);
  self->active = job->run;
  return TRUE;
}

static gboolean
write_event (KobraJournalWriter *self,
             KobraJournalJob    *job,
             GError            **error)
{
  return kobra_journal_sql_add_event (self->sql, self->active, job->at, job->request, job->result, job->type, job->message, job->packed, error);
}

static gboolean
add_event (KobraJournalWriter *self,
           KobraJournalJob    *job,
           GError            **error)
{
  if (job->packed == NULL)
    return refuse (self, job, KOBRA_JOURNAL_ERROR_TOO_MANY);
  if (self->active == 0)
    return refuse (self, job, KOBRA_JOURNAL_ERROR_RUN);
  return write_event (self, job, error);
}

static gboolean
end_run (KobraJournalWriter *self,
         KobraJournalJob    *job,
         GError            **error)
{
  if (self->active == 0)
    return refuse (self, job, KOBRA_JOURNAL_ERROR_RUN);
  if (!kobra_journal_sql_end_run (self->sql, self->active, job->at, error))
    return FALSE;
  self->active = 0;
  return TRUE;
}

static gboolean
leave_run (KobraJournalWriter *self,
           KobraJournalJob    *job,
           GError            **error)
{
  self->active = 0;
  return TRUE;
}

static gboolean
find_unfinished (KobraJournalWriter *self,
                 KobraJournalJob    *job,
                 GError            **error)
{
  if (self->active != 0 || kobra_journal_lock_is_taken (self->lock_fd, KOBRA_JOURNAL_LOCK_SENDING))
    return refuse (self, job, KOBRA_JOURNAL_ERROR_BUSY);
  return kobra_journal_sql_find_unfinished (self->sql, &job->about, &job->resume, error);
}

static KobraJournalStore
get_store (KobraJournalWriter *self)
{
  return (KobraJournalStore) { self->path, self->sql, self->lock_fd, self->open, self->active != 0 };
}

static gboolean
call (KobraJournalWriter *self,
      KobraJournalJob    *job,
      GError            **error)
{
  KobraJournalStore store = get_store (self);

  return job->carry_out (&store, job->call_about, job->at, &job->round, error);
}

static const struct
{
  gboolean (*carry_out) (KobraJournalWriter *self, KobraJournalJob *job, GError **error);
  gboolean is_alone; /* in no transaction: it must see what is on disk, not what is about to be */
} jobs[KOBRA_JOURNAL_N_JOBS] = {
  [KOBRA_JOURNAL_JOB_BEGIN_RUN] = { begin_run, FALSE },
  [KOBRA_JOURNAL_JOB_RESUME_RUN] = { resume_run, FALSE },
  [KOBRA_JOURNAL_JOB_EVENT] = { add_event, FALSE },
  [KOBRA_JOURNAL_JOB_END_RUN] = { end_run, FALSE },
  [KOBRA_JOURNAL_JOB_LEAVE_RUN] = { leave_run, FALSE },
  [KOBRA_JOURNAL_JOB_FIND_UNFINISHED] = { find_unfinished, TRUE },
  [KOBRA_JOURNAL_JOB_CALL] = { call, FALSE },
  [KOBRA_JOURNAL_JOB_CALL_ALONE] = { call, TRUE },
};

static void
settle_lock (KobraJournalWriter *self)
{
  if (self->active != 0)
    return;
  g_ptr_array_set_size (self->owed, 0);
  kobra_journal_lock_try (self->path, self->lock_fd, KOBRA_JOURNAL_LOCK_SENDING, KOBRA_JOURNAL_HOLD_NOT, NULL);
}

/* In one transaction, which was begun, and after what is owed: all of it is on disk, or nothing and everything here is as before. */
static gboolean
write_together (KobraJournalWriter *self,
                KobraJournalJob   **together,
                guint               n,
                GError            **error)
{
  gint64   before = self->active;
  gboolean is_fine = TRUE;

  for (guint i = 0; i < self->owed->len && is_fine; i++)
    is_fine = write_event (self, g_ptr_array_index (self->owed, i), error);
  for (guint i = 0; i < n && is_fine; i++)
    is_fine = jobs[together[i]->kind].carry_out (self, together[i], error);
  is_fine = is_fine && kobra_journal_sql_commit (self->sql, error);
  if (is_fine)
    {
      g_ptr_array_set_size (self->owed, 0);
    }
  else
    {
      kobra_journal_sql_rollback (self->sql);
      self->active = before;
      for (guint i = 0; i < n; i++)
        {
          g_clear_error (&together[i]->error);
          together[i]->round.again = FALSE;
        }
    }
  settle_lock (self);
  return is_fine;
}

/* A result is true whether it can be written or not. It is kept for the next transaction, so that nothing later stands in the journal
 * without it, the end of the run least of all. A request that could not be written does not leave, and there is nothing to keep. */
static void
owe (KobraJournalWriter *self,
     KobraJournalJob    *job)
{
  KobraJournalJob *copy = kobra_journal_job_new (job->kind, NULL, NULL);

  copy->at = job->at;
  copy->result = job->result;
  copy->type = g_steal_pointer (&job->type);
  copy->message = g_steal_pointer (&job->message);
  copy->packed = g_steal_pointer (&job->packed);
  g_ptr_array_add (self->owed, copy);
}

static void
tell_failed (KobraJournalWriter *self,
             KobraJournalJob    *job)
{
  KobraJournalStore store = get_store (self);

  kobra_journal_store_failed (&store, job->carry_out, job->call_about);
}

static void
give_up (KobraJournalWriter *self,
         KobraJournalJob    *job,
         const GError       *error)
{
  job->error = g_error_copy (error);
  if (job->kind == KOBRA_JOURNAL_JOB_EVENT && job->request == 0 && job->packed != NULL && self->active != 0)
    owe (self, job);
  else if (job->kind == KOBRA_JOURNAL_JOB_CALL)
    tell_failed (self, job);
  else if (job->kind == KOBRA_JOURNAL_JOB_LEAVE_RUN)
    self->active = 0; /* who left writes nothing more, whatever the disk says */
  settle_lock (self);
}

/* What is too much for the disk together may fit one by one, up to the first that does not. What keeps a transaction from even beginning is
 * no job's own fault: then all have failed. */
static void
write_part (KobraJournalWriter *self,
            KobraJournalJob   **part,
            guint               n)
{
  g_autoptr (GError) error = NULL;
  gboolean           is_begun = kobra_journal_sql_begin (self->sql, &error);
  guint              n_written = 0;

  if (is_begun && write_together (self, part, n, &error))
    return;
  while (is_begun && n > 1 && n_written < n)
    {
      g_clear_error (&error);
      if (!kobra_journal_sql_begin (self->sql, &error) || !write_together (self, &part[n_written], 1, &error))
        break;
      n_written++;
    }
  for (guint i = n_written; i < n; i++)
    give_up (self, part[i], error);
}

static void
carry_out_alone (KobraJournalWriter *self,
            KobraJournalJob    *job)
{
  g_autoptr (GError) error = NULL;

  if (!jobs[job->kind].carry_out (self, job, &error))
    job->error = g_steal_pointer (&error);
}

void
kobra_journal_writer_write (KobraJournalWriter *self,
                            KobraJournalJob   **list,
                            guint               n_jobs)
{
  for (guint from = 0, to; from < n_jobs; from = to)
    {
      to = from;
      while (to < n_jobs && !jobs[list[to]->kind].is_alone)
        to++;
      if (to > from)
        write_part (self, &list[from], to - from);
      else
        carry_out_alone (self, list[to++]);
    }
}

const char *
kobra_journal_writer_get_path (KobraJournalWriter *self)
{
  return self->path;
}

int
kobra_journal_writer_get_lock_fd (KobraJournalWriter *self)
{
  return self->lock_fd;
}

gint64
kobra_journal_writer_get_run (KobraJournalWriter *self)
{
  return self->active;
}

/* Opening */

/* @aside: where it is now; NULL if it could not be set aside. */
static gboolean
set_aside (const char *path,
           char      **aside,
           GError    **error)
{
  g_free (*aside);
  *aside = kobra_journal_file_set_aside (path, error);
  return *aside != NULL;
}

/* What can still be read of the one that was set aside is taken over; what cannot is in the file that was. */
static void
recover (KobraJournalWriter *self,
         const char         *aside,
         char              **notice)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *from = g_filename_display_name (self->path);
  g_autofree char   *to = g_filename_display_name (aside);
  g_autofree char   *rest = NULL;
  guint              n_imports = 0;

  if (!kobra_journal_recover (self->sql, aside, &n_imports, &error))
    rest = g_strdup (error->message);
  else if (n_imports > 0)
    rest = g_strdup_printf (ngettext ("%u import could be recovered from it.", "%u imports could be recovered from it.", n_imports), n_imports);
  else
    rest = g_strdup (_ ("What was sent before cannot be gone on with; sending those records again is safe."));
  /* TRANSLATORS: a file's path, another one, and what could be recovered */
  *notice = g_strdup_printf (_ ("The journal “%s” is damaged. It was set aside as “%s”, and a new one was started. %s"), from, to, rest);
}

/* Shares the file with all that have it open, or has it alone if there are none; waits while somebody else has it alone. */
static gboolean
enter (KobraJournalWriter *self,
       gboolean           *alone,
       GError            **error)
{
  g_autoptr (GError) cause = NULL;
  gint64             deadline = g_get_monotonic_time () + PATIENCE_MICROSECONDS;

  for (;;)
    {
      *alone = kobra_journal_lock_try (self->path, self->lock_fd, KOBRA_JOURNAL_LOCK_OPEN, KOBRA_JOURNAL_HOLD_ALONE, &cause);
      if (*alone || (cause == NULL && kobra_journal_lock_try (self->path, self->lock_fd, KOBRA_JOURNAL_LOCK_OPEN, KOBRA_JOURNAL_HOLD_SHARED, &cause)))
        return TRUE;
      if (cause != NULL || g_get_monotonic_time () > deadline)
        break;
      g_usleep (PAUSE_MICROSECONDS);
    }
  if (cause != NULL)
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    kobra_journal_set_error (self->path, KOBRA_JOURNAL_ERROR_BUSY, error);
  return FALSE;
}

static gboolean
open_alone (KobraJournalWriter *self,
            char              **notice,
            GError            **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char   *aside = NULL;

  if (kobra_journal_file_is_log_only (self->path) && !set_aside (self->path, &aside, error))
    return FALSE;
  if (!kobra_journal_file_make (self->path, error))
    return FALSE;
  self->sql = kobra_journal_sql_open (self->path, TRUE, &cause);
  if (self->sql == NULL && g_error_matches (cause, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_DAMAGED))
    {
      g_clear_error (&cause);
      if (!set_aside (self->path, &aside, error) || !kobra_journal_file_make (self->path, error))
        return FALSE;
      self->sql = kobra_journal_sql_open (self->path, TRUE, &cause);
    }
  if (self->sql == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  if (aside != NULL)
    recover (self, aside, notice);
  return kobra_journal_lock_try (self->path, self->lock_fd, KOBRA_JOURNAL_LOCK_OPEN, KOBRA_JOURNAL_HOLD_SHARED, error);
}

static gboolean
open_shared (KobraJournalWriter *self,
             GError            **error)
{
  if (!g_file_test (self->path, G_FILE_TEST_EXISTS))
    kobra_journal_set_error (self->path, KOBRA_JOURNAL_ERROR_MOVED, error);
  else
    self->sql = kobra_journal_sql_open (self->path, FALSE, error);
  return self->sql != NULL;
}

/* The name that the file has when links are followed, as SQLite does: what lies beside it must lie beside that. */
static char *
find_path (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  char            *real = realpath (absolute, NULL);
  char            *found = g_strdup (real != NULL ? real : absolute);

  free (real);
  return found;
}

KobraJournalWriter *
kobra_journal_writer_open (const char *path,
                           char      **notice,
                           GError    **error)
{
  g_autoptr (KobraJournalWriter) self = g_new0 (KobraJournalWriter, 1);
  gboolean                       alone;

  self->path = find_path (path);
  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->owed = g_ptr_array_new_with_free_func ((GDestroyNotify) kobra_journal_job_free);
  self->lock_fd = kobra_journal_file_check (self->path, error) ? kobra_journal_lock_file (self->path, error) : -1;
  if (self->lock_fd < 0 || !enter (self, &alone, error))
    return NULL;
  if (alone ? open_alone (self, notice, error) : open_shared (self, error))
    return g_steal_pointer (&self);
  return NULL;
}

void
kobra_journal_writer_free (KobraJournalWriter *self)
{
  if (self->sql != NULL && self->owed->len > 0)
    write_part (self, NULL, 0); /* the last chance of what is owed */
  g_clear_pointer (&self->sql, kobra_journal_sql_free);
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  g_ptr_array_unref (self->owed);
  g_hash_table_unref (self->open);
  g_free (self->path);
  g_free (self);
}
