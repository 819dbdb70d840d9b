"""What a group of questions is about: indicator, regions, period."""

from collections.abc import Sequence
from dataclasses import dataclass

from halopst.assistant.models import QuestionGroup
from halopst.assistant.rules.learning.likeness import Parts, parts_of
from halopst.knowledge.models import Indicator, Region
from halopst.knowledge.rules.figures.periods import Period


@dataclass(frozen=True, slots=True)
class Wish:
    """What the questions of a group ask for; `topic` is the name of the indicator, if they name one."""

    topic: str
    indicator: Indicator | None
    regions: Sequence[Region]
    period: str

    @property
    def words(self) -> list[str]:
        """What the questions have in common, at a glance."""
        names = ", ".join(region.name for region in self.regions)
        return [part for part in (self.topic, names, self.period) if part]


def wish_of(group: QuestionGroup) -> Wish:
    parts: Parts = parts_of(group.slots)
    indicator = Indicator.objects.filter(pk=parts.indicator).first() if parts.indicator else None
    regions = list(Region.objects.filter(code__in=parts.regions).order_by("code"))
    labels = [Period.of_code(code).label() for code in parts.periods]
    topic = indicator.name if indicator else ""
    return Wish(topic, indicator, regions, ", ".join(labels))
