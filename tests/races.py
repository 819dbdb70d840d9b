"""What a race needs: real threads on real connections, starting together."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def all_at_once(*acts):
    """Run `acts` on threads of their own, as near to the same moment as can be; their results or refusals."""
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
        return list(pool.map(run, acts))
