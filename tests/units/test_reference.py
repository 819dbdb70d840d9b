import re
from collections import Counter

import pytest

from halopst.units.models import COMPONENTS, PlatformText, ServiceKind, StandardTemplate, Unit
from halopst.units.reference import load_cities, load_services, load_units

pytestmark = pytest.mark.django_db


def test_every_office_of_bps_is_there_with_its_codes_and_its_zone():
    load_units()

    assert Counter(Unit.objects.values_list("kind", flat=True)) == {
        "pusat": 1,
        "provinsi": 34,
        "kabupaten": 416,
        "kota": 98,
    }
    simeulue = Unit.objects.get(code="1101")
    assert (simeulue.home_affairs_code, simeulue.slug, simeulue.parent.slug) == (
        "1109",
        "simeuluekab",
        "aceh",
    )
    assert (simeulue.name, simeulue.email) == ("BPS Kabupaten Simeulue", "bps1101@bps.go.id")
    java = Unit.objects.get(slug="jatim")
    assert (java.name, java.case_prefix, java.parent.code) == ("BPS Provinsi Jawa Timur", "JTM", "0000")
    assert Unit.objects.below(java).count() == 39


def test_zones_follow_the_islands():
    load_units()
    zones = {unit.code[:2]: unit.get_zone_display() for unit in Unit.objects.exclude(kind="pusat")}

    assert {code for code, zone in zones.items() if zone == "WIB"} == {
        *(str(code) for code in (*range(11, 20), 21, *range(31, 37))),
        "61",
        "62",
    }
    assert {code for code, zone in zones.items() if zone == "WIT"} == {"81", "82", "91", "94"}
    assert Unit.objects.values("code").distinct().count() == Unit.objects.count()
    for code in zones:
        assert (
            Unit.objects.filter(code__startswith=code).exclude(kind="pusat").values("zone").distinct().count()
            == 1
        )


def test_names_are_spelled_as_people_write_them():
    load_units()
    regions = list(Unit.objects.values_list("region", flat=True))

    assert [name for name in regions if re.search(r"\b\w \w\b|  |^\s|\s$|[a-z][A-Z]|\.", name)] == []
    assert {"Kabupaten Siak", "Kota Dumai", "Kota Batam", "Kepulauan Riau"} <= set(regions)


def test_loading_again_adds_what_is_missing_and_keeps_what_was_edited():
    load_units()
    Unit.objects.filter(slug="jatim").update(name="BPS Jawa Timur", email="")
    Unit.objects.filter(slug="surabayakota").delete()
    load_units()

    assert Unit.objects.count() == 549
    assert Unit.objects.get(slug="surabayakota").parent.name == "BPS Jawa Timur"
    assert Unit.objects.get(slug="jatim").email == ""


def test_every_service_has_a_complete_neutral_standard():
    load_services()
    load_services()

    assert list(ServiceKind.objects.values_list("code", flat=True)) == [
        "konsultasi",
        "perpustakaan",
        "publikasi",
        "data-mikro",
        "rekomendasi",
        "pengaduan",
    ]
    assert StandardTemplate.objects.count() == 6
    for template in StandardTemplate.objects.all():
        assert [name for name in COMPONENTS if not getattr(template, name)] == []
    assert PlatformText.objects.get(code="maklumat").body.startswith("Dengan ini")


def test_every_office_has_a_city_its_letters_are_signed_in():
    load_units()
    Unit.objects.filter(slug="jatim").update(city="Sidoarjo")
    load_cities()

    cities = {unit.slug: unit.seat for unit in Unit.objects.all()}
    chosen = ("pusat", "jatim", "jateng", "surabayakota", "malangkab")
    assert [cities[slug] for slug in chosen] == ["Jakarta", "Sidoarjo", "Semarang", "Surabaya", "Malang"]
    assert not [slug for slug, city in cities.items() if not city or city.startswith(("Kota ", "Kabupaten "))]
    assert not Unit.objects.filter(kind__in=["pusat", "provinsi"], city="").exists()
