"""What `annotate`, `times` and `places` give: the rows of the command, in columns."""

import json
import re
import subprocess

import detente
import pandas
import pyarrow as pa
import pytest

TALKS = "Zürich, 3 March - The ministers of Norway and Sweden met in Oslo on Wednesday."


@pytest.fixture
def printed(command, tmp_path):
    """The objects that a command prints of documents."""

    def run(task, docs):
        (tmp_path / "docs.json").write_text(json.dumps(docs))
        arguments = [command, task, "--docs", tmp_path / "docs.json"]
        out = subprocess.run(arguments, stdout=subprocess.PIPE, check=True).stdout
        return [json.loads(line) for line in out.splitlines()]

    return run


def as_json(table: pa.Table) -> list[dict]:
    return json.loads(json.dumps(table.to_pylist(), default=str))


def rounded(rows: list[dict]) -> list[dict]:
    """Numbers of 32 bits, written in Python's 64."""
    return [{name: round(value, 3) if isinstance(value, float) else value for name, value in row.items()} for row in rows]


def test_tokens_are_those_of_the_command(reports, printed):
    table = detente.annotate(reports)
    shown = printed("annotate", reports)
    columns = ["start", "text", "lemma", "tag", "pos", "dep", "head", "ent_iob", "ent_type", "sent_start"]
    for document in shown:
        rows = [row for row in table.to_pylist() if row["doc"] == document["id"]]
        told = [[row[name] if row[name] is not None else "" for name in columns] for row in rows]
        assert told == [token[:-1] + [bool(token[-1])] for token in document["tokens"]]
        assert [row["i"] for row in rows] == list(range(len(rows)))
    assert table.num_rows == sum(len(document["tokens"]) for document in shown) > 300


@pytest.mark.parametrize("task", ["times", "places"])
def test_times_and_places_are_those_of_the_command(task, reports, printed):
    shown = printed(task, reports)
    rows = as_json(getattr(detente, task)(reports))
    assert rounded(rows) == rounded(shown)
    assert len(rows) > 10


def test_offsets_count_code_points():
    (oslo,) = [row for row in detente.places(TALKS).to_pylist() if row["name"] == "Oslo"]
    assert TALKS[oslo["start"] : oslo["end"]] == "Oslo"
    assert (oslo["country"], oslo["doc"]) == ("NOR", "0")
    first = detente.annotate([TALKS])
    assert [TALKS[row["start"] :].startswith(row["text"]) for row in first.to_pylist()] == [True] * first.num_rows


def test_days_rest_on_the_day_of_the_report():
    frame = pandas.DataFrame({"key": ["a"], "day": ["2021-03-04"], "words": [TALKS]})
    rows = detente.times(frame, id="key", text="words", published="day").to_pylist()
    assert [(row["doc"], row["text"], str(row["from"])) for row in rows][-1] == ("a", "Wednesday", "2021-03-03")


def test_the_columns_are_told_and_always_the_same():
    for function in [detente.annotate, detente.times, detente.places]:
        nothing = function([])
        assert nothing.num_rows == 0
        assert nothing.schema.equals(function([TALKS, ""]).schema)
        told = set(re.findall(r"`(\w+)`", function.__doc__.partition("Returns:")[2]))
        assert set(nothing.column_names) <= told, set(nothing.column_names) - told


def test_a_report_without_text_is_left_out(caplog):
    assert set(detente.annotate([{"id": "a", "text": None}, {"id": "b", "text": TALKS}])["doc"].to_pylist()) == {"b"}
    assert "a" in caplog.text
