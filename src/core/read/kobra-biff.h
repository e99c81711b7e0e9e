/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-buffer.h"

G_BEGIN_DECLS

/*
 * The records that an old workbook's stream is made of ([MS-XLS] §2.1.4), each a type, a length and so many bytes; and what stands in them. Nothing
 * outside of the stream is read, whatever lengths a record claims.
 */

#define KOBRA_BIFF_FORMULA 0x0006
#define KOBRA_BIFF_EOF 0x000a
#define KOBRA_BIFF_DATE_MODE 0x0022
#define KOBRA_BIFF_PASSWORD 0x002f
#define KOBRA_BIFF_CONTINUE 0x003c
#define KOBRA_BIFF_CODE_PAGE 0x0042
#define KOBRA_BIFF_SHEET 0x0085
#define KOBRA_BIFF_RK_RUN 0x00bd
#define KOBRA_BIFF_RICH_TEXT 0x00d6
#define KOBRA_BIFF_STYLE 0x00e0
#define KOBRA_BIFF_STRINGS 0x00fc
#define KOBRA_BIFF_SHARED_TEXT 0x00fd
#define KOBRA_BIFF_NUMBER 0x0203
#define KOBRA_BIFF_TEXT 0x0204
#define KOBRA_BIFF_BOOLEAN 0x0205
#define KOBRA_BIFF_FORMULA_TEXT 0x0207
#define KOBRA_BIFF_RK 0x027e
#define KOBRA_BIFF_FORMAT 0x041e
#define KOBRA_BIFF_BEGIN 0x0809

typedef struct
{
  const guint8 *bytes;  /* borrowed: the stream */
  gsize         n_bytes;
  gsize         at;     /* where the record after this one begins */

  guint         type;   /* of the record at hand */
  const guint8 *data;
  gsize         length;
  gsize         n_done; /* of its bytes, by kobra_biff_take() */

  gboolean      is_wide;    /* texts are as from Excel 97 on, else of bytes in a code page */
  gunichar      upper[128]; /* what the bytes from 128 on are in it */
  gboolean      is_damaged; /* a record ended too early, or the stream within one */
} KobraBiff;

/* What a record says of the code page that texts are in, where they are not wide. */
void     kobra_biff_set_code_page (KobraBiff *self,
                                   guint      number);

/* The next record; FALSE at the stream's end, and where the next one is not whole. */
gboolean kobra_biff_next      (KobraBiff   *self);

/* Whether the record has more, or goes on in the one that follows, which is then the one at hand. */
gboolean kobra_biff_go_on     (KobraBiff   *self);

/* A number of 1 to 4 bytes from where the last one ended; 0 and damaged if the record has no more. */
guint32  kobra_biff_take      (KobraBiff   *self,
                               guint        n_bytes);
double   kobra_biff_take_number (KobraBiff *self);
double   kobra_biff_take_rk   (KobraBiff   *self);

/*
 * Appends a text whose length is told in @n_bytes before it, 1 or 2, as UTF-8. A text may go on in the records that follow, and then these are taken
 * too. FALSE: it is cut off.
 */
gboolean kobra_biff_take_text (KobraBiff   *self,
                               guint        n_bytes,
                               KobraBuffer *text);

/* "#DIV/0!" */
const char *kobra_biff_get_failure (guint code);

G_END_DECLS
