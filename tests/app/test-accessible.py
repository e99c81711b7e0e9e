# SPDX-License-Identifier: GPL-3.0-or-later
"""What every screen owes to a person who does not see it, or does not read English. Usage: test-accessible.py KOBRA-IMPORT SOURCE-FOLDER"""

import gettext
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import screen
import tap

PROGRAM, ROOT = sys.argv[1], pathlib.Path(sys.argv[2])
LOCALES = pathlib.Path(PROGRAM).parent.parent / "po"
MARK = "⟦{}⟧"
Atspi = screen.Atspi

# What has no words of ours in it: cells and their headers are the person's, entries and terminals hold what is typed.
CONTENT = {"table cell", "column header", "row header", "filler", "text", "password text", "spin button", "image"}
WORDS_OF_NOBODY = re.compile(r"[A-Z]-\d+|La cuenta \"[A-Z]-\d+\" no es válida.*|.*\.csv|[\d.,:/%\s·+−–-]*|[a-z]+([A-Z][a-zA-Z]*)+|https?://.*|Bearer|Authorization|kobra-import|[\w.]+\.red|127\.0\.0\.1.*")

# The toolkits have catalogs of their own; libadwaita 1.7 has no Spanish for one of these.
WORDS_OF_GTK = {"Cerrar", "Close", "Descartar", "Maximizar", "Minimizar"}


def is_shown(thing):
    states = thing.get_state_set()
    return states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.VISIBLE)


def walk_shown(root, depth=40):
    """What a person can see; what is hidden is not gone into."""
    if is_shown(root):
        yield root
    elif root.get_role_name() != "application":
        return
    for i in range(root.get_child_count() if depth > 0 else 0):
        child = root.get_child_at_index(i)
        if child is not None:
            yield from walk_shown(child, depth - 1)


def describe(thing):
    path = []
    while thing is not None and len(path) < 6:
        path.append(f"{thing.get_role_name()} “{thing.get_name()}”")
        thing = thing.get_parent()
    return " < ".join(path)


def find_nameless(window):
    """The controls that a screen reader can only call by their kind."""
    found = []
    for thing in walk_shown(window.root):
        if not thing.get_state_set().contains(Atspi.StateType.FOCUSABLE):
            continue
        # What folds out of a choice is the toolkit's, and reads its items by what is in them.
        if "combo box" in describe(thing):
            continue
        if thing.get_role_name() in ("frame", "window", "application", "scroll pane", "list", "viewport", "table cell", "dialog", "grouping", "panel", "tree table"):
            continue
        if not (thing.get_name() or "").strip() and not thing.get_relation_set():
            found.append(describe(thing))
    return found


def find_underlined(window):
    """What is called by its mnemonic as well: nobody says “underline Problems”. A folder's name may have one."""
    return [describe(thing) for thing in walk_shown(window.root) if thing.get_role_name() not in CONTENT and re.fullmatch("[^/]*_[^/]*", thing.get_name() or "")]


def look_with(window, *finders):
    """What all of them find on a screen that stands still: what goes away meanwhile cannot be asked."""
    return screen.wait_for("a screen that stands still", lambda: ([thing for find in finders for thing in find(window)],))[0]


def visit_screens(window, words, look):
    """Goes through the program from the first screen to the results; calls @look on each."""
    window.see(role="button", name=words("_Try the Sample"))
    look("the first screen")
    window.press(role="button", name=words("_Try the Sample"))
    window.see(contains="C-24")
    look("the sheet")
    window.press(role="button", name=words("Next Problem"))
    look("the sheet at a problem")
    send = next(iter(screen.wait_for("the button that sends", lambda: [b for b in window.all(role="button") if "37" in (b.get_name() or "")])))
    window.press(role="button", name=send.get_name())
    window.see(role="button", name=words("_Cancel"))
    look("the question before sending")
    window.press(role="button", name=words("_Send"))
    window.see(role="label", name=words("Results"))
    look("the results")


# What can be opened from the sheet: what the window does for it, something that is then seen, and what closes it. The window of shortcuts
# is GTK's own, all but its words.
FROM_THE_SHEET = [
    ("win.find", "How to Find", "Escape"),
    ("win.replace", "Replace All", "Escape"),
    ("win.go-to-row", "Go to Row", "Escape"),
    ("win.choose-columns", "As in the File", "Escape"),
    ("win.columns", "Columns of the File", "Escape"),
    ("win.source", "First Rows", "Escape"),
    ("win.clean-up", "Clean Up", "Escape"),
    ("win.show-request", "Request", "Escape"),
    ("win.toggle-history", "Find a record in all imports", "F9"),
    ("win.new-account", "Add and Enter Another", "Escape"),
]
PREFERENCES = [("Connections", "Add Connection…"), ("Required", "Kind of Import"), ("Privacy", "What Is Kept")]


