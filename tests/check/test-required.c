/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-required.h"
#include "kobra-schema-accounts.h"
#include "kobra-schema-promises.h"

static void
test_default (void)
{
  KobraRequired    required = { 0 };
  g_autofree char *text = kobra_required_dup_text (&required);

  g_assert_cmpstr (text, ==, "");
  g_assert_true (kobra_required_has (&required, KOBRA_REQUIRED_NEW, KOBRA_ACCOUNT_NAME));
  g_assert_false (kobra_required_has (&required, KOBRA_REQUIRED_BALANCES, KOBRA_ACCOUNT_NAME));
  g_assert_true (kobra_required_has (&required, KOBRA_REQUIRED_PROMISES, KOBRA_PROMISE_STATUS));
}

static void
test_round_trip (void)
{
  KobraRequired    required = { 0 }, again;
  g_autofree char *text = NULL, *text_again = NULL;

  kobra_required_set (&required, KOBRA_REQUIRED_NEW, KOBRA_ACCOUNT_RFC, TRUE);
  kobra_required_set (&required, KOBRA_REQUIRED_NEW, KOBRA_ACCOUNT_NAME, FALSE);
  kobra_required_set (&required, KOBRA_REQUIRED_NEW, KOBRA_ACCOUNT_EXTERNAL_ID, FALSE);
  text = kobra_required_dup_text (&required);
  g_assert_cmpstr (text, ==, "new=externalID,productID,currencyCode,rfc");
  kobra_required_parse (&again, text);
  text_again = kobra_required_dup_text (&again);
  g_assert_cmpstr (text_again, ==, text);
  g_assert_true (kobra_required_has (&again, KOBRA_REQUIRED_PERSONAL, KOBRA_ACCOUNT_EXTERNAL_ID));
}

/* A file that somebody edited, or a later version wrote. */
static void
test_strange_text (void)
{
  static const char *const texts[] = { "", ";;", "new", "=", "new=", "new=nothing,rfc", "later=rfc", "new=rfc;new=rfc;;x" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      KobraRequired required;

      kobra_required_parse (&required, texts[i]);
      g_assert_true (kobra_required_has (&required, KOBRA_REQUIRED_NEW, KOBRA_ACCOUNT_EXTERNAL_ID));
    }
}

static void
test_applied (void)
{
  KobraRequired     required = { 0 };
  KobraRules        rules;
  g_autoptr (GDate) today = g_date_new_dmy (1, 6, 2025);

  kobra_required_set (&required, KOBRA_REQUIRED_BALANCES, KOBRA_ACCOUNT_TOTAL_PENDING, TRUE);
  kobra_rules_init (&rules, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_BALANCES, today);
  kobra_required_apply (&required, &rules);
  g_assert_true (kobra_rules_is_required (&rules, KOBRA_ACCOUNT_TOTAL_PENDING));
  kobra_rules_init (&rules, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW, today);
  kobra_required_apply (&required, &rules);
  g_assert_false (kobra_rules_is_required (&rules, KOBRA_ACCOUNT_TOTAL_PENDING));
}

/* What nobody wants to hear of is not found; an error always is. */
static void
test_ignored (void)
{
  KobraRules        rules;
  KobraProblem      problems[KOBRA_MAX_RECORD_PROBLEMS];
  KobraRecord       record = { .schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS) };
  g_autoptr (GDate) today = g_date_new_dmy (1, 6, 2025);

  for (guint i = 0; i < record.schema->n_fields; i++)
    record.texts[i] = "";
  record.texts[KOBRA_ACCOUNT_EXTERNAL_ID] = "A-1";
  record.texts[KOBRA_ACCOUNT_PHONE_NUMBER] = "123";
  record.texts[KOBRA_ACCOUNT_DEPENDANTS] = "many";
  kobra_rules_init (&rules, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_BALANCES, today);
  g_assert_cmpuint (kobra_check_record (&rules, &record, problems, G_N_ELEMENTS (problems)), ==, 2);
  rules.ignored = G_GUINT64_CONSTANT (1) << KOBRA_PROBLEM_PHONE;
  g_assert_cmpuint (kobra_check_record (&rules, &record, problems, G_N_ELEMENTS (problems)), ==, 1);
  g_assert_cmpuint (problems[0].code, ==, KOBRA_PROBLEM_NOT_AN_INTEGER);
}

/* Each kind of problem has all its words. */
static void
test_words (void)
{
  for (guint code = 0; code < KOBRA_N_PROBLEMS; code++)
    {
      g_assert_nonnull (kobra_problem_get_name ((KobraProblemCode) code));
      g_assert_cmpstr (kobra_problem_get_title ((KobraProblemCode) code), !=, "");
      g_assert_cmpstr (kobra_problem_get_explanation ((KobraProblemCode) code), !=, "");
      g_assert_nonnull (kobra_problem_get_explanation ((KobraProblemCode) code));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/required/by-default-what-the-schema-says", test_default);
  g_test_add_func ("/required/round-trip", test_round_trip);
  g_test_add_func ("/required/strange-text", test_strange_text);
  g_test_add_func ("/required/applied-by-kind-and-type", test_applied);
  g_test_add_func ("/check/ignored-warnings", test_ignored);
  g_test_add_func ("/check/every-problem-has-words", test_words);
  return g_test_run ();
}
