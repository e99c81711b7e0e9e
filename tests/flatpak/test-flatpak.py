# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak, as it is installed: it starts in its sandbox, gets a file through the document portal, and imports it.

Usage: test-flatpak.py APPLICATION-ID DATA-FOLDER, on a display and a session bus of its own; build-aux/dev flatpak test does all of it
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import screen
import tap

APPLICATION, DATA = sys.argv[1], pathlib.Path(sys.argv[2])
SAMPLE = str(DATA / "sample-200.csv")


class Sandboxed(screen.Program):
    """The program in its sandbox. What it does wrong there may be the runtime's doing: its warnings are not fatal."""

    def __init__(self, *files):
        super().__init__("flatpak", "run", "--user", "--file-forwarding", APPLICATION, "@@", *files, "@@", G_DEBUG="", GDK_DEBUG="", GSK_RENDERER="cairo")

    def find_root(self):
        """Inside, it has another number than outside: it is the one program of its name here."""
        assert self.process.poll() is None, "the program ended by itself"
        desktop = screen.Atspi.get_desktop(0)
        found = [desktop.get_child_at_index(i) for i in range(desktop.get_child_count())]
        return next((program for program in found if program is not None and program.get_name() == "kobra-import" and program.get_child_count() > 0), None)

    def __exit__(self, *problem):
        subprocess.run(["flatpak", "kill", APPLICATION], check=False)
        super().__exit__(*problem)


def the_window_imports():
    """a file that is given as an argument opens in the sandbox, is sent to the practice server, and every record gets its result"""
    with Sandboxed(SAMPLE) as window:
        window.see(contains="7 with errors")
        # By name alone: buttons have another role's name in older systems' libraries.
        window.press(contains="Send 193")
        window.press(name="Send")
        window.see(contains="190 records of 200 were accepted")


def the_terminal_imports():
    """the command line in the sandbox sends a file that the portal lends it, to a practice server in a sandbox of its own"""
    home = tempfile.mkdtemp(prefix="kobra-test-")
    environment = {**os.environ, "HOME": home}
    password = pathlib.Path(home, "password")
    password.write_text("practice\n")
    practice = subprocess.Popen(["flatpak", "run", "--user", APPLICATION, "practice"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        url = practice.stdout.readline().decode().strip()
        command = ["flatpak", "run", "--user", "--file-forwarding", APPLICATION, "send", "@@", SAMPLE, "@@", "--base-url", url,
                   "--user", "practice", "--password-file", "@@", str(password), "@@"]
        done = subprocess.run(command, env=environment, capture_output=True, timeout=120)
        summary = json.loads(done.stdout.splitlines()[-1])["summary"]
        assert done.returncode == 1 and (summary["accepted"], summary["rejected"], summary["not-sent"]) == (190, 3, 7), (done.returncode, summary)
    finally:
        subprocess.run(["flatpak", "kill", APPLICATION], check=False)
        practice.wait(timeout=20)
        shutil.rmtree(home, ignore_errors=True)


def files_are_out_of_reach():
    """a file that nobody lent to the sandbox is not there"""
    done = subprocess.run(["flatpak", "run", "--user", APPLICATION, "check", SAMPLE], capture_output=True, timeout=60)
    assert done.returncode == 2 and not done.stdout, done


def old_workbooks_are_read():
    """old workbooks of Excel are read in the sandbox too"""
    command = ["flatpak", "run", "--user", "--file-forwarding", APPLICATION, "read", "@@", str(DATA / "read/excel-97.xls"), "@@"]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.splitlines()[:2] == ["externalID,name,paternalLastname", "1,José,Peña"], done


def permissions_are_few():
    """the sandbox has the network, the display and nothing of the person's files or of other programs"""
    shown = subprocess.run(["flatpak", "info", "--user", "--show-permissions", APPLICATION], check=True, capture_output=True, text=True).stdout
    said = dict(line.split("=", 1) for line in shown.splitlines() if "=" in line)
    assert said == {"shared": "network;ipc;", "sockets": "wayland;fallback-x11;", "devices": "dri;"} or set(said["sockets"].split(";")) == {
        "x11", "wayland", "fallback-x11", ""} and set(said) == {"shared", "sockets", "devices"}, said


tap.run([permissions_are_few, files_are_out_of_reach, old_workbooks_are_read, the_terminal_imports, the_window_imports])
