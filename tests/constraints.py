"""What the database refuses, and by which of its constraints."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction

from halopst.core.constraints import violated


@contextmanager
def refused_as(constraint):
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield caught
    assert violated(caught.value) == constraint
