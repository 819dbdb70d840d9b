"""Volumes typed, pasted, undone, handed on: what is saved, what is refused, and nothing else."""

from datetime import date

import pytest

from halopst.audit.models import Entry
from halopst.core.actors import ANONYMOUS
from halopst.core.errors import NotPermitted
from halopst.partners.models import (
    Approval,
    Assignment,
    BudgetLine,
    Change,
    Excess,
    HonorCap,
    MonthTotal,
    Share,
)
from halopst.partners.services.allocation import approving, assigning, surplus
from halopst.partners.services.allocation.assigning import Cell
from halopst.partners.services.allocation_refusals import (
    ActivityClosed,
    BadVolume,
    BudgetSpent,
    CannotRedo,
    CannotUndo,
    CensusStandsAlone,
    ChangedMeanwhile,
    NoCapOnRecord,
    NoSuchCell,
    NotAssignable,
    NothingToMove,
    NothingToRedo,
    NothingToUndo,
    OverCap,
    SharesDoNotAddUp,
    TooManyCells,
)
from tests.partners.factories import (
    NOVEMBER,
    NOW,
    BlacklistingFactory,
    ExcessFactory,
    OfficeRulesFactory,
    PersonFactory,
)
from tests.partners.offices import CAP, DECEMBER, JANUARY, a_duty, a_mitra, an_office, give, head, lead

pytestmark = pytest.mark.django_db


def volumes():
    return sorted(Assignment.objects.values_list("volume", flat=True))


def test_a_volume_becomes_honor_a_share_and_a_line_of_the_record():
    unit = an_office()
    mitra, duty, actor = a_mitra(unit), a_duty(unit, price=68_000), lead(unit)

    row = give(mitra, duty, 20, actor=actor)

    assert (row.volume, row.price, row.value) == (20, 68_000, 1_360_000)
    assert list(Share.objects.values_list("person", "month", "amount")) == [
        (mitra.person_id, NOVEMBER, 1_360_000)
    ]
    entry = Entry.objects.get(action="partners.volumes-set")
    assert entry.details["cells"] == [[mitra.pk, duty.pk, 0, 20]]
    assert (Change.objects.count(), Excess.objects.count()) == (1, 0)


def test_who_may_not_allocate_in_that_office_changes_nothing():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit)

    for stranger in (ANONYMOUS, lead(an_office()), head(unit)):
        with pytest.raises(NotPermitted):
            give(mitra, duty, 1, actor=stranger)
    assert Assignment.objects.count() == 0


def test_exactly_the_cap_is_accepted():
    unit = an_office()

    give(a_mitra(unit), a_duty(unit, price=CAP), 1)

    assert MonthTotal.objects.get().total == CAP


def test_too_much_is_refused_with_what_fills_the_cap_and_kept_as_typed():
    unit = an_office()
    mitra = a_mitra(unit)
    give(mitra, a_duty(unit, price=68_000, name="Sakernas"), 24)
    imk = a_duty(unit, price=45_000, name="IMK tahunan")
    give(mitra, imk, 10)

    with pytest.raises(OverCap) as caught:
        give(mitra, imk, 60)

    decision = caught.value.decision
    assert (decision.total, decision.limit, decision.excess) == (4_332_000, CAP, 162_000)
    assert [line.activity for line in decision.lines] == ["IMK tahunan", "Sakernas"]
    assert volumes() == [10, 24]
    held = Excess.objects.get()
    assert (held.registration, held.duty, held.volume, held.reason) == (mitra, imk, 60, "over")


def test_a_volume_that_fits_settles_the_excess():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    with pytest.raises(OverCap):
        give(mitra, duty, 5)

    give(mitra, duty, 4)

    assert (volumes(), Excess.objects.count()) == ([4], 0)


def test_what_another_office_pays_counts():
    regency = an_office()
    person = PersonFactory()
    give(a_mitra(regency.parent, person=person), a_duty(regency.parent, price=4_000_000, name="Susenas"), 1)

    with pytest.raises(OverCap) as caught:
        give(a_mitra(regency, person=person), a_duty(regency, price=200_000), 1)

    assert caught.value.extra["lines"][0] == {
        "activity": "Susenas",
        "office": regency.parent.name,
        "amount": 4_000_000,
    }


def test_an_activity_of_two_months_pays_each_by_its_days_and_is_capped_in_both():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000, begins=date(2026, 11, 16), ends=JANUARY)

    give(mitra, duty, 1)

    assert dict(Share.objects.values_list("month", "amount")) == {NOVEMBER: 326_087, DECEMBER: 673_913}
    with pytest.raises(OverCap):
        give(mitra, duty, 7, month=DECEMBER)


