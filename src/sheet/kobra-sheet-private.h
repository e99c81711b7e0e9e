/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * What the files of KobraSheet share; nobody else includes it. Geometry, selection and columns are everybody's to read; what a
 * file keeps for itself is a struct of its own here.
 */

#include "kobra-sheet.h"
#include "kobra-sheet-geometry.h"
#include "kobra-sheet-seek.h"
#include "kobra-sheet-selection.h"

G_BEGIN_DECLS

/* Space at both ends of a cell's text, in pixels. */
#define KOBRA_SHEET_CELL_PADDING 8

/* How much of a text is drawn, and how much is read out or put into a tooltip: beyond it nobody looks, and hostile text must
 * cost no more than a frame. */
#define KOBRA_SHEET_MAX_DRAWN 200
#define KOBRA_SHEET_MAX_SPOKEN 1000

/* How strongly the colour of a mark, or of what is selected, covers a cell. */
#define KOBRA_SHEET_TINT 0.14f

/* Nothing longer is pasted into a cell: what no file may bring, no clipboard may. */
#define KOBRA_SHEET_MAX_CELL_BYTES ((gsize) 1024 * 1024)

/* No paste or fill takes more cells. */
#define KOBRA_SHEET_MAX_PASTED_CELLS ((gsize) 4 * 1024 * 1024)

/* Longer work than this many microseconds at once would be felt; what takes more goes on when the main loop is idle. */
#define KOBRA_SHEET_SLICE 6000

/* A column as it was when the model last said it changed, so that drawing a frame asks only for cells. */
typedef struct
{
  char    *header;        /* made visible */
  const char *icon;       /* or NULL; borrowed, of static life */
  guint    key;
  gboolean is_dimmed;
  gboolean is_numeric;
  gboolean has_width;     /* measured by what it holds */
  gboolean has_own_width; /* a person set it */

  /* kobra-sheet-draw.c: the header's text as it was drawn last, or NULL; for that much room and in that colour. */
  GskRenderNode *title;
  int      title_room;
  gboolean title_is_strong;
} KobraSheetColumn;

/* kobra-sheet-ink.c: glyphs of one font and colour that are still to be drawn, in Pango's units. */
typedef struct
{
  PangoFont        *font;   /* NULL: there are none */
  PangoGlyphString *glyphs; /* scratch */
  GdkRGBA           color;
  int               x;      /* where they begin */
  int               y;      /* their baseline */
  int               end;
} KobraSheetInk;

/* kobra-sheet-look.c: colours, fonts and icons of the theme. */
typedef enum
{
  KOBRA_SHEET_COLOR_TEXT,
  KOBRA_SHEET_COLOR_DIM,
  KOBRA_SHEET_COLOR_ACCENT,
  KOBRA_SHEET_COLOR_SUCCESS,
  KOBRA_SHEET_COLOR_WARNING,
  KOBRA_SHEET_COLOR_ERROR,
  KOBRA_SHEET_COLOR_LINE,   /* what parts the frozen cells from the others */
  KOBRA_SHEET_COLOR_GRID,   /* what parts cells */
} KobraSheetColor;

#define KOBRA_SHEET_N_COLORS (KOBRA_SHEET_COLOR_GRID + 1)

typedef struct
{
  GtkWidget      *probes[KOBRA_SHEET_N_COLORS]; /* never seen: the theme colours them, and their colours are what we draw with */
  GdkRGBA         colors[KOBRA_SHEET_N_COLORS];
  PangoLayout    *layout;                       /* scratch */
  PangoAttrList  *figures;
  PangoAttrList  *heading;
  PangoFontDescription *font;                   /* that the sizes were taken from */
  double          resolution;
  int             line_height;
  int             icon_size;
  GHashTable     *icons;                        /* name -> GtkSymbolicPaintable */
  int             icon_scale;
  GString        *text;                         /* scratch */
  KobraSheetInk   ink;
} KobraSheetLook;

/* kobra-sheet-picture.c: a row's picture, kept until something in it changes. */
typedef struct
{
  gboolean       is_valid;
  guint          row;
  guint          first;   /* columns that it shows */
  guint          last;
  GskRenderNode *cells;   /* NULL if there is nothing to draw */
  GskRenderNode *leading;
} KobraSheetRowPicture;

/* kobra-sheet-edit.c */
typedef struct
{
  gboolean   is_active;
  gboolean   is_quick;     /* begun by typing: arrows end it, as in spreadsheets */
  gboolean   is_composing; /* an input method is */
  guint      row;
  guint      column;
  char      *original;
  GtkWidget *box;          /* clips the text to the part of the cell that is to be seen */
  GtkText   *text;

  /* kobra-sheet-chooser.c */
  KobraSheetKind kind;
  gboolean   is_typed;     /* the text is no more what it was */
  gboolean   is_following; /* the calendar follows the text, not the other way round */
  GtkWidget *popover;
  GtkWidget *words;
  GtkWidget *list;
  GtkWidget *scrolled;     /* around the list */
  GtkWidget *calendar;
} KobraSheetEdit;

