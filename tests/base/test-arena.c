/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-arena.h"

#include <string.h>

#define MAX_SIZE ((gsize) 1 << 30)

static void
test_aligned_after_any_size (void)
{
  g_autoptr (KobraArena) arena = kobra_arena_new ();

  for (gsize size = 0; size < 300; size++)
    {
      gpointer aligned;

      g_assert_nonnull (kobra_arena_alloc (arena, size));
      aligned = kobra_arena_alloc_aligned (arena, size);
      g_assert_nonnull (aligned);
      g_assert_cmpuint (GPOINTER_TO_SIZE (aligned) % 8, ==, 0);
      memset (aligned, 0xa5, size);
    }
}

/* A block that does not fit what is left of a chunk starts the next one, where other rules of padding hold. */
static void
test_aligned_in_a_new_chunk (void)
{
  g_autoptr (KobraArena) arena = kobra_arena_new ();

  for (gsize i = 0; i < 40; i++)
    {
      gsize    size = ((gsize) 1 << 17) + i;
      gpointer aligned = kobra_arena_alloc_aligned (arena, size);

      g_assert_nonnull (aligned);
      g_assert_cmpuint (GPOINTER_TO_SIZE (aligned) % 8, ==, 0);
      memset (aligned, 0xa5, size);
      g_assert_nonnull (kobra_arena_alloc (arena, 1));
    }
}

/* Room for what is edited comes in small steps, however much there is already. */
static void
test_small_pages (void)
{
  g_autoptr (KobraArena) arena = kobra_arena_new ();
  gsize                  before;

  for (guint i = 0; i < 16; i++)
    g_assert_nonnull (kobra_arena_alloc (arena, (gsize) 1 << 20));
  kobra_arena_use_small_pages (arena);
  for (guint i = 0; i < 300; i++)
    {
      before = kobra_arena_get_size (arena);
      g_assert_nonnull (kobra_arena_alloc (arena, (gsize) 1 << 16));
      g_assert_cmpuint (kobra_arena_get_size (arena) - before, <=, (gsize) 1 << 20);
    }
  g_assert_nonnull (kobra_arena_alloc (arena, (gsize) 5 << 20));
}

static void
test_give_back (void)
{
  g_autoptr (KobraArena) arena = kobra_arena_new ();
  char *first, *second, *third;

  first = kobra_arena_alloc (arena, 100);
  memcpy (first, "kept", 4);
  kobra_arena_give_back (arena, 96);
  second = kobra_arena_alloc (arena, 50);
  g_assert_true (second == first + 4);
  kobra_arena_give_back (arena, 50);
  third = kobra_arena_alloc (arena, 1);
  g_assert_true (third == second);
  g_assert_cmpmem (first, 4, "kept", 4);
}

static void
test_huge_is_refused (void)
{
  static const gsize sizes[] = { MAX_SIZE + 1, MAX_SIZE * 2, G_MAXSIZE / 2, G_MAXSIZE - 32, G_MAXSIZE - 7, G_MAXSIZE };
  g_autoptr (KobraArena) arena = kobra_arena_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_assert_null (kobra_arena_alloc (arena, sizes[i]));
      g_assert_null (kobra_arena_alloc_aligned (arena, sizes[i]));
    }
  g_assert_cmpuint (kobra_arena_get_size (arena), ==, 0);

  /* The same with a chunk that has been begun, and the arena is as good as before. */
  g_assert_nonnull (kobra_arena_alloc (arena, 3));
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_assert_null (kobra_arena_alloc (arena, sizes[i]));
      g_assert_null (kobra_arena_alloc_aligned (arena, sizes[i]));
    }
  g_assert_cmpstr (kobra_arena_strdup (arena, "still there"), ==, "still there");
}

