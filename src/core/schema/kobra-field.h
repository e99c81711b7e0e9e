/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/*
 * schema: the two record kinds as static tables. May include base only.
 *
 * A new field, value or synonym is one line in kobra-schema-accounts.c or kobra-schema-promises.c and nowhere else.
 */

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  KOBRA_KIND_ACCOUNTS,
  KOBRA_KIND_PROMISES,
  KOBRA_N_KINDS
} KobraKind;

/* Of a request about accounts; the numbers are those of the wire (importTypeID). */
typedef enum
{
  KOBRA_IMPORT_NEW = 1,
  KOBRA_IMPORT_BALANCES = 2,
  KOBRA_IMPORT_PERSONAL = 3
} KobraImportType;

typedef enum
{
  KOBRA_TYPE_TEXT,
  KOBRA_TYPE_INTEGER,
  KOBRA_TYPE_NUMBER,
  KOBRA_TYPE_BOOLEAN, /* in a cell: true or false */
  KOBRA_TYPE_DATE     /* in a cell: yyyy-mm-dd */
} KobraType;

typedef enum
{
  KOBRA_GROUP_ACCOUNT,
  KOBRA_GROUP_PERSON,
  KOBRA_GROUP_CONTACT,
  KOBRA_GROUP_ADDRESS,
  KOBRA_GROUP_BALANCE,
  KOBRA_GROUP_PAYMENTS,
  KOBRA_GROUP_BANK_ACCOUNT,
  KOBRA_GROUP_CREDIT_BUREAU,
  KOBRA_GROUP_PROMISE,
  KOBRA_N_GROUPS
} KobraGroup;

/* Which imports need a field filled, unless the connection says otherwise. */
typedef enum
{
  KOBRA_NEEDED_NEVER = 0,
  KOBRA_NEEDED_NEW = 1 << KOBRA_IMPORT_NEW,
  KOBRA_NEEDED_BALANCES = 1 << KOBRA_IMPORT_BALANCES,
  KOBRA_NEEDED_PERSONAL = 1 << KOBRA_IMPORT_PERSONAL,
  KOBRA_NEEDED_ALWAYS = KOBRA_NEEDED_NEW | KOBRA_NEEDED_BALANCES | KOBRA_NEEDED_PERSONAL
} KobraNeeded;

/* The form that a value is expected to have within the contract: what does not have it is doubtful, not wrong. */
typedef enum
{
  KOBRA_FORM_FREE,
  KOBRA_FORM_RFC,
  KOBRA_FORM_CURP,
  KOBRA_FORM_CLABE,
  KOBRA_FORM_POSTAL_CODE,
  KOBRA_FORM_PHONE,
  KOBRA_FORM_EMAIL,
  KOBRA_FORM_LATITUDE,
  KOBRA_FORM_LONGITUDE,
  KOBRA_FORM_BIRTHDATE,
  KOBRA_FORM_PAST, /* a day that was */
  KOBRA_FORM_VOTER_KEY,
  KOBRA_FORM_DIGITS /* an identifier that spreadsheets like to turn into 1.23E+17 */
} KobraForm;

/* One of the values a field may have. */
typedef struct
{
  const char *code;     /* as it goes out: "1", "MX", "true" */
  const char *label;    /* for people, untranslated: pass it through gettext */
  const char *synonyms; /* folded (kobra_text_fold), Spanish and English, joined by "|" */
  const char *custom;   /* the letter that sheets of the country write for it though it is another choice's code, or NULL */
} KobraChoice;

typedef struct
{
  const char        *name;        /* on the wire, byte for byte */
  const char        *label;       /* for people, untranslated */
  const char        *description; /* for people, untranslated, a sentence */
  KobraType          type;
  guint              max;         /* characters; 0: no limit */
  KobraGroup         group;
  KobraNeeded        needed;
  KobraForm          form;
  const KobraChoice *choices;     /* ended by a code of NULL; NULL: any value */
  const char        *synonyms;    /* headers that mean this field, folded, Spanish and English, joined by "|" */
} KobraField;

/* No kind has more fields than this. */
#define KOBRA_MAX_FIELDS 65

typedef struct
{
  KobraKind         kind;
  const char       *name; /* "accounts", "promises": on the command line and in files */
  const KobraField *fields;
  guint             n_fields;
  guint             key_field; /* the field that tells one record from another */
} KobraSchema;

const KobraSchema *kobra_schema_get          (KobraKind kind);

/* NULL if no kind has that name. */
const KobraSchema *kobra_schema_find         (const char *name);

/* The field's place in the schema, or -1. @name is a wire name, compared byte for byte. */
int                kobra_schema_find_field   (const KobraSchema *self,
                                              const char        *name);

/* Whether an import of @type needs @field filled by default. For promises the type is of no account. */
gboolean           kobra_field_is_needed     (const KobraField *self,
                                              KobraImportType   type);

/* The choice whose code is @code, or NULL. */
const KobraChoice *kobra_field_find_choice   (const KobraField *self,
                                              const char       *code);

/* A heading for people, untranslated. */
const char        *kobra_group_get_label     (KobraGroup group);

/* "person", "bank-account": for settings, never changed. */
const char        *kobra_group_get_name      (KobraGroup group);

/* Whether an import of @type does anything with the field: an update of balances has no use for an address. */
gboolean           kobra_field_is_used       (const KobraField *self,
                                              KobraImportType   type);

/* "new", "balances", "personal". */
const char        *kobra_import_type_get_name  (KobraImportType type);

/* For people, untranslated. */
const char        *kobra_import_type_get_label (KobraImportType type);

/* FALSE if no type has that name. */
gboolean           kobra_import_type_find      (const char      *name,
                                                KobraImportType *type);

/*
 * A record as the checks and the writer see it: one borrowed text per field of the schema, "" where there is none.
 * It is valid as long as the row it was made from.
 */
typedef struct
{
  const KobraSchema *schema;
  const char        *texts[KOBRA_MAX_FIELDS];
  guint64            lost[2]; /* a bit for each field: its text is a number that lost digits in a spreadsheet */
} KobraRecord;

G_END_DECLS
