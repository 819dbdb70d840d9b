from dataclasses import replace
from datetime import date

import pytest
from psycopg.types.range import DateRange

from halopst.accounts.actors import actor_for
from halopst.audit.models import Entry
from halopst.core.errors import JustRemoved, NotPermitted
from halopst.units import services
from halopst.units.models import Maklumat, PublishState, ServiceStandard, StandardTemplate, Unit
from halopst.units.queries import promise, published_maklumat, published_standards, services_of
from halopst.units.reference import load_services
from tests.accounts.factories import MembershipFactory
from tests.units.factories import (
    HeadOfficeFactory,
    MaklumatFactory,
    ProvinceFactory,
    ServiceKindFactory,
    ServiceStandardFactory,
    StandardTemplateFactory,
    UnitFactory,
)

pytestmark = pytest.mark.django_db
CONTACT = services.Contact(
    address="Jalan Contoh 1",
    city="Ungaran",
    phone="62243546413",
    whatsapp="",
    email="a@bps.go.id",
    website="",
    letterhead="",
)


def admin_of(unit):
    return actor_for(MembershipFactory(unit=unit, role="admin").user)


def identity(**given):
    return services.Identity(
        **{
            "code": "9500",
            "home_affairs_code": "93",
            "region": "Papua Selatan",
            "name": "BPS Provinsi Papua Selatan",
            "kind": Unit.Kind.PROVINCE,
            "parent_id": HeadOfficeFactory().pk,
            "zone": Unit.Zone.WIT,
            "slug": "papuaselatan",
            "case_prefix": "PPS",
            **given,
        }
    )


def test_the_head_office_adds_a_new_province():
    unit = services.add_unit(admin_of(HeadOfficeFactory()), identity())

    assert Unit.objects.get(code="9500") == unit
    assert unit.get_zone_display() == "WIT"
    assert Entry.objects.get().action == "units.unit-added"


@pytest.mark.parametrize(
    ("field", "refusal"),
    [
        ("code", services.UnitCodeTaken),
        ("slug", services.SlugTaken),
        ("case_prefix", services.PrefixTaken),
    ],
)
def test_a_code_an_address_and_a_prefix_belong_to_one_office(field, refusal):
    taken = ProvinceFactory()
    with pytest.raises(refusal):
        services.add_unit(admin_of(taken.parent), identity(**{field: getattr(taken, field)}))

    assert Unit.objects.count() == 2
    assert not Entry.objects.exists()


def test_a_province_may_not_add_or_rename_offices():
    province = ProvinceFactory()
    actor = admin_of(province)
    with pytest.raises(NotPermitted):
        services.add_unit(actor, identity())
    with pytest.raises(NotPermitted):
        services.change_identity(actor, province, identity())


def test_an_office_that_leads_others_keeps_its_kind():
    city = UnitFactory()
    with pytest.raises(services.UnitLeadsOthers):
        services.change_identity(admin_of(city.parent.parent), city.parent, identity(kind=Unit.Kind.CITY))


def test_moving_to_another_zone_is_told(waiting_jobs):
    province = ProvinceFactory()
    actor = admin_of(province.parent)
    moved = identity(code=province.code, slug=province.slug, case_prefix=province.case_prefix)
    services.change_identity(actor, province, moved)
    assert waiting_jobs() == ["halopst.calendars.tasks.move_calendar"]

    services.change_identity(actor, province, replace(moved, name="BPS Papua Selatan"))
    assert waiting_jobs() == ["halopst.calendars.tasks.move_calendar"]
    assert Entry.objects.latest("pk").details == {
        "changes": {"name": ["BPS Provinsi Papua Selatan", "BPS Papua Selatan"]}
    }


def test_an_admin_changes_how_to_reach_the_office_and_the_record_says_what():
    unit = UnitFactory()
    services.change_contact(admin_of(unit), unit, CONTACT)

    unit.refresh_from_db()
    assert (unit.address, unit.phone) == ("Jalan Contoh 1", "62243546413")
    entry = Entry.objects.get()
    assert (entry.action, entry.unit_id) == ("units.contact-changed", unit.pk)
    assert entry.details == {
        "changes": {
            "address": ["", "Jalan Contoh 1"],
            "city": ["", "Ungaran"],
            "phone": ["", "62243546413"],
            "email": ["", "a@bps.go.id"],
        }
    }


