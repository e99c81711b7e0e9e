/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-judge.h"

#include <string.h>

#include "kobra-test.h"

/* Judged as a new account; all that a new account needs stands before it. */
#define NEW_ACCOUNT(members) \
  "{\"importTypeID\":1,\"accounts\":[{\"externalID\":\"A-106\",\"productID\":1,\"currencyCode\":\"MX\",\"name\":\"Ana\"" members "}]}"
#define UPDATE(members) "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A-106\"" members "}]}"
#define ACCOUNTS(list) "{\"importTypeID\":1,\"accounts\":[" list "]}"
#define PROMISE(members) "[{\"visitID\":77" members "}]"
#define OF_ACCOUNT "La cuenta \"A-106\" no es válida: "
#define OF_PROMISE "La promesa de la visita \"77\" no es válida: "
#define OF_REQUEST "La petición no es válida: "

#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN
#define TEN_ACCENTS "ñññññééééé"
#define FIFTY_ACCENTS TEN_ACCENTS TEN_ACCENTS TEN_ACCENTS TEN_ACCENTS TEN_ACCENTS

typedef struct
{
  const char *name;
  const char *body;
  const char *message; /* NULL: taken */
} ImportCase;

static const ImportCase import_cases[] = {
  /* what is taken */
  { "least-new-account", NEW_ACCOUNT (""), NULL },
  { "least-update", UPDATE (""), NULL },
  { "least-personal", "{\"importTypeID\":3,\"accounts\":[{\"externalID\":\"A-106\"}]}", NULL },
  { "type-last", "{\"accounts\":[{\"externalID\":\"A-106\"}],\"importTypeID\":2}", NULL },
  { "white-space", " {\r\n\"importTypeID\" : 2 , \"accounts\" : [ { \"externalID\" : \"A-106\" } ] } ", NULL },
  { "promise", PROMISE (",\"paymentPromiseStatus\":5"), NULL },
  { "promise-reversed", "[{\"paymentPromiseStatus\":2,\"visitID\":1}]", NULL },
  { "every-field",
    "{\"importTypeID\":1,\"accounts\":[{\"externalID\":\"A-106\",\"kobraID\":9999,\"branchID\":500,\"productID\":3,\"currencyCode\":\"US\","
    "\"name\":\"Íñigo\",\"firstSurname\":\"Pérez\",\"secondSurname\":\"Núñez\",\"additionalSurname\":\"de la O\",\"email\":\"a@example.com\","
    "\"birthdate\":\"1980-02-29\",\"rfc\":\"PENI800229AB1\",\"curp\":\"PENI800229HDFRXN09\",\"nationality\":\"MX\",\"residenceTypeID\":4,"
    "\"civilStatus\":\"S\",\"gender\":\"M\",\"ife\":\"1234567890123\",\"dependants\":0,\"street\":\"Río\",\"crossStreets\":\"x\","
    "\"outdoorNumber\":\"1\",\"indoorNumber\":\"2\",\"suburb\":\"x\",\"city\":\"x\",\"state\":\"x\",\"postalCode\":\"01000\","
    "\"lat\":\"19.4326\",\"lng\":\"-99.1332\",\"addressDate\":\"2001-01-01\",\"phoneNumber\":\"5555555555\","
    "\"cellphoneNumber\":\"5555555555\",\"addressTypeID\":\"E\",\"initialCapital\":1234.10,\"pendingCapital\":0.0,"
    "\"pendingOrdinaryInterests\":1,\"pendingOverdueInterest\":2,\"iva\":3,\"totalPending\":4,\"paidCapital\":5,"
    "\"paidOrdinaryInterest\":6,\"paidOverdueInterest\":7,\"totalPaid\":-8,\"pendingPayments\":9,\"paymentsDone\":10,"
    "\"amountPaymentPeriodicity\":11.5,\"lastPaymentDate\":\"2024-02-29\",\"overdueDays\":12,\"lastPaymentAmount\":13,"
    "\"loanDate\":\"2020-12-31\",\"paymentInformationBankName\":\"x\",\"paymentInformationAcountHolder\":\"x\","
    "\"paymentInformationAccountReference\":\"x\",\"paymentInformationAccountNumber\":\"1\","
    "\"paymentInformationAccountCLABE\":\"002115016003269411\",\"requiredPayment\":14,\"requiredPaymentMaxDate\":\"2025-01-31\","
    "\"internalAgentsNetwork\":false,\"inactive\":true,\"lenderIDcdc\":\"x\",\"contractType\":\"PP\",\"accountType\":\"F\","
    "\"productoType\":\"P\",\"periodicity\":\"M\",\"overduePeriods\":3}]}",
    NULL },

  /* the request */
  { "not-json", "{\"importTypeID\":1,", "El cuerpo no es JSON válido: se esperaba un texto entre comillas (byte 18)" },
  { "nothing", "", "El cuerpo no es JSON válido: se esperaba un valor (byte 0)" },
  { "text", "\"accounts\"", OF_REQUEST "se esperaba un objeto" },
  { "empty-object", "{}", OF_REQUEST "importTypeID falta" },
  { "no-type", "{\"accounts\":[{\"externalID\":\"A-106\"}]}", OF_REQUEST "importTypeID falta" },
  { "no-accounts", "{\"importTypeID\":1}", OF_REQUEST "accounts falta" },
  { "type-0", "{\"importTypeID\":0,\"accounts\":[]}", OF_REQUEST "importTypeID no es uno de los valores permitidos (1, 2, 3)" },
  { "type-4", "{\"importTypeID\":4,\"accounts\":[]}", OF_REQUEST "importTypeID no es uno de los valores permitidos (1, 2, 3)" },
  { "type-as-text", "{\"importTypeID\":\"1\",\"accounts\":[]}", OF_REQUEST "importTypeID debe ser un número entero" },
  { "type-with-fraction", "{\"importTypeID\":1.0,\"accounts\":[]}", OF_REQUEST "importTypeID debe ser un número entero" },
  { "accounts-as-object", "{\"importTypeID\":1,\"accounts\":{}}", OF_REQUEST "accounts debe ser una lista" },
  { "accounts-twice", "{\"importTypeID\":1,\"accounts\":[],\"accounts\":[]}", OF_REQUEST "accounts está repetido" },
  { "unknown-beside-accounts", "{\"importTypeID\":1,\"accounts\":[],\"dryRun\":true}", OF_REQUEST "dryRun no es un campo conocido" },
  { "promises-in-object", "{\"promises\":[]}", OF_REQUEST "promises no es un campo conocido" },
  { "no-account-in-list", ACCOUNTS (""), OF_REQUEST "la lista de registros está vacía" },
  { "no-promise-in-list", "[]", OF_REQUEST "la lista de registros está vacía" },

  /* which record */
  { "record-is-no-object", ACCOUNTS ("1"), "La cuenta número 1 no es válida: debe ser un objeto" },
  { "second-record",
    "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A-1\"},{\"iva\":\"x\",\"externalID\":\"A-106\"},{\"iva\":\"x\"}]}",
    OF_ACCOUNT "iva debe ser un número" },
  { "no-key", "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A-1\"},{\"iva\":1}]}",
    "La cuenta número 2 no es válida: externalID falta" },
  { "empty-key", "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"\"}]}", "La cuenta número 1 no es válida: externalID está vacío" },
  { "key-as-number", "{\"importTypeID\":2,\"accounts\":[{\"externalID\":106}]}",
    "La cuenta número 1 no es válida: externalID debe ser un texto" },
  { "key-too-long", "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"" TEN TEN "0\"}]}",
    "La cuenta \"" TEN TEN "0\" no es válida: externalID tiene 21 caracteres y el máximo es 20" },
  { "key-endless", "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"" FIFTY "\"}]}",
    "La cuenta \"" TEN TEN TEN TEN "…\" no es válida: externalID tiene 50 caracteres y el máximo es 20" },
  { "key-with-nul", "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A\\u0000B\"}]}",
    "La cuenta \"A\" no es válida: externalID contiene el carácter U+0000" },
  { "promise-without-key", "[{\"paymentPromiseStatus\":2}]", "La promesa número 1 no es válida: visitID falta" },

  /* members */
  { "unknown-member", UPDATE (",\"externalid\":\"x\""), OF_ACCOUNT "externalid no es un campo conocido" },
  { "vendor-misspelling", UPDATE (",\"paymentInformationAccountHolder\":\"x\""),
    OF_ACCOUNT "paymentInformationAccountHolder no es un campo conocido" },
  { "visitlID", "[{\"visitlID\":77,\"paymentPromiseStatus\":2}]", "La promesa número 1 no es válida: visitlID no es un campo conocido" },
  { "unknown-is-shown-safely", UPDATE (",\"a\\n" FIFTY "\":1"),
    OF_ACCOUNT "a␊" TEN TEN TEN "01234567… no es un campo conocido" },
  { "member-twice", UPDATE (",\"iva\":1,\"iva\":1"), OF_ACCOUNT "iva está repetido" },
  { "member-twice-in-disguise", UPDATE (",\"ext\\u0065rnalID\":\"A-106\""), OF_ACCOUNT "externalID está repetido" },
  { "null", UPDATE (",\"email\":null"), OF_ACCOUNT "email debe ser un texto" },
  { "empty-text", UPDATE (",\"email\":\"\""), OF_ACCOUNT "email está vacío" },

  /* types */
  { "number-for-text", UPDATE (",\"postalCode\":1000"), OF_ACCOUNT "postalCode debe ser un texto" },
  { "number-for-latitude", UPDATE (",\"lat\":19.43"), OF_ACCOUNT "lat debe ser un texto" },
  { "number-for-longitude", UPDATE (",\"lng\":-99.13"), OF_ACCOUNT "lng debe ser un texto" },
  { "number-for-code", UPDATE (",\"civilStatus\":1"), OF_ACCOUNT "civilStatus debe ser un texto" },
  { "text-for-number", UPDATE (",\"totalPending\":\"1234.10\""), OF_ACCOUNT "totalPending debe ser un número" },
  { "text-for-integer", UPDATE (",\"overdueDays\":\"3\""), OF_ACCOUNT "overdueDays debe ser un número entero" },
  { "fraction-for-integer", UPDATE (",\"overdueDays\":3.0"), OF_ACCOUNT "overdueDays debe ser un número entero" },
  { "exponent-for-integer", UPDATE (",\"overdueDays\":3e2"), OF_ACCOUNT "overdueDays debe ser un número entero" },
  { "text-for-boolean", UPDATE (",\"inactive\":\"true\""), OF_ACCOUNT "inactive debe ser true o false" },
  { "number-for-boolean", UPDATE (",\"inactive\":1"), OF_ACCOUNT "inactive debe ser true o false" },
  { "number-for-date", UPDATE (",\"loanDate\":20240131"), OF_ACCOUNT "loanDate debe ser una fecha en un texto" },
  { "list-for-text", UPDATE (",\"email\":[\"x\"]"), OF_ACCOUNT "email debe ser un texto" },

  /* lengths count characters */
  { "longest-text", UPDATE (",\"firstSurname\":\"" FIFTY_ACCENTS "\""), NULL },
  { "too-long-text", UPDATE (",\"firstSurname\":\"" FIFTY_ACCENTS "ñ\""), OF_ACCOUNT "firstSurname tiene 51 caracteres y el máximo es 50" },
  { "longest-by-escapes", UPDATE (",\"postalCode\":\"\\uD83D\\uDE00\\u00f1\\u00f1\\u00f1\\u00f1\\u00f1\""), NULL },
  { "too-long-phone", UPDATE (",\"phoneNumber\":\"+52 55 5555 5555\""), OF_ACCOUNT "phoneNumber tiene 16 caracteres y el máximo es 12" },

  /* values */
  { "currency-pesos", NEW_ACCOUNT (",\"nationality\":\"US\""), NULL },
  { "currency-unknown", "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A-106\",\"currencyCode\":\"EU\"}]}",
    OF_ACCOUNT "currencyCode no es uno de los valores permitidos (MX, US)" },
  { "lower-case", UPDATE (",\"gender\":\"f\""), OF_ACCOUNT "gender no es uno de los valores permitidos (F, M)" },
  { "residence-5", UPDATE (",\"residenceTypeID\":5"), OF_ACCOUNT "residenceTypeID no es uno de los valores permitidos (1, 2, 3, 4)" },
  { "residence-minus-zero", UPDATE (",\"residenceTypeID\":-0"), OF_ACCOUNT "residenceTypeID no es uno de los valores permitidos (1, 2, 3, 4)" },
  { "address-type", UPDATE (",\"addressTypeID\":\"X\""), OF_ACCOUNT "addressTypeID no es uno de los valores permitidos (N, O, C, P, E)" },
  { "promise-status-1", PROMISE (",\"paymentPromiseStatus\":1"),
    OF_PROMISE "paymentPromiseStatus no es uno de los valores permitidos (2, 3, 4, 5)" },
  { "promise-status-6", PROMISE (",\"paymentPromiseStatus\":6"),
    OF_PROMISE "paymentPromiseStatus no es uno de los valores permitidos (2, 3, 4, 5)" },

  /* dates */
  { "leap-day", UPDATE (",\"birthdate\":\"2000-02-29\""), NULL },
  { "no-leap-day", UPDATE (",\"birthdate\":\"1900-02-29\""), OF_ACCOUNT "birthdate no es una fecha aaaa-mm-dd" },
  { "day-31", UPDATE (",\"birthdate\":\"2024-04-31\""), OF_ACCOUNT "birthdate no es una fecha aaaa-mm-dd" },
  { "day-0", UPDATE (",\"birthdate\":\"2024-04-00\""), OF_ACCOUNT "birthdate no es una fecha aaaa-mm-dd" },
  { "month-13", UPDATE (",\"birthdate\":\"2024-13-01\""), OF_ACCOUNT "birthdate no es una fecha aaaa-mm-dd" },
  { "year-0", UPDATE (",\"birthdate\":\"0000-01-01\""), OF_ACCOUNT "birthdate no es una fecha aaaa-mm-dd" },
  { "slashes", UPDATE (",\"birthdate\":\"2024/01/31\""), OF_ACCOUNT "birthdate no es una fecha aaaa-mm-dd" },
  { "day-first", UPDATE (",\"birthdate\":\"31-01-2024\""), OF_ACCOUNT "birthdate no es una fecha aaaa-mm-dd" },
  { "one-digit", UPDATE (",\"birthdate\":\"2024-1-31\""), OF_ACCOUNT "birthdate no es una fecha aaaa-mm-dd" },
  { "with-time", UPDATE (",\"birthdate\":\"2024-01-31T00:00\""), OF_ACCOUNT "birthdate no es una fecha aaaa-mm-dd" },

  /* what is needed */
  { "new-without-product", ACCOUNTS ("{\"externalID\":\"A-106\",\"currencyCode\":\"MX\",\"name\":\"Ana\"}"), OF_ACCOUNT "productID falta" },
  { "new-without-currency", ACCOUNTS ("{\"externalID\":\"A-106\",\"productID\":1,\"name\":\"Ana\"}"), OF_ACCOUNT "currencyCode falta" },
  { "new-without-name", ACCOUNTS ("{\"externalID\":\"A-106\",\"productID\":1,\"currencyCode\":\"MX\"}"), OF_ACCOUNT "name falta" },
  { "promise-without-status", PROMISE (""), OF_PROMISE "paymentPromiseStatus falta" },

  /* what only a server knows */
  { "last-branch", UPDATE (",\"branchID\":500"), NULL },
  { "branch-999", UPDATE (",\"branchID\":999"), OF_ACCOUNT "branchID: la sucursal 999 no existe" },
  { "branch-0", UPDATE (",\"branchID\":0"), OF_ACCOUNT "branchID: la sucursal 0 no existe" },
  { "branch-negative", UPDATE (",\"branchID\":-1"), OF_ACCOUNT "branchID: la sucursal -1 no existe" },
  { "branch-endless", UPDATE (",\"branchID\":1" FIFTY), OF_ACCOUNT "branchID: la sucursal 1" TEN TEN TEN "012345678… no existe" },
  { "manager-10000", UPDATE (",\"kobraID\":10000"), OF_ACCOUNT "kobraID: el gestor 10000 no existe" },
  { "last-visit", "[{\"visitID\":899999999,\"paymentPromiseStatus\":2}]", NULL },
  { "visit-900000000", "[{\"visitID\":900000000,\"paymentPromiseStatus\":2}]",
    "La promesa de la visita \"900000000\" no es válida: visitID: la visita 900000000 no existe" },
  { "rejected-account", "{\"importTypeID\":2,\"accounts\":[{\"externalID\":\"A-1\"},{\"externalID\":\"BAD\"}]}",
    "La cuenta \"BAD\" fue rechazada por la plataforma" },
  { "rejected-promise", "[{\"visitID\":13,\"paymentPromiseStatus\":2}]", "La promesa de la visita \"13\" fue rechazada por la plataforma" },
};

