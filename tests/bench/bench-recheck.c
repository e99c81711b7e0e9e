/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * What a check of 1,000,000 records of 65 fields takes, duplicates and shared CURPs included, on all processors; next to reading every cell of them once, and
 * what an edit of one record takes among so many. Usage: bench-recheck [RECORDS]
 */

#include "kobra-check.h"

#include <stdlib.h>
#include <time.h>

#include "kobra-curp.h"
#include "kobra-schema-accounts.h"

#define N_TIMES 5
#define N_EDITS 2000

/* As a lender's system exports it: every field but one is filled, and nearly all is well. */
static const char *const sample[KOBRA_MAX_FIELDS] = {
  "", "12", "1", "1", "MX", "José Luis", "Gutiérrez", "Ñáñez", "", "", "1985-07-14", "GUXJ8507141A0", "", "MX", "1", "C", "M", "PEGZAD75121204M000", "2",
  "Avenida Insurgentes Sur", "Entre Morelos y Juárez", "1602", "4B", "Crédito Constructor", "Benito Juárez", "Ciudad de México", "03940", "19.3727", "-99.1794",
  "2010-05-01", "5555123456", "5544556677", "C", "25000.00", "18000.50", "1200.25", "310.75", "192.00", "19703.50", "7000.00", "900.00", "0.00", "7900.00", "18",
  "6", "1500.00", "2024-09-30", "45", "1500.00", "2023-03-15", "BBVA", "Financiera de Ejemplo SA", "", "0123456789", "012180001234567899", "1500.00", "2024-11-15",
  "false", "false", "000316", "CC", "I", "F", "M", "2"
};

/* One that no other row has, with its check digit. */
static void
make_curp (guint row,
           char  text[64])
{
  for (guint digit = 0; digit < 10; digit++)
    {
      g_snprintf (text, 64, "GUXJ850714H%.2s%c%c%c%c%u", "ASBCBSCCCLCMCSCHDFDGGTGRHGJCMCMN" + row / 92610 % 16 * 2, "BCDFGHJKLMNPQRSTVWXYZ"[row % 21], "BCDFGHJKLMNPQRSTVWXYZ"[row / 21 % 21], "BCDFGHJKLMNPQRSTVWXYZ"[row / 441 % 21], '0' + row / 9261 % 10, digit);
      if (kobra_curp_check (text) == KOBRA_PROBLEM_NONE)
        return;
    }
}

static const char *
make_cell (guint field,
           guint row,
           char  text[64])
{
  switch (field)
    {
    case KOBRA_ACCOUNT_EXTERNAL_ID:
      g_snprintf (text, 64, "A-%07u", row);
      return text;
    case KOBRA_ACCOUNT_EMAIL:
      g_snprintf (text, 64, "persona%07u@example.com", row);
      return text;
    case KOBRA_ACCOUNT_CURP:
      make_curp (row, text);
      return text;
    default:
      return sample[field];
    }
}

static KobraRows *
make_rows (guint n_rows)
{
  KobraRows *rows = kobra_rows_new ();

  for (guint row = 0; row < n_rows; row++)
    {
      const char *cells[KOBRA_MAX_FIELDS];
      char        texts[KOBRA_MAX_FIELDS][64];

      for (guint i = 0; i < KOBRA_MAX_FIELDS; i++)
        cells[i] = make_cell (i, row, texts[i]);
      if (!kobra_rows_append (rows, row + 2, cells, KOBRA_MAX_FIELDS))
        exit (EXIT_FAILURE);
    }
  return rows;
}

static gint16 fields[KOBRA_MAX_FIELDS];

static double
time_of (gint64 begun)
{
  return (double) (g_get_monotonic_time () - begun) / G_USEC_PER_SEC;
}

static double
get_cpu (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec + (double) now.tv_nsec / 1e9;
}

typedef struct
{
  const KobraFrozen *table;
  guint              first;
  guint              end;
} Half;

static gpointer
read_half (gpointer data)
{
  const Half *half = data;
  guint       n_filled = 0;
  KobraRecord record;

  for (guint row = half->first; row < half->end; row++)
    {
      kobra_row_get_record (kobra_frozen_peek (half->table, row), kobra_schema_get (KOBRA_KIND_ACCOUNTS), fields, KOBRA_MAX_FIELDS, &record);
      for (guint i = 0; i < KOBRA_MAX_FIELDS; i++)
        n_filled += *record.texts[i] != '\0';
    }
  return GUINT_TO_POINTER (n_filled);
}

