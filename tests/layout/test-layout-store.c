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
  { "more-than-it-knows", "{\"name\":\"x\",\"columns\":[{\"header\":\"Alfa\",\"field\":\"rfc\",\"note\":[1]}],\"version\":9}", "Alfa", "rfc" },
};

typedef struct
{
  const char *name;
  const char *json;
  const char *hint; /* what the message says, so that a person finds the fault */
} BadCase;

static const BadCase bad_cases[] = {
  { "empty", "", "JSON" },
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

  return g_test_run ();
}
