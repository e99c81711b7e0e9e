/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan against a server that is a function: request by request, at a time and with dice of our own. */
#include <math.h>
#include <string.h>

#include "kobra-plan.h"
#include "kobra-test.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* For runs whose records are added by hand. */
#define MIN_RECORDS 1000

typedef struct _Run Run;

typedef void (*Answer) (Run *run, const KobraBatch *batch, KobraReply *reply);

struct _Run
{
  KobraPlan   *plan;
  KobraClock   dice;
  GRand       *rand;
  gint64       now;
  Answer       answer;
  guint        n; /* records, whose IDs are 0 … n - 1 */
  KobraResult *results;
  gboolean    *bad;
  gboolean    *was_alone; /* refused alone */
  guint        n_requests;
  guint        n_sign_ins;
  guint        n_pauses;
  guint        limit;   /* of a batch, by the server */
  const char  *words;   /* of the server; "%s" is the key of the first bad record */
  char        *named;   /* a key that is named whatever is wrong */
  char        *message; /* the latest of a settlement */
};

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

static const char *
get_key_cb (guint32  id,
            gpointer data)
{
  static char key[32];

  g_snprintf (key, sizeof key, "A-%u", id);
  return key;
}

static const KobraPlanSink sink = { settled_cb, get_key_cb };

static Run *
new_run (guint  n,
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
  run->plan = kobra_plan_new (&settings, &run->dice, &sink, run);
  for (guint i = 0; i < n; i++)
    kobra_plan_add (run->plan, i, i + 1);
  return run;
}

static void
free_run (Run *run)
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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, free_run)

static guint
count (Run        *run,
       KobraResult result)
{
  guint n = 0;

  for (guint i = 0; i < run->n; i++)
    n += run->results[i] == result;
  return n;
}

static void
say (KobraReply *reply,
     guint       status,
     const char *body)
{
  kobra_reply_read (reply, status, "application/json", NULL, body, strlen (body), 0);
}

/* Accepts a batch without a bad record, refuses others with the words of the run. */
static void
answer_truly (Run              *run,
              const KobraBatch *batch,
              KobraReply       *reply)
{
  guint            first_bad = G_MAXUINT;
  g_autofree char *body = NULL;
  g_autofree char *key = NULL;
  g_autofree char *words = NULL;
  g_auto (GStrv)   parts = NULL;

  for (guint i = 0; i < batch->n && first_bad == G_MAXUINT; i++)
    if (run->bad[batch->ids[i]])
      first_bad = batch->ids[i];
  if (first_bad == G_MAXUINT && (run->limit == 0 || batch->n <= run->limit))
    {
      say (reply, 200, "{\"data\":null,\"error\":null}");
      return;
    }
  if (batch->n == 1)
    run->was_alone[batch->ids[0]] = TRUE;
  key = run->named != NULL ? g_strdup (run->named) : g_strdup_printf ("A-%u", first_bad);
  parts = g_strsplit (run->words, "%s", 2);
  words = g_strjoinv (key, parts);
  body = g_strdup_printf ("{\"data\":null,\"error\":{\"type\":\"Invalid\",\"message\":\"%s\"}}", words);
  say (reply, 400, body);
}

/* One step: asks the plan, sends and answers at once. Turns the clock where the plan says to wait; resumes no pause. */
static KobraStep
take_step (Run *run)
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

static KobraStep
run_on (Run *run)
{
  KobraStep step;

  do
    step = take_step (run);
  while (step != KOBRA_STEP_DONE && step != KOBRA_STEP_PAUSED);
  return step;
}

/* To the end, going on after each pause. */
static void
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

static void
assert_true_results (Run *run)
{
  for (guint i = 0; i < run->n; i++)
    g_assert_cmpint (run->results[i], ==, run->bad[i] ? KOBRA_RESULT_REJECTED : KOBRA_RESULT_ACCEPTED);
}

