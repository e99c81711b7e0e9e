/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-search-provider.h"

#include <string.h>

#include "kobra-config.h"
#include "kobra-shell-search.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

#define MOST_IMPORTS 5
#define MOST_RECORDS 50     /* looked at: many may have the text in a person's name alone, and are not shown */
#define SHORTEST_TEXT 3     /* characters: less is in everything */
#define SECONDS_TO_STAY 10  /* after a call: while a person types, the program does not start anew for every letter */

struct _KobraSearchProvider
{
  KobraApplication          *application; /* borrowed */
  GSettings                 *settings;
  KobraShellSearchProvider2 *skeleton;
  GCancellable              *alive;
  GHashTable                *found;       /* identifier -> GVariant a{sv}: what the last search found */
  guint                      stay_id;     /* while it is set, the application is held */
};

/* A search that is under way; the application stays until it is answered. */
typedef struct
{
  KobraSearchProvider   *provider; /* borrowed: looked at only while it is alive */
  GApplication          *application;
  GCancellable          *alive;
  GDBusMethodInvocation *invocation;
  char                  *text;     /* folded */
} Search;

static void
search_free (Search *search)
{
  g_application_release (search->application);
  g_object_unref (search->application);
  g_object_unref (search->alive);
  g_clear_object (&search->invocation);
  g_free (search->text);
  g_free (search);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Search, search_free)

/* Both methods that search have the same answer. */
static void
answer (Search            *search,
        const char *const *identifiers)
{
  g_dbus_method_invocation_return_value (g_steal_pointer (&search->invocation), g_variant_new ("(^as)", identifiers));
}

static void
answer_nothing (Search *search)
{
  static const char *const nothing[] = { NULL };

  answer (search, nothing);
}

static gboolean
has_text (const char *words,
          const char *text)
{
  g_autofree char *folded = kobra_journal_fold (words);

  return strstr (folded, text) != NULL;
}

static void
add_found (KobraSearchProvider *self,
           GStrvBuilder        *identifiers,
           const char          *identifier,
           const char          *name,
           const char          *description)
{
  GVariantDict meta;

  g_variant_dict_init (&meta, NULL);
  g_variant_dict_insert (&meta, "id", "s", identifier);
  g_variant_dict_insert (&meta, "name", "s", name);
  g_variant_dict_insert (&meta, "description", "s", description);
  g_hash_table_insert (self->found, g_strdup (identifier), g_variant_ref_sink (g_variant_dict_end (&meta)));
  g_strv_builder_add (identifiers, identifier);
}

static void
add_imports (KobraSearchProvider *self,
             GStrvBuilder        *identifiers,
             GPtrArray           *imports,
             const char          *text)
{
  guint n = 0;

  for (guint i = 0; i < imports->len && n < MOST_IMPORTS; i++)
    {
      const KobraJournalImportInfo *info = g_ptr_array_index (imports, i);
      g_autofree char              *identifier = g_strdup_printf ("import:%" G_GINT64_FORMAT, info->id);
      g_autofree char              *counts = NULL;

      if (!info->has_records || info->source_name == NULL || !has_text (info->source_name, text))
        continue;
      counts = kobra_history_dup_counts (info);
      add_found (self, identifiers, identifier, info->source_name, counts);
      n++;
    }
}

static void
add_records (KobraSearchProvider *self,
             GStrvBuilder        *identifiers,
             GPtrArray           *hits,
             const char          *text)
{
  for (guint i = 0; i < hits->len; i++)
    {
      const KobraJournalHit *hit = g_ptr_array_index (hits, i);
      g_autofree char       *identifier = g_strdup_printf ("record:%" G_GINT64_FORMAT ":%u", hit->import->id, hit->record);
      g_autofree char       *description = NULL;

      if (!has_text (hit->key, text))
        continue;
      description = g_strdup_printf ("%s · %s", kobra_history_get_result_label (hit->result), hit->import->source_name != NULL ? hit->import->source_name : "");
      add_found (self, identifiers, identifier, hit->key, description);
    }
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Search)           search = data;
  g_autoptr (GError)           error = NULL;
  g_autoptr (KobraJournalHits) hits = kobra_history_search_finish (KOBRA_HISTORY (source), result, &error);
  g_autoptr (GStrvBuilder)     identifiers = g_strv_builder_new ();
  g_auto (GStrv)               found = NULL;

  if (hits == NULL || g_cancellable_is_cancelled (search->alive))
    {
      answer_nothing (search);
      return;
    }
  g_hash_table_remove_all (search->provider->found);
  add_imports (search->provider, identifiers, hits->imports, search->text);
  add_records (search->provider, identifiers, hits->hits, search->text);
  found = g_strv_builder_end (identifiers);
  answer (search, (const char *const *) found);
}

static void
journal_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (Search) search = data;
  g_autoptr (GError) error = NULL;
  GCancellable      *alive = search->alive;

  if (kobra_application_open_journal_finish (KOBRA_APPLICATION (source), result, &error) == NULL)
    {
      answer_nothing (search);
      return;
    }
  kobra_history_search_async (kobra_application_get_history (KOBRA_APPLICATION (source)), search->text, MOST_RECORDS, alive, searched_cb, search);
  g_steal_pointer (&search);
}

static void
go_cb (gpointer data)
{
  KobraSearchProvider *self = data;

  self->stay_id = 0;
  g_application_release (G_APPLICATION (self->application));
}

