"""Starting one server for many processes, and stopping it with the last of them.

A process that needs the server holds a shared lock on one file (its lease). The kernel drops the lock when
the process ends, however it ends; whoever can lock the file alone knows that nobody else is left.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from halopst.config.embedded.account import Account, account_of
from halopst.config.embedded.cluster import SOCKET, Cluster
from halopst.config.embedded.folders import (
    check,
    configure,
    create,
    hand_over,
    open_sockets,
    open_the_way,
    prepare,
    sentences,
)
from halopst.config.failures import CommandFailed

STARTS_WITHIN = "120"  # seconds, recovery after a power cut included
STOPS_WITHIN = "60"
STARTING_UP = 1  # what pg_isready says of a server that does not accept connections yet


class Lease:
    """The claim of one process on a running server."""

    def __init__(self, cluster: Cluster, descriptor: int) -> None:
        self._cluster = cluster
        self._descriptor = descriptor

    def leave(self) -> None:
        """Give the claim back; the last one out stops the server and waits until it has stopped."""
        with _gate(self._cluster):
            if _alone(self._descriptor):
                _stop(self._cluster)
            os.close(self._descriptor)


@contextmanager
def serving(cluster: Cluster) -> Iterator[str]:
    """Hold a lease for the length of a block; gives the server's address."""
    lease = enter(cluster)
    try:
        yield cluster.url
    finally:
        lease.leave()


def enter(cluster: Cluster) -> Lease:
    """Start the server unless it is running. Refuses, with a sentence, data it cannot serve."""
    with sentences(cluster):
        prepare(cluster)
        with _gate(cluster):
            descriptor = _open(cluster.var / "postgres.lease")
            try:
                _start_unless_running(cluster, alone=_alone(descriptor))
                fcntl.flock(descriptor, fcntl.LOCK_SH)
            except BaseException:
                os.close(descriptor)
                raise
    return Lease(cluster, descriptor)


def _start_unless_running(cluster: Cluster, *, alone: bool) -> None:
    account = account_of(cluster)
    if cluster.data.exists():
        check(cluster)
    open_the_way(cluster, account)
    if not cluster.data.exists():
        create(cluster, account)
    if _answers(cluster, account):
        return
    if alone and not _processes(cluster):
        _clear_remains(cluster)
    hand_over(cluster.data, account)
    open_sockets(cluster, account)
    configure(cluster, account)
    _start(cluster, account)


def _answers(cluster: Cluster, account: Account) -> bool:
    """Whether a server serves these sockets; waits for one that is still recovering."""
    while True:
        said = account.run("pg_isready", "-q", "-h", str(cluster.sockets), inside=Path("/")).returncode
        if said != STARTING_UP:
            return said == 0
        time.sleep(0.1)


def _start(cluster: Cluster, account: Account) -> None:
    report = cluster.data / "start.log"
    report.unlink(missing_ok=True)
    ctl = ("start", "--pgdata=.", "--wait", f"--timeout={STARTS_WITHIN}", "--log=start.log", "--silent")
    if account.run("pg_ctl", *ctl, inside=cluster.data).returncode == 0:
        return
    text = report.read_text(encoding="utf-8", errors="replace") if report.exists() else ""
    if "No space left" in text:
        reason = "ruang penyimpanan habis; kosongkan sebagian, lalu jalankan lagi"
    else:
        reason = f"periksa catatan di {report} dan {cluster.data / 'log'}, atau pulihkan cadangan terakhir"
    raise CommandFailed(f"PostgreSQL bawaan di {cluster.data} tidak mau menyala: {reason}.")


def _stop(cluster: Cluster) -> None:
    account = account_of(cluster)
    ctl = ("stop", "--pgdata=.", "--mode=fast", "--wait", f"--timeout={STOPS_WITHIN}", "--silent")
    account.run("pg_ctl", *ctl, inside=cluster.data)


def _clear_remains(cluster: Cluster) -> None:
    """A machine that lost power leaves a process number that, after the restart, may be anybody's."""
    for path in (
        cluster.data / "postmaster.pid",
        cluster.sockets / SOCKET,
        cluster.sockets / f"{SOCKET}.lock",
    ):
        path.unlink(missing_ok=True)


def _processes(cluster: Cluster) -> list[int]:
    """Every process that works inside the data folder: PostgreSQL's all do, and nothing else should."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cwd").readlink() == cluster.data:
                found.append(int(folder.name))
        except OSError:  # gone meanwhile, or another user's
            continue
    return found


@contextmanager
def _gate(cluster: Cluster) -> Iterator[None]:
    """One process at a time starts or stops the server."""
    descriptor = _open(cluster.var / "postgres.gate")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _alone(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
