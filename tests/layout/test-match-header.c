/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-match-header.h"

#include "kobra-test.h"

typedef struct
{
  const char *header;
  const char *field; /* wire name, or NULL: no field */
} Case;

/* clang-format off */
static const Case account_cases[] = {
  /* Spanish, as people write it */
  { "Cuenta", "externalID" },
  { "No. de cuenta", "externalID" },
  { "Nº CUENTA", "externalID" },
  { "N° de crédito", "externalID" },
  { "Núm. crédito", "externalID" },
  { "# Crédito", "externalID" },
  { "Número de contrato", "externalID" },
  { "ID cliente", "externalID" },
  { "IDCliente", "externalID" },
  { "No. Cliente", "externalID" },
  { "Número del cliente", "externalID" },
  { "No. de socio", "externalID" },
  { "No. préstamo", "externalID" },
  { "Folio", "externalID" },
  { "ID", "externalID" },
  { "Sucursal", "branchID" },
  { "Moneda", "currencyCode" },
  { "NOMBRE(S)", "name" },
  { "Nombre", "name" },
  { "nombre_cliente", "name" },
  { "Nombre del Acreditado", "name" },
  { "Nombre del socio", "name" },
  { "Nombre completo", "name" },
  { "Nombre o razón social", "name" },
  { "Ap. Paterno", "firstSurname" },
  { "ApellidoPaterno", "firstSurname" },
  { "Apellido paterno del cliente", "firstSurname" },
  { "Ap. Pat.", "firstSurname" },
  { "apellido_materno", "secondSurname" },
  { "AP. MATERNO", "secondSurname" },
  { "Segundo apellido", "secondSurname" },
  { "Correo electrónico", "email" },
  { "E-mail", "email" },
  { "Fec. nac.", "birthdate" },
  { "F. Nacimiento", "birthdate" },
  { "Fecha de Nacimiento", "birthdate" },
  { "Fecha del nacimiento del cliente", "birthdate" },
  { "R.F.C.", "rfc" },
  { "RFC del titular", "rfc" },
  { "C.U.R.P.", "curp" },
  { "Edo. civil", "civilStatus" },
  { "Género", "gender" },
  { "Sexo", "gender" },
  { "INE/IFE", "ife" },
  { "Clave de elector", "ife" },
  { "Calle y número", "street" },
  { "Entre calles", "crossStreets" },
  { "Núm. Ext.", "outdoorNumber" },
  { "No. exterior", "outdoorNumber" },
  { "Num. int", "indoorNumber" },
  { "Colonia", "suburb" },
  { "Col.", "suburb" },
  { "Municipio / Alcaldía", "city" },
  { "Mpio.", "city" },
  { "Estado", "state" },
  { "C.P.", "postalCode" },
  { "CP", "postalCode" },
  { "Código Postal", "postalCode" },
  { "Latitud", "lat" },
  { "Tel.", "phoneNumber" },
  { "Teléfono de casa", "phoneNumber" },
  { "Teléfono 1", "phoneNumber" },
  { "Tel. cel", "cellphoneNumber" },
  { "Teléfono Celular", "cellphoneNumber" },
  { "WhatsApp", "cellphoneNumber" },
  { "Monto otorgado", "initialCapital" },
  { "Capital vencido", "pendingCapital" },
  { "Interés moratorio", "pendingOverdueInterest" },
  { "Int. mora", "pendingOverdueInterest" },
  { "I.V.A.", "iva" },
  { "Saldo vencido", "totalPending" },
  { "SALDO TOTAL", "totalPending" },
  { "Saldo", "totalPending" },
  { "Total pagado", "totalPaid" },
  { "Pagos pendientes", "pendingPayments" },
  { "Mensualidad", "amountPaymentPeriodicity" },
  { "Abono", "amountPaymentPeriodicity" },
  { "Fecha último pago", "lastPaymentDate" },
  { "Fecha de último abono", "lastPaymentDate" },
  { "Días de atraso", "overdueDays" },
  { "Días mora", "overdueDays" },
  { "Monto último pago", "lastPaymentAmount" },
  { "Fecha de otorgamiento", "loanDate" },
  { "Fecha de compra", "loanDate" },
  { "Banco", "paymentInformationBankName" },
  { "Titular de la cuenta", "paymentInformationAcountHolder" },
  { "Referencia bancaria", "paymentInformationAccountReference" },
  { "Cuenta bancaria", "paymentInformationAccountNumber" },
  { "CLABE interbancaria", "paymentInformationAccountCLABE" },
  { "Pago mínimo", "requiredPayment" },
  { "Fecha límite de pago", "requiredPaymentMaxDate" },
  { "Clave otorgante", "lenderIDcdc" },
  { "Pagos vencidos", "overduePeriods" },

  /* English, and the API's own names however they are written */
  { "Account ID", "externalID" },
  { "External id", "externalID" },
  { "First name", "name" },
  { "Name of the customer", "name" },
  { "Last Name", "firstSurname" },
  { "Date of birth", "birthdate" },
  { "ZIP Code", "postalCode" },
  { "Mobile phone", "cellphoneNumber" },
  { "Days Past Due", "overdueDays" },
  { "Amount due", "totalPending" },
  { "EXTERNALID", "externalID" },
  { "external_id", "externalID" },
  { "first-surname", "firstSurname" },
  { "total pending", "totalPending" },
  { "lender id CDC", "lenderIDcdc" },
  { "paymentInformationAccountHolder", "paymentInformationAcountHolder" },

  /* no field: another person's, a running number, words that mean too many things */
  { "", NULL },
  { "   ", NULL },
  { "---", NULL },
  { "#", NULL },
  { "No.", NULL },
  { "Número", NULL },
  { "Núm.", NULL },
  { "Cliente", NULL },
  { "De la", NULL },
  { "Comentario interno", NULL },
  { "Observaciones", NULL },
  { "Notas", NULL },
  { "Nombre del aval", NULL },
  { "Teléfono del aval", NULL },
  { "RFC del cónyuge", NULL },
  { "Domicilio del aval", NULL },
  { "Fecha de nacimiento del cónyuge", NULL },
  { "Tel. referencia 1", NULL },
  { "Nombre de la referencia", NULL },
  { "Fecha", NULL },
  { "Tipo de cliente", NULL },
  { "Column1", NULL },
  { "externalID2", NULL },
  { "1234", NULL },
  { "😀", NULL },
  { "constructor", NULL },
};

