"""Several indicators asked for at once (`luas panen dan produksi padi 2024`), one question for each."""

import re
from collections.abc import Sequence
from datetime import date
from functools import partial

from halopst.assistant.queries import figures as there
from halopst.assistant.rules.question.indicators import Catalogue
from halopst.assistant.rules.question.understanding import Understood, understand
from halopst.knowledge.queries.regions import gazetteer
from halopst.units.models import Unit

_JOIN = re.compile(r"\s*,\s*(?:(?:dan|serta|and)\s+)?|\s+(?:dan|serta|and)\s+|\s*&\s*", re.IGNORECASE)
MOST_NAMES = 4
ONE_NAME = 0.95
"""The share of the question that the name of a single indicator must hold to be all that is asked for."""


def one_for_each_indicator(question: str, *, unit: Unit | None, today: date) -> list[str]:
    """One question for each indicator; empty if the question does not list several."""
    pieces = [piece for piece in _JOIN.split(question) if piece]
    if not 1 < len(pieces) <= MOST_NAMES:
        return []
    names = there.catalogue(there.offices(unit, ()))
    read = partial(understand, gazetteer=gazetteer(), today=today, knows=names.knows, mend=names.mended)
    parts = [read(piece) for piece in pieces]
    if not all(_names_one(part, names) for part in parts) or _is_one_name(read(question), names):
        return []
    return [" ".join((piece, *_lent(parts, at))) for at, piece in enumerate(pieces)]


def _names_one(part: Understood, names: Catalogue) -> bool:
    return bool(part.topic) and bool(names.match(part.topic))


def _is_one_name(whole: Understood, names: Catalogue) -> bool:
    best = names.match(whole.topic)[:1]
    return bool(best) and best[0].asked >= ONE_NAME


def _lent(parts: Sequence[Understood], at: int) -> list[str]:
    """The words for region and time that a part lacks: from the parts after it, else from those before."""
    own = parts[at]
    others = [*parts[at + 1 :], *reversed(parts[:at])]
    lent: list[str] = []
    if not own.mentions and (giver := next((one for one in others if one.mentions), None)):
        lent += [word for one in giver.mentions for word in giver.words[one.start : one.end]]
    if own.asked.is_silent and (giver := next((one for one in others if not one.asked.is_silent), None)):
        lent += [giver.words[place] for place in sorted(giver.asked.used)]
    return lent
