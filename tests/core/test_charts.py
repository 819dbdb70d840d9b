"""Charts drawn on the server."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from halopst.core import charts
from halopst.core.shapes import Series

STYLE = charts.Style("Naik dari 1 menjadi 3.")
FRAMES = [charts.WIDE, charts.NARROW]


def parsed(svg):
    """The drawing, which must be well-formed."""
    return ET.fromstring(svg)  # noqa: S314  # our own drawing


def numbers(pattern, svg):
    return [float(found) for found in re.findall(pattern, svg)]


@pytest.mark.parametrize("frame", FRAMES)
def test_a_line_chart_says_its_finding_and_labels_its_lines_directly(frame):
    svg = charts.lines([Series("Masuk", (1, 2, 3))], ["Jan", "Feb", "Mar"], frame, STYLE)

    drawing = parsed(svg)
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label") == "Naik dari 1 menjadi 3."
    assert [t.text for t in drawing.iter("text")][-2:] == ["3", "Masuk"]


def test_labels_of_close_lines_never_overlap():
    close = [Series(name, (10, value)) for name, value in (("A", 10.0), ("B", 10.1), ("C", 9.9))]
    svg = charts.lines(close, ["1", "2"], charts.WIDE, STYLE)

    heights = sorted(numbers(r'class="lab" x="[\d.]+" y="([\d.]+)"', svg))
    assert all(below - above >= charts.LABEL_HEIGHT for above, below in pairwise(heights))


@pytest.mark.parametrize("frame", FRAMES)
def test_figures_beside_the_axis_and_names_behind_lines_stand_inside_the_picture(frame):
    series = [Series(f"Kabupaten Tulungagung {at}", (2_416_855.0, 3_200_000.0 - at)) for at in range(8)]
    svg = charts.lines(series, ["2024", "2025"], frame, STYLE)

    width, height = map(float, parsed(svg).get("viewBox").split()[2:])
    ticks = re.findall(r'class="tick" x="([\d.]+)"[^>]*>([^<]+)<', svg)
    assert all(float(x) >= len(text) * 6.2 for x, text in ticks)
    names = re.findall(r'<text x="([\d.]+)" y="([\d.]+)">(Kab[^<]+)<', svg)
    assert all(float(x) + len(name) * 6.2 <= width and float(y) <= height for x, y, name in names)
    assert (len(names), svg.count("<polyline"), svg.count("stroke-dasharray")) == (8, 8, 3)


def test_a_missing_value_breaks_the_line_instead_of_pretending_zero():
    svg = charts.lines([Series("A", (1, None, 3))], ["1", "2", "3"], charts.WIDE, STYLE)

    assert svg.count("<polyline") == 2
    assert charts.table([Series("A", (1, None, 3))], ["1", "2", "3"], STYLE) == [
        ["1", "1"],
        ["2", "–"],
        ["3", "3"],
    ]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("values", [(), (None, None), (0, 0), (5,), (-3, 4), (0.001, 0.002), (10**9, 1)])
def test_any_values_draw_a_well_formed_picture_inside_its_frame(frame, values):
    svg = charts.lines([Series("A", values)], [str(i) for i in range(len(values))], frame, STYLE)

    parsed(svg)
    for y in numbers(r'cy="(-?[\d.]+)"', svg):
        assert frame.top - 1 <= y <= frame.height - frame.bottom + 1


def test_a_phone_shows_fewer_labels_but_always_the_last():
    months = [f"b{i}" for i in range(12)]
    svg = charts.lines([Series("A", tuple(range(12)))], months, charts.NARROW, STYLE)

    shown = [month for month in months if f">{month}<" in svg]
    assert shown == ["b2", "b5", "b8", "b11"]


def test_bars_start_at_zero_and_keep_their_proportion():
    svg = charts.bars([("Satu", 50), ("Dua", 100), ("Nol", 0)], charts.WIDE, STYLE)

    one, two, none = numbers(r'width="([\d.]+)" height="20"', svg)
    assert two == pytest.approx(2 * one, abs=0.2)
    assert none == 1


def test_hostile_labels_stay_text():
    evil = "<script>alert(1)</script>"
    pictures = [
        charts.lines([Series(evil, (1, 2))], [evil, "b"], charts.WIDE, charts.Style(f'"{evil}')),
        charts.bars([(evil, 1)], charts.WIDE, charts.Style(evil, unit=evil)),
    ]
    for svg in pictures:
        assert "<script" not in svg
        parsed(svg)


@pytest.mark.parametrize(
    ("most", "top"), [(0, 4), (3, 4), (10, 12), (3.5, 4), (92, 100), (101, 120), (1500, 1600), (0.31, 0.32)]
)
def test_the_scale_ends_on_a_number_whose_quarters_are_easy_to_read(most, top):
    low, high = charts.scale([most])

    assert low == 0
    assert high == pytest.approx(top)


def test_a_spark_of_nothing_is_nothing():
    assert charts.spark([]) == ""
    parsed(charts.spark([1]))
    parsed(charts.spark([3, 3, 3]))


@pytest.mark.parametrize(
    ("values", "span"),
    [
        ([68.13, 70.33], (68, 72)),
        ([10.21, 9.37], (9.25, 10.25)),
        ([2.85, 2.49], (2.4, 3.2)),
        ([1_048_000, 1_103_000], (1_040_000, 1_120_000)),
        ([3.0, 9.5], (0, 10)),
        ([-1.0, 4.0], (-1.5, 4.5)),
        ([-0.28, 0.56], (-0.3, 0.9)),
        ([-0.5, -0.1], (-0.6, 0)),
        ([5.5, 5.5], (0, 6)),
        ([], (0, 4)),
    ],
)
def test_values_close_together_and_far_from_zero_are_looked_at_closely(values, span):
    assert charts.close_scale(values) == pytest.approx(span)


def test_where_an_axis_does_not_begin_at_zero_it_is_said():
    series = [Series("IPM", (68.13, None, 70.33))]

    assert charts.begins_at(series, charts.Style("naik", close=True)) == "68"
    assert charts.begins_at(series, charts.Style("naik")) == ""
    assert charts.begins_at([Series("TPT", (2.85, 2.49))], charts.Style("turun", close=True)) == "2,4"


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ((2.85, 2.49), ["2,4", "2,6", "2,8", "3,0", "3,2"]),
        ((0.0012, 0.0015), ["0,0011", "0,0012", "0,0013", "0,0014", "0,0015"]),
        ((2_400_000, 2_900_000), ["2.400.000", "2.600.000", "2.800.000", "3.000.000", "3.200.000"]),
    ],
)
def test_figures_beside_the_axis_have_as_many_decimals_as_each_other(values, written):
    style = charts.Style("naik", close=True)

    svg = charts.lines([Series("TPT", values)], ["2021", "2025"], charts.WIDE, style)

    assert re.findall(r'class="tick"[^>]*>([^<]+)<', svg) == written


@pytest.mark.parametrize("frame", FRAMES)
def test_long_labels_below_the_axis_never_touch_each_other(frame):
    months = [f"September 20{year}" for year in range(12, 30)]
    svg = charts.lines([Series("A", tuple(range(18)))], months, frame, STYLE)

    middles = numbers(r'<text x="([\d.]+)" y="[\d.]+" text-anchor="middle">', svg)
    assert len(middles) >= 2
    assert all(after - before >= len(months[0]) * 6.2 for before, after in pairwise(middles))


@pytest.mark.parametrize("frame", FRAMES)
def test_where_values_fall_below_zero_the_zero_has_a_line_of_its_own(frame):
    svg = charts.lines([Series("A", (-0.28, 0.56))], ["1", "2"], frame, STYLE)

    [height] = numbers(r'class="zero"[^>]* y1="([\d.]+)"', svg)
    assert height in numbers(r'class="grid"[^>]* y1="([\d.]+)"', svg)
    assert 'class="zero"' not in charts.lines([Series("A", (1, 2))], ["1", "2"], frame, STYLE)


@pytest.mark.parametrize("frame", FRAMES)
def test_bars_below_zero_go_to_the_left_and_every_figure_stands_inside_the_picture(frame):
    svg = charts.bars([("Naik", 2_000_000.25), ("Turun", -1_000_000.5)], frame, charts.Style("x", 2))

    [zero] = numbers(r'class="zero" x1="([\d.]+)"', svg)
    [up, down] = [
        (float(x), float(width))
        for x, width in re.findall(r'<rect x="([\d.]+)" y="\d+" width="([\d.]+)"', svg)
    ]
    assert up[0] == zero
    assert down[0] + down[1] == pytest.approx(zero, abs=0.11)
    written = re.findall(r'class="lab" x="([\d.]+)"[^>]*>([^<]+)<', svg)
    assert all(float(x) + len(text) * 6.2 <= frame.width for x, text in written)


def test_a_figure_alone_among_many_missing_ones_is_a_dot():
    values = (*range(20), None, 7, None, 3, 4)
    svg = charts.lines([Series("A", values)], [str(at) for at in range(25)], charts.WIDE, STYLE)

    assert svg.count("<circle") == 2
