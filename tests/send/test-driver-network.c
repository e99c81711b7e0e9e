/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A network that goes and comes: the monitor is a fake one, the connections are real. */
#include <string.h>

#include "kobra-test.h"
#include "wire.h"

/* What the default monitor is in this program. */
typedef struct
{
  GObject  parent_instance;
  gboolean is_available;
} FakeMonitor;

typedef GObjectClass FakeMonitorClass;

GType fake_monitor_get_type (void);

static void
fake_monitor_init_monitor (GNetworkMonitorInterface *iface)
{
}

static gboolean
initable_init (GInitable    *initable,
               GCancellable *cancellable,
               GError      **error)
{
  return TRUE;
}

static void
fake_monitor_init_initable (GInitableIface *iface)
{
  iface->init = initable_init;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeMonitor, fake_monitor, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, fake_monitor_init_initable)
                                 G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR, fake_monitor_init_monitor))

enum
{
  PROP_AVAILABLE = 1,
  PROP_METERED,
  PROP_CONNECTIVITY
};

static void
fake_monitor_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  FakeMonitor *self = (FakeMonitor *) object;

  if (id == PROP_AVAILABLE)
    g_value_set_boolean (value, self->is_available);
  else if (id == PROP_METERED)
    g_value_set_boolean (value, FALSE);
  else
    g_value_set_enum (value, self->is_available ? G_NETWORK_CONNECTIVITY_FULL : G_NETWORK_CONNECTIVITY_LOCAL);
}

static void
fake_monitor_class_init (FakeMonitorClass *klass)
{
  klass->get_property = fake_monitor_get_property;
  g_object_class_override_property (klass, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (klass, PROP_METERED, "network-metered");
  g_object_class_override_property (klass, PROP_CONNECTIVITY, "connectivity");
}

static void
fake_monitor_init (FakeMonitor *self)
{
}

static void
set_available (gboolean is_available)
{
  FakeMonitor *monitor = (FakeMonitor *) g_network_monitor_get_default ();

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (monitor), ==, "FakeMonitor");

  monitor->is_available = is_available;
  g_signal_emit_by_name (monitor, "network-changed", is_available);
}

static void
judge (Wire              *wire,
       SoupServerMessage *message,
       guint              n,
       GArray            *ids)
{
  wire_judge (wire, message, ids);
}

static void
resumed_cb (gpointer data)
{
  ((Wire *) data)->pause = KOBRA_PAUSE_NONE;
}

/* The server goes with the network, and comes back with it, at the same address. */
static guint
cut_off (Wire *wire)
{
  GSList *uris = soup_server_get_uris (wire->server);
  guint   port = (guint) g_uri_get_port (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  soup_server_disconnect (wire->server);
  set_available (FALSE);
  return port;
}

static void
bring_back (Wire *wire,
            guint port)
{
  g_autoptr (GError) error = NULL;

  soup_server_listen_local (wire->server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  set_available (TRUE);
}

/* One try, one pause that says why, and then no step of the person's. */
static void
test_goes_on_by_itself (void)
{
  g_autoptr (Wire) wire = wire_new (300, judge);
  guint            port;

  wire->sink.resumed = resumed_cb;
  port = cut_off (wire);
  wire_start (wire);
  wire_wait_for_pause (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_OFFLINE);
  g_assert_nonnull (strstr (wire->pause_message, "not connected to a network"));
  g_assert_cmpuint (wire->progress.n_requests, <=, 1);
  bring_back (wire, port);
  wire_wait_for_finish (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NONE);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 300);
}

/* A pause that the person asked for is theirs to end. */
static void
test_asked_stays (void)
{
  g_autoptr (Wire) wire = wire_new (100, judge);

  wire->sink.resumed = resumed_cb;
  set_available (TRUE);
  wire_start (wire);
  kobra_driver_pause (wire->driver);
  set_available (FALSE);
  set_available (TRUE);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_ASKED);
  kobra_driver_resume (wire->driver);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NONE);
  wire_wait_for_finish (wire);
}

/* A server on this machine answers without a network: that nobody sees one changes nothing. */
static void
test_needs_none (void)
{
  g_autoptr (Wire) wire = wire_new (100, judge);

  set_available (FALSE);
  wire_start (wire);
  wire_wait_for_finish (wire);
  g_assert_cmpint (wire->pause, ==, KOBRA_PAUSE_NONE);
  g_assert_cmpuint (wire_count (wire, KOBRA_RESULT_ACCEPTED), ==, 100);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_io_extension_point_register (G_NETWORK_MONITOR_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_NETWORK_MONITOR_EXTENSION_POINT_NAME, fake_monitor_get_type (), "fake", 1000);
  g_test_add_func ("/send/network/a-pause-without-one-ends-with-it", test_goes_on_by_itself);
  g_test_add_func ("/send/network/a-pause-that-was-asked-for-stays", test_asked_stays);
  g_test_add_func ("/send/network/a-server-that-needs-none-is-used", test_needs_none);
  return g_test_run ();
}
