from datetime import date

import pytest
from django.urls import reverse
from psycopg.types.range import DateRange

from halopst.audit.models import Entry
from halopst.calendars.models import Holiday, HolidayDecree, JointLeave, Schedule
from halopst.calendars.queries import calendar_of, week_of
from halopst.calendars.reference import load_national_holidays, load_service_hours
from halopst.calendars.rules import week_text
from tests.access.people import World
from tests.accounts.factories import MembershipFactory
from tests.calendars.factories import HolidayDecreeFactory, HolidayFactory, ScheduleFactory
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
WEEK = {f"{end}_{day}_0": at for day in range(5) for end, at in (("buka", "08.00"), ("tutup", "15:30"))}
HOURS = {**WEEK, "title": "Jam layanan", "legal_basis": "SK 1/2026", "effective_from": "2026-11-23"}
SPECIAL = {**WEEK, "title": "Ramadan", "first": "2026-02-18", "last": "2026-03-19"}
DECREE = {"title": "Pilkada", "number": "1/KEP/2026", "decided_on": "2026-11-02"}


@pytest.fixture
def unit():
    load_service_hours()
    return UnitFactory()


@pytest.fixture
def sign_in(client):
    def enter(unit, role="admin"):
        client.force_login(MembershipFactory(unit=unit, role=role).user)
        World(unit=unit, elsewhere=unit).trust(client)
        return client

    return enter


def url(name, *args):
    return reverse(f"calendars:{name}", args=args)


def test_the_hours_page_says_whose_hours_hold(sign_in, unit):
    client = sign_in(unit)
    page = client.get(url("hours", unit.slug)).content.decode()
    assert "Mengikuti jam bawaan platform" in page
    assert page.count("08.00-15.30") == 5
    assert "Peraturan Presiden Nomor 21 Tahun 2023" in page

    ScheduleFactory(unit=unit.parent, workweek=True)
    assert f"Mengikuti jam {unit.parent.name}" in client.get(url("hours", unit.slug)).content.decode()
    ScheduleFactory(unit=unit, title="Jam kami", workweek=True)
    assert "Jam kami" in client.get(url("hours", unit.slug)).content.decode()


def test_an_admin_sets_hours_with_a_break_in_plain_text(sign_in, unit):
    client = sign_in(unit)
    form = client.get(url("hours-edit", unit.slug)).content.decode()
    assert form.count('value="08.00"') == 5
    values = {**HOURS, "tutup_4_0": "11.30", "buka_4_1": "1300", "tutup_4_1": "16.00", "buka_0_0": "9:00"}
    response = client.post(url("hours-edit", unit.slug), values)

    assert response.headers["Location"] == url("hours", unit.slug)
    schedule = Schedule.objects.get(unit=unit)
    assert week_text(week_of(schedule)) == {
        "0": "09.00-15.30",
        "1": "08.00-15.30",
        "2": "08.00-15.30",
        "3": "08.00-15.30",
        "4": "08.00-11.30, 13.00-16.00",
    }
    entry = Entry.objects.get(action="calendars.hours-set")
    assert entry.details["changes"]["4"] == ["", "08.00-11.30, 13.00-16.00"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"tutup_0_0": ""}, "berpasangan"),
        ({"tutup_0_0": "07.00"}, "Jam tutup harus setelah jam buka"),
        ({"buka_0_1": "15.00", "tutup_0_1": "16.00"}, "tidak boleh bertumpuk"),
        ({"buka_0_0": "pagi"}, "Isi jam, misalnya 08.00."),
        ({"buka_0_0": "25.00"}, "Isi jam, misalnya 08.00."),
        ({"effective_from": "2026-02-30"}, "Isi tanggal"),
        ({"effective_from": "0001-01-01"}, "paling awal"),
        ({"title": ""}, "Isi bagian ini dulu"),
        (dict.fromkeys(WEEK, ""), "paling sedikit untuk satu hari"),
    ],
)
def test_hours_that_make_no_sense_are_explained(sign_in, unit, change, sentence):
    response = sign_in(unit).post(url("hours-edit", unit.slug), {**HOURS, **change})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Schedule.objects.filter(unit=unit).exists()


def test_an_office_gives_its_hours_up(sign_in, unit):
    ScheduleFactory(unit=unit, workweek=True)
    client = sign_in(unit)
    assert client.post(url("hours-inherit", unit.slug), {"effective_from": "x"}).status_code == 422
    client.post(url("hours-inherit", unit.slug), {"effective_from": "2026-11-23"})

    assert Schedule.objects.get(unit=unit).last_day == date(2026, 11, 22)


def test_special_hours_come_change_and_go(sign_in, unit):
    client = sign_in(unit)
    client.post(url("special-new", unit.slug), SPECIAL)
    schedule = Schedule.objects.get(unit=unit)
    assert (schedule.first_day, schedule.last_day) == (date(2026, 2, 18), date(2026, 3, 19))

    again = client.post(url("special-new", unit.slug), SPECIAL)
    assert again.status_code == 409
    assert "Sudah ada jam khusus pada tanggal itu." in again.content.decode()
    backwards = client.post(url("special", schedule.pk), {**SPECIAL, "last": "2026-01-01"})
    assert backwards.status_code == 422
    closed = {**SPECIAL, **dict.fromkeys(WEEK, "")}
    client.post(url("special", schedule.pk), closed)
    assert not schedule.intervals.exists()
    client.post(url("special-remove", schedule.pk))
    assert not Schedule.objects.filter(unit=unit).exists()


