/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-problem.h"

G_BEGIN_DECLS

/* What is doubtful about @text as a CLABE: its form, its check digit, its bank, its place, or nothing (KOBRA_PROBLEM_NONE). */
KobraProblemCode kobra_clabe_check (const char *text);

G_END_DECLS
