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

PROGRAM = sys.argv[1]
N_ROWS = int(os.environ.get("KOBRA_BENCH_ROWS", "100000"))

FIELDS = """externalID kobraID branchID productID currencyCode name firstSurname secondSurname additionalSurname email birthdate rfc curp
nationality residenceTypeID civilStatus gender ife dependants street crossStreets outdoorNumber indoorNumber suburb city state postalCode
lat lng addressDate phoneNumber cellphoneNumber addressTypeID initialCapital pendingCapital pendingOrdinaryInterests
pendingOverdueInterest iva totalPending paidCapital paidOrdinaryInterest paidOverdueInterest totalPaid pendingPayments paymentsDone
amountPaymentPeriodicity lastPaymentDate overdueDays lastPaymentAmount loanDate paymentInformationBankName
paymentInformationAcountHolder paymentInformationAccountReference paymentInformationAccountNumber paymentInformationAccountCLABE
requiredPayment requiredPaymentMaxDate internalAgentsNetwork inactive lenderIDcdc contractType accountType productoType periodicity
overduePeriods""".split()

ROW = """4563 12 1 MX José|Luis Gutiérrez Ñáñez  persona{0}@example.com 1985-07-14 GUNJ850714AB1 GUNJ850714HDFTXS09 MX 1 C M
PEGZAD75121204M00G 2 Avenida|Insurgentes|Sur Entre|Morelos|y|Juárez 1602 4B Crédito|Constructor Benito|Juárez Ciudad|de|México 03940
19.3727 -99.1794 2010-05-01 5555123456 5544556677 C 25000.00 18000.50 1200.25 310.75 192.00 19703.50 7000.00 900.00 0.00 7900.00 18 6
1500.00 2024-09-30 45 1500.00 2023-03-15 BBVA Financiera|de|Ejemplo|SA REF-{0} 0123456789 012180001234567899 1500.00 2024-11-15 false
false 000316 CC I F M 2""".split()


def write_sheet(path):
    cells = [c.replace("|", " ") for c in ROW]
    cells.insert(7, "")
    assert len(cells) == 64, len(cells)
    line = ",".join(cells)
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(FIELDS) + "\n")
        for i in range(N_ROWS):
            file.write(f"A-{i:07}," + line.format(f"{i:07}") + "\n")


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
    write_sheet(sheet)
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
