"""What the database itself will not let happen, whoever writes: caps, budgets, sums, approvals."""

from datetime import date

import pytest
from django.db import connection

from halopst.partners.models import (
    Approval,
    Assignment,
    BudgetLine,
    CapOverride,
    CeilingRevision,
    HonorCap,
    MonthTotal,
    Share,
)
from tests.accounts.factories import UserFactory
from tests.constraints import refused_as
from tests.partners.factories import (
    NOVEMBER,
    NOW,
    ApprovalFactory,
    BudgetLineFactory,
    CapOverrideFactory,
    HonorCapFactory,
    OfficeRulesFactory,
    PersonFactory,
    a_position,
)
from tests.partners.offices import CAP, DECEMBER, a_duty, a_mitra, an_office
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def pay(registration, duty, amount, *, month=NOVEMBER):
    """An assignment of one unit and its share, straight into the tables."""
    row = Assignment.objects.create(
        registration=registration, duty=duty, volume=1, price=amount, value=amount
    )
    return Share.objects.create(assignment=row, person_id=registration.person_id, month=month, amount=amount)


def test_honor_up_to_the_cap_is_kept_with_its_total():
    unit = an_office()
    mitra = a_mitra(unit)

    pay(mitra, a_duty(unit), CAP)

    row = MonthTotal.objects.get()
    assert (row.person_id, row.month, row.total, row.cap) == (mitra.person_id, NOVEMBER, CAP, CAP)


def test_a_line_asks_for_its_cap_once_however_many_are_on_record():
    mitra = a_mitra(an_office())
    HonorCapFactory.create_batch(5)
    share = pay(mitra, a_duty(mitra.unit), CAP)
    with connection.cursor() as cursor:
        cursor.execute("""
            CREATE SEQUENCE asked;
            CREATE OR REPLACE FUNCTION partners_cap_of(which_duty bigint, in_month date) RETURNS bigint
            LANGUAGE plpgsql STABLE AS $$ BEGIN PERFORM nextval('asked'); RETURN NULL; END $$;
        """)
        cursor.execute("SELECT * FROM partners_month_lines(%s, %s)", [share.person_id, share.month])
        cursor.execute("SELECT last_value FROM asked")

        assert cursor.fetchone() == (1,)


def test_one_rupiah_more_is_refused_and_the_refusal_names_what_fills_the_cap():
    unit = an_office()
    mitra = a_mitra(unit)
    pay(mitra, a_duty(unit, name="Sakernas"), CAP)

    with refused_as("honor_stays_within_the_cap") as caught:
        pay(mitra, a_duty(unit, name="KSA padi"), 1)

    detail = caught.value.__cause__.diag.message_detail
    assert '"activity": "Sakernas"' in detail
    assert '"activity": "KSA padi"' in detail
    assert MonthTotal.objects.get().total == CAP


def test_two_offices_fill_one_cap():
    regency = an_office()
    province = regency.parent
    person = PersonFactory()
    pay(a_mitra(regency, person=person), a_duty(regency), 3_000_000)

    with refused_as("honor_stays_within_the_cap"):
        pay(a_mitra(province, person=person), a_duty(province), 1_170_001)
    pay(a_mitra(province, person=person), a_duty(province), 1_170_000)

    assert MonthTotal.objects.get(person=person).total == CAP


def test_the_lowest_cap_of_the_month_holds_for_everything():
    unit = an_office(kinds=("survei", "sensus"))
    HonorCap.objects.filter(activity_kind="sensus").update(amount=1_000_000)
    mitra = a_mitra(unit)
    pay(mitra, a_duty(unit), 900_000)

    with refused_as("honor_stays_within_the_cap"):
        pay(mitra, a_duty(unit, name="Sensus", kind="sensus"), 100_001)


def test_nothing_is_paid_without_a_cap_on_record():
    unit = an_office()

    with refused_as("honor_has_a_cap"):
        pay(a_mitra(unit), a_duty(unit, kind="sensus"), 1)


def test_the_cap_of_another_year_or_a_later_day_is_none():
    unit = an_office()
    HonorCap.objects.update(valid_from=date(2026, 11, 2))

    with refused_as("honor_has_a_cap"):
        pay(a_mitra(unit), a_duty(unit), 1)


def test_a_later_cap_replaces_the_earlier_from_its_day_on():
    unit = an_office()
    HonorCapFactory(province=unit.parent, amount=5_000_000, valid_from=date(2026, 12, 1))
    mitra = a_mitra(unit)

    pay(mitra, a_duty(unit, begins=DECEMBER, ends=date(2027, 1, 1)), 5_000_000, month=DECEMBER)

    assert MonthTotal.objects.get().cap == 5_000_000


