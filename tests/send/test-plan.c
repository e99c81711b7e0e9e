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

<<<<<<< HEAD
/* Isolation by hint */

static const struct
{
  const char *name, *words;
} hints[] = {
  { "spanish", "El externalID %s no es válido" },
  { "english", "account %s: rfc is invalid" },
  { "quoted", "dato inválido en '%s'." },
  { "brackets", "accounts[%s].name" },
  { "at-the-end", "duplicado: %s" },
  { "alone", "%s" },
};

static void
test_right_hint (gconstpointer data)
{
  const typeof (hints[0]) *row = data;

  for (guint place = 0; place < 200; place += 33)
    {
      g_autoptr (Run) run = new_run (200, answer_truly, NULL);

      run->words = row->words;
      run->bad[place] = TRUE;
      run_through (run);
      assert_true_results (run);
      g_assert_cmpuint (run->n_requests, ==, 3);
    }
}

/* Each record that is named costs itself and the rest once more; from the third on, with nothing accepted yet, one that was not named
 * tells once whether it is all of them. */
static void
test_right_hints (void)
{
  for (guint k = 1; k <= 20; k++)
    {
      g_autoptr (Run) run = new_run (200, answer_truly, one_at_a_time);

      run->words = "el registro %s no es válido";
      for (guint i = 0; i < k; i++)
        run->bad[i * 9 + 3] = TRUE;
      run_through (run);
      assert_true_results (run);
      g_assert_cmpuint (run->n_requests, <=, 1 + 2 * k + (k > 2));
    }
}

/* "A-1" also begins "A-10", and "10" stands in "A-10". */
static void
test_longest_key (void)
{
  g_autoptr (Run) run = new_run (200, answer_truly, NULL);

  run->words = "revise %s por favor";
  run->bad[10] = run->bad[100] = TRUE;
  run_through (run);
  assert_true_results (run);
  g_assert_cmpuint (run->n_requests, ==, 5);
}

static guint
cost_of_halves (guint       n,
                guint       place,
                const char *named)
{
  g_autoptr (Run) run = new_run (n, answer_truly, NULL);

  run->bad[place] = TRUE;
  run->named = g_strdup (named);
  run->words = named != NULL ? "el culpable es %s" : "no";
  run_through (run);
  assert_true_results (run);
  return run->n_requests;
}

static void
test_wrong_hint (void)
{
  for (guint place = 0; place < 200; place++)
    {
      guint without = cost_of_halves (200, place, NULL);

      g_assert_cmpuint (cost_of_halves (200, place, "A-77"), <=, without + 1);
      g_assert_cmpuint (cost_of_halves (200, place, "A-0"), <=, without + 1);
      g_assert_cmpuint (cost_of_halves (200, place, "A-199"), <=, without + 1);
      g_assert_cmpuint (cost_of_halves (200, place, "A-9999"), ==, without);
      g_assert_cmpuint (cost_of_halves (200, place, "constructor"), ==, without);
    }
}

/* Isolation by halves */

static double
get_bound (guint n,
           guint k)
{
  return 2 * k * (1 + log2 ((double) n / k));
}

static void
check_halves (guint  n,
              guint  k,
              GRand *dice)
{
  g_autoptr (Run) run = new_run (n, answer_truly, one_at_a_time);

  for (guint i = 0; i < k;)
    {
      gint32 place = g_rand_int_range (dice, 0, (gint32) n);

      if (!run->bad[place])
        {
          run->bad[place] = TRUE;
          i++;
        }
    }
  run_through (run);
  assert_true_results (run);
  if (run->n_requests > MAX (get_bound (n, k), 1))
    g_error ("%u requests for %u bad in %u: the bound is %.2f", run->n_requests, k, n, get_bound (n, k));
}

static void
test_halves (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (3);

  for (guint n = 1; n <= 200; n += n < 40 ? 1 : 40)
    for (guint k = 1; k <= n; k += n < 40 ? 1 : 7)
      for (guint i = 0; i < (n < 40 ? 8 : 20); i++)
        check_halves (n, k, dice);
}

static void
test_halves_anywhere (void)
{
  for (guint n = 2; n <= 200; n += 11)
    for (guint place = 0; place < n; place++)
      g_assert_cmpfloat (cost_of_halves (n, place, NULL), <=, get_bound (n, 1));
}

static void
run_large (const char *words,
           guint       max_requests)
{
  g_autoptr (Run)   run = new_run (100000, answer_truly, NULL);
  g_autoptr (GRand) dice = g_rand_new_with_seed (5);

  run->words = words;
  for (guint i = 0; i < 100; i++)
    run->bad[g_rand_int_range (dice, 0, 100000)] = TRUE;
  run_through (run);
  assert_true_results (run);
  g_test_message ("%u requests", run->n_requests);
  g_assert_cmpuint (run->n_requests, <=, max_requests);
}

static void
test_large_without_hints (void)
{
  run_large ("no", 2100);
}

static void
test_large_with_hints (void)
{
  run_large ("registro %s", 800);
}

