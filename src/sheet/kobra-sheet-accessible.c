/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet for screen readers: objects that are no widgets stand for the header row, each visible row and each visible cell.
 *
 * They are made when somebody asks, and reused on scrolling: each one lives on the accessibility bus, and a new one for every row
 * that comes into view would flood it. A row that stands for another one now says so once, by being hidden and shown: GTK offers
 * no public way to say that children changed. What its cells say is put right when they are asked for; the cell with the cursor
 * always is right. A row whose content changed while somebody knew its cells is put right at the next frame.
 *
 * GTK exports neither table interfaces nor column headers, so that a cell's own name carries column and row. */

#include "kobra-sheet-private.h"

#include <glib/gi18n.h>

#include "kobra-sheet-text.h"

#define KOBRA_TYPE_SHEET_PART (kobra_sheet_part_get_type ())
G_DECLARE_FINAL_TYPE (KobraSheetPart, kobra_sheet_part, KOBRA, SHEET_PART, GObject)

struct _KobraSheetPart
{
  GObject           parent_instance;

  GtkAccessibleRole role;
  GtkATContext     *context;
  KobraSheet       *sheet;    /* NULL once it is gone */
  KobraSheetPart   *parent;   /* the row, of a cell */
  gboolean          is_header;
  gboolean          is_bound; /* row or column count */
  guint             row;      /* of a row */
  guint             column;   /* of a cell that is not the row's leading one */

  /* Of a row. */
  gboolean          is_new;   /* it stands for another row than before, and that was not told yet */
  gboolean          is_known; /* its cells were asked for since it stands for this row ... */
  guint             first;    /* ... when these columns were visible */
  guint             last;
  KobraSheetPart   *leading;
  GPtrArray        *cells;    /* column n is at n modulo their number */
};

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

/* Somebody may hold on to a part longer than the sheet lives. */
static void
drop_part (gpointer data)
{
  KobraSheetPart *self = data;

  self->sheet = NULL;
  self->parent = NULL;
  if (self->leading != NULL)
    drop_part (g_steal_pointer (&self->leading));
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_object (&self->context);
  g_object_unref (self);
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

/* Makes a cell say what it now stands for; GTK tells of what is different. */
static void
refresh_cell (KobraSheetPart *self)
{
  KobraSheet      *sheet = self->sheet;
  guint            row = self->parent->row;
  g_autofree char *words = dup_cell_words (sheet, row, self->column);
  g_autofree char *problem = kobra_sheet_model_dup_mark_text (sheet->model, row, self->column);
  g_autofree char *row_text = g_strdup_printf ("%u", row + 1);
  g_autofree char *column_text = g_strdup_printf ("%u", self->column + 1);
  gboolean         is_wrong = kobra_sheet_model_get_mark (sheet->model, row, self->column) == KOBRA_SHEET_MARK_ERROR;

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

static void
set_label (KobraSheetPart *self,
           const char     *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* The part for a column of a row. There are as many as were ever visible at once. */
static KobraSheetPart *
get_cell (KobraSheetPart *row,
          guint           column)
{
  KobraSheetPart *cell;
  guint           first, last;

  if (!kobra_sheet_geometry_get_visible_columns (&row->sheet->geometry, &first, &last) || column < first || column > last)
    return NULL;
  while (row->cells->len < last - first + 1)
    g_ptr_array_add (row->cells, make_part (row->sheet, row->is_header ? GTK_ACCESSIBLE_ROLE_COLUMN_HEADER : GTK_ACCESSIBLE_ROLE_GRID_CELL, row));
  cell = g_ptr_array_index (row->cells, column % row->cells->len);
  cell->column = column;
  return cell;
}

/* Makes all that a row holds say what it now stands for. */
static void
refresh_row (KobraSheetPart *row)
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
      KobraSheetPart *cell = get_cell (row, column);

      if (row->is_header)
        refresh_header (cell);
      else
        refresh_cell (cell);
    }
}

static KobraSheetPart *
make_row (KobraSheet *sheet,
          gboolean    is_header)
{
  KobraSheetPart *row = make_part (sheet, GTK_ACCESSIBLE_ROLE_ROW, NULL);

  row->is_header = is_header;
  row->cells = g_ptr_array_new_with_free_func (drop_part);
  if (!is_header)
    row->leading = make_part (sheet, GTK_ACCESSIBLE_ROLE_ROW_HEADER, row);
  return row;
}

/* Tells whoever knows the row that it is another one, or has other cells. */
static void
announce_row (KobraSheetPart *row)
{
  row->is_new = FALSE;
  row->is_known = FALSE;
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_HIDDEN, FALSE, -1);
}

