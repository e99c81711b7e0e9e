/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-sheet-part.h"

#include <glib/gi18n.h>

#include "kobra-sheet-text.h"

static void kobra_sheet_part_iface_init (GtkAccessibleInterface *iface);

typedef enum
{
  PROP_ACCESSIBLE_ROLE = 1,
} KobraSheetPartProperty;

G_DEFINE_FINAL_TYPE_WITH_CODE (KobraSheetPart, kobra_sheet_part, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_ACCESSIBLE, kobra_sheet_part_iface_init))

static KobraSheetPart *
make_part (KobraSheet       *sheet,
           GtkAccessibleRole role,
           KobraSheetPart   *parent)
{
  KobraSheetPart *self = g_object_new (KOBRA_TYPE_SHEET_PART, NULL);

  self->sheet = sheet;
  self->role = role;
  self->parent = parent;
  self->is_header = parent != NULL && parent->is_header;
  self->context = gtk_at_context_create (role, GTK_ACCESSIBLE (self), gtk_widget_get_display (GTK_WIDGET (sheet)));
  return self;
}

static char *
dup_visible (KobraSheet *sheet,
             const char *text)
{
  return g_strdup (kobra_sheet_text_make_visible (text, KOBRA_SHEET_MAX_SPOKEN, sheet->look.text));
}

static char *
dup_row_words (KobraSheet *sheet,
               guint       row)
{
  g_autofree char *name = kobra_sheet_model_dup_row_name (sheet->model, row);
  g_autofree char *status = kobra_sheet_model_dup_row_status (sheet->model, row);

  if (status == NULL)
    return g_strdup_printf (_ ("Row %s"), name);
  /* TRANSLATORS: a row's name, then what became of it */
  return g_strdup_printf (_ ("Row %s: %s"), name, status);
}

static char *
dup_cell_words (KobraSheet *sheet,
                guint       row,
                guint       column)
{
  g_autofree char *name = kobra_sheet_model_dup_row_name (sheet->model, row);
  g_autofree char *text = dup_visible (sheet, kobra_sheet_model_peek_text (sheet->model, row, column));

  if (*text == '\0')
    /* TRANSLATORS: a cell without text: its column's name, its row's */
    return g_strdup_printf (_ ("%s, row %s: empty"), sheet->columns[column].header, name);
  /* TRANSLATORS: a cell: its column's name, its row's, its text */
  return g_strdup_printf (_ ("%s, row %s: %s"), sheet->columns[column].header, name, text);
}

static gboolean
is_selected (KobraSheet *sheet,
             guint       row,
             guint       column)
{
  KobraSheetRange range = kobra_sheet_selection_get_range (&sheet->selection);

  return row >= range.row && row - range.row < range.n_rows && column >= range.column && column - range.column < range.n_columns;
}

static gboolean
is_cursor (KobraSheetPart *self)
{
  return self->role == GTK_ACCESSIBLE_ROLE_GRID_CELL && self->sheet != NULL && self->sheet->selection.is_set && self->parent->row == self->sheet->selection.row &&
         self->column == self->sheet->selection.column;
}

static void
set_label (KobraSheetPart *self,
           const char     *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
refresh_header (KobraSheetPart *self)
{
  KobraSheet      *sheet = self->sheet;
  g_autofree char *hint = kobra_sheet_model_dup_header_hint (sheet->model, self->column);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, sheet->columns[self->column].header,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hint != NULL ? hint : "",
                                  -1);
}

static GtkAccessible *
ref_part (KobraSheetPart *part)
{
  return part != NULL ? GTK_ACCESSIBLE (g_object_ref (part)) : NULL;
}

static GtkATContext *
kobra_sheet_part_get_at_context (GtkAccessible *accessible)
{
  KobraSheetPart *self = KOBRA_SHEET_PART (accessible);

  return self->context != NULL ? g_object_ref (self->context) : NULL;
}

static gboolean
kobra_sheet_part_get_platform_state (GtkAccessible             *accessible,
                                     GtkAccessiblePlatformState state)
{
  KobraSheetPart *self = KOBRA_SHEET_PART (accessible);

  switch (state)
    {
    case GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSABLE:
      return self->role == GTK_ACCESSIBLE_ROLE_GRID_CELL;
    case GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED:
      return is_cursor (self) && gtk_widget_has_focus (GTK_WIDGET (self->sheet));
    case GTK_ACCESSIBLE_PLATFORM_STATE_ACTIVE:
    default:
      return FALSE;
    }
}

