/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mutate.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define MAX_CHANGES 6
#define MAX_BLOCK 200
#define MAX_BYTES (1u << 20)

/* What readers trip over, put in the place of what was there. */
static const struct
{
  const char *bytes;
  gsize       length;
} tokens[] = {
#define TOKEN(text) { text, sizeof text - 1 }
  TOKEN ("\0"), TOKEN ("\xff"), TOKEN ("\x80"), TOKEN ("\xff\xff\xff\xff"), TOKEN ("\xff\xff\xff\x7f"), TOKEN ("\x3c\x00\x00\x00"), TOKEN ("\x0a\x00\x00\x00"), TOKEN ("\x09\x08\x10\x00\x00\x06"),
  TOKEN ("\n"), TOKEN ("\r\n"), TOKEN ("\""), TOKEN ("\"\""), TOKEN (","), TOKEN (";"), TOKEN ("\t"), TOKEN ("\xc3"), TOKEN ("\xe2\x82"), TOKEN ("\xf4\x90\x80\x80"),
  TOKEN ("<"), TOKEN ("</"), TOKEN (">"), TOKEN ("/>"), TOKEN ("&"), TOKEN ("&#0;"), TOKEN ("&#x110000;"), TOKEN ("<![CDATA["), TOKEN ("<!DOCTYPE a>"), TOKEN ("-1"), TOKEN ("99999999999999999999"), TOKEN ("2147483647"),
  TOKEN ("1E+400"), TOKEN ("NaN"), TOKEN ("_x0000_"), TOKEN ("r=\"XFD1048576\""), TOKEN ("t=\"s\""), TOKEN ("{"), TOKEN ("["), TOKEN ("}"), TOKEN ("]"), TOKEN ("\\ud800"), TOKEN ("null"),
#undef TOKEN
};

static gsize
pick (GRand *dice,
      gsize  n)
{
  return n > 0 ? (gsize) g_rand_int_range (dice, 0, (gint32) n) : 0;
}

static void
replace (GByteArray   *bytes,
         gsize         at,
         gsize         n_old,
         const guint8 *new,
         gsize         n_new)
{
  g_autofree guint8 *tail = g_memdup2 (bytes->data + at + n_old, bytes->len - at - n_old);
  gsize              n_tail = bytes->len - at - n_old;

  g_byte_array_set_size (bytes, (guint) at);
  g_byte_array_append (bytes, new, (guint) n_new);
  g_byte_array_append (bytes, tail, (guint) n_tail);
}

static void
change (GByteArray *bytes,
        GRand      *dice)
{
  gsize              at = pick (dice, bytes->len), from = pick (dice, bytes->len), n = 1 + pick (dice, MAX_BLOCK), token = pick (dice, G_N_ELEMENTS (tokens));
  g_autofree guint8 *block = NULL;

  if (bytes->len == 0)
    return;
  switch (pick (dice, 7))
    {
    case 0:
      bytes->data[at] ^= (guint8) (1u << pick (dice, 8));
      break;
    case 1:
      bytes->data[at] = (guint8) pick (dice, 256);
      break;
    case 2:
      replace (bytes, at, MIN (tokens[token].length, bytes->len - at), (const guint8 *) tokens[token].bytes, tokens[token].length);
      break;
    case 3:
      replace (bytes, at, 0, (const guint8 *) tokens[token].bytes, tokens[token].length);
      break;
    case 4:
      replace (bytes, at, MIN (n, bytes->len - at), NULL, 0);
      break;
    case 5:
      n = MIN (n, bytes->len - from);
      block = g_memdup2 (bytes->data + from, n);
      replace (bytes, at, 0, block, n);
      break;
    default:
      if (pick (dice, 10) == 0)
        g_byte_array_set_size (bytes, (guint) at);
    }
}

static la_ssize_t
write_bytes (struct archive *archive,
             void           *data,
             const void     *bytes,
             size_t          n)
{
  g_byte_array_append (data, bytes, (guint) n);
  return (la_ssize_t) n;
}

static void
read_part (struct archive *archive,
           GByteArray     *part)
{
  guint8     block[4096];
  la_ssize_t n;

  while (part->len < MAX_BYTES && (n = archive_read_data (archive, block, sizeof block)) > 0)
    g_byte_array_append (part, block, (guint) n);
}

/* The same ZIP file, of which a part or two have changed. */
static GByteArray *
change_parts (GBytes *zip,
              GRand  *dice)
{
  GByteArray           *bytes = g_byte_array_new ();
  struct archive       *in = archive_read_new (), *out = archive_write_new ();
  struct archive_entry *entry;

  archive_read_support_format_zip (in);
  archive_read_open_memory (in, g_bytes_get_data (zip, NULL), g_bytes_get_size (zip));
  archive_write_set_format_zip (out);
  archive_write_set_options (out, "compression=store");
  archive_write_set_bytes_in_last_block (out, 1);
  archive_write_open2 (out, bytes, NULL, write_bytes, NULL, NULL);
  while (archive_read_next_header (in, &entry) == ARCHIVE_OK)
    {
      g_autoptr (GByteArray) part = g_byte_array_new ();
      guint                  n_changes = pick (dice, 4) == 0 ? (guint) pick (dice, MAX_CHANGES) : 0;

      read_part (in, part);
      while (n_changes-- > 0)
        change (part, dice);
      archive_entry_set_size (entry, part->len);
      if (archive_write_header (out, entry) == ARCHIVE_OK)
        archive_write_data (out, part->data, part->len);
    }
  archive_write_free (out);
  archive_read_free (in);
  return bytes;
}

GBytes *
mutate (GPtrArray *corpus,
        GRand     *dice)
{
  GBytes                *original = g_ptr_array_index (corpus, pick (dice, corpus->len));
  gsize                  size;
  const guint8          *data = g_bytes_get_data (original, &size);
  g_autoptr (GByteArray) bytes = NULL;

  if (size > 4 && memcmp (data, "PK\003\004", 4) == 0 && pick (dice, 4) > 0)
    return g_byte_array_free_to_bytes (change_parts (original, dice));
  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, data, (guint) size);
  for (gsize n = 1 + pick (dice, MAX_CHANGES); n > 0; n--)
    change (bytes, dice);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
