/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The callbacks' side of imports: what is called becomes a job. kobra-journal-store.c does it. */

#include "kobra-journal-import.h"

#include "kobra-journal-private.h"
#include "kobra-journal-resume-private.h"

#include "kobra-banned.h"

struct _KobraJournalImport
{
  gatomicrefcount   ref_count; /* its own, and one for each call under way that tells its ID */
  KobraJournal     *journal;
  KobraJournalBook *book;
  gint64            id;        /* as far as callbacks have told */
};

static char **
get_strings (KobraJournalImportInfo *self,
             guint                   i)
{
  char **const strings[] = { &self->source_name, &self->source_uri, &self->source_digest, &self->kind, &self->connection,
                             &self->settings, &self->tag, &self->corrects, &self->corrected_name, &self->origins };

  return i < G_N_ELEMENTS (strings) ? strings[i] : NULL;
}

KobraJournalImportInfo *
kobra_journal_import_info_copy (const KobraJournalImportInfo *self)
{
  KobraJournalImportInfo *copy = g_memdup2 (self, sizeof *self);

  for (guint i = 0; get_strings (copy, i) != NULL; i++)
    *get_strings (copy, i) = g_strdup (*get_strings (copy, i));
  return copy;
}

void
kobra_journal_import_info_free (KobraJournalImportInfo *self)
{
  for (guint i = 0; get_strings (self, i) != NULL; i++)
    g_clear_pointer (get_strings (self, i), g_free);
  g_free (self);
}

static void
import_unref (KobraJournalImport *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  kobra_journal_book_unref (self->book);
  g_free (self);
}

static void
queue_call (KobraJournal        *journal,
            KobraJournalJobKind  kind,
            KobraJournalCarryOut carry_out,
            KobraJournalAbout   *about,
            KobraJournalDone     done,
            gpointer             data)
{
  KobraJournalJob *job = kobra_journal_job_new (kind, done, data);

  job->carry_out = carry_out;
  job->call_about = about;
  kobra_journal_queue (journal, job);
}

static void
call (KobraJournal        *journal,
      KobraJournalCarryOut carry_out,
      KobraJournalAbout   *about,
      KobraJournalDone     done,
      gpointer             data)
{
  queue_call (journal, KOBRA_JOURNAL_JOB_CALL, carry_out, about, done, data);
}

/* A call after which the ID is known. */
typedef struct
{
  KobraJournalImport *import;
  KobraJournalDone    done;
  gpointer            data;
} Entering;

static void
entered_cb (const GError *error,
            gpointer      data)
{
  Entering *entering = data;

  if (error == NULL)
    entering->import->id = entering->import->book->id;
  if (entering->done != NULL)
    entering->done (error, entering->data);
  import_unref (entering->import);
  g_free (entering);
}