static KobraSheetPart *
get_row (KobraSheet *self,
         guint       row)
{
  KobraSheetPart *part = g_ptr_array_index (self->parts.rows, row % self->parts.rows->len);

  if (!part->is_bound || part->row != row)
    {
      part->row = row;
      part->is_bound = TRUE;
      part->is_new = TRUE;
    }
  return part;
}

/* As many row parts as there are visible rows, each standing for one of them; FALSE if there is nothing to stand for. */
static gboolean
bind_rows (KobraSheet *self)
{
  KobraSheetParts *parts = &self->parts;
  guint            first, last, first_column, last_column;

  if (self->model == NULL || !gtk_widget_get_realized (GTK_WIDGET (self)) || !kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last) ||
      !kobra_sheet_geometry_get_visible_columns (&self->geometry, &first_column, &last_column))
    return FALSE;
  if (parts->is_updating)
    return parts->rows != NULL;
  if (parts->rows == NULL)
    parts->rows = g_ptr_array_new_with_free_func (drop_part);
  while (parts->rows->len < last - first + 1)
    g_ptr_array_add (parts->rows, make_row (self, FALSE));
  for (guint row = first; row <= last; row++)
    get_row (self, row);

  /* Told when all stand where they belong, for GTK asks for children while it is told of them. */
  parts->is_updating = TRUE;
  for (guint i = 0; i < parts->rows->len; i++)
    {
      KobraSheetPart *part = g_ptr_array_index (parts->rows, i);

      if (part->is_new || (part->is_known && (part->first != first_column || part->last != last_column)))
        announce_row (part);
    }
  parts->is_updating = FALSE;
  return TRUE;
}

static GtkAccessible *
ref_part (KobraSheetPart *part)
{
  return part != NULL ? GTK_ACCESSIBLE (g_object_ref (part)) : NULL;
}

/* What comes after the last row: the editor, so that the text which is being typed can be found. */
static GtkAccessible *
ref_last (KobraSheet *self)
{
  return GTK_ACCESSIBLE (g_object_ref (self->edit.box));
}

static GtkAccessible *
ref_first_row (KobraSheet *self)
{
  guint first, last;

  if (!bind_rows (self) || !kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last))
    return ref_last (self);
  return ref_part (get_row (self, first));
}

static GtkAccessible *
kobra_sheet_get_first_accessible_child (GtkAccessible *accessible)
{
  KobraSheet *self = KOBRA_SHEET (accessible);

  if (self->model == NULL || self->edit.box == NULL || !gtk_widget_get_realized (GTK_WIDGET (self)))
    return NULL;
  if (self->parts.header == NULL)
    self->parts.header = make_row (self, TRUE);
  bind_rows (self);
  return ref_part (self->parts.header);
}

/* Only this: all else a widget does well. */
void
kobra_sheet_accessible_iface_init (GtkAccessibleInterface *iface)
{
  iface->get_first_accessible_child = kobra_sheet_get_first_accessible_child;
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

  if (self->sheet == NULL || self->cells == NULL || self->sheet->model == NULL)
    return NULL;
  if (!self->is_known)
    refresh_row (self);
  if (self->leading != NULL)
    return ref_part (self->leading);
  if (!kobra_sheet_geometry_get_visible_columns (&self->sheet->geometry, &first, &last))
    return NULL;
  return ref_part (get_cell (self, first));
}

