"""Multiply the demonstration's rows for measurements: the same year, many times over.

The copies stand in for an office that is N times as busy. They are written by the database itself, not lived
through services, and are fit for timing pages only.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, models, transaction

from halopst.audit.models import Entry
from halopst.cases.models import Case, Message
from halopst.consultations.models import Consultation
from halopst.notifications.models import Delivery, Notice
from halopst.satisfaction.models import Invitation, Rating
from halopst.scheduling.models import Reservation

STEP = 1_000_000_000
"""Copy number k of row i has the id i + k · STEP, so that links between copies are arithmetic."""

COPIED: tuple[type[models.Model], ...] = (
    Case,
    Message,
    Reservation,
    Consultation,
    Invitation,
    Rating,
    Notice,
    Delivery,
    Entry,
)
ALTERED: dict[tuple[type[models.Model], str], str] = {
    (Case, "number"): r"regexp_replace(number, '([0-9]+)$', k || '\1')",
    # One expert cannot meet two visitors at once, not even in a measurement: the copies were let go again.
    (Reservation, "state"): "'released'",
    (Notice, "key"): "key || '#' || k",
}


def multiply(scale: int, *, announce: Callable[[str], object]) -> None:
    """Bring the copied tables to `scale` times their first size; the same scale again adds nothing."""
    for model in COPIED:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_statement(model), {"scale": scale, "step": STEP})
            announce(f"{model._meta.verbose_name}: {cursor.rowcount} baris salinan.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _statement(model: type[models.Model]) -> str:
    names, values = zip(*_columns(model), strict=True)
    table = connection.ops.quote_name(model._meta.db_table)
    return (
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} "  # noqa: S608  # names of our own tables
        f"FROM {table}, generate_series(1::bigint, %(scale)s - 1) AS k WHERE id < %(step)s "
        f"AND NOT EXISTS (SELECT 1 FROM {table} AS copy WHERE copy.id = {table}.id + k * %(step)s)"
    )


def _columns(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    for field in model._meta.concrete_fields:
        if getattr(field, "generated", False):
            continue
        name = connection.ops.quote_name(field.column)
        yield name, _value(model, field, name)


def _value(model: type[models.Model], field: "models.Field[Any, Any]", name: str) -> str:
    if (model, field.name) in ALTERED:
        return ALTERED[model, field.name]
    shifts = field.primary_key or (field.is_relation and field.related_model in COPIED)
    if shifts:
        return f"{name} + k * %(step)s"
    if isinstance(field, models.UUIDField):
        return "gen_random_uuid()"
    return name
