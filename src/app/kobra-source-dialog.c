/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-source-dialog.h"

#include <glib/gi18n.h>

#include "kobra-look-model.h"
#include "kobra-sheet.h"

#include "kobra-banned.h"

#define N_LOOK_ROWS 50

/* So many rows and columns are offered to begin with. */
#define N_OFFERED 20u

struct _KobraSourceDialog
{
  AdwDialog parent_instance;

  AdwComboRow  *sheet_row, *encoding_row, *separator_row, *quote_row, *header_row, *column_row;
  AdwSwitchRow *keep_row;
  GtkLabel     *left_out, *failure;
  GtkStack     *pages;
  GtkWidget    *open_button;
  KobraSheet   *preview;

  GFile           *file;
  GBytes          *bytes;
  KobraReadOptions read;
  GPtrArray       *sheets;    /* what each is called in the options */
  GCancellable    *looking;   /* at the rows as they are with what is chosen now, or NULL */
  gboolean         is_filling; /* the rows' choices change by themselves */
};

G_DEFINE_FINAL_TYPE (KobraSourceDialog, kobra_source_dialog, ADW_TYPE_DIALOG)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  char        separator;
  const char *label;
} separators[] = {
  { ',', N_("Comma") },
  { ';', N_("Semicolon") },
  { '\t', N_("Tab") },
  { '|', N_("Bar") },
  { ' ', N_("Space") },
  { ':', N_("Colon") },
};

static const struct
{
  char        quote;
  const char *label;
} quotes[] = {
  { '"', N_("Double (\")") },
  { '\'', N_("Single (')") },
  { KOBRA_QUOTE_NONE, N_("None") },
};

static const char *
get_separator_label (char separator)
{
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i].separator == separator)
      return _ (separators[i].label);
  return _ ("Another Character");
}

static char *
dup_column_letter (guint column)
{
  char letters[2] = { (char) ('A' + column % 26), '\0' };

  return g_strdup (letters);
}

/* "Comma (Found)" as the first choice; with something else chosen, or nothing found, NULL. */
static void
append_found (GtkStringList *choices,
              const char    *found)
{
  /* TRANSLATORS: what was found by looking at the file, and is used unless something is chosen, such as “Comma (Found)” */
  g_autofree char *text = found != NULL ? g_strdup_printf (_ ("%s (Found)"), found) : NULL;

  gtk_string_list_append (choices, text != NULL ? text : _ ("Automatic"));
}

static void
fill (AdwComboRow   *row,
      GtkStringList *choices,
      guint          selected)
{
  adw_combo_row_set_model (row, G_LIST_MODEL (choices));
  adw_combo_row_set_selected (row, selected);
}

/* The sheet's name, by which a saved layout finds it in another book; or its number, as tables of a web page may have no names, or the same. */
static char *
dup_sheet_choice (const GArray *sheets,
                  guint         number)
{
  const char *name = g_array_index (sheets, KobraReadSheet, number).name;

  for (guint i = 0; i < sheets->len; i++)
    if (*name == '\0' || (i != number && g_str_equal (g_array_index (sheets, KobraReadSheet, i).name, name)))
      return g_strdup_printf ("%u", number + 1);
  return g_strdup (name);
}

static void
fill_sheets (KobraSourceDialog *self,
             const KobraOpened *opened)
{
  const GArray *sheets = opened->info.sheets;
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->sheets, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet_row), sheets != NULL && sheets->len > 1);
  for (guint i = 0; sheets != NULL && i < sheets->len; i++)
    {
      const KobraReadSheet *sheet = &g_array_index (sheets, KobraReadSheet, i);
      g_autofree char      *size = NULL, *text = NULL;

      if (sheet->n_rows == 0)
        size = g_strdup (_ ("empty"));
      else
        size = g_strdup_printf (ngettext ("%'u row", "%'u rows", sheet->n_rows), sheet->n_rows);
      text = g_strdup_printf (sheet->is_hidden ? _ ("%s (%s, hidden)") : _ ("%s (%s)"), sheet->name, size);
      gtk_string_list_append (choices, text);
      g_ptr_array_add (self->sheets, dup_sheet_choice (sheets, i));
    }
  fill (self->sheet_row, choices, opened->info.sheet);
}

