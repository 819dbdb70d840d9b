from datetime import date

import pytest
from django.urls import reverse

from halopst.audit.models import Entry
from halopst.units.models import Maklumat, PublishState, ServiceStandard, StandardTemplate, Unit
from halopst.units.queries import services_of
from halopst.units.reference import load_services
from tests.access.people import World
from tests.accounts.factories import MembershipFactory
from tests.units.factories import (
    HeadOfficeFactory,
    MaklumatFactory,
    ProvinceFactory,
    ServiceStandardFactory,
    UnitFactory,
)
from tests.units.subjects import CONTACT, NEW_UNIT

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def sign_in(client):
    """Sign in someone with a role in a unit; returns the client."""

    def enter(unit, role="admin"):
        client.force_login(MembershipFactory(unit=unit, role=role).user)
        World(unit=unit, elsewhere=unit).trust(client)
        return client

    return enter


def url(name, *args):
    return reverse(f"units:{name}", args=args)


def test_the_list_holds_the_offices_in_reach_and_searches_them(sign_in):
    province = ProvinceFactory(region="Jawa Timur", name="BPS Provinsi Jawa Timur")
    UnitFactory(parent=province, name="BPS Kota Surabaya", region="Kota Surabaya")
    UnitFactory(parent=province, name="BPS Kota Malang", region="Kota Malang")
    UnitFactory(name="BPS Kota Jauh")
    client = sign_in(province)

    page = client.get(url("list")).content.decode()
    assert all(name in page for name in ("BPS Provinsi Jawa Timur", "BPS Kota Surabaya", "BPS Kota Malang"))
    assert "BPS Kota Jauh" not in page
    assert 'role="search"' in page

    found = client.get(url("list"), {"q": "surabya"}, headers={"HX-Request": "true"}).content.decode()
    assert "BPS Kota Surabaya" in found
    assert "BPS Kota Malang" not in found
    assert "<html" not in found
    nothing = client.get(url("list"), {"q": "zzzqqq\x00"}).content.decode()
    assert "Tidak ada satker yang cocok" in nothing


def test_the_list_costs_the_same_at_one_and_three_rows(sign_in, django_assert_num_queries):
    province = ProvinceFactory()
    client = sign_in(province)
    UnitFactory(parent=province)
    client.get(url("list"))
    counts = []
    for more in (0, 2):
        UnitFactory.create_batch(more, parent=province)
        with django_assert_num_queries(pytest.approx(8, abs=8)) as queries:
            client.get(url("list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_admin_changes_the_contact_of_the_office(sign_in, unit):
    response = sign_in(unit).post(
        url("office", unit.slug), {**CONTACT, "website": "kota.bps.go.id", "whatsapp": "0851-1711-3374"}
    )

    assert response.headers["Location"] == url("office", unit.slug)
    unit.refresh_from_db()
    assert (unit.phone, unit.whatsapp) == ("62243546413", "6285117113374")
    assert unit.website == "https://kota.bps.go.id"
    assert Entry.objects.filter(action="units.contact-changed").count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "halo", "Tulis nomor telepon beserta kode wilayahnya"),
        ("whatsapp", "0243546413", "bukan nomor ponsel"),
        ("email", "bukan surel", "surel"),
        ("website", "javascript:alert(1)", "Alamat ini belum lengkap. Contoh: https://www.bps.go.id/id"),
        ("address", "a\x00b", "karakter kosong"),
        ("letterhead", "x" * 501, "500"),
    ],
)
def test_a_wrong_entry_is_explained_and_nothing_is_lost_or_saved(sign_in, unit, field, typed, sentence):
    response = sign_in(unit).post(
        url("office", unit.slug), {**CONTACT, "address": "Jalan Panjang 5", field: typed}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert field == "address" or "Jalan Panjang 5" in page
    unit.refresh_from_db()
    assert unit.address == ""
    assert not Entry.objects.exists()


def test_an_officer_reads_the_contact_but_gets_no_form(sign_in, unit):
    page = sign_in(unit, "petugas").get(url("office", unit.slug)).content.decode()

    assert "Hanya admin satker yang dapat mengubah isian ini." in page
    assert 'name="address"' not in page


def test_the_head_office_adds_a_province_that_is_then_there(sign_in):
    head = HeadOfficeFactory()
    client = sign_in(head)
    assert "Tambah satker" in client.get(url("list")).content.decode()
    response = client.post(url("new"), {**NEW_UNIT, "parent": head.pk, "is_active": "on"})

    assert response.headers["Location"] == url("office", "papuaselatan")
    made = Unit.objects.get(code="9500")
    assert (made.case_prefix, made.zone, made.parent, made.is_active) == ("PPS", "Asia/Jayapura", head, True)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("code", "95", "4 angka"),
        ("code", "9501", "berakhiran 00"),
        ("slug", "satker", "dipakai platform"),
        ("slug", "Papua Selatan", "huruf kecil"),
        ("case_prefix", "p-1", "2 sampai 6"),
        ("kind", "kota", "berinduk ke BPS Pusat"),
        ("kind", "pusat", "pusat"),
        ("zone", "Asia/Tokyo", "Asia/Tokyo"),
        ("parent", "999999999", "Pilih"),
    ],
)
def test_an_office_that_does_not_add_up_is_refused(sign_in, field, typed, sentence):
    head = HeadOfficeFactory()
    response = sign_in(head).post(url("new"), {**NEW_UNIT, "parent": head.pk, field: typed})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert Unit.objects.count() == 1


