/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A server or a network that does not do what it should. */
#include "kobra-test.h"
#include "plan-run.h"

/* Slow down */

static void
test_slow_down_obeys (void)
{
  g_autoptr (Run) run = run_new (10000, run_answer_truly, NULL);
  Flights         flights;
  KobraBatch      batch;
  gint64          until;
  KobraPlanCounts counts;

  run_warm_up (run, &flights);
  for (guint i = 0; i < 4; i++)
    run_end_flight (run, &flights, i, 429, i == 2 ? "30" : "5");
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_WAIT);
  g_assert_cmpint (until, ==, run->now + 30 * SECOND);
  g_assert_cmpint (kobra_plan_next (run->plan, until - 1, &batch, &until), ==, KOBRA_STEP_WAIT);

  /* One storm is one reason to slow down, however many requests were in it. */
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.window, ==, 2);
  run->now += 30 * SECOND;
  run_launch_all (run, &flights);
  g_assert_cmpuint (flights.n, ==, 2);
  for (guint i = 0; i < 2; i++)
    run_end_flight (run, &flights, i, 200, NULL);
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_pauses, ==, 0);
}

static void
answer_503 (Run              *run,
            const KobraBatch *batch,
            KobraReply       *reply)
{
  run_say (reply, 503, "");
}

static void
test_slow_down_for_ever (void)
{
  g_autoptr (Run) run = run_new (1000, answer_503, NULL);

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_SLOW_DOWN);
  g_assert_cmpuint (run->n_requests, ==, 10);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_NONE), ==, 1000);
  run->answer = run_answer_truly;
  run_through (run);
  run_assert_true_results (run);
}

static void
test_slow_down_too_long (void)
{
  g_autoptr (Run) run = run_new (1000, run_answer_truly, NULL);
  Flights         flights;

  run_launch_all (run, &flights);
  run_end_flight (run, &flights, 0, 429, "7200");
  g_assert_cmpint (run_step (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_SLOW_DOWN);
}

/* Tokens */

static void
test_token_once (void)
{
  g_autoptr (Run) run = run_new (10000, run_answer_truly, NULL);
  Flights         flights;
  KobraBatch      batch;
  gint64          until;

  run_warm_up (run, &flights);
  run_end_flight (run, &flights, 1, 401, NULL);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SIGN_IN);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_WAIT);
  run_end_flight (run, &flights, 0, 401, NULL);
  kobra_plan_signed_in (run->plan, KOBRA_OUTCOME_ACCEPTED, NULL, -1, run->now);

  /* Sent with the old token, refused after the new one is there. */
  run_end_flight (run, &flights, 2, 401, NULL);
  run_end_flight (run, &flights, 3, 200, NULL);
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_sign_ins, ==, 0);
  g_assert_cmpuint (run->n_pauses, ==, 0);
  g_assert_cmpuint (run->n_requests, ==, 3 + 50 - 4);
}

static void
answer_401 (Run              *run,
            const KobraBatch *batch,
            KobraReply       *reply)
{
  run_say (reply, 401, "{\"error\":{\"message\":\"token no válido\"}}");
}

static void
test_token_refused_again (void)
{
  g_autoptr (Run) run = run_new (1000, answer_401, NULL);
  const char     *message;

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, &message), ==, KOBRA_PAUSE_SIGN_IN);
  g_assert_cmpstr (message, ==, "token no válido");
  g_assert_cmpuint (run->n_sign_ins, ==, 1);
  g_assert_cmpuint (run->n_requests, ==, 2);

  /* Going on begins with a sign-in. */
  run->answer = run_answer_truly;
  kobra_plan_resume (run->plan);
  g_assert_cmpint (run_step (run), ==, KOBRA_STEP_SIGN_IN);
  run_through (run);
  run_assert_true_results (run);
}

static const struct
{
  const char  *name;
  KobraOutcome outcome;
  guint        n_tries;
  KobraPause   pause;
} failed_sign_ins[] = {
  { "refused", KOBRA_OUTCOME_SIGN_IN, 1, KOBRA_PAUSE_SIGN_IN },
  { "rejected", KOBRA_OUTCOME_REJECTED, 1, KOBRA_PAUSE_SIGN_IN },
  { "certificate", KOBRA_OUTCOME_REFUSED, 1, KOBRA_PAUSE_REFUSED },
  { "never-reached", KOBRA_OUTCOME_OFFLINE, 2, KOBRA_PAUSE_OFFLINE },
  { "no-answer", KOBRA_OUTCOME_UNKNOWN, 5, KOBRA_PAUSE_NO_ANSWER },
  { "busy", KOBRA_OUTCOME_SLOW_DOWN, 5, KOBRA_PAUSE_NO_ANSWER },
};

