"""At the same moment, on real connections: one draft per service, one standard in force."""

from datetime import date

import pytest

from halopst.core.actors import SYSTEM
from halopst.units import services
from halopst.units.models import PublishState, ServiceStandard
from tests.races import all_at_once
from tests.units.factories import ServiceStandardFactory, StandardTemplateFactory, UnitFactory

AT_ONCE = 6

pytestmark = pytest.mark.django_db(transaction=True)


def test_six_who_begin_a_draft_at_once_share_one():
    unit, kind = UnitFactory(), StandardTemplateFactory().kind
    outcomes = all_at_once(*[lambda: services.draft_standard(SYSTEM, unit=unit, kind=kind)] * AT_ONCE)

    assert sum(isinstance(outcome, services.DraftExists) for outcome in outcomes) == AT_ONCE - 1
    assert ServiceStandard.objects.count() == 1


def test_one_draft_published_six_times_at_once_is_published_once():
    draft = ServiceStandardFactory()

    def publish(number):
        first = date(2026, 1, 5)
        return services.publish_standard(
            SYSTEM, draft, decree_number=f"{number}/SK", decided_on=first, valid_from=first
        )

    outcomes = all_at_once(*[lambda n=n: publish(n) for n in range(AT_ONCE)])

    assert sum(isinstance(outcome, services.StandardIsPublished) for outcome in outcomes) == AT_ONCE - 1
    winner = next(outcome for outcome in outcomes if not isinstance(outcome, Exception))
    draft.refresh_from_db()
    assert (draft.state, draft.decree_number) == (PublishState.PUBLISHED, winner.decree_number)
