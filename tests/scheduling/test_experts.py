"""Experts keep their profile and hours; the office keeps its experts, fields and rules."""

from datetime import date, time, timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError
from PIL import Image

from halopst.audit.models import Entry
from halopst.calendars.reference import load_service_hours
from halopst.core.actors import SYSTEM, Actor
from halopst.core.errors import NotPermitted
from halopst.scheduling import permissions, queries, services
from halopst.scheduling.models import Availability, BookingPolicy, Expert, Field, Leave
from halopst.scheduling.reference import FIELDS, load_fields
from halopst.scheduling.rules import Policy
from halopst.scheduling.services import photos
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.scheduling.factories import (
    MONDAY,
    NOW,
    AvailabilityFactory,
    BookingPolicyFactory,
    ExpertFactory,
    FieldFactory,
    LeaveFactory,
    ReservationFactory,
    bookable,
)
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def manager_of(unit):
    return Actor(
        user_id=-1,
        grants={permission: frozenset({unit.pk}) for permission in (permissions.VIEW, permissions.MANAGE)},
    )


def person(expert):
    return Actor(user_id=expert.user_id, grants={permissions.VIEW: frozenset({expert.unit_id})})


def photo_of(expert):
    with expert.photo.open() as stored:
        return Image.open(BytesIO(stored.read()))


def upload(image_format="PNG", size=(900, 600), **saved):
    file = BytesIO()
    Image.new("RGBA" if image_format == "PNG" else "RGB", size, "teal").save(file, image_format, **saved)
    file.seek(0)
    return file


def test_a_member_becomes_an_expert_in_the_offices_own_hours():
    load_service_hours()
    member = MembershipFactory(user__name="Sekar Ayuningtyas")

    expert = services.add_expert(manager_of(member.unit), unit=member.unit, user=member.user, now=NOW)

    assert expert.display_name == "Sekar Ayuningtyas"
    assert {hours.weekday for hours in expert.availabilities.all()} == {0, 1, 2, 3, 4}
    assert queries.slots(expert, MONDAY, MONDAY, now=NOW)
    assert Entry.objects.get(action="scheduling.expert-added").subject_id == expert.pk


def test_nobody_becomes_an_expert_twice_or_without_a_role():
    member = MembershipFactory()
    manager = manager_of(member.unit)
    services.add_expert(manager, unit=member.unit, user=member.user, now=NOW)

    with pytest.raises(services.AlreadyAnExpert):
        services.add_expert(manager, unit=member.unit, user=member.user, now=NOW)
    with pytest.raises(services.NotAMember):
        services.add_expert(manager, unit=member.unit, user=UserFactory(), now=NOW)

    assert Expert.objects.count() == 1


def test_experts_stand_in_order_of_name_whatever_the_case():
    unit = UnitFactory()
    for name in ("cak Zaki", "Ning Aulia", "Cak Bagas", "ning sekar"):
        ExpertFactory(unit=unit, display_name=name)

    assert [e.display_name for e in Expert.objects.by_name()] == [
        "Cak Bagas",
        "cak Zaki",
        "Ning Aulia",
        "ning sekar",
    ]


def test_a_profile_takes_fields_of_its_own_office_only():
    expert = ExpertFactory()
    ours, theirs = FieldFactory(unit=expert.unit), FieldFactory()

    services.edit_profile(
        person(expert),
        expert,
        display_name="Ning Sekar",
        title="Statistisi Ahli Madya",
        bio="Membantu data kemiskinan.",
        languages=["jv", "id", "id"],
        fields=[ours, theirs],
        is_public=False,
    )

    expert.refresh_from_db()
    assert (expert.languages, list(expert.fields.all()), expert.is_public) == (["id", "jv"], [ours], False)


def test_a_colleague_edits_nothing():
    expert, colleague = ExpertFactory(), ExpertFactory()
    stranger = Actor(user_id=colleague.user_id, grants={permissions.VIEW: frozenset({expert.unit_id})})
    leave = LeaveFactory(expert=expert)

    attempts = [
        lambda: services.set_photo(stranger, expert, image=upload()),
        lambda: services.remove_photo(stranger, expert),
        lambda: services.add_hours(stranger, expert, weekdays=[0], starts_at=time(8), ends_at=time(9)),
        lambda: services.take_leave(stranger, expert, kind="cuti", first_day=MONDAY, last_day=MONDAY),
        lambda: services.withdraw(stranger, leave),
        lambda: services.set_duty(person(expert), expert, is_active=False),
        lambda: services.set_policy(person(expert), unit=expert.unit, expert=expert, policy=Policy()),
        lambda: services.drop_own_policy(person(expert), expert),
        lambda: services.add_field(person(expert), unit=expert.unit, name="X", icon="leaf"),
        lambda: services.add_expert(person(expert), unit=expert.unit, user=colleague.user, now=NOW),
    ]
    for attempt in attempts:
        with pytest.raises(NotPermitted):
            attempt()

    assert not Entry.objects.exists()
    assert Leave.objects.filter(pk=leave.pk).exists()


