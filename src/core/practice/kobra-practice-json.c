/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-practice-json.h"

#include <string.h>

#include "kobra-banned.h"

typedef struct
{
  const char *at;
  const char *end;
  guint       depth;
  const char *problem;
} Scanner;

static gboolean scan_value (Scanner           *self,
                            KobraPracticeJson *value);

static gboolean
refuse (Scanner    *self,
        const char *problem)
{
  self->problem = problem;
  return FALSE;
}

static void
skip_space (Scanner *self)
{
  while (self->at < self->end && (*self->at == ' ' || *self->at == '\t' || *self->at == '\n' || *self->at == '\r'))
    self->at++;
}

static gboolean
take_byte (Scanner *self,
           char     byte)
{
  if (self->at >= self->end || *self->at != byte)
    return FALSE;
  self->at++;
  return TRUE;
}

static gboolean
take_digits (Scanner *self)
{
  const char *start = self->at;

  while (self->at < self->end && g_ascii_isdigit (*self->at))
    self->at++;
  return self->at > start;
}

/* §6: a leading zero stands alone, a point and an exponent have digits after them. */
static gboolean
scan_number (Scanner *self)
{
  take_byte (self, '-');
  if (!take_byte (self, '0') && !take_digits (self))
    return refuse (self, "número sin cifras");
  if (self->at < self->end && g_ascii_isdigit (*self->at))
    return refuse (self, "número con ceros a la izquierda");
  if (take_byte (self, '.') && !take_digits (self))
    return refuse (self, "número sin decimales después del punto");
  if (take_byte (self, 'e') || take_byte (self, 'E'))
    {
      if (!take_byte (self, '+'))
        take_byte (self, '-');
      if (!take_digits (self))
        return refuse (self, "número sin exponente");
    }
  return TRUE;
}

static gboolean
take_four_hex (Scanner *self,
               guint   *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++, self->at++)
    {
      int digit = self->at < self->end ? g_ascii_xdigit_value (*self->at) : -1;

      if (digit < 0)
        return FALSE;
      *unit = *unit * 16 + (guint) digit;
    }
  return TRUE;
}

static gboolean
is_high_surrogate (guint unit)
{
  return unit >= 0xd800 && unit <= 0xdbff;
}

static gboolean
is_low_surrogate (guint unit)
{
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/* After the backslash of an escape; what it stands for goes to @character. */
static gboolean
scan_escape (Scanner  *self,
             gunichar *character)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char       *letter;
  guint             unit, low;

  if (self->at >= self->end)
    return refuse (self, "texto sin comilla final");
  if (take_byte (self, 'u'))
    {
      if (!take_four_hex (self, &unit))
        return refuse (self, "escape \\u sin cuatro cifras hexadecimales");
      if (is_low_surrogate (unit))
        return refuse (self, "sustituto sin pareja");
      if (is_high_surrogate (unit))
        {
          if (!take_byte (self, '\\') || !take_byte (self, 'u') || !take_four_hex (self, &low) || !is_low_surrogate (low))
            return refuse (self, "sustituto sin pareja");
          unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
        }
      *character = unit;
      return TRUE;
    }
  letter = memchr (letters, *self->at, sizeof letters - 1);
  if (letter == NULL)
    return refuse (self, "escape desconocido");
  self->at++;
  *character = (gunichar) meanings[letter - letters];
  return TRUE;
}

static gboolean
is_plain (char byte)
{
  return byte != '"' && byte != '\\' && (guchar) byte >= 0x20;
}

/* §7, with the quotes. UTF-8 was checked for the whole text at once. */
static gboolean
scan_string (Scanner *self)
{
  gunichar character;

  if (!take_byte (self, '"'))
    return refuse (self, "se esperaba un texto entre comillas");
  while (TRUE)
    {
      while (self->at < self->end && is_plain (*self->at))
        self->at++;
      if (self->at >= self->end)
        return refuse (self, "texto sin comilla final");
      if (take_byte (self, '"'))
        return TRUE;
      if (!take_byte (self, '\\'))
        return refuse (self, "carácter de control dentro de un texto");
      if (!scan_escape (self, &character))
        return FALSE;
    }
}

static gboolean
scan_word (Scanner    *self,
           const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->at) < length || memcmp (self->at, word, length) != 0)
    return refuse (self, "valor desconocido");
  self->at += length;
  return TRUE;
}

/* A member's name and colon, if @in_object, and its value. */
static gboolean
scan_item (Scanner           *self,
           gboolean           in_object,
           KobraPracticeJson *name,
           KobraPracticeJson *value)
{
  skip_space (self);
  if (in_object)
    {
      name->type = KOBRA_PRACTICE_JSON_STRING;
      name->text = self->at;
      if (!scan_string (self))
        return FALSE;
      name->length = (gsize) (self->at - name->text);
      skip_space (self);
      if (!take_byte (self, ':'))
        return refuse (self, "se esperaban dos puntos");
      skip_space (self);
    }
  return scan_value (self, value);
}

static gboolean
scan_container (Scanner *self,
                gboolean in_object)
{
  const char        close = in_object ? '}' : ']';
  KobraPracticeJson name, value;

  if (self->depth == KOBRA_PRACTICE_JSON_MAX_DEPTH)
    return refuse (self, "demasiados niveles");
  self->depth++;
  self->at++;
  skip_space (self);
  if (!take_byte (self, close))
    {
      do
        {
          if (!scan_item (self, in_object, &name, &value))
            return FALSE;
          skip_space (self);
        }
      while (take_byte (self, ','));
      if (!take_byte (self, close))
        return refuse (self, "se esperaba una coma o el cierre");
    }
  self->depth--;
  return TRUE;
}

