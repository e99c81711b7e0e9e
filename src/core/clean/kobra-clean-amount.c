/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts as people and programs write them, to digits and a point. No digit is added, moved or lost. */

#include <string.h>

#include "kobra-clean-private.h"

#include "kobra-banned.h"

#define GROUP_DIGITS 3u
#define MAX_RUNS 16u

/* What is between two runs of digits. */
typedef enum
{
  MARK_POINT,
  MARK_COMMA,
  MARK_SPACE,
  MARK_APOSTROPHE /* 1'234,567.89, as millions are written in Mexico */
} Mark;

typedef struct
{
  const char *digits;
  gsize       n;
} Run;

typedef struct
{
  gboolean negative;
  Run      runs[MAX_RUNS];
  Mark     marks[MAX_RUNS]; /* marks[i] follows runs[i] */
  guint    n_runs;
} Amount;

/* How an amount can be read, whatever the column's habit. */
typedef enum
{
  READING_NONE,
  READING_WHOLE,           /* 1 234 567 */
  READING_POINT,           /* 1,234.50 */
  READING_COMMA,           /* 1.234,50 */
  READING_WHOLE_BY_COMMAS, /* 1,234,567: so a point would be the decimal one */
  READING_WHOLE_BY_POINTS, /* 1.234.567 */
  READING_POINT_OR_WHOLE,  /* 1.234 */
  READING_COMMA_OR_WHOLE   /* 1,234 */
} Reading;

static const struct
{
  const char *text;
  Mark        mark;
} marks[] = {
  { ".", MARK_POINT },
  { ",", MARK_COMMA },
  { " ", MARK_SPACE },
  { "\u00a0", MARK_SPACE },
  { "\u202f", MARK_SPACE },
  { "\u2009", MARK_SPACE },
  { "'", MARK_APOSTROPHE },
  { "’", MARK_APOSTROPHE },
};

/* What may stand before or after the digits and says nothing that is lost: accounts are in pesos unless their own field says
 * otherwise. The name of another currency says something, and stays. */
static const char *const ornaments[] = { " ", "\u00a0", "\u202f", "MX$", "MXN", "M.N.", "MN", "$" };

static gboolean
drop_prefix (const char **start,
             const char  *end,
             const char  *prefix)
{
  gsize length = strlen (prefix);

  if ((gsize) (end - *start) < length || g_ascii_strncasecmp (*start, prefix, length) != 0)
    return FALSE;
  *start += length;
  return TRUE;
}

static gboolean
drop_suffix (const char  *start,
             const char **end,
             const char  *suffix)
{
  gsize length = strlen (suffix);

  if ((gsize) (*end - start) < length || g_ascii_strncasecmp (*end - length, suffix, length) != 0)
    return FALSE;
  *end -= length;
  return TRUE;
}

static gboolean
drop_ornaments (const char **start,
                const char **end)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ornaments); i++)
    if (drop_prefix (start, *end, ornaments[i]) || drop_suffix (*start, end, ornaments[i]))
      return TRUE;
  return FALSE;
}

/* A minus, before or after, and parentheses all make a number negative; there may be one of them. */
static gboolean
drop_sign (const char **start,
           const char **end,
           gboolean    *negative)
{
  if (drop_prefix (start, *end, "+"))
    return TRUE;
  *negative = drop_prefix (start, *end, "-") || drop_prefix (start, *end, "−") || drop_prefix (start, *end, "–") || drop_suffix (*start, end, "-") ||
              (*end > *start && (*end)[-1] == ')' && drop_prefix (start, *end, "(") && drop_suffix (*start, end, ")"));
  return *negative;
}

static gboolean
split_runs (Amount     *amount,
            const char *start,
            const char *end)
{
  while (amount->n_runs < MAX_RUNS)
    {
      Run  *run = &amount->runs[amount->n_runs];
      gsize i = 0;

      run->digits = start;
      while (start < end && g_ascii_isdigit (*start))
        start++;
      run->n = (gsize) (start - run->digits);
      amount->n_runs++;
      if (start == end)
        return TRUE;
      while (i < G_N_ELEMENTS (marks) && !drop_prefix (&start, end, marks[i].text))
        i++;
      if (i == G_N_ELEMENTS (marks))
        return FALSE;
      amount->marks[amount->n_runs - 1] = marks[i].mark;
    }
  return FALSE;
}

static gboolean
parse (const char *text,
       Amount     *amount)
{
  const char *start = text, *end = text + strlen (text);
  gboolean    has_sign = FALSE;

  *amount = (Amount) { 0 };
  while (drop_ornaments (&start, &end) || (!has_sign && (has_sign = drop_sign (&start, &end, &amount->negative))))
    ;
  return start < end && split_runs (amount, start, end);
}

static guint
count_marks (const Amount *amount,
             Mark          mark)
{
  guint n = 0;

  for (guint i = 0; i + 1 < amount->n_runs; i++)
    n += amount->marks[i] == mark;
  return n;
}

/* Whether the first @n_runs are groups of a whole number: one to three digits, then three each. */
static gboolean
are_groups (const Amount *amount,
            guint         n_runs)
{
  if (n_runs > 1 && (amount->runs[0].n == 0 || amount->runs[0].n > GROUP_DIGITS || amount->runs[0].digits[0] == '0'))
    return FALSE;
  for (guint i = 1; i < n_runs; i++)
    if (amount->runs[i].n != GROUP_DIGITS)
      return FALSE;
  return TRUE;
}

