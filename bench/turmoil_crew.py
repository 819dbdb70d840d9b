"""The processes of `bench.turmoil`: `halopst run`, one more web server and worker, killed and restarted."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

COMES_UP_WITHIN = 180
LOOKS_EVERY = 0.5


class Crew:
    """`run` ends as soon as one of its own dies, as an installation that a service manager starts again."""

    def __init__(self, var: Path, port: int) -> None:
        self.var, self.ports, self.kills = var, (port, port + 1), Counter[str]()
        self.commands = {
            "run": ("run", "--no-demo", "--port", str(port)),
            "web": ("web", "--port", str(port + 1)),
            "worker": ("worker",),
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def keep_running(self) -> None:
        """Start whatever is not there."""
        for name, words in self.commands.items():
            process = self.running.get(name)
            if process is None or process.poll() is not None:
                self.running[name] = self._start(name, words)

    def _start(self, name: str, words: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-P", "-m", "halopst.config.cli", *words]
        with (self.var / f"{name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603  # our own command
                command, env=environment(self.var), stdout=log, stderr=log, start_new_session=True
            )

    def kill_one(self, chance: Random, *, web: bool) -> None:
        """A worker or a web server, whoever started it, at whatever step it is."""
        wanted = "web" if web else "worker"
        found = [pid for process in self.running.values() for pid in family(process.pid) if says(pid, wanted)]
        if found:
            with suppress(ProcessLookupError):
                os.kill(chance.choice(found), signal.SIGKILL)
                self.kills[wanted] += 1

    def until_ready(self) -> None:
        end = time.monotonic() + COMES_UP_WITHIN
        while not all(healthy(port) for port in self.ports):
            if time.monotonic() > end:
                raise SystemExit("the servers did not come up")
            self.keep_running()
            time.sleep(LOOKS_EVERY)

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(40)
            process.kill()
            process.wait()


@contextmanager
def crew(var: Path, port: int) -> Iterator[Crew]:
    made = Crew(var, port)
    try:
        made.until_ready()
        yield made
    finally:
        made.stop()


def environment(var: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "HALOPST_DB_POOL"}
    }
    return kept | {"HALOPST_VAR": str(var), "HALOPST_LOG_LEVEL": "WARNING"}


def family(pid: int) -> list[int]:
    """A process and those it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children")
    with suppress(OSError):
        return [pid, *(one for child in children.read_text().split() for one in family(int(child)))]
    return []


def says(pid: int, word: str) -> bool:
    """Whether that is what the process was started as."""
    with suppress(OSError):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        return "halopst.config.cli" in words and words[words.index("halopst.config.cli") + 1] == word
    return False


def healthy(port: int) -> bool:
    try:
        request = urllib.request.Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": "localhost"})
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310  # loopback
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
