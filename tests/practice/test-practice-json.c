/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-json.h"

#include <string.h>

#include "kobra-test.h"

/* A text, and the byte at which it stops being JSON; -1: it is good. */
typedef struct
{
  const char *name;
  const char *text;
  int         offset;
} TextCase;

static const TextCase text_cases[] = {
  { "object", " {\"a\": [1, -2.50, 3e7, true, false, null], \"b\": {}} \n", -1 },
  { "empty-array", "[ ]", -1 },
  { "lone-number", "0", -1 },
  { "lone-string", "\"\"", -1 },
  { "number-forms", "[0,-0,10,0.0,1E5,1e+05,1.5E-3]", -1 },
  { "all-escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00f1\\uD83D\\uDE00\"", -1 },
  { "delete-is-no-control", "\"\x7f\"", -1 },
  { "same-name-twice", "{\"a\":1,\"a\":2}", -1 },

  { "nothing", "", 0 },
  { "only-space", "  \n", 3 },
  { "two-values", "1 2", 2 },
  { "byte-order-mark", "\xef\xbb\xbf{}", 0 },
  { "other-space", "\xc2\xa0{}", 0 },
  { "comment", "[1 /* no */]", 3 },
  { "single-quotes", "['a']", 1 },
  { "capital-true", "True", 0 },
  { "cut-true", "tru", 0 },
  { "not-a-number", "NaN", 0 },
  { "unclosed-object", "{\"a\":1", 6 },
  { "unclosed-array", "[1,2", 4 },
  { "wrong-close", "[1}", 2 },
  { "comma-at-end-of-array", "[1,]", 3 },
  { "comma-at-end-of-object", "{\"a\":1,}", 7 },
  { "comma-first", "[,1]", 1 },
  { "missing-comma", "{\"a\":true \"b\":1}", 10 },
  { "missing-colon", "{\"a\" 1}", 5 },
  { "missing-value", "{\"a\":}", 5 },
  { "bare-name", "{a:1}", 1 },
  { "number-as-name", "{1:2}", 1 },

  { "leading-zero", "01", 1 },
  { "leading-plus", "+1", 0 },
  { "only-minus", "-", 1 },
  { "point-first", ".5", 0 },
  { "point-last", "5.", 2 },
  { "empty-exponent", "1e", 2 },
  { "signed-empty-exponent", "1e+", 3 },
  { "hexadecimal", "0x10", 1 },

  { "unclosed-string", "\"a", 2 },
  { "unclosed-escape", "\"\\", 2 },
  { "unknown-escape", "\"\\x\"", 2 },
  { "short-unicode", "\"\\u12\"", 5 },
  { "bad-unicode", "\"\\u12g4\"", 5 },
  { "lone-high-surrogate", "\"\\ud83d\"", 7 },
  { "high-then-other", "\"\\ud83d\\u0041\"", 13 },
  { "lone-low-surrogate", "\"\\ude00\"", 7 },
  { "newline-in-string", "\"a\nb\"", 2 },
  { "control-in-string", "\"\x01\"", 1 },

  { "cut-utf8", "\"\xc3\"", 1 },
  { "overlong-utf8", "\"\xc0\xaf\"", 1 },
  { "surrogate-in-utf8", "\"\xed\xa0\x80\"", 1 },
  { "latin-1", "\"Jos\xe9\"", 4 },
};

static void
test_text (gconstpointer data)
{
  const TextCase          *row = data;
  g_autofree char         *exact = g_memdup2 (row->text, MAX (strlen (row->text), 1)); /* without a NUL: a read past the end shows under ASan */
  KobraPracticeJson        root;
  KobraPracticeJsonProblem problem = { NULL, 0 };
  gboolean                 good = kobra_practice_json_read (exact, strlen (row->text), &root, &problem);

  g_assert_cmpint (good ? -1 : (int) problem.offset, ==, row->offset);
  g_assert_true (good == (problem.what == NULL));
}

static void
read_good (const char        *text,
           KobraPracticeJson *root)
{
  KobraPracticeJsonProblem problem;

  g_assert_true (kobra_practice_json_read (text, strlen (text), root, &problem));
}

