# SPDX-License-Identifier: GPL-3.0-or-later
"""How the books in this folder were made: one made-up table, written by other programs than ours.

Usage: make-books.py PROGRAM FOLDER

PROGRAM is one of these, and must be installed; the first comes first, as Gnumeric and LibreOffice convert what it wrote.
  openpyxl     openpyxl (3.1.5), which writes formulas without their values
  gnumeric     ssconvert (1.12.59)
  libreoffice  soffice (7.4)
  sheetjs      node with the package xlsx (0.18.5); NODE_PATH says where it is

Gnumeric leaves out of XLSX that a sheet is hidden, SheetJS out of ODS. Each book has a hidden sheet before the one that is to be read, and a second one after it. The table begins with a merged title and a blank row, and
has what spreadsheets get wrong: text of digits, numbers shown with zeros in front, one of more digits than are kept, dates whose months are
spelt in Spanish, days of both date systems, percents, times, truth values, failures, formulas of each kind, and cells that only have a format.
"""

import datetime
import json
import pathlib
import subprocess
import sys

TITLE = "Cartera de octubre"
HEADERS = ["Cuenta", "Nombre", "C.P.", "CLABE", "Tarjeta", "Saldo", "Nacimiento", "Alta", "Corte", "Tasa", "Hora", "Visita", "Activo", "Buró",
           "Doble", "Clave", "Debe", "Falla", "Pago", "Nota"]
FORMATS = {"C": "00000", "F": "#,##0.00", "G": "dd/mm/yyyy", "H": '[$-80A]d" de "mmmm" de "yyyy', "I": "[$-80A]dd\\-mmm\\-yy", "J": "0.0%", "K": "hh:mm",
           "L": "dd/mm/yyyy hh:mm", "S": "dd/mm/yyyy"}
FIRST_ROW = 4


def formulas(row, saldo, cuenta, pago):
    """Each with the value that it has."""
    return {"O": (f"F{row}*2", saldo * 2), "P": (f'"K-"&A{row}', "K-" + cuenta), "Q": (f"F{row}>1000", saldo > 1000), "R": (f"F{row}/0", "#DIV/0!"), "S": (f"G{row}+30", pago)}


def rows():
    """Cells by their column's letter; formulas are pairs."""
    day, moment = datetime.date, datetime.datetime
    yield {"A": "0001", "B": "José Peña & Cía <SA>", "C": 6700, "D": "002115016003269411", "E": 123456789012345678, "F": 1234.5, "G": day(1980, 12, 31),
           "H": day(2024, 1, 5), "I": day(2024, 12, 2), "J": 0.125, "K": 0.5, "L": moment(2024, 1, 31, 8, 5), "M": True, "N": "#N/A",
           **formulas(4, 1234.5, "0001", day(1981, 1, 30)), "T": "línea 1\nlínea 2"}
    yield {"A": "0002", "B": "Íñigo “Güemes”", "C": 44100, "D": "014180655012345674", "E": 5, "F": -0.1, "G": day(1910, 3, 1), "H": day(2024, 4, 30), "I": day(2023, 8, 15),
           "J": 1, "K": 0.25, "L": moment(2024, 2, 29), "M": False, **formulas(5, -0.1, "0002", day(1910, 3, 31)), "T": " dos  espacios "}
    yield {}
    yield {"A": "0003", "B": "€ ñ", "C": 5, "F": 1e-7, "G": day(2024, 2, 29), "J": 0, **formulas(7, 1e-7, "0003", day(2024, 3, 30))}


def with_openpyxl(folder):
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    hidden = book.active
    hidden.title, hidden.sheet_state = "Oculta", "hidden"
    hidden.append(["secreto"])
    page = book.create_sheet("Cartera")
    page["A1"] = TITLE
    page.merge_cells("A1:F1")
    for letter, header in zip("ABCDEFGHIJKLMNOPQRST", HEADERS, strict=True):
        page[f"{letter}3"] = header
    for number, cells in enumerate(rows(), FIRST_ROW):
        for letter, format in FORMATS.items():
            page[f"{letter}{number}"].number_format = format
        for letter, value in cells.items():
            cell = page[f"{letter}{number}"]
            cell.value = f"={value[0]}" if isinstance(value, tuple) else value
            cell.number_format = FORMATS.get(letter, "General")
    page["B7"] = CellRichText("€ ", TextBlock(InlineFont(b=True), "ñ"))
    other = book.create_sheet("Otra")
    other.append(["ID visita", "Estado"])
    other.append([7, 3])
    book.save(folder / "openpyxl.xlsx")
    book.epoch = CALENDAR_MAC_1904
    book.save(folder / "openpyxl-1904.xlsx")


