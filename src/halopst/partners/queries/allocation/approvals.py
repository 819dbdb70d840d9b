"""What of an office's month is agreed to, what waits for it, and what keeps it waiting."""

from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    When,
)
from django.db.models.functions import Coalesce, Lower

from halopst.core.actors import Actor
from halopst.partners.models import (
    Approval,
    Blacklisting,
    CapOverride,
    Excess,
    OfferAnswer,
    Registration,
    Share,
)
from halopst.partners.queries.contracts.agreements import payable
from halopst.partners.queries.planning.duties import duties_of
from halopst.partners.queries.searching import named
from halopst.units.models import Unit

STATES = {
    "semua": Q(),
    "menunggu": Q(approval__isnull=True, is_held=False, is_idle=False),
    "tertahan": Q(approval__isnull=True) & (Q(is_held=True) | Q(is_idle=True)),
    "disetujui": Q(approval__isnull=False),
    "menolak": Q(declined__gt=0),
}


def month_rows(actor: Actor, unit: Unit, month: date) -> QuerySet[Registration]:
    """Who is paid by the office in that month: `honor` there, `approval` in force, `is_held` by an excess.

    `is_idle` are those no longer active or blacklisted in that month: no more of it is approved.
    `accepted` and `declined` count their own answers to what they do that month, as it stands.
    """
    shares = payable(Share.objects.filter(assignment__registration=OuterRef("pk"), month=month)).order_by()
    honor = shares.values("assignment__registration").annotate(sum=Sum("amount")).values("sum")
    approval = Approval.objects.in_force().filter(registration=OuterRef("pk"), month=month)
    held = Excess.objects.filter(registration=OuterRef("pk"), duty__in=duties_of(unit, month))
    listed = Blacklisting.objects.touching(month).filter(person=OuterRef("person"))
    idle = ~Q(status=Registration.Status.ACTIVE) | Exists(listed)
    return (
        Registration.objects.visible_to(actor)
        .filter(unit=unit)
        .annotate(
            honor=Coalesce(Subquery(honor, output_field=BigIntegerField()), 0),
            approval=Subquery(approval.values("pk")[:1]),
            approved_at=Subquery(approval.values("approved_at")[:1]),
            accepted=_answers(month, accepted=True),
            declined=_answers(month, accepted=False),
            is_held=Case(When(Exists(held), then=True), default=False, output_field=BooleanField()),
            is_idle=Case(When(idle, then=True), default=False, output_field=BooleanField()),
        )
        .filter(honor__gt=0)
    )


def _answers(month: date, *, accepted: bool) -> Coalesce:
    """How many of a mitra's assignments of that month they gave this answer to, as they stand."""
    said = OfferAnswer.objects.filter(
        assignment__registration=OuterRef("pk"),
        assignment__shares__month=month,
        volume=F("assignment__volume"),
        value=F("assignment__value"),
        accepted=accepted,
    ).order_by()
    of_mitra = said.values("assignment__registration").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(of_mitra, output_field=BigIntegerField()), 0)


def state_counts(rows: QuerySet[Registration]) -> dict[str, int]:
    return rows.aggregate(**{key: Count("pk", filter=chosen or None) for key, chosen in STATES.items()})


def honor_of(rows: QuerySet[Registration]) -> dict[str, int]:
    """The month's honor in sum, and how much of it is approved."""
    approved = Sum("honor", filter=STATES["disetujui"])
    return rows.aggregate(whole=Coalesce(Sum("honor"), 0), agreed=Coalesce(approved, 0))


def waiting(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """The rows without an approval, including those held by a refused volume."""
    return rows.exclude(STATES["disetujui"])


def honor_waiting(rows: QuerySet[Registration]) -> str:
    """Everyone who waits with their honor, as a page carries it: `12:1632000 14:680000`."""
    waiting: QuerySet[Any] = rows.filter(STATES["menunggu"]).order_by("pk")
    return " ".join(f"{who}:{honor}" for who, honor in waiting.values_list("pk", "honor"))


def in_its_place(approval: Approval) -> Approval | None:
    """The later approval of the same month, if `approval` was withdrawn and the month approved again."""
    rows = Approval.objects.in_force().filter(registration=approval.registration_id, month=approval.month)
    found: Approval | None = rows.select_related("registration__person", "registration__unit").first()
    return found


def narrowed(rows: QuerySet[Registration], *, text: str, chosen: str) -> QuerySet[Registration]:
    rows = rows.filter(named(text), STATES.get(chosen, Q())).select_related("person")
    return rows.order_by(Lower("person__name"), "pk")


def approval_of_a_share() -> QuerySet[Approval]:
    """A subquery for shares: the approval in force of the share's mitra and month."""
    return Approval.objects.in_force().filter(
        registration=OuterRef("assignment__registration"), month=OuterRef("month")
    )


def exceptions(actor: Actor, unit: Unit, month: date) -> QuerySet[CapOverride]:
    """The exceptions asked for: undecided ones first, then granted, then declined or taken back."""
    rows = _told(CapOverride.objects.visible_to(actor)).filter(unit=unit, month=month)
    undecided_first = F("confirmed_at").asc(nulls_first=True)
    return rows.order_by(F("withdrawn_at").asc(nulls_first=True), undecided_first, "pk")


def exception_of(person: int, month: date) -> CapOverride | None:
    """The last exception asked for this mitra by any office; its limit holds in all offices."""
    rows = _told(CapOverride.objects.filter(person=person, month=month)).select_related("unit")
    found: CapOverride | None = rows.order_by("asked_at", "pk").last()
    return found


def _told(rows: QuerySet[CapOverride]) -> QuerySet[CapOverride]:
    return rows.select_related("person", "asked_by", "confirmed_by", "withdrawn_by")
