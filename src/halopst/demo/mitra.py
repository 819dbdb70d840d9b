"""The invented mitra of one office and its province: months from allocated to paid, and what does not fit.

Every cap, price and ceiling is an example, not an official figure.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.db import transaction

from halopst.accounts.actors import actor_for
from halopst.accounts.models import Membership
from halopst.core.actors import SYSTEM, Actor
from halopst.demo.cast import FIRST_NAMES, LAST_NAMES
from halopst.demo.handovers import contract_month, end_one_early, hand_month_over, sign_month
from halopst.demo.new_year import span_new_year
from halopst.demo.own_page import open_pages
from halopst.demo.papers import build_papers
from halopst.demo.payments import pay_all, pay_month, prepare_payment
from halopst.demo.states import show_every_state
from halopst.demo.works import AHEAD, PROVINCIAL, WORKS, Work, carry_out, set_caps
from halopst.letters.models import Signatory
from halopst.letters.services import appoint
from halopst.partners.models import Activity, ActivityDuty, Registration
from halopst.partners.rules.money import next_month
from halopst.partners.services import register
from halopst.partners.services.allocation.approving import approve
from halopst.partners.services.allocation.assigning import Cell, set_volumes
from halopst.units.models import Unit

OFFICE, PROVINCE = "3578", "3500"
SEED = 4170
OPENS = time(9)
MITRA = 36
FEW, SHARE = 4, 6
"""Of the month before the last, long paid, and of the next, not agreed to yet."""
DISTRICTS = ("Kenanga", "Melati", "Cempaka", "Anggrek", "Seruni", "Teratai")


@transaction.atomic
def build_mitra_once(*, now: datetime) -> bool:
    """Build the mitra unless they are there; whether they were built now."""
    if Registration.objects.filter(unit__code=OFFICE).exists():
        return False
    build_mitra(now=now)
    return True


def build_mitra(*, now: datetime) -> None:
    """Register the mitra, carry out the activities of this month and the last, approve what is behind."""
    office, province = Unit.objects.get(code=OFFICE), Unit.objects.get(code=PROVINCE)
    month = now.astimezone(office.tz).date().replace(day=1)
    months = [day for day in (_before(month), month) if day.year == month.year]
    set_caps(province, month.year)
    _appoint(office, month.year)
    mitra = _register(office, province, month.year)
    prepare_payment(office, mitra[office.pk], month.year)
    head = _head(office)
    if (settled := _before(_before(month))).year == month.year:
        _settle(head, office, mitra[office.pk][:FEW], settled, now=now)
    for day in months:
        _work(office, mitra[office.pk], WORKS if day < month else WORKS[:-1], day, now=now)
        _work(province, mitra[province.pk], [PROVINCIAL], day, now=now)
    if len(months) > 1:
        _finish(head, office, *months, now=now)
    span_new_year(head, province, mitra[office.pk][MITRA // 3 : MITRA // 3 + FEW], month, now=now)
    agreed = [row.pk for row in mitra[office.pk][: MITRA // 3]]
    approve(head, unit=office, month=month, registrations=agreed, now=now)
    contract_month(head, office, month, now=now)
    show_every_state(head, office, month, now=now)
    if next_month(month).year == month.year:
        _share_out(head, mitra[office.pk][:FEW], _carry_out(office, AHEAD, next_month(month)), now=now)
    build_papers(SYSTEM, office, _latest(office, WORKS[0]), now=now)
    open_pages(SYSTEM, mitra[office.pk], now=now)


def _latest(unit: Unit, work: Work) -> Activity:
    found: Activity = Activity.objects.filter(unit=unit, name=work.name).latest("period")
    return found


def _work(unit: Unit, mitra: list[Registration], works: Sequence[Work], day: date, *, now: datetime) -> None:
    """The activities of a month, and who does what in them."""
    _allocate(unit, mitra, [_carry_out(unit, work, day) for work in works], day, now=now)


def _finish(head: Actor, office: Unit, last: date, month: date, *, now: datetime) -> None:
    """The last month, step by step, each at its time."""
    begun = datetime.combine(last, OPENS, tzinfo=office.tz)
    ended = min(now, datetime.combine(month, OPENS, tzinfo=office.tz) + timedelta(days=1))
    approve(head, unit=office, month=last, now=begun)
    contract_month(head, office, last, now=begun)
    end_one_early(head, office, last, now=ended)
    hand_month_over(head, office, last, now=ended)
    sign_month(head, office, last, now=min(now, ended + timedelta(days=2)))
    pay_month(head, office, last, now=min(now, ended + timedelta(days=5)))


def _settle(head: Actor, office: Unit, mitra: Sequence[Registration], month: date, *, now: datetime) -> None:
    """A month that is over and done with: everyone signed, handed over and paid."""
    _share_out(head, mitra, _carry_out(office, WORKS[0], month), now=now)
    begun = datetime.combine(month, OPENS, tzinfo=office.tz)
    ended = datetime.combine(next_month(month), OPENS, tzinfo=office.tz) + timedelta(days=1)
    approve(head, unit=office, month=month, now=begun)
    contract_month(head, office, month, now=begun)
    hand_month_over(head, office, month, now=ended)
    sign_month(head, office, month, unsigned=0, now=ended + timedelta(days=2))
    pay_all(head, office, month, now=ended + timedelta(days=5))


def _share_out(head: Actor, mitra: Sequence[Registration], duty: ActivityDuty, *, now: datetime) -> None:
    """The same for each of these few."""
    activity = duty.activity
    cells = [Cell(row.pk, duty.pk, SHARE) for row in mitra]
    set_volumes(head, unit=activity.unit, month=activity.first_day, cells=cells, now=now)


def _before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _appoint(office: Unit, year: int) -> None:
    """Who signs contracts there; the number is nobody's."""
    appoint(
        SYSTEM,
        unit=office,
        first_day=date(year, 1, 1),
        role=Signatory.Role.COMMITMENT,
        name="Arga Sentanu, S.ST.",
        nip="199901011999011001",
        title="Pejabat Pembuat Komitmen",
        basis=f"SK KPA 2/KPA/{year}, contoh peragaan",
    )


