/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-opening-page.h"

#include "kobra-look-model.h"
#include "kobra-sheet.h"

#include "kobra-banned.h"

/* Most files are open before that, or soon after if more than this was done: rows that come and go in a moment only flicker. */
#define DELAY_MILLISECONDS 100
#define SOON 0.5

#define N_LOOK_ROWS 50

struct _KobraOpeningPage
{
  AdwBin           parent_instance;

  GtkLabel        *title;
  GtkWidget       *rows;
  KobraSheet      *preview;

  double           fraction;
  GFile           *file;
  GBytes          *bytes;
  KobraReadOptions read;
  guint            delay;   /* GSource ID */
  GCancellable    *looking; /* NULL: nobody waits for rows */
};

G_DEFINE_FINAL_TYPE (KobraOpeningPage, kobra_opening_page, ADW_TYPE_BIN)

typedef enum
{
  PROP_FRACTION = 1
} KobraOpeningPageProperty;

static GParamSpec *props[PROP_FRACTION + 1];

/* Nobody is to be shown anything any more. */
static void
forget (KobraOpeningPage *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_handle_id (&self->delay, g_source_remove);
  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  kobra_read_options_clear (&self->read);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KobraOpeningPage) self = data;
  g_autoptr (KobraOpened)      opened = kobra_import_look_finish (result, NULL);
  g_autoptr (KobraLookModel)   model = NULL;

  /* What can't be read is said by who opens it. */
  if (opened == NULL || self->looking == NULL || g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  g_clear_object (&self->looking);
  model = kobra_look_model_new (g_steal_pointer (&opened));
  kobra_sheet_set_model (self->preview, KOBRA_SHEET_MODEL (model));
  gtk_widget_set_visible (self->rows, TRUE);
}

static gboolean
delay_cb (gpointer data)
{
  KobraOpeningPage *self = data;

  self->delay = 0;
  if (self->fraction > SOON)
    return G_SOURCE_REMOVE;
  self->looking = g_cancellable_new ();
  kobra_import_look_async (self->file, self->bytes, &self->read, N_LOOK_ROWS, self->looking, looked_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
kobra_opening_page_begin (KobraOpeningPage       *self,
                          const char             *title,
                          GFile                  *file,
                          GBytes                 *bytes,
                          const KobraReadOptions *read)
{
  g_return_if_fail (KOBRA_IS_OPENING_PAGE (self));

  forget (self);
  gtk_widget_set_visible (self->rows, FALSE);
  gtk_label_set_label (self->title, title);
  g_set_object (&self->file, file);
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  if (read != NULL)
    kobra_read_options_copy (read, &self->read);
  if (file != NULL || bytes != NULL)
    self->delay = g_timeout_add (DELAY_MILLISECONDS, delay_cb, self);
}

static void
kobra_opening_page_unmap (GtkWidget *widget)
{
  KobraOpeningPage *self = KOBRA_OPENING_PAGE (widget);

  GTK_WIDGET_CLASS (kobra_opening_page_parent_class)->unmap (widget);
  forget (self);
  gtk_widget_set_visible (self->rows, FALSE);
  kobra_sheet_set_model (self->preview, NULL);
}

static void
kobra_opening_page_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  KobraOpeningPage *self = KOBRA_OPENING_PAGE (object);

  switch ((KobraOpeningPageProperty) prop_id)
    {
    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kobra_opening_page_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  KobraOpeningPage *self = KOBRA_OPENING_PAGE (object);

  switch ((KobraOpeningPageProperty) prop_id)
    {
    case PROP_FRACTION:
      self->fraction = g_value_get_double (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
kobra_opening_page_dispose (GObject *object)
{
  KobraOpeningPage *self = KOBRA_OPENING_PAGE (object);

  forget (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_OPENING_PAGE);
  G_OBJECT_CLASS (kobra_opening_page_parent_class)->dispose (object);
}

static void
kobra_opening_page_class_init (KobraOpeningPageClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = kobra_opening_page_get_property;
  object_class->set_property = kobra_opening_page_set_property;
  object_class->dispose = kobra_opening_page_dispose;
  widget_class->unmap = kobra_opening_page_unmap;

  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (props), props);

  g_type_ensure (KOBRA_TYPE_SHEET);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-opening-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraOpeningPage, title);
  gtk_widget_class_bind_template_child (widget_class, KobraOpeningPage, rows);
  gtk_widget_class_bind_template_child (widget_class, KobraOpeningPage, preview);
}

static void
kobra_opening_page_init (KobraOpeningPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
