"""Words go back and forth, and the clock knows who has to speak."""

from datetime import timedelta

import pytest

from halopst.accounts.actors import actor_for
from halopst.cases import queries, services
from halopst.cases.models import Case, CasePause, Presence
from halopst.cases.panels import Panel, _builders, panel_for, register
from halopst.cases.services import CaseMoved, NotAnOfficerHere, NotNow
from halopst.cases.services.refusals import EmptyMessage
from halopst.core.errors import NotPermitted
from halopst.core.shapes import Moment
from halopst.notifications.models import Notice
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.cases.conftest import wib

MONDAY = wib(16, 9)


def told():
    return sorted(Notice.objects.values_list("kind", "name"))


def test_each_side_is_told_what_the_other_wrote(office):
    case = office.open(now=MONDAY, officer=office.officer)
    services.reply(office.as_officer, case, body="Kami periksa.", now=wib(16, 10))
    services.reply(office.as_visitor, case, body="Terima kasih.", now=wib(16, 11))

    assert told() == [
        ("cases.message_for_officer", "Cak Arif"),
        ("cases.message_for_visitor", "Dewi Anggraini"),
    ]
    notice = Notice.objects.get(kind="cases.message_for_visitor")
    assert "Kami periksa." in notice.body
    assert notice.link.startswith("/permintaan/tautan/")


def test_without_an_officer_the_team_lead_is_told(office):
    lead = office.colleague("ketua_tim", name="Ning Lead")
    case = office.open(now=MONDAY)
    services.reply(office.as_visitor, case, body="Ada yang bisa bantu?", now=wib(16, 11))

    assert told() == [("cases.message_for_officer", str(lead))]


def test_waiting_for_the_visitor_costs_no_working_time(office):
    case = office.open(now=MONDAY)
    assert case.due_at == wib(19, 15, 30)

    services.ask_visitor(office.as_officer, case, body="Tahun berapa?", now=wib(17, 8))
    services.reply(office.as_visitor, case, body="Tahun 2025", now=wib(18, 8))
    case.refresh_from_db()

    assert (case.state, case.first_reply_at) == ("open", wib(17, 8))
    assert case.due_at == wib(20, 15, 30)
    pause = case.pauses.get()
    assert (pause.begins_at, pause.ends_at, pause.reason) == (wib(17, 8), wib(18, 8), "waiting_visitor")


def test_two_waits_and_a_reopening_are_three_pauses(office):
    case = office.open(now=MONDAY)
    for day in (16, 17):
        services.ask_visitor(office.as_officer, case, body="Yang mana?", now=wib(day, 10))
        services.reply(office.as_visitor, case, body="Yang ini", now=wib(day, 12))
    services.finish(office.as_officer, case, result="found", summary="Terlampir", now=wib(18, 8))
    case = services.reopen(office.as_visitor, case, reason="Belum lengkap", now=wib(23, 8))

    assert list(case.pauses.order_by("begins_at").values_list("begins_at", "ends_at", "reason")) == [
        (wib(16, 10), wib(16, 12), "waiting_visitor"),
        (wib(17, 10), wib(17, 12), "waiting_visitor"),
        (wib(18, 8), wib(23, 8), "ended"),
    ]
    assert (case.state, case.result, case.finished_at) == ("open", "", None)
    # 19 Nov 15.30, plus 2 + 2 working hours, plus three working days of 7.5 hours
    assert case.due_at == wib(25, 12)


def test_an_officer_may_let_the_clock_run_again(office):
    case = office.open(now=MONDAY)
    services.ask_visitor(office.as_officer, case, body="Tahun berapa?", now=wib(17, 8))
    case = services.resume(office.as_officer, case, now=wib(17, 10))

    assert (case.state, case.due_at) == ("open", wib(20, 10))
    with pytest.raises(NotNow, match="tidak sedang menunggu"):
        services.resume(office.as_officer, case, now=wib(17, 11))


def test_two_replies_at_once_are_one_outcome_and_one_told_what_happened(office):
    case = office.open(now=MONDAY)
    other = actor_for(office.colleague(name="Ning Sari"))
    services.reply(office.as_officer, case, body="Saya dulu.", expected_version=1, now=wib(16, 10))

    with pytest.raises(CaseMoved, match="Cak Arif lebih dulu") as refused:
        services.reply(other, case, body="Saya juga.", expected_version=1, now=wib(16, 10))

    assert refused.value.case.version == 2
    assert [m.body for m in case.messages.filter(sender="officer")] == ["Saya dulu."]


def test_a_visitor_is_never_told_to_read_first(office):
    case = office.open(now=MONDAY)
    services.reply(office.as_officer, case, body="Sebentar.", now=wib(16, 10))
    services.reply(office.as_visitor, case, body="Satu lagi.", expected_version=1, now=wib(16, 11))

    assert case.messages.count() == 3


