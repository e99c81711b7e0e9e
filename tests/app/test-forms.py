# SPDX-License-Identifier: GPL-3.0-or-later
"""The forms and the problems panel through the accessibility bus. Usage: test-forms.py KOBRA-IMPORT DATA-FOLDER"""

import pathlib
import sys

import screen
import tap
from screen import Atspi

PROGRAM, DATA = sys.argv[1], pathlib.Path(sys.argv[2])


def write(window, field, text):
    """Types over what a field of the form holds, as an input method does."""
    entry = window.see(role="text", name=field)
    assert Atspi.EditableText.set_text_contents(entry, text)


def a_record_is_seen_as_a_form():
    """the form shows the cursor's record, and says what is wrong under the field"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        window.press(role="toggle button", name="Record and Problems")
        window.see(role="label", name="C-2402")
        window.press(role="button", name="Next Record")
        window.see(role="label", name="C-2403")
        for _ in range(3):
            window.press(role="button", name="Next Problem")
        window.see(role="label", name="C-2416")
        window.see(role="label", contains="“31/02/1980” is not a date.")


def form_and_sheet_are_one():
    """what is typed in the form stands in the sheet at once, in the form of the cell, and one undo takes it back"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        window.press(role="toggle button", name="Record and Problems")
        window.see(role="label", name="C-2402")
        write(window, "Birthdate", "28/02/1985")
        window.see(role="table cell", contains="row 2: 1985-02-28")
        window.see(role="label", contains="names another day of birth")
        window.keys("ctrl+z")
        window.see(role="table cell", contains="row 2: 1991-07-03")


def an_account_is_entered_by_keyboard():
    """two accounts are entered by keyboard alone; a duplicate is said at once; one field is kept for the next"""
    with screen.Program(PROGRAM) as window:
        window.see(role="button", contains="New Account")
        window.keys("ctrl+n")
        window.see_focus(role="text", name="External ID")
        window.type("A-1")
        for _ in ("Product", "Currency"):
            window.keys("Tab", "space", "Down", "Return", "Tab")
        window.keys("Tab")
        window.type("Ana")
        window.see(contains="The record is complete.")
        window.keys("ctrl+Return")
        window.see(contains="1 record added")
        window.type("A-1")
        window.see(contains="is in the sheet already")
        window.type("b")
        window.see(contains="The record has errors")
        window.keys("ctrl+shift+Return")
        window.see(contains="2 accounts")
        window.see(role="table cell", contains="A-1b")


def a_new_record_begins_with_its_key():
    """the dialog of a new account or promise opens with the focus on what tells it from others, in a wide window and at 360 pixels"""
    for width, height in (1000, 700), (360, 720):
        for action, field in ("win.new-account", "External ID"), ("win.new-promise", "Visit ID"):
            with screen.Program(PROGRAM) as window:
                window.see(role="button", contains="New Account")
                window.resize(width, height)
                window.act(action)
                window.see_focus(role="text", name=field)
                # A bottom sheet moves the focus once it is up.
                assert not screen.wait_briefly(lambda: not window.has_focus(role="text", name=field), seconds=1), (width, action)


def problems_are_shown_by_kind():
    """the panel counts the problems by kind and field, and a click leaves only the records that have one"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        window.press(role="toggle button", name="Record and Problems")
        window.press(role="page tab", name="Problems")
        window.see(contains="Not a Date")
        window.press(name="About This Problem")
        window.see(contains="Kobra needs this field for this kind of import")

def a_narrow_window_goes_to_the_problem():
    """where the panel covers the sheet, what is chosen of the problems is gone to in the form"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        window.resize(360, 720)
        window.act("win.inspector")
        window.see(role="page tab", name="Problems")
        window.keys("alt+p")
        window.see(contains="Not a Date")
        window.keys("Tab", "Return")
        window.see_focus(role="text", name="Name")
        window.see(role="label", name="C-2407")


tap.run([a_record_is_seen_as_a_form, form_and_sheet_are_one, an_account_is_entered_by_keyboard, a_new_record_begins_with_its_key, problems_are_shown_by_kind, a_narrow_window_goes_to_the_problem])
