/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which record was it, and what may it cost to know? */
#include <math.h>
#include <string.h>

#include "kobra-test.h"
#include "plan-run.h"

static void
one_at_a_time (KobraPlanSettings *settings)
{
  settings->max_in_flight = 1;
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
      g_autoptr (Run) run = run_new (200, run_answer_truly, NULL);

      run->words = row->words;
      run->bad[place] = TRUE;
      run_through (run);
      run_assert_true_results (run);
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
      g_autoptr (Run) run = run_new (200, run_answer_truly, one_at_a_time);

      run->words = "el registro %s no es válido";
      for (guint i = 0; i < k; i++)
        run->bad[i * 9 + 3] = TRUE;
      run_through (run);
      run_assert_true_results (run);
      g_assert_cmpuint (run->n_requests, <=, 1 + 2 * k + (k > 2));
    }
}

/* "A-1" also begins "A-10", and "10" stands in "A-10". */
static void
test_longest_key (void)
{
  g_autoptr (Run) run = run_new (200, run_answer_truly, NULL);

  run->words = "revise %s por favor";
  run->bad[10] = run->bad[100] = TRUE;
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_requests, ==, 5);
}

static guint
cost_of_halves (guint       n,
                guint       place,
                const char *named)
{
  g_autoptr (Run) run = run_new (n, run_answer_truly, NULL);

  run->bad[place] = TRUE;
  run->named = g_strdup (named);
  run->words = named != NULL ? "el culpable es %s" : "no";
  run_through (run);
  run_assert_true_results (run);
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

/* Isolation by position */

static const struct
{
  const char *name, *words;
  int         counts_from;
} positions[] = {
  { "registro", "El registro %s no es válido", 1 },
  { "registro-num", "Error en el registro núm. %s: RFC", 1 },
  { "fila", "Fila #%s: fecha incorrecta", 1 },
  { "renglon", "renglón %s", 1 },
  { "posicion", "en la posición %s hay un error", 1 },
  { "indice", "índice %s fuera de rango", 0 },
  { "record", "Record %s is invalid", 1 },
  { "row-no", "row no. %s: name is empty", 1 },
  { "index", "invalid item at index %s", 0 },
  { "accounts-brackets", "accounts[%s].rfc is too long", 0 },
  { "brackets", "[%s]: required", 0 },
  { "path", "accounts.%s.name: required", 0 },
  { "pointer", "/accounts/%s/rfc", 0 },
};

static void
test_right_position (gconstpointer data)
{
  const typeof (positions[0]) *row = data;

  for (guint place = 0; place < 200; place += 33)
    {
      g_autoptr (Run) run = run_new (200, run_answer_truly, NULL);

      run->words = row->words;
      run->counts_from = row->counts_from;
      run->bad[place] = TRUE;
      run_through (run);
      run_assert_true_results (run);
      g_assert_cmpuint (run->n_requests, ==, 3);
    }
}

/* A server that counts from the other number misleads once; from then on its words are right. */
static void
test_other_count_is_learned (gconstpointer data)
{
  const typeof (positions[0]) *row = data;
  g_autoptr (Run) run = run_new (2000, run_answer_truly, one_at_a_time);

  run->words = row->words;
  run->counts_from = 1 - row->counts_from;
  for (guint batch = 0; batch < 10; batch++)
    run->bad[batch * 200 + 57] = TRUE;
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_requests, <=, 9 * 3 + 1 + 2 * 8 + 2);
}

/* Whatever position is named, it costs no more than halves and 2 requests. */
static void
test_wrong_position (void)
{
  static const char *const named[] = { "registro 1", "registro 2", "registro 200", "índice 0", "accounts[100]", "registro 0", "registro 4000000", "[99999999999]" };

  for (guint place = 0; place < 200; place += 3)
    for (gsize i = 0, without = cost_of_halves (200, place, NULL); i < G_N_ELEMENTS (named); i++)
      {
        g_autoptr (Run) run = run_new (200, run_answer_truly, NULL);

        run->bad[place] = TRUE;
        run->words = named[i];
        run_through (run);
        run_assert_true_results (run);
        g_assert_cmpuint (run->n_requests, <=, without + 1);
      }
}

/* Isolation by a value in quotes */

static const struct
{
  const char *name, *words;
} quotations[] = {
  { "single", "El RFC 'V-%s' no existe" },
  { "double", "rfc \\\"V-%s\\\" is not valid" }, /* in a JSON text */
  { "curly", "la CURP “V-%s” no corresponde" },
  { "angle", "valor «V-%s» no permitido" },
  { "after-others", "en 'MX' el campo 'rfc' no puede ser 'V-%s'" },
  { "after-an-apostrophe", "can't take rfc 'V-%s'" },
};

static void
test_quoted_value (gconstpointer data)
{
  const typeof (quotations[0]) *row = data;

  for (guint place = 0; place < 200; place += 33)
    {
      g_autoptr (Run) run = run_new (200, run_answer_truly, NULL);

      /* The position in the whole is the value's number while the record goes in the first request. */
      run->words = row->words;
      run->counts_from = 0;
      run->bad[place] = TRUE;
      run_through (run);
      run_assert_true_results (run);
      g_assert_cmpuint (run->n_requests, ==, 3);
    }
}

