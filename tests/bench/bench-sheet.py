# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheet next to a GtkColumnView with GtkInscription of the same 1,000,000 x 65 cells: CPU milliseconds a frame, and memory.
Usage: bench-sheet.py BENCH-SHEET"""

import subprocess
import sys

WANTED = {"first-frame": 6, "3-rows": 5, "page": 6, "jump": 8, "column": None, "memory": 3}


def run(what):
    lines = subprocess.run([sys.argv[1], what], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return {name: float(figure) for name, figure in map(str.split, lines)}


sheet, view = run("sheet"), run("column-view")
print("1,000,000 x 65, 1600 x 1000, CPU ms a frame (medians) and MB of memory")
for name, share in WANTED.items():
    aim = f", wanted at most 1/{share}" if share else ""
    print(f"{name:12} {sheet[name]:8.2f}   column view {view[name]:8.2f}   1/{view[name] / max(sheet[name], 0.01):.1f}{aim}")
