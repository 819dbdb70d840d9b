from io import BytesIO

import pytest
from openpyxl import load_workbook

from halopst.core.tables import csv_file, harmless, xlsx_file

TABLE = [["Satker", "Permintaan", "Rata-rata"], ["Kota Malang", 12, 1.5]]


def test_a_table_is_the_same_in_both_kinds_of_file():
    book = load_workbook(BytesIO(xlsx_file(TABLE, "Pelayanan")))

    assert csv_file(TABLE, separator=";").decode() == (
        "\ufeffSatker;Permintaan;Rata-rata\r\nKota Malang;12;1.5\r\n"
    )
    assert book.sheetnames == ["Pelayanan"]
    assert list(book.active.values) == [tuple(row) for row in TABLE]


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@A1", "\t=1", "\r=1"])
def test_a_text_that_would_run_as_a_formula_is_quoted(text):
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"
