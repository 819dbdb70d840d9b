"""Which letters monitoring counts as out of date, so that it can lead to them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _

from halopst.core.formats import language, month_and_year
from halopst.letters.models import Letter
from halopst.letters.queries import Chosen, choose_with
from halopst.letters.rules import State
from halopst.partners.letter_kinds.receipts import about_handover
from halopst.partners.models import Approval
from halopst.partners.queries.contracts.covering import ContractLetters, contract_letters_of, letters_about
from halopst.partners.queries.monitoring.following import with_stale_letters
from halopst.partners.rules.money import month_named
from halopst.units.models import Unit


def stale_letters(unit: Unit, month: date) -> list[Letter]:
    """Contracts and handover letters of an office's month that no longer say what is so."""
    rows = list(with_stale_letters([unit], month))
    papers = contract_letters_of(rows)
    receipts = {row.pk: about_handover(row.registration_id, month) for row in rows}
    abouts = {about for some in papers.values() for one in some for about in one.abouts}
    found = letters_about({*abouts, *receipts.values()})
    return [
        letter
        for row in rows
        for letter in (*_agreed(papers[row.pk], found), *_received(receipts, row, found))
        if letter.state == State.OUTDATED
    ]


def _agreed(papers: Sequence[ContractLetters], found: Mapping[str, Letter]) -> Iterator[Letter]:
    """The month's own; else those of its activities, as `agreed_out_of_date` counts them."""
    month, *activities = papers
    own = month.agreed_in(found)
    for one in (own,) if own else (activity.agreed_in(found) for activity in activities):
        if one is not None:
            yield one


def _received(receipts: Mapping[int, str], row: Approval, found: Mapping[str, Letter]) -> Iterator[Letter]:
    if letter := found.get(receipts[row.pk]):
        yield letter


def _choose(unit: Unit, particulars: str) -> Chosen | None:
    """Choose the letters of a month written `2026-11`, from the address of the list."""
    month = month_named(particulars)
    if month is None:
        return None
    letters = Letter.objects.filter(pk__in=[letter.pk for letter in stale_letters(unit, month)])
    said = {"bulan": month_and_year(month, lang=language())}
    return Chosen(letters, _("Surat mitra bulan %(bulan)s yang usang.") % said)


choose_with("usang", _choose)