static GtkAccessible *
kobra_sheet_part_get_accessible_parent (GtkAccessible *accessible)
{
  KobraSheetPart *self = KOBRA_SHEET_PART (accessible);

  if (self->parent != NULL)
    return ref_part (self->parent);
  return self->sheet != NULL ? GTK_ACCESSIBLE (g_object_ref (self->sheet)) : NULL;
}

static GtkAccessible *
kobra_sheet_part_get_first_accessible_child (GtkAccessible *accessible)
{
  KobraSheetPart *self = KOBRA_SHEET_PART (accessible);
  guint           first, last;

  if (self->sheet == NULL || self->cells == NULL || self->sheet->model == NULL || (!self->is_header && self->row >= self->sheet->geometry.n_rows))
    return NULL;
  if (!self->is_known)
    kobra_sheet_part_refresh_row (self);
  if (self->leading != NULL)
    return ref_part (self->leading);
  if (!kobra_sheet_geometry_get_visible_columns (&self->sheet->geometry, &first, &last))
    return NULL;
  return ref_part (kobra_sheet_part_get_cell (self, first));
}

static GtkAccessible *
kobra_sheet_part_get_next_accessible_sibling (GtkAccessible *accessible)
{
  KobraSheetPart *self = KOBRA_SHEET_PART (accessible);
  guint           first, last;

  if (self->sheet == NULL)
    return NULL;
  if (self->parent == NULL)
    return kobra_sheet_accessible_ref_next (self->sheet, self);
  if (!kobra_sheet_geometry_get_visible_columns (&self->sheet->geometry, &first, &last))
    return NULL;
  return ref_part (kobra_sheet_part_get_cell (self->parent, self == self->parent->leading ? first : self->column + 1));
}

static gboolean
kobra_sheet_part_get_bounds (GtkAccessible *accessible,
                             int           *x,
                             int           *y,
                             int           *width,
                             int           *height)
{
  KobraSheetPart           *self = KOBRA_SHEET_PART (accessible);
  const KobraSheetGeometry *geometry;
  KobraSheetRect            rect;
  guint                     row;

  if (self->sheet == NULL)
    return FALSE;
  geometry = &self->sheet->geometry;
  row = self->parent != NULL ? self->parent->row : self->row;
  rect = kobra_sheet_geometry_get_leading (geometry, row);
  if (self->is_header)
    {
      rect.y = 0;
      rect.height = geometry->header_height;
    }
  if (self->parent == NULL)
    {
      rect.x = 0;
      rect.width = geometry->width;
    }
  else
    {
      rect.y = 0; /* a cell's place is in its row */
      if (self->role != GTK_ACCESSIBLE_ROLE_ROW_HEADER)
        {
          if (self->column >= geometry->n_columns)
            return FALSE;
          rect.x = kobra_sheet_geometry_get_header (geometry, self->column).x;
          rect.width = kobra_sheet_geometry_get_column_width (geometry, self->column);
        }
    }
  *x = (int) CLAMP (rect.x, G_MININT, G_MAXINT);
  *y = (int) CLAMP (rect.y, G_MININT, G_MAXINT);
  *width = (int) rect.width;
  *height = (int) rect.height;
  return TRUE;
}

static void
kobra_sheet_part_iface_init (GtkAccessibleInterface *iface)
{
  iface->get_at_context = kobra_sheet_part_get_at_context;
  iface->get_platform_state = kobra_sheet_part_get_platform_state;
  iface->get_accessible_parent = kobra_sheet_part_get_accessible_parent;
  iface->get_first_accessible_child = kobra_sheet_part_get_first_accessible_child;
  iface->get_next_accessible_sibling = kobra_sheet_part_get_next_accessible_sibling;
  iface->get_bounds = kobra_sheet_part_get_bounds;
}