def _register(office: Unit, province: Unit, year: int) -> dict[int, list[Registration]]:
    """All of them in the regency; the first few in the province as well."""
    chance = Random(SEED)
    rows: dict[int, list[Registration]] = {office.pk: [], province.pk: []}
    for number in range(MITRA):
        name = f"{chance.choice(FIRST_NAMES)} {chance.choice(LAST_NAMES)}"
        district = DISTRICTS[number % len(DISTRICTS)]
        known = {"name": name, "district": district, "address": f"Jalan {district} {number + 1}"}
        for unit in (office, province) if number < MITRA // 6 else (office,):
            rows[unit.pk].append(
                register(
                    SYSTEM,
                    unit=unit,
                    nik=f"99990117089{number % 10}{number + 1:04d}",
                    particulars=known,
                    year=year,
                    position=Registration.Position.FIELD,
                    status=Registration.Status.ACTIVE,
                )
            )
    return rows


def _carry_out(unit: Unit, work: Work, month: date) -> ActivityDuty:
    return carry_out(unit, work, month, next_month(month) - timedelta(days=1))


def _allocate(
    unit: Unit, mitra: list[Registration], duties: list[ActivityDuty], month: date, *, now: datetime
) -> None:
    """Most get some of most; two ask for too much, and one has nothing yet."""
    chance = Random(f"{SEED} {unit.code} {month}")
    most = {work.short_name: work.most for work in (*WORKS, PROVINCIAL)}
    cells = [
        Cell(row.pk, duty.pk, chance.choice((0, 1, 1)) * chance.randint(4, most[duty.activity.short_name]))
        for row in mitra[:-1]
        for duty in duties
    ]
    if len(duties) > 1:
        cells += [Cell(row.pk, duties[0].pk, 70) for row in mitra[MITRA // 2 : MITRA // 2 + 2]]
    set_volumes(_head(unit), unit=unit, month=month, cells=cells, now=now)


def _head(unit: Unit) -> Actor:
    held = Membership.objects.select_related("user").get(unit=unit, role=Membership.Role.HEAD)
    return actor_for(held.user)
