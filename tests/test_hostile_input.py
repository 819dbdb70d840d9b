"""Nothing a stranger can type makes a page break: every route, every field. For programs: test_misuse.py.

The routes, the people who may use them and the rows they are about come from the access matrix; the names
of the fields from the source. What is asked of each answer: it is no 5xx, and nothing was raised.
"""

import re
from itertools import product
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

import halopst
from tests.access.door import Door
from tests.access.matrix import NAMED, ROWS, doors

SOURCE = "\n".join(path.read_text() for path in Path(halopst.__file__).parent.rglob("*.py"))
QUERY_NAMES = sorted(set(re.findall(r"GET\.(?:get|getlist)\(\s*\"([\w-]+)\"", SOURCE)))
POST_NAMES = set(re.findall(r"POST\.(?:get|getlist)\(\s*\"([\w-]+)\"", SOURCE))
FIELD_NAMES = sorted(
    POST_NAMES | set(re.findall(r"^    (\w+) = (?:forms\.)?\w*Field\(", SOURCE, re.MULTILINE))
)
TEXTS = ["\0", "9" * 30, "x" * 20_000, "2026-13-45T99:99", "{{ 7*7 }}%s%(n)s'\"<b>&#0;😀"]


def pages(method):
    return [case for case in doors() if case.values[2] == method and not case.values[0].startswith("api:")]


def asked(door, send):
    """The status of the answer, or the name of what was raised."""
    answer = door.ask(lambda client: send(client, door.url(), door.data))
    return answer if isinstance(answer, str) else answer.status_code


def broken(found):
    return isinstance(found, str) or found >= 500


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row", "method"), pages("GET"))
def test_no_query_breaks_a_page(name, row, method):
    door = Door(name, row, method)
    wrong = {}
    for text in TEXTS:
        query = dict.fromkeys(QUERY_NAMES, text)
        found = asked(door, lambda client, url, _data, query=query: client.get(url, query))
        if broken(found):
            wrong[text[:20]] = found
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row", "method"), pages("POST"))
def test_no_field_breaks_a_page(name, row, method):
    door = Door(name, row, method)
    wrong = {}
    for text in TEXTS:
        found = asked(
            door, lambda client, url, _data, text=text: client.post(url, dict.fromkeys(FIELD_NAMES, text))
        )
        if broken(found):
            wrong[text[:20]] = found
    for field, text in product(door.data, TEXTS[:3]):
        found = asked(
            door, lambda client, url, data, field=field, text=text: client.post(url, {**data, field: text})
        )
        if broken(found):
            wrong[field, text[:20]] = found
    assert wrong == {}


def test_a_body_too_large_is_told_so():
    url = reverse("api:give_rating")
    answer = Client(headers={"Idempotency-Key": "isi-terlalu-besar"}).post(
        url, "x" * 13_000_000, content_type="application/json"
    )
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:halopst:too-large")
    assert "terlalu besar" in answer.json()["title"]


def test_an_unknown_operation_is_a_problem_too():
    answer = Client().get("/api/v1/tidak/ada/")
    assert (answer.status_code, answer.json()["type"]) == (404, "urn:halopst:not-found")


def texts_in_the_address(name):
    """The placeholders of a route, when all of them take free text."""
    converters = NAMED[name].pattern.converters
    return (
        list(converters)
        if all(type(one).__name__ == "StringConverter" for one in converters.values())
        else []
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(name for name in ROWS if texts_in_the_address(name)))
def test_no_address_breaks(name):
    url = reverse(name, kwargs=dict.fromkeys(texts_in_the_address(name), "ganti"))
    for text in ("contoh%00nul", "%F0%9F%98%80", "x" * 3_000, "..%5c..", "%ff"):
        assert Client().get(url.replace("ganti", text)).status_code < 500
