import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from halopst.core.spreadsheets import text_workbook
from halopst.core.tables import csv_file, xlsx_file
from halopst.partners.spreadsheets import write_plain

TABLE = [["Satker", "Permintaan", "Rata-rata"], ["Kota Malang", 12, 1.5]]


def test_a_table_is_the_same_in_both_kinds_of_file():
    book = load_workbook(BytesIO(xlsx_file(TABLE, "Pelayanan")))

    assert csv_file(TABLE, separator=";").decode() == (
        "\ufeffSatker;Permintaan;Rata-rata\r\nKota Malang;12;1.5\r\n"
    )
    assert book.sheetnames == ["Pelayanan"]
    assert list(book.active.values) == [tuple(row) for row in TABLE]


FORMULAS = ["=1+1", "+62", "-1", "@A1", "\t=1", "\r=1", '=HYPERLINK("http://contoh","x")']


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_would_run_as_a_formula_is_text_in_a_workbook_and_quoted_in_csv(text):
    table = [[text, f"a{text}", -1]]

    ((read, other, number),) = csv.reader(StringIO(csv_file(table).decode("utf-8-sig"), newline=""))
    (cell, *_), *_ = load_workbook(BytesIO(xlsx_file(table, "Lembar"))).active.rows

    assert (read, other, number) == (f"'{text}", f"a{text}", "-1")
    assert cell.data_type == "s"
    assert cell.value.replace("\n", "\r") == text
    assert cell.quotePrefix  # what makes it stay text when somebody edits it


@pytest.mark.parametrize("text", [text for text in FORMULAS if text.isprintable()])
def test_no_text_of_the_register_runs_as_a_formula(text):
    """A workbook says of each cell that it is text; a CSV file cannot, so there a formula is quoted."""
    rows = [{"Nama": text}]

    read = load_workbook(BytesIO(text_workbook(["Nama"], rows, sheet="Mitra"))).active["A2"]
    plain = write_plain(["Nama"], rows).decode("utf-8-sig").splitlines()[1].lstrip('"')

    assert read.data_type == "s"
    assert plain.startswith("'")
