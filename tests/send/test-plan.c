/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Batches, limits, order and run control. */
#include "plan-run.h"

/* Good records */

static void
test_all_good (void)
{
  g_autoptr (Run) run = run_new (1001, run_answer_truly, NULL);
  KobraPlanCounts counts;

  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_requests, ==, 6);
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.total, ==, 1001);
  g_assert_cmpuint (counts.accepted, ==, 1001);
  g_assert_cmpuint (counts.n_requests, ==, 6);
  g_assert_cmpuint (counts.window, ==, 4);
}

static void
test_nothing (void)
{
  g_autoptr (Run) run = run_new (0, run_answer_truly, NULL);

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_DONE);
  g_assert_cmpuint (run->n_requests, ==, 0);
}

/* 413 */

static void
answer_413 (Run              *run,
            const KobraBatch *batch,
            KobraReply       *reply)
{
  if (batch->n <= run->limit)
    {
      run_answer_truly (run, batch, reply);
      return;
    }
  if (batch->n == 1)
    run->was_alone[batch->ids[0]] = TRUE;
  run_say (reply, 413, "");
}

static void
test_too_big (void)
{
  g_autoptr (Run) run = run_new (10000, answer_413, NULL);
  KobraPlanCounts counts;

  run->limit = 60;
  run_through (run);
  run_assert_true_results (run);
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.batch_size, ==, 50);
  g_assert_cmpuint (run->n_requests, <=, 10000 / 50 + 8);
}

static void
answer_413_always (Run              *run,
                   const KobraBatch *batch,
                   KobraReply       *reply)
{
  run->limit = 0;
  answer_413 (run, batch, reply);
}

static void
test_too_big_alone (void)
{
  g_autoptr (Run) run = run_new (2, answer_413_always, NULL);

  run_through (run);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_REJECTED), ==, 2);
  g_assert_cmpuint (run->n_requests, ==, 3);
}

static void
test_only_what_fits (void)
{
  g_autoptr (Run)     run = run_new (300, run_answer_truly, NULL);
  g_auto (KobraReply) reply = { 0 };
  KobraBatch          batch;
  gint64              until;

  kobra_reply_init (&reply);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SEND);
  g_assert_cmpuint (batch.n, ==, 200);
  g_assert_true (kobra_plan_written (run->plan, &batch, 30, 1000));
  g_assert_cmpuint (batch.n, ==, 30);
  run_say (&reply, 200, "{\"data\":null}");
  kobra_plan_ended (run->plan, batch.request, &reply, run->now);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_ACCEPTED), ==, 30);

  /* What did not fit goes next. */
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SEND);
  g_assert_cmpuint (batch.n, ==, 170);
  g_assert_cmpuint (batch.ids[0], ==, 30);
  g_assert_true (kobra_plan_written (run->plan, &batch, batch.n, 1000));
  kobra_plan_ended (run->plan, batch.request, &reply, run->now);
  run_through (run);
  run_assert_true_results (run);
}

static void
test_left_out (void)
{
  g_autoptr (Run)     run = run_new (5, run_answer_truly, NULL);
  g_auto (KobraReply) reply = { 0 };
  KobraBatch          batch;
  gint64              until;

  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SEND);
  kobra_plan_leave_out (run->plan, &batch, 1, "gone");
  g_assert_cmpint (run->results[1], ==, KOBRA_RESULT_NOT_SENT);
  g_assert_cmpstr (run->message, ==, "gone");
  kobra_plan_leave_out (run->plan, &batch, 4, "gone");
  g_assert_true (kobra_plan_written (run->plan, &batch, 5, 100));
  g_assert_cmpuint (batch.n, ==, 3);
  g_assert_cmpuint (batch.ids[1], ==, 2);
  kobra_reply_init (&reply);
  run_say (&reply, 200, "{\"data\":null}");
  kobra_plan_ended (run->plan, batch.request, &reply, run->now);
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_DONE);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_ACCEPTED), ==, 3);
}

static void
test_all_left_out (void)
{
  g_autoptr (Run) run = run_new (2, run_answer_truly, NULL);
  KobraPlanCounts counts;
  KobraBatch      batch;
  gint64          until;

  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SEND);
  kobra_plan_leave_out (run->plan, &batch, 0, "gone");
  kobra_plan_leave_out (run->plan, &batch, 1, "gone");
  g_assert_false (kobra_plan_written (run->plan, &batch, 2, 0));
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_DONE);
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.n_requests, ==, 0);
  g_assert_cmpuint (counts.not_sent, ==, 2);
}

