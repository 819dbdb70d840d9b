"""The workroom of experts and administrators: real forms that work without JavaScript."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from halopst.scheduling.models import Availability, AvailabilityException, BookingPolicy, Expert, Field, Leave
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.scheduling.factories import (
    AvailabilityFactory,
    ExpertFactory,
    FieldFactory,
    LeaveFactory,
    ReservationFactory,
    bookable,
)
from tests.scheduling.test_experts import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client):
    membership = MembershipFactory(role="admin")
    client.force_login(membership.user)
    return membership


@pytest.fixture
def expert(client):
    """An officer with a profile, signed in."""
    made = bookable(display_name="Ning Sekar")
    MembershipFactory(user=made.user, unit=made.unit, role="petugas")
    client.force_login(made.user)
    return made


def page(expert, part="jadwal"):
    return f"/keahlian/ahli/{expert.pk}/{part}/" if part else f"/keahlian/ahli/{expert.pk}/"


def test_my_profile_leads_to_the_one_profile_i_have(client, expert):
    assert client.get("/keahlian/").headers["Location"] == page(expert, "")


def test_who_is_no_expert_reads_what_to_ask_for(client):
    client.force_login(UserFactory())

    assert "Minta admin satker Anda" in client.get("/keahlian/").content.decode()


def test_a_profile_is_saved_and_seen_by_visitors(client, expert):
    field = FieldFactory(unit=expert.unit)

    response = client.post(
        page(expert, ""),
        {
            "display_name": "Ning Sekar Ayu",
            "title": "Statistisi Ahli Madya",
            "bio": "<b>tebal</b>",
            "subjects": [field.pk],
            "languages": ["id", "jv"],
            "is_public": "on",
        },
        follow=True,
    )

    assert "Profil tersimpan" in response.content.decode()
    assert "&lt;b&gt;tebal&lt;/b&gt;" in response.content.decode()
    expert.refresh_from_db()
    assert (expert.display_name, list(expert.fields.all())) == ("Ning Sekar Ayu", [field])


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": ""},
        {"display_name": "x" * 81},
        {"display_name": "a\0b"},
        {"subjects": ["999999"]},
        {"subjects": ["x"]},
        {"languages": ["tlh"]},
    ],
)
def test_a_profile_that_is_wrong_is_shown_again_with_what_was_typed(client, expert, wrong):
    response = client.post(page(expert, ""), {"display_name": "Ning", "bio": "Tetap ada", **wrong})

    assert response.status_code == 422
    assert "Tetap ada" in response.content.decode()
    assert Expert.objects.get(pk=expert.pk).display_name == "Ning Sekar"


def test_a_photo_is_uploaded_shown_and_removed(client, expert):
    photo = SimpleUploadedFile("saya.png", upload().getvalue(), "image/png")

    assert client.post(page(expert, "foto"), {"photo": photo}).status_code == 302
    expert.refresh_from_db()
    shown = client.get(expert.photo_url)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert b"".join(shown.streaming_content)[:2] == b"\xff\xd8"

    client.post(page(expert, "foto"), {"aksi": "hapus"})
    assert client.get(f"/keahlian/ahli/{expert.pk}/foto.jpg").status_code == 404


@pytest.mark.parametrize("sent", [{}, {"photo": SimpleUploadedFile("x.png", b"bukan foto")}])
def test_a_file_that_is_no_photo_is_refused_in_place(client, expert, sent):
    response = client.post(page(expert, "foto"), sent)

    assert response.status_code == 422
    assert "foto" in response.content.decode()


def test_weekly_hours_are_added_and_removed(client, expert):
    Availability.objects.all().delete()

    client.post(
        page(expert), {"aksi": "jam", "weekdays": ["0", "1"], "starts_at": "08.30", "ends_at": "11:00"}
    )
    added = Availability.objects.get(weekday=1)
    assert f"{added.starts_at:%R}-{added.ends_at:%R}" == "08:30-11:00"

    client.post(f"{page(expert)}jam/{added.pk}/hapus/")
    assert [hours.weekday for hours in Availability.objects.all()] == [0]


def test_hours_on_a_day_without_service_are_kept_and_the_expert_is_told(client, expert):
    sent = {"aksi": "jam", "weekdays": ["0", "5"], "starts_at": "08.30", "ends_at": "11:00"}

    told = client.post(page(expert), sent, follow=True).content.decode()

    assert "tidak membuka layanan pada hari Sabtu, jadi jam itu belum ditawarkan" in told
    assert Availability.objects.filter(weekday=5).exists()


def test_an_exception_is_kept_in_the_offices_zone_and_names_the_appointments_it_meets(client, expert):
    day = timezone.localdate() + timedelta(days=7)
    starts = timezone.datetime.combine(day, timezone.datetime.min.time(), expert.unit.tz) + timedelta(hours=9)
    ReservationFactory(expert=expert, unit=expert.unit, starts_at=starts, state="confirmed")

    response = client.post(
        page(expert),
        {"aksi": "kecuali", "kind": "blocked", "day": day.isoformat(), "starts": "08:00", "ends": "10:00"},
        follow=True,
    )

    assert "Ada 1 janji pada waktu itu yang tetap berlaku" in response.content.decode()
    assert AvailabilityException.objects.get().starts_at == starts - timedelta(hours=1)


def test_leave_of_one_day_needs_one_date(client, expert):
    day = timezone.localdate() + timedelta(days=7)

    client.post(page(expert), {"aksi": "cuti", "kind": "dinas", "first_day": day.isoformat(), "last_day": ""})

    leave = Leave.objects.get()
    assert (leave.first_day, leave.last_day) == (day, day)


@pytest.mark.parametrize(
    "wrong",
    [
        {"aksi": "jam", "weekdays": ["0"], "starts_at": "11:00", "ends_at": "08:00"},
        {"aksi": "jam", "weekdays": ["9"], "starts_at": "08:00", "ends_at": "11:00"},
        {"aksi": "jam", "starts_at": "25:00", "ends_at": "x"},
        {
            "aksi": "jam",
            "weekdays": ["0"],
            "starts_at": "08:00",
            "ends_at": "09:00",
            "valid_from": "2026-12-02",
            "valid_until": "2026-12-01",
        },
        {"aksi": "kecuali", "kind": "blocked", "day": "2026-11-31", "starts": "08:00", "ends": "09:00"},
        {"aksi": "kecuali", "kind": "x", "day": "2026-11-30", "starts": "08:00", "ends": "09:00"},
        {"aksi": "kecuali", "kind": "extra", "day": "9999-12-31", "starts": "08:00", "ends": "09:00"},
        {"aksi": "cuti", "kind": "cuti", "first_day": "2026-12-02", "last_day": "2026-12-01"},
        {"aksi": "cuti", "kind": "cuti", "first_day": "9999-12-31"},
        {"aksi": "cuti", "kind": "cuti", "first_day": "kemarin\0"},
        {"aksi": "tak dikenal"},
        {},
    ],
)
def test_a_schedule_that_is_wrong_is_refused_in_place(client, expert, wrong):
    before = Availability.objects.count()

    assert client.post(page(expert), wrong).status_code == 422
    assert Availability.objects.count() == before
    assert not AvailabilityException.objects.exists()
    assert not Leave.objects.exists()


def test_a_line_of_another_experts_timetable_is_not_removed_through_mine(client, expert):
    theirs = LeaveFactory()

    assert client.post(f"{page(expert)}cuti/{theirs.pk}/hapus/").status_code == 404
    assert client.post(f"{page(expert)}bukan/{theirs.pk}/hapus/").status_code == 404
    assert Leave.objects.filter(pk=theirs.pk).exists()


def test_the_next_two_weeks_are_shown_at_a_glance(client, expert):
    html = client.get(page(expert)).content.decode()

    assert html.count('class="pekan__h') == 14
    assert "Dua pekan ke depan" in html


def test_the_list_of_experts_is_searched_and_costs_the_same_at_one_and_three(client, admin):
    address = f"/keahlian/{admin.unit.slug}/ahli/"

    def cost():
        with CaptureQueriesContext(connection) as spent:
            html = client.get(address).content.decode()
        assert 'name="q"' in html
        return len(spent)

    ExpertFactory(unit=admin.unit, display_name="Ning Sekar").fields.add(FieldFactory(unit=admin.unit))
    cost()
    one = cost()
    for name in ("Cak Bagas", "cak Zaki"):
        ExpertFactory(unit=admin.unit, display_name=name)

    assert cost() == one
    found = client.get(address, {"q": "seakr"}, headers={"HX-Request": "true"}).content.decode()
    assert "Ning Sekar" in found
    assert "Cak Bagas" not in found
    assert "<html" not in found
    assert "Tidak ada ahli yang cocok" in client.get(address, {"q": "astronomi"}).content.decode()


def test_a_member_is_made_an_expert_and_retired_again(client, admin):
    member = MembershipFactory(unit=admin.unit, user__name="Bagas Prakoso")
    address = f"/keahlian/{admin.unit.slug}/ahli/tambah/"

    assert "Bagas Prakoso" in client.get(address, {"q": "bagsa"}).content.decode()
    client.post(address, {"user": member.user_id})
    expert = Expert.objects.get(user=member.user)
    client.get(address)  # reads the message that names them
    assert "Bagas Prakoso" not in client.get(address).content.decode()
    client.post(page(expert, "tugas"), {"on": "0"})
    expert.refresh_from_db()

    assert not expert.is_active


@pytest.mark.parametrize("user", ["", "x", "0", "9" * 40, "-1", "\0"])
def test_nobody_unknown_is_made_an_expert(client, admin, user):
    assert client.post(f"/keahlian/{admin.unit.slug}/ahli/tambah/", {"user": user}).status_code == 404
    assert not Expert.objects.exists()


def test_fields_are_added_renamed_moved_and_hidden(client, admin):
    address = f"/keahlian/{admin.unit.slug}/bidang/"
    for name in ("Industri", "Perdagangan"):
        client.post(address, {"name": name, "icon": "factory", "synonyms": "pabrik"})
    last = Field.objects.get(name="Perdagangan")

    client.post(f"{address}{last.pk}/geser/", {"arah": "naik"})
    client.post(f"{address}{last.pk}/", {"name": "Niaga", "icon": "store", "synonyms": ""})

    client.get(address)  # reads the messages that name them
    shown = client.get(address).content.decode()
    assert shown.index("Niaga") < shown.index("Industri")
    assert "Disembunyikan" in shown
    assert "Industri" in client.get(address, {"q": "pabirk"}).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "INDUSTRI"}, {"icon": "tidak-ada"}, {"name": "y" * 61}, {"name": "a\0"}]
)
def test_a_field_that_is_wrong_is_refused_in_place(client, admin, wrong):
    FieldFactory(unit=admin.unit, name="Industri")

    response = client.post(
        f"/keahlian/{admin.unit.slug}/bidang/",
        {"name": "Baru", "icon": "leaf", "synonyms": "kata lain", **wrong},
    )

    assert response.status_code == 422
    assert "kata lain" in response.content.decode()
    assert Field.objects.count() == 1


POLICY = {
    "lead_minutes": 60,
    "duration_minutes": 30,
    "buffer_minutes": 5,
    "horizon_days": 14,
    "daily_maximum": "",
}


def test_the_offices_rules_and_an_experts_own_are_kept_apart(client, admin):
    expert = ExpertFactory(unit=admin.unit)

    client.post(f"/keahlian/{admin.unit.slug}/aturan/", POLICY)
    client.post(page(expert, "aturan"), {**POLICY, "daily_maximum": "4"})
    kept = {p.expert_id: p.daily_maximum for p in BookingPolicy.objects.filter(unit=admin.unit)}
    assert kept == {None: None, expert.pk: 4}
    client.post(page(expert, "aturan"), {"aksi": "ikut"})

    assert not BookingPolicy.objects.filter(expert=expert).exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("duration_minutes", "5"),
        ("duration_minutes", "999999999999"),
        ("horizon_days", "0"),
        ("lead_minutes", "-1"),
        ("lead_minutes", "satu"),
        ("daily_maximum", "51"),
    ],
)
def test_rules_out_of_reason_are_refused_in_place(client, admin, name, value):
    response = client.post(f"/keahlian/{admin.unit.slug}/aturan/", {**POLICY, name: value})

    assert response.status_code == 422
    assert not BookingPolicy.objects.exists()


def test_pages_speak_english_too(client, expert):
    AvailabilityFactory(expert=expert, weekday=5)
    client.cookies["bahasa"] = "en"

    with translation.override(None):
        html = client.get(page(expert)).content.decode()

    assert "Weekly hours" in html
    assert "Saturday" in html
    assert "Jam mingguan" not in html
