# SPDX-License-Identifier: GPL-3.0-or-later
"""A sheet that lacks what Kobra needs becomes sendable in a few steps, through the accessibility bus. Usage: test-layout.py KOBRA-IMPORT"""

import pathlib
import shutil
import sys
import tempfile

import screen
import tap

PROGRAM = sys.argv[1]
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
SHEET = SCRATCH / "cartera.csv"
SHEET.write_text(
    "Cartera de octubre,,,\n"
    "No. de crédito,Nombre completo,Fecha de nacimietno,Dato 7\n"
    "A-1,Ana María Pérez de la Cruz,31/12/1980,GODE561231HDFRRL04\n"
    "A-2,Luis Gómez Ruiz,05/06/1975,BOXW310820HNERXN09\n"
    "A-3,Eva Díaz Luna,1990-01-01,GODE561231HDFRRL04\n"
)


def give_all_the_same(window, field):
    window.press(role="button", name=field)
    window.press(role="button", name="Add")
    screen.wait_for(f"{field} to be missing no more", lambda: not window.all(role="button", name=field))


def a_strange_sheet_becomes_sendable():
    """what no column has is given to all records, applied, and taken back by undo"""
    with screen.Program(PROGRAM, str(SHEET)) as window:
        window.see(contains="3 with errors")
        window.press(role="button", name="Match Columns")
        window.see(contains="Needed, and No Column Has It")
        give_all_the_same(window, "Product")
        give_all_the_same(window, "Currency")
        window.press(role="button", name="Apply")
        window.see(role="button", contains="Send 3")
        window.see(role="table cell", contains="Currency, row 3: MX")
        window.press(role="button", name="Undo")
        window.see(contains="3 with errors")


def whole_names_are_split():
    """names that hold their surnames are offered to be split as soon as the columns are looked at"""
    with screen.Program(PROGRAM, str(SHEET)) as window:
        window.see(contains="3 with errors")
        window.press(role="button", name="Match Columns")
        offer = {"role": "button", "name": "“Nombre completo” May Hold Names With Their Surnames"}
        window.press(**offer)
        window.press(role="button", name="Add")
        screen.wait_for("the offer to go", lambda: not window.all(**offer))
        window.press(role="button", name="Apply")
        window.see(role="table cell", contains="First Surname, row 3: Pérez")
        window.see(role="table cell", contains="Second Surname, row 3: de la Cruz")


try:
    tap.run([a_strange_sheet_becomes_sendable, whole_names_are_split])
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
