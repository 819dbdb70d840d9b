"""Offices by the names that other collections give them."""

from collections.abc import Mapping
from dataclasses import dataclass

from halopst.knowledge.rules.figures.regions import plain_words
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Offices:
    """Offices by their `names`, written as `_plain` does."""

    names: Mapping[str, Unit]

    def called(self, name: str) -> Unit | None:
        """The office with this BPS code, short address, name or region; `Malang` alone names none."""
        return self.names.get(_plain(name))


def offices() -> Offices:
    """All offices, with closed ones too: what they wrote stays theirs."""
    named = {
        _plain(name): unit
        for unit in Unit.objects.order_by("-code")
        for name in (unit.region, unit.name, unit.slug, unit.code)
    }
    return Offices(named)


def _plain(name: str) -> str:
    """One form of a name: `BPS Kab. Malang` and `kabupaten malang` are the same."""
    words = plain_words(name)
    return " ".join(words[1:] if len(words) > 1 and words[0] == "bps" else words)
