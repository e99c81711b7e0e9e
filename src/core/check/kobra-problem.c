/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-problem.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-decimal.h"
#include "kobra-text.h"

#include "kobra-banned.h"

/* Of a cell's text, a message shows so much. */
#define MAX_SHOWN_CHARACTERS 60

/* A length past this is not counted on. */
#define MAX_COUNTED_CHARACTERS 1000000

typedef struct
{
  const char   *name;
  KobraSeverity severity;
  const char   *title;
  const char   *message;
  const char   *explanation;
} Kind;

/*
 * Of the messages: {value} is what the cell says, {field} the field's name, {max} and {length} are numbers of characters, {choices} lists the
 * values the field can have, {line} is a line of the person's file. All of them may stand anywhere or be left out.
 */
/* clang-format off */
static const Kind kinds[KOBRA_N_PROBLEMS] = {
  [KOBRA_PROBLEM_NONE] = { "none", KOBRA_SEVERITY_WARNING, N_("No Problem"), N_("There is no problem here."),
    N_("There is no rule here.") },

  [KOBRA_PROBLEM_REQUIRED] = { "required", KOBRA_SEVERITY_ERROR, N_("Required"),
    N_("{field} is empty, and this import needs it. Fill it in."),
    N_("Kobra needs this field for this kind of import. Which fields are required is set for each connection in the preferences.") },
  [KOBRA_PROBLEM_TOO_LONG] = { "too-long", KOBRA_SEVERITY_ERROR, N_("Too Long"),
    N_("“{value}” has {length} characters; {field} takes {max} at most. Shorten it."),
    N_("Kobra’s page about the import API says how many characters each field takes. What is longer would be refused or cut.") },
  [KOBRA_PROBLEM_NOT_A_NUMBER] = { "not-a-number", KOBRA_SEVERITY_ERROR, N_("Not a Number"),
    N_("“{value}” is not a number. Write digits alone, with a point before the decimals: 1234.50."),
    N_("Kobra’s page about the import API makes this field a number, which goes out with exactly the digits of the cell.") },
  [KOBRA_PROBLEM_NOT_AN_INTEGER] = { "not-an-integer", KOBRA_SEVERITY_ERROR, N_("Not a Whole Number"),
    N_("“{value}” is not a whole number. Write digits alone, such as 42."),
    N_("Kobra’s page about the import API makes this field a whole number.") },
  [KOBRA_PROBLEM_NUMBER_TOO_LARGE] = { "number-too-large", KOBRA_SEVERITY_ERROR, N_("Number Too Large"),
    N_("“{value}” is too large to arrive with all its digits. Write 15 digits before the point at most."),
    N_("Programs that read JSON as most do keep 15 digits of a number (RFC 8259, section 6): more would arrive changed.") },
  [KOBRA_PROBLEM_NEGATIVE] = { "negative", KOBRA_SEVERITY_ERROR, N_("Below Zero"),
    N_("“{value}” is below zero, which {field} can’t be. Write a number from 0 up."),
    N_("This field is an identifier or a count, and neither can be below zero.") },
  [KOBRA_PROBLEM_NOT_A_BOOLEAN] = { "not-a-boolean", KOBRA_SEVERITY_ERROR, N_("Neither True nor False"),
    N_("“{value}” is neither true nor false. Write true or false, or leave {field} empty."),
    N_("Kobra’s page about the import API makes this field true or false.") },
  [KOBRA_PROBLEM_NOT_A_DATE] = { "not-a-date", KOBRA_SEVERITY_ERROR, N_("Not a Date"),
    N_("“{value}” is not a date. Write it as yyyy-mm-dd, such as 1980-12-31."),
    N_("Kobra’s page about the import API wants dates as yyyy-mm-dd.") },
  [KOBRA_PROBLEM_NO_SUCH_DAY] = { "no-such-day", KOBRA_SEVERITY_ERROR, N_("No Such Day"),
    N_("“{value}” is not a day of the years 1850 to 2150. Look at its year, month and day, in this order."),
    N_("A date must be in the calendar, and in the years from 1850 to 2150.") },
  [KOBRA_PROBLEM_NOT_A_CHOICE] = { "not-a-choice", KOBRA_SEVERITY_ERROR, N_("Not One of the Values"),
    N_("“{value}” is not a value that {field} can have. Write one of these: {choices}."),
    N_("Kobra’s page about the import API lists the values that this field can have.") },
  [KOBRA_PROBLEM_CONTROL_CHARACTER] = { "control-character", KOBRA_SEVERITY_ERROR, N_("Control Character"),
    N_("“{value}” has a control character in it, which is no part of any text. Delete it, or type {field} again."),
    N_("Characters that nobody can see come from a damaged file, and other programs stumble over them.") },
  [KOBRA_PROBLEM_FORMULA_ERROR] = { "formula-error", KOBRA_SEVERITY_ERROR, N_("Failed Formula"),
    N_("“{value}” is what a spreadsheet writes where a formula failed, not a value. Mend the formula in the spreadsheet, or type {field} here."),
    N_("A spreadsheet shows #REF! or #N/A where it could not compute a formula: the cell holds no value.") },
  [KOBRA_PROBLEM_DUPLICATE_KEY] = { "duplicate-key", KOBRA_SEVERITY_ERROR, N_("Duplicate With Other Values"),
    N_("Line {line} has the same {field}, “{value}”, and says something else. Keep one of the two, or give one another {field}."),
    N_("Kobra updates the account that has the ID already: of two different records with one ID, the one that arrives last would win.") },

  [KOBRA_PROBLEM_RFC_FORM] = { "rfc-form", KOBRA_SEVERITY_WARNING, N_("Form of the RFC"),
    N_("“{value}” does not look like an RFC: three or four letters, a date as yymmdd, and three letters or digits, without spaces or hyphens. Compare it with the papers."),
    N_("The tax office (SAT) makes an RFC of letters of the names, a date as yymmdd, and three characters that tell namesakes apart.") },
  [KOBRA_PROBLEM_RFC_CHECK_DIGIT] = { "rfc-check-digit", KOBRA_SEVERITY_WARNING, N_("Check Digit of the RFC"),
    N_("The last character of “{value}” does not follow from the others, as an RFC’s does. Compare it with the papers: one character may be mistyped."),
    N_("The last character of an RFC is computed from the others by a rule of the tax office (SAT), so that a mistyped character shows.") },
  [KOBRA_PROBLEM_RFC_WORD] = { "rfc-word", KOBRA_SEVERITY_WARNING, N_("RFC With a Word"),
    N_("“{value}” begins with a word that the tax office leaves out of RFCs: it puts an X for its last letter. Compare it with the papers."),
    N_("The tax office (SAT) has a list of words that no RFC may begin with; their last letter becomes an X.") },
  [KOBRA_PROBLEM_RFC_NAME] = { "rfc-name", KOBRA_SEVERITY_WARNING, N_("RFC and Name Disagree"),
    N_("The first letters of “{value}” do not come from this name and these surnames. Compare them with the papers."),
    N_("The tax office (SAT) begins a person’s RFC with letters of the first surname, the second surname and the name.") },
  [KOBRA_PROBLEM_RFC_BIRTHDATE] = { "rfc-birthdate", KOBRA_SEVERITY_WARNING, N_("RFC and Birthdate Disagree"),
    N_("“{value}” names another day of birth than the birthdate does. Compare both with the papers."),
    N_("The six digits of a person’s RFC are the day of birth as yymmdd, by the rules of the tax office (SAT).") },
  [KOBRA_PROBLEM_RFC_CURP] = { "rfc-curp", KOBRA_SEVERITY_WARNING, N_("RFC and CURP Disagree"),
    N_("“{value}” and the CURP seem to be two people’s: both begin with the same letter and hold the same date. Compare both with the papers."),
    N_("RFC and CURP of a person begin with the same letter and hold the same day of birth: both are made from the birth certificate.") },
  [KOBRA_PROBLEM_CURP_FORM] = { "curp-form", KOBRA_SEVERITY_WARNING, N_("Form of the CURP"),
    N_("“{value}” does not look like a CURP: 18 letters and digits, among them a date as yymmdd, H or M, and a state. Compare it with the papers."),
    N_("The population registry (RENAPO) makes a CURP of letters of the names, a date as yymmdd, the sex, the state of birth, and two characters more.") },
  [KOBRA_PROBLEM_CURP_CHECK_DIGIT] = { "curp-check-digit", KOBRA_SEVERITY_WARNING, N_("Check Digit of the CURP"),
    N_("The last digit of “{value}” does not follow from the others, as a CURP’s does. Compare it with the papers: one character may be mistyped."),
    N_("The last digit of a CURP is computed from the others by a rule of the population registry (RENAPO), so that a mistyped character shows.") },
  [KOBRA_PROBLEM_CURP_WORD] = { "curp-word", KOBRA_SEVERITY_WARNING, N_("CURP With a Word"),
    N_("“{value}” begins with a word that the population registry leaves out of CURPs: it puts an X for its second letter. Compare it with the papers."),
    N_("The population registry (RENAPO) has a list of words that no CURP may begin with; their second letter becomes an X.") },
  [KOBRA_PROBLEM_CURP_NAME] = { "curp-name", KOBRA_SEVERITY_WARNING, N_("CURP and Name Disagree"),
    N_("The first letters of “{value}” do not come from this name and these surnames. Compare them with the papers."),
    N_("The population registry (RENAPO) begins a CURP with letters of the first surname, the second surname and the name.") },
  [KOBRA_PROBLEM_CURP_BIRTHDATE] = { "curp-birthdate", KOBRA_SEVERITY_WARNING, N_("CURP and Birthdate Disagree"),
    N_("“{value}” names another day of birth than the birthdate does. Compare both with the papers."),
    N_("The six digits of a CURP are the day of birth as yymmdd, by the rules of the population registry (RENAPO).") },
  [KOBRA_PROBLEM_CURP_GENDER] = { "curp-gender", KOBRA_SEVERITY_WARNING, N_("CURP and Gender Disagree"),
    N_("“{value}” names another gender than the field does: H stands for a man, M for a woman. Compare both with the papers."),
    N_("The eleventh character of a CURP is H for a man and M for a woman, by the rules of the population registry (RENAPO).") },
  [KOBRA_PROBLEM_CURP_SHARED] = { "curp-shared", KOBRA_SEVERITY_WARNING, N_("One CURP Under Two IDs"),
    N_("“{value}” is also in line {line}, under another ID. If it is one person with two accounts, all is well; else compare both with the papers."),
    N_("A CURP is one person’s. A person may have several accounts; but the same CURP under another ID is often a copied row, or one account under two IDs.") },
  [KOBRA_PROBLEM_CLABE_FORM] = { "clabe-form", KOBRA_SEVERITY_WARNING, N_("Form of the CLABE"),
    N_("“{value}” is not a CLABE, which has 18 digits and nothing else. Ask the bank’s customer for it, or read it from a statement."),
    N_("Banco de México makes a CLABE of 18 digits: 3 of the bank, 3 of the place, 11 of the account and a control digit.") },
  [KOBRA_PROBLEM_CLABE_CHECK_DIGIT] = { "clabe-check-digit", KOBRA_SEVERITY_WARNING, N_("Check Digit of the CLABE"),
    N_("The last digit of “{value}” does not follow from the others, as a CLABE’s does. Read it again: one digit may be mistyped."),
    N_("The last digit of a CLABE is computed from the others by a rule of Banco de México, so that a mistyped digit shows.") },
  [KOBRA_PROBLEM_CLABE_BANK] = { "clabe-bank", KOBRA_SEVERITY_WARNING, N_("Bank of the CLABE"),
    N_("The first three digits of “{value}” are no bank’s that we know. Read them again; a bank that is very new may be missing here."),
    N_("Banco de México lists the institutions that take part in its payment system SPEI; a CLABE begins with the code of one.") },
  [KOBRA_PROBLEM_CLABE_PLACE] = { "clabe-place", KOBRA_SEVERITY_WARNING, N_("Place of the CLABE"),
    N_("The fourth to sixth digits of “{value}” are no place’s that we know. Read them again; they stand for the city of the branch."),
    N_("The Mexican Bank Association (ABM) lists the places of a CLABE: its fourth to sixth digits are the number of one.") },
  [KOBRA_PROBLEM_VOTER_KEY] = { "voter-key", KOBRA_SEVERITY_WARNING, N_("Voter Key"),
    N_("“{value}” does not look like a voter key: six letters, eight digits, H or M, and three digits. Read it from the credential."),
    N_("The voter key on a credential of the electoral institute (INE) has 18 characters: letters of the names, a date, a state, the sex, and three digits.") },
  [KOBRA_PROBLEM_POSTAL_CODE] = { "postal-code", KOBRA_SEVERITY_WARNING, N_("Postal Code"),
    N_("“{value}” is not a postal code of five digits. A spreadsheet may have dropped a zero in front: 1000 is 01000."),
    N_("Correos de México gives every place a code of five digits, zeros in front included.") },
  [KOBRA_PROBLEM_POSTAL_CODE_UNKNOWN] = { "postal-code-unknown", KOBRA_SEVERITY_WARNING, N_("Unknown Postal Code"),
    N_("No postal code begins like “{value}”: the first two digits are no state’s. Compare it with the papers."),
    N_("The first two digits of a postal code stand for a state in the catalogue of Correos de México.") },
  [KOBRA_PROBLEM_POSTAL_CODE_STATE] = { "postal-code-state", KOBRA_SEVERITY_WARNING, N_("Postal Code and State Disagree"),
    N_("“{value}” is a postal code of another state than the one of the address. Compare both with the papers."),
    N_("The first two digits of a postal code stand for a state in the catalogue of Correos de México.") },
  [KOBRA_PROBLEM_PHONE] = { "phone", KOBRA_SEVERITY_WARNING, N_("Telephone Number"),
    N_("“{value}” is not a Mexican telephone number of ten digits. Write the ten digits alone, without country code or spaces."),
    N_("Since August 2019 all telephone numbers of Mexico have ten digits, by the numbering plan of the telecommunications institute (IFT).") },
  [KOBRA_PROBLEM_EMAIL] = { "email", KOBRA_SEVERITY_WARNING, N_("E-Mail Address"),
    N_("“{value}” does not look like an e-mail address, such as name@example.com. Look for spaces, accents, or a second address."),
    N_("An address has a name, an @ and a domain with a point in it (RFC 5322, section 3.4.1).") },
  [KOBRA_PROBLEM_BIRTHDATE_FUTURE] = { "birthdate-future", KOBRA_SEVERITY_WARNING, N_("Birthdate in the Future"),
    N_("“{value}” is still to come, so nobody was born then. Look at the year."),
    N_("Nobody was born after today.") },
  [KOBRA_PROBLEM_BIRTHDATE_TOO_OLD] = { "birthdate-too-old", KOBRA_SEVERITY_WARNING, N_("Birthdate Long Ago"),
    N_("Whoever was born on “{value}” is more than 120 years old. Look at the year."),
    N_("Nobody has been known to live for more than 122 years.") },
  [KOBRA_PROBLEM_DATE_FUTURE] = { "date-future", KOBRA_SEVERITY_WARNING, N_("Date in the Future"),
    N_("“{value}” is still to come, and {field} is about what was. Look at the year."),
    N_("A loan was granted, a payment made, and an address lived at before today.") },
  [KOBRA_PROBLEM_DATE_BEFORE_BIRTH] = { "date-before-birth", KOBRA_SEVERITY_WARNING, N_("Date Before Birth"),
    N_("“{value}” is before the person was born. Look at this date and at the birthdate."),
    N_("Whoever takes a loan was born before.") },
  [KOBRA_PROBLEM_PAYMENT_BEFORE_LOAN] = { "payment-before-loan", KOBRA_SEVERITY_WARNING, N_("Payment Before the Loan"),
    N_("“{value}” is before the loan was granted. Look at both dates."),
    N_("A loan is paid back after it was granted.") },
  [KOBRA_PROBLEM_AMOUNT_NEGATIVE] = { "amount-negative", KOBRA_SEVERITY_WARNING, N_("Negative Amount"),
    N_("“{value}” is below zero. An amount owed or paid is a number from 0 up; look at its sign."),
    N_("Amounts owed and paid are not below zero; a credit balance is no debt.") },
  [KOBRA_PROBLEM_TOTAL_PENDING] = { "total-pending", KOBRA_SEVERITY_WARNING, N_("Pending Amounts Do Not Add Up"),
    N_("{field} is “{value}”, but pending capital, interest and VAT add up to another amount. Look for the one that is wrong."),
    N_("The total pending is pending capital, ordinary interest, default interest and VAT together, but for a centavo of rounding each.") },
  [KOBRA_PROBLEM_TOTAL_PAID] = { "total-paid", KOBRA_SEVERITY_WARNING, N_("Paid Amounts Do Not Add Up"),
    N_("{field} is “{value}”, but paid capital and interest add up to another amount. Look for the one that is wrong."),
    N_("The total paid is paid capital, ordinary interest and default interest together, but for a centavo of rounding each.") },
  [KOBRA_PROBLEM_COORDINATE_RANGE] = { "coordinate-range", KOBRA_SEVERITY_WARNING, N_("Coordinate Out of Range"),
    N_("“{value}” is no place on Earth. Write degrees with a point before the decimals: a latitude from −90 to 90, a longitude from −180 to 180."),
    N_("Latitudes go from −90 to 90 degrees, longitudes from −180 to 180.") },
  [KOBRA_PROBLEM_COORDINATES_SWAPPED] = { "coordinates-swapped", KOBRA_SEVERITY_WARNING, N_("Coordinates Swapped"),
    N_("Latitude and longitude seem to have changed places: the other way round, they are in Mexico. Exchange “{value}” with its neighbour."),
    N_("Mexico lies between 14 and 33 degrees north, and between 86 and 119 degrees west.") },
  [KOBRA_PROBLEM_COORDINATES_ABROAD] = { "coordinates-abroad", KOBRA_SEVERITY_WARNING, N_("Place Outside of Mexico"),
    N_("“{value}” and its neighbour are a place outside of Mexico, and the person’s nationality is Mexican. Look at sign and digits."),
    N_("Mexico lies between 14 and 33 degrees north, and between 86 and 119 degrees west.") },
  [KOBRA_PROBLEM_DIGITS_LOST] = { "digits-lost", KOBRA_SEVERITY_WARNING, N_("Digits Lost in a Spreadsheet"),
    N_("“{value}” is what a spreadsheet made of a long number: its last digits are lost. Make the column text in the spreadsheet, and bring the number from where it came."),
    N_("Spreadsheets keep 15 digits of a number and show long ones as 1.23E+17: the other digits are gone for good.") },
};
/* clang-format on */

