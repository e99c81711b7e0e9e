/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * The practice server's own reading of the contract: which members each object may have and what they may say. It is written from the
 * vendor's page, not from the program's schema, on purpose (see kobra-practice.h): do not merge the two.
 *
 * Refused: a member unknown or given twice, another JSON type (null among them), a text that is empty (an empty field is not sent), too
 * long (in characters) or not one of the values, an integer with a fraction or an exponent, a day that no calendar has, a number
 * outside what the server knows, a required member that is not there.
 */

#include "kobra-practice-json.h"

G_BEGIN_DECLS

typedef enum
{
  KOBRA_PRACTICE_FORM_SIGN_IN, /* the body of /auth */
  KOBRA_PRACTICE_FORM_REQUEST, /* the body of /import about accounts; what is in its list is not looked at */
  KOBRA_PRACTICE_FORM_ACCOUNT,
  KOBRA_PRACTICE_FORM_PROMISE,
  KOBRA_PRACTICE_N_FORMS
} KobraPracticeForm;

/* The first fault of @object in the server's Spanish, the member's name first: “birthdate no es una fecha aaaa-mm-dd”; NULL if there is
 * none. @import_type, 1 … 3, decides what an account must have. */
char *kobra_practice_rules_find_fault (KobraPracticeForm        form,
                                       guint                    import_type,
                                       const KobraPracticeJson *object) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
