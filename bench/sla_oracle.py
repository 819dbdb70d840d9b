"""R-11: deadlines against a clock that walks minute by minute, over many random cases. Prints its seed."""

import argparse
import os
import platform
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from random import SystemRandom

from tests.calendars.oracle import CASES_PER_CALENDAR, disagreements

CHUNK = 10 * CASES_PER_CALENDAR


def main() -> int:
    """How many cases disagree; 0 when the promise is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**9))
    asked = parser.parse_args()
    chunks = max(1, asked.cases // CHUNK)
    started = time.monotonic()
    with ProcessPoolExecutor() as pool:
        seeds = range(asked.seed, asked.seed + chunks)
        wrong = [text for found in pool.map(disagreements, seeds, repeat(CHUNK)) for text in found]
    took = time.monotonic() - started
    for text in wrong[:20]:
        print(text)
    print(f"| cases | disagree | seed | seconds | CPU seconds | machine |\n|{'---|' * 6}")
    print(
        f"| {chunks * CHUNK:,} | {len(wrong)} | {asked.seed} | {took:.0f} | {os.times().children_user:.0f} "
        f"| {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()} |"
    )
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
