/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout-store-private.h"
#include "kobra-problem.h"

#include <string.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "kobra-text.h"

#include "kobra-banned.h"

#define MAX_FILE_BYTES ((gsize) 1 << 20)
#define MAX_POSITION 16384
#define MAX_SHOWN 40 /* characters of a name in a message */

G_DEFINE_QUARK (kobra-layout-error-quark, kobra_layout_error)

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
  KobraLayoutFileColumn column = { 0 };

  if (object == NULL)
    return fail (path, _ ("each of its “columns” must be an object with a “header” or a “position”, and a “field”."), error);
  header = get_value (object, "header", G_TYPE_STRING);
  position = get_value (object, "position", G_TYPE_INT64);
  if ((header == NULL) == (position == NULL) || (position != NULL && (json_node_get_int (position) < 1 || json_node_get_int (position) > MAX_POSITION)))
    return fail (path, _ ("each of its “columns” must have a “header” or a “position” from 1 to 16384."), error);
  if (!read_field (self, object, path, &column.field, error))
    return FALSE;
  column.header = header != NULL ? g_strdup (json_node_get_string (header)) : NULL;
  column.folded = column.header != NULL ? kobra_text_fold (column.header) : NULL;
  column.position = position != NULL ? (guint) json_node_get_int (position) : 0;
  g_array_append_val (self->columns, column);
  return TRUE;
}

/* At most @max texts of the list called @member; NULL, with an error, if it is something else. No list is an empty one. */
static char **
read_texts (JsonObject *object,
            const char *member,
            guint       max,
            const char *path,
            GError    **error)
{
  JsonNode         *node = json_object_get_member (object, member);
  JsonArray        *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autofree char  *what = g_strdup_printf (_ ("its “%s” must be a list of at most %u texts."), member, max);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  if (node != NULL && (array == NULL || json_array_get_length (array) > max))
    {
      fail (path, what, error);
      return NULL;
    }
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *text = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (text) || json_node_get_value_type (text) != G_TYPE_STRING)
        {
          fail (path, what, error);
          return NULL;
        }
      g_strv_builder_add (texts, json_node_get_string (text));
    }
  return g_strv_builder_end (texts);
}

static gboolean
read_derived (KobraLayoutFile *self,
              JsonNode        *node,
              const char      *path,
              GError         **error)
{
  JsonObject            *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode              *kind = object != NULL ? get_value (object, "kind", G_TYPE_STRING) : NULL, *text;
  KobraLayoutFileDerived derived = { 0 };
  gboolean               has_field;

  if (kind == NULL || !kobra_derive_find (json_node_get_string (kind), &derived.kind))
    return fail (path, _ ("each of its “derived” must be an object with a “kind”: constant, join, names-first or surnames-first."), error);
  has_field = derived.kind == KOBRA_DERIVE_CONSTANT || derived.kind == KOBRA_DERIVE_JOIN;
  derived.field = -1;
  if (has_field && !read_field (self, object, path, &derived.field, error))
    return FALSE;
  derived.from = read_texts (object, "from", KOBRA_DERIVE_MAX_COLUMNS, path, error);
  if (derived.from == NULL)
    return FALSE;
  text = get_value (object, "text", G_TYPE_STRING);
  derived.text = text != NULL ? g_strdup (json_node_get_string (text)) : NULL;
  g_array_append_val (self->derived, derived);
  if ((has_field && derived.field < 0) || (!has_field && self->schema->kind != KOBRA_KIND_ACCOUNTS) ||
      (derived.kind == KOBRA_DERIVE_CONSTANT ? derived.text == NULL : g_strv_length (derived.from) < (derived.kind == KOBRA_DERIVE_JOIN ? 2u : 1u)))
    return fail (path, _ ("a constant needs a “field” and a “text”, a join a “field” and two headers “from” which it comes, a split one."), error);
  return TRUE;
}

static gboolean
read_meaning (KobraLayoutFile *self,
              JsonNode        *node,
              const char      *path,
              GError         **error)
{
  JsonObject          *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode            *text = object != NULL ? get_value (object, "text", G_TYPE_STRING) : NULL;
  JsonNode            *code = object != NULL ? get_value (object, "code", G_TYPE_STRING) : NULL;
  KobraLayoutFileValue value = { 0 };
  int                  field;

  if (text == NULL || code == NULL)
    return fail (path, _ ("each of its “values” must be an object with a “field”, a “text” and a “code”."), error);
  if (!read_field (self, object, path, &field, error))
    return FALSE;
  if (field < 0 || kobra_field_find_choice (&self->schema->fields[field], json_node_get_string (code)) == NULL)
    return fail (path, _ ("a “code” of its “values” is none of those that the field can have."), error);
  value = (KobraLayoutFileValue) { (guint) field, g_strdup (json_node_get_string (text)), g_strdup (json_node_get_string (code)) };
  g_array_append_val (self->values, value);
  return TRUE;
}

/* A fix of a newer version is not known here, and one that is no answer is nobody's to do unasked. Of rivals the last counts. */
static gboolean
read_answer (KobraLayoutFile *self,
             JsonNode        *node,
             const char      *path,
             GError         **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonNode   *name = object != NULL ? get_value (object, "fix", G_TYPE_STRING) : NULL;
  KobraFix    fix;
  int         field;

  if (name == NULL)
    return fail (path, _ ("each of its “answers” must be an object with a “field” and a “fix”."), error);
  if (!read_field (self, object, path, &field, error))
    return FALSE;
  if (field >= 0 && kobra_fix_find (json_node_get_string (name), &fix) && (KOBRA_ANSWERS & KOBRA_FIX_BIT (fix)) != 0)
    self->answers[field] = (self->answers[field] & ~kobra_fix_get_rivals (fix)) | KOBRA_FIX_BIT (fix);
  return TRUE;
}

