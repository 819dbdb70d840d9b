from halopst.satisfaction.services import rating_token
from tests.access.people import World, subject
from tests.satisfaction.factories import InstrumentFactory, InvitationFactory


@subject("rating-link")
def rating_link(world: World, place, who):
    """The link is the key: it opens for whoever holds it, signed in or not."""
    invitation = InvitationFactory(unit=world.unit_at(place), officer=world.colleague(world.unit_at(place)))
    token = rating_token(invitation)
    return {"kwargs": {"token": token}, "data": {"token": token}}


@subject("rating-token")
def rating_token_alone(world: World, place, who):
    return {"data": rating_link(world, place, who)["data"]}


@subject("instrument")
def instrument(world: World, place, who):
    InstrumentFactory()
    return {}
