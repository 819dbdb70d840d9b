from halopst.core.links import sign
from tests.access.people import World, subject
from tests.notifications.factories import MORNING, DeliveryFactory, NoticeFactory
from tests.notifications.kinds import notices  # noqa: F401  # the text page needs a kind to show


@subject("notice")
def notice(world: World, place, who):
    user = who if place == "own" else world.colleague(world.unit_at(place))
    made = NoticeFactory(unit=world.unit_at(place), user=user)
    return {"kwargs": {"pk": made.pk}}


@subject("failed-delivery")
def failed_delivery(world: World, place, who):
    notice = NoticeFactory(unit=world.unit_at(place), user=world.colleague(world.unit_at(place)))
    made = DeliveryFactory(
        notice=notice, state="failed", error="Alamat surel tidak ada.", error_code="550", ended_at=MORNING
    )
    return {"kwargs": {"pk": made.pk}}


@subject("unit-texts")
def unit_texts(world: World, place, who):
    return {"kwargs": {"slug": world.unit_at(place).slug}}


@subject("unit-text")
def unit_text(world: World, place, who):
    slug = world.unit_at(place).slug
    return {"kwargs": {"slug": slug, "kind": "tests.greeting", "language": "id"}}


@subject("unsubscribe-link")
def unsubscribe_link(world: World, place, who):
    user = who or world.colleague(world.unit_at(place))
    return {"kwargs": {"token": sign("unsubscribe", {"user": user.pk, "group": "kabar"})}}
