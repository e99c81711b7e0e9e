# SPDX-License-Identifier: GPL-3.0-or-later
"""A run in the real window, against a server that answers when it is told to. Usage: test-sending.py KOBRA-IMPORT DATA-FOLDER"""

import contextlib
import http.server
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

from gi.repository import Gio, GLib

import screen
import tap
import x11

PROGRAM, DATA = sys.argv[1], pathlib.Path(sys.argv[2])
BATCH = 20


class Gate(http.server.BaseHTTPRequestHandler):
    """Answers one request for each permit, and refuses the records that it was told to."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        gate = self.server
        keys = [account["externalID"] for account in json.loads(self.rfile.read(int(self.headers["Content-Length"])))["accounts"]]
        gate.asked.append(keys)
        gate.permits.acquire()
        if gate.is_over:
            self.close_connection = True
            return
        refused = next((key for key in keys if key in gate.refuses), None)
        if refused is None:
            gate.taken.update(keys)
        error = {"type": "Invalid", "message": f"El registro '{refused}' no vale"} if refused else None
        reply = json.dumps({"data": None, "error": error}).encode()
        with contextlib.suppress(OSError):  # whoever asked has gone
            self.send_response(400 if refused else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def gate():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Gate)
    server.daemon_threads = True
    server.asked, server.taken, server.refuses, server.permits, server.is_over = [], set(), set(), threading.Semaphore(0), False
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.is_over = True
    server.permits.release(1000)
    server.shutdown()


@contextlib.contextmanager
def window_to(server):
    """The window with the sheet of 200 accounts, of which 193 can go, that sends to @server, 20 records at a time and one request."""
    config = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
    (config / "kobra-import").mkdir()
    (config / "kobra-import" / "connections.ini").write_text(
        f"[gate]\nname=gate\nbase-url=http://127.0.0.1:{server.server_port}\nsign-in=none\nbatch-size={BATCH}\nmax-in-flight=1\n")
    (config / "glib-2.0" / "settings").mkdir(parents=True)
    groups = ("io/github/kobraimport/KobraImport", "io/github/kobraimport/KobraImport/Devel")
    (config / "glib-2.0" / "settings" / "keyfile").write_text("".join(f"[{group}]\nlast-connection='gate'\n" for group in groups))
    with screen.Program(PROGRAM, str(DATA / "sample-200.csv"), XDG_CONFIG_HOME=str(config), GSETTINGS_BACKEND="keyfile") as window:
        yield window
    shutil.rmtree(config)


def send(window, button):
    window.press(role="button", contains=button)
    window.see(contains="to 127.0.0.1")
    window.press(role="button", name="Send")


def close_results(window):
    window.see(role="button", name="Save Results…")
    window.keys("Escape")
    screen.wait_for("the results to go", lambda: not window.all(role="button", name="Save Results…"))


def a_run_is_paused_and_stopped():
    """a paused run sends nothing more until it goes on, and a stopped one leaves only what was under way unknown, which goes again"""
    with gate() as server, window_to(server) as window:
        send(window, "Send 193")
        screen.wait_for("the first request", lambda: len(server.asked) == 1)
        window.press(role="button", name="Pause Sending")
        window.see(role="label", contains="0 of 193 · Paused")
        server.permits.release(3)
        window.see(role="label", contains="20 of 193 · Paused")
        assert len(server.asked) == 1, len(server.asked)

        window.press(role="button", name="Go On Sending")
        screen.wait_for("the request that gets no answer", lambda: len(server.asked) == 4)
        assert len(server.taken) == 60, len(server.taken)
        window.press(role="button", name="Stop Sending")
        window.see(role="button", name="Save Results…")
        for count in ("60", "120", "20"):  # accepted, not sent (7 of them with errors), unknown
            window.see(role="label", name=count)

        server.permits.release(1000)
        window.press(role="button", name="Send Unknown Again…")
        window.see(contains="Sending them again does no harm")
        window.press(role="button", name="Send")
        window.see(role="label", name="80")
        close_results(window)
        send(window, "Send 113")
        window.see(contains="193 records of 200 were accepted")
        assert len(server.taken) == 193, len(server.taken)


def what_was_rejected_goes_again():
    """a rejected record is told by the server's words, and goes again alone once the server takes it"""
    with gate() as server, window_to(server) as window:
        server.refuses = {"00450315"}
        server.permits.release(1000)
        send(window, "Send 193")
        window.see(contains="192 records of 200 were accepted")
        window.see(contains="'00450315' no vale")
        server.refuses = set()
        n_asked = len(server.asked)
        window.press(role="button", name="Send Rejected Again…")
        window.see(contains="Send 1 Account")
        window.press(role="button", name="Send")
        window.see(contains="193 records of 200 were accepted")
        assert server.asked[n_asked:] == [["00450315"]], server.asked[n_asked:]


