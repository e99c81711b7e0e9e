/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-retry-box.h"

#include "kobra-reader.h"

#include "kobra-banned.h"

struct _KobraRetryBox
{
  GtkBox     parent_instance;

  GtkButton *read_button;
  GtkButton *again_button;
};

G_DEFINE_FINAL_TYPE (KobraRetryBox, kobra_retry_box, GTK_TYPE_BOX)

typedef enum
{
  WAY_READ = 1,  /* another encoding, separator, quotation mark or sheet may be the right one */
  WAY_AGAIN = 2  /* the same file may be had once a person has done what the message says */
} Way;

/* What may help besides another file. */
static const guint ways[KOBRA_N_READ_ERRORS] = {
  [KOBRA_READ_ERROR_NOT_A_FILE] = 0,
  [KOBRA_READ_ERROR_NOT_FOUND] = WAY_AGAIN,
  [KOBRA_READ_ERROR_DENIED] = WAY_AGAIN,
  [KOBRA_READ_ERROR_EMPTY] = 0,
  [KOBRA_READ_ERROR_EMPTY_SHEET] = WAY_READ,
  [KOBRA_READ_ERROR_NOT_A_TABLE] = 0,
  [KOBRA_READ_ERROR_ENCRYPTED] = 0,
  [KOBRA_READ_ERROR_DAMAGED] = WAY_AGAIN,
  [KOBRA_READ_ERROR_TOO_LARGE] = 0,
  [KOBRA_READ_ERROR_NO_SUCH_SHEET] = WAY_READ,
  [KOBRA_READ_ERROR_ENCODING] = WAY_READ | WAY_AGAIN,
  [KOBRA_READ_ERROR_NUL] = WAY_READ | WAY_AGAIN,
  [KOBRA_READ_ERROR_UNCLOSED_QUOTE] = WAY_READ | WAY_AGAIN,
  [KOBRA_READ_ERROR_CELL_TOO_LONG] = WAY_READ | WAY_AGAIN,
  [KOBRA_READ_ERROR_ROW_TOO_LONG] = WAY_READ | WAY_AGAIN,
  [KOBRA_READ_ERROR_TOO_MANY_COLUMNS] = WAY_READ | WAY_AGAIN,
  [KOBRA_READ_ERROR_TOO_MANY_ROWS] = 0,
  [KOBRA_READ_ERROR_CHANGED] = WAY_AGAIN,
  [KOBRA_READ_ERROR_IO] = WAY_AGAIN,
};

static void
kobra_retry_box_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), KOBRA_TYPE_RETRY_BOX);

  G_OBJECT_CLASS (kobra_retry_box_parent_class)->dispose (object);
}

static void
kobra_retry_box_class_init (KobraRetryBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_retry_box_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-retry-box.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraRetryBox, read_button);
  gtk_widget_class_bind_template_child (widget_class, KobraRetryBox, again_button);
}

static void
kobra_retry_box_init (KobraRetryBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kobra_retry_box_set_error (KobraRetryBox *self,
                           const GError  *error)
{
  guint its_ways = error->domain == KOBRA_READ_ERROR && error->code >= 0 && error->code < KOBRA_N_READ_ERRORS ? ways[error->code] : 0;

  g_return_if_fail (KOBRA_IS_RETRY_BOX (self));

  gtk_widget_set_visible (GTK_WIDGET (self->read_button), (its_ways & WAY_READ) != 0);
  gtk_widget_set_visible (GTK_WIDGET (self->again_button), (its_ways & WAY_AGAIN) != 0);
}
