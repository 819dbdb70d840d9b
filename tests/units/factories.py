from datetime import date

import factory
from factory.django import DjangoModelFactory as ModelFactory
from psycopg.types.range import DateRange

from halopst.units.models import (
    COMPONENTS,
    Maklumat,
    OfferedService,
    PromiseUnit,
    PublishState,
    ServiceKind,
    ServiceStandard,
    StandardTemplate,
    Unit,
)


class HeadOfficeFactory(ModelFactory[Unit]):
    class Meta:
        model = Unit
        django_get_or_create = ("code",)

    code = "0000"
    name = "BPS Pusat"
    region = "Indonesia"
    kind = Unit.Kind.HEAD_OFFICE
    zone = Unit.Zone.WIB
    slug = "pusat"
    case_prefix = "PST"


class ProvinceFactory(ModelFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"{1000 + n % 9000:04d}")
    name = factory.Sequence(lambda n: f"BPS Provinsi Contoh {n}")
    region = factory.Sequence(lambda n: f"Contoh {n}")
    kind = Unit.Kind.PROVINCE
    parent = factory.SubFactory(HeadOfficeFactory)
    zone = Unit.Zone.WIB
    slug = factory.Sequence(lambda n: f"provinsi{n}")
    case_prefix = factory.Sequence(lambda n: f"P{n}")


class UnitFactory(ModelFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda n: f"{(5000 + n) % 10000:04d}")
    name = factory.Sequence(lambda n: f"BPS Kota Contoh {n}")
    region = factory.Sequence(lambda n: f"Kota Contoh {n}")
    kind = Unit.Kind.CITY
    parent = factory.SubFactory(ProvinceFactory)
    zone = Unit.Zone.WIB
    slug = factory.Sequence(lambda n: f"contoh{n}kota")
    case_prefix = factory.Sequence(lambda n: f"K{n}")


class ServiceKindFactory(ModelFactory[ServiceKind]):
    class Meta:
        model = ServiceKind

    code = factory.Sequence(lambda n: f"layanan-{n}")
    name = factory.Sequence(lambda n: f"Layanan {n}")
    name_en = factory.Sequence(lambda n: f"Service {n}")
    description = "Keterangan"
    description_en = "Description"
    icon = "library"


class StandardTemplateFactory(ModelFactory[StandardTemplate]):
    class Meta:
        model = StandardTemplate

    kind = factory.SubFactory(ServiceKindFactory)
    promise_value = 3
    promise_unit = PromiseUnit.WORKING_DAYS
    first_reply_value = 1
    first_reply_unit = PromiseUnit.WORKING_DAYS


class OfferedServiceFactory(ModelFactory[OfferedService]):
    class Meta:
        model = OfferedService

    unit = factory.SubFactory(UnitFactory)
    kind = factory.SubFactory(ServiceKindFactory)
    is_offered = True


class ServiceStandardFactory(ModelFactory[ServiceStandard]):
    """A complete draft; `published=True` makes it one in force since 2026."""

    class Meta:
        model = ServiceStandard

    class Params:
        published = factory.Trait(
            state=PublishState.PUBLISHED,
            decree_number="001/SK/2026",
            decided_on=date(2026, 1, 1),
            valid=DateRange(date(2026, 1, 1), None),
        )

    unit = factory.SubFactory(UnitFactory)
    kind = factory.SubFactory(ServiceKindFactory)
    version = 1
    promise_value = 5
    promise_unit = PromiseUnit.WORKING_DAYS
    first_reply_value = 2
    first_reply_unit = PromiseUnit.WORKING_HOURS

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        return {**dict.fromkeys(COMPONENTS, "Isi komponen"), **kwargs}


class MaklumatFactory(ModelFactory[Maklumat]):
    class Meta:
        model = Maklumat

    class Params:
        published = factory.Trait(state=PublishState.PUBLISHED, valid=DateRange(date(2026, 1, 1), None))

    unit = factory.SubFactory(UnitFactory)
    text = "Kami sanggup melayani sesuai standar."
    signatory_name = "Kepala Contoh"
    signatory_title = "Kepala BPS Kota Contoh"
    decided_on = date(2026, 1, 1)
