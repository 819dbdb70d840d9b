"""Real processes with real threads that all want the same thing at the same moment.

`Rivals` starts them once and keeps them warm; each `race` hands every thread one call, gives one
starting shot, and tells what became of each. Run as a module it is one such process.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any, Self

HEAD_START = 0.05


class Rivals:
    """`processes` of `threads` each, on the database of the current Django settings."""

    def __init__(self, processes: int, threads: int, *, pool: int = 0) -> None:
        self.seats = processes * threads
        self.threads = threads
        self._running = [_start(threads, pool) for _ in range(processes)]
        for process in self._running:
            assert process.stdout.readline() == "ready\n", "a rival did not start"

    def race(self, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Make all `calls` at once and return what each came to: `{"said": ..., ...}`."""
        assert len(calls) <= self.seats, "more calls than seats"
        go = time.time() + HEAD_START
        shares = [calls[n :: len(self._running)] for n in range(len(self._running))]
        for process, share in zip(self._running, shares, strict=True):
            process.stdin.write(json.dumps({"go": go, "calls": share}, default=str) + "\n")
            process.stdin.flush()
        return [said for process in self._running for said in json.loads(process.stdout.readline())]

    def close(self) -> None:
        for process in self._running:
            process.stdin.close()
            process.wait(timeout=20)
            process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def tally(outcomes: list[dict[str, Any]]) -> dict[str, int]:
    return dict(Counter(outcome["said"] for outcome in outcomes))


