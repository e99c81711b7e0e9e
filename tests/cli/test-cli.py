# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as a subprocess, against the practice server as another. Usage: test-cli.py KOBRA-IMPORT DATA-FOLDER"""

import csv
import http.server
import io
import json
import os
import pathlib
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import zipfile

import tap

PROGRAM, DATA = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
SAMPLE = DATA / "sample-200.csv"
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
PASSWORD = "practice"
PASSWORD_FILE = SCRATCH / "password"
PASSWORD_FILE.write_text(PASSWORD + "\n")

# What the sample's headers mean, written down here so that the program can't agree with itself.
FIELDS = {
    "No. crédito": "externalID", "Sucursal": "branchID", "Producto": "productID", "Moneda": "currencyCode", "Nombre(s)": "name",
    "Apellido paterno": "firstSurname", "Apellido materno": "secondSurname", "Correo electrónico": "email",
    "Fecha de nacimiento": "birthdate", "RFC": "rfc", "CURP": "curp", "Estado civil": "civilStatus", "Sexo": "gender",
    "Dependientes": "dependants", "Calle": "street", "Núm. ext.": "outdoorNumber", "Núm. int.": "indoorNumber",
    "Colonia": "suburb", "Municipio": "city", "Estado": "state", "C.P.": "postalCode", "Latitud": "lat", "Longitud": "lng",
    "Tipo de vivienda": "residenceTypeID", "Teléfono": "phoneNumber", "Celular": "cellphoneNumber",
    "Monto otorgado": "initialCapital", "Capital pendiente": "pendingCapital", "Intereses ordinarios": "pendingOrdinaryInterests",
    "Intereses moratorios": "pendingOverdueInterest", "IVA": "iva", "Saldo total": "totalPending", "Días de atraso": "overdueDays",
    "Fecha de otorgamiento": "loanDate", "Fecha último pago": "lastPaymentDate", "Monto último pago": "lastPaymentAmount",
    "Banco": "paymentInformationBankName", "CLABE interbancaria": "paymentInformationAccountCLABE",
    "Red interna": "internalAgentsNetwork", "Comentario interno": None,
}


def call(*arguments, **options):
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, env=environment, timeout=100, **options)


