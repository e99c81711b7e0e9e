/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What became of one record. The last four are final: every record of a run gets exactly one of them. */
typedef enum
{
  KOBRA_RESULT_NONE,
  KOBRA_RESULT_SENDING,
  KOBRA_RESULT_ACCEPTED,
  KOBRA_RESULT_REJECTED, /* the server refused this record alone; the message is the server's */
  KOBRA_RESULT_NOT_SENT, /* it never travelled, or nobody looked at it there: see kobra_reply_may_have_been_taken(); the message is our reason */
  KOBRA_RESULT_UNKNOWN,  /* it travelled and no answer that counts came; sending it again is safe */
  KOBRA_N_RESULTS
} KobraResult;

/* "accepted", "rejected", "not-sent", "unknown": a stable word for files and the command line; "none" and "sending" too. */
const char *kobra_result_get_name  (KobraResult result);

/* For people, untranslated. */
const char *kobra_result_get_label (KobraResult result);

gboolean    kobra_result_is_final  (KobraResult result);

G_END_DECLS
