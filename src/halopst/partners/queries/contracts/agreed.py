"""Whether months rest on letters that hold, asked of the database for a whole office or nation at once.

The answers of `contracts.contracts_of`, as conditions on approvals of one month.
"""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat

from halopst.letters.models import Letter
from halopst.letters.rules import ENDED, HOLDING, State
from halopst.partners.letter_kinds.addenda import ACTIVITY_ADDENDUM, ADDENDUM
from halopst.partners.letter_kinds.contracts import ACTIVITY_CONTRACT, MONTHLY_CONTRACT
from halopst.partners.letter_kinds.receipts import HANDOVER, TERMINATION
from halopst.partners.models import Share, Termination
from halopst.partners.queries.contracts.agreements import payable


def agreed_in(states: Collection[str], month: date) -> Q:
    """The month's own contract is in one of these states, or the contract of each of its activities.

    What changed a contract, or ended it, counts in its place.
    """
    own, work = _letters_of_month(month), _work_of(month)
    open_work = work.filter(~Exists(_letters_of_activity(month).filter(state__in=states)))
    return Q(Exists(own.filter(state__in=states))) | Q(~Exists(own), ~Exists(open_work))


def agreed_out_of_date(month: date) -> Case:
    """How many contracts of the month no longer say what is so, with nothing put in their place."""
    own, of_activity = _letters_of_month(month), _letters_of_activity(month)
    stale_work = _work_of(month).filter(
        Exists(of_activity.filter(state=State.OUTDATED)), ~Exists(of_activity.filter(state__in=HOLDING))
    )
    stale = Q(Exists(own.filter(state=State.OUTDATED)), ~Exists(own.filter(state__in=HOLDING)))
    contracts = stale_work.order_by().values("assignment__registration")
    counted = contracts.annotate(n=Count("assignment__duty__activity", distinct=True)).values("n")
    return Case(
        When(stale, then=Value(1)), When(Exists(own), then=Value(0)), default=Coalesce(Subquery(counted), 0)
    )


def receipts_in(states: Collection[str], month: date) -> Exists:
    """The letter of what was handed over is in one of these states."""
    about = _about(HANDOVER.code, OuterRef("registration"), month=month)
    return Exists(_living([about]).filter(state__in=states))


def _letters_of_month(month: date) -> QuerySet[Letter]:
    who = OuterRef("registration")
    ended = Termination.objects.filter(registration=OuterRef(who), month=month, activity__isnull=True)
    kinds = (MONTHLY_CONTRACT.code, ADDENDUM.code)
    return _living([*(_about(kind, who, month=month) for kind in kinds), _ending(ended)])


def _letters_of_activity(month: date) -> QuerySet[Letter]:
    """Of a share: those of the contract of its activity."""
    who, what = OuterRef("assignment__registration"), OuterRef("assignment__duty__activity")
    ended = Termination.objects.filter(registration=OuterRef(who), activity=OuterRef(what), month__gte=month)
    kinds = (ACTIVITY_CONTRACT.code, ACTIVITY_ADDENDUM.code)
    return _living([*(_about(kind, who, what) for kind in kinds), _ending(ended)])


def _work_of(month: date) -> QuerySet[Share]:
    return payable(Share.objects.filter(month=month, assignment__registration=OuterRef("registration")))


def _living(abouts: Sequence[Combinable]) -> QuerySet[Letter]:
    return Letter.objects.filter(about__in=abouts).exclude(state__in=[State.DRAFT, *ENDED])


def _ending(ended: QuerySet[Termination]) -> Subquery:
    return Subquery(ended.values(about=_about(TERMINATION.code, "pk"))[:1])


def _about(kind: str, *parts: Combinable | str, month: date | None = None) -> Concat:
    """`<kind>:<part>:<part>`, with the month last where there is one."""
    text: list[Combinable] = [Value(kind)]
    for part in parts:
        text += [Value(":"), Cast(part, CharField())]
    if month is not None:
        text.append(Value(f":{month:%Y-%m}"))
    return Concat(*text, output_field=CharField())
