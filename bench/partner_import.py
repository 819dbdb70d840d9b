"""100,000 mitra from a spreadsheet into the register within 5 seconds, and out again within 3.

    python -m bench.partner_import [--rows 100000]

A file of 21 columns as offices keep them, all text, one row in a hundred wrong. Measured is all the machine
does from the file's arrival until its good rows are in the register: looking at it, the check (reading the
XLSX, every cell, sealing the numbers, the conflicts with what is known) and the import (merging the rows in
the database); not the time people take between those steps, nor a worker's to take up a job. Importing the
same again and the exports are measured beside it.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

import argparse
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

from bench.scene import database, machine, table

IMPORT_WITHIN, EXPORT_WITHIN = 5.0, 3.0
WRONG_EVERY = 100
YEAR = 2026
NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    return parser.parse_args()


def spreadsheet(rows: int) -> bytes:
    """Nobody's numbers: no region has the code 9999 (nor 9998, where a hundred thousand need more room)."""
    from halopst.core.spreadsheets import text_workbook
    from halopst.partners.rules.columns import TITLES

    def row(n: int) -> dict[str, str]:
        born = date(1960, 1, 1) + timedelta(days=n % 15_000)
        female = n % 2
        region = 999_901 + n // 9_999
        nik = f"{region}{born.day + 40 * female:02d}{born:%m%y}{n % 9_999 + 1:04d}"
        values = {
            "nik": nik[:-1] if n % WRONG_EVERY == 0 else nik,
            "id_sobat": f"9999{n:08d}",
            "name": f"Mitra Contoh Nomor {n}",
            "birth_date": f"{born:%d-%m-%Y}",
            "sex": "PL"[1 - female] if n % 7 else ("Perempuan" if female else "Laki-laki"),
            "email": f"mitra{n}@contoh.id",
            "phone": f"0812{n:08d}".replace("08120", "08129", 1),
            "npwp": nik,
            "address": f"Jalan Contoh Nomor {n}",
            "district": f"Kecamatan {n % 31}",
            "village": f"Desa {n % 400}",
            "education": ("SMA/SMK", "S1", "D3", "SMP")[n % 4],
            "occupation": ("Wiraswasta", "Guru honorer", "Ibu rumah tangga")[n % 3],
            "other_employment": "",
            "capi_experience": ("ya", "belum")[n % 2],
            "position": ("Mitra Pendataan", "Mitra Pengolahan")[n % 2],
            "status": "aktif",
            "decree": "SK KPA 12/2026",
            "bank": "Bank Contoh",
            "account_number": f"{n:010d}",
            "account_holder": f"Mitra Contoh Nomor {n}",
        }
        return {TITLES[name]: values[name] for name in TITLES}

    return text_workbook(list(TITLES.values()), (row(n) for n in range(rows)), sheet="Mitra")


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def office() -> tuple[Any, Any]:
    from halopst.accounts.actors import actor_for
    from halopst.accounts.models import Membership, User
    from tests.units.factories import UnitFactory

    unit = UnitFactory()
    user = User.objects.create_user("impor@contoh.id", name="Admin Uji")
    Membership.objects.create(user=user, unit=unit, role="admin")
    return unit, actor_for(user)


def go_through(unit: Any, actor: Any, content: bytes) -> tuple[dict[str, float], Any]:
    """Upload, check and import once; how long each took, and the finished run."""
    from halopst.partners import services
    from halopst.partners.models import ImportRun

    file = BytesIO(content)
    file.name = "mitra.xlsx"
    seconds: dict[str, float] = {}
    seconds["upload"], run = timed(lambda: services.upload(actor, unit=unit, year=YEAR, file=file))
    services.check_import(actor, run, mappings=run.mappings, position="pendataan", status="aktif", now=NOW)
    seconds["check"], _none = timed(lambda: services.carry_on(run.pk, now=NOW))
    services.start_import(actor, ImportRun.objects.get(pk=run.pk), now=NOW)
    seconds["import"], _none = timed(lambda: services.carry_on(run.pk, now=NOW))
    seconds["all"] = sum(seconds.values())
    return seconds, ImportRun.objects.get(pk=run.pk)


def take_out(unit: Any, actor: Any) -> dict[str, float]:
    from halopst.partners import services
    from halopst.partners.models import Registration

    rows = Registration.objects.filter(unit=unit)
    xlsx, _file = timed(lambda: services.export(actor, unit=unit, rows=rows))
    plain, _file = timed(lambda: services.export(actor, unit=unit, rows=rows, as_csv=True))
    return {"XLSX": xlsx, "CSV": plain}


def main() -> int:
    options = arguments()
    with database():
        content = spreadsheet(options.rows)
        unit, actor = office()
        first, run = go_through(unit, actor, content)
        again, second = go_through(unit, actor, content)
        out = take_out(unit, actor)
    wrong = (options.rows + WRONG_EVERY - 1) // WRONG_EVERY
    correct = (run.added, run.bad, second.unchanged, second.added) == (
        options.rows - wrong,
        wrong,
        options.rows - wrong,
        0,
    )
    met = correct and first["all"] <= IMPORT_WITHIN and out["XLSX"] <= EXPORT_WITHIN
    table(
        [
            ("machine", machine()),
            ("rows, columns, file", f"{options.rows:,}, 21, {len(content) / 1e6:.1f} MB"),
            ("upload and look at it", f"{first['upload']:.2f} s"),
            ("check every row", f"{first['check']:.2f} s"),
            ("merge the good ones", f"{first['import']:.2f} s"),
            ("all of it", f"{first['all']:.2f} s (promise {IMPORT_WITHIN:.0f} s)"),
            ("the same file again", f"{again['all']:.2f} s, {second.unchanged:,} unchanged"),
            ("export XLSX", f"{out['XLSX']:.2f} s (promise {EXPORT_WITHIN:.0f} s)"),
            ("export CSV", f"{out['CSV']:.2f} s"),
            ("added, bad", f"{run.added:,}, {run.bad:,}"),
            ("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"),
            ("verdict", "kept" if met else "MISSED"),
        ]
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
