# SPDX-License-Identifier: GPL-3.0-or-later
"""A newcomer's whole job in the sheet: with the keyboard alone, with the mouse alone, and as a screen reader hears it.
Usage: test-sheet.py KOBRA-IMPORT DATA-FOLDER SUPPORT-FOLDER"""

import contextlib
import pathlib
import subprocess
import sys

import screen
import tap

PROGRAM, DATA, SUPPORT = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
Atspi = screen.Atspi
PADDINGS = 12
WHEEL_UP, WHEEL_DOWN = "4", "5"
TWICE = ("click", "--repeat", "2", "1")

# Which items of the menu of cells and of the main menu they are: the bus has no names for them.
COPY, PASTE, PASTE_ROWS, CLEAR = 2, 3, 4, 5
UNDO, REDO = 5, 6


HTML, TEXT = ("text/html", "html"), ("text/plain;charset=utf-8", "txt")


@contextlib.contextmanager
def has_copied(name, *files):
    """The clipboard is as another program leaves it."""
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


# What is wrong in the sample, in the order of its rows: what the window says, and what is right.
PROBLEMS = [
    ("Name is empty", "Ana"),
    ("The last character of “UURJ930905ZT7”", "UURJ930905ZT8"),
    ("“31/02/1980” is not a date", "28/02/1980"),
    ("“Viudo” is not a value", "C"),
    ("“20721392” is not a Mexican telephone number", "5520721392"),
]


def check_results(window, go_on):
    """Each record's row says what became of it: two have a branch that Kobra does not know. @go_on shows more rows."""
    results = {}

    def read_more():
        """By what each row's first cell says, for rows that were pasted have no number."""
        for row in window.all(role="table row", contains=": "):
            keys = [cell.get_name().rsplit(": ", 1)[1] for cell in get_children(row) if "No. de crédito" in (cell.get_name() or "")]
            if keys:
                results[keys[0]] = row.get_name().split(": ", 1)[1]
        if len(results) < 90:
            go_on()
        return len(results) >= 90

    screen.wait_for("the results of all rows", read_more)
    rejected = {key for key, result in results.items() if result.startswith("Rejected: ") and "999" in result}
    assert rejected == {"C-2412", "C-2434"} and all(results[key] == "Accepted" for key in results.keys() - rejected), results


def with_the_keyboard_alone():
    """by keys alone: the sample, each problem fixed, 50 rows of LibreOffice pasted, all of it undone and done again, and sent"""
    with screen.Program(PROGRAM) as window, has_copied("libreoffice-50-rows", HTML, TEXT):
        window.see(role="button", name="Try the Sample")
        for _ in range(12):
            if find_focused(window) == "Try the Sample":
                break
            window.keys("Tab")
        window.keys("Return")
        window.see(contains="3 with errors")
        window.keys("ctrl+Home")
        for problem, right in PROBLEMS:
            window.keys("F8")
            window.see(role="label", contains=problem)
            window.type(right)
            window.keys("Return")
            screen.wait_for(f"no more of: {problem}", lambda said=problem: not window.all(role="label", contains=said))
        window.see(role="label", name="40 ready")
        window.keys("ctrl+End", "Home", "ctrl+plus")
        window.see(contains="41 accounts")
        window.keys("Home", "ctrl+v")
        window.see(contains="90 accounts")
        window.see(role="table cell", contains="D-3001")
        window.keys(*["ctrl+z"] * (2 + len(PROBLEMS)))
        window.see(role="label", name="37 ready · 2 with warnings · 3 with errors")
        window.keys(*["ctrl+shift+z"] * (2 + len(PROBLEMS)))
        window.see(contains="90 accounts")
        window.keys("ctrl+k")
        screen.wait_for("what can be cleaned up", lambda: "Clean Up" in find_focused(window))
        window.keys("Return")
        window.see(role="label", name="89 ready · 1 with an error")
        window.keys("F8")
        window.see(role="label", contains="“Viudo” is not a value")
        window.type("C")
        window.keys("Return")
        window.see(role="label", name="90 ready")
        window.keys("ctrl+Return")
        window.see(contains="to the practice server")
        window.keys("Return")
        window.see(role="label", name="Results")
        window.keys("Escape", "ctrl+Home")
        check_results(window, lambda: window.keys("Page_Down"))


