/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sorting a million records by a column: each cell is a number of 64 bits that compares as the cells do; texts longer than that are
 * compared further only where they are alike so far. */

#include "kobra-view-private.h"

#include <string.h>

#include "kobra-collate.h"
#include "kobra-day.h"
#include "kobra-decimal.h"

#include "kobra-banned.h"

/* Texts are compared no further than this many times KOBRA_COLLATE_STRIDE characters. */
#define MAX_DEPTH 64

#define ROWS_BETWEEN_LOOKS 16384u
#define MILLION 1000000.0

/* In this order, whichever way the rest is sorted. */
typedef enum
{
  CLASS_VALUE, /* of the column's type */
  CLASS_TEXT,
  CLASS_EMPTY,
  N_CLASSES
} Class;

typedef struct
{
  guint64     key;
  const char *rest; /* of a text, after the part in the key; "" if there is none */
  guint32     row;
} Item;

static guint64
get_signed_key (gint64 value)
{
  return (guint64) value ^ G_GUINT64_CONSTANT (0x8000000000000000);
}

static gboolean
read_number (const char *text,
             guint64    *key)
{
  gint64 millionths;

  if (!kobra_decimal_is_number (text))
    return FALSE;
  /* What is too large or too fine for millionths is sorted about right. */
  if (!kobra_decimal_to_millionths (text, &millionths))
    millionths = (gint64) CLAMP (g_ascii_strtod (text, NULL) * MILLION, (double) -G_MAXINT64 / 2, (double) G_MAXINT64 / 2);
  *key = get_signed_key (millionths);
  return TRUE;
}

static gboolean
read_date (const char *text,
           guint64    *key)
{
  KobraDay day;

  if (kobra_day_scan (text, &day) != KOBRA_DAY_OK)
    return FALSE;
  *key = (guint64) day.year << 16 | (guint64) day.month << 8 | day.day;
  return TRUE;
}

static Class
read_item (Item       *item,
           const char *text,
           KobraType   type,
           guint64     flip)
{
  gboolean is_value = FALSE;

  item->rest = "";
  item->key = 0;
  if (*text == '\0')
    return CLASS_EMPTY;
  if (type == KOBRA_TYPE_NUMBER || type == KOBRA_TYPE_INTEGER)
    is_value = read_number (text, &item->key);
  else if (type == KOBRA_TYPE_DATE)
    is_value = read_date (text, &item->key);
  if (!is_value)
    {
      item->rest = text;
      item->key = kobra_collate_next (&item->rest);
    }
  item->key ^= flip;
  return is_value || type == KOBRA_TYPE_TEXT || type == KOBRA_TYPE_BOOLEAN ? CLASS_VALUE : CLASS_TEXT;
}

/* Merges two neighbouring sorted parts; of two that are alike the one from the first part comes first. */
static void
merge (Item *items,
       gsize n_first,
       gsize n,
       Item *room)
{
  gsize i = 0, j = n_first, k = 0;

  if (n_first == 0 || n_first == n || items[n_first - 1].key <= items[n_first].key)
    return;
  memcpy (room, items, n_first * sizeof *items);
  while (i < n_first && j < n)
    items[k++] = items[j].key < room[i].key ? items[j++] : room[i++];
  memcpy (items + k, room + i, (n_first - i) * sizeof *items);
}

static void
sort_by_key (Item *items,
             gsize n,
             Item *room)
{
  if (n <= 16)
    {
      for (gsize i = 1; i < n; i++)
        {
          Item  item = items[i];
          gsize j = i;

          for (; j > 0 && items[j - 1].key > item.key; j--)
            items[j] = items[j - 1];
          items[j] = item;
        }
      return;
    }
  sort_by_key (items, n / 2, room);
  sort_by_key (items + n / 2, n - n / 2, room);
  merge (items, n / 2, n, room);
}

/* Sorts by the keys, then those that are alike by the characters after them. */
static void
sort_items (Item         *items,
            gsize         n,
            Item         *room,
            guint64       flip,
            guint         depth,
            GCancellable *cancellable)
{
  sort_by_key (items, n, room);
  if (depth == MAX_DEPTH || g_cancellable_is_cancelled (cancellable))
    return;
  for (gsize start = 0, end; start < n; start = end)
    {
      gboolean goes_on = FALSE;

      for (end = start; end < n && items[end].key == items[start].key; end++)
        goes_on |= *items[end].rest != '\0';
      if (!goes_on || end - start < 2)
        continue;
      for (gsize i = start; i < end; i++)
        items[i].key = kobra_collate_next (&items[i].rest) ^ flip;
      sort_items (items + start, end - start, room, flip, depth + 1, cancellable);
    }
}

gboolean
kobra_view_sort (KobraFrozen  *table,
                 GArray       *rows,
                 guint         column,
                 KobraType     type,
                 gboolean      descending,
                 GCancellable *cancellable)
{
  guint64           flip = descending ? G_MAXUINT64 : 0;
  g_autofree Item  *items = g_new (Item, MAX (rows->len, 1));
  g_autofree Item  *room = g_new (Item, MAX (rows->len, 1));
  g_autofree guint8 *classes = g_new (guint8, MAX (rows->len, 1));
  gsize             counts[N_CLASSES] = { 0 }, starts[N_CLASSES], at[N_CLASSES];

  for (guint i = 0; i < rows->len; i++)
    {
      guint32 row = g_array_index (rows, guint32, i);

      if (i % ROWS_BETWEEN_LOOKS == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      room[i].row = row;
      classes[i] = (guint8) read_item (&room[i], kobra_row_get_text (kobra_frozen_peek (table, row), column), type, flip);
      counts[classes[i]]++;
    }
  starts[CLASS_VALUE] = 0;
  starts[CLASS_TEXT] = counts[CLASS_VALUE];
  starts[CLASS_EMPTY] = counts[CLASS_VALUE] + counts[CLASS_TEXT];
  memcpy (at, starts, sizeof at);
  for (guint i = 0; i < rows->len; i++)
    items[at[classes[i]]++] = room[i];
  for (guint class = CLASS_VALUE; class <= CLASS_TEXT; class++)
    sort_items (items + starts[class], counts[class], room, flip, 0, cancellable);
  for (guint i = 0; i < rows->len; i++)
    g_array_index (rows, guint32, i) = items[i].row;
  return !g_cancellable_is_cancelled (cancellable);
}
