# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person decided about the checks in the window holds on the command line too. Usage: test-choices.py KOBRA-IMPORT"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import tap

PROGRAM = os.path.abspath(sys.argv[1])
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-"))
CONFIG = SCRATCH / "config" / "kobra-import"
TABLE = SCRATCH / "table.csv"

# One doubtful telephone number, and no e-mail address.
TABLE.write_text("ID externo,Producto,Moneda,Nombre,Teléfono,Correo\nA-1,1,MX,Ana,123,\nA-2,1,MX,Eva,5512345678,eva@example.com\n")
(CONFIG / "layouts").mkdir(parents=True)
(CONFIG / "connections.ini").write_text("[Norte]\nid=norte\nbase-url=http://127.0.0.1:9/api\nplain=true\nsign-in=none\nrequired=new=externalID,email\n")


def call(*arguments):
    environment = dict(os.environ, XDG_CONFIG_HOME=str(SCRATCH / "config"))
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=100, env=environment)


def check(*options):
    """The problems of both records, by field, and the exit status."""
    done = call("check", TABLE, *options)
    records = [json.loads(line) for line in done.stdout.splitlines()][:-1]
    return [[(problem["field"], problem["code"]) for problem in record["problems"]] for record in records], done.returncode


def save_layout(name, ignored):
    columns = [{"header": "ID externo", "field": "externalID"}, {"header": "Teléfono", "field": "phoneNumber"}]
    (CONFIG / "layouts" / f"{name}.json").write_text(json.dumps({"kind": "accounts", "columns": columns, "ignored": ignored}))


def warnings_can_be_ignored():
    """--ignore leaves out a kind of warning, and names what there is if it does not know it"""
    assert check() == ([[("phoneNumber", "phone")], []], 0), check()
    assert check("--ignore", "phone") == ([[], []], 0)
    for name in ("magic", "required"):
        done = call("check", TABLE, "--ignore", name)
        assert done.returncode == 2 and b"curp-name" in done.stderr, done


def a_layout_says_what_to_ignore():
    """a saved layout's ignored warnings are not looked for; an error or a kind of a newer version in it is of no account"""
    save_layout("Norte", ["phone", "required", "of-tomorrow"])
    assert check("--layout", "Norte") == ([[], []], 0)
    save_layout("Norte", [])
    assert check("--layout", "Norte") == ([[("phoneNumber", "phone")], []], 0)
    save_layout("Norte", "phone")
    assert call("check", TABLE, "--layout", "Norte").returncode == 2


def a_connection_says_what_is_required():
    """what the preferences require for a connection is required by check, and by send, which sends nothing that lacks it"""
    problems, status = check("--connection", "Norte")
    assert ("email", "required") in problems[0] and problems[1] == [] and status == 1, problems
    done = call("send", TABLE, "--connection", "Norte", "--dry-run", "--row", "2")
    assert done.returncode == 1 and done.stdout == b"", done
    assert call("send", TABLE, "--connection", "Norte", "--dry-run", "--row", "3").returncode == 0
    assert call("check", TABLE, "--connection", "Sur").returncode == 2


try:
    tap.run([warnings_can_be_ignored, a_layout_says_what_to_ignore, a_connection_says_what_is_required])
finally:
    shutil.rmtree(SCRATCH)
