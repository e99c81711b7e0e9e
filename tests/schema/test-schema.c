/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-schema-accounts.h"
#include "kobra-schema-promises.h"

#include <string.h>

#include "kobra-test.h"
#include "kobra-text.h"

typedef struct
{
  const char *name;
  KobraType   type;
  guint       max;
  KobraGroup  group;
  const char *codes; /* joined by "|", or NULL: any value */
} Contract;

/* Typed from the contract, not from the schema: what is wrong in one of the two shows. */
/* clang-format off */
static const Contract account_contract[] = {
  { "externalID", KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_ACCOUNT },
  { "kobraID", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_ACCOUNT },
  { "branchID", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_ACCOUNT },
  { "productID", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_ACCOUNT, "1|2|3" },
  { "currencyCode", KOBRA_TYPE_TEXT, 2, KOBRA_GROUP_ACCOUNT, "MX|US" },
  { "name", KOBRA_TYPE_TEXT, 100, KOBRA_GROUP_PERSON },
  { "firstSurname", KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_PERSON },
  { "secondSurname", KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_PERSON },
  { "additionalSurname", KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_PERSON },
  { "email", KOBRA_TYPE_TEXT, 100, KOBRA_GROUP_CONTACT },
  { "birthdate", KOBRA_TYPE_DATE, 10, KOBRA_GROUP_PERSON },
  { "rfc", KOBRA_TYPE_TEXT, 14, KOBRA_GROUP_PERSON },
  { "curp", KOBRA_TYPE_TEXT, 18, KOBRA_GROUP_PERSON },
  { "nationality", KOBRA_TYPE_TEXT, 2, KOBRA_GROUP_PERSON, "MX|US" },
  { "residenceTypeID", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_ADDRESS, "1|2|3|4" },
  { "civilStatus", KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_PERSON, "D|L|C|S" },
  { "gender", KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_PERSON, "F|M" },
  { "ife", KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_PERSON },
  { "dependants", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PERSON },
  { "street", KOBRA_TYPE_TEXT, 200, KOBRA_GROUP_ADDRESS },
  { "crossStreets", KOBRA_TYPE_TEXT, 255, KOBRA_GROUP_ADDRESS },
  { "outdoorNumber", KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS },
  { "indoorNumber", KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS },
  { "suburb", KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS },
  { "city", KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS },
  { "state", KOBRA_TYPE_TEXT, 50, KOBRA_GROUP_ADDRESS },
  { "postalCode", KOBRA_TYPE_TEXT, 6, KOBRA_GROUP_ADDRESS },
  { "lat", KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_ADDRESS },
  { "lng", KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_ADDRESS },
  { "addressDate", KOBRA_TYPE_DATE, 10, KOBRA_GROUP_ADDRESS },
  { "phoneNumber", KOBRA_TYPE_TEXT, 12, KOBRA_GROUP_CONTACT },
  { "cellphoneNumber", KOBRA_TYPE_TEXT, 12, KOBRA_GROUP_CONTACT },
  { "addressTypeID", KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_ADDRESS, "N|O|C|P|E" },
  { "initialCapital", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "pendingCapital", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "pendingOrdinaryInterests", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "pendingOverdueInterest", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "iva", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "totalPending", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "paidCapital", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "paidOrdinaryInterest", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "paidOverdueInterest", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "totalPaid", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_BALANCE },
  { "pendingPayments", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PAYMENTS },
  { "paymentsDone", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PAYMENTS },
  { "amountPaymentPeriodicity", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_PAYMENTS },
  { "lastPaymentDate", KOBRA_TYPE_DATE, 10, KOBRA_GROUP_PAYMENTS },
  { "overdueDays", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PAYMENTS },
  { "lastPaymentAmount", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_PAYMENTS },
  { "loanDate", KOBRA_TYPE_DATE, 10, KOBRA_GROUP_PAYMENTS },
  { "paymentInformationBankName", KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_BANK_ACCOUNT },
  { "paymentInformationAcountHolder", KOBRA_TYPE_TEXT, 200, KOBRA_GROUP_BANK_ACCOUNT },
  { "paymentInformationAccountReference", KOBRA_TYPE_TEXT, 200, KOBRA_GROUP_BANK_ACCOUNT },
  { "paymentInformationAccountNumber", KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_BANK_ACCOUNT },
  { "paymentInformationAccountCLABE", KOBRA_TYPE_TEXT, 20, KOBRA_GROUP_BANK_ACCOUNT },
  { "requiredPayment", KOBRA_TYPE_NUMBER, 0, KOBRA_GROUP_PAYMENTS },
  { "requiredPaymentMaxDate", KOBRA_TYPE_DATE, 10, KOBRA_GROUP_PAYMENTS },
  { "internalAgentsNetwork", KOBRA_TYPE_BOOLEAN, 0, KOBRA_GROUP_ACCOUNT, "true|false" },
  { "inactive", KOBRA_TYPE_BOOLEAN, 0, KOBRA_GROUP_ACCOUNT, "true|false" },
  { "lenderIDcdc", KOBRA_TYPE_TEXT, 10, KOBRA_GROUP_CREDIT_BUREAU },
  { "contractType", KOBRA_TYPE_TEXT, 2, KOBRA_GROUP_CREDIT_BUREAU },
  { "accountType", KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_CREDIT_BUREAU },
  { "productoType", KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_CREDIT_BUREAU },
  { "periodicity", KOBRA_TYPE_TEXT, 1, KOBRA_GROUP_CREDIT_BUREAU },
  { "overduePeriods", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_CREDIT_BUREAU },
};