/* Order */

static void
test_key_order (void)
{
  g_autoptr (Run)     run = run_new (0, run_answer_truly, NULL);
  g_auto (KobraReply) reply = { 0 };
  KobraBatch          batch;
  gint64              until;

  kobra_reply_init (&reply);
  run->n = 5;
  kobra_plan_add (run->plan, 0, 7, FALSE);
  kobra_plan_add (run->plan, 1, 8, FALSE);
  kobra_plan_add (run->plan, 2, 7, FALSE);
  kobra_plan_add (run->plan, 3, 7, FALSE);
  kobra_plan_add (run->plan, 4, 0, FALSE);

  /* An answer that is lost does not let the second one pass. */
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SEND);
  g_assert_cmpuint (batch.n, ==, 3);
  g_assert_cmpuint (batch.ids[0], ==, 0);
  g_assert_cmpuint (batch.ids[1], ==, 1);
  g_assert_cmpuint (batch.ids[2], ==, 4);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_WAIT);
  kobra_plan_ended (run->plan, 1, &reply, run->now);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now + 60 * SECOND, &batch, &until), ==, KOBRA_STEP_SEND);
  g_assert_cmpuint (batch.ids[0], ==, 0);
  run_say (&reply, 200, "{\"data\":null}");
  kobra_plan_ended (run->plan, batch.request, &reply, run->now);

  for (guint i = 2; i < 4; i++)
    {
      g_assert_cmpint (kobra_plan_next (run->plan, run->now + 60 * SECOND, &batch, &until), ==, KOBRA_STEP_SEND);
      g_assert_cmpuint (batch.n, ==, 1);
      g_assert_cmpuint (batch.ids[0], ==, i);
      kobra_plan_ended (run->plan, batch.request, &reply, run->now);
    }
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_DONE);
}

static void
test_one_key_for_all (void)
{
  g_autoptr (Run) run = run_new (0, run_answer_truly, NULL);

  run->n = 500;
  for (guint i = 0; i < 500; i++)
    kobra_plan_add (run->plan, i, 42, FALSE);
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_requests, ==, 500);
}

static void
test_hash_of_key (void)
{
  g_assert_cmpuint (kobra_plan_hash_key (""), ==, 0);
  g_assert_cmpuint (kobra_plan_hash_key ("A-1"), ==, kobra_plan_hash_key ("A-1"));
  g_assert_cmpuint (kobra_plan_hash_key ("A-1"), !=, kobra_plan_hash_key ("A-2"));
  g_assert_cmpuint (kobra_plan_hash_key ("0"), !=, 0);
}

/* Run control */

static void
test_window (void)
{
  g_autoptr (Run) run = run_new (10000, run_answer_truly, NULL);
  Flights         flights;

  /* The first request goes alone. */
  run_launch_all (run, &flights);
  g_assert_cmpuint (flights.n, ==, 1);
  run_end_flight (run, &flights, 0, 200, NULL);
  run_launch_all (run, &flights);
  g_assert_cmpuint (flights.n, ==, 2);
}

static void
test_pause (void)
{
  g_autoptr (Run) run = run_new (10000, run_answer_truly, NULL);
  Flights         flights;

  run_warm_up (run, &flights);
  kobra_plan_pause (run->plan, KOBRA_PAUSE_ASKED, NULL);
  g_assert_cmpint (run_step (run), ==, KOBRA_STEP_PAUSED);
  for (guint i = 0; i < 4; i++)
    run_end_flight (run, &flights, i, 200, NULL);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_ACCEPTED), ==, 1400);
  g_assert_cmpint (run_step (run), ==, KOBRA_STEP_PAUSED);
  run_through (run);
  run_assert_true_results (run);
}

