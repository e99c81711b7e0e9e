/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-layout.h"
#include "kobra-match-near.h"

#include "kobra-test.h"

/* One column: its header, some cells, and the field that it is. */
static const struct Case
{
  const char *name, *header;
  const char *cells[6];
  const char *field; /* wire name, or NULL */
  KobraTrust  trust;
} cases[] = {
  { "curp/nameless", "", { "GODE561231HDFRRL04", "BOXW310820HNERXN09", "GODE561231HDFRRL04" }, "curp", KOBRA_TRUST_LIKELY },
  { "curp/unknown-name", "Clave poblacional", { "GODE561231HDFRRL04", "BOXW310820HNERXN09", "GODE561231HDFRRL04" }, "curp", KOBRA_TRUST_LIKELY },
  { "curp/of-another", "CURP del aval", { "GODE561231HDFRRL04", "BOXW310820HNERXN09", "GODE561231HDFRRL04" }, NULL, KOBRA_TRUST_NONE },
  { "curp/too-few", "Clave poblacional", { "GODE561231HDFRRL04", "" }, NULL, KOBRA_TRUST_NONE },
  { "curp/some-wrong", "X", { "GODE561231HDFRRL04", "BOXW310820HNERXN09", "GODE561231HDFRRL04", "BOXW310820HNERXN09", "no tiene" }, "curp", KOBRA_TRUST_LIKELY },
  { "rfc/nameless", "Column3", { "GODE561231GR8", "VECJ880326XX3", "GODE561231GR8" }, "rfc", KOBRA_TRUST_LIKELY },
  { "rfc/as-a-key", "Clave cliente", { "GODE561231GR8", "VECJ880326XX3", "GODE561231GR8" }, "externalID", KOBRA_TRUST_SURE },
  { "clabe/called-account", "Cuenta", { "002115016003269411", "002115016003269411", "002115016003269411" }, "paymentInformationAccountCLABE", KOBRA_TRUST_LIKELY },
  { "clabe/any-18-digits", "Cuenta", { "002115016003269412", "123456789012345678", "111111111111111111" }, "externalID", KOBRA_TRUST_SURE },
  { "email/unknown-name", "Buzón", { "ana@correo.mx", "luz@correo.mx", "eva@correo.mx" }, "email", KOBRA_TRUST_LIKELY },
  { "email/of-another", "Contacto referencia", { "ana@correo.mx", "luz@correo.mx", "eva@correo.mx" }, NULL, KOBRA_TRUST_NONE },
  { "voter/unknown-name", "Identificación", { "GMVLMR80070501M100", "HRVLMR80070501H100", "GMVLMR80070501M101" }, "ife", KOBRA_TRUST_LIKELY },
  { "phone/nameless", "", { "5512345678", "55 8765 4321", "(81) 1234-5678" }, "cellphoneNumber", KOBRA_TRUST_GUESS },
  { "phone/another-word", "Referencia de pago", { "5512345678", "5587654321", "8112345678" }, "paymentInformationAccountReference", KOBRA_TRUST_SURE },
  { "phone/unknown-name", "Serie", { "5512345678", "5587654321", "8112345678" }, NULL, KOBRA_TRUST_NONE },
  { "postal-code/nameless", "Dato 5", { "06700", "64000", "01010" }, "postalCode", KOBRA_TRUST_GUESS },
  { "sex/nameless", "", { "M", "F", "F" }, "gender", KOBRA_TRUST_GUESS },
  { "birthdate/nameless", "", { "31/12/1980", "05/06/1975", "1990-01-01" }, "birthdate", KOBRA_TRUST_GUESS },
  { "date/nameless-and-late", "", { "31/12/2024", "05/06/2024", "2024-01-01" }, NULL, KOBRA_TRUST_NONE },
  { "amount/nameless", "", { "1200.50", "300", "45.10" }, NULL, KOBRA_TRUST_NONE },
  { "coordinate/longitude", "GPS 2", { "-99.13321", "-100.31", "-103.3496" }, "lng", KOBRA_TRUST_LIKELY },

  { "veto/branch-of-words", "Sucursal", { "Centro", "Norte", "Sur" }, NULL, KOBRA_TRUST_NONE },
  { "veto/branch-of-numbers", "Sucursal", { "12", "7", "3" }, "branchID", KOBRA_TRUST_SURE },
  { "veto/product-of-words", "Producto", { "Crédito Nómina", "Personal", "Auto" }, NULL, KOBRA_TRUST_NONE },
  { "veto/product-in-words", "Producto", { "Cobranza", "Cobranza", "1" }, "productID", KOBRA_TRUST_SURE },
  { "veto/date-of-days", "Vencimiento", { "30", "60", "90" }, NULL, KOBRA_TRUST_NONE },
  { "veto/days-of-dates", "Atraso", { "31/12/2024", "05/06/2024", "2024-01-01" }, NULL, KOBRA_TRUST_NONE },
  { "veto/amount-of-words", "Total", { "pagado", "vencido", "vigente" }, NULL, KOBRA_TRUST_NONE },
  { "veto/damaged-amounts", "Saldo", { "$1,200.50", "3.00E+05", "(45.10)" }, "totalPending", KOBRA_TRUST_SURE },
  { "veto/empty", "Sucursal", { "", "", "" }, "branchID", KOBRA_TRUST_SURE },
  { "veto/words-for-nothing", "Saldo", { "N/A", "-", "" }, "totalPending", KOBRA_TRUST_SURE },
  { "veto/a-wire-name-is-a-word-given", "branchID", { "Centro", "Norte", "Sur" }, "branchID", KOBRA_TRUST_LIKELY },
  { "veto/state-of-words", "Estado", { "Jalisco", "Nuevo León", "CDMX" }, "state", KOBRA_TRUST_SURE },
  { "veto/civil-status-partly", "Estado civil", { "CASADO", "VIUDO", "SOLTERA", "DIVORCIADO" }, "civilStatus", KOBRA_TRUST_LIKELY },

  { "person/names", "Cliente", { "José Luis Gutiérrez Ñáñez", "PÉREZ SOTO, JUAN", "Ma. del Carmen d’Ávila" }, "name", KOBRA_TRUST_LIKELY },
  { "person/ids", "Cliente", { "000123", "A-77", "000125" }, "externalID", KOBRA_TRUST_LIKELY },
  { "person/names-of-members", "Socio", { "Ana Ruiz", "Luz Díaz", "" }, "name", KOBRA_TRUST_LIKELY },
  { "person/ids-of-members", "Socio", { "77", "78", "79" }, "externalID", KOBRA_TRUST_SURE },
  { "person/ids-of-debtors", "Deudor", { "D001", "D002", "D003" }, "externalID", KOBRA_TRUST_LIKELY },
  { "person/one-record", "CLIENTE:", { "ANA RUIZ SOSA" }, "name", KOBRA_TRUST_LIKELY },
  { "person/neither", "Cliente", { "nuevo", "viejo", "nuevo" }, NULL, KOBRA_TRUST_NONE },
  { "person/of-another", "Cliente aval", { "Ana Ruiz", "Luz Díaz", "Eva Sol" }, NULL, KOBRA_TRUST_NONE },

  { "near/two-letters-swapped", "Fecha de nacimietno", { "31/12/1980", "05/06/1975", "1990-01-01" }, "birthdate", KOBRA_TRUST_LIKELY },
  { "near/one-missing", "Telefno celular", { "5512345678", "5587654321", "8112345678" }, "cellphoneNumber", KOBRA_TRUST_LIKELY },
  { "near/one-more", "Collonia", { "Roma", "Condesa", "Centro" }, "suburb", KOBRA_TRUST_LIKELY },
  { "near/one-other", "Municipyo", { "Toluca", "León", "Celaya" }, "city", KOBRA_TRUST_LIKELY },
  { "near/two-in-a-long-one", "Intereses morratoros", { "12.5", "3", "0.5" }, "pendingOverdueInterest", KOBRA_TRUST_LIKELY },
  { "near/another-number", "Teléfono 3", { "5512345678", "5587654321", "8112345678" }, NULL, KOBRA_TRUST_NONE },
  { "near/too-short", "Saldu", { "12.5", "3", "0.5" }, NULL, KOBRA_TRUST_NONE },
  { "near/a-real-word", "Productor", { "Maíz", "Frijol", "Trigo" }, NULL, KOBRA_TRUST_NONE },
  { "near/of-another", "Fecha nacimietno aval", { "31/12/1980", "05/06/1975", "1990-01-01" }, NULL, KOBRA_TRUST_NONE },
  { "near/row-numbers", "No.", { "1", "2", "3" }, NULL, KOBRA_TRUST_NONE },
  { "near/row-numbers-in-full", "Número", { "1", "2", "3" }, NULL, KOBRA_TRUST_NONE },
};

