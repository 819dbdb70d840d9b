"""Officers hear what mitra say on their page, once each."""

import pytest

from halopst.notifications.models import Notice
from halopst.partners.rules.own import Mitra
from halopst.partners.services import own
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOW, TeamFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give

pytestmark = pytest.mark.django_db


def test_who_leads_the_work_is_told_once_that_its_mitra_declines():
    unit = an_office()
    chief, lead_of_team = (MembershipFactory(unit=unit, role=role).user for role in ("kepala", "ketua_tim"))
    row, duty = a_mitra(unit, "Ayu"), a_duty(unit, name="Sakernas")
    give(row, duty, 10)
    offer = row.assignments.get()

    def answer(*, accepted, volume=10):
        own.answer_offer(
            Mitra(row.person_id, 0), offer, accepted=accepted, reason="Di luar kota.", volume=volume, now=NOW
        )

    answer(accepted=True)
    assert not Notice.objects.exists()
    answer(accepted=False)
    answer(accepted=False)

    notice = Notice.objects.get()
    assert (notice.kind, notice.user) == ("partners.offer_declined", lead_of_team)
    assert notice.link == f"/mitra/{unit.slug}/alokasi/{row.pk}/?bulan=2026-11"
    assert "Ayu menolak 10 dokumen untuk Sakernas." in notice.body
    give(row, duty, 12)
    duty.activity.team = TeamFactory(unit=unit, lead=chief)
    duty.activity.save()
    offer.refresh_from_db()
    answer(accepted=False, volume=12)
    assert [one.user for one in Notice.objects.order_by("pk")] == [lead_of_team, chief]
