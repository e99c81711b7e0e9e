# SPDX-License-Identifier: GPL-3.0-or-later
"""What reading takes, next to openpyxl and Python's csv module reading the same files in the same run, and how soon a first look is done.
Usage: bench-read.py BENCH-READ [ROWS]"""

import csv
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

import openpyxl
import sheet as sheets

PROGRAM = sys.argv[1]
N_ROWS = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
GIGABYTE = 1 << 30


def ours(how, path):
    return json.loads(subprocess.run([PROGRAM, how, path], capture_output=True, text=True, check=True).stdout)


def spent(function, *arguments):
    """CPU seconds: others may use the machine meanwhile."""
    begun = time.process_time()
    function(*arguments)
    return time.process_time() - begun


def read_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


def read_xlsx(path):
    for _ in openpyxl.load_workbook(path, read_only=True).worksheets[0].iter_rows(values_only=True):
        pass


def write_xlsx(path, rows):
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Cartera")
    for row in rows:
        page.append([float(text) if text.replace(".", "", 1).isdigit() and len(text) < 12 else text for text in row])
    book.save(path)


def write_ods(path, rows):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package, package.open("content.xml", "w", force_zip64=True) as part:
        part.write(b'<o:d xmlns:o="o" xmlns:t="t" xmlns:x="x"><t:table t:name="Cartera">')
        for row in rows:
            cells = (f"<t:table-cell o:value-type='string'><x:p>{text.replace('&', '&amp;').replace('<', '&lt;')}</x:p></t:table-cell>" for text in row)
            part.write(f"<t:table-row>{''.join(cells)}</t:table-row>".encode())
        part.write(b"</t:table></o:d>")


def write_line(path):
    """A gigabyte without a line end, which takes no room on the disk."""
    with path.open("wb") as file:
        file.write(b"a,b\n" + b"x" * 70000)
        file.truncate(GIGABYTE)


# What makes finding out how a text is read take long, if anything does: many columns, nothing for long, long cells.
HOSTILE = {
    "columns.csv": (",".join(f"Apellido de {i % 26}" for i in range(16000)) + "\n", 100),
    "blank.csv": ("\n" * 1000000, 60),
    "cells.csv": ("A-1," + "x" * 800000 + "\n", 100),
    "spaces.csv": ((" " * 999 + "\n") * 1000, 200),
}


def write_hostile(path, text, times):
    with path.open("w") as file:
        for _ in range(times):
            file.write(text)


def write_many_sheets(path):
    book = openpyxl.Workbook(write_only=True)
    for number in range(300):
        book.create_sheet(f"Hoja {number}").append(["ID externo", "Nombre"])
    book.save(path)


folder = pathlib.Path(tempfile.mkdtemp(prefix="kobra-bench-"))
try:
    text = folder / "sheet.csv"
    sheets.write(text, N_ROWS)
    rows = list(csv.reader(text.open(encoding="utf-8", newline="")))
    print(f"{N_ROWS:,} rows x {len(rows[0])}")
    write_xlsx(folder / "sheet.xlsx", rows)
    write_ods(folder / "sheet.ods", rows)
    del rows
    for path, theirs, name in ((folder / "sheet.xlsx", read_xlsx, "openpyxl read-only"), (folder / "sheet.ods", None, ""), (text, read_csv, "Python's csv")):
        took, checked, opened = ours("rows", path), ours("check", path), ours("open", path)
        size = path.stat().st_size / 1e6
        print(f"{path.name}, {size:.0f} MB: read in {took['cpu']:.2f} s and {took['megabytes']} MB; matched and checked in {checked['cpu']:.2f} s ({checked['wall']:.2f} s by the clock);"
              f" cleaned too in {opened['cpu']:.2f} s and {opened['megabytes']} MB")
        if theirs is not None:
            baseline = spent(theirs, path)
            print(f"  {name}: {baseline:.2f} s; ratio {took['cpu'] / baseline:.3f}")
    write_line(folder / "line.csv")
    write_many_sheets(folder / "many.xlsx")
    for name, (piece, times) in HOSTILE.items():
        write_hostile(folder / name, piece, times)
    for path in (text, folder / "sheet.xlsx", folder / "sheet.ods", folder / "many.xlsx", folder / "line.csv", *(folder / name for name in HOSTILE)):
        looked = ours("detect", path)
        print(f"first look at {path.name}: {looked['wall'] * 1000:.0f} ms ({looked['cpu'] * 1000:.0f} ms of them at work), {looked['megabytes']} MB{' ' + looked['error'] if looked['error'] else ''}")
finally:
    shutil.rmtree(folder)
