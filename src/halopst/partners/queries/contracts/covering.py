"""Which contracts cover a mitra's month, whichever kind the office writes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from halopst.letters.models import Letter
from halopst.letters.rules import ENDED, State
from halopst.partners.letter_kinds.addenda import about_activity_addendum, about_addendum
from halopst.partners.letter_kinds.contracts import about_activity, about_month
from halopst.partners.letter_kinds.receipts import about_termination
from halopst.partners.models import Approval, Assignment, Termination


@dataclass(frozen=True, slots=True)
class ContractLetters:
    """What the letters of one contract are about: its own, one that changed it, one that `ended` it.

    `activity` is None for the contract of a whole month.
    """

    activity: int | None
    contract: str
    addendum: str
    ended: str = ""

    @property
    def abouts(self) -> set[str]:
        return {about for about in (self.contract, self.addendum, self.ended) if about}

    def agreed_in(self, found: Mapping[str, Letter]) -> Letter | None:
        """The letter that says what is agreed now: the termination, else the addendum, else the contract."""
        if self.ended:
            return found.get(self.ended)
        own = found.get(self.contract)
        if own is not None and own.state == State.OUTDATED:
            return found.get(self.addendum, own)
        return own


def contracts_of(approvals: Collection[Approval]) -> Mapping[int, list[Letter]]:
    """Of each approved month (by its id) the contracts made for it: the month's own, else one per activity.

    Empty where any activity of the month has none yet. Of a contract broken off there is the letter that
    ended it, of a changed one its addendum. Three queries, however many months.
    """
    papers = contract_letters_of(approvals)
    found = letters_about({about for some in papers.values() for one in some for about in one.abouts})
    return {pk: _agreed(some, found) for pk, some in papers.items()}


def contract_letters_of(approvals: Collection[Approval]) -> dict[int, list[ContractLetters]]:
    """Of each approval the papers of its month's contract, then of one per activity; two queries."""
    activities, endings = activities_of(approvals), _endings(approvals)
    return {
        row.pk: [
            ContractLetters(
                None,
                about_month(row.registration_id, row.month),
                about_addendum(row.registration_id, row.month),
                _ended(row, row.month, endings),
            ),
            *(_papers_of_activity(row, activity, endings) for activity in activities[row.pk]),
        ]
        for row in approvals
    }


def activities_of(approvals: Iterable[Approval]) -> dict[int, list[int]]:
    """By approval, the activities in its lines; one query."""
    rows = list(approvals)
    wanted = {line["assignment"] for row in rows for line in row.lines}
    activity = dict(Assignment.objects.filter(pk__in=wanted).values_list("pk", "duty__activity"))
    return {
        row.pk: list(
            dict.fromkeys(
                activity[line["assignment"]] for line in row.lines if line["assignment"] in activity
            )
        )
        for row in rows
    }


def letters_about(abouts: Collection[str]) -> dict[str, Letter]:
    """By subject, the latest letter that is neither a draft nor void or replaced."""
    rows = Letter.objects.filter(about__in=abouts).exclude(state__in=[State.DRAFT, *ENDED])
    return {row.about: row for row in rows.select_related("number").order_by("pk")}


Endings = Mapping[tuple[int, object], tuple[date, str]]
"""By registration and month or activity: the last month of the contract, and what its letter is about."""


def _endings(approvals: Collection[Approval]) -> Endings:
    rows = Termination.objects.filter(registration__in={row.registration_id for row in approvals})
    return {
        (row.registration_id, row.activity_id or row.month): (row.month, about_termination(row.pk))
        for row in rows
    }


def _ended(row: Approval, what: object, endings: Endings) -> str:
    """What ended the contract about `what` that covers an approved month; "" where nothing did."""
    last, about = endings.get((row.registration_id, what), (row.month, ""))
    return about if row.month <= last else ""


def _papers_of_activity(row: Approval, activity: int, endings: Endings) -> ContractLetters:
    who = row.registration_id
    return ContractLetters(
        activity,
        about_activity(who, activity),
        about_activity_addendum(who, activity),
        _ended(row, activity, endings),
    )


def _agreed(papers: list[ContractLetters], found: Mapping[str, Letter]) -> list[Letter]:
    """The month's own agreement; else those of all its activities, none where one of them is missing.

    An outdated one of the month gives way to those of its activities, once the office writes these.
    """
    month, *activities = papers
    own = month.agreed_in(found)
    letters = [one.agreed_in(found) for one in activities]
    if own and (own.state != State.OUTDATED or not letters or not all(letters)):
        return [own]
    return [letter for letter in letters if letter] if all(letters) else []
