"""Where allauth asks us: our sentences, our staff, our secrets."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import Membership, User
from halopst.accounts.secrets import conceal, reveal
from halopst.accounts.services import note_failed_sign_in, note_sign_in
from halopst.accounts.services.identities import Identity, StaffSignIn, meet, read_identity

STAFF = "pegawai"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Akun ini dinonaktifkan. Hubungi admin satker Anda."),
        "email_password_mismatch": _(
            "Surel atau kata sandi tidak cocok. Periksa lagi, atau masuk dengan kode."
        ),
        "enter_current_password": _("Isi kata sandi Anda yang sekarang."),
        "incorrect_code": _("Kode tidak cocok. Buka lagi aplikasi autentikator Anda."),
        "incorrect_password": _("Kata sandi tidak cocok."),
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan. Coba lagi 15 menit lagi, atau masuk dengan kode surel."
        ),
        "rate_limited": _("Terlalu banyak percobaan. Coba lagi beberapa menit lagi."),
    }

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002  # allauth's signature
        **kwargs: Any,
    ) -> None:
        """Say only what we worded ourselves: a page that opens says that signing in worked."""
        if message_template is None:
            super().add_message(request, level, **kwargs)

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        """Accounts are made by an answered code, an invitation or single sign-on, never by a form."""
        return False

    def get_login_stages(self) -> list[str]:
        theirs = f"{AuthenticateStage.__module__}.{AuthenticateStage.__qualname__}"
        ours = f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"
        return [ours if stage == theirs else stage for stage in super().get_login_stages()]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("accounts:profile")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:  # noqa: ARG002
        note_failed_sign_in(str(credentials.get("email", "")))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a local socket there is no address; everyone then shares one limit."""
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104  # a key, nothing listens on it

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        records = get_authentication_records(request, user)
        note_sign_in(user, way=records[-1]["method"] if records else "session")
        sign_in: StaffSignIn | None = getattr(request, "staff_sign_in", None)
        if sign_in is None:
            return response
        if sign_in.strong:
            record_authentication(request, user, method="mfa", type="oidc")
        if not Membership.objects.filter(user=user).exists():
            return redirect("accounts:no-role")
        return response


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """Asks for the second factor, unless the staff directory says it has just done so."""

    def _should_handle(self, request: HttpRequest) -> bool:
        sign_in: StaffSignIn | None = getattr(request, "staff_sign_in", None)
        if sign_in is not None and sign_in.strong:
            return False
        return bool(super()._should_handle(request))


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the identity to the person with the same proven address; keep no copy of the claims."""
        account = sociallogin.account
        app = sociallogin.provider.app
        identity = read_identity(
            account.extra_data, staff=app.provider_id == STAFF, strong_acr=app.settings["strong_acr"]
        )
        account.extra_data = {}
        if sociallogin.is_existing:
            account.save()
            user = sociallogin.user
        else:
            user = self._newcomer(identity, trusted=app.settings["trust_email"])
            sociallogin.connect(request, user)
        if identity.staff:
            request.staff_sign_in = meet(user, identity, now=timezone.now())  # type: ignore[attr-defined]  # ours, read in post_login

    def _newcomer(self, identity: Identity, *, trusted: bool) -> User:
        if not identity.email or not (identity.email_verified or trusted):
            raise ImmediateHttpResponse(redirect("accounts:sso-without-address"))
        return User.objects.filter(email=identity.email).first() or User.objects.create_user(
            identity.email, name=identity.name
        )


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _(
            "Peran Anda mewajibkan masuk dua langkah, jadi tidak dapat dimatikan."
        ),
        "incorrect_code": _("Kode tidak cocok. Tunggu kode berikutnya di aplikasi, lalu coba lagi."),
    }

    def encrypt(self, text: str) -> str:
        return conceal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return reveal(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not (
            settings.STAFF_TOTP_REQUIRED and Membership.objects.filter(user=authenticator.user_id).exists()
        )
