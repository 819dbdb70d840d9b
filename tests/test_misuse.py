"""Whatever a program sends, wherever the API takes it, the answer is one kind of problem, in Indonesian.

What may be sent where is read from the API's own description (OpenAPI), who may and about which rows from the
access matrix. Each value is tried alone, in a body that is well formed otherwise: its example.
"""

import copy
import json
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from halopst.accounts.actors import actor_for
from halopst.accounts.services import create_token, fresh_secret
from halopst.config.api import api
from halopst.config.openapi import operations
from tests.access.door import Door
from tests.access.matrix import NAMED, ROWS
from tests.accounts.factories import MembershipFactory

SCHEMA = api.get_openapi_schema()
NOTHING = object()
SOONER_THAN = 2.0  # seconds of work, however busy the machine is
ANY = [None, NOTHING, {}, "\ud800"]
OF_KIND = {
    "string": ["", "😀", "\0", "9" * 30, "x" * 100_000],
    "integer": [-1, 0, 2**31, 2**63 - 1, 2**63],
    "number": [-1, 0, 1e308],
    "boolean": ["entah"],
    "array": [[], [None], "x"],
}
OF_FORMAT = {
    "date": ["0001-01-01", "9999-12-31", "2026-02-30"],
    "date-time": ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-11-22T10:00:00"],
}
QUERY = [
    "",
    "x",
    "-1",
    "0",
    "100000",
    "9" * 30,
    "9223372036854775807",
    "😀",
    "\0",
    "0001-01",
    "9999-12",
    "9999-12-31",
]
FORM = ["", "😀", "\0", "x" * 100_000, "-1", "9" * 30]
FILES = [b"", b"x", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0"]
MONTH = ["0001-01", "9999-12", "2026-13"]
BODIES = ["", "{", "[]", "null", '"x"', '{"a": NaN}', "[" * 3000, '{"\\u0000": 1}']
ENGLISH = re.compile(
    r"\b(should|must|required|invalid|expected|input|field|found|error|unable|allowed|the|is|not|cannot|please|this"
    r"|value|select|file|enter|too|missing|permission)\b",
    re.IGNORECASE,
)


def described():
    """Each operation as (route name, row of the matrix, method, description)."""
    named = {}
    for name, row in ROWS.items():
        if name.startswith("api:"):
            route = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(NAMED[name].pattern))
            for method in row.get("methods", ["GET"]):
                named[f"/api/v1/{route}", method] = (name, row)
    for path, verb, operation in operations(SCHEMA):
        name, row = named[path, verb.upper()]
        yield pytest.param(name, row, verb, operation, id=f"{name.removeprefix('api:')}-{verb}")


