"""Charts as SVG, drawn on the server: direct labels, no legend, no script. Pure geometry.

Each chart comes in two frames, wide and narrow: text is never scaled down to fit a phone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import cycle, pairwise
from math import ceil, floor, log10

from halopst.core.formats import Lang, number
from halopst.core.shapes import Series

COLOURS = ("var(--d1)", "var(--d2)", "var(--d3)", "var(--d4)", "var(--d5)")
TICKS = 4
SMALL_COUNT = 12
NEAR_ENOUGH = 0.001  # of the step between two values beside the axis
MOST_PLACES = 4
_STEPS = (1, 2, 2.5, 5, 10, 20, 25, 50)
_AROUND_ZERO = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10, 15, 20, 25, 50)
LABEL_HEIGHT = 30
LETTER = 7
BESIDE, ROOM_OF_DOT, MOST_NAMES = 10, 14, 0.42


@dataclass(frozen=True)
class Frame:
    """Size and margins in SVG units; `right` holds the direct labels, `labels` is how many fit below."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    labels: int
    names: int

    def x(self, index: int, count: int) -> float:
        return self.left + (self.width - self.left - self.right) * (index / (count - 1) if count > 1 else 0.5)

    def y(self, value: float, low: float, high: float) -> float:
        return self.top + (self.height - self.top - self.bottom) * (1 - (value - low) / (high - low))


WIDE = Frame(width=640, height=240, top=16, right=124, bottom=28, left=44, labels=13, names=190)
NARROW = Frame(width=340, height=220, top=16, right=78, bottom=28, left=36, labels=5, names=0)


@dataclass(frozen=True)
class Style:
    """How figures are written; `finding` says in words what the chart shows.

    `close` lets the vertical axis of lines begin near the least value: to be said beside the chart.
    """

    finding: str
    decimals: int = 0
    unit: str = ""
    lang: Lang = "id"
    close: bool = False

    def text(self, value: float) -> str:
        return f"{number(value, self.decimals, lang=self.lang)}{self.unit}"