static gboolean
scan_value (Scanner           *self,
            KobraPracticeJson *value)
{
  gboolean good;

  value->text = self->at;
  switch (self->at < self->end ? *self->at : '\0')
    {
    case '{':
      value->type = KOBRA_PRACTICE_JSON_OBJECT;
      good = scan_container (self, TRUE);
      break;
    case '[':
      value->type = KOBRA_PRACTICE_JSON_ARRAY;
      good = scan_container (self, FALSE);
      break;
    case '"':
      value->type = KOBRA_PRACTICE_JSON_STRING;
      good = scan_string (self);
      break;
    case 't':
      value->type = KOBRA_PRACTICE_JSON_BOOLEAN;
      good = scan_word (self, "true");
      break;
    case 'f':
      value->type = KOBRA_PRACTICE_JSON_BOOLEAN;
      good = scan_word (self, "false");
      break;
    case 'n':
      value->type = KOBRA_PRACTICE_JSON_NULL;
      good = scan_word (self, "null");
      break;
    case '-':
    case '0' ... '9':
      value->type = KOBRA_PRACTICE_JSON_NUMBER;
      good = scan_number (self);
      break;
    default:
      good = refuse (self, "se esperaba un valor");
      break;
    }
  value->length = (gsize) (self->at - value->text);
  return good;
}

gboolean
kobra_practice_json_read (const char               *text,
                          gsize                     length,
                          KobraPracticeJson        *root,
                          KobraPracticeJsonProblem *problem)
{
  Scanner     self = { .at = text, .end = text + length };
  const char *invalid;

  g_return_val_if_fail (text != NULL, FALSE);

  if (!g_utf8_validate_len (text, length, &invalid))
    {
      *problem = (KobraPracticeJsonProblem) { "no es UTF-8 válido", (gsize) (invalid - text) };
      return FALSE;
    }
  skip_space (&self);
  if (scan_value (&self, root))
    {
      skip_space (&self);
      if (self.at == self.end)
        return TRUE;
      refuse (&self, "sobra algo después del valor");
    }
  *problem = (KobraPracticeJsonProblem) { self.problem, (gsize) (self.at - text) };
  return FALSE;
}

void
kobra_practice_json_iter_init (KobraPracticeJsonIter   *self,
                               const KobraPracticeJson *container)
{
  g_return_if_fail (container->type == KOBRA_PRACTICE_JSON_ARRAY || container->type == KOBRA_PRACTICE_JSON_OBJECT);

  *self = (KobraPracticeJsonIter) {
    .in_object = container->type == KOBRA_PRACTICE_JSON_OBJECT,
    .at = container->text + 1,
    .end = container->text + container->length - 1,
  };
}

/* Between two items of a text that was found good there are white space and a comma, and nothing else. */
gboolean
kobra_practice_json_iter_next (KobraPracticeJsonIter *self,
                               KobraPracticeJson     *name,
                               KobraPracticeJson     *value)
{
  Scanner scanner = { .at = self->at, .end = self->end };

  skip_space (&scanner);
  take_byte (&scanner, ',');
  skip_space (&scanner);
  if (scanner.at == scanner.end || !scan_item (&scanner, self->in_object, name, value))
    return FALSE;
  self->at = scanner.at;
  return TRUE;
}

void
kobra_practice_json_get_string (const KobraPracticeJson *string,
                                GString                 *content)
{
  Scanner  self = { .at = string->text + 1, .end = string->text + string->length - 1 };
  gunichar character;

  g_return_if_fail (string->type == KOBRA_PRACTICE_JSON_STRING);

  g_string_truncate (content, 0);
  while (TRUE)
    {
      const char *start = self.at;

      while (self.at < self.end && is_plain (*self.at))
        self.at++;
      g_string_append_len (content, start, self.at - start);
      if (!take_byte (&self, '\\') || !scan_escape (&self, &character))
        return;
      g_string_append_unichar (content, character);
    }
}

gboolean
kobra_practice_json_string_is (const KobraPracticeJson *string,
                               const char              *content)
{
  g_autoptr (GString) resolved = NULL;
  gsize length = strlen (content);

  if (memchr (string->text, '\\', string->length) == NULL)
    return string->length == length + 2 && memcmp (string->text + 1, content, length) == 0;
  resolved = g_string_new (NULL);
  kobra_practice_json_get_string (string, resolved);
  return resolved->len == length && memcmp (resolved->str, content, length) == 0;
}

gboolean
kobra_practice_json_find_member (const KobraPracticeJson *object,
                                 const char              *name,
                                 KobraPracticeJson       *value)
{
  KobraPracticeJsonIter iter;
  KobraPracticeJson     member;

  kobra_practice_json_iter_init (&iter, object);
  while (kobra_practice_json_iter_next (&iter, &member, value))
    if (kobra_practice_json_string_is (&member, name))
      return TRUE;
  return FALSE;
}

gboolean
kobra_practice_json_is_integer (const KobraPracticeJson *number)
{
  if (number->type != KOBRA_PRACTICE_JSON_NUMBER)
    return FALSE;
  for (gsize i = 0; i < number->length; i++)
    if (number->text[i] != '-' && !g_ascii_isdigit (number->text[i]))
      return FALSE;
  return TRUE;
}

void
kobra_practice_json_append_string (GString    *json,
                                   const char *content)
{
  g_string_append_c (json, '"');
  for (const char *at = content; *at != '\0'; at++)
    if (*at == '"' || *at == '\\')
      g_string_append_printf (json, "\\%c", *at);
    else if ((guchar) *at < 0x20)
      g_string_append_printf (json, "\\u%04x", (guint) *at);
    else
      g_string_append_c (json, *at);
  g_string_append_c (json, '"');
}
