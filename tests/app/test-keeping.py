# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window keeps, gives back and forgets, through the accessibility bus. Usage: test-keeping.py KOBRA-IMPORT"""

import contextlib
import pathlib
import shutil
import sqlite3
import sys
import tempfile

import screen
import tap

PROGRAM = sys.argv[1]


def send_to_practice(window, button):
    window.press(role="button", contains=button)
    window.see(contains="to the practice server")
    window.press(role="button", name="Send")
    window.see(role="label", name="Results")


def changes_come_back():
    """a program that is killed opens again as it was, and says so; closing it then asks nothing"""
    home = tempfile.mkdtemp(prefix="kobra-test-")
    with screen.Program(PROGRAM, "--sample", XDG_DATA_HOME=home) as window:
        window.see(contains="37 ready")
        window.press(role="button", name="Undo")
        window.see(contains="40 with errors")
        screen.wait_for("the change to be on disk", lambda: pathlib.Path(home, "kobra-import", "journal.db-wal").exists() and is_edited(home))
        window.process.kill()
        window.process.wait()
    with screen.Program(PROGRAM, XDG_DATA_HOME=home) as window:
        window.see(contains="It was recovered as it was")
        window.see(contains="40 with errors")
        window.press(role="button", name="Close")
        screen.wait_for("the program to end", lambda: window.process.poll() is not None)
    shutil.rmtree(home)


def what_was_open_is_offered():
    """what was open when the person quit is offered at the next start, once, and opens as it was"""
    home = tempfile.mkdtemp(prefix="kobra-test-")
    with screen.Program(PROGRAM, "--sample", XDG_DATA_HOME=home) as window:
        window.see(contains="37 ready")
        window.press(role="button", name="Undo")
        window.see(contains="40 with errors")
        window.keys("ctrl+q")
        screen.wait_for("the program to end", lambda: window.process.poll() is not None)
    with screen.Program(PROGRAM, XDG_DATA_HOME=home) as window:
        window.see(contains="was open when you quit")
        window.press(role="button", name="Open Again")
        window.see(contains="40 with errors")
        assert not window.all(contains="It was recovered")
        window.press(role="button", name="Close")
        screen.wait_for("the program to end", lambda: window.process.poll() is not None)
    with screen.Program(PROGRAM, XDG_DATA_HOME=home) as window:
        window.press(role="toggle button", name="Past Imports")
        window.see(role="label", contains="40 records, nothing sent")
        assert not window.all(contains="was open when you quit")
    shutil.rmtree(home)


def a_doubtful_clock_asks():
    """records are not forgotten by a clock that leapt until the person says that it is right"""
    home = tempfile.mkdtemp(prefix="kobra-test-")
    path = pathlib.Path(home, "kobra-import", "journal.db")
    with screen.Program(PROGRAM, "--sample", XDG_DATA_HOME=home) as window:
        window.see(contains="37 ready")
        window.press(role="button", name="Undo")
        window.see(contains="40 with errors")
        window.press(role="button", name="Close")
        screen.wait_for("the program to end", lambda: window.process.poll() is not None)
    with contextlib.closing(sqlite3.connect(path)) as journal:
        journal.executescript("UPDATE imports SET changed = changed - 200 * 86400000000; UPDATE clock SET seen = seen - 200 * 86400000000;")
    for answer, is_kept in (("Keep All for Now", True), ("Yes, Forget Them", False)):
        with screen.Program(PROGRAM, XDG_DATA_HOME=home) as window:
            window.see(contains="Is Today")
            window.press(role="button", name=answer)
            screen.wait_for("the records", lambda: has_records(path) == is_kept)
    with screen.Program(PROGRAM, XDG_DATA_HOME=home) as window:
        window.see(role="button", contains="Try the Sample")
        assert not window.all(contains="Is Today")
    shutil.rmtree(home)


def has_records(path):
    with contextlib.closing(sqlite3.connect(path)) as journal:
        return journal.execute("SELECT count (*) FROM snapshots").fetchone()[0] > 0


def is_edited(home):
    with contextlib.closing(sqlite3.connect(pathlib.Path(home, "kobra-import", "journal.db"))) as journal:
        return journal.execute("SELECT count (*) FROM edits").fetchone()[0] > 0


def what_cannot_be_saved_is_asked_about():
    """changes that no journal keeps are said to be unsaved, and are asked about before the window closes"""
    with screen.Program(PROGRAM, "--sample", XDG_DATA_HOME="/proc/nowhere") as window:
        window.see(contains="What you do here is not saved")
        window.see(contains="37 ready")
        window.press(role="button", name="Undo")
        window.see(contains="40 with errors")
        window.press(role="button", name="Close")
        window.see(contains="Lose the Changes?")
        window.press(role="button", name="Keep the Window")
        screen.wait_for("the question to go", lambda: not window.all(contains="Lose the Changes?"))
        window.see(contains="40 with errors")


def no_journal_is_said():
    """where no journal can be kept, nothing is sent until the person has read why and chosen to do without"""
    with screen.Program(PROGRAM, "--sample", XDG_DATA_HOME="/proc/nowhere") as window:
        for choice in ("Cancel", "Send Without It"):
            window.press(role="button", contains="Send 37")
            window.see(contains="to the practice server")
            window.press(role="button", name="Send")
            window.see(contains="Send Without a Journal?")
            window.see(contains="/proc/nowhere/kobra-import/journal.db")
            window.press(role="button", name=choice)
            screen.wait_for("the question to go", lambda: not window.all(contains="Send Without a Journal?"))
            if choice == "Cancel":
                assert not window.all(role="label", name="Results")
        window.see(contains="35 records of 40 were accepted")


def a_damaged_journal_is_said():
    """a journal that had to be set aside is not replaced in silence"""
    home = tempfile.mkdtemp(prefix="kobra-test-")
    folder = pathlib.Path(home, "kobra-import")
    folder.mkdir()
    (folder / "journal.db-lock").write_bytes(b"")
    (folder / "journal.db").write_bytes(b"SQLite format 3\0" + b"?" * 8176)
    with screen.Program(PROGRAM, XDG_DATA_HOME=home) as window:
        window.see(contains="A New Journal Was Started")
    shutil.rmtree(home)


def past_imports_are_listed():
    """an import that was sent is in the list of past ones, with what became of its records"""
    with screen.Program(PROGRAM, "--sample") as window:
        send_to_practice(window, "Send 37")
        window.press(role="button", contains="C-2412")
        window.press(role="toggle button", name="Past Imports")
        window.see(contains="35 accepted · 2 rejected")


tap.run([
    changes_come_back,
    what_was_open_is_offered,
    a_doubtful_clock_asks,
    what_cannot_be_saved_is_asked_about,
    no_journal_is_said,
    a_damaged_journal_is_said,
    past_imports_are_listed,
])
