"""The processes `halopst run` starts: watched together, stopped in order, none left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from halopst.config.failures import CommandFailed

PR_SET_PDEATHSIG = 1  # from <linux/prctl.h>
ENDS_WITHIN = 15  # seconds a process may take to finish what it is doing
LOOKS_EVERY = 0.1


@dataclass(frozen=True)
class Child:
    """One of our own commands in a process of its own; `name` is what the sentence about its death says."""

    name: str
    process: "subprocess.Popen[bytes]"


def start(name: str, *arguments: str) -> Child:
    """In its own session, so that Ctrl-C reaches only us and we decide the order of stopping.

    `-P` keeps a file of the office's that happens to be called random.py out of Python's way.
    """
    follow = ("--parent", str(os.getpid()))
    command = [sys.executable, "-P", "-m", "halopst.config.cli", *arguments, *follow]
    return Child(name, subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL))  # noqa: S603 - our own command


def end_with(parent: int) -> None:
    """Ask the kernel to stop this process when the one that started it is gone, even by kill -9."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        raise SystemExit(1)


def watch(children: Sequence[Child], until: Callable[[], bool]) -> None:
    """Return when `until` says so; refuse as soon as a child has ended by itself."""
    while not until():
        for child in children:
            code = child.process.poll()
            if code is not None:
                raise CommandFailed(
                    f"{child.name} berhenti sendiri (kode {code}), jadi HaloPST dihentikan: "
                    "lihat pesan di atas, lalu jalankan lagi."
                )
        time.sleep(LOOKS_EVERY)


def stop(children: Sequence[Child]) -> None:
    """In the order given, each allowed to finish; a second Ctrl-C does not hurry it into losing work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    for child in children:
        child.process.terminate()
        try:
            child.process.wait(ENDS_WITHIN)
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
