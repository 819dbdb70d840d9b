"""An office at work: open Monday to Friday 08.00 to 15.30, promising three working days."""

from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from halopst.accounts.actors import actor_for
from halopst.accounts.models import User
from halopst.cases import services
from halopst.cases.reference import load_follow_up_policy
from halopst.units.models import ServiceKind, Unit
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.calendars.factories import ScheduleFactory
from tests.units.factories import ServiceKindFactory, StandardTemplateFactory, UnitFactory

WIB = ZoneInfo("Asia/Jakarta")


def wib(day, hour=10, minute=0, month=11):
    return datetime(2026, month, day, hour, minute, tzinfo=WIB)


@dataclass
class Office:
    unit: Unit
    kind: ServiceKind
    officer: User
    visitor: User
    people: dict[str, User] = field(default_factory=dict)

    def open(self, *, now, visitor=None, actor=None, **fields):
        visitor = visitor or self.visitor
        values = {
            "kind_code": self.kind.code,
            "channel": "web",
            "subject": "Angka kemiskinan",
            "body": "Mohon data",
        }
        return services.open_case(
            actor or actor_for(visitor), unit=self.unit, visitor=visitor, now=now, **(values | fields)
        )

    def colleague(self, role="petugas", **user):
        return MembershipFactory(unit=self.unit, role=role, user=UserFactory(**user)).user

    @property
    def as_officer(self):
        return actor_for(self.officer)

    @property
    def as_visitor(self):
        return actor_for(self.visitor)


@pytest.fixture
def office(db):
    return make_office()


def make_office():
    unit = UnitFactory(case_prefix="UJI")
    ScheduleFactory(unit=unit, workweek=True)
    kind = ServiceKindFactory(code="konsultasi", name="Konsultasi statistik")
    StandardTemplateFactory(kind=kind)
    load_follow_up_policy()
    officer = MembershipFactory(unit=unit, user__name="Cak Arif").user
    return Office(unit, kind, officer, UserFactory(name="Dewi Anggraini"))
