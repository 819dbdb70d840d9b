"""A stored answer in the form its page draws."""

import re
from typing import Any
from urllib.parse import urlencode

from django.template import Library
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from halopst.assistant.models import Turn
from halopst.assistant.queries.desk_staffing import Attended, attended
from halopst.assistant.queries.example_questions import examples
from halopst.assistant.queries.wording_progress import stage
from halopst.assistant.rules.conversation.cited_sources import Stored, each_source
from halopst.assistant.rules.figures.answers import within_sentence
from halopst.assistant.services.answering.plain_text import dated, plain_text, quotation
from halopst.assistant.topics import token_of
from halopst.core.live import latest_id
from halopst.core.shapes import Series, Tone
from halopst.units.models import Unit

register = Library()
register.filter("dated", dated)
ROOM_OF_NAME = 16


@register.simple_tag(name="attended")
def desk(unit: Unit) -> Attended:
    """The desk a conversation would be handed to, as it is now."""
    return attended(unit, now=timezone.now())


@register.simple_tag(name="examples")
def begin_with(unit: Unit) -> list[str]:
    """Questions to begin with, which AIDA can answer for this office."""
    return examples(unit, today=timezone.localdate(timezone.now(), unit.tz))


@register.filter
def lines(chart: dict[str, Any]) -> list[Series]:
    """The lines of a chart.

    Where names are long, regencies are shortened, as there is little room beside a line.
    """
    long = any(len(name) > ROOM_OF_NAME for name, _values in chart["series"])
    return [
        Series(name.replace("Kabupaten ", "Kab. ") if long else name, tuple(values))
        for name, values in chart["series"]
    ]


@register.filter
def bars(chart: dict[str, Any]) -> list[tuple[str, float]]:
    """The bars of the first series, without those that have no figure."""
    [(_name, values), *_others] = chart["series"]
    return [(label, value) for label, value in zip(chart["labels"], values, strict=True) if value is not None]


@register.filter
def sign(chart: dict[str, Any]) -> str:
    """What stands right after a value; longer units stand above the chart."""
    return "%" if chart["measure"] in {"%", "persen", "percent"} else ""


@register.filter
def switch(turn: int, nth: int) -> str:
    """The name of the switch between chart and table for an answer's `nth` figures, unique on the page."""
    return f"lihat-{turn}-{nth}"


@register.filter
def asks(answer: Stored) -> list[dict[str, Any]]:
    """The questions offered next."""
    return [step for step in answer["suggestions"] if step["kind"] in {"question", "onward"}]


@register.filter
def reads(answer: Stored) -> list[dict[str, Any]]:
    """The texts offered to read."""
    return [step for step in answer["suggestions"] if step["kind"] == "source"]


@register.filter
def whole(answer: Stored) -> str:
    """Everything an answer says and rests on, to be copied."""
    return plain_text(answer)


@register.filter
def reference(answer: Stored) -> str:
    """How its figures are quoted; empty where none of them is published anywhere."""
    return quotation(answer)


@register.filter
def marks(answer: dict[str, Any], sentence: dict[str, Any]) -> list[int]:
    """The numbers of a sentence's sources in the list below the answer, from 1."""
    places = {key: place for place, key in enumerate(map(_source_key, sources(answer)), 1)}
    return sorted({places[_source_key(answer["citations"][at])] for at in sentence["cites"]})


@register.filter
def with_bold_figures(said: str, answer: Stored) -> SafeString:
    """What is said, with the figures shown below it in bold, units included."""
    spoken = {f"{one['value']} {within_sentence(one['measure'])}".strip() for one in answer["figures"]}
    if not spoken:
        return conditional_escape(said)
    longest_first = "|".join(map(re.escape, sorted(spoken, key=len, reverse=True)))
    pieces = re.split(rf"(?<![\w.,])({longest_first})(?!\w)", said)
    return format_html_join(
        "", "{}", ((format_html("<b>{}</b>", one) if at % 2 else one,) for at, one in enumerate(pieces))
    )


@register.filter
def wording_topic(turn: Turn) -> str:
    """What a page listens to while the answer of `turn` is being worded."""
    return urlencode({"topik": f"aida:{turn.pk}", "tiket": token_of(turn.pk), "sejak": latest_id()})


@register.filter
def being_worded(turn: Turn) -> str:
    """`ask` where nobody has asked for the words yet, `watch` while a page waits for them, else empty."""
    return stage(turn, now=timezone.now())


def _source_key(cited: Stored) -> tuple[str, str]:
    return cited["title"], cited["url"]


@register.filter
def sources(answer: Stored) -> list[Stored]:
    """Each source once, however many figures were read there."""
    return each_source(answer["citations"])


@register.filter
def tone(state: str) -> Tone:
    """The colour for the state of a draft: waiting, in force, or neither."""
    if state in {"draft", "proposed", "open"}:
        return "warn"
    return "ok" if state in {"published", "approved", "filled"} else ""