static void
kobra_sheet_part_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch ((KobraSheetPartProperty) id)
    {
    case PROP_ACCESSIBLE_ROLE:
      g_value_set_enum (value, KOBRA_SHEET_PART (object)->role);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_sheet_part_set_property (GObject      *object,
                               guint         id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  switch ((KobraSheetPartProperty) id)
    {
    case PROP_ACCESSIBLE_ROLE:
      KOBRA_SHEET_PART (object)->role = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
kobra_sheet_part_class_init (KobraSheetPartClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = kobra_sheet_part_get_property;
  G_OBJECT_CLASS (klass)->set_property = kobra_sheet_part_set_property;
  g_object_class_override_property (G_OBJECT_CLASS (klass), PROP_ACCESSIBLE_ROLE, "accessible-role");
}

static void
kobra_sheet_part_init (KobraSheetPart *self)
{
}

KobraSheetPart *
kobra_sheet_part_new_row (KobraSheet *sheet,
                          gboolean    is_header)
{
  KobraSheetPart *row = make_part (sheet, GTK_ACCESSIBLE_ROLE_ROW, NULL);

  row->is_header = is_header;
  row->cells = g_ptr_array_new_with_free_func (kobra_sheet_part_drop);
  if (!is_header)
    row->leading = make_part (sheet, GTK_ACCESSIBLE_ROLE_ROW_HEADER, row);
  return row;
}

void
kobra_sheet_part_drop (gpointer data)
{
  KobraSheetPart *self = data;

  self->sheet = NULL;
  self->parent = NULL;
  if (self->leading != NULL)
    kobra_sheet_part_drop (g_steal_pointer (&self->leading));
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_object (&self->context);
  g_object_unref (self);
}

KobraSheetPart *
kobra_sheet_part_get_cell (KobraSheetPart *row,
          guint           column)
{
  KobraSheetPart *cell;
  guint           first, last;

  if (!kobra_sheet_geometry_get_visible_columns (&row->sheet->geometry, &first, &last) || column < first || column > last)
    return NULL;
  /* As many as were ever visible at once. */
  while (row->cells->len < last - first + 1)
    g_ptr_array_add (row->cells, make_part (row->sheet, row->is_header ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_GRID_CELL, row));
  cell = g_ptr_array_index (row->cells, column % row->cells->len);
  cell->column = column;
  return cell;
}

void
kobra_sheet_part_refresh_cell (KobraSheetPart *self)
{
  KobraSheet      *sheet = self->sheet;
  guint            row = self->parent->row;
  g_autofree char *words = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *row_text = NULL;
  g_autofree char *column_text = NULL;
  gboolean         is_wrong;

  if (row >= sheet->geometry.n_rows || self->column >= sheet->geometry.n_columns)
    return;
  words = dup_cell_words (sheet, row, self->column);
  problem = kobra_sheet_model_dup_mark_text (sheet->model, row, self->column);
  row_text = g_strdup_printf ("%u", row + 1);
  column_text = g_strdup_printf ("%u", self->column + 1);
  is_wrong = kobra_sheet_model_get_mark (sheet->model, row, self->column) == KOBRA_SHEET_MARK_ERROR;

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem != NULL ? problem : "",
                                  GTK_ACCESSIBLE_PROPERTY_READ_ONLY, !kobra_sheet_model_is_editable (sheet->model, row, self->column),
                                  -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_SELECTED, is_selected (sheet, row, self->column),
                               GTK_ACCESSIBLE_STATE_INVALID, is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_RELATION_ROW_INDEX_TEXT, row_text,
                                  GTK_ACCESSIBLE_RELATION_COL_INDEX_TEXT, column_text,
                                  -1);
}

void
kobra_sheet_part_refresh_row (KobraSheetPart *row)
{
  KobraSheet *sheet = row->sheet;
  guint       first, last;

  if (!row->is_header)
    {
      g_autofree char *words = dup_row_words (sheet, row->row);

      set_label (row, words);
      set_label (row->leading, words);
    }
  row->is_known = TRUE;
  if (!kobra_sheet_geometry_get_visible_columns (&sheet->geometry, &first, &last))
    return;
  row->first = first;
  row->last = last;
  for (guint column = first; column <= last; column++)
    {
      KobraSheetPart *cell = kobra_sheet_part_get_cell (row, column);

      if (row->is_header)
        refresh_header (cell);
      else
        kobra_sheet_part_refresh_cell (cell);
    }
}

void
kobra_sheet_part_announce_row (KobraSheetPart *row)
{
  row->is_new = FALSE;
  row->is_known = FALSE;
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_HIDDEN, FALSE, -1);
}

char *
kobra_sheet_part_dup_speech (KobraSheet *sheet,
                             guint       row,
                             guint       column)
{
  g_autofree char *words = dup_cell_words (sheet, row, column);
  g_autofree char *problem = kobra_sheet_model_dup_mark_text (sheet->model, row, column);

  return problem != NULL ? g_strdup_printf ("%s. %s", words, problem) : g_steal_pointer (&words);
}
