#!/usr/bin/env python3
"""Turn the tables of a spaCy English model into small readable text files.

    tables.py MODEL_DIR NORMS_JSON OUT_DIR

MODEL_DIR is the folder that holds `config.cfg`, OUT_DIR usually `crates/detente-english/model`. The model keeps only
hashes of the forms that have a norm of their own; NORMS_JSON (`en_lexeme_norm.json` of spacy-lookups-data) has the
forms themselves. What is written, and in
which format, `OUT_DIR/README.md` says. The regular expressions of the tokenizer are not written as such: this script
takes them apart, writes the characters and words they name, and stops if one has a shape that the scanners in
`src/tokenizer/affixes.rs` do not know.
"""
import itertools
import json
import pathlib
import re
import sys
import unicodedata

import srsly
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.strings import StringStore
from spacy.symbols import IDS, NORM, ORTH

CODE_POINTS = [chr(c) for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF]


class UnknownShape(Exception):
    """A pattern of the model that the Rust scanners do not implement."""


def expect(condition, what):
    if not condition:
        raise UnknownShape(what)


def alternatives(pattern):
    """The branches of a pattern, split at the bars outside of classes and groups."""
    parts, depth, in_class, i = [""], 0, False, 0
    while i < len(pattern):
        c = pattern[i]
        if c == "\\":
            parts[-1] += pattern[i : i + 2]
            i += 2
            continue
        if in_class:
            in_class = c != "]"
        elif c == "[":
            in_class = True
        elif c in "()":
            depth += 1 if c == "(" else -1
        elif c == "|" and depth == 0:
            parts.append("")
            i += 1
            continue
        parts[-1] += c
        i += 1
    return parts


def members(char_class):
    """The set of characters that a one-character pattern matches."""
    match = re.compile(char_class).fullmatch
    return {c for c in CODE_POINTS if match(c)}


def literal(piece):
    """The text that a pattern without operators matches, or None."""
    text = re.sub(r"\\([^\w])", r"\1", piece)
    return text if re.escape(text) == re.escape(re.sub(r"\\(.)", r"\1", piece)) and re.fullmatch(piece, text) else None


def split_shape(pieces, shape):
    """Takes the one piece that has this shape (a regular expression over patterns) out of the list; its groups."""
    found = [(p, m) for p in pieces if (m := re.fullmatch(shape, p, re.S))]
    expect(len(found) == 1, f"{len(found)} pieces of the shape {shape}")
    pieces.remove(found[0][0])
    return found[0][1].groups()


def icons_and_literals(pieces):
    """The character classes and literals that are left of a list of pieces: single characters, longer words."""
    single, words = set(), set()
    for piece in pieces:
        if piece.startswith("[") and piece.endswith("]"):
            single |= members(piece)
        else:
            text = literal(piece)
            expect(text, f"not a literal: {piece}")
            (single.add if len(text) == 1 else words.add)(text)
    return single, words


ALL = r"(\[.*\])"


def prefixes(pattern, classes, words):
    pieces = [p.removeprefix("^") for p in alternatives(pattern)]
    split_shape(pieces, r"\\\+\(\?!\[0-9\]\)")
    split_shape(pieces, r"\\\.\\\.\+")
    classes["prefix"], longer = icons_and_literals(pieces)
    expect("+" not in classes["prefix"] and "." not in classes["prefix"], "a plain + or . among the prefixes")
    # The first alternative wins, so a word that begins with a one-character prefix is never found.
    words["prefix"] = {w for w in longer if w[0] not in classes["prefix"]}


def suffixes(pattern, classes, words):
    pieces = [p.removesuffix("$") if not p.endswith("\\$") else p for p in alternatives(pattern)]
    split_shape(pieces, r"\\\.\\\.\+")
    split_shape(pieces, r"\(\?<=\[0-9\]\)\\\+")
    split_shape(pieces, r"\(\?<=°\[FfCcKk\]\)\\\.")
    upper, again = split_shape(pieces, r"\(\?<=(\[[^\]]*\])(\[[^\]]*\])\)\\\.")
    expect(upper == again and members(upper) == classes["alpha_upper"], "capitals before a full stop")
    (before_stop,) = split_shape(pieces, r"\(\?<=(\[.*\])\)\\\.")
    before_stop = members(before_stop)
    expect(classes["alpha_lower"] <= before_stop and set("0123456789") <= before_stop, "before a full stop")
    classes["before_stop"] = before_stop - classes["alpha_lower"] - set("0123456789")
    after_digit = [p for p in pieces if p.startswith("(?<=[0-9])(?:")]
    expect(len(after_digit) == 2, "currency and units after a digit")
    words["after_digit"] = set()
    for piece in after_digit:
        pieces.remove(piece)
        found = [literal(p) for p in alternatives(piece.removeprefix("(?<=[0-9])(?:").removesuffix(")"))]
        expect(all(found) and not any(c in "0123456789" for w in found for c in w), "a digit in a unit")
        words["after_digit"] |= set(found)
    classes["suffix"], words["suffix"] = icons_and_literals(pieces)
    expect("." not in classes["suffix"], "a plain full stop among the suffixes")


