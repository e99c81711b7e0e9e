# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs bench-view on a sheet of 1,000,000 x 65, or of as many rows as KOBRA_BENCH_ROWS says. Usage: bench-view.py BENCH-VIEW"""

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
    sys.exit(subprocess.run([sys.argv[1], path]).returncode)
finally:
    shutil.rmtree(folder)
