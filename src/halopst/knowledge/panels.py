"""What a higher domain tells about a text on the page where the office keeps it: where it came from."""

from collections.abc import Callable
from dataclasses import dataclass

from halopst.core.actors import Actor
from halopst.knowledge.models import Document


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
