# SPDX-License-Identifier: GPL-3.0-or-later
"""Random tables, written by other programs in every format, and read by ours: the same tables. Usage: test-written.py KOBRA-IMPORT"""

import csv
import datetime
import decimal
import io
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

import openpyxl
import tap

PROGRAM = os.path.abspath(sys.argv[1])
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
N_TABLES, MAX_ROWS, MAX_COLUMNS = 8, 30, 12
DICE = random.Random(20241124)
THEIRS = {name: value for name, value in os.environ.items() if name != "G_DEBUG"}  # their warnings are not ours to mend

WORDS = ["Ana", "José Peña", "Íñigo", "0001", "00", "1e5", "=1+1", "+52 55 1234", "-", "N/A", "#N/A", "TRUE", "1/2", "3-4", "12:30", "5%", "$1,234.50", "002115016003269411",
         "“sí”", "€", "a,b;c|d\te", "it's", 'say "no"', "a\nb", " x ", "x  y", "\u00a0", "🙂", "漢字", "<b>&amp;", "\\", "1234567890123456789012", "México, D.F."]


class Kind:
    """A kind of cell: how it is made, its format, and the text that it is read as."""

    def __init__(self, make, format="General", text=str):
        self.make, self.format, self.text = make, format, text


def plain(number):
    return f"{decimal.Decimal(repr(number)).normalize():f}"


def day():
    return datetime.date(1900, 3, 1) + datetime.timedelta(days=DICE.randrange(80000))


def second():
    return datetime.timedelta(seconds=DICE.randrange(1, 86400))


def moment():
    return datetime.datetime.combine(day(), datetime.time()) + second()


KINDS = [
    Kind(lambda: DICE.choice(WORDS), "@"),
    Kind(lambda: "".join(DICE.choice(WORDS) for _ in range(DICE.randrange(1, 5))), "@"),
    Kind(lambda: DICE.randrange(-(10**9), 10**15)),
    Kind(lambda: DICE.randrange(-(10**9), 10**9) / 100, "#,##0.00", plain),
    Kind(lambda: round(DICE.uniform(-1000, 1000), 9), "General", plain),
    Kind(lambda: DICE.randrange(100000), "00000", lambda n: f"{n:05}"),
    Kind(lambda: DICE.randrange(10000) / 10000, "0.00%", lambda n: f"{(decimal.Decimal(repr(n)) * 100).normalize():f}%"),
    Kind(day, "dd/mm/yyyy", lambda d: d.isoformat()),
    Kind(day, '[$-80A]d" de "mmmm" de "yyyy', lambda d: d.isoformat()),
    Kind(moment, "dd/mm/yyyy hh:mm:ss", lambda m: m.isoformat(" ")),
    Kind(lambda: (datetime.datetime(2000, 1, 1) + second()).time(), "hh:mm:ss", lambda t: t.isoformat()),
    Kind(lambda: DICE.random() < 0.5, text=lambda b: str(b).lower()),
]


def make_table():
    """Cells as values, and what each is read as. The first column has something in each row, so that none is blank."""
    kinds = [KINDS[0]] + DICE.choices(KINDS, k=DICE.randrange(1, MAX_COLUMNS))
    cells = [[None if column > 0 and DICE.random() < 0.2 else kind.make() for column, kind in enumerate(kinds)] for _ in range(DICE.randrange(1, MAX_ROWS))]
    for number, row in enumerate(cells):
        row[0] = f"R-{number}"
    texts = [["" if value is None else kind.text(value) for kind, value in zip(kinds, row, strict=True)] for row in cells]
    header = [f"Col. {column}" for column in range(len(kinds))]
    return kinds, header, cells, [header] + texts


TABLES = [make_table() for _ in range(N_TABLES)]


def write_book(path):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, (kinds, header, cells, _) in enumerate(TABLES):
        page = book.create_sheet(f"Hoja {number}")
        page.append(header)
        for row, values in enumerate(cells, 2):
            for column, (kind, value) in enumerate(zip(kinds, values, strict=True), 1):
                cell = page.cell(row, column)
                cell.value, cell.number_format = value, kind.format
                if isinstance(value, str):
                    cell.data_type = "s"
    book.save(path)


def read(path, *options):
    done = subprocess.run([PROGRAM, "read", path, "--header-row", "1", "--keep-all", *options], capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    return list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))


def compare(path, number, expected, *options):
    got = read(path, *options)
    assert len(got) == len(expected), (number, len(got), len(expected))
    for line, (row, texts) in enumerate(zip(got, expected, strict=True)):
        row += [""] * (len(texts) - len(row))
        # What a CSV file may not begin with has an apostrophe in front, as in any export.
        row = [text.removeprefix("'") if text[1:2] in "=+-@'\t" else text for text in row]
        for column, (text, wanted) in enumerate(zip(row, texts, strict=True)):
            assert text == wanted, f"table {number}, row {line}, column {column}: {text!r} is not {wanted!r}"


def check_openpyxl():
    """what openpyxl writes as XLSX is read as it was"""
    write_book(FOLDER / "book.xlsx")
    for number, (*_, expected) in enumerate(TABLES):
        compare(FOLDER / "book.xlsx", number, expected, "--sheet", f"Hoja {number}")


def check_gnumeric():
    """what Gnumeric makes of it as ODS, XLSX and XLS is read as it was"""
    for exporter, ending in (("OpenCalc:odf", "ods"), ("Excel:xlsx2", "xlsx"), ("Excel:excel_biff8", "xls")):
        path = FOLDER / f"gnumeric.{ending}"
        subprocess.run(["ssconvert", "-T", f"Gnumeric_{exporter}", FOLDER / "book.xlsx", path], check=True, capture_output=True, env=THEIRS)
        for number, (*_, expected) in enumerate(TABLES):
            compare(path, number, expected, "--sheet", f"Hoja {number}")


def check_csv():
    """what Python writes as CSV, in any dialect and encoding, is read as it was"""
    for number, (*_, expected) in enumerate(TABLES):
        path = FOLDER / f"{number}.csv"
        encoding = DICE.choice(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
        texts = [[text.encode(encoding, "replace").decode(encoding) for text in row] for row in expected]
        with path.open("w", newline="", encoding=encoding) as file:
            csv.writer(file, delimiter=DICE.choice(",;\t|"), quoting=DICE.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]), lineterminator=DICE.choice(["\n", "\r\n"])).writerows(texts)
        compare(path, number, texts)


try:
    tap.run([value for name, value in list(globals().items()) if name.startswith("check_")])
finally:
    shutil.rmtree(FOLDER)
