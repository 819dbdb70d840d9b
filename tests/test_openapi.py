"""The API's description of itself is whole and true enough to write a program from."""

import json
import re
from collections import Counter
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest
from ninja import Schema

from halopst.accounts import api as accounts
from halopst.accounts.models import Membership
from halopst.calendars import api as calendars
from halopst.calendars.models import Holiday
from halopst.cases import api as cases
from halopst.cases.models import Case
from halopst.config.api import api
from halopst.config.openapi import WRITING, operations
from halopst.units import api as units
from halopst.units.models import Unit
from tools import endpoints

WITHOUT_KEY = {
    "/api/v1/assistant/ask",  # answers, and changes nothing
    "/api/v1/assistant/units/{slug}/conversations",  # a conversation nobody may keep is gone after a day
    "/api/v1/assistant/conversations/turns",
    "/api/v1/assistant/conversations/turns/{pk}/verdict",  # set, not added
    "/api/v1/assistant/conversations/turns/{pk}/reason",
    "/api/v1/assistant/conversations/kept",
    "/api/v1/knowledge/units/{slug}/webapi-access",  # no hash of the key is kept; set, not added
    "/api/v1/partners/payment-lists/{pk}/transfer",  # whole account numbers are not kept; each taking counts
    "/api/v1/partners/units/{slug}/payment-file",
    "/api/v1/letters/units/{slug}/templates/{kind}/preview",  # changes nothing
    "/api/v1/letters/{pk}/esign",  # no hash of a passphrase or NIK is kept; a letter is signed once
    "/api/v1/letters/{pk}/esign/code",
    "/api/v1/letters/{pk}/esign/certificate",
    "/api/v1/letters/{pk}/esign/seal",  # nor of the seal's code; a letter is sealed once
    "/api/v1/letters/{pk}/esign/seal/code",
    "/api/v1/letters/signatures",
    "/api/v1/letters/verification/{token}",  # changes nothing
    "/api/v1/partners/units/{slug}/mitra-file",  # whole NIK, likewise
    "/api/v1/partners/units/{slug}/mitra/{pk}/nik",
    "/api/v1/partners/units/{slug}/imports/{pk}/bad-rows",
}
TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list}


@pytest.fixture(scope="module")
def schema():
    return api.get_openapi_schema()


def schemas(kind=Schema):
    for one in kind.__subclasses__():
        yield from (one, *schemas(one))


def test_no_two_schemas_share_a_name():
    """One would stand for both in the description, whichever came last."""
    ours = [one.__name__ for one in schemas() if one.__module__.startswith("halopst.")]

    assert [name for name, count in Counter(ours).items() if count > 1] == []


def enumerations(annotation):
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield annotation
    for part in get_args(annotation):
        yield from enumerations(part)


def test_no_two_enumerations_share_a_name():
    """Many models have a `Kind`; where two would meet, one of them is written out."""
    fields = [field for one in schemas() for field in one.model_fields.values()]
    found = {one for field in fields for one in enumerations(field.annotation)}

    assert found
    assert [name for name, count in Counter(one.__name__ for one in found).items() if count > 1] == []


@pytest.mark.parametrize(
    ("written", "name", "choices"),
    [
        (accounts.MembershipIn, "role", Membership.Role),
        (calendars.HolidayIn, "kind", Holiday.Kind),
        (cases.CaseFinishIn, "result", Case.Result),
        (cases.OpenIn, "channel", Case.Channel),
        (units.UnitFilter, "kind", Unit.Kind),
    ],
)
def test_what_is_written_out_are_all_the_choices(written, name, choices):
    asked = written.model_fields[name].annotation
    literal = next((one for one in get_args(asked) if get_args(one)), asked)

    assert list(get_args(literal)) == choices.values


def test_every_write_says_it_wants_a_key(schema):
    without = {
        path
        for path, verb, operation in operations(schema)
        if verb in WRITING
        and "Idempotency-Key" not in [parameter["name"] for parameter in operation["parameters"]]
    }

    assert without == WITHOUT_KEY


def test_every_parameter_has_one_example_as_openapi_wants_it(schema):
    odd = [
        (path, parameter["name"])
        for path, _verb, operation in operations(schema)
        for parameter in operation["parameters"]
        if isinstance(parameter.get("examples"), list)
    ]

    assert odd == []


def test_every_refusal_is_a_problem(schema):
    said = {
        (status, tuple(answer["content"]))
        for _path, _verb, operation in operations(schema)
        for status, answer in operation["responses"].items()
        if int(status) >= 400
    }

    assert {kind for _status, kinds in said for kind in kinds} == {"application/problem+json"}


def test_what_is_refused_when_asked_too_often_says_so(schema):
    said = {path for path, _verb, operation in operations(schema) if 429 in operation["responses"]}

    assert said == {
        "/api/v1/assistant/ask",
        "/api/v1/assistant/units/{slug}/conversations",
        "/api/v1/assistant/conversations/turns",
        "/api/v1/assistant/cases/{number}/proposal",
    }


