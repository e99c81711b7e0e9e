/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout.h"

#include "kobra-banned.h"

static gboolean
is_better (KobraMatch match,
           guint      rank,
           KobraMatch than_match,
           guint      than_rank)
{
  return match != than_match ? match > than_match : rank < than_rank;
}

KobraLayout *
kobra_layout_new_by_header (KobraKind          kind,
                            const char *const *headers,
                            guint              n_headers)
{
  KobraLayout *self = g_new0 (KobraLayout, 1);
  guint        ranks[KOBRA_MAX_FIELDS] = { 0 };

  g_atomic_ref_count_init (&self->ref_count);
  self->schema = kobra_schema_get (kind);
  self->n_columns = n_headers;
  self->fields = g_new (gint16, MAX (n_headers, 1));
  self->matches = g_new0 (guint8, MAX (n_headers, 1));
  for (guint i = 0; i < n_headers; i++)
    self->fields[i] = -1;

  for (guint i = 0; i < n_headers; i++)
    {
      KobraMatch match;
      guint      rank;
      int        field = kobra_match_header (self->schema, headers[i], &match, &rank);
      int        rival = field >= 0 ? kobra_layout_find_column (self, (guint) field) : -1;

      if (field < 0 || (rival >= 0 && !is_better (match, rank, (KobraMatch) self->matches[rival], ranks[field])))
        continue;
      kobra_layout_set_field (self, i, field);
      self->matches[i] = (guint8) match;
      ranks[field] = rank;
    }
  return self;
}

KobraLayout *
kobra_layout_copy (const KobraLayout *self)
{
  KobraLayout *copy = g_new0 (KobraLayout, 1);

  g_atomic_ref_count_init (&copy->ref_count);
  copy->schema = self->schema;
  copy->n_columns = self->n_columns;
  copy->fields = g_memdup2 (self->fields, MAX (self->n_columns, 1) * sizeof *self->fields);
  copy->matches = g_memdup2 (self->matches, MAX (self->n_columns, 1) * sizeof *self->matches);
  return copy;
}

KobraLayout *
kobra_layout_ref (KobraLayout *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
kobra_layout_unref (KobraLayout *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->fields);
  g_free (self->matches);
  g_free (self);
}

KobraKind
kobra_layout_guess_kind (const char *const *headers,
                         guint              n_headers)
{
  guint best = 0;
  KobraKind kind = KOBRA_KIND_ACCOUNTS;

  for (guint i = 0; i < KOBRA_N_KINDS; i++)
    {
      guint n = kobra_match_count (kobra_schema_get ((KobraKind) i), headers, n_headers);

      if (n > best)
        {
          best = n;
          kind = (KobraKind) i;
        }
    }
  return kind;
}

void
kobra_layout_set_field (KobraLayout *self,
                        guint        column,
                        int          field)
{
  int rival;

  g_return_if_fail (column < self->n_columns && field >= -1 && field < (int) self->schema->n_fields);

  rival = field >= 0 ? kobra_layout_find_column (self, (guint) field) : -1;
  if (rival >= 0)
    {
      self->fields[rival] = -1;
      self->matches[rival] = KOBRA_MATCH_NONE;
    }
  self->fields[column] = (gint16) field;
  self->matches[column] = field >= 0 ? KOBRA_MATCH_CHOSEN : KOBRA_MATCH_NONE;
}

void
kobra_layout_add_column (KobraLayout *self)
{
  self->fields = g_renew (gint16, self->fields, self->n_columns + 1);
  self->matches = g_renew (guint8, self->matches, self->n_columns + 1);
  self->fields[self->n_columns] = -1;
  self->matches[self->n_columns] = KOBRA_MATCH_NONE;
  self->n_columns++;
}

void
kobra_layout_drop_column (KobraLayout *self)
{
  g_return_if_fail (self->n_columns > 0);

  self->n_columns--;
}

int
kobra_layout_find_column (const KobraLayout *self,
                          guint              field)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (self->fields[i] == (gint16) field)
      return (int) i;
  return -1;
}

guint
kobra_layout_count_matched (const KobraLayout *self)
{
  guint n = 0;

  for (guint i = 0; i < self->n_columns; i++)
    n += self->fields[i] >= 0;
  return n;
}
