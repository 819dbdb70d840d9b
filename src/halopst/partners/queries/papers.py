"""The assignment letters and decrees of an office, and whom they concern."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from halopst.core.actors import Actor
from halopst.letters.models import Letter
from halopst.letters.rules import State
from halopst.partners.letter_kinds.papers import about_paper
from halopst.partners.models import Activity, Assignment, Paper, Person, Share
from halopst.partners.queries.allocation.approvals import approval_of_a_share
from halopst.partners.queries.allocation.idle import of_idle
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Chosen:
    """One mitra approved for an activity; `duties` are what they do in it, in words."""

    name: str
    id_sobat: str
    duties: str


def papers_of(actor: Actor, unit: Unit, text: str = "") -> QuerySet[Paper]:
    rows = Paper.objects.visible_to(actor).filter(unit=unit).select_related("activity")
    return rows.filter(subject__icontains=text) if text else rows


def letters_by_paper(papers: Sequence[Paper]) -> dict[int, Letter]:
    """The newest letter of each paper that has one, void ones only where there is no other."""
    by_about = {about_paper(paper): paper.pk for paper in papers}
    rows = Letter.objects.filter(about__in=by_about).select_related("number").order_by("pk")
    found: dict[int, Letter] = {}
    for row in rows:
        if row.state != State.VOID or by_about[row.about] not in found:
            found[by_about[row.about]] = row
    return found


def idle_for(activity: Activity | None) -> list[Person]:
    """Of them, who is not to be given that work any more."""
    shares = Share.objects.filter(Exists(approval_of_a_share()), assignment__duty__activity=activity)
    return list(Person.objects.filter(pk__in=of_idle(shares).values("person")).order_by("name", "pk"))


def approved_for(activity: Activity | None) -> list[Chosen]:
    """Whoever has an approved month in the activity, by name; a fixed number of queries."""
    if activity is None:
        return []
    paid = Share.objects.filter(assignment=OuterRef("pk")).filter(Exists(approval_of_a_share()))
    rows = Assignment.objects.filter(Exists(paid), duty__activity=activity, volume__gt=0)
    duties: defaultdict[tuple[str, int, str], list[str]] = defaultdict(list)
    rows = rows.select_related("registration__person", "duty__position")
    for row in rows.order_by("duty__position__code", "pk"):
        person = row.registration.person
        duties[person.name, person.pk, person.id_sobat].append(row.duty.position.name)
    return [
        Chosen(name, sobat, ", ".join(dict.fromkeys(held)))
        for (name, _pk, sobat), held in sorted(duties.items())
    ]
