"""Two heads decide one exception at the same moment: one decision stands, and the other person is told."""

import pytest

from halopst.partners.models import CapOverride
from halopst.partners.services.allocation import overriding
from halopst.partners.services.allocation_refusals import ExceptionDecided
from tests.partners.factories import NOW, CapOverrideFactory
from tests.partners.offices import a_mitra, an_office, head_of
from tests.races import all_at_once, meeting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    unit = an_office()
    return CapOverrideFactory(unit=unit, person=a_mitra(unit, "Sri").person)


def granted_and_declined(row):
    one, other = head_of(row.unit), head_of(row.unit)
    return all_at_once(
        lambda: overriding.grant_exception(one, exception=row, now=NOW),
        lambda: overriding.withdraw_exception(
            other, exception=row, reason="Sudah ada mitra lain.", seen="waiting", now=NOW
        ),
    )


def test_one_of_two_decisions_stands_and_the_other_is_refused(asked):
    outcomes = granted_and_declined(asked)

    kept = CapOverride.objects.get()
    assert [type(one) for one in outcomes].count(ExceptionDecided) == 1
    assert (kept.confirmed_at is None) is not (kept.withdrawn_at is None)


def test_where_nobody_holds_the_row_both_decide(asked, monkeypatch):
    meet = meeting(2)

    def read_together(_actor, exception, **_more):
        row = CapOverride.objects.get(pk=exception.pk)
        meet()
        return row

    monkeypatch.setattr(overriding, "_open", read_together)

    outcomes = granted_and_declined(asked)

    kept = CapOverride.objects.get()
    assert ExceptionDecided not in [type(one) for one in outcomes]
    assert kept.confirmed_at is not None
    assert kept.withdrawn_at is not None
