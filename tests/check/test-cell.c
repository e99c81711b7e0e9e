/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "kobra-check-record.h"
#include "kobra-schema-accounts.h"
#include "kobra-test.h"

/* The checks of the accounts' cells and between them, as of 1 June 2025. */
typedef struct
{
  const char *name;
  const char *set[12];      /* fields and what they say, on top of a record without problems */
  const char *expected[4];  /* "field code" of each problem, in order */
} Case;

#define A10 "0123456789"
#define A50 A10 A10 A10 A10 A10

static const Case cases[] = {
  { "good", { NULL }, { NULL } },

  { "required/empty", { "name", "" }, { "name required" } },
  { "required/blank", { "name", " \t " }, { "name required" } },
  { "required/nbsp", { "name", "\u00a0" }, { "name required" } },
  { "required/several", { "externalID", "", "productID", "", "currencyCode", "" }, { "externalID required", "productID required", "currencyCode required" } },
  { "required/blank-of-a-typed-field", { "productID", " " }, { "productID not-a-choice" } },
  { "optional/blank-text", { "street", "  " }, { NULL } },
  { "optional/blank-number", { "iva", " " }, { "iva not-a-number" } },
  { "optional/blank-date", { "loanDate", " " }, { "loanDate not-a-date" } },

  { "length/at-the-limit", { "externalID", A10 A10 }, { NULL } },
  { "length/over", { "externalID", A10 A10 "1" }, { "externalID too-long" } },
  { "length/characters-not-bytes", { "firstSurname", "ññññññññññññññññññññññññññññññññññññññññññññññññññ" }, { NULL } },
  { "length/characters-over", { "firstSurname", "ñññññññññññññññññññññññññññññññññññññññññññññññññññ" }, { "firstSurname too-long" } },
  { "length/emoji", { "state", "🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠🏠" }, { NULL } },

  { "control/tab-and-breaks-are-text", { "street", "Av. Juárez\t12\r\nCentro" }, { NULL } },
  { "control/escape", { "street", "Av. Ju\033rez" }, { "street control-character" } },
  { "control/delete", { "city", "Puebla de los Angeles\177" }, { "city control-character" } },
  { "control/first-of-many", { "suburb", "\001eight bytes and more" }, { "suburb control-character" } },
  { "control/break-then-escape", { "street", "12345678\n1234\0331" }, { "street control-character" } },

  { "number/plain", { "initialCapital", "1234.50" }, { NULL } },
  { "number/sign", { "initialCapital", "-1234" }, { "initialCapital amount-negative" } },
  { "number/plus-and-no-zero", { "initialCapital", "+.5" }, { NULL } },
  { "number/point-at-the-end", { "initialCapital", "5." }, { NULL } },
  { "number/many-decimals", { "initialCapital", "0.30000000000000004" }, { NULL } },
  { "number/leading-zeros-do-not-count", { "initialCapital", "00000000000000000000012.5" }, { NULL } },
  { "number/comma", { "initialCapital", "1,234.50" }, { "initialCapital not-a-number" } },
  { "number/currency", { "initialCapital", "$12" }, { "initialCapital not-a-number" } },
  { "number/word", { "initialCapital", "mil" }, { "initialCapital not-a-number" } },
  { "number/point-alone", { "initialCapital", "." }, { "initialCapital not-a-number" } },
  { "number/two-points", { "initialCapital", "1.2.3" }, { "initialCapital not-a-number" } },
  { "number/space-after", { "initialCapital", "12 " }, { "initialCapital not-a-number" } },
  { "number/scientific", { "initialCapital", "1.23E+17" }, { "initialCapital not-a-number" } },
  { "number/nan", { "initialCapital", "NaN" }, { "initialCapital not-a-number" } },
  { "number/hexadecimal", { "initialCapital", "0x10" }, { "initialCapital not-a-number" } },
  { "number/arabic-digits", { "initialCapital", "١٢" }, { "initialCapital not-a-number" } },
  { "number/15-digits", { "initialCapital", "999999999999999" }, { NULL } },
  { "number/16-digits", { "initialCapital", "1000000000000000" }, { "initialCapital number-too-large" } },
  { "number/16-digits-negative", { "initialCapital", "-1000000000000000.5" }, { "initialCapital number-too-large" } },

  { "integer/plain", { "dependants", "3" }, { NULL } },
  { "integer/zero", { "dependants", "0" }, { NULL } },
  { "integer/minus-zero", { "dependants", "-0" }, { NULL } },
  { "integer/leading-zeros", { "branchID", "007" }, { NULL } },
  { "integer/decimals", { "dependants", "3.0" }, { "dependants not-an-integer" } },
  { "integer/word", { "kobraID", "doce" }, { "kobraID not-an-integer" } },
  { "integer/scientific", { "kobraID", "1.2E+10" }, { "kobraID not-a-number" } },
  { "integer/negative", { "dependants", "-1" }, { "dependants negative" } },
  { "integer/days-overdue-may-be-negative", { "overdueDays", "-3" }, { NULL } },
  { "integer/15-digits", { "branchID", "999999999999999" }, { NULL } },
  { "integer/16-digits", { "branchID", "9007199254740993" }, { "branchID number-too-large" } },
  { "integer/hundreds-of-digits", { "branchID", A50 A50 A50 }, { "branchID number-too-large" } },

  { "boolean/true", { "inactive", "true" }, { NULL } },
  { "boolean/false", { "internalAgentsNetwork", "false" }, { NULL } },
  { "boolean/upper-case", { "inactive", "TRUE" }, { "inactive not-a-boolean" } },
  { "boolean/number", { "inactive", "1" }, { "inactive not-a-boolean" } },

  { "date/good", { "loanDate", "2024-02-29" }, { NULL } },
  { "date/first", { "loanDate", "1850-01-01" }, { NULL } },
  { "date/last", { "requiredPaymentMaxDate", "2150-12-31" }, { NULL } },
  { "date/too-early", { "loanDate", "1849-12-31" }, { "loanDate no-such-day" } },
  { "date/too-late", { "loanDate", "2151-01-01" }, { "loanDate no-such-day" } },
  { "date/no-leap-year", { "loanDate", "2023-02-29" }, { "loanDate no-such-day" } },
  { "date/no-leap-century", { "loanDate", "1900-02-29" }, { "loanDate no-such-day" } },
  { "date/april-31", { "loanDate", "2024-04-31" }, { "loanDate no-such-day" } },
  { "date/month-13", { "loanDate", "2024-13-01" }, { "loanDate no-such-day" } },
  { "date/zeros", { "loanDate", "0000-00-00" }, { "loanDate no-such-day" } },
  { "date/mexican", { "loanDate", "31/12/2024" }, { "loanDate not-a-date" } },
  { "date/short", { "loanDate", "2024-1-5" }, { "loanDate not-a-date" } },
  { "date/with-time", { "loanDate", "2024-01-05 00:00:00" }, { "loanDate not-a-date" } },
  { "date/serial", { "loanDate", "45292" }, { "loanDate not-a-date" } },
  { "date/cut", { "loanDate", "2024-" }, { "loanDate not-a-date" } },

  { "choice/text", { "currencyCode", "US" }, { NULL } },
  { "choice/other-case", { "currencyCode", "us" }, { "currencyCode not-a-choice" } },
  { "choice/longer", { "civilStatus", "CASADO" }, { "civilStatus not-a-choice" } },
  { "choice/number-of-the-example", { "civilStatus", "1" }, { "civilStatus not-a-choice" } },
  { "choice/integer", { "productID", "3" }, { NULL } },
  { "choice/integer-out", { "productID", "4" }, { "productID not-a-choice" } },
  { "choice/integer-with-zero", { "productID", "01" }, { "productID not-a-choice" } },

  { "rfc/good", { "rfc", "GODE561231GR8" }, { NULL } },
  { "rfc/form", { "rfc", "GODE561231-GR8" }, { "rfc rfc-form" } },
  { "rfc/digit", { "rfc", "GODE561231GR9" }, { "rfc rfc-check-digit" } },
  { "rfc/error-hides-warning", { "rfc", "GODE-561231-GR8" }, { "rfc too-long" } },

  { "curp/good", { "curp", "PEGJ801231HDFRRN00", "birthdate", "1980-12-31", "gender", "M" }, { NULL } },
  { "curp/alone", { "curp", "PEGJ801231HDFRRN00" }, { NULL } },
  { "curp/form", { "curp", "PEGJ801231", "birthdate", "1980-12-30" }, { "curp curp-form" } },
  { "curp/digit", { "curp", "PEGJ801231HDFRRN01" }, { "curp curp-check-digit" } },
  { "curp/other-day", { "curp", "PEGJ801231HDFRRN00", "birthdate", "1980-12-30" }, { "curp curp-birthdate" } },
  { "curp/other-century", { "curp", "LOMA050715MJCPRNA6", "birthdate", "1905-07-15", "gender", "F" }, { "curp curp-birthdate" } },
  { "curp/other-gender", { "curp", "PEGJ801231HDFRRN00", "gender", "F" }, { "curp curp-gender" } },
  { "curp/woman-said-to-be-a-man", { "curp", "LOMA050715MJCPRNA6", "gender", "M" }, { "curp curp-gender" } },
  { "curp/neither", { "curp", "ROSA000229XNLDLNB5", "gender", "F" }, { NULL } },
  { "curp/birthdate-is-no-date", { "curp", "PEGJ801231HDFRRN00", "birthdate", "31/12/1980" }, { "birthdate not-a-date" } },
  { "curp/digit-and-day", { "curp", "PEGJ801231HDFRRN01", "birthdate", "1980-01-31" }, { "curp curp-check-digit", "curp curp-birthdate" } },

  { "clabe/good", { "paymentInformationAccountCLABE", "002115016003269411" }, { NULL } },
  { "clabe/form", { "paymentInformationAccountCLABE", "2115016003269411" }, { "paymentInformationAccountCLABE clabe-form" } },
  { "clabe/digit", { "paymentInformationAccountCLABE", "002115016003269412" }, { "paymentInformationAccountCLABE clabe-check-digit" } },

  { "rfc/other-day", { "rfc", "PEGJ801231AB0", "birthdate", "1980-12-30" }, { "rfc rfc-birthdate" } },
  { "rfc/names", { "rfc", "PEGJ801231AB0", "name", "María Juana", "firstSurname", "de la Peña", "secondSurname", "García" }, { NULL } },
  { "rfc/other-names", { "rfc", "PEGJ801231AB0", "name", "Rosa", "firstSurname", "Peña", "secondSurname", "García" }, { "rfc rfc-name" } },
  { "rfc/names-not-all-told", { "rfc", "PEGJ801231AB0", "name", "Rosa", "firstSurname", "Zea" }, { NULL } },
  { "rfc/generic-says-nothing", { "rfc", "XAXX010101000", "birthdate", "1980-12-31", "name", "Rosa", "firstSurname", "Zea", "secondSurname", "Zea" }, { NULL } },
  { "rfc/curp-agrees", { "rfc", "PEGJ801231AB0", "curp", "PEGJ801231HDFRRN00" }, { NULL } },
  { "rfc/curp-of-another", { "rfc", "PEGJ801230AB4", "curp", "PEGJ801231HDFRRN00" }, { "rfc rfc-curp" } },
  { "curp/other-names", { "curp", "PEGJ801231HDFRRN00", "name", "Rosa", "firstSurname", "Peña", "secondSurname", "García" }, { "curp curp-name" } },

  { "voter-key/good", { "ife", "PEGJJN80123109H100" }, { NULL } },
  { "voter-key/digits-of-the-credential", { "ife", "1234567890123" }, { NULL } },
  { "voter-key/short", { "ife", "PEGJJN80123109H10" }, { "ife voter-key" } },
  { "voter-key/long", { "ife", "PEGJJN80123109H1000" }, { "ife voter-key" } },
  { "voter-key/no-sex", { "ife", "PEGJJN80123109X100" }, { "ife voter-key" } },

  { "dates/future-loan", { "loanDate", "2149-01-01" }, { "loanDate date-future" } },
  { "dates/future-pay-by", { "requiredPaymentMaxDate", "2149-01-01" }, { NULL } },
  { "dates/loan-before-birth", { "birthdate", "1990-01-01", "loanDate", "1989-12-31" }, { "loanDate date-before-birth" } },
  { "dates/payment-before-loan", { "loanDate", "2020-01-02", "lastPaymentDate", "2020-01-01" }, { "lastPaymentDate payment-before-loan" } },
  { "dates/in-order", { "birthdate", "1990-01-01", "loanDate", "2020-01-01", "lastPaymentDate", "2020-01-01" }, { NULL } },
  { "number/negative", { "totalPending", "-0.01" }, { "totalPending amount-negative" } },
  { "number/negative-zero", { "totalPending", "-0.00" }, { NULL } },
  { "coordinates/abroad", { "lat", "40.4", "lng", "-3.7", "nationality", "MX" }, { "lat coordinates-abroad" } },
  { "coordinates/abroad-of-a-foreigner", { "lat", "40.4", "lng", "-3.7", "nationality", "US" }, { NULL } },

  { "postal-code/unknown", { "postalCode", "00100" }, { "postalCode postal-code-unknown" } },
  { "postal-code/state", { "postalCode", "44100", "state", "JALISCO" }, { NULL } },
  { "postal-code/other-state", { "postalCode", "44100", "state", "Nuevo León" }, { "postalCode postal-code-state" } },
  { "postal-code/strange-state", { "postalCode", "44100", "state", "Texas" }, { NULL } },
  { "postal-code/good", { "postalCode", "01000" }, { NULL } },
  { "postal-code/lost-zero", { "postalCode", "1000" }, { "postalCode postal-code" } },
  { "postal-code/six", { "postalCode", "010000" }, { "postalCode postal-code" } },
  { "postal-code/letters", { "postalCode", "C0100" }, { "postalCode postal-code" } },

  { "phone/good", { "phoneNumber", "5512345678", "cellphoneNumber", "8112345678" }, { NULL } },
  { "phone/short", { "phoneNumber", "12345678" }, { "phoneNumber phone" } },
  { "phone/country-code", { "cellphoneNumber", "525512345678" }, { "cellphoneNumber phone" } },
  { "phone/hyphens", { "phoneNumber", "55-1234-5678" }, { "phoneNumber phone" } },
  { "phone/mexican", { "phoneNumber", "12345678", "nationality", "MX" }, { "phoneNumber phone" } },
  { "phone/foreign", { "phoneNumber", "12025550123", "nationality", "US" }, { NULL } },

  { "email/good", { "email", "maria.lopez+cobro@correo.example.com.mx" }, { NULL } },
  { "email/odd-but-allowed", { "email", "o'brien_&{x}@a-b.mx" }, { NULL } },
  { "email/no-at", { "email", "maria.example.com" }, { "email email" } },
  { "email/no-domain", { "email", "maria@" }, { "email email" } },
  { "email/no-name", { "email", "@example.com" }, { "email email" } },
  { "email/no-point", { "email", "maria@localhost" }, { "email email" } },
  { "email/two-points", { "email", "maria@example..com" }, { "email email" } },
  { "email/point-first", { "email", ".maria@example.com" }, { "email email" } },
  { "email/point-last", { "email", "maria@example.com." }, { "email email" } },
  { "email/space", { "email", "maria @example.com" }, { "email email" } },
  { "email/accent", { "email", "maría@example.com" }, { "email email" } },
  { "email/two", { "email", "a@example.com;b@example.com" }, { "email email" } },
  { "email/two-ats", { "email", "a@b@example.com" }, { "email email" } },
  { "email/hyphen-first", { "email", "a@-example.com" }, { "email email" } },
  { "email/hyphen-last", { "email", "a@example-.com" }, { "email email" } },
  { "email/address-of-numbers", { "email", "a@10.0.0.1" }, { "email email" } },

  { "birthdate/today", { "birthdate", "2025-06-01" }, { NULL } },
  { "birthdate/tomorrow", { "birthdate", "2025-06-02" }, { "birthdate birthdate-future" } },
  { "birthdate/next-century", { "birthdate", "2080-12-31" }, { "birthdate birthdate-future" } },
  { "birthdate/120-years", { "birthdate", "1905-06-01" }, { NULL } },
  { "birthdate/over-120-years", { "birthdate", "1905-05-31" }, { "birthdate birthdate-too-old" } },
  { "birthdate/other-dates-may-be-old", { "loanDate", "1900-01-01" }, { NULL } },

  { "total/exact", { "pendingCapital", "100.10", "pendingOrdinaryInterests", "20", "pendingOverdueInterest", "5.05", "iva", "4", "totalPending", "129.15" }, { NULL } },
  { "total/rounded", { "pendingCapital", "100.10", "pendingOrdinaryInterests", "20", "totalPending", "120.12" }, { NULL } },
  { "total/off", { "pendingCapital", "100.10", "pendingOrdinaryInterests", "20", "totalPending", "120.13" }, { "totalPending total-pending" } },
  { "total/no-capital", { "pendingOrdinaryInterests", "20", "totalPending", "120" }, { NULL } },
  { "total/capital-alone", { "pendingCapital", "100", "totalPending", "120" }, { NULL } },
  { "total/less-than-capital-alone", { "pendingCapital", "100", "totalPending", "99.98" }, { "totalPending total-pending" } },
  { "total/a-part-is-no-number", { "pendingCapital", "100", "iva", "x", "totalPending", "1" }, { "iva not-a-number" } },
  { "total/negative", { "pendingCapital", "100", "iva", "-10", "totalPending", "90" }, { "iva amount-negative" } },
  { "total/too-fine-to-tell", { "pendingCapital", "100.00000001", "iva", "1", "totalPending", "1" }, { NULL } },
  { "total/paid", { "paidCapital", "10", "paidOrdinaryInterest", "1", "paidOverdueInterest", "1", "totalPaid", "12" }, { NULL } },
  { "total/paid-off", { "paidCapital", "10", "paidOrdinaryInterest", "1", "totalPaid", "12" }, { "totalPaid total-paid" } },

  { "coordinates/good", { "lat", "19.432607999999998", "lng", "-99.133208" }, { NULL } },
  { "coordinates/poles", { "lat", "-90", "lng", "180.000" }, { NULL } },
  { "coordinates/one", { "lat", "19.4" }, { NULL } },
  { "coordinates/out", { "lat", "90.0000001", "lng", "-180.1" }, { "lat coordinate-range", "lng coordinate-range" } },
  { "coordinates/far-out", { "lat", "99999999999999999999" }, { "lat coordinate-range" } },
  { "coordinates/no-number", { "lat", "19°26'N" }, { "lat coordinate-range" } },
  { "coordinates/comma", { "lng", "-99,13" }, { "lng coordinate-range" } },
  { "coordinates/swapped", { "lat", "-99.133208", "lng", "19.432608" }, { "lat coordinates-swapped" } },
  { "coordinates/swapped-within-range", { "lat", "-86.9", "lng", "20.5" }, { "lat coordinates-swapped" } },
  { "coordinates/elsewhere", { "lat", "-33.4", "lng", "-70.6" }, { NULL } },
  { "coordinates/error-hides-warning", { "lat", "-99.133208000000000000", "lng", "19.432608" }, { "lat too-long" } },

  { "digits-lost/id", { "externalID", "1.23E+17" }, { "externalID digits-lost" } },
  { "digits-lost/lower-case", { "externalID", "1.23e+17" }, { "externalID digits-lost" } },
  { "digits-lost/comes-before-form", { "paymentInformationAccountCLABE", "2.11502E+16" }, { "paymentInformationAccountCLABE digits-lost" } },
  { "digits-lost/phone", { "cellphoneNumber", "5.51E+09" }, { "cellphoneNumber digits-lost" } },
  { "digits-lost/account", { "paymentInformationAccountNumber", "-1E+19" }, { "paymentInformationAccountNumber digits-lost" } },
  { "digits-lost/an-id-may-have-an-e", { "externalID", "12E5" }, { NULL } },
  { "digits-lost/text", { "outdoorNumber", "12 E+ 5" }, { NULL } },
};