/* kobra-sheet-pointer.c */
typedef enum
{
  KOBRA_SHEET_DRAG_NONE,
  KOBRA_SHEET_DRAG_CELLS,
  KOBRA_SHEET_DRAG_ROWS,
  KOBRA_SHEET_DRAG_COLUMNS,
  KOBRA_SHEET_DRAG_MOVE,    /* of the selected column, to another place */
  KOBRA_SHEET_DRAG_EDGE,
} KobraSheetDragKind;

typedef struct
{
  KobraSheetDragKind kind;
  guint              column; /* whose edge, or that is moved */
  guint              to;     /* where it would go; its own place: nowhere */
  int                width;  /* it had */
  double             x;      /* where the pointer is */
  double             y;
  guint              tick_id;
  gint64             tick_time;
} KobraSheetDrag;

/* kobra-sheet-jump.c: a search under way. */
typedef struct
{
  KobraSheetSeek seek;
  gboolean       extends;
  guint          source_id;
} KobraSheetJump;

/* kobra-sheet-clipboard.c: of the clipboard. */
typedef struct _KobraSheetCopyJob KobraSheetCopyJob;

/* kobra-sheet-accessible.c */
typedef struct _KobraSheetPart KobraSheetPart;

typedef struct
{
  GPtrArray      *rows;    /* KobraSheetPart; row n is at n modulo their number */
  KobraSheetPart *header;
  KobraSheetPart *focused;
  gboolean        is_updating;
  gboolean        is_stale; /* what rows say may have changed */
  guint           tick_id;
} KobraSheetParts;

struct _KobraSheet
{
  GtkWidget            parent_instance;

  KobraSheetModel     *model;
  GSignalGroup        *model_signals;
  KobraSheetGeometry   geometry;
  KobraSheetSelection  selection;
  gboolean             reveals_later; /* the cursor was set before the sheet had a size */

  KobraSheetColumn    *columns;      /* geometry.n_columns of them */
  gboolean             has_sampled;  /* the columns' widths come from rows, not only from headers */

  GtkAdjustment       *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy  policies[2];
  gboolean             is_configuring; /* the adjustments change by our own hand */

  KobraSheetLook       look;
  KobraSheetRowPicture *pictures;    /* row n is at n modulo their number */
  guint                n_pictures;
  KobraSheetEdit       edit;
  KobraSheetDrag       drag;
  KobraSheetJump       jump;
  KobraSheetCopyJob   *copy;
  GCancellable        *pasting;
  guint                paste_watch;  /* gives up on a clipboard that says nothing more */
  guint                paste_patience; /* ends when a paste becomes a slow one */
  gboolean             is_paste_slow;
  GdkContentProvider  *cut_rows;     /* what was put on the clipboard when rows were taken out last, or NULL */
  GCancellable        *writing;      /* what calls all of them off */
  guint                n_writings;   /* under way */
  GtkWidget           *menus[2];     /* of cells, of a header; made when first asked for */
  GMenuModel          *more_menu;    /* of the program, in the one of cells */
  GMenuModel          *header_menu;  /* or NULL */
  int                  hovered;      /* the header with the pointer over it, or -1 */
  KobraSheetParts      parts;
};

/* kobra-sheet-scroll.c */
void     kobra_sheet_scrollable_init          (GtkScrollableInterface *iface);
void     kobra_sheet_set_adjustment           (KobraSheet    *self,
                                               GtkOrientation orientation,
                                               GtkAdjustment *adjustment);
/* After a change of sizes. */
void     kobra_sheet_update_adjustments       (KobraSheet *self);
/* After a change of geometry.scroll_x and scroll_y. */
void     kobra_sheet_push_scroll              (KobraSheet *self);

/* kobra-sheet.c */
/* Tells the person, in @words, why nothing was done. */
void     kobra_sheet_refuse                   (KobraSheet *self,
                                               const char *words);
void     kobra_sheet_set_slow_paste           (KobraSheet *self,
                                               gboolean    is_slow);

/* kobra-sheet-columns.c */
void     kobra_sheet_columns_load             (KobraSheet *self);
void     kobra_sheet_columns_unload           (KobraSheet *self);
/* Sets the widths that no person set, and the leading column's. */
void     kobra_sheet_columns_measure          (KobraSheet *self);
void     kobra_sheet_columns_measure_leading  (KobraSheet *self);
/* To what the column holds. */
void     kobra_sheet_columns_fit              (KobraSheet *self,
                                               guint       column);
