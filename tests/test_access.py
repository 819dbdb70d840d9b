"""Every door is proven shut: routes x people x own / other / other satker (R-28).

Each route of the platform, page or API operation, has a row in `tests/access/<domain>.toml`:

    ["cases:case-detail"]            # the route's name; an API operation is "api:<url name>"
    subject = "case"                 # a function of tests/<domain>/subjects.py decorated @subject("case");
                                     # omit if the URL names no row
    methods = ["GET"]
    query = "?q=x"                   # or omitted
    data = { body = "Halo" }         # sent with POST; or omitted
    anonymous = "login"              # one word, or three: own, other in the same satker, another satker's
    visitor = "ok gone gone"
    petugas = "ok ok gone"
    staff = "ok ok gone"             # every role not named otherwise
    [name.POST]                      # where a method differs: the words that do; everything else as above
    staff = "no no gone"

Words: ok (2xx, 3xx to a page, or a refusal by a rule 409/422), login (sent to sign in, or 401), no (403),
gone (404).
A route without a row fails; so does a GET that writes.
"""

from copy import deepcopy

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access.matrix import EVERY, NAMED, OURS, OUTSIDE, ROWS, TWICE, doors, expectations, signed_in
from tests.access.people import PEOPLE, SUBJECTS, World


def test_every_route_has_a_name_and_a_row():
    assert sorted(name for name in OURS if name not in ROWS and name not in OUTSIDE) == []


def test_no_two_routes_and_no_two_rows_share_a_name():
    """One would stand for both: the other's door would never be tried."""
    routes = {name: set() for name in OURS}
    for name, pattern in EVERY:
        routes.get(name, set()).add(str(pattern.pattern))

    assert (TWICE, [name for name, ways in routes.items() if len(ways) > 1]) == ([], [])


def test_every_row_has_a_route():
    assert sorted(name for name in ROWS if name not in NAMED) == []


def outcome(response):
    if response.status_code == 401 or (
        response.status_code in {301, 302}
        and response.headers["Location"].startswith(("/akun/masuk", "/saya-mitra/masuk"))
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
@pytest.mark.parametrize(("name", "row", "method"), list(doors()))
def test_door(name, row, method):
    world = World.build()
    wrong = []
    for person in PEOPLE:
        session = signed_in(world, person)
        for place, expected in expectations(row, method, person):
            with transaction.atomic():
                found = knock(world, name, row, method, person, place, session)
                transaction.set_rollback(True)
            if found != expected:
                wrong.append(f"{person}, {place}: {found}, not {expected}")

    assert wrong == []


def knock(world, name, row, method, person, place, session):
    """The word for what this person meets at the door, and `writes` when a GET changed something."""
    made = SUBJECTS[row["subject"]](world, place, world.person(person)) if row.get("subject") else {}
    url = reverse(name, kwargs=made.get("kwargs", {})) + (made.get("query") or row.get("query", ""))
    extra = {}
    if name.startswith("api:") and method != "GET":
        extra = {"content_type": "application/json", "headers": {"Idempotency-Key": "kunci-uji-akses"}}
    client = Client()
    client.cookies = deepcopy(session)
    statements = []
    with connection.execute_wrapper(noting(statements)):
        response = getattr(client, method.lower())(
            url, {**row.get("data", {}), **made.get("data", {})}, **extra
        )
    if method == "GET" and any(writes(statement) for statement in statements):
        return "writes"
    return outcome(response)


def noting(statements):
    def note(execute, sql, params, many, context):
        statements.append(sql if isinstance(sql, str) else sql.as_string())
        return execute(sql, params, many, context)

    return note


def writes(sql):
    """A session and a copy kept in the cache are nobody's data."""
    statement = sql.lstrip().split(" ", 1)[0].upper()
    passing = ('"django_session"', '"shared_cache"')
    return statement in {"INSERT", "UPDATE", "DELETE"} and not any(table in sql for table in passing)