def test_a_taken_code_address_or_prefix_is_said_beside_its_field(sign_in):
    other = ProvinceFactory(code="9500", slug="papuaselatan", case_prefix="PPS")
    response = sign_in(other.parent).post(url("new"), {**NEW_UNIT, "parent": other.parent.pk})

    assert response.status_code == 422
    assert response.content.decode().count('<p class="err"') == 3


def test_no_address_of_the_platform_can_be_an_offices_address(sign_in):
    from django.urls import get_resolver  # noqa: PLC0415  # only this test reads the routes

    from halopst.units.rules import RESERVED_SLUGS  # noqa: PLC0415

    first_words = {
        str(pattern.pattern).split("/")[0]
        for pattern in get_resolver().url_patterns
        if "/" in str(pattern.pattern)
    }
    assert {word for word in first_words if word.isalpha()} - RESERVED_SLUGS == set()


def test_the_head_office_renames_an_office_but_not_itself(sign_in, unit):
    head = unit.parent.parent
    client = sign_in(head)
    values = {
        **NEW_UNIT,
        "code": unit.code,
        "kind": "kota",
        "parent": unit.parent.pk,
        "slug": unit.slug,
        "case_prefix": unit.case_prefix,
    }
    assert client.post(url("identity", unit.slug), values).status_code == 302
    unit.refresh_from_db()
    assert (unit.name, unit.is_active) == ("BPS Provinsi Papua Selatan", False)
    assert client.get(url("office", unit.slug)).status_code == 200
    assert client.get(url("identity", head.slug)).status_code == 403


def test_an_admin_opens_and_closes_services(sign_in, unit):
    load_services()
    client = sign_in(unit)
    assert client.get(url("services", unit.slug)).content.decode().count("checked") == 6
    client.post(url("services", unit.slug), {"services": ["konsultasi"]})
    assert [kind.code for kind in services_of(unit)] == ["konsultasi"]
    assert client.post(url("services", unit.slug), {"services": ["lain"]}).status_code == 422
    client.post(url("services", unit.slug), {})
    assert not services_of(unit).exists()


def test_a_standard_goes_from_the_platforms_text_to_the_public_page(sign_in, unit):
    load_services()
    client = sign_in(unit)
    client.post(url("standard-new", unit.slug), {"layanan": "konsultasi"})
    draft = ServiceStandard.objects.get()
    page = client.get(url("standard", draft.pk)).content.decode()
    assert "Tidak dipungut biaya" in page

    values = {
        name: getattr(draft, name) for name in ("promise_unit", "first_reply_value", "first_reply_unit")
    }
    client.post(url("standard", draft.pk), {**values, "promise_value": 2, "fee": "Gratis <b>selalu</b>"})
    half = client.post(
        url("standard-publish", draft.pk),
        {"decree_number": "1/SK", "decided_on": "2026-01-05", "valid_from": "2026-01-05"},
    )
    assert half.status_code == 409
    assert "Lengkapi dulu: Persyaratan" in half.content.decode()

    ServiceStandard.objects.update(
        **{n: "Ada\nDua" for n in StandardTemplate.objects.values()[0] if n in page_fields()}
    )
    client.post(
        url("standard-publish", draft.pk),
        {"decree_number": "1/SK", "decided_on": "2026-01-05", "valid_from": "2026-01-05"},
    )
    client.logout()
    public = client.get(url("standards", unit.slug)).content.decode()
    assert "2 hari kerja" in public
    assert "1/SK, ditetapkan 5 Januari 2026" in public
    assert "Gratis" not in public
    assert public.count("<dt>") >= 14


def page_fields():
    return [
        field.name
        for field in ServiceStandard._meta.fields
        if field.name in {*ServiceStandardFactory.build().__dict__}
        and field.get_internal_type() == "TextField"
    ]


