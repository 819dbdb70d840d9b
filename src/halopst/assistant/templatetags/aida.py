"""A stored answer in the shapes the page draws."""

from datetime import date
from typing import Any

from django.template import Library

from halopst.core.shapes import Series

register = Library()


@register.filter
def lines(chart: dict[str, Any]) -> list[Series]:
    return [Series(name, tuple(values)) for name, values in chart["series"]]


@register.filter
def bars(chart: dict[str, Any]) -> list[tuple[str, float]]:
    """Of the first series; a bar that has no figure is left out."""
    [(_name, values), *_others] = chart["series"]
    return [(label, value) for label, value in zip(chart["labels"], values, strict=True) if value is not None]


@register.filter
def sign(chart: dict[str, Any]) -> str:
    """What stands right behind a value; longer units stand above the chart."""
    return "%" if chart["measure"] in {"%", "persen", "percent"} else ""


@register.filter
def day(text: str) -> date:
    return date.fromisoformat(text)


@register.filter
def sources(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Each source once, however many figures were read there."""
    return list({(cited["title"], cited["url"]): cited for cited in answer["citations"]}.values())
