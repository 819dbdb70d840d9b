"""What a race needs: real threads on real connections, starting together."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from halopst.core.constraints import is_deadlock

PATIENCE = 300
"""Seconds to wait for another thread: so long only a test that is about to fail waits."""


def all_at_once(*acts, may_deadlock=False):
    """Run `acts` on threads of their own, as near to the same moment as can be; their results or refusals.

    Two that wait for each other fail the test unless they `may_deadlock`: the database broke one of them off.
    """
    start = threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            return act()
        except Exception as error:  # noqa: BLE001  # the test looks at what happened to each
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        outcomes = list(pool.map(run, acts))
    for outcome in outcomes:
        if not may_deadlock and isinstance(outcome, Exception) and is_deadlock(outcome):
            raise outcome
    return outcomes


def meeting(people):
    """What each of so many threads calls where none may go on before all have come."""
    return threading.Barrier(people, timeout=PATIENCE).wait


def until_somebody_waits(over):
    """Hold a transaction until another waits for what it holds, or until whoever might is done, and says so.

    Asked of the locks: the list of sessions is as it was when this transaction first looked.
    """
    end = time.monotonic() + PATIENCE
    while not over.wait(0.05):
        assert time.monotonic() < end, "nobody came"
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.rowcount:
                return
