"""A block from a spreadsheet: down the whole list or by name, seen first, filled as one change."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.partners.models import Assignment, Change, Excess
from halopst.partners.rules.volumes import MOST_VOLUME, block_of, naming_columns, volume_of
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import PersonFactory, example_nik
from tests.partners.offices import a_duty, a_mitra, an_office, give

database = pytest.mark.django_db
NOV = "?bulan=2026-11"


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def send(client, unit):
    """Posts to the page of pasting, or with `fill` what it shows, as the office's team leader."""
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)

    def post(data, part="", query=""):
        return client.post(f"/mitra/{unit.slug}/alokasi/tempel/{part}{NOV}{query}", data)

    return post


def cells(answer):
    """What the summary would save."""
    found = re.search(r'name="isi" value="(.*?)"', answer.content.decode())
    return json.loads(found[1]) if found else None


def volumes():
    return list(Assignment.objects.order_by("registration__person__name").values_list("volume", flat=True))


def many(unit, count):
    return [a_mitra(unit, f"Mitra {n:03d}") for n in range(count)]


@pytest.mark.parametrize(
    ("text", "volume"),
    [("24", 24), (" 1.200 ", 1200), ("1 200", 1200), ("", 0), ("-", 0), ("1.000.000", MOST_VOLUME)],
)
def test_a_volume_is_read_as_people_write_it(text, volume):
    assert volume_of(text) == volume


@pytest.mark.parametrize("text", ["1,5", "1.5", "-3", "1e3", "1.000.001", "٣", "dua", "1.20"])
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(ValueError, match=re.escape(text)):
        volume_of(text)


def test_a_block_is_as_wide_as_its_widest_row_and_ends_with_its_last_cell():
    assert block_of('1\t2\r\n3\r\n"a\tb"\t4\n\t\n\n') == [["1", "2"], ["3", ""], ["a\tb", "4"]]
    assert block_of("\n \n") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("1\t2\n3\t4", 0),
        ("1,5\t2\n3\tx", 0),
        ("Ayu\t2\nBudi\t4", 1),
        ("3515010203040001\t2", 1),
        ("1\tAyu\t2\n2\tBudi\t4", 2),
        ("NIK\tNama\tKecamatan\tSakernas\n3515010203040001\tAyu\tWaru\t5\n\tBudi\tWaru\t5", 3),
    ],
)
def test_columns_of_names_and_long_numbers_say_who(text, count):
    assert naming_columns(block_of(text)) == count


@database
def test_a_block_goes_on_with_the_mitra_that_follow_in_the_list(send, unit):
    people, duty = many(unit, 40), a_duty(unit)
    shown = ",".join(str(row.pk) for row in people[20:25])

    seen = send({"blok": "\n".join("3" for _ in range(12)), "kolom": duty.pk, "baris": shown})

    assert Assignment.objects.count() == 0
    assert (
        "12 sel milik 12 mitra menurut urutan daftar, dari Mitra 020 sampai Mitra 031."
        in seen.content.decode()
    )
    assert cells(seen) == [[row.pk, duty.pk, 3, 0] for row in people[20:32]]
    answer = send({"isi": json.dumps(cells(seen))}, "isi/")
    assert (answer.status_code, volumes()) == (302, [3] * 12)


@database
def test_the_next_rows_are_those_the_filter_and_the_search_leave(send, unit):
    people, duty = many(unit, 6), a_duty(unit)
    other = a_mitra(unit, "Mitra 002 Lain", district="Waru")
    give(people[3], duty, 1)

    seen = send(
        {"blok": "4\n4\n4\n4", "kolom": duty.pk, "baris": str(people[1].pk)}, query="&saring=belum&q=gedangan"
    )

    assert [who for who, *_rest in cells(seen)] == [people[n].pk for n in (1, 2, 4, 5)]
    assert other.person.name not in seen.content.decode()