def _start(threads: int, pool: int) -> subprocess.Popen[str]:
    from django.db import connection  # noqa: PLC0415  # the parent knows its settings only when it runs

    settings = connection.settings_dict
    environment = {
        **os.environ,
        "RIVALS_DATABASE": json.dumps({key: settings[key] for key in ("NAME", "USER", "HOST", "PORT")}),
        "RIVALS_POOL": str(pool),
    }
    return subprocess.Popen(  # noqa: S603  # our own module, our own interpreter
        [sys.executable, "-m", "bench.rivals", str(threads)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def _prepare() -> None:
    import django  # noqa: PLC0415  # settings come first
    from django.conf import settings  # noqa: PLC0415

    database = settings.DATABASES["default"]
    database.update(json.loads(os.environ["RIVALS_DATABASE"]))
    if pool := int(os.environ["RIVALS_POOL"]):
        database.setdefault("OPTIONS", {})["pool"] = {"min_size": pool, "max_size": pool, "timeout": 60}
    django.setup()


def _attempt(call: dict[str, Any], shot: threading.Barrier) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415

    from halopst.core.errors import Refused  # noqa: PLC0415

    try:
        shot.wait()
        started = time.perf_counter()
        answer = {"said": "ok", "pk": _VERBS[call.pop("verb")](**call).pk}
    except Refused as refusal:
        alternatives = [slot.starts_at.isoformat() for slot in getattr(refusal, "alternatives", [])]
        answer = {"said": refusal.code, "alternatives": alternatives}
    except Exception as error:  # noqa: BLE001  # whatever happens is the result
        answer = {"said": type(error).__name__, "why": str(error)[:200]}
    finally:
        connection.close()
    return {**answer, "seconds": time.perf_counter() - started}


def _hold(*, expert: int, starts_at: str, holder: str, client: str, now: str, user: int | None = None) -> Any:
    from halopst.core.actors import Actor  # noqa: PLC0415
    from halopst.scheduling import services  # noqa: PLC0415
    from halopst.scheduling.models import Expert  # noqa: PLC0415

    return services.hold(
        Actor(user_id=user),
        expert=Expert.objects.select_related("unit").get(pk=expert),
        starts_at=datetime.fromisoformat(starts_at),
        holder=holder,
        client=client,
        now=datetime.fromisoformat(now),
    )


def _hold_any(*, unit: int, starts_at: str, holder: str, client: str, now: str) -> Any:
    from halopst.core.actors import Actor  # noqa: PLC0415
    from halopst.scheduling import services  # noqa: PLC0415
    from halopst.units.models import Unit  # noqa: PLC0415

    return services.hold_any(
        Actor(user_id=int(client)),
        unit=Unit.objects.get(pk=unit),
        field=None,
        starts_at=datetime.fromisoformat(starts_at),
        holder=holder,
        client=client,
        now=datetime.fromisoformat(now),
    )


def _insert(*, expert: int, starts_at: str, minutes: int) -> Any:
    """A row of any length at any time, past the services' look at the diary: only the database judges it."""
    from django.db import transaction  # noqa: PLC0415
    from psycopg.types.range import TimestamptzRange  # noqa: PLC0415

    from halopst.scheduling.models import Expert, Reservation  # noqa: PLC0415
    from halopst.scheduling.services.days import lock_days, the_database_agrees  # noqa: PLC0415

    who = Expert.objects.select_related("unit").get(pk=expert)
    start = datetime.fromisoformat(starts_at)
    end, day = start + timedelta(minutes=minutes), start.astimezone(who.unit.tz).date()
    with transaction.atomic():
        lock_days(who.unit_id, [day])
        with the_database_agrees():
            return Reservation.objects.create(
                unit=who.unit,
                expert=who,
                day=day,
                starts_at=start,
                ends_at=end,
                blocked=TimestamptzRange(start, end),
                state="requested",
            )


def _on_reservation(verb: str, *, pk: int, now: str, **more: str) -> Any:
    from halopst.scheduling import services  # noqa: PLC0415
    from halopst.scheduling.models import Reservation  # noqa: PLC0415

    reservation = Reservation.objects.select_related("expert__unit").get(pk=pk)
    changes: dict[str, Any] = dict(more)
    if "starts_at" in changes:
        changes["starts_at"] = datetime.fromisoformat(changes["starts_at"])
    return getattr(services, verb)(reservation, now=datetime.fromisoformat(now), **changes)


def _assign(
    *, registration: int, duty: int, volume: int, month: str, now: str, before: int | None = None
) -> Any:
    from halopst.core.actors import SYSTEM  # noqa: PLC0415
    from halopst.partners.models import ActivityDuty, Registration  # noqa: PLC0415
    from halopst.partners.services.allocation import assigning  # noqa: PLC0415

    who = Registration.objects.select_related("unit").get(pk=registration)
    row = assigning.set_volume(
        SYSTEM,
        registration=who,
        duty=ActivityDuty.objects.select_related("activity").get(pk=duty),
        volume=volume,
        month=date.fromisoformat(month),
        now=datetime.fromisoformat(now),
        before=before,
    )
    return row or who


def _pay(*, registration: int, duty: int, volume: int, month: str) -> Any:
    """An assignment and its share written past every service: only the database judges it."""
    from django.db import transaction  # noqa: PLC0415

    from halopst.partners.models import ActivityDuty, Assignment, Registration, Share  # noqa: PLC0415
    from halopst.partners.services.allocation.writing import the_database_agrees  # noqa: PLC0415

    who = Registration.objects.get(pk=registration)
    price = ActivityDuty.objects.select_related("unit_price").get(pk=duty).unit_price.amount
    with transaction.atomic(), the_database_agrees():
        row = Assignment.objects.create(
            registration=who, duty_id=duty, volume=volume, price=price, value=price * volume
        )
        return Share.objects.create(
            assignment=row, person_id=who.person_id, month=date.fromisoformat(month), amount=row.value
        )


def _lower_the_cap(*, province: int, amount: int, valid_from: str) -> Any:
    from halopst.core.actors import SYSTEM  # noqa: PLC0415
    from halopst.partners import services  # noqa: PLC0415
    from halopst.partners.models import HonorCap  # noqa: PLC0415
    from halopst.partners.services.reference.positions import position_to_cap  # noqa: PLC0415
    from halopst.units.models import Unit  # noqa: PLC0415

    day, unit = date.fromisoformat(valid_from), Unit.objects.get(pk=province)
    row = HonorCap(
        province=unit,
        year=day.year,
        activity_kind="survei",
        position=position_to_cap(unit, "pcl_ppl", day=day, kind="survei"),
        amount=amount,
        basis="Contoh",
        valid_from=day,
    )
    return services.add_row(SYSTEM, row)


def _lower_the_ceiling(*, line: int, ceiling: int, on: str) -> Any:
    from halopst.core.actors import SYSTEM  # noqa: PLC0415
    from halopst.partners import services  # noqa: PLC0415
    from halopst.partners.models import BudgetLine  # noqa: PLC0415

    row, day = BudgetLine.objects.get(pk=line), date.fromisoformat(on)
    words = {"revision": row.revision + 1, "ceiling": ceiling, "basis": "Contoh"}
    return services.revise_ceiling(SYSTEM, row, valid_from=day, today=day, **words)


def _choose_the_line(*, activity: int, line: int, year: int, now: str) -> Any:
    from halopst.core.actors import SYSTEM  # noqa: PLC0415
    from halopst.partners import services  # noqa: PLC0415
    from halopst.partners.models import Activity, BudgetLine  # noqa: PLC0415

    return services.set_budget_line(
        SYSTEM,
        Activity.objects.select_related("unit").get(pk=activity),
        year=year,
        budget_line=BudgetLine.objects.get(pk=line),
        now=datetime.fromisoformat(now),
    )


_VERBS = {
    "assign": _assign,
    "pay": _pay,
    "lower_the_cap": _lower_the_cap,
    "lower_the_ceiling": _lower_the_ceiling,
    "choose_the_line": _choose_the_line,
    "hold": _hold,
    "hold_any": _hold_any,
    "insert": _insert,
    "claim": lambda **call: _on_reservation("claim", **call),
    "confirm": lambda **call: _on_reservation("confirm", **call),
    "move": lambda **call: _on_reservation("move", **call),
}


def _serve(threads: int) -> None:
    _prepare()
    with ThreadPoolExecutor(threads) as seats:
        print("ready", flush=True)
        for line in sys.stdin:
            order = json.loads(line)
            calls = order["calls"]
            shot = threading.Barrier(
                max(1, len(calls)), action=lambda go=order["go"]: time.sleep(max(0, go - time.time()))
            )
            print(json.dumps(list(seats.map(lambda call, s=shot: _attempt(call, s), calls))), flush=True)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
