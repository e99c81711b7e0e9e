/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the journal promises to a program that is killed: a child sends through a journal and says over a pipe what it asks for and what it
 * was told is done. It is killed at some moment, and the file must hold all that was done, and nothing that was not asked for.
 */

#include "kobra-test-disk.h"
#include "kobra-test-journal.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sqlite3.h>

enum
{
  ACCEPTED = 2,
  REJECTED = 3,
  UNKNOWN = 5,
  NO_ANSWER = -2, /* nothing is asked for */

  N_RECORDS = 40,
  MAX_IN_FLIGHT = 3,
  MAX_BATCH = 8,
  MAX_MESSAGES = 120, /* until a child is killed */
  N_KILLS = 100,
  N_KILLS_AT_OPENING = 40,
  SLOW_FACTOR = 10 /* for "-m slow" */
};

static guint
count_kills (guint n)
{
  return g_test_slow () ? n * SLOW_FACTOR : n;
}

/* What is asked for with these, and then done. A record's new state is in @result. */
typedef enum
{
  ABOUT_BEGIN,
  ABOUT_END,
  ABOUT_RECORD
} About;

typedef struct
{
  About    about;
  gboolean is_done;
  guint32  id;
  int      result;
} Message;

/* The child */

typedef struct
{
  int           pipe;
  GRand        *dice;
  KobraJournal *journal;
  int           results[N_RECORDS];
  gboolean      is_busy[N_RECORDS]; /* in a request, or its result is being written */
  guint         n_in_flight;        /* requests and results */
  gboolean      is_ending;
} Child;

/* What was asked for in one call. */
typedef struct
{
  Child  *child;
  About   about;
  int     result;
  guint   n;
  guint32 ids[MAX_BATCH];
} Call;

static void
say (Child   *child,
     About    about,
     gboolean is_done,
     guint32  id,
     int      result)
{
  const Message message = { about, is_done, id, result };

  if (write (child->pipe, &message, sizeof message) != sizeof message)
    _exit (1);
}

static void go_on (Child *child);

static Call *
call_new (Child *child,
          About  about,
          int    result)
{
  Call *call = g_new0 (Call, 1);

  call->child = child;
  call->about = about;
  call->result = result;
  return call;
}

static void
say_call (Call    *call,
          gboolean is_done)
{
  for (guint i = 0; i < call->n; i++)
    say (call->child, call->about, is_done, call->ids[i], call->result);
  if (call->about != ABOUT_RECORD)
    say (call->child, call->about, is_done, 0, 0);
}

static void
results_cb (const GError *error,
            gpointer      data)
{
  g_autofree Call *call = data;
  Child           *child = call->child;

  g_assert_no_error (error);
  say_call (call, TRUE);
  for (guint i = 0; i < call->n; i++)
    {
      child->results[call->ids[i]] = call->result;
      child->is_busy[call->ids[i]] = FALSE;
    }
  child->n_in_flight--;
  go_on (child);
}

/* The answer to a request, in one result or in two; or none at all, and its records will travel again. */
static void
request_cb (const GError *error,
            gpointer      data)
{
  static const int answers[] = { ACCEPTED, REJECTED, UNKNOWN };
  g_autofree Call *call = data;
  Child           *child = call->child;
  guint            n_taken = g_rand_boolean (child->dice) ? call->n : (guint) g_rand_int_range (child->dice, 0, (gint32) call->n + 1);

  g_assert_no_error (error);
  say_call (call, TRUE);
  child->n_in_flight--;
  for (guint from = 0; from < call->n; from = from == 0 ? n_taken : call->n)
    {
      Call *answer = call_new (child, ABOUT_RECORD, answers[g_rand_int_range (child->dice, 0, G_N_ELEMENTS (answers))]);

      if (n_taken == 0)
        n_taken = call->n;
      for (guint i = from; i < (from == 0 ? n_taken : call->n); i++)
        answer->ids[answer->n++] = call->ids[i];
      say_call (answer, FALSE);
      child->n_in_flight++;
      kobra_journal_results (child->journal, answer->ids, answer->n, answer->result, "type", "Palabras del servidor", results_cb, answer);
    }
  go_on (child);
}

static void
send_some (Child *child)
{
  Call *call = call_new (child, ABOUT_RECORD, KOBRA_JOURNAL_IN_FLIGHT);
  guint max = (guint) g_rand_int_range (child->dice, 1, MAX_BATCH + 1);

  for (guint32 id = 0; id < N_RECORDS && call->n < max; id++)
    if (!child->is_busy[id] && child->results[id] != ACCEPTED && child->results[id] != REJECTED)
      {
        call->ids[call->n++] = id;
        child->is_busy[id] = TRUE;
      }
  if (call->n == 0)
    {
      g_free (call);
      return;
    }
  child->n_in_flight++;
  say_call (call, FALSE);
  kobra_journal_begin_request (child->journal, 1, call->ids, call->n, request_cb, call);
}

