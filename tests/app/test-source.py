# SPDX-License-Identifier: GPL-3.0-or-later
"""How a file is read is chosen with its effect in view, through the accessibility bus. Usage: test-source.py KOBRA-IMPORT DATA-FOLDER"""

import gettext
import pathlib
import shutil
import sys
import tempfile

import gi
import screen
import tap

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

PROGRAM, DATA = sys.argv[1], pathlib.Path(sys.argv[2])
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
LOCALES = pathlib.Path(PROGRAM).parent.parent / "po"
SPANISH = gettext.translation("kobra-import", str(LOCALES), ["es"])


def focused(window):
    return [thing.get_name() for thing in screen.walk(window.root) if thing.get_state_set().contains(Atspi.StateType.FOCUSED)]


def choose(window, row, *keys):
    """Goes to the row, one step after the other, opens its list and presses keys in it."""

    def go_on():
        before = focused(window)
        if row in before:
            return True
        window.keys("Tab")
        screen.wait_for("the keyboard somewhere else", lambda: focused(window) not in ([], before))
        return False

    screen.wait_for(f"the keyboard on {row}", go_on)
    window.keys("Return", *keys, "Return")


def close(window):
    """Opens the file as it was chosen; the window has a button of that name too, before the dialog's."""
    window.all(role="button", name="Open")[-1].get_action_iface().do_action(0)
    screen.wait_for("the dialog to close", lambda: not window.all(contains="Header Row"))


def sheet_and_header_are_chosen():
    """of a workbook the sheet and the header row are found, and chosen with their effect in view"""
    with screen.Program(PROGRAM, str(DATA / "books/libreoffice.xlsx")) as window:
        window.see(contains="Cartera (7 rows)")
        window.see(contains="Row 3 (Found)")
        window.see(contains="1: title above the header")
        choose(window, "Sheet", "End")
        window.see(role="table cell", contains="ID visita, row 2: 7")
        choose(window, "Header Row", "Home", "Down")
        window.see(role="table cell", contains="row 1: ID visita")
        close(window)
        window.see(role="table cell", contains="row 1: ID visita")


def encoding_and_separator_are_chosen():
    """a text that cannot be read as it was found to be is read as one chooses, with the effect in view"""
    with screen.Program(PROGRAM, str(DATA / "read/mixed-encodings.csv")) as window:
        window.press(role="button", name="Choose How to Read It…")
        window.see(contains="is not UTF-8")
        window.see(contains="Automatic")
        choose(window, "Encoding", "Home", "Down", "Down", "Down", "Down")
        window.see(role="table cell", contains="row 2: 0001")
        choose(window, "Separator", "Home", "Down", "Down")
        window.see(role="table cell", contains="row 2: 0001,")
        close(window)
        window.see(role="table cell", contains="row 2: 0001,")


def ways_out_fit_what_went_wrong():
    """where no way of reading helps none is offered, and a file that is there the next time is opened by trying again"""
    with screen.Program(PROGRAM, str(DATA / "read/document.pdf")) as window:
        window.see(role="button", name="Open Another File…")
        assert not window.all(role="button", name="Choose How to Read It…")
        assert not window.all(role="button", name="Try Again")
    late = SCRATCH / "late.csv"
    with screen.Program(PROGRAM, str(late)) as window:
        window.see(role="button", name="Try Again")
        assert not window.all(role="button", name="Choose How to Read It…")
        late.write_text("ID externo,Nombre\nA-1,Ana\n")
        window.press(role="button", name="Try Again")
        window.see(role="table cell", contains="row 2: A-1")


def quote_and_first_column_are_chosen():
    """quotation marks and the first column are chosen in Spanish with their effect in view, and the table is what the preview showed"""

    def say(string):
        return SPANISH.gettext(string).replace("_", "")

    sheet = SCRATCH / "comillas.csv"
    sheet.write_text("nota;ID externo;Nombre\nx;A-1;'Ruiz; Ana'\ny;A-2;'Sol; Eva'\n")
    with screen.Program(PROGRAM, str(sheet), LC_ALL="es_MX.UTF-8", LANGUAGE="es", KOBRA_IMPORT_LOCALE_DIR=str(LOCALES)) as window:
        window.see(role="table cell", contains=": 'Ruiz")
        window.act("win.source")
        window.see(contains=say("First Rows"))
        choose(window, say("_Quotation Mark"), "Home", "Down")
        window.see(role="table cell", contains="Nombre, fila 2: Ruiz; Ana")
        choose(window, say("First _Column"), "Home", "Down", "Down")
        screen.wait_for("the first column to go from the preview", lambda: len(window.all(role="table cell", contains="nota, fila 2")) == 1)
        window.all(role="button", name=say("_Open"))[-1].get_action_iface().do_action(0)
        screen.wait_for("the dialog to close", lambda: not window.all(contains=say("_Quotation Mark")))
        window.see(role="table cell", contains="Nombre, fila 2: Ruiz; Ana")
        assert not window.all(role="table cell", contains="nota, fila")


try:
    tap.run([sheet_and_header_are_chosen, encoding_and_separator_are_chosen, ways_out_fit_what_went_wrong, quote_and_first_column_are_chosen])
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