static void
without_token (KobraPlanSettings *settings)
{
  settings->signed_in = FALSE;
}

static void
test_failed_sign_in (gconstpointer data)
{
  const typeof (failed_sign_ins[0]) *row = data;
  g_autoptr (Run) run = run_new (10, run_answer_truly, without_token);
  KobraBatch      batch;
  const char     *message;
  gint64          until;
  guint           n_tries = 0;
  KobraStep       step;

  while ((step = kobra_plan_next (run->plan, run->now, &batch, &until)) != KOBRA_STEP_PAUSED)
    {
      if (step == KOBRA_STEP_WAIT)
        {
          g_assert_cmpint (until, <, G_MAXINT64);
          run->now = until;
          continue;
        }
      g_assert_cmpint (step, ==, KOBRA_STEP_SIGN_IN);
      n_tries++;
      kobra_plan_signed_in (run->plan, row->outcome, "why", -1, run->now);
    }
  g_assert_cmpuint (n_tries, ==, row->n_tries);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, &message), ==, row->pause);
  g_assert_cmpstr (message, ==, "why");
  kobra_plan_resume (run->plan);
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_sign_ins, ==, 1);
}

static void
test_token_lapses (void)
{
  g_autoptr (Run) run = run_new (1000, run_answer_truly, without_token);
  KobraBatch      batch;
  gint64          until;

  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SIGN_IN);
  kobra_plan_signed_in (run->plan, KOBRA_OUTCOME_ACCEPTED, NULL, run->now + 600 * SECOND, run->now);
  g_assert_cmpint (run_step (run), ==, KOBRA_STEP_SEND);
  run->now += 580 * SECOND;
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SIGN_IN);

  /* A token that is said to lapse at once: a clock is wrong, and only a refusal counts. */
  kobra_plan_signed_in (run->plan, KOBRA_OUTCOME_ACCEPTED, NULL, run->now - 3600 * SECOND, run->now);
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_sign_ins, ==, 0);
}

/* A sign-in that fails is tried again soon, but not sooner than the server has asked for. */
static void
test_sign_in_waits (void)
{
  g_autoptr (Run) run = run_new (10000, run_answer_truly, NULL);
  Flights         flights;
  KobraBatch      batch;
  gint64          until;

  run_warm_up (run, &flights);
  run_end_flight (run, &flights, 0, 401, NULL);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SIGN_IN);
  run_end_flight (run, &flights, 1, 429, "60");
  kobra_plan_signed_in (run->plan, KOBRA_OUTCOME_OFFLINE, "no route", -1, run->now);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_WAIT);
  g_assert_cmpint (until, ==, run->now + 60 * SECOND);
}

/* A request that was turned away at the door was looked at by nobody: its records may wait, and are not unknown. */
static const struct
{
  const char *name;
  guint       status;
  KobraResult result;
} doors[] = {
  { "401-no-sign-in", 401, KOBRA_RESULT_NOT_SENT },
  { "403-not-allowed", 403, KOBRA_RESULT_NOT_SENT },
  { "404-not-the-api", 404, KOBRA_RESULT_NOT_SENT },
  { "405-not-the-api", 405, KOBRA_RESULT_NOT_SENT },
  { "407-a-proxy", 407, KOBRA_RESULT_NOT_SENT },
  { "302-seen-by-somebody", 302, KOBRA_RESULT_UNKNOWN },
  { "429-by-the-server", 429, KOBRA_RESULT_UNKNOWN },
  { "503-by-the-server", 503, KOBRA_RESULT_UNKNOWN },
};

