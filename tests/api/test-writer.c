/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <json-glib/json-glib.h>

#include "kobra-schema-accounts.h"
#include "kobra-schema-promises.h"
#include "kobra-test.h"
#include "kobra-writer.h"

#define LIMIT (64 * 1024 * 1024)

static KobraRecord
make_record (KobraKind kind)
{
  KobraRecord record = { .schema = kobra_schema_get (kind) };

  for (guint i = 0; i < G_N_ELEMENTS (record.texts); i++)
    record.texts[i] = "";
  return record;
}

static char *
dup_body (KobraBuffer *body)
{
  return g_strndup (body->bytes, body->length);
}

/* One field with one text, and the record as it goes out; NULL: it must not. */
static const struct
{
  const char       *name;
  KobraAccountField field;
  const char       *text;
  const char       *json;
} values[] = {
  /* clang-format off */
  { "text",                 KOBRA_ACCOUNT_EXTERNAL_ID, "0001", "{\"externalID\":\"0001\"}" },
  { "accents-stay-raw",     KOBRA_ACCOUNT_NAME, "Íñigo ☃ 😀", "{\"name\":\"Íñigo ☃ 😀\"}" },
  { "quote",                KOBRA_ACCOUNT_NAME, "a\"b", "{\"name\":\"a\\\"b\"}" },
  { "backslash",            KOBRA_ACCOUNT_NAME, "a\\b", "{\"name\":\"a\\\\b\"}" },
  { "slash-is-plain",       KOBRA_ACCOUNT_NAME, "a/b", "{\"name\":\"a/b\"}" },
  { "short-escapes",        KOBRA_ACCOUNT_NAME, "\b\t\n\f\r", "{\"name\":\"\\b\\t\\n\\f\\r\"}" },
  { "other-controls",       KOBRA_ACCOUNT_NAME, "\x01\x1f", "{\"name\":\"\\u0001\\u001f\"}" },
  { "delete-is-plain",      KOBRA_ACCOUNT_NAME, "\x7f", "{\"name\":\"\x7f\"}" },
  { "escape-at-each-place", KOBRA_ACCOUNT_NAME, "\"234567\"abcdefg\\12345678\n", "{\"name\":\"\\\"234567\\\"abcdefg\\\\12345678\\n\"}" },
  { "blanks-are-text",      KOBRA_ACCOUNT_NAME, "  ", "{\"name\":\"  \"}" },
  { "not-utf8",             KOBRA_ACCOUNT_NAME, "Jos\xe9", NULL },
  { "not-utf8-late",        KOBRA_ACCOUNT_NAME, "a perfectly plain run of text\xff", NULL },
  { "surrogate",            KOBRA_ACCOUNT_NAME, "\xed\xa0\x80", NULL },
  { "empty-is-not-sent",    KOBRA_ACCOUNT_NAME, "", "{}" },
  { "number-keeps-digits",  KOBRA_ACCOUNT_TOTAL_PENDING, "1234.10", "{\"totalPending\":1234.10}" },
  { "number-of-many-digits", KOBRA_ACCOUNT_TOTAL_PENDING, "123456789012345678901234567890.123456789", "{\"totalPending\":123456789012345678901234567890.123456789}" },
  { "number-in-json-form",  KOBRA_ACCOUNT_TOTAL_PENDING, "+007.", "{\"totalPending\":7}" },
  { "number-without-whole", KOBRA_ACCOUNT_TOTAL_PENDING, "-.5", "{\"totalPending\":-0.5}" },
  { "number-with-comma",    KOBRA_ACCOUNT_TOTAL_PENDING, "1,234.10", NULL },
  { "number-scientific",    KOBRA_ACCOUNT_TOTAL_PENDING, "1.23E+17", NULL },
  { "number-injected",      KOBRA_ACCOUNT_TOTAL_PENDING, "1,\"inactive\":true", NULL },
  { "integer",              KOBRA_ACCOUNT_PRODUCT_ID, "1", "{\"productID\":1}" },
  { "integer-negative",     KOBRA_ACCOUNT_PRODUCT_ID, "-3", "{\"productID\":-3}" },
  { "integer-with-point",   KOBRA_ACCOUNT_PRODUCT_ID, "1.0", NULL },
  { "integer-word",         KOBRA_ACCOUNT_PRODUCT_ID, "uno", NULL },
  { "integer-nan",          KOBRA_ACCOUNT_PRODUCT_ID, "NaN", NULL },
  { "true",                 KOBRA_ACCOUNT_INACTIVE, "true", "{\"inactive\":true}" },
  { "false",                KOBRA_ACCOUNT_INACTIVE, "false", "{\"inactive\":false}" },
  { "boolean-word",         KOBRA_ACCOUNT_INACTIVE, "Sí", NULL },
  { "boolean-prefix",       KOBRA_ACCOUNT_INACTIVE, "truely", NULL },
  { "date",                 KOBRA_ACCOUNT_BIRTHDATE, "1980-12-31", "{\"birthdate\":\"1980-12-31\"}" },
  { "date-other-order",     KOBRA_ACCOUNT_BIRTHDATE, "31/12/1980", NULL },
  { "date-short",           KOBRA_ACCOUNT_BIRTHDATE, "1980-12", NULL },
  { "date-with-time",       KOBRA_ACCOUNT_BIRTHDATE, "1980-12-31T00:00", NULL },
  { "vendors-spelling",     KOBRA_ACCOUNT_BANK_HOLDER, "x", "{\"paymentInformationAcountHolder\":\"x\"}" },
  /* clang-format on */
};

