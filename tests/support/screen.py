# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window as a screen reader sees it, through the accessibility bus."""

import os
import shutil
import subprocess
import tempfile
import time

import gi
import x11

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

PATIENCE_SECONDS = 40


def wait_for(what, condition):
    """What @condition returns once it is true. It is asked again and again, for the bus tells of no end."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            found = condition()
        except gi.repository.GLib.Error:
            found = None  # what was asked went away meanwhile
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(f"not seen: {what}")


def wait_briefly(condition, seconds=3):
    """The same for what may well not come; then what @condition returned last."""
    end = time.monotonic() + seconds
    found = condition()
    while not found and time.monotonic() < end:
        time.sleep(0.05)
        found = condition()
    return found


def walk(root, depth=40):
    yield root
    if depth > 0:
        for i in range(root.get_child_count()):
            child = root.get_child_at_index(i)
            if child is not None:
                yield from walk(child, depth - 1)


class Program:
    """A run of the program with a home of its own."""

    def __init__(self, *arguments, **environment):
        self.home = tempfile.mkdtemp(prefix="kobra-test-")
        folders = {"HOME": self.home, "XDG_DATA_HOME": self.home + "/data", "XDG_CONFIG_HOME": self.home + "/config"}
        strict = {"G_DEBUG": "gc-friendly,fatal-warnings"}
        self.process = subprocess.Popen(arguments, env={**os.environ, **folders, **strict, **environment})

    def __enter__(self):
        self.root = wait_for("the program on the accessibility bus", self.find_root)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=20)
        shutil.rmtree(self.home, ignore_errors=True)

    def find_root(self):
        assert self.process.poll() is None, "the program ended by itself"
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(i)
            if application is not None and application.get_process_id() == self.process.pid and application.get_child_count() > 0:
                return application
        return None

    def all(self, role=None, name=None, contains=None):
        """What is shown, by role and by its name or a part of it."""
        found = []
        for thing in walk(self.root):
            # Each question is a message there and back.
            if role is not None and thing.get_role_name() != role:
                continue
            said = thing.get_name() or ""
            if (name is None or said == name) and (contains is None or contains in said):
                found.append(thing)
        return found

    def see(self, **what):
        return wait_for(what, lambda: self.all(**what))[0]

    def has_focus(self, **what):
        return any(thing.get_state_set().contains(Atspi.StateType.FOCUSED) for thing in self.all(**what))

    def see_focus(self, **what):
        wait_for(f"the focus on {what}", lambda: self.has_focus(**what))

    def press(self, **what):
        def try_to_press():
            for thing in self.all(**what):
                action = thing.get_action_iface()
                if action is not None and thing.get_state_set().contains(Atspi.StateType.SENSITIVE) and action.get_n_actions() > 0:
                    return action.do_action(0)
            return False

        wait_for(f"{what}, to press it", try_to_press)

    def act(self, action):
        """Does what the window can do, such as win.find."""

        def try_to_act():
            for thing in self.all(role="frame"):
                offered = thing.get_action_iface()
                for i in range(offered.get_n_actions() if offered is not None else 0):
                    if offered.get_action_name(i) == action:
                        return offered.do_action(i)
            return False

        wait_for(f"{action}, to do it", try_to_act)

    def keys(self, *names):
        """Presses keys, such as Tab or ctrl+z, one after the other."""
        self.focus()
        subprocess.run(["xdotool", "key", *names], check=True)

    def type(self, text):
        """Types a text where the focus is."""
        self.focus()
        subprocess.run(["xdotool", "type", "--delay", "8", text], check=True)

    def find_window(self):
        """The topmost window: not a popover, for the window that opened it keeps the keyboard."""

        def find():
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.process.pid)], check=False, stdout=subprocess.PIPE).stdout.split()
            with x11.Display() as display:
                return [number for number, is_window in zip(found, display.has_windows(map(int, found))) if is_window]

        return wait_for("a window on the display", find)[-1]

    def focus(self):
        """Without a window manager nobody gives the window the keyboard."""
        wait_for("a window with the focus", lambda: subprocess.run(["xdotool", "windowfocus", "--sync", self.find_window()], check=False).returncode == 0)

    def resize(self, width, height):
        """At once, as a tiling desktop does it."""
        subprocess.run(["xdotool", "windowsize", self.find_window(), str(width), str(height)], check=True)
