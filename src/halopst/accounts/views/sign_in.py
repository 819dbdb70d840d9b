"""Signing in with a code or single sign-on, and what may come right after."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from halopst.accounts.drafts import draft_of, drop_draft
from halopst.accounts.forms import AddressForm, CodeForm, NameForm
from halopst.accounts.queries import contact_for, identity_providers
from halopst.accounts.services import fresh_code, request_code, set_name, sign_in, verify_code
from halopst.core.clients import client_key
from halopst.core.errors import Refused
from halopst.core.http import Request, refusal_status, respond

STATE = "sign_in"  # in the session: which code was sent, where, and where to go next


@never_cache
@require_http_methods(["GET", "POST"])
def ask_address(request: Request) -> HttpResponse:
    """The sign-in page; posting an address again sends another code."""
    next_url = _next(request)
    if request.user.is_authenticated:
        return redirect(next_url)
    form = AddressForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _send_code(request, form.cleaned_data["email"], next_url)
            except Refused as refusal:
                form.add_error(None, str(refusal.message))
                status = refusal_status(refusal)
            else:
                return redirect("account_code")
    context = {"form": form, "next": next_url, "providers": identity_providers()}
    return respond(request, "accounts/sign_in.html", context, status=status)


def _send_code(request: Request, email: str, next_url: str) -> None:
    code_id = request_code(
        email=email,
        language=request.LANGUAGE_CODE,
        client=client_key(request),
        code=fresh_code(),
        now=timezone.now(),
    )
    request.session[STATE] = {"code_id": code_id, "email": email, "next": next_url}


@never_cache
@require_http_methods(["GET", "POST"])
def ask_code(request: Request) -> HttpResponse:
    state: dict[str, Any] | None = request.session.get(STATE)
    if request.user.is_authenticated:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if state is None:
        return redirect("account_login")
    form = CodeForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _enter(request, state, form.cleaned_data["code"])
            except Refused as refusal:
                form.add_error("code", str(refusal.message))
                status = refusal_status(refusal)
    context = {"form": form, "sent": state, "sends_mail": bool(settings.SMTP_URL), "demo": settings.DEMO}
    return respond(request, "accounts/code.html", context, status=status)


def _enter(request: Request, state: dict[str, Any], code: str) -> HttpResponse:
    user = verify_code(code_id=state["code_id"], code=code, now=timezone.now())
    del request.session[STATE]
    next_url = state["next"]
    if not user.name:
        next_url = f"{reverse('accounts:name')}?{urlencode({'next': next_url})}"
    return sign_in(request, user, method="code", next_url=next_url)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def ask_name(request: Request) -> HttpResponse:
    """The one thing a new account still lacks."""
    form = NameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        set_name(request.actor, name=form.cleaned_data["name"])
        return redirect(_next(request))
    context = {"form": form, "next": _next(request)}
    return respond(request, "accounts/name.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def resume(request: Request) -> HttpResponse:
    """Offer what was being sent when the session ended: to send it again, or to drop it."""
    draft = draft_of(request, request.actor.user_id)
    if request.method == "POST" or draft is None:
        drop_draft(request)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return respond(request, "accounts/resume.html", {"draft": draft})


@login_required
@require_GET
def no_role(request: Request) -> HttpResponse:
    """Someone the staff directory knows and no office has given a role yet: whom to ask."""
    return respond(request, "accounts/no_role.html", {"unit": contact_for(request.actor)})


@require_GET
def sso_without_address(request: Request) -> HttpResponse:
    return respond(request, "accounts/sso_without_address.html", {})


def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = openid.login(request, provider_id)
    except RequestException:
        return respond(request, "socialaccount/authentication_error.html", {}, status=503)  # type: ignore[arg-type]  # our middleware made it a Request
    return response


def signed_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    try:
        response: HttpResponse = openid.callback(request, provider_id)
    except RequestException:
        return respond(request, "socialaccount/authentication_error.html", {}, status=503)  # type: ignore[arg-type]  # our middleware made it a Request
    return response


class ActivateTOTP(ActivateTOTPView):  # type: ignore[misc]  # allauth is untyped
    """Entering the app's first code proves the second factor for this session as well."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp", reauthenticated=True)
        return response


activate_totp = never_cache(login_required(ActivateTOTP.as_view()))


def _next(request: Request) -> str:
    """Where the visitor was going, if that is a page of ours."""
    return str(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
