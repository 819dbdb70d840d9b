"""Which contracts cover a mitra's month, whichever kind the office writes."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from halopst.letters.models import Letter
from halopst.letters.rules import State
from halopst.partners.addenda import about_addendum
from halopst.partners.contracts import about_activity, about_month
from halopst.partners.models import Approval, Assignment, Termination
from halopst.partners.receipts import about_termination

ENDED = (State.DRAFT, State.REPLACED, State.VOID)


def contracts_of(approvals: Collection[Approval]) -> Mapping[int, list[Letter]]:
    """Of each approved month (by its id) the contracts made for it: the month's own, else one per activity.

    Empty where any activity of the month has none yet. A month broken off has the letter that ended it in
    the place of its contract, a changed one its addendum. Four queries, however many months.
    """
    wanted = {line["assignment"] for row in approvals for line in row.lines}
    activity = dict(Assignment.objects.filter(pk__in=wanted).values_list("pk", "duty__activity"))
    own = {row.pk: about_month(row.registration_id, row.month) for row in approvals}
    parts = {
        row.pk: {
            about_activity(row.registration_id, activity[line["assignment"]])
            for line in row.lines
            if line["assignment"] in activity
        }
        for row in approvals
    }
    own |= _broken_off(approvals)
    changed = {about_addendum(row.registration_id, row.month): own[row.pk] for row in approvals}
    found = _letters({*own.values(), *changed, *(about for abouts in parts.values() for about in abouts)})
    for addendum, contract in changed.items():
        if any(letter.state == State.OUTDATED for letter in found[contract]) and found[addendum]:
            found[contract] = found[addendum]
    return {row.pk: found[own[row.pk]] or _all_of(parts[row.pk], found) for row in approvals}


def _broken_off(approvals: Collection[Approval]) -> dict[int, str]:
    """Of those months whose contract was terminated, what the letter about that is about."""
    rows = Termination.objects.filter(registration__in=[row.registration_id for row in approvals])
    ended = {(row.registration_id, row.month): row.pk for row in rows}
    return {
        row.pk: about_termination(ended[row.registration_id, row.month])
        for row in approvals
        if (row.registration_id, row.month) in ended
    }


def _all_of(abouts: Collection[str], found: Mapping[str, list[Letter]]) -> list[Letter]:
    """The letters about all of these; none where one is missing."""
    return (
        [made for about in sorted(abouts) for made in found[about]] if all(found[a] for a in abouts) else []
    )


def _letters(abouts: Collection[str]) -> defaultdict[str, list[Letter]]:
    rows = Letter.objects.filter(about__in=abouts).exclude(state__in=ENDED).select_related("number")
    found: defaultdict[str, list[Letter]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.about] = [row]
    return found