static void
stay (KobraSearchProvider *self)
{
  if (self->stay_id == 0)
    g_application_hold (G_APPLICATION (self->application));
  g_clear_handle_id (&self->stay_id, g_source_remove);
  self->stay_id = g_timeout_add_seconds_once (SECONDS_TO_STAY, go_cb, self);
}

static void
start_search (KobraSearchProvider   *self,
              GDBusMethodInvocation *invocation,
              const char *const     *terms)
{
  g_autofree char   *words = g_strjoinv (" ", (char **) terms);
  g_autoptr (Search) search = g_new0 (Search, 1);

  stay (self);
  search->provider = self;
  search->application = g_object_ref (G_APPLICATION (self->application));
  g_application_hold (search->application);
  search->alive = g_object_ref (self->alive);
  search->invocation = g_object_ref (invocation);
  search->text = kobra_journal_fold (words);
  if (!g_settings_get_boolean (self->settings, "search-provider") || g_utf8_strlen (search->text, -1) < SHORTEST_TEXT)
    answer_nothing (search);
  else
    kobra_application_open_journal_async (self->application, self->alive, journal_opened_cb, g_steal_pointer (&search));
}

static gboolean
initial_cb (KobraSearchProvider   *self,
            GDBusMethodInvocation *invocation,
            const char *const     *terms)
{
  start_search (self, invocation, terms);
  return TRUE;
}

static gboolean
subsearch_cb (KobraSearchProvider   *self,
              GDBusMethodInvocation *invocation,
              const char *const     *previous,
              const char *const     *terms)
{
  start_search (self, invocation, terms);
  return TRUE;
}

static gboolean
metas_cb (KobraSearchProvider   *self,
          GDBusMethodInvocation *invocation,
          const char *const     *identifiers)
{
  g_auto (GVariantBuilder) metas = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  stay (self);
  for (gsize i = 0; identifiers[i] != NULL; i++)
    {
      GVariant *meta = g_hash_table_lookup (self->found, identifiers[i]);

      if (meta != NULL)
        g_variant_builder_add_value (&metas, meta);
    }
  kobra_shell_search_provider2_complete_get_result_metas (self->skeleton, invocation, g_variant_builder_end (&metas));
  return TRUE;
}

static gboolean
activate_cb (KobraSearchProvider   *self,
             GDBusMethodInvocation *invocation,
             const char            *identifier,
             const char *const     *terms,
             guint                  timestamp)
{
  g_auto (GStrv) parts = g_strsplit (identifier, ":", -1);
  guint          n = g_strv_length (parts);
  gint64         import;
  guint64        record;

  if (n >= 2 && g_ascii_string_to_signed (parts[1], 10, 1, G_MAXINT64, &import, NULL))
    {
      KobraWindow *there = kobra_application_find_window (self->application, import);
      KobraWindow *window = there != NULL ? there : kobra_application_get_free_window (self->application);

      if (n == 2 && g_str_equal (parts[0], "import"))
        kobra_window_restore (window, import, -1, FALSE);
      else if (n == 3 && g_str_equal (parts[0], "record") && g_ascii_string_to_unsigned (parts[2], 10, 0, G_MAXUINT32, &record, NULL))
        kobra_window_restore (window, import, (gint64) record, FALSE);
    }
  kobra_shell_search_provider2_complete_activate_result (self->skeleton, invocation);
  return TRUE;
}

static gboolean
launch_cb (KobraSearchProvider   *self,
           GDBusMethodInvocation *invocation,
           const char *const     *terms,
           guint                  timestamp)
{
  g_autofree char *words = g_strjoinv (" ", (char **) terms);

  kobra_window_find_record (kobra_application_get_free_window (self->application), words);
  kobra_shell_search_provider2_complete_launch_search (self->skeleton, invocation);
  return TRUE;
}

KobraSearchProvider *
kobra_search_provider_new (KobraApplication *application,
                           GDBusConnection  *bus,
                           const char       *path,
                           GError          **error)
{
  g_autofree char     *own = g_strconcat (path, "/SearchProvider", NULL);
  KobraSearchProvider *self = g_new0 (KobraSearchProvider, 1);

  self->application = application;
  self->settings = g_settings_new (KOBRA_APPLICATION_ID);
  self->skeleton = kobra_shell_search_provider2_skeleton_new ();
  self->alive = g_cancellable_new ();
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  g_signal_connect_swapped (self->skeleton, "handle-get-initial-result-set", G_CALLBACK (initial_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-get-subsearch-result-set", G_CALLBACK (subsearch_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-get-result-metas", G_CALLBACK (metas_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-activate-result", G_CALLBACK (activate_cb), self);
  g_signal_connect_swapped (self->skeleton, "handle-launch-search", G_CALLBACK (launch_cb), self);
  if (!g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->skeleton), bus, own, error))
    g_clear_pointer (&self, kobra_search_provider_free);
  return self;
}

void
kobra_search_provider_free (KobraSearchProvider *self)
{
  g_cancellable_cancel (self->alive);
  if (self->stay_id != 0)
    g_application_release (G_APPLICATION (self->application));
  g_clear_handle_id (&self->stay_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (self->skeleton, self);
  if (g_dbus_interface_skeleton_get_connection (G_DBUS_INTERFACE_SKELETON (self->skeleton)) != NULL)
    g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->skeleton));
  g_object_unref (self->skeleton);
  g_object_unref (self->settings);
  g_object_unref (self->alive);
  g_hash_table_unref (self->found);
  g_free (self);
}
