"""R-03: the arithmetic of intervals equals a brute-force oracle on random cases.

python -m bench.overlap [--cases 100000] [--seed 20261120]
"""

import argparse
import random
import sys
import time

from bench.scene import machine, table
from halopst.scheduling import rules
from tests.scheduling.oracle import disagreement


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=20_261_120)
    options = parser.parse_args()
    chance, began = random.Random(options.seed), time.perf_counter()
    wrong = [case for _ in range(options.cases) if (case := disagreement(rules, chance))]
    table(
        [
            ("machine", machine()),
            ("random cases", f"{options.cases}, seed {options.seed}"),
            ("disagreements with the oracle", len(wrong)),
            ("whole run", f"{time.perf_counter() - began:.1f} s"),
        ]
    )
    for case in wrong[:3]:
        print("  ", case)
    return len(wrong)


if __name__ == "__main__":
    sys.exit(min(1, main()))