def test_shares_can_be_agreed_on_instead_of_counted_in_days():
    unit = an_office()
    duty = a_duty(unit, price=1_000_000, begins=NOVEMBER, ends=JANUARY)
    row = give(a_mitra(unit), duty, 2)

    assigning.set_shares(lead(unit), assignment=row, shares={NOVEMBER: 500_000, DECEMBER: 1_500_000}, now=NOW)

    assert dict(Share.objects.values_list("month", "amount")) == {NOVEMBER: 500_000, DECEMBER: 1_500_000}
    for wrong in (
        {NOVEMBER: 500_000, DECEMBER: 1_499_999},
        {NOVEMBER: 2_000_001, DECEMBER: -1},
        {JANUARY: 2_000_000},
    ):
        with pytest.raises(SharesDoNotAddUp):
            assigning.set_shares(lead(unit), assignment=row, shares=wrong, now=NOW)


def test_shares_saved_as_they_are_take_no_approval_back():
    unit = an_office()
    duty = a_duty(unit, price=1_000_000, begins=NOVEMBER, ends=JANUARY)
    row = give(a_mitra(unit), duty, 2)
    agreed = {NOVEMBER: 2_000_000, DECEMBER: 0}
    assigning.set_shares(lead(unit), assignment=row, shares=agreed, now=NOW)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    said = Entry.objects.count()

    assigning.set_shares(lead(unit), assignment=row, shares=agreed, now=NOW)

    assert (Approval.objects.in_force().count(), Entry.objects.count()) == (1, said)
    assigning.set_shares(lead(unit), assignment=row, shares={NOVEMBER: 1_500_000, DECEMBER: 500_000}, now=NOW)
    assert not Approval.objects.in_force().exists()


def test_a_price_that_changes_later_leaves_what_is_assigned():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=50_000)
    give(mitra, duty, 2)
    duty.unit_price.amount = 60_000
    duty.unit_price.save()

    assert Assignment.objects.get().value == 100_000
    give(mitra, duty, 3)
    assert (Assignment.objects.get().price, Assignment.objects.get().value) == (60_000, 180_000)


def test_nothing_takes_the_volume_back():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit)
    give(mitra, duty, 5)

    give(mitra, duty, 0)

    assert (volumes(), Share.objects.count(), BudgetLine.objects.get().used) == ([0], 0, 0)


def test_a_budget_that_is_spent_refuses_and_keeps_what_was_typed():
    unit = an_office()
    duty = a_duty(unit, price=100_000, ceiling=500_000)
    give(a_mitra(unit, "Ayu"), duty, 4)

    with pytest.raises(BudgetSpent):
        give(a_mitra(unit, "Budi"), duty, 2)

    assert (volumes(), Excess.objects.get().reason) == ([4], "budget")


def test_no_cap_on_record_refuses():
    unit = an_office()

    with pytest.raises(NoCapOnRecord):
        give(a_mitra(unit), a_duty(unit, kind="sensus"), 1)
    assert Excess.objects.count() == 0


def test_a_census_stands_alone_where_the_office_says_so():
    unit = an_office(kinds=("survei", "sensus"))
    OfficeRulesFactory(unit=unit, census_is_exclusive=True)
    mitra = a_mitra(unit)
    give(mitra, a_duty(unit), 1)

    with pytest.raises(CensusStandsAlone):
        give(mitra, a_duty(unit, name="Sensus", kind="sensus"), 1)


def test_only_active_mitra_nobody_has_barred_get_more_work():
    unit = an_office()
    duty = a_duty(unit)
    barred = a_mitra(unit, "Tono")
    BlacklistingFactory(person=barred.person, since=date(2026, 11, 30))

    for mitra in (a_mitra(unit, "Sri", status="nonaktif"), barred):
        with pytest.raises(NotAssignable):
            give(mitra, duty, 1)


def test_work_of_months_in_which_somebody_is_barred_is_not_given_beforehand():
    unit = an_office()
    duty = a_duty(unit, begins=NOVEMBER, ends=JANUARY)
    later, before = a_mitra(unit, "Tono"), a_mitra(unit, "Sri")
    BlacklistingFactory(person=later.person, since=date(2026, 12, 5))
    BlacklistingFactory(person=before.person, since=date(2026, 10, 1), until=date(2026, 11, 20))

    with pytest.raises(NotAssignable):
        give(later, duty, 1)
    assert give(later, a_duty(unit, name="Hanya November"), 1)
    assert give(before, duty, 1, month=DECEMBER)


def test_whoever_has_left_can_still_be_relieved():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit)
    give(mitra, duty, 5)
    mitra.status = "nonaktif"
    mitra.save()

    assert give(mitra, duty, 2).volume == 2


def test_a_closed_activity_takes_no_more():
    unit = an_office()

    with pytest.raises(ActivityClosed):
        give(a_mitra(unit), a_duty(unit, is_open=False), 1)


