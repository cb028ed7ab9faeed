"""News to dated, sourced events: who did what to whom, when, where, and who says so.

    >>> import detente
    >>> events = detente.read([{"id": "a", "published": "2018-04-27", "text": "…"}])
    >>> events.column_names[:3]
    ['id', 'doc', 'type']

`read` takes reports in any shape and gives a `pyarrow.Table` with the columns of `columns()`; `scan` gives the same batch by
batch. `read_files` and `scan_files` take files, folders and archives. `detente.spark` does it on a cluster. `annotate`, `times`
and `places` give what the events are made of: tokens with their parse, time expressions, names of places.

All of them work on all cores without the interpreter's lock. Reports that cannot be read (no text, another language) are left
out and told to the logger `detente`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from detente import _native, _reports
from detente._native import __version__

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["__version__", "annotate", "columns", "places", "read", "read_files", "scan", "scan_files", "schema", "times"]


def read(
    reports: _reports.Reports,
    *,
    id: str | None = None,
    text: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    author: str | None = None,
    min_confidence: float = 0.0,
    threads: int | None = None,
) -> pa.Table:
    """The events of reports, a row each, in the order of the reports.

    Args:
        reports: Texts, records as dictionaries, or a table: pyarrow, polars, pandas, or anything that speaks Arrow's
            C data interface. One text is a list of one.
        id: The column that names a report; without it `id`, `doc_id`, `uid`, `uuid` or `guid` where there is one, and
            else the number of the report from 0 as text. The events' `doc` repeats it.
        text: The column of the text; without it `text`, `body`, `content` and the like. A text may be a whole HTML page.
        title: The column of the headline, where it stands apart from the text.
        published: The column of the day of the report: dates, timestamps, or texts that say a day. Without a day many
            events have none either.
        url: The column of the address.
        author: The column of the writer.
        min_confidence: Events that the coder is less sure of are left out.
        threads: How many threads code; without it, as many as there are cores.

    Returns:
        A `pyarrow.Table` with the schema of `schema()`.

    Raises:
        ValueError: A column that is named is not there, or none is known that holds the text.
        TypeError: The reports are of no shape that can be read.
    """
    batches = _reports.batches(reports, id=id, text=text, title=title, published=published, url=url, author=author)
    return _native.read(batches, {"threads": threads, "min_confidence": min_confidence})


def scan(
    reports: _reports.Reports,
    *,
    id: str | None = None,
    text: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    author: str | None = None,
    min_confidence: float = 0.0,
    threads: int | None = None,
) -> pa.RecordBatchReader:
    """As `read`, but batch by batch while the reports are coded: memory does not grow with their number.

    The reports may come batch by batch too, as a `pyarrow.RecordBatchReader`.
    """
    batches = _reports.batches(reports, id=id, text=text, title=title, published=published, url=url, author=author)
    return _native.scan(batches, {"threads": threads, "min_confidence": min_confidence})


def read_files(
    *paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    min_confidence: float = 0.0,
    threads: int | None = None,
) -> pa.Table:
    """The events of files, folders and archives: pages, texts, feeds, JSON Lines, CSV, WARC; `.gz` and `.zst` too.

    The rows are those of `detente read PATH …`. No address is opened.
    """
    return _native.read_files(_reports.paths(paths), {"threads": threads, "min_confidence": min_confidence})


def scan_files(
    *paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    min_confidence: float = 0.0,
    threads: int | None = None,
) -> pa.RecordBatchReader:
    """As `read_files`, but batch by batch while the files are read, so that an archive may be larger than the memory."""
    return _native.scan_files(_reports.paths(paths), {"threads": threads, "min_confidence": min_confidence})


def annotate(
    reports: _reports.Reports, *, id: str | None = None, text: str | None = None, threads: int | None = None
) -> pa.Table:
    """The tokens of texts with tags, parse and entities, a row each.

    Reports are given and columns are named as for `read`. A text is taken as it is: nothing is left out, and a page is not read.

    Returns:
        A `pyarrow.Table` with `doc` (the report's id), `sentence` and `i` (numbers within the text, from 0), `start` (in code points
        of the text), `text`, `lemma`, `tag` (Penn Treebank), `pos` (Universal), `dep`, `head` (the `i` of the head; its own where it
        is the root), `ent_iob`, `ent_type` (null outside of entities) and `sent_start`.
    """
    batches = _reports.batches(reports, id=id, text=text)
    return _native.annotate(batches, threads).combine_chunks()


def times(
    reports: _reports.Reports,
    *,
    id: str | None = None,
    text: str | None = None,
    published: str | None = None,
    threads: int | None = None,
) -> pa.Table:
    """The time expressions of texts, a row each.

    Reports are given and columns are named as for `read`. A text is taken as it is: nothing is left out, and a page is not read.
    Without the day on which it was published `Friday` has a value but no days.

    Returns:
        A `pyarrow.Table` with `doc`, `start` and `end` (in code points of the text), `text`, `type` and `value` (as TIMEX3), `from` and
        `to` (the first and the last civil day; null where nothing pins it to the calendar), `mod` and `basis` (what its days rest on).
    """
    batches = _reports.batches(reports, id=id, text=text, published=published)
    return _native.times(batches, threads).combine_chunks()


def places(
    reports: _reports.Reports, *, id: str | None = None, text: str | None = None, threads: int | None = None
) -> pa.Table:
    """The names of places in texts, a row each.

    Reports are given and columns are named as for `read`. A text is taken as it is: nothing is left out, and a page is not read.

    Returns:
        A `pyarrow.Table` with `doc`, `start` and `end` (in code points of the text), `name`, `place` (`City, Country`), `geonameid`,
        `lat`, `lon`, `country` (ISO 3166-1 alpha-3), `kind`, `form` (how the text calls it), `nearby` (whether the coordinates are
        those of another place of the text) and `certainty` (0 to 1). What the gazetteer does not know is null.
    """
    batches = _reports.batches(reports, id=id, text=text)
    return _native.places(batches, threads).combine_chunks()


def schema() -> pa.Schema:
    """What every table of events looks like."""
    return _native.schema()


def columns() -> dict[str, str]:
    """The columns of a table of events, each with what it says."""
    return dict(_native.columns())
