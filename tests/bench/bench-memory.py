# SPDX-License-Identifier: GPL-3.0-or-later
"""The peak memory of sending 1,000,000 records, with a journal, next to that of checking them. Usage: bench-memory.py KOBRA-IMPORT"""

import pathlib
import shutil
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
N = 1000000


def write(path):
    with open(path, "w") as file:
        file.write("externalID,productID,currencyCode,name,totalPending,totalPaid,overdueDays,city\n")
        for i in range(N):
            file.write(f"A-{i},1,MX,José {i},1234.10,10.5,12,Puebla\n")


def measure(*arguments):
    """Peak in MB of a run that must end well: what the kernel says of it just before it is gone."""
    peak = 0
    with subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            status = pathlib.Path("/proc", str(process.pid), "status").read_text()
            if "VmHWM:" in status:
                peak = int(status.split("VmHWM:")[1].split()[0]) / 1024
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                pass
    assert process.returncode == 0, process.returncode
    return peak


folder = pathlib.Path(tempfile.mkdtemp(prefix="kobra-bench-"))
try:
    sheet, password = folder / "sheet.csv", folder / "password"
    write(sheet)
    password.write_text("practice")
    checked = measure("check", sheet)
    with subprocess.Popen([PROGRAM, "practice"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as practice:
        try:
            sign_in = ("--base-url", practice.stdout.readline().strip(), "--user", "practice", "--password-file", password)
            sent = measure("send", sheet, *sign_in, "--journal", folder / "journal.db")
        finally:
            practice.terminate()
    print(f"{N} records: {checked:.0f} MB to check them, {sent:.0f} MB to send them with a journal; {sent - checked:.0f} MB more")
finally:
    shutil.rmtree(folder)
