/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-problems-page.h"

#include <glib/gi18n.h>

#include "kobra-import-choices.h"
#include "kobra-import-layout.h"
#include "kobra-problem-row.h"

#include "kobra-banned.h"

struct _KobraProblemsPage
{
  AdwBin               parent_instance;

  GtkStack            *pages;
  AdwPreferencesGroup *errors_group;
  AdwPreferencesGroup *warnings_group;
  AdwPreferencesGroup *ignored_group;
  GtkListBox          *errors;
  GtkListBox          *warnings;
  GtkListBox          *ignored;
  GtkSizeGroup        *counts;

  KobraImport         *import;
  GSignalGroup        *import_signals;
  guint                tick; /* the update that waits for the next frame, or 0 */
};

G_DEFINE_FINAL_TYPE (KobraProblemsPage, kobra_problems_page, ADW_TYPE_BIN)

enum
{
  SHOW_PROBLEM,
  FIX_PROBLEM,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
ignore_cb (KobraProblemsPage *self,
           KobraProblemRow   *row)
{
  KobraProblemCode code = kobra_problem_row_get_code (row);

  kobra_import_ignore (self->import, code, !kobra_import_ignores (self->import, code));
}

static void
fix_cb (KobraProblemsPage *self,
        KobraProblemRow   *row)
{
  g_signal_emit (self, signals[FIX_PROBLEM], 0, (guint) kobra_problem_row_get_code (row), kobra_problem_row_get_place (row));
}

static void
row_activated_cb (KobraProblemsPage *self,
                  KobraProblemRow   *row)
{
  g_signal_emit (self, signals[SHOW_PROBLEM], 0, (guint) kobra_problem_row_get_code (row), kobra_problem_row_get_place (row));
}

static void
insert_row (KobraProblemsPage *self,
            GtkListBox        *list,
            int                at,
            KobraProblemCode   code,
            const KobraField  *field,
            guint              place)
{
  GtkWidget *row = kobra_problem_row_new (code, field, place, self->counts);

  g_signal_connect_object (row, "fix", G_CALLBACK (fix_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "ignore", G_CALLBACK (ignore_cb), self, G_CONNECT_SWAPPED);
  gtk_list_box_insert (list, row, at);
}

/* The row at @at if it is the one of @code and @place; those before it that nobody needs any more are gone then. */
static KobraProblemRow *
find_row (GtkListBox      *list,
          int              at,
          KobraProblemCode code,
          guint            place)
{
  KobraProblemRow *row;

  while ((row = KOBRA_PROBLEM_ROW (gtk_list_box_get_row_at_index (list, at))) != NULL)
    {
      KobraProblemCode its_code = kobra_problem_row_get_code (row);

      if (its_code == code && kobra_problem_row_get_place (row) == place)
        return row;
      if (its_code > code || (its_code == code && kobra_problem_row_get_place (row) > place))
        return NULL;
      gtk_list_box_remove (list, GTK_WIDGET (row));
    }
  return NULL;
}

static void
drop_rows (GtkListBox *list,
           int         from)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, from)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* The rows of one list follow the counts; both are in the order of codes and fields. Returns how many there are. */
static int
update_list (KobraProblemsPage *self,
             GtkListBox        *list,
             KobraSeverity      severity)
{
  const KobraSchema *schema = kobra_import_get_schema (self->import);
  int                n = 0;

  for (guint code = KOBRA_PROBLEM_NONE + 1; code < KOBRA_N_PROBLEMS; code++)
    {
      if (kobra_problem_get_severity ((KobraProblemCode) code) != severity)
        continue;
      for (guint place = 0; place < schema->n_fields; place++)
        {
          guint count = kobra_import_count_problems (self->import, (KobraProblemCode) code, place);

          if (count == 0)
            continue;
          if (find_row (list, n, (KobraProblemCode) code, place) == NULL)
            insert_row (self, list, n, (KobraProblemCode) code, &schema->fields[place], place);
          kobra_problem_row_set_count (KOBRA_PROBLEM_ROW (gtk_list_box_get_row_at_index (list, n)), count);
          n++;
        }
    }
  drop_rows (list, n);
  return n;
}

static int
update_ignored (KobraProblemsPage *self)
{
  int n = 0;

  for (guint code = KOBRA_PROBLEM_NONE + 1; code < KOBRA_N_PROBLEMS; code++)
    {
      if (!kobra_import_ignores (self->import, (KobraProblemCode) code))
        continue;
      if (find_row (self->ignored, n, (KobraProblemCode) code, 0) == NULL)
        insert_row (self, self->ignored, n, (KobraProblemCode) code, NULL, 0);
      n++;
    }
  drop_rows (self->ignored, n);
  return n;
}

/* Where it is remembered. */
static char *
dup_ignored_description (KobraProblemsPage *self)
{
  const char *layout = kobra_import_get_layout_name (self->import);

  if (layout == NULL)
    return g_strdup (_ ("Nobody looks for these warnings in this import. Once its layout is saved, it remembers them for other files."));
  /* TRANSLATORS: the name of a saved layout */
  return g_strdup_printf (_ ("Nobody looks for these warnings in files with the layout “%s”."), layout);
}

static void
update (KobraProblemsPage *self)
{
  g_autofree char *description = NULL;
  int n_errors, n_warnings, n_ignored;

  if (self->import == NULL || kobra_import_get_table (self->import) == NULL)
    return;
  n_errors = update_list (self, self->errors, KOBRA_SEVERITY_ERROR);
  n_warnings = update_list (self, self->warnings, KOBRA_SEVERITY_WARNING);
  n_ignored = update_ignored (self);
  description = dup_ignored_description (self);
  adw_preferences_group_set_description (self->ignored_group, description);
  gtk_widget_set_visible (GTK_WIDGET (self->errors_group), n_errors > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->warnings_group), n_warnings > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->ignored_group), n_ignored > 0);
  gtk_stack_set_visible_child_name (self->pages, n_errors + n_warnings + n_ignored > 0 ? "problems" : "none");
}

