# SPDX-License-Identifier: GPL-3.0-or-later
"""What the table writer makes, as other programs read it. Usage: test-write.py WRITE-TABLE"""

import csv
import json
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
import zipfile
from xml.etree import ElementTree

import openpyxl
import tap

WRITE_TABLE = sys.argv[1]
FORMATS = ("csv", "xlsx", "ods")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))

HEADERS = ["externalID", "Razón social", "CLABE", "Amount"]
ROWS = [
    ["0001", "José Ñandú", "002115016003269411", "1234.10"],
    ["0002", "a <b> & \"c\", d", "", "-5.00"],
    ["=1+1", "+52 55 1234", "@x", "-1,234.50"],
    ["  two  spaces ", "two\nlines", "tab\there", "007"],
    ["_x0041_", "'=1", "", "12345678901234567"],
    ["", "", "", "x"],
]


def column(header, **more):
    return {"header": header, **more}


def sheet(rows=ROWS, name="Records", columns=None, **more):
    return {"name": name, "columns": columns or [column(h, number=h == "Amount") for h in HEADERS], "rows": rows, **more}


def write(name, *sheets, folder=FOLDER, status=0, **how):
    path = pathlib.Path(folder) / name
    done = subprocess.run([WRITE_TABLE, path], input=json.dumps({"sheets": sheets}), text=True, capture_output=True, **how)
    assert done.returncode == status, done.stderr
    return path, done.stderr


def gnumeric(path, *, sheets=False):
    """The file's sheets as Gnumeric reads them: a list of rows, or all of them by number."""
    out = pathlib.Path(tempfile.mkdtemp(dir=FOLDER))
    subprocess.run(["ssconvert", "-S", path, out / "%n.csv"], check=True, capture_output=True)
    read = [list(csv.reader((out / f"{i}.csv").open(newline="", encoding="utf-8"))) for i in range(len(list(out.iterdir())))]
    return read if sheets else read[0]


def check_csv():
    """a CSV file has every text, and what would be run as a formula has an apostrophe in front"""
    path, _ = write("a.csv", sheet())
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(path.open(newline="", encoding="utf-8-sig")))
    safe = {"=1+1": "'=1+1", "+52 55 1234": "'+52 55 1234", "@x": "'@x", "'=1": "''=1"}
    assert rows == [HEADERS] + [[safe.get(text, text) for text in row] for row in ROWS], rows


def check_openpyxl():
    """a workbook has every text as it is, in text cells, and the numbers of a number column as numbers"""
    path, _ = write("a.xlsx", sheet())
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Records"]
    page = book["Records"]
    assert page.freeze_panes == "A2" and page["A1"].font.bold
    read = [[cell for cell in row] for row in page.iter_rows(min_row=2)]
    for row, expected in zip(read, ROWS, strict=True):
        for cell, text in zip(row[:3], expected[:3], strict=True):
            shown = text.replace("_x0041_", "_x005F_x0041_")
            assert (cell.value or "") == shown and cell.data_type in "sn" and (not text or cell.number_format == "@"), (cell.value, text)
    assert [row[3].value for row in read] == [1234.10, -5, "-1,234.50", "007", "12345678901234567", "x"]


def check_gnumeric():
    """Gnumeric reads the same from a workbook and from an OpenDocument file"""
    for ending in ("xlsx", "ods"):
        path, _ = write(f"g.{ending}", sheet())
        read = gnumeric(path)
        assert read[0] == HEADERS
        for row, expected in zip(read[1:], ROWS, strict=True):
            # Gnumeric leaves _x0041_ as it stands in a workbook, openpyxl too.
            assert [text.replace("_x005F_", "_") for text in row[:3]] == expected[:3], (ending, row)
        assert [row[3] for row in read[1:]] == ["1234.1", "-5", "-1,234.50", "007", "12345678901234567", "x"], (ending, read)


def check_package():
    """an OpenDocument file begins with its type, plain and without an extra field"""
    path, _ = write("p.ods", sheet())
    head = path.read_bytes()[:90]
    assert head[30:38] == b"mimetype" and head[26:30] == b"\x08\0\0\0" and b"spreadsheet" in head
    for name in zipfile.ZipFile(path).namelist()[1:]:
        ElementTree.fromstring(zipfile.ZipFile(path).read(name))


def check_sheets():
    """two sheets stay two, with names that any program takes"""
    pages = [sheet(name="Blank: a/b?", rows=[]), sheet(name="Help", columns=[column("What")], rows=[["text"]])]
    for ending in ("xlsx", "ods"):
        path, _ = write(f"s.{ending}", *pages)
        assert gnumeric(path, sheets=True) == [[HEADERS], [["What"], ["text"]]]
    assert openpyxl.load_workbook(FOLDER / "s.xlsx").sheetnames == ["Blank- a-b-", "Help"]