static void
begun_cb (const GError *error,
          gpointer      data)
{
  g_autofree Call *call = data;

  g_assert_no_error (error);
  say_call (call, TRUE);
  go_on (call->child);
}

static void
resumed_cb (const GError *error,
            gpointer      data)
{
  g_assert_no_error (error);
  go_on (data);
}

static void
begin (Child *child)
{
  KobraJournalRecord records[N_RECORDS] = { 0 };
  Call              *call = call_new (child, ABOUT_BEGIN, 0);

  for (guint32 i = 0; i < N_RECORDS; i++)
    {
      records[i].id = i;
      child->results[i] = KOBRA_JOURNAL_NONE;
    }
  child->is_ending = FALSE;
  say_call (call, FALSE);
  kobra_journal_begin_run (child->journal, &kobra_test_run, records, N_RECORDS, begun_cb, call);
}

static void
end_cb (const GError *error,
        gpointer      data)
{
  g_autofree Call *call = data;

  g_assert_no_error (error);
  say_call (call, TRUE);
  begin (call->child);
}

static void
go_on (Child *child)
{
  Call *call;

  while (child->n_in_flight < MAX_IN_FLIGHT)
    {
      guint before = child->n_in_flight;

      send_some (child);
      if (child->n_in_flight == before)
        break;
    }
  if (child->n_in_flight > 0 || child->is_ending)
    return;
  child->is_ending = TRUE;
  call = call_new (child, ABOUT_END, 0);
  say_call (call, FALSE);
  kobra_journal_end_run (child->journal, end_cb, call);
}

/* Sends one run after the other until it is killed. */
static void
run_child (const char *path,
           int         out,
           guint32     seed)
{
  Child                          child = { .pipe = out, .dice = g_rand_new_with_seed (seed) };
  g_autoptr (KobraJournalResume) resume = NULL;
  g_autoptr (GError)             error = NULL;
  GMainContext                  *context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  child.journal = kobra_journal_open (path, &error);
  g_assert_no_error (error);
  kobra_journal_find_unfinished (child.journal, &kobra_test_run, &resume, &error);
  g_assert_no_error (error);
  if (resume != NULL)
    {
      for (guint32 i = 0; i < N_RECORDS; i++)
        child.results[i] = resume->entries[i].result;
      kobra_journal_resume_run (child.journal, resume->run, resumed_cb, &child);
    }
  else
    {
      begin (&child);
    }
  for (;;)
    g_main_context_iteration (context, TRUE);
}

static pid_t
start_child (const char *path,
             guint32     seed,
             int        *in)
{
  int   ends[2];
  pid_t pid;

  g_assert_cmpint (pipe (ends), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      close (ends[0]);
      run_child (path, ends[1], seed);
      _exit (1);
    }
  close (ends[1]);
  *in = ends[0];
  return pid;
}

static void
kill_child (pid_t pid)
{
  int status;

  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

/* What must be in the file, as far as the child told. */

typedef struct
{
  int      done[N_RECORDS];
  int      asked[N_RECORDS]; /* on top of that; or NO_ANSWER */
  gboolean has_run;
  gboolean begin_is_asked;
  gboolean end_is_asked;
} Model;

static void
model_reset (Model   *model,
             gboolean has_run)
{
  *model = (Model) { .has_run = has_run };
  for (guint i = 0; i < N_RECORDS; i++)
    model->asked[i] = NO_ANSWER;
}

static void
model_hear (Model         *model,
            const Message *message)
{
  switch (message->about)
    {
    case ABOUT_BEGIN:
      model->begin_is_asked = !message->is_done;
      if (message->is_done)
        model_reset (model, TRUE);
      break;
    case ABOUT_END:
      model->end_is_asked = !message->is_done;
      if (message->is_done)
        model->has_run = FALSE;
      break;
    case ABOUT_RECORD:
    default:
      g_assert_cmpuint (message->id, <, N_RECORDS);
      if (message->is_done)
        model->done[message->id] = message->result;
      model->asked[message->id] = message->is_done ? NO_ANSWER : message->result;
      break;
    }
}

static gboolean
hear (Model *model,
      int    in)
{
  Message message;
  ssize_t n;

  do
    n = read (in, &message, sizeof message);
  while (n < 0 && errno == EINTR);
  if (n == 0)
    return FALSE;
  g_assert_cmpint (n, ==, sizeof message);
  model_hear (model, &message);
  return TRUE;
}

static void
assert_whole (const char *path)
{
  static const struct
  {
    const char *sql, *answer;
  } checks[] = { { "PRAGMA integrity_check", "ok" }, { "SELECT count (*) FROM pragma_foreign_key_check", "0" } };
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      sqlite3_stmt *statement;

      g_assert_cmpint (sqlite3_prepare_v2 (db, checks[i].sql, -1, &statement, NULL), ==, SQLITE_OK);
      g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
      g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, checks[i].answer);
      sqlite3_finalize (statement);
    }
  sqlite3_close (db);
}

