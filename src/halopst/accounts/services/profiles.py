"""What people say about themselves, and what they agree to."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import Consent, ConsentText, Profile, User
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted, Refused

DETAILS = (
    "sex",
    "birth_year",
    "education",
    "occupation",
    "occupation_other",
    "institution",
    "institution_name",
    "main_use",
)


class AlreadyAgreed(Refused):
    message = _("Anda sudah menyetujui teks ini.")


@transaction.atomic
def set_name(actor: Actor, *, name: str) -> User:
    """How the person is addressed."""
    user = _self(actor)
    user.name = name.strip()[:150]
    user.save(update_fields=["name", "updated_at"])
    return user


@transaction.atomic
def update_profile(actor: Actor, *, name: str, phone: str, language: str, details: dict[str, Any]) -> User:
    """Replace what the person says about themselves; `details` are the fields of block I."""
    user = _self(actor)
    user.name, user.phone, user.language = name.strip()[:150], phone, language
    user.save(update_fields=["name", "phone", "language", "updated_at"])
    known = {field: value for field, value in details.items() if field in DETAILS}
    if known.get("occupation") != Profile.Occupation.OTHER:
        known["occupation_other"] = ""
    Profile.objects.update_or_create(user=user, defaults=known)
    record(actor, "accounts.profile-updated", user)
    return user


@transaction.atomic
def give_consent(actor: Actor, text: ConsentText, *, channel: str, now: datetime) -> Consent:
    """Note that the person agrees to exactly this version."""
    user = _self(actor)
    with refuse_on("one_standing_consent_per_text", AlreadyAgreed):
        consent = Consent.objects.create(user=user, text=text, channel=channel, given_at=now)
    record(actor, "accounts.consent-given", consent, subject_of_consent=text.subject, version=text.version)
    return consent


@transaction.atomic
def withdraw_consent(actor: Actor, text: ConsentText, *, now: datetime) -> None:
    """From now on the person no longer agrees, whatever version they had agreed to."""
    user = _self(actor)
    standing = Consent.objects.filter(user=user, text__subject=text.subject, withdrawn_at=None)
    for consent in standing.select_for_update().select_related("text"):
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at", "updated_at"])
        record(actor, "accounts.consent-withdrawn", consent, subject_of_consent=text.subject)


def _self(actor: Actor) -> User:
    user: User | None = User.objects.select_for_update().filter(pk=actor.user_id).first()
    if user is None:
        raise NotPermitted
    return user
