"""Changing the address one signs in with: proven by a code, like the first one."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from halopst.accounts import services
from halopst.accounts.forms import AddressForm, CodeForm
from halopst.core.clients import client_key
from halopst.core.errors import Refused
from halopst.core.http import Request, refusal_status, respond

STATE = "new_address"  # in the session: which code was sent, and where


@never_cache
@login_required
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
@require_http_methods(["GET", "POST"])
def address(request: Request) -> HttpResponse:
    form = AddressForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            _send_code(request, form.cleaned_data["email"])
        except Refused as refusal:
            status = _say(form, refusal)
        else:
            return redirect("accounts:address-code")
    return respond(request, "accounts/address.html", {"form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def address_code(request: Request) -> HttpResponse:
    sent: dict[str, Any] | None = request.session.get(STATE)
    if sent is None:
        return redirect("accounts:address")
    form = CodeForm(request.POST or None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            services.change_address(request.actor, code_id=sent["code_id"], code=code, now=timezone.now())
        except Refused as refusal:
            status = _say(form, refusal)
        else:
            del request.session[STATE]
            messages.success(request, _("Surel diganti. Mulai sekarang Anda masuk dengan alamat yang baru."))
            return redirect("accounts:profile")
    return respond(request, "accounts/address.html", {"form": form, "sent": sent}, status=status)


def _send_code(request: Request, email: str) -> None:
    code_id = services.request_code(
        email=email,
        language=request.LANGUAGE_CODE,
        client=client_key(request),
        code=services.fresh_code(),
        now=timezone.now(),
    )
    request.session[STATE] = {"code_id": code_id, "email": email}


def _say(form: Form, refusal: Refused) -> int:
    form.add_error(None, str(refusal.message))
    return refusal_status(refusal)
