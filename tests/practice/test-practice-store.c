/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-store.h"

#include <string.h>

static gboolean
take (KobraPracticeStore *store,
      KobraPracticeKind   kind,
      const char         *key,
      const char         *text,
      gsize               length)
{
  g_autoptr (GArray) records = g_array_new (FALSE, FALSE, sizeof (KobraPracticeRecord));
  KobraPracticeRecord record = { (char *) key, text, length };

  g_array_append_val (records, record);
  return kobra_practice_store_take (store, kind, records);
}

static gboolean
take_text (KobraPracticeStore *store,
           KobraPracticeKind   kind,
           const char         *key,
           const char         *text)
{
  return take (store, kind, key, text, strlen (text));
}

static void
assert_array (KobraPracticeStore *store,
              KobraPracticeKind   kind,
              const char         *expected)
{
  g_autoptr (GBytes) json = kobra_practice_store_dup_array (store, kind);
  gsize         length;
  gconstpointer bytes = g_bytes_get_data (json, &length);

  g_assert_cmpmem (bytes, length, expected, strlen (expected));
}

static void
test_replace (void)
{
  KobraPracticeStore store;
  g_autofree char   *record = NULL;
  g_auto (GStrv) keys = NULL;

  kobra_practice_store_init (&store);
  assert_array (&store, KOBRA_PRACTICE_ACCOUNTS, "[]\n");
  g_assert_true (take_text (&store, KOBRA_PRACTICE_ACCOUNTS, "B", "{\"b\":1}"));
  g_assert_true (take_text (&store, KOBRA_PRACTICE_ACCOUNTS, "A", "{\"a\":1}"));
  g_assert_true (take_text (&store, KOBRA_PRACTICE_PROMISES, "B", "{\"p\":1}"));
  g_assert_true (take_text (&store, KOBRA_PRACTICE_ACCOUNTS, "B", "{\"b\":2.00}"));

  g_assert_cmpuint (kobra_practice_store_get_count (&store, KOBRA_PRACTICE_ACCOUNTS), ==, 2);
  g_assert_cmpuint (kobra_practice_store_get_count (&store, KOBRA_PRACTICE_PROMISES), ==, 1);
  record = kobra_practice_store_dup_record (&store, KOBRA_PRACTICE_ACCOUNTS, "B");
  g_assert_cmpstr (record, ==, "{\"b\":2.00}");
  g_assert_null (kobra_practice_store_dup_record (&store, KOBRA_PRACTICE_PROMISES, "A"));
  keys = kobra_practice_store_dup_keys (&store, KOBRA_PRACTICE_ACCOUNTS);
  g_assert_cmpstrv (keys, ((const char *const[]) { "B", "A", NULL }));
  assert_array (&store, KOBRA_PRACTICE_ACCOUNTS, "[{\"b\":2.00},\n{\"a\":1}]\n");
  kobra_practice_store_clear (&store);
}

/* The text is one mapping of which the store takes copies: what counts is what the store says it holds. */
static void
test_full (void)
{
  const gsize        length = 1 << 20;
  g_autofree char   *text = g_strnfill (length, ' ');
  KobraPracticeStore store;
  guint              n_taken = 0;

  kobra_practice_store_init (&store);
  store.size = KOBRA_PRACTICE_MAX_STORE - 3 * length; /* as if that much had come before */
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      n_taken += take (&store, KOBRA_PRACTICE_ACCOUNTS, key, text, length);
    }
  g_assert_cmpuint (n_taken, ==, 2);
  g_assert_cmpuint (kobra_practice_store_get_count (&store, KOBRA_PRACTICE_ACCOUNTS), ==, 2);
  kobra_practice_store_clear (&store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/store/a-key-keeps-its-place-and-its-latest-text", test_replace);
  g_test_add_func ("/practice/store/takes-no-more-than-its-limit", test_full);
  return g_test_run ();
}
