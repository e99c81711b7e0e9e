/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-journal-read.h"

G_BEGIN_DECLS

/* One past import, as a view holds it. */
#define KOBRA_TYPE_HISTORY_ITEM (kobra_history_item_get_type ())
G_DECLARE_FINAL_TYPE (KobraHistoryItem, kobra_history_item, KOBRA, HISTORY_ITEM, GObject)

const KobraJournalImportInfo *kobra_history_item_get_info (KobraHistoryItem *self);

/* "1,203 accepted · 28 rejected", for people; "nothing sent" where nothing was. */
char         *kobra_history_item_dup_counts   (KobraHistoryItem *self) G_GNUC_WARN_UNUSED_RESULT;

/* The same of what is known of any import. */
char         *kobra_history_dup_counts        (const KobraJournalImportInfo *info) G_GNUC_WARN_UNUSED_RESULT;

/* What it has to do with other imports, for people: "corrects 3 records of “Cartera.xlsx”", "2 accepted since, corrected"; NULL if nothing. */
char         *kobra_history_item_dup_relation (KobraHistoryItem *self) G_GNUC_WARN_UNUSED_RESULT;

/* What happened to a record, for people: a result's label, or that it was in flight. */
const char   *kobra_history_get_result_label  (int result);

/* The imports of a journal, the latest first, as a list model of KobraHistoryItem. Property "size" (guint64): bytes that the journal takes
 * of the disk. */
#define KOBRA_TYPE_HISTORY (kobra_history_get_type ())
G_DECLARE_FINAL_TYPE (KobraHistory, kobra_history, KOBRA, HISTORY, GObject)

KobraHistory *kobra_history_new         (void) G_GNUC_WARN_UNUSED_RESULT;

/* NULL, before the journal is closed: an empty list. */
void          kobra_history_set_journal (KobraHistory *self,
                                         KobraJournal *journal);

/* Looks again, once what was asked of the journal up to now is on disk. */
void          kobra_history_refresh     (KobraHistory *self);
guint64       kobra_history_get_size    (KobraHistory *self);

/* Looks for records by key or name; see kobra_journal_search(). */
void              kobra_history_search_async  (KobraHistory       *self,
                                               const char         *text,
                                               guint               most,
                                               GCancellable       *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer            user_data);
KobraJournalHits *kobra_history_search_finish (KobraHistory *self,
                                               GAsyncResult *result,
                                               GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes an import out of the list, or puts it back; away for good it is with the next kobra_journal_purge(). */
void          kobra_history_hide        (KobraHistory *self,
                                         gint64        id,
                                         gboolean      hide);

G_END_DECLS
