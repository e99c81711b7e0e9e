# SPDX-License-Identifier: GPL-3.0-or-later
"""The preferences through the accessibility bus: connections and privacy. Usage: test-preferences.py KOBRA-IMPORT DATA-FOLDER"""

import configparser
import pathlib
import stat
import sys

import gi
import screen
import tap

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

PROGRAM, DATA = sys.argv[1], pathlib.Path(sys.argv[2])


def open_preferences(window):
    window.see(role="button", name="Try the Sample")
    window.keys("ctrl+comma")
    window.see(contains="nothing leaves this computer")


def press_row(window, name):
    """A row that is a button has no action of its own on the bus: it is pressed by key."""

    def is_focused():
        return any(thing.get_name() == name and thing.get_state_set().contains(Atspi.StateType.FOCUSED) for thing in screen.walk(window.root))

    def go_on():
        if is_focused():
            return True
        window.keys("Tab")
        return False

    window.see(role="button", name=name)
    screen.wait_for(f"the keyboard on {name}", go_on)
    window.keys("Return")


def write(window, name, text):
    """Into the text field of the row that is called so."""

    def try_to_write():
        for thing in window.all(role="text", name=name) + window.all(role="entry", name=name) + window.all(role="password text", name=name):
            field = thing.get_editable_text_iface()
            if field is not None:
                return field.set_text_contents(text)
        return False

    screen.wait_for(f"a field {name}", try_to_write)


def connections(window):
    file = configparser.ConfigParser(interpolation=None)
    file.read(pathlib.Path(window.home, "config/kobra-import/connections.ini"), encoding="utf-8")
    return file


def a_connection_is_added():
    """a connection is added, tried out with words that say what is wrong, and kept without its password"""
    with screen.Program(PROGRAM) as window:
        open_preferences(window)
        press_row(window, "Add Connection…")
        write(window, "Name", "Norte")
        write(window, "Address", "http://127.0.0.1:9/api")
        write(window, "User", "ana")
        write(window, "Password", "hunter2")
        press_row(window, "Test Connection")
        window.see(role="label", contains="cannot be reached")
        window.press(role="button", name="Save")
        window.see(role="list item", name="Norte")
        screen.wait_for("the connection in its file", lambda: "Norte" in connections(window))
        kept = pathlib.Path(window.home, "config/kobra-import/connections.ini")
        assert connections(window)["Norte"]["base-url"] == "http://127.0.0.1:9/api"
        assert "hunter2" not in kept.read_text(encoding="utf-8")


def what_is_kept_is_said():
    """the privacy page says what is kept, for how long, and that nothing is reported"""
    with screen.Program(PROGRAM) as window:
        open_preferences(window)
        window.press(role="page tab", name="Privacy")
        window.see(contains="No telemetry")
        window.see(contains="Federal Law on the Protection of Personal Data")
        press_row(window, "Forget Personal Data Now…")
        window.see(contains="Forget Personal Data?")
        window.press(role="button", name="Forget")
        window.see(contains="were forgotten")


def all_is_private():
    """whatever the program writes is for its owner alone"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.press(role="button", contains="Send 37")
        window.press(role="button", name="Send")
        window.see(role="label", name="Results")
        folders = [pathlib.Path(window.home, place, "kobra-import") for place in ("data", "config")]
        written = [path for folder in folders if folder.exists() for path in (folder, *folder.rglob("*"))]
        assert any(path.name == "journal.db" for path in written), written
        for path in written:
            mode = stat.S_IMODE(path.stat().st_mode)
            assert mode == (0o700 if path.is_dir() else 0o600), (path, oct(mode))


tap.run([a_connection_is_added, what_is_kept_is_said, all_is_private])