/* Blocks of many sizes over many chunks, all written first and read afterwards: none moves, none overlaps another. */
static void
test_many_chunks_keep_their_bytes (void)
{
  enum
  {
    N_BLOCKS = 4000
  };
  g_autoptr (KobraArena) arena = kobra_arena_new ();
  static char *blocks[N_BLOCKS];
  static gsize sizes[N_BLOCKS];
  gsize        total = 0;

  for (gsize i = 0; i < N_BLOCKS; i++)
    {
      sizes[i] = (gsize) g_test_rand_int_range (1, i % 100 == 0 ? 200000 : 2000);
      blocks[i] = kobra_arena_alloc (arena, sizes[i]);
      g_assert_nonnull (blocks[i]);
      memset (blocks[i], (int) (i % 251), sizes[i]);
      total += sizes[i];
    }
  for (gsize i = 0; i < N_BLOCKS; i++)
    for (gsize j = 0; j < sizes[i]; j++)
      g_assert_cmpint ((guchar) blocks[i][j], ==, (int) (i % 251));
  g_assert_cmpuint (kobra_arena_get_size (arena), >=, total);
  g_assert_cmpuint (kobra_arena_get_size (arena), <, total * 2 + (1 << 20));
}

/* A block larger than the chunk that is due leaves a size that is no power of two, and the arena grows on from there. */
static void
test_grows_on_from_any_size (void)
{
  for (gsize first = 1 << 10; first <= 3 << 20; first += 77777)
    {
      g_autoptr (KobraArena) arena = kobra_arena_new ();

      g_assert_nonnull (kobra_arena_alloc (arena, 1));
      g_assert_nonnull (kobra_arena_alloc (arena, first));
      for (gsize i = 0; i < 80; i++)
        g_assert_nonnull (kobra_arena_alloc (arena, 100000));
    }
}

static void
test_larger_than_a_chunk (void)
{
  enum
  {
    SIZE = 5 << 20
  };
  g_autoptr (KobraArena) arena = kobra_arena_new ();
  char *small = kobra_arena_strdup (arena, "before");
  char *large = kobra_arena_alloc (arena, SIZE);

  g_assert_nonnull (large);
  memset (large, 'x', SIZE);
  g_assert_cmpstr (small, ==, "before");
  g_assert_cmpstr (kobra_arena_strdup (arena, "after"), ==, "after");
  g_assert_cmpint (large[SIZE - 1], ==, 'x');
}

static void
test_empty_texts (void)
{
  g_autoptr (KobraArena) arena = kobra_arena_new ();

  g_assert_cmpuint (kobra_arena_get_size (arena), ==, 0);
  g_assert_nonnull (kobra_arena_alloc (arena, 0));
  g_assert_cmpstr (kobra_arena_strdup (arena, ""), ==, "");
}

static gpointer
hold_and_let_go (gpointer data)
{
  for (gsize i = 0; i < 10000; i++)
    kobra_arena_unref (kobra_arena_ref (data));
  kobra_arena_unref (data);
  return NULL;
}

static void
test_lives_until_the_last_owner_lets_go (void)
{
  KobraArena *arena = kobra_arena_new ();
  const char *text = kobra_arena_strdup (arena, "borrowed");
  GThread    *threads[2];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("holder", hold_and_let_go, kobra_arena_ref (arena));
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
  g_assert_cmpstr (text, ==, "borrowed");
  kobra_arena_unref (arena);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/base/arena/aligned-after-any-size", test_aligned_after_any_size);
  g_test_add_func ("/base/arena/aligned-in-a-new-chunk", test_aligned_in_a_new_chunk);
  g_test_add_func ("/base/arena/give-back", test_give_back);
  g_test_add_func ("/base/arena/huge-is-refused", test_huge_is_refused);
  g_test_add_func ("/base/arena/many-chunks-keep-their-bytes", test_many_chunks_keep_their_bytes);
  g_test_add_func ("/base/arena/grows-on-from-any-size", test_grows_on_from_any_size);
  g_test_add_func ("/base/arena/larger-than-a-chunk", test_larger_than_a_chunk);
  g_test_add_func ("/base/arena/empty-texts", test_empty_texts);
  g_test_add_func ("/base/arena/lives-until-the-last-owner-lets-go", test_lives_until_the_last_owner_lets_go);

  g_test_add_func ("/base/arena/small-pages-come-a-little-at-a-time", test_small_pages);
  return g_test_run ();
}
