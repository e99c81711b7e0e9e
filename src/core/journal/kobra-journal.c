/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The object and its thread. A call packs what it was told into a job and queues it. The thread takes all that is queued and has it written
 * together, so that a hundred small results cost one sync of the disk, then hands the jobs back to the main context of the callbacks.
 */

#include "kobra-journal.h"

#include <string.h>

#include "kobra-journal-private.h"
#include "kobra-journal-resume-private.h"

#include "kobra-banned.h"

#define MAX_WORDS_BYTES 16384

struct _KobraJournal
{
  gatomicrefcount     ref_count;
  char               *notice;
  char               *path;    /* with links followed */
  int                 lock_fd; /* the writer's */
  GMainContext       *context;
  GThread            *thread;
  KobraJournalWriter *writer; /* the thread's own, from its start to its end */

  GMutex              mutex;  /* of all below */
  GCond               changed;
  GQueue              queued; /* KobraJournalJob */
  GQueue              ended;  /* KobraJournalJob, waiting for their done */
  GSource            *source; /* that will call it, or NULL */
  gint64              run;
  gboolean            is_busy;
  gboolean            is_closing;
};

static KobraJournal *
journal_ref (KobraJournal *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
journal_unref (gpointer data)
{
  KobraJournal *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_clear_pointer (&self->writer, kobra_journal_writer_free);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self->notice);
  g_free (self->path);
  g_free (self);
}

static KobraJournalJob *
take_ended (KobraJournal *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  return g_queue_pop_head (&self->ended);
}

static void
call_dones (KobraJournal *self)
{
  KobraJournalJob *job;

  while ((job = take_ended (self)) != NULL)
    {
      if (job->done != NULL)
        job->done (job->error, job->data);
      kobra_journal_job_free (job);
    }
}

/* The source holds a reference: a done may close the journal. */
static gboolean
jobs_ended_cb (gpointer data)
{
  KobraJournal *self = data;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->source, g_source_unref);
  g_mutex_unlock (&self->mutex);
  call_dones (self);
  return G_SOURCE_REMOVE;
}

/* Under the mutex. */
static void
schedule_dones (KobraJournal *self)
{
  if (self->source != NULL || g_queue_is_empty (&self->ended))
    return;
  self->source = g_idle_source_new ();
  g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->source, jobs_ended_cb, journal_ref (self), journal_unref);
  g_source_set_static_name (self->source, "[kobra-import] journal");
  g_source_attach (self->source, self->context);
}

/* Under the mutex, but for the time of the writing itself. */
static void
write_queued (KobraJournal *self)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();
  KobraJournalJob      *job;

  while ((job = g_queue_pop_head (&self->queued)) != NULL)
    g_ptr_array_add (jobs, job);
  self->is_busy = TRUE;
  g_mutex_unlock (&self->mutex);

  kobra_journal_writer_write (self->writer, (KobraJournalJob **) jobs->pdata, jobs->len);

  g_mutex_lock (&self->mutex);
  self->is_busy = FALSE;
  self->run = kobra_journal_writer_get_run (self->writer);
  for (guint i = 0; i < jobs->len; i++)
    {
      job = g_ptr_array_index (jobs, i);
      if (job->error == NULL && job->round.again)
        {
          /* Whatever was asked for since comes in between: a long write holds nobody up. */
          job->round = (KobraJournalRound) { .round = job->round.round + 1 };
          g_queue_push_tail (&self->queued, job);
          continue;
        }
      job->is_answered = TRUE;
      if (job->kind != KOBRA_JOURNAL_JOB_FIND_UNFINISHED) /* who waits for it has it */
        g_queue_push_tail (&self->ended, job);
    }
  schedule_dones (self);
  g_cond_broadcast (&self->changed);
}

static gpointer
write_in_thread (gpointer data)
{
  KobraJournal *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->is_closing)
    if (g_queue_is_empty (&self->queued))
      g_cond_wait (&self->changed, &self->mutex);
    else
      write_queued (self);
  g_mutex_unlock (&self->mutex);
  g_clear_pointer (&self->writer, kobra_journal_writer_free);
  return NULL;
}