/* A kind of a newer version is not known here, and an error is never ignored. */
static gboolean
read_ignored (KobraLayoutFile *self,
              JsonNode        *node,
              const char      *path,
              GError         **error)
{
  KobraProblemCode code;

  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_STRING)
    return fail (path, _ ("its “ignored” must be a list of names of warnings."), error);
  if (kobra_problem_find (json_node_get_string (node), &code) && kobra_problem_get_severity (code) == KOBRA_SEVERITY_WARNING)
    self->ignored |= G_GUINT64_CONSTANT (1) << code;
  return TRUE;
}

/* Every member of the list called @member, if there is one. */
static gboolean
read_list (KobraLayoutFile *self,
           JsonObject      *object,
           const char      *member,
           guint            max,
           gboolean (*read) (KobraLayoutFile *self,
                             JsonNode        *node,
                             const char      *path,
                             GError         **error),
           const char      *path,
           GError         **error)
{
  JsonNode        *node = json_object_get_member (object, member);
  JsonArray       *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autofree char *what = g_strdup_printf (_ ("its “%s” must be a list of at most %u."), member, max);

  if (node == NULL)
    return TRUE;
  if (array == NULL || json_array_get_length (array) > max)
    return fail (path, what, error);
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read (self, json_array_get_element (array, i), path, error))
      return FALSE;
  return TRUE;
}

/* What it means is the readers' business: texts, numbers and truth values by name. */
static gboolean
read_reading (KobraLayoutFile *self,
              JsonObject      *object,
              const char      *path,
              GError         **error)
{
  JsonNode         *node = json_object_get_member (object, "reading");
  g_autoptr (GList) values = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_object_get_values (json_node_get_object (node)) : NULL;
  gboolean          is_well = node == NULL || JSON_NODE_HOLDS_OBJECT (node);

  for (GList *l = values; l != NULL; l = l->next)
    is_well = is_well && JSON_NODE_HOLDS_VALUE ((JsonNode *) l->data);
  if (!is_well)
    return fail (path, _ ("its “reading” must be an object of texts, numbers, true and false."), error);
  if (node != NULL)
    kobra_layout_file_set_reading (self, json_gvariant_deserialize (node, "a{sv}", NULL));
  return TRUE;
}

static gboolean
read_about (KobraLayoutFile *self,
            JsonObject      *object,
            const char      *path,
            GError         **error)
{
  JsonNode *version = get_value (object, "version", G_TYPE_INT64);
  JsonNode *name = get_value (object, "name", G_TYPE_STRING);
  JsonNode *type = get_value (object, "importType", G_TYPE_STRING);

  if (json_object_has_member (object, "version") && (version == NULL || json_node_get_int (version) != KOBRA_LAYOUT_FILE_VERSION))
    return fail (path, _ ("it was made by a newer version of Kobra Import. Update the program, or save the layout anew."), error);
  if (json_object_has_member (object, "name") && (name == NULL || kobra_text_n_characters (json_node_get_string (name), KOBRA_LAYOUT_MAX_NAME) > KOBRA_LAYOUT_MAX_NAME))
    return fail (path, _ ("its “name” must be a text of at most 100 characters."), error);
  if (json_object_has_member (object, "importType") && (type == NULL || !kobra_import_type_find (json_node_get_string (type), &self->import_type)))
    return fail (path, _ ("its “importType” must be “new”, “balances” or “personal”."), error);
  if (!read_reading (self, object, path, error))
    return FALSE;
  self->has_import_type = type != NULL;
  self->name = name != NULL ? g_strdup (json_node_get_string (name)) : NULL;
  self->headers = read_texts (object, "headers", MAX_POSITION, path, error);
  return self->headers != NULL && read_list (self, object, "derived", KOBRA_LAYOUT_MAX_DERIVED, read_derived, path, error) &&
         read_list (self, object, "values", KOBRA_LAYOUT_MAX_VALUES, read_meaning, path, error) &&
         read_list (self, object, "answers", KOBRA_LAYOUT_MAX_ANSWERS, read_answer, path, error) &&
         read_list (self, object, "ignored", KOBRA_LAYOUT_MAX_IGNORED, read_ignored, path, error);
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
  return read_about (self, object, path, error);
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
  g_autoptr (KobraLayoutFile) self = kobra_layout_file_alloc ();
  g_autofree char            *text = NULL;
  gsize                       length = 0;

  if (!read_text (path, &text, &length, error))
    return NULL;
  json_parser_set_strict (parser, TRUE);
  /* How deep a hostile file drives the parser is the parser's own limit, since json-glib 1.10. */
  if (!g_utf8_validate_len (text, length, NULL) || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    {
      g_autofree char *what = g_strdup_printf (_ ("it is no layout, which is JSON in UTF-8: see its line %u. Choose a file that was exported as a layout."), json_parser_get_current_line (parser));

      fail (path, what, error);
      return NULL;
    }
  if (!read_root (self, json_parser_get_root (parser), path, error))
    return NULL;
  return g_steal_pointer (&self);
}
