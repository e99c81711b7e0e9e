/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-history.h"

#include <glib/gi18n.h>

#include "kobra-result.h"

#include "kobra-banned.h"

struct _KobraHistoryItem
{
  GObject                 parent_instance;
  KobraJournalImportInfo *info;
};

G_DEFINE_FINAL_TYPE (KobraHistoryItem, kobra_history_item, G_TYPE_OBJECT)

struct _KobraHistory
{
  GObject       parent_instance;
  KobraJournal *journal; /* or NULL */
  GPtrArray    *imports; /* KobraJournalImportInfo */
  guint64       size;
  guint         serial;  /* of the latest look: what an earlier one finds is old */
};

static void history_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KobraHistory, kobra_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, history_list_model_init))

static void
kobra_history_item_finalize (GObject *object)
{
  g_clear_pointer (&KOBRA_HISTORY_ITEM (object)->info, kobra_journal_import_info_free);

  G_OBJECT_CLASS (kobra_history_item_parent_class)->finalize (object);
}

static void
kobra_history_item_class_init (KobraHistoryItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kobra_history_item_finalize;
}

static void
kobra_history_item_init (KobraHistoryItem *self)
{
}

const KobraJournalImportInfo *
kobra_history_item_get_info (KobraHistoryItem *self)
{
  g_return_val_if_fail (KOBRA_IS_HISTORY_ITEM (self), NULL);

  return self->info;
}

char *
kobra_history_dup_counts (const KobraJournalImportInfo *info)
{
  const struct
  {
    guint       n;
    const char *text;
  } parts[] = {
    { info->n_accepted, g_dngettext (NULL, "%'u accepted", "%'u accepted", info->n_accepted) },
    { info->n_rejected, g_dngettext (NULL, "%'u rejected", "%'u rejected", info->n_rejected) },
    { info->n_unknown, g_dngettext (NULL, "%'u unknown", "%'u unknown", info->n_unknown) },
    { info->n_not_sent, g_dngettext (NULL, "%'u not sent", "%'u not sent", info->n_not_sent) },
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].n > 0)
      {
        if (text->len > 0)
          g_string_append (text, " · ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        g_string_append_printf (text, parts[i].text, parts[i].n);
#pragma GCC diagnostic pop
      }
  if (text->len == 0)
    g_string_append_printf (text, ngettext ("%'u record, nothing sent", "%'u records, nothing sent", info->n_records), info->n_records);
  return g_string_free (text, FALSE);
}

char *
kobra_history_item_dup_counts (KobraHistoryItem *self)
{
  g_return_val_if_fail (KOBRA_IS_HISTORY_ITEM (self), NULL);

  return kobra_history_dup_counts (self->info);
}

char *
kobra_history_item_dup_relation (KobraHistoryItem *self)
{
  const KobraJournalImportInfo *info;
  g_autofree char              *corrects = NULL, *corrected = NULL;

  g_return_val_if_fail (KOBRA_IS_HISTORY_ITEM (self), NULL);

  info = self->info;
  if (info->n_corrects > 0 && *info->corrected_name != '\0')
    /* TRANSLATORS: a number of records, the name of a file */
    corrects = g_strdup_printf (ngettext ("Corrects %'u record of “%s”", "Corrects %'u records of “%s”", info->n_corrects), info->n_corrects, info->corrected_name);
  else if (info->n_corrects > 0)
    corrects = g_strdup_printf (ngettext ("Corrects %'u record of an earlier import", "Corrects %'u records of an earlier import", info->n_corrects), info->n_corrects);
  if (info->n_corrected > 0)
    /* TRANSLATORS: of records that were rejected, corrected and sent again in another import */
    corrected = g_strdup_printf (ngettext ("%'u accepted later, corrected", "%'u accepted later, corrected", info->n_corrected), info->n_corrected);
  if (corrects != NULL && corrected != NULL)
    return g_strdup_printf ("%s · %s", corrects, corrected);
  return corrects != NULL ? g_steal_pointer (&corrects) : g_steal_pointer (&corrected);
}

