"""Two officers put one signatory right: the second is told what is there now, and nothing is lost unseen."""

import re

import pytest
from django.urls import reverse

from halopst.core.actors import SYSTEM
from halopst.core.errors import Outdated
from halopst.letters.models import Signatory
from halopst.letters.services import correct_signatory
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import SignatoryFactory
from tests.programs import sender
from tests.races import all_at_once

BASE = "/api/v1/letters"
TYPED = {"name": "Budi Contoh, S.ST.", "nip": "199001012015031001", "title": "PPK", "basis": "SK-13/2026"}


@pytest.fixture
def admin(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    return client


def version_in(html):
    return re.search(r'name="version" value="([^"]+)"', html)[1]


@pytest.mark.django_db
def test_the_second_of_two_sees_what_the_first_stored_keeps_the_typing_and_may_still_save(admin, unit):
    row = SignatoryFactory(unit=unit, name="Budo Contoh")
    url = reverse("letters:correct-signatory", args=[unit.slug, row.pk])
    seen = version_in(admin.get(url).content.decode())
    correct_signatory(SYSTEM, row, name="Budi Contoh, M.Si.")

    told = admin.post(url, {**TYPED, "version": seen})

    html = told.content.decode()
    assert told.status_code == 409
    assert "Baru saja diubah orang lain" in html
    assert "Kini tersimpan: Budi Contoh, M.Si." in html
    assert f'value="{TYPED["name"]}"' in html
    assert Signatory.objects.get().name == "Budi Contoh, M.Si."
    assert admin.post(url, {**TYPED, "version": version_in(html)}).status_code == 302
    assert Signatory.objects.get().name == TYPED["name"]


@pytest.mark.django_db
def test_a_program_that_read_an_older_one_is_declined_until_it_reads_again(admin, unit):
    row = SignatoryFactory(unit=unit, name="Budo Contoh")
    at, send = f"/units/{unit.slug}/signatories", sender(admin, BASE)
    seen = admin.get(f"{BASE}{at}").json()[0]["version"]
    correct_signatory(SYSTEM, row, name="Budi Contoh, M.Si.")

    told = send("put", f"{at}/{row.pk}", {**TYPED, "version": seen})
    malformed = send("put", f"{at}/{row.pk}", {**TYPED, "version": "kemarin"})

    assert (told.status_code, told.json()["type"]) == (409, "urn:halopst:changed-meanwhile")
    assert malformed.status_code == 422
    assert Signatory.objects.get().name == "Budi Contoh, M.Si."
    newer = admin.get(f"{BASE}{at}").json()[0]["version"]
    put = send("put", f"{at}/{row.pk}", {**TYPED, "version": newer})
    assert (put.status_code, put.json()["name"]) == (200, TYPED["name"])


@pytest.mark.django_db
def test_a_term_that_somebody_ended_meanwhile_is_not_ended_otherwise_unseen(admin, unit):
    row, ends = SignatoryFactory(unit=unit), ("2027-03-31", "2027-06-30")
    page = reverse("letters:signatories", args=[unit.slug])
    seen = version_in(admin.get(page).content.decode())
    url = reverse("letters:end-signatory", args=[unit.slug, row.pk])

    first, second = (
        admin.post(url, {"last_day": day, "version": seen}, follow=True).content.decode() for day in ends
    )

    assert "Masa penanda tangan diakhiri." in first
    assert "Data ini sudah diubah sejak Anda membukanya." in second
    assert Signatory.objects.get().last_day.isoformat() == ends[0]
    told = sender(admin, BASE)(
        "post", f"/units/{unit.slug}/signatories/{row.pk}/end", {"last_day": ends[1], "version": seen}
    )
    assert (told.status_code, told.json()["type"]) == (409, "urn:halopst:changed-meanwhile")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("care", [True, False])
def test_of_two_at_the_same_moment_one_is_told_and_without_a_version_both_write(unit, care):
    row = SignatoryFactory(unit=unit, name="Budo Contoh")
    version = row.updated_at if care else None

    outcomes = all_at_once(
        lambda: correct_signatory(SYSTEM, row, version=version, name="Budi Contoh"),
        lambda: correct_signatory(SYSTEM, row, version=version, name="Budi Contoh, M.Si."),
    )

    assert [type(one) for one in outcomes].count(Outdated) == (1 if care else 0)
