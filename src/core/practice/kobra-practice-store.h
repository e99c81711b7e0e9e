/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the practice server received: the latest text of each record, in the order in which their keys first came. All threads may use it. */

#include "kobra-practice-judge.h"

G_BEGIN_DECLS

/* Bytes of records in all. */
#define KOBRA_PRACTICE_MAX_STORE (512u << 20)

typedef struct
{
  GMutex      mutex;
  GHashTable *by_key[KOBRA_PRACTICE_N_KINDS]; /* into in_order, which owns */
  GPtrArray  *in_order[KOBRA_PRACTICE_N_KINDS];
  gsize       size;
} KobraPracticeStore;

void     kobra_practice_store_init       (KobraPracticeStore *self);
void     kobra_practice_store_clear      (KobraPracticeStore *self);

/* Keeps copies of all @records (of KobraPracticeRecord) at once; FALSE, and keeps none, if there is no room for them. */
gboolean kobra_practice_store_take       (KobraPracticeStore *self,
                                          KobraPracticeKind   kind,
                                          const GArray       *records);

guint    kobra_practice_store_get_count  (KobraPracticeStore *self,
                                          KobraPracticeKind   kind);

/* NULL if there is no such record. */
char    *kobra_practice_store_dup_record (KobraPracticeStore *self,
                                          KobraPracticeKind   kind,
                                          const char         *key) G_GNUC_WARN_UNUSED_RESULT;

/* In order, ended by NULL. */
char   **kobra_practice_store_dup_keys   (KobraPracticeStore *self,
                                          KobraPracticeKind   kind) G_GNUC_WARN_UNUSED_RESULT;

/* A JSON array of all texts of @kind, in order; NULL if the system has no memory for it. */
GBytes  *kobra_practice_store_dup_array  (KobraPracticeStore *self,
                                          KobraPracticeKind   kind) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