@pytest.mark.parametrize("role", ["kepala", "ketua_tim", "petugas", "front_office", "auditor"])
def test_only_an_admin_changes_the_office(role):
    unit = UnitFactory()
    actor = actor_for(MembershipFactory(unit=unit, role=role).user)
    with pytest.raises(NotPermitted):
        services.change_contact(actor, unit, CONTACT)
    with pytest.raises(NotPermitted):
        services.offer_services(actor, unit, kind_codes=[])
    with pytest.raises(NotPermitted):
        services.draft_standard(actor, unit=unit, kind=ServiceKindFactory())
    assert not Entry.objects.exists()


def test_an_office_chooses_its_services():
    load_services()
    unit, other = UnitFactory(), UnitFactory()
    services.offer_services(admin_of(unit), unit, kind_codes=["konsultasi", "perpustakaan"])

    assert [kind.code for kind in services_of(unit)] == ["konsultasi", "perpustakaan"]
    assert services_of(other).count() == 6
    assert Entry.objects.get().details == {
        "opened": [],
        "closed": ["data-mikro", "pengaduan", "publikasi", "rekomendasi"],
    }


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def kind():
    return StandardTemplateFactory(**dict.fromkeys(services.standards.COMPONENTS, "Bawaan")).kind


def published(actor, unit, kind, first, **values):
    standard = services.draft_standard(actor, unit=unit, kind=kind)
    services.change_standard(actor, standard, values)
    return services.publish_standard(
        actor, standard, decree_number="7/SK/2026", decided_on=first, valid_from=first
    )


def test_a_standard_begins_from_the_platforms_text_and_then_from_its_last_version(unit, kind):
    actor = admin_of(unit)
    published(actor, unit, kind, date(2026, 1, 5), fee="Gratis", promise_value=2)
    second = services.draft_standard(actor, unit=unit, kind=kind)

    assert (second.version, second.fee, second.product, second.promise_value) == (2, "Gratis", "Bawaan", 2)
    assert second.state == PublishState.DRAFT


def test_publishing_ends_the_version_before_on_the_day_before(unit, kind, waiting_jobs):
    actor = admin_of(unit)
    first = published(actor, unit, kind, date(2026, 1, 5))
    second = published(actor, unit, kind, date(2026, 6, 1), promise_value=2)

    first.refresh_from_db()
    assert first.valid == DateRange(date(2026, 1, 5), date(2026, 6, 1))
    assert list(published_standards(unit, date(2026, 5, 31))) == [first]
    assert list(published_standards(unit, date(2026, 6, 1))) == [second]
    assert promise(unit, kind.code, date(2026, 6, 1)).value == 2
    assert [e.action.rpartition(".")[2] for e in Entry.objects.order_by("pk")] == [
        "standard-drafted",
        "standard-changed",
        "standard-published",
    ] * 2


def test_a_version_may_not_begin_before_the_one_in_force(unit, kind):
    actor = admin_of(unit)
    first = published(actor, unit, kind, date(2026, 6, 1))
    with pytest.raises(services.OtherStandardInForce):
        published(actor, unit, kind, date(2026, 1, 1))

    first.refresh_from_db()
    assert first.valid == DateRange(date(2026, 6, 1), None)


def test_a_standard_with_an_empty_component_is_not_published(unit, kind):
    actor = admin_of(unit)
    with pytest.raises(services.ComponentsMissing, match=r"Lengkapi dulu: Biaya atau tarif, Dasar hukum\."):
        published(actor, unit, kind, date(2026, 6, 1), fee=" ", legal_basis="")
    assert not published_standards(unit, date(2026, 6, 1)).exists()


def test_a_published_standard_is_not_changed_nor_discarded(unit, kind):
    actor = admin_of(unit)
    standard = published(actor, unit, kind, date(2026, 6, 1))
    with pytest.raises(services.StandardIsPublished):
        services.change_standard(actor, standard, {"fee": "Rp1"})
    with pytest.raises(services.StandardIsPublished):
        services.discard_standard(actor, standard)
    assert ServiceStandard.objects.get().fee == "Bawaan"


