"""Periods as the visitor reads them."""

from django.template import Library

from halopst.core.formats import language
from halopst.knowledge.rules.figures.periods import Period

register = Library()


@register.filter
def said(period: Period) -> str:
    return period.label(language())
