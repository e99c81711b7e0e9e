# SPDX-License-Identifier: GPL-3.0-or-later
"""A sheet of 65 columns as large as one likes: every field filled but one, as a lender's system exports it."""

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


def write(path, n_rows):
    """Writes @n_rows accounts to @path, about 570 bytes each."""
    cells = [c.replace("|", " ") for c in ROW]
    cells.insert(7, "")
    assert len(cells) == 64, len(cells)
    line = ",".join(cells)
    with open(path, "w", encoding="utf-8") as file:
        file.write(",".join(FIELDS) + "\n")
        for i in range(n_rows):
            file.write(f"A-{i:07}," + line.format(f"{i:07}") + "\n")
