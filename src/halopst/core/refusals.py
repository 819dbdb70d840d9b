"""Turn a `Refused` raised anywhere below a view into an answer the visitor can read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _

from halopst.core.constraints import is_deadlock
from halopst.core.errors import Busy, Refused
from halopst.core.http import problem, refusal_status
from halopst.core.wayback import came_from, leading_back


def _not_by_address(request: HttpRequest, response: HttpResponseNotAllowed) -> HttpResponse:
    """Someone opened or reloaded the address of a form's button, or a program took another verb.

    Django's own answer is an empty page.
    """
    status, allowed = response.status_code, response.headers["Allow"]
    if request.path.startswith("/api/"):
        title = _("Alamat ini hanya menerima %(cara)s.") % {"cara": allowed}
        shown = problem(status, code="method-not-allowed", title=title)
    else:
        message = _("Alamat ini hanya menerima kiriman formulir. Kembali, lalu tekan tombolnya sekali lagi.")
        shown = render(request, "refused.html", {"message": message}, status=status)
    shown.headers["Allow"] = allowed
    return shown


def _repair(request: HttpRequest, refusal: Refused) -> str:
    """Where what is lacking is mended, with the way back to the page that asked for it."""
    url, back = getattr(refusal, "repair_url", ""), came_from(request)
    return leading_back(url, back) if url and back else url


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        return (
            _not_by_address(request, response) if isinstance(response, HttpResponseNotAllowed) else response
        )

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refusal = Busy() if is_deadlock(error) else error
        if not isinstance(refusal, Refused):
            return None
        context = {"message": refusal.message, "repair": _repair(request, refusal)}
        response = render(request, "refused.html", context, status=refusal_status(refusal))
        response.headers["HX-Retarget"] = "#siar-galat"
        return response
