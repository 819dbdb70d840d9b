"""Programs see before they allocate what the sheet shows: the cap, what fills it, and what is left."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.partners.models import Excess
from tests.partners.factories import ExcessFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give
from tests.partners.programs import BASE, sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return an_office()


def room(client, unit, **asked):
    return client.get(f"{BASE}/units/{unit.slug}/room", {"month": "2026-11", **asked}).json()


def wanted(client, mitra, duty, volume):
    cells = [{"registration": mitra.pk, "duty": duty.pk, "volume": volume}]
    sent(client, "post", f"/units/{mitra.unit.slug}/assignments", {"month": "2026-11", "cells": cells})
    return Excess.objects.get(registration=mitra)


def test_the_room_of_a_month_counts_what_other_offices_pay(lead, unit):
    sri = a_mitra(unit, "Sri")
    elsewhere = a_mitra(an_office(), "Sri", person=sri.person)
    give(sri, a_duty(unit, price=1_000_000, name="Sakernas"), 1)
    give(elsewhere, a_duty(elsewhere.unit, price=1_000_000, name="KSA"), 2)

    (row,) = room(lead, unit)

    assert (row["registration"], row["total"], row["left"]) == (sri.pk, 3_000_000, row["limit"] - 3_000_000)
    assert [(line["activity"], line["office"], line["amount"]) for line in row["lines"]] == [
        ("KSA", elsewhere.unit.name, 2_000_000),
        ("Sakernas", unit.name, 1_000_000),
    ]
    assert [(cell["volume"], cell["cap"]) for cell in row["cells"]] == [(1, row["limit"])]


def test_who_has_nothing_yet_is_told_the_cap_of_each_duty(lead, unit):
    a_mitra(unit, "Ayu")
    duty = a_duty(unit, price=1_000_000)

    (row,) = room(lead, unit)

    assert (row["limit"], row["left"], row["total"], row["verdict"]) == (None, None, 0, "fits")
    assert [cell["duty"] for cell in row["cells"]] == [duty.pk]
    assert row["cells"][0]["cap"] > 0


def test_the_filters_of_the_sheet_go_on_by_registration(lead, unit):
    ayu, sri = a_mitra(unit, "Ayu"), a_mitra(unit, "Sri")
    wanted(lead, sri, a_duty(unit, price=1_000_000), 6)

    assert [one["mitra"] for one in room(lead, unit, show="over")] == ["Sri"]
    assert room(lead, unit, show="over")[0]["verdict"] == "over"
    assert [one["mitra"] for one in room(lead, unit, show="unassigned")] == ["Ayu"]
    assert [one["mitra"] for one in room(lead, unit, after=ayu.pk)] == ["Sri"]
    assert room(lead, unit, q="tidak ada") == []
    odd = lead.get(f"{BASE}/units/{unit.slug}/room", {"month": "2026-11", "show": "dekat"})
    assert odd.status_code == 422


def test_a_list_of_rooms_costs_the_same_at_one_mitra_and_three(lead, unit):
    duty = a_duty(unit, price=100_000)
    give(a_mitra(unit, "Satu"), duty, 1)
    room(lead, unit)  # what the first request of all looks up is kept
    with CaptureQueriesContext(connection) as one:
        room(lead, unit)
    for name in ("Dua", "Tiga"):
        give(a_mitra(unit, name), duty, 1)
    with CaptureQueriesContext(connection) as three:
        room(lead, unit)

    assert len(three) == len(one)


def test_what_did_not_fit_is_entered_once_it_does(lead, unit):
    sri, duty = a_mitra(unit, "Sri"), a_duty(unit, price=1_000_000)
    held = wanted(lead, sri, duty, 6)
    path = f"/units/{unit.slug}/surplus/{held.pk}/enter"

    still = sent(lead, "post", path, {"month": "2026-11"})
    assert (still.status_code, still.json()["type"]) == (409, "urn:halopst:over-cap")
    Excess.objects.filter(pk=held.pk).update(volume=3)
    other = sent(lead, "post", path, {"month": "2026-11", "wanted": 6})
    assert (other.status_code, other.json()["type"]) == (409, "urn:halopst:changed-meanwhile")
    entered = sent(lead, "post", path, {"month": "2026-11", "wanted": 3})

    assert (entered.status_code, entered.json()["volume"]) == (200, 3)
    assert not Excess.objects.exists()


def test_what_another_office_was_refused_is_not_there(lead, unit):
    held = ExcessFactory()

    answer = sent(lead, "post", f"/units/{unit.slug}/surplus/{held.pk}/enter", {"month": "2026-11"})

    assert answer.status_code == 404
