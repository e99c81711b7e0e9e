# SPDX-License-Identifier: GPL-3.0-or-later
"""What the completions of bash offer. Usage: test-completions.py KOBRA-IMPORT.BASH"""

import pathlib
import subprocess
import sys
import tempfile

import tap

SCRIPT = pathlib.Path(sys.argv[1]).resolve()
ASK = """source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt () { :; }; _kobra_import; printf '%s\\n' "${COMPREPLY[@]}" """

# The words up to the cursor; what is offered among others, and what is not.
CASES = [
    (["se"], {"send"}, {"check"}),
    (["--s"], {"--sample"}, {"--sheet"}),
    (["send", "cartera.csv", "--b"], {"--base-url", "--batch"}, {"--blank"}),
    (["check", "--kind", ""], {"accounts", "promises"}, {"cartera.csv"}),
    (["check", "--import-type", "=", "b"], {"balances"}, {"new"}),
    (["history", "s"], {"search", "show"}, {"list"}),
    (["read", "car"], {"cartera.csv"}, {"read"}),
    (["practice", ""], set(), {"cartera.csv"}),
]


def make_check(words, offered, not_offered):
    def check():
        with tempfile.TemporaryDirectory(prefix="kobra-test-") as folder:
            pathlib.Path(folder, "cartera.csv").touch()
            asked = ["bash", "--norc", "-c", ASK, "bash", str(SCRIPT), "kobra-import", *words]
            done = subprocess.run(asked, cwd=folder, check=True, capture_output=True, text=True)
        found = set(done.stdout.split())
        assert not done.stderr and offered <= found and not not_offered & found, done

    check.__doc__ = f"what goes on is offered after: kobra-import {' '.join(words)}"
    return check


tap.run([make_check(*case) for case in CASES])
