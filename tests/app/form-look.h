/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A form of one record as a person meets it: its fields are found among the widgets, typed into, and read. Included by the tests of forms. */

#include "kobra-field-row.h"
#include "kobra-record-form.h"
#include "kobra-test.h"
#include "widget-look.h"

typedef struct
{
  KobraImport     *import;
  KobraRecordForm *form;
  GtkWindow       *window;
  KobraFieldRow   *rows[KOBRA_MAX_FIELDS];
} Look;

static void
look_collect_rows (Look      *self,
                   GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (KOBRA_IS_FIELD_ROW (child))
      self->rows[kobra_field_row_get_place (KOBRA_FIELD_ROW (child))] = KOBRA_FIELD_ROW (child);
    else
      look_collect_rows (self, child);
}

static GtkWidget *
look_get_control (Look *self,
                  guint field)
{
  return adw_bin_get_child (ADW_BIN (look_for (GTK_WIDGET (self->rows[field]), ADW_TYPE_BIN, "field-control")));
}

static void
look_frame_drawn_cb (GdkFrameClock *clock,
                     gboolean      *drawn)
{
  *drawn = TRUE;
}

/* What is changed is shown with the next frame. */
static void
look_at_frame (Look *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  gboolean       drawn = FALSE;
  gulong         id = g_signal_connect (clock, "after-paint", G_CALLBACK (look_frame_drawn_cb), &drawn);

  gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_AFTER_PAINT);
  kobra_test_wait_for_flag (&drawn);
  g_signal_handler_disconnect (clock, id);
}

static void
look_type (Look       *self,
           guint       field,
           const char *text)
{
  kobra_field_row_focus (self->rows[field]);
  gtk_editable_set_text (GTK_EDITABLE (look_get_control (self, field)), text);
  look_at_frame (self);
}

static const char *
look_get_text (Look *self,
               guint field)
{
  return kobra_import_get_field (self->import, 0, field);
}

/* Puts a text into the table as the sheet would. */
static void
look_put (Look       *self,
          guint       field,
          const char *text)
{
  g_assert_true (kobra_import_set_fields (self->import, "Edit", 0, &field, &text, 1));
  look_at_frame (self);
}

static void
look_undo (Look *self)
{
  kobra_import_end_typing (self->import);
  kobra_table_undo (kobra_import_get_table (self->import));
  look_at_frame (self);
}

/* What is said against the field's text, or "". */
static char *
look_dup_problem (Look *self,
                  guint field)
{
  GtkWidget *row = GTK_WIDGET (self->rows[field]), *error = look_for (row, GTK_TYPE_LABEL, "error"), *warning = look_for (row, GTK_TYPE_LABEL, "warning");
  GtkWidget *problem = error != NULL ? error : warning;

  return g_strdup (problem != NULL && gtk_widget_get_visible (problem) ? gtk_label_get_label (GTK_LABEL (problem)) : "");
}

/* A record with @texts (place, text) in a form in a window of its own. */
static void
look_init (Look       *self,
           KobraKind   kind,
           gboolean    for_new,
           KobraRecord *record)
{
  *self = (Look) { .import = kobra_import_new (), .form = g_object_new (KOBRA_TYPE_RECORD_FORM, NULL), .window = GTK_WINDOW (gtk_window_new ()) };
  kobra_import_start_empty (self->import, kind, KOBRA_IMPORT_NEW);
  g_assert_cmpint (kobra_import_append_record (self->import, record), ==, 0);
  if (for_new)
    kobra_record_form_set_for_new (self->form);
  gtk_window_set_default_size (self->window, 400, 400);
  gtk_window_set_child (self->window, GTK_WIDGET (self->form));
  kobra_record_form_set_record (self->form, self->import, kobra_table_peek_row (kobra_import_get_table (self->import), 0)->id);
  look_collect_rows (self, GTK_WIDGET (self->form));
  gtk_window_present (self->window);
  look_at_frame (self);
}

static void
look_clear (Look *self)
{
  g_object_ref (self->form);
  gtk_window_destroy (self->window);
  g_assert_finalize_object (self->form);
  g_assert_finalize_object (self->import);
}