@database
def test_what_does_not_fit_the_sheet_is_listed_and_the_rest_offered(send, unit):
    (mitra,), duty = many(unit, 1), a_duty(unit)

    html = send({"blok": "1.200\t7\t8\n5\t\t", "kolom": duty.pk, "baris": mitra.pk})
    bad = send({"blok": "1,5", "kolom": duty.pk, "baris": mitra.pk}).content.decode()

    assert cells(html) == [[mitra.pk, duty.pk, 1200, 0]]
    assert "2 tidak ikut" in html.content.decode()
    assert "7, 8" in html.content.decode()
    assert "2 angka tidak ikut, karena tidak ada kegiatan di kanan Sakernas." in html.content.decode()
    assert "lebih lebar" not in bad
    assert "Daftar mitra sudah habis di baris ini." in html.content.decode()
    assert "Tidak ada kegiatan lagi di kanan kolom itu." in html.content.decode()
    assert "Volume berupa bilangan bulat" in bad
    assert "Tidak ada sel yang berubah." in bad


@database
def test_rows_are_matched_by_nik_sobat_id_or_name(send, unit):
    duty = a_duty(unit)
    by_nik = a_mitra(unit, person=PersonFactory(nik=example_nik(7), name="Ayu"))
    by_id = a_mitra(unit, person=PersonFactory(id_sobat="351500000001", name="Budi"))
    by_name = a_mitra(unit, person=PersonFactory(name="Citra  Maharani, S.Pd"))
    block = f"NIK\tSakernas\n'{example_nik(7)}\t3\n3515 0000 0001\t4\ncitra maharani S.Pd\t5"

    assert cells(send({"blok": block, "kolom": duty.pk})) == [
        [by_nik.pk, duty.pk, 3, 0],
        [by_id.pk, duty.pk, 4, 0],
        [by_name.pk, duty.pk, 5, 0],
    ]


@database
def test_names_nobody_or_two_bear_and_names_said_twice_are_listed(send, unit):
    duty = a_duty(unit)
    a_mitra(unit, "Siti Aminah", district="Waru")
    sedati = a_mitra(unit, "Siti Aminah", district="Sedati")
    ayu = a_mitra(unit, "Ayu")
    block = "Siti Aminah\t\t1\nSiti Aminah\tSedati\t2\nTidak Ada\tx\t3\nAyu\tWaru\t4\nAyu\tWaru\t5\n"
    block += f"{example_nik(9)}\tx\t6"

    seen = send({"blok": block, "kolom": duty.pk})

    html = seen.content.decode()
    assert cells(seen) == [[sedati.pk, duty.pk, 2, 0], [ayu.pk, duty.pk, 4, 0]]
    assert "2 mitra bernama ini. Pakai NIK atau ID SOBAT." in html
    assert "Tidak ada mitra bernama ini di lembar alokasi bulan ini." in html
    assert "Mitra ini sudah ada di baris 4 tempelan." in html
    assert "NIK atau ID SOBAT ini tidak ada di lembar alokasi bulan ini." in html
    assert example_nik(9) not in html


@database
def test_refused_cells_are_named_with_their_reasons_and_one_undo_takes_all_back(client, send, unit):
    people, duty = many(unit, 30), a_duty(unit, price=1_000_000)
    give(people[0], duty, 1)
    seen = send({"blok": "\n".join(["2"] * 29 + ["9"]), "kolom": duty.pk, "baris": people[0].pk})
    give(people[1], duty, 3)

    answer = send({"isi": json.dumps(cells(seen))}, "isi/")

    html = answer.content.decode()
    assert "2 sel ditolak" in html
    assert "28 sel lain tersimpan" in html
    assert html.index("baru saja diubah orang lain") != html.index("akan melewati batas SBML")
    assert (Excess.objects.get().registration, volumes()) == (people[29], [2, 3, *[2] * 27])
    client.post(f"/mitra/{unit.slug}/alokasi/urungkan/{NOV}", {})
    assert [n for n in volumes() if n] == [1, 3]
    assert Change.objects.filter(undone_at=None, cells__0__0=people[0].pk).count() == 1


@database
@pytest.mark.parametrize("blok", ["", "\n\n", "Ayu\nBudi", "\t".join("1" * 5001), "x" * 1_000_001])
def test_a_block_of_nothing_or_of_too_much_is_refused_in_a_sentence(send, unit, blok):
    duty = a_duty(unit)

    answer = send({"blok": blok, "kolom": duty.pk})

    assert answer.status_code == 422
    assert re.search("Tidak ada volume di tempelan ini|Paling banyak 5.000 isian", answer.content.decode())


