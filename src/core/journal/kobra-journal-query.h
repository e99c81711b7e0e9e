/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Within the room: a statement with values in it, its rows, and what went wrong, in words. */

#include <sqlite3.h>

#include "kobra-journal.h"

G_BEGIN_DECLS

/* A database and what to call it. Both are borrowed. */
typedef struct
{
  sqlite3    *db;
  const char *path;
} KobraQuery;

/* One parameter of a statement. */
typedef struct
{
  enum
  {
    KOBRA_QUERY_IS_INTEGER,
    KOBRA_QUERY_IS_TEXT,
    KOBRA_QUERY_IS_BYTES
  } type;
  gint64        integer;
  const char   *text; /* or NULL */
  gconstpointer bytes; /* or NULL: as many zeros */
  gsize         size;
} KobraQueryValue;

#define KOBRA_QUERY_INTEGER(x) ((KobraQueryValue) { .type = KOBRA_QUERY_IS_INTEGER, .integer = (x) })
#define KOBRA_QUERY_TEXT(x) ((KobraQueryValue) { .type = KOBRA_QUERY_IS_TEXT, .text = (x) })
#define KOBRA_QUERY_BYTES(b, n) ((KobraQueryValue) { .type = KOBRA_QUERY_IS_BYTES, .bytes = (b), .size = (n) })
#define KOBRA_QUERY_VALUES(...) ((const KobraQueryValue[]) { __VA_ARGS__ }), G_N_ELEMENTS (((const KobraQueryValue[]) { __VA_ARGS__ }))

typedef sqlite3_stmt KobraStatement;

/* Says what SQLite said last; returns FALSE. */
gboolean        kobra_query_fail    (const KobraQuery *self,
                                     int               rc,
                                     GError          **error);

/* The values are borrowed until the statement is reset. */
gboolean        kobra_query_bind    (const KobraQuery      *self,
                                     KobraStatement        *statement,
                                     const KobraQueryValue *values,
                                     gsize                  n,
                                     GError               **error);

/* A statement of its own for @sql; the values are borrowed as long as it lives. */
KobraStatement *kobra_query_start   (const KobraQuery      *self,
                                     const char            *sql,
                                     const KobraQueryValue *values,
                                     gsize                  n,
                                     GError               **error) G_GNUC_WARN_UNUSED_RESULT;
void            kobra_query_finish  (KobraStatement *statement);

/* TRUE with a row in *@has_row, or with none left. */
gboolean        kobra_query_step    (const KobraQuery *self,
                                     KobraStatement   *statement,
                                     gboolean         *has_row,
                                     GError          **error);

/* A statement whose rows, if it has any, are of no interest. */
gboolean        kobra_query_run     (const KobraQuery      *self,
                                     const char            *sql,
                                     const KobraQueryValue *values,
                                     gsize                  n,
                                     GError               **error);

/* The first number of the first row; @otherwise where there is no row, or nothing in it. */
gboolean        kobra_query_number  (const KobraQuery      *self,
                                     const char            *sql,
                                     const KobraQueryValue *values,
                                     gsize                  n,
                                     gint64                 otherwise,
                                     gint64                *answer,
                                     GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KobraStatement, kobra_query_finish)

G_END_DECLS
