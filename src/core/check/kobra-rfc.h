/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-problem.h"

G_BEGIN_DECLS

/* Whether @text looks like an RFC. Letter case is of no account. */
gboolean         kobra_rfc_has_form (const char *text);

/* What is doubtful about @text as an RFC: its form, its check digit, a word that it must not begin with, or nothing (KOBRA_PROBLEM_NONE). */
KobraProblemCode kobra_rfc_check    (const char *text);

G_END_DECLS
