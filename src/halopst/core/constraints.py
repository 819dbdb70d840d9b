"""The database guards what is scarce; this turns its verdict into an answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import IntegrityError, OperationalError, connection, transaction

from halopst.core.errors import Refused


@contextmanager
def refuse_on(constraint: str, refusal: Callable[[], Refused]) -> Iterator[None]:
    """Raise `refusal` when the named constraint is violated; any other violation is a bug."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if violated(error) == constraint:
            raise refusal() from error
        raise


def in_turn(what: str) -> None:
    """Wait until nobody else changes rows of `what`; the next one waits until this transaction ends.

    For rows an exclusion constraint keeps apart, before one is locked: two who write one each may wait for
    each other, and the database would break one of them off instead of naming the constraint.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])


def violated(error: IntegrityError) -> str | None:
    """The name of the constraint, or of the trigger's promise, that `error` is about."""
    cause = error.__cause__
    return cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None


def is_deadlock(error: Exception) -> bool:
    """Whether the database broke off this transaction, whole, so that another could go on."""
    return isinstance(error, OperationalError) and isinstance(
        error.__cause__, psycopg.errors.DeadlockDetected
    )