def infixes(pattern, classes, words):
    pieces = alternatives(pattern)
    expect(pieces[0] == r"\.\.+", "the first infix")
    expect(pieces[3] == r"(?<=[0-9])[+\-\*^](?=[0-9-])", "the infix between digits")
    before, after = re.fullmatch(r"\(\?<=(\[.*\])\)\\\.\(\?=(\[.*\])\)", pieces[4]).groups()
    lower_or_quote, upper_or_quote = members(before), members(after)
    a, b = re.fullmatch(r"\(\?<=(\[.*\])\),\(\?=(\[.*\])\)", pieces[5]).groups()
    expect(a == b, "the comma")
    classes["alpha"] = members(a)
    before, hyphens, after = re.fullmatch(r"\(\?<=(\[.*\])\)\(\?:(.*)\)\(\?=(\[.*\])\)", pieces[6]).groups()
    digits = set("0123456789")
    expect(members(before) == classes["alpha"] | digits and after == a, "the hyphen")
    words["hyphen"] = [literal(p) for p in alternatives(hyphens)]
    before, after = re.fullmatch(r"\(\?<=(\[.*\])\)\[:<>=/\]\(\?=(\[.*\])\)", pieces[7]).groups()
    expect(members(before) == classes["alpha"] | digits and after == a, "the colon")
    expect(len(pieces) == 8, "more infixes than known")
    classes["infix"], longer = icons_and_literals(pieces[1:3])
    expect(not longer, "long infixes")
    expect(not any(c in classes["infix"] for c in "+-*^.,:<>=/"), "an infix with and without condition")
    return lower_or_quote, upper_or_quote


def url(pattern, classes):
    """The address pattern must be the library's own, which `src/tokenizer/url.rs` implements."""
    from spacy.lang.tokenizer_exceptions import URL_MATCH

    expect(pattern == URL_MATCH.__self__.pattern, "the address pattern")
    classes["alpha_lower"] = members(re.search(r"\(\?:(\[[^\]]*\])\{2,63\}\)", pattern).group(1))
    classes["word"] = members(r"\w")
    classes["decimal"] = members(r"\d")


def tokenizer(model, out):
    data = srsly.msgpack_loads((model / "tokenizer").read_bytes())
    expect(data["token_match"] is None and data["faster_heuristics"], "the tokenizer's switches")
    classes, words = {}, {}
    url(data["url_match"], classes)
    lower_or_quote, upper_or_quote = infixes(data["infix_finditer"], classes, words)
    classes["quote"] = lower_or_quote - classes["alpha_lower"]
    expect(classes["quote"] | classes["alpha_lower"] == lower_or_quote, "lower case or quote")
    classes["alpha_upper"] = upper_or_quote - classes["quote"]
    expect(not classes["quote"] & (classes["alpha"] | classes["alpha_lower"]), "quotes that are letters")
    prefixes(data["prefix_search"], classes, words)
    suffixes(data["suffix_search"], classes, words)
    classes["letter"] = {c for c in CODE_POINTS if c.isalpha()}
    classes["upper"] = {c for c in CODE_POINTS if c.isupper()}
    classes["digit"] = {c for c in CODE_POINTS if c.isdigit()}
    classes["space"] = {c for c in CODE_POINTS if c.isspace()}
    write_classes(out / "characters.txt", classes)
    write(out / "affixes.txt", [f"{kind}\t{w}" for kind in words for w in ordered(words[kind])])
    exceptions = data["exceptions"]
    write(out / "exceptions.txt", ["\t".join(map(piece, exceptions[k])) for k in sorted(exceptions)])


def ordered(words):
    return words if isinstance(words, list) else sorted(words)