static const Case promise_cases[] = {
  { "ID visita", "visitID" },
  { "Id. de la visita", "visitID" },
  { "visitlID", "visitID" },
  { "visit_id", "visitID" },
  { "Folio de visita", "visitID" },
  { "Estado de la promesa", "paymentPromiseStatus" },
  { "Estatus promesa de pago", "paymentPromiseStatus" },
  { "ESTATUS", "paymentPromiseStatus" },
  { "Payment promise status", "paymentPromiseStatus" },
  { "Nombre", NULL },
  { "No.", NULL },
  { "", NULL },
};
/* clang-format on */

static void
assert_means (const KobraSchema *schema,
              const Case        *row)
{
  KobraMatch match;
  guint      rank;
  int        field = kobra_match_header (schema, row->header, &match, &rank);

  if (g_strcmp0 (field >= 0 ? schema->fields[field].name : NULL, row->field) != 0)
    g_error ("“%s” means %s, not %s", row->header, field >= 0 ? schema->fields[field].name : "nothing", row->field != NULL ? row->field : "nothing");
  g_assert_cmpint (match == KOBRA_MATCH_NONE, ==, row->field == NULL);
}

static void
test_account (gconstpointer data)
{
  assert_means (kobra_schema_get (KOBRA_KIND_ACCOUNTS), data);
}

static void
test_promise (gconstpointer data)
{
  assert_means (kobra_schema_get (KOBRA_KIND_PROMISES), data);
}

static void
test_every_wire_name (void)
{
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    {
      const KobraSchema *schema = kobra_schema_get ((KobraKind) kind);

      for (guint i = 0; i < schema->n_fields; i++)
        {
          g_autofree char *loud = g_ascii_strup (schema->fields[i].name, -1);
          KobraMatch       match;
          guint            rank;

          g_assert_cmpint (kobra_match_header (schema, schema->fields[i].name, &match, &rank), ==, (int) i);
          g_assert_cmpint (match, ==, KOBRA_MATCH_NAME);
          g_assert_cmpint (kobra_match_header (schema, loud, &match, &rank), ==, (int) i);
          g_assert_cmpint (match, ==, KOBRA_MATCH_NAME);
        }
    }
}

/* A word of the schema may not be lost to another field's on the way into the dictionary. */
static void
test_every_label_and_synonym (void)
{
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    {
      const KobraSchema *schema = kobra_schema_get ((KobraKind) kind);

      for (guint i = 0; i < schema->n_fields; i++)
        {
          g_auto (GStrv) synonyms = g_strsplit (schema->fields[i].synonyms, "|", -1);

          assert_means (schema, &(Case) { schema->fields[i].label, schema->fields[i].name });
          for (gsize j = 0; synonyms[j] != NULL; j++)
            assert_means (schema, &(Case) { synonyms[j], schema->fields[i].name });
        }
    }
}

