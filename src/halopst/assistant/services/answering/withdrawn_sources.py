"""Whether cited texts may still be cited: one may be withdrawn before the answer is sent."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Proposal
from halopst.assistant.rules.learning.proposal_use import USED, share_kept
from halopst.cases.models import Case
from halopst.core.actors import Actor
from halopst.core.errors import Refused
from halopst.knowledge.models import Document


class SourceGone(Refused):
    """A text that the reply rests on was withdrawn, or its review is overdue, since it was proposed."""

    def __init__(self, titles: list[str]) -> None:
        said = _(
            "Sumber draf AIDA ditarik atau lewat tanggal tinjaunya sesudah diusulkan: %(judul)s. "
            "Belum ada yang terkirim. Tekan Usulkan jawaban untuk draf baru, atau Abaikan."
        )
        super().__init__(said % {"judul": ", ".join(titles)})


def check_sources(actor: Actor, case: Case, body: str, now: datetime) -> None:
    """Refuse to send a reply made from a proposal if one of its sources may no longer be cited."""
    waiting = Proposal.objects.filter(case=case, officer=actor.user_id, outcome=Proposal.Outcome.OPEN)
    for proposal in waiting.exclude(text=""):
        gone = sources_gone(proposal, now=now)
        if gone and share_kept(proposal.text, body) >= USED:
            raise SourceGone(gone)


def sources_gone(proposal: Proposal, *, now: datetime) -> list[str]:
    """The titles of its texts that were withdrawn, hidden from visitors or are past their review."""
    today = timezone.localdate(now, proposal.case.unit.tz)
    gone = uncitable(proposal.answer["citations"], today=today)
    hidden = _cited(proposal.answer["citations"]).exclude(audience=Document.Audience.EVERYONE)
    return [str(document) for document in (gone | hidden).order_by("pk")]


def uncitable(citations: Iterable[Mapping[str, Any]], *, today: date) -> QuerySet[Document]:
    """The cited texts that are no longer published or are past their review."""
    unfit = ~Q(state=Document.State.PUBLISHED) | Q(review_by__lt=today)
    return _cited(citations).filter(unfit)


def _cited(citations: Iterable[Mapping[str, Any]]) -> QuerySet[Document]:
    cited = Q(pk=None)
    for one in citations:
        cited |= Q(source=one["source"], external_id=one["external_id"])
    rows: QuerySet[Document] = Document.objects.filter(cited)
    return rows