static void
test_turned_away (gconstpointer data)
{
  const typeof (doors[0]) *row = data;
  g_autoptr (Run) run = run_new (10000, run_answer_truly, NULL);
  Flights         flights;
  guint32         turned_away, unanswered;

  run_warm_up (run, &flights);
  turned_away = flights.batches[0].ids[0];
  unanswered = flights.batches[1].ids[0];
  run_end_flight (run, &flights, 0, row->status, NULL);
  run_end_flight (run, &flights, 1, 0, NULL); /* an answer that never came is unknown all the same */
  for (guint i = 2; i < flights.n; i++)
    run_end_flight (run, &flights, i, 200, NULL);
  kobra_plan_cancel (run->plan, "stopped");
  run_through (run);
  g_assert_cmpint (run->results[turned_away], ==, row->result);
  g_assert_cmpint (run->results[unanswered], ==, KOBRA_RESULT_UNKNOWN);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_UNKNOWN), ==, row->result == KOBRA_RESULT_UNKNOWN ? 400 : 200);
}

/* What an earlier request may have brought there is not undone by a refusal of a later one. */
static void
test_turned_away_later (void)
{
  g_autoptr (Run) run = run_new (100, run_answer_truly, NULL);
  Flights         flights;

  run_launch_all (run, &flights);
  run_end_flight (run, &flights, 0, 0, NULL);
  run->answer = answer_401;
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  kobra_plan_cancel (run->plan, "stopped");
  run_through (run);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_UNKNOWN), ==, 100);
}

/* No connection */

static void
answer_offline (Run              *run,
                const KobraBatch *batch,
                KobraReply       *reply)
{
  kobra_reply_set (reply, KOBRA_OUTCOME_OFFLINE, "no route");
}

static void
test_never_reached (void)
{
  g_autoptr (Run) run = run_new (1000, answer_offline, NULL);

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_OFFLINE);
  g_assert_cmpuint (run->n_requests, ==, 2);

  /* None of them travelled. */
  kobra_plan_cancel (run->plan, "stopped");
  run_through (run);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_NOT_SENT), ==, 1000);
}

static void
test_offline_for_a_while (void)
{
  g_autoptr (Run) run = run_new (10000, run_answer_truly, NULL);
  Flights         flights;

  run_warm_up (run, &flights);
  run->answer = answer_offline;
  for (guint i = 0; i < 4; i++)
    {
      g_auto (KobraReply) reply = { 0 };

      kobra_reply_init (&reply);
      answer_offline (run, NULL, &reply);
      kobra_plan_ended (run->plan, flights.batches[i].request, &reply, run->now);
    }
  run->n_requests = 0;
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_OFFLINE);
  g_assert_cmpuint (run->n_requests, ==, 4); /* the four at once counted as one */
  run->answer = run_answer_truly;
  run_through (run);
  run_assert_true_results (run);
}

/* No answer */

static void
answer_silence (Run              *run,
                const KobraBatch *batch,
                KobraReply       *reply)
{
  kobra_reply_set (reply, KOBRA_OUTCOME_UNKNOWN, "reset");
}

static void
test_lone_without_answer (void)
{
  g_autoptr (Run) run = run_new (1, answer_silence, NULL);
  gint64          sent[5];
  KobraStep       step;

  while ((step = run_step (run)) != KOBRA_STEP_DONE)
    if (step == KOBRA_STEP_SEND)
      {
        g_assert_cmpuint (run->n_requests, <=, 5);
        sent[run->n_requests - 1] = run->now;
      }
  g_assert_cmpuint (run->n_requests, ==, 5);
  g_assert_cmpint (run->results[0], ==, KOBRA_RESULT_UNKNOWN);
  g_assert_cmpstr (run->message, ==, "reset");
  for (guint i = 1; i < 5; i++)
    g_assert_cmpint (sent[i] - sent[i - 1], <=, (SECOND << (i - 1)) + SECOND / 10);
}

static void
test_silence (void)
{
  g_autoptr (Run) run = run_new (1000, answer_silence, NULL);
  KobraPlanCounts counts;

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_NO_ANSWER);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_UNKNOWN), >, 0);
  g_assert_cmpuint (run->n_requests, <=, 7); /* 3 times as a batch, then in halves */
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.window, ==, 1);
  run->answer = run_answer_truly;
  run_through (run);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_ACCEPTED) + run_count (run, KOBRA_RESULT_UNKNOWN), ==, 1000);
}

