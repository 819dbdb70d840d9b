"""What contracts out of date go on with: the addendum that changed one, or the letter that ended it."""

from collections.abc import Collection, Mapping

from django.db.models import Q

from halopst.letters.models import Letter
from halopst.letters.queries import Continuation, tell_continuations
from halopst.letters.rules import HOLDING, State
from halopst.partners.letter_kinds.addenda import about_activity_addendum, about_addendum
from halopst.partners.letter_kinds.receipts import about_termination
from halopst.partners.models import Termination
from halopst.partners.queries.contracts.agreements import OF_ACTIVITY, OF_MONTH
from halopst.partners.rules.subjects import activity_of, month_of


def continued(letters: Collection[Letter]) -> Mapping[int, Continuation]:
    """By id. An addendum changes only what was signed; what ended a contract comes before what changed it."""
    stale = [row for row in letters if row.state == State.OUTDATED]
    changes = {row.pk: about for row in stale if row.signed_at and (about := _addendum_of(row))}
    endings = _endings(stale, changes)
    found = _holding({*endings.values(), *changes.values()})
    told = {pk: Continuation(found[about], ends=False) for pk, about in changes.items() if about in found}
    told |= {pk: Continuation(found[about], ends=True) for pk, about in endings.items() if about in found}
    return told


def _endings(stale: Collection[Letter], changes: Mapping[int, str]) -> dict[int, str]:
    """By letter, what is about its ending: of a contract also that of its addendum, which ends both."""
    named = Q(contract__in=stale) | Q(contract__about__in=changes.values())
    rows = Termination.objects.filter(named).values_list("contract", "contract__about", "pk")
    found = {key: about_termination(pk) for contract, about, pk in rows for key in (contract, about)}
    endings = {row.pk: found.get(row.pk) or found.get(changes.get(row.pk, "")) for row in stale}
    return {pk: about for pk, about in endings.items() if about}


def _holding(abouts: Collection[str]) -> dict[str, Letter]:
    rows = Letter.objects.filter(about__in=abouts, state__in=HOLDING).select_related("number")
    return {row.about: row for row in rows}


def _addendum_of(agreement: Letter) -> str:
    """What an addendum to it is about; "" of what has none."""
    if agreement.kind in OF_MONTH:
        return about_addendum(*month_of(agreement.about))
    return about_activity_addendum(*activity_of(agreement.about)) if agreement.kind in OF_ACTIVITY else ""


tell_continuations(continued)
