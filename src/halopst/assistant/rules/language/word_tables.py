"""The tables of words that rules read: `words/*.toml`, each read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"words/{name}.toml").read_text(encoding="utf-8"))
