"""Static tables into cells: what is certain becomes figures, what could be read in two ways stays text."""

from decimal import Decimal

import pytest

from halopst.knowledge.rules.figures import separators
from halopst.knowledge.rules.figures.regions import (
    CITY,
    DISTRICT,
    NATION,
    PROVINCE,
    REGENCY,
    Gazetteer,
    Region,
)
from halopst.knowledge.webapi.grid import grid_of
from halopst.knowledge.webapi.static_shape import Unclear
from halopst.knowledge.webapi.static_tables import static_tables
from halopst.knowledge.wording import STATIC
from tests.knowledge import static_pages as pages
from tests.knowledge.static_pages import page, sent

KNOWN = Gazetteer(
    [
        Region("0000", "Indonesia", NATION),
        Region("3500", "Jawa Timur", PROVINCE, "0000"),
        Region("3300", "Jawa Tengah", PROVINCE, "0000"),
        Region("3578", "Kota Surabaya", CITY, "3500"),
        Region("3527", "Kabupaten Sampang", REGENCY, "3500"),
        Region("3506", "Kabupaten Kediri", REGENCY, "3500"),
        Region("3571", "Kota Kediri", CITY, "3500"),
        Region("3527010", "Sreseh", DISTRICT, "3527"),
    ]
)


def read_all(title, html, domain="3578"):
    """Name, measure and figures by region, period and breakdown; or the code of why it stays text."""
    try:
        tables = static_tables(title, grid_of(sent(html)["table"]), KNOWN, domain)
    except Unclear as error:
        return error.code if error.code in STATIC else f"no sentence for {error.code}"
    return [(table.name, table.measure, figures_of(table)) for table in tables]


def figures_of(table):
    figures = {
        (one.region.code, one.period.label(), one.breakdown): str(one.value.number) for one in table.figures
    }
    assert len(figures) == len(table.figures)
    return figures


def read(title, html, domain="3578"):
    """The same of a table of one measure."""
    found = read_all(title, html, domain)
    return found if isinstance(found, str) else found[0]


def test_columns_that_each_name_their_unit_are_a_figure_each_of_its_own_name():
    title = "Luas Wilayah dan Jumlah Penduduk Menurut Kecamatan di Kota Surabaya, 2024"
    html = page(
        "Kecamatan|Luas Wilayah (km<sup>2</sup>)|Jumlah Penduduk (jiwa)",
        "Asemrowo|15,44|48.023",
        "Benowo|26,78|69.110",
    )
    places = ("3578", "2024", "Kecamatan Asemrowo"), ("3578", "2024", "Kecamatan Benowo")
    assert read_all(title, html) == [
        ("Luas Wilayah Menurut Kecamatan", "km2", dict(zip(places, ("15.44", "26.78"), strict=True))),
        ("Jumlah Penduduk Menurut Kecamatan", "jiwa", dict(zip(places, ("48023", "69110"), strict=True))),
    ]


def test_what_is_measured_keeps_its_years_and_what_the_title_says_of_all_of_it():
    title = "Luas Panen, Produksi, dan Produktivitas Padi di Kabupaten Sampang, 2023-2024"
    html = page(
        "<td rowspan=2>Bulan</td>|<td colspan=2>Luas Panen (ha)</td>|<td colspan=2>Produksi (ton)</td>|"
        "<td colspan=2>Produktivitas (ku/ha)</td>",
        "2023|2024|2023|2024|2023|2024",
        "Januari|1.010,5|1.020,5|5.100,1|5.200,2|50,1|51,2",
        "Februari|2.010,5|2.020,5|9.100,1|9.200,2|50,3|51,4",
    ).replace("ku/ha", "kuintal/ha")
    found = read_all(title, html)
    assert [(name, measure) for name, measure, _figures in found] == [
        ("Luas Panen Padi", "ha"), ("Produksi Padi", "ton"), ("Produktivitas Padi", "kuintal/ha"),
    ]  # fmt: skip
    assert found[1][2]["3527", "Februari 2024", ""] == "9200.2"
    assert found[2][2]["3527", "Januari 2023", ""] == "50.1"


