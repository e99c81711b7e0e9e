/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-reader.h"

G_BEGIN_DECLS

/* The first stage of reading: bytes to UTF-8 text without NUL. Knows nothing of rows. */

#define KOBRA_DECODE_MAX_BYTES ((gsize) 1 << 16)

typedef enum
{
  KOBRA_DECODED_WELL,
  KOBRA_DECODED_NUL,    /* the next character is a NUL */
  KOBRA_DECODED_INVALID /* the next bytes are no character, or of another encoding than the text before them */
} KobraDecoded;

typedef struct
{
  KobraEncoding encoding;
  gboolean      is_sure;       /* else it was found by looking at a sample, and what comes later has a say */
  gboolean      has_multibyte; /* a character beyond ASCII came by in UTF-8 */
  char         *text;          /* what is not UTF-8 already is turned into it here; NULL until needed */
} KobraDecoder;

/* @encoding is not DETECT. */
void         kobra_decoder_init  (KobraDecoder  *self,
                                  KobraEncoding  encoding,
                                  gboolean       is_sure);
void         kobra_decoder_clear (KobraDecoder  *self);

/*
 * Decodes from @bytes as much as is whole and right; of that, @n_decoded tells the bytes and @text, @length the result, which may lie in @bytes
 * itself and is valid until the next call. Up to 3 bytes may be left over at the end: the start of a character whose rest is yet to come. With
 * @is_last nothing is left over but what is wrong. @n_bytes is at most KOBRA_DECODE_MAX_BYTES.
 *
 * An unsure UTF-8 turns into Windows-1252 at the first byte that is wrong, if all was ASCII until there; an unsure Windows-1252 refuses
 * what is plainly UTF-8. So a file of two encodings is an error wherever they meet, and a late accent is not.
 */
KobraDecoded kobra_decoder_push  (KobraDecoder  *self,
                                  const char    *bytes,
                                  gsize          n_bytes,
                                  gboolean       is_last,
                                  gsize         *n_decoded,
                                  const char   **text,
                                  gsize         *length);

typedef enum
{
  KOBRA_UTF_8_INVALID,
  KOBRA_UTF_8_CUT,      /* right so far, but @n_bytes end inside it */
  KOBRA_UTF_8_DOUBTFUL, /* as likely two characters of Windows-1252 that met by chance: É and ” */
  KOBRA_UTF_8_PLAIN     /* no one writes such a thing in Windows-1252: Ã and © */
} KobraUtf8;

/* What the character at @bytes, which is not ASCII, is as UTF-8, and how many bytes it has. */
KobraUtf8    kobra_utf8_look     (const char *bytes,
                                  gsize       n_bytes,
                                  gsize      *length);

G_END_DECLS
