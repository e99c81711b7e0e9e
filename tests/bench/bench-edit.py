# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs bench-edit on a sheet of 1,000,000 x 65, or of as many rows as KOBRA_BENCH_ROWS says. Usage: bench-edit.py BENCH-EDIT
paste|column|rows"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import sheet as sheets

folder = pathlib.Path(tempfile.mkdtemp(prefix="kobra-bench-"))
try:
    path = folder / "sheet.csv"
    sheets.write(path, int(os.environ.get("KOBRA_BENCH_ROWS", "1000000")))
    sys.exit(subprocess.run([sys.argv[1], path, folder / "journal.db", sys.argv[2]]).returncode)
finally:
    shutil.rmtree(folder)