def test_rows_that_each_name_their_unit_are_a_figure_each():
    title = "Luas Panen dan Produksi Padi di Kabupaten Sampang, 2023-2024"
    html = page("Uraian|2023|2024", "Luas Panen (ha)|1.010,5|1.020,5", "Produksi (ton)|5.100,1|5.200,2")
    assert read_all(title, html) == [
        ("Luas Panen Padi", "ha", {("3527", "2023", ""): "1010.5", ("3527", "2024", ""): "1020.5"}),
        ("Produksi Padi", "ton", {("3527", "2023", ""): "5100.1", ("3527", "2024", ""): "5200.2"}),
    ]


@pytest.mark.parametrize(
    ("title", "heads", "why"),
    [
        ("Padi Menurut Kecamatan di Kota Surabaya, 2024", "Luas Panen (ha)|Produksi (ton)", "unit-names"),
        (
            "Luas Panen, Produksi, dan Harga Padi Menurut Kecamatan di Kota Surabaya, 2024",
            "Luas Panen (ha)|Produksi (ton)",
            "unit-names",
        ),
        ("Luas dan Produksi Menurut Kecamatan di Kota Surabaya, 2024", "Luas (ha)|Produksi", "units"),
        (
            "Luas dan Produksi Menurut Kecamatan di Kota Surabaya, 2024",
            "Luas (ha) (km2)|Produksi (ton)",
            "units",
        ),
        (
            "Luas dan Produksi Menurut Kecamatan di Kota Surabaya (ha), 2024",
            "Luas (ha)|Produksi (ton)",
            "units",
        ),
    ],
)
def test_a_table_of_several_units_stays_text_where_one_measure_is_in_doubt(title, heads, why):
    html = page(f"Kecamatan|{heads}", "Asemrowo|15|48", "Benowo|26|69")
    assert read_all(title, html) == why


def test_one_measure_in_doubt_leaves_all_of_the_table_text():
    title = "Luas dan Produksi Menurut Kecamatan di Kota Surabaya, 2024"
    html = page("Kecamatan|Luas (ha)|Produksi (ton)", "Asemrowo|15,5|1.234", "Benowo|26,5|2.345,6")
    sound = page("Kecamatan|Luas (ha)|Produksi (ton)", "Asemrowo|15,5|1.234", "Asemrowo|26,5|2.345")
    assert len(read_all(title, html)) == 2
    assert read_all(title, sound) == "twice"


def test_districts_with_heads_over_heads_a_total_by_name_and_marks_for_nothing():
    assert read("Jumlah Penduduk Menurut Kecamatan di Kota Surabaya (Jiwa), 2024", pages.DISTRICTS) == (
        "Jumlah Penduduk Menurut Kecamatan",
        "Jiwa",
        {
            ("3578", "2024", "Kecamatan Asemrowo · Laki-laki"): "24123",
            ("3578", "2024", "Kecamatan Asemrowo · Perempuan"): "23900",
            ("3578", "2024", "Kecamatan Asemrowo"): "48023",
            ("3578", "2024", "Kecamatan Benowo · Perempuan"): "35001",
            ("3578", "2024", "Laki-laki"): "1424123",
            ("3578", "2024", "Perempuan"): "1435001",
            ("3578", "2024", ""): "2859124",
        },
    )


def test_regencies_and_cities_of_one_name_under_headings_with_years_as_columns():
    title = "Persentase Penduduk Miskin Menurut Kabupaten/Kota di Provinsi Jawa Timur (Persen), 2022-2024"
    (table,) = static_tables(title, grid_of(pages.REGENCIES), KNOWN, "3500")

    assert (table.name, table.measure) == ("Persentase Penduduk Miskin Menurut Kabupaten/Kota", "Persen")
    assert [
        (one.region.name, one.period.year, str(one.value.number), one.value.text, one.value.status)
        for one in table.figures
    ] == [
        ("Kabupaten Sampang", 2022, "3.11", "3,11", ""),
        ("Kabupaten Sampang", 2023, "4.25", "4,25", "sementara"),
        ("Kabupaten Kediri", 2022, "5.5", "5,5", ""),
        ("Kabupaten Kediri", 2023, "5.4", "5,4", "sementara"),
        ("Kabupaten Kediri", 2024, "5.25", "5,25", "sangat-sementara"),
        ("Kota Kediri", 2022, "4.62", "4,62", ""),
        ("Kota Kediri", 2023, "4.06", "4,06", "sementara"),
        ("Kota Kediri", 2024, "3.9", "3,9", "sangat-sementara"),
        ("Jawa Timur", 2022, "5.49", "5,49", ""),
        ("Jawa Timur", 2023, "4.88", "4,88", "sementara"),
        ("Jawa Timur", 2024, "4.19", "4,19", "sangat-sementara"),
    ]


