"""Assignment letters and decrees: numbered with whom they concern, struck when that changes."""

from datetime import date, timedelta

import pytest
from psycopg.types.range import DateRange

from halopst.core.errors import NotPermitted
from halopst.letters.models import Letter, NumberPattern, Signatory
from halopst.letters.services import CannotCompose
from halopst.partners.models import Activity, Paper
from halopst.partners.services import decreeing
from halopst.partners.services.allocation import approving
from tests.accounts.factories import MembershipFactory
from tests.letters.papers import text_of
from tests.partners.factories import NOVEMBER, NOW, ActivityFactory, PaperFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give, head, head_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]


@pytest.fixture
def unit():
    unit = an_office()
    for role, name in (("kepala", "Wulan Contoh"), ("kpa", "Bayu Contoh")):
        Signatory.objects.create(
            unit=unit,
            role=role,
            name=name,
            nip="199001012015031001",
            title="Kepala" if role == "kepala" else "Kuasa Pengguna Anggaran",
            basis="SK Kepala BPS Nomor 1 Tahun 2026",
            period=DateRange(NOVEMBER - timedelta(days=300), None),
        )
    return unit


def approved(unit, *names):
    duty = a_duty(unit, name="Sakernas")
    mitra = [a_mitra(unit, name) for name in names]
    for row in mitra:
        give(row, duty, 2)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    return duty, mitra


def test_an_assignment_letter_names_whom_it_sends_and_who_signs(unit):
    paper = PaperFactory(unit=unit)

    letter = decreeing.issue_paper(head_of(unit), paper, now=NOW)

    person = {"nama": "Wira Contoh", "nomor": "199001012015031001", "jabatan": "Statistisi"}
    assert letter.data["orang"] == [{**person, "sebutan": "NIP"}]
    assert str(letter.number) == f"B-001/{unit.code}0/KP.650/2026"
    printed = text_of(letter)
    assert "melaksanakan pengawasan survei contoh." in printed
    assert "Wulan Contoh" in printed


def test_an_assignment_letter_says_what_kind_of_number_stands_under_a_name(unit):
    duty, (mitra,) = approved(unit, "Ayu")
    mitra.person.id_sobat = "357824010001"
    mitra.person.save()
    driver = {"name": "Joko Contoh", "number": "12-A", "title": "Pengemudi"}
    officer = {"name": "Wira Contoh", "number": "19900101 201503 1 001", "title": "Statistisi"}
    paper = PaperFactory(unit=unit, people=[officer, driver], activity=duty.activity)

    letter = decreeing.issue_paper(head_of(unit), paper, now=NOW)

    said = text_of(letter)
    assert "Wira Contoh NIP 19900101 201503 1 001 Statistisi" in said
    assert "Joko Contoh 12-A Pengemudi" in said
    assert "Ayu ID SOBAT 357824010001" in said


def test_a_decree_lists_the_approved_mitra_of_its_activity_by_name(unit):
    duty, _mitra = approved(unit, "Citra", "Ayu")
    give(a_mitra(unit, "Belum Disetujui"), duty, 2)
    paper = PaperFactory(unit=unit, kind="sk-kpa", activity=duty.activity)

    letter = decreeing.issue_paper(head_of(unit), paper, now=NOW)

    assert [one["nama"] for one in letter.data["orang"]] == ["Wira Contoh", "Ayu", "Citra"]
    assert str(letter.number) == "1 Tahun 2026"
    assert "KEDUA" in text_of(letter)


def test_a_letter_is_struck_when_its_text_or_its_mitra_change_and_only_then(unit):
    duty, mitra = approved(unit, "Ayu")
    decree = PaperFactory(unit=unit, kind="sk-kpa", activity=duty.activity)
    order = PaperFactory(unit=unit)
    for paper in (decree, order):
        decreeing.issue_paper(head_of(unit), paper, now=NOW)

    give(mitra[0], duty, 3)

    states = dict(Letter.objects.values_list("kind", "state"))
    assert states == {"partners.decree": "outdated", "partners.order": "final"}
    decreeing.edit_paper(head_of(unit), order, values={"subject": "lain"}, now=NOW)
    assert Letter.objects.get(kind="partners.order").state == "outdated"


def test_without_people_or_a_signatory_there_is_no_letter(unit):
    paper = PaperFactory(unit=unit, people=[])
    with pytest.raises(CannotCompose) as nobody:
        decreeing.issue_paper(head_of(unit), paper, now=NOW)
    Signatory.objects.all().delete()
    with pytest.raises(CannotCompose) as unsigned:
        decreeing.issue_paper(head_of(unit), PaperFactory(unit=unit), now=NOW)

    assert nobody.value.repair_url == f"/mitra/{unit.slug}/naskah/{paper.pk}/ubah/"
    assert (unsigned.value.repair_url, "Minta admin satker" in str(unsigned.value.message)) == ("", True)
    assert Letter.objects.count() == 0