def click(window, thing, *more):
    """With the pointer, in the middle of what is on the screen. The places that GTK tells leave out the paddings of what is around."""
    box = thing.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    subprocess.run(["xdotool", "mousemove", str(box.x + box.width // 2 + PADDINGS), str(box.y + box.height // 2 + PADDINGS), *(more or ("click", "1"))], check=True)


def click_until(window, condition, *more, **what):
    """Again, should the button still have been on its way to its place."""
    def try_to_click():
        click(window, see_whole(window, **what), *more)
        return screen.wait_briefly(condition)

    screen.wait_for(f"what a click on {what} does", try_to_click)


def get_items(window):
    """Of the menu that is open."""
    return [item for item in window.all(role="menu item") if item.get_state_set().contains(Atspi.StateType.SHOWING)]


def see_whole(window, **what):
    """What is there and has a place."""
    return screen.wait_for(what, lambda: [t for t in window.all(**what) if t.get_component_iface().get_extents(Atspi.CoordType.WINDOW).width > 0])[0]


def choose(window, thing, item):
    """In the menu of what is shown under the pointer."""
    click_until(window, lambda: get_items(window), "click", "3", **thing)
    click(window, get_items(window)[item])
    screen.wait_for("the menu to close", lambda: not get_items(window))


def undo(window, item):
    click_until(window, lambda: get_items(window), name="Main Menu")
    click(window, get_items(window)[item])
    screen.wait_for("the menu to close", lambda: not get_items(window))


def next_problem(window, said):
    click_until(window, lambda: window.all(role="label", contains=said), role="button", name="Next Problem")


def wait_until_gone(window, said):
    screen.wait_for(f"no more of: {said}", lambda: not window.all(role="label", contains=said))


def choose_married(window, cell):
    next_problem(window, "“Viudo” is not a value")
    click_until(window, lambda: window.all(role="label", name="C — Married"), *TWICE, role="table cell", contains=cell)
    click(window, see_whole(window, role="label", name="C — Married"))
    wait_until_gone(window, "“Viudo” is not a value")


def fix_by_mouse(window):
    """By what the sheet offers: a value from elsewhere, nothing instead of it, a day of the calendar, a value of the list."""
    next_problem(window, "Name is empty")
    choose(window, {"role": "table cell", "contains": "row 12: Agustín"}, COPY)
    choose(window, {"role": "table cell", "contains": "row 7: empty"}, PASTE)
    wait_until_gone(window, "Name is empty")
    next_problem(window, "The last character of")
    choose(window, {"role": "table cell", "contains": "row 10: UURJ930905ZT7"}, CLEAR)
    wait_until_gone(window, "The last character of")
    next_problem(window, "“31/02/1980” is not a date")
    click_until(window, lambda: window.all(role="label", name="28"), *TWICE, role="table cell", contains="row 16: 31/02/1980")
    click(window, window.all(role="label", name="28")[-1])  # that of the month before comes first
    click(window, see_whole(window, role="table cell", contains="row 16: Tomás"))
    wait_until_gone(window, "“31/02/1980” is not a date")
    choose_married(window, "row 25: Viudo")
    next_problem(window, "“20721392” is not a Mexican")
    choose(window, {"role": "table cell", "contains": "row 29: 20721392"}, CLEAR)
    wait_until_gone(window, "“20721392” is not a Mexican")
    window.see(role="label", name="40 ready")


def with_the_mouse_alone():
    """by the pointer alone: the sample, each problem fixed, 50 rows of LibreOffice pasted, all of it undone and done again, and sent"""
    with screen.Program(PROGRAM) as window:
        click(window, see_whole(window, role="button", name="Try the Sample"))
        window.see(contains="3 with errors")
        fix_by_mouse(window)
        with has_copied("libreoffice-50-rows", HTML, TEXT):
            choose(window, {"role": "row header", "contains": "Row 25"}, PASTE_ROWS)
            window.see(contains="90 accounts")
        for _ in range(1 + len(PROBLEMS)):
            undo(window, UNDO)
        window.see(role="label", name="37 ready · 2 with warnings · 3 with errors")
        for _ in range(1 + len(PROBLEMS)):
            undo(window, REDO)
        window.see(contains="90 accounts")
        click_until(window, lambda: window.all(role="button", name="Clean Up 599"), role="button", name="Clean Up 599…")
        click_until(window, lambda: window.all(role="label", name="89 ready · 1 with an error"), role="button", name="Clean Up 599")
        choose_married(window, "row new: Viudo")
        window.see(role="label", name="90 ready")
        click_until(window, lambda: window.all(contains="to the practice server"), role="button", contains="Send 90")
        click_until(window, lambda: window.all(role="label", name="Results"), role="button", name="Send")
        dialog = window.see(role="dialog")
        click(window, next(thing for thing in screen.walk(dialog) if thing.get_name() == "Close"))
        screen.wait_for("the dialog to close", lambda: not window.all(role="dialog"))
        click(window, see_whole(window, role="table", name="Records"), "click", "--repeat", "60", WHEEL_UP)
        check_results(window, lambda: subprocess.run(["xdotool", "click", "--repeat", "4", WHEEL_DOWN], check=True))


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


def a_table_comes_into_an_empty_window():
    """a table that a spreadsheet or a browser left on the clipboard is pasted into an empty window, as HTML or as text alone"""
    for offered in ((HTML, TEXT), (HTML,), (TEXT,)):
        with screen.Program(PROGRAM) as window, has_copied("gnumeric-merged", *offered):
            window.see(role="button", name="Try the Sample")
            window.keys("ctrl+v")
            window.see(role="table cell", contains="C.P., row 3: 01000")
            window.see(role="table cell", contains="Saldo, row 3: 2710.10")
            window.see(role="table cell", contains="Notas, row 4: Primera visita")


tap.run([a_table_comes_into_an_empty_window, with_the_keyboard_alone, with_the_mouse_alone, the_grid_is_walked])