void     kobra_sheet_columns_resize           (KobraSheet *self,
                                               guint       column,
                                               int         width);

/* kobra-sheet-look.c */
void     kobra_sheet_look_init                (KobraSheet *self);
void     kobra_sheet_look_dispose             (KobraSheet *self);
/* Takes sizes from the font; TRUE if they are other ones than before. */
gboolean kobra_sheet_look_update_sizes        (KobraSheet *self);
/* Takes colours from the theme; TRUE if they are other ones than before. */
gboolean kobra_sheet_look_update_colors       (KobraSheet *self);
GdkRGBA  kobra_sheet_look_get_color           (KobraSheet     *self,
                                               KobraSheetColor color,
                                               float           alpha);
void     kobra_sheet_look_draw_icon           (KobraSheet  *self,
                                               GtkSnapshot *snapshot,
                                               const char  *name,
                                               const GdkRGBA *color,
                                               double       x,
                                               double       y);
/* The width of @text on one line, in pixels. */
int      kobra_sheet_look_measure             (KobraSheet    *self,
                                               const char    *text,
                                               PangoAttrList *attributes);

/* kobra-sheet-ink.c */
void     kobra_sheet_ink_clear                (KobraSheetInk *self);
/* The one line of @layout, with its first corner at @x, @y; it may be drawn later, but before anything that is flushed. */
void     kobra_sheet_ink_add                  (KobraSheetInk *self,
                                               GtkSnapshot   *snapshot,
                                               PangoLayout   *layout,
                                               const GdkRGBA *color,
                                               double         x,
                                               double         y);
void     kobra_sheet_ink_flush                (KobraSheetInk *self,
                                               GtkSnapshot   *snapshot);

/* kobra-sheet-picture.c */
/* The row with at least the columns from @first to @last; good until the next call for another row. */
const KobraSheetRowPicture *
         kobra_sheet_picture_get              (KobraSheet *self,
                                               guint       row,
                                               guint       first,
                                               guint       last);
/* Keeps so many rows that those which leave the view do not push out those that stay. */
void     kobra_sheet_picture_make_room        (KobraSheet *self,
                                               guint       n_rows);
void     kobra_sheet_picture_forget_all       (KobraSheet *self);
void     kobra_sheet_picture_forget_rows      (KobraSheet *self,
                                               guint       position,
                                               guint       n_rows);
graphene_rect_t
         kobra_sheet_rect_to_graphene         (KobraSheetRect rect);
/* Less @by at the left and at the right. */
KobraSheetRect
         kobra_sheet_rect_inset               (KobraSheetRect rect,
                                               double         by);
void     kobra_sheet_draw_fill                (GtkSnapshot   *snapshot,
                                               KobraSheetRect rect,
                                               const GdkRGBA *color);
/* One line of @text in @rect, ellipsised if it must be. It is there once the look's ink is flushed to the same snapshot. */
void     kobra_sheet_draw_text                (KobraSheet    *self,
                                               GtkSnapshot   *snapshot,
                                               const char    *text,
                                               PangoAttrList *attributes,
                                               const GdkRGBA *color,
                                               KobraSheetRect rect,
                                               gboolean       at_end);

/* kobra-sheet-draw.c */
void     kobra_sheet_draw                     (KobraSheet  *self,
                                               GtkSnapshot *snapshot);

/* kobra-sheet-select.c */
/* Makes @selection the sheet's and tells about it. */
void     kobra_sheet_change_selection         (KobraSheet                *self,
                                               const KobraSheetSelection *selection);
void     kobra_sheet_move_to                  (KobraSheet *self,
                                               guint       row,
                                               guint       column,
                                               gboolean    extends);
void     kobra_sheet_move_by                  (KobraSheet    *self,
                                               KobraSheetMove move,
                                               gboolean       extends);
gboolean kobra_sheet_tab                      (KobraSheet *self,
                                               gboolean    forward);
void     kobra_sheet_enter                    (KobraSheet *self,
                                               gboolean    forward);
/* A column or row as a whole, or all from the cursor's to that. */
void     kobra_sheet_select_columns           (KobraSheet *self,
                                               guint       column,
                                               gboolean    extends);
void     kobra_sheet_select_rows              (KobraSheet *self,
                                               guint       row,
                                               gboolean    extends);
void     kobra_sheet_select_all               (KobraSheet *self);
/* Once the sheet has a size. */
void     kobra_sheet_reveal_cursor            (KobraSheet *self);
/* Sets a cursor if there is none and there are cells; FALSE if there are none. */
gboolean kobra_sheet_ensure_cursor            (KobraSheet *self);

/* kobra-sheet-jump.c */
void     kobra_sheet_jump_to_edge             (KobraSheet    *self,
                                               KobraSheetMove direction,
                                               gboolean       extends);
