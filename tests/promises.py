"""What the database itself promises, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction


def breaks(promise, statement, *values):
    """The statement is refused, by the constraint or trigger of that name."""
    with pytest.raises(IntegrityError) as broken, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    assert broken.value.__cause__.diag.constraint_name == promise