static KobraLayout *
make_layout (const char *const *headers,
             guint              n_headers,
             const char *const *cells, /* row by row */
             guint              n_rows)
{
  g_autoptr (KobraRows)   rows = kobra_rows_new ();
  g_autoptr (KobraFrozen) table = NULL;

  for (guint i = 0; i < n_rows; i++)
    g_assert_true (kobra_rows_append (rows, i + 2, cells + (gsize) i * n_headers, n_headers));
  table = kobra_rows_freeze (rows);
  return kobra_layout_new_by_content (KOBRA_KIND_ACCOUNTS, headers, n_headers, table);
}

static const char *
get_field (KobraLayout *layout,
           guint        column)
{
  return layout->fields[column] >= 0 ? layout->schema->fields[layout->fields[column]].name : NULL;
}

static void
test_case (gconstpointer data)
{
  const struct Case *c = data;
  guint n = 0;
  g_autoptr (KobraLayout) layout = NULL;

  while (n < G_N_ELEMENTS (c->cells) && c->cells[n] != NULL)
    n++;
  layout = make_layout (&c->header, 1, c->cells, n);
  g_assert_cmpstr (get_field (layout, 0), ==, c->field);
  g_assert_cmpstr (kobra_trust_get_label ((KobraTrust) layout->trusts[0]), ==, kobra_trust_get_label (c->trust));
}

