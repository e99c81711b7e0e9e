/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * A strict JSON reader (RFC 8259) that knows where each value stands in its text. json-glib turns numbers into doubles; here 1234.10 can
 * be told from 1234.1, because a value is a span of the text and nothing else. The text must outlive the values, which own nothing.
 *
 * Strict: valid UTF-8 without a byte order mark, no control characters in strings, surrogates in pairs, one value and nothing after it.
 */

#include <glib.h>

G_BEGIN_DECLS

/* Arrays and objects within each other; a deeper text is refused. */
#define KOBRA_PRACTICE_JSON_MAX_DEPTH 32

typedef enum
{
  KOBRA_PRACTICE_JSON_NULL,
  KOBRA_PRACTICE_JSON_BOOLEAN,
  KOBRA_PRACTICE_JSON_NUMBER,
  KOBRA_PRACTICE_JSON_STRING,
  KOBRA_PRACTICE_JSON_ARRAY,
  KOBRA_PRACTICE_JSON_OBJECT
} KobraPracticeJsonType;

/* A value of a text that was read without a problem: its bytes, from the first to the last that belong to it. */
typedef struct
{
  KobraPracticeJsonType type;
  const char           *text; /* not ended by NUL */
  gsize                 length;
} KobraPracticeJson;

/* Why a text is not JSON, in the server's Spanish, and at which byte. */
typedef struct
{
  const char *what;
  gsize       offset;
} KobraPracticeJsonProblem;

/* Reads all of @text; FALSE and @problem if it is not JSON. */
gboolean kobra_practice_json_read (const char               *text,
                                   gsize                     length,
                                   KobraPracticeJson        *root,
                                   KobraPracticeJsonProblem *problem);

/* Over the elements of an array or the members of an object, in their order. */
typedef struct
{
  gboolean    in_object;
  const char *at;
  const char *end;
} KobraPracticeJsonIter;

void     kobra_practice_json_iter_init (KobraPracticeJsonIter   *self,
                                        const KobraPracticeJson *container);

/* @name is set for members only. FALSE after the last. */
gboolean kobra_practice_json_iter_next (KobraPracticeJsonIter *self,
                                        KobraPracticeJson     *name,
                                        KobraPracticeJson     *value);

/* Sets @content to what the string says, its escapes resolved; it may contain U+0000. */
void     kobra_practice_json_get_string (const KobraPracticeJson *string,
                                         GString                 *content);

/* Whether the string says @content. */
gboolean kobra_practice_json_string_is  (const KobraPracticeJson *string,
                                         const char              *content);

/* The first member of @object called @name; FALSE if there is none, and then @value is undefined. */
gboolean kobra_practice_json_find_member (const KobraPracticeJson *object,
                                          const char              *name,
                                          KobraPracticeJson       *value);

/* Whether @number is written without a fraction and an exponent. */
gboolean kobra_practice_json_is_integer (const KobraPracticeJson *number);

/* Appends @content, valid UTF-8, as a JSON string. */
void     kobra_practice_json_append_string (GString    *json,
                                            const char *content);

G_END_DECLS
