"""Who answers for a text is told, once, that its review date has passed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from halopst.knowledge.models import Document
from halopst.knowledge.services.review_reminders import remind_of_reviews
from halopst.notifications.models import Notice
from tests.accounts.factories import UserFactory
from tests.knowledge.factories import DocumentFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
YESTERDAY, TODAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def owner():
    return UserFactory()


def text(owner, **given):
    return DocumentFactory(**{"state": "published", "owner": owner, "review_by": YESTERDAY, **given})


def test_one_is_told_which_text_is_not_quoted_any_more_and_where_to_mend_that(owner):
    due = text(owner, title="Apa itu inflasi")
    remind_of_reviews(now=NOW)

    notice = Notice.objects.get()
    assert (notice.kind, notice.user_id, notice.unit_id) == ("knowledge.to-review", owner.pk, due.unit_id)
    assert "23 November 2026" in notice.body
    assert "Apa itu inflasi" in notice.body
    assert notice.link == f"/pengetahuan/{due.pk}/ubah/"


def test_texts_of_one_day_are_one_notice_and_no_day_is_told_twice(owner):
    unit = UnitFactory()
    for number in range(7):
        text(owner, unit=unit, title=f"Tulisan {number}")
    remind_of_reviews(now=NOW)
    remind_of_reviews(now=NOW + timedelta(days=3))

    notice = Notice.objects.get()
    assert "Tulisan 4; dan 2 lainnya" in notice.body
    assert notice.link == "/pengetahuan/?keadaan=tinjau"


def test_a_new_date_that_passes_is_told_again(owner):
    due = text(owner)
    remind_of_reviews(now=NOW)
    Document.objects.filter(pk=due.pk).update(review_by=TODAY)
    remind_of_reviews(now=NOW)
    assert Notice.objects.count() == 1

    remind_of_reviews(now=NOW + timedelta(days=1))
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    "given",
    [
        {"review_by": TODAY},
        {"review_by": None},
        {"review_by": YESTERDAY - timedelta(days=60)},
        {"state": "draft"},
        {"state": "withdrawn"},
        {"owner": None},
    ],
)
def test_nobody_is_told_of_what_is_not_due_was_long_ago_or_is_nobodys(owner, given):
    text(**{"owner": owner, **given})

    assert remind_of_reviews(now=NOW) == 0
    assert not Notice.objects.exists()


def test_who_has_left_is_told_nothing():
    text(UserFactory(is_active=False))

    assert remind_of_reviews(now=NOW) == 0