/* How to read an amount whose last mark, a point or a comma, is the only one of its kind. */
static Reading
read_last_mark (const Amount *amount,
                gboolean      other_kind)
{
  guint    n_whole = amount->n_runs - 1;
  gboolean comma = amount->marks[n_whole - 1] == MARK_COMMA;
  Reading  decimal = comma ? READING_COMMA : READING_POINT;
  gboolean by_apostrophes = count_marks (amount, MARK_APOSTROPHE) > 0;

  if (amount->runs[n_whole].n == 0 || !are_groups (amount, n_whole))
    return READING_NONE;
  if (other_kind || !are_groups (amount, amount->n_runs))
    return decimal;
  /* 1'234,567: after the millions come the thousands. */
  if (comma && by_apostrophes)
    return READING_WHOLE_BY_COMMAS;
  return comma ? READING_COMMA_OR_WHOLE : READING_POINT_OR_WHOLE;
}

static Reading
get_reading (const Amount *amount)
{
  guint n_points = count_marks (amount, MARK_POINT), n_commas = count_marks (amount, MARK_COMMA);
  Mark  last;

  if (amount->n_runs == 1)
    return amount->runs[0].n > 0 ? READING_WHOLE : READING_NONE;
  last = amount->marks[amount->n_runs - 2];
  if (last == MARK_POINT && n_points == 1)
    return read_last_mark (amount, n_commas > 0);
  if (last == MARK_COMMA && n_commas == 1)
    return read_last_mark (amount, n_points > 0);
  if (!are_groups (amount, amount->n_runs) || (n_points > 0 && n_commas > 0))
    return READING_NONE;
  if (n_points + n_commas == 0)
    return READING_WHOLE;
  return n_commas > 0 ? READING_WHOLE_BY_COMMAS : READING_WHOLE_BY_POINTS;
}

/* Whether the last mark is the decimal one; FALSE in @decided if nobody can tell. */
static gboolean
has_decimals (const Amount           *amount,
              const KobraColumnHabit *habit,
              gboolean               *decided)
{
  gboolean by_comma = habit->decimal_comma_known && habit->decimal_comma;
  gboolean by_point = habit->decimal_comma_known && !habit->decimal_comma;
  gboolean contradicts = (habit->evidence & KOBRA_EVIDENCE_COMMA) && (habit->evidence & KOBRA_EVIDENCE_POINT);

  switch (get_reading (amount))
    {
    case READING_WHOLE:
    case READING_WHOLE_BY_COMMAS:
      *decided = TRUE;
      return FALSE;
    case READING_POINT:
      *decided = TRUE;
      return TRUE;
    case READING_COMMA:
      *decided = by_comma;
      return TRUE;
    case READING_WHOLE_BY_POINTS:
      *decided = by_comma;
      return FALSE;
    case READING_POINT_OR_WHOLE:
      *decided = by_comma || by_point;
      return by_point;
    case READING_COMMA_OR_WHOLE:
      /* Amounts have no thousandths: unless the column tells, a comma and three digits are a group, but not after a group by space. */
      *decided = by_comma || by_point || (!contradicts && count_marks (amount, MARK_SPACE) == 0);
      return by_comma;
    case READING_NONE:
    default:
      *decided = FALSE;
      return FALSE;
    }
}

static gboolean
is_zero (const Run *run)
{
  for (gsize i = 0; i < run->n; i++)
    if (run->digits[i] != '0')
      return FALSE;
  return TRUE;
}

static char *
append_run (char      *end,
            const Run *run)
{
  return (char *) mempcpy (end, run->digits, run->n);
}

gboolean
kobra_clean_amount (const char             *text,
                    const KobraColumnHabit *habit,
                    gboolean                whole,
                    char                    number[KOBRA_CLEAN_SIZE])
{
  Amount   amount;
  gboolean decided, decimals;
  guint    n_whole;
  char    *end = number;

  if (!parse (text, &amount))
    return FALSE;
  decimals = has_decimals (&amount, habit, &decided);
  n_whole = amount.n_runs - (decimals ? 1 : 0);
  if (!decided || (whole && decimals && (amount.runs[0].n == 0 || !is_zero (&amount.runs[n_whole]))))
    return FALSE;

  /* All of it comes from @text, so there is room. */
  if (amount.negative)
    *end++ = '-';
  for (guint i = 0; i < n_whole; i++)
    end = append_run (end, &amount.runs[i]);
  if (decimals && !whole)
    {
      *end++ = '.';
      end = append_run (end, &amount.runs[n_whole]);
    }
  *end = '\0';
  return TRUE;
}

guint
kobra_clean_learn_amount (const char *text)
{
  Amount amount;

  if (!parse (text, &amount))
    return 0;
  switch (get_reading (&amount))
    {
    case READING_POINT:
    case READING_WHOLE_BY_COMMAS:
      return KOBRA_EVIDENCE_POINT;
    case READING_COMMA:
    case READING_WHOLE_BY_POINTS:
      return KOBRA_EVIDENCE_COMMA;
    case READING_NONE:
    case READING_WHOLE:
    case READING_POINT_OR_WHOLE:
    case READING_COMMA_OR_WHOLE:
    default:
      return 0;
    }
}
