"""A year of plausible weeks, written newest first so that every page soon has something to show."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from halopst.accounts.models import User
from halopst.core.errors import Refused
from halopst.demo.cast import FIRST_NAMES, LAST_NAMES, MAIL_DOMAIN, OFFICES
from halopst.demo.models import HistoryWeek
from halopst.demo.offices import VISITOR
from halopst.demo.replay import Stage, live_consultation, live_question, set_stage
from halopst.reporting.services import summarise
from halopst.units.models import Unit

QUEUE = "demo"
WEEKS = 52
VISITORS = 160
BUSY_MONTHS = {2: 1.2, 3: 1.3, 4: 1.1, 9: 1.2, 10: 1.35, 11: 1.2, 12: 0.7, 1: 0.8, 7: 0.75, 6: 0.85}
"""Theses and planning documents come in seasons."""
SEED = 35
RECENT, SHOWN = timedelta(days=20), 1
"""How long back, and how many requests an office and week, are those of the printed account's visitor."""


def invite_visitors() -> None:
    chance = Random(SEED)
    for number in range(VISITORS):
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        User.objects.create_user(f"warga{number:03d}@{MAIL_DOMAIN}", name=name)


def plan(*, now: datetime) -> list[HistoryWeek]:
    """One row per office and week of the past year, newest first."""
    weeks = []
    for unit in Unit.objects.filter(code__in=[office.code for office in OFFICES]):
        today = now.astimezone(unit.tz).date()
        monday = today - timedelta(days=today.weekday())
        weeks += [HistoryWeek(unit=unit, monday=monday - timedelta(weeks=n)) for n in range(WEEKS)]
    HistoryWeek.objects.bulk_create(weeks)
    return sorted(weeks, key=lambda week: week.monday, reverse=True)


@transaction.atomic
def write_week(week_id: int, *, now: datetime) -> None:
    """Write one office's week, once. A killed worker leaves the week whole or unwritten."""
    week = HistoryWeek.objects.select_for_update().select_related("unit").get(pk=week_id)
    if week.written_at is not None:
        return
    chance = Random(f"{SEED} {week.unit.code} {week.monday}")
    visitors = list(
        User.objects.filter(email__startswith="warga", email__endswith=MAIL_DOMAIN).order_by("pk")
    )
    first = _moment(week.unit, week.monday, 0)
    stage = set_stage(week.unit, visitors, first=first, until=now, chance=chance)
    touched: set[date] = set()
    for number, asked in enumerate(_questions(week, chance, now=now), 1):
        touched |= _live(_askers(stage, number, monday=week.monday, now=now), asked)
    for day in sorted(touched):
        summarise(week.unit, day)
    week.written_at = now
    week.save(update_fields=["written_at", "updated_at"])


def _askers(stage: Stage, number: int, *, monday: date, now: datetime) -> Stage:
    """The stage as it is, but the first who ask in recent weeks are the visitor of the printed account."""
    if number > SHOWN or monday < now.date() - RECENT:
        return stage
    return replace(stage, visitors=list(User.objects.filter(email=VISITOR)) or stage.visitors)


def progress() -> tuple[int, int]:
    """Weeks written, and weeks in all."""
    return HistoryWeek.objects.exclude(written_at=None).count(), HistoryWeek.objects.count()


def _live(stage: Stage, asked: datetime) -> set[date]:
    """One request; returns the days it left a mark on. A refusal by a rule means it never happened."""
    try:
        with transaction.atomic():
            wants_meeting = stage.chance.random() < 0.8
            case = live_consultation(stage, asked) if wants_meeting else live_question(stage, asked)
    except Refused:
        return set()
    if case is None:
        return set()
    case.refresh_from_db()
    moments = (case.submitted_at, case.first_reply_at, case.finished_at)
    marks = {moment.astimezone(stage.unit.tz).date() for moment in moments if moment}
    return marks | {
        day + timedelta(days=n)
        for day in marks
        for n in (1, 2)
        if day + timedelta(days=n) <= stage.until.date()
    }


def _questions(week: HistoryWeek, chance: Random, *, now: datetime) -> list[datetime]:
    """When people ask in a week: mostly on weekdays, mostly by day, more in some months."""
    office = next(office for office in OFFICES if office.code == week.unit.code)
    expected = office.weekly * BUSY_MONTHS.get(week.monday.month, 1.0)
    number = max(1, round(chance.gauss(expected, expected**0.5)))
    moments = [
        _moment(
            week.unit,
            week.monday + timedelta(days=chance.choices(range(7), [6, 6, 5, 5, 4, 1, 1])[0]),
            chance.triangular(6.5, 21.5, 10),
        )
        for _ in range(number)
    ]
    return sorted(moment for moment in moments if moment < now)


def _moment(unit: Unit, day: date, hour: float) -> datetime:
    return datetime.combine(day, time(), unit.tz) + timedelta(hours=hour)
