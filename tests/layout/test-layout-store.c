/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout-store.h"

#include <string.h>

#include "kobra-test.h"

typedef struct
{
  const char *name;
  const char *json;
  const char *headers; /* joined by "|" */
  const char *fields;  /* likewise; "-" is no field */
} GoodCase;

static const GoodCase good_cases[] = {
  { "by-header", "{\"kind\":\"accounts\",\"columns\":[{\"header\":\"Cliente\",\"field\":\"externalID\"}]}", "Cliente|Nombre", "externalID|name" },
  { "header-however-written", "{\"columns\":[{\"header\":\"mi núm. raro\",\"field\":\"externalID\"}]}", "MI NUM RARO|x", "externalID|-" },
  { "by-position", "{\"columns\":[{\"position\":2,\"field\":\"externalID\"}]}", "Alfa|Beta", "-|externalID" },
  { "first-and-last-position", "{\"columns\":[{\"position\":1,\"field\":\"name\"},{\"position\":16384,\"field\":\"rfc\"}]}", "Alfa|Beta", "name|-" },
  { "null-is-not-sent", "{\"columns\":[{\"header\":\"Nombre\",\"field\":null}]}", "Cuenta|Nombre", "externalID|-" },
  { "null-by-position", "{\"columns\":[{\"position\":1,\"field\":null}]}", "Cuenta|Nombre", "-|name" },
  { "null-for-all-of-a-header", "{\"columns\":[{\"header\":\"Nombre\",\"field\":null}]}", "Nombre|Nombre", "-|-" },
  { "takes-a-field-from-its-match", "{\"columns\":[{\"header\":\"Cliente\",\"field\":\"externalID\"}]}", "Cuenta|Cliente", "-|externalID" },
  { "of-two-alike-the-first", "{\"columns\":[{\"header\":\"Dato\",\"field\":\"name\"}]}", "Dato|Dato", "name|-" },
  { "of-two-for-one-field-the-first-column", "{\"columns\":[{\"header\":\"Beta\",\"field\":\"name\"},{\"header\":\"Alfa\",\"field\":\"name\"}]}", "Alfa|Beta", "name|-" },
  { "of-two-about-one-column-the-first-said", "{\"columns\":[{\"position\":1,\"field\":\"name\"},{\"header\":\"Alfa\",\"field\":\"rfc\"}]}", "Alfa|Beta", "name|-" },
  { "header-not-there", "{\"columns\":[{\"header\":\"Gama\",\"field\":\"rfc\"}]}", "Cuenta|Nombre", "externalID|name" },
  { "two-fields-change-places", "{\"columns\":[{\"header\":\"Cuenta\",\"field\":\"name\"},{\"header\":\"Nombre\",\"field\":\"externalID\"}]}", "Cuenta|Nombre", "name|externalID" },
  { "blank-header", "{\"columns\":[{\"header\":\"\",\"field\":\"rfc\"}]}", "Cuenta|", "externalID|rfc" },
  { "no-columns", "{\"columns\":[]}", "Cuenta", "externalID" },
  { "promises", "{\"kind\":\"promises\",\"columns\":[{\"header\":\"Clave\",\"field\":\"visitID\"}]}", "Clave|Estatus", "visitID|paymentPromiseStatus" },
  { "more-than-it-knows", "{\"name\":\"x\",\"columns\":[{\"header\":\"Alfa\",\"field\":\"rfc\",\"note\":[1]}],\"version\":1,\"colour\":9}", "Alfa", "rfc" },
};

typedef struct
{
  const char *name;
  const char *json;
  const char *hint; /* what the message says, so that a person finds the fault */
} BadCase;

