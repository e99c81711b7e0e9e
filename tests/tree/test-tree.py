# SPDX-License-Identifier: GPL-3.0-or-later
"""What is promised of the sources themselves. Usage: test-tree.py PROJECT-FOLDER"""

import pathlib
import re
import sys

import tap

ROOT = pathlib.Path(sys.argv[1])
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
LONGEST = 700
NOBODYS_NAME = re.compile(r"(?:^|[-_.])(?:utils?|misc|helpers?|common)(?:$|[-_.])", re.IGNORECASE)
LEFT_OVER = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X])\b")
INCLUDE = re.compile(r'^#include [<"](.*)[>"]')


def find(*patterns):
    return sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()})


CODE = find("src/**/*.[ch]", "tests/**/*.[ch]")
UNITS = [path for path in find("src/**/*.c") if "src/sheet" not in path.as_posix()]  # the sheet knows nothing of Kobra
SOURCES = CODE + find("src/**/*.blp", "src/**/*.css", "tests/**/*.py", "build-aux/*", "src/**/meson.build", "tests/**/meson.build")


def is_too_long(_, lines):
    return len(lines) > LONGEST


def has_nobodys_name(path, _):
    return NOBODYS_NAME.search(path.name)


def has_no_licence(_, lines):
    return lines[:1] != [f"/* {SPDX} */"]


def has_no_guard(path, lines):
    return path.suffix == ".h" and "#pragma once" not in lines


def can_call_what_is_banned(_, lines):
    return [found[1] for found in map(INCLUDE.match, lines) if found][-1:] != ["kobra-banned.h"]


def is_unfinished(_, lines):
    return any(LEFT_OVER.search(line) for line in lines)


PROMISES = [
    (f"no source is longer than {LONGEST} lines", SOURCES, is_too_long),
    ("a file is named for what it holds", SOURCES, has_nobodys_name),
    ("code says its licence in the first line", CODE, has_no_licence),
    ("a header may be included twice", CODE, has_no_guard),
    ("what is banned is banned in every unit: the ban is the last include", UNITS, can_call_what_is_banned),
    ("no source says that it is unfinished", SOURCES, is_unfinished),
]


def make_check(promise, paths, is_broken):
    def check():
        assert paths, "no files"
        broken = [str(path.relative_to(ROOT)) for path in paths if is_broken(path, path.read_text(encoding="utf-8").splitlines())]
        assert not broken, ", ".join(broken)

    check.__doc__ = promise
    return check


tap.run([make_check(*promise) for promise in PROMISES])