/* A bad record makes the server fail: in its own words, or without any. */
static void
answer_500_words (Run              *run,
                  const KobraBatch *batch,
                  KobraReply       *reply)
{
  run_answer_truly (run, batch, reply);
  if (reply->outcome == KOBRA_OUTCOME_REJECTED)
    run_say (reply, 500, "{\"error\":{\"type\":\"Internal\",\"message\":\"null pointer\"}}");
}

static void
answer_reset (Run              *run,
              const KobraBatch *batch,
              KobraReply       *reply)
{
  run_answer_truly (run, batch, reply);
  if (reply->outcome == KOBRA_OUTCOME_REJECTED)
    kobra_reply_set (reply, KOBRA_OUTCOME_UNKNOWN, "reset");
}

static const struct
{
  const char *name;
  Answer      answer;
  guint       n, bad;
  KobraResult result;
} poisons[] = {
  { "in-words", answer_500_words, 2000, 300, KOBRA_RESULT_REJECTED },
  { "in-words-last-batch", answer_500_words, 200, 199, KOBRA_RESULT_REJECTED },
  { "in-words-small", answer_500_words, 10, 0, KOBRA_RESULT_REJECTED },
  { "reset", answer_reset, 2000, 300, KOBRA_RESULT_UNKNOWN },
  { "reset-last-batch", answer_reset, 150, 70, KOBRA_RESULT_UNKNOWN },
};

static void
test_poison (gconstpointer data)
{
  const typeof (poisons[0]) *row = data;
  g_autoptr (Run) run = run_new (row->n, row->answer, NULL);

  run->bad[row->bad] = TRUE;
  run_through (run);
  for (guint i = 0; i < run->n; i++)
    g_assert_cmpint (run->results[i], ==, i == row->bad ? row->result : KOBRA_RESULT_ACCEPTED);
  g_assert_cmpuint (run->n_pauses, ==, 0);
  g_assert_cmpuint (run->n_requests, <=, row->n / 200 + 60);
}

/* For good */

static void
test_refused (void)
{
  g_autoptr (Run) run = run_new (1000, run_answer_truly, NULL);
  Flights         flights;

  run_launch_all (run, &flights);
  run_end_flight (run, &flights, 0, 302, NULL);
  g_assert_cmpint (run_step (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_REFUSED);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_NONE), ==, 1000);
  run_through (run);
  run_assert_true_results (run);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send/plan/slow-down/retry-after-is-obeyed", test_slow_down_obeys);
  g_test_add_func ("/send/plan/slow-down/not-for-ever", test_slow_down_for_ever);
  g_test_add_func ("/send/plan/slow-down/too-long-pauses", test_slow_down_too_long);
  g_test_add_func ("/send/plan/token/one-sign-in-for-many-refusals", test_token_once);
  g_test_add_func ("/send/plan/token/a-new-one-refused-pauses", test_token_refused_again);
  for (gsize i = 0; i < G_N_ELEMENTS (failed_sign_ins); i++)
    kobra_test_add_row ("/send/plan/token/failed-sign-in/", failed_sign_ins[i].name, &failed_sign_ins[i], test_failed_sign_in);
  g_test_add_func ("/send/plan/token/renewed-before-it-lapses", test_token_lapses);
  g_test_add_func ("/send/plan/token/a-failed-sign-in-keeps-the-wait", test_sign_in_waits);
  for (gsize i = 0; i < G_N_ELEMENTS (doors); i++)
    kobra_test_add_row ("/send/plan/turned-away/", doors[i].name, &doors[i], test_turned_away);
  g_test_add_func ("/send/plan/turned-away/but-it-was-there-before", test_turned_away_later);
  g_test_add_func ("/send/plan/offline/never-reached-is-told-soon", test_never_reached);
  g_test_add_func ("/send/plan/offline/waits-then-pauses", test_offline_for_a_while);
  g_test_add_func ("/send/plan/no-answer/a-lone-record-backs-off", test_lone_without_answer);
  g_test_add_func ("/send/plan/no-answer/silence-pauses", test_silence);
  for (gsize i = 0; i < G_N_ELEMENTS (poisons); i++)
    kobra_test_add_row ("/send/plan/no-answer/one-record-silences-the-server/", poisons[i].name, &poisons[i], test_poison);
  g_test_add_func ("/send/plan/refused-for-good-pauses", test_refused);
  return g_test_run ();
}
