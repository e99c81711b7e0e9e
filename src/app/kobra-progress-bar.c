/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-progress-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "kobra-import-send.h"

#include "kobra-banned.h"

/* A driver tells more often than a person can read. */
#define INTERVAL_MILLISECONDS 250

/* What the details tell, in this order. */
static const struct
{
  const char *label;
  gsize       offset; /* of a guint in KobraProgress */
} details[] = {
  { N_("Accepted"), G_STRUCT_OFFSET (KobraProgress, accepted) },
  { N_("Rejected"), G_STRUCT_OFFSET (KobraProgress, rejected) },
  { N_("Unknown"), G_STRUCT_OFFSET (KobraProgress, unknown) },
  { N_("Not sent"), G_STRUCT_OFFSET (KobraProgress, not_sent) },
  { N_("Requests so far"), G_STRUCT_OFFSET (KobraProgress, n_requests) },
  { N_("Requests under way"), G_STRUCT_OFFSET (KobraProgress, in_flight) },
  { N_("Records in a request"), G_STRUCT_OFFSET (KobraProgress, batch_size) },
};

struct _KobraProgressBar
{
  GtkBox          parent_instance;

  GtkProgressBar *bar;
  GtkLabel       *summary;
  GtkToggleButton *details_button;
  AdwWrapBox     *details;
  GtkLabel       *counts[G_N_ELEMENTS (details)];

  KobraImport    *import;
  GSignalGroup   *import_signals;
  guint           timer;
};

G_DEFINE_FINAL_TYPE (KobraProgressBar, kobra_progress_bar, GTK_TYPE_BOX)

typedef enum
{
  PROP_IMPORT = 1
} KobraProgressBarProperty;

static GParamSpec *props[PROP_IMPORT + 1];

/* "1,240 of 5,000", and how it goes on. */
static char *
dup_summary (KobraImport         *import,
             const KobraProgress *progress)
{
  gint64           wait = progress->wait_until - g_get_monotonic_time ();
  guint            n_seconds = wait > 0 ? (guint) (wait / G_USEC_PER_SEC) + 1 : 0;
  g_autofree char *done = g_strdup_printf (_ ("%'u of %'u"), kobra_progress_get_n_settled (progress), progress->total);
  g_autofree char *left = kobra_progress_dup_time_left (progress);
  g_autofree char *rate = g_strdup_printf (_ ("%'.0f a second"), progress->rate);
  g_autofree char *goes_on = g_strdup_printf (ngettext ("Waits %'u second, then goes on", "Waits %'u seconds, then goes on", n_seconds), n_seconds);

  if (progress->total == 0)
    return g_strdup (_ ("Getting ready…"));
  if (kobra_import_get_state (import) == KOBRA_IMPORT_PAUSED)
    return g_strjoin (" · ", done, _ ("Paused"), NULL);
  if (n_seconds > 0)
    return g_strjoin (" · ", done, goes_on, NULL);
  return g_strjoin (" · ", done, rate, left, NULL);
}

static void
update (KobraProgressBar *self)
{
  KobraProgress    progress;
  g_autofree char *summary = NULL;

  kobra_import_get_progress (self->import, &progress);
  summary = dup_summary (self->import, &progress);
  gtk_label_set_label (self->summary, summary);
  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    {
      g_autofree char *count = g_strdup_printf ("%'u", G_STRUCT_MEMBER (guint, &progress, details[i].offset));

      gtk_label_set_label (self->counts[i], count);
    }
}

static gboolean
timer_cb (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

static void
state_changed_cb (KobraProgressBar *self)
{
  KobraImportState state = kobra_import_get_state (self->import);
  gboolean         is_running = state == KOBRA_IMPORT_SENDING || state == KOBRA_IMPORT_PAUSED;

  if (is_running && self->timer == 0)
    self->timer = g_timeout_add (INTERVAL_MILLISECONDS, timer_cb, self);
  else if (!is_running)
    g_clear_handle_id (&self->timer, g_source_remove);
  update (self);
}

static void
add_detail (KobraProgressBar *self,
            gsize             i)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ (details[i].label));
  GtkWidget *count = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (count, "numeric");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (count), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), count);
  adw_wrap_box_append (self->details, box);
  self->counts[i] = GTK_LABEL (count);
}

static void
kobra_progress_bar_set_property (GObject      *object,
                                 guint         id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  KobraProgressBar *self = KOBRA_PROGRESS_BAR (object);

  switch ((KobraProgressBarProperty) id)
    {
    case PROP_IMPORT:
      if (g_set_object (&self->import, g_value_get_object (value)))
        {
          g_signal_group_set_target (self->import_signals, self->import);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_progress_bar_get_property (GObject    *object,
                                 guint       id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  switch ((KobraProgressBarProperty) id)
    {
    case PROP_IMPORT:
      g_value_set_object (value, KOBRA_PROGRESS_BAR (object)->import);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_progress_bar_dispose (GObject *object)
{
  KobraProgressBar *self = KOBRA_PROGRESS_BAR (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->import_signals);
  g_clear_object (&self->import);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_PROGRESS_BAR);

  G_OBJECT_CLASS (kobra_progress_bar_parent_class)->dispose (object);
}

static void
kobra_progress_bar_class_init (KobraProgressBarClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = kobra_progress_bar_set_property;
  object_class->get_property = kobra_progress_bar_get_property;
  object_class->dispose = kobra_progress_bar_dispose;

  props[PROP_IMPORT] = g_param_spec_object ("import", NULL, NULL, KOBRA_TYPE_IMPORT, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-progress-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraProgressBar, bar);
  gtk_widget_class_bind_template_child (widget_class, KobraProgressBar, summary);
  gtk_widget_class_bind_template_child (widget_class, KobraProgressBar, details_button);
  gtk_widget_class_bind_template_child (widget_class, KobraProgressBar, details);
}

static void
kobra_progress_bar_init (KobraProgressBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    add_detail (self, i);
  self->import_signals = g_signal_group_new (KOBRA_TYPE_IMPORT);
  g_signal_group_connect_swapped (self->import_signals, "notify::state", G_CALLBACK (state_changed_cb), self);
}
