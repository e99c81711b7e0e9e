/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-problem.h"

G_BEGIN_DECLS

/* What a CURP of the right form says of the person. */
typedef struct
{
  guint16 year;
  guint8  month;
  guint8  day;
  char    sex; /* H, M, or X for neither */
} KobraCurp;

/* Reads @text; FALSE if it has not the form of a CURP. Letter case is of no account. */
gboolean         kobra_curp_scan  (const char *text,
                                   KobraCurp  *curp);

/* What is doubtful about @text as a CURP: its form, its check digit, a word that it must not begin with, or nothing (KOBRA_PROBLEM_NONE). */
KobraProblemCode kobra_curp_check (const char *text);

G_END_DECLS
