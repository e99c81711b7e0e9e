/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader gets to know, over the real accessibility bus: the same calls and events, without a library between. */

#include "kobra-test-sheet.h"

#include <unistd.h>

#define ACCESSIBLE "org.a11y.atspi.Accessible"
#define ROOT "/org/a11y/atspi/accessible/root"

/* Numbers of the protocol (at-spi2-core, atspi-constants.h). */
enum
{
  STATE_FOCUSED = 12,
  STATE_SELECTED = 23,
  STATE_INVALID = 36,
  STATE_READ_ONLY = 43,
  ROLE_TABLE = 55,
  ROLE_TABLE_CELL = 56,
  ROLE_TABLE_ROW = 90,
};

static GDBusConnection *bus;
static char            *app; /* our own unique name on the bus */

typedef struct
{
  char *path;
} Node;

static void
free_node (gpointer data)
{
  g_free (((Node *) data)->path);
  g_free (data);
}

static void
replied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  *(GVariant **) data = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  if (error != NULL)
    g_error ("%s", error->message);
}

static gboolean
is_not_null (gpointer data)
{
  return *(gpointer *) data != NULL;
}

/* We answer our own calls, so the main loop must turn meanwhile. */
static GVariant *
call (const char *name,
      const char *path,
      const char *interface,
      const char *method,
      GVariant   *arguments)
{
  GVariant *reply = NULL;

  g_dbus_connection_call (bus, name, path, interface, method, arguments, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, replied_cb, &reply);
  kobra_test_wait_for (is_not_null, &reply);
  return reply;
}

static GPtrArray *
get_children_of (const char *name,
                 const char *path)
{
  g_autoptr (GVariant) reply = call (name, path, ACCESSIBLE, "GetChildren", NULL);
  g_autoptr (GVariantIter) iter = NULL;
  GPtrArray  *nodes = g_ptr_array_new_with_free_func (free_node);
  const char *child_name, *child_path;

  g_variant_get (reply, "(a(so))", &iter);
  while (g_variant_iter_next (iter, "(&s&o)", &child_name, &child_path))
    {
      Node *node = g_new0 (Node, 1);

      node->path = g_strdup (child_path);
      g_ptr_array_add (nodes, node);
    }
  return nodes;
}

static GPtrArray *
get_children (Node *node)
{
  return get_children_of (app, node->path);
}

static char *
get_property (Node       *node,
              const char *property)
{
  g_autoptr (GVariant) reply = call (app, node->path, "org.freedesktop.DBus.Properties", "Get", g_variant_new ("(ss)", ACCESSIBLE, property));
  g_autoptr (GVariant) value = NULL;

  g_variant_get (reply, "(v)", &value);
  return g_variant_dup_string (value, NULL);
}

static void
assert_property (Node       *node,
                 const char *property,
                 const char *expected)
{
  g_autofree char *text = get_property (node, property);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
has_state (Node *node,
           guint state)
{
  g_autoptr (GVariant) reply = call (app, node->path, ACCESSIBLE, "GetState", NULL);
  g_autoptr (GVariant) states = g_variant_get_child_value (reply, 0);
  guint32 word;

  g_variant_get_child (states, state / 32, "u", &word);
  return (word >> (state % 32) & 1) != 0;
}

static guint
get_role (Node *node)
{
  g_autoptr (GVariant) reply = call (app, node->path, ACCESSIBLE, "GetRole", NULL);
  guint role;

  g_variant_get (reply, "(u)", &role);
  return role;
}

static Node *
nth (GPtrArray *nodes,
     guint      n)
{
  g_assert_cmpuint (n, <, nodes->len);
  return g_ptr_array_index (nodes, n);
}

/* Depth first. */
static Node *
find_role (const char *path,
           guint       role)
{
  g_autoptr (GPtrArray) nodes = get_children_of (app, path);

  for (guint i = 0; i < nodes->len; i++)
    {
      Node *node = nth (nodes, i);
      Node *found;

      if (get_role (node) == role)
        return g_ptr_array_steal_index (nodes, i);
      found = find_role (node->path, role);
      if (found != NULL)
        return found;
    }
  return NULL;
}

static guint
get_pid (const char *name)
{
  g_autoptr (GVariant) reply = call ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetConnectionUnixProcessID", g_variant_new ("(s)", name));
  guint pid;

  g_variant_get (reply, "(u)", &pid);
  return pid;
}

/* Our own program among those on the bus; FALSE while it is not there yet. */
static gboolean
find_app (gpointer data)
{
  g_autoptr (GVariant) reply = call ("org.a11y.atspi.Registry", ROOT, ACCESSIBLE, "GetChildren", NULL);
  g_autoptr (GVariantIter) iter = NULL;
  const char *name, *path;

  g_variant_get (reply, "(a(so))", &iter);
  while (app == NULL && g_variant_iter_next (iter, "(&s&o)", &name, &path))
    if (get_pid (name) == (guint) getpid ())
      app = g_strdup (name);
  return app != NULL;
}

static void
connect_to_bus (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) session = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_autoptr (GVariant) reply = NULL;
  const char *address;

  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", NULL, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  g_variant_get (reply, "(&s)", &address);
  bus = g_dbus_connection_new_for_address_sync (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL,
                                                &error);
  g_assert_no_error (error);
}