@pytest.mark.parametrize(
    ("title", "html", "expected"),
    [
        (
            "Curah Hujan Menurut Bulan (mm), 2023 dan 2024",
            pages.MONTHS,
            {"Januari 2023": "321.4", "Januari 2024": "300.25", "Februari 2023": "210.9"},
        ),
        (
            "Pertumbuhan Ekonomi Menurut Lapangan Usaha (Persen), 2024",
            pages.QUARTERS,
            {"Triwulan I 2024": "-0.4", "Triwulan II 2024": "0.11"},
        ),
    ],
)
def test_parts_of_years_on_either_side_of_a_table(title, html, expected):
    _name, _measure, figures = read(title, html)

    assert {period: value for (_code, period, _part), value in figures.items()} == expected


def test_years_as_rows_with_spaces_between_thousands():
    assert read("Jumlah Penduduk Kota Surabaya (Jiwa), 2022-2023", pages.YEARS)[2] == {
        ("3578", "2022", "Laki-laki"): "1420500",
        ("3578", "2022", "Perempuan"): "1430100",
        ("3578", "2022", ""): "2850600",
        ("3578", "2023", "Laki-laki"): "1421000",
        ("3578", "2023", "Perempuan"): "1431200",
        ("3578", "2023", ""): "2852200",
    }


def test_headings_within_a_table_narrow_the_rows_under_them_and_their_totals():
    assert read("Jumlah Penduduk Menurut Kelompok Umur di Kota Surabaya (Jiwa), 2023", pages.SECTIONS)[2] == {
        ("3578", "2023", "0-4 · Laki-laki"): "98120",
        ("3578", "2023", "15 Tahun Ke Atas · Laki-laki"): "1002345",
        ("3578", "2023", "Laki-laki"): "1100465",
        ("3578", "2023", "0-4 · Perempuan"): "97120",
        ("3578", "2023", "15 Tahun Ke Atas · Perempuan"): "1012345",
        ("3578", "2023", "Perempuan"): "1109465",
    }


def test_a_raised_two_of_a_unit_is_its_own_and_the_unit_may_stand_in_a_head_or_above():
    area = read("Luas Wilayah Menurut Kecamatan di Kota Surabaya, 2023", pages.NARROW)
    people = read("Penduduk Menurut Jenis Kelamin Tahun 2024", pages.UNIT_ABOVE)

    assert (area[1], area[2]["3578", "2023", "Kecamatan Benowo"]) == ("km2", "26.78")
    assert (people[1], people[2]["3578", "2024", ""]) == ("Jiwa", "48023")


def test_a_district_we_know_is_a_region_of_its_own_when_all_of_the_table_are():
    title = "Jumlah Penduduk Menurut Kecamatan di Kabupaten Sampang (Jiwa), 2024"

    assert read(title, page("Kecamatan|Jumlah", "Sreseh|24.123", "Jumlah|24.123"), "3527")[2] == {
        ("3527010", "2024", ""): "24123",
        ("3527", "2024", ""): "24123",
    }


