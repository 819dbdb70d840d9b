"""What a person can do next: read a text that comes near, ask an officer, meet an expert."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.knowledge.queries import Hit
from halopst.units.models import Unit

SOURCES = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is offered to do next.

    Of a `question` (one of our choices) and of one `onward`, `url` is the question itself.
    """

    kind: Literal["source", "officer", "book", "question", "onward"]
    title: str
    url: str


def next_steps(near: Sequence[Hit], unit: Unit | None) -> list[Suggestion]:
    """Texts that come near, and the office's desk; without an office, the list of offices."""
    sources = [Suggestion("source", str(hit.document), hit.document.address) for hit in near[:SOURCES]]
    offices = reverse("portal:landing")
    desk = reverse("cases:new", args=[unit.slug]) if unit else offices
    experts = reverse("consultations:experts", args=[unit.slug]) if unit else offices
    return [
        *sources,
        Suggestion("officer", _("Tanya petugas"), desk),
        Suggestion("book", _("Buat janji dengan ahli"), experts),
    ]
