# SPDX-License-Identifier: GPL-3.0-or-later
"""What is exported is what was there, and is known again. Usage: test-export.py KOBRA-IMPORT DATA-FOLDER"""

import csv
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import tap

PROGRAM, DATA = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
ADDED = ["Line (Kobra Import)", "Result (Kobra Import)", "Message (Kobra Import)", "Time (Kobra Import)"]
FORMATS = ("csv", "xlsx", "ods")


def call(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=100)


def export(table, name, *options):
    """The results of sending @table to a practice server, as a file."""
    practice = subprocess.Popen([PROGRAM, "practice"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    password = SCRATCH / "password"
    password.write_text("practice\n")
    url = practice.stdout.readline().decode().strip()
    saved = SCRATCH / name
    done = call("send", table, "--base-url", url, "--user", "practice", "--password-file", password, "--results", saved, *options)
    practice.terminate()
    practice.wait(timeout=20)
    assert saved.exists(), done.stderr
    return saved


def read(path):
    """The table as the program sees it."""
    done = call("read", path)
    assert done.returncode == 0, done.stderr
    return list(csv.reader(io.StringIO(done.stdout.decode(), newline="")))


def gnumeric(path):
    out = SCRATCH / "gnumeric.csv"
    subprocess.run(["ssconvert", path, out], check=True, capture_output=True)
    return list(csv.reader(out.open(newline="", encoding="utf-8")))


def check_whole():
    """a table that is exported and opened again is the same table, in every format"""
    before = read(DATA / "sample-200.csv")
    for ending in FORMATS:
        after = read(export(DATA / "sample-200.csv", f"all.{ending}"))
        assert after[0] == before[0], (ending, after[0])
        assert len(after) == len(before)
        # What was cleaned up when it was sent is clean in the export; the texts that nobody cleans are the same.
        column = before[0].index("Comentario interno")
        assert [row[column] for row in after] == [row[column] for row in before], ending


def check_rejected():
    """only rejected records are exported to be corrected, and their result columns are no fields"""
    for ending in FORMATS:
        saved = export(DATA / "sample-200.csv", f"rejected.{ending}", "--only", "rejected")
        if ending != "csv":
            rows = gnumeric(saved)
            assert rows[0][-5:] == [*ADDED, "Record (Kobra Import)"], rows[0][-5:]
            assert len(rows) == 4 and all(row[rows[0].index(ADDED[1])] == "Rejected" for row in rows[1:])
        done = call("check", saved)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        assert lines[-1]["summary"]["records"] == 3, done.stdout
        assert b"Kobra Import" not in done.stderr, done.stderr


def check_identity():
    """records of an export keep their reference when they are exported again, whatever row they are in then"""

    def references(path):
        rows = list(csv.reader(path.open(newline="", encoding="utf-8-sig")))
        assert rows[0][-1] == "Record (Kobra Import CSV)"
        return {row[0]: row[-1] for row in rows[1:]}

    first = export(DATA / "sample-200.csv", "first.csv")
    rejected = SCRATCH / "some.csv"
    lines = first.read_bytes().splitlines(keepends=True)
    rejected.write_bytes(b"".join([lines[0], *reversed(lines[40:50])]))
    again = references(export(rejected, "again.csv"))
    before = references(first)
    assert len(again) == 10 and all(before[key] == reference for key, reference in again.items())
    assert len({line.rsplit(b",", 1)[-1] for line in lines}) == 201


def check_corrected():
    """rejected records that are corrected and sent again are linked to the import they were in, and counted there"""
    journal = SCRATCH / "journal.db"
    rejected = export(DATA / "sample-200.csv", "to-correct.csv", "--only", "rejected", "--journal", journal)
    rejected.write_text(rejected.read_text(encoding="utf-8-sig").replace(",999,", ",1,"), encoding="utf-8-sig")
    export(rejected, "corrected.csv", "--journal", journal)
    later, earlier = (json.loads(line) for line in call("history", "list", "--journal", journal).stdout.splitlines())
    assert later["corrects"] == {"source": "sample-200.csv", "records": 3} and later["counts"]["accepted"] == 3, later
    assert earlier["counts"]["rejected"] == 3 and earlier["counts"]["corrected"] == 3 and "corrects" not in earlier, earlier
    key = next(csv.reader(io.StringIO(rejected.read_text(encoding="utf-8-sig").splitlines()[1])))[0]
    found = [json.loads(line) for line in call("history", "search", key, "--journal", journal).stdout.splitlines()]
    assert [hit["result"] for hit in found] == ["accepted", "rejected"], found


def check_formulas():
    """what a spreadsheet would run is text in an export, and itself again when it is opened"""
    strange = ["=1+1", "+52 55", "-x", "@a", "'=1", "''=1", "\t=1", "-5.00", "-1,234.50", "'", "plain"]
    table = SCRATCH / "strange.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["externalID", "productID", "currencyCode", "name", "Notas"])
        writer.writerows([f"A-{i}", "1", "MX", "Ana", text] for i, text in enumerate(strange))
    assert [row[4] for row in read(table)[1:]] == strange
    for ending in FORMATS:
        saved = export(table, f"safe.{ending}")
        assert [row[4] for row in read(saved)[1:]] == strange, (ending, read(saved))
    raw = list(csv.reader((SCRATCH / "safe.csv").open(newline="", encoding="utf-8-sig")))
    assert [row[4][0] for row in raw[1:6]] == ["'"] * 5 and raw[8][4] == "-5.00"


def check_only():
    """a word that names no records is refused before anything is sent"""
    done = call("send", DATA / "sample-200.csv", "--base-url", "http://127.0.0.1:9", "--results", SCRATCH / "none.csv", "--only", "some")
    assert done.returncode == 2 and b"not-accepted" in done.stderr


try:
    tap.run([value for name, value in list(globals().items()) if name.startswith("check_")])
finally:
    shutil.rmtree(SCRATCH)