static void
one_at_a_time (KobraPlanSettings *settings)
{
  settings->max_in_flight = 1;
}

/* Good records */

static void
test_all_good (void)
{
  g_autoptr (Run) run = new_run (1001, answer_truly, NULL);
  KobraPlanCounts counts;

  run_through (run);
  assert_true_results (run);
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
  g_autoptr (Run) run = new_run (0, answer_truly, NULL);

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_DONE);
  g_assert_cmpuint (run->n_requests, ==, 0);
}

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

/* 413 */

static void
answer_413 (Run              *run,
            const KobraBatch *batch,
            KobraReply       *reply)
{
  if (batch->n <= run->limit)
    {
      answer_truly (run, batch, reply);
      return;
    }
  if (batch->n == 1)
    run->was_alone[batch->ids[0]] = TRUE;
  say (reply, 413, "");
}

static void
test_too_big (void)
{
  g_autoptr (Run) run = new_run (10000, answer_413, NULL);
  KobraPlanCounts counts;

  run->limit = 60;
  run_through (run);
  assert_true_results (run);
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
  g_autoptr (Run) run = new_run (2, answer_413_always, NULL);

  run_through (run);
  g_assert_cmpuint (count (run, KOBRA_RESULT_REJECTED), ==, 2);
  g_assert_cmpuint (run->n_requests, ==, 3);
}

static void
test_only_what_fits (void)
{
  g_autoptr (Run)     run = new_run (300, answer_truly, NULL);
  g_auto (KobraReply) reply = { 0 };
  KobraBatch          batch;
  gint64              until;

  kobra_reply_init (&reply);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SEND);
  g_assert_cmpuint (batch.n, ==, 200);
  g_assert_true (kobra_plan_written (run->plan, &batch, 30, 1000));
  g_assert_cmpuint (batch.n, ==, 30);
  say (&reply, 200, "{\"data\":null}");
  kobra_plan_ended (run->plan, batch.request, &reply, run->now);
  g_assert_cmpuint (count (run, KOBRA_RESULT_ACCEPTED), ==, 30);

  /* What did not fit goes next. */
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SEND);
  g_assert_cmpuint (batch.n, ==, 170);
  g_assert_cmpuint (batch.ids[0], ==, 30);
  g_assert_true (kobra_plan_written (run->plan, &batch, batch.n, 1000));
  kobra_plan_ended (run->plan, batch.request, &reply, run->now);
  run_through (run);
  assert_true_results (run);
}

static void
test_left_out (void)
{
  g_autoptr (Run)     run = new_run (5, answer_truly, NULL);
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
  say (&reply, 200, "{\"data\":null}");
  kobra_plan_ended (run->plan, batch.request, &reply, run->now);
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_DONE);
  g_assert_cmpuint (count (run, KOBRA_RESULT_ACCEPTED), ==, 3);
}

