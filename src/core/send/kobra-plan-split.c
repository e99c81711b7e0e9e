/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which record of a refused batch was it? A part goes first, the rest waits for its answer: if the part is accepted, the record is in
 * the rest, which then need not be sent whole to know that. With k such records in n this costs at most 2k(1 + log2(n/k)) requests,
 * batch included; if the server's words name the record, 3 for each. Words that name the wrong one cost one request more. Words may name
 * it by its key, by a value that no other has, or by its position, and servers count from 0 or from 1: learned from what misled.
 */
#include "kobra-plan-private.h"

#include <string.h>

#include "kobra-banned.h"

static const char *
get_key (KobraPlan *self,
         guint32    place)
{
  const char *key = NULL;

  if (self->sink.get_key != NULL)
    key = self->sink.get_key (kobra_backlog_get_id (&self->backlog, place), self->data);
  return key != NULL ? key : "";
}

/* The record of @job whose key stands in @message, or -1. The longest key counts: "106" also stands in "A-106". */
static int
find_by_key (KobraPlan  *self,
             KobraJob   *job,
             const char *message)
{
  gsize longest = 0;
  int   found = -1;

  for (guint i = 0; i < job->n; i++)
    {
      const char *key = get_key (self, job->places[i]);

      if (strlen (key) > longest && kobra_hint_names_key (message, key))
        {
          longest = strlen (key);
          found = (int) i;
        }
    }
  return found;
}

/* The one record of @job that has a value which stands in quotes in @message, or -1. A value that several have says nothing. */
static int
find_by_value (KobraPlan  *self,
               KobraJob   *job,
               const char *message)
{
  g_auto (GStrv) quoted = self->sink.has_text != NULL ? kobra_hint_dup_quoted (message) : NULL;

  for (guint k = 0; quoted != NULL && quoted[k] != NULL; k++)
    {
      int   found = -1;
      guint n = 0;

      for (guint i = 0; i < job->n && n < 2; i++)
        if (self->sink.has_text (kobra_backlog_get_id (&self->backlog, job->places[i]), quoted[k], self->data))
          {
            found = (int) i;
            n++;
          }
      if (n == 1)
        return found;
    }
  return -1;
}

/* The record of @job at the position that @message names, or -1. */
static int
find_by_position (KobraPlan  *self,
                  KobraJob   *job,
                  const char *message,
                  KobraHint  *hint)
{
  guint number;

  *hint = kobra_hint_find_position (message, &number);
  if (*hint == KOBRA_HINT_NONE || number < self->first_number[*hint] || number - self->first_number[*hint] >= job->n)
    {
      *hint = KOBRA_HINT_NONE;
      return -1;
    }
  return (int) (number - self->first_number[*hint]);
}

/* The record of @job that @message names, or -1; by key, else by value, else by position. @hint: which way of counting that was. */
static int
find_named (KobraPlan  *self,
            KobraJob   *job,
            const char *message,
            KobraHint  *hint)
{
  int found;

  *hint = KOBRA_HINT_NONE;
  if (message == NULL || job->no_hints)
    return -1;
  found = find_by_key (self, job, message);
  if (found < 0)
    found = find_by_value (self, job, message);
  return found >= 0 ? found : find_by_position (self, job, message, hint);
}

/* Puts record @i of @job first, the others in their order. */
static void
move_to_front (KobraJob *job,
               guint     i)
{
  guint32 place = job->places[i];

  memmove (job->places + 1, job->places, i * sizeof (guint32));
  job->places[0] = place;
}

/* The smaller half goes first: it is the rest that may be spared a request. Where the words have named a record in vain, the halves are
 * those they would have been with it, so that it costs its own request and no other. */
static void
bisect (KobraPlan *self,
        KobraJob  *job)
{
  int      hole = job->hole;
  guint    half = (job->n + (hole >= 0)) / 2;
  gboolean is_before = hole >= 0 && (guint) hole < half;

  job->hole = -1;
  if (is_before && half == 1)
    {
      bisect (self, job);
      return;
    }
  if (job->n > 1)
    {
      job->rest = kobra_plan_cut_job (self, job, half - is_before);
      job->hole = is_before ? hole : -1;
      job->rest->hole = hole >= 0 && !is_before ? hole - (int) half : -1;
    }
  kobra_plan_push_job (self, job);
}

/* The record at @i goes alone, the others, if any, wait. */
static void
single_out (KobraPlan *self,
            KobraJob  *job,
            guint      i)
{
  move_to_front (job, i);
  if (job->n > 1)
    job->rest = kobra_plan_cut_job (self, job, 1);
  kobra_plan_push_job (self, job);
}

static void
send_named (KobraPlan *self,
            KobraJob  *job,
            guint      named)
{
  job->is_named = TRUE;
  job->hole = (int) named;
  single_out (self, job, named);
}

/* A record that no words named goes before the named one: those that were named are refused, but are all the others too? */
static void
probe (KobraPlan *self,
       KobraJob  *job,
       guint      named)
{
  guint i = named == 0 ? 1 : 0;

  job->named_in_rest = named == 0 ? 0 : (int) named - 1;
  single_out (self, job, i);
  if (job->rest != NULL)
    job->rest->hint = job->hint;
}

void
kobra_plan_isolate (KobraPlan  *self,
                    KobraJob   *job,
                    const char *message)
{
  int named = find_named (self, job, message, &job->hint);

  if (named < 0)
    bisect (self, job);
  else if (self->in_doubt && self->n_results[KOBRA_RESULT_ACCEPTED] == 0)
    probe (self, job, (guint) named);
  else
    send_named (self, job, (guint) named);
}

void
kobra_plan_halve (KobraPlan *self,
                  KobraJob  *job)
{
  kobra_plan_push_job (self, kobra_plan_cut_job (self, job, job->n / 2));
  kobra_plan_push_job (self, job);
}

void
kobra_plan_release_rest (KobraPlan *self,
                         KobraJob  *job,
                         gboolean   is_clean)
{
  KobraJob *rest = g_steal_pointer (&job->rest);

  if (rest == NULL)
    return;
  if (!is_clean)
    {
      kobra_plan_push_job (self, rest);
      return;
    }
  if (job->named_in_rest >= 0)
    {
      send_named (self, rest, (guint) job->named_in_rest);
      return;
    }
  if (job->is_named)
    {
      /* A server that counts from the other end of the first record does so again. */
      if (job->hint != KOBRA_HINT_NONE)
        self->first_number[job->hint] ^= 1;
      rest->no_hints = TRUE;
      rest->hole = job->hole;
    }
  bisect (self, rest);
}

guint
kobra_plan_hash_refusal (KobraPlan  *self,
                         guint32     place,
                         const char *type,
                         const char *message)
{
  const char *key = get_key (self, place);
  gsize       length = strlen (key);
  guint       hash = type != NULL ? g_str_hash (type) : 5381;

  for (const char *p = message != NULL ? message : ""; *p != '\0';)
    {
      if (length > 0 && strncmp (p, key, length) == 0)
        {
          p += length;
          continue;
        }
      if (!g_ascii_isdigit (*p))
        hash = hash * 33 + (guchar) *p;
      p++;
    }
  return MAX (hash, 1);
}
