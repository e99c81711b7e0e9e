# SPDX-License-Identifier: GPL-3.0-or-later
"""The real window through the accessibility bus, as a person with a screen reader works it. Usage: test-window.py KOBRA-IMPORT DATA-FOLDER"""

import http.server
import pathlib
import shutil
import sys
import tempfile
import threading

import screen
import tap

PROGRAM, DATA = sys.argv[1], pathlib.Path(sys.argv[2])


def send_to_practice(window, button):
    window.press(role="button", contains=button)
    window.see(contains="to the practice server")
    window.press(role="button", name="Send")
    window.see(role="label", name="Results")


def the_sample_is_sent():
    """the built-in sample opens, is sent to the practice server, and each row says what became of it"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="37 ready")
        window.see(contains="3 with errors")
        send_to_practice(window, "Send 37")
        window.see(contains="35 records of 40 were accepted")
        window.press(role="button", contains="C-2412")
        window.see(role="row header", name="Row 2: Accepted")
        refused = window.see(role="row header", contains="Row 12: Rejected")
        assert "sucursal 999 no existe" in refused.get_name()
        window.see(role="row header", contains="Row 7: Has errors")


def two_hundred_rows_are_answered():
    """a sheet of 200 accounts ends with 190 accepted, 3 rejected and 7 not sent"""
    with screen.Program(PROGRAM, str(DATA / "sample-200.csv")) as window:
        window.see(contains="7 with errors")
        send_to_practice(window, "Send 193")
        window.see(contains="190 records of 200 were accepted")
        for count in ("190", "3", "7"):
            window.see(role="label", name=count)
        window.press(role="button", contains="00450315")
        window.see(role="row header", contains="Row 45: Rejected")


def promises_are_sent():
    """a sheet of payment promises opens as such and is sent"""
    with screen.Program(PROGRAM, str(DATA.parent.parent / "data" / "sample" / "promesas-de-ejemplo.csv")) as window:
        window.see(contains="12 payment promises")
        send_to_practice(window, "Send 12")
        window.see(contains="All 12 records were accepted")


def cells_and_problems_are_read():
    """a cell is read with its column, row and text, and a problem with its words"""
    with screen.Program(PROGRAM, "--sample") as window:
        cell = window.see(role="table cell", contains="row 16: 31/02/1980")
        assert "is not a date" in (cell.get_description() or ""), cell.get_description()
        window.see(role="table", name="Records")


def a_request_is_shown():
    """a key shows the request of the record where the cursor is, without the token"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.see(role="button", contains="Send 37")
        window.keys("ctrl+shift+r")
        window.see(role="button", name="Copy as curl")
        text = window.see(role="text", name="Request")
        said = screen.Atspi.Text.get_text(text, 0, -1)
        assert said.startswith("POST http://127.0.0.1:") and '"externalID"' in said and "Authorization: Bearer •" in said, said


def the_problem_under_the_cursor_is_said():
    """from problem to problem, each is said in words below the sheet"""
    with screen.Program(PROGRAM, "--sample") as window:
        window.press(role="button", name="Next Problem")
        window.see(role="label", contains="Name is empty")


def a_bad_file_is_said():
    """a file that cannot be opened says why, and offers another"""
    with screen.Program(PROGRAM, "/nonexistent/cartera.csv") as window:
        window.see(contains="The File Cannot Be Opened")
        window.see(contains="cartera.csv")
        window.see(role="button", contains="Open Another File")


class SlowServer(http.server.BaseHTTPRequestHandler):
    """Never answers before it is told that it may."""

    may_answer = threading.Event()

    def do_POST(self):
        self.may_answer.wait(60)
        self.close_connection = True

    def log_message(self, *_):
        pass


def closing_asks_while_sending():
    """a window that is sending asks before it closes, and goes on if it is told to"""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), SlowServer)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    config = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
    (config / "kobra-import").mkdir()
    (config / "kobra-import" / "connections.ini").write_text(f"[slow]\nname=slow\nbase-url=http://127.0.0.1:{server.server_port}\nsign-in=none\n")
    (config / "glib-2.0" / "settings").mkdir(parents=True)
    groups = ("io/github/kobraimport/KobraImport", "io/github/kobraimport/KobraImport/Devel")
    (config / "glib-2.0" / "settings" / "keyfile").write_text("".join(f"[{group}]\nlast-connection='slow'\n" for group in groups))
    with screen.Program(PROGRAM, str(DATA / "sample-200.csv"), XDG_CONFIG_HOME=str(config), GSETTINGS_BACKEND="keyfile") as window:
        window.press(role="button", contains="Send 193")
        window.see(contains="to 127.0.0.1")
        window.press(role="button", name="Send")
        window.see(role="button", name="Pause Sending")
        for answer in ("Keep Sending", "Stop and Close"):
            window.press(role="button", name="Close")
            window.see(contains="Stop Sending?")
            window.press(role="button", name=answer)
            if answer == "Keep Sending":
                screen.wait_for("the question to go", lambda: not window.all(contains="Stop Sending?"))
                window.see(role="button", name="Pause Sending")
        screen.wait_for("the end of the program", lambda: window.process.poll() is not None)
        assert window.process.returncode == 0, window.process.returncode
    SlowServer.may_answer.set()
    server.shutdown()
    shutil.rmtree(config)


def a_narrow_window_sends():
    """a wide window that becomes narrow at once, with its sidebar opened and closed there, has the sending in reach of a thumb"""

    def widest():
        buttons = window.all(role="button", contains="Send 37")
        return max((button.get_component_iface().get_extents(screen.Atspi.CoordType.WINDOW).width for button in buttons), default=0)

    with screen.Program(PROGRAM, "--sample") as window:
        window.see(contains="Send 37")
        window.resize(360, 720)
        screen.wait_for("a wide button at the bottom", lambda: widest() > 300)
        window.keys("F9")
        window.see(role="list", name="Past imports")
        window.keys("F9")
        window.resize(1100, 720)
        screen.wait_for("a small one in the header", lambda: 0 < widest() < 300)


def the_first_start_teaches():
    """with no file the window offers to open one or to try the sample"""
    with screen.Program(PROGRAM) as window:
        window.see(role="button", contains="Open a Spreadsheet")
        window.press(role="button", contains="Try the Sample")
        window.see(contains="40 accounts")


tap.run([
    the_sample_is_sent,
    two_hundred_rows_are_answered,
    promises_are_sent,
    cells_and_problems_are_read,
    the_problem_under_the_cursor_is_said,
    a_request_is_shown,
    a_bad_file_is_said,
    closing_asks_while_sending,
    a_narrow_window_sends,
    the_first_start_teaches,
])
