"""Whether what a proposal cites may still be cited when its officer sends it."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Proposal
from halopst.assistant.rules.shares import USED, share_kept
from halopst.cases.models import Case
from halopst.core.actors import Actor
from halopst.core.errors import Refused
from halopst.knowledge.models import Document


class SourceGone(Refused):
    """A text the reply rests on was withdrawn or grew stale after it was proposed."""

    def __init__(self, titles: list[str]) -> None:
        said = _(
            "Sumber draf AIDA ditarik atau lewat tanggal tinjaunya sesudah diusulkan: %(judul)s. "
            "Belum ada yang terkirim. Tekan Usulkan jawaban untuk draf baru, atau Abaikan."
        )
        super().__init__(said % {"judul": ", ".join(titles)})


def check_sources(actor: Actor, case: Case, body: str, now: datetime) -> None:
    """Refuse to send what was made of a proposal whose source may no longer be cited."""
    waiting = Proposal.objects.filter(case=case, officer=actor.user_id, outcome=Proposal.Outcome.OPEN)
    for proposal in waiting.exclude(text=""):
        gone = sources_gone(proposal, now=now)
        if gone and share_kept(proposal.text, body) >= USED:
            raise SourceGone(gone)


def sources_gone(proposal: Proposal, *, now: datetime) -> list[str]:
    """The titles of the texts it cites that were withdrawn, hidden from visitors or are past their review."""
    cited = Q(pk=None)
    for one in proposal.answer["citations"]:
        cited |= Q(source=one["source"], external_id=one["external_id"])
    today = timezone.localdate(now, proposal.case.unit.tz)
    unfit = (
        ~Q(state=Document.State.PUBLISHED) | Q(review_by__lt=today) | ~Q(audience=Document.Audience.EVERYONE)
    )
    return [str(document) for document in Document.objects.filter(cited).filter(unfit).order_by("pk")]
