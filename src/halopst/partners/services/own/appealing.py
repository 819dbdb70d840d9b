"""A mitra answers what keeps them from being assigned; another person of that office decides."""

from datetime import datetime

from django.db import transaction

from halopst.core.errors import NotPermitted
from halopst.partners.models import Blacklisting
from halopst.partners.rules.own import Mitra
from halopst.partners.services.own.refusals import AppealNeedsWords
from halopst.partners.services.people.blacklist import hear

LONGEST_APPEAL = 2000


@transaction.atomic
def appeal_blacklisting(mitra: Mitra, listed: Blacklisting, *, text: str, now: datetime) -> None:
    """Appeal once against each blacklisting; what was said stays."""
    if listed.person_id != mitra.person_id:
        raise NotPermitted
    text = text.strip()[:LONGEST_APPEAL]
    if not text:
        raise AppealNeedsWords
    hear(mitra.actor, listed, text=text, now=now)
