# SPDX-License-Identifier: GPL-3.0-or-later
"""A newcomer's whole job in the sheet: with the keyboard alone, and as a screen reader hears it.
Usage: test-sheet.py KOBRA-IMPORT DATA-FOLDER SUPPORT-FOLDER"""

import contextlib
import pathlib
import subprocess
import sys

import screen
import tap

PROGRAM, DATA, SUPPORT = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
Atspi = screen.Atspi


@contextlib.contextmanager
def libreoffice_has_copied(name):
    """The clipboard is as LibreOffice leaves it."""
    files = [("text/html", "html"), ("text/plain;charset=utf-8", "txt")]
    arguments = [word for kind, ending in files for word in (kind, str(DATA / "clipboard" / f"{name}.{ending}"))]
    process = subprocess.Popen([sys.executable, str(SUPPORT / "offer.py"), *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "offered\n"
        yield
    finally:
        process.terminate()
        process.wait(timeout=20)


def find_focused(window):
    found = [thing.get_name() for thing in screen.walk(window.root) if thing.get_state_set().contains(Atspi.StateType.FOCUSED)]
    return found[-1] if found else ""


def with_the_keyboard_alone():
    """by keys alone: the sample, each problem fixed, 50 rows of LibreOffice pasted, all of it undone, and sent"""
    with screen.Program(PROGRAM) as window, libreoffice_has_copied("libreoffice-50-rows"):
        window.see(role="button", name="Try the Sample")
        for _ in range(12):
            if find_focused(window) == "Try the Sample":
                break
            window.keys("Tab")
        window.keys("Return")
        window.see(contains="3 with errors")
        window.keys("ctrl+Home", "F8")
        window.see(role="label", contains="Name is empty")
        window.type("Ana")
        window.keys("Return")
        window.see(contains="2 with errors")
        window.keys("F8")
        screen.wait_for("the cursor at the next problem", lambda: "row 7" not in find_focused(window))
        window.keys("ctrl+End", "Home", "ctrl+plus")
        window.see(contains="41 accounts")
        window.keys("Home", "ctrl+v")
        window.see(contains="90 accounts")
        window.see(role="table cell", contains="D-3001")
        window.keys("ctrl+z")
        window.see(contains="41 accounts")
        window.keys("ctrl+z")
        window.see(contains="40 accounts")
        window.keys("ctrl+z")
        window.see(contains="3 with errors")
        window.keys("ctrl+Return")
        window.see(contains="to the practice server")
        window.keys("Return")
        window.see(role="label", name="Results")


def get_children(thing):
    return [thing.get_child_at_index(i) for i in range(thing.get_child_count())]


def the_grid_is_walked():
    """a screen reader finds the header and each row with its cells, their places and states, and hears where the cursor is"""
    with screen.Program(PROGRAM, "--sample") as window:
        table = window.see(role="table", name="Records")
        window.see(role="table cell", contains="C-2402")
        rows = [child for child in get_children(table) if child.get_role_name() in ("table row", "filler")]
        header, first = rows[0], next(row for row in rows if "Row 2" in (row.get_name() or ""))
        titles = [cell.get_name() for cell in get_children(header)]
        assert "No. de crédito" in titles and "Nombre(s)" in titles, titles
        cells = [cell for cell in get_children(first) if cell.get_role_name() == "table cell"]
        assert "C-2402" in cells[0].get_name(), cells[0].get_name()
        places = [cell.get_attributes() for cell in cells[:2]]
        assert [place.get("rowindextext") for place in places] == ["1", "1"], places
        assert [place.get("colindextext") for place in places] == ["1", "2"], places
        window.keys("ctrl+Home", "F8")
        wrong = screen.wait_for("the wrong cell with the cursor", lambda: [c for c in window.all(role="table cell", contains="row 7")
                                                                           if c.get_state_set().contains(Atspi.StateType.FOCUSED)])[0]
        states = wrong.get_state_set()
        assert states.contains(Atspi.StateType.SELECTED) and states.contains(Atspi.StateType.INVALID_ENTRY), "not selected, or not invalid"
        assert "empty" in wrong.get_name() and "Name is empty" in (wrong.get_description() or ""), wrong.get_name()
        window.keys("F2")
        editor = screen.wait_for("the editor", lambda: [t for t in screen.walk(table) if t.get_editable_text_iface() is not None])[0]
        editor.get_editable_text_iface().set_text_contents("Ana")
        window.keys("Return")
        window.see(role="table cell", contains="row 7: Ana")
        window.see(contains="2 with errors")


tap.run([with_the_keyboard_alone, the_grid_is_walked])