const char *
kobra_problem_get_name (KobraProblemCode code)
{
  g_return_val_if_fail ((guint) code < KOBRA_N_PROBLEMS, NULL);

  return kinds[code].name;
}

gboolean
kobra_problem_find (const char       *name,
                    KobraProblemCode *code)
{
  for (guint i = KOBRA_PROBLEM_NONE + 1; i < KOBRA_N_PROBLEMS; i++)
    if (strcmp (kinds[i].name, name) == 0)
      {
        *code = (KobraProblemCode) i;
        return TRUE;
      }
  return FALSE;
}

KobraSeverity
kobra_problem_get_severity (KobraProblemCode code)
{
  g_return_val_if_fail ((guint) code < KOBRA_N_PROBLEMS, KOBRA_SEVERITY_ERROR);

  return kinds[code].severity;
}

const char *
kobra_severity_get_name (KobraSeverity severity)
{
  return severity == KOBRA_SEVERITY_ERROR ? "error" : "warning";
}

const char *
kobra_problem_get_title (KobraProblemCode code)
{
  g_return_val_if_fail ((guint) code < KOBRA_N_PROBLEMS, NULL);

  return _ (kinds[code].title);
}

const char *
kobra_problem_get_pattern (KobraProblemCode code)
{
  g_return_val_if_fail ((guint) code < KOBRA_N_PROBLEMS, NULL);

  return _ (kinds[code].message);
}