void
kobra_journal_queue (KobraJournal    *self,
                     KobraJournalJob *job)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_queue_push_tail (&self->queued, job);
  g_cond_broadcast (&self->changed);
}

/* What a server says is bytes until it was looked at: cut to size between two characters, and made UTF-8. */
static char *
dup_words (const char *words)
{
  gsize length = words != NULL ? strnlen (words, MAX_WORDS_BYTES) : 0;

  if (length == 0)
    return NULL;
  if (length == MAX_WORDS_BYTES)
    while (length > 0 && (words[length] & 0xc0) == 0x80)
      length--;
  return g_utf8_make_valid (words, (gssize) length);
}

/* An open file, on its way from the thread that opened it to the object. */
typedef struct
{
  char               *path;
  KobraJournalWriter *writer;
  char               *notice;
} Opening;

static void
opening_free (Opening *opening)
{
  g_clear_pointer (&opening->writer, kobra_journal_writer_free);
  g_clear_pointer (&opening->path, g_free);
  g_clear_pointer (&opening->notice, g_free);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static Opening *
opening_new (const char *path)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->path = g_strdup (path);
  return opening;
}

static gboolean
open_file (Opening *opening,
           GError **error)
{
  opening->writer = kobra_journal_writer_open (opening->path, &opening->notice, error);
  return opening->writer != NULL;
}

