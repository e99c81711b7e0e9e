/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layout on its way to a file or to a table: made from one, written, recognised, applied to another. */

#include <string.h>

#include <json-glib/json-glib.h>

#include "kobra-layout-store-private.h"
#include "kobra-problem.h"
#include "kobra-text.h"

#include "kobra-banned.h"

static void
column_clear (gpointer data)
{
  KobraLayoutFileColumn *column = data;

  g_free (column->header);
  g_free (column->folded);
}

static void
derived_clear (gpointer data)
{
  KobraLayoutFileDerived *derived = data;

  g_free (derived->text);
  g_strfreev (derived->from);
}

static void
value_clear (gpointer data)
{
  KobraLayoutFileValue *value = data;

  g_free (value->text);
  g_free (value->code);
}

KobraLayoutFile *
kobra_layout_file_alloc (void)
{
  KobraLayoutFile *self = g_new0 (KobraLayoutFile, 1);

  self->columns = g_array_new (FALSE, FALSE, sizeof (KobraLayoutFileColumn));
  self->derived = g_array_new (FALSE, FALSE, sizeof (KobraLayoutFileDerived));
  self->values = g_array_new (FALSE, FALSE, sizeof (KobraLayoutFileValue));
  g_array_set_clear_func (self->columns, column_clear);
  g_array_set_clear_func (self->derived, derived_clear);
  g_array_set_clear_func (self->values, value_clear);
  return self;
}

void
kobra_layout_file_free (KobraLayoutFile *self)
{
  g_array_unref (self->columns);
  g_array_unref (self->derived);
  g_array_unref (self->values);
  g_clear_pointer (&self->reading, g_variant_unref);
  g_strfreev (self->headers);
  g_free (self->name);
  g_free (self);
}

KobraKind
kobra_layout_file_get_kind (KobraLayoutFile *self)
{
  return self->schema->kind;
}

const char *
kobra_layout_file_get_name (KobraLayoutFile *self)
{
  return self->name;
}

void
kobra_layout_file_set_name (KobraLayoutFile *self,
                            const char      *name)
{
  g_set_str (&self->name, name);
}

gboolean
kobra_layout_file_get_import_type (KobraLayoutFile *self,
                                   KobraImportType *type)
{
  if (self->has_import_type)
    *type = self->import_type;
  return self->has_import_type;
}

GVariant *
kobra_layout_file_get_reading (KobraLayoutFile *self)
{
  return self->reading;
}

void
kobra_layout_file_set_reading (KobraLayoutFile *self,
                               GVariant        *reading)
{
  g_clear_pointer (&self->reading, g_variant_unref);
  self->reading = reading != NULL ? g_variant_ref_sink (reading) : NULL;
}

guint
kobra_layout_file_count_fields (KobraLayoutFile *self)
{
  guint n = self->derived->len;

  for (guint i = 0; i < self->columns->len; i++)
    n += g_array_index (self->columns, KobraLayoutFileColumn, i).field >= 0;
  return n;
}

guint64
kobra_layout_file_get_ignored (KobraLayoutFile *self)
{
  return self->ignored;
}

void
kobra_layout_file_set_ignored (KobraLayoutFile *self,
                               guint64          ignored)
{
  self->ignored = ignored;
}

const KobraFixes *
kobra_layout_file_get_answers (KobraLayoutFile *self)
{
  return self->answers;
}

void
kobra_layout_file_set_answers (KobraLayoutFile  *self,
                               const KobraFixes *answers)
{
  memcpy (self->answers, answers, sizeof self->answers);
}

