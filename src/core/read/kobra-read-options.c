/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-read-options.h"

#include <string.h>

#include <glib/gi18n.h>

#include "kobra-banned.h"

static const struct
{
  const char *name;
  const char *label;
} encodings[KOBRA_N_ENCODINGS] = {
  [KOBRA_ENCODING_DETECT] = { "detect", N_("Found by Looking") },
  [KOBRA_ENCODING_UTF_8] = { "utf-8", N_("UTF-8") },
  [KOBRA_ENCODING_UTF_16_LE] = { "utf-16-le", N_("UTF-16 LE") },
  [KOBRA_ENCODING_UTF_16_BE] = { "utf-16-be", N_("UTF-16 BE") },
  [KOBRA_ENCODING_WINDOWS_1252] = { "windows-1252", N_("Windows-1252") },
  [KOBRA_ENCODING_CP850] = { "cp850", N_("CP850 (MS-DOS)") },
  [KOBRA_ENCODING_MAC_ROMAN] = { "mac-roman", N_("Mac Roman") },
};

static const struct
{
  const char *name;
  char        separator;
} separators[] = {
  { "comma", ',' },
  { "semicolon", ';' },
  { "tab", '\t' },
  { "bar", '|' },
  { "space", ' ' },
};

static const struct
{
  const char *name;
  char        quote;
} quotes[] = {
  { "double", '"' },
  { "single", '\'' },
  { "none", KOBRA_QUOTE_NONE },
};

void
kobra_read_options_clear (KobraReadOptions *self)
{
  g_clear_pointer (&self->sheet, g_free);
  *self = (KobraReadOptions) { 0 };
}

void
kobra_read_options_copy (const KobraReadOptions *self,
                         KobraReadOptions       *copy)
{
  *copy = *self;
  copy->sheet = g_strdup (self->sheet);
}

gboolean
kobra_read_options_are_equal (const KobraReadOptions *a,
                              const KobraReadOptions *b)
{
  return a->encoding == b->encoding && a->separator == b->separator && a->quote == b->quote && g_strcmp0 (a->sheet, b->sheet) == 0 &&
         a->header_row == b->header_row && a->n_header_rows == b->n_header_rows && a->first_column == b->first_column && !a->keep_all == !b->keep_all;
}

static void
add_number (GVariantDict *dict,
            const char   *key,
            guint32       number)
{
  if (number != 0)
    g_variant_dict_insert (dict, key, "u", number);
}

GVariant *
kobra_read_options_to_variant (const KobraReadOptions *self)
{
  GVariantDict dict;

  g_variant_dict_init (&dict, NULL);
  if (self->encoding != KOBRA_ENCODING_DETECT)
    g_variant_dict_insert (&dict, "encoding", "s", kobra_encoding_get_name (self->encoding));
  if (self->separator != 0)
    {
      g_autofree char *name = kobra_separator_dup_name (self->separator);

      g_variant_dict_insert (&dict, "separator", "s", name);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++)
    if (self->quote == quotes[i].quote)
      g_variant_dict_insert (&dict, "quote", "s", quotes[i].name);
  if (self->sheet != NULL)
    g_variant_dict_insert (&dict, "sheet", "s", self->sheet);
  if (self->header_row == KOBRA_HEADER_NONE)
    g_variant_dict_insert (&dict, "header-row", "s", "none");
  else
    add_number (&dict, "header-row", self->header_row);
  add_number (&dict, "header-rows", self->n_header_rows);
  add_number (&dict, "first-column", self->first_column);
  if (self->keep_all)
    g_variant_dict_insert (&dict, "keep-all", "b", TRUE);
  return g_variant_dict_end (&dict);
}

/* The integer that @dict has for @key, if it is from 1 to @max; else 0. */
static guint32
take_number (GVariantDict *dict,
             const char   *key,
             guint32       max)
{
  g_autoptr (GVariant) value = g_variant_dict_lookup_value (dict, key, NULL);
  gint64               number = 0;

  if (value == NULL)
    return 0;
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_UINT32))
    number = g_variant_get_uint32 (value);
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT32))
    number = g_variant_get_int32 (value);
  else if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    number = g_variant_get_int64 (value);
  return number >= 1 && number <= max ? (guint32) number : 0;
}

void
kobra_read_options_from_variant (GVariant         *variant,
                                 KobraReadOptions *self)
{
  GVariantDict dict;
  const char  *text;
  gboolean     keep_all = FALSE;

  *self = (KobraReadOptions) { 0 };
  g_return_if_fail (g_variant_is_of_type (variant, G_VARIANT_TYPE_VARDICT));

  g_variant_dict_init (&dict, variant);
  if (g_variant_dict_lookup (&dict, "encoding", "&s", &text))
    kobra_encoding_find (text, &self->encoding);
  if (g_variant_dict_lookup (&dict, "separator", "&s", &text))
    kobra_separator_find (text, &self->separator);
  if (g_variant_dict_lookup (&dict, "quote", "&s", &text))
    for (gsize i = 0; i < G_N_ELEMENTS (quotes); i++)
      if (g_str_equal (text, quotes[i].name))
        self->quote = quotes[i].quote;
  g_variant_dict_lookup (&dict, "sheet", "s", &self->sheet);
  if (g_variant_dict_lookup (&dict, "header-row", "&s", &text) && g_str_equal (text, "none"))
    self->header_row = KOBRA_HEADER_NONE;
  else
    self->header_row = take_number (&dict, "header-row", KOBRA_HEADER_NONE - 1);
  self->n_header_rows = take_number (&dict, "header-rows", 2);
  self->first_column = take_number (&dict, "first-column", G_MAXUINT16);
  if (g_variant_dict_lookup (&dict, "keep-all", "b", &keep_all))
    self->keep_all = keep_all;
  g_variant_dict_clear (&dict);
}

const char *
kobra_encoding_get_label (KobraEncoding encoding)
{
  g_return_val_if_fail ((guint) encoding < KOBRA_N_ENCODINGS, "");
  return _ (encodings[encoding].label);
}

const char *
kobra_encoding_get_name (KobraEncoding encoding)
{
  g_return_val_if_fail ((guint) encoding < KOBRA_N_ENCODINGS, "");
  return encodings[encoding].name;
}

gboolean
kobra_encoding_find (const char    *name,
                     KobraEncoding *encoding)
{
  for (guint i = 0; i < KOBRA_N_ENCODINGS; i++)
    if (g_ascii_strcasecmp (name, encodings[i].name) == 0)
      {
        *encoding = (KobraEncoding) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
kobra_separator_is_possible (char separator)
{
  return separator > 0 && separator < 0x7f && !g_ascii_isalnum (separator) && strchr ("\"\r\n", separator) == NULL;
}

gboolean
kobra_separator_find (const char *name,
                      char       *separator)
{
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    if (g_str_equal (name, separators[i].name))
      {
        *separator = separators[i].separator;
        return TRUE;
      }
  if (strlen (name) != 1 || !kobra_separator_is_possible (*name))
    return FALSE;
  *separator = *name;
  return TRUE;
}

char *
kobra_separator_dup_name (char separator)
{
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    if (separators[i].separator == separator)
      return g_strdup (separators[i].name);
  return g_strndup (&separator, 1);
}