/* A value that all have tells nothing, and costs nothing. */
static void
test_common_value (void)
{
  g_autoptr (Run) run = run_new (200, run_answer_truly, NULL);

  run->bad[77] = TRUE;
  run->words = "el país 'MX' no está permitido";
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_requests, ==, cost_of_halves (200, 77, NULL));
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
  g_autoptr (Run) run = run_new (n, run_answer_truly, one_at_a_time);

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
  run_assert_true_results (run);
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
  g_autoptr (Run)   run = run_new (100000, run_answer_truly, NULL);
  g_autoptr (GRand) dice = g_rand_new_with_seed (5);

  run->words = words;
  for (guint i = 0; i < 100; i++)
    run->bad[g_rand_int_range (dice, 0, 100000)] = TRUE;
  run_through (run);
  run_assert_true_results (run);
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
  g_autoptr (Run) run = run_new (20000, run_answer_truly, NULL);
  KobraPlanCounts counts;

  run->limit = 60;
  run->words = "demasiados";
  run_through (run);
  run_assert_true_results (run);
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
  g_autoptr (Run) run = run_new (1000, run_answer_truly, NULL);
  const char     *message;

  mark_all_bad (run);
  run->words = "branchID no permitido";
  g_assert_cmpint (run_on (run), ==, KOBRA_STEP_PAUSED);
  g_assert_cmpint (kobra_plan_get_pause (run->plan, &message), ==, KOBRA_PAUSE_SYSTEMIC);
  g_assert_nonnull (strstr (message, "branchID no permitido"));
  g_assert_cmpuint (run_count (run, KOBRA_RESULT_REJECTED), ==, 3);
  g_assert_cmpuint (run->n_requests, <=, 11);
  g_assert_cmpint (run_step (run), ==, KOBRA_STEP_PAUSED);
}

static void
test_systemic_names_records (void)
{
  g_autoptr (Run) run = run_new (1000, run_answer_truly, NULL);

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
        g_autoptr (Run) run = run_new (193, run_answer_truly, one_at_a_time);

        run->words = "La cuenta %s no es válida: la sucursal 999 no existe";
        for (guint i = 0; i < k; i++)
          run->bad[at + i * 17] = TRUE;
        run_through (run);
        run_assert_true_results (run);
        g_assert_cmpuint (run->n_pauses, ==, 0);
        g_assert_cmpuint (run_count (run, KOBRA_RESULT_REJECTED), ==, k);
        g_assert_cmpuint (run->n_requests, <=, 2 + 2 * k);
      }
}

static void
four_in_a_batch (KobraPlanSettings *settings)
{
  settings->max_in_flight = 1;
  settings->batch_size = 4;
}

/* The named record may be all that is left beside the one that was tried first. */
static void
test_named_and_one_other (void)
{
  g_autoptr (Run) run = run_new (8, run_answer_truly, four_in_a_batch);

  run->words = "no vale %s";
  run->bad[0] = run->bad[1] = run->bad[2] = TRUE;
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_pauses, ==, 0);
}

static void
test_systemic_once (void)
{
  g_autoptr (Run) run = run_new (20, run_answer_truly, NULL);

  mark_all_bad (run);
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_pauses, ==, 1);
}

static void
test_not_systemic_after_acceptance (void)
{
  g_autoptr (Run) run = run_new (1000, run_answer_truly, one_at_a_time);

  for (guint i = 200; i < 1000; i += 10)
    run->bad[i] = TRUE;
  run_through (run);
  run_assert_true_results (run);
  g_assert_cmpuint (run->n_pauses, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (hints); i++)
    kobra_test_add_row ("/send/plan/a-right-hint-costs-3-requests/", hints[i].name, &hints[i], test_right_hint);
  for (gsize i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      kobra_test_add_row ("/send/plan/a-right-position-costs-3-requests/", positions[i].name, &positions[i], test_right_position);
      kobra_test_add_row ("/send/plan/a-position-counted-otherwise-is-learned/", positions[i].name, &positions[i], test_other_count_is_learned);
    }
  g_test_add_func ("/send/plan/a-wrong-position-costs-at-most-1-more", test_wrong_position);
  for (gsize i = 0; i < G_N_ELEMENTS (quotations); i++)
    kobra_test_add_row ("/send/plan/a-quoted-value-costs-3-requests/", quotations[i].name, &quotations[i], test_quoted_value);
  g_test_add_func ("/send/plan/a-value-that-all-have-is-no-hint", test_common_value);
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
  g_test_add_func ("/send/plan/systemic/a-named-record-and-one-other", test_named_and_one_other);
  g_test_add_func ("/send/plan/systemic/going-on-is-asked-once", test_systemic_once);
  g_test_add_func ("/send/plan/systemic/not-once-anything-is-accepted", test_not_systemic_after_acceptance);
  return g_test_run ();
}
