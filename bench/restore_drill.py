"""R-33: after a total loss the office works again within 30 minutes, having lost at most 5.

    python -m bench.restore_drill [--scale 1] [--var FOLDER]

Backs an office up (the one in FOLDER, or a demo office of the given scale), throws nothing away but its
machine: the archive alone is carried to an empty folder, restored, and started. What may be lost is what
came after the last backup, so a backup has to fit well inside five minutes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

BACK_WITHIN = 30 * 60
LOSE_AT_MOST = 5 * 60
PORT = 18033


def halopst(var: Path, *words: str) -> None:
    subprocess.run(_command(words), env=_environment(var), check=True, stdout=subprocess.DEVNULL)  # noqa: S603


def until_healthy(var: Path) -> None:
    """Start everything on the new machine, wait until it says that it is ready, and stop it."""
    words = ("run", "--no-demo", "--port", str(PORT))
    with subprocess.Popen(  # noqa: S603
        _command(words), env=_environment(var), stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert any("siap di" in line for line in running.stdout), "it did not come up"
        running.terminate()
        running.communicate()


def _command(words: tuple[str, ...]) -> list[str]:
    return [sys.executable, "-P", "-m", "halopst.config.cli", *words]


def _environment(var: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"HALOPST_VAR": str(var)}


def timed(action: Callable[[], None]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def drill(office: Path, empty: Path) -> bool:
    archive = empty / "backup.zip"
    backup = timed(lambda: halopst(office, "backup", str(archive)))
    restore = timed(lambda: halopst(empty / "var", "restore", str(archive)))
    start = timed(lambda: until_healthy(empty / "var"))
    rows = {
        "archive (MB)": archive.stat().st_size / 2**20,
        "backup, while in use (s)": backup,
        "restore into an empty folder (s)": restore,
        "start until ready, and stop (s)": start,
        f"back after (s), at most {BACK_WITHIN}": restore + start,
    }
    for name, value in rows.items():
        print(f"| {name:<36} | {value:>9.1f} |")
    return restore + start <= BACK_WITHIN and backup <= LOSE_AT_MOST / 5


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scale", type=int, default=1)
    parser.add_argument("--var", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="halopst-drill-") as folder:
        Path(folder).chmod(0o711)
        office = options.var or Path(folder) / "office"
        if options.var is None:
            halopst(office, "demo", "--scale", str(options.scale))
        return 0 if drill(office, Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
