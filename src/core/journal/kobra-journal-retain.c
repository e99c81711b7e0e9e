/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is kept how long. Of an import that nobody has changed for a while only the counts are kept, which cannot be undone, so the clock must be
 * believed first: one that once read 2040 would have everything forgotten. A time is believed if it comes shortly after the last one that was,
 * or if nothing hangs on it; else somebody has to say that it is right.
 */

#include "kobra-journal-store.h"

#include "kobra-journal-file.h"

#include "kobra-banned.h"

/* Clocks are put right by so much, and nobody need be asked. */
#define MAX_STEP_BACK G_TIME_SPAN_DAY

/* A part of what records are kept for, in these limits, may pass between two uses of the program: a wrong date can cost no more of it. */
#define STEP_AHEAD_PART 3
#define MIN_STEP_AHEAD (3 * G_TIME_SPAN_DAY)
#define MAX_STEP_AHEAD (31 * G_TIME_SPAN_DAY)

#define INTEGER(x) KOBRA_QUERY_INTEGER (x)
#define VALUES(...) KOBRA_QUERY_VALUES (__VA_ARGS__)

/* All that is about the records of an import; its counts stay. */
static const char *const record_deletions[] = {
  "DELETE FROM snapshots WHERE import = ?",
  "DELETE FROM forgotten WHERE import = ?",
  "DELETE FROM runs WHERE import = ?",
  "DELETE FROM origins WHERE import = ?",
  "UPDATE imports SET settings = '{}', source_uri = '', reopens = 0, closed = coalesce (closed, changed) WHERE id = ?",
};

/* IDs of the imports that @sql finds by @value and nobody has open. */
static GArray *
find_free (KobraJournalStore *store,
           const char        *sql,
           gint64             value,
           GError           **error)
{
  const KobraQuery           query = kobra_journal_sql_query (store->sql);
  g_autoptr (KobraStatement) statement = kobra_query_start (&query, sql, VALUES (INTEGER (value)), error);
  g_autoptr (GArray)         ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean                   has_row;

  if (statement == NULL)
    return NULL;
  while (kobra_query_step (&query, statement, &has_row, error))
    {
      gint64 id;

      if (!has_row)
        return g_steal_pointer (&ids);
      id = sqlite3_column_int64 (statement, 0);
      if (kobra_journal_store_is_free (store, id))
        g_array_append_val (ids, id);
    }
  return NULL;
}

/* Those with records that changed last before @before. */
static GArray *
find_old (KobraJournalStore *store,
          gint64             before,
          GError           **error)
{
  return find_free (store, "SELECT id FROM imports WHERE changed < ? AND EXISTS (SELECT 1 FROM snapshots WHERE import = imports.id)", before, error);
}

gboolean
kobra_journal_store_purge (KobraJournalStore *store,
                           gpointer           data,
                           gint64             at,
                           KobraJournalRound *round,
                           GError           **error)
{
  const KobraQuery   query = kobra_journal_sql_query (store->sql);
  g_autoptr (GArray) ids = find_free (store, "SELECT id FROM imports WHERE hidden IS NOT NULL AND ? = 0", 0, error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!kobra_query_run (&query, "DELETE FROM imports WHERE id = ?", VALUES (INTEGER (g_array_index (ids, gint64, i))), error))
      return FALSE;
  return TRUE;
}

static gboolean
forget (KobraJournalStore *store,
        GArray            *ids,
        gint64             before,
        GError           **error)
{
  const KobraQuery query = kobra_journal_sql_query (store->sql);

  for (guint i = 0; i < ids->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (record_deletions); k++)
      if (!kobra_query_run (&query, record_deletions[k], VALUES (INTEGER (g_array_index (ids, gint64, i))), error))
        return FALSE;
  /* Runs from before there were imports, or of a terminal that kept none. */
  return store->is_sending || kobra_query_run (&query, "DELETE FROM runs WHERE import IS NULL AND begun < ?", VALUES (INTEGER (before)), error);
}

/* The latest time that was believed; of a journal that has noted none, that of its latest change; else @now. */
static gboolean
get_seen (KobraJournalStore *store,
          gint64             now,
          gint64            *seen,
          GError           **error)
{
  const KobraQuery query = kobra_journal_sql_query (store->sql);

  return kobra_query_number (&query, "SELECT coalesce ((SELECT seen FROM clock), (SELECT max (changed) FROM imports))", NULL, 0, now, seen, error);
}

static gboolean
is_believed (const KobraJournalRetention *retention,
             gint64                       seen,
             guint                        n_old,
             guint                        n_kept)
{
  gint64 most = CLAMP (retention->keep / STEP_AHEAD_PART, MIN_STEP_AHEAD, MAX_STEP_AHEAD);

  if (retention->is_sure || (retention->now >= seen - MAX_STEP_BACK && retention->now <= seen + most))
    return TRUE;
  return retention->now > seen ? n_old == 0 : n_kept == 0;
}

static gboolean
believe (KobraJournalStore *store,
         gint64             now,
         gint64             seen,
         GError           **error)
{
  const KobraQuery query = kobra_journal_sql_query (store->sql);
  gboolean         is_step_back = now < seen && now >= seen - MAX_STEP_BACK;
  gint64           believed = is_step_back ? seen : now;

  /* What changed when the clock was ahead changed no later than now. */
  return kobra_query_run (&query, "INSERT INTO clock (id, seen) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET seen = ?1", VALUES (INTEGER (believed)), error) &&
         kobra_query_run (&query, "UPDATE imports SET changed = ?1 WHERE changed > ?1", VALUES (INTEGER (believed)), error);
}

gboolean
kobra_journal_store_retain (KobraJournalStore *store,
                            gpointer           data,
                            gint64             at,
                            KobraJournalRound *round,
                            GError           **error)
{
  KobraJournalAbout           *about = data;
  const KobraJournalRetention *retention = &about->retention;
  KobraJournalRetained        *retained = about->retained;
  gint64                       before = retention->now - retention->keep, seen = 0;
  g_autoptr (GArray)           old = find_old (store, before, error);
  g_autoptr (GArray)           kept = old != NULL ? find_old (store, G_MAXINT64, error) : NULL;

  if (kept == NULL || !get_seen (store, retention->now, &seen, error))
    return FALSE;
  if (retained != NULL)
    *retained = (KobraJournalRetained) { !is_believed (retention, seen, old->len, kept->len), seen, old->len };
  if (!is_believed (retention, seen, old->len, kept->len))
    return TRUE;
  return believe (store, retention->now, seen, error) && forget (store, old, before, error);
}

gboolean
kobra_journal_store_forget_all (KobraJournalStore *store,
                                gpointer           data,
                                gint64             at,
                                KobraJournalRound *round,
                                GError           **error)
{
  g_autoptr (GArray) ids = find_old (store, G_MAXINT64, error);

  return ids != NULL && forget (store, ids, G_MAXINT64, error);
}

gboolean
kobra_journal_store_shrink (KobraJournalStore *store,
                            gpointer           data,
                            gint64             at,
                            KobraJournalRound *round,
                            GError           **error)
{
  const KobraQuery query = kobra_journal_sql_query (store->sql);
  gint64           n_free = 0;

  if (!kobra_query_number (&query, "PRAGMA freelist_count", NULL, 0, 0, &n_free, error))
    return FALSE;
  /* Somebody who reads keeps it from being done; then it is done the next time. */
  if (n_free > 0 && !store->is_sending)
    sqlite3_exec (query.db, "VACUUM", NULL, NULL, NULL);
  sqlite3_exec (query.db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL, NULL, NULL);
  return TRUE;
}
