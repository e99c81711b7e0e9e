# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs bench-window on a sheet of 100,000 x 65. Usage: bench-window.py BENCH-WINDOW"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

import sheet as sheets

folder = pathlib.Path(tempfile.mkdtemp(prefix="kobra-bench-"))
try:
    path = folder / "sheet.csv"
    sheets.write(path, 100000)
    sys.exit(subprocess.run([sys.argv[1], path]).returncode)
finally:
    shutil.rmtree(folder)
