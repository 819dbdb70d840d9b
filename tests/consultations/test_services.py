"""What each move does, and that nothing else happens."""

from datetime import timedelta

import pytest

from halopst.audit.models import Entry
from halopst.cases import services as cases
from halopst.cases.models import Case
from halopst.consultations import services
from halopst.consultations.models import Consultation
from halopst.consultations.tasks import follow_cancelled_case
from halopst.core.errors import NotPermitted
from halopst.core.models import LiveEvent
from halopst.notifications.models import Notice
from halopst.scheduling.models import Reservation
from halopst.scheduling.services import SlotNotOffered, SlotTaken
from tests.accounts.factories import UserFactory
from tests.consultations.factories import (
    AT,
    LINK,
    a_finished,
    a_hold,
    a_request,
    actor_of,
    an_agreed,
    an_ongoing,
    lead_of,
    officer_of,
    visitor_of,
    working_expert,
)
from tests.scheduling.factories import NOW

pytestmark = pytest.mark.django_db
QUARTER = timedelta(minutes=45)


def told(row, since=0):
    """Which kinds of notice went to whom: v(isitor), o(fficer) or another's name."""
    who = {row.case.visitor_id: "v", row.expert.user_id: "o"}
    notices = Notice.objects.filter(about=f"consultation:{row.pk}").order_by("pk")[since:]
    return [(n.kind.removeprefix("consultations."), who.get(n.user_id, "?")) for n in notices]


def count():
    return Notice.objects.count()


def test_a_request_opens_a_case_and_tells_both():
    expert = working_expert()
    visitor = UserFactory(name="Dwi")

    row = a_request(expert, visitor=visitor)

    assert (row.state, row.version, row.submitted_at) == ("diajukan", 1, NOW)
    assert (row.case.visitor, row.case.officer, row.case.service.code) == (visitor, expert.user, "konsultasi")
    assert (row.reservation.state, row.reservation.starts_at) == ("requested", AT)
    assert told(row) == [("requested", "v"), ("to_answer", "o")]
    assert list(row.case.messages.values_list("body", flat=True)) == [row.need]


def test_the_answer_is_due_by_the_promise_but_an_hour_before_the_start_at_the_latest():
    row = a_request()
    assert NOW < row.answer_due_at <= AT - timedelta(hours=1)


def test_the_same_hold_sent_twice_is_one_request():
    expert, visitor = working_expert(), UserFactory()
    held = a_hold(expert)
    said = {
        "reservation": held,
        "holder": held.holder,
        "mode": "zoom",
        "topic": "Inflasi",
        "need": "IHK",
        "purpose": "penelitian",
        "now": NOW,
    }

    first = services.request(actor_of(visitor), **said)
    again = services.request(actor_of(visitor), **said)

    assert first == again
    assert (Consultation.objects.count(), Case.objects.count(), count()) == (1, 1, 2)


def test_one_visitor_keeps_three_requests_of_an_office_waiting_at_most():
    expert, visitor = working_expert(), UserFactory()
    hours = [(2, 30), (3, 15), (6, 0)]
    sent = [
        a_request(expert, visitor=visitor, at=AT.replace(hour=hour, minute=minute)) for hour, minute in hours
    ]
    another_day = AT + timedelta(days=1)

    with pytest.raises(services.TooManyUnanswered, match="masih punya 3 permintaan yang belum dijawab"):
        a_request(expert, visitor=visitor, at=another_day)

    services.cancel(visitor_of(sent[0]), sent[0], now=NOW)
    assert a_request(expert, visitor=visitor, at=AT + timedelta(days=2)).state == "diajukan"


def test_someone_elses_hold_is_not_mine_to_send():
    held = a_hold(working_expert())
    with pytest.raises(NotPermitted):
        services.request(
            actor_of(UserFactory()),
            reservation=held,
            holder="lain",
            mode="zoom",
            topic="x",
            need="y",
            purpose="penelitian",
            now=NOW,
        )
    assert Case.objects.count() == 0


def test_a_call_needs_a_number():
    with pytest.raises(services.PhoneMissing):
        a_request(mode="telepon")
    assert a_request(mode="telepon", phone="6281234567890").phone == "6281234567890"