gboolean
kobra_layout_file_is_for (KobraLayoutFile   *self,
                          const char *const *headers)
{
  guint n = g_strv_length ((char **) headers);

  if (n == 0 || self->headers == NULL || g_strv_length (self->headers) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *ours = kobra_text_fold (self->headers[i]), *theirs = kobra_text_fold (headers[i]);

      if (strcmp (ours, theirs) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Whether another column before it has the same header: then only its position tells it apart. */
static gboolean
is_repeated (const char *const *headers,
             guint              column)
{
  for (guint i = 0; i < column; i++)
    if (strcmp (headers[i], headers[column]) == 0)
      return TRUE;
  return *headers[column] == '\0';
}

static void
add_derived (KobraLayoutFile       *self,
             const KobraDerivation *derivation,
             const char *const     *headers)
{
  KobraLayoutFileDerived derived = { .kind = derivation->kind, .field = -1, .text = g_strdup (derivation->text) };

  if (derivation->kind == KOBRA_DERIVE_CONSTANT || derivation->kind == KOBRA_DERIVE_JOIN)
    derived.field = (int) derivation->field;
  derived.from = g_new0 (char *, derivation->n_columns + 1);
  for (guint i = 0; i < derivation->n_columns; i++)
    derived.from[i] = g_strdup (headers[derivation->columns[i]]);
  g_array_append_val (self->derived, derived);
}

KobraLayoutFile *
kobra_layout_file_new (const KobraLayout *layout,
                       const char *const *headers,
                       const char        *name,
                       KobraImportType    import_type)
{
  KobraLayoutFile         *self = kobra_layout_file_alloc ();
  g_autoptr (GStrvBuilder) own = g_strv_builder_new ();
  guint                    n = MIN (layout->n_columns, g_strv_length ((char **) headers));

  self->schema = layout->schema;
  self->name = g_strdup (name);
  self->has_import_type = layout->schema->kind == KOBRA_KIND_ACCOUNTS;
  self->import_type = import_type;
  for (guint i = 0; i < n; i++)
    {
      KobraLayoutFileColumn column = { .field = layout->fields[i] };

      if (kobra_layout_is_derived (layout, i))
        continue;
      g_strv_builder_add (own, headers[i]);
      if (is_repeated (headers, i))
        column.position = i + 1;
      else
        column.header = g_strdup (headers[i]);
      g_array_append_val (self->columns, column);
    }
  self->headers = g_strv_builder_end (own);
  for (guint i = 0; i < layout->derivations->len; i++)
    add_derived (self, g_ptr_array_index (layout->derivations, i), headers);
  kobra_layout_file_set_answers (self, layout->answers);
  for (guint i = 0; i < layout->values->len; i++)
    {
      const KobraValue    *value = g_ptr_array_index (layout->values, i);
      KobraLayoutFileValue copy = { value->field, g_strdup (value->text), g_strdup (value->code) };

      g_array_append_val (self->values, copy);
    }
  return self;
}

static void
add_field (JsonBuilder     *builder,
           KobraLayoutFile *self,
           int              field)
{
  json_builder_set_member_name (builder, "field");
  if (field >= 0)
    json_builder_add_string_value (builder, self->schema->fields[field].name);
  else
    json_builder_add_null_value (builder);
}

static void
add_text (JsonBuilder *builder,
          const char  *member,
          const char  *text)
{
  if (text == NULL)
    return;
  json_builder_set_member_name (builder, member);
  json_builder_add_string_value (builder, text);
}

static void
add_texts (JsonBuilder *builder,
           const char  *member,
           char       **texts)
{
  json_builder_set_member_name (builder, member);
  json_builder_begin_array (builder);
  for (gsize i = 0; texts != NULL && texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

static void
add_columns (JsonBuilder     *builder,
             KobraLayoutFile *self)
{
  json_builder_set_member_name (builder, "columns");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->columns->len; i++)
    {
      const KobraLayoutFileColumn *column = &g_array_index (self->columns, KobraLayoutFileColumn, i);

      json_builder_begin_object (builder);
      add_text (builder, "header", column->header);
      if (column->position > 0)
        {
          json_builder_set_member_name (builder, "position");
          json_builder_add_int_value (builder, column->position);
        }
      add_field (builder, self, column->field);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_rest (JsonBuilder     *builder,
          KobraLayoutFile *self)
{
  json_builder_set_member_name (builder, "derived");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->derived->len; i++)
    {
      const KobraLayoutFileDerived *derived = &g_array_index (self->derived, KobraLayoutFileDerived, i);

      json_builder_begin_object (builder);
      add_text (builder, "kind", kobra_derive_get_name (derived->kind));
      if (derived->field >= 0)
        add_field (builder, self, derived->field);
      add_text (builder, "text", derived->text);
      add_texts (builder, "from", derived->from);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "values");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->values->len; i++)
    {
      const KobraLayoutFileValue *value = &g_array_index (self->values, KobraLayoutFileValue, i);

      json_builder_begin_object (builder);
      add_field (builder, self, (int) value->field);
      add_text (builder, "text", value->text);
      add_text (builder, "code", value->code);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_answers (JsonBuilder     *builder,
             KobraLayoutFile *self)
{
  json_builder_set_member_name (builder, "answers");
  json_builder_begin_array (builder);
  for (guint field = 0; field < self->schema->n_fields; field++)
    for (guint fix = 0; fix < KOBRA_N_FIXES; fix++)
      if ((self->answers[field] & KOBRA_FIX_BIT (fix)) != 0)
        {
          json_builder_begin_object (builder);
          add_field (builder, self, (int) field);
          add_text (builder, "fix", kobra_fix_get_name ((KobraFix) fix));
          json_builder_end_object (builder);
        }
  json_builder_end_array (builder);
}

static void
add_ignored (JsonBuilder     *builder,
             KobraLayoutFile *self)
{
  json_builder_set_member_name (builder, "ignored");
  json_builder_begin_array (builder);
  for (guint code = KOBRA_PROBLEM_NONE + 1; code < KOBRA_N_PROBLEMS; code++)
    if ((self->ignored >> code & 1) != 0)
      json_builder_add_string_value (builder, kobra_problem_get_name ((KobraProblemCode) code));
  json_builder_end_array (builder);
}

gboolean
kobra_layout_file_write (KobraLayoutFile *self,
                         GFile           *file,
                         GError         **error)
{
  g_autoptr (JsonBuilder)   builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode)      root = NULL;
  g_autofree char          *text = NULL;
  gsize                     length;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, KOBRA_LAYOUT_FILE_VERSION);
  add_text (builder, "name", self->name);
  add_text (builder, "kind", self->schema->name);
  if (self->has_import_type)
    add_text (builder, "importType", kobra_import_type_get_name (self->import_type));
  if (self->reading != NULL && g_variant_n_children (self->reading) > 0)
    {
      json_builder_set_member_name (builder, "reading");
      json_builder_add_value (builder, json_gvariant_serialize (self->reading));
    }
  add_texts (builder, "headers", self->headers);
  add_columns (builder, self);
  add_rest (builder, self);
  add_answers (builder, self);
  if (self->ignored != 0)
    add_ignored (builder, self);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, &length);
  return g_file_replace_contents (file, text, length, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION | G_FILE_CREATE_PRIVATE, NULL, NULL, error);
}

/* What the file says of the column, or NULL. */
static const KobraLayoutFileColumn *
find_column (KobraLayoutFile *self,
             const char      *header,
             guint            place)
{
  g_autofree char *folded = kobra_text_fold (header);

  for (guint i = 0; i < self->columns->len; i++)
    {
      const KobraLayoutFileColumn *column = &g_array_index (self->columns, KobraLayoutFileColumn, i);

      if (column->folded != NULL ? strcmp (column->folded, folded) == 0 : column->position == place + 1)
        return column;
    }
  return NULL;
}

static int
find_header (const char *const *headers,
             guint              n_headers,
             const char        *header)
{
  g_autofree char *folded = kobra_text_fold (header);

  for (guint i = 0; i < n_headers; i++)
    {
      g_autofree char *ours = kobra_text_fold (headers[i]);

      if (strcmp (ours, folded) == 0)
        return (int) i;
    }
  return -1;
}

static gboolean
is_derived_already (const KobraLayout     *layout,
                    const KobraDerivation *derivation)
{
  for (guint i = 0; i < layout->derivations->len; i++)
    {
      const KobraDerivation *other = g_ptr_array_index (layout->derivations, i);

      if (other->kind == derivation->kind && other->field == derivation->field && other->n_columns == derivation->n_columns && g_strcmp0 (other->text, derivation->text) == 0 &&
          memcmp (other->columns, derivation->columns, derivation->n_columns * sizeof *derivation->columns) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Of a column that this file has not, nothing can be derived. */
static void
derive (const KobraLayoutFileDerived *derived,
        KobraLayout                  *layout,
        const char *const            *headers,
        guint                         n_headers)
{
  g_autoptr (KobraDerivation) derivation = g_new0 (KobraDerivation, 1);

  derivation->kind = derived->kind;
  derivation->field = (guint) MAX (derived->field, 0);
  derivation->text = g_strdup (derived->text);
  for (gsize i = 0; derived->from[i] != NULL; i++)
    {
      int column = find_header (headers, n_headers, derived->from[i]);

      if (column < 0)
        return;
      derivation->columns[derivation->n_columns++] = (guint) column;
    }
  if (is_derived_already (layout, derivation))
    return;
  kobra_layout_derive (layout, g_steal_pointer (&derivation));
}

void
kobra_layout_file_apply (KobraLayoutFile   *self,
                         KobraLayout       *layout,
                         const char *const *headers)
{
  gboolean given[KOBRA_MAX_FIELDS] = { FALSE };
  guint    n_columns = layout->n_columns;

  g_return_if_fail (layout->schema == self->schema);

  for (guint i = 0; i < n_columns; i++)
    {
      const KobraLayoutFileColumn *column = find_column (self, headers[i], i);

      /* Of two columns that the file gives one field, the first has it. */
      if (column == NULL || (column->field >= 0 && given[column->field]))
        continue;
      kobra_layout_set_field (layout, i, column->field);
      if (column->field >= 0)
        given[column->field] = TRUE;
    }
  for (guint i = 0; i < self->derived->len; i++)
    derive (&g_array_index (self->derived, KobraLayoutFileDerived, i), layout, headers, n_columns);
  for (guint i = 0; i < self->values->len; i++)
    {
      const KobraLayoutFileValue *value = &g_array_index (self->values, KobraLayoutFileValue, i);

      kobra_layout_set_value (layout, value->field, value->text, value->code);
    }
  for (guint i = 0; i < layout->schema->n_fields; i++)
    kobra_layout_answer (layout, i, self->answers[i]);
}
