"""Addresses as they arrive: none of ours holds NUL, which PostgreSQL cannot compare or store."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

NUL, ENCODED_NUL = "\x00", "%00"


class NulMiddleware:
    """A path with NUL is no page; in a page's query it is left out. The API says no in its own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if NUL in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        if ENCODED_NUL in query and not request.path_info.startswith("/api/"):
            request.META["QUERY_STRING"] = query.replace(ENCODED_NUL, "")
        return self.get_response(request)
