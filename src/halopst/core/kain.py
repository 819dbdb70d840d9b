"""Kain Layanan: a unit's own year as cloth, a petal per working day, brighter where more people were helped.

Pure: the caller keeps the drawing (it changes once a day) and decides which counts go in.
"""

from bisect import bisect_left
from collections.abc import Sequence
from math import ceil, sqrt

BLUES = ("#0F3F63", "#114D78", "#0A669E", "#0093DD", "#67B9E7", "#A6D5F1")
RECORD = "#8CCB58"
UNWOVEN = "#21577E"
ENOUGH_DAYS = 20
RECORD_SHARE = 97
CELL = 28
GAP = 1.3
NEUTRAL = 300


def says_something(counts: Sequence[int]) -> bool:
    """Fewer working days make a neutral pattern, and no caption may claim otherwise."""
    return len(counts) >= ENOUGH_DAYS


def weave(counts: Sequence[int], *, rows: int = 0, cls: str = "kain") -> str:
    """SVG of the cloth, column by column, oldest day first. `rows` defaults to a nearly square cloth."""
    days = list(counts) if says_something(counts) else [0] * NEUTRAL
    height = rows or ceil(sqrt(len(days)))
    width = ceil(len(days) / height)
    colours = _colours(days) if says_something(counts) else [BLUES[i * 5 % 3] for i in range(len(days))]
    paths: dict[str, list[str]] = {}
    for index in range(width * height):
        column, row = divmod(index, height)
        colour = colours[index] if index < len(colours) else UNWOVEN
        paths.setdefault(colour, []).append(_petal(column, row))
    drawn = "".join(_path(colour, petals) for colour, petals in paths.items())
    return (
        f'<svg class="{cls}" viewBox="0 0 {width * CELL} {height * CELL}" '
        f'preserveAspectRatio="xMidYMid slice" aria-hidden="true">{drawn}</svg>'
    )


def _colours(counts: Sequence[int]) -> list[str]:
    ordered = sorted(counts)
    edges = [ordered[len(ordered) * step // len(BLUES)] for step in range(1, len(BLUES))]
    record = ordered[min(len(ordered) - 1, len(ordered) * RECORD_SHARE // 100)]
    return [RECORD if count > record else BLUES[bisect_left(edges, count)] for count in counts]


def _path(colour: str, petals: list[str]) -> str:
    paint = f'fill="none" stroke="{UNWOVEN}"' if colour == UNWOVEN else f'fill="{colour}"'
    return f'<path {paint} d="{"".join(petals)}"/>'


def _petal(column: int, row: int) -> str:
    """A petal leans with its neighbours so that four of them make a flower."""
    size = CELL - 2 * GAP
    left, top = column * CELL + GAP, row * CELL + GAP
    start, end = (left, left + size) if (column + row) % 2 == 0 else (left + size, left)
    arc, sweep = (
        f"A{_short(size)} {_short(size)} 0 0 1",
        (_short(start), _short(top), _short(end), _short(top + size)),
    )
    return f"M{sweep[0]} {sweep[1]}{arc} {sweep[2]} {sweep[3]}{arc} {sweep[0]} {sweep[1]}Z"


def _short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