static void
assert_span (const KobraPracticeJson *value,
             KobraPracticeJsonType    type,
             const char              *text)
{
  g_assert_cmpint (value->type, ==, type);
  g_assert_cmpmem (value->text, value->length, text, strlen (text));
}

static void
test_spans (void)
{
  static const char                 *names[] = { "\"total\"", "\"dates\"", "\"on\"", "\"who\"", "\"none\"" };
  static const char                 *values[] = { "1234.10", "[ 1 , {} ]", "false", "\"a\\\"b\"", "null" };
  static const KobraPracticeJsonType types[] = {
    KOBRA_PRACTICE_JSON_NUMBER,
    KOBRA_PRACTICE_JSON_ARRAY,
    KOBRA_PRACTICE_JSON_BOOLEAN,
    KOBRA_PRACTICE_JSON_STRING,
    KOBRA_PRACTICE_JSON_NULL,
  };
  KobraPracticeJson     root, name, value;
  KobraPracticeJsonIter iter;
  guint                 i = 0;

  read_good ("{ \"total\" : 1234.10 ,\"dates\":[ 1 , {} ],\n\"on\":false, \"who\": \"a\\\"b\" , \"none\":null }", &root);
  kobra_practice_json_iter_init (&iter, &root);
  while (kobra_practice_json_iter_next (&iter, &name, &value))
    {
      assert_span (&name, KOBRA_PRACTICE_JSON_STRING, names[i]);
      assert_span (&value, types[i], values[i]);
      i++;
    }
  g_assert_cmpuint (i, ==, G_N_ELEMENTS (values));
  g_assert_false (kobra_practice_json_iter_next (&iter, &name, &value));
}

static void
test_empty (void)
{
  static const char *const texts[] = { "[]", "[ \n ]", "{}", "{ }" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      KobraPracticeJson     root, name, value;
      KobraPracticeJsonIter iter;

      read_good (texts[i], &root);
      kobra_practice_json_iter_init (&iter, &root);
      g_assert_false (kobra_practice_json_iter_next (&iter, &name, &value));
    }
}

static void
test_find (void)
{
  KobraPracticeJson root, value;

  read_good ("{\"externalI\":0,\"ext\\u0065rnalID\":1,\"externalID\":2}", &root);
  g_assert_true (kobra_practice_json_find_member (&root, "externalID", &value));
  assert_span (&value, KOBRA_PRACTICE_JSON_NUMBER, "1");
  g_assert_false (kobra_practice_json_find_member (&root, "external", &value));
}

static void
test_strings (void)
{
  static const struct
  {
    const char *json, *content;
    gsize       length;
  } cases[] = {
    { "\"\"", "", 0 },
    { "\"I\xc3\xb1igo\"", "I\xc3\xb1igo", 6 },
    { "\"\\u0049\\u00F1igo\"", "I\xc3\xb1igo", 6 },
    { "\"\\uD83D\\uDE00!\"", "\xf0\x9f\x98\x80!", 5 },
    { "\"\\uffff\"", "\xef\xbf\xbf", 3 },
    { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", 8 },
    { "\"a\\u0000b\"", "a\0b", 3 },
  };
  g_autoptr (GString) content = g_string_new ("left over");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KobraPracticeJson value;

      read_good (cases[i].json, &value);
      kobra_practice_json_get_string (&value, content);
      g_assert_cmpmem (content->str, content->len, cases[i].content, cases[i].length);
    }
}