static gboolean
frame_cb (GtkWidget     *widget,
          GdkFrameClock *clock,
          gpointer       data)
{
  KOBRA_PROBLEMS_PAGE (widget)->tick = 0;
  update (KOBRA_PROBLEMS_PAGE (widget));
  return G_SOURCE_REMOVE;
}

static void
queue_update (KobraProblemsPage *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), frame_cb, NULL, NULL);
}

static void
kobra_problems_page_dispose (GObject *object)
{
  KobraProblemsPage *self = KOBRA_PROBLEMS_PAGE (object);

  g_clear_object (&self->import_signals);
  g_clear_object (&self->import);
  /* Disposing of the template takes a child that is bound away, and the bin would go on to the place where it was. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_PROBLEMS_PAGE);

  G_OBJECT_CLASS (kobra_problems_page_parent_class)->dispose (object);
}

static void
kobra_problems_page_class_init (KobraProblemsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_problems_page_dispose;

  signals[SHOW_PROBLEM] = g_signal_new ("show-problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  signals[FIX_PROBLEM] = g_signal_new ("fix-problem", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-problems-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraProblemsPage, pages);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemsPage, errors_group);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemsPage, warnings_group);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemsPage, ignored_group);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemsPage, errors);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemsPage, warnings);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemsPage, ignored);
  gtk_widget_class_bind_template_child (widget_class, KobraProblemsPage, counts);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
kobra_problems_page_init (KobraProblemsPage *self)
{
  self->import_signals = g_signal_group_new (KOBRA_TYPE_IMPORT);
  g_signal_group_connect_object (self->import_signals, "counts-changed", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->import_signals, "notify::table", G_CALLBACK (queue_update), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
kobra_problems_page_set_import (KobraProblemsPage *self,
                                KobraImport       *import)
{
  g_return_if_fail (KOBRA_IS_PROBLEMS_PAGE (self));

  g_set_object (&self->import, import);
  g_signal_group_set_target (self->import_signals, import);
  queue_update (self);
}
