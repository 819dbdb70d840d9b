from tests.access.people import World, subject
from tests.satisfaction.factories import InstrumentFactory


@subject("report")
def report(world: World, place, who):
    InstrumentFactory()
    return {"query": f"?satker={world.unit_at(place).slug}"}


@subject("export")
def export(world: World, place, who):
    InstrumentFactory()
    return {"kwargs": {"kind": "csv"}, "query": f"?satker={world.unit_at(place).slug}"}