static const BadCase bad_cases[] = {
  { "empty", "", "JSON" },
  { "newer-version", "{\"version\":2,\"columns\":[]}", "newer version" },
  { "version-a-text", "{\"version\":\"1\",\"columns\":[]}", "newer version" },
  { "name-a-number", "{\"name\":1,\"columns\":[]}", "“name”" },
  { "unknown-import-type", "{\"importType\":\"all\",\"columns\":[]}", "“importType”" },
  { "headers-a-text", "{\"headers\":\"a\",\"columns\":[]}", "“headers”" },
  { "headers-of-numbers", "{\"headers\":[1],\"columns\":[]}", "“headers”" },
  { "derived-an-object", "{\"derived\":{},\"columns\":[]}", "“derived”" },
  { "derived-of-no-kind", "{\"derived\":[{\"field\":\"rfc\"}],\"columns\":[]}", "“kind”" },
  { "constant-of-nothing", "{\"derived\":[{\"kind\":\"constant\",\"field\":\"rfc\"}],\"columns\":[]}", "constant" },
  { "constant-of-no-field", "{\"derived\":[{\"kind\":\"constant\",\"field\":null,\"text\":\"x\"}],\"columns\":[]}", "constant" },
  { "join-of-one", "{\"derived\":[{\"kind\":\"join\",\"field\":\"street\",\"from\":[\"a\"]}],\"columns\":[]}", "join" },
  { "join-of-too-many", "{\"derived\":[{\"kind\":\"join\",\"field\":\"street\",\"from\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}],\"columns\":[]}", "“from”" },
  { "split-of-promises", "{\"kind\":\"promises\",\"derived\":[{\"kind\":\"names-first\",\"from\":[\"a\"]}],\"columns\":[]}", "split" },
  { "value-of-no-code", "{\"values\":[{\"field\":\"gender\",\"text\":\"x\"}],\"columns\":[]}", "“code”" },
  { "value-of-another-code", "{\"values\":[{\"field\":\"gender\",\"text\":\"x\",\"code\":\"Q\"}],\"columns\":[]}", "“code”" },
  { "value-of-a-field-without-choices", "{\"values\":[{\"field\":\"rfc\",\"text\":\"x\",\"code\":\"Q\"}],\"columns\":[]}", "“code”" },
  { "answer-no-object", "{\"answers\":[\"day-first\"],\"columns\":[]}", "“answers”" },
  { "answer-without-fix", "{\"answers\":[{\"field\":\"birthdate\"}],\"columns\":[]}", "“fix”" },
  { "answer-of-no-field", "{\"answers\":[{\"field\":\"cumple\",\"fix\":\"day-first\"}],\"columns\":[]}", "“cumple”" },
  { "two-objects-in-a-row", "{\"columns\":[]}{\"columns\":[]}", "layout.json" },
  { "not-json", "externalID = Cliente", "layout.json" },
  { "not-finished", "{\"columns\":[{\"header\":\"Cliente\"", "layout.json" },
  { "not-utf-8", "{\"columns\":[{\"header\":\"A\xf1o\",\"field\":\"rfc\"}]}", "UTF-8" },
  { "a-list", "[1,2]", "columns" },
  { "a-number", "5", "columns" },
  { "null", "null", "columns" },
  { "no-columns", "{\"kind\":\"accounts\"}", "columns" },
  { "columns-an-object", "{\"columns\":{\"header\":\"Cliente\"}}", "columns" },
  { "columns-null", "{\"columns\":null}", "columns" },
  { "column-a-string", "{\"columns\":[\"externalID\"]}", "object" },
  { "column-a-list", "{\"columns\":[[]]}", "object" },
  { "column-null", "{\"columns\":[null]}", "object" },
  { "unknown-kind", "{\"kind\":\"people\",\"columns\":[]}", "promises" },
  { "kind-a-number", "{\"kind\":2,\"columns\":[]}", "promises" },
  { "kind-null", "{\"kind\":null,\"columns\":[]}", "promises" },
  { "unknown-field", "{\"columns\":[{\"header\":\"a\",\"field\":\"clientID\"}]}", "“clientID”" },
  { "field-in-other-letters", "{\"columns\":[{\"header\":\"a\",\"field\":\"externalid\"}]}", "“externalid”" },
  { "field-of-the-other-kind", "{\"kind\":\"promises\",\"columns\":[{\"header\":\"a\",\"field\":\"externalID\"}]}", "promises" },
  { "field-missing", "{\"columns\":[{\"header\":\"a\"}]}", "“field”" },
  { "field-misspelt", "{\"columns\":[{\"header\":\"a\",\"feild\":\"rfc\"}]}", "“field”" },
  { "field-a-number", "{\"columns\":[{\"header\":\"a\",\"field\":12}]}", "“field”" },
  { "field-a-list", "{\"columns\":[{\"header\":\"a\",\"field\":[\"rfc\"]}]}", "“field”" },
  { "field-with-a-new-line", "{\"columns\":[{\"header\":\"a\",\"field\":\"rfc\\n\"}]}", "“rfc␊”" },
  { "neither-header-nor-position", "{\"columns\":[{\"field\":\"rfc\"}]}", "“position”" },
  { "header-and-position", "{\"columns\":[{\"header\":\"a\",\"position\":1,\"field\":\"rfc\"}]}", "“position”" },
  { "header-a-number", "{\"columns\":[{\"header\":3,\"field\":\"rfc\"}]}", "“header”" },
  { "position-zero", "{\"columns\":[{\"position\":0,\"field\":\"rfc\"}]}", "16384" },
  { "position-negative", "{\"columns\":[{\"position\":-1,\"field\":\"rfc\"}]}", "16384" },
  { "position-too-far", "{\"columns\":[{\"position\":16385,\"field\":\"rfc\"}]}", "16384" },
  { "position-beyond-32-bits", "{\"columns\":[{\"position\":4294967297,\"field\":\"rfc\"}]}", "16384" },
  { "position-a-fraction", "{\"columns\":[{\"position\":1.5,\"field\":\"rfc\"}]}", "16384" },
  { "position-a-string", "{\"columns\":[{\"position\":\"1\",\"field\":\"rfc\"}]}", "16384" },
  { "position-true", "{\"columns\":[{\"position\":true,\"field\":\"rfc\"}]}", "16384" },
  { "position-a-list", "{\"columns\":[{\"position\":[],\"field\":\"rfc\"}]}", "16384" },
  { "position-an-object", "{\"columns\":[{\"position\":{\"a\":1},\"field\":\"rfc\"}]}", "16384" },
};

