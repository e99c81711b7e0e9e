/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * facts: prints what the program knows of fields and problems as JSON, in the words of the source, for the manual to be made of while the
 * program is built. It is not installed. May include schema, check and json-glib.
 */

#include <stdio.h>

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "kobra-problem.h"

#include "kobra-banned.h"

static const char *const type_labels[] = {
  [KOBRA_TYPE_TEXT] = N_("Text"),
  [KOBRA_TYPE_INTEGER] = N_("Whole number"),
  [KOBRA_TYPE_NUMBER] = N_("Number"),
  [KOBRA_TYPE_BOOLEAN] = N_("true or false"),
  [KOBRA_TYPE_DATE] = N_("Date, yyyy-mm-dd"),
};

static void
add_string (JsonBuilder *builder,
            const char  *name,
            const char  *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_choices (JsonBuilder      *builder,
             const KobraField *field)
{
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (const KobraChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "code", choice->code);
      add_string (builder, "label", choice->label);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_needed (JsonBuilder      *builder,
            const KobraField *field,
            KobraKind         kind)
{
  json_builder_set_member_name (builder, "needed");
  json_builder_begin_array (builder);
  for (guint type = KOBRA_IMPORT_NEW; kind == KOBRA_KIND_ACCOUNTS && type <= KOBRA_IMPORT_PERSONAL; type++)
    if (kobra_field_is_needed (field, (KobraImportType) type))
      json_builder_add_string_value (builder, kobra_import_type_get_label ((KobraImportType) type));
  json_builder_end_array (builder);
}

static void
add_field (JsonBuilder       *builder,
           const KobraSchema *schema,
           const KobraField  *field)
{
  json_builder_begin_object (builder);
  add_string (builder, "name", field->name);
  add_string (builder, "label", field->label);
  add_string (builder, "description", field->description);
  add_string (builder, "group", kobra_group_get_label (field->group));
  add_string (builder, "type", type_labels[field->type]);
  json_builder_set_member_name (builder, "max");
  json_builder_add_int_value (builder, field->max);
  add_choices (builder, field);
  add_needed (builder, field, schema->kind);
  json_builder_end_object (builder);
}

static void
add_kind (JsonBuilder *builder,
          KobraKind    kind)
{
  const KobraSchema *schema = kobra_schema_get (kind);

  json_builder_set_member_name (builder, schema->name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < schema->n_fields; i++)
    add_field (builder, schema, &schema->fields[i]);
  json_builder_end_array (builder);
}

static void
add_problems (JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint code = KOBRA_PROBLEM_NONE + 1; code < KOBRA_N_PROBLEMS; code++)
    {
      json_builder_begin_object (builder);
      add_string (builder, "code", kobra_problem_get_name ((KobraProblemCode) code));
      add_string (builder, "severity", kobra_severity_get_name (kobra_problem_get_severity ((KobraProblemCode) code)));
      add_string (builder, "title", kobra_problem_get_title ((KobraProblemCode) code));
      add_string (builder, "message", kobra_problem_get_pattern ((KobraProblemCode) code));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

int
main (void)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode)    root = NULL;
  g_autofree char        *text = NULL;

  json_builder_begin_object (builder);
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    add_kind (builder, (KobraKind) kind);
  add_problems (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return fputs (text, stdout) >= 0 && fflush (stdout) == 0 ? 0 : 1;
}