static void
test_import (gconstpointer data)
{
  static const char *const reject_keys[] = { "BAD", "13", NULL };
  const ImportCase        *row = data;
  g_auto (KobraPracticeAnswer) answer = { 0 };
  g_autoptr (GArray) records = NULL;
  KobraPracticeKind kind;
  gboolean          taken;

  taken = kobra_practice_judge_import (row->body, strlen (row->body), reject_keys, &kind, &records, &answer);
  g_assert_cmpstr (answer.message, ==, row->message);
  g_assert_cmpint (taken, ==, row->message == NULL);
  g_assert_cmpuint (answer.status, ==, taken ? 200 : 400);
  g_assert_cmpint (*answer.type == '\0', ==, taken);
  g_assert_true ((records != NULL) == taken);
  if (taken)
    g_assert_cmpint (kind, ==, row->body[0] == '[' ? KOBRA_PRACTICE_PROMISES : KOBRA_PRACTICE_ACCOUNTS);
}

static void
test_records (void)
{
  static const char body[] = "{\"importTypeID\":2,\"accounts\":[ {\"externalID\":\"A-1\", \"iva\":1234.10} , {\"externalID\":\"\\u00d1\"}]}";
  static const struct
  {
    const char *key, *text;
  } expected[] = {
    { "A-1", "{\"externalID\":\"A-1\", \"iva\":1234.10}" },
    { "Ñ", "{\"externalID\":\"\\u00d1\"}" },
  };
  g_auto (KobraPracticeAnswer) answer = { 0 };
  g_autoptr (GArray) records = NULL;
  KobraPracticeKind kind;

  g_assert_true (kobra_practice_judge_import (body, sizeof body - 1, NULL, &kind, &records, &answer));
  g_assert_cmpuint (records->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < records->len; i++)
    {
      const KobraPracticeRecord *record = &g_array_index (records, KobraPracticeRecord, i);

      g_assert_cmpstr (record->key, ==, expected[i].key);
      g_assert_cmpmem (record->text, record->length, expected[i].text, strlen (expected[i].text));
    }
}

