"""Every door is proven shut: routes x people x own / other / other satker (R-28).

Each route of the platform, page or API operation, has a row in `tests/access/<domain>.toml`:

    ["cases:case-detail"]            # the route's name; an API operation is "api:<url name>"
    subject = "case"                 # a function of tests/<domain>/subjects.py decorated @subject("case");
                                     # omit if the URL names no row
    methods = ["GET"]
    data = { body = "Halo" }         # sent with POST; or omitted
    anonymous = "login"              # one word, or three: own, other in the same satker, another satker's
    visitor = "ok gone gone"
    petugas = "ok ok gone"
    staff = "ok ok gone"             # every role not named otherwise

Words: ok (2xx, 3xx to a page, or a refusal by a rule 409/422), login (sent to sign in, or 401), no (403),
gone (404).
A route without a row fails; so does a GET that writes.
"""

import importlib
import pkgutil
import tomllib
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tests
from tests.access.people import PEOPLE, PLACES, SUBJECTS, World

ROWS = {}
for path in sorted((Path(__file__).parent / "access").glob("*.toml")):
    ROWS.update(tomllib.loads(path.read_text()))
for module in pkgutil.iter_modules(tests.__path__):
    if module.ispkg and (Path(__file__).parent / module.name / "subjects.py").exists():
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


NAMED = dict(routes(get_resolver().url_patterns))
OURS = [
    name
    for name, pattern in NAMED.items()
    if name.startswith("api:") or not (pattern.callback.__module__ or "").startswith(FOREIGN_MODULES)
]


def test_every_route_has_a_name_and_a_row():
    assert sorted(name for name in OURS if name not in ROWS and name not in OUTSIDE) == []


def test_every_row_has_a_route():
    assert sorted(name for name in ROWS if name not in NAMED) == []


def cases():
    for name, row in ROWS.items():
        for method in row.get("methods", ["GET"]):
            for person in PEOPLE:
                words = row.get(person) or row.get("staff" if person not in {"anonymous", "visitor"} else "?")
                if words is None:
                    yield pytest.param(
                        name, row, method, person, "own", None, id=f"{name}-{method}-{person}-unstated"
                    )
                    continue
                places = PLACES if row.get("subject") else ["own"]
                expected = words.split() if len(words.split()) > 1 else [words] * len(places)
                for place, word in zip(places, expected, strict=True):
                    yield pytest.param(
                        name, row, method, person, place, word, id=f"{name}-{method}-{person}-{place}"
                    )


def outcome(response):
    if response.status_code == 401 or (
        response.status_code in {301, 302} and "/akun/masuk" in response.headers["Location"]
    ):
        return "login"
    if response.status_code == 403:
        return "no"
    if response.status_code == 404:
        return "gone"
    return (
        "ok"
        if response.status_code < 400 or response.status_code in {409, 422}
        else str(response.status_code)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row", "method", "person", "place", "expected"), list(cases()))
def test_door(client, name, row, method, person, place, expected):
    assert expected, f"{name} says nothing about {person}"
    world = World.build()
    who = world.person(person)
    made = SUBJECTS[row["subject"]](world, place, who) if row.get("subject") else {}
    url = reverse(name, kwargs=made.get("kwargs", {})) + made.get("query", "")
    if who:
        client.force_login(who)
        world.trust(client)
    content_type = {"content_type": "application/json"} if name.startswith("api:") else {}
    headers = {"Idempotency-Key": "kunci-uji-akses"} if name.startswith("api:") and method != "GET" else {}

    with CaptureQueriesContext(connection) as queries:
        response = getattr(client, method.lower())(
            url,
            {**row.get("data", {}), **made.get("data", {})},
            headers=headers,
            **(content_type if method != "GET" else {}),
        )

    assert outcome(response) == expected, (url, response.status_code)
    if method == "GET":
        assert [q["sql"] for q in queries if writes(q["sql"])] == []


def writes(sql):
    statement = sql.lstrip().split(" ", 1)[0].upper()
    return statement in {"INSERT", "UPDATE", "DELETE"} and '"django_session"' not in sql
