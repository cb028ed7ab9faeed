#!/usr/bin/env python3
"""Fit the weights of `detente_code::place` on texts with gold places, and say how well they carry over.

    fit.py PLACES_BINARY ANNOTATED.jsonl GOLD.jsonl [--folds 5] [--sweeps 2]

PLACES_BINARY is the example `places` of detente-code. The objective is the mean, over all gold places, of "exact GeoNames
id" and "within 161 km", less SPURIOUS for each found place that overlaps no gold place, over the number of gold places. Coordinate search: each weight in turn is tried at a few values around its present one and keeps
the best. For the cross-validated figure the search runs on all but one fold of the documents and is judged on that fold;
folds are documents in order of their ids, every Nth. Runs of the binary are kept by weights, so folds share them.
"""
import argparse
import collections
import json
import math
import subprocess

START = dict(
    population=0.5, country=3.0, capital=2.5, admin1=1.0, admin2=-2.0, seat=-2.0, feature=0.0, other_name=-2.5,
    inside=8.0, same_country=2.0, same_admin1=2.5, near=3.0, reach=50.0, keep=3.0, keep_perhaps=4.0, sign=1.5,
)
STEPS = dict(population=(0.7, 1.4), reach=(0.6, 1.7))
SHIFTS = (-1.0, 1.0)


# The gold leaves out many places (streets, adjectives), so that a place it does not have is only a small fault.
SPURIOUS = 0.2


def km(a, b, c, d):
    a, b, c, d = map(math.radians, (a, b, c, d))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(min(1, math.sqrt(h)))


def overlap(p, g):
    return min(p["end"], g["end"]) - max(p["start"], g["start"])


class Scorer:
    def __init__(self, binary, annotated, gold):
        self.binary, self.annotated = binary, annotated
        self.gold = collections.defaultdict(list)
        for line in open(gold, encoding="utf-8"):
            row = json.loads(line)
            self.gold[row["doc"]].append(row)
        self.docs = sorted(self.gold)
        self.known = {}

    def by_doc(self, weights):
        """For each document, the points that its gold places get."""
        key = tuple(sorted(weights.items()))
        if key not in self.known:
            args = [f"{name}={value}" for name, value in weights.items()]
            run = subprocess.run([self.binary, self.annotated, *args], capture_output=True, check=True, text=True)
            self.known[key] = self.points(run.stdout)
        return self.known[key]

    def points(self, output):
        found = collections.defaultdict(list)
        for line in output.splitlines():
            row = json.loads(line)
            found[row["doc"]].append(row)
        return {doc: self.doc_points(self.gold[doc], found[doc]) for doc in self.docs}

    def doc_points(self, gold, found):
        spurious = sum(all(overlap(p, g) <= 0 for g in gold) for p in found)
        return sum(self.point(g, found) for g in gold) - SPURIOUS * spurious

    @staticmethod
    def point(g, found):
        p = max(found, key=lambda p: overlap(p, g), default=None)
        if p is None or overlap(p, g) <= 0:
            return 0.0
        exact = bool(g["geonameid"]) and str(p["geonameid"]) == str(g["geonameid"])
        near = p["lat"] is not None and km(g["lat"], g["lon"], p["lat"], p["lon"]) <= 161
        return (exact + near) / 2

    def score(self, weights, docs):
        points = self.by_doc(weights)
        return sum(points[d] for d in docs) / sum(len(self.gold[d]) for d in docs)


def search(scorer, docs, sweeps):
    best = dict(START)
    top = scorer.score(best, docs)
    for sweep in range(sweeps):
        for name in START:
            value = best[name]
            if name in STEPS:
                tries = [round(value * step, 4) for step in STEPS[name]]
            else:
                tries = [value + shift / (1 + sweep) for shift in SHIFTS]
            for new in tries:
                score = scorer.score({**best, name: new}, docs)
                if score > top + 0.0004:
                    best, top = {**best, name: new}, score
    return best, top


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("annotated")
    parser.add_argument("gold")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--sweeps", type=int, default=2)
    args = parser.parse_args()
    scorer = Scorer(args.binary, args.annotated, args.gold)
    weights, score = search(scorer, scorer.docs, args.sweeps)
    print(f"at the start {scorer.score(START, scorer.docs):.4f}, fitted on all {score:.4f}:", weights, flush=True)
    points = places = 0
    for fold in range(args.folds):
        held = scorer.docs[fold::args.folds]
        rest = [d for d in scorer.docs if d not in set(held)]
        fitted, _ = search(scorer, rest, args.sweeps)
        n = sum(len(scorer.gold[d]) for d in held)
        points, places = points + n * scorer.score(fitted, held), places + n
    print(f"cross-validated {points / places:.4f} ({len(scorer.known)} runs)")


if __name__ == "__main__":
    main()