def test_a_removed_share_gives_its_room_back_to_the_month_and_to_the_budget():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit)
    share = pay(mitra, duty, CAP)
    assert BudgetLine.objects.get().used == CAP

    share.delete()
    Assignment.objects.update(volume=0, value=0)

    assert (MonthTotal.objects.get().total, MonthTotal.objects.get().cap) == (0, None)
    assert BudgetLine.objects.get().used == 0


def test_a_share_is_replaced_and_never_edited():
    unit = an_office()
    share = pay(a_mitra(unit), a_duty(unit), 100)

    with refused_as("a_share_is_replaced_not_edited"):
        Share.objects.filter(pk=share.pk).update(amount=1)


def test_nobody_can_book_honor_on_somebody_else():
    unit = an_office()
    mitra, other = a_mitra(unit), PersonFactory()
    row = Assignment.objects.create(registration=mitra, duty=a_duty(unit), volume=1, price=5, value=5)

    share = Share.objects.create(assignment=row, person=other, month=NOVEMBER, amount=5)

    share.refresh_from_db()
    assert share.person_id == mitra.person_id


def test_shares_that_do_not_add_up_do_not_survive_the_transaction():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit)

    with refused_as("shares_add_up_to_the_value"):
        row = Assignment.objects.create(registration=mitra, duty=duty, volume=2, price=50, value=100)
        Share.objects.create(assignment=row, person_id=mitra.person_id, month=NOVEMBER, amount=99)
        check_now()
    with refused_as("shares_add_up_to_the_value"):
        Assignment.objects.create(registration=mitra, duty=duty, volume=2, price=50, value=100)
        check_now()