@pytest.mark.parametrize("body", ["", " \n\t ", "\x00\x07"])
def test_nothing_is_not_a_message(office, body):
    case = office.open(now=MONDAY)
    with pytest.raises(EmptyMessage):
        services.reply(office.as_visitor, case, body=body, now=MONDAY)


def test_an_ended_case_says_how_to_go_on(office):
    case = office.open(now=MONDAY)
    services.finish(office.as_officer, case, result="found", summary="Terlampir", now=wib(16, 10))

    for actor in (office.as_officer, office.as_visitor):
        with pytest.raises(NotNow, match="Buka kembali"):
            services.reply(actor, case, body="Masih ada?", now=wib(16, 11))


def test_finishing_tells_the_visitor_what_came_of_it(office):
    case = office.open(now=MONDAY, officer=office.officer)
    services.finish(
        office.as_officer, case, result="not_available", summary="Belum dirilis.", now=wib(16, 10)
    )

    assert told() == [("cases.finished", "Dewi Anggraini")]
    assert "Belum dirilis." in Notice.objects.get().body


def test_officers_are_picked_from_the_office_and_those_above_it(office):
    province = MembershipFactory(unit=office.unit.parent, role="ketua_tim").user
    MembershipFactory(unit=office.unit, role="auditor")
    MembershipFactory()
    office.open(now=MONDAY, officer=office.officer)
    finished = office.open(now=MONDAY, officer=office.officer)
    services.finish(office.as_officer, finished, result="found", summary="Ada", now=wib(16, 10))

    assert dict(queries.loads_at(office.unit)) == {office.officer: 1, province: 0}


def test_a_case_is_passed_on_and_both_sides_read_it(office):
    case = office.open(now=MONDAY, officer=office.officer)
    sari = office.colleague(name="Ning Sari")
    case = services.assign(office.as_officer, case, officer=sari, now=wib(16, 10))

    assert case.officer == sari
    assert case.messages.last().happened == "Diserahkan kepada Ning Sari"
    assert told() == [("cases.assigned", "Ning Sari")]
    again = services.assign(office.as_officer, case, officer=sari, now=wib(16, 11))
    assert (again.messages.count(), Notice.objects.count()) == (2, 1)
    with pytest.raises(NotAnOfficerHere):
        services.assign(office.as_officer, case, officer=UserFactory(), now=wib(16, 12))


def test_taking_a_case_oneself_needs_no_notice(office):
    case = services.assign(
        office.as_officer, office.open(now=MONDAY), officer=office.officer, now=wib(16, 10)
    )
    assert (case.officer, Notice.objects.count()) == (office.officer, 0)


def test_colleagues_see_who_is_here_and_who_types(office):
    case = office.open(now=MONDAY)
    sari = office.colleague(name="Ning Sari")
    services.be_present(actor_for(sari), case, typing=True, now=MONDAY)

    def seen(actor, after):
        here = queries.colleagues_here(actor, case, now=MONDAY + timedelta(seconds=after))
        return [(person.name, person.is_typing) for person in here]

    assert seen(office.as_officer, 5) == [("Ning Sari", True)]
    assert seen(office.as_officer, 40) == [("Ning Sari", False)]
    assert seen(office.as_officer, 90) == []
    assert seen(actor_for(sari), 5) == []
    with pytest.raises(NotPermitted):
        services.be_present(office.as_visitor, case, typing=True, now=MONDAY)
    assert Presence.objects.count() == 1


def test_a_higher_domain_speaks_on_the_page_of_its_cases(office):
    case = office.open(now=MONDAY)
    register("konsultasi", lambda _actor, case, _now: Panel("x.html", {}, moments=(Moment(case.number),)))
    try:
        panel = panel_for(office.as_officer, case, MONDAY)
        assert [step.title for step in queries.journey(case, panel.moments)] == [
            "Diterima",
            "Respons pertama",
            case.number,
            "Selesai",
        ]
    finally:
        del _builders["konsultasi"]
    assert panel_for(office.as_officer, case, MONDAY) is None


def test_a_first_reply_in_another_way_counts_once(office):
    case = office.open(now=MONDAY)
    services.mark_first_reply(case, wib(16, 10))
    services.mark_first_reply(case, wib(16, 12))
    case.refresh_from_db()
    assert case.first_reply_at == wib(16, 10)


def test_the_database_knows_one_open_pause(office):
    case = office.open(now=MONDAY)
    services.ask_visitor(office.as_officer, case, body="Tahun?", now=wib(16, 10))
    services.ask_visitor(office.as_officer, case, body="Dan wilayah?", now=wib(16, 11))

    assert CasePause.objects.get(case=case).asked_at == wib(16, 11)
    assert Case.objects.get().state == "waiting_visitor"
