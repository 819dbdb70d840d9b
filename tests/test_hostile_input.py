"""Nothing a stranger can type makes a page or an operation of the API break: every route, every field.

The routes, the people who may use them and the rows they are about come from the access matrix; the names
of the fields from the source. What is asked of each answer: it is no 5xx, and nothing was raised.
"""

import json
import re
from itertools import product
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

import halopst
from tests.access.matrix import NAMED, ROWS, doors, expectations, signed_in
from tests.access.people import PEOPLE, SUBJECTS, World

SOURCE = "\n".join(path.read_text() for path in Path(halopst.__file__).parent.rglob("*.py"))
QUERY_NAMES = sorted(set(re.findall(r"GET\.(?:get|getlist)\(\s*\"([\w-]+)\"", SOURCE)))
POST_NAMES = set(re.findall(r"POST\.(?:get|getlist)\(\s*\"([\w-]+)\"", SOURCE))
FIELD_NAMES = sorted(
    POST_NAMES | set(re.findall(r"^    (\w+) = (?:forms\.)?\w*Field\(", SOURCE, re.MULTILINE))
)
TEXTS = ["\0", "9" * 30, "x" * 20_000, "2026-13-45T99:99", "{{ 7*7 }}%s%(n)s'\"<b>&#0;😀"]
VALUES = [None, [], {}, [[]], "\0", "", -1, 10**40, 1.5, True, "2026-13-45T99:99:99Z"]
ALONE = ["\0", 10**40, "x" * 20_000]
"""What passes for a value of the right kind, beside others that are well formed."""
OPTIONS = ["q", "limit", "offset", "satker", "after", "sejak"]
BODIES = ["{", "[]", "null", '""', '{"a": NaN}', "[" * 5000]


def who_may(row, method):
    """The first person of the matrix for whom this door opens; strangers before staff."""
    for person in PEOPLE:
        if next(expectations(row, method, person))[1] == "ok":
            return person
    return "anonymous"


def pages(method):
    return [case for case in doors() if case.values[2] == method and not case.values[0].startswith("api:")]


def operations():
    return [case for case in doors() if case.values[0].startswith("api:")]


class Door:
    """One route as the person who may use it meets it; `ask` undoes whatever the answer changed."""

    def __init__(self, name, row, method):
        self.world = World.build()
        self.name, self.row, self.method = name, row, method
        self.person = who_may(row, method)
        self.session = signed_in(self.world, self.person)

    def ask(self, send):
        """The status, or the name of what was raised."""
        client = Client()
        client.cookies = self.session
        with transaction.atomic():
            made = {}
            if subject := self.row.get("subject"):
                made = SUBJECTS[subject](self.world, "own", self.world.person(self.person))
            url = reverse(self.name, kwargs=made.get("kwargs", {}))
            try:
                found = send(client, url, {**self.row.get("data", {}), **made.get("data", {})}).status_code
            except Exception as error:  # noqa: BLE001  # what a visitor would see as a 500
                found = f"{type(error).__name__}: {error}"[:200]
            transaction.set_rollback(True)
        return found


def broken(found):
    return isinstance(found, str) or found >= 500


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row", "method"), pages("GET"))
def test_no_query_breaks_a_page(name, row, method):
    door = Door(name, row, method)
    wrong = {}
    for text in TEXTS:
        query = dict.fromkeys(QUERY_NAMES, text)
        found = door.ask(lambda client, url, _data, query=query: client.get(url, query))
        if broken(found):
            wrong[text[:20]] = found
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row", "method"), pages("POST"))
def test_no_field_breaks_a_page(name, row, method):
    door = Door(name, row, method)
    wrong = {}
    for text in TEXTS:
        found = door.ask(
            lambda client, url, _data, text=text: client.post(url, dict.fromkeys(FIELD_NAMES, text))
        )
        if broken(found):
            wrong[text[:20]] = found
    for field, text in product(row.get("data", {}), TEXTS[:3]):
        found = door.ask(
            lambda client, url, data, field=field, text=text: client.post(url, {**data, field: text})
        )
        if broken(found):
            wrong[field, text[:20]] = found
    assert wrong == {}


def send(client, url, method, body):
    """As a program sends it: what is no string already goes as JSON, or with GET as the query."""
    if method == "GET":
        return client.get(url, {key: str(value) for key, value in body.items()})
    text = body if isinstance(body, str) else json.dumps(body)
    headers = {"Idempotency-Key": "kunci-uji-masukan"}
    return getattr(client, method.lower())(url, text, content_type="application/json", headers=headers)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row", "method"), operations())
def test_no_value_breaks_an_operation(name, row, method):
    door = Door(name, row, method)
    wrong = {}
    for value in VALUES:
        found = door.ask(
            lambda client, url, data, value=value: send(
                client, url, method, dict.fromkeys([*data, *OPTIONS], value)
            )
        )
        if broken(found):
            wrong["all", repr(value)[:20]] = found
    for field, value in product(row.get("data", {}), ALONE):
        found = door.ask(
            lambda client, url, data, field=field, value=value: send(
                client, url, method, {**data, field: value}
            )
        )
        if broken(found):
            wrong[field, repr(value)[:20]] = found
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "row", "method"), [case for case in operations() if case.values[2] != "GET"]
)
def test_no_body_breaks_an_operation(name, row, method):
    door = Door(name, row, method)
    said = {
        body[:10]: door.ask(lambda client, url, _data, body=body: send(client, url, method, body))
        for body in BODIES
    }
    assert {body: found for body, found in said.items() if broken(found)} == {}


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