static void
test_integers (void)
{
  static const struct
  {
    const char *json;
    gboolean    is_integer;
  } cases[] = {
    { "0", TRUE },
    { "-12", TRUE },
    { "123456789012345678901234567890", TRUE },
    { "1.0", FALSE },
    { "1e3", FALSE },
    { "1E0", FALSE },
    { "\"1\"", FALSE },
    { "true", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      KobraPracticeJson value;

      read_good (cases[i].json, &value);
      g_assert_cmpint (kobra_practice_json_is_integer (&value), ==, cases[i].is_integer);
    }
}

static gboolean
nests (guint levels)
{
  g_autoptr (GString) text = g_string_new (NULL);
  KobraPracticeJson        root;
  KobraPracticeJsonProblem problem;

  for (guint i = 0; i < levels; i++)
    g_string_append (text, i % 2 == 0 ? "[" : "{\"a\":");
  g_string_append_c (text, '1');
  for (guint i = levels; i > 0; i--)
    g_string_append_c (text, i % 2 == 1 ? ']' : '}');
  return kobra_practice_json_read (text->str, text->len, &root, &problem);
}

static void
test_depth (void)
{
  g_assert_true (nests (KOBRA_PRACTICE_JSON_MAX_DEPTH));
  g_assert_false (nests (KOBRA_PRACTICE_JSON_MAX_DEPTH + 1));
  g_assert_false (nests (1000000));
}

/* Whatever is done to a text, it is read or refused, and every span lies within it. */
static void
walk (const KobraPracticeJson *container,
      const char              *start,
      const char              *end)
{
  KobraPracticeJson     name, value;
  KobraPracticeJsonIter iter;
  g_autoptr (GString) content = g_string_new (NULL);

  kobra_practice_json_iter_init (&iter, container);
  while (kobra_practice_json_iter_next (&iter, &name, &value))
    {
      g_assert_true (value.text >= start && value.length > 0 && value.length <= (gsize) (end - value.text));
      if (value.type == KOBRA_PRACTICE_JSON_ARRAY || value.type == KOBRA_PRACTICE_JSON_OBJECT)
        walk (&value, start, end);
      else if (value.type == KOBRA_PRACTICE_JSON_STRING)
        kobra_practice_json_get_string (&value, content);
    }
}

static void
test_damage (void)
{
  static const char seed_text[] = "{\"importTypeID\":1,\"accounts\":[{\"externalID\":\"A\\u00f1-\\uD83D\\uDE00\",\"iva\":-1234.10e+2,\"inactive\":true}]}";
  static const char bytes[] = "{}[]\",:\\u0123456789abcdefD-+.eE tfn\n\x01\xc3\xb1\xf0";
  g_autoptr (GRand) dice = g_rand_new_with_seed (1);

  for (guint round = 0; round < 50000; round++)
    {
      gsize                    length = sizeof seed_text - 1;
      g_autofree char         *text = NULL;
      KobraPracticeJson        root;
      KobraPracticeJsonProblem problem;

      if (g_rand_boolean (dice))
        length = (gsize) g_rand_int_range (dice, 1, (gint32) length + 1);
      text = g_memdup2 (seed_text, length);
      for (gint32 n = g_rand_int_range (dice, 0, 4); n > 0; n--)
        text[g_rand_int_range (dice, 0, (gint32) length)] = bytes[g_rand_int_range (dice, 0, sizeof bytes - 1)];
      if (!kobra_practice_json_read (text, length, &root, &problem))
        g_assert_cmpuint (problem.offset, <=, length);
      else if (root.type == KOBRA_PRACTICE_JSON_ARRAY || root.type == KOBRA_PRACTICE_JSON_OBJECT)
        walk (&root, text, text + length);
    }
}

static void
test_append_string (void)
{
  g_autoptr (GString) json = g_string_new (NULL);

  kobra_practice_json_append_string (json, "I\xc3\xb1igo \"\\\"\n\x01");
  g_assert_cmpstr (json->str, ==, "\"I\xc3\xb1igo \\\"\\\\\\\"\\u000a\\u0001\"");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (text_cases); i++)
    kobra_test_add_row ("/practice/json/text/", text_cases[i].name, &text_cases[i], test_text);
  g_test_add_func ("/practice/json/each-value-is-its-exact-bytes", test_spans);
  g_test_add_func ("/practice/json/empty-containers-have-no-items", test_empty);
  g_test_add_func ("/practice/json/finds-a-member-by-what-its-name-says", test_find);
  g_test_add_func ("/practice/json/resolves-strings", test_strings);
  g_test_add_func ("/practice/json/tells-integers-by-how-they-are-written", test_integers);
  g_test_add_func ("/practice/json/depth-is-bounded", test_depth);
  g_test_add_func ("/practice/json/damaged-texts-are-read-or-refused", test_damage);
  g_test_add_func ("/practice/json/writes-strings", test_append_string);
  return g_test_run ();
}
