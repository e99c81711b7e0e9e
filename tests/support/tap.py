# SPDX-License-Identifier: GPL-3.0-or-later
"""The Test Anything Protocol for tests that drive the whole program: a check is a function, its docstring the promise."""

import sys
import traceback


def run(checks):
    """Runs each check; prints a line for each. Exits with 1 if one failed."""
    failed = 0
    print(f"1..{len(checks)}", flush=True)
    for number, check in enumerate(checks, 1):
        promise = check.__doc__.strip()
        try:
            check()
            print(f"ok {number} {promise}", flush=True)
        except Exception:
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
            print(f"not ok {number} {promise}", flush=True)
    sys.exit(1 if failed else 0)