def with_gnumeric(folder):
    for source in ("openpyxl", "openpyxl-1904"):
        for name, exporter in ((".xlsx", "Excel:xlsx2"), (".ods", "OpenCalc:odf"), (".xls", "Excel:excel_biff8"), ("-95.xls", "Excel:excel_biff7")):
            subprocess.run(["ssconvert", "--recalc", "-T", f"Gnumeric_{exporter}", folder / f"{source}.xlsx", folder / f"{source.replace('openpyxl', 'gnumeric')}{name}"], check=True)
    options = "sheet=Cartera charset=WINDOWS-1252 separator=; format=preserve quoting-mode=auto"
    subprocess.run(["ssconvert", "-T", "Gnumeric_stf:stf_assistant", "-O", options, folder / "openpyxl.xlsx", folder / "gnumeric.csv"], check=True)


def with_libreoffice(folder):
    for source in ("openpyxl", "openpyxl-1904"):
        name = source.replace("openpyxl", "libreoffice")
        for ending, filter in (("xlsx", "Calc MS Excel 2007 XML"), ("ods", "calc8"), ("xls", "MS Excel 97")):
            scratch = folder / "scratch"
            subprocess.run(["soffice", "--headless", "--convert-to", f"{ending}:{filter}", "--outdir", scratch, folder / f"{source}.xlsx"], check=True)
            (scratch / f"{source}.{ending}").rename(folder / f"{name}.{ending}")
    # Semicolons, quotation marks, Windows-1252, text as it is shown; the second sheet.
    filter = "Text - txt - csv (StarCalc):59,34,ANSI,1,,2058,false,true,false,false,false,2"
    subprocess.run(["soffice", "--headless", "--convert-to", f"csv:{filter}", "--outdir", scratch, folder / "openpyxl.xlsx"], check=True)
    (scratch / "openpyxl-Cartera.csv").rename(folder / "libreoffice.csv")
    scratch.rmdir()


def for_sheetjs(value, letter, is_1904):
    """A cell as SheetJS has it."""
    formula, value = value if isinstance(value, tuple) else (None, value)
    cell = {"t": "b" if isinstance(value, bool) else "n" if not isinstance(value, str) else "e" if value.startswith("#") else "s", "v": value}
    if isinstance(value, datetime.date):
        start = datetime.datetime(1904, 1, 1) if is_1904 else datetime.datetime(1899, 12, 30)
        whole = value if isinstance(value, datetime.datetime) else datetime.datetime(value.year, value.month, value.day)
        cell["v"] = (whole - start) / datetime.timedelta(days=1)
    if cell["t"] == "e":
        cell["v"] = {"#N/A": 42, "#DIV/0!": 7}[value]
    if letter in FORMATS:
        cell["z"] = FORMATS[letter]
    if formula is not None:
        cell["f"] = formula
    return cell


SHEETJS = """
const X = require("xlsx"), given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const book = X.utils.book_new ();
X.utils.book_append_sheet (book, X.utils.aoa_to_sheet ([["secreto"]]), "Oculta");
X.utils.book_append_sheet (book, given.page, "Cartera");
X.utils.book_append_sheet (book, X.utils.aoa_to_sheet ([["ID visita", "Estado"], [7, 3]]), "Otra");
book.Workbook = { Sheets: [{ Hidden: 1 }, { Hidden: 0 }, { Hidden: 0 }], WBProps: { date1904: given.is_1904 } };
for (const [type, ending] of Object.entries (given.types))
  X.writeFile (book, given.stem + ending, { bookType: type, sheet: "Cartera", compression: true, cellDates: false });
"""


def with_sheetjs(folder):
    for stem, types in (("sheetjs", {"xlsx": ".xlsx", "ods": ".ods", "biff8": ".xls", "biff2": "-2.xls", "html": "-page.xls"}),
                        ("sheetjs-1904", {"xlsx": ".xlsx", "biff8": ".xls"})):
        is_1904 = stem.endswith("1904")
        page = {"!ref": "A1:T7", "!merges": [{"s": {"c": 0, "r": 0}, "e": {"c": 5, "r": 0}}], "A1": {"t": "s", "v": TITLE}}
        page |= {f"{letter}3": {"t": "s", "v": header} for letter, header in zip("ABCDEFGHIJKLMNOPQRST", HEADERS, strict=True)}
        for number, cells in enumerate(rows(), FIRST_ROW):
            page |= {f"{letter}{number}": for_sheetjs(value, letter, is_1904) for letter, value in cells.items()}
        given = {"page": page, "is_1904": is_1904, "stem": str(folder / stem), "types": types}
        subprocess.run(["node", "-e", SHEETJS], input=json.dumps(given), text=True, check=True)


{"openpyxl": with_openpyxl, "gnumeric": with_gnumeric, "libreoffice": with_libreoffice, "sheetjs": with_sheetjs}[sys.argv[1]](pathlib.Path(sys.argv[2]).resolve())
