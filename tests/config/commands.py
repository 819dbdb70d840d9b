"""The `halopst` command as a person starts it: in its own process, with none of the test's settings."""

import os
import signal
import subprocess
import sys
from pathlib import Path

OURS = ("HALOPST_", "DATABASE_", "DJANGO_")


def surroundings(var, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"HALOPST_VAR": str(var)} | more


def start(var, *words, **more):
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "halopst.config.cli", *words],
        env=surroundings(var, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that starts us in the background has us ignore Ctrl-C; the tests press it all the same.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )


def halopst(var, *words, **more):
    """Run one command to its end; gives (exit code, what it said, what it refused)."""
    with start(var, *words, **more) as process:
        said, refused = process.communicate(timeout=300)
    return process.returncode, said, refused


def processes_of(var):
    """Every living process that was started for this data folder: {number: command line}."""
    found = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            environment = (path / "environ").read_bytes().split(b"\0")
            ours = (
                f"HALOPST_VAR={var}".encode() in environment or (path / "cwd").readlink() == var / "postgres"
            )
            command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if ours and command:
            found[int(path.name)] = command
    return found