def test_who_lost_their_role_no_longer_keeps_their_profile():
    expert = ExpertFactory()

    with pytest.raises(NotPermitted):
        services.remove_photo(Actor(user_id=expert.user_id), expert)


@pytest.mark.parametrize("image_format", ["PNG", "JPEG", "WEBP"])
def test_a_photo_is_drawn_anew_as_a_square_without_its_metadata(image_format):
    expert = ExpertFactory()
    exif = Image.Exif()
    exif[0x010E] = "rumah saya di Jalan Contoh"
    saved = {"exif": exif} if image_format != "PNG" else {}

    services.set_photo(person(expert), expert, image=upload(image_format, **saved))

    drawn = photo_of(expert)
    assert (drawn.format, drawn.size, dict(drawn.getexif())) == ("JPEG", (480, 480), {})
    assert expert.photo_url.startswith(f"/keahlian/ahli/{expert.pk}/foto.jpg?v=")


def test_a_photo_whose_row_is_not_saved_leaves_no_file(monkeypatch):
    expert = ExpertFactory()

    def fail(*_args, **_details):
        raise DatabaseError

    monkeypatch.setattr(photos, "record", fail)
    with pytest.raises(DatabaseError):
        services.set_photo(SYSTEM, expert, image=upload())

    assert not default_storage.exists(expert.photo.name)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a" + b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"\xff" * (5 * 1024 * 1024 + 1),
        upload().getvalue()[:200],
    ],
    ids=["empty", "gif", "svg", "broken", "huge", "cut"],
)
def test_what_is_not_a_photo_is_refused_and_the_old_one_stays(content):
    expert = ExpertFactory()
    services.set_photo(SYSTEM, expert, image=upload())
    before = expert.photo.name

    with pytest.raises(services.NotAPhoto):
        services.set_photo(SYSTEM, expert, image=BytesIO(content))

    expert.refresh_from_db()
    assert expert.photo.name == before


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_opened():
    with pytest.raises(services.NotAPhoto):
        services.set_photo(SYSTEM, ExpertFactory(), image=upload("JPEG", (8000, 6000)))


def test_a_new_photo_replaces_the_old_file(django_capture_on_commit_callbacks):
    expert = ExpertFactory()
    services.set_photo(SYSTEM, expert, image=upload())
    first = expert.photo.name

    with django_capture_on_commit_callbacks(execute=True):
        services.set_photo(SYSTEM, expert, image=upload())
    assert not expert.photo.storage.exists(first)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_photo(SYSTEM, expert)

    assert expert.photo_url == ""


def test_hours_are_added_for_several_days_and_never_doubled():
    expert = ExpertFactory()
    hours = {"starts_at": time(9), "ends_at": time(11)}

    first = services.add_hours(person(expert), expert, weekdays=[0, 2, 0], **hours)
    again = services.add_hours(person(expert), expert, weekdays=[0, 4], **hours)

    assert ([h.weekday for h in first], [h.weekday for h in again]) == ([0, 2], [4])


def test_a_line_of_the_timetable_is_withdrawn_once():
    hours = AvailabilityFactory()

    for _ in range(2):
        services.withdraw(person(hours.expert), hours)

    assert not Availability.objects.exists()
    assert Entry.objects.filter(action="scheduling.availability-removed").count() == 1


def test_leave_hides_times_and_leaves_appointments_to_people():
    expert = bookable()
    promised = ReservationFactory(expert=expert, unit=expert.unit, state="confirmed")

    services.take_leave(person(expert), expert, kind="cuti", first_day=MONDAY, last_day=MONDAY)

    promised.refresh_from_db()
    assert promised.state == "confirmed"
    assert list(queries.appointments_on_days(expert, MONDAY, MONDAY)) == [promised]
    assert queries.slots(expert, MONDAY, MONDAY, now=NOW) == []


def test_a_retired_expert_is_no_longer_offered():
    expert = bookable()

    services.set_duty(manager_of(expert.unit), expert, is_active=False)

    assert queries.candidates(expert.unit) == []
    assert queries.search_experts(expert.unit) == []