static gboolean
find_grid (gpointer data)
{
  *(Node **) data = find_role (ROOT, ROLE_TABLE);
  return *(Node **) data != NULL;
}

static Node *
open_grid (KobraTestSheet *t,
           guint           n_rows)
{
  Node *grid = NULL;

  kobra_test_sheet_open (t, n_rows, 65);
  if (bus == NULL)
    connect_to_bus ();
  if (app == NULL)
    kobra_test_wait_for (find_app, NULL);
  kobra_test_wait_for (find_grid, &grid);
  return grid;
}

static void
test_cells_say_what_they_are (void)
{
  KobraTestSheet t;
  Node          *grid = open_grid (&t, 1000);
  g_autoptr (GPtrArray) rows = get_children (grid);
  g_autoptr (GPtrArray) headers = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) wrong = NULL;

  g_assert_cmpuint (rows->len, >, 10);
  g_assert_cmpuint (rows->len, <, 60); /* the visible ones */
  headers = get_children (nth (rows, 0));
  assert_property (nth (headers, 1), "Name", "name");
  assert_property (nth (headers, 1), "Description", "Hint of column 1");

  g_assert_cmpuint (get_role (nth (rows, 1)), ==, ROLE_TABLE_ROW);
  assert_property (nth (rows, 1), "Name", "Row 2: Ready");
  first = get_children (nth (rows, 1));
  assert_property (nth (first, 0), "Name", "Row 2: Ready");
  g_assert_cmpuint (get_role (nth (first, 2)), ==, ROLE_TABLE_CELL);
  assert_property (nth (first, 2), "Name", "name, row 2: José Núñez");
  assert_property (nth (first, 2), "Description", "");
  g_assert_false (has_state (nth (first, 2), STATE_INVALID));
  g_assert_false (has_state (nth (first, 2), STATE_READ_ONLY));

  wrong = get_children (nth (rows, 7));
  assert_property (nth (wrong, 2), "Name", "name, row 8: Íñigo Ávila");
  assert_property (nth (wrong, 2), "Description", "This is wrong");
  g_assert_true (has_state (nth (wrong, 2), STATE_INVALID));

  free_node (grid);
  kobra_test_sheet_close (&t);
}

typedef struct
{
  Node       *node;
  const char *name;
} Named;

static gboolean
is_named (gpointer data)
{
  Named           *named = data;
  g_autofree char *name = get_property (named->node, "Name");

  return g_str_equal (name, named->name);
}

/* Who holds on to a cell hears of a change without asking for the row again. */
static void
test_changes_are_told (void)
{
  KobraTestSheet t;
  Node          *grid = open_grid (&t, 1000);
  g_autoptr (GPtrArray) rows = get_children (grid);
  g_autoptr (GPtrArray) cells = get_children (nth (rows, 3));
  Node *leading = nth (cells, 0);

  kobra_test_sheet_model_set_status (t.model, "Accepted");
  kobra_test_wait_for (is_named, &(Named) { leading, "Row 4: Accepted" });
  kobra_test_sheet_model_set (t.model, 2, 1, "");
  kobra_test_wait_for (is_named, &(Named) { nth (cells, 2), "name, row 4: empty" });

  free_node (grid);
  kobra_test_sheet_close (&t);
}

static guint            n_events;
static guint            n_focused;
static char            *announced;

static void
event_cb (GDBusConnection *connection,
          const char      *sender,
          const char      *path,
          const char      *interface,
          const char      *signal,
          GVariant        *parameters,
          gpointer         data)
{
  const char *detail;
  int         first, second;
  g_autoptr (GVariant) value = NULL;

  g_variant_get_child (parameters, 0, "&s", &detail);
  g_variant_get_child (parameters, 1, "i", &first);
  g_variant_get_child (parameters, 2, "i", &second);
  g_variant_get_child (parameters, 3, "v", &value);
  n_events++;
  if (g_str_equal (signal, "StateChanged") && g_str_equal (detail, "focused") && first == 1)
    n_focused++;
  if (g_str_equal (signal, "Announcement"))
    {
      g_free (announced);
      announced = g_variant_dup_string (value, NULL);
    }
}

static gboolean
is_announced (gpointer data)
{
  return announced != NULL && g_str_equal (announced, data);
}

static void
wait_announced (const char *words)
{
  kobra_test_wait_for (is_announced, (gpointer) words);
}

