/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-input.h"

#include "kobra-schema-accounts.h"

static const KobraInputHabit points = { ".", "," }, commas = { ",", "." }, spaces = { ",", "\u202f" }, plain = { ".", "" };

static const struct
{
  const char            *name;
  KobraAccountField      field;
  const KobraInputHabit *habit;
  const char            *typed, *held;
} typed[] = {
  { "date-by-custom", KOBRA_ACCOUNT_BIRTHDATE, &points, "31/12/1980", "1980-12-31" },
  { "date-day-first", KOBRA_ACCOUNT_BIRTHDATE, &points, "01/02/1980", "1980-02-01" },
  { "date-iso", KOBRA_ACCOUNT_BIRTHDATE, &points, "1980-12-31", "1980-12-31" },
  { "date-half-typed", KOBRA_ACCOUNT_BIRTHDATE, &points, "31/12/", "31/12/" },
  { "amount-points", KOBRA_ACCOUNT_TOTAL_PENDING, &points, "1,234.50", "1234.50" },
  { "amount-points-group", KOBRA_ACCOUNT_TOTAL_PENDING, &points, "1,234", "1234" },
  { "amount-commas", KOBRA_ACCOUNT_TOTAL_PENDING, &commas, "1.234,50", "1234.50" },
  { "amount-commas-group", KOBRA_ACCOUNT_TOTAL_PENDING, &commas, "1.234", "1234" },
  { "amount-sign", KOBRA_ACCOUNT_TOTAL_PENDING, &points, "$ 980.10", "980.10" },
  { "amount-nonsense", KOBRA_ACCOUNT_TOTAL_PENDING, &points, "mucho", "mucho" },
  { "whole", KOBRA_ACCOUNT_OVERDUE_DAYS, &points, "1,200", "1200" },
  { "whole-not", KOBRA_ACCOUNT_OVERDUE_DAYS, &points, "1.5", "1.5" },
  { "space-around", KOBRA_ACCOUNT_NAME, &points, " José ", "José" },
  { "beginning-of-a-word", KOBRA_ACCOUNT_STATE, &points, "NA", "NA" },
  { "choice-by-word", KOBRA_ACCOUNT_CIVIL_STATUS, &points, "casada", "C" },
};

static const struct
{
  const char            *name;
  KobraAccountField      field;
  const KobraInputHabit *habit;
  const char            *text, *shown;
} shown[] = {
  { "points", KOBRA_ACCOUNT_TOTAL_PENDING, &points, "1234567.50", "1,234,567.50" },
  { "commas", KOBRA_ACCOUNT_TOTAL_PENDING, &commas, "1234.50", "1.234,50" },
  { "spaces", KOBRA_ACCOUNT_TOTAL_PENDING, &spaces, "1234.50", "1\u202f234,50" },
  { "plain", KOBRA_ACCOUNT_TOTAL_PENDING, &plain, "1234.50", "1234.50" },
  { "negative", KOBRA_ACCOUNT_TOTAL_PENDING, &points, "-1234", "-1,234" },
  { "three-decimals", KOBRA_ACCOUNT_TOTAL_PENDING, &commas, "1.234", "1,234" },
  { "no-whole", KOBRA_ACCOUNT_TOTAL_PENDING, &points, ".5", ".5" },
  { "point-at-end", KOBRA_ACCOUNT_TOTAL_PENDING, &points, "5.", "5." },
  { "nonsense", KOBRA_ACCOUNT_TOTAL_PENDING, &points, "12abc", "12abc" },
  { "id-stays", KOBRA_ACCOUNT_KOBRA_ID, &points, "123456", "123456" },
  { "text-stays", KOBRA_ACCOUNT_EXTERNAL_ID, &points, "1234.50", "1234.50" },
};

static void
test_typed (gconstpointer data)
{
  gsize            i = GPOINTER_TO_SIZE (data);
  g_autofree char *held = kobra_input_read (&kobra_account_fields[typed[i].field], typed[i].habit, typed[i].typed);

  g_assert_cmpstr (held, ==, typed[i].held);
}

/* What is shown reads as what is held, so that a look at a form changes nothing. */
static void
test_shown (gconstpointer data)
{
  gsize             i = GPOINTER_TO_SIZE (data);
  const KobraField *field = &kobra_account_fields[shown[i].field];
  g_autofree char  *text = kobra_input_show (field, shown[i].habit, shown[i].text);
  g_autofree char  *back = kobra_input_read (field, shown[i].habit, text);

  g_assert_cmpstr (text, ==, shown[i].shown);
  g_assert_cmpstr (back, ==, shown[i].text);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *path = g_strconcat ("/input/typed/", typed[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_typed);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      g_autofree char *path = g_strconcat ("/input/shown/", shown[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_shown);
    }
  return g_test_run ();
}
