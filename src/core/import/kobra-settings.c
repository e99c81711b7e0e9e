/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is kept of an import beside its records, as JSON: "headers" and "fields" by column, "understood" (by column: how it was matched, and how far that
 * may be trusted), "values" ([ field, text, code ]) and "derived" ([ kind, field, text, first column made, columns it comes from ]) of its layout,
 * "answers" ([ field, fix ]), "layout" (the name of the saved one), "habits" ([ field, bits, evidence ]), "ignored" (kinds of warnings), "clean", and "reading" as kobra_read_options_to_variant() has it.
 */

#include "kobra-settings.h"

#include <json-glib/json-glib.h>

#include "kobra-banned.h"

/* Lists of one form are variants: their type says what may stand where. */
#define VALUES_TYPE "a(sss)"
#define DERIVED_TYPE "a(sssuau)"
#define UNDERSTOOD_TYPE "a(uu)"
#define HABITS_TYPE "a(suu)"
#define ANSWERS_TYPE "a(ss)"
#define NAMES_TYPE "as"

/* What a column's habit is made of, a bit each. */
static const gsize habit_bits[] = {
  G_STRUCT_OFFSET (KobraColumnHabit, day_first_known), G_STRUCT_OFFSET (KobraColumnHabit, day_first), G_STRUCT_OFFSET (KobraColumnHabit, decimal_comma_known),
  G_STRUCT_OFFSET (KobraColumnHabit, decimal_comma), G_STRUCT_OFFSET (KobraColumnHabit, by_custom),
};

static void
add_variant (JsonBuilder     *builder,
             const char      *member,
             GVariantBuilder *of)
{
  g_autoptr (GVariant) variant = g_variant_ref_sink (g_variant_builder_end (of));

  json_builder_set_member_name (builder, member);
  json_builder_add_value (builder, json_gvariant_serialize (variant));
}

static void
add_layout (JsonBuilder       *builder,
            const KobraLayout *layout)
{
  GVariantBuilder values = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (VALUES_TYPE));
  GVariantBuilder derived = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (DERIVED_TYPE));
  GVariantBuilder understood = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (UNDERSTOOD_TYPE));

  for (guint i = 0; i < layout->n_columns; i++)
    g_variant_builder_add (&understood, "(uu)", (guint) layout->matches[i], (guint) layout->trusts[i]);
  for (guint i = 0; i < layout->values->len; i++)
    {
      const KobraValue *value = g_ptr_array_index (layout->values, i);

      g_variant_builder_add (&values, "(sss)", layout->schema->fields[value->field].name, value->text, value->code);
    }
  for (guint i = 0; i < layout->derivations->len; i++)
    {
      const KobraDerivation *derivation = g_ptr_array_index (layout->derivations, i);
      GVariantBuilder        columns = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("au"));

      for (guint k = 0; k < derivation->n_columns; k++)
        g_variant_builder_add (&columns, "u", derivation->columns[k]);
      g_variant_builder_add (&derived, "(sssuau)", kobra_derive_get_name (derivation->kind), layout->schema->fields[derivation->field].name,
                             derivation->text != NULL ? derivation->text : "", derivation->target, &columns);
    }
  add_variant (builder, "understood", &understood);
  add_variant (builder, "values", &values);
  add_variant (builder, "derived", &derived);
}

static void
add_answers (JsonBuilder       *builder,
             const KobraLayout *layout)
{
  GVariantBuilder list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (ANSWERS_TYPE));

  for (guint field = 0; field < layout->schema->n_fields; field++)
    for (guint fix = 0; fix < KOBRA_N_FIXES; fix++)
      if ((layout->answers[field] & KOBRA_FIX_BIT (fix)) != 0)
        g_variant_builder_add (&list, "(ss)", layout->schema->fields[field].name, kobra_fix_get_name ((KobraFix) fix));
  add_variant (builder, "answers", &list);
}

static void
add_habits (JsonBuilder            *builder,
            const KobraSchema      *schema,
            const KobraColumnHabit *habits)
{
  GVariantBuilder list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (HABITS_TYPE));

  for (guint field = 0; field < schema->n_fields; field++)
    {
      guint bits = 0;

      for (gsize i = 0; i < G_N_ELEMENTS (habit_bits); i++)
        if (G_STRUCT_MEMBER (gboolean, &habits[field], habit_bits[i]))
          bits |= 1u << i;
      if (bits != 0 || habits[field].evidence != 0)
        g_variant_builder_add (&list, "(suu)", schema->fields[field].name, bits, habits[field].evidence);
    }
  add_variant (builder, "habits", &list);
}

