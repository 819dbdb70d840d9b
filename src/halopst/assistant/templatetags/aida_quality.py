"""Measures of an evaluation as the pages write them."""

from dataclasses import dataclass

from django.template import Library
from django.utils.translation import gettext as _

from halopst.assistant.models import Evaluation, EvaluationQuestion
from halopst.assistant.rules.evaluation.setups import Using
from halopst.assistant.wording import (
    failure_words,
    measure_words,
    measure_written,
    milliseconds_written,
    share_written,
)

register = Library()
register.filter("failure", failure_words)


@dataclass(frozen=True, slots=True)
class Measure:
    words: str
    shown: str


@register.filter
def measures(run: Evaluation, most: int | None = None) -> list[Measure]:
    """The first `most` measures, the weightiest first; all of them without a number."""
    named = list(measure_words().items())[:most]
    return [Measure(words, measure_written(name, getattr(run, name))) for name, words in named]


@register.filter
def share(value: float | str | None) -> str:
    return share_written(None if isinstance(value, str) else value)


@register.filter
def milliseconds(value: float | str | None) -> str:
    return milliseconds_written(None if isinstance(value, str) else value)


@register.filter
def setup_name(using: Using) -> str:
    return f"{using.model} · {using.prompt}" if using.model else _("Tanpa model")


@register.filter
def expected_word(value: str) -> str:
    known = EvaluationQuestion.Expects
    return str(known(value).label) if value in known.values else value
