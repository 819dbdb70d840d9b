from tests.access.people import World, subject
from tests.notifications.factories import NoticeFactory


@subject("notice")
def notice(world: World, place, who):
    user = who if place == "own" else world.colleague(world.unit_at(place))
    made = NoticeFactory(unit=world.unit_at(place), user=user)
    return {"kwargs": {"pk": made.pk}}
