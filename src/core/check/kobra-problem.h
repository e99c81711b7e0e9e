/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * check: what is wrong or doubtful in a cell, a record, a table. May include base, schema, table (rows only) and GIO.
 *
 * A problem is eight bytes; what is said about it is made when somebody asks.
 */

#include "kobra-field.h"

G_BEGIN_DECLS

typedef enum
{
  KOBRA_SEVERITY_WARNING, /* doubtful: the record is sent */
  KOBRA_SEVERITY_ERROR    /* against the contract: it is not */
} KobraSeverity;

typedef enum
{
  KOBRA_PROBLEM_NONE,

  KOBRA_PROBLEM_REQUIRED,
  KOBRA_PROBLEM_TOO_LONG,
  KOBRA_PROBLEM_NOT_A_NUMBER,
  KOBRA_PROBLEM_NOT_AN_INTEGER,
  KOBRA_PROBLEM_NUMBER_TOO_LARGE,
  KOBRA_PROBLEM_NEGATIVE,
  KOBRA_PROBLEM_NOT_A_BOOLEAN,
  KOBRA_PROBLEM_NOT_A_DATE,
  KOBRA_PROBLEM_NO_SUCH_DAY,
  KOBRA_PROBLEM_NOT_A_CHOICE,
  KOBRA_PROBLEM_CONTROL_CHARACTER,
  KOBRA_PROBLEM_FORMULA_ERROR,
  KOBRA_PROBLEM_DUPLICATE_KEY,

  KOBRA_PROBLEM_RFC_FORM,
  KOBRA_PROBLEM_RFC_CHECK_DIGIT,
  KOBRA_PROBLEM_RFC_WORD,
  KOBRA_PROBLEM_RFC_NAME,
  KOBRA_PROBLEM_RFC_BIRTHDATE,
  KOBRA_PROBLEM_RFC_CURP,
  KOBRA_PROBLEM_CURP_FORM,
  KOBRA_PROBLEM_CURP_CHECK_DIGIT,
  KOBRA_PROBLEM_CURP_WORD,
  KOBRA_PROBLEM_CURP_NAME,
  KOBRA_PROBLEM_CURP_BIRTHDATE,
  KOBRA_PROBLEM_CURP_GENDER,
  KOBRA_PROBLEM_CURP_SHARED,
  KOBRA_PROBLEM_CLABE_FORM,
  KOBRA_PROBLEM_CLABE_CHECK_DIGIT,
  KOBRA_PROBLEM_CLABE_BANK,
  KOBRA_PROBLEM_CLABE_PLACE,
  KOBRA_PROBLEM_VOTER_KEY,
  KOBRA_PROBLEM_POSTAL_CODE,
  KOBRA_PROBLEM_POSTAL_CODE_UNKNOWN,
  KOBRA_PROBLEM_POSTAL_CODE_STATE,
  KOBRA_PROBLEM_PHONE,
  KOBRA_PROBLEM_EMAIL,
  KOBRA_PROBLEM_BIRTHDATE_FUTURE,
  KOBRA_PROBLEM_BIRTHDATE_TOO_OLD,
  KOBRA_PROBLEM_DATE_FUTURE,
  KOBRA_PROBLEM_DATE_BEFORE_BIRTH,
  KOBRA_PROBLEM_PAYMENT_BEFORE_LOAN,
  KOBRA_PROBLEM_AMOUNT_NEGATIVE,
  KOBRA_PROBLEM_TOTAL_PENDING,
  KOBRA_PROBLEM_TOTAL_PAID,
  KOBRA_PROBLEM_COORDINATE_RANGE,
  KOBRA_PROBLEM_COORDINATES_SWAPPED,
  KOBRA_PROBLEM_COORDINATES_ABROAD,
  KOBRA_PROBLEM_DIGITS_LOST,
  KOBRA_N_PROBLEMS
} KobraProblemCode;

typedef struct
{
  guint8  code;       /* KobraProblemCode */
  guint8  field;      /* its place in the schema */
  guint16 unused;
  guint32 other_line; /* of a duplicate or a shared CURP: the line of another record that is meant; 0: it has no line */
} KobraProblem;

/* "too-long", "duplicate-key": for programs, never changed. */
const char   *kobra_problem_get_name     (KobraProblemCode code);

/* FALSE if no kind has that name. */
gboolean      kobra_problem_find         (const char       *name,
                                          KobraProblemCode *code);

KobraSeverity kobra_problem_get_severity (KobraProblemCode code);

/* "error", "warning". */
const char   *kobra_severity_get_name    (KobraSeverity severity);

/* For people, translated, a few words: a heading over all problems of this kind. */
const char   *kobra_problem_get_title    (KobraProblemCode code);

/* The message below before it is filled in: {value}, {field}, {max}, {length}, {choices} and {line} stand in it as they are. Translated. */
const char   *kobra_problem_get_pattern  (KobraProblemCode code);
/* For people, translated: which rule is behind it, and whose rule that is. */
const char   *kobra_problem_get_explanation (KobraProblemCode code);

/* For people, translated: what is the matter with @text, the cell's own, what is expected, and the way out. */
char         *kobra_problem_dup_message  (const KobraProblem *self,
                                          const KobraSchema  *schema,
                                          const char         *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
