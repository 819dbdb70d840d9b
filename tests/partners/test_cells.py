"""People write the same thing in many ways; a spreadsheet ruins long numbers."""

from datetime import date, datetime

import pytest

from halopst.core.spreadsheets import column_letter
from halopst.partners.rules import cells, columns
from halopst.partners.rules.identity import Malformed
from halopst.partners.rules.imports import TableReader
from tests.partners.factories import example_nik

SOBAT = [
    "Nama Lengkap",
    "Posisi",
    "Status Seleksi (1=Terpilih, 2=Tidak Terpilih)",
    "Posisi Daftar",
    "Alamat Detail",
    "Alamat Prov",
    "Alamat Kab",
    "Alamat Kec",
    "Alamat Desa",
    "Tempat, Tanggal Lahir (Umur)*",
    "Jenis Kelamin",
    "Pendidikan",
    "Pekerjaan",
    "Deskripsi Pekerjaan Lain",
    "No Telp",
    "SOBAT ID",
    "Email",
]


def code_of(read, *cell):
    with pytest.raises(Malformed) as wrong:
        read(*cell)
    return wrong.value.code


def test_our_own_heads_are_known():
    heads = list(columns.TITLES.values())

    assert columns.layout(heads) == "halopst"
    assert columns.guess(heads) == {field: at for at, field in enumerate(columns.TITLES)}


def test_the_layout_of_sobat_is_known():
    assert columns.layout(SOBAT) == "sobat"
    assert columns.guess(SOBAT) == {
        "id_sobat": 15,
        "name": 0,
        "birth_date": 9,
        "sex": 10,
        "email": 16,
        "phone": 14,
        "address": 4,
        "district": 7,
        "village": 8,
        "education": 11,
        "occupation": 12,
        "other_employment": 13,
        "position": 1,
        "status": 2,
    }


def test_local_habits_are_guessed_and_the_unknown_is_left_alone():
    heads = ["No", "NAMA PETUGAS", "No. KTP", "Kec.", "No HP/WA", "No. Rekening", "Ukuran kaos"]

    assert columns.guess(heads) == {"nik": 2, "name": 1, "phone": 4, "district": 3, "account_number": 5}
    assert columns.layout(heads) == "lain"


def test_heads_that_say_of_whom_they_are_and_shortest_ones_are_guessed_too():
    heads = ["Nama Lengkap Mitra", "N I K", "WA", "Rekening", "Pemilik rekening"]

    assert columns.guess(heads) == {"name": 0, "nik": 1, "phone": 2, "account_number": 3, "account_holder": 4}


@pytest.mark.parametrize(
    ("head", "plain"),
    [("N I K", "nik"), ("N.I.K.", "nik"), ("a.n. Rekening", "an rekening"), ("No. H P (WA)", "no hp")],
)
def test_letters_set_apart_in_a_head_are_one_word(head, plain):
    assert columns.plain_head(head) == plain


def test_the_heads_are_found_below_a_title():
    titled = [["DAFTAR MITRA 2026", ""], ["", ""], ["Nama", "NIK"], ["A", "1"]]

    assert columns.heads_of(titled) == (2, ["Nama", "NIK"])


def test_heads_in_two_rows_are_read_as_one():
    upper = ["No", "Nama", "NIK", "Tempat tinggal", "", "Rekening", "", ""]
    lower = ["", "", "", "Kecamatan", "Desa", "Bank", "Nomor", "Atas nama"]
    rows = [["DAFTAR MITRA"], upper, lower, ["1", "Ayu", "9999", "Waru", "Ngingas", "BRI", "1", "Ayu"]]

    assert columns.heads_of(rows) == (
        2,
        ["No", "Nama", "NIK", "Kecamatan", "Desa", "Bank", "Nomor", "Atas nama"],
    )


def test_heads_nobody_knows_are_those_of_the_first_full_row_and_never_a_mitra():
    assert columns.heads_of([["Rekap"], ["Nm", "Umur", "Ukuran"], ["Ayu", "31", "L"]])[0] == 1
    assert columns.heads_of([["Ayu", "9999011708950001"], ["Budi", "9999011708950002"]]) == (-1, ["", ""])


def test_a_row_that_numbers_the_columns_is_known():
    assert columns.is_numbering(["(1)", "(2)", "", "(3)"])
    assert not columns.is_numbering(["1", "Ayu", "2"])
    assert not columns.is_numbering(["1", "", ""])


def test_columns_are_named_as_the_spreadsheet_names_them():
    assert [column_letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip


def test_a_long_number_in_a_number_cell_is_refused():
    assert code_of(cells.exact_text_of, 9999011708950001.0, "nik-number") == "nik-number"
    assert code_of(cells.exact_text_of, "9,99901E+15", "nik-number") == "nik-number"
    assert code_of(cells.short_number_of, 1234567890123456.0, "account-number") == "account-number"
    assert cells.short_number_of(610422020048.0, "sobat-number") == "610422020048"
    assert cells.exact_text_of("'0123", "nik-number") == "0123"


@pytest.mark.parametrize(
    "cell",
    [
        date(1995, 8, 17),
        datetime(1995, 8, 17, 0, 0),  # noqa: DTZ001  # as a spreadsheet gives it
        34928.0,
        "17-08-1995",
        "17/8/1995",
        "1995-08-17",
        "17 Agustus 1995",
        "Sidoarjo, 17 Agustus 1995 (31)",
        "Surabaya, 17-08-1995",
        "1995/08/17",
        "17 Agt. 1995",
    ],
)
def test_a_birth_date_is_read_however_it_is_written(cell):
    assert cells.birth_date_of(cell) == date(1995, 8, 17)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31-02-1995", "date"),
        ("kemarin", "date"),
        ("1 Foo 1995", "date"),
        (1e9, "date"),
        ("17-08-1895", "date-range"),
    ],
)
def test_what_is_no_birth_date_is_said(cell, code):
    assert code_of(cells.birth_date_of, cell) == code


