/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout-store.h"

#include <string.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "kobra-text.h"

#include "kobra-banned.h"

#define MAX_FILE_BYTES ((gsize) 1 << 20)
#define MAX_POSITION 16384
#define MAX_SHOWN 40 /* characters of a name in a message */

G_DEFINE_QUARK (kobra-layout-error-quark, kobra_layout_error)

typedef struct
{
  char *header;   /* folded, or NULL */
  guint position; /* from 1, or 0 */
  int   field;    /* or -1 */
} Column;

struct _KobraLayoutFile
{
  const KobraSchema *schema;
  GArray            *columns; /* Column */
};

static void
column_clear (gpointer data)
{
  Column *column = data;

  g_free (column->header);
}

static gboolean
fail (const char *path,
      const char *what,
      GError    **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, KOBRA_LAYOUT_ERROR, KOBRA_LAYOUT_ERROR_FORMAT,
               /* TRANSLATORS: a file's path, then what is wrong in it */
               _ ("The layout file “%s” cannot be used: %s"), shown, what);
  return FALSE;
}

/* The member's value, or NULL if there is none of that type. */
static JsonNode *
get_value (JsonObject *object,
           const char *member,
           GType       type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

static gboolean
read_field (KobraLayoutFile *self,
            JsonObject      *object,
            const char      *path,
            int             *field,
            GError         **error)
{
  JsonNode        *node = json_object_get_member (object, "field");
  const char      *name;
  g_autofree char *shown = NULL, *what = NULL;

  *field = -1;
  if (node != NULL && JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (get_value (object, "field", G_TYPE_STRING) == NULL)
    return fail (path, _ ("each of its “columns” must have a “field”: a name, or null for a column that is not sent."), error);
  name = json_node_get_string (node);
  *field = kobra_schema_find_field (self->schema, name);
  if (*field >= 0)
    return TRUE;
  shown = kobra_text_visible (name, MAX_SHOWN);
  what = g_strdup_printf (_ ("there is no field “%s” in %s. Fields are named as the API names them, such as externalID."), shown, self->schema->name);
  return fail (path, what, error);
}

static gboolean
read_column (KobraLayoutFile *self,
             JsonNode        *node,
             const char      *path,
             GError         **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode   *header, *position;
  Column      column = { 0 };

  if (object == NULL)
    return fail (path, _ ("each of its “columns” must be an object with a “header” or a “position”, and a “field”."), error);
  header = get_value (object, "header", G_TYPE_STRING);
  position = get_value (object, "position", G_TYPE_INT64);
  if ((header == NULL) == (position == NULL) || (position != NULL && (json_node_get_int (position) < 1 || json_node_get_int (position) > MAX_POSITION)))
    return fail (path, _ ("each of its “columns” must have a “header” or a “position” from 1 to 16384."), error);
  if (!read_field (self, object, path, &column.field, error))
    return FALSE;
  column.header = header != NULL ? kobra_text_fold (json_node_get_string (header)) : NULL;
  column.position = position != NULL ? (guint) json_node_get_int (position) : 0;
  g_array_append_val (self->columns, column);
  return TRUE;
}

static gboolean
read_root (KobraLayoutFile *self,
           JsonNode        *root,
           const char      *path,
           GError         **error)
{
  JsonObject *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode   *columns = object != NULL ? json_object_get_member (object, "columns") : NULL;
  JsonNode   *kind;

  if (columns == NULL || !JSON_NODE_HOLDS_ARRAY (columns))
    return fail (path, _ ("it must be a JSON object with a list called “columns”."), error);
  kind = get_value (object, "kind", G_TYPE_STRING);
  self->schema = kind != NULL ? kobra_schema_find (json_node_get_string (kind)) : NULL;
  if (self->schema == NULL && json_object_has_member (object, "kind"))
    return fail (path, _ ("its “kind” must be “accounts” or “promises”."), error);
  if (self->schema == NULL)
    self->schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);
  for (guint i = 0; i < json_array_get_length (json_node_get_array (columns)); i++)
    if (!read_column (self, json_array_get_element (json_node_get_array (columns), i), path, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_text (const char *path,
           char      **text,
           gsize      *length,
           GError    **error)
{
  g_autoptr (GFile)            file = g_file_new_for_path (path);
  g_autoptr (GError)           cause = NULL;
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, &cause);

  *text = g_malloc (MAX_FILE_BYTES + 1);
  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), *text, MAX_FILE_BYTES + 1, length, NULL, &cause))
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, KOBRA_LAYOUT_ERROR, KOBRA_LAYOUT_ERROR_FILE, _ ("The layout file “%s” cannot be read: %s"), shown, cause->message);
      return FALSE;
    }
  if (*length > MAX_FILE_BYTES)
    return fail (path, _ ("it is over 1 MiB."), error);
  return TRUE;
}

KobraLayoutFile *
kobra_layout_file_read (const char *path,
                        GError    **error)
{
  g_autoptr (JsonParser)      parser = json_parser_new ();
  g_autoptr (KobraLayoutFile) self = g_new0 (KobraLayoutFile, 1);
  g_autoptr (GError)          cause = NULL;
  g_autofree char            *text = NULL;
  gsize                       length = 0;

  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, column_clear);
  if (!read_text (path, &text, &length, error))
    return NULL;
  json_parser_set_strict (parser, TRUE);
  /* How deep a hostile file drives the parser is the parser's own limit, since json-glib 1.10. */
  if (!g_utf8_validate_len (text, length, NULL) || !json_parser_load_from_data (parser, text, (gssize) length, &cause))
    {
      fail (path, cause != NULL ? cause->message : _ ("it is not JSON in UTF-8."), error);
      return NULL;
    }
  if (!read_root (self, json_parser_get_root (parser), path, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
kobra_layout_file_free (KobraLayoutFile *self)
{
  g_array_unref (self->columns);
  g_free (self);
}

KobraKind
kobra_layout_file_get_kind (KobraLayoutFile *self)
{
  return self->schema->kind;
}

/* What the file says of the column, or NULL. */
static const Column *
find_column (KobraLayoutFile *self,
             const char      *header,
             guint            place)
{
  g_autofree char *folded = kobra_text_fold (header);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      if (column->header != NULL ? strcmp (column->header, folded) == 0 : column->position == place + 1)
        return column;
    }
  return NULL;
}

void
kobra_layout_file_apply (KobraLayoutFile   *self,
                         KobraLayout       *layout,
                         const char *const *headers)
{
  gboolean given[KOBRA_MAX_FIELDS] = { FALSE };

  g_return_if_fail (layout->schema == self->schema);

  for (guint i = 0; i < layout->n_columns; i++)
    {
      const Column *column = find_column (self, headers[i], i);

      /* Of two columns that the file gives one field, the first has it. */
      if (column == NULL || (column->field >= 0 && given[column->field]))
        continue;
      kobra_layout_set_field (layout, i, column->field);
      if (column->field >= 0)
        given[column->field] = TRUE;
    }
}
