"""A month agreed to: what it was that day is kept, what changes afterwards withdraws it."""

from datetime import date

import pytest

from halopst.audit.models import Entry
from halopst.core.actors import SYSTEM
from halopst.core.errors import NotPermitted
from halopst.partners import services
from halopst.partners.models import Approval, HonorCap, MonthTotal
from halopst.partners.services.allocation import approving
from halopst.partners.services.allocation_refusals import NothingToApprove, NotInForce, OverCap
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import (
    NOVEMBER,
    NOW,
    ApprovalFactory,
    BlacklistingFactory,
    HonorCapFactory,
    PersonFactory,
)
from tests.partners.offices import CAP, DECEMBER, JANUARY, a_duty, a_mitra, an_office, give, head, lead
from tests.races import all_at_once

pytestmark = pytest.mark.django_db


def approve(unit, actor=None, **more):
    return approving.approve(actor or head(unit), unit=unit, month=NOVEMBER, now=NOW, **more)


def test_an_approval_keeps_prices_volumes_and_the_cap_of_that_day():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=68_000, name="Sakernas")
    row = give(mitra, duty, 20)
    actor = head(unit)

    done = approve(unit, actor)

    kept = Approval.objects.get()
    assert (done.total, done.skipped) == (1_360_000, {})
    assert (kept.total, kept.person_total, kept.cap, kept.cap_row) == (
        1_360_000,
        1_360_000,
        CAP,
        HonorCap.objects.get(),
    )
    assert (kept.cap_basis, kept.approved_by_id, kept.approved_at) == (
        "Contoh, bukan tarif resmi",
        actor.user_id,
        NOW,
    )
    assert kept.lines == [
        {
            "assignment": row.pk,
            "activity": "Sakernas",
            "duty": "pcl_ppl",
            "volume": 20,
            "volume_unit": "dokumen",
            "price": 68_000,
            "value": 1_360_000,
            "amount": 1_360_000,
            "budget": duty.activity.line_of(2026).code,
            "begins": "2026-11-01",
            "ends": "2026-12-01",
        }
    ]
    assert Entry.objects.get(action="partners.month-approved").details["approvals"] == [kept.pk]


def test_what_changes_later_does_not_rewrite_it():
    unit = an_office()
    duty = a_duty(unit, price=50_000)
    give(a_mitra(unit), duty, 20)
    approve(unit)

    duty.unit_price.amount = 99_000
    duty.unit_price.save()
    HonorCapFactory(province=unit.parent, amount=500_000, valid_from=NOVEMBER)

    kept = Approval.objects.in_force().get()
    assert (kept.lines[0]["price"], kept.cap) == (50_000, CAP)


def test_the_total_of_all_offices_stands_beside_the_offices_own():
    regency = an_office()
    person = PersonFactory()
    give(a_mitra(regency, person=person), a_duty(regency, price=1_000_000), 1)
    give(a_mitra(regency.parent, person=person), a_duty(regency.parent, price=2_000_000), 1)

    approve(regency)

    kept = Approval.objects.get()
    assert (kept.total, kept.person_total) == (1_000_000, 3_000_000)


def test_a_month_with_a_refused_volume_waits_until_somebody_has_decided_about_it():
    unit = an_office()
    ayu, budi, duty = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_duty(unit, price=1_000_000)
    give(ayu, duty, 4)
    give(budi, duty, 1)
    with pytest.raises(OverCap):
        give(ayu, duty, 5)

    done = approve(unit)

    assert done.skipped == {ayu.pk: "held"}
    assert Approval.objects.get().registration == budi


def test_a_refused_volume_of_another_month_keeps_nothing_waiting():
    unit = an_office()
    ayu, now = a_mitra(unit, "Ayu"), a_duty(unit, price=1_000_000)
    later = a_duty(unit, price=1_000_000, name="Susenas", begins=DECEMBER, ends=JANUARY)
    give(ayu, now, 4)
    with pytest.raises(OverCap):
        give(ayu, later, 5, month=DECEMBER)

    assert approve(unit).skipped == {}
    assert Approval.objects.get().registration == ayu