static void
test_two_phones (void)
{
  const char *const headers[] = { "", "", "" };
  const char *const cells[] = { "5512345678", "5587654321", "5511112222", "8112345678", "8187654321", "5511112223", "3312345678", "3387654321", "5511112224" };
  g_autoptr (KobraLayout) layout = make_layout (headers, 3, cells, 3);

  g_assert_cmpstr (get_field (layout, 0), ==, "cellphoneNumber");
  g_assert_cmpstr (get_field (layout, 1), ==, "phoneNumber");
  g_assert_cmpstr (get_field (layout, 2), ==, NULL);
}

/* The header that says so is right; a column that only looks so is not taken for it. */
static void
test_a_name_goes_before_a_look (void)
{
  const char *const headers[] = { "Correo alterno", "Correo electrónico" };
  const char *const cells[] = { "a@b.mx", "c@d.mx", "e@f.mx", "g@h.mx", "i@j.mx", "k@l.mx" };
  g_autoptr (KobraLayout) layout = make_layout (headers, 2, cells, 3);

  g_assert_cmpstr (get_field (layout, 0), ==, NULL);
  g_assert_cmpstr (get_field (layout, 1), ==, "email");
}

/* Of two columns with a name for a field, the one whose cells can be its values is it. */
static void
test_the_rival_that_fits (void)
{
  const char *const headers[] = { "Sucursal", "No. sucursal" };
  const char *const cells[] = { "Centro", "1", "Norte", "2", "Sur", "3" };
  g_autoptr (KobraLayout) layout = make_layout (headers, 2, cells, 3);

  g_assert_cmpstr (get_field (layout, 0), ==, NULL);
  g_assert_cmpstr (get_field (layout, 1), ==, "branchID");
}

