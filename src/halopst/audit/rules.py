"""How a change is written into the record."""

from collections.abc import Mapping


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, list[str]]:
    """What differs, as `{"field": ["before", "after"]}`; names missing on one side read as empty."""
    names = sorted({*before, *after})
    return {
        name: [_text(before.get(name)), _text(after.get(name))]
        for name in names
        if _text(before.get(name)) != _text(after.get(name))
    }


def _text(value: object) -> str:
    return "" if value is None else str(value)
