from datetime import date

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from halopst.units.models import Unit
from halopst.units.queries import Promise, promise, published_maklumat, search_units, services_of
from halopst.units.reference import load_services, load_units
from tests.units.factories import (
    MaklumatFactory,
    OfferedServiceFactory,
    ServiceKindFactory,
    ServiceStandardFactory,
    StandardTemplateFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def test_without_its_own_standard_an_office_promises_what_the_platform_does():
    load_services()

    assert promise(UnitFactory(), "konsultasi", TODAY) == Promise(3, "hari_kerja", 1, "hari_kerja")


def test_a_published_standard_promises_for_its_days_and_a_draft_for_none():
    template = StandardTemplateFactory()
    unit, default = UnitFactory(), Promise(3, "hari_kerja", 1, "hari_kerja")
    ServiceStandardFactory(unit=unit, kind=template.kind, version=2)
    ServiceStandardFactory(published=True, unit=unit, kind=template.kind)

    assert promise(unit, template.kind.code, TODAY) == Promise(5, "hari_kerja", 2, "jam_kerja")
    assert promise(unit, template.kind.code, date(2025, 12, 31)) == default
    assert promise(UnitFactory(), template.kind.code, TODAY) == default


def test_the_database_keeps_one_published_standard_at_a_time():
    first = ServiceStandardFactory(published=True)
    ServiceStandardFactory(published=True, unit=first.unit)
    ServiceStandardFactory(published=True, kind=first.kind)
    with (
        pytest.raises(IntegrityError, match="one_published_standard_at_a_time"),
        transaction.atomic(),
    ):
        ServiceStandardFactory(
            published=True,
            unit=first.unit,
            kind=first.kind,
            version=2,
            valid=DateRange(date(2026, 6, 1), date(2026, 7, 1)),
        )
    ServiceStandardFactory(unit=first.unit, kind=first.kind, version=2)


def test_the_database_keeps_one_published_maklumat_at_a_time():
    first = MaklumatFactory(published=True)
    with pytest.raises(IntegrityError, match="one_published_maklumat_at_a_time"), transaction.atomic():
        MaklumatFactory(published=True, unit=first.unit)
    MaklumatFactory(unit=first.unit)

    assert published_maklumat(first.unit, TODAY) == first
    assert published_maklumat(first.unit, date(2025, 1, 1)) is None


def test_an_office_opens_and_closes_services_of_its_own():
    usual, rare = ServiceKindFactory(), ServiceKindFactory(is_offered_by_default=False)
    ServiceKindFactory(is_active=False)
    unit, other = UnitFactory(), UnitFactory()
    OfferedServiceFactory(unit=unit, kind=usual, is_offered=False)
    OfferedServiceFactory(unit=unit, kind=rare, is_offered=True)

    assert list(services_of(unit)) == [rare]
    assert list(services_of(other)) == [usual]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("surabaya", "surabayakota"),
        ("SURABYA", "surabayakota"),
        ("3578", "surabayakota"),
        ("kota semarang", "semarangkota"),
        ("gorontlo", "gorontalo"),
        ("jatim", "jatim"),
    ],
)
def test_an_office_is_found_by_name_code_or_a_near_spelling(text, first):
    load_units()

    assert search_units(Unit.objects.all(), text)[0].slug == first


def test_nonsense_finds_nothing():
    load_units()

    assert search_units(Unit.objects.all(), "zzzzqq") == []
