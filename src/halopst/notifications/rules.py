"""Pure arithmetic of notices: filling texts, quiet hours, pauses between attempts. No Django, no clock."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo

VARIABLE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
PAUSES = tuple(timedelta(seconds=s) for s in (5, 30, 120, 300, 900, 1800, 3600))


def variables_in(text: str) -> list[str]:
    """The variables of `text` in order of first appearance: also the order of a WhatsApp template."""
    return list(dict.fromkeys(VARIABLE.findall(text)))


def stray_braces(text: str) -> bool:
    """True when a brace belongs to no variable: a typing error the reader would see."""
    return bool(set("{}") & set(VARIABLE.sub("", text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Replace each `{name}` by its value. Values are never read as text again, nothing is evaluated."""
    return VARIABLE.sub(lambda found: values[found[1]], text)


def one_line(text: str) -> str:
    """A subject or a template parameter: neither may hold a line break, a tab or a long gap."""
    return " ".join(text.split())


def numbered(text: str) -> str:
    """`text` the way WhatsApp wants a template submitted: `{{1}}`, `{{2}}` for the variables."""
    position = {name: number for number, name in enumerate(variables_in(text), start=1)}
    return VARIABLE.sub(lambda found: f"{{{{{position[found[1]]}}}}}", text)


def after_quiet(at: datetime, zone: tzinfo, starts: time, ends: time) -> datetime:
    """`at` itself, or the end of the quiet hours it falls in; equal bounds mean there are none."""
    local = at.astimezone(zone)
    clock = local.time()
    over_midnight = starts > ends
    if starts == ends or (clock < starts if not over_midnight else ends <= clock < starts):
        return at
    if not over_midnight and clock >= ends:
        return at
    morning = local.replace(hour=ends.hour, minute=ends.minute, second=0, microsecond=0)
    if clock >= ends:
        morning += timedelta(days=1)
    return morning.astimezone(at.tzinfo)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after the `attempts`-th failed attempt (1 is the first)."""
    return PAUSES[min(attempts, len(PAUSES)) - 1]
