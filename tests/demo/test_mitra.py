"""The mitra of the demonstration come through the services: a month agreed to, one under way, refusals."""

from datetime import UTC, datetime

import pytest

from halopst.core.reference import load_all
from halopst.demo.handovers import UNSIGNED
from halopst.demo.mitra import FEW, MITRA, SHARE, build_mitra
from halopst.demo.offices import build_offices
from halopst.demo.works import AHEAD, CAP, OVER_NEW_YEAR
from halopst.letters.models import Letter
from halopst.partners.models import (
    Activity,
    Approval,
    Delivery,
    Excess,
    Handover,
    MonthTotal,
    Paper,
    PaymentList,
    Person,
    Registration,
    SentScan,
    Share,
    Termination,
    TransferReturn,
)
from tests.partners import oracle

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture
def built(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    load_all(lambda _line: None)
    build_offices(password="kata-sandi-uji", now=NOW)
    build_mitra(now=NOW)


def test_the_office_has_mitra_months_in_different_states_and_two_who_ask_for_too_much(built):
    assert Person.objects.count() == MITRA
    assert Registration.objects.filter(year=2026).count() == MITRA + MITRA // 6
    assert Excess.objects.filter(registration__unit__code="3578").count() >= 2
    assert not MonthTotal.objects.filter(total__gt=CAP).exists()
    last, this = (
        Approval.objects.in_force().filter(month=f"2026-{month}-01", registration__unit__code="3578")
        for month in ("10", "11")
    )
    assert last.count() > this.count() > 0
    assert oracle.disagreements() == []
    decree = Letter.objects.get(kind="partners.decree")
    assert (decree.state, len(decree.data["orang"]) > 0) == ("final", True)
    _the_month_behind_is_handed_over_and_mostly_signed()
    _half_of_it_is_paid_and_some_still_lack_something()
    _this_month_shows_every_state_a_letter_can_be_in()
    _the_month_before_is_all_paid_and_the_next_only_allocated()
    _one_activity_goes_on_over_new_year()


def _the_month_behind_is_handed_over_and_mostly_signed():
    contracts = Letter.objects.filter(kind="partners.contract", about__endswith=":2026-10")
    receipts = Letter.objects.filter(kind="partners.handover", about__endswith=":2026-10")
    approved = Approval.objects.in_force().filter(month="2026-10-01", registration__unit__code="3578")
    handed = Handover.objects.filter(approval__month="2026-10-01")
    assert contracts.count() == receipts.count() == approved.count() == handed.count()
    assert receipts.filter(state="final").count() == UNSIGNED
    states = set(contracts.values_list("state", flat=True))
    assert states == {"signed", "handed_over", "paid", "outdated"}
    ended = Termination.objects.get()
    assert (ended.contract.state, ended.honor) == (
        "outdated",
        Handover.objects.get(approval__registration=ended.registration, approval__month=ended.month).due,
    )
    assert 0 < sum(handed.values_list("due", flat=True)) < sum(approved.values_list("total", flat=True))
    assert {one.status for one in Delivery.objects.all()} == set(Delivery.Status)


def _half_of_it_is_paid_and_some_still_lack_something():
    lists = PaymentList.objects.filter(month="2026-10-01").order_by("sequence")
    abouts = [f"partners.spj:{one.pk}" for one in lists]
    letters = Letter.objects.filter(kind="partners.payment_list", about__in=abouts).order_by("pk")
    assert [one.state for one in lists] == ["paid", "final", "draft"]
    assert [letter.state for letter in letters] == ["paid", "final"]
    assert sum(one.people for one in lists) < Handover.objects.filter(approval__month="2026-10-01").count()
    back = TransferReturn.objects.get()
    assert (back.line.payment_list, back.line.stands) == (lists[0], False)


def _this_month_shows_every_state_a_letter_can_be_in():
    """A draft is made within seconds, so that a list of payment and a text without a number stand for it."""
    contracts = Letter.objects.filter(kind="partners.contract", unit__code="3578")
    this = contracts.filter(about__endswith=":2026-11").values_list("state", flat=True)
    assert set(this) == {"final", "printed", "signed", "outdated", "replaced", "void"}
    assert {"handed_over", "paid"} <= set(contracts.values_list("state", flat=True))
    assert Paper.objects.filter(unit__code="3578", kind=Paper.Kind.ORDER).count() == 1
    scan = SentScan.objects.select_related("letter").get()
    assert (scan.state, scan.code_was_read, scan.letter.state) == ("menunggu", True, "final")


def _the_month_before_is_all_paid_and_the_next_only_allocated():
    paid = PaymentList.objects.get(month="2026-09-01")
    assert (paid.state, paid.people) == ("paid", FEW)
    letters = Letter.objects.filter(unit__code="3578", about__endswith=":2026-09")
    assert set(letters.values_list("state", flat=True)) == {"paid"}
    ahead = Share.objects.filter(month="2026-12-01", assignment__duty__activity__name=AHEAD.name)
    ahead = ahead.values_list("assignment__volume", flat=True)
    assert list(ahead) == [SHARE] * FEW
    assert not Approval.objects.filter(month="2026-12-01").exists()


def _one_activity_goes_on_over_new_year():
    activity = Activity.objects.get(name=OVER_NEW_YEAR.name)
    paid = Share.objects.filter(assignment__duty__activity=activity).order_by("month")
    by_month = {
        str(month): set(paid.filter(month=month).values_list("assignment__price", "budget_line__year"))
        for month in paid.values_list("month", flat=True)
    }
    assert by_month == {
        "2026-11-01": {(30_000, 2026)},
        "2026-12-01": {(30_000, 2026)},
        "2027-01-01": {(32_000, 2027)},
    }
    assert paid.filter(month="2026-11-01").count() == FEW
    assert (
        Registration.objects.filter(year=2027).count() == paid.filter(month="2027-01-01").count() == FEW - 1
    )
