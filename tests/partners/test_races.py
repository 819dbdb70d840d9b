"""Fifty at once for one person's month, from five offices: the cap holds; without its guard it does not."""

from contextlib import contextmanager
from threading import Event

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from bench.rivals import Rivals, tally
from halopst.core.actors import SYSTEM
from halopst.partners import services
from halopst.partners.models import Assignment, BudgetLine, Change, MonthTotal, Share
from tests.partners.factories import NOVEMBER, NOW, BudgetLineFactory, PersonFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give, lead
from tests.races import PATIENCE, all_at_once, until_somebody_waits
from tests.units.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db(transaction=True)
CAP, PART = 4_170_000, 500_000


@pytest.fixture(scope="module")
def rivals(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), Rivals(processes=4, threads=13) as running:
        yield running


@contextmanager
def without(*guards):
    """The database with some of its triggers taken out, and put back afterwards."""
    with connection.cursor() as cursor:
        for table, guard in guards:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE partners_share, partners_assignment, partners_monthtotal CASCADE")
            for table, guard in guards:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {guard}")


def five_offices(province):
    """The province itself and four of its regencies."""
    an_office(cap=CAP, province=province)
    return [province, *UnitFactory.create_batch(4, parent=province)]


def fifty_lines(verb, **more):
    """Ten activities in each of five offices, each paying half a million to the same person."""
    province, person = ProvinceFactory(), PersonFactory()
    calls = []
    for unit in five_offices(province):
        registration = a_mitra(unit, person=person)
        for n in range(10):
            duty = a_duty(unit, price=PART, name=f"Survei {unit.code} {n}")
            calls.append(
                {
                    "verb": verb,
                    "registration": registration.pk,
                    "duty": duty.pk,
                    "volume": 1,
                    "month": NOVEMBER.isoformat(),
                    **more,
                }
            )
    return person, calls


def paid(person):
    return Share.objects.filter(person=person).aggregate(sum=Sum("amount"))["sum"] or 0


def test_of_fifty_lines_of_five_offices_eight_fit_the_cap(rivals):
    person, calls = fifty_lines("assign", now=NOW.isoformat())

    outcomes = rivals.race(calls)

    assert tally(outcomes) == {"ok": 8, "over-cap": 42}
    assert paid(person) == MonthTotal.objects.get(person=person).total == 4_000_000
    assert sum(BudgetLine.objects.values_list("used", flat=True)) == 4_000_000


def test_the_database_alone_keeps_the_cap_against_whoever_writes_past_the_services(rivals):
    person, calls = fifty_lines("pay")

    outcomes = rivals.race(calls)

    assert tally(outcomes) == {"ok": 8, "over-cap": 42}
    assert paid(person) == MonthTotal.objects.get(person=person).total == 4_000_000


def test_without_the_guard_the_same_fifty_pay_far_too_much(rivals):
    with without(("partners_share", "guard_added_shares")):
        person, calls = fifty_lines("pay")

        outcomes = rivals.race(calls)

        assert tally(outcomes) == {"ok": 50}
        assert paid(person) == 25_000_000


def test_one_after_the_other_the_answer_is_the_same(rivals):
    person, calls = fifty_lines("assign", now=NOW.isoformat())

    outcomes = [rivals.race([call])[0] for call in calls]

    assert [outcome["said"] for outcome in outcomes] == ["ok"] * 8 + ["over-cap"] * 42
    assert paid(person) == 4_000_000


def test_many_edits_of_one_persons_months_end_within_the_cap_and_add_up(rivals):
    """Volumes up, down and to nothing at once, over the same ten cells; then the books are counted."""
    person, calls = fifty_lines("assign", now=NOW.isoformat())
    for round_ in range(4):
        edits = [{**call, "volume": (n + round_) % 4} for n, call in enumerate(calls)]

        said = {outcome["said"] for outcome in rivals.race(edits)}

        assert said <= {"ok", "over-cap"}
        assert paid(person) == MonthTotal.objects.get(person=person).total <= CAP
        values = Assignment.objects.aggregate(sum=Sum("value"))["sum"]
        assert values == paid(person) == sum(BudgetLine.objects.values_list("used", flat=True))


def test_a_budget_line_is_not_overspent_by_fifty_at_once(rivals):
    unit = an_office()
    duty = a_duty(unit, price=PART, ceiling=4_000_000)
    call = {"verb": "assign", "duty": duty.pk, "volume": 1, "month": "2026-11-01", "now": NOW.isoformat()}

    outcomes = rivals.race([{**call, "registration": a_mitra(unit, f"Mitra {n}").pk} for n in range(50)])

    assert tally(outcomes) == {"ok": 8, "budget-spent": 42}
    assert BudgetLine.objects.get().used == 4_000_000


def fill_one_cell(rivals, **seen):
    unit = an_office()
    mitra, duty = a_mitra(unit), a_duty(unit, price=1_000)
    call = {"verb": "assign", "registration": mitra.pk, "duty": duty.pk, "month": "2026-11-01"}
    return rivals.race([{**call, **seen, "volume": n, "now": NOW.isoformat()} for n in range(1, 31)])


def test_of_thirty_who_fill_the_cell_they_saw_empty_one_is_first_and_the_others_are_told(rivals):
    outcomes = fill_one_cell(rivals, before=0)

    assert tally(outcomes) == {"ok": 1, "changed-meanwhile": 29}
    assert Change.objects.count() == 1
    assert Change.objects.get().cells[0][3] == Assignment.objects.get().volume


