from halopst.calendars.reference import load_service_hours
from tests.access.people import World, subject
from tests.satisfaction.factories import InstrumentFactory


@subject("office-home")
def office_home(world: World, place, who):
    InstrumentFactory()
    load_service_hours()
    return {"kwargs": {"slug": world.unit_at(place).slug}}


@subject("managed-office")
def managed_office(world: World, place, who):
    return {"query": f"?satker={world.unit_at(place).slug}"}