static void
fill_text (KobraSourceDialog *self,
           const KobraOpened *opened)
{
  const gboolean is_text = opened->info.format == KOBRA_FORMAT_TEXT, is_known = opened->headers != NULL;
  g_autoptr (GtkStringList) encodings = gtk_string_list_new (NULL), marks = gtk_string_list_new (NULL), lines = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->encoding_row), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->separator_row), is_text);
  gtk_widget_set_visible (GTK_WIDGET (self->quote_row), is_text);
  append_found (encodings, is_known && self->read.encoding == KOBRA_ENCODING_DETECT ? kobra_encoding_get_label (opened->info.encoding) : NULL);
  for (guint i = KOBRA_ENCODING_DETECT + 1; i < KOBRA_N_ENCODINGS; i++)
    gtk_string_list_append (encodings, kobra_encoding_get_label ((KobraEncoding) i));
  fill (self->encoding_row, encodings, self->read.encoding);

  append_found (marks, is_known && self->read.separator == 0 ? get_separator_label (opened->info.separator) : NULL);
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      gtk_string_list_append (marks, _ (separators[i].label));
      if (separators[i].separator == self->read.separator)
        selected = i + 1;
    }
  fill (self->separator_row, marks, selected);

  selected = 0;
  for (guint i = 0; i < G_N_ELEMENTS (quotes); i++)
    {
      gtk_string_list_append (lines, _ (quotes[i].label));
      if (quotes[i].quote == self->read.quote)
        selected = i;
    }
  fill (self->quote_row, lines, selected);
}

static void
fill_table (KobraSourceDialog *self,
            const KobraOpened *opened)
{
  g_autoptr (GtkStringList) headers = gtk_string_list_new (NULL), columns = gtk_string_list_new (NULL);
  g_autofree char *line = opened->has_header ? g_strdup_printf (_ ("Row %u"), opened->header_row) : g_strdup (_ ("None"));
  g_autofree char *letter = dup_column_letter (MAX (opened->first_column, 1) - 1);
  const guint      row = self->read.header_row;

  append_found (headers, opened->headers != NULL && row == 0 ? line : NULL);
  gtk_string_list_append (headers, _ ("None: All Rows Are Records"));
  for (guint i = 1; i <= N_OFFERED; i++)
    {
      g_autofree char *text = g_strdup_printf (_ ("Row %u"), i);

      gtk_string_list_append (headers, text);
    }
  fill (self->header_row, headers, row == 0 ? 0 : row == KOBRA_HEADER_NONE ? 1 : MIN (row + 1, N_OFFERED + 1));

  append_found (columns, opened->headers != NULL && self->read.first_column == 0 ? letter : NULL);
  for (guint i = 0; i < N_OFFERED; i++)
    {
      g_autofree char *text = dup_column_letter (i);

      gtk_string_list_append (columns, text);
    }
  fill (self->column_row, columns, MIN (self->read.first_column, N_OFFERED));
  adw_switch_row_set_active (self->keep_row, self->read.keep_all);
}

static void
fill_all (KobraSourceDialog *self,
          const KobraOpened *opened)
{
  self->is_filling = TRUE;
  fill_sheets (self, opened);
  fill_text (self, opened);
  fill_table (self, opened);
  self->is_filling = FALSE;
}

static void
show_left_out (KobraSourceDialog *self,
               const KobraOpened *opened)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < opened->left_out->len; i++)
    {
      const KobraLeftOut *lines = &g_array_index (opened->left_out, KobraLeftOut, i);

      g_string_append (text, text->len > 0 ? " · " : "");
      /* TRANSLATORS: rows that are left out, and why: “1–2: title above the header” */
      if (lines->first == lines->last)
        g_string_append_printf (text, _ ("%u: %s"), lines->first, kobra_left_out_get_label (lines->reason));
      else
        g_string_append_printf (text, _ ("%u–%u: %s"), lines->first, lines->last, kobra_left_out_get_label (lines->reason));
    }
  g_string_prepend (text, _ ("Left out among the first rows: "));
  gtk_label_set_label (self->left_out, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->left_out), opened->left_out->len > 0);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (KobraSourceDialog) self = data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (KobraOpened) opened = kobra_import_look_finish (result, &error), unknown = kobra_opened_new ();
  g_autoptr (KobraLookModel) model = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  g_clear_object (&self->looking);
  gtk_stack_set_visible_child_name (self->pages, opened != NULL ? "sheet" : "failed");
  gtk_widget_set_sensitive (self->open_button, opened != NULL);
  if (opened == NULL)
    {
      gtk_label_set_label (self->failure, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->left_out), FALSE);
      /* There must be something to choose from even if nothing was ever read. */
      if (adw_combo_row_get_model (self->header_row) == NULL)
        fill_all (self, unknown);
      return;
    }
  fill_all (self, opened);
  show_left_out (self, opened);
  model = kobra_look_model_new (g_steal_pointer (&opened));
  kobra_sheet_set_model (self->preview, KOBRA_SHEET_MODEL (model));
}

