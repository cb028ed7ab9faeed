"""Learn the weights of the judge of relations; see README.md for how to run it.

Reads what `detente relations --features` prints, so that training sees exactly what the judge will see. A multinomial logistic regression with L2;
every figure comes from five-fold cross-validation grouped by sentence, over several ways to fold.
"""
import argparse
import collections
import csv
import re
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

csv.field_size_limit(10**9)
ROOTS = "ACCUSE AGREE AID ASSAULT COERCE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST SANCTION SUPPORT THREATEN YIELD".split()
QUAD = dict(AGREE=1, CONSULT=1, SUPPORT=1, YIELD=2, COOPERATE=2, AID=2, REQUEST=3, ACCUSE=3, REJECT=3, THREATEN=3, PROTEST=4, SANCTION=4, MOBILIZE=4, COERCE=4, ASSAULT=4)
# How much a group of features may say: the prior of each weight is as wide as the scale of its group.
SCALES = collections.defaultdict(lambda: 0.5, {
    "kind": 1.0, "share": 2.0, "rival": 0.5, "fit": 0.5, "plain": 0.7, "rule": 1.0, "any": 0.7, "mode": 0.7, "theme": 0.7,
    "word": 0.5, "between": 0.5, "pair": 0.5, "way": 0.5, "top": 0.7,
})


class Pairs:
    """Labelled pairs with their features."""

    def __init__(self, roots, groups, features):
        self.roots, self.groups, self.features = np.array(roots, dtype=object), np.array(groups, dtype=object), features


def read(labels, features):
    """labels: TSV of uid, marked sentence, root; features: what the command printed for them."""
    rows = list(csv.reader(open(labels, encoding="utf8"), delimiter="\t"))[1:]
    seen = {}
    for line in open(features, encoding="utf8"):
        uid, *told = line.rstrip("\n").split("\t")
        seen[uid] = {name: float(value) for value, name in (t.split(" ", 1) for t in told if " " in t)}
    rows = [row for row in rows if row[2] != "NONE"]
    roots = ["YIELD" if row[2] in ("CONCEDE", "RETREAT") else row[2] for row in rows]
    groups = [re.sub(r"</?[st]>", "", row[1]) for row in rows]
    return Pairs(roots, groups, [seen[row[0]] for row in rows])


class Table:
    """Features as columns of a matrix, each as wide as its group may be."""

    def __init__(self, features, least):
        count = collections.Counter(name for row in features for name in row)
        self.names = sorted(name for name, n in count.items() if n >= least)
        self.at = {name: i for i, name in enumerate(self.names)}
        self.scale = np.array([SCALES[group(name)] for name in self.names])

    def matrix(self, features):
        cells = [(i, self.at[n], v * self.scale[self.at[n]]) for i, row in enumerate(features) for n, v in row.items() if n in self.at]
        rows, columns, values = zip(*cells)
        return sparse.csr_matrix((values, (rows, columns)), shape=(len(features), len(self.names)))


def group(name):
    return name.split("=", 1)[0].split(".", 1)[0]


def fit(matrix, roots, weights, c):
    return LogisticRegression(C=c, max_iter=400).fit(matrix, roots.astype(str), sample_weight=weights)


def macro(gold, said, fold=lambda root: root):
    gold, said = [fold(r) for r in gold], [fold(r) for r in said]
    scores = {}
    for label in sorted(set(gold)):
        right = sum(g == label == s for g, s in zip(gold, said))
        wrong = sum((g == label) != (s == label) for g, s in zip(gold, said))
        scores[label] = 2 * right / (2 * right + wrong) if right else 0.0
    return sum(scores.values()) / len(scores), scores