static KobraJournalImport *
enter (KobraJournal        *journal,
       KobraJournalCarryOut carry_out,
       KobraJournalAbout   *about,
       KobraJournalDone     done,
       gpointer             data)
{
  KobraJournalImport *self = g_new0 (KobraJournalImport, 1);
  Entering           *entering = g_new (Entering, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_atomic_ref_count_inc (&self->ref_count);
  self->journal = journal;
  self->book = about->book = kobra_journal_book_new ();
  kobra_journal_book_ref (self->book);
  *entering = (Entering) { self, done, data };
  call (journal, carry_out, about, entered_cb, entering);
  return self;
}

KobraJournalBook *
kobra_journal_import_get_book (KobraJournalImport *self)
{
  return self->book;
}

KobraJournalImport *
kobra_journal_add_import (KobraJournal                 *journal,
                          const KobraJournalImportInfo *info,
                          KobraJournalDone              done,
                          gpointer                      data)
{
  KobraJournalAbout *about;

  g_return_val_if_fail (journal != NULL && info != NULL, NULL);

  about = kobra_journal_about_new (NULL);
  about->info = kobra_journal_import_info_copy (info);
  return enter (journal, kobra_journal_store_add, about, done, data);
}

KobraJournalImport *
kobra_journal_open_import (KobraJournal    *journal,
                           gint64           id,
                           KobraJournalDone done,
                           gpointer         data)
{
  KobraJournalAbout *about;

  g_return_val_if_fail (journal != NULL, NULL);

  about = kobra_journal_about_new (NULL);
  about->id = id;
  return enter (journal, kobra_journal_store_open, about, done, data);
}

gint64
kobra_journal_import_get_id (KobraJournalImport *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->id;
}

void
kobra_journal_import_write_all (KobraJournalImport *self,
                                KobraJournalPack    pack,
                                gpointer            pack_data,
                                GDestroyNotify      free_data,
                                KobraJournalDone    done,
                                gpointer            data)
{
  KobraJournalAbout *about;

  g_return_if_fail (self != NULL && pack != NULL);

  about = kobra_journal_about_new (self->book);
  about->pack = pack;
  about->pack_data = pack_data;
  about->free_pack_data = free_data;
  call (self->journal, kobra_journal_store_write, about, done, data);
}

void
kobra_journal_import_splice (KobraJournalImport *self,
                             guint               position,
                             guint               n_removed,
                             KobraJournalRemoved removed,
                             KobraJournalPack    pack,
                             gpointer            pack_data,
                             GDestroyNotify      free_data,
                             KobraJournalDone    done,
                             gpointer            data)
{
  KobraJournalAbout *about;

  g_return_if_fail (self != NULL && (removed != NULL || n_removed == 0));

  about = kobra_journal_about_new (self->book);
  about->position = position;
  about->n_removed = n_removed;
  about->removed = removed;
  about->pack = pack;
  about->pack_data = pack_data;
  about->free_pack_data = free_data;
  call (self->journal, kobra_journal_store_splice, about, done, data);
}

void
kobra_journal_import_forget (KobraJournalImport *self,
                             const guint32      *ids,
                             guint               n,
                             KobraJournalDone    done,
                             gpointer            data)
{
  KobraJournalAbout *about;

  g_return_if_fail (self != NULL && (ids != NULL || n == 0));

  about = kobra_journal_about_new (self->book);
  about->ids = kobra_journal_pack_ids (ids, n);
  call (self->journal, kobra_journal_store_forget, about, done, data);
}

void
kobra_journal_import_describe (KobraJournalImport           *self,
                               const KobraJournalImportInfo *info,
                               KobraJournalDone              done,
                               gpointer                      data)
{
  KobraJournalAbout *about;

  g_return_if_fail (self != NULL && info != NULL);

  about = kobra_journal_about_new (self->book);
  about->info = kobra_journal_import_info_copy (info);
  call (self->journal, kobra_journal_store_describe, about, done, data);
}

void
kobra_journal_import_close (KobraJournalImport *self,
                            KobraJournalClosing closing)
{
  KobraJournalAbout *about;

  g_return_if_fail (self != NULL);

  about = kobra_journal_about_new (self->book);
  about->closing = closing;
  /* What is to be kept is written to its end first. */
  g_atomic_int_set (&self->book->is_left, closing == KOBRA_JOURNAL_CLOSING_DELETES);
  call (self->journal, kobra_journal_store_close, about, NULL, NULL);
  import_unref (self);
}

void
kobra_journal_import_drop (KobraJournalImport *self)
{
  import_unref (self);
}

void
kobra_journal_import_adopt_run (KobraJournalImport       *self,
                                gint64                    run,
                                const KobraJournalRecord *records,
                                guint                     n)
{
  KobraJournalAbout *about;

  g_return_if_fail (self != NULL && (records != NULL || n == 0));

  about = kobra_journal_about_new (self->book);
  about->id = run;
  about->ids = kobra_journal_pack_record_ids (records, n);
  call (self->journal, kobra_journal_store_adopt, about, NULL, NULL);
}

void
kobra_journal_sync (KobraJournal    *self,
                    KobraJournalDone done,
                    gpointer         data)
{
  g_return_if_fail (self != NULL);

  call (self, kobra_journal_store_sync, kobra_journal_about_new (NULL), done, data);
}

void
kobra_journal_hide_import (KobraJournal    *self,
                           gint64           id,
                           gboolean         hide,
                           KobraJournalDone done,
                           gpointer         data)
{
  KobraJournalAbout *about;

  g_return_if_fail (self != NULL);

  about = kobra_journal_about_new (NULL);
  about->id = id;
  about->flag = hide;
  call (self, kobra_journal_store_hide, about, done, data);
}

void
kobra_journal_note_reopened (KobraJournal *self)
{
  g_return_if_fail (self != NULL);

  call (self, kobra_journal_store_reopened, kobra_journal_about_new (NULL), NULL, NULL);
}

/* Gives back to the disk what calls before it made free. */
static void
shrink (KobraJournal    *self,
        KobraJournalDone done,
        gpointer         data)
{
  queue_call (self, KOBRA_JOURNAL_JOB_CALL_ALONE, kobra_journal_store_shrink, kobra_journal_about_new (NULL), done, data);
}

void
kobra_journal_purge (KobraJournal    *self,
                     KobraJournalDone done,
                     gpointer         data)
{
  g_return_if_fail (self != NULL);

  call (self, kobra_journal_store_purge, kobra_journal_about_new (NULL), NULL, NULL);
  shrink (self, done, data);
}

void
kobra_journal_retain (KobraJournal                *self,
                      const KobraJournalRetention *retention,
                      KobraJournalRetained        *retained,
                      KobraJournalDone             done,
                      gpointer                     data)
{
  KobraJournalAbout *about;

  g_return_if_fail (self != NULL && retention != NULL);

  about = kobra_journal_about_new (NULL);
  about->retention = *retention;
  about->retained = retained;
  call (self, kobra_journal_store_retain, about, done, data);
  shrink (self, NULL, NULL);
}

void
kobra_journal_forget_records (KobraJournal    *self,
                              KobraJournalDone done,
                              gpointer         data)
{
  g_return_if_fail (self != NULL);

  call (self, kobra_journal_store_forget_all, kobra_journal_about_new (NULL), NULL, NULL);
  shrink (self, done, data);
}