static void
add_ignored (JsonBuilder *builder,
             guint64      ignored)
{
  GVariantBuilder names = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE (NAMES_TYPE));

  for (guint i = 0; i < KOBRA_N_PROBLEMS; i++)
    if (ignored >> i & 1)
      g_variant_builder_add (&names, "s", kobra_problem_get_name ((KobraProblemCode) i));
  add_variant (builder, "ignored", &names);
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
  add_layout (builder, self->layout);
  add_answers (builder, self->layout);
  add_habits (builder, self->layout->schema, self->habits);
  add_ignored (builder, self->ignored);
  if (self->layout_name != NULL)
    {
      json_builder_set_member_name (builder, "layout");
      json_builder_add_string_value (builder, self->layout_name);
    }
  json_builder_set_member_name (builder, "clean");
  json_builder_add_boolean_value (builder, self->was_cleaned);
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

static GVariant *
get_variant (JsonObject *object,
             const char *member,
             const char *type)
{
  JsonNode *node = json_object_get_member (object, member);
  GVariant *variant = node != NULL ? json_gvariant_deserialize (node, type, NULL) : NULL;

  return variant != NULL ? g_variant_ref_sink (variant) : NULL;
}

static void
read_understood (JsonObject  *object,
                 KobraLayout *layout)
{
  g_autoptr (GVariant) understood = get_variant (object, "understood", UNDERSTOOD_TYPE);
  guint                n = understood != NULL ? (guint) MIN (g_variant_n_children (understood), layout->n_columns) : 0;

  for (guint i = 0; i < n; i++)
    {
      guint match, trust;

      g_variant_get_child (understood, i, "(uu)", &match, &trust);
      if (layout->fields[i] < 0 || match > KOBRA_MATCH_CHOSEN || trust >= KOBRA_N_TRUSTS)
        continue;
      layout->matches[i] = (guint8) match;
      layout->trusts[i] = (guint8) trust;
    }
}

static void
read_values (JsonObject  *object,
             KobraLayout *layout)
{
  g_autoptr (GVariant) values = get_variant (object, "values", VALUES_TYPE);
  const char          *name, *text, *code;
  GVariantIter         iter;

  if (values == NULL)
    return;
  g_variant_iter_init (&iter, values);
  while (g_variant_iter_next (&iter, "(&s&s&s)", &name, &text, &code))
    {
      int field = kobra_schema_find_field (layout->schema, name);

      if (field >= 0 && kobra_field_find_choice (&layout->schema->fields[field], code) != NULL)
        kobra_layout_set_value (layout, (guint) field, text, code);
    }
}

static KobraDerivation *
read_derivation (GVariant          *one,
                 const KobraLayout *layout)
{
  g_autoptr (KobraDerivation) derivation = g_new0 (KobraDerivation, 1);
  g_autoptr (GVariantIter)    columns = NULL;
  const char                 *kind, *name, *text;
  guint                       column, fields[KOBRA_DERIVE_MAX_RESULTS];
  int                         field;

  g_variant_get (one, "(&s&s&suau)", &kind, &name, &text, &derivation->target, &columns);
  field = kobra_schema_find_field (layout->schema, name);
  if (field < 0 || !kobra_derive_find (kind, &derivation->kind) || g_variant_iter_n_children (columns) > KOBRA_DERIVE_MAX_COLUMNS)
    return NULL;
  derivation->field = (guint) field;
  derivation->text = g_strdup (text);
  while (g_variant_iter_next (columns, "u", &column))
    {
      if (column >= layout->n_columns)
        return NULL;
      derivation->columns[derivation->n_columns++] = column;
    }
  if (derivation->target > layout->n_columns || kobra_derivation_get_fields (derivation, fields) > layout->n_columns - derivation->target)
    return NULL;
  return g_steal_pointer (&derivation);
}

static void
read_derived (JsonObject  *object,
              KobraLayout *layout)
{
  g_autoptr (GVariant) derived = get_variant (object, "derived", DERIVED_TYPE);

  for (gsize i = 0; derived != NULL && i < g_variant_n_children (derived); i++)
    {
      g_autoptr (GVariant) one = g_variant_get_child_value (derived, i);
      KobraDerivation     *derivation = read_derivation (one, layout);

      /* Its columns are there already. */
      if (derivation != NULL)
        g_ptr_array_add (layout->derivations, derivation);
    }
}

