from decimal import Decimal

from halopst.knowledge.rules.figures.periods import Period
from halopst.knowledge.webapi import tables
from halopst.knowledge.webapi.text import clean, clean_lines
from tests.knowledge.webapi_server import table


def figures(answer):
    return [(one.row, one.breakdown, one.period, one.value.number) for one in tables.table_of(answer).figures]


def test_keys_are_built_from_the_headings():
    answer = table(31, [1999], [("7315", "Pinrang", 308669)], title="Jumlah Penduduk", unit="Jiwa")
    assert list(answer["datacontent"]) == ["7315310990"]

    found = tables.table_of(answer)

    assert (found.title, found.unit) == ("Jumlah Penduduk", "Jiwa")
    assert figures(answer) == [("Pinrang", "", Period(1999), Decimal(308669))]


def test_what_narrows_a_figure_is_told_apart_from_its_period():
    answer = table(
        5, [2024], [("3578", "Kota Surabaya", {(2024, "1", "31"): 1, (2024, "2", "99"): 2})],
        narrower=(("1", "Laki-laki"), ("2", "Perempuan")), parts=(("31", "Triwulan I"), ("99", "Kumulatif")),
    )  # fmt: skip

    assert figures(answer) == [
        ("Kota Surabaya", "Laki-laki", Period(2024, 31), Decimal(1)),
        ("Kota Surabaya", "Perempuan · Kumulatif", Period(2024), Decimal(2)),
    ]


def test_a_key_two_headings_could_have_made_belongs_to_neither():
    """Row 1 with 11 and row 11 with 1 write the same key behind variable 1."""
    answer = table(
        1, [2024], [("1", "A", None), ("11", "B", None)], narrower=(("11", "x"), ("111", "y"))
    )  # fmt: skip
    shared = "1" + "1" + "111" + "124" + "0"
    assert shared == "11" + "1" + "11" + "124" + "0"
    answer["datacontent"] = {shared: 7, "1" + "1" + "11" + "124" + "0": 8}

    found = tables.table_of(answer)

    assert [(one.row, one.value.number) for one in found.figures] == [("A", Decimal(8))]
    assert found.unclear == 1


def test_values_missing_or_in_words_are_no_figures():
    answer = table(
        9, [2024], [("1", "A", "-"), ("2", "B", "rahasia"), ("3", "C", "12.50*"), ("4", "D", None)]
    )

    found = tables.table_of(answer)

    assert [(one.row, one.value.text, one.value.status) for one in found.figures] == [
        ("C", "12.50*", "sementara")
    ]
    assert found.unread == 1


def test_what_is_no_table_gives_none():
    assert tables.table_of({"data": ""}) is None
    assert tables.table_of({"var": [], "datacontent": {}}) is None
    assert tables.table_of({"var": "x", "datacontent": {"1": 2}}) is None


def test_text_arrives_escaped_twice_and_leaves_plain():
    assert (
        clean("&lt;b&gt;A. EKSPOR&lt;/b&gt;&lt;br /&gt;naik 5,47\r\npersen") == "A. EKSPOR naik 5,47 persen"
    )
    assert clean("&amp;lt;p&amp;gt;dua kali&amp;lt;/p&amp;gt; &amp;amp; lagi") == "dua kali & lagi"
    assert clean("&lt;p&gt;Harga &lt;b&gt;naik&lt;\\/b&gt; tipis&lt;\\/p&gt;") == "Harga naik tipis"
    assert clean("Penduduk <15 tahun & < 5 tahun") == "Penduduk <15 tahun & < 5 tahun"
    assert clean("A<script>alert(1)</script>B<img src=x onerror=alert(1)>\x00\u202e") == "AB"
    assert clean_lines("<p>satu</p><p>dua</p>") == "satu\ndua"
    assert clean(None) == ""
