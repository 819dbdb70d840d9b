"""The officer's pages, the ticket's acts and the calendar, as plain forms."""

import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from icalendar import Calendar

from halopst.consultations import services
from halopst.consultations.links import PURPOSE, case_path, ticket_path, ticket_token
from halopst.consultations.models import CalendarFeed, Consultation, Policy
from halopst.core.links import sign
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.consultations.factories import (
    AT,
    LINK,
    a_finished,
    a_request,
    an_agreed,
    an_ongoing,
    officer_of,
    visitor_of,
    working_expert,
)
from tests.scheduling.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def act(client, name, row, **said):
    return client.post(
        reverse(f"consultations:{name}", kwargs={"pk": row.pk}), {"version": row.version, **said}
    )


def state_of(row):
    return Consultation.objects.get(pk=row.pk).state


@pytest.fixture
def row(client):
    row = a_request()
    client.force_login(row.expert.user)
    return row


def test_one_tap_approves_from_the_case_page(client, row):
    page = client.get(case_path(row)).content.decode()
    assert "Setujui Senin, 09.30 WIB" in page

    answer = act(client, "approve", row, link=LINK)

    assert answer.headers["Location"] == case_path(row)
    assert state_of(row) == "disetujui"


def test_a_missing_link_is_asked_for_and_nothing_happens(client, row):
    answer = act(client, "approve", row)
    assert answer.status_code == 422
    assert "Isi tautan pertemuan daring" in answer.content.decode()
    assert state_of(row) == "diajukan"


def test_with_a_meeting_server_approval_needs_nothing_and_the_room_cannot_be_guessed(client, row, settings):
    settings.MEETING_BASE = "https://meet.contoh.id"
    act(client, "approve", row)
    link = Consultation.objects.get(pk=row.pk).meeting_link
    assert re.fullmatch(rf"https://meet\.contoh\.id/{row.case.number}-[\w-]{{20}}", link)


def test_who_comes_second_reads_what_happened_and_keeps_what_they_wrote(client, row):
    services.approve(officer_of(row), row, link=LINK, now=NOW)

    answer = act(client, "decline", row, reason="Alasan yang sudah ditulis panjang.")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "sudah disetujui untuk Senin, 23 November 2026" in page
    assert "Alasan yang sudah ditulis panjang." in page
    assert state_of(row) == "disetujui"


def test_another_time_is_proposed_by_pressing_it(client, row):
    later = (AT + timedelta(minutes=45)).isoformat()
    page = client.get(reverse("consultations:propose", kwargs={"pk": row.pk})).content.decode()
    assert f'value="{later}"' in page

    act(client, "propose", row, mulai=later, link=LINK, note="Pagi rapat.")

    assert state_of(row) == "ditawar_ulang"


def test_a_proposed_time_that_is_taken_names_others_and_keeps_the_note(client, row):
    taken = a_request(row.expert, at=AT + timedelta(minutes=45))

    answer = act(
        client, "propose", row, mulai=taken.reservation.starts_at.isoformat(), link=LINK, note="Maaf."
    )

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'class="btn btn--sm" name="mulai"' in page
    assert "Maaf." in page


def test_only_colleagues_free_at_that_time_can_take_over(client, row):
    free = working_expert(row.expert.unit, display_name="Ning Bebas")
    busy = working_expert(row.expert.unit, display_name="Cak Sibuk")
    a_request(busy)

    page = client.get(reverse("consultations:pass", kwargs={"pk": row.pk})).content.decode()
    assert "Ning Bebas" in page
    assert "Cak Sibuk" not in page
    act(client, "pass", row, expert=free.pk)

    assert Consultation.objects.get(pk=row.pk).expert == free


@pytest.mark.parametrize("expert", ["", "0", "x", "99999999999999999999", "\0"])
def test_nobody_takes_over_by_a_nonsensical_number(client, row, expert):
    assert act(client, "pass", row, expert=expert).status_code == 422
    assert state_of(row) == "diajukan"


def test_a_meeting_is_received_started_and_finished(client, row, clock):
    act(client, "approve", row, link=LINK)
    clock.time = AT
    client.logout()
    client.force_login(row.expert.user)
    for name in ("receive", "start"):
        assert act(client, name, row).status_code == 302
    row.refresh_from_db()

    half = act(client, "finish", row, result="not_available", summary="Belum dirilis.")
    assert half.status_code == 422
    act(client, "finish", row, result="not_available", summary="Belum dirilis.", note="Rilis 15 Desember.")

    row.refresh_from_db()
    assert (row.state, row.result_note, row.checked_in_at, row.started_at) == (
        "selesai",
        "Rilis 15 Desember.",
        AT,
        AT,
    )


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999", "\0"])
def test_a_form_without_its_version_does_nothing(client, row, version):
    address = reverse("consultations:decline", kwargs={"pk": row.pk})
    assert client.post(address, {"version": version, "reason": "x"}).status_code == 422
    assert state_of(row) == "diajukan"


