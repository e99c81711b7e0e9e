/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is kept of an import beside its records: { "headers": [ "ID", … ], "fields": [ "externalID", null, … ], "reading": { … }, "clean": true,
 * "ignored": [ "curp-name" ] }, headers and fields by column, "reading" as kobra_read_options_to_variant() has it. */

#include <json-glib/json-glib.h>

#include "kobra-import-save-private.h"

#include "kobra-banned.h"

static void
add_ignored (JsonBuilder *builder,
             guint64      ignored)
{
  json_builder_set_member_name (builder, "ignored");
  json_builder_begin_array (builder);
  for (guint code = KOBRA_PROBLEM_NONE + 1; code < KOBRA_N_PROBLEMS; code++)
    if ((ignored >> code & 1) != 0)
      json_builder_add_string_value (builder, kobra_problem_get_name ((KobraProblemCode) code));
  json_builder_end_array (builder);
}

char *
kobra_import_dup_settings (KobraImport *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  guint                   n_columns = kobra_table_get_n_columns (self->table);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "headers");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_columns; i++)
    json_builder_add_string_value (builder, kobra_table_get_header (self->table, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "fields");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n_columns; i++)
    {
      int field = i < self->layout->n_columns ? self->layout->fields[i] : -1;

      if (field >= 0)
        json_builder_add_string_value (builder, self->layout->schema->fields[field].name);
      else
        json_builder_add_null_value (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "clean");
  json_builder_add_boolean_value (builder, self->was_cleaned);
  if (self->ignored != 0)
    add_ignored (builder, self->ignored);
  if (self->reading != NULL)
    {
      json_builder_set_member_name (builder, "reading");
      json_builder_add_value (builder, json_gvariant_serialize (self->reading));
    }
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static const char *
get_text (JsonArray *array,
          guint      i)
{
  JsonNode *node = i < json_array_get_length (array) ? json_array_get_element (array, i) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

gboolean
kobra_settings_parse (const char   *settings,
                      const char   *kind,
                      char       ***headers,
                      KobraLayout **layout)
{
  g_autoptr (JsonNode) root = json_from_string (settings, NULL);
  JsonObject          *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonArray           *names = object != NULL ? get_array (object, "headers") : NULL;
  JsonArray           *fields = object != NULL ? get_array (object, "fields") : NULL;
  const KobraSchema   *schema = kobra_schema_find (kind);
  guint                n;

  if (names == NULL || fields == NULL || schema == NULL || json_array_get_length (names) > KOBRA_MAX_COLUMNS)
    return FALSE;
  n = json_array_get_length (names);
  *headers = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    (*headers)[i] = g_strdup (get_text (names, i) != NULL ? get_text (names, i) : "");
  *layout = kobra_layout_new_by_header (schema->kind, (const char *const *) *headers, n);
  for (guint i = 0; i < n; i++)
    kobra_layout_set_field (*layout, i, -1);
  for (guint i = 0; i < n; i++)
    {
      const char *name = get_text (fields, i);
      int         field = name != NULL ? kobra_schema_find_field (schema, name) : -1;

      if (field >= 0)
        kobra_layout_set_field (*layout, i, field);
    }
  return TRUE;
}

guint64
kobra_settings_get_ignored (const char *settings)
{
  g_autoptr (JsonNode) root = json_from_string (settings, NULL);
  JsonArray           *names = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? get_array (json_node_get_object (root), "ignored") : NULL;
  guint64              ignored = 0;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      const char      *name = get_text (names, i);
      KobraProblemCode code;

      if (name != NULL && kobra_problem_find (name, &code) && kobra_problem_get_severity (code) == KOBRA_SEVERITY_WARNING)
        ignored |= G_GUINT64_CONSTANT (1) << code;
    }
  return ignored;
}

void
kobra_settings_get_reading (const char       *settings,
                            KobraReadOptions *options,
                            gboolean         *clean)
{
  g_autoptr (JsonNode) root = json_from_string (settings, NULL);
  JsonObject          *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode            *node = object != NULL ? json_object_get_member (object, "reading") : NULL;
  g_autoptr (GVariant) reading = NULL;

  *clean = object != NULL && json_object_get_boolean_member_with_default (object, "clean", FALSE);
  if (node != NULL)
    reading = json_gvariant_deserialize (node, "a{sv}", NULL);
  if (reading != NULL)
    g_variant_ref_sink (reading);
  if (reading != NULL)
    kobra_read_options_from_variant (reading, options);
  else
    *options = (KobraReadOptions) { 0 };
}
