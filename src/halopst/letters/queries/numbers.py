"""The book of a series: every number given, and those that never were."""

from dataclasses import dataclass

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Lag

from halopst.letters.models import LetterNumber, NumberSeries


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers from `first` to `last` that are not recorded here, and no new letter is given."""

    first: int
    last: int


def numbers_of(series: NumberSeries) -> QuerySet[LetterNumber]:
    """The numbers in the order they were entered; `made` is the id of the letter, if there is one."""
    return series.numbers.annotate(made=F("letter")).order_by("pk")


def gaps_of(series: NumberSeries, most: int) -> list[Gap]:
    """The first `most` gaps of a series."""
    before = Window(Lag("sequence", default=0), order_by="sequence")
    rows = series.numbers.filter(segment=0).annotate(before=before).filter(sequence__gt=F("before") + 1)
    found = rows.order_by("sequence").values_list("before", "sequence")[:most]
    return [Gap(before + 1, sequence - 1) for before, sequence in found]
