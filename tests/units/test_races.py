"""At the same moment, on real connections: one draft per service, one standard in force."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from halopst.core.actors import SYSTEM
from halopst.units import services
from halopst.units.models import PublishState, ServiceStandard
from tests.units.factories import ServiceStandardFactory, StandardTemplateFactory, UnitFactory

AT_ONCE = 6

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(act):
    """Run `act` on six threads, as near to the same moment as can be; results or refusals."""
    start = threading.Barrier(AT_ONCE)

    def run(number):
        try:
            start.wait()
            return act(number)
        except Exception as error:  # noqa: BLE001  # the test looks at what happened to each
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(AT_ONCE)))


def test_six_who_begin_a_draft_at_once_share_one():
    unit, kind = UnitFactory(), StandardTemplateFactory().kind
    outcomes = all_at_once(lambda _n: services.draft_standard(SYSTEM, unit=unit, kind=kind))

    assert sum(isinstance(outcome, services.DraftExists) for outcome in outcomes) == AT_ONCE - 1
    assert ServiceStandard.objects.count() == 1


def test_one_draft_published_six_times_at_once_is_published_once():
    draft = ServiceStandardFactory()
    outcomes = all_at_once(
        lambda n: services.publish_standard(
            SYSTEM, draft, decree_number=f"{n}/SK", decided_on=date(2026, 1, 5), valid_from=date(2026, 1, 5)
        )
    )

    assert sum(isinstance(outcome, services.StandardIsPublished) for outcome in outcomes) == AT_ONCE - 1
    winner = next(outcome for outcome in outcomes if not isinstance(outcome, Exception))
    draft.refresh_from_db()
    assert (draft.state, draft.decree_number) == (PublishState.PUBLISHED, winner.decree_number)
