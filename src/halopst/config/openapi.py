"""The API's own description: what every operation shares is written here once, not in each of them."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from halopst.core.http import LIMITED

Part = dict[str, Any]
PROBLEM: Final = "Problem"
DESCRIPTION: Final = """
Everything the pages do, by the same services and under the same rules. Times name their zone, money is
whole rupiah.

- **Who asks**: `Authorization: Bearer hpst_...`, a token a person makes at `/akun/token/`; it acts for them.
- **Writing** takes an `Idempotency-Key`, another for each request. Sent again with the same key and body,
  the first answer comes back with `Idempotent-Replay: true`, for seven days. What lists no such header
  keeps no answer.
- **No** is one kind of answer (RFC 9457, `application/problem+json`), whatever declines: `type` is stable
  for programs, `title` a sentence in Indonesian, in English with `Accept-Language: en`. 422 names each wrong
  value in `errors`; 409 is a rule, or somebody who was first; 404 is what is not there or not yours to see,
  410 what was taken back; 400 is a body that cannot be read, 413 one that is too large; 503 `busy` and 429,
  with `Retry-After`, wrote nothing; 503 `stopping` is a server that restarts, which may have.
- **Versions**: a change that names the `version` it was read with is told 409 where somebody was first:
  `changed-meanwhile`, of requests `case-moved`, of consultations `out-of-turn`.
- **Lists** go on with `after` or `before` = the last id, as each says (offices and the queue of questions
  with `offset`, requests with the cursor `next`); an empty page is the end.
"""
WRITING: Final = frozenset({"post", "put", "patch", "delete"})
SAID: Final = {
    HTTPStatus.UNAUTHORIZED: (
        "Nobody is signed in, or the token does not hold.",
        "not-signed-in",
        "Masuk dulu, atau sertakan token API yang masih berlaku.",
    ),
    HTTPStatus.FORBIDDEN: (
        "Not for this person, or a token that may only read.",
        "not-permitted",
        "Anda tidak berhak melakukan ini.",
    ),
    HTTPStatus.NOT_FOUND: ("Not there, or not yours to see.", "not-found", "Tidak ditemukan."),
    HTTPStatus.CONFLICT: (
        "A rule declines it; `type` names the rule, `title` says what to do.",
        "out-of-turn",
        "Keadaan surat ini sudah berubah. Muat ulang halaman untuk melihatnya.",
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: (
        "Something in the request is missing or misshapen.",
        "invalid",
        "Ada isian yang perlu diperbaiki.",
    ),
    HTTPStatus.TOO_MANY_REQUESTS: (
        "Asked too often; `Retry-After` says in how many seconds again.",
        "asked-too-often",
        "Terlalu banyak pertanyaan dari jaringan Anda dalam satu menit. Coba lagi sebentar lagi.",
    ),
}
SHAPE: Final[Part] = {
    "title": PROBLEM,
    "description": "Why not (RFC 9457): `type` is stable for programs, `title` is a sentence for people. "
    "Some refusals say more: `errors`, the `lines` that fill a cap, the `line` of a text that is wrong, "
    "the `repair_url` of the page where what is lacking is mended.",
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "errors": {"type": "array", "items": {"type": "object"}},
    },
    "additionalProperties": True,
}


class DescribedAPI(NinjaAPI):
    """Ninja's description, with the ways of saying no, and parameters as OpenAPI 3.1 wants them."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**given)
        schema["components"]["schemas"][PROBLEM] = SHAPE
        for path, verb, operation in operations(schema):
            for parameter in operation["parameters"]:
                _one_example(parameter)
            for status in _refusals(path, verb, operation):
                operation["responses"].setdefault(status.value, _problem(status))
        return schema


def operations(schema: Part) -> Iterator[tuple[str, str, Part]]:
    """Each operation with its path and verb."""
    for path, verbs in schema["paths"].items():
        for verb, operation in verbs.items():
            yield path, verb, operation


def _one_example(parameter: Part) -> None:
    """A parameter's `examples` name whole example objects; ninja puts the schema's list of values there."""
    values = parameter.get("examples")
    if isinstance(values, list):
        del parameter["examples"]
        parameter["example"] = values[0]


def _refusals(path: str, verb: str, operation: Part) -> Iterator[HTTPStatus]:
    if operation.get("security"):
        yield HTTPStatus.UNAUTHORIZED
        yield HTTPStatus.FORBIDDEN
    if "{" in path:
        yield HTTPStatus.NOT_FOUND
    if verb in WRITING:
        yield HTTPStatus.CONFLICT
    if operation["parameters"] or "requestBody" in operation:
        yield HTTPStatus.UNPROCESSABLE_ENTITY
    if operation.get(LIMITED):
        yield HTTPStatus.TOO_MANY_REQUESTS


def _problem(status: HTTPStatus) -> Part:
    said, code, title = SAID[status]
    shown = {"type": f"urn:halopst:{code}", "title": title, "status": status.value}
    body = {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}, "example": shown}
    return {"description": said, "content": {"application/problem+json": body}}
