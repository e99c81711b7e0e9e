/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-problems.h"

#include <string.h>

#include "kobra-problems-private.h"

#include "kobra-banned.h"

/* A pool smaller than this is never packed anew. */
#define MIN_PACKED 4096u

typedef enum
{
  READY,
  WARNING,
  INVALID,
  ABSENT, /* no record has this ID */
  N_STATES
} State;

typedef struct
{
  guint32 offset; /* of its problems in the pool */
  guint16 n;
  guint16 state;  /* State */
} Entry;

struct _KobraProblems
{
  Entry         *entries; /* by ID */
  guint32        n_entries;

  KobraProblem  *pool;    /* the lists of all records, and what edits left behind */
  gsize          n_pool, pool_room, n_waste;

  guint          n_records[N_STATES];
  guint          counts[KOBRA_N_PROBLEMS][KOBRA_MAX_FIELDS];

  KobraKeyIndex *keys;
  KobraArena    *arena;
};

static Entry *
get_entry (KobraProblems *self,
           guint32        id)
{
  return id < self->n_entries && self->entries[id].state != ABSENT ? &self->entries[id] : NULL;
}

static const KobraProblem *
peek_list (KobraProblems *self,
           const Entry   *entry)
{
  return self->pool + entry->offset;
}

static State
judge (const KobraProblem *problems,
       guint               n)
{
  State state = READY;

  for (guint i = 0; i < n; i++)
    state = MAX (state, kobra_problem_get_severity ((KobraProblemCode) problems[i].code) == KOBRA_SEVERITY_ERROR ? INVALID : WARNING);
  return state;
}

static gboolean
reserve_pool (KobraProblems *self,
              gsize          room)
{
  KobraProblem *pool;

  if (room <= self->pool_room)
    return TRUE;
  pool = g_try_renew (KobraProblem, self->pool, room);
  if (pool == NULL)
    return FALSE;
  self->pool = pool;
  self->pool_room = room;
  return TRUE;
}

/* Leaves the waste behind. */
static void
pack_pool (KobraProblems *self)
{
  g_autofree KobraProblem *old = self->pool;

  self->pool_room = self->n_pool - self->n_waste;
  self->pool = g_new (KobraProblem, self->pool_room);
  self->n_pool = self->n_waste = 0;
  for (guint32 id = 0; id < self->n_entries; id++)
    {
      Entry *entry = &self->entries[id];

      if (entry->state == ABSENT || entry->n == 0)
        continue;
      memcpy (self->pool + self->n_pool, old + entry->offset, entry->n * sizeof (KobraProblem));
      entry->offset = (guint32) self->n_pool;
      self->n_pool += entry->n;
    }
}

static void
append_list (KobraProblems      *self,
             Entry              *entry,
             const KobraProblem *problems,
             guint               n)
{
  if (self->n_pool + n > self->pool_room)
    {
      self->pool_room = MAX (self->n_pool + n, self->pool_room + self->pool_room / 2);
      self->pool = g_renew (KobraProblem, self->pool, self->pool_room);
    }
  entry->offset = (guint32) self->n_pool;
  if (n > 0)
    memcpy (self->pool + self->n_pool, problems, n * sizeof (KobraProblem));
  self->n_pool += n;
}

/* Adds what an entry holds to the counts, or takes it out. */
static void
count (KobraProblems *self,
       const Entry   *entry,
       int            sign)
{
  const KobraProblem *problems = peek_list (self, entry);

  self->n_records[entry->state] += (guint) sign;
  for (guint i = 0; i < entry->n; i++)
    self->counts[problems[i].code][problems[i].field] += (guint) sign;
}

