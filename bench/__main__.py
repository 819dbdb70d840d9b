"""Run every measurement, one after the other: `make bench`. One alone: `python -m bench.NAME --help`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """A module with a `main` is a measurement; gives how many of them missed their promise."""
    names = [path.stem for path in sorted(HERE.glob("*.py")) if "\ndef main(" in path.read_text()]
    missed = 0
    for name in names:
        if name != "__main__":
            print(f"\n== {name}", flush=True)
            missed += subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode != 0  # noqa: S603 - our own
    return missed


if __name__ == "__main__":
    sys.exit(main())
