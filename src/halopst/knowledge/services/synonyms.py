"""Synonyms are proposed by who may write, and in force once a second person has approved them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.core.events import publish
from halopst.knowledge import permissions
from halopst.knowledge.events import SynonymApproved
from halopst.knowledge.models import Synonym
from halopst.knowledge.rules.words.synonyms import key_of
from halopst.knowledge.rules.words.tokens import tokens
from halopst.knowledge.services.authority import may, must
from halopst.knowledge.services.refusals import SecondPersonNeeded
from halopst.units.models import Unit


class SynonymSaysNothing(Invalid):
    message = _("Tulis paling banyak lima kata yang dipakai orang, lalu istilah lain yang dimaksud.")


class SynonymThere(Refused):
    message = _("Kata ini sudah punya padanan di satker Anda. Cari di daftar dan hentikan dulu yang itu.")


class SynonymMoved(Refused):
    message = _("Keadaan padanan ini sudah berubah. Muat ulang halaman.")


@transaction.atomic
def propose_synonym(actor: Actor, *, unit: Unit, phrase: str, means: str, now: datetime) -> Synonym:
    must(may(actor, permissions.WRITE, unit))
    if actor.user_id is None:
        raise NotPermitted
    key = key_of(phrase)
    if not key or not tokens(means) or key == " ".join(tokens(means)):
        raise SynonymSaysNothing
    with refuse_on("a_phrase_is_read_in_one_way_at_an_office", SynonymThere):
        synonym: Synonym = Synonym.objects.create(
            unit=unit, phrase=phrase, key=key, means=means, proposed_by_id=actor.user_id, proposed_at=now
        )
    record(actor, "knowledge.synonym-proposed", synonym)
    return synonym


@transaction.atomic
def approve_synonym(actor: Actor, synonym: Synonym) -> Synonym:
    """Approve a synonym, so that questions are read with it; never one's own."""
    held = _held(actor, synonym)
    if held.state != Synonym.State.PROPOSED:
        raise SynonymMoved
    with refuse_on("a_synonym_is_approved_by_a_second_person", SecondPersonNeeded):
        held.state, held.approved_by_id = Synonym.State.APPROVED, actor.user_id
        held.save()
    record(actor, "knowledge.synonym-approved", held)
    publish(SynonymApproved(synonym_id=held.pk))
    return held


@transaction.atomic
def withdraw_synonym(actor: Actor, synonym: Synonym) -> Synonym:
    """Withdraw a synonym, proposed or approved; questions are no longer read with it."""
    held = _held(actor, synonym)
    if held.state == Synonym.State.WITHDRAWN:
        raise SynonymMoved
    held.state = Synonym.State.WITHDRAWN
    held.save()
    record(actor, "knowledge.synonym-withdrawn", held)
    return held


def _held(actor: Actor, synonym: Synonym) -> Synonym:
    held: Synonym = Synonym.objects.locked(synonym.pk)
    must(may(actor, permissions.PUBLISH, held.unit))
    return held
