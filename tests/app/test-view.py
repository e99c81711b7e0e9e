# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding, filtering and sorting in the real window, by its keys. Usage: test-view.py KOBRA-IMPORT"""

import subprocess
import sys

import screen
import tap

PROGRAM = sys.argv[1]


def press_keys(window, *keys):
    """Slowly, for a menu takes a key only once it is open."""
    window.focus()
    subprocess.run(["xdotool", "key", "--delay", "200", *keys], check=True)


def fill(window, name, text):
    entry = screen.wait_for(name, lambda: [thing for thing in window.all(name=name) if thing.get_editable_text_iface() is not None])[0]
    entry.get_editable_text_iface().set_text_contents(text)


def records_are_sorted_and_come_back():
    """a column's menu sorts by it, a bar says so, and clears it"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        # Menus are not on the bus before they are open: the keys are pressed until they took.
        sorted_by = {"role": "label", "contains": "Sorted by No. de crédito, descending"}
        screen.wait_for(sorted_by, lambda: window.all(**sorted_by) or press_keys(window, "Escape", "ctrl+Home", "alt+Down", "d"))
        press_keys(window, "ctrl+Home")
        window.see(role="row header", contains="Row 41")
        window.press(role="button", name="Clear")
        screen.wait_for("the bar to go", lambda: not window.all(role="label", contains="Sorted by"))
        press_keys(window, "ctrl+Home")
        window.see(role="row header", contains="Row 2:")


def text_is_found_and_replaced():
    """what is found is counted without regard to accents; replacing all is one step, and undone as one"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        press_keys(window, "ctrl+Home", "ctrl+h")
        fill(window, "Find", "nunez")
        window.see(role="label", name="1 of 2")
        fill(window, "Replace with", "Ruiz")
        window.press(role="button", name="Replace All")
        window.see(role="label", name="Not found")
        window.see(role="table cell", contains="Ruiz")
        press_keys(window, "Escape", "ctrl+z")
        window.see(role="table cell", contains="Núñez")


def the_keyboard_stays_where_it_is():
    """a window that is made narrow and wide again leaves the keyboard in the sheet"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        press_keys(window, "ctrl+Home", "Down")
        for width, height, is_wide in (360, 720, False), (1100, 700, True):
            window.resize(width, height)
            screen.wait_for(f"the buttons of {width} pixels", lambda: bool(window.all(role="toggle button", name="Record and Problems")) == is_wide)
            window.see_focus(role="table cell", contains="row 3: C-")


def undo_leads_to_what_changed():
    """undo and redo take the cursor to what they change; what a filter hides is told of, and shown if one likes"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        press_keys(window, "ctrl+Home", "x", "Return", "ctrl+End", "ctrl+z")
        window.see_focus(role="table cell", contains="No. de crédito, row 2: C-")
        press_keys(window, "ctrl+End", "ctrl+shift+z")
        window.see_focus(role="table cell", name="No. de crédito, row 2: x")
        press_keys(window, "ctrl+End", "Home")
        window.act("win.show-this-value")
        window.see(role="label", contains="1 of 40 records")
        press_keys(window, "ctrl+z")
        window.see(contains="1 changed record is not among those shown")
        window.press(role="button", name="Show")
        window.see_focus(role="table cell", contains="No. de crédito, row 2: C-")


tap.run([the_keyboard_stays_where_it_is, 
    records_are_sorted_and_come_back,
    text_is_found_and_replaced,
    undo_leads_to_what_changed,
])