@database
@pytest.mark.parametrize("more", [{"kolom": "x", "baris": "a,b,-1"}, {}])
def test_an_address_that_names_no_cell_fills_from_the_beginning(send, unit, more):
    (first, second), duty = many(unit, 2), a_duty(unit)

    assert cells(send({"blok": "1\n2", **more})) == [[first.pk, duty.pk, 1, 0], [second.pk, duty.pk, 2, 0]]


@database
def test_an_address_of_mitra_nobody_has_fills_nothing(send, unit):
    many(unit, 2)
    a_duty(unit)

    assert cells(send({"blok": "1\n2", "baris": "999999999999999999"})) == []


@database
def test_cells_already_so_are_counted_not_written_unless_a_refused_one_waits(send, unit):
    people, duty = many(unit, 3), a_duty(unit, price=1_000_000)
    give(people[0], duty, 2)
    give(people[1], duty, 2)
    Excess.objects.create(registration=people[1], duty=duty, volume=9, reason="over")

    seen = send({"blok": "2\n2\n0", "kolom": duty.pk, "baris": people[0].pk})
    send({"isi": json.dumps(cells(seen))}, "isi/")

    assert cells(seen) == [[people[1].pk, duty.pk, 2, 2]]
    assert "2 sel sudah berisi angka yang sama." in seen.content.decode()
    assert not Excess.objects.exists()


@database
def test_the_summary_costs_the_same_queries_for_one_row_and_for_many(send, unit):
    duty, counted = a_duty(unit), []
    people = many(unit, 30)
    send({"blok": "1", "kolom": duty.pk})
    for count in (2, 30):
        with CaptureQueriesContext(connection) as queries:
            send({"blok": "\n".join(["3"] * count), "kolom": duty.pk, "baris": people[0].pk})
        counted.append(len(queries))

    assert counted[0] == counted[1]


@database
def test_heads_fill_their_columns_whatever_their_order(send, unit):
    first, second, third = (a_duty(unit, name=name) for name in ("Sakernas", "Susenas Maret", "KSA"))
    ayu, budi = a_mitra(unit, "Ayu"), a_mitra(unit, "Budi")
    block = "No\tKSA\tNama\tsusenas  maret\tKecamatan\tSAKERNAS\n"
    block += "1\t3\tAyu\t4\tGedangan\t5\n2\t6\tBudi\t\tGedangan\t1.200"

    seen = send({"blok": block, "kolom": second.pk})

    assert (Assignment.objects.count(), seen.templates[0].name) == (0, "partners/paste_plan.html")
    assert "Kolomnya menurut kepala di baris pertama." in seen.content.decode()
    assert cells(seen) == [
        [ayu.pk, third.pk, 3, 0],
        [ayu.pk, second.pk, 4, 0],
        [ayu.pk, first.pk, 5, 0],
        [budi.pk, third.pk, 6, 0],
        [budi.pk, first.pk, 1200, 0],
    ]


@database
def test_heads_without_names_fill_the_mitra_that_follow(send, unit):
    people, first, second = many(unit, 3), a_duty(unit, name="Sakernas"), a_duty(unit, name="KSA")

    seen = send({"blok": "KSA\tSakernas\n1\t2\n3\t4", "kolom": first.pk, "baris": str(people[1].pk)})

    assert cells(seen) == [
        [people[1].pk, second.pk, 1, 0],
        [people[1].pk, first.pk, 2, 0],
        [people[2].pk, second.pk, 3, 0],
        [people[2].pk, first.pk, 4, 0],
    ]


@database
def test_a_head_may_be_the_long_name_or_name_the_duty(send, unit):
    duty, mitra = a_duty(unit, name="Sakernas"), a_mitra(unit, "Ayu")
    duty.activity.name = "Survei Angkatan Kerja"
    duty.activity.save()

    for head in ("Survei Angkatan Kerja", f"Sakernas, {duty.position.title}", "sakernas pcl_ppl"):
        seen = send({"blok": f"Nama\t{head}\nAyu\t7", "kolom": duty.pk})
        assert cells(seen) == [[mitra.pk, duty.pk, 7, 0]]


