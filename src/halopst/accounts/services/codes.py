"""Signing in, and up, with a six-digit code sent by e-mail.

Known and unknown addresses take the same path and get the same answers: an account is made only
when its address has answered a code, so asking for one reveals nothing. The caller keeps the
code's id where only this visitor can reach it (the session): a code works nowhere else.
"""

import secrets
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halopst.accounts.models import SignInCode, User
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, Refused

DIGITS = 6
LIFETIME = timedelta(minutes=10)
ATTEMPTS = 5
WINDOW = timedelta(minutes=10)
PER_ADDRESS = 3
PER_CLIENT = 30


class TooManyCodes(Refused):
    message = gettext_lazy("Terlalu banyak permintaan kode. Coba lagi 10 menit lagi.")


class CodeNotSent(Refused):
    message = gettext_lazy("Surel belum dapat dikirim. Isian Anda tersimpan; coba lagi beberapa menit lagi.")


class WrongCode(Invalid):
    message = gettext_lazy("Kode tidak cocok. Periksa enam angka di surel terbaru dari kami.")


class CodeSpent(Refused):
    message = gettext_lazy("Kode ini tidak berlaku lagi. Minta kode baru.")


class AddressTaken(Refused):
    message = gettext_lazy(
        "Alamat ini sudah dipakai akun lain. Masuk dengan alamat itu, atau pakai yang lain."
    )


class AccountClosed(Refused):
    message = gettext_lazy("Akun ini dinonaktifkan. Hubungi admin satker Anda.")


def fresh_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


@transaction.atomic
def request_code(*, email: str, name: str = "", language: str, client: str, code: str, now: datetime) -> int:
    """Send `code` (from `fresh_code`) to an address and return the id that `verify_code` wants.

    `client` is the `client_key` of the request. At most three codes per address and thirty per client
    in ten minutes: `TooManyCodes`. If the mail server does not take the message: `CodeNotSent`.
    """
    email = email.strip().lower()
    _queue(email, client)
    _refuse_floods(email, client, now)
    row = SignInCode.objects.create(
        email=email,
        name=name.strip()[:150],
        language=language,
        client=client,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    row.digest = _digest(row, code)
    row.save(update_fields=["digest"])
    _send(email, code, language)
    return row.pk


def verify_code(*, code_id: int, code: str, now: datetime) -> User:
    """The person behind a code: found by its address, or made now with the name given then.

    Refuses with `WrongCode` (five tries), `CodeSpent` (used, too old, or out of tries) and
    `AccountClosed`.
    """
    user = _person(_spend(code_id, code, now))
    if not user.is_active:
        raise AccountClosed
    return user


def change_address(actor: Actor, *, code_id: int, code: str, now: datetime) -> User:
    """Give the actor the address that answered the code, and tell the old one.

    Refuses like `verify_code`, and with `AddressTaken` when it is someone else's.
    """
    email = _spend(code_id, code, now).email
    with transaction.atomic():
        _queue(email)
        user: User = User.objects.select_for_update().get(pk=actor.user_id)
        if User.objects.filter(email=email).exclude(pk=user.pk).exists():
            raise AddressTaken
        old, user.email = user.email, email
        user.save(update_fields=["email", "updated_at"])
        record(actor, "accounts.address-changed", user)
        _tell_old_address(old, user.language)
    return user


def _tell_old_address(email: str, language: str) -> None:
    with translation.override(language):
        subject = _("Surel akun HaloPST Anda diganti")
        body = _(
            "Akun HaloPST Anda sekarang memakai alamat surel lain.\n\n"
            "Bukan Anda yang menggantinya? Segera hubungi satker yang melayani Anda."
        )
    _post(email, subject, body)


def _spend(code_id: int, code: str, now: datetime) -> SignInCode:
    """The row of a right code, now used. Committed before any refusal, so that every try counts."""
    with transaction.atomic():
        row = SignInCode.objects.select_for_update().filter(pk=code_id).first()
        if row is None or row.used_at or row.expires_at <= now or row.failed_attempts >= ATTEMPTS:
            raise CodeSpent
        right = constant_time_compare(_digest(row, code.strip()), row.digest)
        if right:
            row.used_at = now
        else:
            row.failed_attempts += 1
        row.save(update_fields=["used_at", "failed_attempts"])
    if not right:
        raise WrongCode if row.failed_attempts < ATTEMPTS else CodeSpent
    return row


def forget_old_codes(*, now: datetime) -> int:
    """Drop codes a day after they were sent; returns how many."""
    return SignInCode.objects.filter(created_at__lt=now - timedelta(days=1)).delete()[0]


def _queue(*keys: str) -> None:
    """Wait for whoever asks for the same address or client, so that parallel requests are all counted."""
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"code:{key}"])


def _refuse_floods(email: str, client: str, now: datetime) -> None:
    recent = SignInCode.objects.filter(created_at__gt=now - WINDOW)
    if (
        recent.filter(email=email).count() >= PER_ADDRESS
        or recent.filter(client=client).count() >= PER_CLIENT
    ):
        raise TooManyCodes


def _digest(row: SignInCode, code: str) -> str:
    return salted_hmac("halopst.sign-in-code", f"{row.pk}:{code}", algorithm="sha256").hexdigest()


def _send(email: str, code: str, language: str) -> None:
    with translation.override(language):
        subject = _("%(code)s adalah kode masuk HaloPST Anda") % {"code": code}
        body = _(
            "Kode masuk Anda: %(code)s\n\n"
            "Kode berlaku 10 menit dan hanya di perangkat tempat Anda memintanya. "
            "Petugas kami tidak pernah menanyakan kode ini.\n\n"
            "Tidak merasa meminta? Abaikan surel ini; tidak ada yang berubah."
        ) % {"code": code}
    _post(email, subject, body)


def _post(email: str, subject: str, body: str) -> None:
    try:
        send_mail(subject, body, None, [email])
    except (SMTPException, OSError) as error:
        raise CodeNotSent from error


@transaction.atomic
def _person(row: SignInCode) -> User:
    _queue(row.email)
    user: User | None = User.objects.filter(email=row.email).first()
    if user is None:
        user = User.objects.create_user(row.email, name=row.name, language=row.language)
        record(Actor(user_id=user.pk, label=f"user:{user.pk}"), "accounts.signed-up", user, way="code")
    return user
