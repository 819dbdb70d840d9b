"""The way into a mitra's own page: an address or a link, a code, and a cookie that reaches only this page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from halopst.core.clients import client_key
from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.core.links import BadLink, read, sign
from halopst.notifications.queries import sends_for_real
from halopst.partners.forms.own import OwnAddressForm, OwnCodeForm
from halopst.partners.own_links import link_id_of
from halopst.partners.queries.own import page as queries
from halopst.partners.rules.own import DAY, SESSION_LASTS, Mitra, masked_mail, masked_number
from halopst.partners.services import own as services

SESSION, ASKED = "mitra", "mitra_kode"
PURPOSE = "partners.own-code"
P = ParamSpec("P")


def entered(
    view: Callable[Concatenate[Request, Mitra, P], HttpResponse],
) -> Callable[Concatenate[Request, P], HttpResponse]:
    """Hand the view the mitra whose page this browser has open; without one, lead to the door."""

    @wraps(view)
    def guarded(request: Request, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        mitra = mitra_of(request)
        return view(request, mitra, *args, **kwargs) if mitra else redirect("own:door")

    return never_cache(guarded)  # type: ignore[return-value]  # its parameter keeps its name


def mitra_of(request: Request) -> Mitra | None:
    return queries.session_of(request.COOKIES.get(SESSION, ""), now=timezone.now())


@never_cache
@require_http_methods(["GET", "POST"])
def door(request: Request) -> HttpResponse:
    """Ask for a code with an address. What comes back is the same for everybody's and nobody's."""
    if request.method == "GET" and mitra_of(request):
        return redirect("own:home")
    form = OwnAddressForm(posted(request))
    asked: list[int] = []

    def act() -> None:
        asked.append(services.ask_code(address=form.cleaned_data["address"], **_asker(request)))

    status = attempt(form, act) if request.method == "POST" else 200
    return _to_code(asked[0]) if asked else _door(request, form, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def link(request: Request, token: str) -> HttpResponse:
    """What an office sent: it knows whom the code is for. Posting sends the code."""
    found = queries.live_link(link_id_of(token), now=timezone.now())
    if found is None:
        return _door(request, OwnAddressForm(), status=404, stale=True)
    mitra = mitra_of(request)
    if mitra and mitra.person_id == found.person_id and request.method == "GET":
        return redirect("own:home")
    form = Form(posted(request))
    asked: list[int] = []

    def act() -> None:
        asked.append(services.ask_code(link=found, **_asker(request)))

    status = attempt(form, act) if request.method == "POST" else 200
    if asked:
        return _to_code(asked[0])
    person = found.person
    places = [masked_mail(person.email), masked_number(person.phone)]
    context = {"link": found, "form": form, "places": [place for place in places if place]}
    return respond(request, "partners/own/link.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: Request) -> HttpResponse:
    """Enter the code; `aksi=ulang` asks for another one."""
    asked = _asked(request)
    if asked is None:
        return _back_to_the_door(request)
    again = request.POST.get("aksi") == "ulang"
    form = Form(request.POST) if again else OwnCodeForm(posted(request))
    done: list[Any] = []

    def act() -> None:
        if again:
            done.append(services.ask_again(asked, **_asker(request)))
        else:
            done.append(services.enter(asked, code=form.cleaned_data["code"], now=timezone.now()))

    status = attempt(form, act) if request.method == "POST" else 200
    if done and again:
        messages.success(request, _("Kode baru kami kirim. Hanya kode dari pesan terbaru yang berlaku."))
        return _to_code(done[0])
    if done:
        return _let_in(request, done[0])
    context = {"form": form, "sends": sends_for_real(), "demo": settings.DEMO, "again": again}
    return respond(request, "partners/own/code.html", context, status=status)


@require_POST
def leave(request: Request) -> HttpResponse:
    mitra = mitra_of(request)
    if mitra:
        services.leave(mitra, now=timezone.now())
    response = redirect("own:door")
    response.delete_cookie(SESSION, path=reverse("own:home"), samesite="Lax")
    return response


def _door(request: Request, form: OwnAddressForm, *, status: int, stale: bool = False) -> HttpResponse:
    return respond(request, "partners/own/door.html", {"form": form, "stale": stale}, status=status)


def _asker(request: Request) -> dict[str, Any]:
    return {
        "client": client_key(request),
        "language": request.LANGUAGE_CODE[:2],
        "now": timezone.now(),
    }


def _back_to_the_door(request: Request) -> HttpResponse:
    """No code was asked for in this browser: the message may have been opened in another one."""
    if mitra_of(request):
        return redirect("own:home")
    messages.info(request, _("Kode hanya berlaku di peramban tempat Anda memintanya. Minta kode di sini."))
    return redirect("own:door")


def _to_code(code_id: int) -> HttpResponse:
    """On to the code, which this browser alone may answer; who comes too late is told so, hence a day."""
    response = redirect("own:code")
    _keep(response, ASKED, sign(PURPOSE, {"code": code_id}), seconds=int(DAY.total_seconds()))
    return response


def _asked(request: Request) -> int | None:
    try:
        return int(read(PURPOSE, request.COOKIES.get(ASKED, ""), max_age=DAY)["code"])
    except BadLink:
        return None


def _let_in(request: Request, secret: str) -> HttpResponse:
    rotate_token(request)
    response = redirect("own:home")
    _keep(response, SESSION, secret, seconds=int(SESSION_LASTS.total_seconds()))
    response.delete_cookie(ASKED, path=reverse("own:home"), samesite="Lax")
    return response


def _keep(response: HttpResponse, name: str, value: str, *, seconds: int) -> None:
    """A cookie no script reads and no other part of the site is sent."""
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=reverse("own:home"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