static void
test_value (gconstpointer data)
{
  const typeof (values[0]) *row = data;
  g_auto (KobraBuffer) body = { 0 };
  KobraRecord          record = make_record (KOBRA_KIND_ACCOUNTS);
  g_autofree char     *written = NULL;

  kobra_buffer_init (&body, LIMIT);
  kobra_buffer_append_string (&body, "before");
  record.texts[row->field] = row->text;

  g_assert_cmpint (kobra_writer_add (&body, &record, TRUE), ==, row->json != NULL);
  written = dup_body (&body);
  g_assert_true (g_str_has_prefix (written, "before"));
  g_assert_cmpstr (written + strlen ("before"), ==, row->json != NULL ? row->json : "");
  g_assert_false (body.overflowed);
  if (row->json != NULL)
    g_assert_null (kobra_writer_find_unwritable (&record));
  else
    g_assert_true (kobra_writer_find_unwritable (&record) == &record.schema->fields[row->field]);
}

static void
test_accounts_body (void)
{
  g_auto (KobraBuffer) body = { 0 };
  KobraRecord          record = make_record (KOBRA_KIND_ACCOUNTS);

  kobra_buffer_init (&body, LIMIT);
  record.texts[KOBRA_ACCOUNT_EXTERNAL_ID] = "A-1";
  record.texts[KOBRA_ACCOUNT_TOTAL_PENDING] = "0.10";
  kobra_writer_begin (&body, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_BALANCES);
  g_assert_true (kobra_writer_add (&body, &record, TRUE));
  record.texts[KOBRA_ACCOUNT_EXTERNAL_ID] = "A-2";
  g_assert_true (kobra_writer_add (&body, &record, FALSE));
  kobra_writer_end (&body, KOBRA_KIND_ACCOUNTS);
  g_assert_cmpstr (body.bytes, ==,
                   "{\"importTypeID\":2,\"accounts\":["
                   "{\"externalID\":\"A-1\",\"totalPending\":0.10},"
                   "{\"externalID\":\"A-2\",\"totalPending\":0.10}]}");
}

static void
test_promises_body (void)
{
  g_auto (KobraBuffer) body = { 0 };
  KobraRecord          record = make_record (KOBRA_KIND_PROMISES);

  kobra_buffer_init (&body, LIMIT);
  record.texts[KOBRA_PROMISE_VISIT_ID] = "9007199254740993";
  record.texts[KOBRA_PROMISE_STATUS] = "3";
  kobra_writer_begin (&body, KOBRA_KIND_PROMISES, KOBRA_IMPORT_NEW);
  g_assert_true (kobra_writer_add (&body, &record, TRUE));
  kobra_writer_end (&body, KOBRA_KIND_PROMISES);
  g_assert_cmpstr (body.bytes, ==, "[{\"visitID\":9007199254740993,\"paymentPromiseStatus\":3}]");
}

/* Whatever stands in a text, another reader of JSON gets the same text back. */
static void
test_reads_back (void)
{
  g_autoptr (GRand) dice = g_rand_new_with_seed (20);

  for (guint i = 0; i < 2000; i++)
    {
      g_auto (KobraBuffer)   body = { 0 };
      g_autoptr (GString)    text = g_string_new (NULL);
      g_autoptr (JsonParser) parser = json_parser_new ();
      KobraRecord            record = make_record (KOBRA_KIND_ACCOUNTS);
      JsonObject            *object;

      for (int length = g_rand_int_range (dice, 1, 40); length > 0; length--)
        {
          static const gunichar picks[] = { 'a', 'Z', '0', ' ', '"', '\\', '/', 1, 9, 10, 31, 127, 0xe9, 0x2028, 0x20ac, 0x1f600 };

          g_string_append_unichar (text, picks[g_rand_int_range (dice, 0, G_N_ELEMENTS (picks))]);
        }
      kobra_buffer_init (&body, LIMIT);
      record.texts[KOBRA_ACCOUNT_STREET] = text->str;
      g_assert_true (kobra_writer_add (&body, &record, TRUE));
      g_assert_true (json_parser_load_from_data (parser, body.bytes, (gssize) body.length, NULL));
      object = json_node_get_object (json_parser_get_root (parser));
      g_assert_cmpstr (json_object_get_string_member (object, "street"), ==, text->str);
    }
}

/* A record that does not fit leaves the buffer as it was. */
static void
test_limit (void)
{
  KobraRecord record = make_record (KOBRA_KIND_ACCOUNTS);

  record.texts[KOBRA_ACCOUNT_EXTERNAL_ID] = "A-1";
  record.texts[KOBRA_ACCOUNT_NAME] = "\x01\x02 some name";
  for (gsize limit = 1; limit < 100; limit++)
    {
      g_auto (KobraBuffer) body = { 0 };
      gboolean             fits = limit >= 1 + strlen ("{\"externalID\":\"A-1\",\"name\":\"\\u0001\\u0002 some name\"}");

      kobra_buffer_init (&body, limit);
      kobra_buffer_append_string (&body, "[");
      g_assert_cmpint (kobra_writer_add (&body, &record, TRUE), ==, fits);
      g_assert_cmpint (body.overflowed, ==, !fits);
      if (!fits)
        g_assert_cmpuint (body.length, ==, 1);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    kobra_test_add_row ("/api/writer/value/", values[i].name, &values[i], test_value);
  g_test_add_func ("/api/writer/accounts-with-their-import-type", test_accounts_body);
  g_test_add_func ("/api/writer/promises-as-a-bare-array", test_promises_body);
  g_test_add_func ("/api/writer/another-reader-gets-the-same-text", test_reads_back);
  g_test_add_func ("/api/writer/a-record-goes-in-whole-or-not-at-all", test_limit);
  return g_test_run ();
}
