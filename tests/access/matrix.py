"""The access matrix as data: its rows, the routes they speak of, and what each row expects of whom."""

import importlib
import pkgutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

import tests
from tests.access.people import PLACES

TESTS = Path(__file__).resolve().parents[1]
ROWS: dict[str, dict[str, Any]] = {}
TWICE: list[str] = []
for path in sorted((TESTS / "access").glob("*.toml")):
    more = tomllib.loads(path.read_text())
    TWICE += sorted(set(more) & set(ROWS))
    ROWS.update(more)
for module in pkgutil.iter_modules(tests.__path__):
    if module.ispkg and (TESTS / module.name / "subjects.py").exists():
        importlib.import_module(f"tests.{module.name}.subjects")

OUTSIDE = {"set_language"}
FOREIGN_MODULES = ("django.", "ninja.", "allauth.")


def routes(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}", pattern


EVERY = list(routes(get_resolver().url_patterns))
NAMED = dict(EVERY)
OURS = [
    name
    for name, pattern in NAMED.items()
    if name.startswith("api:") or not (pattern.callback.__module__ or "").startswith(FOREIGN_MODULES)
]


def doors():
    for name, row in ROWS.items():
        for method in row.get("methods", ["GET"]):
            yield pytest.param(name, row, method, id=f"{name}-{method}")


def expectations(row, method, person):
    """For each place the row speaks of, the word it gives this person; None when it says nothing."""
    everyone = [] if person in {"anonymous", "visitor"} else ["staff"]
    spoken = [(row.get(method, {}), name) for name in (person, *everyone)]
    spoken += [(row, name) for name in (person, *everyone)]
    words = next((said[name] for said, name in spoken if name in said), None)
    places = PLACES if row.get("subject") else PLACES[:1]
    expected = [words] * len(places) if words is None or " " not in words else words.split()
    return zip(places, expected, strict=True)


def signed_in(world, person):
    client = Client()
    if who := world.person(person):
        client.force_login(who)
        world.trust(client)
    return client.cookies