def test_a_tampered_or_foreign_link_opens_nothing(client):
    row = a_request()
    token = ticket_token(row)
    for bad in (
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        "x",
        sign("case", {"id": row.pk}),
        "a" * 3000,
    ):
        for name in ("ticket", "ticket-ics", "reschedule", "cancel"):
            answer = client.get(reverse(f"consultations:{name}", kwargs={"token": bad}))
            assert answer.status_code == 409
            assert row.topic not in answer.content.decode()
        assert client.post(reverse("consultations:accept", kwargs={"token": bad})).status_code == 409


def test_a_link_opens_for_half_a_year(client, monkeypatch):
    row = a_request()
    token, now = ticket_token(row), time.time()
    address = reverse("consultations:ticket", kwargs={"token": token})
    half_a_year = timedelta(days=180).total_seconds()

    monkeypatch.setattr(signing.time, "time", lambda: now + half_a_year - 60)
    assert client.get(address).status_code == 200
    monkeypatch.setattr(signing.time, "time", lambda: now + half_a_year + 60)
    assert client.get(address).status_code == 409


def test_a_link_to_a_consultation_that_never_was_opens_nothing(client):
    token = sign(PURPOSE, {"id": 2**40})
    assert client.get(reverse("consultations:ticket", kwargs={"token": token})).status_code == 409


def test_the_ticket_shows_its_visitor_nothing_of_others(client):
    row = a_request(visitor=UserFactory(name="Dwi Lestari", email="dwi@contoh.id"))
    other = a_request(visitor=UserFactory(name="Rizal Hakim", email="rizal@contoh.id"))
    page = client.get(ticket_path(row)).content.decode()
    assert row.case.number in page
    assert other.case.number not in page
    assert "dwi@contoh.id" not in page
    assert row.expert.user.email not in page


def test_the_ticket_escapes_what_people_typed(client):
    row = a_request()
    Consultation.objects.filter(pk=row.pk).update(topic="<script>alert(1)</script>")
    row.case.visitor.name = "<b>Dwi</b>"
    row.case.visitor.save()
    page = client.get(ticket_path(row)).content.decode()
    assert "<script>alert" not in page
    assert "<b>Dwi" not in page


def test_a_visitor_moves_and_cancels_by_the_link_alone(client):
    row = an_agreed()
    token = ticket_token(row)
    later = (AT + timedelta(days=1)).isoformat()

    moved = client.post(reverse("consultations:reschedule", kwargs={"token": token}), {"mulai": later})
    assert moved.headers["Location"] == reverse("consultations:ticket", kwargs={"token": token})
    assert state_of(row) == "diajukan"
    client.post(reverse("consultations:cancel", kwargs={"token": token}), {"reason": "Sudah ada."})
    assert state_of(row) == "dibatalkan"


def test_a_time_taken_meanwhile_keeps_the_old_one_and_names_others(client):
    row = an_agreed()
    taken = a_request(row.expert, at=AT + timedelta(minutes=45))
    address = reverse("consultations:reschedule", kwargs={"token": ticket_token(row)})

    answer = client.post(address, {"mulai": taken.reservation.starts_at.isoformat()})

    assert answer.status_code == 409
    assert 'class="btn btn--sm" name="mulai"' in answer.content.decode()
    assert state_of(row) == "disetujui"


@pytest.mark.parametrize("moment", ["", "x", "9999-12-31T23:59:59-12:00", "\0"])
def test_a_nonsensical_new_time_changes_nothing(client, moment):
    row = an_agreed()
    address = reverse("consultations:reschedule", kwargs={"token": ticket_token(row)})
    assert client.post(address, {"mulai": moment}).status_code == 422
    assert state_of(row) == "disetujui"


def test_the_ticket_offers_only_what_is_possible_now(client, clock):
    row = an_agreed()
    page = client.get(ticket_path(row)).content.decode()
    assert ("Ubah jadwal" in page, "Saya sudah hadir" in page, "Petugas belum hadir" in page) == (
        True,
        False,
        False,
    )
    clock.time = AT + timedelta(minutes=20)
    page = client.get(ticket_path(row)).content.decode()
    assert ("Ubah jadwal" in page, "Saya sudah hadir" in page, "Petugas belum hadir" in page) == (
        False,
        True,
        True,
    )
    client.post(reverse("consultations:arrive", kwargs={"token": ticket_token(row)}))
    assert state_of(row) == "hadir"


