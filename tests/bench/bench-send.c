/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sending takes: against a server that needs 100 ms for a request, next to the least that it could take; against one that answers at
 * once, next to bare sockets that post the same bodies, ready-made; the writer next to json-glib's generator; and the memory. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>

#include "kobra-driver.h"
#include "kobra-schema-accounts.h"
#include "kobra-writer.h"

#define BATCH 200
#define CONNECTIONS 4
#define N_RECORDS 100000
#define N_MANY 1000000
#define N_WRITTEN 20000
#define MAX_BODY (64 * 1024 * 1024)
#define REPLY "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 26\r\n\r\n{\"data\":null,\"error\":null}"

/* Sockets */

static gboolean
write_all (int         fd,
           const char *bytes,
           gsize       n)
{
  while (n > 0)
    {
      gssize written = send (fd, bytes, n, MSG_NOSIGNAL);

      if (written <= 0)
        return FALSE;
      bytes += written;
      n -= (gsize) written;
    }
  return TRUE;
}

/* Reads on until @buffer has a head; where it ends, or 0 when the connection does. */
static gsize
read_head (int    fd,
           char  *buffer,
           gsize  size,
           gsize *filled)
{
  for (;;)
    {
      char  *end = memmem (buffer, *filled, "\r\n\r\n", 4);
      gssize n;

      if (end != NULL)
        return (gsize) (end - buffer) + 4;
      n = recv (fd, buffer + *filled, size - *filled, 0);
      if (n <= 0)
        return 0;
      *filled += (gsize) n;
    }
}

/* One message: its head, and a body as long as the head says. What comes after it stays in @buffer. */
static gboolean
read_message (int    fd,
              char  *buffer,
              gsize  size,
              gsize *filled)
{
  gsize head = read_head (fd, buffer, size, filled);
  char *length;
  gsize left;

  if (head == 0)
    return FALSE;
  buffer[head - 1] = '\0';
  length = strcasestr (buffer, "content-length:");
  left = length != NULL ? (gsize) g_ascii_strtoull (length + strlen ("content-length:"), NULL, 10) : 0;
  if (*filled - head >= left)
    {
      *filled -= head + left;
      memmove (buffer, buffer + head + left, *filled);
      return TRUE;
    }
  left -= *filled - head;
  *filled = 0;
  while (left > 0)
    {
      gssize n = recv (fd, buffer, MIN (left, size), 0);

      if (n <= 0)
        return FALSE;
      left -= (gsize) n;
    }
  return TRUE;
}

/* The server, a process of its own */

typedef struct
{
  int   fd;
  guint delay_ms;
} Served;

static gpointer
serve (gpointer data)
{
  g_autofree Served *served = data;
  g_autofree char   *buffer = g_malloc (1024 * 1024);
  gsize              filled = 0;

  while (read_message (served->fd, buffer, 1024 * 1024, &filled))
    {
      if (served->delay_ms > 0)
        g_usleep (served->delay_ms * 1000);
      if (!write_all (served->fd, REPLY, strlen (REPLY)))
        break;
    }
  close (served->fd);
  return NULL;
}

