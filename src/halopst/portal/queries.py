"""What the public's pages say, gathered from the domains below."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language

from halopst.calendars.queries import OpenState, calendar_of, open_now
from halopst.core.actors import Actor
from halopst.core.kain import says_something
from halopst.reporting.queries import Figures, figures, helped_per_day
from halopst.satisfaction.queries import officer_scores
from halopst.satisfaction.rules import Score
from halopst.scheduling.models import Expert, Field
from halopst.scheduling.queries import fields_of, first_free, search_experts
from halopst.scheduling.rules import Slot
from halopst.units.models import ServiceKind, Unit
from halopst.units.queries import Promise, promises, search_units, services_of

FIRST_EXPERTS = 5
CLOTH_DAYS = 365
CLOTH_KEPT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ExpertCard:
    expert: Expert
    score: Score | None
    slot: Slot | None

    @property
    def photo(self) -> str:
        return reverse("scheduling:show-photo", args=[self.expert.pk]) if self.expert.photo else ""


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service in the reader's language, with the office's promise for it."""

    kind: ServiceKind
    promise: Promise | None

    @property
    def name(self) -> str:
        return self.kind.name_en if get_language() == "en" else self.kind.name

    @property
    def description(self) -> str:
        return self.kind.description_en if get_language() == "en" else self.kind.description


@dataclass(frozen=True, slots=True)
class Home:
    state: OpenState
    cards: list[ExpertCard]
    expert_count: int
    fields: list[Field]
    services: list[ServiceLine]
    figures: Figures
    cloth: list[int]

    @property
    def soonest(self) -> Slot | None:
        """The earliest free time among the experts shown."""
        slots = [card.slot for card in self.cards if card.slot]
        return min(slots, key=lambda slot: slot.starts_at, default=None)

    @property
    def cloth_speaks(self) -> bool:
        """Too few days make a neutral pattern, of which the caption must claim nothing."""
        return says_something(self.cloth)


def home(unit: Unit, *, now: datetime) -> Home:
    """Everything the home page of `unit` shows at `now`."""
    today = now.astimezone(unit.tz).date()
    experts = search_experts(unit)
    promised = promises(unit, today)
    return Home(
        state=open_now(unit, now),
        cards=_cards(experts[:FIRST_EXPERTS], now=now),
        expert_count=len(experts),
        fields=list(fields_of(unit)),
        services=[ServiceLine(kind, promised.get(kind.code)) for kind in services_of(unit)],
        figures=figures(unit, today=today),
        cloth=_cloth(unit, today),
    )


def offices(actor: Actor, *, text: str, province: str) -> list[Unit]:
    """What the landing page lists: matches of a search, else one province's offices, else all provinces."""
    units = Unit.objects.visible_to(actor).select_related("parent")
    if text:
        return search_units(units, text)
    if province:
        return list(units.filter(slug=province) | units.filter(parent__slug=province))
    return list(units.filter(kind__in=[Unit.Kind.HEAD_OFFICE, Unit.Kind.PROVINCE]))


def managed_offices(actor: Actor) -> list[Unit]:
    """The offices whose settings `actor` may at least read, highest first."""
    units = Unit.objects.visible_to(actor)
    return list(units if actor.is_system else units.filter(pk__in=actor.units("units.view")))


def _cards(experts: list[Expert], *, now: datetime) -> list[ExpertCard]:
    scores = officer_scores([expert.user_id for expert in experts])
    slots = first_free(experts, now=now)
    return [ExpertCard(expert, scores[expert.user_id], slots.get(expert.pk)) for expert in experts]


def _cloth(unit: Unit, today: date) -> list[int]:
    """People helped on each working day of the past year, oldest first; counted at most once an hour."""
    key = f"portal.cloth:{unit.pk}:{today}"
    counts: list[int] | None = cache.get(key)
    if counts is None:
        first = today - timedelta(days=CLOTH_DAYS)
        calendar = calendar_of(unit, first, today)
        days = [first + timedelta(days=number) for number in range(CLOTH_DAYS)]
        counts = helped_per_day(unit, days=[day for day in days if calendar.is_working_day(day)])
        cache.set(key, counts, CLOTH_KEPT.total_seconds())
    return counts
