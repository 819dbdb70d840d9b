"""The cloth of a unit's year: true to its counts, light on the line."""

import gzip
import re

from halopst.core.kain import BLUES, RECORD, UNWOVEN, says_something, weave


def petals(svg):
    """How many petals each colour has."""
    found = re.findall(r'<path (?:fill="none" stroke="([^"]+)"|fill="([^"]+)") d="([^"]+)"', svg)
    return {stroke or fill: path.count("M") for stroke, fill, path in found}


def test_four_hundred_petals_stay_within_seven_kilobytes():
    scattered = [day * 7919 % 61 for day in range(400)]
    svg = weave(scattered)

    assert sum(petals(svg).values()) == 400
    assert len(gzip.compress(svg.encode(), 9)) <= 7 * 1024


def test_each_working_day_is_one_petal_and_the_rest_is_unwoven():
    drawn = petals(weave(range(248), rows=10))

    assert drawn.pop(UNWOVEN) == 2
    assert sum(drawn.values()) == 248


def test_days_above_the_97th_percentile_are_green():
    drawn = petals(weave(range(100)))

    assert drawn[RECORD] == 2
    assert [drawn[blue] for blue in BLUES] == [17, 17, 17, 16, 17, 14]


def test_brighter_means_more_people():
    first_path = re.findall(r'fill="([^"]+)"', weave([1] * 20 + [9] * 20, rows=40))

    assert BLUES.index(first_path[0]) < BLUES.index(first_path[1])


def test_a_year_of_mostly_empty_days_is_dark_with_a_few_bright_ones():
    drawn = petals(weave([0] * 200 + [3, 8]))

    assert drawn[BLUES[0]] == 200
    assert BLUES[-1] not in drawn or drawn[BLUES[-1]] <= 2


def test_equal_days_look_equal():
    assert len(petals(weave([4] * 36))) == 1


def test_a_young_office_gets_a_neutral_pattern_that_claims_nothing():
    assert not says_something([5] * 19)
    assert weave([5] * 19) == weave([]) == weave([900, 2])
    assert RECORD not in weave([1, 2, 900])
    assert says_something([5] * 20)


def test_the_cloth_is_decoration_to_assistive_technology():
    assert 'aria-hidden="true"' in weave(range(30))
