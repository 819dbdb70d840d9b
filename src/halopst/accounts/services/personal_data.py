"""A person's own data: everything we hold in one file, and its erasure (UU 27/2022, Pasal 7 to 16).

Each domain registers what it holds and how it forgets, in its `apps.py`. An eraser removes or blanks
what points to the person and keeps what the service statistics need. Exporters and erasers run in the
transaction of their caller and may run twice.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import (
    ApiToken,
    Consent,
    ErasureRequest,
    Invitation,
    Membership,
    Profile,
    SignInCode,
    StaffIdentity,
    User,
)
from halopst.accounts.permissions import MANAGE
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted, Refused
from halopst.units.models import Unit

DIRECTORY = ("username", "nip", "nip_lama", "organisation", "regency", "rank", "position", "echelon")
DUE_AFTER = timedelta(hours=72)  # 3 x 24 hours, UU 27/2022

Exporter = Callable[[int], Any]
Eraser = Callable[[int, datetime], None]

_exporters: dict[str, Exporter] = {}
_erasers: dict[str, Eraser] = {}


class AlreadyRequested(Refused):
    message = _("Permintaan penghapusan Anda sudah kami terima dan sedang dikerjakan.")


class StillEmployed(Refused):
    message = _("Akun ini masih punya peran di satker. Minta admin mencabut peran itu lebih dulu.")


class AlreadyDecided(Refused):
    message = _("Permintaan ini sudah selesai atau sudah dibatalkan.")


def register_export(name: str, exporter: Exporter) -> None:
    """`exporter(user_id)` returns JSON values; `name` heads them in the file."""
    _exporters[name] = exporter


def register_erasure(name: str, eraser: Eraser) -> None:
    """`eraser(user_id, now)` makes a domain's rows say nothing about the person any more."""
    _erasers[name] = eraser


def export(actor: Actor) -> dict[str, Any]:
    """Everything every domain holds about the actor."""
    if actor.user_id is None:
        raise NotPermitted
    return {name: exporter(actor.user_id) for name, exporter in _exporters.items()}


@transaction.atomic
def request_erasure(actor: Actor, *, now: datetime, unit: Unit | None = None) -> ErasureRequest:
    """Ask to be forgotten within 72 hours; the head office decides unless a unit is named."""
    if actor.user_id is None:
        raise NotPermitted
    if Membership.objects.filter(user=actor.user_id).exists():
        raise StillEmployed
    with refuse_on("one_open_erasure_request_per_person", AlreadyRequested):
        row = ErasureRequest.objects.create(
            user_id=actor.user_id,
            unit=unit or Unit.objects.get(kind=Unit.Kind.HEAD_OFFICE),
            requested_at=now,
            due_at=now + DUE_AFTER,
        )
    record(actor, "accounts.erasure-requested", row)
    return row


@transaction.atomic
def withdraw_erasure(actor: Actor, *, now: datetime) -> None:
    """The person changes their mind before it is done."""
    row = ErasureRequest.objects.select_for_update().filter(
        user=actor.user_id, done_at=None, withdrawn_at=None
    )
    for request in row:
        request.withdrawn_at = now
        request.save(update_fields=["withdrawn_at", "updated_at"])
        record(actor, "accounts.erasure-withdrawn", request)


@transaction.atomic
def erase(actor: Actor, request: ErasureRequest, *, now: datetime) -> None:
    """Carry the request out: every domain forgets the person, the account becomes nobody's."""
    if not actor.may(MANAGE, request.unit_id):
        raise NotPermitted
    request = ErasureRequest.objects.select_for_update().get(pk=request.pk)
    if request.done_at or request.withdrawn_at:
        raise AlreadyDecided
    if Membership.objects.filter(user=request.user_id).exists():
        raise StillEmployed
    for eraser in _erasers.values():
        eraser(request.user_id, now)
    request.done_at, request.done_by_id = now, actor.user_id
    request.save(update_fields=["done_at", "done_by", "updated_at"])
    record(actor, "accounts.erased", request)


def _own_data(user_id: int) -> dict[str, Any]:
    user = User.objects.get(pk=user_id)
    profile = Profile.objects.filter(user=user).first()
    return {
        "nama": user.name,
        "surel": user.email,
        "nomor WhatsApp": user.phone,
        "bahasa": user.get_language_display(),
        "akun dibuat": user.created_at.isoformat(),
        "profil": _shown(profile, ("sex", "birth_year", "education", "occupation", "occupation_other")),
        "instansi": _shown(profile, ("institution", "institution_name", "main_use")),
        "direktori pegawai": _shown(StaffIdentity.objects.filter(user=user).first(), DIRECTORY),
        "persetujuan": _consents(user),
    }


def _consents(user: User) -> list[dict[str, Any]]:
    given = Consent.objects.filter(user=user).select_related("text").order_by("given_at")
    return [
        {
            "perihal": consent.text.get_subject_display(),
            "versi": consent.text.version,
            "lewat": consent.get_channel_display(),
            "diberikan": consent.given_at.isoformat(),
            "ditarik": consent.withdrawn_at.isoformat() if consent.withdrawn_at else None,
        }
        for consent in given
    ]


def _shown(row: Profile | StaffIdentity | None, fields: Iterable[str]) -> dict[str, Any]:
    """The fields of a row under the names people know them by."""
    if row is None:
        return {}
    return {
        str(getattr(row._meta.get_field(field), "verbose_name", field)): getattr(
            row, f"get_{field}_display", lambda field=field: getattr(row, field)
        )()
        for field in fields
    }


def _forget(user_id: int, now: datetime) -> None:
    """Blank the person; keep the row, and of the profile only what statistics count in groups."""
    user = User.objects.select_for_update().get(pk=user_id)
    SignInCode.objects.filter(email=user.email).delete()
    Invitation.objects.filter(email=user.email).delete()
    ApiToken.objects.filter(user=user).delete()
    StaffIdentity.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    Profile.objects.filter(user=user).update(birth_year=None, occupation_other="", institution_name="")
    Consent.objects.filter(user=user, withdrawn_at=None).update(withdrawn_at=now)
    user.email, user.name, user.phone = f"terhapus-{user.pk}@invalid", str(_("Pengguna terhapus")), ""
    user.is_active = False
    user.set_unusable_password()
    user.save()


register_export("akun", _own_data)
register_erasure("akun", _forget)
