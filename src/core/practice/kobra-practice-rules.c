/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-rules.h"

#include <string.h>

#include "kobra-text.h"

#include "kobra-banned.h"

/* Of what a client sent, this many characters at most come back to it in a message. */
#define MAX_ECHO 40
#define MAX_RULES 65

typedef enum
{
  TEXT,
  DATE,
  INTEGER,
  NUMBER,
  BOOLEAN,
  LIST,
  N_TYPES
} Type;

/* In which import types (bit = its number) a member must be there. */
enum
{
  OPTIONAL = 0,
  NEW_ONLY = 1 << 1,
  ALWAYS = 1 << 1 | 1 << 2 | 1 << 3
};

typedef struct
{
  const char *name;
  Type        type;
  guint       max; /* characters; 0: no limit */
  guint       needed;
  const char *values[6]; /* none: any */
  const char *noun;      /* of what the number stands for, if only first … last exist */
  gint64      first;
  gint64      last;
} Rule;

static const struct
{
  KobraPracticeJsonType json;
  const char           *fault;
} types[N_TYPES] = {
  [TEXT] = { KOBRA_PRACTICE_JSON_STRING, "debe ser un texto" },
  [DATE] = { KOBRA_PRACTICE_JSON_STRING, "debe ser una fecha en un texto" },
  [INTEGER] = { KOBRA_PRACTICE_JSON_NUMBER, "debe ser un número entero" },
  [NUMBER] = { KOBRA_PRACTICE_JSON_NUMBER, "debe ser un número" },
  [BOOLEAN] = { KOBRA_PRACTICE_JSON_BOOLEAN, "debe ser true o false" },
  [LIST] = { KOBRA_PRACTICE_JSON_ARRAY, "debe ser una lista" },
};

static const Rule sign_in_rules[] = {
  { "user", TEXT, .needed = ALWAYS },
  { "password", TEXT, .needed = ALWAYS },
};

static const Rule request_rules[] = {
  { "importTypeID", INTEGER, .needed = ALWAYS, .values = { "1", "2", "3" } },
  { "accounts", LIST, .needed = ALWAYS },
};