def test_without_what_they_saw_the_last_of_thirty_silently_wins(rivals):
    outcomes = fill_one_cell(rivals)

    assert tally(outcomes) == {"ok": 30}
    assert Change.objects.count() == 30


def fifty_of_one_line():
    """Fifty mitra paid half a million each from one line of four million, and a revision down to two."""
    unit = an_office()
    duty = a_duty(unit, price=PART, ceiling=4_000_000)
    call = {"verb": "pay", "duty": duty.pk, "volume": 1, "month": "2026-11-01"}
    calls = [{**call, "registration": a_mitra(unit, f"Mitra {n}").pk} for n in range(50)]
    line = BudgetLine.objects.get()
    lower = {"verb": "lower_the_ceiling", "line": line.pk, "ceiling": 2_000_000, "on": "2026-11-20"}
    return line, [*calls[:25], lower, *calls[25:]]


def test_a_ceiling_lowered_at_the_same_moment_is_kept_or_refused(rivals):
    for _ in range(3):
        line, calls = fifty_of_one_line()

        outcomes = rivals.race(calls)

        line.refresh_from_db()
        assert line.used == line.ceiling == (2_000_000 if line.revision else 4_000_000)
        assert line.revisions.first().ceiling == line.ceiling
        assert {o["said"] for o in outcomes} <= {"ok", "budget-spent", "below-what-is-used"}
        _clear()


def test_without_the_guard_the_lowered_ceiling_is_overspent(rivals):
    guard = next(one for one in BudgetLine._meta.constraints if one.name == "a_budget_line_is_not_overspent")
    line, calls = fifty_of_one_line()
    with connection.schema_editor() as editor:
        editor.remove_constraint(BudgetLine, guard)
    try:
        outcomes = rivals.race(calls)

        line.refresh_from_db()
        assert tally(outcomes)["ok"] >= 50
        assert line.used == 25_000_000 > line.ceiling
    finally:
        _clear()
        with connection.schema_editor() as editor:
            editor.add_constraint(BudgetLine, guard)


def _clear():
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE partners_share, partners_assignment, partners_budgetline CASCADE")


def test_a_cap_lowered_at_the_same_moment_is_kept_or_refused(rivals):
    for _ in range(3):
        person, calls = fifty_lines("pay")
        province = person.registrations.get(unit__kind="provinsi").unit
        lower = {
            "verb": "lower_the_cap",
            "province": province.pk,
            "amount": 2_000_000,
            "valid_from": "2026-11-01",
        }

        outcomes = rivals.race([*calls[:25], lower, *calls[25:]])

        lowered = province.honor_caps.filter(amount=2_000_000).exists()
        assert paid(person) == (2_000_000 if lowered else 4_000_000)
        assert {o["said"] for o in outcomes} <= {"ok", "over-cap", "cap-below-plans"}


def fifty_of_one_part():
    """Fifty mitra of one activity, each written past the services, while its year gets another line."""
    unit = an_office()
    duty = a_duty(unit, price=PART)
    other = BudgetLineFactory(unit=unit, year=2026, ceiling=1_000_000_000)
    pay = {"verb": "pay", "duty": duty.pk, "volume": 1, "month": "2026-11-01"}
    calls = [{**pay, "registration": a_mitra(unit, f"Mitra {n}").pk} for n in range(50)]
    choose = {"verb": "choose_the_line", "activity": duty.activity_id, "line": other.pk, "year": 2026}
    return duty.activity, [*calls[:25], {**choose, "now": NOW.isoformat()}, *calls[25:]]


def paid_from(activity):
    """The lines its months are charged to, and those they should be."""
    shares = Share.objects.filter(assignment__duty__activity=activity)
    return set(shares.values_list("budget_line", flat=True)), set(
        activity.parts.values_list("budget_line", flat=True)
    )


def test_a_part_s_line_chosen_at_the_same_moment_pays_all_of_its_months_or_none(rivals):
    for _ in range(3):
        activity, calls = fifty_of_one_part()

        outcomes = rivals.race(calls)

        charged, chosen = paid_from(activity)
        assert charged == chosen
        assert tally(outcomes) in ({"ok": 51}, {"ok": 50, "activity-in-use": 1})
        used = dict(BudgetLine.objects.values_list("pk", "used"))
        assert {line: used[line] for line in chosen} == dict.fromkeys(chosen, 25_000_000)
        _clear()


def paid_while_another_line_is_chosen():
    """The choice is made and not yet committed when somebody is paid; what was charged, and what chosen."""
    unit = an_office()
    duty, mitra = a_duty(unit, price=PART), a_mitra(unit)
    other = BudgetLineFactory(unit=unit, year=2026, ceiling=1_000_000_000)
    activity, actor = duty.activity, lead(unit)
    chosen, over = Event(), Event()

    def choose():
        with transaction.atomic():
            services.set_budget_line(SYSTEM, activity, year=2026, budget_line=other, now=NOW)
            chosen.set()
            until_somebody_waits(over)

    def pay():
        chosen.wait(PATIENCE)
        try:
            give(mitra, duty, 1, actor=actor)
        finally:
            over.set()

    assert all_at_once(choose, pay) == [None, None]
    return paid_from(activity)


def test_who_is_paid_while_another_line_is_chosen_waits_for_the_choice():
    charged, chosen = paid_while_another_line_is_chosen()

    assert charged == chosen


def test_without_the_guard_a_part_s_months_are_paid_from_two_lines():
    with without(("partners_activitypart", "keep_part")):
        charged, chosen = paid_while_another_line_is_chosen()

        assert charged.isdisjoint(chosen)
