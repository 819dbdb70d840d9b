"""Whoever approves honor approves what the page showed, not what somebody typed meanwhile."""

import json
import re

import pytest

from halopst.partners.models import Approval
from halopst.partners.views import approvals
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import ExcessFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def page(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11"

    def post(**data):
        seen = re.findall(r'name="semula" value="([^"]+)"', page)
        return client.post(url, {**data, "semula": seen}, follow=True).content.decode()

    def opened():
        nonlocal page
        page = client.get(url).content.decode()
        return post

    page = ""
    return opened


@pytest.mark.parametrize("every", [True, False], ids=["all", "ticked"])
def test_honor_changed_meanwhile_is_not_approved_and_the_rest_is(page, unit, every):
    changed, same, duty = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_duty(unit, price=10_000)
    give(changed, duty, 2)
    give(same, duty, 3)
    post = page()
    give(changed, duty, 40)

    told = post(semua="ya") if every else post(pilih=[changed.pk, same.pk])

    assert list(Approval.objects.values_list("registration", "total")) == [(same.pk, 30_000)]
    assert "1 mitra disetujui." in told
    assert "1 belum disetujui karena honornya baru saja diubah." in told
    assert "Rp400.000" in told
    page()(semua="ya")
    assert Approval.objects.get(registration=changed).total == 400_000


def test_what_no_page_showed_is_no_number(page, unit, client):
    mitra = a_mitra(unit)
    give(mitra, a_duty(unit), 1)
    data = {"semua": "ya", "semula": ["x", "1:2:3", f"{mitra.pk}:", f"{mitra.pk}:-1", "²:1"]}

    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    told = client.post(f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11", data, follow=True)

    assert Approval.objects.count() == 0
    assert "1 belum disetujui karena honornya baru saja diubah." in told.content.decode()


def test_who_was_on_no_page_when_it_was_made_is_not_approved_with_the_rest(page, unit, monkeypatch):
    monkeypatch.setattr(approvals, "PER_PAGE", 1)
    duty = a_duty(unit, price=10_000)
    first, beyond, late = (a_mitra(unit, name) for name in ("Ayu", "Budi", "Citra"))
    give(first, duty, 1)
    give(beyond, duty, 2)
    post = page()
    give(late, duty, 3)

    told = post(semua="ya")

    assert dict(Approval.objects.values_list("registration", "total")) == {
        first.pk: 10_000,
        beyond.pk: 20_000,
    }
    assert "2 mitra disetujui. 1 belum disetujui" in told


def test_a_mitra_beyond_the_page_whose_honor_changed_is_left_out(page, unit, monkeypatch):
    monkeypatch.setattr(approvals, "PER_PAGE", 1)
    duty = a_duty(unit, price=10_000)
    first, beyond = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi")
    give(first, duty, 1)
    give(beyond, duty, 2)
    post = page()
    give(beyond, duty, 90)

    post(semua="ya")

    assert list(Approval.objects.values_list("registration", "total")) == [(first.pk, 10_000)]


def test_who_was_held_when_the_page_was_made_waits_for_the_next_one(page, unit):
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    give(mitra, duty, 3)
    held = ExcessFactory(registration=mitra, duty=duty, volume=9)
    give(a_mitra(unit, "Budi"), duty, 1)
    post = page()
    held.delete()

    post(semua="ya")

    assert not Approval.objects.filter(registration=mitra).exists()


def test_who_may_not_approve_is_told_who_may_or_that_nobody_can_yet(client, unit):
    give(a_mitra(unit, "Ayu"), a_duty(unit), 2)
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    url = f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11"

    nobody = client.get(url).content.decode()
    MembershipFactory(unit=unit, role="kepala", user__name="Wulan")
    somebody = client.get(url).content.decode()

    assert "Belum ada yang dapat menyetujui." in nobody
    assert "Yang dapat menyetujui: Wulan." in somebody
    assert "Setujui semua" not in somebody


def test_a_page_sent_without_what_it_showed_approves_nothing(client, unit):
    give(a_mitra(unit), a_duty(unit), 1)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    page = f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11"

    told = client.post(page, {"semua": "ya"}, follow=True).content.decode()

    assert not Approval.objects.exists()
    assert "1 belum disetujui karena honornya baru saja diubah." in told


def test_a_program_that_does_not_say_what_it_saw_approves_nothing(client, unit):
    give(a_mitra(unit), a_duty(unit), 1)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    answer = client.post(
        f"/api/v1/partners/units/{unit.slug}/approvals",
        json.dumps({"month": "2026-11"}),
        content_type="application/json",
        headers={"Idempotency-Key": "kunci-buta"},
    )

    assert answer.status_code == 422
    assert [error["at"][-1] for error in answer.json()["errors"]] == ["shown"]
    assert not Approval.objects.exists()


def test_who_is_held_waits_with_that_said(client, unit):
    held, idle, free = (a_mitra(unit, name) for name in ("Ayu", "Budi", "Citra"))
    duty = a_duty(unit, price=10_000)
    for row in (held, idle, free):
        give(row, duty, 1)
    ExcessFactory(registration=held, duty=duty, volume=9)
    idle.status = "nonaktif"
    idle.save()
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    rows = client.get(f"/api/v1/partners/units/{unit.slug}/approvals/waiting?month=2026-11").json()

    assert [(row["mitra"], row["held"]) for row in rows] == [("Ayu", True), ("Budi", True), ("Citra", False)]


def test_a_program_says_what_it_saw_and_nothing_else_is_approved(client, unit):
    same, changed, unseen, duty = *(a_mitra(unit) for _ in range(3)), a_duty(unit, price=10_000)
    for row in (same, changed, unseen):
        give(row, duty, 2)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    body = {"month": "2026-11", "shown": {str(same.pk): 20_000, str(changed.pk): 10_000}}

    answer = client.post(
        f"/api/v1/partners/units/{unit.slug}/approvals",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": "kunci-setuju"},
    )

    assert answer.json()["total"] == 20_000
    assert answer.json()["skipped"] == {str(changed.pk): "changed", str(unseen.pk): "changed"}
    assert Approval.objects.get().registration == same


def test_a_search_that_finds_nobody_does_not_say_that_the_month_is_empty(page, unit, client):
    give(a_mitra(unit, "Ayu"), a_duty(unit), 1)
    page()
    url = f"/mitra/{unit.slug}/persetujuan/"

    found_none = client.get(url, {"bulan": "2026-11", "q": "Zulkarnain"}).content.decode()
    no_work = client.get(url, {"bulan": "2026-12"}).content.decode()

    assert "Tidak ada yang cocok" in found_none
    assert "Belum ada alokasi pada bulan ini" not in found_none
    assert "Belum ada alokasi pada bulan ini" in no_work
