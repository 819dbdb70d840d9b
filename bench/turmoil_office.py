"""Two offices that share mitra, for `bench.turmoil`: their books, their people, and a month of work to do.

They are of two provinces with different caps. One writes a contract per month, the other one per activity.
"""

# ruff: noqa: PLC0415  # Django is imported after its settings are named

from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from typing import Any

PASSWORD = "gejolak-uji-17"  # noqa: S105  # of invented people in a folder that is thrown away
CAPS = {"3578": 4_170_000, "3372": 3_200_000}
MITRA, SHARED = 24, 16
PEOPLE = ("kepala", "ketua_tim", "ketua_tim")
PRICES = (68_000, 52_000, 45_000, 30_000)
SCARCE = 9_000_000
PLENTY = 400_000_000
NIK = "99990117089{}{:04d}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in, and where."""

    email: str
    role: str
    slug: str


def work_months(today: date) -> tuple[date, date]:
    """This month and the last of the same year; in January this one and the next."""
    this = today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    return (last, this) if last.year == this.year else (this, date(this.year, 2, 1))


def build(today: date) -> list[Person]:
    """Everything but the work: reference, two offices with mitra and activities, and people for both."""
    from django.core.management import call_command

    from halopst.units.models import Unit

    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_reference", stdout=StringIO())
    months = work_months(today)
    mitra = _register(today.year)
    for number, (code, cap) in enumerate(CAPS.items()):
        unit = Unit.objects.get(code=code)
        _set_cap(unit, today.year, cap)
        _set_rules(unit, "bulan" if number == 0 else "kegiatan")
        _appoint(unit, today.year)
        _carry_out(unit, months)
        _give_accounts(unit, mitra[code])
    return [one for code in CAPS for one in _employ(Unit.objects.get(code=code))]


def _set_cap(unit: Any, year: int, amount: int) -> None:
    from halopst.demo.works import EXAMPLE
    from halopst.partners.models import ActivityKind, HonorCap
    from halopst.partners.queries import known_positions, offered
    from halopst.partners.services import add_row

    first = date(year, 1, 1)
    for position in offered(known_positions(unit.parent), day=first, kind=ActivityKind.SURVEY, capped=True):
        cap = HonorCap(province=unit.parent, year=year, activity_kind=ActivityKind.SURVEY, position=position)
        cap.valid_from, cap.amount, cap.basis = first, amount, EXAMPLE
        add_row(_system(), cap)


def _set_rules(unit: Any, contract_kind: str) -> None:
    from halopst.partners.services import set_office_rules

    set_office_rules(
        _system(), unit, contract_kind=contract_kind, payment_days=20, basis="Contoh, bukan ketetapan"
    )


def _appoint(unit: Any, year: int) -> None:
    from halopst.letters.services import appoint

    for number, role in enumerate(("ppk", "bendahara", "pembuat_daftar", "kpa", "kepala")):
        appoint(
            _system(),
            unit=unit,
            role=role,
            first_day=date(year, 1, 1),
            name=f"Pejabat Contoh {number}",
            nip=f"19990{number + 1}011999011001",
            title="Pejabat Contoh",
            basis="SK contoh 2",
        )


def _register(year: int) -> dict[str, list[Any]]:
    """Both offices have mitra of their own; the first of the one are the other's as well."""
    from halopst.partners.services import register
    from halopst.units.models import Unit

    first, second = (Unit.objects.get(code=code) for code in CAPS)
    rows: dict[str, list[Any]] = {code: [] for code in CAPS}
    for number in range(MITRA + MITRA - SHARED):
        known = {
            "name": f"Mitra Gejolak {number:02d}",
            "district": f"Kecamatan {number % 4}",
            "address": "Jl. Contoh 1",
        }
        units = [first] if number < MITRA else []
        units += [second] if number < SHARED or number >= MITRA else []
        for unit in units:
            row = register(
                _system(),
                unit=unit,
                nik=NIK.format(number % 10, number + 1),
                particulars=known,
                year=year,
                position="pendataan",
                status="aktif",
            )
            rows[unit.code].append(row)
    return rows


def _carry_out(unit: Any, months: tuple[date, date]) -> None:
    """Two activities of each month and one over both; the last is paid from a line that is soon empty."""
    from halopst.partners.models import BudgetLine, UnitPrice
    from halopst.partners.services import add_activity, add_duty, add_row

    first, second = months
    spans = [(first, first), (second, second), (first, second), (second, second), (first, first)]
    for number, (begins, ends) in enumerate(spans):
        line = BudgetLine(unit=unit, year=first.year, code=f"054.01.GG.29{number:02d}.BMA.004.005.A.521213")
        line.name, line.ceiling = (
            f"Honor survei gejolak {number}",
            SCARCE if number == len(spans) - 1 else PLENTY,
        )
        line.basis, line.valid_from = "DIPA contoh", date(first.year, 1, 2)
        price = UnitPrice(unit=unit, year=first.year, name=f"Pendataan {number}", volume_unit="dokumen")
        price.amount, price.basis, price.valid_from = (
            PRICES[number % len(PRICES)],
            "Contoh",
            date(first.year, 1, 1),
        )
        activity = add_activity(
            _system(),
            unit=unit,
            name=f"Survei Gejolak {number}",
            short_name=f"Gejolak {number}",
            kind="survei",
            first_day=begins,
            last_day=(ends + timedelta(days=31)).replace(day=1) - timedelta(days=1),
            budget_line=add_row(_system(), line),
        )
        add_duty(_system(), activity, duty="pcl_ppl", unit_price=add_row(_system(), price), today=begins)


def _give_accounts(unit: Any, rows: list[Any]) -> None:
    """All but the last two know where their honor goes."""
    from halopst.partners.services import set_bank_account

    for row in rows[:-2]:
        number = f"00{9_900_000_000 + row.person_id}"
        given = {"bank": "Bank Contoh", "number": number, "holder": row.person.name.upper()}
        set_bank_account(_system(), row.person, unit=unit, **given)


def _employ(unit: Any) -> list[Person]:
    from halopst.accounts.models import User
    from halopst.accounts.services import give_role

    people = []
    for number, role in enumerate(PEOPLE):
        email = f"{role}{number}.{unit.code}@gejolak.example"
        user = User.objects.create_user(email, PASSWORD, name=f"Orang {unit.code} {number}")
        give_role(_system(), user=user, unit=unit, role=role)
        people.append(Person(email, role, unit.slug))
    return people


def _system() -> Any:
    from halopst.core.actors import SYSTEM

    return SYSTEM
