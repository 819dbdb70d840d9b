import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.units.models import Unit


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