/* Returns its process; its port is put into @port. */
static pid_t
start_server (guint    delay_ms,
              guint16 *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t          length = sizeof address;
  int                listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int          on = 1;
  pid_t              pid;

  g_assert_cmpint (bind (listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (listener, 64), ==, 0);
  g_assert_cmpint (getsockname (listener, (struct sockaddr *) &address, &length), ==, 0);
  *port = ntohs (address.sin_port);
  pid = fork ();
  while (pid == 0)
    {
      Served *served = g_new (Served, 1);

      *served = (Served) { accept (listener, NULL, NULL), delay_ms };
      setsockopt (served->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      g_thread_unref (g_thread_new ("serve", serve, served));
    }
  close (listener);
  return pid;
}

/* Records */

static void
fill_record (guint        id,
             char        *key,
             gsize        size,
             KobraRecord *record)
{
  const KobraSchema *schema = kobra_schema_get (KOBRA_KIND_ACCOUNTS);

  record->schema = schema;
  for (guint i = 0; i < schema->n_fields; i++)
    {
      const KobraField *field = &schema->fields[i];

      if (field->choices != NULL)
        record->texts[i] = field->choices[0].code;
      else if (field->type == KOBRA_TYPE_NUMBER)
        record->texts[i] = "1234.10";
      else if (field->type == KOBRA_TYPE_INTEGER)
        record->texts[i] = "12";
      else if (field->type == KOBRA_TYPE_BOOLEAN)
        record->texts[i] = "true";
      else if (field->type == KOBRA_TYPE_DATE)
        record->texts[i] = "1984-12-31";
      else
        record->texts[i] = field->max < 20 ? "A1" : "José Íñigo de la O";
    }
  g_snprintf (key, size, "A-%u", id);
  record->texts[schema->key_field] = key;
}

/* As many as a request has; only their keys differ. */
static KobraRecord records[BATCH];

static void
fill_records (void)
{
  static char keys[BATCH][16];

  for (guint i = 0; i < BATCH; i++)
    fill_record (i, keys[i], sizeof keys[i], &records[i]);
}

static GBytes *
write_batch (void)
{
  g_auto (KobraBuffer) body = { 0 };

  kobra_buffer_init (&body, MAX_BODY);
  kobra_writer_begin (&body, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW);
  for (guint i = 0; i < BATCH; i++)
    kobra_writer_add (&body, &records[i], i == 0);
  kobra_writer_end (&body, KOBRA_KIND_ACCOUNTS);
  return kobra_buffer_steal (&body);
}

/* The same by json-glib, which can't keep the digits of a number. */
static gsize
generate_batch (void)
{
  g_autoptr (JsonBuilder)   builder = json_builder_new ();
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode)      root = NULL;
  g_autofree char          *text = NULL;
  gsize                     length;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "importTypeID");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "accounts");
  json_builder_begin_array (builder);
  for (guint i = 0; i < BATCH; i++)
    {
      const KobraRecord *record = &records[i];

      json_builder_begin_object (builder);
      for (guint k = 0; k < record->schema->n_fields; k++)
        {
          KobraType type = record->schema->fields[k].type;

          json_builder_set_member_name (builder, record->schema->fields[k].name);
          if (type == KOBRA_TYPE_INTEGER)
            json_builder_add_int_value (builder, g_ascii_strtoll (record->texts[k], NULL, 10));
          else if (type == KOBRA_TYPE_NUMBER)
            json_builder_add_double_value (builder, g_ascii_strtod (record->texts[k], NULL));
          else if (type == KOBRA_TYPE_BOOLEAN)
            json_builder_add_boolean_value (builder, TRUE);
          else
            json_builder_add_string_value (builder, record->texts[k]);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, &length);
  return length;
}

