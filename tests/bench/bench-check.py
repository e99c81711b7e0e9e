# SPDX-License-Identifier: GPL-3.0-or-later
"""What `check` of a 100,000 x 65 CSV takes, next to Python's csv module reading the same file and keeping nothing.
Usage: bench-check.py KOBRA-IMPORT"""

import csv
import os
import pathlib
import shutil
import sys
import tempfile
import time

import sheet as sheets

PROGRAM = sys.argv[1]
N_ROWS = 100000


def run(arguments):
    """Wall seconds and peak memory in MB of a process."""
    begun = time.perf_counter()
    pid = os.fork()
    if pid == 0:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        os.execv(arguments[0], arguments)
    _, status, usage = os.wait4(pid, 0)
    return time.perf_counter() - begun, usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


folder = pathlib.Path(tempfile.mkdtemp(prefix="kobra-bench-"))
try:
    sheet = folder / "sheet.csv"
    sheets.write(sheet, N_ROWS)
    size = sheet.stat().st_size / 1e6
    begun = time.perf_counter()
    with open(sheet, encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            pass
    baseline = time.perf_counter() - begun
    times = sorted(run([PROGRAM, "check", str(sheet)]) for _ in range(5))
    wall, memory, status = times[len(times) // 2]
    assert status in (0, 1), status
    print(f"{N_ROWS:,} rows x 65, {size:.0f} MB, medians of 5")
    print(f"kobra-import check: {wall:.2f} s, {memory:.0f} MB at its peak, {memory / size:.2f} of the file's size")
    print(f"Python's csv, keeping nothing: {baseline:.2f} s; ratio {wall / baseline:.2f}")
finally:
    shutil.rmtree(folder)
