from datetime import date

import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.demo.models import HistoryWeek
from tests.units.factories import UnitFactory


class HistoryWeekFactory(ModelFactory[HistoryWeek]):
    class Meta:
        model = HistoryWeek

    unit = factory.SubFactory(UnitFactory)
    monday = date(2026, 11, 16)