const char *
kobra_problem_get_explanation (KobraProblemCode code)
{
  g_return_val_if_fail ((guint) code < KOBRA_N_PROBLEMS, NULL);

  return _ (kinds[code].explanation);
}

static char *
dup_choices (const KobraField *field)
{
  GString *choices = g_string_new (NULL);

  for (const KobraChoice *choice = field->choices; choice != NULL && choice->code != NULL; choice++)
    g_string_append_printf (choices, "%s%s (%s)", choices->len > 0 ? ", " : "", choice->code, _ (choice->label));
  return g_string_free (choices, FALSE);
}

static const char *
choose_message (const KobraProblem *self,
                const char         *text)
{
  if (self->code == KOBRA_PROBLEM_NOT_A_NUMBER && kobra_decimal_is_scientific (text))
    return _ (kinds[KOBRA_PROBLEM_DIGITS_LOST].message);
  if (self->code == KOBRA_PROBLEM_DUPLICATE_KEY && self->other_line == 0)
    return _ ("Another record has the same {field}, “{value}”, and says something else. Keep one of the two, or give one another {field}.");
  if (self->code == KOBRA_PROBLEM_CURP_SHARED && self->other_line == 0)
    return _ ("Another record has “{value}” too, under another ID. If it is one person with two accounts, all is well; else compare both with the papers.");
  return _ (kinds[self->code].message);
}

