from halopst.calendars import services
from halopst.core.events import on
from halopst.units.events import ZoneChanged


@on(ZoneChanged)
def move_calendar(unit_id: int) -> None:
    services.announce_zone(unit_id)