/* Ends a search under way: at its goal if that is near enough, else where it began. */
void     kobra_sheet_jump_finish              (KobraSheet *self);
void     kobra_sheet_jump_cancel              (KobraSheet *self);

/* kobra-sheet-input.c */
void     kobra_sheet_input_class_init         (GtkWidgetClass *widget_class);
void     kobra_sheet_input_init               (KobraSheet *self);
/* While a quick edit: a key that ends it and moves the cursor; FALSE if @keyval is none. */
gboolean kobra_sheet_input_leave_edit         (KobraSheet     *self,
                                               guint           keyval,
                                               GdkModifierType state);

/* kobra-sheet-pointer.c */
void     kobra_sheet_pointer_init             (KobraSheet *self);
void     kobra_sheet_pointer_dispose          (KobraSheet *self);
gboolean kobra_sheet_pointer_query_tooltip    (GtkWidget  *widget,
                                               int         x,
                                               int         y,
                                               gboolean    keyboard_mode,
                                               GtkTooltip *tooltip);

/* Puts the column elsewhere, with the cursor on it; FALSE if it can't be. */
gboolean kobra_sheet_columns_move             (KobraSheet *self,
                                               guint       column,
                                               guint       to);
/* Where the button in a header is that opens its menu; of width 0 if there is none. */
KobraSheetRect
         kobra_sheet_columns_get_button       (KobraSheet *self,
                                               guint       column);

/* kobra-sheet-menu.c; at the cursor if @at is NULL. */
void     kobra_sheet_menu_popup               (KobraSheet         *self,
                                               const GdkRectangle *at);
/* The menu of the cursor's column, below its header; FALSE if there is none. */
gboolean kobra_sheet_menu_popup_header        (KobraSheet *self);
void     kobra_sheet_menu_present             (KobraSheet *self);
void     kobra_sheet_menu_dispose             (KobraSheet *self);

/* kobra-sheet-edit.c */
void     kobra_sheet_edit_init                (KobraSheet *self);
void     kobra_sheet_edit_dispose             (KobraSheet *self);
/* Begins with an empty editor, for the key that comes next. */
gboolean kobra_sheet_edit_begin_quick         (KobraSheet *self);
void     kobra_sheet_edit_allocate            (KobraSheet *self);
/* Keeps the editor on its cell, or ends it with that. */
void     kobra_sheet_edit_rows_changed        (KobraSheet *self,
                                               guint       position,
                                               guint       n_removed,
                                               guint       n_added);

/* Gives the editor's text to all selected cells. */
void     kobra_sheet_edit_fill                (KobraSheet *self);

/* kobra-sheet-chooser.c: what stands below the editor. */
void     kobra_sheet_chooser_init             (KobraSheet *self);
void     kobra_sheet_chooser_open             (KobraSheet *self);
void     kobra_sheet_chooser_update           (KobraSheet *self);
void     kobra_sheet_chooser_close            (KobraSheet *self);
void     kobra_sheet_chooser_present          (KobraSheet *self);
/* Up or down among what can be chosen; FALSE if nothing can. */
gboolean kobra_sheet_chooser_move             (KobraSheet *self,
                                               gboolean    forward);
/* The text of the choice that is chosen, or NULL. */
const char *kobra_sheet_chooser_get_picked    (KobraSheet *self);

/* kobra-sheet-clipboard.c */
/* Stops what is under way. */
void     kobra_sheet_clipboard_cancel         (KobraSheet *self);
void     kobra_sheet_clipboard_rows_changed   (KobraSheet *self);

/* kobra-sheet-paste.c */

/* kobra-sheet-write.c */
/* @grid, which is taken, into the cells of @range; @selects those that were written, when they are. */
void     kobra_sheet_write                    (KobraSheet            *self,
                                               KobraSheetWrite        what,
                                               const KobraSheetRange *range,
                                               KobraSheetGrid        *grid,
                                               gboolean               selects);
/* Stops all that are under way. */
void     kobra_sheet_write_cancel             (KobraSheet *self);

/* kobra-sheet-accessible.c */
void     kobra_sheet_accessible_iface_init    (GtkAccessibleInterface *iface);
void     kobra_sheet_accessible_dispose       (KobraSheet *self);
/* All rows and columns are other ones. */
void     kobra_sheet_accessible_reset         (KobraSheet *self);
/* Each says what happened; work is done at most once a frame, and only for what a screen reader has seen. */
void     kobra_sheet_accessible_scrolled      (KobraSheet *self);
void     kobra_sheet_accessible_changed       (KobraSheet *self);
/* The sheet got or lost the focus. */
void     kobra_sheet_accessible_focus_moved   (KobraSheet *self);
void     kobra_sheet_accessible_cursor_moved  (KobraSheet *self);
void     kobra_sheet_accessible_range_changed (KobraSheet *self);

G_END_DECLS