/* Every cell of the table, on two threads. */
static double
read_all (const KobraFrozen *frozen)
{
  gint64   begun = g_get_monotonic_time ();
  Half     first = { frozen, 0, frozen->n_rows / 2 }, second = { frozen, frozen->n_rows / 2, frozen->n_rows };
  GThread *thread;

  thread = g_thread_new ("read", read_half, &first);
  read_half (&second);
  g_thread_join (thread);
  return time_of (begun);
}

static int
compare_times (gconstpointer a,
               gconstpointer b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static double
get_median (double *times)
{
  qsort (times, N_TIMES, sizeof *times, compare_times);
  return times[N_TIMES / 2];
}

static gboolean
look_up (guint32      id,
         KobraRecord *record,
         guint32     *line,
         gpointer     data)
{
  const KobraFrozen *frozen = data;

  kobra_row_get_record (kobra_frozen_peek (frozen, id), kobra_schema_get (KOBRA_KIND_ACCOUNTS), fields, KOBRA_MAX_FIELDS, record);
  *line = kobra_frozen_peek (frozen, id)->line;
  return TRUE;
}

/* A key typed and one taken back, each told of as the window does at every keystroke. */
static void
edit (KobraProblems    *problems,
      const KobraRules *rules,
      KobraFrozen      *frozen)
{
  g_autoptr (GArray) changed = g_array_new (FALSE, FALSE, sizeof (guint32));
  gint64             begun = g_get_monotonic_time (), longest = 0;

  for (guint i = 0; i < N_EDITS; i++)
    {
      guint32     id = (guint32) ((guint64) i * 7919 % frozen->n_rows), line;
      KobraRecord before, after;
      gint64      at = g_get_monotonic_time ();

      look_up (id, &before, &line, frozen);
      after = before;
      after.texts[KOBRA_ACCOUNT_EXTERNAL_ID] = "A-0000001";
      kobra_problems_update (problems, rules, id, &before, &after, look_up, frozen, changed);
      kobra_problems_update (problems, rules, id, &after, &before, look_up, frozen, changed);
      longest = MAX (longest, g_get_monotonic_time () - at);
    }
  g_print ("an edit of a record's ID: %.1f µs, the longest %.1f µs\n", time_of (begun) * 1e6 / (2 * N_EDITS), (double) longest / 2);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (KobraRows)     rows = make_rows (argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 1000000);
  g_autoptr (KobraFrozen)   frozen = kobra_rows_freeze (rows);
  g_autoptr (GDate)         today = g_date_new_dmy (24, G_DATE_NOVEMBER, 2026);
  g_autoptr (KobraProblems) problems = NULL;
  double                    times[N_TIMES], cpu[N_TIMES], baseline[N_TIMES];
  KobraRules                rules;
  guint                     ready, warning, invalid;

  for (guint i = 0; i < KOBRA_MAX_FIELDS; i++)
    fields[i] = (gint16) i;
  kobra_rules_init (&rules, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW, today);
  for (guint i = 0; i < N_TIMES; i++)
    {
      gint64 begun;

      g_clear_pointer (&problems, kobra_problems_free);
      baseline[i] = read_all (frozen);
      begun = g_get_monotonic_time ();
      cpu[i] = get_cpu ();
      problems = kobra_check_table (frozen, fields, KOBRA_MAX_FIELDS, &rules, 0, NULL, NULL, NULL, NULL);
      times[i] = time_of (begun);
      cpu[i] = get_cpu () - cpu[i];
    }
  kobra_problems_count_records (problems, &ready, &warning, &invalid);
  g_print ("%u records, medians of %u, on %u processors; %u ready, %u with warnings, %u invalid\n", frozen->n_rows, N_TIMES, g_get_num_processors (), ready, warning, invalid);
  g_print ("all rules: %.2f s, %.2f s of CPU; reading every cell: %.2f s; ratio %.1f\n", get_median (times), get_median (cpu), get_median (baseline), get_median (times) / get_median (baseline));
  edit (problems, &rules, frozen);
  return EXIT_SUCCESS;
}
