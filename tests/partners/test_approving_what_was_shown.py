"""Whoever approves honor approves what the page showed, not what somebody typed meanwhile."""

import re

import pytest

from halopst.partners.models import Approval
from tests.accounts.factories import MembershipFactory
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
    client.post(f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11", data)

    assert Approval.objects.count() == 1
