"""A data folder with a server and all its tables, made once: most tests begin where migrating ended."""

import fcntl
import shutil
import subprocess
from pathlib import Path

from tests.config.commands import halopst
from tests.template import ROOT, fingerprint

PREFIX = "prepared-"


def copy_to(var: Path) -> None:
    """`var` as `halopst migrate` leaves it. Whoever comes first makes the original, the others wait."""
    home = ROOT / "var"
    original = home / f"{PREFIX}{fingerprint()}"
    with (home / "prepared.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not original.exists():
            _make(home, original)
    subprocess.run(["/bin/cp", "-a", str(original), str(var)], check=True)


def _make(home: Path, original: Path) -> None:
    for old in home.glob(f"{PREFIX}*/"):
        shutil.rmtree(old)
    unfinished = home / f"{PREFIX}unfinished"
    code, _, refused = halopst(unfinished, "migrate")
    assert (code, refused) == (0, "")
    unfinished.rename(original)
