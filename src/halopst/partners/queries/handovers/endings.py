"""Which contracts of a mitra's month can still be ended, and what work each is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from halopst.core.actors import Actor
from halopst.letters.models import Letter
from halopst.letters.rules import HOLDING, State
from halopst.partners.letter_kinds.receipts import TERMINATION, about_termination
from halopst.partners.models import Approval, Assignment, Delivery, Termination
from halopst.partners.queries.contracts.covering import contract_letters_of, letters_about
from halopst.partners.queries.handovers.recorded import Plan, plans
from halopst.partners.queries.months import months_touched
from halopst.units.models import Unit

ENDABLE = HOLDING - {State.PAID}


@dataclass(frozen=True, slots=True)
class Endable:
    """A contract that holds and is not paid; `activity` None for a month's own, with its work that month."""

    letter: Letter
    activity: int | None
    works: Sequence[Plan]

    @property
    def name(self) -> str:
        """What its activity is called, "" for a month's own."""
        return self.works[0].activity if self.activity else ""


def endable(approval: Approval) -> list[Endable]:
    """The month's own contract, else those per activity; none where its own is paid or out of date."""
    papers = contract_letters_of([approval])[approval.pk]
    month, *activities = papers
    found = letters_about({about for one in papers for about in one.abouts})
    works = plans([approval])[approval.pk]
    own = month.agreed_in(found)
    if own is not None:
        return [Endable(own, None, works)] if _may_end(own) else []
    of = _activity_of(works)
    agreed = [(one.activity, one.agreed_in(found)) for one in activities]
    return [
        Endable(letter, activity, [work for work in works if of[work.assignment] == activity])
        for activity, letter in agreed
        if letter is not None and _may_end(letter)
    ]


def months_of_work(approval: Approval) -> list[date]:
    """Every month in which work of the approved month pays."""
    assignments = [line["assignment"] for line in approval.lines]
    rows = Assignment.objects.filter(pk__in=assignments).select_related("duty__activity")
    return sorted({approval.month, *months_touched((row.duty for row in rows), approval.month.year)})


def is_delivered(works: Iterable[Plan], since: date) -> bool:
    """Whether anything of this work is on record as done, in a month from `since` on."""
    rows = Delivery.objects.filter(
        assignment__in=[work.assignment for work in works],
        handover__approval__month__gte=since,
        handover__approval__withdrawn_at__isnull=True,
    )
    return rows.exists()


@dataclass(frozen=True, slots=True)
class Ended:
    """A contract that was ended, and the letter that says so; None once that letter was annulled."""

    termination: Termination
    letter: Letter | None


def ended_in(actor: Actor, unit: Unit, month: date) -> list[Ended]:
    """The contracts ended in that month, with their letters; three queries, however many."""
    rows = list(terminations(actor, unit, month).select_related("activity"))
    letters = letters_about([about_termination(row.pk) for row in rows])
    return [Ended(row, letters.get(about_termination(row.pk))) for row in rows]


def terminations(actor: Actor, unit: Unit, month: date) -> QuerySet[Termination]:
    """Contracts of the office ended in that month, by id."""
    rows = Termination.objects.visible_to(actor).filter(registration__unit=unit, month=month)
    return rows.select_related("registration__person", "contract__number").order_by("pk")


def _may_end(letter: Letter) -> bool:
    return letter.kind != TERMINATION.code and letter.state in ENDABLE


def _activity_of(works: Iterable[Plan]) -> dict[int, int]:
    rows = Assignment.objects.filter(pk__in=[work.assignment for work in works])
    return dict(rows.values_list("pk", "duty__activity"))