def check_now():
    """What a commit does to deferred constraints."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_honor_is_price_times_volume_in_the_table_too():
    unit = an_office()

    with refused_as("honor_is_price_times_volume"):
        Assignment.objects.create(registration=a_mitra(unit), duty=a_duty(unit), volume=2, price=50, value=99)


def test_a_budget_line_is_not_overspent():
    unit = an_office()
    duty = a_duty(unit, ceiling=1_000_000)
    pay(a_mitra(unit, "Ayu"), duty, 600_000)

    with refused_as("a_budget_line_is_not_overspent"):
        pay(a_mitra(unit, "Budi"), duty, 400_001)
    pay(a_mitra(unit, "Budi"), duty, 400_000)

    assert BudgetLine.objects.get().used == 1_000_000


def test_whoever_saves_a_budget_line_does_not_change_what_is_used():
    unit = an_office()
    duty = a_duty(unit, ceiling=1_000_000)
    line = duty.activity.line_of(2026)
    pay(a_mitra(unit), duty, 600_000)

    line.name = "Uraian baru"
    line.save()

    line.refresh_from_db()
    assert (line.name, line.used) == ("Uraian baru", 600_000)
    with refused_as("a_budget_line_is_not_overspent"):
        BudgetLine.objects.update(ceiling=599_999, revision=1)


def test_a_ceiling_is_revised_in_order_and_no_revision_is_rewritten_or_lost():
    line = BudgetLineFactory(ceiling=1_000_000)

    for change in ({"ceiling": 2}, {"basis": "Lain"}, {"revision": 1, "valid_from": date(2026, 1, 1)}):
        with refused_as("a_ceiling_is_revised_in_order"):
            BudgetLine.objects.filter(pk=line.pk).update(**change)
    for change in ({"year": 2027}, {"unit": UnitFactory()}):
        with refused_as("a_budget_line_keeps_its_office_and_year"):
            BudgetLine.objects.filter(pk=line.pk).update(**change)
    BudgetLine.objects.filter(pk=line.pk).update(ceiling=2_000_000, revision=4)
    assert list(line.revisions.values_list("revision", "ceiling")) == [(4, 2_000_000), (0, 1_000_000)]
    with refused_as("a_revision_is_never_rewritten"):
        line.revisions.update(ceiling=5)
    with refused_as("a_revision_is_never_rewritten"):
        line.revisions.all().delete()
    line.delete()
    assert not CeilingRevision.objects.exists()


def test_a_cap_entered_later_must_hold_for_what_is_planned_already():
    unit = an_office()
    pay(a_mitra(unit), a_duty(unit), 4_000_000)

    with refused_as("honor_stays_within_the_cap"):
        HonorCapFactory(province=unit.parent, amount=3_999_999, valid_from=date(2026, 11, 1))
    with refused_as("honor_stays_within_the_cap"):
        HonorCap.objects.update(amount=3_999_999)
    with refused_as("honor_has_a_cap"):
        HonorCap.objects.all().delete()

    HonorCapFactory(province=unit.parent, amount=4_000_000, valid_from=date(2026, 11, 1))
    assert MonthTotal.objects.get().cap == 4_000_000


def test_a_cap_entered_later_leaves_an_approved_month_as_it_was():
    unit = an_office()
    mitra = a_mitra(unit)
    pay(mitra, a_duty(unit), 4_000_000)
    ApprovalFactory(registration=mitra, cap_row=HonorCap.objects.get())

    HonorCapFactory(province=unit.parent, amount=3_000_000, valid_from=date(2026, 11, 1))

    assert (MonthTotal.objects.get().total, MonthTotal.objects.get().cap) == (4_000_000, CAP)


def test_a_granted_exception_lifts_the_limit_and_only_while_it_is_not_needed_can_it_go():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit)
    asked = CapOverrideFactory(unit=unit, person=mitra.person, amount=5_000_000)
    with refused_as("honor_stays_within_the_cap"):
        pay(mitra, duty, 5_000_000)

    CapOverride.objects.filter(pk=asked.pk).update(confirmed_by=UserFactory(), confirmed_at=NOW)
    pay(mitra, duty, 5_000_000)

    assert MonthTotal.objects.get().cap == 5_000_000
    with refused_as("honor_stays_within_the_cap"):
        CapOverride.objects.update(withdrawn_at=NOW)


def test_an_exception_needs_a_second_person():
    user = UserFactory()

    with refused_as("an_exception_needs_a_second_person"):
        CapOverrideFactory(asked_by=user, confirmed_by=user, confirmed_at=NOW)


def test_a_census_stands_alone_where_the_office_says_so():
    unit = an_office(kinds=("survei", "sensus"))
    OfficeRulesFactory(unit=unit, census_is_exclusive=True)
    mitra = a_mitra(unit)
    pay(mitra, a_duty(unit, name="Sensus", kind="sensus"), 100)

    with refused_as("a_census_stands_alone"):
        pay(mitra, a_duty(unit), 100)


def test_an_approved_month_does_not_change_before_the_approval_is_withdrawn():
    unit = an_office()
    mitra = a_mitra(unit)
    share = pay(mitra, a_duty(unit), 100)
    approval = ApprovalFactory(registration=mitra, cap_row=HonorCap.objects.get())

    with refused_as("an_approved_month_is_withdrawn_before_it_changes"):
        pay(mitra, a_duty(unit), 100)
    with refused_as("an_approved_month_is_withdrawn_before_it_changes"):
        share.delete()
    Approval.objects.filter(pk=approval.pk).update(withdrawn_at=NOW)
    pay(mitra, a_duty(unit), 100)

    assert MonthTotal.objects.get().total == 200


def test_an_approval_is_never_rewritten():
    approval = ApprovalFactory()

    with refused_as("an_approval_is_never_rewritten"):
        Approval.objects.update(total=1)
    with refused_as("an_approval_is_never_rewritten"):
        Approval.objects.update(withdrawn_at=NOW, lines=[{"amount": 1}])
    with refused_as("an_approval_is_never_rewritten"):
        approval.delete()
    Approval.objects.update(withdrawn_at=NOW)
    with refused_as("an_approval_is_never_rewritten"):
        Approval.objects.update(withdrawn_at=None)


def test_only_what_fits_the_cap_can_be_approved():
    with refused_as("only_what_fits_the_cap_is_approved"):
        ApprovalFactory(total=100, person_total=101, cap=100)


def test_a_mitra_works_for_the_office_that_registered_them():
    unit, other = an_office(), an_office()

    with refused_as("a_mitra_works_for_the_office_that_registered_them"):
        Assignment.objects.create(registration=a_mitra(other), duty=a_duty(unit), volume=0, price=1, value=0)


def test_what_assignments_rest_on_keeps_its_terms():
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit)
    share = pay(mitra, duty, 100)
    other = a_duty(unit)

    for row, field, value in (
        (duty.activity, "kind", "sensus"),
        (duty.activity.parts.get(), "budget_line", other.activity.line_of(2026)),
        (duty, "position", a_position("pml")),
        (mitra, "person", PersonFactory()),
    ):
        setattr(row, field, value)
        with refused_as("what_assignments_rest_on_keeps_its_terms"):
            row.save()
    with refused_as("an_assignment_keeps_its_mitra_and_duty"):
        Assignment.objects.filter(pk=share.assignment_id).update(duty=other)
