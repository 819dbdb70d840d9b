"""Which of the periods with figures answer what a question says of time."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from halopst.assistant.rules.question.periods import Asked, moved
from halopst.knowledge.rules.figures.periods import MONTH, PARTS, QUARTER, SEMESTER, YEAR, Period

SERIES = 5
COARSE = tuple(PARTS)


@dataclass(frozen=True, slots=True)
class Choice:
    """The periods `found`, in order of time, and those asked for by name that are `missing`.

    `apart` are quarters and semesters that are shown by their months. `late`: there are fewer periods than
    asked for, because nothing is older.
    """

    found: tuple[Period, ...]
    missing: tuple[Period, ...] = ()
    apart: tuple[Period, ...] = ()
    late: bool = False


def newest(there: Iterable[Period]) -> Period | None:
    """The latest period; of two that end together the longer one."""
    return max(there, key=lambda one: (one.last_month, -COARSE.index(one.kind)), default=None)


def single(there: Collection[Period], asked: Asked) -> Choice:
    """The periods a question for one figure is answered with."""
    if asked.periods:
        return _named(there, asked.periods)
    if asked.last or asked.since:
        return series(there, asked)
    wanted = [one for one in there if one.part == asked.part] if asked.part else list(there)
    latest = newest(wanted)
    if latest is None and (whole := _newest_in_parts(there, asked.part)):
        return _named(there, [whole])
    return Choice((latest,) if latest else ())


def _newest_in_parts(there: Collection[Period], part: int) -> Period | None:
    """The newest quarter or semester asked for without a year of which all months are there."""
    every = (Period(year, part) for year in sorted({one.year for one in there}, reverse=True))
    return next((one for one in every if (inside := within(one)) and set(inside) <= set(there)), None)


def series(there: Collection[Period], asked: Asked, least: int = SERIES) -> Choice:
    """The periods of a trend, all of one kind: the last few, all since one, or all between two."""
    if len(asked.periods) > 1:
        return _named(there, asked.periods)
    kind = asked.kind if any(one.kind == asked.kind for one in there) else _main_kind(there, asked.part)
    ordered = sorted(one for one in there if one.kind == kind and (not asked.part or one.part == asked.part))
    if asked.since:
        since = tuple(one for one in ordered if one.last_month >= _start(asked.since))
        return Choice(since, late=bool(since) and _begins_after(since[0], asked.since))
    if asked.periods:
        until = asked.periods[0].last_month
        return Choice(tuple([one for one in ordered if one.last_month <= until][-least:]))
    if kind == MONTH and asked.kind in {QUARTER, SEMESTER} and (last := _last_whole(there, asked)):
        return replace(_named(there, last), late=len(last) < asked.last)
    if asked.last and asked.kind not in {"", kind}:
        return _last_of(ordered, asked) if COARSE.index(asked.kind) < COARSE.index(kind) else Choice(())
    found = tuple(ordered[-(asked.last or least) :])
    return Choice(found, late=asked.kind == kind and asked.last > len(found))


def _last_whole(there: Collection[Period], asked: Asked) -> tuple[Period, ...]:
    """The last few quarters or semesters of which all months are there."""
    every = (Period(year, part) for year in sorted({one.year for one in there}) for part in PARTS[asked.kind])
    whole = [one for one in every if set(within(one)) <= set(there)]
    return tuple(whole[-asked.last :] if asked.last else ())


def _last_of(ordered: Sequence[Period], asked: Asked) -> Choice:
    """The parts of the last few longer periods: 24 months for two years."""
    begins = max((one.last_month for one in ordered), default=0) - asked.last * _months_in(asked.kind)
    found = tuple(one for one in ordered if one.last_month > begins)
    late = len(found) == len(ordered) > 0 and found[0].last_month - _months_in(found[0].kind) > begins
    return Choice(found, late=late)


def year_before(there: Collection[Period], latest: Period) -> Period | None:
    """The same period a year earlier, else the one before it of the same kind."""
    earlier = moved(latest, YEAR, -1)
    if earlier in there:
        return earlier
    return max((one for one in there if one.kind == latest.kind and one < latest), default=None)


def _named(there: Collection[Period], wanted: Iterable[Period]) -> Choice:
    """The periods by their names; a year of which only parts are there is all of these parts."""
    found: dict[Period, None] = {}
    missing, apart = list[Period](), list[Period]()
    for period in wanted:
        parts = [period] if period in there else _parts(there, period)
        found |= dict.fromkeys(parts)
        if not parts:
            missing.append(period)
        elif period.kind != YEAR and parts != [period]:
            apart.append(period)
            missing += [one for one in within(period) if one not in there]
    ordered = tuple(sorted(found, key=lambda one: (one.last_month, one.part)))
    return Choice(ordered, tuple(missing), tuple(apart))


def within(period: Period) -> tuple[Period, ...]:
    """The months of a quarter or a semester; empty for a year or a month."""
    if period.kind in {YEAR, MONTH}:
        return ()
    months = _months_in(period.kind)
    first = PARTS[period.kind].index(period.part) * months + 1
    return tuple(Period(period.year, month) for month in range(first, first + months))


def _months_in(kind: str) -> int:
    return len(PARTS[MONTH]) // len(PARTS[kind])


def _parts(there: Collection[Period], period: Period) -> list[Period]:
    if period.kind != YEAR:
        return [one for one in within(period) if one in there]
    inside = [one for one in there if one.year == period.year]
    kinds = [kind for kind in COARSE if any(one.kind == kind for one in inside)]
    return sorted(one for one in inside if one.kind == kinds[0]) if kinds else []


def _main_kind(there: Collection[Period], part: int) -> str:
    """The kind of most periods; whole years rather than parts when both are there."""
    if part:
        return Period(0, part).kind
    kinds = {one.kind for one in there}
    return next((kind for kind in COARSE if kind in kinds), YEAR)


def _begins_after(first: Period, since: Period) -> bool:
    if since.kind == YEAR:
        return first.year > since.year
    begins, asked = (one.last_month - _months_in(one.kind) for one in (first, since))
    return begins > asked


def _start(since: Period) -> int:
    """The last month of the first part of a year that belongs to the series."""
    return since.year * 12 + 1 if since.kind == YEAR else since.last_month
