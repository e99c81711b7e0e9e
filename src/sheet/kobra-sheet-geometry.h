/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Where what is on the sheet: arithmetic only. All rows are of one height; columns have widths of their own. Content
 * coordinates begin at the first cell and run towards the last column, whatever the direction of writing; sheet coordinates
 * are the widget's, and in them right-to-left is mirrored. Everything is in logical pixels, as doubles, because floats lose
 * pixels after 2^24 of them, which is row 600,000.
 */

#include <glib.h>

G_BEGIN_DECLS

/* Narrower columns could not be grabbed to be widened again. */
#define KOBRA_SHEET_MIN_COLUMN_WIDTH 24
#define KOBRA_SHEET_MAX_COLUMN_WIDTH 2000

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} KobraSheetRect;

typedef struct
{
  guint   n_rows;
  guint   n_columns;
  int     row_height;    /* > 0 */
  int     header_height;
  int     leading_width; /* of the frozen column with the rows' names */
  double  width;         /* of the whole sheet */
  double  height;
  double  scroll_x;      /* content coordinates of the body's first corner */
  double  scroll_y;
  gboolean is_rtl;
  double *ends;          /* content coordinate after each column */
} KobraSheetGeometry;

typedef enum
{
  KOBRA_SHEET_AREA_NONE,    /* below the last row or past the last column */
  KOBRA_SHEET_AREA_CORNER,
  KOBRA_SHEET_AREA_HEADER,
  KOBRA_SHEET_AREA_LEADING,
  KOBRA_SHEET_AREA_CELL,
} KobraSheetArea;

typedef struct
{
  KobraSheetArea area;
  guint          row;    /* if LEADING or CELL */
  guint          column; /* if HEADER or CELL */
  int            edge;   /* the column whose far edge is at hand in the header, or -1 */
} KobraSheetHit;

void           kobra_sheet_geometry_init               (KobraSheetGeometry *self);
void           kobra_sheet_geometry_clear              (KobraSheetGeometry *self);

void           kobra_sheet_geometry_set_columns        (KobraSheetGeometry *self,
                                                        const int          *widths,
                                                        guint               n_columns);
void           kobra_sheet_geometry_set_column_width   (KobraSheetGeometry *self,
                                                        guint               column,
                                                        int                 width);
int            kobra_sheet_geometry_get_column_width   (const KobraSheetGeometry *self,
                                                        guint                     column);
/* In content coordinates. */
double         kobra_sheet_geometry_get_column_start   (const KobraSheetGeometry *self,
                                                        guint                     column);
double         kobra_sheet_geometry_get_content_width  (const KobraSheetGeometry *self);
double         kobra_sheet_geometry_get_content_height (const KobraSheetGeometry *self);

/* How far it scrolls: the content, and a bit more if it does not fit into the body. */
double         kobra_sheet_geometry_get_extent_x       (const KobraSheetGeometry *self);
double         kobra_sheet_geometry_get_extent_y       (const KobraSheetGeometry *self);

/* Where cells scroll: the sheet without header and leading column. In sheet coordinates. */
KobraSheetRect kobra_sheet_geometry_get_body           (const KobraSheetGeometry *self);

/* In sheet coordinates, wherever that is outside the sheet. */
KobraSheetRect kobra_sheet_geometry_get_cell           (const KobraSheetGeometry *self,
                                                        guint                     row,
                                                        guint                     column);
/* The same for @n_rows times @n_columns cells, at least one each. */
KobraSheetRect kobra_sheet_geometry_get_range          (const KobraSheetGeometry *self,
                                                        guint                     row,
                                                        guint                     n_rows,
                                                        guint                     column,
                                                        guint                     n_columns);
KobraSheetRect kobra_sheet_geometry_get_header         (const KobraSheetGeometry *self,
                                                        guint                     column);
KobraSheetRect kobra_sheet_geometry_get_leading        (const KobraSheetGeometry *self,
                                                        guint                     row);

/* The part of @a in @b; of width or height 0 if there is none. */
KobraSheetRect kobra_sheet_rect_intersect              (KobraSheetRect a,
                                                        KobraSheetRect b);

/* The rows and columns of which at least a part is in the body, *@last included; FALSE if there are none. */
gboolean       kobra_sheet_geometry_get_visible_rows   (const KobraSheetGeometry *self,
                                                        guint                    *first,
                                                        guint                    *last);
gboolean       kobra_sheet_geometry_get_visible_columns (const KobraSheetGeometry *self,
                                                        guint                    *first,
                                                        guint                    *last);

/* How many whole rows the body shows, at least 1. */
guint          kobra_sheet_geometry_get_page           (const KobraSheetGeometry *self);

KobraSheetHit  kobra_sheet_geometry_hit                (const KobraSheetGeometry *self,
                                                        double                    x,
                                                        double                    y);
/* The nearest cell, also from outside the body; there must be a cell. */
void           kobra_sheet_geometry_get_nearest        (const KobraSheetGeometry *self,
                                                        double                    x,
                                                        double                    y,
                                                        guint                    *row,
                                                        guint                    *column);

/* Brings the scroll offsets back to where there is content. */
void           kobra_sheet_geometry_clamp              (KobraSheetGeometry *self);

/* Scrolls as little as needed to show the row or column. @far_centres: one that was not to be seen comes to the middle, so
 * that there is something around it. */
void           kobra_sheet_geometry_reveal_row         (KobraSheetGeometry *self,
                                                        guint               row,
                                                        gboolean            far_centres);
void           kobra_sheet_geometry_reveal_column      (KobraSheetGeometry *self,
                                                        guint               column);

G_END_DECLS