static void
test_the_cursor_is_followed (void)
{
  KobraTestSheet t;
  Node          *grid = open_grid (&t, 1000000);
  guint          subscription;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) cells = NULL;
  guint n_before;

  subscription = g_dbus_connection_signal_subscribe (bus, NULL, "org.a11y.atspi.Event.Object", NULL, NULL, NULL, G_DBUS_SIGNAL_FLAGS_NONE, event_cb, NULL, NULL);
  reply = call ("org.a11y.atspi.Registry", "/org/a11y/atspi/registry", "org.a11y.atspi.Registry", "RegisterEvent", g_variant_new ("(sass)", "object:", NULL, ""));

  /* Keys go to the sheet only if its window is active. */
  if (kobra_test_sheet_xdotool (&t, "key Down"))
    {
      wait_announced ("externalID, row 3: 1/0");

      /* Everything is known to the listener; and still the jump is told in few words. */
      rows = get_children (grid);
      for (guint i = 0; i < rows->len; i++)
        g_ptr_array_unref (get_children (nth (rows, i)));
      n_before = n_events;
      n_focused = 0;
      g_assert_true (kobra_test_sheet_press (&t, "<Control>End"));
      wait_announced ("column 64, row 1000001: 999999/64");
      kobra_test_sheet_wait_frame (&t);
      kobra_test_sheet_wait_frame (&t);
      g_ptr_array_unref (get_children (grid)); /* all that was sent before has come */
      g_test_message ("%u events for a jump", n_events - n_before);
      g_assert_cmpuint (n_events - n_before, <=, 150);
      g_assert_cmpuint (n_focused, ==, 1);

      g_ptr_array_unref (rows);
      rows = get_children (grid);
      cells = get_children (nth (rows, rows->len - 1));
      assert_property (nth (cells, cells->len - 1), "Name", "column 64, row 1000001: 999999/64");
      g_assert_true (has_state (nth (cells, cells->len - 1), STATE_FOCUSED));
      g_assert_true (has_state (nth (cells, cells->len - 1), STATE_SELECTED));
      g_assert_false (has_state (nth (cells, cells->len - 2), STATE_FOCUSED));
      g_assert_false (has_state (nth (cells, cells->len - 2), STATE_SELECTED));
    }

  g_dbus_connection_signal_unsubscribe (bus, subscription);
  g_clear_pointer (&announced, g_free);
  free_node (grid);
  kobra_test_sheet_close (&t);
}

static void
test_places_are_right (void)
{
  KobraTestSheet t;
  Node          *grid = open_grid (&t, 1000000);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GVariant) of_grid = NULL;
  g_autoptr (GVariant) of_row = NULL;
  int x, y, width, height, row_x, row_y, row_width, row_height;

  g_assert_true (kobra_test_sheet_press (&t, "<Control>End"));
  rows = get_children (grid);
  of_grid = call (app, grid->path, "org.a11y.atspi.Component", "GetExtents", g_variant_new ("(u)", 1));
  of_row = call (app, nth (rows, rows->len - 1)->path, "org.a11y.atspi.Component", "GetExtents", g_variant_new ("(u)", 1));
  g_variant_get (of_grid, "((iiii))", &x, &y, &width, &height);
  g_variant_get (of_row, "((iiii))", &row_x, &row_y, &row_width, &row_height);
  g_assert_cmpint (row_x, ==, x);
  g_assert_cmpint (row_width, ==, width);
  g_assert_cmpint (row_y + row_height, <=, y + height);
  g_assert_cmpint (row_y + 2 * row_height, >, y + height);

  free_node (grid);
  kobra_test_sheet_close (&t);
}

/* The editor is the grid's last child, and what is typed can be read. */
static void
test_the_editor_can_be_found (void)
{
  KobraTestSheet t;
  Node          *grid = open_grid (&t, 1000);
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  g_autoptr (GVariant) reply = NULL;
  const char *text;

  kobra_sheet_set_cursor (t.sheet, 2, 1);
  g_assert_true (kobra_sheet_start_edit (t.sheet));
  rows = get_children (grid);
  texts = get_children (nth (rows, rows->len - 1));
  assert_property (nth (texts, 0), "Name", "name, row 4");
  reply = call (app, nth (texts, 0)->path, "org.a11y.atspi.Text", "GetText", g_variant_new ("(ii)", 0, -1));
  g_variant_get (reply, "(&s)", &text);
  g_assert_cmpstr (text, ==, "María del Carmen Fernández");
  kobra_sheet_end_edit (t.sheet, FALSE);

  free_node (grid);
  kobra_test_sheet_close (&t);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  gtk_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sheet/accessible/cells-say-what-they-are", test_cells_say_what_they_are);
  g_test_add_func ("/sheet/accessible/changes-are-told", test_changes_are_told);
  g_test_add_func ("/sheet/accessible/the-cursor-is-followed", test_the_cursor_is_followed);
  g_test_add_func ("/sheet/accessible/places-are-right", test_places_are_right);
  g_test_add_func ("/sheet/accessible/the-editor-can-be-found", test_the_editor_can_be_found);
  status = g_test_run ();
  g_clear_object (&bus);
  g_clear_pointer (&app, g_free);
  return status;
}
