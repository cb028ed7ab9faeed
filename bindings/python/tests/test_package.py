"""What is public is documented and typed."""

import ast
import inspect
from importlib import resources

import detente
from detente import _native


def test_what_is_public_is_documented_and_typed():
    assert detente.__doc__
    functions = [getattr(detente, name) for name in detente.__all__ if not name.startswith("_")]
    assert functions
    for function in functions:
        assert inspect.getdoc(function), function.__name__
        assert inspect.signature(function).return_annotation is not inspect.Signature.empty, function.__name__


def test_the_stubs_name_what_the_native_part_has():
    stubs = ast.parse((resources.files(detente) / "_native.pyi").read_text())
    told = {node.name for node in stubs.body if isinstance(node, ast.FunctionDef)}
    assert told == {name for name in dir(_native) if not name.startswith("_")}
    assert (resources.files(detente) / "py.typed").is_file()


def test_the_columns_are_those_of_the_documentation():
    from conftest import ROOT

    text = (ROOT / "docs/tables.md").read_text()
    for name, doc in detente.columns().items():
        assert f"| `{name}` |" in text and doc in text, name
