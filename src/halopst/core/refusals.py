"""Turn a `Refused` raised anywhere below a view into an answer the visitor can read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from halopst.core.errors import Refused
from halopst.core.http import refusal_status


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        context = {"message": error.message}
        response = render(request, "refused.html", context, status=refusal_status(error))
        response.headers["HX-Retarget"] = "#siar-galat"
        return response