/* Compares the file with what was told, and takes it as what is known from now on. */
static void
compare (Model            *model,
         KobraTestJournal *test)
{
  g_autoptr (KobraJournalResume) resume = NULL;

  if (g_file_test (test->path, G_FILE_TEST_EXISTS))
    assert_whole (test->path);
  kobra_test_journal_open (test);
  resume = kobra_test_find (test->journal);
  kobra_test_journal_close (test);

  if (resume == NULL)
    {
      g_assert_true (!model->has_run || model->end_is_asked);
      model_reset (model, FALSE);
      return;
    }
  g_assert_true (model->has_run || model->begin_is_asked);
  if (!model->has_run)
    model_reset (model, TRUE);
  g_assert_cmpuint (resume->n_entries, ==, N_RECORDS);
  for (guint32 i = 0; i < N_RECORDS; i++)
    {
      int result = kobra_journal_resume_find (resume, i)->result;

      if (result != model->asked[i])
        g_assert_cmpint (result, ==, model->done[i]);
      model->done[i] = result;
      model->asked[i] = NO_ANSWER;
    }
  model->end_is_asked = FALSE;
  model->begin_is_asked = FALSE;
}

static void
test_killed (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  const guint               n_kills = count_kills (N_KILLS);
  Model                     model;

  kobra_test_journal_init (&test);
  model_reset (&model, FALSE);
  for (guint n = 0; n < n_kills; n++)
    {
      int   in;
      pid_t pid = start_child (test.path, g_test_rand_int (), &in);

      for (int i = g_test_rand_int_range (0, MAX_MESSAGES); i > 0; i--)
        g_assert_true (hear (&model, in));
      g_usleep ((gulong) g_test_rand_int_range (0, 1000)); /* somewhere between two messages */
      kill_child (pid);
      while (hear (&model, in))
        ;
      close (in);
      compare (&model, &test);
    }
}

static void
test_killed_at_opening (void)
{
  const guint n_kills = count_kills (N_KILLS_AT_OPENING);

  for (guint n = 0; n < n_kills; n++)
    {
      g_auto (KobraTestJournal) test = { 0 };
      Model                     model;
      int                       in;
      pid_t                     pid;

      kobra_test_journal_init (&test);
      model_reset (&model, FALSE);
      pid = start_child (test.path, n, &in);
      g_usleep ((gulong) g_test_rand_int_range (0, 20000)); /* anywhere from before its first step to its first run */
      kill_child (pid);
      while (hear (&model, in))
        ;
      close (in);
      compare (&model, &test);
    }
}

static void
test_second_is_told (void)
{
  g_auto (KobraTestJournal) test = { 0 };
  g_autoptr (GError)        error = NULL;
  KobraJournalResume       *resume;
  KobraTestDone             done = { 0 };
  Model                     model;
  int                       in;
  pid_t                     pid;

  kobra_test_journal_init (&test);
  model_reset (&model, FALSE);
  pid = start_child (test.path, 1, &in);
  while (!model.has_run)
    g_assert_true (hear (&model, in));
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);

  kobra_test_journal_open (&test);
  kobra_journal_begin_run (test.journal, &kobra_test_run, NULL, 0, kobra_test_done, &done);
  kobra_test_done_fails (&done, KOBRA_JOURNAL_ERROR_BUSY);
  g_assert_false (kobra_journal_find_unfinished (test.journal, &kobra_test_run, &resume, &error));
  g_assert_error (error, KOBRA_JOURNAL_ERROR, KOBRA_JOURNAL_ERROR_BUSY);

  /* No lock outlives who held it. */
  kill_child (pid);
  close (in);
  kobra_test_begin_run (test.journal, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  kobra_test_disk_install ();
  kobra_test_disk_skip_syncs ();
  g_test_add_func ("/journal/kill/all-done-is-there-and-nothing-unasked", test_killed);
  g_test_add_func ("/journal/kill/at-opening", test_killed_at_opening);
  g_test_add_func ("/journal/kill/second-process-is-told-killed-one-leaves-no-lock", test_second_is_told);
  return g_test_run ();
}
