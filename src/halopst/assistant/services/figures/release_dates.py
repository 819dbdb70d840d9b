"""When figures are due, from the release calendar."""

from datetime import date

from django.utils.translation import gettext as _

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.figures.answers import Answer, Declined, FigureAnswer, Scheduled
from halopst.assistant.rules.question import intents
from halopst.assistant.services.figures.asking import Asking, context_of
from halopst.assistant.services.figures.presenting import called
from halopst.assistant.services.figures.single_figure import value
from halopst.core.formats import language, medium_date
from halopst.core.spelling import words as plain
from halopst.knowledge.models import ReleaseDate
from halopst.units.models import Unit

MOST_DATES = 5


def is_asked(question: str) -> bool:
    return intents.kind_of(plain(question)) == intents.RELEASE


def release(asking: Asking) -> Answer:
    """The day the figure is due; figures that are out already are shown."""
    period = next(iter(asking.time.periods), None)
    row = there.due([indicator.pk for indicator in asking.indicators], period, asking.today)
    if row is not None:
        return Scheduled(f"{_dated(row)}.", (row.pk,), row.indicator.unit.name, context_of(asking))
    latest = value(asking)
    if isinstance(latest, FigureAnswer) and latest.known and period is not None:
        return latest
    said = _("Jadwal rilis %(nama)s berikutnya belum ada di sini.") % {"nama": asking.name}
    return Declined("no-data", said, context=context_of(asking))


def named(asking: Asking, told: FigureAnswer) -> tuple[Scheduled, ...]:
    """The entries of the release calendar whose days the sentence names."""
    newest = max(figure.period.last_month for figure in told.figures)
    later = [period for period in asking.time.periods if period.last_month > newest]
    ids = [indicator.pk for indicator in asking.indicators]
    rows = (there.due(ids, period, asking.today) for period in later)
    return tuple(
        Scheduled(f"{_dated(row)}.", (row.pk,), row.indicator.unit.name)
        for row in dict.fromkeys(filter(None, rows))
        if medium_date(row.due_on, lang=language()) in told.sentence
    )


def upcoming(unit: Unit | None, today: date) -> Answer:
    """What the office, or the office that publishes for it, releases next."""
    rows = there.next_due(there.offices(unit, ()), today)[:MOST_DATES]
    if not rows:
        return Declined("no-data", _("Jadwal rilis berikutnya belum ada di sini."))
    said = _("Jadwal rilis berikutnya: %(daftar)s.") % {"daftar": "; ".join(_listed(row) for row in rows)}
    return Scheduled(said, tuple(row.pk for row in rows), rows[0].indicator.unit.name)


def _listed(row: ReleaseDate) -> str:
    words = {"nama": called(row.indicator), "periode": row.when.label(language())}
    return _("%(nama)s %(periode)s, %(hari)s") % {**words, "hari": medium_date(row.due_on, lang=language())}


def _dated(row: ReleaseDate) -> str:
    words = {"nama": called(row.indicator), "periode": row.when.label(language())}
    words["hari"] = medium_date(row.due_on, lang=language())
    return _("%(nama)s %(periode)s dijadwalkan rilis %(hari)s") % words