PLAIN = "Jumlah Penduduk Menurut Jenis Kelamin di Kota Surabaya (Jiwa), 2024"
SHARES = "Persentase Penduduk Menurut Jenis Kelamin di Kota Surabaya (Persen), 2024"
REGIONAL = "Jumlah Penduduk Menurut Kabupaten/Kota di Jawa Timur (Jiwa), 2024"
UNCLEAR = {
    "a word for a place nobody knows": (
        "Penduduk di Kabupaten Antah (Jiwa), 2024",
        page("Jenis Kelamin|2024", "L|1"),
        "region",
    ),
    "a smaller place": (
        "Penduduk di Kecamatan Bubutan (Jiwa), 2024",
        page("Jenis Kelamin|2024", "L|1"),
        "region",
    ),
    "a place that is no region": ("Curah Hujan di Stasiun Juanda (mm), 2024", pages.UNIT_ABOVE, "region"),
    "a name of two regions in the title": (
        "Penduduk di Kediri (Jiwa), 2024",
        page("Jenis Kelamin|2024", "L|1"),
        "region",
    ),
    "no year anywhere": ("Jumlah Penduduk (Jiwa)", page("Jenis Kelamin|Jumlah", "Laki-laki|12"), "period"),
    "a farming year": (
        "Produksi Padi (Ton), 2022/2023",
        page("Jenis Kelamin|Jumlah", "Laki-laki|12"),
        "period",
    ),
    "years beside the one of the title": (
        PLAIN,
        page("Jenis Kelamin|2020|2021", "Laki-laki|12|13"),
        "period",
    ),
    "a year with a word in a head": (PLAIN, page("Jenis Kelamin|Awal 2024", "Laki-laki|12"), "period"),
    "quarters by numbers alone": (PLAIN, page("Jenis Kelamin|I|II", "Laki-laki|12|13"), "period"),
    "no unit": (
        "Jumlah Penduduk Kota Surabaya 2024",
        page("Jenis Kelamin|Jumlah", "Laki-laki|12"),
        "no-unit",
    ),
    "two units": (PLAIN, page("Jenis Kelamin|Jumlah (jiwa)|Luas (ha)", "Laki-laki|12|3"), "units"),
    "a unit of scale in a footnote": (
        PLAIN,
        page("Jenis Kelamin|2024", "Laki-laki|12", "<td colspan=2>Ket: dalam ribuan</td>"),
        "units",
    ),
    "shares beside counts": (PLAIN, page("Jenis Kelamin|Jumlah|Persentase", "Laki-laki|12|3"), "measures"),
    "a point of two meanings": (SHARES, page("Jenis Kelamin|2024", "Laki-laki|24.123"), "separators"),
    "points and commas mixed": (
        SHARES,
        page("Jenis Kelamin|2024", "Laki-laki|24,5", "Perempuan|24.5"),
        "separators",
    ),
    "thousands and decimals by the same point": (
        PLAIN,
        page("Jenis Kelamin|Jumlah|Rinci", "Laki-laki|24.123|2.5"),
        "separators",
    ),
    "a city or a regency": (REGIONAL, page("Kabupaten/Kota|Jumlah", "Kediri|12"), "row"),
    "a region of elsewhere": (REGIONAL, page("Kabupaten/Kota|Jumlah", "Kota Semarang|12"), "row"),
    "the rest of the world": (REGIONAL, page("Kabupaten/Kota|Jumlah", "Sampang|12", "Lainnya|12"), "row"),
    "regions of another level": (PLAIN, page("Kabupaten/Kota|Jumlah", "Sampang|12"), "region"),
    "regions as columns": (PLAIN, page("Jenis Kelamin|Kota Kediri", "Laki-laki|12"), "region-columns"),
    "the same region twice": (
        REGIONAL,
        page("Kabupaten/Kota|Jumlah", "Sampang|12", "Kab. Sampang|13"),
        "twice",
    ),
    "a footnote at a figure": (PLAIN, page("Jenis Kelamin|2024", "Laki-laki|45<sup>1)</sup>"), "footnote"),
    "a footnote that looks like a digit": (PLAIN, page("Jenis Kelamin|2024", "Laki-laki|451)"), "footnote"),
    "a footnote at a label": (PLAIN, page("Jenis Kelamin|2024", "Laki-laki<sup>a</sup>|45"), "footnote"),
    "a figure for two rows": (
        PLAIN,
        page("Jenis Kelamin|2024", "Laki-laki|<td rowspan=2>45</td>", "Perempuan"),
        "merged",
    ),
    "a figure for two columns": (
        PLAIN,
        page("Jenis Kelamin|2024|Desa", "Laki-laki|<td colspan=2>45</td>"),
        "merged",
    ),
    "a row that is short": (
        PLAIN,
        page("Jenis Kelamin|Desa|Kota", "Laki-laki|45|46", "Perempuan|45"),
        "ragged",
    ),
    "labels on both sides": (PLAIN, page("Jenis Kelamin|2024|Sex", "Laki-laki|45|Male"), "head"),
    "labels in two columns": (PLAIN, page("Jenis Kelamin|Umur|2024", "Laki-laki|Tua|45"), "labels"),
    "words for a figure": (PLAIN, page("Jenis Kelamin|2024", "Laki-laki|45", "Perempuan|banyak"), "labels"),
    "years for figures": (PLAIN, page("Jenis Kelamin|Jumlah", "Laki-laki|2001", "Perempuan|1998"), "head"),
    "no heads": (PLAIN, page("Laki-laki|45", "Perempuan|46"), "head"),
    "a corner that says nothing": (PLAIN, page("Zzz|2024", "Laki-laki|45"), "head"),
    "a line above that narrows all": (
        PLAIN,
        page("<td colspan=2>Perkotaan</td>", "Jenis Kelamin|2024", "Laki-laki|45"),
        "preface",
    ),
    "a heading without its figures": (
        PLAIN,
        page("Jenis Kelamin|2024", "Laki-laki|45", "Perkotaan|", "Perempuan|46"),
        "section",
    ),
    "a total after two parts": (
        PLAIN,
        page(
            "Jenis Kelamin|2024",
            "<td colspan=2>Desa</td>",
            "Laki-laki|45",
            "<td colspan=2>Kota</td>",
            "Laki-laki|46",
            "Jumlah|91",
        ),
        "total",
    ),
    "a total of some months": (
        "Curah Hujan di Kota Surabaya (mm), 2024",
        page("Bulan|Jumlah", "Januari|12", "Februari|13", "Jumlah|25"),
        "total",
    ),
    "a table in a table": (
        PLAIN,
        f"<table><tr><td>{page('Jenis Kelamin|2024', 'Laki-laki|45')}</td></tr></table>",
        "nested",
    ),
    "two tables": (PLAIN, page("Jenis Kelamin|2024", "Laki-laki|45") * 2, "several"),
    "200 columns": (
        PLAIN,
        page("Jenis Kelamin|" + "|".join(f"K{n}" for n in range(200)), "Laki-laki|" + "|".join("1" * 200)),
        "wide",
    ),
    "cells outside of rows": (
        PLAIN,
        "<table><td>Jenis Kelamin<td>2024<tr><td>Laki-laki<td>45</table>",
        "broken",
    ),
    "spans upon spans": (
        PLAIN,
        page("Jenis Kelamin|<td rowspan=2>2024</td>", "<td colspan=2>Laki-laki</td>|45"),
        "overlap",
    ),
    "no table": (PLAIN, "<p>Tabel menyusul</p>", "no-table"),
    "nothing": (PLAIN, "", "no-table"),
    "no figures": (PLAIN, page("Jenis Kelamin|2024", "Laki-laki|-", "Perempuan|belum dirilis"), "no-figures"),
    "a title that says nothing": ("Tabel 2 (Jiwa), 2024", page("Jenis Kelamin|2024", "Laki-laki|1"), "title"),
    "a mark at the title": (
        "Jumlah Penduduk (Jiwa), 2024*",
        page("Jenis Kelamin|2024", "Laki-laki|1"),
        "mark",
    ),
}


