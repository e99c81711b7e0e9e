/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-journal-query.h"

#include "kobra-journal-error.h"

#include "kobra-banned.h"

gboolean
kobra_query_fail (const KobraQuery *self,
                  int               rc,
                  GError          **error)
{
  kobra_journal_set_sql_error (self->path, self->db, rc, error);
  return FALSE;
}

static int
bind_value (KobraStatement        *statement,
            int                    position,
            const KobraQueryValue *value)
{
  switch (value->type)
    {
    case KOBRA_QUERY_IS_INTEGER:
      return sqlite3_bind_int64 (statement, position, value->integer);
    case KOBRA_QUERY_IS_TEXT:
      return sqlite3_bind_text (statement, position, value->text, -1, SQLITE_STATIC);
    case KOBRA_QUERY_IS_BYTES:
    default:
      return value->bytes != NULL && value->size > 0 ? sqlite3_bind_blob64 (statement, position, value->bytes, value->size, SQLITE_STATIC)
                                                     : sqlite3_bind_zeroblob64 (statement, position, value->size);
    }
}

gboolean
kobra_query_bind (const KobraQuery      *self,
                  KobraStatement        *statement,
                  const KobraQueryValue *values,
                  gsize                  n,
                  GError               **error)
{
  for (gsize i = 0; i < n; i++)
    {
      int rc = bind_value (statement, (int) i + 1, &values[i]);

      if (rc != SQLITE_OK)
        return kobra_query_fail (self, rc, error);
    }
  return TRUE;
}

KobraStatement *
kobra_query_start (const KobraQuery      *self,
                   const char            *sql,
                   const KobraQueryValue *values,
                   gsize                  n,
                   GError               **error)
{
  KobraStatement *statement = NULL;
  int             rc = sqlite3_prepare_v2 (self->db, sql, -1, &statement, NULL);

  if (rc != SQLITE_OK)
    kobra_query_fail (self, rc, error);
  else if (!kobra_query_bind (self, statement, values, n, error))
    g_clear_pointer (&statement, sqlite3_finalize);
  return statement;
}

void
kobra_query_finish (KobraStatement *statement)
{
  sqlite3_finalize (statement);
}

gboolean
kobra_query_step (const KobraQuery *self,
                  KobraStatement   *statement,
                  gboolean         *has_row,
                  GError          **error)
{
  int rc = sqlite3_step (statement);

  *has_row = rc == SQLITE_ROW;
  return rc == SQLITE_ROW || rc == SQLITE_DONE || kobra_query_fail (self, rc, error);
}

gboolean
kobra_query_run (const KobraQuery      *self,
                 const char            *sql,
                 const KobraQueryValue *values,
                 gsize                  n,
                 GError               **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (self, sql, values, n, error);
  gboolean                   has_row;

  return statement != NULL && kobra_query_step (self, statement, &has_row, error);
}

gboolean
kobra_query_number (const KobraQuery      *self,
                    const char            *sql,
                    const KobraQueryValue *values,
                    gsize                  n,
                    gint64                 otherwise,
                    gint64                *answer,
                    GError               **error)
{
  g_autoptr (KobraStatement) statement = kobra_query_start (self, sql, values, n, error);
  gboolean                   has_row;

  if (statement == NULL || !kobra_query_step (self, statement, &has_row, error))
    return FALSE;
  *answer = has_row && sqlite3_column_type (statement, 0) != SQLITE_NULL ? sqlite3_column_int64 (statement, 0) : otherwise;
  return TRUE;
}