def visit_dialogs(window, look):
    """Goes through what opens from the sheet, through the preferences, and last, for it has much in it, what stands beside the sheet."""
    window.press(role="button", name="Try the Sample")
    window.see(contains="C-24")
    for action, seen, closing in FROM_THE_SHEET:
        window.act(action)
        window.see(contains=seen)
        look(action)
        window.keys(closing)
        screen.wait_for(f"the end of {action}", lambda: not any(map(is_shown, window.all(contains=seen))))
    window.keys("ctrl+comma")
    for page, seen in PREFERENCES:
        window.press(role="page tab", name=page)
        window.see(contains=seen)
        look(f"preferences, {page}")
    window.keys("Escape")
    window.act("win.inspector")
    window.see(contains="Search Fields")
    look("the record beside the sheet")
    window.press(role="page tab", contains="Problems")
    window.see(contains="Records with an error are not sent.")
    look("the list of problems")


def every_control_has_a_name():
    """no control on any screen is without a name for a screen reader, and no name has a mnemonic's underline in it"""
    found = []

    def look(name):
        found.extend(f"{name}: {thing}" for thing in look_with(window, find_nameless, find_underlined))

    with screen.Program(PROGRAM) as window:
        visit_screens(window, lambda text: text.replace("_", ""), look)
    with screen.Program(PROGRAM) as window:
        visit_dialogs(window, look)
    assert not found, "\n".join(found)


def make_pseudo_catalog(folder):
    """A translation in which every word of ours is in brackets, and nothing else is."""
    template, catalog = folder / "kobra-import.pot", folder / "kobra-import.po"
    names = [str(path.relative_to(ROOT)) for path in sorted((ROOT / "src").rglob("*")) if path.suffix in (".c", ".blp")]
    subprocess.run(["xgettext", f"--directory={ROOT}", f"--output={template}", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=C_:1c,2",
                    "--keyword=ngettext:1,2", "--keyword=g_dngettext:2,3", "--keyword=g_dgettext:2", *names], check=True, capture_output=True)
    text = template.read_text().replace("nplurals=INTEGER; plural=EXPRESSION;", "nplurals=2; plural=n != 1;").replace("charset=CHARSET", "charset=UTF-8")
    template.write_text(text)
    subprocess.run(["msgen", "--output-file", str(catalog), str(template)], check=True, capture_output=True)
    marked = subprocess.run(["msgfilter", "--keep-header", "--input", str(catalog), "sed", "-z", "s/^/⟦/;s/$/⟧/"], check=True, capture_output=True, text=True).stdout
    catalog.write_text(marked)
    into = folder / "es" / "LC_MESSAGES"
    into.mkdir(parents=True)
    subprocess.run(["msgfmt", "--output-file", str(into / "kobra-import.mo"), str(catalog)], check=True, capture_output=True)


def find_unmarked(window):
    """What stands on the screen and was not looked up in the catalog."""
    found = set()
    for thing in screen.walk(window.root):
        if not is_shown(thing) or thing.get_role_name() in CONTENT:
            continue
        name = (thing.get_name() or "").strip()
        if name and "⟦" not in name and name not in WORDS_OF_GTK and not WORDS_OF_NOBODY.fullmatch(name):
            found.add(f"{thing.get_role_name()} “{name}”")
    return found


def every_word_can_be_translated():
    """no word on any screen is written into the program past the translation"""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
    make_pseudo_catalog(folder)
    found = set()
    with screen.Program(PROGRAM, LC_ALL="es_MX.UTF-8", LANGUAGE="es", KOBRA_IMPORT_LOCALE_DIR=str(folder)) as window:
        visit_screens(window, lambda text: MARK.format(text.replace("_", "")), lambda name: found.update(f"{name}: {thing}" for thing in look_with(window, find_unmarked)))
    shutil.rmtree(folder)
    assert not found, "\n".join(sorted(found))


def the_whole_job_in_spanish():
    """in Spanish, the whole job is done by what a screen reader says, from the first screen to the results"""
    spanish = gettext.translation("kobra-import", str(LOCALES), ["es"])
    with screen.Program(PROGRAM, LC_ALL="es_MX.UTF-8", LANGUAGE="es", KOBRA_IMPORT_LOCALE_DIR=str(LOCALES)) as window:
        visit_screens(window, lambda text: spanish.gettext(text).replace("_", ""), lambda name: None)
        window.press(role="button", contains="C-2412")
        refused = window.see(role="row header", contains="Fila 12")
        assert "sucursal 999 no existe" in refused.get_name(), refused.get_name()


def find_focused(window):
    """The name of what has the keyboard."""
    found = [thing for thing in screen.walk(window.root) if thing.get_state_set().contains(Atspi.StateType.FOCUSED)]
    return found[-1].get_name() if found else ""


def the_whole_job_by_keyboard():
    """with the keyboard alone, the whole job is done, from the first screen to the results"""
    with screen.Program(PROGRAM) as window:
        window.see(role="button", name="Try the Sample")
        for _ in range(12):
            if find_focused(window) == "Try the Sample":
                break
            window.keys("Tab")
        window.keys("Return")
        window.see(contains="3 with errors")
        window.keys("F8")
        window.see(role="label", contains="Name is empty")
        window.type("Ana")
        window.keys("Return")
        window.see(contains="2 with errors")
        window.keys("ctrl+Return")
        window.see(contains="to the practice server")
        window.keys("Return")
        window.see(role="label", name="Results")


tap.run([every_control_has_a_name, every_word_can_be_translated, the_whole_job_in_spanish, the_whole_job_by_keyboard])