@pytest.mark.parametrize("what", UNCLEAR)
def test_a_table_that_could_be_read_in_two_ways_stays_text(what):
    title, html, code = UNCLEAR[what]
    domain = "3500" if title == REGIONAL else "3578"

    assert read(title, html, domain) == code


def test_scripts_styles_and_what_is_not_seen_are_no_part_of_a_table():
    html = page(
        "Jenis Kelamin|<td>2024<script>document.write('<td>9</td>')</script></td>",
        "<td onclick=x>Laki-laki<style>td{content:'7'}</style></td>|<td><b>24.<i>123</i></b><!-- 5 --></td>",
        "Perempuan|<td><a href='javascript:1'>23.900</a></td>",
    )

    assert read(PLAIN, html)[2] == {
        ("3578", "2024", "Laki-laki"): "24123",
        ("3578", "2024", "Perempuan"): "23900",
    }


def test_a_table_that_leaves_its_cells_open_is_read_as_a_browser_reads_it():
    html = "<table><tr><td>Jenis Kelamin<td>2024<tr><td>Laki-laki<td>24<tr><td>Perempuan<td>25</table>"

    assert read(PLAIN, html)[2]["3578", "2024", "Perempuan"] == "25"


@pytest.mark.parametrize(
    ("texts", "counted", "numbers"),
    [
        (["24.123", "23.900"], True, ["24123", "23900"]),
        (["24,123", "9"], True, ["24123", "9"]),
        (["24.123", "1.024.123", "0,5"], False, ["24123", "1024123", "0.5"]),
        (["24,123", "1,024.5"], False, ["24123", "1024.5"]),
        (["\u22124,5", "0,25"], False, ["-4.5", "0.25"]),
        (["12 345", "7"], False, ["12345", "7"]),
    ],
)
def test_all_figures_of_a_table_tell_what_its_separators_mean(texts, counted, numbers):
    written = separators.of_figures(texts, counted=counted)

    assert [separators.value(text, written).number for text in texts] == [Decimal(one) for one in numbers]