def test_only_those_chosen_are_approved_and_nobody_twice():
    unit = an_office()
    ayu, budi, duty = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_duty(unit)
    give(ayu, duty, 1)
    give(budi, duty, 1)

    approve(unit, registrations=[ayu.pk])
    approve(unit)

    assert Approval.objects.count() == 2
    with pytest.raises(NothingToApprove):
        approve(unit)


def test_only_who_may_approve_there_does():
    unit = an_office()
    give(a_mitra(unit), a_duty(unit), 1)

    for stranger in (lead(unit), head(an_office()), SYSTEM):
        with pytest.raises(NotPermitted):
            approve(unit, stranger)
    assert Approval.objects.count() == 0


def test_a_cap_lowered_after_approval_bites_with_the_next_change():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    give(mitra, duty, 4)
    approve(unit)
    HonorCapFactory(province=unit.parent, amount=3_000_000, valid_from=NOVEMBER)

    give(mitra, duty, 3)

    assert (MonthTotal.objects.get().total, MonthTotal.objects.get().cap) == (3_000_000, 3_000_000)
    assert Approval.objects.in_force().count() == 0


def test_an_approval_can_be_withdrawn_once_by_who_may_approve(django_capture_on_commit_callbacks):
    kept = ApprovalFactory()
    unit = kept.registration.unit

    with pytest.raises(NotPermitted):
        approving.withdraw(lead(unit), approval=kept, now=NOW)
    actor = head(unit)
    approving.withdraw(actor, approval=kept, now=NOW)

    kept.refresh_from_db()
    assert (kept.withdrawn_by_id, kept.withdrawn_at) == (actor.user_id, NOW)
    with pytest.raises(NotInForce):
        approving.withdraw(actor, approval=kept, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_an_approval_and_a_change_at_once_leave_no_approval_of_what_is_not_there():
    for _ in range(5):
        unit = an_office()
        mitra, duty = a_mitra(unit), a_duty(unit, price=100_000)
        give(mitra, duty, 1)
        approver, changer = head(unit), lead(unit)

        all_at_once(
            lambda u=unit, a=approver: approve(u, a),
            lambda m=mitra, d=duty, c=changer: give(m, d, 2, actor=c),
        )

        kept = Approval.objects.in_force().filter(registration=mitra).first()
        assert kept is None or kept.total == 200_000


def test_who_is_blacklisted_or_inactive_by_then_is_left_out_and_named(client):
    unit = an_office()
    duty = a_duty(unit)
    rows = {name: a_mitra(unit, name) for name in ("Ayu", "Budi", "Citra")}
    for row in rows.values():
        give(row, duty, 5)
    BlacklistingFactory(person=rows["Ayu"].person, since=date(2026, 11, 30))
    BlacklistingFactory(person=rows["Citra"].person, since=date(2026, 12, 1))
    services.set_year(
        SYSTEM, rows["Budi"].person, unit=unit, year=2026, position="pendataan", status="nonaktif"
    )
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    page = f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11"

    shown = client.get(page).content.decode()
    told = client.post(
        page, {"semua": "ya", "semula": f"{rows['Citra'].pk}:250000"}, follow=True
    ).content.decode()

    assert shown.count("Tertahan: tidak aktif atau daftar hitam") == 2
    assert shown.count('name="pilih"') == 1
    assert "1 mitra disetujui. 2 tertahan karena tidak aktif atau masuk daftar hitam." in told
    assert Approval.objects.get().registration == rows["Citra"]
    assert approve(unit).skipped == {rows["Ayu"].pk: "inactive", rows["Budi"].pk: "inactive"}


def test_a_month_nobody_works_in_cannot_be_approved():
    unit = an_office()
    give(a_mitra(unit), a_duty(unit), 1)

    with pytest.raises(NothingToApprove):
        approving.approve(head(unit), unit=unit, month=DECEMBER, now=NOW)
