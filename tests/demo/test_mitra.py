"""The mitra of the demonstration come through the services: a month agreed to, one under way, refusals."""

from datetime import UTC, datetime

import pytest

from halopst.core.reference import load_all
from halopst.demo.mitra import CAP, MITRA, build_mitra
from halopst.demo.offices import build_offices
from halopst.letters.models import Letter
from halopst.partners.models import Approval, Excess, MonthTotal, Person, Registration
from tests.partners import oracle

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture
def built():
    load_all(lambda _line: None)
    build_offices(password="kata-sandi-uji", now=NOW)
    build_mitra(now=NOW)


def test_the_office_has_mitra_months_in_different_states_and_two_who_ask_for_too_much(built):
    assert (Person.objects.count(), Registration.objects.count()) == (MITRA, MITRA + MITRA // 6)
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
