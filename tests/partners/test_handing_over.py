"""What was done of an approved month: what it pays, who may say so, and what cannot stand."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from halopst.audit.models import Entry
from halopst.core.constraints import violated
from halopst.core.errors import NotPermitted
from halopst.partners.models import Approval, Delivery, Handover
from halopst.partners.queries.handovers.recorded import plans
from halopst.partners.queries.people.evaluations import evaluations
from halopst.partners.rules.handover import due, planned_in, working_day_from
from halopst.partners.services.allocation import approving
from halopst.partners.services.handovers import handing_over
from halopst.partners.services.handovers.handing_over import Done
from halopst.partners.services.handovers.refusals import (
    AlreadyHandedOver,
    BeyondNeedsNote,
    FinishedWhen,
    HandedOverWhen,
    NotApproved,
    NothingHandedOver,
    QualityUnclear,
    RealisedUnclear,
    WorkMissing,
)
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW, DeliveryFactory, HandoverFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give, head, lead

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=12)
MONTH_END = date(2026, 11, 30)


def approved(unit, *names, duties=()):
    """Twenty documents at Rp68.000 for each of these mitra, agreed to."""
    duties = duties or (a_duty(unit, price=68_000, name="Sakernas"),)
    for name in names:
        mitra = a_mitra(unit, name)
        for duty in duties:
            give(mitra, duty, 20)
    return approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW).approvals


def work_of(approval):
    return [plan.assignment for plan in plans([approval])[approval.pk]]


def hand_over(approval, *realised, actor=None, handed_on=MONTH_END, **particulars):
    works = zip(work_of(approval), realised, strict=True)
    return handing_over.record_handover(
        actor or lead(approval.registration.unit),
        approval=approval,
        done={work: Done(volume, **particulars) for work, volume in works},
        handed_on=handed_on,
        now=LATER,
    )


def test_what_is_due_follows_what_was_done_and_never_passes_what_was_approved():
    assert [due(100_000, 3, done) for done in (0, 1, 2, 3, 9)] == [0, 33_333, 66_666, 100_000, 100_000]
    with pytest.raises(ValueError, match="at least one"):
        due(100_000, 0, 1)


def test_the_volume_of_several_months_is_parted_by_what_they_pay():
    november, december = date(2026, 11, 1), date(2026, 12, 1)
    assert [planned_in(10, {november: 30, december: 10}, month) for month in (november, december)] == [8, 2]
    assert [planned_in(1, {november: 5, december: 5}, month) for month in (november, december)] == [1, 1]


def test_a_paper_is_dated_on_a_weekday_no_holiday_closes():
    closed = {date(2026, 11, 30)}
    assert working_day_from(date(2026, 11, 28), closed.__contains__) == date(2026, 12, 1)
    assert working_day_from(date(2026, 11, 27), closed.__contains__) == date(2026, 11, 27)


def test_a_handover_keeps_what_was_done_and_what_it_pays():
    unit = an_office()
    (approval,) = approved(unit, "Ayu")
    actor = lead(unit)

    made = hand_over(approval, 15, actor=actor, finished_on=date(2026, 11, 28), quality=4, note=" Hujan ")

    kept = Handover.objects.get()
    (one,) = kept.deliveries.all()
    assert (made, kept.approval_id, kept.handed_on, kept.due) == (kept, approval.pk, MONTH_END, 1_020_000)
    assert (kept.recorded_by_id, kept.recorded_at) == (actor.user_id, LATER)
    assert (one.planned, one.realised, one.amount, one.due, one.deadline) == (
        20, 15, 1_360_000, 1_020_000, MONTH_END,
    )  # fmt: skip
    assert (one.status, one.is_on_time, one.quality, one.note) == ("kurang", True, 4, "Hujan")
    assert Entry.objects.get(action="partners.handover-recorded").details["due"] == 1_020_000


@pytest.mark.parametrize(
    ("volumes", "particulars", "refusal"),
    [
        ([21], {}, BeyondNeedsNote),
        ([-1], {}, RealisedUnclear),
        ([20], {"quality": 6}, QualityUnclear),
        ([20], {"finished_on": date(2026, 12, 1)}, FinishedWhen),
        ([20], {"handed_on": date(2026, 12, 9)}, HandedOverWhen),
        ([20], {"handed_on": date(2026, 10, 31)}, HandedOverWhen),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_kept(volumes, particulars, refusal):
    (approval,) = approved(an_office(), "Ayu")

    with pytest.raises(refusal) as refused:
        hand_over(approval, *volumes, **particulars)

    assert not Handover.objects.exists()
    names_work = refusal is not HandedOverWhen
    assert str(refused.value).startswith("Sakernas: ") is names_work


def test_more_than_planned_is_kept_with_its_note_and_pays_no_more():
    (approval,) = approved(an_office(), "Ayu")

    kept = hand_over(approval, 24, note="Tambahan blok sensus")

    assert (kept.due, kept.deliveries.get().status) == (1_360_000, "lebih")


def test_all_the_work_is_recorded_once_by_who_may_and_only_while_it_is_approved():
    unit, other = an_office(), an_office()
    (approval,) = approved(unit, "Ayu")
    with pytest.raises(WorkMissing):
        handing_over.record_handover(lead(unit), approval=approval, done={}, handed_on=MONTH_END, now=LATER)
    for stranger in (lead(other), head(unit)):
        with pytest.raises(NotPermitted):
            hand_over(approval, 20, actor=stranger)
    hand_over(approval, 20)
    with pytest.raises(AlreadyHandedOver):
        hand_over(approval, 20)

    approving.withdraw(head(unit), approval=approval, now=LATER)

    with pytest.raises(NotApproved):
        handing_over.correct_handover(
            lead(unit), handover=Handover.objects.get(), done={}, handed_on=MONTH_END, now=LATER
        )
    assert Handover.objects.get().approval.withdrawn_at == LATER


def test_a_correction_takes_the_place_of_what_was_recorded():
    unit = an_office()
    (approval,) = approved(unit, "Ayu")
    kept = hand_over(approval, 20)

    handing_over.correct_handover(
        lead(unit),
        handover=kept,
        done={work_of(approval)[0]: Done(10, quality=3)},
        handed_on=date(2026, 12, 1),
        now=LATER,
    )

    kept.refresh_from_db()
    one = Delivery.objects.get()
    assert (kept.due, kept.handed_on) == (680_000, date(2026, 12, 1))
    assert (one.realised, one.due, one.quality) == (10, 680_000, 3)


def test_everyone_is_recorded_as_planned_in_as_many_queries_as_one():
    one, many = an_office(), an_office()
    approved(one, "Ayu")
    approvals = approved(many, "Ayu", "Budi", "Citra")
    hand_over(approvals[0], 5)
    counts = []
    for unit in (one, many):
        actor = lead(unit)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            handing_over.record_all_as_planned(actor, unit=unit, month=NOVEMBER, now=LATER)
        counts.append(len(asked))

    assert counts[0] == counts[1]
    found = Handover.objects.filter(approval__registration__unit=many)
    found = sorted((row.due, row.deliveries.get().finished_on) for row in found)
    assert found == [(340_000, None), (1_360_000, MONTH_END), (1_360_000, MONTH_END)]
    with pytest.raises(NothingHandedOver):
        handing_over.record_all_as_planned(lead(one), unit=one, month=NOVEMBER, now=LATER)


def test_what_was_typed_on_a_page_is_kept_mitra_by_mitra():
    unit = an_office()
    ayu, budi, citra = approved(unit, "Ayu", "Budi", "Citra")
    hand_over(ayu, 20, quality=5)
    realised = {
        ayu.pk: {work_of(ayu)[0]: 18},
        budi.pk: {work_of(budi)[0]: 25},
        citra.pk: {work_of(citra)[0]: None},
        999_999: {1: 2},
    }

    saved = handing_over.save_realised(lead(unit), unit=unit, month=NOVEMBER, realised=realised, now=LATER)

    assert [type(refusal) for refusal in saved.refused.values()] == [BeyondNeedsNote]
    one = Delivery.objects.get()
    assert (one.realised, one.quality, one.handover.handed_on) == (18, 5, MONTH_END)


def test_the_work_of_two_months_is_planned_and_paid_month_by_month():
    unit = an_office()
    duty = a_duty(unit, price=61_000, begins=NOVEMBER, ends=date(2027, 1, 1))
    (approval,) = approved(unit, "Ayu", duties=(duty,))

    (plan,) = plans([approval])[approval.pk]
    kept = hand_over(approval, 5)

    assert (plan.planned, plan.amount, plan.deadline) == (10, 600_000, MONTH_END)
    assert kept.due == 300_000


def test_an_evaluation_is_of_what_still_stands(client):
    unit = an_office()
    two = (a_duty(unit, name="Sakernas"), a_duty(unit, name="KSA padi"))
    (approval,) = approved(unit, "Ayu", duties=two)
    first, second = work_of(approval)
    handing_over.record_handover(
        lead(unit),
        approval=approval,
        done={first: Done(10), second: Done(20, finished_on=date(2026, 12, 1), quality=4)},
        handed_on=date(2026, 12, 1),
        now=LATER,
    )
    person = approval.registration.person_id

    found = evaluations(unit, [person])[person]

    assert (found.count, found.volume, found.on_time, found.quality) == (2, 75.0, 0.0, 4.0)
    client.force_login(MembershipFactory(unit=unit, role="auditor").user)
    url = f"/api/v1/partners/units/{unit.slug}/mitra/{person}/evaluation"
    told = client.get(url).json()
    recent = [(row["activity"], row["realised"], row["quality"]) for row in told.pop("recent")]
    assert told == {"count": 2, "volume": 75.0, "on_time": 0.0, "quality": 4.0}
    assert sorted(recent) == [("KSA padi", 10, None), ("Sakernas", 20, 4)]
    approving.withdraw(head(unit), approval=approval, now=LATER)
    assert evaluations(unit, [person]) == {}
    gone = {"count": 0, "volume": None, "on_time": None, "quality": None, "recent": []}
    assert client.get(url).json() == gone


def change_at_once(**values):
    """Change every delivery behind the services' back, and have what is promised checked."""
    Delivery.objects.update(**values)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"due": 1_360_001}, "a_delivery_pays_at_most_what_was_done"),
        ({"realised": 19}, "a_delivery_pays_at_most_what_was_done"),
        ({"realised": 21}, "more_than_planned_has_a_note"),
        ({"quality": 0}, "quality_is_from_one_to_five"),
        ({"planned": 0}, "a_delivery_is_measured_against_a_plan"),
        ({"due": 1_359_999}, "a_handover_pays_what_its_deliveries_do"),
    ],
)
def test_the_database_itself_keeps_what_a_delivery_pays(change, constraint):
    (approval,) = approved(an_office(), "Ayu")
    hand_over(approval, 20)

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change_at_once(**change)

    assert violated(caught.value) == constraint


def test_the_database_itself_changes_nothing_of_a_month_taken_back():
    unit = an_office()
    approval, _other = approved(unit, "Ayu", "Budi")
    hand_over(approval, 20)
    Approval.objects.filter(pk=approval.pk).update(withdrawn_at=LATER, withdrawn_by=head(unit).user_id)

    for act in (
        lambda: Delivery.objects.update(realised=19, due=0),
        lambda: Handover.objects.update(due=0),
        lambda: Delivery.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            act()
        assert violated(caught.value) == "only_an_approved_month_is_handed_over"


def test_nobody_hands_over_the_work_of_another():
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        DeliveryFactory(assignment__registration=a_mitra(an_office()), handover=HandoverFactory())

    assert violated(caught.value) == "a_delivery_is_of_the_handover_s_mitra"