def test_approval_confirms_the_time_sends_the_link_and_counts_as_first_reply():
    row = a_request()
    before = count()

    row = services.approve(officer_of(row), row, link=LINK, now=NOW)

    assert (row.state, row.version, row.approved_at, row.meeting_link) == ("disetujui", 2, NOW, LINK)
    assert Reservation.objects.get(pk=row.reservation_id).state == "confirmed"
    assert Case.objects.get(pk=row.case_id).first_reply_at == NOW
    assert told(row, before) == [("approved", "v"), ("agreed", "o")]
    assert LINK in Notice.objects.get(kind="consultations.approved").body
    assert row.ics_sequence == 1


def test_a_stored_row_is_what_the_service_returned():
    row = an_agreed()
    stored = Consultation.objects.get(pk=row.pk)
    assert (stored.state, stored.version, stored.approved_at, stored.meeting_link) == (
        row.state,
        row.version,
        row.approved_at,
        row.meeting_link,
    )


@pytest.mark.parametrize("link", ["http://zoom.us/j/1", "javascript:alert(1)", "https://a@b.id/", "zoom"])
def test_an_unsafe_link_approves_nothing(link):
    row = a_request()
    before = count()

    with pytest.raises(services.LinkUnsafe):
        services.approve(officer_of(row), row, link=link, now=NOW)

    row.refresh_from_db()
    assert (row.state, count()) == ("diajukan", before)


def test_without_a_meeting_server_an_online_meeting_needs_a_link(settings):
    row = a_request()
    with pytest.raises(services.LinkMissing):
        services.approve(officer_of(row), row, chance="x7Q", now=NOW)

    settings.MEETING_BASE = "https://meet.contoh.id"
    approved = services.approve(officer_of(row), row, chance="x7Q", now=NOW)
    assert approved.meeting_link == f"https://meet.contoh.id/{row.case.number}-x7Q"


def test_a_meeting_in_the_room_needs_no_link():
    row = a_request(mode="ruang_pst")
    assert services.approve(officer_of(row), row, link=LINK, now=NOW).meeting_link == ""


def test_a_time_that_has_passed_cannot_be_approved():
    row = a_request()
    with pytest.raises(services.TimePassed):
        services.approve(officer_of(row), row, link=LINK, now=AT)


def test_the_second_approval_is_told_of_the_first():
    row = a_request()
    services.approve(officer_of(row), row, link=LINK, now=NOW)
    before = count()

    with pytest.raises(services.OutOfTurn, match="sudah disetujui untuk Senin, 23 November 2026"):
        services.approve(lead_of(row.case.unit), row, link=LINK, now=NOW)

    assert count() == before


def test_an_old_page_approves_nothing():
    row = a_request()
    services.reschedule(visitor_of(row), row, starts_at=AT + 2 * QUARTER, now=NOW)

    with pytest.raises(services.OutOfTurn):
        services.approve(officer_of(row), row, link=LINK, version=1, now=NOW)

    row.refresh_from_db()
    assert (row.state, row.version) == ("diajukan", 2)


def test_a_proposal_keeps_the_new_time_and_gives_the_old_one_back():
    expert = working_expert()
    row = a_request(expert)
    later = AT + 2 * QUARTER

    row = services.propose_time(officer_of(row), row, starts_at=later, note="Pagi rapat.", link=LINK, now=NOW)

    kept = row.reservation
    assert (row.state, kept.starts_at, kept.state) == ("ditawar_ulang", later, "requested")
    assert told(row, 2) == [("proposed", "v")]
    assert a_hold(expert, at=AT).starts_at == AT
    with pytest.raises(SlotTaken):
        a_hold(expert, at=later)


def test_a_proposal_for_a_taken_time_changes_nothing_and_names_others():
    expert = working_expert()
    row, other = a_request(expert), a_request(expert, at=AT + QUARTER)

    with pytest.raises(SlotTaken) as refusal:
        services.propose_time(officer_of(row), row, starts_at=other.reservation.starts_at, link=LINK, now=NOW)

    assert refusal.value.alternatives
    row.refresh_from_db()
    assert (row.state, row.reservation.starts_at, row.version) == ("diajukan", AT, 1)


def test_an_accepted_proposal_is_an_approval():
    row = a_request()
    row = services.propose_time(officer_of(row), row, starts_at=AT + QUARTER, link=LINK, now=NOW)

    row = services.accept_proposal(visitor_of(row), row, now=NOW)

    assert (row.state, row.approved_at, row.meeting_link) == ("disetujui", NOW, LINK)
    assert Reservation.objects.get(pk=row.reservation_id).state == "confirmed"


