"""Mitra administration survives turmoil: people work, workers and web servers are killed, the books agree.

    python -m bench.turmoil [--seconds 200] [--kills 8] [--port 18060] [--seed N] [--var FOLDER]
        [--check-only]

Six people of two offices that share mitra type, approve, print, sign, hand over and pay over HTTP, right and
wrong, while workers and web servers of `halopst run` are killed with -9 and started again. Once nothing waits
any more, every sum, number, file, contract and payment is reckoned anew by `bench.turmoil_books`, which must
also notice each of the things `bench.turmoil_control` then makes wrong. `--var` keeps the folder, and
`--check-only` looks at one that was kept.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

from bench.scene import machine, table
from bench.turmoil_acts import work
from bench.turmoil_books import CHECKS, Books
from bench.turmoil_clients import Client, Tally
from bench.turmoil_control import unnoticed
from bench.turmoil_crew import Crew, crew, environment
from bench.turmoil_ended import ENDED
from bench.turmoil_office import Person, build, work_months

DRY_WITHIN = 900
WEB_KILLS = 2
MOST_TOLD = 40
Row = tuple[str, object]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=200)
    parser.add_argument(
        "--kills", type=int, default=8, help="how many workers are killed, beside two web servers"
    )
    parser.add_argument("--port", type=int, default=18060, help="the first of two")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--var", type=Path, help="a folder to keep; a new one unless it is only checked")
    parser.add_argument("--check-only", action="store_true")
    return parser.parse_args()


def turmoil(asked: argparse.Namespace, people: list[Person], var: Path) -> tuple[Crew, Tally, list[str]]:
    """Work and deaths at once, then nothing but the rest of the work."""
    tally, months = Tally(), [f"{month:%Y-%m}" for month in work_months(date.today())]  # noqa: DTZ011
    with crew(var, asked.port) as ours:
        clients = [
            Client(person, ours.ports, months, tally, asked.seed + number)
            for number, person in enumerate(people)
        ]
        until = time.monotonic() + asked.seconds
        threads = [threading.Thread(target=work, args=(client, until)) for client in clients]
        for thread in threads:
            thread.start()
        kill(ours, random.Random(asked.seed), until, asked)  # a measurement
        for thread in threads:
            thread.join()
        return ours, tally, until_dry(ours)


def kill(ours: Crew, chance: random.Random, until: float, asked: argparse.Namespace) -> None:
    """At moments nobody chose; whatever died is started again."""
    begun = time.monotonic()
    deaths = [(begun + chance.uniform(0.05, 0.95) * asked.seconds, False) for _ in range(asked.kills)]
    deaths += [(begun + chance.uniform(0.2, 0.8) * asked.seconds, True) for _ in range(WEB_KILLS)]
    deaths.sort()
    while time.monotonic() < until:
        while deaths and deaths[0][0] < time.monotonic():
            ours.kill_one(chance, web=deaths.pop(0)[1])
        ours.keep_running()
        time.sleep(0.1)


def until_dry(ours: Crew) -> list[str]:
    """Wait until no job waits or is under way; what does not end is told."""
    books, end, quiet = Books(Path()), time.monotonic() + DRY_WITHIN, 0
    while time.monotonic() < end:
        ours.keep_running()
        busy = books.one(
            "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        ) + books.one("SELECT count(*) FROM letters_batch WHERE state IN ('running', 'binding')")
        quiet = 0 if busy else quiet + 1
        if quiet > 5:  # twice a second
            return []
        time.sleep(0.5)
    return [f"work still waits after {DRY_WITHIN} s"]


def chain_faults(var: Path, folder: Path) -> list[str]:
    """The record by its own offline verifier: whole as exported, and not once a line of it is another."""
    copy, changed = folder / "catatan.jsonl", folder / "diubah.jsonl"
    said = (
        []
        if _audit(var) and _audit(var, str(copy), "--export") and _audit(var, str(copy))
        else ["the record is not whole"]
    )
    if not copy.exists():
        return said
    lines = copy.read_bytes().splitlines(keepends=True)
    lines[len(lines) // 2] = lines[len(lines) // 2].replace(b'"action":"', b'"action":"x', 1)
    changed.write_bytes(b"".join(lines))
    return said + (["a changed record is taken for whole"] if _audit(var, str(changed)) else [])


def _audit(var: Path, *words: str) -> bool:
    command = [sys.executable, "-P", "-m", "halopst.config.cli", "audit", *words]
    ended = subprocess.run(command, env=environment(var), capture_output=True, check=False)  # noqa: S603  # our own
    return ended.returncode == 0


def checked(var: Path) -> tuple[list[Row], list[str]]:
    books, rows, faults = Books(var / "media"), list[Row](), list[str]()
    for check in (*CHECKS, *ENDED):
        found = list(check(books))
        rows.append((f"disagreements of {check.__name__.replace('_', ' ')}", len(found)))
        faults += [f"{check.__name__}: {said}" for said in found]
    with tempfile.TemporaryDirectory() as folder:
        chain = chain_faults(var, Path(folder))
    missed = unnoticed(books)
    rows += [("disagreements of the record's chain", len(chain)), ("tamperings not noticed", len(missed))]
    return [*counted(books), *rows], [*faults, *chain, *(f"not noticed: {said}" for said in missed)]


def counted(books: Books) -> list[Row]:
    grouped = {
        "letters": "SELECT state, count(*) FROM letters_letter GROUP BY 1 ORDER BY 1",
        "kinds of letters": "SELECT kind, count(*) FROM letters_letter GROUP BY 1 ORDER BY 1",
        "numbers": "SELECT state, count(*) FROM letters_letternumber GROUP BY 1 ORDER BY 1",
        "batches": "SELECT state, count(*) FROM letters_batch GROUP BY 1 ORDER BY 1",
        "payment lists": "SELECT state, count(*) FROM partners_paymentlist GROUP BY 1 ORDER BY 1",
        "contracts ended": "SELECT reason, count(*) FROM partners_termination GROUP BY 1 ORDER BY 1",
        "ended by month (false) or activity": """
            SELECT activity_id IS NOT NULL, count(*) FROM partners_termination GROUP BY 1 ORDER BY 1""",
        "their letters": """
            SELECT state, count(*) FROM letters_letter WHERE kind = 'partners.termination'
            GROUP BY 1 ORDER BY 1""",
        "jobs": "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1",
    }
    single = {
        "shares": "SELECT count(*) FROM partners_share",
        "approvals": "SELECT count(*) FROM partners_approval",
        "approvals in force": "SELECT count(*) FROM partners_approval WHERE withdrawn_at IS NULL",
        "imports": "SELECT count(*) FROM partners_importrun",
        "entries on record": "SELECT count(*) FROM audit_entry",
        "deadlocks": "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()",
    }
    rows: list[Row] = [(name, dict(books.rows(statement))) for name, statement in grouped.items()]
    return rows + [(name, books.one(statement)) for name, statement in single.items()]


def of_the_turmoil(asked: argparse.Namespace, ours: Crew, tally: Tally) -> list[Row]:
    return [
        ("machine", machine()),
        ("seconds, seed", f"{asked.seconds}, {asked.seed}"),
        ("requests answered", sum(tally.answers.values())),
        ("answers", dict(sorted(tally.answers.items()))),
        ("refusals", dict(tally.codes.most_common())),
        ("acts", dict(tally.acts.most_common())),
        ("killed with -9", dict(ours.kills)),
        ("requests broken off by that", tally.broken),
        ("answers no server may give", len(tally.faults)),
    ]


def main() -> int:
    asked = arguments()
    with tempfile.TemporaryDirectory(prefix="halopst-turmoil-") as folder:
        Path(folder).chmod(0o711)
        var = (asked.var or Path(folder) / "var").resolve()
        var.mkdir(parents=True, exist_ok=True)
        os.environ |= {"HALOPST_VAR": str(var), "HALOPST_LOG_LEVEL": "ERROR", "HALOPST_DEMO": "false"}
        os.environ.pop("DATABASE_URL", None)
        from halopst.config.environment import database

        rows, faults = list[Row](), list[str]()
        with database():
            if not asked.check_only:
                ours, tally, left = turmoil(asked, build(date.today()), var)  # noqa: DTZ011
                rows, faults = of_the_turmoil(asked, ours, tally), [*tally.faults, *left]
            found, wrong = checked(var)
        table([*rows, *found])
        for said in (faults := faults + wrong)[:MOST_TOLD]:
            print(f"  {said}")
        return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
