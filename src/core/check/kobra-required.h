/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "kobra-check-record.h"

G_BEGIN_DECLS

/*
 * Which fields must be filled, where a person has decided it. The vendor marks required fields by a colour that its page lost, so what is
 * required is data of a connection: by default what the schema says.
 *
 * Starts as all zeros: nothing is decided. A value.
 */
typedef enum
{
  KOBRA_REQUIRED_NEW,
  KOBRA_REQUIRED_BALANCES,
  KOBRA_REQUIRED_PERSONAL,
  KOBRA_REQUIRED_PROMISES,
  KOBRA_N_REQUIRED
} KobraRequiredList;

typedef struct
{
  gboolean decided[KOBRA_N_REQUIRED];
  guint64  fields[KOBRA_N_REQUIRED][2]; /* a bit for each field */
} KobraRequired;

/* The list that records of @kind go by in an import of @type. */
KobraRequiredList  kobra_required_choose       (KobraKind       kind,
                                                KobraImportType type);
const KobraSchema *kobra_required_get_schema   (KobraRequiredList list);

/* For people, untranslated. */
const char        *kobra_required_get_label    (KobraRequiredList list);

/* Reads what dup_text wrote; what it does not know it leaves out, for it is a file of the person's. */
void               kobra_required_parse        (KobraRequired *self,
                                                const char    *text);

/* "new=externalID,name;promises=visitID": lists that nobody decided are left out. */
char              *kobra_required_dup_text     (const KobraRequired *self) G_GNUC_WARN_UNUSED_RESULT;

/* By decision, or by what the schema says. */
gboolean           kobra_required_has          (const KobraRequired *self,
                                                KobraRequiredList    list,
                                                guint                field);

/* Decides; what was not decided before is taken from the schema. The key is always required. */
void               kobra_required_set          (KobraRequired    *self,
                                                KobraRequiredList list,
                                                guint             field,
                                                gboolean          required);

/* Makes @rules require what is said here. */
void               kobra_required_apply        (const KobraRequired *self,
                                                KobraRules          *rules);

G_END_DECLS
