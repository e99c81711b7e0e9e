/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "simulation-private.h"

#include <string.h>

/* The server */

static void
apply (World  *self,
       guint32 id)
{
  Record *record = &self->records[id];

  record->applied = TRUE;
  if (record->key != 0)
    self->held[record->key] = id;
}

static void
say (Flight     *flight,
     guint       status,
     const char *retry_after,
     const char *body)
{
  kobra_reply_read (&flight->reply, status, NULL, retry_after, body, strlen (body), 0);
}

static void
refuse (World  *self,
        Flight *flight,
        guint   status,
        guint32 culprit)
{
  g_autofree char *body = NULL;
  guint            named = culprit, position = 0;

  if (self->hints == 0 || (self->hints == 3 && world_chance (self, 500)))
    named = NOBODY;
  else if (self->hints == 2)
    named = world_roll (self, self->n);
  if (flight->n == 1)
    self->records[flight->ids[0]].alone = TRUE;
  if (named == NOBODY)
    body = g_strdup_printf ("{\"error\":{\"type\":\"t\",\"message\":\"rechazado %c\"}}", 'a' + (char) (culprit % 20));
  else if (self->hints >= 4)
    {
      while (flight->ids[position] != culprit)
        position++;
      body = g_strdup_printf ("{\"error\":{\"type\":\"t\",\"message\":\"registro %u no vale %c\"}}", position + 5 - self->hints, 'a' + (char) (culprit % 20));
    }
  else
    body = g_strdup_printf ("{\"error\":{\"type\":\"t\",\"message\":\"el registro 'K-%u' no vale %c\"}}", named, 'a' + (char) (culprit % 20));
  say (flight, status, NULL, body);
}

/* What the server makes of a request that it reads. */
static void
serve (World  *self,
       Flight *flight)
{
  guint32 culprit = NOBODY;
  guint   n_applied = flight->n;

  if (self->limit_413 != 0 && flight->n > self->limit_413)
    {
      say (flight, 413, NULL, "");
      return;
    }
  for (guint i = 0; i < flight->n; i++)
    {
      const Record *record = &self->records[flight->ids[i]];

      if (record->poison)
        {
          if (flight->n == 1)
            self->records[flight->ids[0]].alone = TRUE;
          say (flight, 500, NULL, "{\"error\":{\"type\":\"t\",\"message\":\"fallo interno\"}}");
          return;
        }
      if (record->bad && culprit == NOBODY)
        culprit = flight->ids[i];
    }
  if (culprit == NOBODY && self->limit_400 != 0 && flight->n > self->limit_400)
    culprit = flight->ids[0];
  if (culprit != NOBODY)
    n_applied = self->applies_in_part ? world_roll (self, flight->n) : 0;
  for (guint i = 0; i < n_applied; i++)
    if (!self->records[flight->ids[i]].bad)
      apply (self, flight->ids[i]);
  if (culprit == NOBODY)
    say (flight, 200, NULL, "{\"data\":null,\"error\":{}}");
  else
    refuse (self, flight, self->says_in_200 ? 200 : 400, culprit);
}

void
world_deliver_late (World *self,
                    gint64 now)
{
  for (guint i = 0; i < self->n_late;)
    {
      Late late = self->late[i];

      if (late.arrives > now)
        {
          i++;
          continue;
        }
      self->late[i] = self->late[--self->n_late];
      for (guint k = 0; k < late.n; k++)
        if (!self->records[late.ids[k]].bad)
          apply (self, late.ids[k]);
      g_free (late.ids);
    }
}

/* Where records share a key nobody could know which of them a late copy leaves there. */
static void
copy_for_later (World        *self,
                const Flight *flight)
{
  if (self->shares_keys || self->n_late == MAX_LATE)
    return;
  self->late[self->n_late++] = (Late) {
    .ids = g_memdup2 (flight->ids, flight->n * sizeof (guint32)),
    .n = flight->n,
    .arrives = self->now + world_roll (self, 600) * SECOND,
  };
}

/* A token that is good for a few requests only. */
static void
use_token (World *self)
{
  if (self->token_uses == 0 || ++self->n_token_uses <= self->token_uses)
    return;
  self->n_token_uses = 0;
  self->token++;
}

/* An answer of whoever stands before the server: it has not seen the request. 0: none came. */
static guint
meet_doorkeeper (World *self)
{
  static const guint strays[] = { 404, 405, 407 };

  if (self->client_token != self->token || world_chance (self, self->chances.forbid))
    return world_chance (self, 800) ? 401 : 403;
  return world_chance (self, self->chances.stray) ? strays[world_roll (self, G_N_ELEMENTS (strays))] : 0;
}

/* All that can happen to a request on its way there and back. */
void
world_carry (World  *self,
             Flight *flight)
{
  const Chances *chances = &self->chances;
  guint          turned_away;
  gboolean       is_slow, is_lost;

  if (world_chance (self, chances->offline))
    {
      kobra_reply_set (&flight->reply, KOBRA_OUTCOME_OFFLINE, "no route");
      return;
    }
  if (world_chance (self, chances->lapse))
    self->token++;
  use_token (self);
  turned_away = meet_doorkeeper (self);
  is_slow = world_chance (self, chances->slow);
  is_lost = world_chance (self, chances->lose_before);
  if (turned_away != 0 && !is_slow && !is_lost)
    {
      say (flight, turned_away, NULL, "");
      return;
    }
  for (guint i = 0; i < flight->n; i++)
    self->records[flight->ids[i]].travelled = TRUE;
  if (world_chance (self, chances->copy))
    copy_for_later (self, flight);
  if (is_slow)
    {
      /* Nothing comes, for as long as a request may take. */
      flight->ends = self->now + 300 * SECOND;
      if (turned_away == 0 && world_chance (self, 500))
        serve (self, flight);
      kobra_reply_set (&flight->reply, KOBRA_OUTCOME_UNKNOWN, "no answer in time");
    }
  else if (is_lost)
    kobra_reply_set (&flight->reply, KOBRA_OUTCOME_UNKNOWN, "lost");
  else if (world_chance (self, chances->busy))
    say (flight, world_chance (self, 500) ? 429 : 503, world_chance (self, 500) ? "7" : NULL, "");
  else if (world_chance (self, chances->fail))
    say (flight, 500, NULL, "oops");
  else
    {
      serve (self, flight);
      if (world_chance (self, chances->lose_after))
        kobra_reply_set (&flight->reply, KOBRA_OUTCOME_UNKNOWN, "lost");
      else if (world_chance (self, chances->garbage))
        say (flight, 200, NULL, "{\"data\":nul");
    }
}
