/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the practice server makes of a request's body: taken whole, or refused at its first fault. Functions of their arguments. */

#include <glib.h>

G_BEGIN_DECLS

/* Records in one request; more are refused with 413. */
#define KOBRA_PRACTICE_MAX_RECORDS 5000

typedef enum
{
  KOBRA_PRACTICE_ACCOUNTS,
  KOBRA_PRACTICE_PROMISES,
  KOBRA_PRACTICE_N_KINDS
} KobraPracticeKind;

/* "accounts", "promises". FALSE if no kind has that name. */
gboolean kobra_practice_kind_find (const char        *name,
                                   KobraPracticeKind *kind);

typedef struct
{
  char       *key;  /* externalID, or visitID as text */
  const char *text; /* its JSON, in the body; not ended by NUL */
  gsize       length;
} KobraPracticeRecord;

/* An HTTP status and the error of the vendor's envelope, in the server's Spanish. */
typedef struct
{
  guint       status;
  const char *type;    /* "" if taken */
  char       *message; /* NULL if taken */
} KobraPracticeAnswer;

void kobra_practice_answer_clear (KobraPracticeAnswer *self);

/* Judges the body of /import. If it is taken, TRUE, and the @records are to be freed with g_array_unref(); their texts are in @body. */
gboolean kobra_practice_judge_import (const char          *body,
                                      gsize                length,
                                      const char *const   *reject_keys,
                                      KobraPracticeKind   *kind,
                                      GArray             **records,
                                      KobraPracticeAnswer *answer);

/* Judges the form of the body of /auth, and then whether it names @user and @password. */
gboolean kobra_practice_judge_sign_in (const char          *body,
                                       gsize                length,
                                       const char          *user,
                                       const char          *password,
                                       KobraPracticeAnswer *answer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KobraPracticeAnswer, kobra_practice_answer_clear)

G_END_DECLS
