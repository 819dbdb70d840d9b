"""What the honor of the demonstration rests on: its works, their prices, ceilings and caps.

Every one of them is an example, not an official figure.
"""

from dataclasses import dataclass
from datetime import date

from halopst.core.actors import SYSTEM
from halopst.partners.models import Activity, ActivityDuty, ActivityKind, BudgetLine, HonorCap, UnitPrice
from halopst.partners.queries import known_positions, offered
from halopst.partners.services import add_activity, add_duty, add_row, revise_ceiling
from halopst.units.models import Unit

CAP, CENSUS_CAP = 4_170_000, 4_700_000
EXAMPLE = "Contoh peragaan, bukan tarif resmi"


@dataclass(frozen=True, slots=True)
class Work:
    """An activity of the demonstration: `most` units of volume at `price` are given to one mitra."""

    name: str
    short_name: str
    price: int
    volume_unit: str
    ceiling: int
    most: int


WORKS = (
    Work("Survei Angkatan Kerja Nasional", "Sakernas", 68_000, "dokumen", 96_000_000, 16),
    Work("Survei Harga Konsumen", "Harga konsumen", 32_000, "responden", 54_000_000, 24),
    Work("Kerangka Sampel Area padi", "KSA padi", 52_000, "segmen", 60_000_000, 14),
    Work("Survei Industri Mikro dan Kecil", "IMK tahunan", 45_000, "usaha", 72_000_000, 18),
    Work("Survei Konstruksi", "Konstruksi", 60_000, "usaha", 36_000_000, 8),
)
AHEAD = WORKS[1]
OVER_NEW_YEAR = Work("Pemutakhiran Direktori Usaha", "Direktori usaha", 30_000, "usaha", 24_000_000, 24)
PROVINCIAL = Work("Survei Sosial Ekonomi Nasional", "Susenas", 85_000, "rumah tangga", 120_000_000, 12)


def set_caps(province: Unit, year: int) -> None:
    for kind, amount in ((ActivityKind.SURVEY, CAP), (ActivityKind.CENSUS, CENSUS_CAP)):
        first = date(year, 1, 1)
        for position in offered(known_positions(province), day=first, kind=kind, capped=True):
            row = HonorCap(
                province=province, year=year, activity_kind=kind, position=position, valid_from=first
            )
            row.amount, row.basis = amount, EXAMPLE
            add_row(SYSTEM, row)


def budget_line(unit: Unit, work: Work, year: int, *, is_revised: bool = True) -> BudgetLine:
    """What pays it in that year, with the ceiling of the first revision once there is one."""
    number = [one.name for one in (*WORKS, PROVINCIAL, OVER_NEW_YEAR)].index(work.name) + 1
    code = f"054.01.GG.29{number:02d}.BMA.004.005.A.521213"
    found = BudgetLine.objects.filter(unit=unit, year=year, code=code).first()
    if found:
        return found
    row = BudgetLine(
        unit=unit, year=year, code=code, name=f"Honor {work.name}", ceiling=work.ceiling * 4 // 5
    )
    row.basis, row.valid_from = f"DIPA {year}, contoh peragaan", date(year, 1, 2)
    added = add_row(SYSTEM, row)
    revised = date(year, 1, 26)
    if not is_revised:
        return added
    return revise_ceiling(
        SYSTEM,
        added,
        revision=1,
        ceiling=work.ceiling,
        valid_from=revised,
        basis=f"Revisi POK 1/KPA/{year}, contoh peragaan",
        today=revised,
    )


def unit_price(unit: Unit, work: Work, year: int) -> UnitPrice:
    found = UnitPrice.objects.filter(unit=unit, year=year, name=work.name).first()
    if found:
        return found
    row = UnitPrice(unit=unit, year=year, name=work.name, volume_unit=work.volume_unit, amount=work.price)
    row.basis, row.valid_from = EXAMPLE, date(year, 1, 1)
    return add_row(SYSTEM, row)


def carry_out(unit: Unit, work: Work, first_day: date, last_day: date) -> ActivityDuty:
    """The work as an activity of the office, with one duty; paid and priced by the year of its first day."""
    year = first_day.year
    activity: Activity = add_activity(
        SYSTEM,
        unit=unit,
        name=work.name,
        short_name=work.short_name,
        kind=ActivityKind.SURVEY,
        first_day=first_day,
        last_day=last_day,
        budget_line=budget_line(unit, work, year),
    )
    price = unit_price(unit, work, year)
    return add_duty(SYSTEM, activity, duty="pcl_ppl", unit_price=price, today=first_day)
