"""The words in published tables, sorted by what they tell (`table_words.toml`)."""

import tomllib
from functools import lru_cache
from importlib.resources import files

JOINT = " · "
"""Joins the parts of a breakdown: `Kecamatan Benowo · Perempuan`."""


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("table_words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def listed(part: str, name: str) -> frozenset[str]:
    return frozenset(_tables()[part][name])
