"""The money of people's months, over all offices: what the cap is decided on."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import F, Max, QuerySet, Value

from halopst.partners.models import (
    Activity,
    ActivityDuty,
    ActivityKind,
    Blacklisting,
    CapOverride,
    HonorCap,
    PaymentLine,
    Registration,
    Share,
    Termination,
)
from halopst.partners.rules.caps import Line
from halopst.partners.rules.money import days_by_month, months_of

Key = tuple[int, int]  # registration and duty: one cell of the grid
Month = tuple[int, date]  # person and month


@dataclass(frozen=True, slots=True)
class Cap:
    row: int
    amount: int
    basis: str


class Caps:
    """The cap of each duty in each month; those asked for are read at once."""

    def __init__(self, duties: Collection[int], months: Collection[date]) -> None:
        self._caps: dict[tuple[int, date], Cap] = {}
        if not duties or not months:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT duty, in_month, partners_cap_of(duty, in_month) "
                "FROM unnest(%s::bigint[]) duty, unnest(%s::date[]) in_month",
                [list(duties), list(months)],
            )
            found = [(duty, month, row) for duty, month, row in cursor.fetchall() if row is not None]
        rows = HonorCap.objects.in_bulk({row for _, _, row in found})
        for duty, month, row in found:
            self._caps[duty, month] = Cap(row, rows[row].amount, rows[row].basis)

    def of(self, duty: int, month: date) -> Cap | None:
        return self._caps.get((duty, month))

    def amount(self, duty: int, month: date) -> int | None:
        cap = self.of(duty, month)
        return cap.amount if cap else None


def days_of(activity: Activity, year: int) -> dict[date, int]:
    """Calendar days of the activity in that year, month by month."""
    return days_by_month(*activity.within(year))


def months_touched(duties: Iterable[ActivityDuty], year: int) -> list[date]:
    """Every month of the year any of these duties pays in, in order."""
    spans = [duty.activity.within(year) for duty in duties]
    return sorted({month for begins, ends in spans for month in months_of(begins, ends)})


class Books:
    """Who is paid what, per person and month; each line under its cell of whichever office's grid.

    Call it under the lock of these months (`services.ledger`) when something is decided on it.
    """

    def __init__(self, people: Collection[int], months: Collection[date]) -> None:
        self.lines: defaultdict[Month, dict[Key, Line]] = defaultdict(dict)
        shares = list(_shares(people, months))
        self.caps = Caps({share["duty"] for share in shares}, months)
        for share in shares:
            self.lines[share["person_id"], share["month"]][share["registration"], share["duty"]] = Line(
                activity=share["activity"],
                office=share["office"],
                amount=share["amount"],
                cap=self.caps.amount(share["duty"], share["month"]),
                is_census=share["kind"] == ActivityKind.CENSUS,
            )
        self.overrides = overrides(people, months)


def _shares(people: Collection[int], months: Collection[date]) -> Iterable[Any]:
    return (
        Share.objects.filter(person__in=people, month__in=months)
        .order_by("pk")
        .values(
            "person_id",
            "month",
            "amount",
            registration=F("assignment__registration"),
            duty=F("assignment__duty"),
            activity=F("assignment__duty__activity__name"),
            kind=F("assignment__duty__activity__kind"),
            office=F("assignment__duty__activity__unit__name"),
        )
    )


def overrides(people: Collection[int], months: Collection[date]) -> dict[Month, int]:
    """The amount a granted exception allows, where there is one."""
    rows = (
        CapOverride.objects.in_force()
        .filter(person__in=people, month__in=months)
        .order_by()
        .values_list("person_id", "month")
        .annotate(most=Max("amount"))
    )
    return {(person, month): most for person, month, most in rows}


def barred(people: Collection[int] | QuerySet[Any, Any], months: Collection[date]) -> frozenset[Month]:
    """The months in which these people are blacklisted by any office, even for one day."""
    listed = Blacklisting.objects.filter(person__in=people).order_by()
    each = [
        listed.touching(month).annotate(month=Value(month)).values_list("person", "month") for month in months
    ]
    return frozenset(each[0].union(*each[1:])) if each else frozenset()


def being_paid(
    registrations: Iterable[Registration], months: Collection[date]
) -> frozenset[tuple[int, date]]:
    """Which of these registrations' months are on a payment list, and so must not change."""
    rows = PaymentLine.objects.binding().filter(
        handover__approval__registration__in=registrations, handover__approval__month__in=months
    )
    return frozenset(rows.values_list("handover__approval__registration", "handover__approval__month"))


def contracts_ended(registrations: Iterable[Registration]) -> frozenset[tuple[int, object]]:
    """Registration and month, or registration and activity, of contracts that were ended early."""
    rows = Termination.objects.filter(registration__in=registrations)
    found = rows.values_list("registration", "activity", "month")
    return frozenset((who, activity or month) for who, activity, month in found)