def test_an_officer_reads_special_hours_and_changes_nothing(sign_in, unit):
    schedule = ScheduleFactory(
        unit=unit, kind="khusus", title="Ramadan", period=DateRange(date(2026, 2, 18), date(2026, 3, 20))
    )
    client = sign_in(unit, "petugas")
    page = client.get(url("special", schedule.pk)).content.decode()

    assert "18 Februari 2026 – 19 Maret 2026" in page
    assert "Simpan jam khusus" not in page
    assert client.get(url("hours-edit", unit.slug)).status_code == 403


def test_joint_leave_is_a_button(sign_in, unit):
    client = sign_in(unit)
    client.post(url("joint-leave", unit.slug), {})
    assert JointLeave.objects.get().is_closed is False
    assert "Tetap buka pada cuti bersama." in client.get(url("hours", unit.slug)).content.decode()
    client.post(url("joint-leave", unit.slug), {"is_closed": "on"})
    assert JointLeave.objects.get().is_closed is True


def test_holidays_are_listed_by_month_searched_and_told_apart(sign_in, unit):
    load_national_holidays()
    HolidayFactory(decree__unit=unit.parent, date=date(2026, 11, 25), name="Pilkada")
    HolidayFactory(name="Bukan di sini")
    client = sign_in(unit, "petugas")
    page = client.get(url("holidays", unit.slug), {"tahun": "2026"}).content.decode()

    assert page.index("Januari 2026") < page.index("November 2026") < page.index("Desember 2026")
    assert "Pilkada" in page
    assert "Bukan di sini" not in page
    assert 'role="search"' in page
    found = client.get(
        url("holidays", unit.slug), {"tahun": "2026", "q": "pilk"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "Pilkada" in found
    assert "Imlek" not in found
    for odd in ("", "x", "99999999999999999999", "-5", "²"):
        assert client.get(url("holidays", unit.slug), {"tahun": odd, "q": "\x00"}).status_code == 200


def test_the_holiday_list_costs_the_same_at_one_and_three_rows(sign_in, unit, django_assert_max_num_queries):
    client = sign_in(unit)
    client.get(url("holidays", unit.slug))
    counts = []
    for number in (1, 2, 3):
        HolidayFactory(decree=HolidayDecreeFactory(unit=unit), date=date(2026, 11, number))
        with django_assert_max_num_queries(30) as queries:
            client.get(url("holidays", unit.slug), {"tahun": "2026"})
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]


def test_a_local_decree_is_written_filled_and_taken_back(sign_in, unit):
    client = sign_in(unit)
    client.post(url("decree-new", unit.slug), DECREE)
    decree = HolidayDecree.objects.get()
    assert client.post(url("decree-new", unit.slug), DECREE).status_code == 409
    day = {"day": "2026-11-25", "name": "Pilkada", "kind": "libur_lokal"}
    client.post(url("decree", decree.pk), day)
    assert client.post(url("decree", decree.pk), day).status_code == 409
    assert client.post(url("decree", decree.pk), {**day, "kind": "libur_nasional"}).status_code == 422
    holiday = Holiday.objects.get()
    client.post(url("holiday", holiday.pk), {**day, "day": "2026-11-26"})
    closed = calendar_of(unit, date(2026, 11, 1), date(2026, 11, 30)).closed
    assert closed == {date(2026, 11, 26): "Pilkada"}

    client.post(url("decree-edit", decree.pk), {**DECREE, "title": "Pemilihan"})
    ask = client.get(url("decree-remove", decree.pk)).content.decode()
    assert "1 hari libur di dalamnya ikut dihapus" in ask
    assert "Pemilihan" in ask
    assert HolidayDecree.objects.exists()
    client.post(url("holiday-remove", holiday.pk))
    assert not Holiday.objects.exists()
    client.post(url("decree-remove", decree.pk))
    assert not HolidayDecree.objects.exists()
    assert Entry.objects.filter(action__startswith="calendars.").count() == 6


def test_the_national_calendar_is_the_head_offices(sign_in, unit):
    load_national_holidays()
    decree = HolidayDecree.objects.filter(unit=None).latest("decided_on")
    officer = sign_in(unit, "admin")
    assert "Ubah keputusan" not in officer.get(url("decree", decree.pk)).content.decode()
    assert officer.post(url("decree", decree.pk), {}).status_code in {403, 422}
    assert officer.get(url("hours-edit", "nasional")).status_code == 403

    head = sign_in(unit.parent.parent)
    assert "Kalender nasional" in head.get(url("hours", "nasional")).content.decode()
    head.post(url("hours-edit", "nasional"), {**HOURS, "tutup_0_0": "14.00"})
    assert week_text(week_of(Schedule.objects.get(title="Jam layanan")))["0"] == "08.00-14.00"
    day = {"day": "2026-11-26", "name": "Libur tambahan", "kind": "cuti_bersama"}
    head.post(url("decree", decree.pk), day)
    assert date(2026, 11, 26) in calendar_of(unit, date(2026, 11, 1), date(2026, 11, 30)).closed


def test_what_is_written_is_shown_as_text(sign_in, unit):
    decree = HolidayDecreeFactory(unit=unit, title="<script>alert(1)</script>")
    HolidayFactory(decree=decree, name="<b>Libur</b>")
    page = sign_in(unit).get(url("decree", decree.pk)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;Libur" in page
