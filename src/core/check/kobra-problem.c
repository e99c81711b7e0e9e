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
} Kind;

/*
 * Of the messages: {value} is what the cell says, {field} the field's name, {max} and {length} are numbers of characters, {choices} lists the
 * values the field can have, {line} is a line of the person's file. All of them may stand anywhere or be left out.
 */
/* clang-format off */
static const Kind kinds[KOBRA_N_PROBLEMS] = {
  [KOBRA_PROBLEM_NONE] = { "none", KOBRA_SEVERITY_WARNING, N_("No Problem"), N_("There is no problem here.") },

  [KOBRA_PROBLEM_REQUIRED] = { "required", KOBRA_SEVERITY_ERROR, N_("Required"),
    N_("{field} is empty, and this import needs it. Fill it in.") },
  [KOBRA_PROBLEM_TOO_LONG] = { "too-long", KOBRA_SEVERITY_ERROR, N_("Too Long"),
    N_("“{value}” has {length} characters; {field} takes {max} at most. Shorten it.") },
  [KOBRA_PROBLEM_NOT_A_NUMBER] = { "not-a-number", KOBRA_SEVERITY_ERROR, N_("Not a Number"),
    N_("“{value}” is not a number. Write digits alone, with a point before the decimals: 1234.50.") },
  [KOBRA_PROBLEM_NOT_AN_INTEGER] = { "not-an-integer", KOBRA_SEVERITY_ERROR, N_("Not a Whole Number"),
    N_("“{value}” is not a whole number. Write digits alone, such as 42.") },
  [KOBRA_PROBLEM_NUMBER_TOO_LARGE] = { "number-too-large", KOBRA_SEVERITY_ERROR, N_("Number Too Large"),
    N_("“{value}” is too large to arrive with all its digits. Write 15 digits before the point at most.") },
  [KOBRA_PROBLEM_NEGATIVE] = { "negative", KOBRA_SEVERITY_ERROR, N_("Below Zero"),
    N_("“{value}” is below zero, which {field} can’t be. Write a number from 0 up.") },
  [KOBRA_PROBLEM_NOT_A_BOOLEAN] = { "not-a-boolean", KOBRA_SEVERITY_ERROR, N_("Neither True nor False"),
    N_("“{value}” is neither true nor false. Write true or false, or leave {field} empty.") },
  [KOBRA_PROBLEM_NOT_A_DATE] = { "not-a-date", KOBRA_SEVERITY_ERROR, N_("Not a Date"),
    N_("“{value}” is not a date. Write it as yyyy-mm-dd, such as 1980-12-31.") },
  [KOBRA_PROBLEM_NO_SUCH_DAY] = { "no-such-day", KOBRA_SEVERITY_ERROR, N_("No Such Day"),
    N_("“{value}” is not a day of the years 1850 to 2150. Look at its year, month and day, in this order.") },
  [KOBRA_PROBLEM_NOT_A_CHOICE] = { "not-a-choice", KOBRA_SEVERITY_ERROR, N_("Not One of the Values"),
    N_("“{value}” is not a value that {field} can have. Write one of these: {choices}.") },
  [KOBRA_PROBLEM_CONTROL_CHARACTER] = { "control-character", KOBRA_SEVERITY_ERROR, N_("Control Character"),
    N_("“{value}” has a control character in it, which is no part of any text. Delete it, or type {field} again.") },
  [KOBRA_PROBLEM_FORMULA_ERROR] = { "formula-error", KOBRA_SEVERITY_ERROR, N_("Failed Formula"),
    N_("“{value}” is what a spreadsheet writes where a formula failed, not a value. Mend the formula in the spreadsheet, or type {field} here.") },
  [KOBRA_PROBLEM_DUPLICATE_KEY] = { "duplicate-key", KOBRA_SEVERITY_ERROR, N_("Duplicate With Other Values"),
    N_("Line {line} has the same {field}, “{value}”, and says something else. Keep one of the two, or give one another {field}.") },

  [KOBRA_PROBLEM_RFC_FORM] = { "rfc-form", KOBRA_SEVERITY_WARNING, N_("Form of the RFC"),
    N_("“{value}” does not look like an RFC: three or four letters, a date as yymmdd, and three letters or digits, without spaces or hyphens. Compare it with the papers.") },
  [KOBRA_PROBLEM_RFC_CHECK_DIGIT] = { "rfc-check-digit", KOBRA_SEVERITY_WARNING, N_("Check Digit of the RFC"),
    N_("The last character of “{value}” does not follow from the others, as an RFC’s does. Compare it with the papers: one character may be mistyped.") },
  [KOBRA_PROBLEM_CURP_FORM] = { "curp-form", KOBRA_SEVERITY_WARNING, N_("Form of the CURP"),
    N_("“{value}” does not look like a CURP: 18 letters and digits, among them a date as yymmdd, H or M, and a state. Compare it with the papers.") },
  [KOBRA_PROBLEM_CURP_CHECK_DIGIT] = { "curp-check-digit", KOBRA_SEVERITY_WARNING, N_("Check Digit of the CURP"),
    N_("The last digit of “{value}” does not follow from the others, as a CURP’s does. Compare it with the papers: one character may be mistyped.") },
  [KOBRA_PROBLEM_CURP_BIRTHDATE] = { "curp-birthdate", KOBRA_SEVERITY_WARNING, N_("CURP and Birthdate Disagree"),
    N_("“{value}” names another day of birth than the birthdate does. Compare both with the papers.") },
  [KOBRA_PROBLEM_CURP_GENDER] = { "curp-gender", KOBRA_SEVERITY_WARNING, N_("CURP and Gender Disagree"),
    N_("“{value}” names another gender than the field does: H stands for a man, M for a woman. Compare both with the papers.") },
  [KOBRA_PROBLEM_CLABE_FORM] = { "clabe-form", KOBRA_SEVERITY_WARNING, N_("Form of the CLABE"),
    N_("“{value}” is not a CLABE, which has 18 digits and nothing else. Ask the bank’s customer for it, or read it from a statement.") },
  [KOBRA_PROBLEM_CLABE_CHECK_DIGIT] = { "clabe-check-digit", KOBRA_SEVERITY_WARNING, N_("Check Digit of the CLABE"),
    N_("The last digit of “{value}” does not follow from the others, as a CLABE’s does. Read it again: one digit may be mistyped.") },
  [KOBRA_PROBLEM_POSTAL_CODE] = { "postal-code", KOBRA_SEVERITY_WARNING, N_("Postal Code"),
    N_("“{value}” is not a postal code of five digits. A spreadsheet may have dropped a zero in front: 1000 is 01000.") },
  [KOBRA_PROBLEM_PHONE] = { "phone", KOBRA_SEVERITY_WARNING, N_("Telephone Number"),
    N_("“{value}” is not a Mexican telephone number of ten digits. Write the ten digits alone, without country code or spaces.") },
  [KOBRA_PROBLEM_EMAIL] = { "email", KOBRA_SEVERITY_WARNING, N_("E-Mail Address"),
    N_("“{value}” does not look like an e-mail address, such as name@example.com. Look for spaces, accents, or a second address.") },
  [KOBRA_PROBLEM_BIRTHDATE_FUTURE] = { "birthdate-future", KOBRA_SEVERITY_WARNING, N_("Birthdate in the Future"),
    N_("“{value}” is still to come, so nobody was born then. Look at the year.") },
  [KOBRA_PROBLEM_BIRTHDATE_TOO_OLD] = { "birthdate-too-old", KOBRA_SEVERITY_WARNING, N_("Birthdate Long Ago"),
    N_("Whoever was born on “{value}” is more than 120 years old. Look at the year.") },
  [KOBRA_PROBLEM_TOTAL_PENDING] = { "total-pending", KOBRA_SEVERITY_WARNING, N_("Pending Amounts Do Not Add Up"),
    N_("{field} is “{value}”, but pending capital, interest and VAT add up to another amount. Look for the one that is wrong.") },
  [KOBRA_PROBLEM_TOTAL_PAID] = { "total-paid", KOBRA_SEVERITY_WARNING, N_("Paid Amounts Do Not Add Up"),
    N_("{field} is “{value}”, but paid capital and interest add up to another amount. Look for the one that is wrong.") },
  [KOBRA_PROBLEM_COORDINATE_RANGE] = { "coordinate-range", KOBRA_SEVERITY_WARNING, N_("Coordinate Out of Range"),
    N_("“{value}” is no place on Earth. Write degrees with a point before the decimals: a latitude from −90 to 90, a longitude from −180 to 180.") },
  [KOBRA_PROBLEM_COORDINATES_SWAPPED] = { "coordinates-swapped", KOBRA_SEVERITY_WARNING, N_("Coordinates Swapped"),
    N_("Latitude and longitude seem to have changed places: the other way round, they are in Mexico. Exchange “{value}” with its neighbour.") },
  [KOBRA_PROBLEM_DIGITS_LOST] = { "digits-lost", KOBRA_SEVERITY_WARNING, N_("Digits Lost in a Spreadsheet"),
    N_("“{value}” is what a spreadsheet made of a long number: its last digits are lost. Make the column text in the spreadsheet, and bring the number from where it came.") },
};
/* clang-format on */

const char *
kobra_problem_get_name (KobraProblemCode code)
{
  g_return_val_if_fail ((guint) code < KOBRA_N_PROBLEMS, NULL);

  return kinds[code].name;
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
