"""Questions about figures, answered from cells alone: a sentence, a small table, a chart, the sources."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from halopst.assistant.queries.figures import any_indicator
from halopst.assistant.rules.figures.answers import Answer, Clarify, Context, Declined, FigureAnswer
from halopst.assistant.rules.question import intents
from halopst.assistant.services.figures import figure_sources, release_dates, resolving, unanswerable
from halopst.assistant.services.figures.asking import Asking, again, context_of
from halopst.assistant.services.figures.breakdowns import side_by_side
from halopst.assistant.services.figures.comparing import comparison
from halopst.assistant.services.figures.extremes import extreme
from halopst.assistant.services.figures.means_and_totals import mean, total
from halopst.assistant.services.figures.passed_bounds import periods_past_bound, value_beside_bound
from halopst.assistant.services.figures.ranking import ranking
from halopst.assistant.services.figures.release_dates import release
from halopst.assistant.services.figures.shares import share
from halopst.assistant.services.figures.thresholds import regions_past_bound
from halopst.assistant.services.figures.trending import trend
from halopst.assistant.services.figures.unit_conversion import in_unit_asked
from halopst.assistant.services.figures.which_province import which_province
from halopst.units.models import Unit

_ANSWERS: dict[str, Callable[[Asking], Answer]] = {
    intents.VALUE: value_beside_bound,
    intents.COMPARISON: comparison,
    intents.TREND: trend,
    intents.RANKING: ranking,
    intents.RELEASE: release,
    intents.THRESHOLD: regions_past_bound,
    intents.PASSED: periods_past_bound,
    intents.EXTREME: extreme,
    intents.MEAN: mean,
    intents.TOTAL: total,
    intents.SHARE: share,
}
_LEAVING_OUT = frozenset([intents.RANKING, intents.THRESHOLD])


def answer(question: str, *, unit: Unit | None, today: date, context: Context | None = None) -> Answer | None:
    """The answer to a question about figures; None when no office could have such a figure.

    `unit` is the office that is asked, `context` what the answer before this one left. After None the texts
    may know.
    """
    if (declined := unanswerable.elsewhere(question)) is not None:
        return declined
    if not any_indicator():
        return None
    if figure_sources.is_asked(question) and (before := again(context or {}, today)) is not None:
        return figure_sources.told(_answered(before))
    asking = unanswerable.of_two_bounds(question) or resolving.read(
        question, unit=unit, today=today, context=context or {}
    )
    if asking is None:
        return _of_no_figure_here(question, unit, today, context or {})
    if isinstance(asking, Clarify | Declined):
        return asking
    return _answered(asking)


def _of_no_figure_here(question: str, unit: Unit | None, today: date, context: Context) -> Answer | None:
    elsewhere = which_province(question, unit=unit, today=today, context=context)
    if elsewhere is None and release_dates.is_asked(question):
        return release_dates.upcoming(unit, today)
    return elsewhere


def context_of_name(name: str, *, unit: Unit | None, today: date) -> Context:
    """What the next question could refer to after this indicator is named; empty where it names none."""
    asking = resolving.read(name, unit=unit, today=today, context={}) if any_indicator() else None
    return context_of(asking) if isinstance(asking, Asking) and asking.kind == intents.VALUE else {}


def _answered(asking: Asking) -> Answer:
    if asking.without and asking.kind not in _LEAVING_OUT:
        return unanswerable.not_without(asking.without)
    told = in_unit_asked(asking, side_by_side(asking) or _ANSWERS[asking.kind](asking))
    if not isinstance(told, FigureAnswer):
        return told
    due = () if told.known else release_dates.named(asking, told)
    return replace(told, no_text=told.no_text or asking.against or asking.follows, due=due)


__all__ = ["answer", "context_of_name"]