def test_a_verb_an_address_does_not_take_is_a_problem_too(client):
    answer = client.patch("/api/v1/partners/payment-lists/2")

    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (
        405,
        "application/problem+json",
        "GET",
    )
    assert answer.json()["type"] == "urn:halopst:method-not-allowed"


def test_every_operation_is_described(schema):
    assert [(verb, path) for path, verb, one in operations(schema) if not one.get("description")] == []


def test_every_body_and_answer_of_the_api_has_an_example_of_its_shape(schema):
    wrong = []
    for path, verb, operation in operations(schema):
        for part, shape in shapes(operation):
            value = example_of(schema, shape)
            if value is None or not fits(schema, shape, value):
                wrong.append((verb, path, part, value))

    assert wrong == []


def shapes(operation):
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        yield "body", body["schema"]
    for status in (200, 201):
        answer = operation["responses"].get(status, {}).get("content", {}).get("application/json")
        if answer:
            yield status, answer["schema"]


def whole(schema, shape):
    reference = shape.get("$ref")
    return schema["components"]["schemas"][reference.rpartition("/")[2]] if reference else shape


def test_every_field_of_a_form_with_a_file_has_an_example(schema):
    forms = {
        f"{path} {name}": field
        for path, _verb, operation in operations(schema)
        for name, field in form_of(operation).items()
    }

    assert forms
    assert [
        name for name, field in forms.items() if "example" not in field and not field.get("examples")
    ] == []


def form_of(operation):
    content = operation.get("requestBody", {}).get("content", {})
    return content.get("multipart/form-data", {}).get("schema", {}).get("properties", {})


def example_of(schema, shape):
    shape = whole(schema, shape)
    if shape.get("type") == "array":
        one = example_of(schema, shape["items"])
        return None if one is None else [one]
    return shape.get("examples", [None])[0]


def fits(schema, shape, value):
    """Whether an example has all that is required, nothing else, and the types that are said."""
    shape = whole(schema, shape)
    if "anyOf" in shape:
        return any(fits(schema, one, value) for one in shape["anyOf"])
    if "enum" in shape:
        return value in shape["enum"]
    kind = shape.get("type")
    if kind == "null":
        return value is None
    if kind == "array":
        return isinstance(value, list) and all(
            fits(schema, kind, one) for kind, one in zip(kinds_of(shape, value), value, strict=True)
        )
    if kind == "object":
        return isinstance(value, dict) and has_its_fields(schema, shape, value)
    return kind is None or (isinstance(value, TYPES[kind]) and isinstance(value, bool) == (kind == "boolean"))


def kinds_of(shape, value):
    """What each of an array is: the same, or one after the other as of a pair."""
    return shape.get("prefixItems") or [shape["items"]] * len(value)


def has_its_fields(schema, shape, value):
    fields = shape.get("properties")
    if fields is None:
        return True
    return set(shape.get("required", [])) <= set(value) <= set(fields) and all(
        fits(schema, fields[name], given) for name, given in value.items()
    )


STORY = (Path(__file__).resolve().parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for line in STORY.replace("\\\n", "").splitlines()
    if line.startswith(("api ", "curl ")) and '"$A/' in line
]


def test_the_page_of_operations_is_that_of_today():
    assert endpoints.PAGE.read_text(encoding="utf-8") == endpoints.page(), "python -m tools.endpoints"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_story_is_an_operation_given_what_it_asks(schema, command):
    path, _, query = re.search(r'"\$A(/[^"]*)"', command)[1].partition("?")
    body = re.search(r" -d '(.*?)'", command)
    sends = body or " -F " in command
    verb = (re.search(r"-X (\w+)", command) or [0, "POST" if sends else "GET"])[1].lower()

    found = [
        operation
        for template, one, operation in operations(schema)
        if one == verb and re.fullmatch(re.sub(r"\{\w+\}", r"(\\d+|\\$\\w+)", template), f"/api/v1{path}")
    ]

    assert len(found) == 1
    given = {part.partition("=")[0] for part in query.split("&") if part}
    known = {one["name"]: one.get("required") for one in found[0]["parameters"] if one["in"] == "query"}
    assert {name for name, needed in known.items() if needed} <= given <= set(known)
    if body:
        shape = found[0]["requestBody"]["content"]["application/json"]["schema"]
        assert fits(schema, shape, json.loads(body[1]))


def test_every_path_of_the_table_is_there(schema):
    paths = set(schema["paths"])
    rows = [line for line in STORY.splitlines() if line.startswith("| ") and "`/" in line]
    named = {path for row in rows for path in re.findall(r"`(/[^`]*)`", row)}
    wanted = {
        re.sub(r"\{\w+\}", "{}", f"/api/v1{path.removesuffix('/...')}")
        for path in named
        if "/api/" not in path
    }
    held = {re.sub(r"\{\w+\}", "{}", path) for path in paths}

    assert [path for path in sorted(wanted) if not any(one.startswith(path) for one in held)] == []