def test_there_is_one_draft_at_a_time_until_it_is_discarded(unit, kind):
    actor = admin_of(unit)
    draft = services.draft_standard(actor, unit=unit, kind=kind)
    with pytest.raises(services.DraftExists):
        services.draft_standard(actor, unit=unit, kind=kind)
    services.discard_standard(actor, draft)
    with pytest.raises(JustRemoved):
        services.discard_standard(actor, ServiceStandard(pk=10**9, unit=unit, kind=kind))
    assert not ServiceStandard.objects.exists()


def test_an_ended_standard_gives_way_to_the_platforms_promise(unit, kind):
    actor = admin_of(unit)
    standard = published(actor, unit, kind, date(2026, 6, 1), promise_value=9)
    with pytest.raises(services.EndsBeforeItBegins):
        services.end_standard(actor, standard, last_day=date(2026, 5, 31))
    services.end_standard(actor, standard, last_day=date(2026, 6, 30))

    assert promise(unit, kind.code, date(2026, 6, 30)).value == 9
    assert promise(unit, kind.code, date(2026, 7, 1)).value == 3
    with pytest.raises(services.StandardIsDraft):
        services.end_standard(actor, ServiceStandardFactory(unit=unit), last_day=date(2026, 7, 1))


def test_only_the_head_office_changes_the_platforms_text(unit, kind):
    template = StandardTemplate.objects.get()
    with pytest.raises(NotPermitted):
        services.change_template(admin_of(unit), template, {"fee": "Gratis"})
    services.change_template(admin_of(unit.parent.parent), template, {"fee": "Gratis"})

    template.refresh_from_db()
    assert template.fee == "Gratis"
    assert Entry.objects.get().details == {"changes": {"fee": ["Bawaan", "Gratis"]}}


WORDS = {
    "text": "Kami sanggup.",
    "signatory_name": "Kepala Contoh",
    "signatory_title": "Kepala BPS Kota Contoh",
    "decree_number": "",
}


def test_a_maklumat_is_written_then_published_in_place_of_the_last(unit):
    actor = admin_of(unit)
    old = MaklumatFactory(unit=unit, published=True)
    draft = services.write_maklumat(actor, unit, **WORDS, decided_on=date(2026, 3, 1))
    again = services.write_maklumat(actor, unit, **{**WORDS, "text": "Baru."}, decided_on=date(2026, 3, 2))
    assert again == draft
    services.publish_maklumat(actor, draft)

    assert published_maklumat(unit, date(2026, 3, 1)) == old
    assert published_maklumat(unit, date(2026, 3, 2)).text == "Baru."
    with pytest.raises(services.MaklumatIsPublished):
        services.discard_maklumat(actor, draft)


def test_a_maklumat_may_not_begin_before_the_one_in_force(unit):
    actor = admin_of(unit)
    MaklumatFactory(unit=unit, published=True)
    draft = services.write_maklumat(actor, unit, **WORDS, decided_on=date(2025, 3, 1))
    with pytest.raises(services.OtherMaklumatInForce):
        services.publish_maklumat(actor, draft)
    services.discard_maklumat(actor, draft)

    assert Maklumat.objects.count() == 1


def test_a_neighbour_may_not_touch_it(unit):
    stranger = admin_of(UnitFactory())
    with pytest.raises(NotPermitted):
        services.write_maklumat(stranger, unit, **WORDS, decided_on=date(2026, 3, 1))
    with pytest.raises(NotPermitted):
        services.publish_maklumat(stranger, MaklumatFactory(unit=unit))
    with pytest.raises(NotPermitted):
        services.change_contact(stranger, unit, CONTACT)


def test_letters_name_the_city_of_the_office_until_it_names_another():
    unit = UnitFactory(kind="kabupaten", region="Kabupaten Malang")
    assert unit.seat == "Malang"

    services.change_contact(admin_of(unit), unit, replace(CONTACT, city="Kepanjen"))

    unit.refresh_from_db()
    assert unit.seat == "Kepanjen"