def only_selected_records_go():
    """with a part of the sheet selected, that part is sent and nothing else"""
    with gate() as server, window_to(server) as window:
        server.permits.release(1000)
        window.see(role="button", contains="Send 193")
        window.keys("Down", "shift+Down", "shift+Down", "ctrl+shift+Return")
        window.see(contains="Send 3 Selected Accounts")
        window.press(role="button", name="Send")
        window.see(role="button", name="Save Results…")
        assert len(server.asked) == 1 and len(server.asked[0]) == 3, server.asked


class Desktop:
    """What a desktop shows of notifications (org.freedesktop.Notifications), on this session's bus."""

    NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
    INTERFACE = """<node><interface name="org.freedesktop.Notifications">
      <method name="Notify"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
        <arg type="s" direction="in"/><arg type="as" direction="in"/><arg type="a{sv}" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="out"/></method>
      <method name="CloseNotification"><arg type="u" direction="in"/></method>
      <method name="GetCapabilities"><arg type="as" direction="out"/></method>
      <method name="GetServerInformation"><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/></method>
      <signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
    </interface></node>"""

    def __enter__(self):
        self.shown = []
        ready = threading.Event()
        self.thread = threading.Thread(target=self.serve, args=(ready,), daemon=True)
        self.thread.start()
        assert ready.wait(screen.PATIENCE_SECONDS)
        return self

    def __exit__(self, *_):
        self.context.invoke_full(GLib.PRIORITY_DEFAULT, self.loop.quit)
        self.thread.join()

    def serve(self, ready):
        self.context = GLib.MainContext.new()
        self.context.push_thread_default()
        self.loop = GLib.MainLoop.new(self.context, False)
        address = Gio.dbus_address_get_for_bus_sync(Gio.BusType.SESSION, None)
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.bus = Gio.DBusConnection.new_for_address_sync(address, flags, None, None)
        self.bus.register_object(self.PATH, Gio.DBusNodeInfo.new_for_xml(self.INTERFACE).interfaces[0], self.called, None, None)
        self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName", GLib.Variant("(su)", (self.NAME, 0)), None, 0, -1, None)
        ready.set()
        self.loop.run()
        self.bus.close_sync(None)
        self.context.pop_thread_default()

    def called(self, bus, sender, path, interface, method, arguments, invocation):
        if method == "Notify":
            self.shown.append(arguments.unpack())
        answers = {
            "Notify": lambda: GLib.Variant("(u)", (len(self.shown),)),
            "CloseNotification": lambda: None,
            "GetCapabilities": lambda: GLib.Variant("(as)", (["body", "actions"],)),
            "GetServerInformation": lambda: GLib.Variant("(ssss)", ("test", "test", "1", "1.2")),
        }
        invocation.return_value(answers[method]())

    def click(self):
        """On the latest."""
        self.bus.emit_signal(None, self.PATH, self.NAME, "ActionInvoked", GLib.Variant("(us)", (len(self.shown), "default")))


def has_focus(window):
    found = subprocess.run(["xdotool", "getwindowfocus", "getwindowpid"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return found.stdout.strip() == str(window.process.pid).encode()


def the_end_is_notified():
    """at the end of a run the desktop is told what became of it if the window is not in front, and not told if it is"""
    with Desktop() as desktop, gate() as server, window_to(server) as window:
        server.refuses = {"00450315"}
        server.permits.release(1)
        send(window, "Send 193")
        screen.wait_for("the second request", lambda: len(server.asked) == 2)
        with x11.Display() as display:
            subprocess.run(["xdotool", "windowfocus", "--sync", str(display.open_window())], check=True)
            server.permits.release(1000)
            shown = screen.wait_for("the notification", lambda: desktop.shown)[0]
            summary, body, actions = shown[3], shown[4], shown[5]
            assert summary == "Sending has ended" and "192 accepted" in body and "1 rejected" in body and "default" in actions, shown
            assert not has_focus(window)
            desktop.click()
            screen.wait_for("the window to come to the front", lambda: has_focus(window))

        window.press(role="button", name="Send Rejected Again…")
        window.press(role="button", name="Send")
        screen.wait_for("the request", lambda: server.asked[-1] == ["00450315"])
        close_results(window)
        assert len(desktop.shown) == 1, desktop.shown


tap.run([
    a_run_is_paused_and_stopped,
    what_was_rejected_goes_again,
    only_selected_records_go,
    the_end_is_notified,
])
