/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "plan-run.h"

#include <string.h>

/* For runs whose records are added by hand. */
#define MIN_RECORDS 1000

static gint64
now_cb (gpointer data)
{
  return ((Run *) data)->now;
}

static guint32
roll_cb (gpointer data,
         guint32  sides)
{
  return (guint32) g_rand_int_range (((Run *) data)->rand, 0, (gint32) sides);
}

static void
settled_cb (const guint32 *ids,
            guint          n,
            KobraResult    result,
            const char    *type,
            const char    *message,
            gpointer       data)
{
  Run *run = data;

  g_assert_cmpuint (n, >, 0);
  g_assert_true (kobra_result_is_final (result));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpint (run->results[ids[i]], ==, KOBRA_RESULT_NONE);
      run->results[ids[i]] = result;
      if (result == KOBRA_RESULT_REJECTED)
        g_assert_true (run->was_alone[ids[i]]);
    }
  g_set_str (&run->message, message);
}

const char *
run_get_key (guint32  id,
             gpointer data)
{
  static char key[32];

  g_snprintf (key, sizeof key, "A-%u", id);
  return key;
}

/* Each record has the value V-1, V-2, …, and all have "MX". */
static gboolean
has_text_cb (guint32     id,
             const char *text,
             gpointer    data)
{
  g_autofree char *value = g_strdup_printf ("V-%u", id);

  return g_str_equal (text, value) || g_str_equal (text, "MX");
}

static const KobraPlanSink sink = { settled_cb, run_get_key, has_text_cb };

Run *
run_new (guint  n,
         Answer answer,
         void (*adjust) (KobraPlanSettings *settings))
{
  Run              *run = g_new0 (Run, 1);
  KobraPlanSettings settings = kobra_plan_default_settings;

  if (adjust != NULL)
    adjust (&settings);
  run->dice = (KobraClock) { now_cb, roll_cb, run };
  run->rand = g_rand_new_with_seed (1);
  run->now = 1000 * SECOND;
  run->answer = answer;
  run->n = n;
  run->results = g_new0 (KobraResult, MAX (n, MIN_RECORDS));
  run->bad = g_new0 (gboolean, MAX (n, MIN_RECORDS));
  run->was_alone = g_new0 (gboolean, MAX (n, MIN_RECORDS));
  run->words = "rechazado";
  run->counts_from = -1;
  run->plan = kobra_plan_new (&settings, &run->dice, &sink, run);
  for (guint i = 0; i < n; i++)
    kobra_plan_add (run->plan, i, i + 1, FALSE);
  return run;
}

void
run_free (Run *run)
{
  kobra_plan_free (run->plan);
  g_rand_free (run->rand);
  g_free (run->named);
  g_free (run->message);
  g_free (run->results);
  g_free (run->bad);
  g_free (run->was_alone);
  g_free (run);
}

guint
run_count (Run        *run,
           KobraResult result)
{
  guint n = 0;

  for (guint i = 0; i < run->n; i++)
    n += run->results[i] == result;
  return n;
}

void
run_say (KobraReply *reply,
         guint       status,
         const char *body)
{
  kobra_reply_read (reply, status, "application/json", NULL, body, strlen (body), 0);
}

void
run_answer_truly (Run              *run,
                  const KobraBatch *batch,
                  KobraReply       *reply)
{
  guint            first_bad = G_MAXUINT, position = 0;
  g_autofree char *body = NULL;
  g_autofree char *key = NULL;
  g_autofree char *words = NULL;
  g_auto (GStrv)   parts = NULL;

  for (guint i = 0; i < batch->n && first_bad == G_MAXUINT; i++)
    if (run->bad[batch->ids[i]])
      {
        first_bad = batch->ids[i];
        position = i;
      }
  if (first_bad == G_MAXUINT && (run->limit == 0 || batch->n <= run->limit))
    {
      run_say (reply, 200, "{\"data\":null,\"error\":null}");
      return;
    }
  if (batch->n == 1)
    run->was_alone[batch->ids[0]] = TRUE;
  if (run->named != NULL)
    key = g_strdup (run->named);
  else if (run->counts_from >= 0)
    key = g_strdup_printf ("%u", position + (guint) run->counts_from);
  else
    key = g_strdup_printf ("A-%u", first_bad);
  parts = g_strsplit (run->words, "%s", 2);
  words = g_strjoinv (key, parts);
  body = g_strdup_printf ("{\"data\":null,\"error\":{\"type\":\"Invalid\",\"message\":\"%s\"}}", words);
  run_say (reply, 400, body);
}

KobraStep
run_step (Run *run)
{
  g_auto (KobraReply) reply = { 0 };
  KobraBatch          batch;
  gint64              until = 0;
  KobraStep           step = kobra_plan_next (run->plan, run->now, &batch, &until);

  switch (step)
    {
    case KOBRA_STEP_SEND:
      run->n_requests++;
      g_assert_true (kobra_plan_written (run->plan, &batch, batch.n, batch.n * 100));
      kobra_reply_init (&reply);
      run->answer (run, &batch, &reply);
      run->now += SECOND / 10;
      kobra_plan_ended (run->plan, batch.request, &reply, run->now);
      break;
    case KOBRA_STEP_WAIT:
      g_assert_cmpint (until, <, G_MAXINT64);
      run->now = MAX (run->now, until);
      break;
    case KOBRA_STEP_SIGN_IN:
      run->n_sign_ins++;
      kobra_plan_signed_in (run->plan, KOBRA_OUTCOME_ACCEPTED, NULL, -1, run->now);
      break;
    case KOBRA_STEP_PAUSED:
    case KOBRA_STEP_DONE:
    default:
      break;
    }
  return step;
}

KobraStep
run_on (Run *run)
{
  KobraStep step;

  do
    step = run_step (run);
  while (step != KOBRA_STEP_DONE && step != KOBRA_STEP_PAUSED);
  return step;
}

void
run_through (Run *run)
{
  while (run_on (run) == KOBRA_STEP_PAUSED)
    {
      run->n_pauses++;
      kobra_plan_resume (run->plan);
    }
  for (guint i = 0; i < run->n; i++)
    g_assert_true (kobra_result_is_final (run->results[i]));
}

void
run_assert_true_results (Run *run)
{
  for (guint i = 0; i < run->n; i++)
    g_assert_cmpint (run->results[i], ==, run->bad[i] ? KOBRA_RESULT_REJECTED : KOBRA_RESULT_ACCEPTED);
}

void
run_launch_all (Run     *run,
                Flights *flights)
{
  KobraBatch batch;
  gint64     until;

  flights->n = 0;
  while (kobra_plan_next (run->plan, run->now, &batch, &until) == KOBRA_STEP_SEND)
    flights->batches[flights->n++] = batch;
}

void
run_end_flight (Run        *run,
                Flights    *flights,
                guint       i,
                guint       status,
                const char *retry_after)
{
  g_auto (KobraReply) reply = { 0 };
  const char         *body = "{\"data\":null}";

  kobra_reply_init (&reply);
  if (status != 0)
    kobra_reply_read (&reply, status, NULL, retry_after, body, strlen (body), 0);
  kobra_plan_ended (run->plan, flights->batches[i].request, &reply, run->now);
}

void
run_warm_up (Run     *run,
             Flights *flights)
{
  for (guint i = 0; i < 3; i++)
    run_step (run);
  run_launch_all (run, flights);
  g_assert_cmpuint (flights->n, ==, 4);
}
