"""The Spark job on a cluster of two workers: same rows as one machine, also when an executor is killed while it runs.

Needs `pyspark` 4 and Java 17 or later; skips where one of them is not there.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import detente
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, lines

pytest.importorskip("pyspark", reason="no pyspark: the Spark job is not tested")
if shutil.which("java") is None:
    pytest.skip("no Java: the Spark job is not tested", allow_module_level=True)

JOB = ROOT / "bindings/python/examples/spark_events.py"
CLUSTER = "local-cluster[2,1,1024]"
PARTS = 24


def conf(**settings: object) -> list[str]:
    return [word for key, value in settings.items() for word in ("--conf", f"spark.{key.replace('_', '.')}={value}")]


def submit(*arguments: object) -> subprocess.Popen:
    """The job on a cluster of its own; each executor has one core, so each runs one task after the other."""
    import pyspark

    home = Path(pyspark.__file__).parent
    environment = {**os.environ, "SPARK_HOME": str(home), "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    settings = conf(ui_enabled="false", python_daemon_module="detente.spark.daemon", driver_memory="1g", executor_memory="512m")
    command = [home / "bin/spark-submit", "--master", CLUSTER, *settings, JOB, *arguments]
    return subprocess.Popen([str(word) for word in command], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finished(job: subprocess.Popen) -> str:
    out, told = job.communicate(timeout=540)
    assert job.returncode == 0, "\n".join(line for line in told.splitlines() if " INFO " not in line)[-4000:]
    return out


def below(pid: int) -> list[int]:
    """The processes that this one began, and those that they began."""
    try:
        children = [int(word) for task in Path(f"/proc/{pid}/task").iterdir() for word in (task / "children").read_text().split()]
    except OSError:
        return []
    return children + [further for child in children for further in below(child)]


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def coding(job: subprocess.Popen) -> list[int]:
    """The executors of a job that have a Python worker at work."""
    executors = [pid for pid in below(job.pid) if "CoarseGrainedExecutorBackend" in command_of(pid)]
    return [pid for pid in executors if any("detente.spark.daemon" in command_of(child) for child in below(pid))]


def kill_one(job: subprocess.Popen, staging: Path) -> int:
    """Kills an executor as soon as both are at work and some tasks are done but not all."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and job.poll() is None:
        executors = coding(job)
        done = len(list(staging.glob("**/part-*.parquet"))) if staging.exists() else 0
        if len(executors) == 2 and 0 < done:
            os.kill(executors[0], signal.SIGKILL)
            return executors[0]
        time.sleep(0.05)
    pytest.fail("the job ended before an executor could be killed" if job.poll() is not None else "no executor began to code")


def written(out: Path) -> pa.Table:
    """All events of an output with the day of their partition, by their ids."""
    partitions = ds.partitioning(pa.schema([("date", pa.date32())]), flavor="hive")
    table = ds.dataset(out, format="parquet", partitioning=partitions).to_table()
    return table.sort_by("id")


def as_written(reports: list[dict[str, str]]) -> pa.Table:
    """What one machine makes of the reports, with the day of each."""
    events = detente.read(reports)
    day_of = {report["id"]: report["published"] for report in reports}
    days = pa.array([day_of[doc] for doc in events["doc"].to_pylist()]).cast(pa.date32())
    return events.append_column("date", days).sort_by("id")


def same(left: pa.Table, right: pa.Table) -> bool:
    return left.column_names == right.column_names and lines(left) == lines(right)


def parquet_of(reports: list[dict[str, str]], folder: Path) -> Path:
    """The reports in many files, so that there are many tasks."""
    folder.mkdir()
    columns = ["id", "published", "title", "text"]
    for part in range(PARTS):
        rows = [{name: report[name] for name in columns} for report in reports[part::PARTS]]
        pq.write_table(pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in columns])), folder / f"{part:02}.parquet")
    return folder


@pytest.fixture(scope="module")
def many(reports) -> list[dict[str, str]]:
    """Enough of our own reports that a job is busy for a while: each again and again under another name, over three days."""
    days = ["2015-07-20", "2018-04-27", "2021-03-03"]
    return [
        {**report, "id": f"{report['id']}-{number}", "published": days[number % 3], "title": report.get("title") or ""}
        for number in range(200)
        for report in reports
    ]


def test_rows_are_those_of_one_machine_though_an_executor_is_killed(many, tmp_path):
    source, out = parquet_of(many, tmp_path / "reports"), tmp_path / "events"
    job = submit("--out", out, source)
    killed = kill_one(job, out)
    told = finished(job)
    assert "of 3 days" in told, told
    assert command_of(killed) == ""
    assert same(written(out), as_written(many))
    assert sorted(folder.name for folder in out.glob("date=*")) == ["date=2015-07-20", "date=2018-04-27", "date=2021-03-03"]


def test_newswire(newswire, by_command, tmp_path):
    """Every report by the command, the wheel and a cluster that loses an executor: the same rows, byte for byte."""
    out = tmp_path / "events"
    job = submit("--out", out, parquet_of(newswire, tmp_path / "reports"))
    kill_one(job, out)
    finished(job)
    events = written(out).drop_columns("date")
    assert same(events, detente.read(newswire).sort_by("id"))
    assert same(events, by_command(newswire).sort_by("id"))
    print(f"\n{len(newswire)} reports, {events.num_rows} events, the same by the command, the wheel and Spark")


def test_a_run_replaces_the_days_it_reads_and_no_other(many, tmp_path):
    few = many[: 30 * 5]
    out = tmp_path / "events"
    finished(submit("--out", out, parquet_of(few, tmp_path / "reports")))
    first = {path: path.read_bytes() for path in out.glob("date=*/*.parquet")}
    assert same(written(out), as_written(few))
    # A day is read again, with other reports than before, and one of its days has nothing to tell any more.
    changed = [report for report in few if report["published"] == "2018-04-27"][:10]
    empty = [{**report, "text": "Nothing of note."} for report in few if report["published"] == "2015-07-20"]
    source = parquet_of(changed + empty, tmp_path / "again")
    finished(submit("--out", out, source))
    kept = [report for report in few if report["published"] == "2021-03-03"]
    assert same(written(out), as_written(changed + kept))
    assert all(path.read_bytes() == data for path, data in first.items() if "2021-03-03" in str(path))
    assert not (out / "date=2015-07-20").exists()


def test_archives_are_read_by_their_names(reports, tmp_path):
    """JSON Lines of one day, the WARC of another."""
    out = tmp_path / "events"
    lists, crawl = tmp_path / "NEWS-20210303-1.jsonl", tmp_path / "NEWS-20210304-1.warc.gz"
    lists.write_text("".join(json.dumps(report) + "\n" for report in reports))
    with open(crawl, "wb") as file:
        subprocess.run([sys.executable, ROOT / "bench/throughput/archive.py", "2"], stdout=file, check=True)
    finished(submit("--out", out, "--archives", lists, crawl))
    events = written(out)
    of_day = {day: events.filter(pc.equal(events["date"], day)) for day in set(events["date"])}
    assert {str(day): table.num_rows > 20 for day, table in of_day.items()} == {"2021-03-03": True, "2021-03-04": True}
    assert same(events.drop_columns("date"), detente.read_files([lists, crawl]).sort_by("id"))