static const Contract promise_contract[] = {
  { "visitID", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PROMISE },
  { "paymentPromiseStatus", KOBRA_TYPE_INTEGER, 0, KOBRA_GROUP_PROMISE, "2|3|4|5" },
};
/* clang-format on */

static const struct
{
  const Contract *fields;
  guint           n_fields;
} contracts[KOBRA_N_KINDS] = {
  [KOBRA_KIND_ACCOUNTS] = { account_contract, G_N_ELEMENTS (account_contract) },
  [KOBRA_KIND_PROMISES] = { promise_contract, G_N_ELEMENTS (promise_contract) },
};

/* Runs @check on every field of both kinds. */
static void
for_each_field (void (*check) (const KobraSchema *schema,
                               const KobraField  *field))
{
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    {
      const KobraSchema *schema = kobra_schema_get ((KobraKind) kind);

      for (guint i = 0; i < schema->n_fields; i++)
        check (schema, &schema->fields[i]);
    }
}

static void
assert_codes (const KobraField *field,
              const char       *codes)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (const KobraChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    g_string_append_printf (found, "%s%s", found->len > 0 ? "|" : "", choice->code);
  g_assert_cmpstr (found->str, ==, codes != NULL ? codes : "");
}

static void
test_contract (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (account_contract), ==, 65);
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    {
      const KobraSchema *schema = kobra_schema_get ((KobraKind) kind);

      g_assert_cmpuint (schema->n_fields, ==, contracts[kind].n_fields);
      for (guint i = 0; i < schema->n_fields; i++)
        {
          const KobraField *field = &schema->fields[i];
          const Contract   *expected = &contracts[kind].fields[i];

          g_assert_cmpstr (field->name, ==, expected->name);
          g_assert_cmpint (field->type, ==, expected->type);
          g_assert_cmpuint (field->max, ==, expected->max);
          g_assert_cmpint (field->group, ==, expected->group);
          assert_codes (field, expected->codes);
        }
    }
}

