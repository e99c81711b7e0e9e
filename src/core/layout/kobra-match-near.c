/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kobra-match-near.h"

#include <string.h>

#include "kobra-banned.h"

/* In bytes; folded text is nearly all ASCII. */
#define MIN_LENGTH 6u
#define LONG_LENGTH 12u
#define MAX_LENGTH 48u

static gboolean
have_same_digits (const char *a,
                  const char *b)
{
  for (;;)
    {
      a += strcspn (a, "0123456789");
      b += strcspn (b, "0123456789");
      if (*a != *b)
        return FALSE;
      if (*a == '\0')
        return TRUE;
      a++;
      b++;
    }
}

/* Optimal string alignment: insert, delete, replace, swap neighbours. */
static guint
get_distance (const char *a,
              gsize       n_a,
              const char *b,
              gsize       n_b)
{
  guint rows[3][MAX_LENGTH + 1];

  for (gsize j = 0; j <= n_b; j++)
    rows[0][j] = (guint) j;
  for (gsize i = 1; i <= n_a; i++)
    {
      guint *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

      now[0] = (guint) i;
      for (gsize j = 1; j <= n_b; j++)
        {
          now[j] = MIN (MIN (last[j], now[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            now[j] = MIN (now[j], before[j - 2] + 1);
        }
    }
  return rows[n_a % 3][n_b];
}

gboolean
kobra_match_is_near (const char *a,
                     const char *b,
                     guint      *distance)
{
  gsize n_a = strlen (a), n_b = strlen (b);
  guint most = MIN (n_a, n_b) >= LONG_LENGTH ? 2 : 1;

  if (MIN (n_a, n_b) < MIN_LENGTH || MAX (n_a, n_b) > MAX_LENGTH || MAX (n_a, n_b) - MIN (n_a, n_b) > most || !have_same_digits (a, b))
    return FALSE;
  *distance = get_distance (a, n_a, b, n_b);
  return *distance >= 1 && *distance <= most;
}