static double
get_seconds (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

/* Of processor time, by this thread: what others do to the machine does not count. */
static double
get_cpu_seconds (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static void
bench_writer (void)
{
  double begun = get_cpu_seconds (CLOCK_THREAD_CPUTIME_ID), ours, theirs;
  gsize  n_ours = 0, n_theirs = 0;

  for (guint i = 0; i < N_WRITTEN; i += BATCH)
    {
      g_autoptr (GBytes) body = write_batch ();

      n_ours += g_bytes_get_size (body);
    }
  ours = (double) n_ours / 1e6 / (get_cpu_seconds (CLOCK_THREAD_CPUTIME_ID) - begun);
  begun = get_cpu_seconds (CLOCK_THREAD_CPUTIME_ID);
  for (guint i = 0; i < N_WRITTEN; i += BATCH)
    n_theirs += generate_batch ();
  theirs = (double) n_theirs / 1e6 / (get_cpu_seconds (CLOCK_THREAD_CPUTIME_ID) - begun);
  printf ("bodies: %.0f MB/s; json-glib %.0f MB/s; ratio %.1f\n", ours, theirs, ours / theirs);
}

/* The baseline: bodies that are ready, each connection posts its share */

typedef struct
{
  guint16     port;
  GPtrArray  *bodies;
  gint       *next;
} Poster;

static gpointer
post (gpointer data)
{
  const Poster      *poster = data;
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (poster->port), .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  g_autofree char   *buffer = g_malloc (64 * 1024);
  int                fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int          on = 1;
  gsize              filled = 0;

  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  for (;;)
    {
      gint             i = g_atomic_int_add (poster->next, 1);
      GBytes          *body = i < (gint) poster->bodies->len ? g_ptr_array_index (poster->bodies, (guint) i) : NULL;
      g_autofree char *head = NULL;

      if (body == NULL)
        break;
      head = g_strdup_printf ("POST /api/import HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n", g_bytes_get_size (body));
      g_assert_true (write_all (fd, head, strlen (head)) && write_all (fd, g_bytes_get_data (body, NULL), g_bytes_get_size (body)));
      g_assert_true (read_message (fd, buffer, 64 * 1024, &filled));
    }
  close (fd);
  return NULL;
}

static double
post_ready_made (guint16    port,
                 GPtrArray *bodies)
{
  gint         next = 0;
  const Poster poster = { port, bodies, &next };
  GThread     *threads[CONNECTIONS];
  double       begun = get_seconds ();

  for (guint i = 0; i < CONNECTIONS; i++)
    threads[i] = g_thread_new ("post", post, (gpointer) &poster);
  for (guint i = 0; i < CONNECTIONS; i++)
    g_thread_join (threads[i]);
  return get_seconds () - begun;
}

/* The same by curl, from files */

static char *
write_files (GPtrArray *bodies)
{
  g_autoptr (GError) error = NULL;
  char              *folder = g_dir_make_tmp ("kobra-bench-XXXXXX", &error);

  g_assert_no_error (error);
  for (guint i = 0; i < bodies->len; i++)
    {
      GBytes          *body = g_ptr_array_index (bodies, i);
      g_autofree char *path = g_strdup_printf ("%s/%u", folder, i);

      g_assert_true (g_file_set_contents (path, g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), NULL));
    }
  return folder;
}

static void
remove_files (const char *folder,
              guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%u", folder, i);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* What curl is told: a transfer for every @step-th body from @first on. */
static char *
write_orders (guint16     port,
              const char *folder,
              guint       first,
              guint       step,
              guint       n)
{
  g_autoptr (GString) orders = g_string_new ("silent\n");

  if (step == 1)
    g_string_append_printf (orders, "parallel\nparallel-max = %u\n", CONNECTIONS);
  for (guint i = first; i < n; i += step)
    g_string_append_printf (orders, "%surl = \"http://127.0.0.1:%u/api/import\"\nheader = \"Content-Type: application/json\"\ndata-binary = \"@%s/%u\"\noutput = \"/dev/null\"\n",
                            i > first ? "next\n" : "", port, folder, i);
  return g_string_free (g_steal_pointer (&orders), FALSE);
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  GSubprocess *curl = G_SUBPROCESS (source);

  g_assert_true (g_subprocess_communicate_utf8_finish (curl, result, NULL, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (curl));
  (*(guint *) data)--;
}

/* All connections by one process, or each by its own. 0 where there is no curl. */
static double
post_by_curl (guint16     port,
              const char *folder,
              guint       n,
              guint       n_processes)
{
  g_autofree char *program = g_find_program_in_path ("curl");
  guint            n_running = 0;
  double           begun = get_seconds ();

  for (guint i = 0; i < n_processes && program != NULL; i++)
    {
      g_autofree char        *orders = write_orders (port, folder, i, n_processes, n);
      g_autoptr (GError)      error = NULL;
      g_autoptr (GSubprocess) curl = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE, &error, program, "--disable", "--noproxy", "*", "--fail", "--config", "-", NULL);

      g_assert_no_error (error);
      g_subprocess_communicate_utf8_async (curl, orders, NULL, ended_cb, &n_running);
      n_running++;
    }
  while (n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  return program != NULL ? get_seconds () - begun : 0;
}

static double
get_cpu_seconds_of_children (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* The driver */

typedef struct
{
  gboolean      finished;
  KobraProgress progress;
} Sent;

static gboolean
get_record_cb (guint32      id,
               KobraRecord *record,
               gpointer     data)
{
  static char key[16];

  *record = records[id % BATCH];
  g_snprintf (key, sizeof key, "A-%u", id);
  record->texts[record->schema->key_field] = key;
  return TRUE;
}

static void
progress_cb (const KobraProgress *progress,
             gpointer             data)
{
  ((Sent *) data)->progress = *progress;
}

static void
finished_cb (gpointer data)
{
  ((Sent *) data)->finished = TRUE;
}

static double
send_all (guint16 port,
          guint   n)
{
  static const KobraDriverSink sink = { .get_record = get_record_cb, .progress = progress_cb, .finished = finished_cb };
  g_autoptr (KobraConnection)  connection = kobra_connection_new ();
  g_autoptr (KobraClient)      client = NULL;
  g_autoptr (KobraDriver)      driver = NULL;
  g_autofree char             *base_url = g_strdup_printf ("http://127.0.0.1:%u/api", port);
  Sent                         sent = { 0 };
  double                       begun = get_seconds ();

  kobra_connection_set_base_url (connection, base_url);
  kobra_connection_set_sign_in (connection, KOBRA_SIGN_IN_NONE);
  kobra_connection_set_batch_size (connection, BATCH);
  kobra_connection_set_max_in_flight (connection, CONNECTIONS);
  client = kobra_client_new (connection);
  driver = kobra_driver_new (client, KOBRA_KIND_ACCOUNTS, KOBRA_IMPORT_NEW, &sink, &sent);
  for (guint i = 0; i < n; i++)
    kobra_driver_add (driver, i, i + 1, FALSE);
  kobra_driver_start (driver);
  while (!sent.finished)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (sent.progress.accepted, ==, n);
  return get_seconds () - begun;
}

/* Peak memory of this process, in MB. */
static double
get_peak (void)
{
  g_autofree char *text = NULL;
  const char      *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  return line != NULL ? g_ascii_strtod (line + strlen ("VmHWM:"), NULL) / 1024 : 0;
}

int
main (void)
{
  guint16              quick_port, slow_port;
  const pid_t          servers[] = { start_server (0, &quick_port), start_server (100, &slow_port) };
  g_autoptr (GPtrArray) bodies = NULL;
  g_autofree char      *folder = NULL;
  double               before, ideal = (double) (N_RECORDS / BATCH) / CONNECTIONS * 0.1, ours, theirs, cpu;

  fill_records ();
  send_all (quick_port, BATCH);
  before = get_peak ();
  ours = send_all (quick_port, N_MANY);
  printf ("memory: %.1f MB for a run of %u records, beside the records (%.0f a second)\n", get_peak () - before, N_MANY, N_MANY / ours);

  bench_writer ();
  bodies = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint i = 0; i < N_RECORDS; i += BATCH)
    g_ptr_array_add (bodies, write_batch ());
  theirs = post_ready_made (quick_port, bodies);
  cpu = get_cpu_seconds (CLOCK_PROCESS_CPUTIME_ID);
  ours = send_all (quick_port, N_RECORDS);
  cpu = get_cpu_seconds (CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf ("%u records, answered at once: %.2f s, of which the processor was at it for %.2f s; ready-made bodies over bare sockets: %.2f s; ratio %.2f\n",
          N_RECORDS, ours, cpu, theirs, ours / theirs);
  folder = write_files (bodies);
  for (guint n_processes = 1; n_processes <= CONNECTIONS; n_processes += CONNECTIONS - 1)
    {
      cpu = get_cpu_seconds_of_children ();
      theirs = post_by_curl (quick_port, folder, bodies->len, n_processes);
      cpu = get_cpu_seconds_of_children () - cpu;
      printf ("the same bodies by curl, %u at a time in %u processes: %.2f s, of which the processor was at it for %.2f s; ratio %.2f\n",
              CONNECTIONS, n_processes, theirs, cpu, ours / theirs);
    }
  remove_files (folder, bodies->len);

  ours = send_all (slow_port, N_RECORDS);
  printf ("%u records, 100 ms a request: %.2f s; ideal %.2f s; ratio %.3f\n", N_RECORDS, ours, ideal, ours / ideal);
  for (gsize i = 0; i < G_N_ELEMENTS (servers); i++)
    {
      kill (servers[i], SIGKILL);
      waitpid (servers[i], NULL, 0);
    }
  return 0;
}
