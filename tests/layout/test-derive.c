/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout.h"

#include "kobra-test.h"

static const struct Case
{
  const char *full;
  gboolean    surnames_first;
  const char *name, *first, *second;
} names[] = {
  { "Ana Pérez López", FALSE, "Ana", "Pérez", "López" },
  { "Ana María Pérez López", FALSE, "Ana María", "Pérez", "López" },
  { "Ana María Pérez de la Cruz", FALSE, "Ana María", "Pérez", "de la Cruz" },
  { "Ma. del Carmen López Ruiz", FALSE, "Ma. del Carmen", "López", "Ruiz" },
  { "María de los Ángeles del Río de la Torre", FALSE, "María de los Ángeles", "del Río", "de la Torre" },
  { "JOSE LUIS DE LA ROSA GOMEZ", FALSE, "JOSE LUIS", "DE LA ROSA", "GOMEZ" },
  { "José Ortega y Gasset Ruiz", FALSE, "José", "Ortega y Gasset", "Ruiz" },
  { "Ana Pérez", FALSE, "Ana", "Pérez", "" },
  { "Ana", FALSE, "Ana", "", "" },
  { "  Ana \t Pérez  López ", FALSE, "Ana", "Pérez", "López" },
  { "Pérez López Ana María", TRUE, "Ana María", "Pérez", "López" },
  { "De la Cruz Pérez Ma. del Carmen", TRUE, "Ma. del Carmen", "De la Cruz", "Pérez" },
  { "Pérez Ana", TRUE, "Ana", "Pérez", "" },
  { "Pérez López, Ana María", FALSE, "Ana María", "Pérez", "López" },
  { "Pérez , Ana", FALSE, "Ana", "Pérez", "" },
  { "Comercial del Norte S.A. de C.V.", FALSE, "Comercial del Norte S.A. de C.V.", "", "" },
  { "de la", FALSE, "de la", "", "" },
  { "", FALSE, "", "", "" },
  { ",", FALSE, "", "", "" },
};

static const char *
get_text (const KobraBuffer *buffer)
{
  return buffer->length > 0 ? buffer->bytes : "";
}

static void
test_names (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (KobraBuffer) name = { 0 }, first = { 0 }, second = { 0 };

      kobra_buffer_init (&name, 1000);
      kobra_buffer_init (&first, 1000);
      kobra_buffer_init (&second, 1000);
      kobra_split_name (names[i].full, names[i].surnames_first, &name, &first, &second);
      g_assert_cmpstr (get_text (&name), ==, names[i].name);
      g_assert_cmpstr (get_text (&first), ==, names[i].first);
      g_assert_cmpstr (get_text (&second), ==, names[i].second);
    }
}

/* Every word of the whole is in one of the parts, whatever the whole is. */
static void
test_no_word_is_lost (void)
{
  static const char *const words[] = { "Ana", "de", "la", "y", "e", "Pérez", "del", "Ma.", "san", "S.A.", "ñ", "🏠", "Cruz," };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString)  full = g_string_new (NULL);
      KobraBuffer          parts[3];
      gsize                n_full = 0, n_parts = 0;

      for (int n = g_test_rand_int_range (0, 30); n > 0; n--)
        g_string_append_printf (full, " %s", words[g_test_rand_int_range (0, G_N_ELEMENTS (words))]);
      for (guint j = 0; j < 3; j++)
        kobra_buffer_init (&parts[j], 10000);
      kobra_split_name (full->str, i % 2 == 0, &parts[0], &parts[1], &parts[2]);
      for (const char *at = full->str; *at != '\0'; at++)
        n_full += *at != ' ' && *at != ',';
      for (guint j = 0; j < 3; j++)
        for (const char *at = get_text (&parts[j]); *at != '\0'; at++)
          n_parts += *at != ' ' && *at != ',';
      g_assert_cmpuint (n_full, ==, n_parts);
      for (guint j = 0; j < 3; j++)
        kobra_buffer_clear (&parts[j]);
    }
}

static void
test_join_and_constant (void)
{
  const KobraDerivation join = { .kind = KOBRA_DERIVE_JOIN, .text = (char *) " ", .n_columns = 2 };
  const KobraDerivation constant = { .kind = KOBRA_DERIVE_CONSTANT, .text = (char *) "MX" };
  KobraBuffer           results[KOBRA_DERIVE_MAX_RESULTS];

  for (guint i = 0; i < KOBRA_DERIVE_MAX_RESULTS; i++)
    kobra_buffer_init (&results[i], 1000);
  kobra_derivation_run (&join, (const char *const[]) { "Morelos", "12" }, results);
  g_assert_cmpstr (get_text (&results[0]), ==, "Morelos 12");
  kobra_derivation_run (&join, (const char *const[]) { "Morelos", " " }, results);
  g_assert_cmpstr (get_text (&results[0]), ==, "Morelos");
  kobra_derivation_run (&constant, NULL, results);
  g_assert_cmpstr (get_text (&results[0]), ==, "MX");
  for (guint i = 0; i < KOBRA_DERIVE_MAX_RESULTS; i++)
    kobra_buffer_clear (&results[i]);
}

static void
test_values (void)
{
  const char *const       headers[] = { "Estado civil" };
  g_autoptr (KobraLayout) layout = kobra_layout_new_by_header (KOBRA_KIND_ACCOUNTS, headers, 1), copy = NULL;
  guint                   field = (guint) layout->fields[0];

  g_assert_null (kobra_layout_find_value (layout, field, "Juntado"));
  kobra_layout_set_value (layout, field, "JUNTADO", "L");
  g_assert_cmpstr (kobra_layout_find_value (layout, field, " juntado "), ==, "L");
  g_assert_null (kobra_layout_find_value (layout, field + 1, "JUNTADO"));
  copy = kobra_layout_copy (layout);
  kobra_layout_set_value (layout, field, "Juntado", NULL);
  g_assert_null (kobra_layout_find_value (layout, field, "JUNTADO"));
  g_assert_cmpstr (kobra_layout_find_value (copy, field, "JUNTADO"), ==, "L");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/derive/names", test_names);
  g_test_add_func ("/layout/derive/no-word-is-lost", test_no_word_is_lost);
  g_test_add_func ("/layout/derive/join-and-constant", test_join_and_constant);
  g_test_add_func ("/layout/derive/values", test_values);
  return g_test_run ();
}