static void
test_needed_by_default (void)
{
  static const struct
  {
    KobraKind       kind;
    KobraImportType type;
    const char     *needed;
  } rows[] = {
    { KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW, "externalID|productID|currencyCode|name" },
    { KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_BALANCES, "externalID" },
    { KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_PERSONAL, "externalID" },
    { KOBRA_KIND_PROMISES, KOBRA_IMPORT_NEW, "visitID|paymentPromiseStatus" },
    { KOBRA_KIND_PROMISES, KOBRA_IMPORT_BALANCES, "visitID|paymentPromiseStatus" },
    { KOBRA_KIND_PROMISES, KOBRA_IMPORT_PERSONAL, "visitID|paymentPromiseStatus" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const KobraSchema  *schema = kobra_schema_get (rows[i].kind);
      g_autoptr (GString) found = g_string_new (NULL);

      for (guint j = 0; j < schema->n_fields; j++)
        if (kobra_field_is_needed (&schema->fields[j], rows[i].type))
          g_string_append_printf (found, "%s%s", found->len > 0 ? "|" : "", schema->fields[j].name);
      g_assert_cmpstr (found->str, ==, rows[i].needed);
    }
}

static void
test_forms (void)
{
  static const struct
  {
    const char *name;
    KobraForm   form;
  } rows[] = {
    { "rfc", KOBRA_FORM_RFC },
    { "curp", KOBRA_FORM_CURP },
    { "paymentInformationAccountCLABE", KOBRA_FORM_CLABE },
    { "postalCode", KOBRA_FORM_POSTAL_CODE },
    { "phoneNumber", KOBRA_FORM_PHONE },
    { "cellphoneNumber", KOBRA_FORM_PHONE },
    { "email", KOBRA_FORM_EMAIL },
    { "lat", KOBRA_FORM_LATITUDE },
    { "lng", KOBRA_FORM_LONGITUDE },
    { "birthdate", KOBRA_FORM_BIRTHDATE },
    { "externalID", KOBRA_FORM_DIGITS },
  };
  const KobraSchema *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (schema->fields[kobra_schema_find_field (schema, rows[i].name)].form, ==, rows[i].form);
}

/* The places that rules go by are those of the wire names. */
static void
test_places (void)
{
  static const struct
  {
    KobraAccountField field;
    const char       *name;
  } rows[] = {
    { KOBRA_ACCOUNT_EXTERNAL_ID, "externalID" },
    { KOBRA_ACCOUNT_EMAIL, "email" },
    { KOBRA_ACCOUNT_BIRTHDATE, "birthdate" },
    { KOBRA_ACCOUNT_CURP, "curp" },
    { KOBRA_ACCOUNT_GENDER, "gender" },
    { KOBRA_ACCOUNT_LAT, "lat" },
    { KOBRA_ACCOUNT_LNG, "lng" },
    { KOBRA_ACCOUNT_PENDING_CAPITAL, "pendingCapital" },
    { KOBRA_ACCOUNT_IVA, "iva" },
    { KOBRA_ACCOUNT_TOTAL_PENDING, "totalPending" },
    { KOBRA_ACCOUNT_TOTAL_PAID, "totalPaid" },
    { KOBRA_ACCOUNT_BANK_HOLDER, "paymentInformationAcountHolder" },
    { KOBRA_ACCOUNT_BANK_CLABE, "paymentInformationAccountCLABE" },
    { KOBRA_ACCOUNT_REQUIRED_PAYMENT_MAX_DATE, "requiredPaymentMaxDate" },
    { KOBRA_ACCOUNT_OVERDUE_PERIODS, "overduePeriods" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (kobra_account_fields[rows[i].field].name, ==, rows[i].name);
  g_assert_cmpstr (kobra_promise_fields[KOBRA_PROMISE_VISIT_ID].name, ==, "visitID");
  g_assert_cmpuint (kobra_schema_get (KOBRA_KIND_ACCOUNTS)->key_field, ==, KOBRA_ACCOUNT_EXTERNAL_ID);
  g_assert_cmpuint (kobra_schema_get (KOBRA_KIND_PROMISES)->key_field, ==, KOBRA_PROMISE_VISIT_ID);
}

static void
assert_words (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_false (kobra_text_is_blank (text));
}

static void
check_words (const KobraSchema *schema,
             const KobraField  *field)
{
  assert_words (field->label);
  assert_words (field->description);
  g_assert_true (g_str_has_suffix (field->description, "."));
  for (const KobraChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    assert_words (choice->label);
}

static void
test_people_can_read_it (void)
{
  for_each_field (check_words);
  for (guint i = 0; i < KOBRA_N_GROUPS; i++)
    assert_words (kobra_group_get_label ((KobraGroup) i));
}

/* In a list or a form a label is all that a person has to tell two fields apart. */
static void
test_no_label_twice (void)
{
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    {
      const KobraSchema     *schema = kobra_schema_get ((KobraKind) kind);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

      for (guint i = 0; i < schema->n_fields; i++)
        if (!g_hash_table_add (seen, (gpointer) schema->fields[i].label))
          g_error ("two fields are labelled “%s”", schema->fields[i].label);
    }
}

static void
assert_folded (const char *owner,
               const char *synonyms)
{
  g_auto (GStrv) words = g_strsplit (synonyms, "|", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    {
      g_autofree char *folded = kobra_text_fold (words[i]);

      if (*words[i] == '\0' || strcmp (folded, words[i]) != 0)
        g_error ("the synonym “%s” of %s is not in folded form", words[i], owner);
    }
}

static void
check_folded (const KobraSchema *schema,
              const KobraField  *field)
{
  assert_folded (field->name, field->synonyms);
  for (const KobraChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    assert_folded (field->name, choice->synonyms);
}

static void
test_synonyms_are_folded (void)
{
  for_each_field (check_folded);
}

/* Notes that @word, spaces left out, means @owner; fails if it means another already. */
static void
claim (GHashTable *owners,
       const char *word,
       const char *owner)
{
  g_autofree char *folded = kobra_text_fold (word);
  g_auto (GStrv)   parts = g_strsplit (folded, " ", -1);
  char            *key = g_strjoinv ("", parts);
  const char      *other = g_hash_table_lookup (owners, key);

  if (other != NULL && strcmp (other, owner) != 0)
    g_error ("“%s” names both %s and %s", word, other, owner);
  g_hash_table_insert (owners, key, (gpointer) owner);
}

static void
claim_all (GHashTable *owners,
           const char *synonyms,
           const char *owner)
{
  g_auto (GStrv) words = g_strsplit (synonyms, "|", -1);

  for (gsize i = 0; words[i] != NULL; i++)
    claim (owners, words[i], owner);
}

static void
test_no_word_names_two_fields (void)
{
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    {
      const KobraSchema     *schema = kobra_schema_get ((KobraKind) kind);
      g_autoptr (GHashTable) owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      for (guint i = 0; i < schema->n_fields; i++)
        {
          claim (owners, schema->fields[i].name, schema->fields[i].name);
          claim (owners, schema->fields[i].label, schema->fields[i].name);
          claim_all (owners, schema->fields[i].synonyms, schema->fields[i].name);
        }
    }
}

static void
check_choice_words (const KobraSchema *schema,
                    const KobraField  *field)
{
  g_autoptr (GHashTable) owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (const KobraChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    {
      claim (owners, choice->code, choice->code);
      claim (owners, choice->label, choice->code);
      claim_all (owners, choice->synonyms, choice->code);
    }
}

static void
test_no_word_names_two_choices (void)
{
  for_each_field (check_choice_words);
}

static void
check_choices (const KobraSchema *schema,
               const KobraField  *field)
{
  g_assert_true (field->type != KOBRA_TYPE_BOOLEAN || field->choices != NULL);
  for (const KobraChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    {
      g_assert_true (field->max == 0 || kobra_text_n_characters (choice->code, field->max) <= field->max);
      g_assert_true (kobra_field_find_choice (field, choice->code) == choice);
    }
  g_assert_null (kobra_field_find_choice (field, ""));
  g_assert_null (kobra_field_find_choice (field, "no such code"));
}

static void
test_choices_are_found (void)
{
  for_each_field (check_choices);
}

static void
check_found (const KobraSchema *schema,
             const KobraField  *field)
{
  g_assert_cmpint (kobra_schema_find_field (schema, field->name), ==, field - schema->fields);
}

static void
test_fields_are_found (void)
{
  static const char *const strangers[] = { "", "externalid", "EXTERNALID", " externalID", "externalID ", "visitlID", "paymentInformationAccountHolder", "importTypeID" };

  for_each_field (check_found);
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
      g_assert_cmpint (kobra_schema_find_field (kobra_schema_get ((KobraKind) kind), strangers[i]), ==, -1);
}

static void
test_kinds_are_found (void)
{
  for (guint kind = 0; kind < KOBRA_N_KINDS; kind++)
    {
      const KobraSchema *schema = kobra_schema_get ((KobraKind) kind);

      g_assert_cmpint (schema->kind, ==, kind);
      g_assert_true (kobra_schema_find (schema->name) == schema);
    }
  g_assert_true (kobra_schema_find ("accounts") == kobra_schema_get (KOBRA_KIND_ACCOUNTS));
  g_assert_true (kobra_schema_find ("promises") == kobra_schema_get (KOBRA_KIND_PROMISES));
  g_assert_null (kobra_schema_find ("Accounts"));
  g_assert_null (kobra_schema_find (""));
}

static void
test_import_types (void)
{
  static const struct
  {
    KobraImportType type;
    const char     *name;
  } rows[] = { { KOBRA_IMPORT_NEW, "new" }, { KOBRA_IMPORT_BALANCES, "balances" }, { KOBRA_IMPORT_PERSONAL, "personal" } };
  KobraImportType type;

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_cmpint (rows[i].type, ==, (int) i + 1); /* as on the wire */
      g_assert_cmpstr (kobra_import_type_get_name (rows[i].type), ==, rows[i].name);
      assert_words (kobra_import_type_get_label (rows[i].type));
      g_assert_true (kobra_import_type_find (rows[i].name, &type));
      g_assert_cmpint (type, ==, rows[i].type);
    }
  g_assert_false (kobra_import_type_find ("", &type));
  g_assert_false (kobra_import_type_find ("1", &type));
  g_assert_false (kobra_import_type_find ("NEW", &type));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schema/contract", test_contract);
  g_test_add_func ("/schema/needed-by-default", test_needed_by_default);
  g_test_add_func ("/schema/forms", test_forms);
  g_test_add_func ("/schema/places", test_places);
  g_test_add_func ("/schema/people-can-read-it", test_people_can_read_it);
  g_test_add_func ("/schema/no-label-twice", test_no_label_twice);
  g_test_add_func ("/schema/synonyms-are-folded", test_synonyms_are_folded);
  g_test_add_func ("/schema/no-word-names-two-fields", test_no_word_names_two_fields);
  g_test_add_func ("/schema/no-word-names-two-choices", test_no_word_names_two_choices);
  g_test_add_func ("/schema/choices-are-found", test_choices_are_found);
  g_test_add_func ("/schema/fields-are-found", test_fields_are_found);
  g_test_add_func ("/schema/kinds-are-found", test_kinds_are_found);
  g_test_add_func ("/schema/import-types", test_import_types);

  return g_test_run ();
}
