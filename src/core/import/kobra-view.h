/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-import.h"
#include "kobra-problem.h"

G_BEGIN_DECLS

/* Records by what the checks say of them, or by what became of them. */
typedef enum
{
  KOBRA_SHOW_ALL,
  KOBRA_SHOW_PROBLEMS,
  KOBRA_SHOW_ERRORS,
  KOBRA_SHOW_WARNINGS,
  KOBRA_SHOW_READY,     /* would be sent now */
  KOBRA_SHOW_ACCEPTED,
  KOBRA_SHOW_REJECTED,
  KOBRA_SHOW_UNKNOWN,
  KOBRA_SHOW_NOT_SENT,
  KOBRA_N_SHOWS
} KobraShow;

/* For people, untranslated. */
const char *kobra_show_get_label    (KobraShow show);

/* Records whose cell in this column is one of these. */
typedef struct
{
  guint  column;
  char **values; /* ended by NULL */
} KobraViewValues;

/* Which records are looked at, and in which order; what filters is what all records shown have in common. Columns are the table's. */
typedef struct
{
  KobraShow        show;
  KobraProblemCode problem;    /* those with a problem of this kind; KOBRA_PROBLEM_NONE: any */
  int              field;      /* in this field of the schema; -1: any. It counts only with a problem */
  char            *text;       /* those with this text in some cell, without regard to case and accents, or NULL */
  GArray          *values;     /* KobraViewValues, one a column */
  int              sort_column; /* -1: the order of the file */
  gboolean         descending;
} KobraView;

/* All records in the order of the file. */
void        kobra_view_init         (KobraView *self);
void        kobra_view_clear        (KobraView *self);
void        kobra_view_copy         (KobraView       *self,
                                     const KobraView *from);

gboolean    kobra_view_is_filtered  (const KobraView *self);
gboolean    kobra_view_is_sorted    (const KobraView *self);

/* @values (ended by NULL, or NULL for any) are those that @column may have. */
void        kobra_view_set_values   (KobraView         *self,
                                     guint              column,
                                     const char *const *values);

/* Or NULL. */
const char *const *kobra_view_get_values (const KobraView *self,
                                          guint            column);

/*
 * Finds the records, in a worker on the table as it is now. The result is an array of IDs (guint32), to be freed with g_array_unref(). A
 * text, a number and a date are sorted as such; empty cells are last both ways; records that are alike stay in the order of the file, texts that
 * agree in their first 256 characters among them.
 */
void        kobra_view_find_async   (const KobraView    *self,
                                     KobraImport        *import,
                                     GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
GArray     *kobra_view_find_finish  (GAsyncResult *result,
                                     GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* A text that cells of a column have, and how many do. */
typedef struct
{
  char *text;
  guint n;
} KobraViewValue;

/* The texts of @column, the most frequent first, at most @max of them, as an array of KobraViewValue to be freed with g_array_unref(). */
void        kobra_view_count_values_async  (KobraTable         *table,
                                            guint               column,
                                            guint               max,
                                            GCancellable       *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer            user_data);
GArray     *kobra_view_count_values_finish (GAsyncResult *result,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