/* Shows the first rows as they are with what is chosen. */
static void
look (KobraSourceDialog *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  kobra_import_look_async (self->file, self->bytes, &self->read, N_LOOK_ROWS, self->looking, looked_cb, g_object_ref (self));
}

static guint
get_selected (AdwComboRow *row)
{
  guint selected = adw_combo_row_get_selected (row);

  return selected != GTK_INVALID_LIST_POSITION ? selected : 0;
}

static void
chosen_cb (KobraSourceDialog *self)
{
  guint selected;

  if (self->is_filling)
    return;
  if (gtk_widget_get_visible (GTK_WIDGET (self->sheet_row)))
    g_set_str (&self->read.sheet, g_ptr_array_index (self->sheets, get_selected (self->sheet_row)));
  self->read.encoding = (KobraEncoding) get_selected (self->encoding_row);
  selected = get_selected (self->separator_row);
  self->read.separator = selected > 0 ? separators[selected - 1].separator : 0;
  self->read.quote = quotes[get_selected (self->quote_row)].quote;
  selected = get_selected (self->header_row);
  self->read.header_row = selected == 0 ? 0 : selected == 1 ? KOBRA_HEADER_NONE : selected - 1;
  self->read.first_column = get_selected (self->column_row);
  self->read.keep_all = adw_switch_row_get_active (self->keep_row);
  look (self);
}

static void
cancel_clicked_cb (KobraSourceDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
open_clicked_cb (KobraSourceDialog *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
kobra_source_dialog_dispose (GObject *object)
{
  KobraSourceDialog *self = KOBRA_SOURCE_DIALOG (object);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  gtk_widget_dispose_template (GTK_WIDGET (self), KOBRA_TYPE_SOURCE_DIALOG);

  G_OBJECT_CLASS (kobra_source_dialog_parent_class)->dispose (object);
}

static void
kobra_source_dialog_finalize (GObject *object)
{
  KobraSourceDialog *self = KOBRA_SOURCE_DIALOG (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  kobra_read_options_clear (&self->read);
  g_clear_pointer (&self->sheets, g_ptr_array_unref);

  G_OBJECT_CLASS (kobra_source_dialog_parent_class)->finalize (object);
}

static void
kobra_source_dialog_class_init (KobraSourceDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = kobra_source_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = kobra_source_dialog_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (KOBRA_TYPE_SHEET);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/kobraimport/KobraImport/kobra-source-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, sheet_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, separator_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, quote_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, header_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, column_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, keep_row);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, left_out);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, open_button);
  gtk_widget_class_bind_template_child (widget_class, KobraSourceDialog, preview);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked_cb);
}

static void
kobra_source_dialog_init (KobraSourceDialog *self)
{
  self->is_filling = TRUE;
  self->sheets = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->is_filling = FALSE;
}

KobraSourceDialog *
kobra_source_dialog_new (GFile                  *file,
                         GBytes                 *bytes,
                         const KobraReadOptions *read)
{
  KobraSourceDialog *self = g_object_new (KOBRA_TYPE_SOURCE_DIALOG, NULL);

  g_set_object (&self->file, file);
  self->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  kobra_read_options_copy (read, &self->read);
  look (self);
  return self;
}

const KobraReadOptions *
kobra_source_dialog_get_options (KobraSourceDialog *self)
{
  g_return_val_if_fail (KOBRA_IS_SOURCE_DIALOG (self), NULL);

  return &self->read;
}
