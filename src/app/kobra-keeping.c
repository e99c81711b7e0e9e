/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-keeping.h"

#include <glib/gi18n.h>

#include "kobra-config.h"
#include "kobra-window-private.h"

#include "kobra-banned.h"

/* On its way through the journal, and to the person if the clock is doubtful. */
typedef struct
{
  KobraApplication     *application;
  KobraJournalRetention retention;
  KobraJournalRetained  retained;
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  g_object_unref (keeping->application);
  g_free (keeping);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Keeping, keeping_free)

static char *
format_day (gint64 microseconds)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (microseconds / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  /* TRANSLATORS: a day, see g_date_time_format() */
  return local != NULL ? g_date_time_format (local, _ ("%-d %B %Y")) : g_strdup ("");
}

static void
journal_opened_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  KobraJournal *journal = kobra_application_open_journal_finish (KOBRA_APPLICATION (source), result, NULL);

  if (journal != NULL)
    kobra_keeping_forget_old (KOBRA_APPLICATION (source), journal, TRUE);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (KobraApplication) application = data;
  const char                  *response = adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (source), result);

  if (g_str_equal (response, "sure"))
    kobra_application_open_journal_async (application, NULL, journal_opened_cb, NULL);
}

static char *
make_body (const Keeping *keeping)
{
  const KobraJournalRetained *retained = &keeping->retained;
  g_autofree char            *seen = format_day (retained->seen);
  g_autoptr (GString)         text = g_string_new (NULL);

  /* TRANSLATORS: a day */
  g_string_append_printf (text, _ ("When this program was used last, the computer said it was %s. Records are forgotten when they have been kept long enough, so the date must be right first."), seen);
  g_string_append_c (text, ' ');
  if (retained->n_old > 0)
    g_string_append_printf (text, ngettext ("By today’s date %'u import has been kept long enough: only its counts would stay.",
                                            "By today’s date %'u imports have been kept long enough: only their counts would stay.", retained->n_old),
                            retained->n_old);
  else
    g_string_append (text, _ ("By today’s date nothing has been kept too long."));
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The records of years are gone for good once they are forgotten, so nobody but the person says that the clock is right. */
static void
ask (const Keeping *keeping)
{
  GtkWindow       *window = gtk_application_get_active_window (GTK_APPLICATION (keeping->application));
  g_autofree char *today = format_day (keeping->retention.now);
  /* TRANSLATORS: a day */
  g_autofree char *heading = g_strdup_printf (_ ("Is Today %s?"), today);
  g_autofree char *body = make_body (keeping);
  gboolean         forgets = keeping->retained.n_old > 0;
  AdwDialog       *dialog;

  if (window == NULL)
    return;
  dialog = adw_alert_dialog_new (heading, body);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "unsure", _ ("_Keep All for Now"), "sure", forgets ? _ ("_Yes, Forget Them") : _ ("_Yes, It Is"), NULL);
  if (forgets)
    adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "sure", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "unsure");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "unsure");
  adw_alert_dialog_choose (ADW_ALERT_DIALOG (dialog), GTK_WIDGET (window), NULL, answered_cb, g_object_ref (keeping->application));
}

static void
retained_cb (const GError *error,
             gpointer      data)
{
  g_autoptr (Keeping) keeping = data;

  /* What could not be forgotten now is forgotten at the next start. */
  if (error != NULL)
    return;
  if (keeping->retained.is_doubtful)
    ask (keeping);
  else if (keeping->retained.n_old > 0)
    kobra_history_refresh (kobra_application_get_history (keeping->application));
}

void
kobra_keeping_forget_old (KobraApplication *application,
                          KobraJournal     *journal,
                          gboolean          is_sure)
{
  g_autoptr (GSettings) settings = g_settings_new (KOBRA_APPLICATION_ID);
  Keeping              *keeping = g_new0 (Keeping, 1);

  keeping->application = g_object_ref (application);
  keeping->retention = (KobraJournalRetention) { g_get_real_time (), g_settings_get_uint (settings, "retention-days") * G_TIME_SPAN_DAY, is_sure };
  kobra_journal_retain (journal, &keeping->retention, &keeping->retained, retained_cb, keeping);
}

static KobraWindow *
find_window (KobraApplication *application)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (application)); l != NULL; l = l->next)
    if (KOBRA_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

void
kobra_keeping_offer_session (KobraApplication *application,
                             KobraJournal     *journal)
{
  GListModel      *history = G_LIST_MODEL (kobra_application_get_history (application));
  KobraWindow     *window = find_window (application);
  GVariantBuilder  ids = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("ax"));
  g_autofree char *name = NULL, *text = NULL;
  guint            n = 0;
  AdwToast        *toast;

  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (KobraHistoryItem)  item = g_list_model_get_item (history, i);
      const KobraJournalImportInfo *info = kobra_history_item_get_info (item);

      if (!info->reopens || !info->has_records || info->is_open_elsewhere)
        continue;
      g_variant_builder_add (&ids, "x", info->id);
      g_set_str (&name, info->source_name);
      n++;
    }
  if (n == 0 || window == NULL)
    {
      g_variant_builder_clear (&ids);
      return;
    }
  text = n == 1 ? g_strdup_printf (_ ("“%s” was open when you quit"), name)
                : g_strdup_printf (ngettext ("%'u import was open when you quit", "%'u imports were open when you quit", n), n);
  toast = g_object_new (ADW_TYPE_TOAST, "title", text, "use-markup", FALSE, "button-label", _ ("_Open Again"), "timeout", 0, NULL);
  adw_toast_set_action_name (toast, "app.reopen");
  adw_toast_set_action_target_value (toast, g_variant_builder_end (&ids));
  adw_toast_overlay_add_toast (window->toasts, toast);
  kobra_journal_note_reopened (journal);
}
