# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheet next to a GtkColumnView with GtkInscription of the same 1,000,000 x 65 cells: CPU milliseconds a frame, and memory.
Usage: bench-sheet.py BENCH-SHEET"""

import statistics
import subprocess
import sys

WANTED = {"first-frame": 6, "3-rows": 5, "page": 6, "jump": 8, "column": None, "memory": 3}
N_RUNS = 2


def run(what):
    lines = subprocess.run([sys.argv[1], what], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return {name: list(map(float, figures)) for name, *figures in map(str.split, lines)}


# One after the other and again, so that whatever else the machine does is in both.
runs = [(run("sheet"), run("column-view")) for _ in range(N_RUNS)]
print("1,000,000 x 65, 1600 x 1000, CPU ms a frame (medians) and MB of memory; in brackets what the sheet's own code took, median and most")
for name, share in WANTED.items():
    sheet, view = (statistics.median(pair[side][name][0] for pair in runs) for side in (0, 1))
    own = [max(column) for column in zip(*(pair[0][name][1:] for pair in runs))]
    words = f" ({own[0]:5.2f} {own[1]:5.2f})" if own else " " * 14
    aim = f", wanted at most 1/{share}" if share else ""
    print(f"{name:12} {sheet:8.2f}{words}   column view {view:8.2f}   1/{view / max(sheet, 0.01):.1f}{aim}")