static void
test_how_sure (void)
{
  static const struct
  {
    const char *header;
    KobraMatch  match;
  } rows[] = {
    { "totalPending", KOBRA_MATCH_NAME },
    { "Total pendiente", KOBRA_MATCH_SYNONYM },
    { "SALDO", KOBRA_MATCH_SYNONYM },
    { "Saldo del cliente", KOBRA_MATCH_LOOSE },
    { "El saldo", KOBRA_MATCH_LOOSE },
    { "Saldado", KOBRA_MATCH_NONE },
  };
  const KobraSchema *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KobraMatch match;
      guint      rank;

      kobra_match_header (schema, rows[i].header, &match, &rank);
      g_assert_cmpint (match, ==, rows[i].match);
    }
}

/* A page of text in the first row costs nothing and means nothing, whatever words are in it. */
static void
test_long_header (void)
{
  const KobraSchema *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);
  g_autofree char   *spaces = g_strnfill (1 << 22, ' ');
  g_autofree char   *longest = g_strdup_printf ("%.196sCURP", spaces);
  g_autofree char   *too_long = g_strdup_printf ("%.197sCURP", spaces);
  g_autofree char   *page = g_strdup_printf ("CURP%sCURP", spaces);
  const char        *cells[] = { page };

  assert_means (schema, &(Case) { longest, "curp" });
  assert_means (schema, &(Case) { too_long, NULL });
  assert_means (schema, &(Case) { page, NULL });
  g_assert_false (kobra_match_looks_like_headers (cells, G_N_ELEMENTS (cells)));
}

typedef struct
{
  const char *name;
  const char *cells; /* joined by "|" */
  guint       n;     /* different account fields named */
  gboolean    looks_like_headers;
} RowCase;

static const RowCase row_cases[] = {
  { "headers", "Cuenta|Nombre|Saldo", 3, TRUE },
  { "one-field-twice", "Saldo|Saldo total|Nombre", 2, TRUE },
  { "words-unknown", "Alfa|Beta|Gama", 0, TRUE },
  { "blanks-between", "Alfa||Gama|", 0, TRUE },
  { "numbered-words", "Campo 1|Campo 2", 0, TRUE },
  { "data", "A-1001|José|1234.50", 0, FALSE },
  { "data-without-amounts", "106|José|Pérez", 0, FALSE },
  { "mail-address", "José|jose@example.com", 0, FALSE },
  { "a-word-twice", "Sí|No|Sí", 0, FALSE },
  { "a-date", "José|1984-12-31", 0, FALSE },
  { "title", "Cartera vencida al 31 de octubre de 2024||", 0, FALSE },
  { "nothing", "||", 0, FALSE },
};

static void
test_row (gconstpointer data)
{
  const RowCase *row = data;
  g_auto (GStrv) cells = g_strsplit (row->cells, "|", -1);
  guint          n = g_strv_length (cells);

  g_assert_cmpuint (kobra_match_count (kobra_schema_get (KOBRA_KIND_ACCOUNTS), (const char *const *) cells, n), ==, row->n);
  g_assert_cmpint (kobra_match_looks_like_headers ((const char *const *) cells, n), ==, row->looks_like_headers);
}

static void
add_cases (const char   *prefix,
           const Case   *cases,
           gsize         n,
           GTestDataFunc func)
{
  for (gsize i = 0; i < n; i++)
    {
      /* A path can't hold what a header may: the place in the table comes along to keep the names apart. */
      g_autofree char *plain = g_str_to_ascii (cases[i].header, NULL);
      g_autofree char *name = g_strdup_printf ("%" G_GSIZE_FORMAT "-%s", i, g_strdelimit (plain, " /#?", '-'));

      kobra_test_add_row (prefix, name, &cases[i], func);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_cases ("/layout/match/account/", account_cases, G_N_ELEMENTS (account_cases), test_account);
  add_cases ("/layout/match/promise/", promise_cases, G_N_ELEMENTS (promise_cases), test_promise);
  g_test_add_func ("/layout/match/every-wire-name", test_every_wire_name);
  g_test_add_func ("/layout/match/every-label-and-synonym", test_every_label_and_synonym);
  g_test_add_func ("/layout/match/how-sure", test_how_sure);
  g_test_add_func ("/layout/match/long-header", test_long_header);
  for (gsize i = 0; i < G_N_ELEMENTS (row_cases); i++)
    kobra_test_add_row ("/layout/match/row/", row_cases[i].name, &row_cases[i], test_row);

  return g_test_run ();
}
