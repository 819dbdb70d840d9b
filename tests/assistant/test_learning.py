"""What AIDA could not answer is gathered, drafted, approved, answered next time, and told to who waits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.accounts.actors import actor_for
from halopst.assistant import services
from halopst.assistant.models import Awaiting, Conversation, QuestionGroup, Remedy, Turn
from halopst.assistant.queries import groups as queries
from halopst.assistant.queries.groups import Choice
from halopst.assistant.services.learning.notifying_askers import tell
from halopst.audit.models import Entry
from halopst.core.actors import ANONYMOUS
from halopst.core.errors import NotPermitted
from halopst.demo.figures import build_figures
from halopst.knowledge import services as knowledge
from halopst.knowledge.models import Cell, DataRequest, Document
from halopst.knowledge.reference import load_regions
from halopst.notifications.models import Notice
from halopst.notifications.services import opt_in
from halopst.units.models import Unit
from halopst.units.reference import load_units
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.assistant.factories import ConversationFactory
from tests.cases.factories import CaseFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
PARKING = "Di mana parkir sepeda motor kantor?"


@pytest.fixture
def office():
    return UnitFactory(slug="surabayakota", kind="kota", region="Kota Surabaya")


@pytest.fixture
def east_java():
    load_units()
    load_regions()
    build_figures(now=NOW)
    return Unit.objects.get(code="3578")


def at(unit, role):
    return actor_for(MembershipFactory(unit=unit, role=role).user)


def say(unit, question, *, kept=True, now=NOW):
    conversation = services.begin(unit, kept=kept, now=now)
    return services.say(ANONYMOUS, conversation, question=question, client="", now=now)


def ask(unit, question):
    return services.ask(ANONYMOUS, question=question, unit=unit, client="", now=NOW)


def queue(unit, **choice):
    return list(queries.groups(unit, Choice(**choice), state="open", now=NOW))


def gathered(unit, question):
    turn = say(unit, question)
    services.gather()
    turn.refresh_from_db()
    return turn


def test_questions_alike_are_one_group_with_its_counts_and_what_may_not_be_kept_is_a_number(office):
    first = say(office, PARKING, now=NOW - timedelta(days=2))
    say(office, "parkir sepeda motor di kantor di mana?")
    say(office, "Siapa kepala kantor sekarang?")
    say(office, "Di mana parkir mobil?", kept=False)

    assert services.gather() == 3
    assert services.gather() == 0
    groups = queue(office)
    assert [(group.times, group.unanswered, group.disliked) for group in groups] == [(2, 2, 0), (1, 1, 0)]
    assert (groups[0].first_at, groups[0].last_at) == (first.asked_at, NOW)
    assert queries.unreadable(office, now=NOW) == 1


def test_a_short_answer_approved_by_a_second_person_answers_next_time_and_tells_who_waits_once(
    office, run_jobs
):
    turn = gathered(office, PARKING)
    asker = UserFactory()
    services.wait_for(actor_for(asker), turn)
    officer, lead = at(office, "petugas"), at(office, "ketua_tim")
    text = "Parkir sepeda motor kantor ada di halaman belakang, muat 40 motor."
    draft = services.draft_text(officer, turn.group, kind="faq", text=text, now=NOW)

    assert (draft.kind, draft.title, draft.state) == ("faq", PARKING, "draft")
    assert ask(office, PARKING).known is False
    with pytest.raises(knowledge.SecondPersonNeeded):
        knowledge.publish(officer, draft, now=NOW)
    knowledge.publish(lead, draft, now=NOW)
    run_jobs()

    answer = ask(office, PARKING)
    assert (answer.known, answer.citations[0].external_id) == (True, draft.external_id)
    assert QuestionGroup.objects.get().state == "answered"
    notice = Notice.objects.get(kind="assistant.answered")
    assert (notice.user_id, PARKING in notice.body) == (asker.pk, True)
    assert Awaiting.objects.get().told_at is not None
    services.try_remedies(document_id=draft.pk, now=NOW)
    assert Notice.objects.filter(kind="assistant.answered").count() == 1


def test_who_allowed_whatsapp_is_told_there_and_asks_again_with_one_press(client, office):
    asker = UserFactory(phone="+6281299990001")
    opt_in(asker, phone=asker.phone, how="preferences", now=NOW)
    asked = Turn.objects.get(pk=gathered(office, "berapa produksi garam 2023?").pk)
    services.wait_for(actor_for(asker), asked)
    tell(asked.group, now=NOW)

    notice = Notice.objects.get(kind="assistant.answered")
    assert notice.deliveries.filter(channel="whatsapp").exists()
    page = client.get(notice.link).content.decode()
    assert ">berapa produksi garam 2023?</textarea>" in page


def test_what_nobody_approved_is_never_used_in_an_answer(office):
    turn = gathered(office, PARKING)
    officer = at(office, "petugas")
    services.correct(officer, turn, text="Parkir sepeda motor kantor di halaman belakang.", now=NOW)
    services.draft_text(officer, turn.group, kind="article", text="", now=NOW)

    assert Document.objects.get().text == "Parkir sepeda motor kantor di halaman belakang."
    answer = ask(office, PARKING)
    assert (answer.known, list(answer.citations)) == (False, [])
    assert services.try_again(turn.group, now=NOW) is False
    assert QuestionGroup.objects.get().state == "open"


def test_a_synonym_is_used_by_figures_and_search_once_another_person_approved_it(east_java, run_jobs):
    question = "persentase wong ora nduwe gawean surabaya 2024"
    turn = gathered(east_java, question)
    officer, lead = at(east_java, "petugas"), at(east_java, "ketua_tim")
    synonym = services.draft_synonym(
        officer, turn.group, phrase="wong ora nduwe gawean", means="tingkat pengangguran terbuka", now=NOW
    )
    assert ask(east_java, question).known is False

    with pytest.raises(NotPermitted):
        knowledge.approve_synonym(officer, synonym)
    knowledge.approve_synonym(lead, synonym)
    run_jobs()

    answer = ask(east_java, question)
    assert (answer.known, answer.title) == (True, "Tingkat Pengangguran Terbuka")
    assert QuestionGroup.objects.get(pk=turn.group_id).state == "answered"
    assert Turn.objects.get(pk=turn.pk).known is False


def test_who_proposed_a_synonym_does_not_approve_it(office):
    lead = at(office, "ketua_tim")
    synonym = knowledge.propose_synonym(lead, unit=office, phrase="motor", means="sepeda motor", now=NOW)

    with pytest.raises(knowledge.SecondPersonNeeded):
        knowledge.approve_synonym(lead, synonym)


def test_a_data_request_closes_the_group_only_when_the_figure_is_there(east_java, run_jobs):
    Cell.objects.filter(indicator__name="Tingkat Pengangguran Terbuka", period=202400).delete()
    turn = gathered(east_java, "TPT surabaya 2024")
    officer, lead = at(east_java, "petugas"), at(east_java, "ketua_tim")
    wanted = services.Wanted("Tingkat Pengangguran Terbuka", period="2024")
    request = services.draft_data_request(officer, turn.group, wanted=wanted, now=NOW)

    with pytest.raises(knowledge.NotFoundYet):
        knowledge.close_data_request(lead, request, filled=True, note="", now=NOW)
    assert DataRequest.objects.get().state == "open"
    knowledge.close_data_request(lead, request, filled=True, note="", anyway=True, now=NOW)
    run_jobs()
    remedy = Remedy.objects.get()
    assert (QuestionGroup.objects.get().state, remedy.tried_at is not None) == ("open", True)

    build_figures(now=NOW)
    assert services.try_open_groups(now=NOW) == 1
    assert QuestionGroup.objects.get().state == "answered"


def test_data_that_came_closes_the_request_and_the_group(east_java, run_jobs):
    gone = Cell.objects.filter(indicator__name="Tingkat Pengangguran Terbuka", period=202400)
    gone.delete()
    turn = gathered(east_java, "TPT surabaya 2024")
    officer, lead = at(east_java, "petugas"), at(east_java, "ketua_tim")
    wanted = services.Wanted("Tingkat Pengangguran Terbuka", period="2024")
    request = services.draft_data_request(officer, turn.group, wanted=wanted, now=NOW)

    build_figures(now=NOW)
    knowledge.close_data_request(lead, request, filled=True, note="", now=NOW)
    run_jobs()
    assert (DataRequest.objects.get().state, QuestionGroup.objects.get().state) == ("filled", "answered")


def test_a_data_request_whose_question_is_forgotten_is_looked_for_by_its_own_words(east_java):
    officer, lead = at(east_java, "petugas"), at(east_java, "ketua_tim")
    there, nowhere = (
        knowledge.ask_for_data(officer, unit=east_java, topic=topic, period="2024", now=NOW)
        for topic in ("Tingkat Pengangguran Terbuka", "Jumlah layang-layang")
    )

    assert knowledge.close_data_request(lead, there, filled=True, note="", now=NOW).state == "filled"
    with pytest.raises(knowledge.NotFoundYet):
        knowledge.close_data_request(lead, nowhere, filled=True, note="", now=NOW)


def test_a_draft_whose_figures_are_not_the_cells_is_shown_with_what_the_cells_say(east_java):
    turn = gathered(east_java, "TPT surabaya 2031")
    officer = at(east_java, "petugas")
    draft = services.draft_text(officer, turn.group, kind="faq", text="Sebesar 99,98 persen.", now=NOW)
    assert services.contradiction(turn.group, draft, now=NOW).stated == ("99,98",)

    said = ask(east_java, "TPT surabaya 2031").figures[0]["value"]
    Document.objects.update(text=f"Yang terbaru {said} persen.")
    draft.refresh_from_db()
    assert services.contradiction(turn.group, draft, now=NOW) is None


def test_permission_taken_back_takes_the_words_out_of_the_queue(office):
    turn = gathered(office, PARKING)
    services.wait_for(actor_for(UserFactory()), turn)

    services.keep([turn.conversation], kept=False)
    assert not QuestionGroup.objects.exists()
    assert not Awaiting.objects.exists()
    assert Turn.objects.get().group is None


def test_a_disliked_answer_comes_into_the_queue_with_its_reason_and_leaves_with_the_verdict(office):
    turn = say(office, "Terima kasih")
    assert services.gather() == 0

    services.judge(turn, verdict="wrong")
    services.explain(turn, reason="off", remark="Tulis ke budi@contoh.id")
    services.gather()
    turn.refresh_from_db()
    assert (turn.reason, turn.remark, queue(office)[0].disliked) == ("off", "Tulis ke [surel]", 1)

    services.judge(turn, verdict="wrong")
    turn.refresh_from_db()
    assert (turn.verdict, turn.reason, turn.remark, turn.group) == ("", "", "", None)
    assert queue(office) == []


def test_what_was_set_aside_takes_in_what_comes_again_until_it_is_opened_anew(office):
    turn = gathered(office, PARKING)
    officer = at(office, "petugas")
    services.set_aside(officer, turn.group, note="Bukan data.", now=NOW)
    gathered(office, PARKING)

    assert (queue(office), QuestionGroup.objects.count()) == ([], 1)
    services.reopen(officer, turn.group)
    assert queue(office)[0].times == 2
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "assistant.set-aside", "assistant.reopened",
    ]  # fmt: skip


def test_the_queue_can_be_narrowed_and_costs_the_same_at_one_row_and_three(office):
    gathered(office, PARKING)
    with CaptureQueriesContext(connection) as one:
        queue(office)
    gathered(office, "Siapa kepala kantor sekarang?")
    gathered(office, "Berapa tarif parkir mobil?")
    with CaptureQueriesContext(connection) as three:
        assert len(queue(office)) == 3

    assert len(one) == len(three)
    assert [group.question for group in queue(office, text="kepala")] == ["Siapa kepala kantor sekarang?"]
    assert queue(office, what="salah") == []
    assert len(queue(office, what="tak", days=7)) == 3


def test_an_officer_of_another_office_neither_drafts_nor_corrects(office):
    turn = gathered(office, PARKING)
    stranger = at(UnitFactory(), "petugas")

    for attempt in (
        lambda: services.draft_text(stranger, turn.group, kind="article", text="", now=NOW),
        lambda: services.correct(stranger, turn, text="Begini.", now=NOW),
        lambda: services.set_aside(stranger, turn.group, note="", now=NOW),
    ):
        with pytest.raises(NotPermitted):
            attempt()
    assert not Remedy.objects.exists()


def test_nobody_waits_for_what_is_not_kept(office):
    turn = say(office, PARKING, kept=False)

    with pytest.raises(services.NotKept):
        services.wait_for(actor_for(UserFactory()), turn)
    assert services.wait_for_all(actor_for(UserFactory()), turn.conversation) == 0


def test_a_group_whose_questions_are_forgotten_is_forgotten(office, settings):
    settings.AIDA_KEPT_DAYS = 30
    gathered(office, PARKING)
    Conversation.objects.update(last_at=NOW - timedelta(days=31))
    ConversationFactory(last_at=NOW)

    handed_over = gathered(office, PARKING).conversation
    Conversation.objects.filter(pk=handed_over.pk).update(
        last_at=NOW - timedelta(days=31), case=CaseFactory(unit=office)
    )

    services.forget_conversations(now=NOW)
    assert not QuestionGroup.objects.exists()
    assert Conversation.objects.get(pk=handed_over.pk).kept is False
