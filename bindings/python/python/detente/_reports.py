"""Reports in any shape to record batches of texts: the columns id, url, title, text, published, author, as far as they are there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, Protocol, Union, runtime_checkable

import pyarrow as pa

from detente import _native


@runtime_checkable
class ArrowStream(Protocol):
    """A table that speaks Arrow's C data interface: pyarrow, polars, pandas, DuckDB."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...


@runtime_checkable
class ArrowArray(Protocol):
    """A batch or column that speaks Arrow's C data interface."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...


Reports = Union[str, Iterable[str], Iterable[Mapping[str, Any]], ArrowStream, ArrowArray]

# The names under which each part of a report is looked for.
_NAMES: dict[str, list[str]] = dict(_native.fields())

_WANTED = "wanted: texts, dictionaries, or a table of pyarrow, polars or pandas"

# So many records of a Python iterable make a batch.
_ROWS = 1024


def batches(reports: Reports, **columns: str | None) -> pa.RecordBatchReader:
    """The reports as a stream of batches with the columns that the native part reads."""
    if isinstance(reports, str):
        return _of_column(pa.array([reports]))
    if isinstance(reports, pa.RecordBatchReader):
        return _of_table(reports, columns)
    if isinstance(reports, (ArrowStream, ArrowArray)):
        return _of_arrow(reports, columns)
    if isinstance(reports, Iterable) and not isinstance(reports, (bytes, Mapping)):
        return _of_rows(reports, columns)
    raise TypeError(f"reports cannot be read from {type(reports).__name__}; {_WANTED}")


def paths(given: tuple[Any, ...]) -> list[str]:
    """The paths of a call, each given alone or in a list."""
    flat = (path for one in given for path in ([one] if isinstance(one, (str, os.PathLike)) else one))
    found = [os.fspath(path) for path in flat]
    for path in found:
        if not os.path.exists(path):
            raise FileNotFoundError(path)
    return found


def _of_arrow(reports: ArrowStream | ArrowArray, columns: dict[str, str | None]) -> pa.RecordBatchReader:
    """A table, or a column of texts: only its schema tells."""
    if isinstance(reports, ArrowStream):
        try:
            return _of_table(pa.RecordBatchReader.from_stream(reports), columns)
        except (pa.ArrowInvalid, TypeError):
            return _of_column(pa.chunked_array(reports))
    array = pa.array(reports)
    if not pa.types.is_struct(array.type):
        return _of_column(array)
    return _of_table(pa.Table.from_batches([pa.RecordBatch.from_struct_array(array)]).to_reader(), columns)


def _of_column(texts: pa.Array | pa.ChunkedArray) -> pa.RecordBatchReader:
    return pa.table({"text": texts.cast(pa.string())}).to_reader()


def _of_table(table: pa.RecordBatchReader, columns: dict[str, str | None]) -> pa.RecordBatchReader:
    parts = chosen(table.schema.names, columns)
    schema = pa.schema([(part, pa.string()) for part in parts])
    cast = (
        pa.record_batch([batch.column(name).cast(pa.string()) for name in parts.values()], schema=schema)
        for batch in table
    )
    return pa.RecordBatchReader.from_batches(schema, cast)


def chosen(there: list[str], columns: dict[str, str | None]) -> dict[str, str]:
    """Which column holds which part of a report."""
    parts: dict[str, str] = {}
    for part, named in columns.items():
        if named is not None and named not in there:
            raise ValueError(f"there is no column {named!r} for {part}; there are {', '.join(there)}")
        found = named or next((name for name in _NAMES[part] if name in there), None)
        if found is not None:
            parts[part] = found
    if "text" not in parts:
        raise ValueError(f"no column holds the text; name it by text=…; there are {', '.join(there)}")
    return parts


def _of_rows(rows: Iterable[Any], columns: dict[str, str | None]) -> pa.RecordBatchReader:
    """Texts or dictionaries of a Python iterable; dictionaries may differ in their keys."""
    names = {part: [named] if named else _NAMES[part] for part, named in columns.items()}
    schema = pa.schema([(part, pa.string()) for part in names])
    rows = iter(rows)
    # The first row is looked at now, so that what cannot be read is said at once.
    some = list(islice(rows, 1))
    for row in some:
        _parts(row, names)
    return pa.RecordBatchReader.from_batches(schema, _gathered(chain(some, rows), names, schema))


def _gathered(rows: Iterator[Any], names: dict[str, list[str]], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while some := list(islice(rows, _ROWS)):
        yield pa.RecordBatch.from_pylist([_parts(row, names) for row in some], schema=schema)


def _parts(row: Any, names: dict[str, list[str]]) -> dict[str, str]:
    if isinstance(row, str):
        return {"text": row}
    if not isinstance(row, Mapping):
        raise TypeError(f"a report cannot be read from {type(row).__name__}; {_WANTED}")
    found = ((part, next((row[name] for name in known if row.get(name) is not None), None)) for part, known in names.items())
    return {part: _words(value) for part, value in found if value is not None}


def _words(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
