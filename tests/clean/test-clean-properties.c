/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold for any text in any field, tried on texts put together at random from the pieces that cells are made of. */

#include <string.h>

#include "kobra-clean.h"
#include "kobra-decimal.h"
#include "kobra-test.h"

static const char *const pieces[] = {
  "0", "1", "12", "31", "007", "234", "567", "1980", "2024", "45292", "20240131", ".", ",", "-", "/", " ", "  ", "\u00a0", "\u202f", "\u200b", "\ufeff", "$", "MXN", "(", ")", "+", "−", "%", "E+17", "'", "’",
  "ene", "DIC", "sept", "January", "de", "del", "T", "00:00:00", "0:00", "12:00", "a. m.", "AM", "Z", "true", "FALSO", "SÍ", "no", "x", "C", "casado", "mx", "N/A", "null", "|", "ñ", "🏠", "\n", "\t", "\001",
};

static char *
make_text (void)
{
  GString *text = g_string_new (NULL);

  for (int n = g_test_rand_int_range (0, 9); n > 0; n--)
    g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
  return g_string_free (text, FALSE);
}

static const KobraField *
get_random_field (void)
{
  const KobraSchema *schema = kobra_schema_get ((KobraKind) g_test_rand_int_range (0, KOBRA_N_KINDS));

  return &schema->fields[g_test_rand_int_range (0, (int) schema->n_fields)];
}

static gboolean
is_valid (const KobraField *field,
          const char       *text)
{
  if (field->choices != NULL)
    return kobra_field_find_choice (field, text) != NULL;
  if (field->type == KOBRA_TYPE_INTEGER)
    return kobra_decimal_is_integer (text);
  if (field->type == KOBRA_TYPE_NUMBER)
    return kobra_decimal_is_number (text);
  return field->type == KOBRA_TYPE_TEXT;
}

/* The digits of a text, in order, without zeros. */
static char *
dup_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (*text >= '1' && *text <= '9')
      g_string_append_c (digits, *text);
  return g_string_free (digits, FALSE);
}

static void
test_what_was_cleaned_is_clean (void)
{
  g_auto (KobraBuffer) out = { 0 };

  kobra_buffer_init (&out, 10000);
  for (guint i = 0; i < 200000; i++)
    {
      const KobraField *field = get_random_field ();
      KobraColumnHabit  habit = { 0 };
      g_autofree char  *text = make_text (), *neighbour = make_text (), *cleaned = NULL;
      KobraFix          fix;

      kobra_clean_learn (field, neighbour, &habit);
      kobra_clean_learn (field, text, &habit);
      fix = kobra_clean_cell (field, &habit, text, &out);
      if (fix == KOBRA_FIX_NONE)
        continue;
      cleaned = g_strndup (out.bytes, out.length);
      g_assert_true (g_utf8_validate (cleaned, -1, NULL));
      g_assert_cmpstr (cleaned, !=, text);
      g_assert_cmpint (kobra_clean_cell (field, &habit, cleaned, &out), ==, KOBRA_FIX_NONE);
    }
}

static void
test_what_is_valid_stays (void)
{
  g_auto (KobraBuffer) out = { 0 };

  kobra_buffer_init (&out, 10000);
  for (guint i = 0; i < 200000; i++)
    {
      const KobraField *field = get_random_field ();
      KobraColumnHabit  habit = { 0 };
      g_autofree char  *text = make_text (), *neighbour = make_text ();
      KobraFix          fix;

      kobra_clean_learn (field, neighbour, &habit);
      if (!is_valid (field, text))
        continue;
      fix = kobra_clean_cell (field, &habit, text, &out);
      g_assert_true (fix == KOBRA_FIX_NONE || fix == KOBRA_FIX_TRIM);
    }
}

/* An amount keeps all its digits, in order; a date has those it had. */
static void
test_no_digit_is_invented (void)
{
  g_auto (KobraBuffer) out = { 0 };

  kobra_buffer_init (&out, 10000);
  for (guint i = 0; i < 200000; i++)
    {
      const KobraField *field = get_random_field ();
      KobraColumnHabit  habit = { 0 };
      g_autofree char  *text = make_text (), *neighbour = make_text (), *before = dup_digits (text), *after = NULL;

      kobra_clean_learn (field, neighbour, &habit);
      if (kobra_clean_cell (field, &habit, text, &out) != KOBRA_FIX_AMOUNT)
        continue;
      after = dup_digits (out.bytes);
      g_assert_cmpstr (after, ==, before);
      g_assert_true (is_valid (field, out.bytes));
    }
}

static void
test_a_column_in_any_order_has_one_habit (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      const KobraField *field = get_random_field ();
      KobraColumnHabit  forward = { 0 }, backward = { 0 };
      char             *texts[5];

      for (guint at = 0; at < G_N_ELEMENTS (texts); at++)
        texts[at] = make_text ();
      for (guint at = 0; at < G_N_ELEMENTS (texts); at++)
        {
          kobra_clean_learn (field, texts[at], &forward);
          kobra_clean_learn (field, texts[G_N_ELEMENTS (texts) - 1 - at], &backward);
        }
      g_assert_cmpmem (&forward, sizeof forward, &backward, sizeof backward);
      for (guint at = 0; at < G_N_ELEMENTS (texts); at++)
        g_free (texts[at]);
    }
}

static void
test_hostile_texts (void)
{
  g_autofree char  *digits = g_strnfill (1 << 20, '1');
  g_autofree char  *spaces = g_strnfill (1 << 20, ' ');
  g_autofree char  *groups = g_strjoin (NULL, "1", ",234,567,890,123,456,789", ",234,567,890,123,456,789", ",234,567,890,123,456,789", ",234,567,890,123,456,789", NULL);
  const char *const texts[] = { digits, spaces, groups, "$", "$$$$$$$$", "((((5))))", "MN", "M.N", "-", "''", ",,,", "...", "1,", ",1", "a", "a.", "1 a", "1/1/2024 1", "1/1/2024 1:", "1/1/2024 0:0", "\U0010ffff", "d", "de", "1 de", "1 de ene de" };
  g_auto (KobraBuffer) out = { 0 };

  kobra_buffer_init (&out, 2 << 20);
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    for (guint at = 0; at < kobra_schema_get ((KobraKind) kind)->n_fields; at++)
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        {
          const KobraField *field = &kobra_schema_get ((KobraKind) kind)->fields[at];
          KobraColumnHabit  habit = { 0 };

          kobra_clean_learn (field, texts[i], &habit);
          kobra_clean_cell (field, &habit, texts[i], &out);
        }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clean/properties/what-was-cleaned-is-clean", test_what_was_cleaned_is_clean);
  g_test_add_func ("/clean/properties/what-is-valid-stays", test_what_is_valid_stays);
  g_test_add_func ("/clean/properties/no-digit-is-invented", test_no_digit_is_invented);
  g_test_add_func ("/clean/properties/a-column-in-any-order-has-one-habit", test_a_column_in_any_order_has_one_habit);
  g_test_add_func ("/clean/properties/hostile-texts", test_hostile_texts);
  return g_test_run ();
}
