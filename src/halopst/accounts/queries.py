from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from halopst.accounts.models import Consent, ConsentText, ErasureRequest, StaffIdentity
from halopst.core.actors import Actor
from halopst.units.models import Unit


@dataclass(frozen=True, kw_only=True, slots=True)
class IdentityProvider:
    """A server people may sign in with, as a button."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentState:
    """The text in force for one subject, and what the person says to it."""

    text: ConsentText
    given: Consent | None

    @property
    def outdated(self) -> bool:
        """Agreed to an earlier version: still standing, but to be asked again."""
        return self.given is not None and self.given.text_id != self.text.pk


def identity_providers() -> list[IdentityProvider]:
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]  # a nested dict
    return [IdentityProvider(id=app["provider_id"], name=app["name"]) for app in apps]


def contact_for(actor: Actor) -> Unit | None:
    """The office whose admin can give this person a role: organisation codes begin with the office's."""
    identity = StaffIdentity.objects.filter(user=actor.user_id).first()
    return Unit.objects.filter(code=identity.organisation[:4]).first() if identity else None


def consents(actor: Actor, *, on: date) -> list[ConsentState]:
    """Each subject with its newest text in force that day and the actor's standing consent."""
    texts = ConsentText.objects.filter(valid_from__lte=on).order_by("subject", "-version").distinct("subject")
    standing = Consent.objects.filter(user=actor.user_id, withdrawn_at=None).select_related("text")
    given = {consent.text.subject: consent for consent in standing.order_by("text__version")}
    return [ConsentState(text=text, given=given.get(text.subject)) for text in texts]


def open_erasure(actor: Actor) -> ErasureRequest | None:
    return ErasureRequest.objects.filter(user=actor.user_id, done_at=None, withdrawn_at=None).first()