def whole(shape):
    while "$ref" in shape:
        shape = SCHEMA["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    return shape


def content(operation, kind):
    return operation.get("requestBody", {}).get("content", {}).get(kind, {}).get("schema")


def example(shape):
    shape = whole(shape)
    if "examples" in shape:
        return copy.deepcopy(shape["examples"][0])
    return dict.fromkeys(shape.get("properties", {}))


def places(shape, value, at=()):
    """Every value within a body: the way to it and the shapes it may have."""
    shape = whole(shape)
    for one in map(whole, shape.get("anyOf", [shape])):
        if one.get("type") == "object" and isinstance(value, dict):
            for name, field in one.get("properties", {}).items():
                if name in value:
                    yield (*at, name), field
                    yield from places(field, value[name], (*at, name))
        elif one.get("type") == "array" and isinstance(value, list) and value:
            yield from places(one["items"], value[0], (*at, 0))


def wrong_values(shape):
    shapes = [whole(one) for one in whole(shape).get("anyOf", [shape])]
    yield from ANY
    for one in shapes:
        yield from OF_KIND.get(one.get("type"), [])
        yield from OF_FORMAT.get(one.get("format"), [])
        if "month" in json.dumps(one).lower():
            yield from MONTH


def changed(body, at, value):
    body = copy.deepcopy(body)
    inner = body
    for step in at[:-1]:
        inner = inner[step]
    if value is NOTHING:
        del inner[at[-1]]
    else:
        inner[at[-1]] = value
    return body


def bodies(operation, data):
    """(what is wrong, the body): as the matrix sends it where it does, else as the example shows it."""
    shape = content(operation, "application/json")
    if shape is None:
        yield "a body it does not want", "{"
        return
    good = {**example(shape), **data}
    yield from ((body[:8], body) for body in BODIES)
    yield "cut off", json.dumps(good)[:-1]
    for at, field in places(shape, good):
        for value in wrong_values(field):
            told = "nothing" if value is NOTHING else repr(value)[:24]
            yield f"{'.'.join(map(str, at))} = {told}", json.dumps(changed(good, at, value))


def flaws(answer, seconds):
    """What is wrong with an answer, if anything."""
    if isinstance(answer, str):
        return answer
    if seconds > SOONER_THAN:
        return f"{seconds:.1f} seconds"
    if answer.status_code < 400:
        return None
    told = json.loads(answer.content) if answer["Content-Type"] == "application/problem+json" else {}
    if answer.status_code >= 500 or told.get("status") != answer.status_code:
        return f"{answer.status_code}, {answer['Content-Type']}"
    said = [told["title"], *(error.get("problem", "") for error in told.get("errors", []))]
    return next((text for text in said if ENGLISH.search(_without_names(text))), None)


def _without_names(text):
    """Names of fields, allowed words and what was sent stand as they are in any language."""
    return re.sub(r"^\S+|(dari|Contoh|pola):? .*|[\"\u201c'(].*?[\"\u201d')]", "", text)


class Program:
    """Sends one thing after another to a door and keeps what was answered wrongly."""

    def __init__(self, name, row, verb):
        self.door, self.verb, self.wrong = Door(name, row, verb.upper()), verb, {}

    def sends(self, what, *, url=None, **given):
        headers = {"Idempotency-Key": "kunci-uji-salah-pakai", "Accept-Language": "id"}
        begun = time.process_time()
        call = lambda client: getattr(client, self.verb)(url or self.door.url(), headers=headers, **given)  # noqa: E731
        answer = self.door.ask(call)
        if flaw := flaws(answer, time.process_time() - begun):
            self.wrong.setdefault(flaw, what)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "row", "verb", "operation"), list(described()))
def test_misuse_is_answered_with_a_problem_in_indonesian(name, row, verb, operation):
    program = Program(name, row, verb)
    for parameter in (one["name"] for one in operation["parameters"] if one["in"] == "query"):
        for value in QUERY if verb == "get" else []:
            program.sends(f"?{parameter}={value[:12]}", data={**program.door.data, parameter: value})
    for what, body in bodies(operation, program.door.data) if verb != "get" else []:
        program.sends(what, data=body, content_type="application/json")
    if fields := content(operation, "multipart/form-data"):
        misuse_form(program, whole(fields)["properties"])
    for key, value in program.door.kwargs.items():
        if isinstance(value, int) and key != "year":
            program.sends(f"{key} too large", url=program.door.url(**{key: 10**30}))
    assert program.wrong == {}


def misuse_form(program, fields):
    names = [name for name in fields if name != "file"]
    program.sends("cut off", data=b"--x\r\n", content_type="multipart/form-data; boundary=x")
    program.sends("no boundary", data=b"x", content_type="multipart/form-data")
    for text in FORM:
        program.sends(
            f"form {text[:8]}",
            data={**dict.fromkeys(names, text), "file": SimpleUploadedFile("a.pdf", FILES[2])},
        )
    for held in FILES:
        program.sends(
            f"file {held[:6]}", data={**program.door.data, "file": SimpleUploadedFile("a.pdf", held)}
        )


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/x-www-form-urlencoded", ""])
def test_a_body_of_another_kind_is_a_problem(client, kind):
    answer = client.post("/api/v1/assistant/ask", "x=1", content_type=kind, headers={"Accept-Language": "id"})

    assert flaws(answer, 0) is None
    assert 400 <= answer.status_code < 500


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"x", "multipart/form-data"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"x", "multipart/form-data; boundary=x"),
    ],
)
def test_a_malformed_form_is_answered_with_a_problem(client, body, kind):
    """With a token, as programs come: nothing has read the form before the operation does."""
    user, secret = MembershipFactory(role="admin").user, fresh_secret()
    create_token(actor_for(user), name="Uji", scopes=["tulis"], days=3, secret=secret, now=timezone.now())

    headers = {"Authorization": f"Bearer {secret}", "Accept-Language": "id"}
    answer = client.post("/api/v1/letters/signatures", body, content_type=kind, headers=headers)

    assert flaws(answer, 0) is None