static void
test_all_left_out (void)
{
  g_autoptr (Run) run = new_run (2, answer_truly, NULL);
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
  g_autoptr (Run)     run = new_run (0, answer_truly, NULL);
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
  say (&reply, 200, "{\"data\":null}");
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
  g_autoptr (Run) run = new_run (0, answer_truly, NULL);

  run->n = 500;
  for (guint i = 0; i < 500; i++)
    kobra_plan_add (run->plan, i, 42);
  run_through (run);
  assert_true_results (run);
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

/* Several requests under way */

typedef struct
{
  KobraBatch batches[16];
  guint      n;
} Flights;

static void
launch_all (Run     *run,
            Flights *flights)
{
  KobraBatch batch;
  gint64     until;

  flights->n = 0;
  while (kobra_plan_next (run->plan, run->now, &batch, &until) == KOBRA_STEP_SEND)
    flights->batches[flights->n++] = batch;
}

static void
end_flight (Run        *run,
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

/* Answers three requests, after which four may be under way at a time. */
static void
warm_up (Run     *run,
         Flights *flights)
{
  for (guint i = 0; i < 3; i++)
    take_step (run);
  launch_all (run, flights);
  g_assert_cmpuint (flights->n, ==, 4);
}

static void
test_window (void)
{
  g_autoptr (Run) run = new_run (10000, answer_truly, NULL);
  Flights         flights;

  /* The first request goes alone. */
  launch_all (run, &flights);
  g_assert_cmpuint (flights.n, ==, 1);
  end_flight (run, &flights, 0, 200, NULL);
  launch_all (run, &flights);
  g_assert_cmpuint (flights.n, ==, 2);
}

static void
test_slow_down_obeys (void)
{
  g_autoptr (Run) run = new_run (10000, answer_truly, NULL);
  Flights         flights;
  KobraBatch      batch;
  gint64          until;
  KobraPlanCounts counts;

  warm_up (run, &flights);
  for (guint i = 0; i < 4; i++)
    end_flight (run, &flights, i, 429, i == 2 ? "30" : "5");
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_WAIT);
  g_assert_cmpint (until, ==, run->now + 30 * SECOND);
  g_assert_cmpint (kobra_plan_next (run->plan, until - 1, &batch, &until), ==, KOBRA_STEP_WAIT);

  /* One storm is one reason to slow down, however many requests were in it. */
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.window, ==, 2);
  run->now += 30 * SECOND;
  launch_all (run, &flights);
  g_assert_cmpuint (flights.n, ==, 2);
  for (guint i = 0; i < 2; i++)
    end_flight (run, &flights, i, 200, NULL);
  run_through (run);
  assert_true_results (run);
  g_assert_cmpuint (run->n_pauses, ==, 0);
}

static void
answer_503 (Run              *run,
            const KobraBatch *batch,
            KobraReply       *reply)
{
  say (reply, 503, "");
}

static void
test_slow_down_for_ever (void)
{
  g_autoptr (Run) run = new_run (1000, answer_503, NULL);

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_SLOW_DOWN);
  g_assert_cmpuint (run->n_requests, ==, 10);
  g_assert_cmpuint (count (run, KOBRA_RESULT_NONE), ==, 1000);
  run->answer = answer_truly;
  run_through (run);
  assert_true_results (run);
}

static void
test_slow_down_too_long (void)
{
  g_autoptr (Run) run = new_run (1000, answer_truly, NULL);
  Flights         flights;

  launch_all (run, &flights);
  end_flight (run, &flights, 0, 429, "7200");
  g_assert_cmpint (take_step (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_SLOW_DOWN);
}

/* Tokens */

static void
test_token_once (void)
{
  g_autoptr (Run) run = new_run (10000, answer_truly, NULL);
  Flights         flights;
  KobraBatch      batch;
  gint64          until;

  warm_up (run, &flights);
  end_flight (run, &flights, 1, 401, NULL);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SIGN_IN);
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_WAIT);
  end_flight (run, &flights, 0, 401, NULL);
  kobra_plan_signed_in (run->plan, KOBRA_OUTCOME_ACCEPTED, NULL, -1, run->now);

  /* Sent with the old token, refused after the new one is there. */
  end_flight (run, &flights, 2, 401, NULL);
  end_flight (run, &flights, 3, 200, NULL);
  run_through (run);
  assert_true_results (run);
  g_assert_cmpuint (run->n_sign_ins, ==, 0);
  g_assert_cmpuint (run->n_pauses, ==, 0);
  g_assert_cmpuint (run->n_requests, ==, 3 + 50 - 4);
}

static void
answer_401 (Run              *run,
            const KobraBatch *batch,
            KobraReply       *reply)
{
  say (reply, 401, "{\"error\":{\"message\":\"token no válido\"}}");
}

