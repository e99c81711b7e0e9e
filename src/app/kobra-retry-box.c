/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-retry-box.h"

#include "kobra-banned.h"

struct _KobraRetryBox
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (KobraRetryBox, kobra_retry_box, GTK_TYPE_BOX)

static void
kobra_retry_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_RETRY_BOX);

  G_OBJECT_CLASS (kobra_retry_box_parent_class)->dispose (object);
}

static void
kobra_retry_box_class_init (KobraRetryBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = kobra_retry_box_dispose;
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), "/io/github/kobraimport/KobraImport/kobra-retry-box.ui");
}

static void
kobra_retry_box_init (KobraRetryBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
