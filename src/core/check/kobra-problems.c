/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-problems.h"

#include <string.h>

#include "kobra-curp.h"
#include "kobra-pages.h"
#include "kobra-problems-private.h"
#include "kobra-schema-accounts.h"

#include "kobra-banned.h"

/* Room for new records grows by one in so many at a time: a million entries at once would take longer than a frame. */
#define GROWTH 16u

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

  KobraKeyIndex *indexes[KOBRA_N_SHARED];
  KobraArena    *arena;
};

/* A list with all that its record shares. */
#define LIST_ROOM (KOBRA_MAX_RECORD_PROBLEMS + KOBRA_N_SHARED)

static const char *
get_key (const KobraRecord *record)
{
  return record->texts[record->schema->key_field];
}

/* What is no CURP at all, such as a word for "pending", many records have. */
static const char *
get_curp (const KobraRecord *record)
{
  KobraCurp curp;

  return record->schema->kind == KOBRA_KIND_ACCOUNTS && kobra_curp_scan (record->texts[KOBRA_ACCOUNT_CURP], &curp) ? record->texts[KOBRA_ACCOUNT_CURP] : "";
}

static const struct
{
  KobraProblemCode code;
  int              field; /* -1: the schema's key */
  KobraRecordText  get_text, get_compared;
} shareds[KOBRA_N_SHARED] = {
  [KOBRA_SHARED_CURP] = { KOBRA_PROBLEM_CURP_SHARED, KOBRA_ACCOUNT_CURP, get_curp, get_key },
  [KOBRA_SHARED_KEY] = { KOBRA_PROBLEM_DUPLICATE_KEY, -1, get_key, NULL },
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
  pool = kobra_pages_try_renew (KobraProblem, self->pool, room);
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

/* Adds what the record shares to a list that has nothing of it; there is room. */
static guint
add_shared (KobraProblems    *self,
            const KobraRules *rules,
            guint32           id,
            KobraProblem     *problems,
            guint             n)
{
  for (guint i = 0; i < KOBRA_N_SHARED; i++)
    if (kobra_key_index_is_duplicate (self->indexes[i], id))
      problems[n++] = (KobraProblem) { .code = (guint8) shareds[i].code, .field = (guint8) (shareds[i].field >= 0 ? (guint) shareds[i].field : rules->schema->key_field) };
  return n;
}

/* What the problem says is shared, or KOBRA_N_SHARED. */
static KobraShared
get_shared (const KobraProblem *problem)
{
  guint i = 0;

  while (i < KOBRA_N_SHARED && shareds[i].code != (KobraProblemCode) problem->code)
    i++;
  return (KobraShared) i;
}

/* How many of a list are before those about what is shared. */
static guint
count_own (const KobraProblem *problems,
           guint               n)
{
  while (n > 0 && get_shared (&problems[n - 1]) < KOBRA_N_SHARED)
    n--;
  return n;
}

static gboolean
refresh_shared (KobraProblems    *self,
                const KobraRules *rules,
                guint32           id)
{
  KobraProblem problems[LIST_ROOM];
  Entry       *entry = get_entry (self, id);
  guint        n;

  if (entry == NULL)
    return FALSE;
  n = count_own (peek_list (self, entry), entry->n);
  if (n > 0)
    memcpy (problems, peek_list (self, entry), n * sizeof (KobraProblem));
  n = add_shared (self, rules, id, problems, n);
  return replace_list (self, entry, problems, n);
}

static gboolean
reserve_entries (KobraProblems *self,
                 guint32        id_limit)
{
  Entry *entries;

  if (id_limit <= self->n_entries)
    return TRUE;
  entries = kobra_pages_try_renew (Entry, self->entries, id_limit);
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

  for (guint i = 0; i < KOBRA_N_SHARED; i++)
    self->indexes[i] = kobra_key_index_new (shareds[i].get_text, shareds[i].get_compared);
  return self;
}

void
kobra_problems_free (KobraProblems *self)
{
  g_clear_pointer (&self->entries, g_free);
  g_clear_pointer (&self->pool, g_free);
  for (guint i = 0; i < KOBRA_N_SHARED; i++)
    g_clear_pointer (&self->indexes[i], kobra_key_index_free);
  g_clear_pointer (&self->arena, kobra_arena_unref);
  g_free (self);
}

static void
free_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  kobra_problems_free (data);
  g_task_return_boolean (task, TRUE);
}