def piece(spec):
    expect(set(spec) <= {ORTH, NORM}, f"an exception with other attributes: {spec}")
    return escape(spec[ORTH]) + (" " + spec[NORM] if NORM in spec else "")


def escape(text):
    text = text.replace("\\", "\\\\").replace(" ", "\\s").replace("\t", "\\t").replace("\n", "\\n")
    return "".join(f"\\u{ord(c):04x}" if unicodedata.category(c)[0] in "ZC" else c for c in text)


def write_classes(path, classes):
    lines = []
    for name in sorted(classes):
        codes = sorted(map(ord, classes[name]))
        runs = [list(g) for _, g in itertools.groupby(enumerate(codes), lambda p: p[1] - p[0])]
        ranges = [f"{r[0][1]:x}" if len(r) == 1 else f"{r[0][1]:x}-{r[-1][1]:x}" for r in runs]
        lines += [f"{name}\t{' '.join(ranges[i : i + 16])}" for i in range(0, len(ranges), 16)]
    write(path, lines)


def norms(model, forms, out):
    table = srsly.msgpack_loads((model / "vocab/lookups.bin").read_bytes())["lexeme_norm"]
    by_hash = StringStore(json.loads(forms.read_text(encoding="utf8")))
    expect(all(key in by_hash for key in table), "a norm of an unknown form")
    merged = dict(BASE_NORMS)
    # Forms with spaces are no tokens.
    merged |= {by_hash[key]: norm for key, norm in table.items()}
    write(out / "norms.txt", [f"{form}\t{norm}" for form, norm in sorted(merged.items()) if " " not in form])


def symbols(out):
    write(out / "symbols.txt", [f"{i}\t{name}" for name, i in sorted(IDS.items(), key=lambda p: p[1]) if name])


# What the three patterns of the ruler that are regular expressions match in full.
EXPANDED = {"^n'?t$": ["n't", "nt"], "^n[ou]thin'$": ["nothin'", "nuthin'"], "^y'?$": ["y", "y'"]}


def condition(attribute, test):
    if attribute == "IS_SPACE":
        return f"IS_SPACE {'is' if test else 'not'}"
    if isinstance(test, str):
        return f"{attribute} is {test}"
    ((operator, value),) = test.items()
    if operator == "REGEX":
        return f"{attribute} is {' '.join(EXPANDED[value])}"
    verb = {"IN": "is", "NOT_IN": "not"}[operator]
    return " ".join([attribute, verb, *(v or '""' for v in value)])


def ruler(model, out):
    lines = []
    for rule in srsly.read_msgpack(model / "attribute_ruler/patterns"):
        values = " ".join(f"{k}={v}" for k, v in rule["attrs"].items())
        for pattern in rule["patterns"]:
            tokens = " then ".join(" & ".join(condition(*c) for c in token.items()) for token in pattern)
            lines.append(f"{rule['index']}\t{tokens}\t{values}")
    write(out / "ruler.txt", lines)


PARTS = ["adj", "adv", "noun", "punct", "verb"]


def lemmas(model, out):
    tables = srsly.msgpack_loads((model / "lemmatizer/lookups/lookups.bin").read_bytes())
    key = {part: StringStore().add(part) for part in PARTS}
    for table in tables.values():
        expect(set(table) <= set(key.values()), "lemmas for other parts of speech")
    rules, exceptions, index = (tables[f"lemma_{t}"] for t in ("rules", "exc", "index"))
    write(out / "lemma_rules.txt", [f"{p}\t{old}\t{new}" for p in PARTS for old, new in rules.get(key[p], [])])
    for part in PARTS:
        if key[part] in exceptions:
            found = exceptions[key[part]]
            write(out / f"lemma_exceptions_{part}.txt", [f"{form}\t{' '.join(found[form])}" for form in by_bytes(found)])
        if key[part] in index:
            write(out / f"lemma_index_{part}.txt", by_bytes(set(index[key[part]])))


def by_bytes(words):
    return sorted(words, key=lambda word: word.encode())


def write(path, lines):
    path.write_text("".join(line + "\n" for line in lines), encoding="utf8")
    print(f"{len(lines):7} lines  {path}", file=sys.stderr)


def main():
    model, forms, out = map(pathlib.Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    tokenizer(model, out)
    norms(model, forms, out)
    symbols(out)
    ruler(model, out)
    lemmas(model, out)


if __name__ == "__main__":
    main()
