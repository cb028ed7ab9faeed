"""The queries of docs/scale.md run on a table that was partitioned by day, and the ledger takes it."""

import re
import subprocess

import detente
import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pytest
from conftest import ROOT

REPORTS = [
    ("a", "2021-03-03", "OSLO, March 3, 2021 - The foreign ministers of Norway and Sweden met in Oslo on Wednesday."),
    ("b", "2021-03-04", "OSLO, March 4, 2021 - Norway accused Sweden of seizing two fishing boats."),
    ("c", "2021-04-06", "OSLO, April 6, 2021 - Norway again condemned Sweden. Danish and Finnish ministers met in Helsinki."),
]


def blocks(kind: str) -> list[str]:
    text = (ROOT / "docs/scale.md").read_text()
    found = re.findall(rf"```{kind}\n(.*?)```", text, flags=re.DOTALL)
    assert found, f"no block {kind}"
    return found


@pytest.fixture
def events(tmp_path, monkeypatch) -> pa.Table:
    """A folder `events` as the Spark job writes it."""
    table = detente.read([{"id": id, "published": day, "text": text} for id, day, text in REPORTS])
    table = table.append_column("date", table["published"])
    partitions = ds.partitioning(pa.schema([("date", pa.date32())]), flavor="hive")
    ds.write_dataset(table, tmp_path / "events", format="parquet", partitioning=partitions)
    monkeypatch.chdir(tmp_path)
    return table


def test_duckdb(events):
    conflict, meetings = (duckdb.sql(query).fetchall() for query in blocks("sql duckdb"))
    assert [(str(month)[:7], count) for month, count, _ in conflict] == [("2021-03", 1), ("2021-04", 1)]
    assert all(score < 0 for _, _, score in conflict)
    assert ("NOR", "SWE", 1) in meetings


def test_polars(events):
    names: dict = {}
    (query,) = blocks("python polars")
    exec(query, names)
    occurred = sum(status == "occurred" for status in events["status"].to_pylist())
    assert names["by_day"]["events"].sum() == occurred
    assert [str(day) for day in names["by_day"]["date"].unique(maintain_order=True)] == ["2021-03-03", "2021-03-04", "2021-04-06"]


def test_the_ledger_takes_the_folder(events, command):
    def run(*arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([command, *arguments], capture_output=True, text=True, check=True)

    first = run("import", "--ledger", "news.db", "events/")
    assert f"{events.num_rows} reports kept" in first.stderr
    again = run("import", "--ledger", "news.db", "events/")
    assert f"0 reports kept in news.db, {events.num_rows} there already" in again.stderr
    told = run("events", "--ledger", "news.db", "--dyad", "NOR", "SWE", "--format", "jsonl").stdout
    assert "Norway accused Sweden" in told
    relation = run("relation", "NOR", "SWE", "--ledger", "news.db", "--on", "2021-04-07").stdout
    assert "an accusation by Norway against Sweden on 6 April 2021" in relation
    run("ledger", "check", "news.db")