static void
set_text (KobraRecord *record,
          const char  *name,
          const char  *text)
{
  int field = kobra_schema_find_field (record->schema, name);

  g_assert_cmpint (field, >=, 0);
  record->texts[field] = text;
}

static void
init_record (KobraRecord *record,
             KobraKind    kind)
{
  *record = (KobraRecord) { .schema = kobra_schema_get (kind) };
  for (guint i = 0; i < record->schema->n_fields; i++)
    record->texts[i] = "";
}

static void
init_rules (KobraRules     *rules,
            KobraKind       kind,
            KobraImportType type)
{
  g_autoptr (GDate) today = g_date_new_dmy (1, 6, 2025);

  kobra_rules_init (rules, kind, type, today);
}

static char *
describe (const KobraProblem *problem,
          const KobraSchema  *schema)
{
  return g_strdup_printf ("%s %s", schema->fields[problem->field].name, kobra_problem_get_name ((KobraProblemCode) problem->code));
}

static void
test_case (gconstpointer data)
{
  const Case  *c = data;
  KobraRules   rules;
  KobraRecord  record = { 0 };
  KobraProblem problems[KOBRA_MAX_RECORD_PROBLEMS];
  guint        n, n_expected = 0;

  init_rules (&rules, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW);
  init_record (&record, KOBRA_KIND_ACCOUNTS);
  set_text (&record, "externalID", "A-1");
  set_text (&record, "productID", "1");
  set_text (&record, "currencyCode", "MX");
  set_text (&record, "name", "José");
  for (guint i = 0; c->set[i] != NULL; i += 2)
    set_text (&record, c->set[i], c->set[i + 1]);

  n = kobra_check_record (&rules, &record, problems, G_N_ELEMENTS (problems));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *found = describe (&problems[i], rules.schema);

      g_assert_cmpstr (found, ==, c->expected[i]);
    }
  while (c->expected[n_expected] != NULL)
    n_expected++;
  g_assert_cmpuint (n, ==, n_expected);
}

