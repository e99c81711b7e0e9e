/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How many requests at a time and how many records in each, by what the server shows: more while it answers well, half
 * when it does not, never more than the settings say. Pure; a plan holds one by value.
 */
typedef struct
{
  guint  max_window;
  guint  max_batch;   /* of the settings; 413 lowers it for good */
  gsize  max_bytes;   /* the same */
  guint  window;      /* requests at a time */
  guint  calm_window; /* up to here the window grows with every good answer, above it slowly */
  guint  batch;       /* records in a new request */
  guint  n_good;      /* good answers since the window last changed */
  guint  n_full;      /* good answers to full batches since the batch last changed */
  gint64 last_shrink; /* answers to what was sent before this say nothing new */
} KobraPace;

void kobra_pace_init      (KobraPace *self,
                           guint      max_window,
                           guint      max_batch,
                           gsize      max_bytes);

/* A request of @n records was answered properly. */
void kobra_pace_good      (KobraPace *self,
                           guint      n);

/* A request sent at @sent got a 429 or a 503, or no answer. */
void kobra_pace_trouble   (KobraPace *self,
                           gint64     sent,
                           gint64     now);

/* A body of @n records and @bytes bytes is more than the server takes. */
void kobra_pace_too_big   (KobraPace *self,
                           guint      n,
                           gsize      bytes);

/* A batch was refused and every record in it taken in parts of at most @n: maybe the size was its fault. */
void kobra_pace_too_many  (KobraPace *self,
                           guint      n);

G_END_DECLS
