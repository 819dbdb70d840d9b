"""A contract per activity that ends early: its own work stops, everything else of the mitra goes on."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from halopst.accounts.actors import actor_for
from halopst.core.constraints import violated
from halopst.letters.sealing import opened
from halopst.letters.services import CannotCompose, annul
from halopst.partners.letter_kinds.contracts import about_activity
from halopst.partners.letter_kinds.receipts import TERMINATION, about_termination
from halopst.partners.models import Approval, Assignment, Handover, MonthTotal, Share, Termination
from halopst.partners.queries.handovers.endings import endable
from halopst.partners.queries.handovers.recorded import plans
from halopst.partners.queries.handovers.succeeding import undone
from halopst.partners.services.allocation import approving
from halopst.partners.services.allocation_refusals import ContractEnded, NothingToApprove
from halopst.partners.services.contracts import contracting
from halopst.partners.services.contracts import texts as contract_texts
from halopst.partners.services.handovers import terminating
from halopst.partners.services.handovers.handing_over import record_all_as_planned
from halopst.partners.services.handovers.termination_refusals import DoneAlready, NotBegun, WhichContract
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import LetterFactory
from tests.partners.activity_office import (
    a_mitra_with_two_activities,
    approve,
    contract,
    letter_about,
    per_activity,
    sign,
)
from tests.partners.factories import NOVEMBER, NOW, TerminationFactory
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, give, head

OCTOBER = date(2026, 10, 1)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]


@pytest.fixture
def actor(unit):
    return actor_for(MembershipFactory(unit=per_activity(unit), role="kepala").user)


@pytest.fixture
def work(unit, actor):
    """The mitra, and the two contracts: Sakernas in November, KSA padi in November and December."""
    mitra, one, two = a_mitra_with_two_activities(unit)
    approve(unit)
    contract(unit, actor)
    abouts = [about_activity(mitra.pk, duty.activity_id) for duty in (one, two)]
    for about in abouts:
        sign(about)
    return mitra, one, two, abouts


def approval_of(month):
    return Approval.objects.in_force().select_related("registration").get(month=month)


def end(actor, duty, reason, realised, *, month=NOVEMBER, now=NOW, **changes):
    approval = approval_of(month)
    (one,) = [each for each in endable(approval) if each.activity == duty.activity_id]
    given = {
        "contract": one.letter.pk,
        "explanation": "Dirawat sejak tengah bulan.",
        "effective_on": month.replace(day=20),
        "realised": {one.works[0].assignment: realised},
        "training_cost": 0,
        **changes,
    }
    return terminating.terminate(actor, approval=approval, reason=reason, now=now, **given)


def test_one_contract_ends_and_the_others_stay_signed_and_approved(unit, actor, work):
    mitra, one, two, (sakernas, ksa) = work
    before = MonthTotal.objects.get(month=NOVEMBER).total

    letter = end(actor, one, "pasal10", 8)

    made = Termination.objects.get()
    assert (made.activity_id, made.honor, made.contract) == (one.activity_id, 544_000, letter_about(sakernas))
    assert (letter.data["nama_kegiatan"], letter.data["honor"]) == ("Sakernas", 544_000)
    assert letter.data["perjanjian"].startswith(f"nomor {made.contract.number} ")
    assert (letter_about(sakernas).state, letter_about(ksa).state) == ("outdated", "signed")
    assert approval_of(NOVEMBER).total == 544_000 + 30 * 30_000
    assert approval_of(DECEMBER).total == 31 * 30_000
    assert MonthTotal.objects.get(month=NOVEMBER).total == before - 12 * 68_000
    assert Assignment.objects.get(duty=two).volume == 61
    assert not Handover.objects.exists()
    assert contracting.readiness(unit, NOVEMBER, now=NOW).ready == []
    with pytest.raises(CannotCompose):
        contract_texts.compose_activity_contract(sakernas, NOW, hold=True)
    assert [each.activity for each in endable(approval_of(NOVEMBER))] == [two.activity_id]
    with pytest.raises(ContractEnded):
        give(mitra, one, 9)
    assert give(mitra, two, 60).volume == 60


@pytest.mark.usefixtures("in_november")
@pytest.mark.parametrize("reason", ["pasal8", "pasal10"])
def test_what_nobody_does_is_told_of_all_its_months(client, unit, actor, work, reason):
    _mitra, _one, two, _abouts = work
    a_mitra(unit, "Budi")

    end(actor, two, reason, 5)

    (part,) = undone(unit, NOVEMBER, [Termination.objects.get()]).popitem()[1]
    assert (part.activity, part.volume, part.takers[0].volume) == ("KSA padi", 56, 56)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    page = client.get(f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11").content.decode()
    assert f"Tidak dikerjakan: 56 {two.unit_price.volume_unit} KSA padi." in page


@pytest.mark.usefixtures("in_november")
def test_nobody_fills_a_form_to_end_what_has_not_begun(client, unit, work):
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    approval = approval_of(DECEMBER)
    assert approval.registration == work[0]

    told = client.get(f"/mitra/{unit.slug}/serah-terima/{approval.pk}/putus/", follow=True)

    assert told.redirect_chain == [(f"/mitra/{unit.slug}/serah-terima/?bulan=2026-12", 302)]
    assert "Tarik persetujuannya di bagian Persetujuan" in told.content.decode()


def test_the_months_before_keep_their_pay_and_their_plan_and_all_is_handed_over_in_full(unit, actor, work):
    _mitra, _one, two, (_sakernas, ksa) = work
    november = Share.objects.get(assignment__duty=two, month=NOVEMBER).amount

    with pytest.raises(NotBegun):
        end(actor, two, "pasal10", 7, month=DECEMBER)
    letter = end(actor, two, "pasal10", 7, month=DECEMBER, now=NOW + timedelta(days=30))

    shares = dict(Share.objects.filter(assignment__duty=two).values_list("month", "amount"))
    assert shares == {NOVEMBER: november, DECEMBER: 210_000}
    (plan,) = [
        one for one in plans([approval_of(NOVEMBER)])[approval_of(NOVEMBER).pk] if one.activity == "KSA padi"
    ]
    assert (plan.planned, plan.amount) == (30, 900_000)
    handed = Handover.objects.get()
    assert (handed.approval, handed.due) == (approval_of(DECEMBER), letter.data["honor"])
    assert letter_about(ksa).state == "outdated"


def test_all_months_together_pay_the_units_done_and_what_article_eight_leaves_nobody_approves(unit, actor):
    """Days divide eighteen units over three months to the rupiah: no month has whole units."""
    duty = a_duty(unit, price=68_000, name="Susenas", begins=OCTOBER, ends=JANUARY)
    for name in ("Ayu", "Budi"):
        give(a_mitra(unit, name), duty, 18)
    approve(unit, OCTOBER, NOVEMBER, DECEMBER)
    contract(unit, actor)
    ayu, budi = Approval.objects.in_force().filter(month=NOVEMBER).order_by("registration__person__name")

    def stop(approval, reason):
        (one,) = endable(approval)
        given = {"explanation": "Berhenti.", "effective_on": date(2026, 11, 20), "training_cost": 0}
        given["realised"] = {one.works[0].assignment: 2}
        return terminating.terminate(actor, approval=approval, reason=reason, now=NOW, **given)

    paid, unpaid = stop(ayu, "pasal10"), stop(budi, "pasal8")

    handed = Handover.objects.get()
    assert paid.data["honor"] == handed.due == 8 * 68_000 - 412_435  # six of October and two since
    assert (handed.deliveries.get().planned, handed.deliveries.get().realised) == (2, 2)
    assert unpaid.data["honor"] == 0
    assert (
        Share.objects.get(assignment__registration=budi.registration, month=NOVEMBER).amount
        == 7 * 68_000 - 412_435
    )
    with pytest.raises(NothingToApprove):
        approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    assert not Approval.objects.in_force().filter(registration=budi.registration, month=NOVEMBER).exists()
    assert (
        Approval.objects.in_force().filter(registration=budi.registration).order_by("month").first().month
        == OCTOBER
    )


def test_of_several_contracts_one_is_named_and_none_that_is_done_is_ended(unit, actor, work):
    _mitra, one, _two, _abouts = work
    with pytest.raises(WhichContract):
        end(actor, one, "pasal9", 0, contract=None)
    record_all_as_planned(actor, unit=unit, month=NOVEMBER, now=NOW)
    with pytest.raises(DoneAlready):
        end(actor, one, "pasal9", 0)

    assert not Termination.objects.exists()


def test_a_contract_ends_once_whoever_writes(unit):
    made = TerminationFactory()
    with pytest.raises(IntegrityError) as twice, transaction.atomic():
        TerminationFactory(registration=made.registration)
    assert violated(twice.value) == "one_termination_per_mitra_and_month"


def test_no_contract_ends_before_its_day_whoever_writes(unit):
    made = TerminationFactory()
    day, outside = made.contract.dated_on - timedelta(days=1), date(2026, 12, 1)
    late = LetterFactory(unit=made.registration.unit, dated_on=outside)
    for write in (
        lambda: TerminationFactory(effective_on=day),
        lambda: Termination.objects.filter(pk=made.pk).update(effective_on=day),
    ):
        with pytest.raises(IntegrityError) as early, transaction.atomic():
            write()
        assert violated(early.value) == "no_contract_ends_before_its_day"
    for wrong in (outside, NOVEMBER - timedelta(days=1)):
        with pytest.raises(IntegrityError) as beyond, transaction.atomic():
            TerminationFactory(contract=late, effective_on=wrong)
        assert violated(beyond.value) == "a_contract_ends_in_a_month_of_its_work"

    assert TerminationFactory(contract=late, effective_on=NOVEMBER).pk


def test_the_page_asks_which_contract_and_programs_end_it_the_same_way(client, unit, actor, work):
    _mitra, one, two, _abouts = work
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    approval = approval_of(NOVEMBER)
    page = f"/mitra/{unit.slug}/serah-terima/{approval.pk}/"

    assert "Putus perjanjian KSA padi" in client.get(page).content.decode()
    assert "Pilih perjanjian yang diputus" in client.get(f"{page}putus/").content.decode()
    found = client.get(f"/api/v1/partners/approvals/{approval.pk}/contracts").json()
    assert [(each["activity"], each["work"][0]["planned"]) for each in found] == [
        (one.activity_id, 20),
        (two.activity_id, 30),
    ]
    body = {
        "contract": found[0]["letter"],
        "reason": "pasal9",
        "explanation": "Pindah kerja.",
        "effective_on": "2026-11-20",
        "realised": [{"assignment": found[0]["work"][0]["assignment"], "realised": 3}],
        "training_cost": 350_000,
    }
    headers = {"Idempotency-Key": "pemutusan-satu"}
    url = f"/api/v1/partners/approvals/{approval.pk}/termination"
    early = client.post(
        url,
        {**body, "effective_on": "2026-11-19"},
        content_type="application/json",
        headers={"Idempotency-Key": "pemutusan-dini"},
    )
    assert early.status_code == 422
    assert "bertanggal 20 November 2026" in early.json()["title"]
    first, again = (
        client.post(url, body, content_type="application/json", headers=headers) for _time in range(2)
    )

    made = Termination.objects.get()
    assert (
        first.json()
        == again.json()
        == {
            "letter": letter_about(about_termination(made.pk)).pk,
            "number": str(letter_about(about_termination(made.pk)).number),
        }
    )
    listed = client.get(f"/api/v1/partners/units/{unit.slug}/terminations?month=2026-11").json()
    assert [(row["activity"], row["honor"], row["training_cost"]) for row in listed] == [
        (one.activity_id, 0, 350_000)
    ]


def test_the_letter_of_an_ending_that_was_annulled_is_made_again(client, unit, actor, work):
    _mitra, one, _two, _abouts = work
    first = end(actor, one, "pasal9", 3)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    page, made = f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11", Termination.objects.get()
    url = f"/mitra/{unit.slug}/pemutusan/{made.pk}/terbit/"
    assert str(first.number) in client.get(page).content.decode()
    assert client.post(url)["Location"] == page  # one that holds is not made twice

    annul(actor, first, reason="Salah ketik", now=NOW)

    assert "Terbitkan lagi suratnya" in client.get(page).content.decode()
    client.post(url)
    again = letter_about(about_termination(made.pk))
    assert (again.state, opened(TERMINATION, again.data)) == ("final", opened(TERMINATION, first.data))
    assert again.number != first.number