def test_cells_of_other_offices_years_and_months_do_not_exist_here():
    unit, other = an_office(), an_office()
    ours, duty = a_mitra(unit), a_duty(unit)
    cells = [
        Cell(a_mitra(other).pk, duty.pk, 1),
        Cell(ours.pk, a_duty(other).pk, 1),
        Cell(a_mitra(unit, year=2025).pk, duty.pk, 1),
        Cell(ours.pk, a_duty(unit, begins=DECEMBER, ends=JANUARY).pk, 1),
    ]
    for cell in cells:
        with pytest.raises(NoSuchCell):
            assigning.set_volumes(lead(unit), unit=unit, month=NOVEMBER, cells=[cell], now=NOW)
    assert Assignment.objects.count() == 0


def test_volumes_nobody_could_mean_are_refused():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit)

    for volume in (-1, 1_000_001):
        with pytest.raises(BadVolume):
            give(mitra, duty, volume)
    cells = [Cell(mitra.pk, duty.pk, 1)] * 5001
    with pytest.raises(TooManyCells):
        assigning.set_volumes(lead(unit), unit=unit, month=NOVEMBER, cells=cells, now=NOW)


def test_of_a_pasted_block_what_fits_is_saved_and_the_rest_is_named():
    unit = an_office()
    duty, other = a_duty(unit, price=1_000_000), a_duty(unit, price=1_000_000, name="KSA")
    ayu, budi = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi")
    give(ayu, other, 3)
    cells = [
        Cell(ayu.pk, duty.pk, 4),
        Cell(ayu.pk, other.pk, 0),
        Cell(budi.pk, duty.pk, 5),
        Cell(budi.pk, other.pk, 1),
    ]

    outcome = assigning.set_volumes(lead(unit), unit=unit, month=NOVEMBER, cells=cells, now=NOW)

    assert outcome.saved == [cells[0], cells[1], cells[3]]
    assert {cell: trial.reason for cell, trial in outcome.refused.items()} == {cells[2]: "over"}
    assert (volumes(), Excess.objects.get().registration) == ([0, 1, 4], budi)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit)
    give(mitra, duty, 5)

    with pytest.raises(ChangedMeanwhile):
        assigning.set_volume(
            lead(unit), registration=mitra, duty=duty, volume=9, before=4, month=NOVEMBER, now=NOW
        )
    assert volumes() == [5]


def test_a_paste_costs_the_same_queries_for_one_row_and_for_thirty(django_assert_max_num_queries):
    unit = an_office()
    duties = [a_duty(unit, price=1_000, name=f"S{n}") for n in range(3)]
    cells = [Cell(a_mitra(unit, f"M{n}").pk, duty.pk, 2) for n in range(30) for duty in duties]
    actor = lead(unit)

    for block in (cells[:3], cells[3:]):
        with django_assert_max_num_queries(31):
            assigning.set_volumes(actor, unit=unit, month=NOVEMBER, cells=block, now=NOW)
    assert Assignment.objects.count() == 90


def test_undo_takes_back_the_last_change_of_the_same_person():
    unit = an_office()
    mitra, duty, actor = a_mitra(unit), a_duty(unit), lead(unit)
    give(mitra, duty, 5, actor=actor)
    give(mitra, duty, 8, actor=actor)

    assigning.undo(actor, unit=unit, month=NOVEMBER, now=NOW)
    assert volumes() == [5]
    assigning.undo(actor, unit=unit, month=NOVEMBER, now=NOW)
    assert volumes() == [0]
    with pytest.raises(NothingToUndo):
        assigning.undo(actor, unit=unit, month=NOVEMBER, now=NOW)


def test_undo_refuses_once_somebody_else_has_changed_it_again():
    unit = an_office()
    mitra, duty, actor = a_mitra(unit), a_duty(unit), lead(unit)
    give(mitra, duty, 5, actor=actor)
    give(mitra, duty, 8)

    with pytest.raises(CannotUndo):
        assigning.undo(actor, unit=unit, month=NOVEMBER, now=NOW)
    assert volumes() == [8]


def step(verb, unit, actor):
    getattr(assigning, verb)(actor, unit=unit, month=NOVEMBER, now=NOW)
    return volumes()


def test_redo_sets_what_was_undone_again_in_the_order_it_was_done():
    unit = an_office()
    mitra, duty, actor = a_mitra(unit), a_duty(unit), lead(unit)
    for volume in (5, 8, 9):
        give(mitra, duty, volume, actor=actor)

    back = [step("undo", unit, actor) for _press in range(3)]
    again = [step("redo", unit, actor) for _press in range(3)]

    assert (back, again) == ([[8], [5], [0]], [[5], [8], [9]])
    with pytest.raises(NothingToRedo):
        step("redo", unit, actor)
    assert Entry.objects.filter(action="partners.volumes-redone").count() == 3
    assert step("undo", unit, actor) == [8]


