"""Learn the weights of the judge of relations; README.md says how to run it.

Reads what `detente relations --features` prints, so that training sees exactly what the judge will see. A multinomial logistic regression with L2
(`softmax.py`) over the named features, and over word vectors of the lemmas in three places; since it is linear, what it says of a word's vector in the end is a weight
of that word, and no vector is shipped. The judge takes the likeliest root of the likeliest quad class, and so do the figures here. Every figure comes from five-fold cross-validation grouped by sentence, over several ways to fold.
"""
import argparse
import collections
import csv
import re
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file
from scipy import sparse
from sklearn.model_selection import GroupKFold
from tokenizers import Tokenizer

import softmax

csv.field_size_limit(10**9)
ROOTS = "ACCUSE AGREE AID ASSAULT COERCE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST SANCTION SUPPORT THREATEN YIELD".split()
QUAD = dict(AGREE=1, CONSULT=1, SUPPORT=1, YIELD=2, COOPERATE=2, AID=2, REQUEST=3, ACCUSE=3, REJECT=3, THREATEN=3, PROTEST=4, SANCTION=4, MOBILIZE=4, COERCE=4, ASSAULT=4)
QUADS = np.array([[QUAD[root] == quad for root in ROOTS] for quad in (1, 2, 3, 4)], dtype=float)
# What the roots of a quad class share, and what those of cooperation and those of conflict share.
FAMILIES = np.vstack([QUADS, np.sqrt(0.5) * np.array([QUADS[:2].sum(0), QUADS[2:].sum(0)])])
# How much a group of features may say: the prior of each weight is as wide as the scale of its group.
SCALES = collections.defaultdict(lambda: 0.5, {
    "kind": 1.0, "share": 2.0, "rival": 0.5, "fit": 0.5, "plain": 0.7, "rule": 1.0, "any": 0.7, "mode": 0.7, "theme": 0.7,
    "word": 0.5, "between": 0.5, "way": 0.5, "top": 0.7,
})
# The groups that tell what the rules find; and how much a model without them counts beside the one that has everything.
OF_RULES = set("kind share rival fit plain rule any mode theme standing status onway highest next".split())
OF_WORDS = 0.3
# Rows with no weight above this many hundredths are not written; a word on the average counts for a share only.
SMALLEST = collections.defaultdict(lambda: 2, {"mean.between": 10, "mean.word": 20})


class Pairs:
    """Labelled pairs with their features."""

    def __init__(self, roots, groups, features, count):
        self.roots, self.groups, self.features = np.array(roots, dtype=object), np.array(groups, dtype=object), features
        self.count = count  # how much each counts in learning
        self.matrix = None  # the features as a table has them

    def part(self, rows):
        part = Pairs(self.roots[rows], self.groups[rows], [self.features[i] for i in rows], self.count)
        part.matrix = tuple(half[rows] for half in self.matrix)
        return part

    def without(self, groups):
        held = set(groups)
        return self.part([i for i, group in enumerate(self.groups) if group not in held])


def read(labels, features, count):
    """labels: TSV of uid, marked sentence, root; features: what the command printed for them."""
    rows = list(csv.reader(open(labels, encoding="utf8"), delimiter="\t"))[1:]
    seen = {}
    for line in open(features, encoding="utf8"):
        uid, *told = line.rstrip("\n").split("\t")
        seen[uid] = {name: float(value) for value, name in (t.split(" ", 1) for t in told if " " in t)}
    rows = [row for row in rows if row[2] != "NONE"]
    roots = ["YIELD" if row[2] in ("CONCEDE", "RETREAT") else row[2] for row in rows]
    groups = [re.sub(r"</?[st]>", "", row[1]) for row in rows]
    return Pairs(roots, groups, [seen[row[0]] for row in rows], count)


