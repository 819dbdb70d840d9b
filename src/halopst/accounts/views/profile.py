"""My account: who I am, what is known about me, and the keys I gave to programs."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from halopst.accounts import queries, services
from halopst.accounts.forms import ProfileForm, TokenForm
from halopst.accounts.models import ApiToken, Consent, ConsentText, Profile, User
from halopst.core import formats
from halopst.core.errors import Refused
from halopst.core.http import Request, refusal_status, respond
from halopst.core.shapes import NavItem

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
YEAR = 60 * 60 * 24 * 365


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    user = User.objects.visible_to(request.actor).get(pk=request.actor.user_id)
    details = Profile.objects.visible_to(request.actor).first()
    form = ProfileForm(request.POST or None, user=user, instance=details)
    if request.method == "POST" and form.is_valid():
        contact = {name: form.cleaned_data[name] for name in ("name", "phone", "language")}
        services.update_profile(request.actor, **contact, details=form.details)
        messages.success(request, _("Profil tersimpan."))
        response = redirect("accounts:profile")
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, contact["language"], max_age=YEAR, samesite="Lax")
        return response
    context = {"form": form, "me": user, **_frame("profile")}
    return respond(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_GET
def my_data(request: Request) -> HttpResponse:
    """Everything we hold, readable; consents; and the way to be forgotten."""
    context = {
        "sections": [(name, list(_lines(held))) for name, held in services.export(request.actor).items()],
        "consents": queries.consents(request.actor, on=timezone.localdate()),
        "erasure": queries.open_erasure(request.actor),
        **_frame("my-data"),
    }
    return respond(request, "accounts/my_data.html", context)


@never_cache
@login_required
@require_GET
def my_data_file(request: Request) -> HttpResponse:
    body = json.dumps(services.export(request.actor), ensure_ascii=False, indent=2)
    response = HttpResponse(body, content_type="application/json")
    response.headers["Content-Disposition"] = 'attachment; filename="data-saya-halopst.json"'
    return response


@login_required
@require_POST
def consent(request: Request, pk: int) -> HttpResponse:
    text = get_object_or_404(ConsentText.objects.visible_to(request.actor), pk=pk)
    now = timezone.now()
    if request.POST.get("agree") == "1":
        services.give_consent(request.actor, text, channel=Consent.Channel.WEB, now=now)
    else:
        services.withdraw_consent(request.actor, text, now=now)
    return redirect("accounts:my-data")


@login_required
@require_POST
def erasure(request: Request) -> HttpResponse:
    """Ask to be forgotten, or take that back."""
    if request.POST.get("withdraw") == "1":
        services.withdraw_erasure(request.actor, now=timezone.now())
    else:
        services.request_erasure(request.actor, now=timezone.now())
    return redirect(f"{reverse('accounts:my-data')}#hapus")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def tokens(request: Request) -> HttpResponse:
    form = TokenForm(request.POST or None)
    now = timezone.now()
    status, secret = 200, ""
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                secret = _new_token(request, form.cleaned_data, now)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = refusal_status(refusal)
            else:
                form, status = TokenForm(), 201
    rows = ApiToken.objects.visible_to(request.actor).filter(revoked_at=None, expires_at__gt=now)
    context = {"form": form, "secret": secret, "tokens": rows.order_by("-pk"), **_frame("tokens")}
    return respond(request, "accounts/tokens.html", context, status=status)


def _new_token(request: Request, wanted: dict[str, Any], now: datetime) -> str:
    secret = services.fresh_secret()
    services.create_token(request.actor, **wanted, secret=secret, now=now)
    return secret


@login_required
@require_POST
def revoke_token(request: Request, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken.objects.visible_to(request.actor), pk=pk)
    services.revoke_token(request.actor, token, now=timezone.now())
    messages.success(request, _("Token %(name)s dicabut.") % {"name": token.name})
    return redirect("accounts:tokens")


def _lines(held: Any, label: str = "") -> Iterator[tuple[str, str]]:
    """The exported values as label and text, line by line; what is empty is left out."""
    if isinstance(held, dict):
        for key, value in held.items():
            yield from _lines(value, f"{label}, {key}" if label else str(key))
    elif isinstance(held, list):
        for number, value in enumerate(held, start=1):
            yield from _lines(value, f"{label} {number}")
    elif held not in {None, ""}:
        yield label[:1].upper() + label[1:], _readable(str(held))


def _readable(text: str) -> str:
    """Times in the file are for machines; on the page they are for people."""
    if not TIMESTAMP.match(text):
        return text
    at, zone = datetime.fromisoformat(text), timezone.get_default_timezone()
    return formats.moment(at, zone, lang=formats.language())


def _frame(part: str) -> dict[str, Any]:
    return {
        "part": part,
        "parts": [
            NavItem("profile", _("Profil"), reverse("accounts:profile"), "user"),
            NavItem("my-data", _("Data saya"), reverse("accounts:my-data"), "shield-check"),
            NavItem("tokens", _("Token API"), reverse("accounts:tokens"), "key-round"),
        ],
    }
