"""Who changes what was approved reads in the same place what that withdrew and which letters it outdated."""

import json

import pytest

from halopst.partners.letter_kinds.contracts import MONTHLY_CONTRACT, about_month
from halopst.partners.models import Approval, Assignment
from halopst.partners.services.allocation import approving
from tests.letters.factories import LetterFactory
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, give, head

pytestmark = pytest.mark.django_db
SAID = "Ini menarik persetujuan Ayu (November 2026). Setujui lagi di bagian Persetujuan."


@pytest.fixture
def duty(unit):
    return a_duty(unit, price=10_000, ends=JANUARY)


@pytest.fixture
def ayu(unit, duty):
    """Ayu's month, approved, with its contract."""
    row = a_mitra(unit, "Ayu")
    give(row, duty, 4)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    return row


@pytest.fixture
def letter(unit, ayu):
    return LetterFactory(unit=unit, kind=MONTHLY_CONTRACT.code, about=about_month(ayu.pk, NOVEMBER))


def cells(row, duty, volume):
    return {f"v-{row.pk}-{duty.pk}": str(volume), "semula": json.dumps({f"{row.pk}-{duty.pk}": [4, 4]})}


def test_on_the_sheet(lead, unit, ayu, duty, letter):
    url = f"/mitra/{unit.slug}/alokasi/?bulan=2026-11"

    html = lead.post(url, cells(ayu, duty, 5), follow=True).content.decode()

    assert "1 volume tersimpan." in html
    assert f"{SAID} Surat yang menjadi usang: {letter.title} ({letter})." in html


def test_behind_the_typing_and_on_undo(lead, unit, ayu, duty, letter):
    sent = json.dumps([[ayu.pk, duty.pk, 5, 4]])
    url = f"/mitra/{unit.slug}/alokasi/"
    saved = lead.post(f"{url}isi/?bulan=2026-11", {"isi": sent}).content.decode()
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)

    undone = lead.post(f"{url}urungkan/?bulan=2026-11", {"baris": str(ayu.pk)}).content.decode()

    assert f"{SAID} Surat yang menjadi usang: {letter.title} ({letter})." in saved
    assert f"kembali 4. {SAID}" in undone


def test_when_the_months_are_divided_otherwise(lead, unit, ayu, duty, letter):
    row = Assignment.objects.get()
    given = {
        "tugas": duty.pk,
        "version": row.updated_at.isoformat(),
        "b-2026-11": "30000",
        "b-2026-12": "10000",
    }

    url = f"/mitra/{unit.slug}/alokasi/{ayu.pk}/bagi/?bulan=2026-11"
    html = lead.post(url, given, follow=True).content.decode()

    assert SAID in html
    assert str(letter) in html
    assert row.shares.get(month=DECEMBER).amount == 10_000


def test_work_of_two_months_names_its_mitra_once_with_both(lead, unit, duty):
    ayu, long = a_mitra(unit, "Ayu"), a_duty(unit, price=30_000, ends=JANUARY)
    give(ayu, long, 4)
    for month in (NOVEMBER, DECEMBER):
        approving.approve(head(unit), unit=unit, month=month, now=NOW)

    cell = {f"v-{ayu.pk}-{long.pk}": "5", "semula": json.dumps({f"{ayu.pk}-{long.pk}": [4, 4]})}
    html = lead.post(f"/mitra/{unit.slug}/alokasi/?bulan=2026-11", cell, follow=True).content.decode()

    assert "persetujuan Ayu (November 2026, Desember 2026). Setujui" in html


def test_nothing_is_said_where_nothing_was_approved(lead, unit, ayu, duty):
    approving.withdraw(head(unit), approval=Approval.objects.get(), now=NOW)

    html = lead.post(f"/mitra/{unit.slug}/alokasi/?bulan=2026-11", cells(ayu, duty, 5), follow=True)

    assert "1 volume tersimpan." in html.content.decode()
    assert "Ini menarik persetujuan" not in html.content.decode()


def test_programs_are_told_too(lead, unit, ayu, duty, letter):
    approval = Approval.objects.get()
    body = {"month": "2026-11", "cells": [{"registration": ayu.pk, "duty": duty.pk, "volume": 5}]}

    answer = lead.post(
        f"/api/v1/partners/units/{unit.slug}/assignments",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": "kunci-isi"},
    )

    assert answer.json() == {
        "saved": 1,
        "refused": [],
        "withdrawn": [approval.pk],
        "outdated": [str(letter)],
    }