/* A server that takes no more than so many records and says it with a plain refusal. */
static void
test_hidden_limit (void)
{
  g_autoptr (Run) run = new_run (20000, answer_truly, NULL);
  KobraPlanCounts counts;

  run->limit = 60;
  run->words = "demasiados";
  run_through (run);
  assert_true_results (run);
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.batch_size, <=, 60);
  g_assert_cmpuint (run->n_requests, <=, 20000 / 50 * 5 / 4 + 60);
}

/* What is wrong with everything */

static void
mark_all_bad (Run *run)
{
  for (guint i = 0; i < run->n; i++)
    run->bad[i] = TRUE;
}

static void
test_systemic (void)
{
  g_autoptr (Run) run = new_run (1000, answer_truly, NULL);
  const char     *message;

  mark_all_bad (run);
  run->words = "branchID no permitido";
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, &message), ==, KOBRA_PAUSE_SYSTEMIC);
  g_assert_nonnull (strstr (message, "branchID no permitido"));
  g_assert_cmpuint (count (run, KOBRA_RESULT_REJECTED), ==, 3);
  g_assert_cmpuint (run->n_requests, <=, 11);
  g_assert_cmpint (take_step (run), ==, KOBRA_STEP_PAUSED);
}

static void
test_systemic_names_records (void)
{
  g_autoptr (Run) run = new_run (1000, answer_truly, NULL);

  mark_all_bad (run);
  run->words = "cuenta %s: sucursal no permitida";
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_SYSTEMIC);
  g_assert_cmpuint (run->n_requests, <=, 6);
}

/* Some bad records in the first batch, each named by the same words, are no reason to stop. */
static void
test_named_are_not_all (void)
{
  for (guint k = 3; k <= 6; k++)
    for (guint at = 0; at < 2; at++)
      {
        g_autoptr (Run) run = new_run (193, answer_truly, one_at_a_time);

        run->words = "La cuenta %s no es válida: la sucursal 999 no existe";
        for (guint i = 0; i < k; i++)
          run->bad[at + i * 17] = TRUE;
        run_through (run);
        assert_true_results (run);
        g_assert_cmpuint (count (run, KOBRA_RESULT_REJECTED), ==, k);
        g_assert_cmpuint (run->n_requests, <=, 2 + 2 * k);
      }
}

static void
test_systemic_once (void)
{
  g_autoptr (Run) run = new_run (20, answer_truly, NULL);

  mark_all_bad (run);
  run_through (run);
  assert_true_results (run);
  g_assert_cmpuint (run->n_pauses, ==, 1);
}

static void
test_not_systemic_after_acceptance (void)
{
  g_autoptr (Run) run = new_run (1000, answer_truly, one_at_a_time);

  for (guint i = 200; i < 1000; i += 10)
    run->bad[i] = TRUE;
  run_through (run);
  assert_true_results (run);
  g_assert_cmpuint (run->n_pauses, ==, 0);
}

=======
>>>>>>> send
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
  kobra_plan_add (run->plan, 0, 7);
  kobra_plan_add (run->plan, 1, 8);
  kobra_plan_add (run->plan, 2, 7);
  kobra_plan_add (run->plan, 3, 7);
  kobra_plan_add (run->plan, 4, 0);

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
    kobra_plan_add (run->plan, i, 42);
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
    kobra_plan_add (run->plan, i, kobra_plan_hash_key (run_get_key (i, NULL)));
  g_assert_cmpuint (kobra_plan_get_size (run->plan), <, 32 * 1024 * 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send/plan/good-records-take-full-batches", test_all_good);
  g_test_add_func ("/send/plan/nothing-is-done", test_nothing);
<<<<<<< HEAD
  for (gsize i = 0; i < G_N_ELEMENTS (hints); i++)
    kobra_test_add_row ("/send/plan/a-right-hint-costs-3-requests/", hints[i].name, &hints[i], test_right_hint);
  g_test_add_func ("/send/plan/k-right-hints-cost-1-plus-2k", test_right_hints);
  g_test_add_func ("/send/plan/the-longest-key-is-the-hint", test_longest_key);
  g_test_add_func ("/send/plan/a-wrong-hint-costs-at-most-1-more", test_wrong_hint);
  g_test_add_func ("/send/plan/halves-keep-the-bound", test_halves);
  g_test_add_func ("/send/plan/halves-keep-the-bound-for-one-anywhere", test_halves_anywhere);
  g_test_add_func ("/send/plan/100-bad-in-100000-without-hints", test_large_without_hints);
  g_test_add_func ("/send/plan/100-bad-in-100000-with-hints", test_large_with_hints);
  g_test_add_func ("/send/plan/a-limit-nobody-tells-is-learned", test_hidden_limit);
  g_test_add_func ("/send/plan/systemic/pauses-early", test_systemic);
  g_test_add_func ("/send/plan/systemic/keys-and-digits-make-no-difference", test_systemic_names_records);
  g_test_add_func ("/send/plan/systemic/named-records-are-not-all", test_named_are_not_all);
  g_test_add_func ("/send/plan/systemic/going-on-is-asked-once", test_systemic_once);
  g_test_add_func ("/send/plan/systemic/not-once-anything-is-accepted", test_not_systemic_after_acceptance);
=======
>>>>>>> send
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
