#!/usr/bin/env python3
"""Weights of the signs of certainty, and how well what is said fits what is right.

    train.py SIGNS.jsonl labels.tsv > certainty.tsv

SIGNS.jsonl is what the example `signs` of the crate `detente` prints of the documents that the labels are of. A label counts where the event is
still coded as it was when it was labelled. Figures go to standard error: five folds, whole documents in each.
"""
import argparse
import collections
import hashlib
import json
import sys

import numpy as np

PENALTY = 4.0
FOLDS = 5


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("signs")
    ask.add_argument("labels")
    args = ask.parse_args()
    events = [json.loads(line) for line in open(args.signs, encoding="utf8")]
    labels = list(read_labels(args.labels))
    pairs = list(matched(events, labels))
    names = sorted({name for event in events for name in event["signs"]})
    x = np.array([[event["signs"].get(name, 0.0) for name in names] for event, _ in pairs])
    right = np.array([float(is_right(label)) for _, label in pairs])
    folds = np.array([fold(label["doc"]) for _, label in pairs])
    said = np.zeros(len(pairs))
    for n in range(FOLDS):
        said[folds == n] = share(x[folds == n], fit(x[folds != n], right[folds != n], names))
    tell(len(labels), pairs, said, right)
    print("# How much each sign speaks for an act: shares of the logarithm of the odds that it is coded right. Made by train/certainty/train.py.")
    for name, weight in zip(names, fit(x, right, names)):
        print(f"{name}\t{weight:.2f}")


def read_labels(path):
    lines = [line.rstrip("\n").split("\t") for line in open(path, encoding="utf8")]
    names = [name.lstrip("#") for name in lines[0]]
    for line in lines[1:]:
        label = dict(zip(names, line))
        yield {**label, "start": int(label["start"]), "end": int(label["end"])}


def matched(events, labels):
    """Each label with the event that it is of, if that is coded as it was."""
    by_doc = collections.defaultdict(list)
    for event in events:
        by_doc[event["doc"], event["part"]].append(event)
    for label in labels:
        near = by_doc[label["doc"], label["part"]]
        same = [event for event in near if overlaps(event, label) and coding(event) == tuple(label[name] for name in ("type", "actors", "recipients"))]
        if same:
            yield same[0], label


def overlaps(event, label):
    start, end = event["trigger_span"]
    return start < label["end"] and label["start"] < end


def coding(event):
    return event["type"], codes(event["actors"]), codes(event["recipients"])


def codes(parties):
    return "+".join(sorted(party["code"] or "?" for party in parties)) or "-"


def is_right(label):
    return all(label[name] == "y" for name in ("type_right", "actors_right", "recipients_right"))


def fold(doc):
    return int(hashlib.sha256(doc.encode()).hexdigest(), 16) % FOLDS


def fit(x, right, names):
    """Logistic regression with L2 on all but what always holds, by Newton's method."""
    weights = np.zeros(x.shape[1])
    penalty = np.diag([0.0 if name == "always" else PENALTY for name in names])
    for _ in range(50):
        said = share(x, weights)
        slope = x.T @ (said - right) + penalty @ weights
        curve = x.T @ (x * (said * (1 - said))[:, None]) + penalty
        weights -= np.linalg.solve(curve, slope)
    return weights


def share(x, weights):
    return 1 / (1 + np.exp(-x @ weights))


def tell(labelled, pairs, said, right):
    say = lambda *words: print(*words, file=sys.stderr)
    say(f"{labelled} labels, {len(pairs)} of events that are still coded so; {right.mean():.2f} right by type and parties")
    say(f"one chosen at random among the right says more than one among the wrong: {auc(said, right):.3f}")
    say("said        events  mean  right")
    for low in np.arange(0, 1, 0.1):
        here = (said >= low) & (said < low + 0.1)
        if here.any():
            say(f"{low:.1f} to {low + 0.1:.1f}  {here.sum():6}  {said[here].mean():.2f}  {right[here].mean():.2f}")


def auc(said, right):
    good, bad = said[right == 1], said[right == 0]
    return np.mean([np.mean((g > bad) + 0.5 * (g == bad)) for g in good])


if __name__ == "__main__":
    main()
