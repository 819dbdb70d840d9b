"""Pages at 1x and at many times the demonstration's data: the 95th percentile may grow at most 1.5 times.

    python -m bench.pages [--scale 100] [--rounds 40] [--demo FOLDER]

Builds the demonstration with its whole year in a folder of its own (or copies FOLDER, where one was built and
stopped), asks a real web server for each page, multiplies the data, and asks again.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

GROWTH = 1.5
FASTEST_TOLD = 0.02
"""Differences below this many seconds are the machine's, not the page's."""
PORT = 8431
READER = "admin.pusat@peragaan.example"
PAGES = {
    "landing": "/",
    "office search": "/?q=surabya",
    "office home": "/jatim/",
    "experts": "/konsultasi/jatim/",
    "times": "/konsultasi/jatim/waktu/?ahli=siapa-saja",
    "standards": "/satker/jatim/standar/",
    "inbox": "/permintaan/kotak-masuk/?tab=tim",
    "inbox search": "/permintaan/kotak-masuk/?tab=tim&q=kemiskinan",
    "finished": "/permintaan/kotak-masuk/?tab=selesai",
    "calendar": "/konsultasi/kalender/",
    "ratings": "/penilaian/",
    "notices": "/pemberitahuan/",
    "outbox": "/pemberitahuan/kotak-keluar/",
    "audit": "/akun/audit/",
    "people": "/akun/orang/",
    "dashboard": "/laporan/",
}


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--demo", type=Path)
    parser.add_argument("--scale", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=40)
    return parser.parse_args()


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "halopst.config.cli", *words]


def environment(folder: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return {**kept, "HALOPST_VAR": folder, "HALOPST_LOG_LEVEL": "ERROR", "HALOPST_STAFF_TOTP": "optional"}


def halopst(folder: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command(*words), env=environment(folder))  # noqa: S603


def run(folder: str, *words: str) -> None:
    assert halopst(folder, *words).wait() == 0, words


def session(folder: str) -> str:
    """A signed-in administrator of the head office: whoever sees the most."""
    script = (
        "from django.test import Client; from halopst.accounts.models import User; c = Client(); "
        f"c.force_login(User.objects.get(email='{READER}')); print(c.cookies['sesi'].value)"
    )
    words = command("manage", "shell", "-v", "0", "-c", script)
    done = subprocess.run(words, env=environment(folder), capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout.split()[-1]


def build(folder: Path, ready: Path | None) -> None:
    """The demonstration in `folder`, with every week of its year."""
    if ready is None:
        folder.mkdir(mode=0o755)
    else:
        subprocess.run(["cp", "-a", ready, folder], check=True)  # noqa: S603, S607  # keeps the owner of the data
    run(str(folder), "demo", "--wait")


def ask(path: str, cookie: str) -> float:
    request = urllib.request.Request(  # to ourselves
        f"http://127.0.0.1:{PORT}{path}", headers={"Cookie": f"sesi={cookie}"}
    )
    began = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  # to ourselves
        answer.read()
    return time.perf_counter() - began


def measure(folder: str, rounds: int) -> dict[str, tuple[float, float]]:
    """The median and 95th percentile of every page, in seconds."""
    cookie = session(folder)
    web = halopst(folder, "web", "--port", str(PORT))
    try:
        wait_until_up()
        found = {}
        for name, path in PAGES.items():
            for _ in range(3):
                ask(path, cookie)
            taken = [ask(path, cookie) for _ in range(rounds)]
            found[name] = statistics.median(taken), statistics.quantiles(taken, n=20)[-1]
        return found
    finally:
        web.terminate()
        web.wait()


def wait_until_up() -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5).close()  # to ourselves
        except OSError:
            time.sleep(0.25)
        else:
            return


def main() -> int:
    given = arguments()
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        folder = f"{parent}/demo"
        build(Path(folder), given.demo)
        small = measure(folder, given.rounds)
        run(folder, "demo", "--scale", str(given.scale))
        large = measure(folder, given.rounds)
    heads = ["1x p50", "1x p95", f"{given.scale}x p50", f"{given.scale}x p95", "growth"]
    print(f"{'page, ms':<14} " + " ".join(f"{head:>8}" for head in heads))
    missed = 0
    for name in PAGES:
        (a50, a95), (b50, b95) = small[name], large[name]
        growth = b95 / a95
        late = growth > GROWTH and b95 - a95 > FASTEST_TOLD
        missed += late
        times = " ".join(f"{seconds * 1000:8.0f}" for seconds in (a50, a95, b50, b95))
        print(f"{name:<14} {times} {growth:8.2f}{'  !' if late else ''}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