static GtkAccessible *
kobra_sheet_part_get_next_accessible_sibling (GtkAccessible *accessible)
{
  KobraSheetPart           *self = KOBRA_SHEET_PART (accessible);
  const KobraSheetGeometry *geometry;
  guint                     first, last;

  if (self->sheet == NULL)
    return NULL;
  geometry = &self->sheet->geometry;
  if (self->parent != NULL)
    {
      if (!kobra_sheet_geometry_get_visible_columns (geometry, &first, &last))
        return NULL;
      return ref_part (get_cell (self->parent, self == self->parent->leading ? first : self->column + 1));
    }
  if (self->is_header)
    return ref_first_row (self->sheet);
  if (kobra_sheet_geometry_get_visible_rows (geometry, &first, &last) && self->row >= first && self->row < last && bind_rows (self->sheet))
    return ref_part (get_row (self->sheet, self->row + 1));
  return ref_last (self->sheet);
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

/* Once a frame: rows that came into view, and rows that say other things now, for whoever knows them. */
static gboolean
update_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       data)
{
  KobraSheet      *self = KOBRA_SHEET (widget);
  KobraSheetParts *parts = &self->parts;
  gboolean         was_stale = parts->is_stale;
  guint            first, last;

  parts->tick_id = 0;
  parts->is_stale = FALSE;
  if (!bind_rows (self) || !kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last))
    return G_SOURCE_REMOVE;
  if (was_stale && parts->header != NULL && parts->header->is_known)
    refresh_row (parts->header);
  for (guint i = 0; was_stale && i < parts->rows->len; i++)
    {
      KobraSheetPart *row = g_ptr_array_index (parts->rows, i);

      if (row->is_known && row->row >= first && row->row <= last)
        refresh_row (row);
      else
        row->is_known = FALSE;
    }
  return G_SOURCE_REMOVE;
}

static void
queue_update (KobraSheet *self)
{
  if (self->parts.rows != NULL && self->parts.tick_id == 0)
    self->parts.tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), update_cb, NULL, NULL);
}

void
kobra_sheet_accessible_scrolled (KobraSheet *self)
{
  queue_update (self);
}

void
kobra_sheet_accessible_changed (KobraSheet *self)
{
  self->parts.is_stale = TRUE;
  queue_update (self);
}

void
kobra_sheet_accessible_reset (KobraSheet *self)
{
  KobraSheetParts *parts = &self->parts;

  if (parts->header != NULL)
    announce_row (parts->header);
  for (guint i = 0; parts->rows != NULL && i < parts->rows->len; i++)
    ((KobraSheetPart *) g_ptr_array_index (parts->rows, i))->is_bound = FALSE;
  kobra_sheet_accessible_changed (self);
}

void
kobra_sheet_accessible_focus_moved (KobraSheet *self,
                                    gboolean    announces)
{
  KobraSheetParts           *parts = &self->parts;
  const KobraSheetSelection *selection = &self->selection;
  KobraSheetPart            *cell = NULL;

  if (selection->is_set && bind_rows (self))
    {
      guint first, last;

      kobra_sheet_geometry_get_visible_rows (&self->geometry, &first, &last);
      if (selection->row >= first && selection->row <= last)
        cell = get_cell (get_row (self, selection->row), selection->column);
    }
  if (parts->focused != NULL && parts->focused != cell)
    gtk_accessible_update_platform_state (GTK_ACCESSIBLE (parts->focused), GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED);
  g_set_object (&parts->focused, cell);
  if (cell == NULL)
    return;

  refresh_cell (cell);
  gtk_accessible_update_platform_state (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PLATFORM_STATE_FOCUSED);
  if (announces && gtk_widget_has_focus (GTK_WIDGET (self)))
    {
      g_autofree char *words = dup_cell_words (self, selection->row, selection->column);
      g_autofree char *problem = kobra_sheet_model_dup_mark_text (self->model, selection->row, selection->column);
      g_autofree char *both = problem != NULL ? g_strdup_printf ("%s. %s", words, problem) : g_steal_pointer (&words);

      gtk_accessible_announce (GTK_ACCESSIBLE (cell), both, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
    }
}

void
kobra_sheet_accessible_dispose (KobraSheet *self)
{
  KobraSheetParts *parts = &self->parts;

  if (parts->tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), parts->tick_id);
  parts->tick_id = 0;
  g_clear_object (&parts->focused);
  g_clear_pointer (&parts->rows, g_ptr_array_unref);
  g_clear_pointer (&parts->header, drop_part);
}
