"""Reading on a cluster: `read` codes the rows of a Spark data frame, `read_files` archives that every executor can reach.

Both give a data frame of events with the columns of `detente.columns()`. The work is a `mapInArrow`, so nothing is shuffled, and
what one report or file gives depends on nothing else: a task that is lost with its executor is done again with the same rows.

Each Python worker of an executor codes on one thread, since Spark runs as many tasks as there are cores. The model is loaded once
in a process. With

    spark.python.daemon.module = detente.spark.daemon

it is loaded once in an executor's daemon, from which all workers are forked, and its memory is shared by them.

The package must be installed on the executors, with `pyspark` 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import StringType, StructField, StructType

import detente
from detente import _reports

__all__ = ["read", "read_files"]


def read(
    reports: DataFrame,
    *,
    id: str | None = None,
    text: str | None = None,
    title: str | None = None,
    published: str | None = None,
    url: str | None = None,
    author: str | None = None,
    keep: Sequence[str] = (),
    min_confidence: float = 0.0,
    threads: int = 1,
) -> DataFrame:
    """The events of a data frame of reports, a row each.

    Args:
        reports: A report a row; the columns are found or named as by `detente.read`. Each needs an id of its own, since rows of
            a cluster have no number.
        keep: Columns of the reports that their events repeat, behind the events' own: a day to partition by, for instance.
        min_confidence: Events that the coder is less sure of are left out.
        threads: How many threads a task codes on; more than one wants as many cores a task (`spark.task.cpus`).

    Raises:
        ValueError: A column is not there, no column holds an id or the text, or a kept one has the name of an event's.
    """
    named = {"id": id, "text": text, "title": title, "published": published, "url": url, "author": author}
    chosen = _reports.chosen(reports.columns, named)
    if "id" not in chosen:
        raise ValueError(f"no column holds an id; name it by id=…; there are {', '.join(reports.columns)}")
    taken = [name for name in keep if name in detente.columns()]
    if taken:
        raise ValueError(f"{', '.join(taken)} cannot be kept: events have columns of that name")
    parts = [_column(name).cast("string").alias(part) for part, name in chosen.items()]
    # Columns that are kept stand apart from the parts of the report, whatever they are called.
    kept = [_column(name).alias(_KEPT + name) for name in keep]
    fields = [StructField(name, reports.schema[name].dataType) for name in keep]

    def code(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            events = detente.read(batch, min_confidence=min_confidence, threads=threads)
            yield from _with_kept(events, batch, keep).to_batches()

    return reports.select(*parts, *kept).mapInArrow(code, _schema(fields))


def read_files(
    spark: SparkSession, paths: Sequence[str], *, min_confidence: float = 0.0, threads: int = 1
) -> DataFrame:
    """The events of files and archives, each read by one task; the column `file`, behind the events' own, says of which.

    A path is one that every executor sees, or an address that `pyarrow.fs` knows (`s3://`, `hdfs://`, `gs://`); the latter is
    copied to the executor's disk for as long as it is read.
    """
    names = [str(path) for path in paths]

    def code(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for number in (number for batch in batches for number in batch.column("id").to_pylist()):
            with _local(names[number]) as path:
                for events in detente.scan_files(path, min_confidence=min_confidence, threads=threads):
                    file = pa.array([names[number]]).take(pa.array([0] * events.num_rows, pa.int32()))
                    yield events.append_column("file", file)

    numbers = spark.range(len(names), numPartitions=max(1, len(names)))
    return numbers.mapInArrow(code, _schema([StructField("file", StringType())]))


_KEPT = "kept "


def _column(name: str) -> Column:
    return F.col("`" + name.replace("`", "``") + "`")


def _schema(further: list[StructField]) -> StructType:
    return StructType(from_arrow_schema(detente.schema()).fields + further)


def _with_kept(events: pa.Table, reports: pa.RecordBatch, keep: Sequence[str]) -> pa.Table:
    """The events with what they repeat of their reports."""
    if keep:
        rows = pc.index_in(events["doc"].combine_chunks(), value_set=reports.column("id"))
    for name in keep:
        events = events.append_column(name, reports.column(_KEPT + name).take(rows))
    return events


@contextmanager
def _local(path: str) -> Iterator[str]:
    if "://" not in path:
        yield path
        return
    from pyarrow import fs

    source, inner = fs.FileSystem.from_uri(path)
    with TemporaryDirectory() as folder:
        copy = str(Path(folder) / Path(inner).name)
        fs.copy_files(inner, copy, source_filesystem=source, destination_filesystem=fs.LocalFileSystem())
        yield copy