static void
read_answers (JsonObject  *object,
              KobraLayout *layout)
{
  g_autoptr (GVariant) list = get_variant (object, "answers", ANSWERS_TYPE);
  const char          *name, *fix_name;
  GVariantIter         iter;

  if (list == NULL)
    return;
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &fix_name))
    {
      int      field = kobra_schema_find_field (layout->schema, name);
      KobraFix fix;

      if (field >= 0 && kobra_fix_find (fix_name, &fix))
        kobra_layout_answer (layout, (guint) field, KOBRA_FIX_BIT (fix));
    }
}

static void
read_habits (JsonObject        *object,
             const KobraSchema *schema,
             KobraColumnHabit  *habits)
{
  g_autoptr (GVariant) list = get_variant (object, "habits", HABITS_TYPE);
  const char          *name;
  guint                bits, evidence;
  GVariantIter         iter;

  if (list == NULL)
    return;
  g_variant_iter_init (&iter, list);
  while (g_variant_iter_next (&iter, "(&suu)", &name, &bits, &evidence))
    {
      int field = kobra_schema_find_field (schema, name);

      if (field < 0)
        continue;
      habits[field].evidence = evidence;
      for (gsize i = 0; i < G_N_ELEMENTS (habit_bits); i++)
        G_STRUCT_MEMBER (gboolean, &habits[field], habit_bits[i]) = (bits >> i & 1) != 0;
    }
}

static guint64
read_ignored (JsonObject *object)
{
  g_autoptr (GVariant)    names = get_variant (object, "ignored", NAMES_TYPE);
  g_autofree const char **all = names != NULL ? g_variant_get_strv (names, NULL) : NULL;
  guint64                 ignored = 0;

  for (guint i = 0; i < KOBRA_N_PROBLEMS && all != NULL; i++)
    if (kobra_problem_get_severity ((KobraProblemCode) i) == KOBRA_SEVERITY_WARNING && g_strv_contains (all, kobra_problem_get_name ((KobraProblemCode) i)))
      ignored |= G_GUINT64_CONSTANT (1) << i;
  return ignored;
}

static void
read_reading (JsonObject    *object,
              KobraSettings *settings)
{
  settings->reading = get_variant (object, "reading", "a{sv}");
  settings->was_cleaned = json_object_get_boolean_member_with_default (object, "clean", FALSE);
}

gboolean
kobra_settings_parse (const char    *text,
                      const char    *kind,
                      KobraSettings *settings)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject          *object = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonArray           *names = object != NULL ? get_array (object, "headers") : NULL;
  JsonArray           *fields = object != NULL ? get_array (object, "fields") : NULL;
  const KobraSchema   *schema = kobra_schema_find (kind);
  guint                n;

  *settings = (KobraSettings) { 0 };
  if (names == NULL || fields == NULL || schema == NULL || json_array_get_length (names) > KOBRA_MAX_COLUMNS)
    return FALSE;
  n = json_array_get_length (names);
  settings->headers = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    settings->headers[i] = g_strdup (get_text (names, i) != NULL ? get_text (names, i) : "");
  settings->layout = kobra_layout_new_by_header (schema->kind, (const char *const *) settings->headers, n);
  for (guint i = 0; i < n; i++)
    kobra_layout_set_field (settings->layout, i, -1);
  for (guint i = 0; i < n; i++)
    {
      const char *name = get_text (fields, i);
      int         field = name != NULL ? kobra_schema_find_field (schema, name) : -1;

      if (field >= 0)
        kobra_layout_set_field (settings->layout, i, field);
    }
  read_understood (object, settings->layout);
  read_values (object, settings->layout);
  read_derived (object, settings->layout);
  read_answers (object, settings->layout);
  read_habits (object, schema, settings->habits);
  read_reading (object, settings);
  settings->ignored = read_ignored (object);
  settings->layout_name = g_strdup (json_object_get_string_member_with_default (object, "layout", NULL));
  return TRUE;
}

void
kobra_settings_clear (KobraSettings *self)
{
  g_clear_pointer (&self->headers, g_strfreev);
  g_clear_pointer (&self->layout, kobra_layout_unref);
  g_clear_pointer (&self->layout_name, g_free);
  g_clear_pointer (&self->reading, g_variant_unref);
}
