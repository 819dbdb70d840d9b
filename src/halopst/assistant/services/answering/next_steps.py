"""What a person can do next: read what comes near, ask an officer, meet an expert."""

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
    """Of a `question`, asked back, and of one to go `onward` with, `url` is the question itself."""

    kind: Literal["source", "officer", "book", "question", "onward"]
    title: str
    url: str


def next_steps(near: Sequence[Hit], unit: Unit | None) -> list[Suggestion]:
    """Of an office its own desk; without one the list of offices, which leads there."""
    sources = [Suggestion("source", str(hit.document), hit.document.address) for hit in near[:SOURCES]]
    offices = reverse("portal:landing")
    desk = reverse("cases:new", args=[unit.slug]) if unit else offices
    experts = reverse("consultations:experts", args=[unit.slug]) if unit else offices
    return [
        *sources,
        Suggestion("officer", _("Tanya petugas"), desk),
        Suggestion("book", _("Buat janji dengan ahli"), experts),
    ]
