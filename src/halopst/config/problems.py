"""Every way the API says no, as one kind of answer (RFC 9457): stable code, sentence, status."""

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import defaults
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from halopst.config.misshapen import sentence, where
from halopst.core.constraints import is_deadlock
from halopst.core.errors import Busy, Refused, TooOften
from halopst.core.http import problem, refusal_status

API = "/api/"
A_MINUTE = "60"  # seconds: what is counted is counted by the minute

log = logging.getLogger(__name__)

# What ninja says itself, in our words.
OURS: dict[int, Any] = {
    HTTPStatus.BAD_REQUEST: gettext_lazy(
        "Isi permintaan tidak terbaca: kirim JSON atau formulir yang utuh, tanpa NUL dan setengah emoji."
    ),
    HTTPStatus.FORBIDDEN: gettext_lazy("Sertakan token CSRF halaman Anda, atau pakai token API."),
    HTTPStatus.TOO_MANY_REQUESTS: gettext_lazy("Terlalu banyak permintaan. Coba lagi sebentar lagi."),
}


def register(api: NinjaAPI) -> None:
    """Let `api` answer every failure with a problem."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(PermissionDenied, _forbidden)
    api.add_exception_handler(Http404, _missing)
    api.add_exception_handler(ValidationError, _misshapen)
    api.add_exception_handler(HttpError, _other)
    api.add_exception_handler(RequestDataTooBig, _too_big)
    api.add_exception_handler(SuspiciousOperation, _unreadable)
    api.add_exception_handler(RawPostDataException, _unreadable)
    api.add_exception_handler(MultiPartParserError, _unreadable)
    api.add_exception_handler(Exception, _broken)


def _refused(_request: HttpRequest, error: Any) -> HttpResponse:
    extra: dict[str, Any] = getattr(error, "extra", {})
    said = problem(refusal_status(error), code=error.code, title=str(error.message), **extra)
    if isinstance(error, TooOften):
        said.headers["Retry-After"] = A_MINUTE
    return said


def _unknown(_request: HttpRequest, _error: Any) -> HttpResponse:
    response = problem(
        HTTPStatus.UNAUTHORIZED,
        code="not-signed-in",
        title=_("Masuk dulu, atau sertakan token API yang masih berlaku."),
    )
    response.headers["WWW-Authenticate"] = 'Bearer realm="HaloPST"'
    return response


def _forbidden(_request: HttpRequest, error: Any) -> HttpResponse:
    title = str(error) or _("Anda tidak berhak melakukan ini.")
    return problem(HTTPStatus.FORBIDDEN, code="not-permitted", title=title)


def _missing(_request: HttpRequest, _error: Any) -> HttpResponse:
    return problem(HTTPStatus.NOT_FOUND, code="not-found", title=_("Tidak ditemukan."))


def _misshapen(_request: HttpRequest, error: Any) -> HttpResponse:
    fields = [{"at": [str(step) for step in where(one)], "problem": sentence(one)} for one in error.errors]
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        code="invalid",
        title=_("Ada isian yang perlu diperbaiki."),
        errors=fields,
    )


def _other(_request: HttpRequest, error: Any) -> HttpResponse:
    code = HTTPStatus(error.status_code).phrase.lower().replace(" ", "-")
    return problem(error.status_code, code=code, title=str(OURS.get(error.status_code, error)))


def _too_big(_request: HttpRequest, _error: Any) -> HttpResponse:
    title = _("Isi permintaan terlalu besar. Kirim berkas sebagai multipart, atau bagi isinya.")
    return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, code="too-large", title=title)


def _unreadable(_request: HttpRequest, _error: Any) -> HttpResponse:
    title = str(OURS[HTTPStatus.BAD_REQUEST])
    return problem(HTTPStatus.BAD_REQUEST, code="bad-request", title=title)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400, for what fails outside an operation: a problem for programs, a page for people."""
    if not request.path.startswith(API):
        return defaults.bad_request(request, exception)
    return (_too_big if isinstance(exception, RequestDataTooBig) else _unreadable)(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(API):
        return defaults.page_not_found(request, exception)
    return _missing(request, exception)


def _broken(request: HttpRequest, error: Any) -> HttpResponse:
    if is_deadlock(error):
        return _refused(request, Busy())
    log.error("API request failed: %s %s", request.method, request.path, exc_info=error)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        code="server-error",
        title=_("Ada yang rusak di pihak kami, dan sudah dicatat. Coba lagi beberapa saat lagi."),
    )