class Vectors:
    """Vectors of lemmas: the input embeddings of all-MiniLM-L6-v2 (Apache-2.0), cut down to the directions in which our lemmas differ most."""

    PLACES = ("top", "mean.between", "mean.word")
    SIZE, SCALE = 100, 3.5

    def __init__(self, folder, features):
        self.lemmas = sorted({lemma for row in features for place, lemma in map(self.place, row) if place})
        self.at = {lemma: i for i, lemma in enumerate(self.lemmas)}
        embeddings = load_file(Path(folder) / "model.safetensors")["embeddings.word_embeddings.weight"]
        tokenizer = Tokenizer.from_file(str(Path(folder) / "tokenizer.json"))
        tokenizer.no_padding()
        pieces = [tokenizer.encode(lemma, add_special_tokens=False).ids for lemma in self.lemmas]
        found = np.array([embeddings[ids].mean(0) if ids else embeddings[0] * 0 for ids in pieces], dtype=np.float64)
        found -= found.mean(0)
        found /= np.linalg.norm(found, axis=1, keepdims=True) + 1e-6
        self.vectors = found @ np.linalg.svd(found, full_matrices=False)[2][: self.SIZE].T * self.SCALE

    def place(self, name):
        place, lemma = name.split("=", 1) if "=" in name else ("", "")
        return (place, lemma) if place in self.PLACES and " " not in lemma else (None, None)

    def matrix(self, features):
        sums = np.zeros((len(features), len(self.PLACES), self.SIZE))
        for i, row in enumerate(features):
            for name, value in row.items():
                place, lemma = self.place(name)
                if lemma in self.at:
                    sums[i, self.PLACES.index(place)] += value * self.vectors[self.at[lemma]]
        return sums.reshape(len(features), -1)

    def weights(self, learned):
        """From weights of directions to weights of words."""
        by_place = learned.reshape(len(learned), len(self.PLACES), self.SIZE)
        for p, place in enumerate(self.PLACES):
            for lemma, row in zip(self.lemmas, self.vectors @ by_place[:, p].T):
                yield f"{place}={lemma}", row


class Table:
    """Features as columns of a matrix, each as wide as its group may be; behind them the word vectors."""

    def __init__(self, features, least, vectors):
        count = collections.Counter(name for row in features for name in row if not name.startswith("mean."))
        self.names = sorted(name for name, n in count.items() if n >= least)
        self.at = {name: i for i, name in enumerate(self.names)}
        self.scale = np.array([SCALES[group(name)] for name in self.names])
        self.words = np.array([group(name) not in OF_RULES for name in self.names], dtype=float)
        self.vectors = vectors

    def matrix(self, features):
        cells = [(i, self.at[n], v * self.scale[self.at[n]]) for i, row in enumerate(features) for n, v in row.items() if n in self.at]
        rows, columns, values = zip(*cells)
        named = sparse.csr_matrix((values, (rows, columns)), shape=(len(features), len(self.names)))
        return named, self.vectors.matrix(features)

    def only_words(self, matrix):
        """The same without what the rules find."""
        named, vectors = matrix
        return named @ sparse.diags(self.words), vectors

    def weights(self, learned):
        """A row of weights a feature; what its word adds is in it."""
        rows = dict(zip(self.names, learned[: len(self.names)] * self.scale[:, None]))
        for name, row in self.vectors.weights(learned[len(self.names) :].T):
            rows[name] = rows.get(name, 0) + row
        return rows


def group(name):
    return name.split("=", 1)[0].split(".", 1)[0]


def chosen(likely):
    """The likeliest root of the likeliest quad class."""
    quad = (likely @ QUADS.T).argmax(1)
    return np.array(ROOTS, dtype=object)[np.where(QUADS[quad] > 0, likely, -1).argmax(1)]


def macro(gold, said, fold=lambda root: root):
    gold, said = [fold(r) for r in gold], [fold(r) for r in said]
    scores = {}
    for label in sorted(set(gold)):
        right = sum(g == label == s for g, s in zip(gold, said))
        wrong = sum((g == label) != (s == label) for g, s in zip(gold, said))
        scores[label] = 2 * right / (2 * right + wrong) if right else 0.0
    return sum(scores.values()) / len(scores), scores


def cross_validate(gold, more, table, options, seed):
    """Probabilities for every pair of `gold`, each by a model that has not seen its sentence."""
    likely = np.zeros((len(gold.roots), len(ROOTS)))
    for train, test in GroupKFold(5, shuffle=True, random_state=seed).split(gold.features, gold.roots, gold.groups):
        model = learn([gold.part(train), *(pairs.without(gold.groups[test]) for pairs in more)], table, options)
        likely[test] = model.likely(gold.part(test).matrix)
    return likely


def learn(sets, table, options):
    """Two models in one: one of everything, and one of the words alone, since the rules know the marked sentences better than they will know others."""
    matrix = sparse.vstack([pairs.matrix[0] for pairs in sets]).tocsr(), np.vstack([pairs.matrix[1] for pairs in sets])
    counts = np.concatenate([np.full(len(pairs.roots), pairs.count) for pairs in sets])
    classes = np.array([ROOTS.index(root) for pairs in sets for root in pairs.roots])
    whole, words = (softmax.fit(given, classes, counts, FAMILIES, options.c) for given in (matrix, table.only_words(matrix)))
    return whole.beside(words, OF_WORDS)


