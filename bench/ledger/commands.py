"""How long whole commands take on a ledger, from the start of the process to its end: `commands.py DETENTE LEDGER`.

Each question is asked once to warm the file cache, then three times; busy pairs and others, at days over 20 years."""

import statistics
import subprocess
import sys
import time

PAIRS = [("RUS", "USA"), ("CHN", "USA"), ("ISR", "IRN"), ("FRA", "DEU"), ("IND", "PAK"), ("TUR", "SYR")]
DAYS = ["2008-03-14", "2014-09-01", "2019-06-30", "2024-11-20"]


def asked():
    questions = [(a, b, day) for day in DAYS for a, b in PAIRS]
    for a, b, day in questions:
        yield "relation, words", ["relation", a, b, "--on", day]
        yield "relation, JSON", ["relation", a, b, "--on", day, "--format", "json"]
        yield "relation, picture", ["relation", a, b, "--on", day, "--format", "svg"]
        yield "agenda", ["agenda", a, b, "--on", day, "--from", day]
        yield "events", ["events", "--dyad", a, b, "--to", day, "--limit", "50"]


def seconds(command):
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begun


def main():
    program, ledger = sys.argv[1:]
    idle = min(seconds([program, "types"]) for _ in range(20))
    print(f"{'command, milliseconds':<44} {'median':>8} {'p95':>8} {'slowest':>8}   (a command that asks nothing: {idle * 1e3:.1f})")
    took = {}
    for name, words in asked():
        command = [program, *words, "--ledger", ledger]
        seconds(command)
        took.setdefault(name, []).extend(seconds(command) for _ in range(3))
    for name, times in took.items():
        times = sorted(time * 1e3 for time in times)
        p95 = times[(len(times) - 1) * 95 // 100]
        print(f"{name:<44} {statistics.median(times):>8.1f} {p95:>8.1f} {times[-1]:>8.1f}")


main()
