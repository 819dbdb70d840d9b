"""An office ready to allocate: caps of its province, a budget, activities in November, mitra."""

from datetime import date

from psycopg.types.range import DateRange

from halopst.accounts.actors import actor_for
from halopst.core.actors import Actor
from halopst.partners import permissions
from halopst.partners.services.allocation import assigning
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.partners.factories import (
    NOVEMBER,
    NOW,
    ActivityDutyFactory,
    ActivityFactory,
    BudgetLineFactory,
    HonorCapFactory,
    PersonFactory,
    RegistrationFactory,
    UnitPriceFactory,
    a_position,
)
from tests.units.factories import ProvinceFactory, UnitFactory

CAP = 4_170_000
DECEMBER = date(2026, 12, 1)
JANUARY = date(2027, 1, 1)


def an_office(*, cap=CAP, province=None, kinds=("survei",), duties=("pcl_ppl",)):
    """An office below a province with these caps."""
    province = province or ProvinceFactory()
    for kind in kinds:
        for duty in duties:
            HonorCapFactory(province=province, activity_kind=kind, position=a_position(duty), amount=cap)
    return UnitFactory(parent=province)


def head_of(unit):
    return actor_for(MembershipFactory(unit=unit, role="kepala").user)


def a_duty(
    unit,
    *,
    price=50_000,
    name="Sakernas",
    begins=NOVEMBER,
    ends=DECEMBER,
    kind="survei",
    duty="pcl_ppl",
    ceiling=1_000_000_000,
    line=None,
    unit_name="dokumen",
    is_open=True,
):
    line = line or BudgetLineFactory(unit=unit, ceiling=ceiling)
    activity = ActivityFactory(
        unit=unit,
        name=name,
        short_name=name[:24],
        kind=kind,
        period=DateRange(begins, ends),
        budget_line=line,
        is_open=is_open,
    )
    priced = UnitPriceFactory(unit=unit, amount=price, volume_unit=unit_name)
    return ActivityDutyFactory(activity=activity, position=a_position(duty), unit_price=priced)


def a_mitra(unit, name="Citra Maharani", *, person=None, district="Gedangan", **fields):
    person = person or PersonFactory(name=name, district=district)
    return RegistrationFactory(unit=unit, person=person, **fields)


def lead(*units):
    """Someone who allocates in these offices."""
    allowed = frozenset(unit.pk for unit in units)
    grants = dict.fromkeys((permissions.VIEW, permissions.ALLOCATE), allowed)
    return Actor(user_id=UserFactory().pk, label="ketua tim", grants=grants)


def head(*units):
    """Someone who approves there, and grants exceptions."""
    allowed = frozenset(unit.pk for unit in units)
    wanted = (permissions.VIEW, permissions.APPROVE, permissions.OVERRIDE)
    return Actor(user_id=UserFactory().pk, label="kepala", grants=dict.fromkeys(wanted, allowed))


def give(registration, duty, volume, *, actor=None, month=NOVEMBER):
    """Assign through the service, as the sheet does."""
    return assigning.set_volume(
        actor or lead(registration.unit),
        registration=registration,
        duty=duty,
        volume=volume,
        month=month,
        now=NOW,
    )