static gboolean
is_list (KobraProblems      *self,
         const Entry        *entry,
         const KobraProblem *problems,
         guint               n)
{
  const KobraProblem *now = peek_list (self, entry);

  if (entry->n != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (now[i].code != problems[i].code || now[i].field != problems[i].field)
      return FALSE;
  return TRUE;
}

/* Gives a record that is here another list. Returns FALSE if it is the same. */
static gboolean
replace_list (KobraProblems      *self,
              Entry              *entry,
              const KobraProblem *problems,
              guint               n)
{
  if (is_list (self, entry, problems, n))
    return FALSE;
  count (self, entry, -1);
  self->n_waste += entry->n > n ? entry->n - n : 0;
  if (entry->n >= n)
    {
      if (n > 0)
        memcpy (self->pool + entry->offset, problems, n * sizeof (KobraProblem));
    }
  else
    {
      self->n_waste += entry->n;
      append_list (self, entry, problems, n);
    }
  entry->n = (guint16) n;
  entry->state = judge (problems, n);
  count (self, entry, 1);
  if (self->n_pool > MIN_PACKED && self->n_waste > self->n_pool / 2)
    pack_pool (self);
  return TRUE;
}

/* Adds the duplicate to a list that has none, if the index says so; there is room for it. */
static guint
add_duplicate (KobraProblems    *self,
               const KobraRules *rules,
               guint32           id,
               KobraProblem     *problems,
               guint             n)
{
  if (!kobra_key_index_is_duplicate (self->keys, id))
    return n;
  problems[n] = (KobraProblem) { .code = KOBRA_PROBLEM_DUPLICATE_KEY, .field = (guint8) rules->schema->key_field };
  return n + 1;
}

static gboolean
ends_in_duplicate (const KobraProblem *problems,
                   guint               n)
{
  return n > 0 && problems[n - 1].code == KOBRA_PROBLEM_DUPLICATE_KEY;
}

static gboolean
refresh_duplicate (KobraProblems    *self,
                   const KobraRules *rules,
                   guint32           id)
{
  KobraProblem problems[KOBRA_MAX_RECORD_PROBLEMS + 1];
  Entry       *entry = get_entry (self, id);
  guint        n;

  if (entry == NULL || ends_in_duplicate (peek_list (self, entry), entry->n) == kobra_key_index_is_duplicate (self->keys, id))
    return FALSE;
  n = entry->n - ends_in_duplicate (peek_list (self, entry), entry->n);
  if (n > 0)
    memcpy (problems, peek_list (self, entry), n * sizeof (KobraProblem));
  n = add_duplicate (self, rules, id, problems, n);
  return replace_list (self, entry, problems, n);
}

static gboolean
reserve_entries (KobraProblems *self,
                 guint32        id_limit)
{
  Entry *entries;

  if (id_limit <= self->n_entries)
    return TRUE;
  entries = g_try_renew (Entry, self->entries, id_limit);
  if (entries == NULL)
    return FALSE;
  self->entries = entries;
  for (guint32 id = self->n_entries; id < id_limit; id++)
    entries[id] = (Entry) { .state = ABSENT };
  self->n_entries = id_limit;
  return TRUE;
}

KobraProblems *
kobra_problems_new (void)
{
  KobraProblems *self = g_new0 (KobraProblems, 1);

  self->keys = kobra_key_index_new ();
  return self;
}

void
kobra_problems_free (KobraProblems *self)
{
  g_clear_pointer (&self->entries, g_free);
  g_clear_pointer (&self->pool, g_free);
  g_clear_pointer (&self->keys, kobra_key_index_free);
  g_clear_pointer (&self->arena, kobra_arena_unref);
  g_free (self);
}

gboolean
kobra_problems_reserve (KobraProblems *self,
                        guint32        id_limit,
                        gsize          n_problems)
{
  return reserve_entries (self, id_limit) && reserve_pool (self, n_problems);
}

void
kobra_problems_append (KobraProblems      *self,
                       const KobraRules   *rules,
                       guint32             id,
                       const KobraProblem *problems,
                       guint               n)
{
  KobraProblem duplicate;
  Entry       *entry;

  g_return_if_fail (id < self->n_entries && self->entries[id].state == ABSENT);

  entry = &self->entries[id];
  append_list (self, entry, problems, n);
  if (add_duplicate (self, rules, id, &duplicate, 0) > 0)
    {
      guint32 offset = entry->offset;

      append_list (self, entry, &duplicate, 1);
      entry->offset = offset;
      n++;
    }
  entry->n = (guint16) n;
  entry->state = judge (peek_list (self, entry), n);
  count (self, entry, 1);
}

KobraKeyIndex *
kobra_problems_get_keys (KobraProblems *self)
{
  return self->keys;
}

void
kobra_problems_hold (KobraProblems *self,
                     KobraArena    *arena)
{
  g_return_if_fail (self->arena == NULL);

  self->arena = kobra_arena_ref (arena);
}

const KobraProblem *
kobra_problems_get (KobraProblems *self,
                    guint32        id,
                    guint         *n)
{
  Entry        *entry = get_entry (self, id);
  KobraProblem *problems;

  *n = entry != NULL ? entry->n : 0;
  if (*n == 0)
    return NULL;
  problems = self->pool + entry->offset;
  /* Kept by the index, so that a change need not be written to every record of a long chain. */
  if (ends_in_duplicate (problems, *n))
    problems[*n - 1].other_line = kobra_key_index_get_other_line (self->keys, id);
  return problems;
}

const KobraProblem *
kobra_problems_find (KobraProblems *self,
                     guint32        id,
                     guint          field)
{
  guint               n;
  const KobraProblem *problems = kobra_problems_get (self, id, &n);
  const KobraProblem *found = NULL;

  for (guint i = 0; i < n; i++)
    {
      if (problems[i].field != field)
        continue;
      if (kobra_problem_get_severity ((KobraProblemCode) problems[i].code) == KOBRA_SEVERITY_ERROR)
        return &problems[i];
      if (found == NULL)
        found = &problems[i];
    }
  return found;
}

gboolean
kobra_problems_has_error (KobraProblems *self,
                          guint32        id)
{
  const Entry *entry = get_entry (self, id);

  return entry != NULL && entry->state == INVALID;
}

gboolean
kobra_problems_has_warning (KobraProblems *self,
                            guint32        id)
{
  guint               n;
  const KobraProblem *problems = kobra_problems_get (self, id, &n);

  for (guint i = 0; i < n; i++)
    if (kobra_problem_get_severity ((KobraProblemCode) problems[i].code) == KOBRA_SEVERITY_WARNING)
      return TRUE;
  return FALSE;
}

void
kobra_problems_count_records (KobraProblems *self,
                              guint         *ready,
                              guint         *warning,
                              guint         *invalid)
{
  *ready = self->n_records[READY];
  *warning = self->n_records[WARNING];
  *invalid = self->n_records[INVALID];
}

guint
kobra_problems_get_count (KobraProblems   *self,
                          KobraProblemCode code)
{
  guint n = 0;

  g_return_val_if_fail ((guint) code < KOBRA_N_PROBLEMS, 0);

  for (guint field = 0; field < KOBRA_MAX_FIELDS; field++)
    n += self->counts[code][field];
  return n;
}

guint
kobra_problems_get_field_count (KobraProblems   *self,
                                KobraProblemCode code,
                                guint            field)
{
  g_return_val_if_fail ((guint) code < KOBRA_N_PROBLEMS && field < KOBRA_MAX_FIELDS, 0);

  return self->counts[code][field];
}

gboolean
kobra_problems_find_key (KobraProblems *self,
                         const char    *key,
                         guint32       *id)
{
  return kobra_key_index_find (self->keys, key, id);
}

static void
forget (KobraProblems *self,
        Entry         *entry)
{
  count (self, entry, -1);
  self->n_waste += entry->n;
  *entry = (Entry) { .state = ABSENT };
}

static gboolean
admit (KobraProblems *self,
       guint32        id)
{
  if (id >= self->n_entries && !reserve_entries (self, MAX (id + 1, self->n_entries + self->n_entries / 2)))
    return FALSE;
  self->entries[id] = (Entry) { .state = READY };
  count (self, &self->entries[id], 1);
  return TRUE;
}

void
kobra_problems_update (KobraProblems     *self,
                       const KobraRules  *rules,
                       guint32            id,
                       const KobraRecord *old_record,
                       const KobraRecord *new_record,
                       KobraRecordLookup  lookup,
                       gpointer           data,
                       GArray            *changed)
{
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (guint32));
  KobraProblem problems[KOBRA_MAX_RECORD_PROBLEMS + 1];
  KobraRecord  fetched;
  guint32      line = 0;
  guint        n;
  Entry       *entry = get_entry (self, id);

  /* A column that is no field was edited. */
  if (entry != NULL && old_record != NULL && new_record != NULL && kobra_key_index_are_same (old_record, new_record))
    return;

  kobra_key_index_remove (self->keys, id, lookup, data, touched);
  if (new_record == NULL && entry != NULL)
    forget (self, entry);
  else if (new_record != NULL)
    {
      if (entry == NULL && !admit (self, id))
        g_return_if_reached ();
      if (!lookup (id, &fetched, &line, data))
        line = 0;
      kobra_key_index_insert (self->keys, id, line, new_record, lookup, data, touched);
      n = kobra_check_record (rules, new_record, problems, KOBRA_MAX_RECORD_PROBLEMS);
      n = add_duplicate (self, rules, id, problems, MIN (n, KOBRA_MAX_RECORD_PROBLEMS));
      if (replace_list (self, get_entry (self, id), problems, n))
        g_array_append_val (changed, id);
    }

  for (guint i = 0; i < touched->len; i++)
    {
      guint32 other = g_array_index (touched, guint32, i);

      if (refresh_duplicate (self, rules, other))
        g_array_append_val (changed, other);
    }
}
