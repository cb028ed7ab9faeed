#!/usr/bin/env python3
"""A long run: the same reports again and again, under new names and shifted days, through `detente ingest`, while `detente serve` answers.

    run.py DOCS.json ARTICLES LEDGER [--threads N] [--every N]

Prints a line for every so many articles, and whether the ledger is whole in the end. See README.md.
"""

import argparse
import datetime
import json
import os
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = os.environ.get("DETENTE_COMMAND", str(Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/detente"))
PAGES = ["/", "/events", "/events.json", "/pair/CHN/USA", "/agenda"]


def articles(docs, number):
    """So many articles, in the order in which they would have come: each time round four months later."""
    for n in range(number):
        turn, at = divmod(n, len(docs))
        doc = docs[at]
        day = datetime.date.fromisoformat(doc["published"]) + datetime.timedelta(days=7 * 17 * turn)
        yield {**doc, "id": f"{turn}/{doc['id']}", "published": day.isoformat(), "text": f"{doc['text']}\n\nEdition {turn + 1}."}


def held(process):
    """The memory that a process holds of its own, in MiB: pages of the ledger's file that it has mapped do not count."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) >> 10 for line in status.splitlines() if line.startswith("RssAnon")), 0)


class Reader(threading.Thread):
    """Asks the desk for one page after the other, ten a second, and keeps how long each took."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address, self.took, self.refused = address, [], 0

    def run(self):
        for n in range(10**9):
            begun = time.monotonic()
            try:
                urllib.request.urlopen(self.address + PAGES[n % len(PAGES)], timeout=60).read()
            except OSError:
                self.refused += 1
            self.took.append((time.monotonic() - begun) * 1000)
            time.sleep(0.1)

    def since(self):
        """Median, the slowest of twenty and the slowest of all since this was asked last."""
        took, self.took = sorted(self.took), []
        if not took:
            return "no pages asked for"
        return f"pages in {statistics.median(took):.0f} ms, p95 {took[len(took) * 19 // 20]:.0f}, worst {took[-1]:.0f}, {self.refused} refused"


def serve(ledger):
    desk = subprocess.Popen([COMMAND, "serve", "--ledger", ledger, "--read-only", "--bind", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
    said = next(line for line in desk.stderr if "http://" in line)
    threading.Thread(target=desk.stderr.read, daemon=True).start()
    return desk, next(word for word in said.split() if word.startswith("http://")).rstrip("/")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents")
    parser.add_argument("articles", type=int)
    parser.add_argument("ledger")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--every", type=int, default=5000)
    given = parser.parse_args()
    docs = sorted(json.loads(Path(given.documents).read_text()), key=lambda doc: doc["published"])
    if not Path(given.ledger).exists():
        subprocess.run([COMMAND, "ingest", "--ledger", given.ledger, "-"], input=json.dumps(docs[0]).encode(), check=True)
    desk, address = serve(given.ledger)
    reader = Reader(address)
    reader.start()
    ingest = subprocess.Popen([COMMAND, "ingest", "--ledger", given.ledger, "--threads", str(given.threads), "-"], stdin=subprocess.PIPE)
    begun = last = time.monotonic()
    for n, article in enumerate(articles(docs, given.articles), 1):
        ingest.stdin.write(json.dumps(article).encode() + b"\n")
        if n % given.every == 0 or n == given.articles:
            now = time.monotonic()
            rate = (n - 1) % given.every + 1
            print(
                f"{n} articles, {now - begun:.0f} s, {rate / (now - last):.0f} a second; {held(ingest)} MiB to ingest, {held(desk)} to serve; "
                f"{reader.since()}; ledger {os.path.getsize(given.ledger) >> 20} MiB",
                flush=True,
            )
            last = now
    ingest.stdin.close()
    if ingest.wait():
        sys.exit("ingest failed")
    print(f"all kept and derived after {time.monotonic() - begun:.0f} s; {held(desk)} MiB to serve; {reader.since()}")
    desk.terminate()
    desk.wait()
    subprocess.run([COMMAND, "ledger", "info", given.ledger], check=True)
    subprocess.run([COMMAND, "ledger", "check", given.ledger], check=True)


if __name__ == "__main__":
    main()
