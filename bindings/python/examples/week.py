"""A week of reports, from text to a table of who did what to whom. The reports are made up for this example.

    python week.py
"""

import detente
import pyarrow.compute as pc

REPORTS = [
    {
        "id": "monday",
        "published": "2021-03-01",
        "title": "Norway and Sweden to resume talks",
        "text": "OSLO, March 1, 2021 - Norway and Sweden will resume talks on fishing in Stockholm on Thursday, the Norwegian foreign "
        "ministry said on Monday. Sweden had broken off the talks in January.",
    },
    {
        "id": "thursday",
        "published": "2021-03-04",
        "title": "Ministers meet in Stockholm",
        "text": "STOCKHOLM, March 4, 2021 - The foreign ministers of Norway and Sweden met in Stockholm on Thursday. Norway accused "
        "Sweden of seizing two fishing boats last week.",
    },
    {
        "id": "saturday",
        "published": "2021-03-06",
        "title": "Sweden releases boats",
        "text": "STOCKHOLM, March 6, 2021 - Sweden released two Norwegian fishing boats on Saturday. Norway praised the decision.",
    },
]


def codes(parties):
    """The states of a list of parties, in a few letters."""
    return "+".join(party["code"] or "?" for party in parties)


def main():
    events = detente.read(REPORTS)
    print(f"{events.num_rows} events in {len(REPORTS)} reports\n")

    for event in events.sort_by("start").to_pylist():
        who, whom = codes(event["actors"]), codes(event["recipients"])
        day = str(event["start"] or "some day")
        print(f"{day:10} {event['type']:9} {event['status']:9} {who} > {whom}")
        print(f"    {event['sentence']}")

    # Columns are Arrow arrays: filters and sums need no loop.
    happened = events.filter(pc.equal(events["status"], "occurred"))
    print("\nmean score of what happened:", round(pc.mean(happened["score"]).as_py(), 2))
    print(happened.group_by("type").aggregate([("id", "count")]).sort_by([("id_count", "descending")]).to_pylist())

    # Any engine that speaks Arrow takes the table as it is.
    try:
        import duckdb
    except ImportError:
        return
    print(duckdb.sql("select published, count(*) as events, min(score) as worst from events group by published order by published"))


if __name__ == "__main__":
    main()
