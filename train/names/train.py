"""Learns the weights of names: a conditional random field over the lessons that the example `names` prints.

    train.py LESSONS OUT.tsv                 weights of all reports
    train.py LESSONS FOLDER --folds=5        weights k.tsv without the reports whose number leaves the remainder k
"""
import argparse
import collections
import os
import sys
import tempfile

import pycrfsuite


def lessons(path):
    """Stretches: number of the report, tags, cues."""
    found, report, tags, cues = [], None, [], []
    with open(path, encoding="utf8") as lines:
        for line in lines:
            if line == "\n":
                found.append((report, tags, cues))
                tags, cues = [], []
                continue
            number, tag, *seen = line.rstrip("\n").split("\t")
            report = int(number)
            tags.append(tag)
            cues.append([sys.intern(cue) for cue in seen])
    return found


def met(stretches, reports):
    """Cues that at least so many reports have."""
    seen = collections.defaultdict(set)
    for report, _, cues in stretches:
        for cue in set().union(*cues):
            if len(seen[cue]) < reports:
                seen[cue].add(report)
    return {cue for cue, of in seen.items() if len(of) >= reports}


def learn(stretches, options):
    known = met(stretches, options.reports)
    trainer = pycrfsuite.Trainer(verbose=options.verbose)
    for _, tags, cues in stretches:
        trainer.append([[cue for cue in seen if cue in known] for seen in cues], tags)
    trainer.set_params({"c1": options.l1, "c2": options.l2, "max_iterations": options.steps})
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "model")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        return tagger.info()


def hundredths(weights, tags):
    return [f"{tags.index(tag)}\t{round(100 * weight)}" for tag, weight in sorted(weights) if round(100 * weight)]


def write(path, info):
    tags = sorted(info.labels)
    rows = collections.defaultdict(list)
    for (cue, tag), weight in info.state_features.items():
        rows[cue].append((tag, weight))
    steps = collections.defaultdict(list)
    for (before, after), weight in info.transitions.items():
        steps[before].append((after, weight))
    with open(path, "w", encoding="utf8") as out:
        out.write("# Weights of names, by train/names/run; MODEL.md beside this file tells of them. The tags; then a cue, and for\n")
        out.write("# each tag that it weighs for the number of the tag and the weight in hundredths. \">\" is a tag before the next.\n")
        out.write(" ".join(tags) + "\n")
        for before in sorted(steps):
            found = [f"{tags.index(tag)}\t{round(100 * weight)}" for tag, weight in sorted(steps[before])]
            out.write(f">{before}\t" + "\t".join(found) + "\n")
        for cue in sorted(rows):
            found = hundredths(rows[cue], tags)
            if found:
                out.write(f"{cue}\t" + "\t".join(found) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("lessons")
    parser.add_argument("out")
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only", type=int, help="one fold alone")
    parser.add_argument("--reports", type=int, default=3, help="a cue must be met in so many")
    parser.add_argument("--l1", type=float, default=0.3)
    parser.add_argument("--l2", type=float, default=0.01)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--drop", default="", help="cues that begin so, behind their distance, are not used")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    stretches = lessons(options.lessons)
    if options.drop:
        unwanted = tuple(options.drop.split(","))
        kept = lambda seen: [c for c in seen if not c.split(":", 1)[-1 if c[0] in "+-" else 0].startswith(unwanted)]
        stretches = [(report, tags, [kept(seen) for seen in cues]) for report, tags, cues in stretches]
    if not options.folds:
        write(options.out, learn(stretches, options))
        return
    os.makedirs(options.out, exist_ok=True)
    for k in range(options.folds) if options.only is None else [options.only]:
        rest = [stretch for stretch in stretches if stretch[0] % options.folds != k]
        write(os.path.join(options.out, f"{k}.tsv"), learn(rest, options))
        print("fold", k, "learned", flush=True)


if __name__ == "__main__":
    main()