def test_what_an_office_writes_is_shown_as_text(client, unit):
    load_services()
    kind = StandardTemplate.objects.get(kind__code="konsultasi").kind
    ServiceStandardFactory(published=True, unit=unit, kind=kind, fee="<script>alert(1)</script>")
    MaklumatFactory(published=True, unit=unit, text="<img src=x onerror=alert(1)>")

    page = client.get(url("standards", unit.slug)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<img src=x" not in page


def test_the_public_page_of_an_office_without_standards_states_the_default(client, unit):
    load_services()
    page = client.get(url("standards", unit.slug)).content.decode()

    assert page.count("Janji bawaan") == 6
    assert "3 hari kerja" in page
    english = client.get(url("standards", unit.slug), headers={"Accept-Language": "en"}).content.decode()
    assert "Statistical consultation" in english
    assert "3 working days" in english
    assert "1 working day<" in english


def test_publishing_before_the_decision_is_refused(sign_in, unit):
    draft = ServiceStandardFactory(unit=unit)
    response = sign_in(unit).post(
        url("standard-publish", draft.pk),
        {"decree_number": "1/SK", "decided_on": "2026-02-05", "valid_from": "2026-01-05"},
    )

    assert response.status_code == 422
    assert "sebelum ditetapkan" in response.content.decode()
    draft.refresh_from_db()
    assert draft.state == PublishState.DRAFT


def test_a_published_standard_is_ended_and_a_draft_discarded(sign_in, unit):
    client = sign_in(unit)
    standard = ServiceStandardFactory(published=True, unit=unit)
    assert client.post(url("standard-end", standard.pk), {"last_day": "2025-01-01"}).status_code == 409
    assert client.post(url("standard-end", standard.pk), {"last_day": "salah"}).status_code == 422
    client.post(url("standard-end", standard.pk), {"last_day": "2026-12-31"})
    standard.refresh_from_db()
    assert standard.last_day == date(2026, 12, 31)

    draft = ServiceStandardFactory(unit=unit, kind=standard.kind, version=2)
    listed = client.get(url("standard-list", unit.slug)).content.decode()
    assert "Lanjutkan konsep versi 2" in listed
    client.post(url("standard-discard", draft.pk))
    assert list(ServiceStandard.objects.all()) == [standard]


def test_the_head_office_writes_the_platforms_text(sign_in):
    load_services()
    client = sign_in(HeadOfficeFactory())
    page = url("template", "konsultasi")
    assert "Tidak dipungut biaya" in client.get(page).content.decode()
    assert client.post(page, {"promise_value": 0}).status_code == 422
    template = StandardTemplate.objects.get(kind__code="konsultasi")
    values = {f.name: getattr(template, f.name) for f in template._meta.fields if f.name in page_fields()}
    numbers = {
        "promise_value": 4,
        "promise_unit": "hari_kerja",
        "first_reply_value": 1,
        "first_reply_unit": "menit",
    }
    assert client.post(page, {**values, **numbers}).status_code == 302
    template.refresh_from_db()
    assert template.promise_value == 4


def test_a_maklumat_starts_from_the_platforms_words_and_is_published(sign_in, unit):
    load_services()
    client = sign_in(unit)
    page = client.get(url("maklumat", unit.slug)).content.decode()
    assert "sanggup menyelenggarakan pelayanan" in page
    assert f"Kepala {unit.name}" in page
    values = {
        "text": "Kami sanggup.",
        "signatory_name": "A",
        "signatory_title": "Kepala",
        "decided_on": "2026-01-05",
    }
    assert client.post(url("maklumat", unit.slug), {**values, "decided_on": "1800-01-05"}).status_code == 422
    client.post(url("maklumat", unit.slug), values)
    draft = Maklumat.objects.get()
    MaklumatFactory(published=True, unit=unit)
    client.post(url("maklumat", unit.slug), {**values, "decided_on": "2025-01-05"})
    refused = client.post(url("maklumat-publish", draft.pk))
    assert refused.status_code == 409
    assert "Maklumat lain sudah berlaku" in refused.content.decode()

    client.post(url("maklumat", unit.slug), {**values, "decided_on": "2026-03-05"})
    client.post(url("maklumat-publish", draft.pk))
    assert "Kami sanggup." in client.get(url("standards", unit.slug)).content.decode()
    history = " ".join(client.get(url("maklumat", unit.slug)).content.decode().split())
    assert "– 4 Maret 2026" in history, "the one before ended the day before the new one begins"


def test_a_wrong_number_in_the_address_is_not_found(sign_in, unit):
    client = sign_in(unit)
    assert client.get(url("standard", 10**12)).status_code == 404
    assert client.get(url("standards", "tidak-ada")).status_code == 404
    assert client.get(url("standard-new", unit.slug)).status_code == 405
    assert client.post(url("standard-new", unit.slug), {"layanan": "\x00"}).status_code == 404