/* The rest, in the thread whose main context the callbacks come in. */
static KobraJournal *
start (Opening *opening,
       GError **error)
{
  KobraJournal *self = g_new0 (KobraJournal, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->context = g_main_context_ref_thread_default ();
  self->notice = g_steal_pointer (&opening->notice);
  self->writer = g_steal_pointer (&opening->writer);
  self->path = g_strdup (kobra_journal_writer_get_path (self->writer));
  self->lock_fd = kobra_journal_writer_get_lock_fd (self->writer);
  self->thread = g_thread_try_new ("journal", write_in_thread, self, error);
  if (self->thread == NULL)
    g_clear_pointer (&self, journal_unref);
  return self;
}

KobraJournal *
kobra_journal_open (const char *path,
                    GError    **error)
{
  g_autoptr (Opening) opening = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  opening = opening_new (path);
  return open_file (opening, error) ? start (opening, error) : NULL;
}

static void
open_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  if (open_file (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
kobra_journal_open_async (const char         *path,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (path != NULL);

  g_task_set_source_tag (task, kobra_journal_open_async);
  g_task_set_task_data (task, opening_new (path), (GDestroyNotify) opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

KobraJournal *
kobra_journal_open_finish (GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, kobra_journal_open_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  return start (g_task_get_task_data (G_TASK (result)), error);
}

/* Whether all that was asked for was done and told; waits for what is under way. */
static gboolean
wait_for_rest (KobraJournal *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (g_queue_is_empty (&self->ended) && (self->is_busy || !g_queue_is_empty (&self->queued)))
    g_cond_wait (&self->changed, &self->mutex);
  self->is_closing = g_queue_is_empty (&self->ended);
  g_cond_broadcast (&self->changed);
  return self->is_closing;
}

void
kobra_journal_close (KobraJournal *self)
{
  g_return_if_fail (self != NULL);

  while (!wait_for_rest (self))
    call_dones (self);
  g_thread_join (self->thread);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  journal_unref (self);
}

const char *
kobra_journal_get_notice (KobraJournal *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->notice;
}

const char *
kobra_journal_get_path (KobraJournal *self)
{
  return self->path;
}

int
kobra_journal_get_lock_fd (KobraJournal *self)
{
  return self->lock_fd;
}

gint64
kobra_journal_get_run (KobraJournal *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (self != NULL, 0);

  locker = g_mutex_locker_new (&self->mutex);
  return self->run;
}

static void
copy_run (KobraJournalRun       *to,
          const KobraJournalRun *from)
{
  *to = *from;
  to->source_name = g_strdup (from->source_name);
  to->source_digest = g_strdup (from->source_digest);
  to->base_url = g_strdup (from->base_url);
  to->kind = g_strdup (from->kind);
  to->import = NULL;
}

void
kobra_journal_begin_run (KobraJournal             *self,
                         const KobraJournalRun    *run,
                         const KobraJournalRecord *records,
                         guint                     n,
                         KobraJournalDone          done,
                         gpointer                  data)
{
  KobraJournalJob *job;

  g_return_if_fail (self != NULL && run != NULL);
  g_return_if_fail (records != NULL || n == 0);

  job = kobra_journal_job_new (KOBRA_JOURNAL_JOB_BEGIN_RUN, done, data);
  copy_run (&job->about, run);
  job->packed = kobra_journal_pack_records (records, n);
  if (run->import != NULL)
    {
      job->book = kobra_journal_book_ref (kobra_journal_import_get_book (run->import));
      job->record_ids = kobra_journal_pack_record_ids (records, n);
    }
  kobra_journal_queue (self, job);
}

void
kobra_journal_resume_run (KobraJournal    *self,
                          gint64           run,
                          KobraJournalDone done,
                          gpointer         data)
{
  KobraJournalJob *job;

  g_return_if_fail (self != NULL);

  job = kobra_journal_job_new (KOBRA_JOURNAL_JOB_RESUME_RUN, done, data);
  job->run = run;
  kobra_journal_queue (self, job);
}

void
kobra_journal_begin_request (KobraJournal    *self,
                             guint            request,
                             const guint32   *ids,
                             guint            n,
                             KobraJournalDone done,
                             gpointer         data)
{
  KobraJournalJob *job;

  g_return_if_fail (self != NULL && request > 0);
  g_return_if_fail (ids != NULL || n == 0);

  job = kobra_journal_job_new (KOBRA_JOURNAL_JOB_EVENT, done, data);
  job->request = request;
  job->result = KOBRA_JOURNAL_IN_FLIGHT;
  job->packed = kobra_journal_pack_ids (ids, n);
  kobra_journal_queue (self, job);
}

void
kobra_journal_results (KobraJournal    *self,
                       const guint32   *ids,
                       guint            n,
                       int              result,
                       const char      *type,
                       const char      *message,
                       KobraJournalDone done,
                       gpointer         data)
{
  KobraJournalJob *job;

  g_return_if_fail (self != NULL && result > 0);
  g_return_if_fail (ids != NULL || n == 0);

  job = kobra_journal_job_new (KOBRA_JOURNAL_JOB_EVENT, done, data);
  job->result = result;
  job->type = dup_words (type);
  job->message = dup_words (message);
  job->packed = kobra_journal_pack_ids (ids, n);
  kobra_journal_queue (self, job);
}

void
kobra_journal_end_run (KobraJournal    *self,
                       KobraJournalDone done,
                       gpointer         data)
{
  g_return_if_fail (self != NULL);

  kobra_journal_queue (self, kobra_journal_job_new (KOBRA_JOURNAL_JOB_END_RUN, done, data));
}

void
kobra_journal_leave_run (KobraJournal    *self,
                         KobraJournalDone done,
                         gpointer         data)
{
  g_return_if_fail (self != NULL);

  kobra_journal_queue (self, kobra_journal_job_new (KOBRA_JOURNAL_JOB_LEAVE_RUN, done, data));
}

gboolean
kobra_journal_find_unfinished (KobraJournal          *self,
                               const KobraJournalRun *like,
                               KobraJournalResume   **resume,
                               GError               **error)
{
  g_autoptr (KobraJournalJob) job = NULL;

  g_return_val_if_fail (self != NULL && like != NULL && resume != NULL, FALSE);

  *resume = NULL;
  job = kobra_journal_job_new (KOBRA_JOURNAL_JOB_FIND_UNFINISHED, NULL, NULL);
  copy_run (&job->about, like);
  kobra_journal_queue (self, job);
  g_mutex_lock (&self->mutex);
  while (!job->is_answered)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
  if (job->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&job->error));
      return FALSE;
    }
  *resume = g_steal_pointer (&job->resume);
  return TRUE;
}
