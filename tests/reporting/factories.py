from datetime import date

import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.reporting.models import DailySummary
from tests.units.factories import UnitFactory


class DailySummaryFactory(ModelFactory[DailySummary]):
    class Meta:
        model = DailySummary

    unit = factory.SubFactory(UnitFactory)
    day = date(2026, 11, 20)
    rating_counts = factory.LazyFunction(lambda: [0, 0, 0, 0, 0])
