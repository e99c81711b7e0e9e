# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop asks of the program, over a bus on which nobody else is. Usage: test-desktop.py KOBRA-IMPORT DATA-FOLDER"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

PROGRAM, DATA = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
SERVICE = next((PROGRAM.parent.parent / "data").glob("*.service")).stem
SWITCHED_OFF, SWITCHED_ON = "off", "on"


def start_own_bus():
    """Runs this program again with a home and a bus of its own, which starts the program when it is asked for."""
    home = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
    services = home / "share/dbus-1/services"
    services.mkdir(parents=True)
    (services / f"{SERVICE}.service").write_text(f"[D-BUS Service]\nName={SERVICE}\nExec=/usr/bin/env G_DEBUG=fatal-warnings {PROGRAM} --gapplication-service\n")
    own_output = os.dup(1)  # on the other one the programs of the bus talk
    environment = {**os.environ, "KOBRA_TEST_HOME": str(home), "HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config"),
                   "XDG_DATA_DIRS": f"{home / 'share'}:{os.environ['XDG_DATA_DIRS']}", "GSETTINGS_BACKEND": "keyfile", "KOBRA_TEST_OUTPUT": str(own_output),
                   "XDG_RUNTIME_DIR": str(home / "run")}
    # In the common one this bus's accessibility bus would take the place of the other tests'.
    (home / "run").mkdir(mode=0o700)
    status = subprocess.run(["dbus-run-session", "--", sys.executable, *sys.argv], env=environment, pass_fds=[own_output], stdout=sys.stderr.fileno(), check=False).returncode
    shutil.rmtree(home, ignore_errors=True)
    sys.exit(status)


if "KOBRA_TEST_HOME" not in os.environ:
    start_own_bus()
os.dup2(int(os.environ["KOBRA_TEST_OUTPUT"]), 1)

import screen  # noqa: E402
import tap  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

HOME = pathlib.Path(os.environ["KOBRA_TEST_HOME"])
FILE, KEY, PERSON = "Cartera octubre.csv", "00450014", "Leticia"


class Shell:
    """What the shell does. A program that the bus has started ends by itself; here it is made to."""

    def __init__(self, switch):
        folder = HOME / "config/glib-2.0/settings"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "keyfile").write_text(f"[{SERVICE.replace('.', '/')}]\nsearch-provider={'true' if switch == SWITCHED_ON else 'false'}\n")
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        self.path = "/" + SERVICE.replace(".", "/")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.kill(self.ask_bus("GetConnectionUnixProcessID"), signal.SIGTERM)
        screen.wait_for("the program's end", lambda: not self.ask_bus("NameHasOwner"))

    def ask_bus(self, method):
        return self.ask("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method, GLib.Variant("(s)", (SERVICE,)))[0]

    def ask(self, name, path, interface, method, arguments):
        return self.bus.call_sync(name, path, interface, method, arguments, None, Gio.DBusCallFlags.NONE, 40_000).unpack()

    def call(self, method, signature, *arguments):
        return self.ask(SERVICE, self.path + "/SearchProvider", "org.gnome.Shell.SearchProvider2", method, GLib.Variant(signature, arguments))

    def search(self, *terms):
        return self.call("GetInitialResultSet", "(as)", list(terms))[0]

    def activate(self, action):
        self.ask(SERVICE, self.path, "org.freedesktop.Application", "ActivateAction", GLib.Variant("(sava{sv})", (action, [], {})))

    def describe(self, identifiers):
        return self.call("GetResultMetas", "(as)", identifiers)[0]


def is_seen(words):
    """Whether something on the screen is called so."""
    desktop = screen.Atspi.get_desktop(0)
    programs = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
    return any(words in (thing.get_name() or "") for program in programs if program is not None for thing in screen.walk(program))


def send_a_file():
    """A past import in the journal, as the command line leaves it."""
    file, password = HOME / FILE, HOME / "password"
    shutil.copy(DATA / "sample-200.csv", file)
    password.write_text("practice\n")
    journal = HOME / "data/kobra-import/journal.db"
    journal.parent.mkdir(parents=True)
    practice = subprocess.Popen([PROGRAM, "practice"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    url = practice.stdout.readline().strip()
    subprocess.run([PROGRAM, "send", file, "--base-url", url, "--user", "practice", "--password-file", password, "--journal", journal], stdout=subprocess.DEVNULL, check=False)
    practice.terminate()
    practice.wait(timeout=20)


def nothing_unless_switched_on():
    """as long as nobody switches it on, the search of the desktop finds nothing"""
    with Shell(SWITCHED_OFF) as shell:
        assert shell.search("Cartera") == [] and shell.search(KEY) == []


def an_import_is_found():
    """an import is found by a part of its file's name, in whatever case, with its counts"""
    with Shell(SWITCHED_ON) as shell:
        found = shell.describe(shell.search("cartera", "OCT"))
        assert [meta["name"] for meta in found] == [FILE], found
        assert "190 accepted" in found[0]["description"], found


def a_record_is_found_without_a_name():
    """a record is found by its external ID, with what became of it; no person's name is found or shown"""
    with Shell(SWITCHED_ON) as shell:
        found = shell.describe(shell.search(KEY))
        assert [(meta["name"], meta["description"]) for meta in found] == [(KEY, f"Accepted · {FILE}")], found
        assert PERSON not in str(found), found
        assert shell.search(PERSON) == [], PERSON


def what_is_found_opens():
    """a record that is chosen opens its import at its row; asked for more, the window searches on"""
    with Shell(SWITCHED_ON) as shell:
        shell.call("ActivateResult", "(sasu)", shell.search(KEY)[0], [KEY], 0)
        screen.wait_for("the import in a window", lambda: is_seen("Cartera octubre") and is_seen(PERSON))
        shell.call("LaunchSearch", "(asu)", [KEY], 0)
        screen.wait_for("the record in the list of those found", lambda: is_seen("Accepted"))


def the_program_starts_for_what_is_asked():
    """asked over the bus, the program starts, opens a file, and does what the menu of its icon offers"""
    with Shell(SWITCHED_OFF) as shell:
        shell.activate("new-promise")
        screen.wait_for("the form of a payment promise", lambda: is_seen("New Payment Promise"))
        shell.ask(SERVICE, shell.path, "org.freedesktop.Application", "Open", GLib.Variant("(asa{sv})", ([(HOME / FILE).as_uri()], {})))
        screen.wait_for("the file in a window", lambda: is_seen(PERSON))
        shell.activate("new-window")
        screen.wait_for("another window, where the file is among recent ones", lambda: is_seen("Recent Files"))


def what_is_damaged_is_harmless():
    """an identifier that no search has given is not described, and opens nothing"""
    with Shell(SWITCHED_ON) as shell:
        wrong = ["", "import", "import:", "import:x", "record:1:99999999999", "import:9223372036854775808", "record:1"]
        assert shell.describe(wrong) == []
        for identifier in wrong:
            shell.call("ActivateResult", "(sasu)", identifier, [], 0)


send_a_file()
tap.run([nothing_unless_switched_on, an_import_is_found, a_record_is_found_without_a_name, what_is_damaged_is_harmless, the_program_starts_for_what_is_asked, what_is_found_opens])
