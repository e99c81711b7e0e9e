#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the sample sheets, the same bytes each time:

  tests/data/sample-200.csv             what the tests import: clean but for what is listed below as wrong on purpose
  data/sample/cartera-de-ejemplo.csv    what a newcomer tries with the practice server: the habits of a person with a spreadsheet
  data/sample/promesas-de-ejemplo.csv   the same for payment promises

The people do not exist. Their tax and population IDs have the right form and check digit, but a homonym key that the
registries hardly give out; local telephone numbers begin with 0, which no exchange does; mail goes to example domains.
"""

import csv
import datetime
import io
import pathlib
import random
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]

WOMEN = ["Ana Sofía", "Begoña", "Cecilia", "Dulce María", "Eréndira", "Fátima", "Graciela", "Inés", "Itzel", "Jimena", "Leticia",
         "Lucía", "María Fernanda", "Mónica", "Nayeli", "Ofelia", "Rocío", "Socorro", "Úrsula", "Verónica", "Xóchitl", "Yolanda"]
MEN = ["Agustín", "Álvaro", "Braulio", "Cuauhtémoc", "Damián", "Efraín", "Fermín", "Gaspar", "Germán", "Hilario", "Íñigo",
       "José Ángel", "José Raúl", "Julián", "Leoncio", "Matías", "Nicolás", "Óscar", "Plácido", "Rubén", "Tomás", "Wenceslao"]
SURNAMES = ["Acuña", "Argüello", "Bañuelos", "Bermúdez", "Cañedo", "Carreño", "Castañón", "Cázares", "Güereña", "Izábal", "Lizárraga",
            "Llañes", "Magaña", "Murguía", "Nájera", "Núñez", "Ocádiz", "Olguín", "Ordóñez", "Peñúñuri", "Quiñones", "Rendón",
            "Rivadeneyra", "Sepúlveda", "Tirado", "Urquídez", "Villaseñor", "Yáñez", "Zambrano", "Zúñiga"]
STREETS = ["Av. Hidalgo", "Calle 5 de Mayo", "Av. Niños Héroes", "Calle Josefa Ortiz de Domínguez", "Priv. Jazmín", "Calz. de los Ángeles",
           "Blvd. Benito Juárez", "Calle Álamo", "Cerrada del Peñón", "And. Emiliano Zapata", "Calle Río Pánuco", "Av. Revolución"]

# Municipality, state, its two letters in a CURP, dialling code, latitude, longitude, quarters with their postal codes.
PLACES = [
    ("Cuauhtémoc", "Ciudad de México", "DF", "55", 19.4190, -99.1620, [("Roma Norte", "06700"), ("Doctores", "06720"), ("Juárez", "06600")]),
    ("Coyoacán", "Ciudad de México", "DF", "55", 19.3500, -99.1620, [("Del Carmen", "04100"), ("Santo Domingo", "04369")]),
    ("Guadalajara", "Jalisco", "JC", "33", 20.6740, -103.3470, [("Americana", "44160"), ("Analco", "44450")]),
    ("Monterrey", "Nuevo León", "NL", "81", 25.6720, -100.3100, [("Centro", "64000"), ("Mitras Centro", "64460")]),
    ("Puebla", "Puebla", "PL", "222", 19.0430, -98.1980, [("Centro", "72000"), ("La Paz", "72160")]),
    ("Mérida", "Yucatán", "YN", "999", 20.9670, -89.6230, [("Centro", "97000"), ("Itzimná", "97100")]),
    ("León", "Guanajuato", "GT", "477", 21.1220, -101.6840, [("Centro", "37000"), ("Obregón", "37320")]),
    ("Querétaro", "Querétaro", "QT", "442", 20.5880, -100.3890, [("Centro", "76000"), ("Cimatario", "76030")]),
    ("Morelia", "Michoacán", "MN", "443", 19.7030, -101.1920, [("Centro", "58000"), ("Chapultepec Norte", "58260")]),
    ("San Luis Potosí", "San Luis Potosí", "SP", "444", 22.1510, -100.9760, [("Centro", "78000"), ("Tequisquiapan", "78250")]),
    ("Oaxaca de Juárez", "Oaxaca", "OC", "951", 17.0610, -96.7250, [("Centro", "68000"), ("Reforma", "68050")]),
    ("Culiacán", "Sinaloa", "SL", "667", 24.8090, -107.3940, [("Centro", "80000"), ("Las Quintas", "80060")]),
]
BANKS = [("BBVA", "012"), ("Banorte", "072"), ("Santander", "014"), ("Banco Azteca", "127"), ("BanCoppel", "137"), ("HSBC", "021")]
CIVIL_WORDS = {"C": ("Casada", "Casado"), "S": ("Soltera", "Soltero"), "D": ("Divorciada", "Divorciado"), "L": ("Unión libre", "Unión libre")}
COMMENTS = ["", "", "", "Ya no vive ahí; preguntar a la vecina", "Llamar después de las 18:00", "Promete pagar “en la quincena”", "Visitado – sin respuesta",
            "Dice: \"ya liquidé\"; pedir recibo", "Ñoño’s Taller, preguntar por el dueño", "OK"]

# Where a person's name would give an unfit word, the registries write X for its second letter (CURP) or its last (RFC).
UNFIT = {"CACA", "CAGO", "CAKA", "COGE", "COJA", "CULO", "GUEI", "LOCO", "LOKA", "MAME", "MEAR", "MION", "MOCO", "MULA", "NACO", "PEDA", "PEDO",
         "PENE", "PUTA", "PUTO", "QULO", "RATA", "RUIN"}


def plain(name):
    """Capitals without accents, Ñ kept."""
    kept = name.upper().replace("Ñ", "\0")
    kept = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return kept.replace("\0", "Ñ")


def main_given_name(given):
    """The name that counts: not José or María where another follows."""
    words = plain(given).split()
    return words[1] if len(words) > 1 and words[0] in ("JOSE", "MARIA") else words[0]


def four_letters(person):
    first, second = plain(person["first_surname"]), plain(person["second_surname"] or "X")
    vowel = next((c for c in first[1:] if c in "AEIOU"), "X")
    return (first[0] + vowel + second[0] + main_given_name(person["given"])[0]).replace("Ñ", "X")


def inner_consonant(word):
    return next((c for c in word[1:] if c not in "AEIOU"), "X").replace("Ñ", "X")


def curp_digit(curp):
    values = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
    return str(-sum(values.index(c) * (18 - i) for i, c in enumerate(curp)) % 10)


def make_curp(person):
    letters = four_letters(person)
    letters = letters[0] + "X" + letters[2:] if letters in UNFIT else letters
    born = person["born"]
    curp = letters + born.strftime("%y%m%d") + ("M" if person["gender"] == "F" else "H") + person["place"][2]
    for word in (plain(person["first_surname"]), plain(person["second_surname"] or "X"), main_given_name(person["given"])):
        curp += inner_consonant(word)
    curp += "9" if born.year < 2000 else "J"
    return curp + curp_digit(curp)


def rfc_digit(rfc):
    values = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
    rest = sum(values.index(c) * (13 - i) for i, c in enumerate(rfc)) % 11
    return "0" if rest == 0 else "A" if rest == 1 else str(11 - rest)


def make_rfc(person, dice):
    letters = four_letters(person)
    letters = letters[:3] + "X" if letters in UNFIT else letters
    rfc = letters + person["born"].strftime("%y%m%d") + "Z" + dice.choice("TUVWXYZ")
    return rfc + rfc_digit(rfc)


def clabe_digit(clabe):
    return str(-sum(int(c) * (3, 7, 1)[i % 3] % 10 for i, c in enumerate(clabe)) % 10)


def make_clabe(bank_code, number):
    clabe = f"{bank_code}180{number:011d}"
    return clabe + clabe_digit(clabe)


def make_telephone(place, dice):
    code = place[3]
    return code + "0" + "".join(dice.choice("0123456789") for _ in range(9 - len(code)))


def spoil_digit(text):
    """Another last digit, for an ID that is wrong on purpose."""
    return text[:-1] + ("7" if text[-1] != "7" else "3")


def make_person(dice, taken):
    while True:
        gender = dice.choice("FM")
        given = dice.choice(WOMEN if gender == "F" else MEN)
        first, second = dice.sample(SURNAMES, 2)
        if (given, first, second) not in taken:
            break
    taken.add((given, first, second))
    person = {
        "gender": gender,
        "given": given,
        "first_surname": first,
        "second_surname": second if dice.random() > 0.06 else "",
        "born": datetime.date(dice.randint(1951, 2003), dice.randint(1, 12), dice.randint(1, 28)),
        "civil": dice.choice("CCCSSSDL"),
        "place": dice.choice(PLACES),
    }
    person["rfc"] = make_rfc(person, dice)
    person["curp"] = make_curp(person)
    person["mail"] = ".".join(plain(w).lower().replace("ñ", "n") for w in (main_given_name(given), first)) + "@example." + dice.choice(["com", "org", "net"])
    return person


def cents(amount):
    return f"{amount // 100}.{amount % 100:02d}"


def make_loan(dice):
    """Amounts in cents; the total is the sum of its parts."""
    lent = dice.randrange(300000, 9000000, 50000)
    capital = dice.randrange(lent // 10, lent)
    ordinary, overdue = capital * dice.randint(2, 18) // 100, capital * dice.randint(0, 25) // 100
    vat = (ordinary + overdue) * 16 // 100
    granted = datetime.date(2022, 1, 3) + datetime.timedelta(days=dice.randrange(900))
    paid = granted + datetime.timedelta(days=dice.randint(20, 200))
    return {"lent": lent, "capital": capital, "ordinary": ordinary, "overdue": overdue, "vat": vat, "total": capital + ordinary + overdue + vat,
            "granted": granted, "paid": paid, "paid_amount": dice.randrange(20000, 400000, 100), "days": dice.randint(1, 420)}


def make_row(number, dice, taken):
    """A row of sample-200.csv: every value as the API wants it, so that nothing needs to be cleaned."""
    person, loan = make_person(dice, taken), make_loan(dice)
    place = person["place"]
    quarter, postal_code = dice.choice(place[6])
    bank, bank_code = dice.choice(BANKS)
    located = dice.random() > 0.3
    return {
        "No. crédito": f"{450000 + number * 7:08d}",
        "Sucursal": str(dice.randint(1, 24)),
        "Producto": "1",
        "Moneda": "MX" if dice.random() > 0.05 else "US",
        "Nombre(s)": person["given"],
        "Apellido paterno": person["first_surname"],
        "Apellido materno": person["second_surname"],
        "Correo electrónico": person["mail"] if dice.random() > 0.25 else "",
        "Fecha de nacimiento": person["born"].isoformat(),
        "RFC": person["rfc"],
        "CURP": person["curp"],
        "Estado civil": person["civil"],
        "Sexo": person["gender"],
        "Dependientes": str(dice.randint(0, 5)),
        "Calle": dice.choice(STREETS),
        "Núm. ext.": dice.choice(["", "Mz. 4 Lt. "]) + str(dice.randint(1, 2400)),
        "Núm. int.": dice.choice(["", "", "", "3", "B", "Depto. 201"]),
        "Colonia": quarter,
        "Municipio": place[0],
        "Estado": place[1],
        "C.P.": postal_code,
        "Latitud": f"{place[4] + dice.uniform(-0.02, 0.02):.6f}" if located else "",
        "Longitud": f"{place[5] + dice.uniform(-0.02, 0.02):.6f}" if located else "",
        "Tipo de vivienda": dice.choice(["1", "1", "2", "3", "4", ""]),
        "Teléfono": make_telephone(place, dice) if dice.random() > 0.4 else "",
        "Celular": make_telephone(place, dice),
        "Monto otorgado": cents(loan["lent"]),
        "Capital pendiente": cents(loan["capital"]),
        "Intereses ordinarios": cents(loan["ordinary"]),
        "Intereses moratorios": cents(loan["overdue"]),
        "IVA": cents(loan["vat"]),
        "Saldo total": cents(loan["total"]),
        "Días de atraso": str(loan["days"]),
        "Fecha de otorgamiento": loan["granted"].isoformat(),
        "Fecha último pago": loan["paid"].isoformat(),
        "Monto último pago": cents(loan["paid_amount"]),
        "Banco": bank,
        "CLABE interbancaria": make_clabe(bank_code, number),
        "Red interna": dice.choice(["true", "false"]),
        "Comentario interno": dice.choice(COMMENTS),
    }


# What is wrong on purpose in sample-200.csv, by line as a spreadsheet counts (the header is 1). TWINS are two lines with one key.
# The doubtful postal codes are of Mexico City, whose zero in front a spreadsheet has eaten.
ERRORS = {
    14: ("Nombre(s)", lambda row: ""),
    33: ("Colonia", lambda row: "Fraccionamiento Residencial Lomas del Peñasco Segunda Sección"),
    58: ("Fecha de nacimiento", lambda row: "1979-02-30"),
    97: ("Estado civil", lambda row: "V"),
    120: ("Capital pendiente", lambda row: "doce mil"),
}
TWINS = (61, 162)
SERVER_REFUSES = (45, 105, 188)
WARNINGS = {
    9: ("RFC", lambda row: spoil_digit(row["RFC"])),
    51: ("RFC", lambda row: spoil_digit(row["RFC"])),
    110: ("RFC", lambda row: spoil_digit(row["RFC"])),
    173: ("RFC", lambda row: spoil_digit(row["RFC"])),
    22: ("Celular", lambda row: row["Celular"][2:]),
    77: ("Celular", lambda row: row["Celular"][2:]),
    141: ("Celular", lambda row: row["Celular"][2:]),
    53: ("C.P.", lambda row: row["C.P."].removeprefix("0")),
    128: ("C.P.", lambda row: row["C.P."].removeprefix("0")),
    196: ("C.P.", lambda row: row["C.P."].removeprefix("0")),
}


def make_tests_sheet():
    dice, taken = random.Random(20251006), set()
    lines = {line: make_row(line, dice, taken) for line in range(2, 202)}
    for line, (column, change) in {**ERRORS, **WARNINGS}.items():
        lines[line][column] = change(lines[line])
    for line in SERVER_REFUSES:
        lines[line]["Sucursal"] = "999"
    lines[TWINS[1]]["No. crédito"] = lines[TWINS[0]]["No. crédito"]
    return list(lines.values())


def money(amount):
    return f"${amount / 100:,.2f}"


def day(date):
    return date.strftime("%d/%m/%Y")


def make_newcomers_row(number, dice, taken):
    person, loan = make_person(dice, taken), make_loan(dice)
    place = person["place"]
    quarter, postal_code = dice.choice(place[6])
    return {
        "No. de crédito": f"C-{2400 + number}",
        "Nombre(s)": person["given"],
        "Apellido paterno": person["first_surname"],
        "Apellido materno": person["second_surname"],
        "Fecha de nacimiento": day(person["born"]),
        "Género": "Mujer" if person["gender"] == "F" else "Hombre",
        "Estado civil": CIVIL_WORDS[person["civil"]][person["gender"] == "M"],
        "RFC": person["rfc"],
        "CURP": person["curp"],
        "Producto": "Cobranza",
        "Moneda": "MXN",
        "Sucursal": str(dice.randint(1, 6)),
        "Calle": dice.choice(STREETS),
        "Núm. ext.": str(dice.randint(1, 2400)),
        "Núm. int.": dice.choice(["", "", "", "4", "Depto. 102"]),
        "Colonia": quarter,
        "Municipio": place[0],
        "Estado": place[1],
        "C.P.": postal_code,
        "Celular": make_telephone(place, dice),
        "Correo electrónico": person["mail"] if dice.random() > 0.3 else "",
        "Capital pendiente": money(loan["capital"]),
        "Interés ordinario": money(loan["ordinary"]),
        "Interés moratorio": money(loan["overdue"]),
        "IVA": money(loan["vat"]),
        "Saldo total": money(loan["total"]),
        "Días de atraso": str(loan["days"]),
        "Fecha último pago": day(loan["paid"]),
        "Monto último pago": money(loan["paid_amount"]),
        "Comentarios": dice.choice(COMMENTS),
    }


def plant_lost_birthday(row):
    """A day that no year has; the IDs show what was meant."""
    given = {"given": row["Nombre(s)"], "first_surname": row["Apellido paterno"], "second_surname": row["Apellido materno"],
             "gender": "F" if row["Género"] == "Mujer" else "M", "born": datetime.date(1980, 2, 28),
             "place": next(place for place in PLACES if place[0] == row["Municipio"])}
    row.update({"Fecha de nacimiento": "31/02/1980", "RFC": make_rfc(given, random.Random(1)), "CURP": make_curp(given)})


# What a newcomer finds wrong, by line: three that can be put right in the sheet, two that only a server knows, two doubts.
NEWCOMERS_TROUBLE = {
    7: lambda row: row.update({"Nombre(s)": "", "Comentarios": "El nombre está en el expediente"}),
    16: plant_lost_birthday,
    25: lambda row: row.update({"Estado civil": "Viudo"}),
    12: lambda row: row.update({"Sucursal": "999"}),
    34: lambda row: row.update({"Sucursal": "999"}),
    10: lambda row: row.update({"RFC": spoil_digit(row["RFC"])}),
    29: lambda row: row.update({"Celular": row["Celular"][2:]}),
}


def make_newcomers_sheet():
    dice, taken = random.Random(1984), set()
    lines = {line: make_newcomers_row(line, dice, taken) for line in range(2, 42)}
    for line, change in NEWCOMERS_TROUBLE.items():
        change(lines[line])
    return list(lines.values())


PROMISES = [(1045637, "Cubierta"), (1045702, "Activa"), (1045715, "No cubierta"), (1045733, "Pago parcial"), (1045748, "Cubierta"),
            (1045751, "Activa"), (1045790, "Incumplida"), (1045804, "Cumplida"), (1045811, "Vigente"), (1045826, "Parcial"),
            (1045839, "No cubierta"), (1045842, "Pagada")]


def write(path, rows, delimiter, line_end, encoding):
    text = io.StringIO()
    table = csv.DictWriter(text, rows[0].keys(), delimiter=delimiter, lineterminator=line_end)
    table.writeheader()
    table.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(encoding))


def main():
    write(ROOT / "tests/data/sample-200.csv", make_tests_sheet(), ";", "\r\n", "cp1252")
    write(ROOT / "data/sample/cartera-de-ejemplo.csv", make_newcomers_sheet(), ",", "\n", "utf-8")
    promises = [{"ID visita": visit, "Estado de la promesa": status} for visit, status in PROMISES]
    write(ROOT / "data/sample/promesas-de-ejemplo.csv", promises, ";", "\n", "utf-8")


if __name__ == "__main__":
    main()
