"""Who is asking, how long ago they last did, and whether they have proven it twice."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from halopst.accounts.actors import actor_for
from halopst.accounts.drafts import keep_draft
from halopst.core.actors import ANONYMOUS
from halopst.core.http import Request, problem

API = "/api/"
REMEMBERED_EVERY = 60  # seconds: seldom enough that a page does not write the session each time
SECOND_FACTOR_OPEN = {"set_language", "accounts:resume", "accounts:name"}

View = Callable[..., HttpResponse]


class Middleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response


class ActorMiddleware(Middleware):
    """`request.actor`, and the person's own language on a device that has not chosen one."""

    def __call__(self, request: Request) -> HttpResponse:
        user: Any = request.user
        request.actor = actor_for(user)
        request.second_factor_owed = _owes_second_factor(request)
        if request.second_factor_owed:
            request.actor = replace(request.actor, grants={})
        if request.actor.user_id and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(user.language)
            request.LANGUAGE_CODE = user.language
        return self.get_response(request)


class IdleMiddleware(Middleware):
    """Staff who stop working are signed out; what they were sending waits for them."""

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Request, _view: View, _args: tuple[Any, ...], _kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        now = int(timezone.now().timestamp())
        seen = request.session.get("seen_at", now)
        staff = request.actor.is_staff or request.second_factor_owed
        if staff and now - seen > settings.STAFF_IDLE_MINUTES * 60:
            return _leave(request)
        if "seen_at" not in request.session or (now - seen > REMEMBERED_EVERY and not _background(request)):
            request.session["seen_at"] = now
        return None


class SecondFactorMiddleware(Middleware):
    """Someone with a role but no second factor sets one up first; until then they hold no permission."""

    def __call__(self, request: Request) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: Request, _view: View, _args: tuple[Any, ...], _kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        if not request.second_factor_owed or not request.user.is_authenticated:
            return None
        if request.path.startswith(API):
            title = _("Aktifkan masuk dua langkah lebih dulu, di halaman Akun saya.")
            return problem(HTTPStatus.FORBIDDEN, code="second-factor-required", title=title)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name.startswith(("account_", "mfa_")) or name in SECOND_FACTOR_OPEN:
            return None
        has_app = is_mfa_enabled(request.user, [Authenticator.Type.TOTP])
        step = "mfa_reauthenticate" if has_app else "mfa_activate_totp"
        return HttpResponseRedirect(_with_next(step, request.get_full_path()))


def _owes_second_factor(request: Request) -> bool:
    if not settings.STAFF_TOTP_REQUIRED or not request.actor.is_staff:
        return False
    records = get_authentication_records(request, request.user)
    return not any(record.get("method") == "mfa" for record in records)


def _background(request: HttpRequest) -> bool:
    """Streams and polls run without anyone at the keyboard: they do not keep a session alive."""
    return "text/event-stream" in request.headers.get("Accept", "") or "Halo-Background" in request.headers


def _leave(request: Request) -> HttpResponse | None:
    user_id = request.actor.user_id
    logout(request)
    if request.path.startswith(API):
        request.actor = ANONYMOUS
        return None
    kept = request.method == "POST" and keep_draft(request, user_id)
    messages.info(request, _idle_message(kept=kept))
    back = reverse("accounts:resume") if kept else request.get_full_path()
    url = _with_next("account_login", back if kept or request.method == "GET" else "/")
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _idle_message(*, kept: bool) -> str:
    if kept:
        return _(
            "Anda keluar otomatis setelah lama tidak aktif. Isian Anda tersimpan; masuk untuk mengirimnya."
        )
    return _("Anda keluar otomatis setelah lama tidak aktif. Silakan masuk lagi.")


def _with_next(route: str, next_url: str) -> str:
    return f"{reverse(route)}?{urlencode({'next': next_url})}"
