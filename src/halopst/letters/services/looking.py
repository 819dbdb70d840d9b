"""A letter as it would be printed now: composed and drawn, without a number and without a trace."""

from datetime import datetime

from halopst.letters.kinds import DocumentKind
from halopst.letters.rendering.press import SECONDS
from halopst.letters.services.composing import compose
from halopst.letters.services.issuing import template_for
from halopst.letters.services.templates import Preview, preview
from halopst.units.models import Unit


def look_at(kind: DocumentKind, unit: Unit, about: str, *, now: datetime) -> Preview:
    """Its pages, private values with their middle hidden; a `Refused` says what is missing."""
    composed = compose(kind, about, now, hold=False)
    text = template_for(unit, kind, composed.dated_on)
    day = composed.dated_on
    return preview(kind=kind, unit=unit, body=text.body, today=day, now=now, filled=composed, seconds=SECONDS)