static void
test_token_refused_again (void)
{
  g_autoptr (Run) run = new_run (1000, answer_401, NULL);
  const char     *message;

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, &message), ==, KOBRA_PAUSE_SIGN_IN);
  g_assert_cmpstr (message, ==, "token no válido");
  g_assert_cmpuint (run->n_sign_ins, ==, 1);
  g_assert_cmpuint (run->n_requests, ==, 2);

  /* Going on begins with a sign-in. */
  run->answer = answer_truly;
  kobra_plan_resume (run->plan);
  g_assert_cmpint (take_step (run), ==, KOBRA_STEP_SIGN_IN);
  run_through (run);
  assert_true_results (run);
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
  g_autoptr (Run) run = new_run (10, answer_truly, without_token);
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
  assert_true_results (run);
  g_assert_cmpuint (run->n_sign_ins, ==, 1);
}

static void
test_token_lapses (void)
{
  g_autoptr (Run) run = new_run (1000, answer_truly, without_token);
  KobraBatch      batch;
  gint64          until;

  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SIGN_IN);
  kobra_plan_signed_in (run->plan, KOBRA_OUTCOME_ACCEPTED, NULL, run->now + 600 * SECOND, run->now);
  g_assert_cmpint (take_step (run), ==, KOBRA_STEP_SEND);
  run->now += 580 * SECOND;
  g_assert_cmpint (kobra_plan_next (run->plan, run->now, &batch, &until), ==, KOBRA_STEP_SIGN_IN);

  /* A token that is said to lapse at once: a clock is wrong, and only a refusal counts. */
  kobra_plan_signed_in (run->plan, KOBRA_OUTCOME_ACCEPTED, NULL, run->now - 3600 * SECOND, run->now);
  run_through (run);
  assert_true_results (run);
  g_assert_cmpuint (run->n_sign_ins, ==, 0);
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
  g_autoptr (Run) run = new_run (1000, answer_offline, NULL);

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_OFFLINE);
  g_assert_cmpuint (run->n_requests, ==, 2);

  /* None of them travelled. */
  kobra_plan_cancel (run->plan, "stopped");
  run_through (run);
  g_assert_cmpuint (count (run, KOBRA_RESULT_NOT_SENT), ==, 1000);
}

static void
test_offline_for_a_while (void)
{
  g_autoptr (Run) run = new_run (10000, answer_truly, NULL);
  Flights         flights;

  warm_up (run, &flights);
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
  run->answer = answer_truly;
  run_through (run);
  assert_true_results (run);
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
  g_autoptr (Run) run = new_run (1, answer_silence, NULL);
  gint64          sent[5];
  KobraStep       step;

  while ((step = take_step (run)) != KOBRA_STEP_DONE)
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
  g_autoptr (Run) run = new_run (1000, answer_silence, NULL);
  KobraPlanCounts counts;

  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_NO_ANSWER);
  g_assert_cmpuint (count (run, KOBRA_RESULT_UNKNOWN), >, 0);
  g_assert_cmpuint (run->n_requests, <=, 7); /* 3 times as a batch, then in halves */
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.window, ==, 1);
  run->answer = answer_truly;
  run_through (run);
  g_assert_cmpuint (count (run, KOBRA_RESULT_ACCEPTED) + count (run, KOBRA_RESULT_UNKNOWN), ==, 1000);
}

/* A bad record makes the server fail: in its own words, or without any. */
static void
answer_500_words (Run              *run,
                  const KobraBatch *batch,
                  KobraReply       *reply)
{
  answer_truly (run, batch, reply);
  if (reply->outcome == KOBRA_OUTCOME_REJECTED)
    say (reply, 500, "{\"error\":{\"type\":\"Internal\",\"message\":\"null pointer\"}}");
}

