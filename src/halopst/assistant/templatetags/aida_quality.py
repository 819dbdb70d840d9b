"""Measures of an evaluation as the pages write them."""

from dataclasses import dataclass

from django.template import Library
from django.utils.translation import gettext as _

from halopst.assistant.models import Evaluation, EvaluationQuestion
from halopst.assistant.rules.evaluation.setups import Using
from halopst.assistant.wording import failure_words, measure_words
from halopst.core import formats

register = Library()
register.filter("failure", failure_words)


@dataclass(frozen=True, slots=True)
class Measure:
    words: str
    shown: str


@register.filter
def measures(run: Evaluation, most: int | None = None) -> list[Measure]:
    """The first `most` measures, the weightiest first; all of them without a number."""
    return [Measure(words, _written(run, name)) for name, words in list(measure_words().items())[:most]]


def _written(run: Evaluation, name: str) -> str:
    value = getattr(run, name)
    return milliseconds(value) if name.endswith("_ms") else share(value)


@register.filter
def share(value: float | str | None) -> str:
    if value is None or isinstance(value, str):
        return "–"
    return formats.percent(100 * value, 1, lang=formats.language())


@register.filter
def milliseconds(value: float | str | None) -> str:
    return (
        "–"
        if value is None or isinstance(value, str)
        else f"{formats.number(value, lang=formats.language())} ms"
    )


@register.filter
def setup_name(using: Using) -> str:
    return f"{using.model} · {using.prompt}" if using.model else _("Tanpa model")


@register.filter
def expected_word(value: str) -> str:
    known = EvaluationQuestion.Expects
    return str(known(value).label) if value in known.values else value
