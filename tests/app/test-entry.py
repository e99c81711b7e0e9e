# SPDX-License-Identifier: GPL-3.0-or-later
"""What a new user does by hand: five accounts typed and corrected by keyboard alone, in Spanish, and three hundred promises from a sheet; both are sent
to the practice server. Usage: test-entry.py KOBRA-IMPORT"""

import gettext
import pathlib
import sys
import tempfile
import unicodedata

import screen
import tap

PROGRAM = sys.argv[1]
LOCALES = pathlib.Path(PROGRAM).parent.parent / "po"
SPANISH = gettext.translation("kobra-import", str(LOCALES), ["es"])
ENVIRONMENT = {"LC_ALL": "es_MX.UTF-8", "LANGUAGE": "es", "KOBRA_IMPORT_LOCALE_DIR": str(LOCALES)}

# Field, what is typed first, a part of what is said of it, what it is corrected to.
MISTAKES = [
    ("Birthdate", "31/02/1980", "“31/02/1980”", "28/02/1980"),
    ("Telephone", "123", "“123”", "5512345678"),
    ("RFC", "GODE561231GR9", "“GODE561231GR9”", "GODE561231GR8"),
    ("Postal Code", "00100", "“00100”", "06700"),
    ("Total Pending", "mucho", "“mucho”", "1,234.50"),
]


def say(string):
    """A string of the source as the window says it."""
    return SPANISH.gettext(string).replace("_", "")


def enter_field(window, field, text):
    """Finds the field by its name and types over what it holds."""
    window.keys("ctrl+f", "ctrl+a")
    # Accents are of no account, and not every keyboard has them.
    window.type(unicodedata.normalize("NFD", say(field)).encode("ascii", "ignore").decode())
    window.see(role="text", name=say(field))
    window.keys("Return", "ctrl+a")
    window.type(text)


def enter_account(window, number, field, wrong, said, right):
    window.type(f"A-{number}")
    if number == 1:
        # Both are kept for the accounts that follow.
        for _ in ("Product", "Currency"):
            window.keys("Tab", "space", "Down", "Return", "Tab", "space")
        window.keys("Tab")
    else:
        window.keys("Tab", "Tab", "Tab", "Tab", "Tab")
    window.type("Ana")
    window.see(contains=say("The record is complete."))
    enter_field(window, field, wrong)
    window.see(role="label", contains=said)
    enter_field(window, field, right)
    window.see(contains=say("The record is complete."))
    window.keys("ctrl+f", "ctrl+a", "BackSpace")


def send(window, count):
    """By keyboard too, to the practice server, which is what a newcomer's records go to."""
    window.see(role="button", contains=say("_Send %'u").replace("%'u", str(count)))
    window.keys("ctrl+Return")
    window.see(role="button", name=say("_Cancel"))
    window.see_focus(role="button", name=say("_Send"))
    window.keys("Return")
    window.see(role="label", name=SPANISH.ngettext("The record was accepted", "All %'u records were accepted", count).replace("%'u", str(count)))


def five_accounts_are_entered_by_keyboard():
    """five accounts are entered in Spanish with a mistake each, corrected by keyboard alone, and sent to the practice server"""
    with screen.Program(PROGRAM, **ENVIRONMENT) as window:
        window.see(role="button", contains=say("New _Account…"))
        window.keys("ctrl+n")
        window.see(role="text", name=say("External ID"))
        for number, mistake in enumerate(MISTAKES, 1):
            enter_account(window, number, *mistake)
            if number == len(MISTAKES):
                window.keys("ctrl+shift+Return")
            else:
                window.keys("ctrl+Return")
                window.see(contains=SPANISH.ngettext("%u record added", "%u records added", number).replace("%u", str(number)))
        for number in range(1, len(MISTAKES) + 1):
            window.see(role="table cell", contains=f"A-{number}")
        send(window, len(MISTAKES))


def three_hundred_promises_are_sent():
    """a sheet of 300 promises with Spanish words for the states is opened and sent to the practice server"""
    words = ["Activa", "cubierta", "No cubierta", "Pago parcial", "INCUMPLIDA", "pagada"]
    with tempfile.TemporaryDirectory(prefix="kobra-test-") as folder:
        sheet = pathlib.Path(folder) / "promesas.csv"
        sheet.write_text("ID visita;Estado de la promesa\n" + "".join(f"{1045637 + i};{words[i % len(words)]}\n" for i in range(300)))
        with screen.Program(PROGRAM, str(sheet), **ENVIRONMENT) as window:
            window.see(contains="300")
            send(window, 300)


tap.run([five_accounts_are_entered_by_keyboard, three_hundred_promises_are_sent])