def test_fields_are_added_last_and_change_places_with_their_neighbour():
    unit = UnitFactory()
    manager = manager_of(unit)
    one, two, three = (services.add_field(manager, unit=unit, name=n, icon="leaf") for n in "ABC")

    services.move_field(manager, three, direction="up")
    services.move_field(manager, one, direction="up")
    services.move_field(manager, two, direction="down")

    assert [f.name for f in queries.all_fields(unit)] == ["A", "C", "B"]


def test_a_name_is_used_once_whatever_its_case_and_an_address_once_whatever_the_name():
    unit = UnitFactory()
    manager = manager_of(unit)
    first = services.add_field(manager, unit=unit, name="Harga & inflasi", icon="tags")
    other = services.add_field(manager, unit=unit, name="Harga, inflasi", icon="tags")

    with pytest.raises(services.FieldExists):
        services.add_field(manager, unit=unit, name="HARGA & INFLASI", icon="tags")
    with pytest.raises(services.FieldExists):
        services.edit_field(manager, other, name="harga & inflasi", icon="tags", synonyms="", is_active=True)

    assert first.slug != other.slug
    assert services.add_field(manager, unit=unit, name="数据", icon="leaf").slug


def test_a_field_keeps_its_address_when_it_is_renamed_or_hidden():
    field = FieldFactory(slug="konsumsi")

    services.edit_field(
        manager_of(field.unit),
        field,
        name="Konsumsi rumah tangga",
        icon="house",
        synonyms="",
        is_active=False,
    )

    field.refresh_from_db()
    assert (field.slug, field.name, field.is_active) == ("konsumsi", "Konsumsi rumah tangga", False)


def test_a_policy_is_set_for_the_office_and_for_one_expert_and_dropped_again():
    expert = ExpertFactory()
    manager = manager_of(expert.unit)
    services.set_policy(manager, unit=expert.unit, policy=Policy(duration_minutes=30))
    services.set_policy(manager, unit=expert.unit, policy=Policy(duration_minutes=40))
    services.set_policy(manager, unit=expert.unit, expert=expert, policy=Policy(duration_minutes=60))

    assert queries.policy_of(expert.unit).duration_minutes == 40
    assert queries.policy_of(expert.unit, expert).duration_minutes == 60
    services.drop_own_policy(manager, expert)
    assert queries.policy_of(expert.unit, expert).duration_minutes == 40
    assert BookingPolicy.objects.count() == 1


def test_every_office_starts_with_the_twelve_fields_and_keeps_what_it_edits():
    edited, fresh = UnitFactory(), UnitFactory()
    load_fields()
    Field.objects.filter(unit=edited, slug="pertanian").delete()
    Field.objects.filter(unit=edited, slug="konsumsi").update(name="Pola konsumsi")
    BookingPolicy.objects.filter(unit=edited).update(duration_minutes=60)
    newcomer = UnitFactory()

    load_fields()

    assert [f.name for f in queries.all_fields(fresh)] == [f["name"] for f in FIELDS]
    assert len(FIELDS) == queries.all_fields(newcomer).count() == 12
    assert queries.all_fields(edited).count() == 11
    assert queries.all_fields(edited).get(slug="konsumsi").name == "Pola konsumsi"
    assert queries.policy_of(edited).duration_minutes == 60


def test_a_timetable_leaves_out_what_is_over():
    expert = ExpertFactory()
    today = date(2026, 11, 23)
    AvailabilityFactory(expert=expert, valid_until=today - timedelta(days=1))
    current = AvailabilityFactory(expert=expert, valid_until=today)
    LeaveFactory(expert=expert, first_day=today - timedelta(days=9), last_day=today - timedelta(days=1))
    leave = LeaveFactory(expert=expert, first_day=today - timedelta(days=9), last_day=today)

    timetable = queries.timetable(expert, today=today)

    assert (timetable.week[0].hours, timetable.leaves, timetable.exceptions) == ([current], [leave], [])


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("a_meeting_lasts_ten_minutes_to_four_hours", {"duration_minutes": 5}),
        ("the_horizon_is_a_day_to_half_a_year", {"horizon_days": 0}),
        ("lead_and_buffer_stay_within_reason", {"buffer_minutes": 121}),
        ("a_daily_maximum_is_one_to_fifty", {"daily_maximum": 0}),
    ],
)
def test_the_database_keeps_policies_within_reason(name, values):
    from django.db import IntegrityError, transaction  # noqa: PLC0415  # this one test

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BookingPolicyFactory(**values)