def test_the_calendar_file_is_the_visitors_own(client):
    row = an_agreed()
    answer = client.get(reverse("consultations:ticket-ics", kwargs={"token": ticket_token(row)}))
    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert event.decoded("dtstart") == AT
    assert str(event["url"]) == LINK
    assert event["attendee"] == f"mailto:{row.case.visitor.email}"


@pytest.mark.parametrize("make", [a_request, an_agreed, an_ongoing, a_finished])
def test_every_state_has_its_pages(client, make, clock):
    row = make()
    assert client.get(ticket_path(row)).status_code == 200
    client.force_login(row.expert.user)
    assert client.get(case_path(row)).status_code == 200
    client.force_login(row.case.visitor)
    number = {"number": row.case.number}
    assert client.get(reverse("cases:my-case", kwargs=number)).status_code == 200


def test_the_calendar_shows_the_week_and_finds_a_name(client, row):
    mine = a_request(row.expert, at=AT + timedelta(minutes=45), visitor=UserFactory(name="Rizal Hakim"))
    address = reverse("consultations:calendar") + "?tanggal=2026-11-23"

    page = client.get(address).content.decode()
    assert row.case.number in page
    assert mine.case.number in page
    found = client.get(f"{address}&q=rizal").content.decode()
    assert mine.case.number in found
    assert row.case.number not in found


def test_the_calendar_of_the_team_shows_colleagues_and_of_another_office_nobody(client, row):
    colleague = a_request(working_expert(row.expert.unit))
    stranger = a_request()
    address = reverse("consultations:calendar") + "?tanggal=2026-11-23"
    assert colleague.case.number not in client.get(address).content.decode()
    team = client.get(f"{address}&siapa=tim").content.decode()
    assert colleague.case.number in team
    assert stranger.case.number not in team
    assert client.get(f"{address}&satker={stranger.case.unit.slug}").status_code == 404


@pytest.mark.parametrize(
    "query", ["tanggal=x", "tanggal=0001-01-01", "tanggal=9999-12-31", "q=%00", "tampil=hari", "tampil=x"]
)
def test_the_calendar_survives_nonsense(client, row, query):
    assert client.get(reverse("consultations:calendar") + f"?{query}").status_code == 200


def test_the_calendar_asks_as_often_for_three_as_for_one(client, row, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(60) as seen:
            client.get(reverse("consultations:calendar") + "?tanggal=2026-11-23")
        return len(seen)

    queries()
    one = queries()
    a_request(row.expert, at=AT + timedelta(minutes=45))
    a_request(row.expert, at=AT + timedelta(days=1))
    assert queries() == one


def feed_address(client):
    client.post(reverse("consultations:feed-renew"))
    page = client.get(reverse("consultations:calendar")).content.decode()
    return re.search(r"/konsultasi/umpan/[\w-]+\.ics", page)[0]


def test_a_calendar_subscribes_by_a_secret_address(client, row):
    address = feed_address(client)
    client.logout()

    answer = client.get(address)

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert [e.decoded("dtstart") for e in Calendar.from_ical(answer.content).walk("VEVENT")] == [AT]
    assert address.split("/")[-1].removesuffix(".ics") not in CalendarFeed.objects.get().secret_hash


def test_a_new_address_ends_the_old_one_and_revoking_ends_all(client, row):
    first = feed_address(client)
    second = feed_address(client)
    assert (client.get(first).status_code, client.get(second).status_code) == (404, 200)
    client.post(reverse("consultations:feed-revoke"))
    assert client.get(second).status_code == 404


def test_the_office_sets_its_own_rules(client, row):
    lead = MembershipFactory(unit=row.case.unit, role="ketua_tim").user
    client.force_login(lead)
    address = reverse("consultations:policy", kwargs={"satker": row.case.unit.slug})
    values = {"change_notice_minutes": 30, "check_in_minutes": 60, "grace_minutes": 10, "most_unanswered": 3}

    assert client.post(address, {**values, "grace_minutes": 0}).status_code == 422
    client.post(address, values)

    assert Policy.objects.values_list("change_notice_minutes", "grace_minutes").get() == (30, 10)
    agreed = services.approve(officer_of(row), row, link=LINK, now=NOW)
    moved = services.reschedule(
        visitor_of(agreed), agreed, starts_at=AT + timedelta(days=1), now=AT - timedelta(minutes=31)
    )
    assert moved.state == "diajukan"
