"""Monitoring leads to the very letters it counts as out of date."""

import re

import pytest

from halopst.letters.models import Letter
from halopst.partners.letter_kinds.contracts import about_activity
from halopst.partners.queries.monitoring.following import follow_lines
from halopst.partners.queries.monitoring.stale import stale_letters
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import LetterFactory
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import DECEMBER, a_duty, a_mitra, an_office, give, head
from tests.partners.payers import approved, handed_over, signed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]


@pytest.fixture
def unit():
    return an_office(cap=10_000_000)


def strike(letter):
    Letter.objects.filter(pk=letter.pk).update(state="outdated", outdated_at=NOW, reason="Berubah")
    return letter


def counted(unit):
    (line,) = follow_lines(head(unit), unit, NOVEMBER, today=NOVEMBER)
    return line.outdated


def test_contracts_and_handover_letters_of_the_month_are_counted_and_nothing_else(unit):
    ayu, budi, citra = (approved(a_mitra(unit, name)) for name in ("Ayu", "Budi", "Citra"))
    handed_over(ayu)
    struck = [strike(signed(ayu, kind)) for kind in ("contract", "handover")]
    amended = strike(signed(budi, "contract"))
    signed(budi, "addendum")
    signed(citra, "contract")
    strike(LetterFactory(unit=unit, kind="partners.order", about="partners.order:1"))

    assert set(stale_letters(unit, NOVEMBER)) == set(struck)
    assert amended not in stale_letters(unit, NOVEMBER)
    assert (counted(unit), stale_letters(unit, DECEMBER)) == (2, [])


def test_each_contract_of_an_activity_is_one(unit):
    mitra = a_mitra(unit, "Ayu")
    duties = [a_duty(unit, name=name) for name in ("Sakernas", "Susenas", "Padi")]
    for duty in duties[1:]:
        give(mitra, duty, 2)
    approved(mitra, duty=duties[0], volume=2)
    letters = [
        LetterFactory(
            unit=unit, kind="partners.activity-contract", about=about_activity(mitra.pk, duty.activity_id)
        )
        for duty in duties
    ]
    struck = [strike(letter) for letter in letters[:2]]

    assert (counted(unit), set(stale_letters(unit, NOVEMBER))) == (2, set(struck))


def test_the_count_opens_them_and_an_odd_address_opens_all(client, unit):
    ayu = approved(a_mitra(unit, "Ayu"))
    struck = strike(signed(ayu, "contract"))
    other = strike(LetterFactory(unit=unit, kind="partners.order", about="partners.order:1"))
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    page = client.get(f"/mitra/{unit.slug}/pantauan/?bulan=2026-11").content.decode()
    (url,) = set(re.findall(r'href="(/surat/\?[^"]*pilihan=[^"]*)"', page))
    shown = client.get(url.replace("&amp;", "&")).content.decode()
    odd = client.get(f"/surat/?satker={unit.slug}&pilihan=usang:2026-13").content.decode()

    assert "Surat mitra bulan November 2026 yang usang." in shown
    assert [f"/surat/{row.pk}/" in shown for row in (struck, other)] == [True, False]
    assert [f"/surat/{row.pk}/" in odd for row in (struck, other)] == [True, True]
    assert "pilihan=usang:2026-11" in shown
