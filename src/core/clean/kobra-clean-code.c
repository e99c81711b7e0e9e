/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Phones, postal codes, addresses of e-mail and IDs as their issuers write them: each a function of a trimmed text. */

#include <string.h>

#include "kobra-clean-private.h"

#include "kobra-banned.h"

/* Only the digits of @text; FALSE if there is anything but digits, @signs and white space. */
static gboolean
take_digits (const char *text,
             const char *signs,
             char        digits[KOBRA_CLEAN_SIZE])
{
  gsize n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (g_ascii_isdigit (*at))
        digits[n++] = *at;
      else if (!kobra_clean_is_space (g_utf8_get_char (at)) && ((guchar) *at >= 0x80 || strchr (signs, *at) == NULL))
        return FALSE;
    }
  digits[n] = '\0';
  return TRUE;
}

/* Source: the numbering plan of 3 August 2019, which took away 01 before long-distance calls, 044 and 045 before mobiles and the 1 after the
 * country's 52. A spreadsheet takes the zero in front of such a prefix away. */
gboolean
kobra_clean_plain_phone (const KobraField       *field,
                         const KobraColumnHabit *habit,
                         const char             *text,
                         KobraBuffer            *out)
{
  static const char *const prefixes[] = { "", "52", "521", "0052", "00521", "01", "1", "044", "045", "44", "45" };
  char                     digits[KOBRA_CLEAN_SIZE];
  gsize                    n;

  if (!take_digits (text, "+()-./", digits))
    return FALSE;
  n = strlen (digits);
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize skipped = strlen (prefixes[i]);

      if (n == skipped + 10 && g_str_has_prefix (digits, prefixes[i]) && digits[skipped] != '0' && (*text != '+' || g_str_has_prefix (digits, "52")))
        return kobra_buffer_append_string (out, digits + skipped);
    }
  return FALSE;
}

/* The zero that a spreadsheet took away from a code of the capital or its neighbours: those begin with 0, and codes have five digits. */
gboolean
kobra_clean_pad_postal_code (const KobraField       *field,
                             const KobraColumnHabit *habit,
                             const char             *text,
                             KobraBuffer            *out)
{
  static const char *const names[] = { "c.p.", "c.p", "cp.", "cp" };
  gsize                    n;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strncasecmp (text, names[i], strlen (names[i])) == 0)
      {
        text += strlen (names[i]);
        break;
      }
  text += strspn (text, " :");
  n = strspn (text, "0123456789");
  if ((n != 4 && n != 5) || !(text[n] == '\0' || strcmp (text + n, ".0") == 0) || (n == 4 && text[0] == '0'))
    return FALSE;
  return (n == 5 || kobra_buffer_append_byte (out, '0')) && kobra_buffer_append (out, text, n);
}

gboolean
kobra_clean_plain_email (const KobraField       *field,
                         const KobraColumnHabit *habit,
                         const char             *text,
                         KobraBuffer            *out)
{
  const char *at_sign;

  if (g_ascii_strncasecmp (text, "mailto:", 7) == 0)
    text += 7;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!kobra_clean_is_space (c) && strchr ("<>\"", (int) (c < 0x80 ? c : 'x')) == NULL)
        kobra_clean_append (out, c);
    }
  while (out->length > 0 && strchr (".,;", out->bytes[out->length - 1]) != NULL)
    kobra_buffer_truncate (out, out->length - 1);
  if (out->length == 0)
    return FALSE;
  at_sign = strchr (out->bytes, '@');
  return at_sign != NULL && at_sign > out->bytes && at_sign[1] != '.' && strchr (at_sign + 1, '@') == NULL && strchr (at_sign + 1, '.') != NULL;
}

/* How long the IDs with a form of their own are. Capitals, and nothing between the characters, are what their issuers write. */
gboolean
kobra_clean_plain_identifier (const KobraField       *field,
                              const KobraColumnHabit *habit,
                              const char             *text,
                              KobraBuffer            *out)
{
  gboolean digits_only = field->form == KOBRA_FORM_CLABE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (kobra_clean_is_space (c) || c == '-' || c == '.' || c == '/')
        continue;
      if (digits_only && !(c >= '0' && c <= '9'))
        return FALSE;
      kobra_clean_append (out, g_unichar_toupper (c));
    }
  switch ((guint) field->form)
    {
    case KOBRA_FORM_RFC:
      return g_utf8_strlen (out->bytes, (gssize) out->length) == 12 || g_utf8_strlen (out->bytes, (gssize) out->length) == 13;
    default:
      return g_utf8_strlen (out->bytes, (gssize) out->length) == 18;
    }
}