/* clang-format off */
static const Rule account_rules[] = {
  { "externalID",                         TEXT, 20, ALWAYS },
  { "kobraID",                            INTEGER, .noun = "el gestor", .first = 1, .last = 9999 },
  { "branchID",                           INTEGER, .noun = "la sucursal", .first = 1, .last = 500 },
  { "productID",                          INTEGER, .needed = NEW_ONLY, .values = { "1", "2", "3" } },
  { "currencyCode",                       TEXT, 2, NEW_ONLY, { "MX", "US" } },
  { "name",                               TEXT, 100, NEW_ONLY },
  { "firstSurname",                       TEXT, 50 },
  { "secondSurname",                      TEXT, 50 },
  { "additionalSurname",                  TEXT, 50 },
  { "email",                              TEXT, 100 },
  { "birthdate",                          DATE },
  { "rfc",                                TEXT, 14 },
  { "curp",                               TEXT, 18 },
  { "nationality",                        TEXT, 2, OPTIONAL, { "MX", "US" } },
  { "residenceTypeID",                    INTEGER, .values = { "1", "2", "3", "4" } },
  { "civilStatus",                        TEXT, 1, OPTIONAL, { "D", "L", "C", "S" } },
  { "gender",                             TEXT, 1, OPTIONAL, { "F", "M" } },
  { "ife",                                TEXT, 20 },
  { "dependants",                         INTEGER },
  { "street",                             TEXT, 200 },
  { "crossStreets",                       TEXT, 255 },
  { "outdoorNumber",                      TEXT, 50 },
  { "indoorNumber",                       TEXT, 50 },
  { "suburb",                             TEXT, 50 },
  { "city",                               TEXT, 50 },
  { "state",                              TEXT, 50 },
  { "postalCode",                         TEXT, 6 },
  { "lat",                                TEXT, 20 },
  { "lng",                                TEXT, 20 },
  { "addressDate",                        DATE },
  { "phoneNumber",                        TEXT, 12 },
  { "cellphoneNumber",                    TEXT, 12 },
  { "addressTypeID",                      TEXT, 1, OPTIONAL, { "N", "O", "C", "P", "E" } },
  { "initialCapital",                     NUMBER },
  { "pendingCapital",                     NUMBER },
  { "pendingOrdinaryInterests",           NUMBER },
  { "pendingOverdueInterest",             NUMBER },
  { "iva",                                NUMBER },
  { "totalPending",                       NUMBER },
  { "paidCapital",                        NUMBER },
  { "paidOrdinaryInterest",               NUMBER },
  { "paidOverdueInterest",                NUMBER },
  { "totalPaid",                          NUMBER },
  { "pendingPayments",                    INTEGER },
  { "paymentsDone",                       INTEGER },
  { "amountPaymentPeriodicity",           NUMBER },
  { "lastPaymentDate",                    DATE },
  { "overdueDays",                        INTEGER },
  { "lastPaymentAmount",                  NUMBER },
  { "loanDate",                           DATE },
  { "paymentInformationBankName",         TEXT, 20 },
  { "paymentInformationAcountHolder",     TEXT, 200 },
  { "paymentInformationAccountReference", TEXT, 200 },
  { "paymentInformationAccountNumber",    TEXT, 20 },
  { "paymentInformationAccountCLABE",     TEXT, 20 },
  { "requiredPayment",                    NUMBER },
  { "requiredPaymentMaxDate",             DATE },
  { "internalAgentsNetwork",              BOOLEAN },
  { "inactive",                           BOOLEAN },
  { "lenderIDcdc",                        TEXT, 10 },
  { "contractType",                       TEXT, 2 },
  { "accountType",                        TEXT, 1 },
  { "productoType",                       TEXT, 1 },
  { "periodicity",                        TEXT, 1 },
  { "overduePeriods",                     INTEGER },
};
/* clang-format on */
G_STATIC_ASSERT (G_N_ELEMENTS (account_rules) <= MAX_RULES);

static const Rule promise_rules[] = {
  { "visitID", INTEGER, .needed = ALWAYS, .noun = "la visita", .first = 1, .last = 899999999 },
  { "paymentPromiseStatus", INTEGER, .needed = ALWAYS, .values = { "2", "3", "4", "5" } },
};

static const struct
{
  const Rule *rules;
  guint       n_rules;
} forms[KOBRA_PRACTICE_N_FORMS] = {
  [KOBRA_PRACTICE_FORM_SIGN_IN] = { sign_in_rules, G_N_ELEMENTS (sign_in_rules) },
  [KOBRA_PRACTICE_FORM_REQUEST] = { request_rules, G_N_ELEMENTS (request_rules) },
  [KOBRA_PRACTICE_FORM_ACCOUNT] = { account_rules, G_N_ELEMENTS (account_rules) },
  [KOBRA_PRACTICE_FORM_PROMISE] = { promise_rules, G_N_ELEMENTS (promise_rules) },
};

static gboolean
is_date (const char *text)
{
  guint parts[3] = { 0, 0, 0 };
  guint part = 0;

  if (strlen (text) != strlen ("yyyy-mm-dd"))
    return FALSE;
  for (guint i = 0; text[i] != '\0'; i++)
    if (i == 4 || i == 7)
      {
        if (text[i] != '-')
          return FALSE;
        part++;
      }
    else if (g_ascii_isdigit (text[i]))
      parts[part] = parts[part] * 10 + (guint) (text[i] - '0');
    else
      return FALSE;
  return g_date_valid_dmy ((GDateDay) parts[2], (GDateMonth) parts[1], (GDateYear) parts[0]);
}

static char *
fault_of (const Rule *rule,
          const char *fault)
{
  return g_strconcat (rule->name, " ", fault, NULL);
}

static char *
check_values (const Rule *rule,
              const char *text)
{
  g_autofree char *joined = NULL;

  if (rule->values[0] == NULL || g_strv_contains (rule->values, text))
    return NULL;
  joined = g_strjoinv (", ", (char **) rule->values);
  return g_strdup_printf ("%s no es uno de los valores permitidos (%s)", rule->name, joined);
}