def test_a_text_that_became_a_letter_stays(unit):
    kept, gone = PaperFactory(unit=unit), PaperFactory(unit=unit)
    decreeing.issue_paper(head_of(unit), kept, now=NOW)

    with pytest.raises(decreeing.PaperIsALetter):
        decreeing.remove_paper(head_of(unit), kept)
    decreeing.remove_paper(head_of(unit), gone)

    assert list(Paper.objects.all()) == [kept]


def test_another_office_s_activity_or_person_has_no_part_in_it(unit):
    values = {"subject": "lain", "activity": ActivityFactory()}
    with pytest.raises(Activity.DoesNotExist):
        decreeing.write_paper(head_of(unit), unit=unit, kind="sk-kpa", values=values)
    with pytest.raises(NotPermitted):
        decreeing.edit_paper(head_of(an_office()), PaperFactory(unit=unit), values={}, now=NOW)


def test_it_is_written_in_a_form_that_says_which_line_is_wrong(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/naskah/baru/surat-tugas/"
    given = {
        "subject": "pengawasan lapangan",
        "considerations": "bahwa perlu;\n\nbahwa penting;",
        "bases": "UU 16 Tahun 1997",
        "points": "mengawasi",
        "first_day": "2026-11-23",
        "last_day": "2026-11-22",
        "people": "Wira; 1990; Statistisi\n; 12",
    }

    refused = client.post(url, given)
    stored = client.post(url, {**given, "last_day": "2026-11-23", "people": "Wira\t1990\tStatistisi"})

    assert refused.status_code == 422
    assert "Baris 2: tulis nama; NIP; jabatan" in refused.content.decode()
    assert "Tanggal akhir harus pada atau sesudah tanggal mulai." in refused.content.decode()
    paper = Paper.objects.get()
    assert stored["Location"] == f"/mitra/{unit.slug}/naskah/{paper.pk}/"
    assert paper.considerations == ["bahwa perlu;", "bahwa penting;"]
    assert paper.people == [{"name": "Wira", "number": "1990", "title": "Statistisi"}]


def test_activities_of_one_name_are_told_apart_by_their_days(client, unit):
    for month in (2, 8):
        period = DateRange(date(2026, month, 1), date(2026, month + 1, 1))
        ActivityFactory(unit=unit, name="Sakernas", period=period)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    shown = client.get(f"/mitra/{unit.slug}/naskah/baru/surat-tugas/").content.decode()

    assert "Sakernas, 1 Februari 2026 sampai 28 Februari 2026" in shown
    assert "Sakernas, 1 Agustus 2026 sampai 31 Agustus 2026" in shown


def test_the_list_costs_the_same_for_one_and_for_many(client, unit, django_assert_max_num_queries):
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/naskah/"
    PaperFactory(unit=unit)
    client.get(url)  # the session and the frame are read and kept once
    with django_assert_max_num_queries(30) as one:
        client.get(url)
    PaperFactory.create_batch(3, unit=unit)
    with django_assert_max_num_queries(30) as four:
        page = client.get(url)

    assert len(one) == len(four)
    assert page.content.decode().count("pelaksanaan survei contoh") == 4


def test_everything_a_paper_lacks_is_named_before_with_the_way_there_and_back(client, unit):
    paper = PaperFactory(unit=unit, kind="sk-kpa", people=[])
    Signatory.objects.all().delete()
    NumberPattern.objects.filter(kind="partners.decree").delete()
    url = f"/mitra/{unit.slug}/naskah/{paper.pk}/"
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    shown, looked = client.get(url).content.decode(), client.get(f"{url}pratinjau/")

    assert "Belum ada pola nomor “SK Kuasa Pengguna Anggaran” yang berlaku pada" in shown
    assert "Belum ada Kuasa Pengguna Anggaran yang menjabat hari ini." in shown
    assert "Belum ada orang di naskah ini." in shown
    assert f"{url}ubah/?kembali=" in shown
    assert f"<b>{unit.name}</b>" not in shown  # the office whose page it is need not be said on every line
    assert f"<b>{paper.get_kind_display()}</b>: Belum ada orang" in shown
    assert shown.index("Perlu dilengkapi dahulu") < shown.index("Menimbang")
    whom = client.get(f"/surat/penanda-tangan/{unit.slug}/").content.decode()
    assert "SK memerlukan KPA" in whom
    assert (">Terbitkan<" in shown, ">Pratinjau<" in shown) == (False, False)
    assert (looked.status_code, looked["Location"]) == (302, url)
    assert client.post(url)["Location"].startswith(url)


def test_a_paper_is_looked_at_before_it_takes_a_number(client, unit):
    duty, _mitra = approved(unit, *(f"Mitra {n:03}" for n in range(60)))
    paper = PaperFactory(unit=unit, kind="sk-kpa", activity=duty.activity)
    client.force_login(MembershipFactory(unit=unit, role="auditor").user)

    shown = client.get(f"/mitra/{unit.slug}/naskah/{paper.pk}/pratinjau/").content.decode()

    assert "belum ada nomor yang diambil" in shown
    assert not Letter.objects.exists()
    pages = decreeing.issue_paper(head_of(unit), paper, now=NOW).pages
    assert shown.count("data:image/png;base64,") == pages > 2
