from halopst.core.links import sign
from tests.access.people import subject
from tests.assistant.factories import (
    NOW,
    ConversationFactory,
    EvaluationFactory,
    EvaluationQuestionFactory,
    OfficeChannelsFactory,
    ProposalFactory,
    QuestionGroupFactory,
    TurnFactory,
    asked_in_vain,
)
from tests.cases.subjects import case_at

EXAM = {"question": "Apa itu IPM?", "expects": "refuse"}


def by_slug(made):
    """The same where the address calls the office `slug`, as those of programs do."""
    kwargs = dict(made["kwargs"])
    return {**made, "kwargs": {"slug": kwargs.pop("satker"), **kwargs}}


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


@subject("aida-satker")
def office_with_questions(world, place, who):
    return {"kwargs": {"satker": world.unit_at(place).slug}}


@subject("aida-queue")
def queue_for_programs(world, place, who):
    return {"query": f"?unit={world.unit_at(place).slug}"}


@subject("question-group")
def question_group(world, place, who, **more):
    unit = world.unit_at(place)
    turn = asked_in_vain(unit, group=QuestionGroupFactory(unit=unit, **more))
    return {"kwargs": {"satker": unit.slug, "pk": turn.group_id}}


@subject("question-group-aside")
def question_group_set_aside(world, place, who):
    return question_group(world, place, who, state="dismissed", closed_at=NOW)


@subject("question-group-by-id")
def question_group_by_id(world, place, who):
    return {"kwargs": {"pk": question_group(world, place, who)["kwargs"]["pk"]}}


@subject("question-group-aside-by-id")
def question_group_set_aside_by_id(world, place, who):
    return {"kwargs": {"pk": question_group_set_aside(world, place, who)["kwargs"]["pk"]}}


@subject("kept-conversation")
def kept_conversation(world, place, who):
    turn = asked_in_vain(world.unit_at(place))
    return {"kwargs": {"satker": turn.conversation.unit.slug, "pk": turn.conversation_id}}


@subject("kept-conversation-by-slug")
def kept_conversation_by_slug(world, place, who):
    return by_slug(kept_conversation(world, place, who))


@subject("kept-turn-by-slug")
def kept_turn_by_slug(world, place, who):
    return by_slug(kept_turn(world, place, who))


@subject("kept-turn")
def kept_turn(world, place, who):
    turn = asked_in_vain(world.unit_at(place))
    return {"kwargs": {"satker": turn.conversation.unit.slug, "pk": turn.pk}}


@subject("aida-evaluation")
def an_evaluation(world, place, who):
    run = EvaluationFactory(unit=world.unit_at(place))
    return {"kwargs": {"satker": run.unit.slug, "pk": run.pk}}


@subject("aida-evaluation-by-id")
def an_evaluation_by_id(world, place, who):
    return by_slug(an_evaluation(world, place, who))


@subject("aida-office-with-a-question")
def an_office_that_can_be_evaluated(world, place, who):
    return {"kwargs": by_slug(an_office_with_a_question(world, place, who))["kwargs"]}


@subject("aida-held")
def a_conversation_of_a_program(world, place, who):
    return {"data": {"conversation": a_turn_of_a_program(world, place, who)["data"]["conversation"]}}


@subject("aida-held-turn")
def a_turn_of_a_program(world, place, _who):
    turn = TurnFactory(conversation=ConversationFactory(unit=world.unit_at(place), channel="api"))
    return {"kwargs": {"pk": turn.pk}, "data": {"conversation": turn.conversation.secret}}


@subject("aida-exam")
def an_office_with_a_question(world, place, who):
    question = EvaluationQuestionFactory(unit=world.unit_at(place))
    return {"kwargs": {"satker": question.unit.slug}, "data": EXAM}


@subject("aida-question")
def a_question_of_the_exam(world, place, who):
    question = EvaluationQuestionFactory(unit=world.unit_at(place))
    return {"kwargs": {"satker": question.unit.slug, "pk": question.pk}, "data": EXAM}


@subject("aida-exam-by-slug")
def an_office_with_a_question_by_slug(world, place, who):
    return by_slug(an_office_with_a_question(world, place, who))


@subject("aida-question-by-id")
def a_question_of_the_exam_by_id(world, place, who):
    return by_slug(a_question_of_the_exam(world, place, who))


@subject("aida-channels-by-slug")
def channels_of_an_office_by_slug(world, place, who):
    kwargs = by_slug(channels_of_an_office(world, place, who))["kwargs"]
    return {"kwargs": kwargs, "data": {"whatsapp": True, "origins": ["https://satker.example"]}}


@subject("case-with-proposal")
def a_case_with_a_proposal(world, place, who):
    case = case_at(world, place, who)
    if who is not None:
        ProposalFactory(case=case, officer=who)
    return {"kwargs": {"number": case.number}, "data": {"typed": "Halo,"}}