static char *
check_text (const Rule    *rule,
            const GString *text)
{
  glong length = g_utf8_strlen (text->str, (gssize) text->len);

  if (text->len == 0)
    return fault_of (rule, "está vacío");
  if (strlen (text->str) < text->len)
    return fault_of (rule, "contiene el carácter U+0000");
  if (rule->type == DATE)
    return is_date (text->str) ? NULL : fault_of (rule, "no es una fecha aaaa-mm-dd");
  if (rule->max > 0 && length > (glong) rule->max)
    return g_strdup_printf ("%s tiene %ld caracteres y el máximo es %u", rule->name, length, rule->max);
  return check_values (rule, text->str);
}

static char *
check_number (const Rule              *rule,
              const KobraPracticeJson *value,
              GString                 *scratch)
{
  g_autofree char *shown = NULL;
  gint64           number;

  if (rule->type == INTEGER && !kobra_practice_json_is_integer (value))
    return fault_of (rule, types[INTEGER].fault);
  g_string_truncate (scratch, 0);
  g_string_append_len (scratch, value->text, (gssize) value->length);
  if (rule->noun == NULL || g_ascii_string_to_signed (scratch->str, 10, rule->first, rule->last, &number, NULL))
    return check_values (rule, scratch->str);
  shown = kobra_text_visible (scratch->str, MAX_ECHO);
  return g_strdup_printf ("%s: %s %s no existe", rule->name, rule->noun, shown);
}

static char *
check_value (const Rule              *rule,
             const KobraPracticeJson *value,
             GString                 *scratch)
{
  if (value->type != types[rule->type].json)
    return fault_of (rule, types[rule->type].fault);
  switch (rule->type)
    {
    case TEXT:
    case DATE:
      kobra_practice_json_get_string (value, scratch);
      return check_text (rule, scratch);
    case INTEGER:
    case NUMBER:
      return check_number (rule, value, scratch);
    case BOOLEAN:
    case LIST:
    case N_TYPES:
    default:
      return NULL;
    }
}

/* The place of the rule for @name, or @n_rules. Members mostly come in the order of the rules, so the search starts at @expected. */
static guint
find_rule (const Rule              *rules,
           guint                    n_rules,
           guint                    expected,
           const KobraPracticeJson *name)
{
  for (guint i = 0; i < n_rules; i++)
    {
      guint place = (expected + i) % n_rules;

      if (kobra_practice_json_string_is (name, rules[place].name))
        return place;
    }
  return n_rules;
}

static char *
unknown_member (const KobraPracticeJson *name,
                GString                 *scratch)
{
  g_autofree char *shown = NULL;

  kobra_practice_json_get_string (name, scratch);
  shown = kobra_text_visible (scratch->str, MAX_ECHO);
  return g_strconcat (shown, " no es un campo conocido", NULL);
}

char *
kobra_practice_rules_find_fault (KobraPracticeForm        form,
                                 guint                    import_type,
                                 const KobraPracticeJson *object)
{
  g_autoptr (GString) scratch = g_string_new (NULL);
  const Rule           *rules = forms[form].rules;
  guint                 n_rules = forms[form].n_rules;
  gboolean              seen[MAX_RULES] = { FALSE };
  KobraPracticeJsonIter iter;
  KobraPracticeJson     name, value;
  guint                 place = 0;

  kobra_practice_json_iter_init (&iter, object);
  while (kobra_practice_json_iter_next (&iter, &name, &value))
    {
      char *fault;

      place = find_rule (rules, n_rules, place, &name);
      if (place == n_rules)
        return unknown_member (&name, scratch);
      if (seen[place])
        return fault_of (&rules[place], "está repetido");
      seen[place] = TRUE;
      fault = check_value (&rules[place], &value, scratch);
      if (fault != NULL)
        return fault;
      place++;
    }
  for (guint i = 0; i < n_rules; i++)
    if (!seen[i] && (rules[i].needed & 1u << import_type) != 0)
      return fault_of (&rules[i], "falta");
  return NULL;
}
