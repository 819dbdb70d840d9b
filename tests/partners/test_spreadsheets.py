"""Files as people save them."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from halopst.core.spreadsheets import NoTable, text_workbook
from halopst.partners import spreadsheets
from halopst.partners.rules.tables import place
from tests.partners.sheets import csv_of, read_back, xlsx


def opened(file):
    content = file.read()
    spreadsheets.check_size(content)
    return first_of(content)


def first_of(content):
    """Every cell of the first table, by the name it was seen under."""
    _number, sheet = next(spreadsheets.open_sheets(content, {0: spreadsheets.sheets_of(content)[0].name}))
    return sheet


def refused(content):
    with pytest.raises(NoTable) as error:
        opened(BytesIO(content))
    return error.value.code


def test_rows_keep_the_numbers_of_the_sheet_when_some_are_blank():
    sheet = opened(xlsx([["Daftar mitra"], [], ["Nama", "NIK"], ["Ayu", "1"], [], ["Budi", "2"]]))

    assert (sheet.heads[:2], sheet.head_row) == (["Nama", "NIK"], 3)
    assert [(number, row[:2]) for number, row in sheet] == [(4, ["Ayu", "1"]), (6, ["Budi", "2"])]


def test_a_table_that_starts_in_another_column_keeps_its_letters():
    book = Workbook()
    book.active["C2"], book.active["D2"], book.active["C3"] = "Nama", "NIK", "Ayu"
    file = BytesIO()
    book.save(file)

    sheet = first_of(file.getvalue())

    assert sheet.heads == ["", "", "Nama", "NIK"]
    assert [number for number, _row in sheet] == [3]


def test_a_district_merged_over_its_mitra_is_the_district_of_each():
    rows = [["Kecamatan", "Nama", "NIK"], ["Waru", "Ayu", "1"], [None, "Budi", "2"], ["Taman", "Cici", "3"]]
    book = Workbook()
    for row in [["DAFTAR MITRA"], *rows, [None, "Dedi", "4"], ["", "Jumlah", "4"]]:
        book.active.append(row)
    for cells in ("A1:C1", "A3:A4", "A5:A6"):
        book.active.merge_cells(cells)
    file = BytesIO()
    book.save(file)

    sheet = first_of(file.getvalue())

    assert [row[:2] for _number, row in sheet] == [
        ["Waru", "Ayu"],
        ["Waru", "Budi"],
        ["Taman", "Cici"],
        ["Taman", "Dedi"],
        ["", "Jumlah"],
    ]


def test_a_row_left_blank_under_a_merged_district_is_no_mitra():
    book = Workbook()
    for row in [["Kecamatan", "Nama", "NIK"], ["Waru", "Ayu", "1"], [], [None, "Budi", "2"]]:
        book.active.append(row)
    book.active.merge_cells("A2:A4")
    file = BytesIO()
    book.save(file)

    assert [row[:2] for _number, row in first_of(file.getvalue())] == [["Waru", "Ayu"], ["Waru", "Budi"]]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_is_read_whatever_separates_it(separator):
    text = separator.join(["Nama", "NIK"]) + "\r\n" + separator.join(["Ayu", "0001"])

    assert [row for _number, row in opened(csv_of(text))] == [["Ayu", "0001"]]


def test_text_saved_as_unicode_is_read():
    assert [row for _number, row in opened(csv_of("Nama\tNIK\r\nAyu\t01\r\n", encoding="utf-16"))] == [
        ["Ayu", "01"]
    ]


def test_every_visible_sheet_with_anything_in_it_is_seen_and_read_by_its_name():
    book = Workbook()
    hidden, hidden.title, hidden.sheet_state = book.active, "kode", "hidden"
    hidden.append(["Nama", "NIK"])
    book.create_sheet("Kosong")
    for title, rows in {
        "Petunjuk": [["Cara mengisi"]],
        "Waru": [["Nama", "NIK"], ["Ayu", "1"]],
        "Taman": [["Nama", "NIK"], ["Budi", "2"]],
    }.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    file = BytesIO()
    book.save(file)

    seen = spreadsheets.first_look(file.getvalue())
    read = dict(spreadsheets.open_sheets(file.getvalue(), {1: "Waru", 2: "Taman"}))

    assert [(sheet.name, sheet.height) for sheet in seen] == [("Petunjuk", 0), ("Waru", 1), ("Taman", 1)]
    assert [list(sheet) for sheet in read.values()] == [
        [(place(1, 2), ["Ayu", "1"])],
        [(place(2, 2), ["Budi", "2"])],
    ]


def test_a_row_of_column_numbers_below_the_heads_is_no_mitra():
    sheet = opened(xlsx([["Nama", "NIK", "Kecamatan"], ["(1)", "(2)", "(3)"], ["Ayu", "1", "Waru"]]))

    assert [number for number, _row in sheet] == [3]


def test_a_file_without_heads_loses_nobody():
    sheet = opened(csv_of("Ayu,9999011708950001\nBudi,9999011708950002\n"))

    assert (sheet.heads, sheet.head_row) == (["", ""], 0)
    assert [number for number, _row in sheet] == [1, 2]


def test_old_windows_letters_are_read():
    assert next(iter(opened(csv_of("Nama,NIK\nJosé,1", encoding="cp1252"))))[1] == ["José", "1"]


def test_what_is_no_table_is_refused_with_its_reason():
    assert refused(b"%PDF-1.7 ...") == "format"
    assert refused(b"PK\x03\x04 not really") == "format"
    assert refused(b"") == "empty"
    assert refused(xlsx([]).read()) == "empty"
    assert refused(b"\x00\x01\x02") == "format"
    old_excel = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600
    assert refused(old_excel) == "format"
    assert refused(old_excel + "EncryptedPackage".encode("utf-16-le")) == "locked"
    assert refused(b" <html><table><tr><td>Nama</td></tr></table></html>") == "format"


@pytest.mark.parametrize("cell", ["XFD1048576", "B1048576", "DA2", "A150001"])
@pytest.mark.parametrize(
    ("sheets", "called"), [(["Mitra"], ""), (["Mitra", "Catatan & lain"], "Catatan & lain!")]
)
def test_a_cell_far_away_is_named_before_room_is_made_for_all_before_it(cell, sheets, called):
    book = Workbook()
    book.active.append(["Nama", "NIK"])
    for name in sheets[1:]:
        book.create_sheet(name)
    book[book.sheetnames[-1]][cell] = "x"
    file = BytesIO()
    book.save(file)

    with pytest.raises(NoTable) as found:
        opened(BytesIO(file.getvalue()))

    assert (found.value.code, found.value.cell) == ("far", f"{called}{cell}")


def test_a_table_of_more_rows_than_are_read_is_called_long():
    rows = ({"Nama": f"Mitra {n}"} for n in range(150_001))

    assert refused(text_workbook(["Nama"], rows, sheet="mitra")) == "rows"


def test_a_first_look_at_a_long_file_reads_its_beginning_only():
    rows = [
        ["Daftar mitra"],
        ["Nama", "NIK"],
        *([f"Mitra {n}", f"{n:016d}"] for n in range(400)),
        [],
        ["Akhir", 1],
    ]
    content = xlsx(rows).read()

    whole, (look,) = first_of(content), spreadsheets.first_look(content)

    assert (look.heads, look.head_row, look.height) == (whole.heads, whole.head_row, whole.height)
    assert (look.heads, look.head_row, look.height) == (["Nama", "NIK"], 2, 402)
    first = [next(iter(whole)) for _row in range(3)]
    assert [next(iter(look)) for _row in range(3)] == first
    assert len(list(look)) < len(list(whole))


def test_a_first_look_at_any_other_file_reads_it_whole():
    book = Workbook()
    book.create_sheet("Kedua")
    for n in range(40):
        book.active.append(["Nama" if n == 0 else f"Mitra {n}"])
    file = BytesIO()
    book.save(file)

    for content in (file.getvalue(), xlsx([["Nama"], ["Ayu"]]).read(), b"Nama\nAyu\n"):
        whole, look = first_of(content), spreadsheets.first_look(content)[0]
        assert (look.heads, look.height, list(look)) == (whole.heads, whole.height, list(whole))


def test_what_is_written_is_text_with_its_zeros():
    content = text_workbook(["NIK", "Nama"], iter([{"NIK": "0012", "Nama": "=1+1"}]), sheet="Mitra")

    assert read_back(content) == [["NIK", "Nama"], ["0012", "=1+1"]]
    assert spreadsheets.write_plain(["Nama"], [{"Nama": "=1+1"}]) == b"\xef\xbb\xbfNama\n'=1+1\n"


def test_an_empty_file_still_has_its_heads():
    assert read_back(text_workbook(["NIK", "Nama"], [], sheet="Mitra"))[0] == ["NIK", "Nama"]
