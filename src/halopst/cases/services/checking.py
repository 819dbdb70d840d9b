"""What a higher domain has to say to an officer's reply before it is sent."""

from collections.abc import Callable
from datetime import datetime

from halopst.cases.models import Case
from halopst.core.actors import Actor

Check = Callable[[Actor, Case, str, datetime], None]
_checks: list[Check] = []


def check_replies(check: Check) -> None:
    """Let `check(actor, case, body, now)` refuse a reply of the office, in the transaction that sends it."""
    _checks.append(check)


def check_reply(actor: Actor, case: Case, body: str, *, now: datetime) -> None:
    for check in _checks:
        check(actor, case, body, now)