static void
answer_reset (Run              *run,
              const KobraBatch *batch,
              KobraReply       *reply)
{
  answer_truly (run, batch, reply);
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
  g_autoptr (Run) run = new_run (row->n, row->answer, NULL);

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
  g_autoptr (Run) run = new_run (1000, answer_truly, NULL);
  Flights         flights;

  launch_all (run, &flights);
  end_flight (run, &flights, 0, 302, NULL);
  g_assert_cmpint (take_step (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, NULL), ==, KOBRA_PAUSE_REFUSED);
  g_assert_cmpuint (count (run, KOBRA_RESULT_NONE), ==, 1000);
  run_through (run);
  assert_true_results (run);
}

/* Run control */

static void
test_pause (void)
{
  g_autoptr (Run) run = new_run (10000, answer_truly, NULL);
  Flights         flights;

  warm_up (run, &flights);
  kobra_plan_pause (run->plan, KOBRA_PAUSE_ASKED, NULL);
  g_assert_cmpint (take_step (run), ==, KOBRA_STEP_PAUSED);
  for (guint i = 0; i < 4; i++)
    end_flight (run, &flights, i, 200, NULL);
  g_assert_cmpuint (count (run, KOBRA_RESULT_ACCEPTED), ==, 1400);
  g_assert_cmpint (take_step (run), ==, KOBRA_STEP_PAUSED);
  run_through (run);
  assert_true_results (run);
}

static void
test_cancel (void)
{
  g_autoptr (Run) run = new_run (10000, answer_truly, NULL);
  Flights         flights;
  KobraBatch      batch;
  gint64          until;

  warm_up (run, &flights);
  end_flight (run, &flights, 0, 0, NULL); /* unanswered, would be tried again */
  kobra_plan_cancel (run->plan, "stopped");
  while (kobra_plan_next (run->plan, run->now, &batch, &until) == KOBRA_STEP_WAIT && until <= run->now)
    ;
  g_assert_cmpuint (count (run, KOBRA_RESULT_NONE), ==, 600);
  end_flight (run, &flights, 1, 0, NULL);
  end_flight (run, &flights, 2, 200, NULL);
  end_flight (run, &flights, 3, 400, NULL);
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_DONE);
  g_assert_cmpuint (count (run, KOBRA_RESULT_ACCEPTED), ==, 800);
  g_assert_cmpuint (count (run, KOBRA_RESULT_UNKNOWN), ==, 600);
  g_assert_cmpuint (count (run, KOBRA_RESULT_NOT_SENT), ==, 10000 - 1400);
}

/* The rest of a split has travelled: nobody knows what was applied of the refused batch. */
static void
test_cancel_in_a_split (void)
{
  g_autoptr (Run) run = new_run (400, answer_truly, NULL);
  Flights         flights;

  launch_all (run, &flights);
  end_flight (run, &flights, 0, 422, NULL);
  kobra_plan_cancel (run->plan, "stopped");
  run_through (run);
  g_assert_cmpuint (count (run, KOBRA_RESULT_UNKNOWN), ==, 200);
  g_assert_cmpuint (count (run, KOBRA_RESULT_NOT_SENT), ==, 200);
}

static void
test_withdraw (void)
{
  g_autoptr (Run) run = new_run (100, answer_truly, NULL);
  Flights         flights;
  KobraPlanCounts counts;

  launch_all (run, &flights);
  kobra_plan_withdraw (run->plan, flights.batches[0].request);
  kobra_plan_get_counts (run->plan, &counts);
  g_assert_cmpuint (counts.n_requests, ==, 0);
  g_assert_cmpuint (counts.in_flight, ==, 0);
  launch_all (run, &flights);
  kobra_plan_cancel (run->plan, "stopped");
  kobra_plan_withdraw (run->plan, flights.batches[0].request);
  run_through (run);
  g_assert_cmpuint (count (run, KOBRA_RESULT_NOT_SENT), ==, 100);
}

