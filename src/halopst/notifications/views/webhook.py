"""The one door for the provider. No session, no cookie, so no CSRF token: the signature is the key."""

import hmac
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from halopst.core.errors import Invalid
from halopst.notifications.services.webhook import receive

LARGEST = 3 * 1024 * 1024
LONGEST_CHALLENGE = 200


@csrf_exempt
@require_http_methods(["GET", "POST"])
def whatsapp(request: HttpRequest) -> HttpResponse:
    return _verify(request) if request.method == "GET" else _receive(request)


def _verify(request: HttpRequest) -> HttpResponse:
    """Answer the provider's question whether this address is ours, as it asks when it is set up."""
    token = settings.WHATSAPP["verify_token"]
    asked = request.GET.get("hub.verify_token", "")
    known = bool(token) and hmac.compare_digest(asked.encode(), token.encode())
    if request.GET.get("hub.mode") != "subscribe" or not known:
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    return HttpResponse(request.GET.get("hub.challenge", "")[:LONGEST_CHALLENGE], content_type="text/plain")


def _receive(request: HttpRequest) -> HttpResponse:
    try:
        if int(request.headers.get("Content-Length") or 0) > LARGEST:
            return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        receive(
            request.body,
            signature=request.headers.get("X-Hub-Signature-256", ""),
            secret=settings.WHATSAPP["app_secret"],
            now=timezone.now(),
        )
    except RequestDataTooBig:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    except Invalid:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    return HttpResponse(status=HTTPStatus.OK)
