/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-look-model.h"

#include "kobra-text.h"

#include "kobra-banned.h"

/* A header is shown on one line. */
#define MAX_HEADER_CHARACTERS 200

struct _KobraLookModel
{
  GObject      parent_instance;

  KobraOpened *opened;
};

static void kobra_look_model_sheet_model_init (KobraSheetModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KobraLookModel, kobra_look_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (KOBRA_TYPE_SHEET_MODEL, kobra_look_model_sheet_model_init))

static guint
get_n_rows (KobraSheetModel *model)
{
  return kobra_rows_get_n_rows (KOBRA_LOOK_MODEL (model)->opened->rows);
}

static guint
get_n_columns (KobraSheetModel *model)
{
  return g_strv_length (KOBRA_LOOK_MODEL (model)->opened->headers);
}

static char *
dup_header (KobraSheetModel *model,
            guint            column)
{
  return kobra_text_visible (KOBRA_LOOK_MODEL (model)->opened->headers[column], MAX_HEADER_CHARACTERS);
}

static const char *
peek_text (KobraSheetModel *model,
           guint            row,
           guint            column)
{
  return kobra_row_get_text (kobra_rows_peek (KOBRA_LOOK_MODEL (model)->opened->rows, row), column);
}

static char *
dup_row_name (KobraSheetModel *model,
              guint            row)
{
  return g_strdup_printf ("%u", kobra_rows_peek (KOBRA_LOOK_MODEL (model)->opened->rows, row)->line);
}

static void
kobra_look_model_sheet_model_init (KobraSheetModelInterface *iface)
{
  iface->get_n_rows = get_n_rows;
  iface->get_n_columns = get_n_columns;
  iface->dup_header = dup_header;
  iface->peek_text = peek_text;
  iface->dup_row_name = dup_row_name;
}

static void
kobra_look_model_finalize (GObject *object)
{
  g_clear_pointer (&KOBRA_LOOK_MODEL (object)->opened, kobra_opened_free);

  G_OBJECT_CLASS (kobra_look_model_parent_class)->finalize (object);
}

static void
kobra_look_model_class_init (KobraLookModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = kobra_look_model_finalize;
}

static void
kobra_look_model_init (KobraLookModel *self)
{
}

KobraLookModel *
kobra_look_model_new (KobraOpened *opened)
{
  KobraLookModel *self = g_object_new (KOBRA_TYPE_LOOK_MODEL, NULL);

  self->opened = opened;
  return self;
}
