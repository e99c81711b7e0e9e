/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-row-list.h"

#include <string.h>

#include "kobra-banned.h"

/* What a block has room for, at the end and at the beginning. */
#define BLOCK_ROWS 4096u
#define FIRST_ROWS 16u

/* Fewer rows than these are copied and not shared, so that a row or two don't keep a whole block. */
#define FEW_ROWS (BLOCK_ROWS / 8)

/* Rows once written are never written again while more than one part has the block. */
typedef struct
{
  int      ref_count; /* atomic */
  guint    room;
  KobraRow rows[];
} Block;

/* A list is parts, and none is empty. Small ones that come together are joined, so that they are never many times what as many full blocks were. */
typedef struct
{
  Block *block;
  guint  offset; /* of its first row in the block */
  guint  n;
  guint  start;  /* its position in the list */
} Part;

struct _KobraRowList
{
  GArray *parts; /* Part */
  guint   n_rows;
};

static Block *
block_new (guint room)
{
  Block *self = g_malloc (sizeof (Block) + room * sizeof (KobraRow));

  self->ref_count = 1;
  self->room = room;
  return self;
}

static Block *
block_ref (Block *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

static void
block_unref (Block *self)
{
  if (g_atomic_int_dec_and_test (&self->ref_count))
    g_free (self);
}

/* Nobody else can begin to share it meanwhile: that takes a part that has it. */
static gboolean
block_is_own (Block *self)
{
  return g_atomic_int_get (&self->ref_count) == 1;
}

static void
part_clear (gpointer data)
{
  Part *self = data;

  block_unref (self->block);
}

static Part *
get_part (const KobraRowList *self,
          guint               i)
{
  return &g_array_index (self->parts, Part, i);
}

static KobraRow *
get_rows (const Part *part)
{
  return part->block->rows + part->offset;
}

/* The part with the row at @position. */
static guint
find_part (const KobraRowList *self,
           guint               position)
{
  guint low = 0, high = self->parts->len, guess = position / BLOCK_ROWS;

  /* Of a list that was never cut all parts but the last are full. */
  if (guess < high && position - get_part (self, guess)->start < get_part (self, guess)->n)
    return guess;
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (get_part (self, middle)->start <= position)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static void
add_part (KobraRowList *self,
          Block        *block,
          guint         offset,
          guint         n)
{
  const Part part = { block, offset, n, self->n_rows };

  g_array_append_val (self->parts, part);
  self->n_rows += n;
}

KobraRowList *
kobra_row_list_new (void)
{
  KobraRowList *self = g_new0 (KobraRowList, 1);

  self->parts = g_array_new (FALSE, FALSE, sizeof (Part));
  g_array_set_clear_func (self->parts, part_clear);
  return self;
}

KobraRowList *
kobra_row_list_copy (const KobraRowList *self)
{
  return kobra_row_list_copy_part (self, 0, self->n_rows);
}

KobraRowList *
kobra_row_list_copy_part (const KobraRowList *self,
                          guint               position,
                          guint               n)
{
  KobraRowList *copy = kobra_row_list_new ();

  kobra_row_list_append_part (copy, self, position, n);
  return copy;
}

void
kobra_row_list_free (KobraRowList *self)
{
  g_array_unref (self->parts);
  g_free (self);
}

guint
kobra_row_list_get_length (const KobraRowList *self)
{
  return self->n_rows;
}

guint
kobra_row_list_get_n_blocks (const KobraRowList *self)
{
  return self->parts->len;
}

const KobraRow *
kobra_row_list_peek (const KobraRowList *self,
                     guint               position)
{
  guint n;

  return kobra_row_list_peek_run (self, position, &n);
}

const KobraRow *
kobra_row_list_peek_run (const KobraRowList *self,
                         guint               position,
                         guint              *n)
{
  const Part *part;

  *n = 0;
  g_return_val_if_fail (position < self->n_rows, NULL);

  part = get_part (self, find_part (self, position));
  *n = part->n - (position - part->start);
  return get_rows (part) + (position - part->start);
}

void
kobra_row_list_get (const KobraRowList *self,
                    guint               position,
                    guint               n,
                    KobraRow           *rows)
{
  g_return_if_fail (position <= self->n_rows && n <= self->n_rows - position);

  while (n > 0)
    {
      guint           n_run;
      const KobraRow *run = kobra_row_list_peek_run (self, position, &n_run);

      n_run = MIN (n, n_run);
      memcpy (rows, run, n_run * sizeof *rows);
      rows += n_run;
      position += n_run;
      n -= n_run;
    }
}

gboolean
kobra_row_list_is_same (const KobraRowList *self,
                        const KobraRowList *other,
                        guint               position,
                        guint               n)
{
  if (position > MIN (self->n_rows, other->n_rows) || n > MIN (self->n_rows, other->n_rows) - position)
    return FALSE;
  while (n > 0)
    {
      guint           n_a, n_b, n_both;
      const KobraRow *a = kobra_row_list_peek_run (self, position, &n_a), *b = kobra_row_list_peek_run (other, position, &n_b);

      n_both = MIN (n, MIN (n_a, n_b));
      if (a != b && memcmp (a, b, n_both * sizeof *a) != 0)
        return FALSE;
      position += n_both;
      n -= n_both;
    }
  return TRUE;
}

/* How many more rows fit behind the part; room is made if there is no block but its own. */
static guint
make_room (Part *part)
{
  if (!block_is_own (part->block))
    return 0;
  if (part->offset == 0 && part->n == part->block->room && part->n < BLOCK_ROWS)
    {
      guint room = MIN (2 * part->block->room, BLOCK_ROWS);

      part->block = g_realloc (part->block, sizeof (Block) + room * sizeof (KobraRow));
      part->block->room = room;
    }
  return part->block->room - part->offset - part->n;
}

void
kobra_row_list_append (KobraRowList   *self,
                       const KobraRow *rows,
                       guint           n)
{
  while (n > 0)
    {
      Part *last = self->parts->len > 0 ? get_part (self, self->parts->len - 1) : NULL;
      guint n_there = MIN (n, last != NULL ? make_room (last) : 0);

      if (n_there == 0)
        {
          add_part (self, block_new (CLAMP (n, FIRST_ROWS, BLOCK_ROWS)), 0, 0);
          continue;
        }
      memcpy (get_rows (last) + last->n, rows, n_there * sizeof *rows);
      last->n += n_there;
      self->n_rows += n_there;
      rows += n_there;
      n -= n_there;
    }
}

void
kobra_row_list_append_part (KobraRowList       *self,
                            const KobraRowList *other,
                            guint               position,
                            guint               n)
{
  g_return_if_fail (self != other && position <= other->n_rows && n <= other->n_rows - position);

  for (guint i = n > 0 ? find_part (other, position) : 0; n > 0; i++)
    {
      const Part *part = get_part (other, i);
      guint       at = position - part->start, n_there = MIN (n, part->n - at);

      if (n_there < FEW_ROWS)
        kobra_row_list_append (self, get_rows (part) + at, n_there);
      else
        add_part (self, block_ref (part->block), part->offset + at, n_there);
      position += n_there;
      n -= n_there;
    }
}

void
kobra_row_list_set (KobraRowList   *self,
                    guint           position,
                    const KobraRow *row)
{
  Part *part;

  g_return_if_fail (position < self->n_rows);

  part = get_part (self, find_part (self, position));
  if (!block_is_own (part->block))
    {
      Block *own = block_new (part->n);

      memcpy (own->rows, get_rows (part), part->n * sizeof (KobraRow));
      block_unref (part->block);
      part->block = own;
      part->offset = 0;
    }
  get_rows (part)[position - part->start] = *row;
}

/* The part that begins at @position, which a part is cut in two for if need be. */
static guint
cut (KobraRowList *self,
     guint         position)
{
  guint i = position < self->n_rows ? find_part (self, position) : self->parts->len;
  Part *part, rest;
  guint n;

  if (i == self->parts->len || get_part (self, i)->start == position)
    return i;
  part = get_part (self, i);
  n = position - part->start;
  rest = (Part) { block_ref (part->block), part->offset + n, part->n - n, position };
  part->n = n;
  g_array_insert_val (self->parts, i + 1, rest);
  return i + 1;
}

/* One of the part and the one before, if both there are and it is no more than a block. */
static void
join (KobraRowList *self,
      guint         i)
{
  Part *a, *b;

  if (i == 0 || i >= self->parts->len)
    return;
  a = get_part (self, i - 1);
  b = get_part (self, i);
  if (a->n + b->n > BLOCK_ROWS)
    return;
  if (a->block != b->block || a->offset + a->n != b->offset)
    {
      Block *both = block_new (a->n + b->n);

      memcpy (both->rows, get_rows (a), a->n * sizeof (KobraRow));
      memcpy (both->rows + a->n, get_rows (b), b->n * sizeof (KobraRow));
      block_unref (a->block);
      a->block = both;
      a->offset = 0;
    }
  a->n += b->n;
  g_array_remove_index (self->parts, i);
}

/* Both sides of where a list was cut; from behind, so that the places of the others hold. */
static void
join_around (KobraRowList *self,
             guint         i)
{
  join (self, i + 1);
  join (self, i);
  if (i > 0)
    join (self, i - 1);
}

void
kobra_row_list_splice (KobraRowList       *self,
                       guint               position,
                       guint               n_removed,
                       const KobraRowList *added)
{
  guint first, end, n_parts = added != NULL ? added->parts->len : 0;

  g_return_if_fail (position <= self->n_rows && n_removed <= self->n_rows - position && added != self);

  first = cut (self, position);
  end = cut (self, position + n_removed);
  if (end > first)
    g_array_remove_range (self->parts, first, end - first);
  if (n_parts > 0)
    g_array_insert_vals (self->parts, first, added->parts->data, n_parts);
  for (guint i = first; i < first + n_parts; i++)
    block_ref (get_part (self, i)->block);
  self->n_rows = self->n_rows - n_removed + (added != NULL ? added->n_rows : 0);
  for (guint i = first; i < self->parts->len; i++)
    get_part (self, i)->start = i > 0 ? get_part (self, i - 1)->start + get_part (self, i - 1)->n : 0;
  if (n_parts > 0)
    join_around (self, first + n_parts);
  join_around (self, first);
}