static guint
judge_many (guint n_promises)
{
  g_auto (KobraPracticeAnswer) answer = { 0 };
  g_autoptr (GArray) records = NULL;
  g_autoptr (GString) body = g_string_new ("[");
  KobraPracticeKind kind;

  for (guint i = 1; i <= n_promises; i++)
    g_string_append_printf (body, "%s{\"visitID\":%u,\"paymentPromiseStatus\":2}", i > 1 ? "," : "", i);
  g_string_append_c (body, ']');
  kobra_practice_judge_import (body->str, body->len, NULL, &kind, &records, &answer);
  return answer.status;
}

static void
test_most_records (void)
{
  g_assert_cmpuint (judge_many (KOBRA_PRACTICE_MAX_RECORDS), ==, 200);
  g_assert_cmpuint (judge_many (KOBRA_PRACTICE_MAX_RECORDS + 1), ==, 413);
}

typedef struct
{
  const char *name;
  const char *body;
  guint       status;
  const char *message;
} SignInCase;

static const SignInCase sign_in_cases[] = {
  { "good", "{\"user\":\"ana\",\"password\":\"clave\"}", 200, NULL },
  { "good-in-escapes", "{\"password\":\"cl\\u0061ve\",\"user\":\"ana\"}", 200, NULL },
  { "wrong-password", "{\"user\":\"ana\",\"password\":\"Clave\"}", 401, "Usuario o contraseña incorrectos" },
  { "wrong-user", "{\"user\":\"an\",\"password\":\"clave\"}", 401, "Usuario o contraseña incorrectos" },
  { "no-password", "{\"user\":\"ana\"}", 400, OF_REQUEST "password falta" },
  { "number-for-user", "{\"user\":1,\"password\":\"clave\"}", 400, OF_REQUEST "user debe ser un texto" },
  { "unknown-member", "{\"user\":\"ana\",\"password\":\"clave\",\"remember\":true}", 400, OF_REQUEST "remember no es un campo conocido" },
  { "array", "[]", 400, OF_REQUEST "se esperaba un objeto" },
  { "form", "user=ana&password=clave", 400, "El cuerpo no es JSON válido: se esperaba un valor (byte 0)" },
};

static void
test_sign_in (gconstpointer data)
{
  const SignInCase *row = data;
  g_auto (KobraPracticeAnswer) answer = { 0 };
  gboolean good = kobra_practice_judge_sign_in (row->body, strlen (row->body), "ana", "clave", &answer);

  g_assert_cmpint (good, ==, row->status == 200);
  g_assert_cmpuint (answer.status, ==, row->status);
  g_assert_cmpstr (answer.message, ==, row->message);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (import_cases); i++)
    kobra_test_add_row ("/practice/rules/import/", import_cases[i].name, &import_cases[i], test_import);
  for (gsize i = 0; i < G_N_ELEMENTS (sign_in_cases); i++)
    kobra_test_add_row ("/practice/rules/sign-in/", sign_in_cases[i].name, &sign_in_cases[i], test_sign_in);
  g_test_add_func ("/practice/rules/records-are-known-by-key-and-kept-as-sent", test_records);
  g_test_add_func ("/practice/rules/a-request-has-a-limit-of-records", test_most_records);
  return g_test_run ();
}
