"""What higher packages add to our pages: where a text came from, and the figures a search is about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from halopst.core.actors import Actor
from halopst.knowledge.models import Document
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Origin:
    """Shown to the office only; readers never see it."""

    label: str
    url: str


Teller = Callable[[Actor, Document], Origin | None]
_tellers: list[Teller] = []


def tell_origin(teller: Teller) -> None:
    """Let `teller(actor, document)` say where a text came from, if it knows."""
    _tellers.append(teller)


def origin_of(actor: Actor, document: Document) -> Origin | None:
    return next((origin for origin in (teller(actor, document) for teller in _tellers) if origin), None)


@dataclass(frozen=True, slots=True)
class FiguresFound:
    """What published figures say of a search, or the meanings it may have, as labels with questions.

    `sources` are titles and pages; `ask_at` is where the same question can be continued.
    """

    text: str
    ask_at: str
    sources: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


FigureFinder = Callable[[str, Unit | None, datetime], FiguresFound | None]
_figure_finders: list[FigureFinder] = []


def find_figures(finder: FigureFinder) -> None:
    """Let `finder(text, unit, now)` say which published figures a search is about, if any."""
    _figure_finders.append(finder)


def figures_found(text: str, unit: Unit | None, now: datetime) -> FiguresFound | None:
    return next((found for found in (finder(text, unit, now) for finder in _figure_finders) if found), None)