@database
def test_a_head_may_be_the_budget_code_where_only_one_activity_is_paid_by_it(send, unit):
    duty, mitra = a_duty(unit), a_mitra(unit, "Ayu")
    block = f"Nama\t{duty.activity.line_of(2026).code}\nAyu\t7"

    alone = cells(send({"blok": block}))
    a_duty(unit, name="KSA", line=duty.activity.line_of(2026))
    shared = send({"blok": block})

    assert alone == [[mitra.pk, duty.pk, 7, 0]]
    assert (cells(shared), "Beberapa kolom di lembar bernama begini." in shared.content.decode()) == (
        None,
        True,
    )


@database
def test_unknown_heads_are_named_and_nothing_is_filled_until_somebody_says_what_they_are(send, unit):
    duty, other, mitra = a_duty(unit), a_duty(unit, name="KSA"), a_mitra(unit, "Ayu")
    block = "Nama\tPodes\tSakernas\tJumlah\nAyu\t3\t4\t7"
    told = {"blok": block, "kolom": duty.pk}

    asked = send(told)
    half = send({**told, "kepala-1": other.pk, "kepala-3": ""})
    again = send({**told, "kepala-1": duty.pk, "kepala-3": "0"})
    seen = send({**told, "kepala-1": other.pk, "kepala-3": "0"})

    for page, names in ((asked, ["Podes", "Jumlah"]), (half, ["Jumlah"]), (again, ["Sakernas"])):
        assert (cells(page), page.templates[0].name) == (None, "partners/paste_heads.html")
        assert re.findall(r'<label for="kepala-\d+">(.*?)</label>', page.content.decode()) == names
    assert "2 kepala kolom tidak dikenal" in asked.content.decode()
    assert cells(seen) == [[mitra.pk, other.pk, 3, 0], [mitra.pk, duty.pk, 4, 0]]
    assert Assignment.objects.count() == 0


@database
def test_two_columns_of_one_activity_are_asked_about(send, unit):
    duty = a_duty(unit)
    a_mitra(unit, "Ayu")

    asked = send({"blok": "Nama\tSakernas\tSakernas\nAyu\t3\t4", "kolom": duty.pk})

    assert (cells(asked), "kepala-2" in asked.content.decode()) == (None, True)


@database
def test_a_first_row_that_names_somebody_is_no_row_of_heads(send, unit):
    duty, ayu, budi = a_duty(unit), a_mitra(unit, "Ayu"), a_mitra(unit, "Budi")

    seen = send({"blok": "Ayu\tx\nBudi\t3", "kolom": duty.pk})

    assert ayu.person.name in seen.content.decode()
    assert cells(seen) == [[budi.pk, duty.pk, 3, 0]]
    assert "1 tidak ikut" in seen.content.decode()


@database
def test_a_block_by_heads_is_undone_as_one(client, send, unit):
    duty, other = a_duty(unit), a_duty(unit, name="KSA")
    people = many(unit, 3)
    give(people[0], duty, 9)
    rows = "\n".join(f"{row.person.name}\t{n}\t2" for n, row in enumerate(people, 1))
    seen = send({"blok": f"Nama\tKSA\tSakernas\n{rows}", "kolom": other.pk})

    send({"isi": json.dumps(cells(seen))}, "isi/")
    filled = sum(volumes())
    client.post(f"/mitra/{unit.slug}/alokasi/urungkan/{NOV}", {})

    assert (filled, sorted(volumes())) == (1 + 2 + 3 + 2 * 3, [0, 0, 0, 0, 0, 9])


@database
@pytest.mark.parametrize(
    "said", [{"kepala-x": "1"}, {"kepala-1": "-"}, {"kepala-1": "9" * 30}, {"kepala-9": "4"}]
)
def test_an_answer_about_no_head_is_passed_over(send, unit, said):
    a_duty(unit)
    a_mitra(unit, "Ayu")

    assert cells(send({"blok": "Nama\tPodes\nAyu\t3", **said})) is None