class Practice:
    """A practice server for as long as the block lasts."""

    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.process = subprocess.Popen([PROGRAM, "practice", *self.options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.url = self.process.stdout.readline().decode().strip()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0

    def get(self, path):
        with urllib.request.urlopen(self.url + path) as reply:
            return json.loads(reply.read(), parse_float=str, parse_int=str)

    def send(self, file, *options, password_file=PASSWORD_FILE):
        return call("send", file, "--base-url", self.url, "--user", "practice", "--password-file", password_file, *options)


def lines_of(result):
    lines = [json.loads(line) for line in result.stdout.decode().splitlines()]
    return lines[:-1], lines[-1]["summary"]


def check_tells_every_record():
    """check prints a line for each of 200 records and finds the 7 that are invalid"""
    result = call("check", SAMPLE)
    records, summary = lines_of(result)
    assert result.returncode == 1, result.returncode
    assert len(records) == 200 and summary["records"] == 200
    assert summary["invalid"] == 7 == sum(r["status"] == "invalid" for r in records)
    for record in records:
        assert set(record) == {"row", "key", "status", "problems"}
        for problem in record["problems"]:
            assert set(problem) == {"field", "severity", "code", "message"} and problem["message"]
    assert [r["row"] for r in records] == list(range(2, 202))


def read_prints_the_table():
    """read prints what the file says, as CSV in UTF-8"""
    result = call("read", SAMPLE)
    printed = list(csv.reader(io.StringIO(result.stdout.decode("utf-8"))))
    with open(SAMPLE, encoding="cp1252", newline="") as file:
        assert printed == list(csv.reader(file, delimiter=";"))
    assert result.returncode == 0


def send_answers_every_record():
    """send ends with 190 accepted, 3 rejected with the server's words and 7 not sent with ours"""
    with Practice() as practice:
        result = practice.send(SAMPLE)
        records, summary = lines_of(result)
        assert result.returncode == 1, (result.returncode, result.stderr)
        assert (summary["accepted"], summary["rejected"], summary["not-sent"], summary["unknown"]) == (190, 3, 7, 0), summary
        rejected = [r for r in records if r["result"] == "rejected"]
        assert len(rejected) == 3 and all("sucursal" in r["message"] for r in rejected)
        not_sent = [r for r in records if r["result"] == "not-sent"]
        assert len(not_sent) == 7 and all(r["message"] and r["status"] == "invalid" for r in not_sent)
        assert len(practice.get("/practice/records?kind=accounts")) == 190


def the_server_holds_what_the_file_says():
    """every value of every accepted record arrives as the file has it, digit for digit"""
    with Practice() as practice:
        practice.send(SAMPLE)
        held = {r["externalID"]: r for r in practice.get("/practice/records?kind=accounts")}
    with open(SAMPLE, encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    compared = 0
    for row in rows:
        said = {FIELDS[h]: v for h, v in row.items() if FIELDS[h] and v != ""}
        if said.get("externalID") not in held:
            continue
        got = held[said["externalID"]]
        got = {k: {True: "true", False: "false"}.get(v, v) if isinstance(v, bool) else v for k, v in got.items()}
        assert said == got, [(k, said.get(k) == got.get(k)) for k in said.keys() | got.keys()]
        compared += 1
    assert compared >= 189, compared


def chosen_keys_are_rejected():
    """a record that only the server refuses is rejected alone, with its words"""
    key = json.loads(call("check", SAMPLE).stdout.decode().splitlines()[0])["key"]
    with Practice("--reject", key) as practice:
        records, summary = lines_of(practice.send(SAMPLE, "--batch", "50"))
    assert summary["rejected"] == 4
    assert [r["result"] for r in records if r["key"] == key] == ["rejected"]


def results_spare_the_table():
    """the results are never written over the table or the journal, and the table is no journal"""
    table = SCRATCH / "tabla.csv"
    table.write_text("ID externo;Producto;Moneda;Nombre\n1;1;MX;Ana\n")
    before = table.read_bytes()
    link = SCRATCH / "liga.csv"
    link.symlink_to(table)
    journal = SCRATCH / "other-journal.db"
    with Practice() as practice:
        for options in (("--results", table), ("--results", link), ("--journal", journal, "--results", journal)):
            result = practice.send(table, *options)
            assert result.returncode == 2 and b"--results" in result.stderr, (options, result)
        result = practice.send(table, "--journal", table)
        assert result.returncode == 3 and "“" in result.stderr.decode(), result
        assert practice.get("/practice/records?kind=accounts") == []
    assert table.read_bytes() == before and not journal.exists()


def zero_is_no_number():
    """0 is out of the range of --batch, --in-flight and --timeout, and is said to be"""
    for option in ("--batch", "--in-flight", "--timeout"):
        result = call("send", SAMPLE, "--base-url", "http://127.0.0.1:1", option, "0")
        assert result.returncode == 2 and option.encode() in result.stderr, result


def two_dashes_end_the_options():
    """a file whose name begins with a dash is read after --"""
    (SCRATCH / "--x.csv").write_text("ID externo;Nombre\n1;Ana\n")
    result = call("read", "--", "--x.csv", cwd=SCRATCH)
    assert result.returncode == 0 and b"Ana" in result.stdout, result
    assert call("read", "--", "--x.csv", "more", cwd=SCRATCH).returncode == 2


def a_lost_journal_is_the_reason():
    """a run that stops because its journal went says that, and not that somebody paused it; what is under way still gets its answer"""
    journal = SCRATCH / "going.db"
    with Practice("--delay", "100") as practice:
        command = [PROGRAM, "send", str(SAMPLE), "--base-url", practice.url, "--user", "practice", "--password-file", str(PASSWORD_FILE),
                   "--journal", str(journal), "--batch", "5", "--in-flight", "8"]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while len(practice.get("/practice/records?kind=accounts")) < 60:
            assert run.poll() is None
        journal.rename(SCRATCH / "gone.db")
        printed, said = run.communicate(timeout=60)
        arrived = len(practice.get("/practice/records?kind=accounts"))
    assert run.returncode == 3 and b"journal" in said and b"paused" not in said, said
    assert json.loads(printed.splitlines()[-1])["summary"]["accepted"] == arrived, (printed.splitlines()[-1], arrived)


def promises_are_sent():
    """a sheet of 300 payment promises is known by its headers, its Spanish words for the states are understood, and all are sent"""
    words = [("Activa", "2"), ("VIGENTE", "2"), ("Cubierta", "3"), ("pagada", "3"), ("No cubierta", "4"), ("incumplida", "4"), ("Pago parcial", "5"), ("parcial", "5"), ("3", "3")]
    rows = [(str(1045637 + i), *words[i % len(words)]) for i in range(300)]
    file = SCRATCH / "promesas.csv"
    file.write_text("ID visita;Estado de la promesa\n" + "".join(f"{visit};{word}\n" for visit, word, _ in rows))
    with Practice() as practice:
        result = practice.send(file)
        records, summary = lines_of(result)
        assert result.returncode == 0 and summary["accepted"] == 300, summary
        arrived = {record["visitID"]: record["paymentPromiseStatus"] for record in practice.get("/practice/records?kind=promises")}
        assert arrived == {visit: state for visit, _, state in rows}, arrived


def results_are_private():
    """--results saves the person's columns with line, result and message, for the person's eyes only"""
    saved = SCRATCH / "results.csv"
    with Practice() as practice:
        practice.send(SAMPLE, "--results", saved)
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    with open(saved, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    result = rows[0].index("Result (Kobra Import)")
    assert len(rows) == 201 and [r[result] for r in rows].count("Accepted") == 190


def a_wrong_password_ends_the_run():
    """a refused sign-in sends nothing and ends with status 3"""
    wrong = SCRATCH / "wrong"
    wrong.write_text("not the password\n")
    with Practice() as practice:
        result = practice.send(SAMPLE, password_file=wrong)
        assert result.returncode == 3, result.returncode
        records, summary = lines_of(result)
        assert summary["accepted"] == 0 and summary["not-sent"] == 200
        assert all(r["result"] == "not-sent" and r["message"] for r in records)
        assert practice.get("/practice/state")["accounts"] == "0"
        assert b"not the password" not in result.stdout + result.stderr


class Doorkeeper(http.server.BaseHTTPRequestHandler):
    """Takes the first requests that carry its token, then no more of them: the token has lapsed."""

    protocol_version = "HTTP/1.1"
    token, left, taken = "", 0, []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_welcome = Doorkeeper.left > 0 and self.headers["Authorization"] == f"Bearer {Doorkeeper.token}"
        if is_welcome:
            Doorkeeper.left -= 1
            Doorkeeper.taken += [account["externalID"] for account in body["accounts"]]
        reply = json.dumps({"data": None, "error": None if is_welcome else {"type": "auth", "message": "token vencido"}}).encode()
        self.send_response(200 if is_welcome else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    def log_message(self, *_):
        pass


def a_lapsed_token_leaves_records_unsent():
    """what is turned away because a pasted token has lapsed is not sent, not unknown, and goes with the next token"""
    token_file = SCRATCH / "pasted"
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Doorkeeper)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    arguments = ["send", SAMPLE, "--base-url", f"http://127.0.0.1:{server.server_port}/api", "--token-file", token_file, "--batch", "20"]

    token_file.write_text("first\n")
    Doorkeeper.token, Doorkeeper.left = "first", 3
    result = call(*arguments)
    records, summary = lines_of(result)
    assert result.returncode == 3, result
    assert (summary["accepted"], summary["not-sent"], summary["unknown"], summary["rejected"]) == (60, 140, 0, 0), summary
    assert all("token" in r["message"] for r in records if r["result"] == "not-sent" and r["status"] != "invalid"), records
    assert str(token_file) in result.stderr.decode() and "first" not in result.stderr.decode() + result.stdout.decode(), result.stderr

    token_file.write_text("second\n")
    Doorkeeper.token, Doorkeeper.left = "second", 1000
    result = call(*arguments)
    records, summary = lines_of(result)
    server.shutdown()
    assert (summary["accepted"], summary["not-sent"], summary["unknown"]) == (193, 7, 0), summary
    assert len(set(Doorkeeper.taken)) == 193, len(Doorkeeper.taken)


def secrets_stay_secret():
    """no password appears in the output, and none is taken from an argument"""
    with Practice() as practice:
        result = practice.send(SAMPLE)
        assert b'"practice"' not in result.stdout
        assert call("send", SAMPLE, "--base-url", practice.url, "--password", "x").returncode == 2
        assert call("send", SAMPLE, "--base-url", practice.url, "--user", "practice").returncode == 2


def wrong_calls_are_said():
    """a wrong call or a file that can't be read ends with status 2 and a sentence"""
    zip_file = SCRATCH / "x.csv"
    zip_file.write_bytes(b"PK\x03\x04" + bytes(100))
    unclosed = SCRATCH / "unclosed.csv"
    unclosed.write_text('a,b\n1,"2\n3,4\n')
    calls = [
        ("check",),
        ("check", SAMPLE, "more"),
        ("check", SAMPLE, "--kind", "loans"),
        ("check", SAMPLE, "--import-type", "old"),
        ("check", SAMPLE, "--sheet", "Hoja1"),
        ("check", SAMPLE, "--encoding", "klingon"),
        ("check", SAMPLE, "--separator", "x"),
        ("check", SAMPLE, "--header-row", "first"),
        ("check", SAMPLE, "--format", "xml"),
        ("check", SAMPLE, "--nonsense"),
        ("check", SCRATCH / "missing.csv"),
        ("check", SCRATCH),
        ("check", zip_file),
        ("read", unclosed),
        ("send", SAMPLE),
        ("send", SAMPLE, "--base-url", "http://example.com/api"),
        ("send", SAMPLE, "--base-url", "http://127.0.0.1:1/api", "--batch", "0x"),
        ("send", SAMPLE, "--connection", "nowhere"),
    ]
    for arguments in calls:
        result = call(*arguments)
        assert result.returncode == 2, (arguments, result.returncode)
        assert result.stderr and not result.stdout, arguments


def help_is_there():
    """every verb explains itself"""
    for verb in ("read", "check", "send", "practice"):
        result = call(verb, "--help")
        assert result.returncode == 0 and b"--" in result.stdout and verb.encode() in result.stdout


def a_cut_run_goes_on():
    """a run killed in the middle goes on from its journal: what was accepted is not sent again, and nothing is missing"""
    journal = SCRATCH / "journal.db"
    with Practice("--delay", "200") as practice:
        arguments = [PROGRAM, "send", str(SAMPLE), "--base-url", practice.url, "--user", "practice", "--password-file", str(PASSWORD_FILE),
                     "--journal", str(journal), "--batch", "10", "--in-flight", "1"]
        process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        patience = time.monotonic() + 60
        while int(practice.get("/practice/state")["requests"]) < 4:
            assert time.monotonic() < patience
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert stat.S_IMODE(journal.stat().st_mode) == 0o600
        result = practice.send(SAMPLE, "--journal", journal)
        records, summary = lines_of(result)
        assert (summary["accepted"], summary["rejected"], summary["not-sent"], summary["unknown"]) == (190, 3, 7, 0), summary
        assert b"journal" in result.stderr
        assert len(practice.get("/practice/records?kind=accounts")) == 190


def a_suspended_run_goes_on():
    """a run that is put to sleep as by Ctrl+Z sends nothing meanwhile, and then goes on to its end"""
    with Practice("--delay", "100") as practice:
        command = [PROGRAM, "send", str(SAMPLE), "--base-url", practice.url, "--user", "practice", "--password-file", str(PASSWORD_FILE), "--batch", "10"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        while int(practice.get("/practice/state")["requests"]) < 3:
            time.sleep(0.01)
        process.send_signal(signal.SIGSTOP)  # SIGTSTP is for jobs of a shell: where there is none the kernel drops it
        while "State:\tT" not in pathlib.Path("/proc", str(process.pid), "status").read_text():
            time.sleep(0.01)
        held = int(practice.get("/practice/state")["accounts"])
        process.send_signal(signal.SIGCONT)
        process.stdout.read()
        assert process.wait(timeout=60) == 1 and held < 190
        assert len(practice.get("/practice/records?kind=accounts")) == 190


def an_unreachable_server_is_said():
    """a server that nobody runs ends the run with status 3, and every record says it was not sent"""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    result = call("send", SAMPLE, "--base-url", f"http://127.0.0.1:{port}/api", "--user", "u", "--password-file", PASSWORD_FILE)
    records, summary = lines_of(result)
    assert result.returncode == 3 and summary["accepted"] == 0 and result.stderr


def a_dry_run_sends_nothing():
    """--dry-run prints the request of a record, byte for byte what goes out, without the token, and sends nothing"""
    token_file = SCRATCH / "token"
    token_file.write_text("very-secret\n")
    with Practice() as practice:
        result = call("send", SAMPLE, "--base-url", practice.url, "--token-file", token_file, "--dry-run")
        assert result.returncode == 0, result.stderr
        assert practice.get("/practice/records?kind=accounts") == []
        text = result.stdout.decode()
        head, body, curl = text.split("\n\n", 2)
        assert head.startswith(f"POST {practice.url}/import\n") and "Authorization: Bearer •" in head, head
        account, = json.loads(body, parse_float=str, parse_int=str)["accounts"]
        assert account["externalID"] and "very-secret" not in text and curl.startswith("curl "), text
        line = next(r for r in lines_of(call("check", SAMPLE))[0] if r["status"] == "invalid")["row"]
        result = call("send", SAMPLE, "--base-url", practice.url, "--dry-run", "--row", str(line))
        assert result.returncode == 1 and not result.stdout and b"errors" in result.stderr, result.stderr
        result = call("send", SAMPLE, "--base-url", practice.url, "--dry-run", "--row", "100000")
        assert result.returncode == 1 and b"no record in line 100000" in result.stderr, result.stderr
        result = call("send", SAMPLE, "--base-url", practice.url, "--row", "3")
        assert result.returncode == 2 and b"--dry-run" in result.stderr, result.stderr


def only_some_rows_are_sent():
    """--rows sends the records of some lines, as a run that left some unanswered prints them, and no others"""
    with Practice() as practice:
        result = practice.send(SAMPLE, "--rows", "2-4, 9,45")
        records, summary = lines_of(result)
        assert result.returncode == 1, result  # the one in line 45 is rejected
        assert (summary["accepted"], summary["rejected"], summary["not-sent"]) == (4, 1, 195), summary
        assert [r["row"] for r in records if r["result"] != "not-sent"] == [2, 3, 4, 9, 45]
        assert len(practice.get("/practice/records?kind=accounts")) == 4
        result = practice.send(SAMPLE, "--rows", "5")
        assert result.returncode == 0 and len(practice.get("/practice/records?kind=accounts")) == 5, result
        for wrong in ("", "x", "0", "9-2", "2-", "-3", "99999999999", "2-3-4", "1", "100000-200000"):
            result = practice.send(SAMPLE, "--rows", wrong)
            assert result.returncode == 2 and b"--rows" in result.stderr and not result.stdout, (wrong, result)
        assert len(practice.get("/practice/records?kind=accounts")) == 5


def progress_is_for_a_terminal():
    """a run tells how it is getting on on a terminal, and takes it away in the end; elsewhere it never does"""
    with Practice("--delay", "100") as practice:
        arguments = [PROGRAM, "send", SAMPLE, "--base-url", practice.url, "--user", "practice", "--password-file", PASSWORD_FILE, "--batch", "20", "--in-flight", "1"]
        ours, theirs = os.openpty()
        process = subprocess.Popen([str(a) for a in arguments], stdout=subprocess.DEVNULL, stderr=theirs)
        os.close(theirs)
        said = b""
        while True:
            try:
                said += os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
        os.close(ours)
        assert process.wait(timeout=60) == 1
        assert b" of 193: " in said and said.endswith(b"\r\x1b[K"), said[-200:]
        result = practice.send(SAMPLE)
        assert b"\r" not in result.stderr and b"\x1b" not in result.stderr, result.stderr


def history_tells_what_became_of_a_record():
    """history lists what was sent with a journal, and finds a record by its ID whatever its case and signs"""
    journal = SCRATCH / "history.db"
    with Practice() as practice:
        practice.send(SAMPLE, "--journal", journal)
    listed = [json.loads(line) for line in call("history", "--journal", journal).stdout.splitlines()]
    assert [entry["counts"] for entry in listed] == [{"records": 200, "accepted": 190, "rejected": 3, "not-sent": 7, "unknown": 0, "corrected": 0}], listed
    found = [json.loads(line) for line in call("history", "search", "00450315", "--journal", journal).stdout.splitlines()]
    assert [(hit["result"], hit["key"]) for hit in found] == [("rejected", "00450315")] and found[0]["message"], found
    shown = [json.loads(line) for line in call("history", "show", str(listed[0]["import"]), "--journal", journal).stdout.splitlines()]
    assert len(shown) == 200 and sum(record["result"] == "accepted" for record in shown) == 190
    assert call("history", "search", "nobody", "--journal", journal).returncode == 1
    assert call("history", "search", "--journal", journal).returncode == 2
    assert call("history", "--journal", SCRATCH / "nowhere.db").returncode == 2


def a_layout_file_names_columns():
    """--layout names columns that no header names"""
    file, layout = SCRATCH / "odd.csv", SCRATCH / "layout.json"
    file.write_text("X1,X2\n1045637,3\n")
    layout.write_text(json.dumps({"kind": "promises", "columns": [{"header": "x1", "field": "visitID"}, {"position": 2, "field": "paymentPromiseStatus"}]}))
    result = call("check", file, "--layout", layout)
    records, summary = lines_of(result)
    assert result.returncode == 0 and records[0]["key"] == "1045637", records


def a_saved_layout_has_a_name():
    """--layout takes the name of a saved layout, with columns that come from others, and layout lists it"""
    home = SCRATCH / "home"
    (home / "kobra-import/layouts").mkdir(parents=True)
    saved = {
        "version": 1, "kind": "accounts", "importType": "new",
        "columns": [{"header": "Clave rara", "field": "externalID"}],
        "derived": [{"kind": "names-first", "from": ["Persona"]}, {"kind": "constant", "field": "currencyCode", "text": "MX"}, {"kind": "constant", "field": "productID", "text": "1"}],
        "values": [{"field": "civilStatus", "text": "JUNTADO", "code": "L"}],
    }
    (home / "kobra-import/layouts/Cartera A.json").write_text(json.dumps(saved))
    file = SCRATCH / "saved.csv"
    file.write_text("Clave rara,Persona,Edo. civil\nA-1,Ana María Pérez de la Cruz,JUNTADO\n")
    environment = {**os.environ, "XDG_CONFIG_HOME": str(home)}
    listed = subprocess.run([PROGRAM, "layout"], capture_output=True, env=environment, timeout=100)
    assert listed.returncode == 0 and listed.stdout.decode() == "Cartera A\n", listed
    result = subprocess.run([PROGRAM, "check", str(file), "--layout", "Cartera A"], capture_output=True, env=environment, timeout=100)
    records, summary = lines_of(result)
    assert result.returncode == 0 and records[0]["key"] == "A-1" and records[0]["status"] == "ready", result


def a_layout_says_how_to_read():
    """what a layout file says of reading is done, and overruled by options"""
    layout = SCRATCH / "reading.json"
    layout.write_text(json.dumps({"kind": "promises", "reading": {"sheet": "Otra", "header-row": 1}, "columns": []}))
    book = DATA / "books" / "libreoffice.xlsx"
    assert call("read", book, "--layout", layout).stdout.decode().splitlines() == ["ID visita,Estado", "7,3"]
    assert call("read", book, "--layout", layout, "--sheet", "Oculta").stdout.decode().splitlines() == ["secreto"]
    layout.write_text(json.dumps({"kind": "promises", "columns": [], "reading": {"sheet": "Enero"}}))
    result = call("read", book, "--layout", layout)
    assert result.returncode == 2 and "“Enero”" in result.stderr.decode() and "“Otra”" in result.stderr.decode(), result
    single = SCRATCH / "single.ods"
    with zipfile.ZipFile(single, "w") as package:
        row = "<t:table-row>" + "".join(f"<t:table-cell><x:p>{text}</x:p></t:table-cell>" for text in ("ID visita", "Estado")) + "</t:table-row>"
        package.writestr("content.xml", f'<o:d xmlns:o="o" xmlns:t="t" xmlns:x="x"><t:table t:name="Vacía"/><t:table t:name="Febrero">{row}{row}</t:table></o:d>')
    result = call("read", single, "--layout", layout)
    assert result.returncode == 0 and "names the sheet “Enero”, which this file does not have. Its only sheet, “Febrero”, was read" in result.stderr.decode(), result
    assert call("read", single, "--layout", layout, "--sheet", "Enero").returncode == 2
    layout.write_text(json.dumps({"columns": [], "reading": {"sheet": []}}))
    result = call("read", book, "--layout", layout)
    assert result.returncode == 2 and "reading" in result.stderr.decode(), result


def a_blank_layout_needs_no_layout():
    """a blank layout is written as CSV, ODS and XLSX, and its headers are all understood"""
    for name in ("blank.csv", "blank.ods", "blank.xlsx"):
        result = call("layout", "--blank", SCRATCH / name)
        assert result.returncode == 0 and (SCRATCH / name).stat().st_size > 0, result
        result = call("check", SCRATCH / name)
        assert b"is not sent" not in result.stderr and b"No header row" not in result.stderr, (name, result.stderr)
    assert call("layout", "--blank", SCRATCH / "blank.doc").returncode == 2
    promises = SCRATCH / "promises.csv"
    assert call("layout", "--blank", promises, "--kind", "promises").returncode == 0
    assert len(promises.read_text("utf-8-sig").splitlines()[0].split(",")) == 2


def fixes_are_asked_for():
    """--fix cleans up what is not done unasked, and names what there is if it does not know the fix"""
    file = SCRATCH / "fixes.csv"
    file.write_text("ID externo,Producto,Moneda,Nombre,Fecha nacimiento,Teléfono\nA-1,1,MX,Ana,31-dic-84,044 (55) 1234-5678\n")
    assert call("check", file).returncode == 1
    result = call("check", file, "--fix", "short-year", "--fix", "phone")
    records, summary = lines_of(result)
    assert result.returncode == 0 and records[0]["status"] == "ready" and summary["cleaned"] == 2, result
    unknown = call("check", file, "--fix", "magic")
    assert unknown.returncode == 2 and b"short-year" in unknown.stderr, unknown
    assert call("check", file, "--fix", "day-first", "--fix", "month-first").returncode == 2
    assert call("check", file, "--fix", "phone", "--no-clean").returncode == 2


def what_could_be_done_is_said():
    """what no column has, names with their surnames and fixes to ask for are said; gaps between columns are not"""
    file = SCRATCH / "offers.csv"
    file.write_text(",Cliente,,Contrato,Celular,Saldo,,Alias\n,José Luis Gutiérrez,,A-1,+52 1 55 1234 5678,N/A,x,\n,Ana Ruiz Sosa,,A-2,,5,,\n")
    said = call("check", file).stderr.decode()
    assert "Product (productID), Currency (currencyCode)." in said and "External ID" not in said, said
    assert "Column 2, “Cliente”, may hold names with their surnames" in said, said
    assert "Column 8, “Alias”, is not sent" in said and "Column 7, which has no header" in said and "Column 3" not in said, said
    assert "--fix=phone" in said and "cells of Total Pending would change. To have it done, add --fix=empty-word." in said, said
    said = call("check", file, "--fix", "phone", "--fix", "empty-word").stderr.decode()
    assert "--fix" not in said, said
    assert "--fix" not in call("check", file, "--no-clean").stderr.decode()


def habits_are_cleaned():
    """dates and amounts as people write them are cleaned up and counted, and --no-clean leaves them"""
    file = SCRATCH / "habits.csv"
    file.write_text("ID externo,Producto,Moneda,Nombre,Fecha nacimiento,Saldo total\nA-1,1,MX,Ana,31/12/1984,\"$1,234.50\"\n")
    result = call("check", file)
    records, summary = lines_of(result)
    assert result.returncode == 0 and summary["cleaned"] == 2, summary
    result = call("check", file, "--no-clean")
    records, summary = lines_of(result)
    assert result.returncode == 1 and {p["field"] for p in records[0]["problems"]} >= {"birthdate", "totalPending"}


try:
    tap.run([
        check_tells_every_record,
        read_prints_the_table,
        send_answers_every_record,
        the_server_holds_what_the_file_says,
        chosen_keys_are_rejected,
        results_spare_the_table,
    zero_is_no_number,
    two_dashes_end_the_options,
    a_lost_journal_is_the_reason,
    promises_are_sent,
        results_are_private,
        a_wrong_password_ends_the_run,
        a_lapsed_token_leaves_records_unsent,
        secrets_stay_secret,
        wrong_calls_are_said,
        help_is_there,
        a_cut_run_goes_on,
        a_suspended_run_goes_on,
        an_unreachable_server_is_said,
        a_dry_run_sends_nothing,
        only_some_rows_are_sent,
        progress_is_for_a_terminal,
        history_tells_what_became_of_a_record,
        what_could_be_done_is_said,
        a_layout_file_names_columns,
        a_saved_layout_has_a_name,
        a_layout_says_how_to_read,
        a_blank_layout_needs_no_layout,
        fixes_are_asked_for,
        habits_are_cleaned,
    ])
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
