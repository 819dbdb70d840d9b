from tests.access.people import subject
from tests.assistant.factories import ConversationFactory, TurnFactory


@subject("aida-office")
def office_to_ask(world, place, who):
    return {"kwargs": {"slug": world.unit_at(place).slug}, "data": {"question": "Apa itu inflasi?"}}


@subject("aida-answer")
def an_answer_of_another_browser(world, place, who):
    turn = TurnFactory(conversation=ConversationFactory(unit=world.unit_at(place)))
    return {"kwargs": {"slug": turn.conversation.unit.slug, "pk": turn.pk}, "data": {"verdict": "helped"}}