def test_a_refused_proposal_ends_the_request_and_frees_the_time():
    row = a_request()
    row = services.propose_time(officer_of(row), row, starts_at=AT + QUARTER, link=LINK, now=NOW)

    row = services.decline_proposal(visitor_of(row), row, now=NOW)

    assert (row.state, row.closed_at) == ("dibatalkan", NOW)
    assert Reservation.objects.get(pk=row.reservation_id).state == "released"
    assert Case.objects.get(pk=row.case_id).state == "cancelled"


def test_an_agreed_time_moved_by_the_officer_waits_for_the_visitor_again():
    row = an_agreed()

    row = services.propose_time(officer_of(row), row, starts_at=AT + QUARTER, link=LINK, now=NOW)

    assert (row.state, row.approved_at) == ("ditawar_ulang", None)
    assert row.reservation.state == "requested"
    assert services.accept_proposal(visitor_of(row), row, now=NOW).state == "disetujui"


def test_passing_on_moves_the_time_to_a_free_colleague_who_answers_anew():
    expert = working_expert()
    colleague = working_expert(expert.unit)
    row = an_agreed(expert)
    before = count()

    row = services.pass_to(officer_of(row), row, expert=colleague, note="Ahli NTP.", now=NOW)

    assert (row.state, row.expert, row.approved_at, row.meeting_link) == ("diajukan", colleague, None, "")
    assert (row.reservation.expert, row.reservation.starts_at) == (colleague, AT)
    assert Case.objects.get(pk=row.case_id).officer == colleague.user
    assert told(row, before) == [("passed", "v"), ("to_answer", "o"), ("handed_over", "?")]
    assert a_hold(expert).starts_at == AT


def test_a_busy_colleague_or_a_stranger_takes_nothing_over():
    expert = working_expert()
    busy = working_expert(expert.unit)
    a_request(busy)
    row = a_request(expert)

    with pytest.raises(SlotTaken):
        services.pass_to(officer_of(row), row, expert=busy, now=NOW)
    for nobody in (working_expert(), expert):
        with pytest.raises(services.NotAColleague):
            services.pass_to(officer_of(row), row, expert=nobody, now=NOW)
    row.refresh_from_db()
    assert (row.expert, row.version) == (expert, 1)


def test_declining_needs_a_reason_which_the_visitor_reads():
    row = a_request()
    with pytest.raises(services.ReasonMissing):
        services.decline(officer_of(row), row, reason="  ", now=NOW)

    row = services.decline(officer_of(row), row, reason="Data mikro lewat SILASTIK.", now=NOW)

    assert (row.state, row.closed_at, row.case.unit_id) == ("ditolak", NOW, row.expert.unit_id)
    assert Case.objects.get(pk=row.case_id).state == "cancelled"
    assert "SILASTIK" in Notice.objects.get(kind="consultations.declined").body


def test_a_visitor_moves_an_agreed_time_until_two_hours_before():
    row = an_agreed()
    with pytest.raises(services.TooLateToChange):
        services.reschedule(
            visitor_of(row), row, starts_at=AT + timedelta(days=1), now=AT - timedelta(minutes=119)
        )

    row = services.reschedule(
        visitor_of(row), row, starts_at=AT + timedelta(days=1), now=AT - timedelta(minutes=120)
    )

    assert (row.state, row.approved_at, row.meeting_link) == ("diajukan", None, "")
    assert row.reservation.starts_at == AT + timedelta(days=1)


def test_a_visitor_cannot_move_to_a_time_nobody_offers():
    row = a_request()
    with pytest.raises(SlotNotOffered):
        services.reschedule(visitor_of(row), row, starts_at=AT + timedelta(minutes=7), now=NOW)


def test_cancelling_frees_the_time_at_once_and_tells_both():
    expert = working_expert()
    row = an_agreed(expert)
    before = count()

    row = services.cancel(visitor_of(row), row, reason="Sudah menemukan datanya.", now=NOW)

    assert (row.state, row.reason) == ("dibatalkan", "Sudah menemukan datanya.")
    assert told(row, before) == [("cancelled", "v"), ("cancelled", "o")]
    assert a_hold(expert).starts_at == AT