def lines(series: Sequence[Series], labels: Sequence[str], frame: Frame, style: Style) -> str:
    """A line per series over the same labels; a missing value breaks the line."""
    low, high = _span(series, style)
    frame = _fitted(frame, series, _ticks(low, high, style.lang))
    parts = [*_grid(frame, low, high, style.lang), *_below(frame, labels)]
    wanted = [_last(one, frame, low, high)[1] for one in series]
    ends = _label_heights(wanted, frame.height - frame.bottom - frame.top)  # the name stands above the axis
    for one, colour, height in zip(_told_apart(series), cycle(COLOURS), ends, strict=False):
        parts += _line(one, colour, frame, low, high)
        if any(value is not None for value in one.values):
            value = next(v for v in reversed(one.values) if v is not None)
            x = _last(one, frame, low, high)[0] + 11
            name = _clip(one.name, int(frame.width - x) // LETTER)
            parts.append(_direct_label(x, height, style.text(value), name, colour))
    return _svg(frame.width, frame.height, parts, style.finding)


def _fitted(frame: Frame, series: Sequence[Series], ticks: Sequence[str]) -> Frame:
    """With room for the figures beside it, for the names behind the lines, and for a label of each line."""
    beside = BESIDE + LETTER * max(map(len, ticks))
    named = ROOM_OF_DOT + LETTER * max((len(one.name) for one in series), default=0)
    left, right = max(frame.left, beside), max(frame.right, min(named, int(frame.width * MOST_NAMES)))
    kept = (frame.width - left - right) / (frame.width - frame.left - frame.right)
    return replace(
        frame,
        left=left,
        right=right,
        labels=max(2, int(frame.labels * kept)),
        height=max(frame.height, frame.top + frame.bottom + LABEL_HEIGHT * len(series)),
    )


def _told_apart(series: Sequence[Series]) -> list[Series]:
    """From the sixth line on the colours come again, dashed."""
    return [replace(one, dashed=True) if at >= len(COLOURS) else one for at, one in enumerate(series)]


def begins_at(series: Sequence[Series], style: Style) -> str:
    """Where the vertical axis of these lines begins, as written; nothing when it begins at zero or below."""
    low, high = _span(series, style)
    return number(low, _places(low, high), lang=style.lang) if low > 0 else ""


def _span(series: Sequence[Series], style: Style) -> tuple[float, float]:
    measured = [value for one in series for value in one.values if value is not None]
    return close_scale(measured) if style.close else scale(measured)


def bars(values: Sequence[tuple[str, float]], frame: Frame, style: Style) -> str:
    """Horizontal bars from zero, those below it to the left; narrow frames put the label above its bar."""
    low, high = scale([value for _label, value in values])
    step = 34 if frame.names else 50
    written = [style.text(value) for _label, value in values]
    room = frame.width - frame.names - max(84, 2 * BESIDE + LETTER * max(map(len, written), default=0))
    zero = frame.names + room * -low / (high - low)
    parts: list[str] = []
    for row, (label, value) in enumerate(values):
        top = row * step + (7 if frame.names else 24)
        length = max(1.0, room * abs(value) / (high - low))
        begins = zero - length if value < 0 else zero
        limit = (frame.names or frame.width) // LETTER
        baseline = top + 15 if frame.names else top - 7
        parts.append(f'<text class="name" x="0" y="{baseline}">{_clip(label, limit)}</text>')
        parts.append(
            f'<rect x="{begins:.1f}" y="{top}" width="{length:.1f}" height="20" rx="4" fill="{COLOURS[0]}"/>'
        )
        x = zero + (length if value > 0 else 0) + 8
        parts.append(f'<text class="lab" x="{x:.1f}" y="{top + 15}">{escape(written[row])}</text>')
    if low < 0:
        parts.append(_zero(zero, zero, 0, len(values) * step))
    return _svg(frame.width, max(1, len(values)) * step, parts, style.finding)


def spark(values: Sequence[float], *, width: int = 96, height: int = 28) -> str:
    """A line the size of a word."""
    if not values:
        return ""
    low, high = min(values), max(values)
    span = (high - low) or 1
    points = [
        (2 + (width - 6) * index / max(1, len(values) - 1), 3 + (height - 6) * (1 - (value - low) / span))
        for index, value in enumerate(values)
    ]
    x, y = points[-1]
    return (
        f'<svg class="spark" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true"><polyline fill="none" stroke="{COLOURS[0]}" stroke-width="2" '
        f'stroke-linejoin="round" points="{_points(points)}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="3" '
        f'fill="{COLOURS[0]}"/></svg>'
    )


def table(series: Sequence[Series], labels: Sequence[str], style: Style) -> list[list[str]]:
    """The same figures, a row per label, as the chart's text alternative."""
    return [
        [label, *("–" if (value := one.values[row]) is None else style.text(value) for one in series)]
        for row, label in enumerate(labels)
    ]


def scale(values: Sequence[float]) -> tuple[float, float]:
    """From zero, or a round number below the least, to a round number above; small counts in whole steps."""
    greatest, least = max(values, default=0), min(values, default=0)
    counts = greatest <= SMALL_COUNT and all(value == int(value) for value in values)
    if least < 0:
        return _even(least, max(greatest, 0.0), _AROUND_ZERO)
    top = float(TICKS * ceil(greatest / TICKS)) if counts else _round_up(greatest)
    return 0.0, top if top > 0 else float(TICKS)


def close_scale(values: Sequence[float]) -> tuple[float, float]:
    """As `scale`, but from near the least where values lie far from zero and close together."""
    least, greatest = min(values, default=0.0), max(values, default=0.0)
    if least <= 0 or greatest - least > least / 2 or least == greatest:
        return scale(values)
    return _even(least, greatest, _STEPS)


def _even(least: float, greatest: float, round_steps: Sequence[float]) -> tuple[float, float]:
    """Round numbers around both in steps that are round as well, so that zero between them has its line."""
    size: float = 10.0 ** floor(log10((greatest - least) / TICKS))
    fitting = ((floor(least / step) * step, step) for step in (one * size for one in round_steps))
    low, step = next((low, step) for low, step in fitting if low + TICKS * step >= greatest)
    return low, low + TICKS * step


def _round_up(value: float) -> float:
    """The next number whose quarter is easy to read: 4, 8, 12, 20, 40, ..."""
    if value <= 0:
        return 0.0
    size: float = 10 ** floor(log10(value))
    return next(step * size for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if step * size >= value)


def _ticks(low: float, high: float, lang: Lang) -> list[str]:
    places = _places(low, high)
    return [number(value, places, lang=lang) for value in _tick_values(low, high)]


def _tick_values(low: float, high: float) -> list[float]:
    return [low + (high - low) * tick / TICKS for tick in range(TICKS + 1)]


def _places(low: float, high: float) -> int:
    """The fewest decimals, the same for all, that write every value beside the axis as it is."""
    near = (high - low) / TICKS * NEAR_ENOUGH
    values = _tick_values(low, high)
    fit = (places for places in range(MOST_PLACES) if all(abs(v - round(v, places)) < near for v in values))
    return next(fit, MOST_PLACES)


def _grid(frame: Frame, low: float, high: float, lang: Lang) -> list[str]:
    parts = []
    right = frame.width - frame.right
    for tick, text in enumerate(_ticks(low, high, lang)):
        y = frame.y(low + (high - low) * tick / TICKS, low, high)
        parts.append(f'<line class="grid" x1="{frame.left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(
            f'<text class="tick" x="{frame.left - 8}" y="{y + 4:.1f}" text-anchor="end">{text}</text>'
        )
    if low < 0 < high:
        parts.append(_zero(frame.left, right, frame.y(0, low, high), frame.y(0, low, high)))
    return parts


def _zero(x1: float, x2: float, y1: float, y2: float) -> str:
    """Where values change their sign."""
    return f'<line class="zero" x1="{x1:.1f}" x2="{x2:.1f}" y1="{y1:.1f}" y2="{y2:.1f}"/>'


def _below(frame: Frame, labels: Sequence[str]) -> list[str]:
    """As many labels as fit beside each other, always the last: the one visitors look for."""
    room = frame.width - frame.left - frame.right
    apart = (LETTER * max(map(len, labels), default=1) + BESIDE) * (len(labels) - 1) / room
    every = max(1, ceil(len(labels) / frame.labels), ceil(apart))
    return [
        f'<text x="{frame.x(i, len(labels)):.1f}" y="{frame.height - 8}" text-anchor="middle">'
        f"{escape(label)}</text>"
        for i, label in enumerate(labels)
        if (len(labels) - 1 - i) % every == 0
    ]


def _line(one: Series, colour: str, frame: Frame, low: float, high: float) -> list[str]:
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(one.values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((frame.x(index, len(one.values)), frame.y(value, low, high)))
    dash = ' stroke-dasharray="5 5"' if one.dashed else ""
    drawn = [
        f'<polyline fill="none" stroke="{colour}" stroke-width="2.5" stroke-linejoin="round" '
        f'stroke-linecap="round"{dash} points="{_points(run)}"/>'
        for run in runs
        if run
    ]
    dots = [(x, y) for run in runs for x, y in run]
    alone = {run[0] for run in runs if len(run) == 1}
    drawn += [_dot(x, y, colour) for x, y in dots[:-1] if len(dots) <= WIDE.labels or (x, y) in alone]
    return drawn + [_dot(x, y, colour, last=True) for x, y in dots[-1:]]


def _dot(x: float, y: float, colour: str, *, last: bool = False) -> str:
    radius, fill = ("5", colour) if last else ("3.2", "var(--surface)")
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
    )


def _last(one: Series, frame: Frame, low: float, high: float) -> tuple[float, float]:
    for index in range(len(one.values) - 1, -1, -1):
        value = one.values[index]
        if value is not None:
            return frame.x(index, len(one.values)), frame.y(value, low, high)
    return 0.0, 0.0


def _label_heights(wanted: Sequence[float], lowest: float) -> list[float]:
    """Direct labels never overlap: each is pushed below the one above it, and up from the lower edge."""
    placed = list(wanted)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    for above, below in pairwise(order):
        placed[below] = max(placed[below], placed[above] + LABEL_HEIGHT)
    for one in reversed(order):
        placed[one] = min(placed[one], lowest)
        lowest = placed[one] - LABEL_HEIGHT
    return placed


def _direct_label(x: float, y: float, text: str, name: str, colour: str) -> str:
    return (
        f'<text class="lab" x="{x:.1f}" y="{y + 4:.1f}" style="fill:{colour}">{escape(text)}</text>'
        f'<text x="{x:.1f}" y="{y + 18:.1f}">{name}</text>'
    )


def _clip(label: str, limit: int) -> str:
    return escape(label if len(label) <= limit else f"{label[: limit - 1]}…")


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _svg(width: int, height: int, parts: Iterable[str], finding: str) -> str:
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(finding)}">'
        f"{''.join(parts)}</svg>"
    )
