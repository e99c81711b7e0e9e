/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-buffer.h"

#include <string.h>

static void
assert_holds (const KobraBuffer *buffer,
              const char        *text)
{
  g_assert_cmpmem (buffer->bytes, buffer->length, text, strlen (text));
  g_assert_cmpint (buffer->bytes[buffer->length], ==, '\0');
}

static void
test_limit_is_reached_and_not_passed (void)
{
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 5);
  g_assert_true (kobra_buffer_append_string (&buffer, "abc"));
  g_assert_true (kobra_buffer_append_string (&buffer, "de"));
  g_assert_true (kobra_buffer_append_string (&buffer, ""));
  g_assert_false (buffer.overflowed);
  assert_holds (&buffer, "abcde");

  g_assert_false (kobra_buffer_append_byte (&buffer, 'f'));
  g_assert_true (buffer.overflowed);
  assert_holds (&buffer, "abcde");
}

/* What follows an append that was refused is refused too: what the buffer holds is always a beginning, never with a hole. */
static void
test_overflow_stays (void)
{
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 5);
  g_assert_true (kobra_buffer_append_string (&buffer, "abc"));
  g_assert_false (kobra_buffer_append_string (&buffer, "too long"));
  g_assert_false (kobra_buffer_append_byte (&buffer, 'd'));
  g_assert_false (kobra_buffer_reserve (&buffer, 1));
  assert_holds (&buffer, "abc");
}

static void
test_huge_length_is_an_overflow (void)
{
  static const gsize lengths[] = { 5, 1 << 20, G_MAXSIZE / 2, G_MAXSIZE - 1, G_MAXSIZE };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_auto (KobraBuffer) buffer = { 0 };

      kobra_buffer_init (&buffer, 4);
      g_assert_true (kobra_buffer_append_byte (&buffer, 'a'));
      g_assert_false (kobra_buffer_reserve (&buffer, lengths[i]));
      g_assert_true (buffer.overflowed);
      assert_holds (&buffer, "a");
    }
}

static void
test_reset_forgets_an_overflow (void)
{
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 3);
  kobra_buffer_reset (&buffer);
  g_assert_false (kobra_buffer_append_string (&buffer, "abcd"));
  kobra_buffer_reset (&buffer);
  g_assert_false (buffer.overflowed);
  g_assert_cmpuint (buffer.length, ==, 0);
  g_assert_true (kobra_buffer_append_string (&buffer, "xyz"));
  assert_holds (&buffer, "xyz");
}

static void
test_truncate (void)
{
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 100);
  kobra_buffer_truncate (&buffer, 0);
  g_assert_true (kobra_buffer_append_string (&buffer, "one two"));
  kobra_buffer_truncate (&buffer, 3);
  assert_holds (&buffer, "one");
  g_assert_true (kobra_buffer_append_string (&buffer, "s"));
  assert_holds (&buffer, "ones");
}

static void
test_reserve_then_write (void)
{
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 10);
  g_assert_true (kobra_buffer_reserve (&buffer, 10));
  g_assert_cmpuint (buffer.length, ==, 0);
  memcpy (buffer.bytes + buffer.length, "0123456789", 10);
  buffer.length += 10;
  buffer.bytes[buffer.length] = '\0';
  assert_holds (&buffer, "0123456789");
}

static void
test_zero_bytes_are_bytes (void)
{
  g_auto (KobraBuffer) buffer = { 0 };

  kobra_buffer_init (&buffer, 100);
  g_assert_true (kobra_buffer_append (&buffer, "a\0b", 3));
  g_assert_true (kobra_buffer_append_byte (&buffer, '\0'));
  g_assert_cmpmem (buffer.bytes, buffer.length, "a\0b\0", 4);
}

static void
test_steal (void)
{
  g_auto (KobraBuffer) buffer = { 0 };
  g_autoptr (GBytes)   none = NULL, first = NULL, second = NULL;

  kobra_buffer_init (&buffer, 4);
  none = kobra_buffer_steal (&buffer);
  g_assert_cmpuint (g_bytes_get_size (none), ==, 0);

  g_assert_true (kobra_buffer_append_string (&buffer, "abc"));
  first = kobra_buffer_steal (&buffer);
  g_assert_cmpuint (buffer.length, ==, 0);
  g_assert_true (kobra_buffer_append_string (&buffer, "wxyz"));
  g_assert_false (kobra_buffer_append_byte (&buffer, '!'));
  second = kobra_buffer_steal (&buffer);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), "abc", 3);
  g_assert_cmpmem (g_bytes_get_data (second, NULL), g_bytes_get_size (second), "wxyz", 4);
}

static void
test_steal_leaves_a_usable_buffer (void)
{
  g_auto (KobraBuffer) buffer = { 0 };
  g_autoptr (GBytes)   bytes = NULL;

  kobra_buffer_init (&buffer, 2);
  g_assert_false (kobra_buffer_append_string (&buffer, "abc"));
  bytes = kobra_buffer_steal (&buffer);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 0);
  g_assert_true (kobra_buffer_append_string (&buffer, "ab"));
  g_assert_false (kobra_buffer_append_string (&buffer, "c"));
}

static void
test_many_appends (void)
{
  g_auto (KobraBuffer) buffer = { 0 };
  g_autoptr (GString)  expected = g_string_new (NULL);

  kobra_buffer_init (&buffer, 1 << 20);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *piece = g_strnfill ((gsize) g_test_rand_int_range (0, 60), (char) ('a' + i % 26));

      g_assert_true (kobra_buffer_append_string (&buffer, piece));
      g_string_append (expected, piece);
    }
  assert_holds (&buffer, expected->str);
  g_assert_cmpuint (buffer.capacity, <=, buffer.limit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/buffer/limit-is-reached-and-not-passed", test_limit_is_reached_and_not_passed);
  g_test_add_func ("/base/buffer/overflow-stays", test_overflow_stays);
  g_test_add_func ("/base/buffer/huge-length-is-an-overflow", test_huge_length_is_an_overflow);
  g_test_add_func ("/base/buffer/reset-forgets-an-overflow", test_reset_forgets_an_overflow);
  g_test_add_func ("/base/buffer/truncate", test_truncate);
  g_test_add_func ("/base/buffer/reserve-then-write", test_reserve_then_write);
  g_test_add_func ("/base/buffer/zero-bytes-are-bytes", test_zero_bytes_are_bytes);
  g_test_add_func ("/base/buffer/steal", test_steal);
  g_test_add_func ("/base/buffer/steal-leaves-a-usable-buffer", test_steal_leaves_a_usable_buffer);
  g_test_add_func ("/base/buffer/many-appends", test_many_appends);

  return g_test_run ();
}
