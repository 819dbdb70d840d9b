from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.db.models import BooleanField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from halopst.units.models import (
    Maklumat,
    OfferedService,
    PromiseUnit,
    PublishState,
    ServiceKind,
    ServiceStandard,
    StandardTemplate,
    Unit,
)

CLOSE_ENOUGH = 0.72


@dataclass(frozen=True, slots=True)
class Promise:
    """How soon a request is finished and first answered; units are those of `PromiseUnit`."""

    value: int
    unit: str
    first_reply_value: int
    first_reply_unit: str

    @property
    def unit_label(self) -> str:
        return str(PromiseUnit(self.unit).label)


def head_office() -> Unit:
    """The one unit above all others; who manages it manages the platform's own texts and hours."""
    return Unit.objects.get(kind=Unit.Kind.HEAD_OFFICE)


def promise(unit: Unit, kind_code: str, on: date) -> Promise:
    """What `unit` promises on a day: by its own published standard, else by the platform's default."""
    own = published_standards(unit, on).filter(kind__code=kind_code)
    default = StandardTemplate.objects.filter(kind__code=kind_code)
    columns = ("promise_value", "promise_unit", "first_reply_value", "first_reply_unit")
    row = own.values_list(*columns).first() or default.values_list(*columns).get()
    return Promise(*row)


def promises(unit: Unit, on: date) -> dict[str, Promise]:
    """What `unit` promises for every service on a day, by the service's code."""
    columns = ("kind__code", "promise_value", "promise_unit", "first_reply_value", "first_reply_unit")
    rows = [
        *StandardTemplate.objects.values_list(*columns),
        *published_standards(unit, on).values_list(*columns),
    ]
    return {code: Promise(*rest) for code, *rest in rows}


def published_standards(unit: Unit, on: date) -> QuerySet[ServiceStandard]:
    """The standards of `unit` in force on a day, at most one per kind of service."""
    return ServiceStandard.objects.filter(
        unit=unit, state=PublishState.PUBLISHED, valid__contains=on
    ).select_related("kind")


def published_maklumat(unit: Unit, on: date) -> Maklumat | None:
    return Maklumat.objects.filter(unit=unit, state=PublishState.PUBLISHED, valid__contains=on).first()


def services_of(unit: Unit) -> QuerySet[ServiceKind]:
    """The kinds of service `unit` offers: by its own choice, else by the default of the kind; in order."""
    own = OfferedService.objects.filter(unit=unit, kind=OuterRef("pk")).values("is_offered")
    offered = Coalesce(Subquery(own), F("is_offered_by_default"), output_field=BooleanField())
    return ServiceKind.objects.filter(offered, is_active=True)


def search_units(units: QuerySet[Unit], text: str) -> list[Unit]:
    """The offices whose name, code or address name holds every word of `text`, in code order.

    When none does, the names nearest in spelling: "surabya" still finds Surabaya.
    """
    words = text.lower().split()
    found = units
    for word in words:
        found = found.filter(Q(name__icontains=word) | Q(code=word) | Q(slug__icontains=word))
    return list(found) or _near(list(units), " ".join(words))


def _near(units: list[Unit], text: str) -> list[Unit]:
    scored = [(max(_likeness(text, name) for name in _names(unit)), unit) for unit in units]
    near = [(score, unit) for score, unit in scored if score >= CLOSE_ENOUGH]
    return [unit for _, unit in sorted(near, key=lambda pair: (-pair[0], pair[1].code))][:20]


def _names(unit: Unit) -> tuple[str, str]:
    region = unit.region.lower()
    return region, region.removeprefix("kabupaten ").removeprefix("kota ")


def _likeness(text: str, name: str) -> float:
    matcher = SequenceMatcher(None, text, name, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= CLOSE_ENOUGH else 0.0
