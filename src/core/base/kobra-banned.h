/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * Functions nobody may call here, because each has a bounded or checked twin in C or GLib. Include this last in a .c file:
 * a use then fails to compile and the message names the twin.
 */

#undef strcpy
#undef strcat
#undef sprintf
#undef vsprintf
#undef strncpy
#undef atoi
#undef atol
#undef atof
#undef strtok
#define strcpy(d, s) banned_strcpy__use_g_strlcpy_or_a_kobra_buffer
#define strcat(d, s) banned_strcat__use_g_strlcat_or_a_kobra_buffer
#define sprintf(...) banned_sprintf__use_g_snprintf
#define vsprintf(...) banned_vsprintf__use_g_vsnprintf
#define strncpy(d, s, n) banned_strncpy__use_g_strlcpy
#define atoi(s) banned_atoi__use_g_ascii_string_to_signed
#define atol(s) banned_atol__use_g_ascii_string_to_signed
#define atof(s) banned_atof__use_g_ascii_strtod
#define strtok(s, d) banned_strtok__use_g_strsplit
