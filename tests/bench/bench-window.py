# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs bench-window on a sheet of 65 columns. Usage: bench-window.py BENCH-WINDOW [ROWS]"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

import sheet as sheets

folder = pathlib.Path(tempfile.mkdtemp(prefix="kobra-bench-"))
try:
    path, raw = folder / "sheet.csv", folder / "raw.csv"
    sheets.write(raw, int(sys.argv[2]) if len(sys.argv) > 2 else 100000)
    # Dates that opening puts right, and telephones that it leaves to be asked for.
    with raw.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as changed:
        for line in lines:
            changed.write(line.replace("2024-09-30", "30/09/2024").replace("5555123456", "55 5512 3456"))
    raw.unlink()
    sys.exit(subprocess.run([sys.argv[1], path]).returncode)
finally:
    shutil.rmtree(folder)
