import json
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django_htmx.middleware import HtmxDetails
from pydantic import ConfigDict

from halopst.core.actors import Actor
from halopst.core.errors import Busy, Gone, Invalid, Refused, TooOften


class Request(HttpRequest):
    """The request our middleware hands to views."""

    htmx: HtmxDetails
    actor: Actor
    second_factor_owed: bool
    LANGUAGE_CODE: str


def respond(
    request: Request, template: str, context: dict[str, Any], *, partial: str | None = None, status: int = 200
) -> HttpResponse:
    """Render the whole page, or only its `partial` when htmx is about to swap it in."""
    swapping = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    if partial and swapping:
        template = f"{template}#{partial}"
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def problem(status: int, *, code: str, title: str, **extra: Any) -> HttpResponse:
    """An API's error answer (RFC 9457): `code` is stable for programs, `title` is for people."""
    body = {"type": f"urn:halopst:{code}", "title": title, "status": status, **extra}
    return HttpResponse(json.dumps(body), status=status, content_type="application/problem+json")


def download(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file as a download and nothing else: never shown, never run, never guessed at, never kept."""
    response = HttpResponse(content, content_type=content_type)
    as_file = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = as_file or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def refusal_status(error: Refused) -> int:
    """422 not well formed, 409 a rule declines it, 503 it met another, 429 too often, 410 no longer there."""
    if isinstance(error, Gone):
        return HTTPStatus.GONE
    if isinstance(error, Busy):
        return HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(error, TooOften):
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.UNPROCESSABLE_ENTITY if isinstance(error, Invalid) else HTTPStatus.CONFLICT


def example(**values: Any) -> ConfigDict:
    """The `model_config` of a schema whose example the API's description shows."""
    return ConfigDict(json_schema_extra={"examples": [values]})


LIMITED: Final = "x-limited"
"""The mark of an operation that is refused when asked too often: `openapi_extra={LIMITED: True}`."""


def gives(*types: str) -> dict[str, Any]:
    """The `openapi_extra` of an operation whose answer is a file of one of these media types."""
    content = {name: {"schema": {"type": "string", "format": "binary"}} for name in types}
    return {"responses": {HTTPStatus.OK.value: {"content": content}}}