static void
test_promises (void)
{
  KobraRules   rules;
  KobraRecord  record = { 0 };
  KobraProblem problems[4];

  init_rules (&rules, KOBRA_KIND_PROMISES, KOBRA_IMPORT_NEW);
  init_record (&record, KOBRA_KIND_PROMISES);
  g_assert_cmpuint (kobra_check_record (&rules, &record, problems, 4), ==, 2);
  g_assert_cmpint (problems[1].code, ==, KOBRA_PROBLEM_REQUIRED);

  set_text (&record, "visitID", "12345");
  set_text (&record, "paymentPromiseStatus", "5");
  g_assert_cmpuint (kobra_check_record (&rules, &record, problems, 4), ==, 0);

  set_text (&record, "visitID", "1.23E+17");
  set_text (&record, "paymentPromiseStatus", "1");
  g_assert_cmpuint (kobra_check_record (&rules, &record, problems, 4), ==, 2);
  g_assert_cmpint (problems[0].code, ==, KOBRA_PROBLEM_NOT_A_NUMBER);
  g_assert_cmpint (problems[1].code, ==, KOBRA_PROBLEM_NOT_A_CHOICE);
}

static void
test_required_can_be_changed (void)
{
  KobraRules   rules;
  KobraRecord  record = { 0 };
  KobraProblem problems[4];

  init_rules (&rules, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_BALANCES);
  init_record (&record, KOBRA_KIND_ACCOUNTS);
  g_assert_true (kobra_rules_is_required (&rules, KOBRA_ACCOUNT_EXTERNAL_ID));
  g_assert_false (kobra_rules_is_required (&rules, KOBRA_ACCOUNT_NAME));
  g_assert_cmpuint (kobra_check_record (&rules, &record, problems, 4), ==, 1);

  kobra_rules_set_required (&rules, KOBRA_ACCOUNT_EXTERNAL_ID, FALSE);
  kobra_rules_set_required (&rules, KOBRA_ACCOUNT_OVERDUE_PERIODS, TRUE);
  g_assert_cmpuint (kobra_check_record (&rules, &record, problems, 4), ==, 1);
  g_assert_cmpint (problems[0].field, ==, KOBRA_ACCOUNT_OVERDUE_PERIODS);
}

