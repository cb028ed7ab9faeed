"""The wheel's rows are those of the command, byte for byte."""

import json
import subprocess

import detente
from conftest import ROOT, lines


def test_reports_of_our_own(reports, by_command):
    expected = by_command(reports)
    events = detente.read(reports)
    assert events.num_rows > 20
    assert events.schema.equals(expected.schema)
    assert lines(events) == lines(expected)


def test_newswire(newswire, by_command):
    events = detente.read(newswire)
    assert lines(events) == lines(by_command(newswire))
    print(f"\n{len(newswire)} reports, {events.num_rows} events, the same by the command and the wheel")


def test_files(command, tmp_path):
    printed = subprocess.run([command, "read", ROOT / "examples", "--format", "jsonl"], stdout=subprocess.PIPE).stdout
    told = [json.loads(line) for line in printed.splitlines()]
    rows = detente.read_files(ROOT / "examples").to_pylist()
    assert [(row["id"], row["sentence"], row["rule"]) for row in rows] == [
        (event["id"], event["sentence"], event["rule"]) for event in told
    ]
    assert detente.scan_files([ROOT / "examples"]).read_all().num_rows == len(told)
