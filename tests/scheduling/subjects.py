from io import BytesIO

from PIL import Image

from halopst.core.actors import SYSTEM
from halopst.scheduling import services
from tests.access.people import subject
from tests.scheduling.factories import (
    ExpertFactory,
    FieldFactory,
    LeaveFactory,
    ReservationFactory,
    bookable,
)


def an_expert(world, place, who):
    """Who asks, a colleague, or someone elsewhere. A visitor is no expert, so theirs is a colleague too."""
    unit = world.unit_at(place)
    is_self = place == "own" and who is not None and who.memberships.filter(unit=unit).exists()
    return ExpertFactory(unit=unit, **({"user": who} if is_self else {}))


@subject("expert")
def expert(world, place, who):
    return {"kwargs": {"pk": an_expert(world, place, who).pk}}


@subject("expert_with_photo")
def expert_with_photo(world, place, who):
    made = an_expert(world, place, who)
    image = BytesIO()
    Image.new("RGB", (8, 8)).save(image, "PNG")
    image.seek(0)
    services.set_photo(SYSTEM, made, image=image)
    return {"kwargs": {"pk": made.pk}}


@subject("leave")
def leave(world, place, who):
    made = LeaveFactory(expert=an_expert(world, place, who))
    return {"kwargs": {"pk": made.expert_id, "kind": "cuti", "row": made.pk}}


@subject("office")
def office(world, place, _who):
    return {"kwargs": {"slug": world.unit_at(place).slug}}


@subject("office_with_member")
def office_with_member(world, place, _who):
    unit = world.unit_at(place)
    return {"kwargs": {"slug": unit.slug}, "data": {"user": world.colleague(unit).pk}}


@subject("field")
def field(world, place, _who):
    unit = world.unit_at(place)
    return {"kwargs": {"slug": unit.slug, "pk": FieldFactory(unit=unit).pk}}


@subject("wish")
def wish(world, place, _who):
    made = bookable(world.unit_at(place))
    return {"data": {"expert": made.pk, "starts_at": "2026-11-23T01:00:00Z"}}


@subject("hold")
def hold(world, place, who):
    unit = world.unit_at(place)
    holder = f"akun:{who.pk}" if who and place == "own" else "orang-lain"
    held = ReservationFactory(unit=unit, state="held", holder=holder)
    return {"kwargs": {"pk": held.pk}}
