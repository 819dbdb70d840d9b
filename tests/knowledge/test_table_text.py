"""A static table of HTML as sentences: every row with the heads of its columns."""

from html import escape

import pytest

from halopst.knowledge.webapi.grid import MOST_COLUMNS, grid_of
from halopst.knowledge.webapi.table_text import lines_of

SPANNING = """<style>td {}</style><table><tr><td colspan="4">Penduduk Menurut Kecamatan, 2024</td></tr>
<tr><th rowspan="2">Kecamatan</th><th colspan="3">Penduduk</th></tr>
<tr><th>Laki-laki</th><th>Perempuan</th><th>Jumlah</th></tr>
<tr><td>(1)</td><td>(2)</td><td>(3)</td><td>(4)</td></tr>
<tr><td>1. Asemrowo</td><td>24.123</td><td>23 900</td><td>48.023,5</td></tr>
<tr><td>2. Benowo</td><td>-</td><td>35.001</td><td>70.123</td></tr>
<tr><td colspan="4">Sumber: Registrasi Penduduk</td></tr></table>"""


@pytest.mark.parametrize("times", [0, 1, 2])
def test_heads_over_several_columns_and_rows_are_said_with_each_figure(times):
    html = SPANNING
    for _again in range(times):
        html = escape(html)

    assert lines_of(html, grid_of(html)).splitlines() == [
        "Penduduk Menurut Kecamatan, 2024.",
        "Asemrowo: Penduduk Laki-laki 24.123, Penduduk Perempuan 23 900, Penduduk Jumlah 48.023,5.",
        "Benowo: Penduduk Laki-laki -, Penduduk Perempuan 35.001, Penduduk Jumlah 70.123.",
        "Sumber: Registrasi Penduduk.",
    ]


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        (
            "<table><tr><td>Tahun<td>2022<td>2023<tr><td>IPM<td>72,1<td>73,4</table>",
            ["IPM: 2022 72,1, 2023 73,4."],
        ),
        (
            "<table><tr><td>No<td>Kecamatan<td>Luas<tr><td>1<td>Suka<td>12,5</table>",
            ["Suka: Luas 12,5."],
        ),
        (
            "<table><tr><td>A<td rowspan=2>9<tr><td>B<td>8</table>",
            ["A: 9.", "B: 9, 8."],
        ),
        ("<p>Tanpa tabel</p><script>x</script>", ["Tanpa tabel"]),
        (
            "<table><tr><td>Umur<td>2024<tr><td>0-4<td>4,5<sup>1</sup><script>9</script></table>",
            ["0-4: 2024 4,5 (1)."],
        ),
        ("<table></table>", []),
        (None, []),
    ],
)
def test_tables_of_all_kinds(html, lines):
    assert lines_of(html, grid_of(html)).splitlines() == lines


def test_a_cell_that_says_it_spans_a_million_columns_and_rows_fills_no_memory():
    html = (
        f"<table><tr><td rowspan={10**9} colspan={10**9}>a</td></tr>{'<tr><td>b</td></tr>' * 5_000}</table>"
    )

    lines = lines_of(html, grid_of(html)).splitlines()

    assert len(lines) == 3_000
    assert set(lines) == {"a."}
    assert MOST_COLUMNS == 60
