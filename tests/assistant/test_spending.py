"""What models may be asked in a day: counted once, however many ask at once."""

from datetime import UTC, datetime

import pytest

from halopst.assistant.models import Spending
from halopst.assistant.services.limits import spending
from halopst.assistant.services.limits.spending import BudgetSpent, forget_spending, spend_call, spend_tokens
from tests.races import all_at_once
from tests.units.factories import UnitFactory

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
RACERS, ALLOWED = 8, 3


def spent(scope):
    return Spending.objects.get(scope=scope).calls


@pytest.fixture
def limits(settings):
    settings.MODEL_CALLS_PER_DAY, settings.MODEL_CALLS_PER_UNIT, settings.MODEL_CALLS_PER_VISITOR = 9, 4, 2
    settings.MODEL_TOKENS_PER_DAY = 1_000
    return settings


@pytest.mark.django_db
def test_each_budget_ends_by_itself_and_a_refused_call_costs_nobody(limits):
    first, second = UnitFactory(), UnitFactory()
    for client in ("a", "a", "b", "b"):
        spend_call(client=client, unit=first, now=NOW)
    for client, unit in (("a", second), ("c", first)):
        with pytest.raises(BudgetSpent):
            spend_call(client=client, unit=unit, now=NOW)

    assert [spent("all"), spent(f"unit:{first.pk}"), spent("visitor:a")] == [4, 4, 2]
    assert not Spending.objects.filter(scope__in=["visitor:c", f"unit:{second.pk}"]).exists()
    spend_call(client="a", unit=second, now=NOW.replace(day=21))


@pytest.mark.django_db
def test_tokens_end_the_day_for_all(limits):
    unit = UnitFactory()
    spend_call(client="a", unit=unit, now=NOW)
    spend_tokens(1_000, client="a", unit=unit, now=NOW)

    with pytest.raises(BudgetSpent):
        spend_call(client="b", unit=unit, now=NOW)
    assert forget_spending(now=NOW.replace(month=12, day=31)) == 3


def raced(unit):
    done = all_at_once(*[lambda: spend_call(client="a", unit=unit, now=NOW) for _n in range(RACERS)])
    return sum(one is None for one in done)


@pytest.mark.django_db(transaction=True)
def test_calls_at_once_never_pass_the_limit_and_without_the_guard_they_do(settings, monkeypatch):
    settings.MODEL_CALLS_PER_VISITOR = ALLOWED
    unit = UnitFactory()
    assert (raced(unit), spent("visitor:a")) == (ALLOWED, ALLOWED)

    Spending.objects.all().delete()
    monkeypatch.setattr(spending, "_COUNT", spending._COUNT.replace("known.calls < %s AND", "%s > 0 AND"))
    assert raced(unit) == RACERS