const char *
kobra_history_get_result_label (int result)
{
  if (result == KOBRA_JOURNAL_NONE)
    return _ (kobra_result_get_label (KOBRA_RESULT_NOT_SENT));
  /* What was on its way when the program ended may have arrived. */
  if (result <= KOBRA_RESULT_SENDING || result >= KOBRA_N_RESULTS)
    return _ (kobra_result_get_label (KOBRA_RESULT_UNKNOWN));
  return _ (kobra_result_get_label ((KobraResult) result));
}

static GType
get_item_type (GListModel *model)
{
  return KOBRA_TYPE_HISTORY_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return KOBRA_HISTORY (model)->imports->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  KobraHistory     *self = KOBRA_HISTORY (model);
  KobraHistoryItem *item;

  if (position >= self->imports->len)
    return NULL;
  item = g_object_new (KOBRA_TYPE_HISTORY_ITEM, NULL);
  item->info = kobra_journal_import_info_copy (g_ptr_array_index (self->imports, position));
  return item;
}

static void
history_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
kobra_history_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  g_value_set_uint64 (value, KOBRA_HISTORY (object)->size);
}

static void
kobra_history_finalize (GObject *object)
{
  g_clear_pointer (&KOBRA_HISTORY (object)->imports, g_ptr_array_unref);

  G_OBJECT_CLASS (kobra_history_parent_class)->finalize (object);
}

static void
kobra_history_class_init (KobraHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = kobra_history_get_property;
  object_class->finalize = kobra_history_finalize;
  g_object_class_install_property (object_class, 1,
                                   g_param_spec_uint64 ("size", NULL, NULL, 0, G_MAXUINT64, 0, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
}

static void
kobra_history_init (KobraHistory *self)
{
  self->imports = g_ptr_array_new_with_free_func ((GDestroyNotify) kobra_journal_import_info_free);
}

/* Whether a row that shows one shows the other. */
static gboolean
looks_like (const KobraJournalImportInfo *a,
            const KobraJournalImportInfo *b)
{
  return a->id == b->id && a->changed == b->changed && a->is_closed == b->is_closed && a->is_edited == b->is_edited && a->has_records == b->has_records &&
         a->is_open_elsewhere == b->is_open_elsewhere && a->n_records == b->n_records && a->n_accepted == b->n_accepted && a->n_rejected == b->n_rejected &&
         a->n_unknown == b->n_unknown && a->n_not_sent == b->n_not_sent && a->n_corrected == b->n_corrected && g_str_equal (a->corrected_name, b->corrected_name) && g_str_equal (a->connection, b->connection);
}

/* Tells of what is between the rows that stay at the top and those that stay at the bottom. */
static void
take_imports (KobraHistory *self,
              GPtrArray    *imports)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->imports);
  guint                 shorter = MIN (old->len, imports->len), top = 0, bottom = 0;

  while (top < shorter && looks_like (g_ptr_array_index (old, top), g_ptr_array_index (imports, top)))
    top++;
  while (bottom < shorter - top && looks_like (g_ptr_array_index (old, old->len - 1 - bottom), g_ptr_array_index (imports, imports->len - 1 - bottom)))
    bottom++;
  self->imports = imports;
  if (top + bottom < MAX (old->len, imports->len))
    g_list_model_items_changed (G_LIST_MODEL (self), top, old->len - top - bottom, imports->len - top - bottom);
}

/* A look at the journal, from the main thread to a worker and back. */
typedef struct
{
  KobraJournalReader *reader;
  guint               serial;
  GPtrArray          *imports;
  guint64             size;
  char               *text;
  guint               most;
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_clear_pointer (&look->reader, kobra_journal_reader_free);
  g_clear_pointer (&look->imports, g_ptr_array_unref);
  g_free (look->text);
  g_free (look);
}

