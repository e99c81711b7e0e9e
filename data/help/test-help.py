# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual as it was built. Usage: test-help.py BUILT-FOLDER CATALOG.PO; the folder has one for each language, the catalog is the Spanish one"""

import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

import tap

FOLDER, CATALOG = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
FACTS = json.loads((FOLDER / "facts.json").read_text())
MALLARD = "{http://projectmallard.org/1.0/}"
LANGUAGES = {path.name: {page.stem: ElementTree.parse(page).getroot() for page in path.glob("*.page")} for path in FOLDER.iterdir() if (path / "index.page").exists()}


def every_page():
    return [(language, name, page) for language, pages in LANGUAGES.items() for name, page in pages.items()]


def pages_are_whole():
    """a page has its file's name, a title, what it is about, and a way from the first page"""
    assert set(LANGUAGES) == {"C", "es"}, LANGUAGES.keys()
    for language, name, page in every_page():
        assert page.get("id") == name, (language, name)
        assert page.findtext(MALLARD + "title") and page.findtext(f"{MALLARD}info/{MALLARD}desc"), (language, name)
        guides = [link.get("xref") for link in page.findall(f"{MALLARD}info/{MALLARD}link")]
        assert guides == ([] if name == "index" else ["index"]), (language, name)


def languages_have_the_same():
    """every language has the same pages, and each the same sections and links"""
    def shape(pages):
        return {name: ([s.get("id") for s in page.iter(MALLARD + "section")], [l.get("xref") for l in page.iter(MALLARD + "link")]) for name, page in pages.items()}

    assert shape(LANGUAGES["C"]) == shape(LANGUAGES["es"])


def links_lead_somewhere():
    """every link leads to a page"""
    for language, name, page in every_page():
        for link in page.iter(MALLARD + "link"):
            assert link.get("xref") in LANGUAGES[language], (language, name, link.attrib)
    for path in FOLDER.glob("*/*.html"):
        for target in re.findall(r'href="([^"]+)"', path.read_text()):
            assert (path.parent / target).exists(), (path, target)


def bare(label):
    """@label without what says which key presses it, and that a dialog follows."""
    return label.replace("_", "").removesuffix("…")


def read_labels():
    """What the program says and what it says in Spanish, as the catalog has it."""
    unfolded = re.sub(r'"\n"', "", CATALOG.read_text(encoding="utf-8"))
    pairs = re.findall(r'^msgid "(.+)"\n(?:msgid_plural ".*"\n)?msgstr(?:\[0\])? "(.*)"$', unfolded, re.M)
    labels = {}
    for label, spanish in pairs:
        labels.setdefault(bare(label), set()).add(bare(spanish))
    return labels


def buttons_are_called_so():
    """a button, menu item or page that the manual names is called so on the screen, in both languages"""
    labels = read_labels()
    wrong = []
    for name, page in LANGUAGES["C"].items():
        said = [[gui.text for gui in LANGUAGES[language][name].iter(MALLARD + "gui")] for language in ("C", "es")]
        assert len(said[0]) == len(said[1]), (name, said)
        wrong += [(name, label, spanish) for label, spanish in zip(*said) if spanish not in labels.get(label, ())]
    assert not wrong, wrong


def lists_are_complete():
    """the manual names every field and every problem that the program knows"""
    for language, pages in LANGUAGES.items():
        for page, names in (("fields", [f["name"] for kind in ("accounts", "promises") for f in FACTS[kind]]), ("problems", [p["code"] for p in FACTS["problems"]])):
            said = {code.text for code in pages[page].iter(MALLARD + "code")}
            assert not set(names) - said, (language, page, set(names) - said)
    assert len(FACTS["accounts"]) == 65 and len(FACTS["promises"]) == 2


def lists_are_translated():
    """in Spanish, the lists are in Spanish"""
    texts = {language: " ".join(pages["fields"].itertext()) for language, pages in LANGUAGES.items()}
    assert "Birthdate" in texts["C"] and "Birthdate" not in texts["es"]


tap.run([pages_are_whole, languages_have_the_same, links_lead_somewhere, buttons_are_called_so, lists_are_complete, lists_are_translated])
