/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout-store.h"

#include <string.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "kobra-text.h"

#include "kobra-banned.h"

#define MAX_FILE_BYTES ((gsize) 1 << 20)

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
  g_set_error (error, KOBRA_LAYOUT_ERROR, KOBRA_LAYOUT_ERROR_FORMAT,
               /* TRANSLATORS: a file's path, then what is wrong in it */
               _ ("The layout file “%s” cannot be used: %s"), path, what);
  return FALSE;
}

static const char *
get_string (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gboolean
read_column (KobraLayoutFile *self,
             JsonNode        *node,
             const char      *path,
             GError         **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *header, *name;
  gint64      position;
  Column      column = { .field = -1 };

  if (object == NULL)
    return fail (path, _ ("each of its “columns” must be an object with a “header” or a “position”, and a “field”."), error);
  header = get_string (object, "header");
  name = get_string (object, "field");
  position = json_object_get_int_member_with_default (object, "position", 0);
  if ((header == NULL) == (position < 1 || position > 16384))
    return fail (path, _ ("each of its “columns” must have a “header” or a “position” from 1 to 16384."), error);
  if (name != NULL)
    {
      g_autofree char *what = NULL;

      column.field = kobra_schema_find_field (self->schema, name);
      what = g_strdup_printf (_ ("there is no field “%.40s” in %s. Fields are named as the API names them, such as externalID."), name, self->schema->name);
      if (column.field < 0)
        return fail (path, what, error);
    }
  column.header = header != NULL ? kobra_text_fold (header) : NULL;
  column.position = header == NULL ? (guint) position : 0;
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
  const char *kind;

  if (columns == NULL || !JSON_NODE_HOLDS_ARRAY (columns))
    return fail (path, _ ("it must be a JSON object with a list called “columns”."), error);
  kind = get_string (object, "kind");
  self->schema = kobra_schema_find (kind != NULL ? kind : "accounts");
  if (self->schema == NULL)
    return fail (path, _ ("its “kind” must be “accounts” or “promises”."), error);
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
      g_set_error (error, KOBRA_LAYOUT_ERROR, KOBRA_LAYOUT_ERROR_FILE, _ ("The layout file “%s” cannot be read: %s"), path, cause->message);
      return FALSE;
    }
  if (*length > MAX_FILE_BYTES)
    return fail (path, _ ("it is over 1 MiB."), error);
  return TRUE;
}

/* json-glib calls itself for each level: how deep a hostile file can drive it is decided before it starts. */
static gboolean
is_shallow (const char *text,
            gsize       length)
{
  gsize depth = 0;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '[' || text[i] == '{')
      {
        if (++depth > 1000)
          return FALSE;
      }
    else if ((text[i] == ']' || text[i] == '}') && depth > 0)
      {
        depth--;
      }
  return TRUE;
}

KobraLayoutFile *
kobra_layout_file_read (const char *path,
                        GError    **error)
{
  g_autoptr (JsonParser)      parser = json_parser_new_immutable ();
  g_autoptr (KobraLayoutFile) self = g_new0 (KobraLayoutFile, 1);
  g_autoptr (GError)          cause = NULL;
  g_autofree char            *text = NULL;
  gsize                       length = 0;

  self->columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_array_set_clear_func (self->columns, column_clear);
  if (!read_text (path, &text, &length, error))
    return NULL;
  if (!g_utf8_validate_len (text, length, NULL) || !is_shallow (text, length) || !json_parser_load_from_data (parser, text, (gssize) length, &cause))
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

void
kobra_layout_file_apply (KobraLayoutFile   *self,
                         KobraLayout       *layout,
                         const char *const *headers)
{
  g_return_if_fail (layout->schema == self->schema);

  for (guint i = 0; i < layout->n_columns; i++)
    {
      g_autofree char *folded = kobra_text_fold (headers[i]);

      for (guint j = 0; j < self->columns->len; j++)
        {
          const Column *column = &g_array_index (self->columns, Column, j);

          if (column->header != NULL ? strcmp (column->header, folded) == 0 : column->position == i + 1)
            {
              kobra_layout_set_field (layout, i, column->field);
              break;
            }
        }
    }
}