typedef struct
{
  char *folder, *path;
} Place;

static void
place_init (Place      *self,
            const char *bytes,
            gssize      length)
{
  g_autoptr (GError) error = NULL;

  self->folder = kobra_test_make_folder ();
  self->path = g_build_filename (self->folder, "layout.json", NULL);
  g_file_set_contents (self->path, bytes, length, &error);
  g_assert_no_error (error);
}

static void
place_clear (Place *self)
{
  kobra_test_remove_folder (self->folder);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->path, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

static void
test_good (gconstpointer data)
{
  const GoodCase             *row = data;
  g_auto (Place)              place = { 0 };
  g_auto (GStrv)              headers = g_strsplit (row->headers, "|", -1);
  g_autoptr (GError)          error = NULL;
  g_autoptr (KobraLayoutFile) file = NULL;
  g_autoptr (KobraLayout)     layout = NULL;
  g_autoptr (GString)         found = g_string_new (NULL);

  place_init (&place, row->json, -1);
  file = kobra_layout_file_read (place.path, &error);
  g_assert_no_error (error);
  layout = kobra_layout_new_by_header (kobra_layout_file_get_kind (file), (const char *const *) headers, g_strv_length (headers));
  kobra_layout_file_apply (file, layout, (const char *const *) headers);
  for (guint i = 0; i < layout->n_columns; i++)
    g_string_append_printf (found, "%s%s", i > 0 ? "|" : "", layout->fields[i] >= 0 ? layout->schema->fields[layout->fields[i]].name : "-");
  g_assert_cmpstr (found->str, ==, row->fields);
}

static void
assert_refused (const char      *path,
                KobraLayoutError code,
                const char      *hint)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (KobraLayoutFile) file = kobra_layout_file_read (path, &error);

  g_assert_null (file);
  g_assert_error (error, KOBRA_LAYOUT_ERROR, (int) code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  if (strstr (error->message, hint) == NULL)
    g_error ("no “%s” in “%s”", hint, error->message);
}

static void
test_bad (gconstpointer data)
{
  const BadCase *row = data;
  g_auto (Place) place = { 0 };

  place_init (&place, row->json, -1);
  assert_refused (place.path, KOBRA_LAYOUT_ERROR_FORMAT, row->hint);
}

static void
test_missing (void)
{
  g_auto (Place)   place = { 0 };
  g_autofree char *missing = NULL;

  place_init (&place, "", -1);
  missing = g_build_filename (place.folder, "missing.json", NULL);
  assert_refused (missing, KOBRA_LAYOUT_ERROR_FILE, "missing.json");
  assert_refused (place.folder, KOBRA_LAYOUT_ERROR_FILE, place.folder);
}

/* A file name is bytes; a message is text. */
static void
test_name_that_is_not_text (void)
{
  assert_refused ("/no/such/a\xf1o.json", KOBRA_LAYOUT_ERROR_FILE, "/no/such/a");
}

/* A file of exactly 1 MiB is read, one byte more is not. */
static void
test_too_large (void)
{
  static const char           json[] = "{\"columns\":[]}";
  g_autofree char            *bytes = g_strnfill ((1 << 20) + 1, ' ');
  g_auto (Place)              full = { 0 }, over = { 0 };
  g_autoptr (GError)          error = NULL;
  g_autoptr (KobraLayoutFile) file = NULL;

  memcpy (bytes, json, strlen (json));
  place_init (&full, bytes, 1 << 20);
  file = kobra_layout_file_read (full.path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (file);
  place_init (&over, bytes, (1 << 20) + 1);
  assert_refused (over.path, KOBRA_LAYOUT_ERROR_FORMAT, "1 MiB");
}

static void
test_deep_nesting (void)
{
  static const char *const openings[] = { "[", "{\"a\":", "{\"columns\":[", "[{\"a\":[" };

  for (gsize i = 0; i < G_N_ELEMENTS (openings); i++)
    {
      g_auto (Place)      place = { 0 };
      g_autoptr (GString) text = g_string_new (NULL);

      while (text->len < 900000)
        g_string_append (text, openings[i]);
      place_init (&place, text->str, (gssize) text->len);
      assert_refused (place.path, KOBRA_LAYOUT_ERROR_FORMAT, "layout.json");
    }
}

/* Brackets that are text are not nesting. */
static void
test_brackets_in_a_header (void)
{
  g_autofree char            *brackets = g_strnfill (2000, '[');
  g_autofree char            *json = g_strdup_printf ("{\"columns\":[{\"header\":\"\\\"%s\",\"field\":\"rfc\"}]}", brackets);
  g_auto (Place)              place = { 0 };
  g_autoptr (GError)          error = NULL;
  g_autoptr (KobraLayoutFile) file = NULL;

  place_init (&place, json, -1);
  file = kobra_layout_file_read (place.path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (file);
}

static void
test_zero_bytes (void)
{
  static const char json[] = "{\"columns\":[\0]}";
  g_auto (Place)    place = { 0 };

  place_init (&place, json, sizeof json - 1);
  assert_refused (place.path, KOBRA_LAYOUT_ERROR_FORMAT, "layout.json");
}

static KobraDerivation *
make_derivation (KobraDerive kind,
                 guint       field,
                 const char *text,
                 guint       first,
                 guint       second,
                 guint       n)
{
  KobraDerivation *derivation = g_new0 (KobraDerivation, 1);

  *derivation = (KobraDerivation) { .kind = kind, .field = field, .text = g_strdup (text), .columns = { first, second }, .n_columns = n };
  return derivation;
}

/* What is written is read as the same, and does to another file of the kind what was done to the first. */
static void
test_written_and_read (void)
{
  static const char *const    headers[] = { "Clave rara", "Persona", "Vía", "Núm.", "Edo. civil", "", "", NULL };
  static const char *const    with_derived[] = { "Clave rara", "Persona", "Vía", "Núm.", "Edo. civil", "", "", "Currency", "Name", "First Surname", "Second Surname", "Street", NULL };
  const KobraSchema          *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);
  g_autoptr (KobraLayout)     layout = kobra_layout_new_by_header (KOBRA_KIND_ACCOUNTS, headers, 7), again = NULL;
  g_autoptr (KobraLayoutFile) file = NULL, read = NULL;
  g_auto (Place)              place = { 0 };
  g_autoptr (GFile)           target = NULL;
  g_autoptr (GError)          error = NULL;
  guint                       civil = (guint) kobra_schema_find_field (schema, "civilStatus");
  KobraImportType             type = KOBRA_IMPORT_NEW;

  kobra_layout_set_field (layout, 0, kobra_schema_find_field (schema, "externalID"));
  kobra_layout_set_field (layout, 6, kobra_schema_find_field (schema, "rfc"));
  kobra_layout_set_value (layout, civil, "JUNTADO", "L");
  kobra_layout_derive (layout, make_derivation (KOBRA_DERIVE_CONSTANT, (guint) kobra_schema_find_field (schema, "currencyCode"), "MX", 0, 0, 0));
  kobra_layout_derive (layout, make_derivation (KOBRA_DERIVE_NAMES_FIRST, 0, NULL, 1, 0, 1));
  kobra_layout_derive (layout, make_derivation (KOBRA_DERIVE_JOIN, (guint) kobra_schema_find_field (schema, "street"), " ", 2, 3, 2));
  file = kobra_layout_file_new (layout, with_derived, "Cartera “A” / 1", KOBRA_IMPORT_BALANCES);
  place_init (&place, "", 0);
  target = g_file_new_for_path (place.path);
  g_assert_true (kobra_layout_file_write (file, target, &error));
  g_assert_no_error (error);

  read = kobra_layout_file_read (place.path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kobra_layout_file_get_name (read), ==, "Cartera “A” / 1");
  g_assert_true (kobra_layout_file_get_import_type (read, &type));
  g_assert_cmpint (type, ==, KOBRA_IMPORT_BALANCES);
  g_assert_true (kobra_layout_file_is_for (read, headers));
  g_assert_false (kobra_layout_file_is_for (read, with_derived));
  again = kobra_layout_new_by_header (KOBRA_KIND_ACCOUNTS, headers, 7);
  kobra_layout_file_apply (read, again, headers);
  g_assert_cmpmem (again->fields, again->n_columns * sizeof *again->fields, layout->fields, layout->n_columns * sizeof *layout->fields);
  g_assert_cmpuint (again->derivations->len, ==, 3);
  g_assert_cmpstr (kobra_layout_find_value (again, civil, "juntado"), ==, "L");
}

/* A file that lacks a column that something comes from is understood without it. */
static void
test_derived_from_what_is_not_there (void)
{
  static const char *const    headers[] = { "Cuenta", NULL };
  g_auto (Place)              place = { 0 };
  g_autoptr (GError)          error = NULL;
  g_autoptr (KobraLayoutFile) file = NULL;
  g_autoptr (KobraLayout)     layout = kobra_layout_new_by_header (KOBRA_KIND_ACCOUNTS, headers, 1);

  place_init (&place, "{\"columns\":[],\"derived\":[{\"kind\":\"names-first\",\"from\":[\"Persona\"]}]}", -1);
  file = kobra_layout_file_read (place.path, &error);
  g_assert_no_error (error);
  kobra_layout_file_apply (file, layout, headers);
  g_assert_cmpuint (layout->n_columns, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (good_cases); i++)
    kobra_test_add_row ("/layout/store/good/", good_cases[i].name, &good_cases[i], test_good);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_cases); i++)
    kobra_test_add_row ("/layout/store/bad/", bad_cases[i].name, &bad_cases[i], test_bad);
  g_test_add_func ("/layout/store/missing", test_missing);
  g_test_add_func ("/layout/store/name-that-is-not-text", test_name_that_is_not_text);
  g_test_add_func ("/layout/store/too-large", test_too_large);
  g_test_add_func ("/layout/store/deep-nesting", test_deep_nesting);
  g_test_add_func ("/layout/store/brackets-in-a-header", test_brackets_in_a_header);
  g_test_add_func ("/layout/store/zero-bytes", test_zero_bytes);
  g_test_add_func ("/layout/store/written-and-read", test_written_and_read);
  g_test_add_func ("/layout/store/derived-from-what-is-not-there", test_derived_from_what_is_not_there);

  return g_test_run ();
}
