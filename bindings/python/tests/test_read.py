"""What `detente.read` takes and gives."""

import logging
import os
import signal
import threading
import time

import detente
import pandas
import polars
import pyarrow as pa
import pytest
from conftest import lines

TALKS = "OSLO, March 3, 2021 - The foreign ministers of Norway and Sweden met in Oslo on Wednesday."


def test_the_table_has_the_documented_schema():
    events = detente.read([TALKS])
    assert events.schema.equals(detente.schema(), check_metadata=True)
    assert events.column_names == list(detente.columns())
    assert events.schema.metadata[b"detente.table"] == b"events"


def test_an_event_is_told_whole():
    (event,) = detente.read([{"id": "talks", "published": "2021-03-03", "text": TALKS}]).to_pylist()
    assert (event["id"], event["doc"], event["type"], event["status"]) == ("talks#1", "talks", "CONSULT", "occurred")
    assert sorted(party["code"] for party in event["actors"] + event["recipients"]) == ["NOR", "SWE"]
    assert str(event["start"]) == "2021-03-03"
    assert TALKS[event["span_start"] : event["span_end"]] == event["sentence"]


def test_every_shape_of_reports_gives_the_same_rows(reports):
    expected = lines(detente.read(reports))
    table = pa.Table.from_pylist(reports)
    batches = table.to_batches(max_chunksize=1)
    shapes = {
        "pyarrow": table,
        "pyarrow, chunked": pa.Table.from_batches(batches),
        "batches": pa.RecordBatchReader.from_batches(table.schema, iter(batches)),
        "one batch": table.combine_chunks().to_batches()[0],
        "polars": polars.DataFrame(reports),
        "pandas": pandas.DataFrame(reports),
        "a generator": (report for report in reports),
        "dates": table.set_column(1, "published", table["published"].cast(pa.date32())),
        "timestamps": table.set_column(1, "published", table["published"].cast(pa.timestamp("ns"))),
        "categories": pandas.DataFrame(reports).astype({"published": "category"}),
        "large texts": table.cast(pa.schema([(name, pa.large_string()) for name in table.column_names])),
    }
    assert b"SUPPORT" in expected
    for shape, given in shapes.items():
        assert lines(detente.read(given)) == expected, shape


def test_bare_texts_are_numbered_from_0():
    texts = ["Nothing of note.", TALKS]
    shapes = [texts, tuple(texts), pa.array(texts), pa.chunked_array([texts]), polars.Series(texts), pandas.Series(texts)]
    for given in shapes:
        assert detente.read(given)["id"].to_pylist() == ["1#1"]
    assert detente.read(TALKS)["doc"].to_pylist() == ["0"]


def test_columns_can_be_named():
    frame = pandas.DataFrame({"key": [7], "day": ["2021-03-03"], "words": [TALKS]})
    events = detente.read(frame, id="key", published="day", text="words")
    assert events["doc"].to_pylist() == ["7"]
    assert str(events["start"][0]) == "2021-03-03"
    rows = frame.to_dict("records")
    assert lines(detente.read(rows, id="key", published="day", text="words")) == lines(events)


def test_what_is_wrong_is_said():
    frame = pandas.DataFrame({"words": [TALKS]})
    with pytest.raises(ValueError, match="name it by text="):
        detente.read(frame)
    with pytest.raises(ValueError, match="no column 'body'.*words"):
        detente.read(frame, text="body")
    for wrong in [7, b"bytes", [7], {"text": TALKS}]:
        with pytest.raises(TypeError, match="wanted"):
            detente.read(wrong)
    with pytest.raises(FileNotFoundError):
        detente.read_files("nowhere.txt")


def test_a_fault_of_the_caller_inside_a_stream_is_handed_on():
    def broken():
        yield {"text": TALKS}
        raise OSError("the disk is gone")

    with pytest.raises(Exception, match="the disk is gone"):
        detente.read(broken())


def test_reports_that_cannot_be_read_are_told_and_left_out(caplog):
    german = "Die Bundesregierung hat am Mittwoch beschlossen, den Vertrag mit den Nachbarn nicht zu verlängern, wie es hieß. " * 3
    with caplog.at_level(logging.INFO, logger="detente"):
        events = detente.read([{"id": "a", "text": None}, {"id": "b", "text": german}, {"id": "c", "text": TALKS}])
    assert set(events["doc"].to_pylist()) == {"c"}
    assert [(record.levelname, record.getMessage().split(":")[0]) for record in caplog.records] == [("WARNING", "a"), ("INFO", "b")]


def test_empty_input_gives_an_empty_table():
    for given in [[], pa.table({"text": pa.array([], pa.string())}), [""]]:
        events = detente.read(given)
        assert (events.num_rows, events.schema) == (0, detente.schema())


def test_doubtful_events_can_be_left_out(reports):
    every = detente.read(reports)
    floor = sorted(every["confidence"].to_pylist())[every.num_rows // 2]
    sure = detente.read(reports, min_confidence=floor)
    assert 0 < sure.num_rows < every.num_rows
    assert min(sure["confidence"].to_pylist()) >= floor


def test_the_number_of_threads_changes_nothing(reports):
    assert lines(detente.read(reports * 20, threads=1)) == lines(detente.read(reports * 20, threads=4))
    with pytest.raises((ValueError, OverflowError, TypeError)):
        detente.read(reports, threads=0)


def test_a_scan_gives_the_rows_of_a_table(reports):
    stream = detente.scan(reports)
    assert stream.schema == detente.schema()
    assert lines(stream.read_all()) == lines(detente.read(reports))


def test_a_scan_that_is_dropped_ends_its_threads(reports):
    def threads():
        return len(os.listdir("/proc/self/task"))

    before = threads()
    endless = detente.scan(report for _ in iter(int, 1) for report in reports)
    del endless
    deadline = time.monotonic() + 20
    while threads() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert threads() <= before


def test_python_goes_on_while_reports_are_coded(reports):
    done = threading.Event()
    ticks = 0

    def tick():
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    start = time.monotonic()
    detente.read(reports * 40, threads=1)
    seconds = time.monotonic() - start
    done.set()
    ticker.join()
    # With the lock held there would be none in all this time.
    assert ticks > seconds * 20


def test_ctrl_c_stops_a_long_read(reports):
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    previous = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            detente.read(report for _ in range(10**9) for report in reports)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
