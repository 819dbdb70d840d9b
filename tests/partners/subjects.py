from datetime import date

from halopst.core.actors import Actor
from halopst.partners import services
from tests.access.people import subject
from tests.accounts.factories import UserFactory
from tests.partners import (  # subjects of their own modules
    allocation_subjects,  # noqa: F401
    own_subjects,  # noqa: F401
    payment_subjects,  # noqa: F401
)
from tests.partners.factories import (
    ActivityDutyFactory,
    ActivityFactory,
    BlacklistingFactory,
    BudgetLineFactory,
    HonorCapFactory,
    ImportRunFactory,
    PersonFactory,
    PositionFactory,
    RegistrationFactory,
    TaxPolicyFactory,
    TeamFactory,
    UnitPriceFactory,
    example_nik,
)
from tests.partners.sheets import people, xlsx
from tests.scheduling.factories import NOW


def at(unit, **more):
    return {"kwargs": {"slug": unit.slug, **more}}


def keeper_of(unit):
    grants = dict.fromkeys(("partners.view", "partners.manage"), frozenset({unit.pk}))
    return Actor(user_id=UserFactory().pk, grants=grants)


@subject("mitra_office")
def mitra_office(world, place, who):
    return at(world.unit_at(place))


@subject("mitra")
def mitra(world, place, who):
    unit = world.unit_at(place)
    person = PersonFactory(nik=example_nik(7000))
    RegistrationFactory(unit=unit, person=person)
    return at(unit, pk=person.pk)


@subject("mitra_year")
def mitra_year(world, place, who):
    made = mitra(world, place, who)
    made["kwargs"]["year"] = 2026
    return made


@subject("mitra_document")
def mitra_document(world, place, who):
    unit = world.unit_at(place)
    registration = RegistrationFactory(unit=unit)
    file = xlsx([])
    file.seek(0)
    file.truncate()
    file.write(b"%PDF-1.7\n")
    file.seek(0)
    kept = services.add_document(keeper_of(unit), registration.person, unit=unit, kind="ktp", file=file)
    return at(unit, pk=registration.person_id, document=kept.pk)


@subject("mitra_blacklisting")
def mitra_blacklisting(world, place, who):
    unit = world.unit_at(place)
    registration = RegistrationFactory(unit=unit)
    listed = BlacklistingFactory(unit=unit, person=registration.person, since=date(2026, 1, 1))
    return at(unit, pk=registration.person_id, listed=listed.pk)


@subject("mitra_appeal")
def mitra_appeal(world, place, who):
    unit = world.unit_at(place)
    registration = RegistrationFactory(unit=unit)
    listed = BlacklistingFactory(unit=unit, person=registration.person, appeal="Saya hadir.", appealed_at=NOW)
    return at(unit, pk=registration.person_id, listed=listed.pk)


@subject("mitra_import")
def mitra_import(world, place, who):
    """An upload that waits for its columns."""
    unit = world.unit_at(place)
    run = services.upload(keeper_of(unit), unit=unit, year=2026, file=xlsx(people(1)))
    made = at(unit, pk=run.pk)
    said = {"tables": [{"table": 0, "mapping": {"name": 0, "nik": 1}}]}
    said |= {"kolom_0_0": "name", "kolom_0_1": "nik"}
    made["data"] = {"position": "pendataan", "status": "aktif", **said}
    return made


@subject("mitra_import_checked")
def mitra_import_checked(world, place, who):
    unit = world.unit_at(place)
    return at(unit, pk=ImportRunFactory(unit=unit, state="checked", good=1).pk)


@subject("activity")
def activity(world, place, who):
    unit = world.unit_at(place)
    return at(unit, pk=ActivityFactory(unit=unit).pk)


@subject("activity_year")
def activity_year(world, place, who):
    unit = world.unit_at(place)
    return at(unit, pk=ActivityFactory(unit=unit).pk, year=2026)


@subject("activity_duty")
def activity_duty(world, place, who):
    unit = world.unit_at(place)
    duty = ActivityDutyFactory(activity__unit=unit)
    return at(unit, pk=duty.activity_id, duty=duty.pk)


@subject("mitra_team")
def mitra_team(world, place, who):
    unit = world.unit_at(place)
    return at(unit, key="tim", pk=TeamFactory(unit=unit).pk)


@subject("mitra_shelf")
def mitra_shelf(world, place, who):
    return at(world.unit_at(place), key="mak")


@subject("mitra_position")
def mitra_position(world, place, who):
    unit = world.unit_at(place)
    return at(unit, pk=PositionFactory(unit=unit).pk)


@subject("budget_line")
def budget_line(world, place, who):
    unit = world.unit_at(place)
    return at(unit, pk=BudgetLineFactory(unit=unit).pk)


@subject("office_cap")
def office_cap(world, place, who):
    unit = world.unit_at(place)
    return at(unit, pk=HonorCapFactory(province=unit).pk)


@subject("office_price")
def office_price(world, place, who):
    unit = world.unit_at(place)
    return at(unit, pk=UnitPriceFactory(unit=unit).pk)


@subject("office_team")
def office_team(world, place, who):
    unit = world.unit_at(place)
    return at(unit, pk=TeamFactory(unit=unit).pk)


@subject("office_tax")
def office_tax(world, place, who):
    unit = world.unit_at(place)
    return at(unit, pk=TaxPolicyFactory(unit=unit).pk)
