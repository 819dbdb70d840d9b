import pytest
from django.utils import timezone

from tests.scheduling.factories import NOW


class Clock:
    def __init__(self):
        self.time = NOW

    def __call__(self):
        return self.time


@pytest.fixture
def clock(monkeypatch):
    """The time doors see; begins on Friday 20 November 2026, 09.00 WIB. Set `clock.time` to travel."""
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock
