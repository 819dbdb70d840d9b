"""How much may be asked of models in a day: by one network, for one office, by all together."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from halopst.assistant.models import Spending
from halopst.units.models import Unit

KEPT_FOR = timedelta(days=35)
NO_LIMIT = 2**31 - 1
_COUNT = """
INSERT INTO assistant_spending AS known (day, scope, calls, tokens) VALUES (%s, %s, 1, 0)
ON CONFLICT (day, scope) DO UPDATE SET calls = known.calls + 1
WHERE known.calls < %s AND known.tokens < %s RETURNING calls
"""
_ADD = "UPDATE assistant_spending SET tokens = tokens + %s WHERE day = %s AND scope = ANY(%s)"


class BudgetSpent(Exception):
    """One of today's budgets is used up."""


@transaction.atomic
def spend_call(*, client: str, unit: Unit, now: datetime) -> None:
    """Count one call in all its budgets; raises BudgetSpent and counts nothing if one is used up."""
    with connection.cursor() as cursor:
        for scope, calls in _budgets(client, unit):
            tokens = settings.MODEL_TOKENS_PER_DAY if scope == "all" else 0
            values = [timezone.localdate(now), scope, calls or NO_LIMIT, tokens or NO_LIMIT]
            cursor.execute(_COUNT, values)
            if cursor.fetchone() is None:
                raise BudgetSpent


def spend_tokens(tokens: int, *, client: str, unit: Unit, now: datetime) -> None:
    scopes = [scope for scope, _calls in _budgets(client, unit)]
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [tokens, timezone.localdate(now), scopes])


def _budgets(client: str, unit: Unit) -> Iterator[tuple[str, int]]:
    """The budgets of a call, always in this order, so that two calls never wait for each other.

    A call without a client is our own, and takes nothing from the visitors' budget.
    """
    yield "all", settings.MODEL_CALLS_PER_DAY
    yield f"unit:{unit.pk}", settings.MODEL_CALLS_PER_UNIT
    if client:
        yield f"visitor:{client}", settings.MODEL_CALLS_PER_VISITOR


def forget_spending(*, now: datetime) -> int:
    """Drop what was counted five weeks ago; returns how many rows."""
    return Spending.objects.filter(day__lt=timezone.localdate(now) - KEPT_FOR).delete()[0]