static void
test_freed_at_any_time (void)
{
  for (guint n = 0; n < 40; n++)
    {
      g_autoptr (Run) run = new_run (3000, answer_truly, NULL);
      KobraBatch      batch;
      gint64          until;

      for (guint i = 0; i < 3000; i += 50)
        run->bad[i] = TRUE;
      for (guint i = 0; i < n; i++)
        take_step (run);
      if (kobra_plan_next (run->plan, run->now, &batch, &until) == KOBRA_STEP_SEND && n % 2 == 0)
        kobra_plan_cancel (run->plan, "stopped");
    }
}

static void
test_memory (void)
{
  g_autoptr (Run) run = new_run (0, answer_truly, NULL);

  for (guint i = 0; i < 1000000; i++)
    kobra_plan_add (run->plan, i, kobra_plan_hash_key (get_key_cb (i, NULL)));
  g_assert_cmpuint (kobra_plan_get_size (run->plan), <, 32 * 1024 * 1024);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/send/plan/good-records-take-full-batches", test_all_good);
  g_test_add_func ("/send/plan/nothing-is-done", test_nothing);
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
  g_test_add_func ("/send/plan/too-big/halves-the-batch-for-good", test_too_big);
  g_test_add_func ("/send/plan/too-big/alone-is-rejected", test_too_big_alone);
  g_test_add_func ("/send/plan/only-what-fits-goes", test_only_what_fits);
  g_test_add_func ("/send/plan/left-out-is-not-sent", test_left_out);
  g_test_add_func ("/send/plan/all-left-out-is-no-request", test_all_left_out);
  g_test_add_func ("/send/plan/order/one-key-at-a-time", test_key_order);
  g_test_add_func ("/send/plan/order/one-key-for-all", test_one_key_for_all);
  g_test_add_func ("/send/plan/order/hash-of-a-key", test_hash_of_key);
  g_test_add_func ("/send/plan/window-opens-by-acceptance", test_window);
  g_test_add_func ("/send/plan/slow-down/retry-after-is-obeyed", test_slow_down_obeys);
  g_test_add_func ("/send/plan/slow-down/not-for-ever", test_slow_down_for_ever);
  g_test_add_func ("/send/plan/slow-down/too-long-pauses", test_slow_down_too_long);
  g_test_add_func ("/send/plan/token/one-sign-in-for-many-refusals", test_token_once);
  g_test_add_func ("/send/plan/token/a-new-one-refused-pauses", test_token_refused_again);
  for (gsize i = 0; i < G_N_ELEMENTS (failed_sign_ins); i++)
    kobra_test_add_row ("/send/plan/token/failed-sign-in/", failed_sign_ins[i].name, &failed_sign_ins[i], test_failed_sign_in);
  g_test_add_func ("/send/plan/token/renewed-before-it-lapses", test_token_lapses);
  g_test_add_func ("/send/plan/offline/never-reached-is-told-soon", test_never_reached);
  g_test_add_func ("/send/plan/offline/waits-then-pauses", test_offline_for_a_while);
  g_test_add_func ("/send/plan/no-answer/a-lone-record-backs-off", test_lone_without_answer);
  g_test_add_func ("/send/plan/no-answer/silence-pauses", test_silence);
  for (gsize i = 0; i < G_N_ELEMENTS (poisons); i++)
    kobra_test_add_row ("/send/plan/no-answer/one-record-silences-the-server/", poisons[i].name, &poisons[i], test_poison);
  g_test_add_func ("/send/plan/refused-for-good-pauses", test_refused);
  g_test_add_func ("/send/plan/pause-and-resume", test_pause);
  g_test_add_func ("/send/plan/cancel/answers-still-count", test_cancel);
  g_test_add_func ("/send/plan/cancel/what-travelled-is-unknown", test_cancel_in_a_split);
  g_test_add_func ("/send/plan/withdrawn-is-as-before", test_withdraw);
  g_test_add_func ("/send/plan/freed-at-any-time", test_freed_at_any_time);
  g_test_add_func ("/send/plan/a-million-records-take-little-memory", test_memory);
  return g_test_run ();
}
