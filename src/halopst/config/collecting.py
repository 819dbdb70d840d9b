"""Static files as the web server sends them: collected when this version brings others than the last."""

import fcntl
import hashlib
import json
import time
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

COLLECTED = ".collected"
LEFT_OUT = ["redoc*"]
KEPT_FOR = 90 * 24 * 60 * 60  # seconds
COMPRESSED = (".gz", ".br")


def collect_static_files() -> None:
    """Only when the packages brought other files than last time: compressing them takes a moment.

    Files are told apart by content. Those of earlier versions stay for a while: a page opened before an
    upgrade still asks for them, as does a server that has not stopped yet. Of several servers that start at
    once in one data folder the first collects, and the others wait.
    """
    root, today = Path(settings.STATIC_ROOT), _fingerprint()
    if _collected(root) == today:
        return
    root.parent.mkdir(parents=True, exist_ok=True)
    with root.with_name(f"{root.name}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if _collected(root) != today:
            call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=LEFT_OUT)
            _let_go_of_old_ones(root)
            (root / COLLECTED).write_text(today, encoding="ascii")


def _collected(root: Path) -> str:
    stamp = root / COLLECTED
    return stamp.read_text(encoding="ascii") if stamp.exists() else ""


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list(LEFT_OUT), key=lambda found: found[0]):
            content = Path(storage.path(name)).read_bytes()
            digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def _let_go_of_old_ones(root: Path) -> None:
    """What this version does not name and nothing has written for a quarter of a year."""
    manifest = root / "staticfiles.json"
    names = json.loads(manifest.read_text(encoding="utf-8"))["paths"].values()
    kept = {manifest, *(root / name for name in names)}
    for path in root.rglob("*"):
        original = path.with_suffix("") if path.suffix in COMPRESSED else path
        if path.is_file() and original not in kept and path.stat().st_mtime < time.time() - KEPT_FOR:
            path.unlink()
