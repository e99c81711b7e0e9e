# SPDX-License-Identifier: GPL-3.0-or-later
"""The output of check and send has the shape that its schema says. Usage: test-json-lines.py KOBRA-IMPORT SCHEMA DATA-FOLDER"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile

import tap

PROGRAM, SCHEMA, DATA = sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text()), pathlib.Path(sys.argv[3])
SAMPLE = DATA / "sample-200.csv"
NOTES = {"$schema", "$id", "$defs", "title", "description"}
TYPES = {"object": dict, "array": list, "string": str, "integer": int}


def has_type(value, name):
    return isinstance(value, TYPES[name]) and not isinstance(value, bool)


def check_object(value, schema):
    problems = [f"no {name}" for name in schema.get("required", []) if name not in value]
    known = schema.get("properties", {})
    for name, member in value.items():
        if name in known:
            problems += [f"{name}: {problem}" for problem in check(member, known[name])]
        elif schema.get("additionalProperties") is False:
            problems.append(f"{name} is not in the schema")
    return problems


def check_one_of(value, choices):
    answers = [check(value, choice) for choice in choices]
    return [] if sum(not answer for answer in answers) == 1 else [f"not one of {len(choices)}: {answers}"]


def resolve(reference):
    assert reference.startswith("#/$defs/"), reference
    return SCHEMA["$defs"][reference.removeprefix("#/$defs/")]


# Each keyword that the schema uses, and what is wrong with a value by it. An object's keywords belong together.
KEYWORDS = {
    "$ref": lambda value, reference, _: check(value, resolve(reference)),
    "oneOf": lambda value, choices, _: check_one_of(value, choices),
    "enum": lambda value, values, _: [] if value in values else [f"{value!r} is none of {values}"],
    "type": lambda value, name, _: [] if has_type(value, name) else [f"{value!r} is no {name}"],
    "minimum": lambda value, least, _: [] if value >= least else [f"{value} is below {least}"],
    "minLength": lambda value, least, _: [] if len(value) >= least else ["too short"],
    "pattern": lambda value, pattern, _: [] if re.search(pattern, value) else [f"{value!r} is not of the form {pattern}"],
    "items": lambda value, schema, _: [problem for item in value for problem in check(item, schema)],
    "properties": lambda value, _, schema: check_object(value, schema),
    "required": lambda *_: [],
    "additionalProperties": lambda *_: [],
}


def check(value, schema):
    """What of @value is against @schema, as a list of sentences."""
    if "type" in schema and not has_type(value, schema["type"]):
        return [f"{value!r} is no {schema['type']}"]
    return [problem for name, content in schema.items() if name not in NOTES for problem in KEYWORDS[name](value, content, schema)]


def call(*arguments):
    return [json.loads(line) for line in subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=100).stdout.splitlines()]


def assert_fits(lines, name):
    assert len(lines) > 1
    for line in lines[:-1]:
        problems = check(line, SCHEMA) + check(line, SCHEMA["$defs"][name])
        assert not problems, (line["row"], problems)
    assert not check(lines[-1], SCHEMA["$defs"]["summary"]), lines[-1]


def check_fits():
    """every line of check is what the schema says"""
    assert_fits(call("check", SAMPLE), "checked")


def send_fits():
    """every line of send is what the schema says"""
    password = pathlib.Path(tempfile.mkdtemp(prefix="kobra-test-")) / "password"
    password.write_text("practice")
    practice = subprocess.Popen([PROGRAM, "practice"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    url = practice.stdout.readline().decode().strip()
    lines = call("send", SAMPLE, "--base-url", url, "--user", "practice", "--password-file", password)
    practice.terminate()
    practice.wait(timeout=20)
    password.unlink()
    password.parent.rmdir()
    assert_fits(lines, "sent")
    assert {line["result"] for line in lines[:-1]} == {"accepted", "rejected", "not-sent"}


def another_shape_is_seen():
    """a line of another shape is against the schema"""
    good = call("check", SAMPLE)[0]
    assert not check(good, SCHEMA)
    for change in ({"row": "2"}, {"row": -1}, {"row": True}, {"status": "fine"}, {"problems": [{}]}, {"more": 1}, {"result": "accepted"}):
        assert check(good | change, SCHEMA), change
    assert check({name: value for name, value in good.items() if name != "key"}, SCHEMA)


tap.run([check_fits, send_fits, another_shape_is_seen])