def cross_validate(gold, ours, options, seed):
    """Probabilities for every pair of `gold`, each by a model that has not seen its sentence."""
    likely = np.zeros((len(gold.roots), len(ROOTS)))
    for train, test in GroupKFold(5, shuffle=True, random_state=seed).split(gold.features, gold.roots, gold.groups):
        held = set(gold.groups[test])
        extra = [i for i in range(len(ours.roots)) if ours.groups[i] not in held]
        model, table = learn(
            [gold.features[i] for i in train] + [ours.features[i] for i in extra],
            np.concatenate([gold.roots[train], ours.roots[extra]]),
            weights_of(train, extra, options),
            options,
        )
        found = model.predict_proba(table.matrix([gold.features[i] for i in test]))
        columns = [ROOTS.index(root) for root in model.classes_]
        likely[np.ix_(test, columns)] = found
    return likely


def weights_of(gold, ours, options):
    return np.concatenate([np.ones(len(gold)), np.full(len(ours), options.weight)])


def learn(features, roots, weights, options):
    table = Table(features, options.least)
    return fit(table.matrix(features), roots, weights, options.c), table


def write(model, table, path, note):
    """Weights in hundredths; a feature whose weights all round to nothing is left out."""
    lines = [f"# {line}" for line in note]
    kinds = ["RETREAT" if root == "YIELD" else root for root in model.classes_]
    lines.append("\t".join(["feature", *kinds]))
    weights = np.round(model.coef_ * table.scale * 100).astype(int).T
    lines.append("\t".join(["always", *map(str, np.round(model.intercept_ * 100).astype(int))]))
    lines += ["\t".join([name, *map(str, row)]) for name, row in zip(table.names, weights) if np.abs(row).max() > 1]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf8")


def main():
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--gold", nargs=2, required=True, metavar=("PAIRS", "FEATURES"), help="pairs to learn from and to be tested on")
    parse.add_argument("--ours", nargs=2, metavar=("PAIRS", "FEATURES"), help="more pairs to learn from, never tested on")
    parse.add_argument("--out", help="where the weights go, learned from everything")
    parse.add_argument("--c", type=float, default=3.0, help="how far the weights may go")
    parse.add_argument("--least", type=int, default=2, help="how often a feature must come")
    parse.add_argument("--weight", type=float, default=0.5, help="how much a pair of ours counts")
    parse.add_argument("--seeds", type=int, default=5, help="how many ways to fold")
    options = parse.parse_args()
    gold = read(*options.gold)
    ours = read(*options.ours) if options.ours else Pairs([], [], [])
    figures = report(gold, ours, options)
    if options.out:
        model, table = learn(gold.features + ours.features, np.concatenate([gold.roots, ours.roots]), weights_of(gold.roots, ours.roots, options), options)
        said = model.predict(table.matrix(gold.features))
        print(f"of the {len(said)} pairs it has learned from, {np.mean(said == gold.roots):.3f} come out right: no measure of how well it does")
        write(model, table, options.out, [f"Weights of the judge of relations, in hundredths; made by train/judge, told of in MODEL.md. {figures}"])


def report(gold, ours, options):
    """Prints figures by cross-validation; gives them in a line."""
    runs, of_roots = [], []
    for seed in range(options.seeds):
        said = np.array(ROOTS)[cross_validate(gold, ours, options, seed).argmax(1)]
        root, by_root = macro(gold.roots, said)
        quad, two = macro(gold.roots, said, QUAD.get)[0], macro(gold.roots, said, lambda r: QUAD[r] > 2)[0]
        runs.append((root, quad, two, np.mean(said == gold.roots)))
        of_roots.append(by_root)
    for name, values in zip(("root", "quad", "binary", "accuracy"), zip(*runs)):
        print(f"{name:9} {np.mean(values):.4f}  from {min(values):.4f} to {max(values):.4f}")
    print("  ".join(f"{root} {np.mean([run[root] for run in of_roots]):.2f}" for root in ROOTS))
    means = [np.mean(values) for values in list(zip(*runs))[:3]]
    return "Macro-F1 by five-fold cross-validation: root {:.3f}, quad {:.3f}, binary {:.3f}.".format(*means)


if __name__ == "__main__":
    main()
