from halopst.core.links import sign
from tests.access.people import subject
from tests.assistant.factories import ConversationFactory, OfficeChannelsFactory, TurnFactory


@subject("aida-office")
def office_to_ask(world, place, who):
    return {"kwargs": {"slug": world.unit_at(place).slug}, "data": {"question": "Apa itu inflasi?"}}


@subject("aida-answer")
def an_answer_of_another_browser(world, place, who):
    turn = TurnFactory(conversation=ConversationFactory(unit=world.unit_at(place)))
    return {"kwargs": {"slug": turn.conversation.unit.slug, "pk": turn.pk}, "data": {"verdict": "helped"}}


@subject("aida-channels")
def channels_of_an_office(world, place, who):
    data = {"whatsapp": "on", "origins": "https://satker.example"}
    return {"kwargs": {"satker": world.unit_at(place).slug}, "data": data}


@subject("aida-frame")
def an_office_with_a_site(world, place, who):
    OfficeChannelsFactory(unit=world.unit_at(place), origins=["https://satker.example"])
    return office_to_ask(world, place, who)


@subject("aida-carried")
def a_conversation_of_a_frame(world, place, who):
    turn = TurnFactory(conversation=ConversationFactory(unit=world.unit_at(place), channel="widget"))
    token = sign("assistant.widget", {"secret": turn.conversation.secret})
    return {"kwargs": {"slug": turn.conversation.unit.slug, "token": token}}