static void
list_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Look              *look = data;
  g_autoptr (GError) error = NULL;

  look->imports = kobra_journal_list_imports (look->reader, &error);
  look->size = kobra_journal_get_size (look->reader);
  if (look->imports != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  KobraHistory      *self = KOBRA_HISTORY (source);
  Look              *look = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_warning ("%s", error->message);
      return;
    }
  if (look->serial != self->serial)
    return;
  take_imports (self, g_steal_pointer (&look->imports));
  self->size = look->size;
  g_object_notify (G_OBJECT (self), "size");
}

static void
synced_cb (const GError *error,
           gpointer      data)
{
  g_autoptr (GTask) task = data;

  /* Whatever could not be written is not there; what is can be read. */
  g_task_run_in_thread (task, list_in_thread);
}

void
kobra_history_refresh (KobraHistory *self)
{
  GTask *task;
  Look  *look;

  g_return_if_fail (KOBRA_IS_HISTORY (self));

  if (self->journal == NULL)
    return;
  look = g_new0 (Look, 1);
  look->reader = kobra_journal_reader_new (self->journal);
  look->serial = ++self->serial;
  task = g_task_new (self, NULL, listed_cb, NULL);
  g_task_set_source_tag (task, kobra_history_refresh);
  g_task_set_task_data (task, look, look_free);
  kobra_journal_sync (self->journal, synced_cb, task);
}

static void
search_in_thread (GTask        *task,
                  gpointer      source,
                  gpointer      data,
                  GCancellable *cancellable)
{
  Look              *look = data;
  g_autoptr (GError) error = NULL;
  KobraJournalHits  *hits = kobra_journal_search (look->reader, look->text, look->most, cancellable, &error);

  if (hits != NULL)
    g_task_return_pointer (task, hits, (GDestroyNotify) kobra_journal_hits_free);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
kobra_history_search_async (KobraHistory       *self,
                            const char         *text,
                            guint               most,
                            GCancellable       *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Look             *look;

  g_return_if_fail (KOBRA_IS_HISTORY (self) && text != NULL);

  g_task_set_source_tag (task, kobra_history_search_async);
  if (self->journal == NULL)
    {
      KobraJournalHits *none = g_new0 (KobraJournalHits, 1);

      none->hits = g_ptr_array_new ();
      none->imports = g_ptr_array_new ();
      g_task_return_pointer (task, none, (GDestroyNotify) kobra_journal_hits_free);
      return;
    }
  look = g_new0 (Look, 1);
  look->reader = kobra_journal_reader_new (self->journal);
  look->text = g_strdup (text);
  look->most = most;
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, search_in_thread);
}

KobraJournalHits *
kobra_history_search_finish (KobraHistory *self,
                             GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self) && g_async_result_is_tagged (result, kobra_history_search_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

KobraHistory *
kobra_history_new (void)
{
  return g_object_new (KOBRA_TYPE_HISTORY, NULL);
}

void
kobra_history_set_journal (KobraHistory *self,
                           KobraJournal *journal)
{
  g_return_if_fail (KOBRA_IS_HISTORY (self));

  self->journal = journal;
  self->serial++;
  if (journal != NULL)
    kobra_history_refresh (self);
  else
    take_imports (self, g_ptr_array_new_with_free_func ((GDestroyNotify) kobra_journal_import_info_free));
}

guint64
kobra_history_get_size (KobraHistory *self)
{
  g_return_val_if_fail (KOBRA_IS_HISTORY (self), 0);

  return self->size;
}

void
kobra_history_hide (KobraHistory *self,
                    gint64        id,
                    gboolean      hide)
{
  g_return_if_fail (KOBRA_IS_HISTORY (self));

  if (self->journal == NULL)
    return;
  kobra_journal_hide_import (self->journal, id, hide, NULL, NULL);
  kobra_history_refresh (self);
}