@pytest.mark.parametrize("minutes", [-31, 45])
def test_check_in_has_its_hours(minutes):
    row = an_agreed()
    with pytest.raises(services.TooEarlyToCheckIn):
        services.check_in(visitor_of(row), row, now=AT + timedelta(minutes=minutes))
    assert services.check_in(visitor_of(row), row, now=AT).checked_in_at == AT


def test_a_meeting_from_start_to_result():
    row = an_ongoing()
    assert (row.state, row.started_at) == ("berlangsung", AT)
    before = count()

    row = services.finish(
        officer_of(row), row, result="found", summary="Dapat dibandingkan.", now=AT + QUARTER
    )

    case = Case.objects.get(pk=row.case_id)
    assert (row.state, row.finished_at, row.result) == ("selesai", AT + QUARTER, "found")
    assert (case.state, case.result, case.finished_at) == ("finished", "found", AT + QUARTER)
    assert told(row, before) == [("finished", "v")]


@pytest.mark.parametrize(
    ("result", "summary", "note"),
    [("", "ok", ""), ("found", " ", ""), ("not_available", "ok", ""), ("referred", "ok", " ")],
)
def test_a_result_says_what_why_and_to_whom(result, summary, note):
    row = an_ongoing()
    with pytest.raises(services.ResultIncomplete):
        services.finish(officer_of(row), row, result=result, summary=summary, note=note, now=AT + QUARTER)


def test_who_does_not_come_is_called_absent_only_after_the_grace_time():
    row = an_agreed()
    with pytest.raises(services.TooEarlyToCallAbsent):
        services.miss_visitor(officer_of(row), row, now=AT + timedelta(minutes=14))

    row = services.miss_visitor(officer_of(row), row, now=AT + timedelta(minutes=15))

    case = Case.objects.get(pk=row.case_id)
    assert (row.state, case.state, case.result) == ("tidak_hadir_pengguna", "finished", "no_show")


def test_who_checked_in_is_never_absent():
    row = an_agreed()
    row = services.check_in(visitor_of(row), row, now=AT)
    with pytest.raises(services.OutOfTurn, match="Pemohon sudah hadir"):
        services.miss_visitor(officer_of(row), row, now=AT + timedelta(hours=1))


def test_an_absent_officer_is_reported_to_the_lead_and_the_visitor_may_choose_again():
    row = an_agreed()
    lead = lead_of(row.case.unit)
    before = count()

    row = services.miss_officer(visitor_of(row), row, now=AT + timedelta(minutes=15))

    assert row.state == "tidak_hadir_petugas"
    assert told(row, before) == [("officer_absent", "?"), ("officer_absent", "o")]
    assert Notice.objects.filter(user_id=lead.user_id, kind="consultations.officer_absent").count() == 1
    assert Case.objects.get(pk=row.case_id).state == "open"
    again = services.reschedule(
        visitor_of(row), row, starts_at=AT + timedelta(days=1), now=AT + timedelta(minutes=20)
    )
    assert (again.state, again.closed_at) == ("diajukan", None)


def test_a_case_that_ended_elsewhere_gives_the_time_back(waiting_jobs):
    expert = working_expert()
    row = an_agreed(expert)

    cases.cancel(officer_of(row), row.case, reason="Ganda", now=NOW)

    assert "halopst.consultations.tasks.follow_cancelled_case" in waiting_jobs()
    for _ in range(2):
        follow_cancelled_case(case_id=row.case_id)
    row.refresh_from_db()
    assert (row.state, row.version) == ("dibatalkan", 3)
    assert a_hold(expert).starts_at == AT


def test_open_pages_of_the_case_hear_of_every_move():
    row = an_agreed()
    heard = LiveEvent.objects.filter(topic=f"case:{row.case_id}").count()

    services.check_in(visitor_of(row), row, now=AT)

    assert LiveEvent.objects.filter(topic=f"case:{row.case_id}").count() == heard + 1


def test_every_move_leaves_one_line_in_the_record():
    row = a_finished()
    actions = list(
        Entry.objects.filter(subject_type="consultations.consultation", subject_id=row.pk)
        .order_by("pk")
        .values_list("action", "unit_id")
    )
    verbs = ["requested", "approved", "started", "finished"]
    assert actions == [(f"consultations.{verb}", row.case.unit_id) for verb in verbs]