static void
test_no_more_than_asked_for_are_written (void)
{
  KobraRules   rules;
  KobraRecord  record = { 0 };
  KobraProblem problems[2] = { 0 };

  init_rules (&rules, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW);
  init_record (&record, KOBRA_KIND_ACCOUNTS);
  g_assert_cmpuint (kobra_check_record (&rules, &record, problems, 1), ==, 4);
  g_assert_cmpint (problems[1].code, ==, KOBRA_PROBLEM_NONE);
  g_assert_cmpuint (kobra_check_record (&rules, &record, NULL, 0), ==, 4);
}

/* Whatever is in every cell: no crash, and never more problems than the limit that lists are made for. */
static void
test_hostile_texts (void)
{
  g_autofree char  *long_text = g_strnfill (1 << 20, '7');
  const char *const texts[] = { " ", "-", "+", ".", "E", "1E", "1E+", "@", "a@b", ".@.", "\x7f", "'", "{value}", "%s%n", "=1+1", "\u202e", "\U0010ffff", "-99.5", "19.5", "1.2E+300",
                                "9999999999999999999999999999", "-9999999999999999999999999999.9999999", "2024-02-30", "<script>", long_text };
  KobraRules   rules;
  KobraRecord  record = { 0 };
  KobraProblem problems[KOBRA_MAX_RECORD_PROBLEMS];

  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
      {
        guint n;

        init_rules (&rules, (KobraKind) kind, KOBRA_IMPORT_NEW);
        init_record (&record, (KobraKind) kind);
        for (guint field = 0; field < record.schema->n_fields; field++)
          record.texts[field] = texts[i];
        n = kobra_check_record (&rules, &record, problems, G_N_ELEMENTS (problems));
        g_assert_cmpuint (n, <=, KOBRA_MAX_RECORD_PROBLEMS);
        for (guint j = 0; j < n; j++)
          {
            g_autofree char *message = kobra_problem_dup_message (&problems[j], record.schema, texts[i]);

            g_assert_cmpuint (strlen (message), <, 1000);
            g_assert_true (g_utf8_validate (message, -1, NULL));
          }
      }
}

