# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs bench-journal on a sheet of 100,000 x 65, and of as many rows as KOBRA_BENCH_ROWS says. Usage: bench-journal.py BENCH-JOURNAL"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import sheet as sheets

for n_rows in (100000, int(os.environ.get("KOBRA_BENCH_ROWS", "1000000"))):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kobra-bench-"))
    try:
        path = folder / "sheet.csv"
        sheets.write(path, n_rows)
        print(f"{n_rows:,} x 65", flush=True)
        subprocess.run([sys.argv[1], path, folder], check=True)
    finally:
        shutil.rmtree(folder)
