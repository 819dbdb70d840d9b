from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from halopst.core.actors import Actor


class Request(HttpRequest):
    """The request our middleware hands to views."""

    htmx: HtmxDetails
    actor: Actor


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
