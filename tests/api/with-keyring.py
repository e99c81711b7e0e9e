# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program on a bus and in a home of its own, with an unlocked password store: with-keyring.py PROGRAM [ARGUMENT…]"""

import os
import shutil
import subprocess
import sys
import tempfile

home = tempfile.mkdtemp(prefix="kobra-test-")
environment = {**os.environ, "HOME": home, "XDG_RUNTIME_DIR": home, "XDG_DATA_HOME": home + "/data", "XDG_CONFIG_HOME": home + "/config"}
# Who asks for the store before it is there has the bus start another one, which asks a person for the password.
script = """
printf password | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
keyring=$!
gdbus wait --session --timeout 30 org.freedesktop.secrets && "$@"
status=$?
kill $keyring
wait $keyring 2>/dev/null
exit $status
"""
try:
    sys.exit(subprocess.run(["dbus-run-session", "--", "sh", "-c", script, "sh", *sys.argv[1:]], env=environment).returncode)
finally:
    shutil.rmtree(home, ignore_errors=True)
