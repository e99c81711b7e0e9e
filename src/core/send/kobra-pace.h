/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How many requests at a time and how many records in each, by what the server shows: one more at a time while it takes what it gets and
 * answers no slower for it, fewer when requests only wait for each other there, half when it does not take them; never more than the
 * settings say. Pure; a plan holds one by value.
 */
typedef struct
{
  guint max_window;  /* of the settings */
  guint max_batch;   /* of the settings; lowered for good when a body was too big */
  gsize max_bytes;   /* the same */
  guint window;      /* requests at a time */
  guint calm_window; /* up to here the window grows with every good answer, above it slowly */
  guint batch;       /* records in a new request */
  guint patience;    /* good answers to full batches before the batch grows again */
  guint n_good;      /* good answers since the window last changed */
  guint n_full;      /* good answers to full batches since the batch last changed */
  gint64 slow;       /* microseconds to a good answer of a full batch, of late; 0: not known */
  gint64 quick;      /* the shortest that was */
  guint last_shrink; /* trouble with requests up to this number is known already */
} KobraPace;

/* The first request goes alone: a server that refuses everything shall get few. */
void kobra_pace_init     (KobraPace *self,
                          guint      max_window,
                          guint      max_batch,
                          gsize      max_bytes);

/* A request of @n records was accepted after @latency microseconds. */
void kobra_pace_good     (KobraPace *self,
                          guint      n,
                          gint64     latency);

/* @request was put off or not answered; @last is the latest that was sent. @shorter: smaller batches may help. */
void kobra_pace_trouble  (KobraPace *self,
                          guint      request,
                          guint      last,
                          gboolean   shorter);

/* A body of @n records and @bytes bytes (0: not known) is more than the server takes. */
void kobra_pace_too_big  (KobraPace *self,
                          guint      n,
                          gsize      bytes);

/* A full batch was refused, and then every record of it accepted in parts of at most @n: its size may have been the fault. */
void kobra_pace_too_many (KobraPace *self,
                          guint      n);

G_END_DECLS
