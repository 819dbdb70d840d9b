"""Plain values the frames and components draw; the domains fill them, core draws them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Tone = Literal["", "info", "ok", "warn", "bad"]


@dataclass(frozen=True)
class NavItem:
    """One entry of a navigation bar.

    `key` is compared with the template variable `active`; `badge` counts what waits there, 0 shows nothing.
    """

    key: str
    label: str
    url: str
    icon: str = ""
    badge: int = 0


@dataclass(frozen=True)
class Step:
    """One question of a wizard; `url` lets a visitor go back to an answered one."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Clock:
    """An SLA clock in words; `percent` is the time left, 0 to 100.

    Give `deadline` only when it falls within today's service hours: the browser then counts down to it,
    which is true of no other deadline.
    """

    text: str
    percent: float = 100
    tone: Literal["ok", "warn", "bad", "off"] = "ok"
    deadline: datetime | None = None


@dataclass(frozen=True)
class Moment:
    """One line of a timeline: what, and when or by when."""

    title: str
    note: str = ""
    state: Literal["done", "now", "todo"] = "todo"


@dataclass(frozen=True)
class Option:
    """One row of a picker."""

    value: str
    label: str
    note: str = ""
    checked: bool = False
    disabled: bool = False


@dataclass(frozen=True)
class Series:
    """One line of a chart: as many values as the chart has labels, None where nothing was measured."""

    name: str
    values: tuple[float | None, ...]
    dashed: bool = False


@dataclass(frozen=True)
class NavGroup:
    """A column of links in the footer."""

    title: str
    items: tuple[NavItem, ...]