/* Every kind has a name of its own, and words that leave no placeholder unfilled. */
static void
test_every_problem_has_words (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  const KobraSchema *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);

  for (guint code = KOBRA_PROBLEM_NONE + 1; code < KOBRA_N_PROBLEMS; code++)
    {
      KobraProblem     problem = { .code = (guint8) code, .field = KOBRA_ACCOUNT_CURRENCY_CODE, .other_line = 12 };
      g_autofree char *message = kobra_problem_dup_message (&problem, schema, "what the cell says");

      g_assert_true (g_hash_table_add (names, (gpointer) kobra_problem_get_name ((KobraProblemCode) code)));
      g_assert_cmpuint (strlen (kobra_problem_get_title ((KobraProblemCode) code)), >, 0);
      g_assert_null (strchr (message, '{'));
      g_assert_nonnull (strstr (message, ". "));
      g_assert_true (g_str_has_suffix (message, "."));
    }
}

static void
test_messages (void)
{
  static const struct
  {
    KobraProblem problem;
    const char  *text, *expected;
  } messages[] = {
    { { .code = KOBRA_PROBLEM_NOT_A_DATE, .field = KOBRA_ACCOUNT_BIRTHDATE }, "31/02/1980", "“31/02/1980” is not a date. Write it as yyyy-mm-dd, such as 1980-12-31." },
    { { .code = KOBRA_PROBLEM_TOO_LONG, .field = KOBRA_ACCOUNT_CIVIL_STATUS }, "ñandú", "“ñandú” has 5 characters; Civil Status takes 1 at most. Shorten it." },
    { { .code = KOBRA_PROBLEM_NOT_A_CHOICE, .field = KOBRA_ACCOUNT_GENDER }, "{choices}", "“{choices}” is not a value that Gender can have. Write one of these: F (Female), M (Male)." },
    { { .code = KOBRA_PROBLEM_DUPLICATE_KEY, .field = KOBRA_ACCOUNT_EXTERNAL_ID, .other_line = 12 }, "A-1",
      "Line 12 has the same External ID, “A-1”, and says something else. Keep one of the two, or give one another External ID." },
    { { .code = KOBRA_PROBLEM_DUPLICATE_KEY, .field = KOBRA_ACCOUNT_EXTERNAL_ID }, "A-1",
      "Another record has the same External ID, “A-1”, and says something else. Keep one of the two, or give one another External ID." },
    { { .code = KOBRA_PROBLEM_NOT_A_NUMBER, .field = KOBRA_ACCOUNT_IVA }, "1.23E+17",
      "“1.23E+17” is what a spreadsheet made of a long number: its last digits are lost. Make the column text in the spreadsheet, and bring the number from where it came." },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autofree char *message = kobra_problem_dup_message (&messages[i].problem, kobra_schema_get (KOBRA_KIND_ACCOUNTS), messages[i].text);

      g_assert_cmpstr (message, ==, messages[i].expected);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    kobra_test_add_row ("/check/cell/", cases[i].name, &cases[i], test_case);
  g_test_add_func ("/check/record/promises", test_promises);
  g_test_add_func ("/check/record/required-can-be-changed", test_required_can_be_changed);
  g_test_add_func ("/check/record/no-more-than-asked-for-are-written", test_no_more_than_asked_for_are_written);
  g_test_add_func ("/check/record/hostile-texts", test_hostile_texts);
  g_test_add_func ("/check/problem/every-one-has-words", test_every_problem_has_words);
  g_test_add_func ("/check/problem/messages", test_messages);
  return g_test_run ();
}
