"""The snapshots of the exchange formats, read as their users read them.

The Rust tests prove that the snapshots are what `detente` writes (crates/detente-ledger/tests/exchange); these tests prove that
pandas takes them with the published column names and types, and that Python's icalendar takes the agenda.
"""
import datetime
import pathlib

import icalendar
import pandas
import pytest

LEDGER = pathlib.Path(__file__).parents[2] / "crates/detente-ledger"
SNAPSHOTS = LEDGER / "tests/exchange/snapshots"
TYPES = {"int": "Int64", "float": "float64", "string": "string", "date": "string"}
COUNTS = {"gdelt1": 58, "gdelt2": 61, "icews": 20, "polecat": 40, "phoenix": 26}
HEADERS = {"icews", "polecat"}


def columns(name):
    lines = (LEDGER / f"data/columns/{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def read(name):
    """With quotes taken for text, as R's phoxy and GDELT's own examples read."""
    listed = columns(name)
    names = [column for column, *_ in listed]
    frame = pandas.read_csv(
        SNAPSHOTS / f"{name}.tsv", sep="\t", quoting=3, header=0 if name in HEADERS else None,
        names=None if name in HEADERS else names, dtype={column: TYPES[kind] for column, kind, _ in listed},
        keep_default_na=False, na_values=[""],
    )
    assert list(frame.columns) == names
    return frame


@pytest.mark.parametrize("name", COUNTS)
def test_columns_and_types(name):
    frame = read(name)
    assert len(frame.columns) == COUNTS[name]
    assert len(frame) > 5
    for column, kind, empty in columns(name):
        assert frame[column].isna().all() == bool(empty), column
        if kind == "date":
            pandas.to_datetime(frame[column], format="%Y-%m-%d")


@pytest.mark.parametrize("name", ["gdelt1", "gdelt2"])
def test_gdelt_values(name):
    frame = read(name)
    assert frame["GLOBALEVENTID"].is_unique and frame["GLOBALEVENTID"].max() < 2**53
    assert frame["SQLDATE"].between(20170501, 20170531).all()
    assert frame["QuadClass"].isin([1, 2, 3, 4]).all()
    assert frame["GoldsteinScale"].between(-10, 10).all()
    assert (frame["EventBaseCode"] == frame["EventCode"].str[:3]).all()
    assert (frame["EventRootCode"] == frame["EventCode"].str[:2]).all()
    assert (frame["DATEADDED"].astype("string").str.len() == (14 if name == "gdelt2" else 8)).all()
    assert frame["ActionGeo_Type"].isin(range(6)).all()
    mosul = frame[frame["EventCode"] == "183"].iloc[0]
    assert mosul["ActionGeo_FullName"] == "Mosul, Nineveh, Iraq"
    assert mosul["ActionGeo_CountryCode"] == "IZ" and mosul["ActionGeo_ADM1Code"] == "IZ15"
    assert mosul["Actor1Code"] == "IRQUAF" and mosul["Actor2Code"] == "IRQCOP"


def test_icews_values():
    frame = read("icews")
    visit = frame[frame["CAMEO Code"] == "042"].iloc[0]
    assert visit["Event Text"] == "Make a visit"
    assert (visit["Source Country"], visit["Target Country"]) == ("United States", "Russian Federation")
    assert visit["City"] == "Moscow"


def test_polecat_values():
    frame = read("polecat")
    talks = frame[frame["Actor Name"].str.contains("United Nations")].iloc[0]
    assert talks["Actor Name"] == "Sergey Lavrov; Rex Tillerson; United Nations"
    assert talks["Actor Country"] == "RUS; USA; UNO"
    assert talks["Recipient Name"] == "None"
    assert set(frame["Quad Code"]) <= {f"{a} {b}" for a in ("VERBAL", "MATERIAL") for b in ("COOPERATION", "CONFLICT")}


def test_phoenix_numbers_fit_an_integer_of_r():
    frame = read("phoenix")
    assert list(frame["EventID"]) == list(range(1, len(frame) + 1))
    assert ((frame["Year"] * 100 + frame["Month"]) * 100 + frame["Day"] == frame["Date"]).all()


def agenda():
    return icalendar.Calendar.from_ical((SNAPSHOTS / "agenda.ics").read_bytes())


def test_agenda_loads_without_errors():
    calendar = agenda()
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    assert not calendar.errors
    events = calendar.walk("VEVENT")
    assert [event.errors for event in events] == [[]] * 3
    assert len({event["UID"] for event in events}) == 3


def test_agenda_tells_days_state_and_proof():
    event = agenda().walk("VEVENT")[0]
    assert event.decoded("DTSTART") == datetime.date(2017, 5, 10)
    assert event.decoded("DTEND") == datetime.date(2017, 5, 12)
    assert event.decoded("DTSTAMP") == datetime.datetime(2017, 5, 9, 8, 30, tzinfo=datetime.timezone.utc)
    assert event["STATUS"] == "CANCELLED" and int(event["SEQUENCE"]) == 1
    assert event["SUMMARY"] == "Meeting: Russia, United States (Rex Tillerson, Sergey Lavrov)"
    assert event["DESCRIPTION"].split("\n") == [
        "2017-05-03, North Courier: The two will meet again in Fairbanks on May 10-11.",
        "2017-05-08, North Courier: The meeting in Fairbanks was called off on Monday.",
    ]


def test_agenda_escapes_what_it_must():
    event = agenda().walk("VEVENT")[2]
    assert "six-party talk; third round, part \\ two" in event["SUMMARY"]
    assert event.decoded("DTEND") == datetime.date(2018, 1, 1)
    assert event["STATUS"] == "TENTATIVE"
