#!/usr/bin/env python3
"""How much faster two threads are than one, by the clock: `detente read` over each input with one thread and with two, in turn.

    speedup.py INPUT … [--threads N] [--rounds N]

An input that ends in `.json` is a list of documents, anything else what `detente read` takes. The machine must be idle, since it is the
clock that counts; loading is in it. See README.md.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("DETENTE_COMMAND", str(Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/detente"))


def seconds(source, threads):
    """By the clock, and of the processor."""
    where = ["--docs", source] if source.endswith(".json") else [source]
    begun = time.monotonic()
    process = subprocess.Popen([COMMAND, "read", "--threads", str(threads), "--format", "jsonl", *where], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{COMMAND} failed")
    return time.monotonic() - begun, usage.ru_utime + usage.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("inputs", nargs="+")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    for source in given.inputs:
        ratios = []
        for _ in range(given.rounds):
            (one, work), (more, work_of_more) = seconds(source, 1), seconds(source, given.threads)
            ratios.append(one / more)
            print(f"{source}: {one:.2f} s ({work:.2f} of work), {more:.2f} s ({work_of_more:.2f}): {one / more:.2f} times as fast", flush=True)
        print(f"{source}: {given.threads} threads are {statistics.median(ratios):.2f} times as fast as one, the median")


if __name__ == "__main__":
    main()
