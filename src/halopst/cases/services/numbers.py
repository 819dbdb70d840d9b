"""Tracking numbers without gaps: PREFIX-YYMM-NNNN."""

from datetime import date

from django.db import connection

from halopst.units.models import Unit


def next_number(unit: Unit, day: date) -> str:
    """The next number of the unit in the month of its local `day`.

    The counter's row stays locked until the transaction ends: a rollback gives the number back, and nobody
    can have taken the next one.
    """
    month = f"{day:%y%m}"
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO cases_casecounter (unit_id, month, last, created_at, updated_at)
            VALUES (%s, %s, 1, now(), now())
            ON CONFLICT ON CONSTRAINT one_counter_per_unit_and_month
            DO UPDATE SET last = cases_casecounter.last + 1, updated_at = now()
            RETURNING last
            """,
            [unit.pk, month],
        )
        (last,) = cursor.fetchone()
    return f"{unit.case_prefix}-{month}-{last:04d}"
