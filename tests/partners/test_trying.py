"""A text is tried on a real mitra: found by name, filled with their newest month, or told why not."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from halopst.letters.kinds import kind_named
from halopst.letters.services.papers import values
from halopst.partners.letter_kinds.contracts import MONTHLY_CONTRACT
from halopst.partners.services import trying
from halopst.partners.services.allocation import approving
from halopst.partners.services.contracts import texts as contract_texts
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import a_duty, a_mitra, give, head

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
KIND = MONTHLY_CONTRACT.code


@pytest.fixture
def ayu(unit):
    row = a_mitra(unit, "Ayu Pratiwi")
    give(row, a_duty(unit, price=68_000, name="Sakernas"), 20)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    return row


@pytest.fixture
def admin(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    return client


def text(response):
    return response.content.decode()


def url(unit, part="template", kind=KIND):
    return reverse(f"letters:{part}", args=[unit.slug, kind])


def test_a_mitra_is_found_by_name_in_the_office_alone(admin, unit, ayu):
    a_mitra(unit, "Budi Santosa")
    a_mitra(unit.parent, "Ayu dari kantor lain")

    found = text(admin.get(url(unit, "samples"), {"cari": "ayu"}))

    assert re.findall(r"\?mitra=(\d+)\"", found) == [str(ayu.pk)]
    assert "Tidak ada mitra satker ini dengan nama itu" in text(
        admin.get(url(unit, "samples"), {"cari": "zzz"})
    )
    assert "Cari nama mitra" not in text(admin.get(url(unit, kind="partners.decree")))


def test_the_preview_shows_their_newest_month_with_numbers_hidden(admin, unit, ayu, monkeypatch):
    printed = []

    def kept(**given):
        printed.append(given["data"])
        return values(**given)

    monkeypatch.setattr("halopst.letters.services.templates.values", kept)
    shown = text(admin.get(url(unit), {"mitra": ayu.pk}))

    assert "Diisi dengan Ayu Pratiwi." in shown
    assert f'name="mitra" value="{ayu.pk}" form="naskah"' in shown
    assert "data:image/png" in shown
    (data,) = printed
    nik = data["petugas"]["nik"]
    assert (data["petugas"]["nama"], data["honor"], data["bulan"]) == (
        "Ayu Pratiwi",
        1_360_000,
        "November 2026",
    )
    assert ("•" in nik, nik[:4] + nik[-4:]) == (True, ayu.person.nik[:4] + ayu.person.nik[-4:])

    typed = text(admin.post(url(unit, "preview"), {"body": "#d.petugas.nama", "mitra": ayu.pk}))
    assert "data:image/png" in typed
    assert printed[-1]["petugas"]["nama"] == "Ayu Pratiwi"


@pytest.mark.parametrize("kind", sorted(trying.ABOUTS))
def test_who_has_no_month_is_told_so(admin, unit, kind):
    budi = a_mitra(unit, "Budi Santosa")

    shown = text(admin.get(url(unit, kind=kind), {"mitra": budi.pk}))

    assert "Budi Santosa" in shown
    assert "belum ada isi untuk surat ini" in shown
    assert "data:image/png" not in shown


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999", "²", "1;"])
def test_a_mitra_who_is_not_there_is_told_so(admin, unit, key):
    assert "Mitra ini tidak ada di satker ini" in text(admin.get(url(unit), {"mitra": key}))


def test_another_offices_mitra_is_not_there(admin, unit):
    other = a_mitra(unit.parent, "Citra")
    assert "Mitra ini tidak ada di satker ini" in text(admin.get(url(unit), {"mitra": other.pk}))


def test_what_is_composed_for_a_preview_is_what_the_letter_would_say(unit, actor, ayu):
    with CaptureQueriesContext(connection) as looking:
        tried = trying.fill(kind_named(KIND), actor, unit, str(ayu.pk), NOW)
    with CaptureQueriesContext(connection) as making:
        assert tried == contract_texts.compose_contract(f"{KIND}:{ayu.pk}:2026-11", NOW, hold=True)

    held = ["FOR UPDATE" in str(each.captured_queries) for each in (looking, making)]
    assert held == [False, True], "who only looks keeps nobody from approving or making letters"


def api(client, unit, part, **body):
    path = f"/api/v1/letters/units/{unit.slug}/templates/{body.pop('kind', KIND)}/{part}"
    if part == "samples":
        return client.get(path, body)
    return client.post(path, body, content_type="application/json", headers={"Idempotency-Key": "kunci-coba"})


def test_a_program_finds_a_mitra_and_sees_the_text_with_their_newest_month(admin, unit, ayu, monkeypatch):
    printed = []
    monkeypatch.setattr(
        "halopst.letters.services.templates.values",
        lambda **given: printed.append(given["data"]) or values(**given),
    )

    found = api(admin, unit, "samples", q="ayu").json()
    seen = api(admin, unit, "preview", body="#d.petugas.nama", sample=found[0]["key"]).json()

    assert found == [{"key": str(ayu.pk), "label": "Ayu Pratiwi", "note": "Gedangan"}]
    assert (seen["fault"], seen["pages"][0][:15]) == ("", "data:image/png;")
    (data,) = printed
    assert (data["petugas"]["nama"], "•" in data["petugas"]["nik"]) == ("Ayu Pratiwi", True)


def test_a_program_is_told_who_cannot_fill_a_text(client, admin, unit, ayu):
    new = a_mitra(unit, "Budi Baru")
    other = a_mitra(unit.parent, "Dari kantor lain")

    waits, gone, odd, nobody, no_kind = (
        api(admin, unit, "preview", body="x", sample=key, **more)
        for key, more in (
            (str(new.pk), {}),
            (str(other.pk), {}),
            ("٣", {}),
            ("9" * 20, {}),
            (str(ayu.pk), {"kind": "partners.decree"}),
        )
    )

    assert "Budi Baru belum punya bulan yang disetujui" in waits.json()["title"]
    assert {answer.status_code for answer in (waits, gone, odd, nobody, no_kind)} == {409}
    assert all("tidak ada di satker ini" in answer.json()["title"] for answer in (gone, odd, nobody))
    assert "tidak diisi dengan mitra" in no_kind.json()["title"]
    assert api(admin, unit, "samples", q="ayu", kind="partners.decree").json() == []
    assert api(admin, unit, "preview", body="x", sample="9" * 21).status_code == 422
    client.logout()
    assert api(client, unit, "samples", q="ayu").status_code == 401