/* What another column says in words it has. */
static void
test_people_beside_words (void)
{
  static const char *const   headers[] = { "Cliente", "Nombre", "Socio", "No. socio" };
  static const char *const   cells[] = { "C1", "Ana", "Ana Ruiz", "1", "C2", "Luz", "Luz Díaz", "2", "C3", "Eva", "Eva Sol", "3" };
  g_autoptr (KobraLayout)    layout = make_layout (headers, 4, cells, 3);

  g_assert_cmpstr (get_field (layout, 0), ==, NULL);
  g_assert_cmpstr (get_field (layout, 1), ==, "name");
  g_assert_cmpstr (get_field (layout, 2), ==, NULL);
  g_assert_cmpstr (get_field (layout, 3), ==, "externalID");
}

static void
test_near_words (void)
{
  static const struct
  {
    const char *a, *b;
    guint       distance; /* 0: not near */
  } rows[] = {
    { "colonia", "colonia", 0 }, { "colonia", "colonya", 1 }, { "colonia", "coloni", 1 }, { "colonia", "ocolnia", 0 }, { "colonia", "cololnia", 1 },
    { "paterno", "materno", 1 }, { "saldo", "salto", 0 }, { "telefono1", "telefono2", 0 }, { "fechadenacimiento", "fechanacimiento", 2 }, { "", "a", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint    distance = 0, back = 0;
      gboolean near = kobra_match_is_near (rows[i].a, rows[i].b, &distance);

      g_assert_cmpint (near, ==, rows[i].distance > 0);
      g_assert_cmpint (near, ==, kobra_match_is_near (rows[i].b, rows[i].a, &back));
      if (near)
        g_assert_cmpuint (distance, ==, rows[i].distance);
      g_assert_cmpuint (distance, ==, back);
    }
}

/* No known word is near a word of another field so that one slip of the finger would make it that: each is itself first. */
static void
test_known_words_stay_themselves (void)
{
  const KobraSchema *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);

  for (guint field = 0; field < schema->n_fields; field++)
    {
      g_auto (GStrv) words = g_strsplit (schema->fields[field].synonyms, "|", -1);

      for (gsize i = 0; words[i] != NULL; i++)
        {
          g_autoptr (KobraLayout) layout = make_layout ((const char *const *) &words[i], 1, NULL, 0);

          g_assert_cmpstr (get_field (layout, 0), ==, schema->fields[field].name);
        }
    }
}

static void
test_a_wide_hostile_table (void)
{
  g_autofree const char **headers = g_new (const char *, KOBRA_MAX_COLUMNS);
  g_autofree const char **cells = g_new (const char *, 4 * (gsize) KOBRA_MAX_COLUMNS);
  g_autofree char        *digits = g_strnfill (1 << 16, '1');
  g_autoptr (KobraLayout) layout = NULL;

  for (guint i = 0; i < KOBRA_MAX_COLUMNS; i++)
    headers[i] = i % 3 == 0 ? digits : "Fecha de nacimietno";
  for (guint i = 0; i < 4 * KOBRA_MAX_COLUMNS; i++)
    cells[i] = i % 5 == 0 ? "GODE561231HDFRRL04" : "1/1/1";
  layout = make_layout (headers, KOBRA_MAX_COLUMNS, cells, 4);
  g_assert_cmpuint (layout->n_columns, ==, KOBRA_MAX_COLUMNS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/layout/content/", cases[i].name, &cases[i], test_case);
  g_test_add_func ("/layout/content/two-phones", test_two_phones);
  g_test_add_func ("/layout/content/a-name-goes-before-a-look", test_a_name_goes_before_a_look);
  g_test_add_func ("/layout/content/the-rival-that-fits", test_the_rival_that_fits);
  g_test_add_func ("/layout/content/people-beside-words", test_people_beside_words);
  g_test_add_func ("/layout/content/near-words", test_near_words);
  g_test_add_func ("/layout/content/known-words-stay-themselves", test_known_words_stay_themselves);
  g_test_add_func ("/layout/content/a-wide-hostile-table", test_a_wide_hostile_table);
  return g_test_run ();
}
