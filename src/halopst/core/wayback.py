"""The way back: who is led from a list to the page where something is mended finds the list again."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

BACK: Final = "kembali"


def leading_back(url: str, back: str) -> str:
    """`url`, where the way back to `back` is shown."""
    parts = urlsplit(url)
    if BACK in QueryDict(parts.query):
        return url
    query = "&".join(filter(None, [parts.query, urlencode({BACK: back})]))
    return urlunsplit(parts._replace(query=query))


def way_back(request: HttpRequest) -> str:
    """The list this page, or the one its form stood on, was opened from; only ever a page of ours."""
    back = request.GET.get(BACK, "")
    if request.method == "POST" and not back:
        back = QueryDict(urlsplit(request.headers.get("Referer", "")).query).get(BACK, "")
    return back if _is_ours(back) else ""


def came_from(request: HttpRequest) -> str:
    """The page of ours a form was sent from, as its address here; nothing where nobody says."""
    referer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return ""
    parts = urlsplit(referer)
    back = urlunsplit(parts._replace(scheme="", netloc="", fragment=""))
    return back if _is_ours(back) else ""


def _is_ours(url: str) -> bool:
    return url.startswith("/") and url_has_allowed_host_and_scheme(url, None)


class WayBackMiddleware:
    """What is saved on a page opened so leads to a page that still shows the way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        back, to = way_back(request), response.get("Location", "")
        if back and request.method == "POST" and _is_ours(to) and urlsplit(to).path != urlsplit(back).path:
            response["Location"] = leading_back(to, back)
        return response