def test_a_new_change_leaves_nothing_to_redo_and_what_was_left_behind_never_comes_back():
    unit = an_office()
    mitra, duty, actor = a_mitra(unit), a_duty(unit), lead(unit)
    give(mitra, duty, 5, actor=actor)
    step("undo", unit, actor)
    give(mitra, duty, 3, actor=actor)

    with pytest.raises(NothingToRedo):
        step("redo", unit, actor)
    assert volumes() == [3]


def test_nobody_redoes_what_another_undid_nor_where_they_may_not_allocate():
    unit = an_office()
    mitra, duty, actor = a_mitra(unit), a_duty(unit), lead(unit)
    give(mitra, duty, 5, actor=actor)
    step("undo", unit, actor)

    for stranger, refusal in ((lead(unit), NothingToRedo), (lead(an_office()), NotPermitted)):
        with pytest.raises(refusal):
            step("redo", unit, stranger)
    assert volumes() == [0]


def test_a_redo_the_cap_no_longer_allows_says_so_and_changes_nothing_at_all():
    unit = an_office()
    ayu, budi, duty, actor = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_duty(unit), lead(unit)
    cells = [Cell(ayu.pk, duty.pk, 2), Cell(budi.pk, duty.pk, 60)]
    assigning.set_volumes(actor, unit=unit, month=NOVEMBER, cells=cells, now=NOW)
    step("undo", unit, actor)
    HonorCap.objects.update(amount=1_000_000)
    before = list(Assignment.objects.values()), list(Change.objects.values()), Entry.objects.count()

    with pytest.raises(
        CannotRedo, match=r"tidak ada yang berubah\. Budi, Sakernas: Honor sebulan akan melewati"
    ):
        step("redo", unit, actor)

    assert before == (
        list(Assignment.objects.values()),
        list(Change.objects.values()),
        Entry.objects.count(),
    )
    assert not Excess.objects.exists()


def test_a_redo_over_what_somebody_else_typed_since_is_refused():
    unit = an_office()
    mitra, duty, actor = a_mitra(unit), a_duty(unit), lead(unit)
    give(mitra, duty, 5, actor=actor)
    step("undo", unit, actor)
    give(mitra, duty, 7)

    with pytest.raises(CannotRedo, match="sudah diubah lagi"):
        step("redo", unit, actor)
    assert volumes() == [7]


def test_a_surplus_is_handed_on_as_a_whole_or_not_at_all():
    unit = an_office()
    citra, joko, duty = a_mitra(unit), a_mitra(unit, "Joko Susilo"), a_duty(unit, price=1_000_000)
    with pytest.raises(OverCap):
        give(citra, duty, 6)
    held = Excess.objects.get()

    with pytest.raises(OverCap):
        surplus.move_surplus(lead(unit), excess=held, volume=5, to=joko, month=NOVEMBER, now=NOW)
    assert (Assignment.objects.count(), Excess.objects.count()) == (0, 1)

    surplus.move_surplus(lead(unit), excess=held, volume=2, to=joko, month=NOVEMBER, now=NOW)
    assert dict(Assignment.objects.values_list("registration__person__name", "volume")) == {
        "Citra Maharani": 4,
        "Joko Susilo": 2,
    }
    assert Excess.objects.count() == 0
    with pytest.raises(NothingToMove):
        surplus.move_surplus(lead(unit), excess=held, volume=2, to=joko, month=NOVEMBER, now=NOW)


def test_an_excess_can_be_dropped_by_who_allocates_there():
    held = ExcessFactory()

    with pytest.raises(NotPermitted):
        surplus.drop_excess(lead(an_office()), excess=held)
    surplus.drop_excess(lead(held.registration.unit), excess=held)

    assert Excess.objects.count() == 0


def test_a_change_withdraws_the_approval_of_that_mitra_and_of_nobody_else(waiting_jobs):
    unit = an_office()
    ayu, budi, duty = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi"), a_duty(unit)
    give(ayu, duty, 5)
    give(budi, duty, 5)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    actor = lead(unit)

    give(ayu, duty, 6, actor=actor)

    gone = Approval.objects.exclude(withdrawn_at=None).get()
    assert (gone.registration, gone.withdrawn_by_id, gone.total) == (ayu, actor.user_id, 250_000)
    assert Approval.objects.in_force().get().registration == budi


def test_a_refused_change_leaves_the_approval():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000_000)
    give(mitra, duty, 4)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)

    with pytest.raises(OverCap):
        give(mitra, duty, 5)

    assert Approval.objects.in_force().count() == 1