/* Replaces each {name} of @message; what was put in is not looked at again, so a cell can't smuggle names in. */
static char *
expand (const char        *message,
        const char *const *names,
        const char *const *texts)
{
  GString *expanded = g_string_new (NULL);

  while (*message != '\0')
    {
      gsize n_plain = strcspn (message, "{");
      guint i = 0;

      g_string_append_len (expanded, message, (gssize) n_plain);
      message += n_plain;
      while (*message != '\0' && names[i] != NULL && !g_str_has_prefix (message, names[i]))
        i++;
      if (*message == '\0')
        break;
      g_string_append (expanded, names[i] != NULL ? texts[i] : "{");
      message += names[i] != NULL ? strlen (names[i]) : 1;
    }
  return g_string_free (expanded, FALSE);
}

char *
kobra_problem_dup_message (const KobraProblem *self,
                           const KobraSchema  *schema,
                           const char         *text)
{
  static const char *const names[] = { "{value}", "{field}", "{max}", "{length}", "{choices}", "{line}", NULL };
  const KobraField        *field;
  g_autofree char         *value = NULL, *max = NULL, *length = NULL, *choices = NULL, *line = NULL;

  g_return_val_if_fail (self->code < KOBRA_N_PROBLEMS && self->field < schema->n_fields, NULL);

  field = &schema->fields[self->field];
  value = kobra_text_visible (text, MAX_SHOWN_CHARACTERS);
  max = g_strdup_printf ("%u", field->max);
  length = g_strdup_printf ("%" G_GSIZE_FORMAT, kobra_text_n_characters (text, MAX_COUNTED_CHARACTERS));
  choices = dup_choices (field);
  line = g_strdup_printf ("%u", self->other_line);
  return expand (choose_message (self, text), names, (const char *const[]) { value, _ (field->label), max, length, choices, line });
}