def test_words_are_understood_in_their_many_forms():
    assert [cells.sex_of(word) for word in ("L", "Laki-laki", "wanita", "2", "")] == ["L", "L", "P", "P", ""]
    levels = [
        cells.education_of(word) for word in ("Tamat SMA/SMK sederajat", "D4/S1", "S-2", "D III", "SLTP")
    ]
    assert levels == ["sma", "sarjana", "magister", "diploma", "smp"]
    assert [cells.status_of(word) for word in ("1", "Tidak Terpilih", "Aktif")] == [
        "aktif",
        "nonaktif",
        "aktif",
    ]
    assert [
        cells.position_of(word)
        for word in (
            "Mitra Pendataan",
            "Mitra Pengolahan",
            "Mitra (Pendataan dan Pengolahan)",
            "PPL",
            "Entri",
        )
    ] == ["pendataan", "pengolahan", "keduanya", "pendataan", "pengolahan"]
    assert code_of(cells.position_of, "juru masak") == "choice"
    assert cells.experience_of("sudah") is True
    assert cells.experience_of("belum") is False


def test_invisible_signs_are_left_out_of_a_text():
    assert cells.text_of("  Ayu\u200b  Pratiwi\n") == "Ayu Pratiwi"
    assert cells.text_of(12.0) == "12"
    assert cells.text_of(None) == ""
    assert cells.text_of("-") == cells.text_of("\u2013") == ""


def test_telephone_numbers_become_one_form():
    assert {cells.phone_of(text) for text in ("0812-3456-7890", "+62 812 3456 7890", "81234567890")} == {
        "6281234567890"
    }
    assert code_of(cells.phone_of, "031-1234") == "phone"


def read(mapping, *rows, reader=None):
    return (reader or TableReader(mapping, year=2026)).read(list(rows))


def test_a_row_with_nothing_wrong_is_good():
    table = read({"nik": 0, "name": 1}, (2, [example_nik(1), "Ayu Pratiwi"]))

    assert table.values == {"nik": [example_nik(1)], "name": ["Ayu Pratiwi"]}
    assert (table.faults, table.bad) == ([], set())


def test_every_fault_of_a_row_is_told_at_once():
    columns = {"nik": 0, "name": 1, "birth_date": 2, "phone": 3}
    table = read(columns, (6, [example_nik(1), "Ayu", "", ""]), (7, [1234.0, "", "x", "123"]))

    assert [(fault.row, fault.field, fault.code, fault.is_warning) for fault in table.faults] == [
        (7, "nik", "nik-number", False),
        (7, "birth_date", "date", False),
        (7, "phone", "phone", True),
        (7, "name", "name-missing", False),
    ]
    assert table.bad == {7}
    assert table.values["birth_date"] == [None, None]


def test_the_same_number_twice_in_a_file_names_the_first_row():
    reader = TableReader({"nik": 0, "name": 1}, year=2026)
    read({}, (2, [example_nik(1), "Ayu"]), reader=reader)

    (fault,) = read({}, (9, [example_nik(1), "Ayu lagi"]), reader=reader).faults

    assert (fault.code, fault.detail) == ("nik-twice", "2")


def test_a_short_row_is_read_as_if_it_ended_in_blanks():
    table = read({"nik": 0, "name": 1, "phone": 5}, (2, [example_nik(1), "Ayu"]))

    assert table.bad == set()
    assert table.values["phone"] == [""]


def test_a_number_is_not_taken_for_a_text_that_was_read_before():
    table = read({"capi_experience": 0}, (2, ["1"]), (3, [True]), (4, [1.0]), (5, ["1"]))

    assert table.values["capi_experience"] == [True, True, True, True]
    faults = read({"sex": 0}, (2, ["1"]), (3, [True])).faults
    assert [(fault.row, fault.code) for fault in faults if fault.field == "sex"] == [(3, "choice")]


def test_a_contradiction_between_the_nik_and_its_holder_only_warns():
    columns = {"nik": 0, "name": 1, "birth_date": 2, "sex": 3}
    rows = [(2, [example_nik(1), "Ayu", "17-08-1995", "L"]), (3, [example_nik(2), "Ayu", "18-08-1995", "P"])]
    table = read(columns, *rows)

    assert [(fault.row, fault.code) for fault in table.faults] == [(3, "nik-birth-date"), (3, "nik-sex")]
    assert table.bad == set()


def test_a_row_that_says_nothing_in_the_columns_in_use_is_left_out():
    columns = {"nik": 1, "name": 2, "district": 3}
    rows = [(2, ["KECAMATAN WARU"]), (3, ["1", example_nik(1), "Ayu", "-"]), (4, ["2", "", "", "Waru"])]
    table = read(columns, *rows)

    assert table.rows == [3, 4]
    assert table.values["district"] == ["", "Waru"]
    assert table.bad == {4}


def test_nobody_is_born_in_the_year_they_are_to_work():
    table = read({"nik": 0, "name": 1, "birth_date": 2}, (2, [example_nik(1), "Ayu", "17-08-2095"]))

    assert [(fault.field, fault.code) for fault in table.faults] == [("birth_date", "date-range")]


@pytest.mark.parametrize("mark", ["'", "\u2019", "`", "\u00a0"])
def test_the_marks_people_put_before_a_nik_are_left_out(mark):
    table = read({"nik": 0, "name": 1}, (2, [f"{mark}{example_nik(1)} ", "Ayu"]))

    assert (table.values["nik"], table.bad) == ([example_nik(1)], set())