static void
test_cancel (void)
{
  g_autoptr (Run) run = run_new (10000, run_answer_truly, NULL);
  Flights         flights;
  KobraBatch      batch;
  gint64          until;

  run_warm_up (run, &flights);
  run_end_flight (run, &flights, 0, 0, NULL); /* unanswered, would be tried again */
  kobra_plan_cancel (run->plan, "stopped");
  while (kobra_plan_next (run->plan, run->now, &batch, &until) == KOBRA_STEP_WAIT && until <= run->now)
    ;
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_NONE), ==, 600);
  run_end_flight (run, &flights, 1, 0, NULL);
  run_end_flight (run, &flights, 2, 200, NULL);
  run_end_flight (run, &flights, 3, 400, NULL);
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_DONE);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_ACCEPTED), ==, 800);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_UNKNOWN), ==, 600);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_NOT_SENT), ==, 10000 - 1400);
}

/* The rest of a split has travelled: nobody knows what was applied of the refused batch. */
static void
test_cancel_in_a_split (void)
{
  g_autoptr (Run) run = run_new (400, run_answer_truly, NULL);
  Flights         flights;

  run_launch_all (run, &flights);
  run_end_flight (run, &flights, 0, 422, NULL);
  kobra_plan_cancel (run->plan, "stopped");
  run_through (run);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_UNKNOWN), ==, 200);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_NOT_SENT), ==, 200);
}

static void
test_withdraw (void)
{
  g_autoptr (Run) run = run_new (100, run_answer_truly, NULL);
  Flights         flights;
  KobraPlanCounts counts;

  run_launch_all (run, &flights);
  kobra_plan_withdraw (run->plan, flights.batches[0].request);
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.n_requests, ==, 0);
  g_assert_cmpuint (counts.in_flight, ==, 0);
  run_launch_all (run, &flights);
  kobra_plan_cancel (run->plan, "stopped");
  kobra_plan_withdraw (run->plan, flights.batches[0].request);
  run_through (run);
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_NOT_SENT), ==, 100);
}

static void
test_freed_at_any_time (void)
{
  for (guint n = 0; n < 40; n++)
    {
      g_autoptr (Run) run = run_new (3000, run_answer_truly, NULL);
      KobraBatch      batch;
      gint64          until;

      for (guint i = 0; i < 3000; i += 50)
        run->bad[i] = TRUE;
      for (guint i = 0; i < n; i++)
        run_step (run);
      if (kobra_plan_next (run->plan, run->now, &batch, &until) == KOBRA_STEP_SEND && n % 2 == 0)
        kobra_plan_cancel (run->plan, "stopped");
    }
}

static void
test_memory (void)
{
  g_autoptr (Run) run = run_new (0, run_answer_truly, NULL);

  for (guint i = 0; i < 1000000; i++)
    kobra_plan_add (run->plan, i, kobra_plan_hash_key (run_get_key (i, NULL)), FALSE);
  g_assert_cmpuint (kobra_plan_get_size (run->plan), <, 32 * 1024 * 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send/plan/good-records-take-full-batches", test_all_good);
  g_test_add_func ("/send/plan/nothing-is-done", test_nothing);
  g_test_add_func ("/send/plan/too-big/halves-the-batch-for-good", test_too_big);
  g_test_add_func ("/send/plan/too-big/alone-is-rejected", test_too_big_alone);
  g_test_add_func ("/send/plan/only-what-fits-goes", test_only_what_fits);
  g_test_add_func ("/send/plan/left-out-is-not-sent", test_left_out);
  g_test_add_func ("/send/plan/all-left-out-is-no-request", test_all_left_out);
  g_test_add_func ("/send/plan/order/one-key-at-a-time", test_key_order);
  g_test_add_func ("/send/plan/order/one-key-for-all", test_one_key_for_all);
  g_test_add_func ("/send/plan/order/hash-of-a-key", test_hash_of_key);
  g_test_add_func ("/send/plan/window-opens-by-acceptance", test_window);
  g_test_add_func ("/send/plan/pause-and-resume", test_pause);
  g_test_add_func ("/send/plan/cancel/answers-still-count", test_cancel);
  g_test_add_func ("/send/plan/cancel/what-travelled-is-unknown", test_cancel_in_a_split);
  g_test_add_func ("/send/plan/withdrawn-is-as-before", test_withdraw);
  g_test_add_func ("/send/plan/freed-at-any-time", test_freed_at_any_time);
  g_test_add_func ("/send/plan/a-million-records-take-little-memory", test_memory);
  return g_test_run ();
}
