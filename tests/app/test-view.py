# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding, filtering and sorting in the real window, through the accessibility bus. Usage: test-view.py KOBRA-IMPORT"""

import sys

import screen
import tap

PROGRAM = sys.argv[1]


def do(window, name):
    """Sets off an item of the menu of shown records."""
    window.press(role="toggle button", name="Which Records Are Shown")
    window.press(role="menu item", name=name) if window.all(role="menu item", name=name) else window.press(name=name)


def records_are_filtered_and_come_back():
    """only records with errors are shown, it is said, and all come back"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(role="row header", contains="Row 2")
        do(window, "With Errors")
        window.see(contains="3 of 40 records: With Errors")
        screen.wait_for("the others to go", lambda: not window.all(role="row header", contains="Row 2:"))
        window.see(role="row header", contains="Row 16: Has errors")
        window.press(role="button", name="Clear")
        window.see(role="row header", contains="Row 3")
        screen.wait_for("the bar to go", lambda: not window.all(contains="3 of 40 records"))


def type_into(window, name, text):
    entry = window.see(role="text", name=name)
    editable = entry.get_editable_text_iface()
    editable.set_text_contents(text)


def text_is_found_and_replaced():
    """what is found is counted without regard to accents; replacing all is one step, named in the menu"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        window.press(role="toggle button", name="Main Menu")
        window.press(name="Replace…")
        type_into(window, "Find", "nunez")
        window.see(role="label", contains=" of ")
        type_into(window, "Replace with", "Ruiz")
        window.press(role="button", name="Replace All")
        window.see(contains="Replaced in")
        window.see(contains="Not found")
        window.see(role="table cell", contains="Ruiz")
        window.press(role="toggle button", name="Main Menu")
        window.press(contains="Undo Replace in")
        screen.wait_for("what was before", lambda: window.all(role="table cell", contains="Núñez"))


tap.run([
    records_are_filtered_and_come_back,
    text_is_found_and_replaced,
])
