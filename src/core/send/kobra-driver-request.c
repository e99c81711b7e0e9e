/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The life of one request: its body is written, the journal is told, it is posted, and the plan is told what became of it. */
#include "kobra-driver-private.h"

#include <glib/gi18n.h>

#include "kobra-writer.h"

#include "kobra-banned.h"

/* A record that alone makes a longer body is not sent. */
#define MAX_BODY_BYTES (64 * 1024 * 1024)

/* A request from the moment it is written until it has ended. */
typedef struct
{
  KobraDriver *driver;
  KobraBatch   batch; /* its IDs are the plan's */
  GBytes      *body;
} Flight;

static void
free_flight (Flight *flight)
{
  g_clear_pointer (&flight->body, g_bytes_unref);
  kobra_driver_unref (flight->driver);
  g_free (flight);
}

static void
posted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  Flight                *flight = data;
  KobraDriver           *self = flight->driver;
  g_autoptr (KobraReply) reply = kobra_client_post_finish (KOBRA_CLIENT (source), result, NULL);

  if (reply == NULL)
    reply = kobra_reply_new ();
  kobra_driver_watch_network (self, reply->outcome);
  kobra_plan_ended (self->plan, flight->batch.request, reply, g_get_monotonic_time ());
  kobra_driver_go_on (self);
  free_flight (flight);
}

static void
journaled_cb (gpointer      token,
              const GError *error)
{
  Flight      *flight = token;
  KobraDriver *self = flight->driver;

  if (error == NULL && !g_cancellable_is_cancelled (self->cancellable))
    {
      if (self->sink.sending != NULL)
        self->sink.sending (flight->batch.ids, flight->batch.n, self->data);
      kobra_client_post_async (self->client, flight->body, self->cancellable, posted_cb, flight);
      return;
    }
  kobra_plan_withdraw (self->plan, flight->batch.request);
  if (error != NULL)
    kobra_plan_pause (self->plan, KOBRA_PAUSE_JOURNAL, error->message);
  kobra_driver_go_on (self);
  free_flight (flight);
}

static void
leave_out (KobraDriver       *self,
           const KobraBatch  *batch,
           guint              i,
           const KobraRecord *record)
{
  const KobraField *field = record != NULL ? kobra_writer_find_unwritable (record) : NULL;
  g_autofree char  *message = NULL;

  if (field != NULL)
    message = g_strdup_printf (_("What stands in “%s” cannot be sent as the kind of value that the server expects there. Correct it, then send the record again."), _(field->label));
  else
    message = g_strdup (record != NULL ? _("The record is too long to be sent.") : _("The record was deleted before it was sent."));
  kobra_plan_leave_out (self->plan, batch, i, message);
}

/* Writes as many records of @batch as fit. Returns how many were dealt with. */
static guint
write_records (KobraDriver      *self,
               const KobraBatch *batch,
               KobraBuffer      *body)
{
  gboolean first = TRUE;

  for (guint i = 0; i < batch->n && !self->closed; i++)
    {
      gsize       length = body->length;
      KobraRecord record;

      if (!self->sink.get_record (batch->ids[i], &record, self->data))
        leave_out (self, batch, i, NULL);
      else if (!kobra_writer_add (body, &record, first))
        {
          body->overflowed = FALSE;
          leave_out (self, batch, i, &record);
        }
      else if (body->length > batch->max_bytes && !first)
        {
          kobra_buffer_truncate (body, length);
          return i;
        }
      else
        first = FALSE;
    }
  return batch->n;
}

void
kobra_driver_send_batch (KobraDriver *self,
                         KobraBatch  *batch)
{
  KobraBuffer body;
  Flight     *flight;
  guint       n_taken;

  kobra_buffer_init (&body, MAX_BODY_BYTES);
  kobra_buffer_reserve (&body, self->last_length + self->last_length / 8);
  kobra_writer_begin (&body, self->kind, self->type);
  n_taken = write_records (self, batch, &body);
  kobra_writer_end (&body, self->kind);
  if (self->closed || !kobra_plan_written (self->plan, batch, n_taken, body.length))
    {
      kobra_buffer_clear (&body);
      return;
    }

  self->last_length = MIN (body.length, batch->max_bytes);
  flight = g_new0 (Flight, 1);
  flight->driver = kobra_driver_ref (self);
  flight->batch = *batch;
  flight->body = kobra_buffer_steal (&body);
  if (self->sink.journal != NULL)
    self->sink.journal (batch->request, batch->ids, batch->n, journaled_cb, flight, self->data);
  else
    journaled_cb (flight, NULL);
}
