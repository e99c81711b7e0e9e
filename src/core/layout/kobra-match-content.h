/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-rows.h"

G_BEGIN_DECLS

/*
 * What a column's cells say of the field they are, whatever its header: looked at in a sample, the same for the same table.
 */

/* What a text looks like, of what no other field's texts look like. */
typedef enum
{
  KOBRA_LOOK_CURP,
  KOBRA_LOOK_RFC,
  KOBRA_LOOK_CLABE,
  KOBRA_LOOK_EMAIL,
  KOBRA_LOOK_VOTER,       /* the key of a voter credential */
  KOBRA_LOOK_LATITUDE,    /* of Mexico, with decimals */
  KOBRA_LOOK_LONGITUDE,
  KOBRA_LOOK_PHONE,       /* ten digits, however they are written */
  KOBRA_LOOK_POSTAL_CODE, /* five digits */
  KOBRA_LOOK_SEX,         /* M and F, H and M, words for them */
  KOBRA_LOOK_BIRTHDATE,   /* a day on which people of age were born */
  KOBRA_N_LOOKS
} KobraLook;

/* A column's sample in numbers. Starts as all zeros. */
typedef struct
{
  guint n;                     /* cells that are not empty */
  guint looks[KOBRA_N_LOOKS];  /* how many of them look so */
  guint fits;                  /* how many could be a value of the field that the header names, cleaned up if need be */
} KobraColumnContent;

/* @field is the one that the column's header names, or NULL. */
void     kobra_content_learn      (KobraColumnContent *self,
                                   const KobraField   *field,
                                   const char         *text);

/* The field of an account that the sample looks like, or -1. With @has_name, the column has a header that means something, if not to us: then only
 * what can't be mistaken counts. How sure it is, in percent, goes to @confidence. */
int      kobra_content_find_field (const KobraColumnContent *self,
                                   gboolean                  has_name,
                                   guint                    *confidence);

/* Whether the cells are plainly no values of @field, though the header names it. */
gboolean kobra_content_vetoes     (const KobraColumnContent *self,
                                   const KobraField         *field);

/* The rows of a table of @n_rows rows and @n_columns columns that are its sample, at most @max of them; returns how many. */
guint    kobra_content_choose_rows (guint  n_rows,
                                    guint  n_columns,
                                    guint *rows,
                                    guint  max);

G_END_DECLS