void
kobra_problems_free_elsewhere (KobraProblems *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, kobra_problems_free_elsewhere);
  g_task_set_task_data (task, self, NULL);
  g_task_run_in_thread (task, free_in_thread);
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
  KobraProblem shared[KOBRA_N_SHARED];
  Entry       *entry;
  guint        n_shared;

  g_return_if_fail (id < self->n_entries && self->entries[id].state == ABSENT);

  entry = &self->entries[id];
  append_list (self, entry, problems, n);
  n_shared = add_shared (self, rules, id, shared, 0);
  if (n_shared > 0)
    {
      guint32 offset = entry->offset;

      append_list (self, entry, shared, n_shared);
      entry->offset = offset;
      n += n_shared;
    }
  entry->n = (guint16) n;
  entry->state = judge (peek_list (self, entry), n);
  count (self, entry, 1);
}

gboolean
kobra_shared_is_wanted (KobraShared       shared,
                        const KobraRules *rules)
{
  return (rules->ignored >> shareds[shared].code & 1) == 0 && (shareds[shared].field < 0 || rules->schema->kind == KOBRA_KIND_ACCOUNTS);
}

const char *
kobra_shared_get_text (KobraShared        shared,
                       const KobraRecord *record)
{
  return shareds[shared].get_text (record);
}

KobraKeyIndex *
kobra_problems_get_index (KobraProblems *self,
                          KobraShared    shared)
{
  return self->indexes[shared];
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
  for (guint i = count_own (problems, *n); i < *n; i++)
    problems[i].other_line = kobra_key_index_get_other_line (self->indexes[get_shared (&problems[i])], id);
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
  return kobra_key_index_find (self->indexes[KOBRA_SHARED_KEY], key, id);
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
  if (id >= self->n_entries && !reserve_entries (self, MAX (id + 1, self->n_entries + self->n_entries / GROWTH)))
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
  KobraProblem problems[LIST_ROOM];
  KobraRecord  fetched;
  guint32      line = 0;
  guint        n;
  Entry       *entry = get_entry (self, id);

  /* A column that is no field was edited. */
  if (entry != NULL && old_record != NULL && new_record != NULL && kobra_key_index_are_same (old_record, new_record))
    return;

  for (guint i = 0; i < KOBRA_N_SHARED; i++)
    kobra_key_index_remove (self->indexes[i], id, lookup, data, touched);
  if (new_record == NULL && entry != NULL)
    forget (self, entry);
  else if (new_record != NULL)
    {
      if (entry == NULL && !admit (self, id))
        g_return_if_reached ();
      if (!lookup (id, &fetched, &line, data))
        line = 0;
      for (guint i = 0; i < KOBRA_N_SHARED; i++)
        if (kobra_shared_is_wanted ((KobraShared) i, rules))
          kobra_key_index_insert (self->indexes[i], id, line, new_record, lookup, data, touched);
      n = kobra_check_record (rules, new_record, problems, KOBRA_MAX_RECORD_PROBLEMS);
      n = add_shared (self, rules, id, problems, MIN (n, KOBRA_MAX_RECORD_PROBLEMS));
      if (replace_list (self, get_entry (self, id), problems, n))
        g_array_append_val (changed, id);
    }

  for (guint i = 0; i < touched->len; i++)
    {
      guint32 other = g_array_index (touched, guint32, i);

      if (refresh_shared (self, rules, other))
        g_array_append_val (changed, other);
    }
}
