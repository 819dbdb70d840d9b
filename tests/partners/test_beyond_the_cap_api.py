"""Programs hand on what did not fit, and ask for more than the cap, under the same rules as people."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from halopst.partners.models import Assignment, CapOverride, Excess, HonorCap
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import (
    NOVEMBER,
    ApprovalFactory,
    CapOverrideFactory,
    DeliveryFactory,
    HandoverFactory,
)
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, an_office, give

pytestmark = pytest.mark.django_db
BASE = "/api/v1/partners"
REASON = "Hanya satu mitra menguasai wilayah kepulauan ini."


@pytest.fixture(autouse=True)
def _own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def unit():
    return an_office()


def send(client, path, body=None, key="kunci-satu", verb="post"):
    return getattr(client, verb)(
        f"{BASE}{path}",
        json.dumps(body or {}),
        content_type="application/json",
        headers={"Idempotency-Key": key},
    )


def document(content=b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"):
    return SimpleUploadedFile("nota-dinas.pdf", content)


def ask(client, mitra, *, key="kunci-pengecualian", month="2026-11", **fields):
    given = {"amount": "5000000", "reason": REASON, "file": document(), **fields}
    path = f"{BASE}/units/{mitra.unit.slug}/registrations/{mitra.pk}/exceptions?month={month}"
    return client.post(path, given, headers={"Idempotency-Key": key})


def refused(client, unit, mitra, duty, volume):
    """A volume that does not fit, kept as wanted, as the sheet does."""
    cells = [{"registration": mitra.pk, "duty": duty.pk, "volume": volume}]
    send(client, f"/units/{unit.slug}/assignments", {"month": "2026-11", "cells": cells}, "kunci-lebih")
    return Excess.objects.get()


def test_what_did_not_fit_is_offered_to_those_with_room_and_moved(lead, unit):
    sri, duty = a_mitra(unit, "Sri"), a_duty(unit, price=1_000_000)
    ayu = a_mitra(unit, "Ayu")
    held = refused(lead, unit, sri, duty, 6)

    rows = lead.get(f"{BASE}/units/{unit.slug}/surplus?month=2026-11").json()
    body = {"registration": ayu.pk, "volume": 2, "month": "2026-11"}
    moved = send(lead, f"/units/{unit.slug}/surplus/{held.pk}/move", body)
    again = send(lead, f"/units/{unit.slug}/surplus/{held.pk}/move", body)

    assert [(row["mitra"], row["wanted"], row["fits"], row["code"]) for row in rows] == [
        ("Sri", 6, 4, "over-cap")
    ]
    assert [(one["registration"], one["volume"]) for one in rows[0]["takers"]] == [(ayu.pk, 2)]
    assert (moved.status_code, moved.json()["mitra"], moved.json()["volume"]) == (200, "Ayu", 2)
    assert again.content == moved.content
    assert dict(Assignment.objects.values_list("registration", "volume")) == {sri.pk: 4, ayu.pk: 2}
    assert lead.get(f"{BASE}/units/{unit.slug}/surplus?month=2026-11").json() == []


def test_the_earlier_work_of_who_could_take_it_is_told_with_its_fractions(lead, unit):
    sri, duty = a_mitra(unit, "Sri"), a_duty(unit, price=1_000_000)
    ayu = a_mitra(unit, "Ayu")
    give(ayu, a_duty(unit, name="KSA padi", price=10_000), 8)
    approval = ApprovalFactory(registration=ayu, cap_row=HonorCap.objects.get())
    earlier = HandoverFactory(approval=approval, due=70_000)
    done = Assignment.objects.get(registration=ayu)
    DeliveryFactory(handover=earlier, assignment=done, planned=8, realised=7, amount=80_000, due=70_000)
    refused(lead, unit, sri, duty, 6)

    ((taker,),) = (
        row["takers"] for row in lead.get(f"{BASE}/units/{unit.slug}/surplus?month=2026-11").json()
    )

    assert taker["evaluation"] == {"volume": 87.5, "on_time": None, "quality": None}


def test_what_does_not_fit_there_either_moves_nothing(lead, unit):
    sri, duty = a_mitra(unit, "Sri"), a_duty(unit, price=1_000_000)
    ayu = a_mitra(unit, "Ayu")
    give(ayu, duty, 3)
    held = refused(lead, unit, sri, duty, 6)
    path = f"/units/{unit.slug}/surplus/{held.pk}/move"

    over = send(lead, path, {"registration": ayu.pk, "volume": 2, "month": "2026-11"}, "kunci-dua")
    none = send(lead, path, {"registration": ayu.pk, "volume": 0, "month": "2026-11"}, "kunci-tiga")
    gone = send(lead, path, {"registration": 10**9, "volume": 1, "month": "2026-11"}, "kunci-empat")

    assert (over.status_code, over.json()["type"], over.json()["limit"]) == (
        409,
        "urn:halopst:over-cap",
        4_170_000,
    )
    assert none.json()["title"].startswith("Kelebihan ini sudah tidak ada.")
    assert gone.status_code == 404
    assert dict(Assignment.objects.values_list("registration", "volume")) == {ayu.pk: 3}
    assert Excess.objects.get().volume == 6


def test_what_did_not_fit_is_dropped(lead, unit):
    held = refused(lead, unit, a_mitra(unit), a_duty(unit, price=1_000_000), 6)

    assert send(lead, f"/units/{unit.slug}/surplus/{held.pk}/drop").status_code == 204
    assert send(lead, f"/units/{unit.slug}/surplus/{held.pk}/drop", key="kunci-dua").status_code == 404
    assert not Excess.objects.exists()


def test_surplus_costs_the_same_for_one_and_for_many(lead, unit, django_assert_max_num_queries):
    duty = a_duty(unit, price=1_000_000)
    url = f"{BASE}/units/{unit.slug}/surplus?month=2026-11"
    counts = []
    for turn, more in enumerate((1, 3)):
        cells = [{"registration": a_mitra(unit).pk, "duty": duty.pk, "volume": 6} for _ in range(more)]
        body = {"month": "2026-11", "cells": cells}
        send(lead, f"/units/{unit.slug}/assignments", body, f"kunci-isi-{turn}")
        lead.get(url)
        with django_assert_max_num_queries(40) as asked:
            rows = lead.get(url).json()
        counts.append(len(asked))

    assert len(rows) == 4
    assert counts[0] == counts[1]
    assert [row["registration"] for row in lead.get(f"{url}&after={rows[1]['registration']}").json()] == [
        row["registration"] for row in rows[2:]
    ]


def test_more_than_the_cap_takes_two_people(lead, unit, client):
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    over = {"registration": mitra.pk, "duty": duty.pk, "volume": 5, "month": "2026-11"}

    asked, repeated = ask(lead, mitra), ask(lead, mitra)
    row = asked.json()
    decision = f"/units/{unit.slug}/exceptions/{row['id']}/decision"
    alone = send(lead, decision, {"grant": True}, "kunci-setuju-1")
    before = send(lead, "/assignments", over, "kunci-isi-1")
    paper = lead.get(f"{BASE}/units/{unit.slug}/exceptions/{row['id']}/document")
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    granted = send(client, decision, {"grant": True}, "kunci-setuju-2").json()
    after = send(client, "/assignments", over, "kunci-isi-2")
    used = send(client, decision, {"grant": False, "reason": "Selesai."}, "kunci-tarik-1")

    assert (asked.status_code, row["amount"], row["granted_at"]) == (201, 5_000_000, None)
    assert (repeated.content, CapOverride.objects.count()) == (asked.content, 1)
    assert (alone.status_code, before.status_code, after.status_code) == (403, 409, 200)
    assert (paper.content[:8], paper["Content-Type"], paper["Cache-Control"]) == (
        b"%PDF-1.7",
        "application/pdf",
        "private, no-store",
    )
    assert granted["granted_at"] is not None
    assert (used.status_code, used.json()["title"]) == (
        409,
        "Honor bulan itu masih memakai pengecualian ini. Kurangi dahulu volumenya.",
    )
    listed = client.get(f"{BASE}/units/{unit.slug}/exceptions?month=2026-11").json()
    assert [(one["mitra"], one["granted_by"] != "") for one in listed] == [(mitra.person.name, True)]


def test_who_asked_cannot_grant(client, unit):
    boss = MembershipFactory(unit=unit, role="kepala").user
    client.force_login(boss)
    asked = CapOverrideFactory(unit=unit, asked_by=boss)

    answer = send(client, f"/units/{unit.slug}/exceptions/{asked.pk}/decision", {"grant": True})

    assert (answer.status_code, answer.json()["title"]) == (
        409,
        "Pengecualian disetujui oleh orang yang berbeda dari yang mengajukan. Minta KPA lain memutuskan.",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"amount": "banyak"},
        {"amount": "0"},
        {"amount": "4170000"},
        {"file": ""},
        {"file": SimpleUploadedFile("nota.pdf", b"bukan pdf")},
        {"file": SimpleUploadedFile("nota.pdf", b"")},
    ],
    ids=["no reason", "no amount", "nothing", "no more than the cap", "no file", "no document", "empty"],
)
def test_what_is_asked_without_its_grounds_is_refused(lead, unit, wrong):
    mitra, duty = a_mitra(unit), a_duty(unit)
    give(mitra, duty, 1)

    answer = ask(lead, mitra, **wrong)

    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert not CapOverride.objects.exists()


def test_a_mitra_of_another_year_or_office_is_not_there(lead, unit):
    assert ask(lead, a_mitra(unit), month="2025-11").status_code == 404
    assert ask(lead, a_mitra(an_office())).status_code == 404


def test_what_was_declined_or_taken_back_is_listed_with_its_reason_and_can_be_chosen(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    waiting, declined = CapOverrideFactory.create_batch(2, unit=unit)
    granted, withdrawn = CapOverrideFactory.create_batch(2, unit=unit, granted=True)
    for number, row in enumerate((declined, withdrawn)):
        path = f"/units/{unit.slug}/exceptions/{row.pk}/decision"
        blank = send(client, path, {"grant": False}, f"kunci-kosong-{number}")
        done = send(client, path, {"grant": False, "reason": "Ada mitra lain."}, f"kunci-tolak-{number}")
        assert (blank.status_code, blank.json()["type"]) == (422, "urn:halopst:declining-needs-reason")
        assert (done.status_code, done.json()["withdrawn_reason"]) == (200, "Ada mitra lain.")
    url = f"{BASE}/units/{unit.slug}/exceptions?month=2026-11"

    every = client.get(url).json()

    assert [(row["id"], row["status"]) for row in every] == [
        (waiting.pk, "waiting"),
        (declined.pk, "declined"),
        (granted.pk, "granted"),
        (withdrawn.pk, "withdrawn"),
    ]
    for row in every:
        assert client.get(f"{url}&status={row['status']}").json() == [row]
    assert client.get(f"{url}&status=lain").status_code == 422


def test_exceptions_cost_the_same_for_one_and_for_many(lead, unit, django_assert_max_num_queries):
    url = f"{BASE}/units/{unit.slug}/exceptions?month=2026-11"
    counts = []
    for more in (1, 3):
        CapOverrideFactory.create_batch(more, unit=unit, month=NOVEMBER, granted=True)
        lead.get(url)
        with django_assert_max_num_queries(20) as asked:
            rows = lead.get(url).json()
        counts.append(len(asked))

    assert (len(rows), counts[0]) == (4, counts[1])


def test_honor_is_divided_over_its_months_as_agreed(lead, unit):
    mitra, duty = a_mitra(unit), a_duty(unit, price=100_000, ends=JANUARY)
    row = give(mitra, duty, 10)
    path = f"/assignments/{row.pk}/shares"

    done = send(lead, path, {"shares": {"2026-11": 700_000, "2026-12": 300_000}}, verb="put")
    short = send(lead, path, {"shares": {"2026-11": 700_000}}, "kunci-dua", verb="put")
    odd = send(lead, path, {"shares": {"2026-13": 700_000}}, "kunci-tiga", verb="put")

    assert done.json()["shares"] == {"2026-11": 700_000, "2026-12": 300_000}
    assert (short.status_code, short.json()["title"]) == (
        422,
        "Pembagian per bulan kurang Rp300.000 dari honor seluruhnya. Betulkan, lalu simpan lagi.",
    )
    assert odd.status_code == 422
    assert dict(row.shares.values_list("month", "amount")) == {NOVEMBER: 700_000, DECEMBER: 300_000}


def test_the_last_change_is_taken_back(lead, unit):
    mitra, duty = a_mitra(unit), a_duty(unit)
    body = {"registration": mitra.pk, "duty": duty.pk, "volume": 3, "month": "2026-11"}
    send(lead, "/assignments", body, "kunci-isi")
    path = f"/units/{unit.slug}/assignments/undo"

    done = send(lead, path, {"month": "2026-11"}, "kunci-urung-1")
    none = send(lead, path, {"month": "2026-11"}, "kunci-urung-2")

    assert (done.status_code, Assignment.objects.filter(volume__gt=0).count()) == (204, 0)
    assert (none.status_code, none.json()["type"]) == (409, "urn:halopst:nothing-to-undo")

    path = path.replace("undo", "redo")
    again = send(lead, path, {"month": "2026-11"}, "kunci-ulang-1")
    over = send(lead, path, {"month": "2026-11"}, "kunci-ulang-2")

    assert (again.status_code, Assignment.objects.get().volume) == (204, 3)
    assert (over.status_code, over.json()["type"]) == (409, "urn:halopst:nothing-to-redo")
