# SPDX-License-Identifier: GPL-3.0-or-later
"""Saved layouts in the window: used, renamed, deleted and brought back, through the accessibility bus. Usage: test-saved-layouts.py KOBRA-IMPORT"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import gi
import screen
import tap

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

PROGRAM = sys.argv[1]
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
SHEET = SCRATCH / "cartera.csv"
SHEET.write_text("Alfa,Beta,Gama\nA-1,Ana,1234\nA-2,Luis,5678\n")
NORTE = {
    "version": 1,
    "name": "Norte",
    "kind": "accounts",
    "importType": "balances",
    "headers": ["Alfa", "Beta", "Delta"],
    "columns": [{"header": "Alfa", "field": "externalID"}, {"header": "Gama", "field": "totalPending"}],
    "derived": [{"kind": "constant", "field": "currencyCode", "text": "MX", "from": []}],
}


class WithLayouts(screen.Program):
    """A run of the program whose settings have a saved layout."""

    def __init__(self, *arguments):
        config = pathlib.Path(tempfile.mkdtemp(dir=SCRATCH))
        self.folder = config / "kobra-import/layouts"
        self.folder.mkdir(parents=True)
        (self.folder / "Norte.json").write_text(json.dumps(NORTE))
        super().__init__(PROGRAM, *arguments, XDG_CONFIG_HOME=str(config))

    def names(self):
        return sorted(path.stem for path in self.folder.iterdir())


def open_layouts(window):
    window.see(role="button", name="Try the Sample")
    window.keys("ctrl+comma")
    window.press(role="page tab", name="Layouts")
    window.see(role="list item", name="Norte")
    window.see(contains="3 fields")


def go_to(window, name):
    def go_on():
        if any(thing.get_name() == name and thing.get_state_set().contains(Atspi.StateType.FOCUSED) for thing in screen.walk(window.root)):
            return True
        window.keys("Tab")
        return False

    screen.wait_for(f"the keyboard on {name}", go_on)
    window.keys("Return")


def focus_entry(window):
    """The keyboard goes to the one text that can be changed."""

    def go_on():
        for thing in screen.walk(window.root):
            states = thing.get_state_set()
            if states.contains(Atspi.StateType.FOCUSED) and states.contains(Atspi.StateType.EDITABLE):
                return True
        window.keys("Tab")
        return False

    screen.wait_for("the keyboard in the entry", go_on)


def is_on_screen(title):
    return subprocess.run(["xdotool", "search", "--onlyvisible", "--name", f"^{title}$"], stdout=subprocess.PIPE, check=False).stdout != b""


def name_file(window, title, path):
    """In the dialog that asks for a file. The bus is not asked whether it is gone: what GTK 4.18 says there of a window that is closing may be no answer,
    and a complaint about that."""
    window.see(role="dialog", name=title)

    def find_entry():
        return [thing for thing in screen.walk(window.root) if thing.get_state_set().contains(Atspi.StateType.FOCUSED) and thing.get_editable_text_iface() is not None]

    def try_to_name():
        window.keys("ctrl+l")
        entries = screen.wait_briefly(find_entry)
        if entries:
            # Not typed: the entry completes what is typed meanwhile.
            entries[0].get_editable_text_iface().set_text_contents(str(path))
            window.keys("Return")
        return screen.wait_briefly(lambda: not is_on_screen(title))

    screen.wait_for(f"{title} to be done", try_to_name)


def a_layout_is_deleted_and_brought_back():
    """a saved layout is deleted, and undo brings its file back"""
    with WithLayouts() as window:
        open_layouts(window)
        go_to(window, "Norte")
        go_to(window, "Delete")
        window.see(contains="“Norte” was deleted")
        screen.wait_for("the file to be gone", lambda: window.names() == [])
        window.press(role="button", name="Undo")
        window.see(role="list item", name="Norte")
        assert window.names() == ["Norte"]


def a_layout_gets_another_name():
    """a saved layout is called otherwise, and its file with it"""
    with WithLayouts() as window:
        open_layouts(window)
        go_to(window, "Norte")
        window.see(role="label", name="Name")
        focus_entry(window)
        window.keys("ctrl+a")
        window.type("Sur")
        window.keys("Return")
        window.see(role="list item", name="Sur")
        assert window.names() == ["Sur"] and json.loads((window.folder / "Sur.json").read_text())["name"] == "Sur"


def a_layout_goes_to_another_computer():
    """what one computer exports to a file, another imports from it"""
    file = SCRATCH / "para-otra.json"
    with WithLayouts() as window:
        open_layouts(window)
        go_to(window, "Norte")
        go_to(window, "Export…")
        name_file(window, "Export Layout", file)
        screen.wait_for("the file", lambda: file.exists() and file.read_text().endswith("}") and json.loads(file.read_text())["name"] == "Norte")
    with WithLayouts() as window:
        open_layouts(window)
        (window.folder / "Norte.json").unlink()
        go_to(window, "Import Layout…")
        name_file(window, "Import Layout", file)
        screen.wait_for("the layout to be there again", lambda: window.names() == ["Norte"])


def what_is_no_layout_is_refused():
    """a file that is no layout is refused in words that say what to do, and the layouts stay as they were"""
    file = SCRATCH / "otra-cosa.json"
    file.write_text('{"columns": 5}')
    with WithLayouts() as window:
        open_layouts(window)
        go_to(window, "Import Layout…")
        name_file(window, "Import Layout", file)
        window.see(contains="The Layouts Stay as They Were")
        window.see(contains="otra-cosa.json")
        window.press(role="button", name="Close")
        screen.wait_for("the alert to close", lambda: not window.all(contains="The Layouts Stay as They Were"))
        window.see(role="list item", name="Norte")
        assert window.names() == ["Norte"]


def a_saved_layout_is_used():
    """a file with other headers is matched as a saved layout says, with what it adds"""
    with WithLayouts(str(SHEET)) as window:
        window.press(role="button", name="Match Columns")
        window.see(contains="Match the columns as in another file")
        go_to(window, "Saved Layout")
        window.keys("Down", "Return")
        window.see(contains="External ID")
        window.press(role="button", name="Apply")
        window.see(role="table cell", contains="Currency, row 2: MX")


try:
    tap.run([a_layout_is_deleted_and_brought_back, a_layout_gets_another_name, a_layout_goes_to_another_computer, what_is_no_layout_is_refused, a_saved_layout_is_used])
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
