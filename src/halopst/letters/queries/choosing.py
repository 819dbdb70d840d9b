"""Selections of letters that only the domain owning them can make; its pages link to them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet

from halopst.letters.models import Letter
from halopst.units.models import Unit


@dataclass(frozen=True, slots=True)
class Chosen:
    """A selection of letters, and its name in words."""

    letters: QuerySet[Letter]
    label: str


Choose = Callable[[Unit, str], Chosen | None]
_choices: dict[str, Choose] = {}


def choose_with(name: str, choose: Choose) -> None:
    """Register how `name:particulars` of an address becomes letters of an office; None where they are bad."""
    _choices[name] = choose


def chosen_by(unit: Unit, address: str) -> Chosen | None:
    """The letters an address names; None where it names none or nothing known."""
    name, _, particulars = address.partition(":")
    choose = _choices.get(name)
    return choose(unit, particulars) if choose else None
