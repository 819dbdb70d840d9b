"""All regions of the country, as the offices have them."""

import csv
from functools import cache
from importlib.resources import files

from halopst.knowledge.rules.figures.regions import Gazetteer, Region


@cache
def country():
    text = (files("halopst.units") / "data" / "satker.csv").read_text(encoding="utf-8")
    return Gazetteer(
        Region(row["code"], row["region"], row["kind"], row["parent"])
        for row in csv.DictReader(text.splitlines())
    )
