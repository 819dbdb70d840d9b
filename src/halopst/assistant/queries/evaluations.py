"""The questions AIDA is tested with, what they expect now, and the evaluations there were."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet

from halopst.assistant.models import Evaluation, EvaluationQuestion
from halopst.assistant.rules.evaluation import expected
from halopst.assistant.rules.evaluation.measures import Measures, names
from halopst.assistant.rules.evaluation.setups import Using
from halopst.assistant.rules.language.english_names import measure_in_english
from halopst.knowledge.models import Cell, Document
from halopst.knowledge.rules.figures.periods import Lang
from halopst.knowledge.rules.figures.values import shown
from halopst.units.models import Unit

WEEKS = 12


def scope_of(unit: Unit) -> Unit | None:
    """The office whose questions and setup a page shows; None for the national ones of the head office."""
    return None if unit.kind == Unit.Kind.HEAD_OFFICE else unit


def questions_for(unit: Unit | None) -> list[EvaluationQuestion]:
    """All that is asked for an office: its own questions and the national ones."""
    return list(EvaluationQuestion.objects.filter(Q(unit=unit) | Q(unit=None)).order_by("pk"))


def own_questions(unit: Unit | None, text: str = "") -> QuerySet[EvaluationQuestion]:
    rows: QuerySet[EvaluationQuestion] = EvaluationQuestion.objects.of(unit)
    for word in text.split():
        rows = rows.filter(Q(question__icontains=word) | Q(topic__icontains=word))
    return rows


def digest_of(questions: Iterable[EvaluationQuestion]) -> str:
    """A digest that is equal for the same questions and expectations: only such runs can be compared."""
    told = sorted(
        f"{one.question}\n{one.before}\n{one.expects}\n{one.expected}" + _foreign(one) for one in questions
    )
    return sha256("\0".join(told).encode()).hexdigest()[:16]


def _foreign(question: EvaluationQuestion) -> str:
    """The question's language, empty for Indonesian, so that the digests of older runs stay as they are."""
    is_ours = question.language == EvaluationQuestion.Language.INDONESIAN
    return "" if is_ours else f"\n{question.language}"


def cell_keys(texts: Iterable[str]) -> list[str]:
    """The cells that are meant, each once and in one form.

    The newest periods and the places of a ranking are looked up.
    """
    found: dict[str, None] = {}
    for one in map(expected.read, texts):
        cells = Cell.objects.filter(indicator__name=one.indicator, breakdown__label=one.breakdown)
        periods = [period.code for period in one.periods]
        if one.ranked:
            found |= dict.fromkeys(_places(one, one.ranked, cells, periods))
            continue
        periods = periods or _newest(cells.filter(region__code=one.region), one.newest)
        found |= {expected.key(one.indicator, one.region, code, one.breakdown): None for code in periods}
    return list(found)


def is_ranking(texts: Sequence[str]) -> bool:
    """Whether a single ranking is expected; the order of its cells is expected then, too."""
    return len(texts) == 1 and expected.read(texts[0]).ranked is not None


def _newest(cells: QuerySet[Cell], count: int) -> list[int]:
    return list(cells.order_by("-period").values_list("period", flat=True).distinct()[:count])


def _places(
    one: expected.Cells, ranked: expected.Ranked, cells: QuerySet[Cell], periods: Sequence[int]
) -> list[str]:
    """The cells of a ranking in its order; of equal figures the one with the lower code comes first."""
    inside = cells.filter(region__parent_code=one.region, region__kind__in=ranked.kinds)
    of_period = inside.filter(period__in=periods or _newest(inside, 1))
    if ranked.above is not None:
        of_period = of_period.filter(value__gt=ranked.above)
    if ranked.below is not None:
        of_period = of_period.filter(value__lt=ranked.below)
    ordered = list(of_period.order_by("-value", "region__code").values_list("region__code", "period"))
    if ranked.lowest:
        ordered.reverse()
    return [expected.key(one.indicator, code, at, one.breakdown) for code, at in ordered[: ranked.places]]


def shown_cells(figures: Sequence[dict[str, Any]], lang: Lang) -> tuple[list[str], int]:
    """The cells that the figures of an answer stand for, in order, and how many agree with their cell.

    A figure agrees in value, unit, region, period and breakdown, as `lang` writes them.
    """
    rows = Cell.objects.filter(pk__in=[figure["cell"] for figure in figures])
    cells = {cell.pk: cell for cell in rows.select_related("indicator", "region", "breakdown")}
    keys, agreeing = dict[str, None](), 0
    for figure in figures:
        if (cell := cells.get(figure["cell"])) is None:
            continue
        keys[expected.key(cell.indicator.name, cell.region.code, cell.period, cell.breakdown.label)] = None
        agreeing += all(figure[name] == said for name, said in _said(cell, lang).items())
    return list(keys), agreeing


def _said(cell: Cell, lang: Lang) -> dict[str, str]:
    measure = cell.indicator.measure
    return {
        "value": shown(cell.value, lang=lang),
        "measure": measure_in_english(measure) if lang == "en" else measure,
        "region_code": cell.region.code,
        "region": cell.region.name,
        "period": cell.when.label(lang),
        "breakdown": cell.breakdown.label,
    }


def is_there(texts: Iterable[str]) -> bool:
    """Whether the index has a text with one of these names."""
    named = list(texts)
    return Document.objects.published().filter(Q(external_id__in=named) | Q(title__in=named)).exists()


def measures_of(run: Evaluation) -> Measures:
    return Measures(**{name: getattr(run, name) for name in names()})


def latest_with(unit: Unit | None, using: Using) -> Evaluation | None:
    """The last finished run of an office with this setup."""
    rows = _brief(unit).filter(state=Evaluation.State.DONE)
    found: Evaluation | None = rows.filter(model=using.model, prompt=using.prompt).first()
    return found


def runs(unit: Unit | None) -> QuerySet[Evaluation]:
    return _brief(unit).select_related("asked_by")


def whole_runs(unit: Unit | None) -> QuerySet[Evaluation]:
    rows: QuerySet[Evaluation] = Evaluation.objects.of(unit)
    return rows.select_related("asked_by")


def _brief(unit: Unit | None) -> QuerySet[Evaluation]:
    """Runs without `missed`, which may hold hundreds of answers and is needed only on the page of one run."""
    rows: QuerySet[Evaluation] = Evaluation.objects.of(unit)
    return rows.defer("missed")


def by_week(unit: Unit | None, now: datetime) -> list[tuple[date, Evaluation]]:
    """For each of the last weeks, by its Monday, the last run with the setup that was in use then."""
    rows = _brief(unit).filter(
        state=Evaluation.State.DONE, was_in_use=True, began_at__gte=now - timedelta(weeks=WEEKS)
    )
    weeks: dict[date, Evaluation] = {}
    for run in rows.order_by("began_at", "pk"):
        day = run.began_at.date()
        weeks[day - timedelta(days=day.weekday())] = run
    return list(weeks.items())
