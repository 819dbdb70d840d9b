from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.db.models import BooleanField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils.translation import ngettext

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.units.models import (
    DELIVERY,
    MANUFACTURING,
    Maklumat,
    OfferedService,
    PlatformText,
    PromiseUnit,
    PublishState,
    ServiceKind,
    ServiceStandard,
    StandardTemplate,
    Unit,
)

CLOSE_ENOUGH = 0.72
# The address of the head office, which nobody may rename.
HEAD_OFFICE = "pusat"


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

    @classmethod
    def of(cls, row: ServiceStandard | StandardTemplate) -> "Promise":
        return cls(row.promise_value, row.promise_unit, row.first_reply_value, row.first_reply_unit)

    @property
    def text(self) -> str:
        """`3 hari kerja`."""
        return _amount(self.value, self.unit)

    @property
    def first_reply_text(self) -> str:
        return _amount(self.first_reply_value, self.first_reply_unit)


@dataclass(frozen=True, slots=True)
class Component:
    """One of the 14 components: its official name and its lines."""

    label: str
    lines: list[str]


def head_office() -> Unit:
    """The one unit above all others; who manages it manages the platform's own texts and hours."""
    return Unit.objects.get(kind=Unit.Kind.HEAD_OFFICE)


def office_of(actor: Actor, slug: str, *, read: str, need: str) -> Unit:
    """The office named in an address: 404 where `actor` may not `read`, `NotPermitted` without `need`."""
    unit: Unit = get_object_or_404(Unit.objects.in_units(actor, read), slug=slug)
    if not actor.may(need, unit.pk):
        raise NotPermitted
    return unit


def promise(unit: Unit, kind_code: str, on: date) -> Promise:
    """What `unit` promises on a day: by its own published standard, else by the platform's default."""
    own = published_standards(unit, on).filter(kind__code=kind_code)
    default = StandardTemplate.objects.filter(kind__code=kind_code)
    return Promise.of(own.first() or default.get())


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


@dataclass(frozen=True, slots=True)
class KindStandards:
    """One kind of service and what an office has decided about it, newest version first."""

    kind: ServiceKind
    versions: list[ServiceStandard]
    current: ServiceStandard | None
    draft: ServiceStandard | None


def standards_by_kind(unit: Unit, on: date) -> list[KindStandards]:
    """Every active kind of service with the standards `unit` has for it; `on` says which is in force."""
    versions: dict[int, list[ServiceStandard]] = defaultdict(list)
    for standard in ServiceStandard.objects.filter(unit=unit).order_by("-version"):
        versions[standard.kind_id].append(standard)
    return [
        KindStandards(
            kind,
            versions[kind.pk],
            next((s for s in versions[kind.pk] if s.in_force(on)), None),
            next((s for s in versions[kind.pk] if s.state == PublishState.DRAFT), None),
        )
        for kind in ServiceKind.objects.filter(is_active=True)
    ]


@dataclass(frozen=True, slots=True)
class PublicStandard:
    """An offered service as the public reads it; without a standard of the office, only what is promised."""

    kind: ServiceKind
    standard: ServiceStandard | None
    promised: Promise
    delivery: list[Component]
    manufacturing: list[Component]


def public_standards(unit: Unit, on: date) -> list[PublicStandard]:
    own = {standard.kind_id: standard for standard in published_standards(unit, on)}
    defaults = {template.kind_id: template for template in StandardTemplate.objects.all()}
    return [
        PublicStandard(
            kind,
            own.get(kind.pk),
            Promise.of(own.get(kind.pk) or defaults[kind.pk]),
            _components(own.get(kind.pk), DELIVERY),
            _components(own.get(kind.pk), MANUFACTURING),
        )
        for kind in services_of(unit)
    ]


def platform_text(code: str) -> str:
    """A default text of the platform, empty when there is none."""
    return PlatformText.objects.filter(code=code).values_list("body", flat=True).first() or ""


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


def _amount(value: int, unit: str) -> str:
    words = {
        PromiseUnit.WORKING_DAYS: ngettext("%(n)s hari kerja", "%(n)s hari kerja", value),
        PromiseUnit.WORKING_HOURS: ngettext("%(n)s jam kerja", "%(n)s jam kerja", value),
        PromiseUnit.MINUTES: ngettext("%(n)s menit", "%(n)s menit", value),
    }
    return words[PromiseUnit(unit)] % {"n": value}


def _components(standard: ServiceStandard | None, names: Sequence[str]) -> list[Component]:
    if standard is None:
        return []
    labels = {field.name: str(field.verbose_name) for field in ServiceStandard._meta.fields}
    return [Component(labels[name], getattr(standard, name).splitlines()) for name in names]