def write(model, table, path, note):
    """Weights in hundredths; a feature whose weights all round to nothing is left out."""
    kinds = ["RETREAT" if root == "YIELD" else root for root in ROOTS]
    rows = {"always": model.always, **dict(sorted(table.weights(model.weights).items()))}
    hundredths = {name: np.round(row * 100).astype(int) for name, row in rows.items()}
    lines = [f"# {note}", "\t".join(["feature", *kinds])]
    lines += ["\t".join([name, *map(str, row)]) for name, row in hundredths.items() if np.abs(row).max() > SMALLEST[name.split("=", 1)[0]]]
    Path(path).write_text("\n".join(lines) + "\n", encoding="utf8")


def main():
    parse = argparse.ArgumentParser(description=__doc__)
    parse.add_argument("--gold", nargs=2, required=True, metavar=("PAIRS", "FEATURES"), help="pairs to learn from and to be tested on")
    parse.add_argument("--more", nargs=3, action="append", default=[], metavar=("PAIRS", "FEATURES", "COUNT"), help="more to learn from, never tested on; how much each counts")
    parse.add_argument("--vectors", required=True, metavar="FOLDER", help="model.safetensors and tokenizer.json of all-MiniLM-L6-v2")
    parse.add_argument("--out", help="where the weights go, learned from everything")
    parse.add_argument("--c", type=float, default=3.0, help="how far the weights may go")
    parse.add_argument("--least", type=int, default=2, help="how often a feature must come")
    parse.add_argument("--seeds", type=int, default=5, help="how many ways to fold")
    options = parse.parse_args()
    gold = read(*options.gold, 1.0)
    more = [read(pairs, features, float(count)) for pairs, features, count in options.more]
    features = [row for pairs in [gold, *more] for row in pairs.features]
    table = Table(features, options.least, Vectors(options.vectors, features))
    for pairs in [gold, *more]:
        pairs.matrix = table.matrix(pairs.features)
    figures = report(gold, more, table, options)
    if options.out:
        model = learn([gold, *more], table, options)
        said = chosen(model.likely(gold.matrix))
        print(f"of the {len(said)} pairs it has learned from, {np.mean(said == gold.roots):.3f} come out right: no measure of how well it does")
        write(model, table, options.out, f"Weights of the judge of relations, in hundredths; made by train/judge, told of in MODEL.md. {figures}")


def report(gold, more, table, options):
    """Prints figures by cross-validation; gives them in a line. Where the rules find no act the judge gives none, whatever the weights."""
    silent = np.array(["kind=NONE" in row for row in gold.features])
    runs, of_roots, sure, right = [], [], [], []
    for seed in range(options.seeds):
        likely = cross_validate(gold, more, table, options, seed)
        said = chosen(likely)
        told = likely[np.arange(len(said)), [ROOTS.index(root) for root in said]]
        sure, right = np.append(sure, told[~silent]), np.append(right, (said == gold.roots)[~silent])
        said[silent] = "NONE"
        root, by_root = macro(gold.roots, said)
        quad, two = macro(gold.roots, said, QUAD.get)[0], macro(gold.roots, said, lambda r: QUAD.get(r, 0) > 2)[0]
        runs.append((root, quad, two, np.mean(said == gold.roots)))
        of_roots.append(by_root)
    for name, values in zip(("root", "quad", "binary", "accuracy"), zip(*runs)):
        print(f"{name:9} {np.mean(values):.4f}  from {min(values):.4f} to {max(values):.4f}")
    print("  ".join(f"{root} {np.mean([run[root] for run in of_roots]):.2f}" for root in ROOTS))
    for low, high in zip((0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99), (0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)):
        held = (sure >= low) & (sure < high)
        print(f"sure {low:.2f} to {min(high, 1):.2f}: {held.sum() / options.seeds:5.0f} pairs, {sure[held].mean():.3f} said, {right[held].mean():.3f} right")
    means = [np.mean(values) for values in list(zip(*runs))[:3]]
    return "Macro-F1 by five-fold cross-validation: root {:.3f}, quad {:.3f}, binary {:.3f}.".format(*means)


if __name__ == "__main__":
    main()
