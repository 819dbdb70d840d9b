"""Cells and what they point to."""

from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.knowledge.models import (
    Breakdown,
    CatalogueItem,
    Cell,
    CellRevision,
    DataSource,
    FigureImport,
    Indicator,
    Region,
    ReleaseDate,
    Sync,
    WebApiAccess,
)
from tests.accounts.factories import UserFactory
from tests.units.factories import UnitFactory

READ = datetime(2026, 11, 1, 2, tzinfo=UTC)


class RegionFactory(ModelFactory[Region]):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"{7000000 + n}")
    name = factory.Sequence(lambda n: f"Kecamatan Contoh {n}")
    kind = Region.Kind.DISTRICT


class BreakdownFactory(ModelFactory[Breakdown]):
    class Meta:
        model = Breakdown
        django_get_or_create = ("label",)

    label = ""


class DataSourceFactory(ModelFactory[DataSource]):
    class Meta:
        model = DataSource

    unit = factory.SubFactory(UnitFactory)
    title = factory.Sequence(lambda n: f"Tabel {n}")
    link = "https://contoh.example/tabel"


class IndicatorFactory(ModelFactory[Indicator]):
    class Meta:
        model = Indicator

    unit = factory.SubFactory(UnitFactory)
    origin = Indicator.Origin.FILE
    external_id = factory.Sequence(lambda n: f"indikator-{n}")
    name = factory.Sequence(lambda n: f"Indikator Contoh {n}")
    measure = "Persen"
    checked_at = READ


class CellFactory(ModelFactory[Cell]):
    class Meta:
        model = Cell

    indicator = factory.SubFactory(IndicatorFactory)
    region = factory.SubFactory(RegionFactory)
    breakdown = factory.SubFactory(BreakdownFactory)
    period = 202400
    published = "4.19"
    value = Decimal("4.19")
    source = factory.SubFactory(DataSourceFactory, unit=factory.SelfAttribute("..indicator.unit"))
    retrieved_at = READ


class CellRevisionFactory(ModelFactory[CellRevision]):
    class Meta:
        model = CellRevision

    cell = factory.SubFactory(CellFactory)
    published = "4.2"
    value = Decimal("4.2")
    source = factory.SelfAttribute("cell.source")
    retrieved_at = READ
    replaced_at = READ


class CatalogueItemFactory(ModelFactory[CatalogueItem]):
    class Meta:
        model = CatalogueItem

    unit = factory.SubFactory(UnitFactory)
    kind = CatalogueItem.Kind.PUBLICATION
    external_id = factory.Sequence(lambda n: f"terbitan-{n}")
    title = "Kota Contoh Dalam Angka"
    retrieved_at = READ


class ReleaseDateFactory(ModelFactory[ReleaseDate]):
    class Meta:
        model = ReleaseDate

    indicator = factory.SubFactory(IndicatorFactory)
    period = 202600
    due_on = date(2027, 2, 5)


class WebApiAccessFactory(ModelFactory[WebApiAccess]):
    class Meta:
        model = WebApiAccess

    unit = factory.SubFactory(UnitFactory)
    address = "https://webapi.example/v1/api"
    sealed_key = "tersegel"


class SyncFactory(ModelFactory[Sync]):
    class Meta:
        model = Sync

    unit = factory.SubFactory(UnitFactory)
    kind = Sync.Kind.FIGURES


class FigureImportFactory(ModelFactory[FigureImport]):
    class Meta:
        model = FigureImport

    unit = factory.SubFactory(UnitFactory)
    asked_by = factory.SubFactory(UserFactory)
    name = "angka.xlsx"