def check_choices():
    """a column's choices are a list in its cells, and its note is shown there"""
    columns = [column("free"), column("productID", choices=["1", "2", "3"], note="1 <debt>"), column("long", choices=["x" * 20] * 20)]
    path, _ = write("v.xlsx", sheet(columns=columns, rows=[]))
    validations = openpyxl.load_workbook(path)["Records"].data_validations.dataValidation
    assert [(str(v.sqref), v.type, v.formula1, v.prompt) for v in validations] == [("B2:B1048576", "list", '"1,2,3"', "1 <debt>")]
    path, _ = write("v.ods", sheet(columns=columns, rows=[["a", "1", "b"]]))
    content = ElementTree.fromstring(zipfile.ZipFile(path).read("content.xml"))
    table = OFFICE % "table"
    validation = content.find(f".//{table}content-validation")
    assert validation.get(f"{table}condition") == 'of:cell-content-is-in-list("1";"2";"3")'
    assert "".join(validation.find(f"{table}help-message").itertext()) == "1 <debt>"
    used = [c for c in content.iter(f"{table}table-cell") if c.get(f"{table}content-validation-name") == validation.get(f"{table}name")]
    assert len(used) == 2
    assert gnumeric(path)[:2] == [["free", "productID", "long"], ["a", "1", "b"]]


def check_private():
    """a file is for its owner alone, and nothing else is left in the folder"""
    folder = tempfile.mkdtemp(dir=FOLDER)
    for ending in FORMATS:
        path, _ = write(f"x.{ending}", sheet(), folder=folder)
        path.chmod(0o666)
        path, _ = write(f"x.{ending}", sheet(rows=[]), folder=folder)
        assert path.stat().st_mode & 0o777 == 0o600
    assert sorted(os.listdir(folder)) == ["x.csv", "x.ods", "x.xlsx"]


def check_cut_off():
    """a file that cannot be written whole leaves the old one as it was, and is told"""
    folder = tempfile.mkdtemp(dir=FOLDER)
    rows = [[f"{i * 7919 % 100003:x}" * 9 for _ in range(4)] for i in range(2000)]

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    for ending in FORMATS:
        old = pathlib.Path(folder, f"f.{ending}")
        old.write_text("old")
        _, said = write(f"f.{ending}", sheet(rows=rows, repeat=20), folder=folder, status=1, preexec_fn=limit)
        assert f"“f.{ending}” could not be saved" in said, said
        assert old.read_text() == "old" and len(os.listdir(folder)) == FORMATS.index(ending) + 1


def peak(name, repeat):
    """How much memory writing the rows @repeat times takes at most, in MiB."""
    process = subprocess.Popen([WRITE_TABLE, FOLDER / name], stdin=subprocess.PIPE)
    process.stdin.write(json.dumps({"sheets": [sheet(repeat=repeat)]}).encode())
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0
    return usage.ru_maxrss / 1024


def check_memory():
    """half a million rows take no more memory than a thousand, in every format"""
    for ending in FORMATS:
        few, many = peak(f"few.{ending}", 170), peak(f"many.{ending}", 85000)
        assert many < few + 6, (ending, few, many)


def check_full_disk():
    """a full disk is told as one"""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode != 0:
        return  # no namespaces here: the cut-off file above stands for it
    folder = tempfile.mkdtemp(dir=FOLDER)
    script = 'mount -t tmpfs -o size=64k none "$1" && exec "$2" "$1/full.xlsx"'
    rows = [[f"{i * 7919 % 100003:x}{os.urandom(20).hex()}" for _ in range(4)] for i in range(2000)]
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script, "sh", folder, WRITE_TABLE], input=json.dumps({"sheets": [sheet(rows=rows)]}), text=True, capture_output=True)
    if "mount" in done.stderr:
        return
    assert done.returncode == 1 and "no room left on the disk" in done.stderr, done.stderr


def check_limits():
    """what a format cannot hold is told with the way out, and nothing is cut short"""
    _, said = write("long.xlsx", sheet(rows=[["x" * 32768]]), status=1)
    assert "32767" in said and "CSV" in said, said
    write("long.ods", sheet(rows=[["x" * 32768]]))
    write("just.xlsx", sheet(rows=[["ñ" * 32767]]))
    _, said = write("wide.xlsx", sheet(columns=[column("h")] * 16385, rows=[]), status=1)
    assert "16384" in said, said
    path, _ = write("wide.csv", sheet(columns=[column("h")] * 16385, rows=[]))
    assert path.read_text("utf-8-sig").count("h") == 16385
    _, said = write("folder/none.csv", sheet(), status=1)
    assert "no such folder" in said, said


def check_strange():
    """control characters and markup in texts and headers make no broken file"""
    strange = "\x01\x1f\ufffe\uffff]]><a>&\r\n\u2028"
    for ending in FORMATS:
        path, _ = write(f"strange.{ending}", sheet(columns=[column("<h>&\"'")], rows=[[strange]]))
        if ending != "csv":
            assert gnumeric(path)[0] == ["<h>&\"'"]
    assert openpyxl.load_workbook(FOLDER / "strange.xlsx")["Records"]["A2"].value.startswith("_x0001__x001F_")


try:
    tap.run([value for name, value in list(globals().items()) if name.startswith("check_")])
finally:
    shutil.rmtree(FOLDER)
