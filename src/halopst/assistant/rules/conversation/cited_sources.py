"""The sources of a stored answer."""

from collections.abc import Iterable, Mapping
from typing import Any

Stored = Mapping[str, Any]


def each_source(citations: Iterable[Stored]) -> list[Stored]:
    """Each source once, in the order it is first cited, however many figures were read there."""
    return list({(cited["title"], cited["url"]): cited for cited in citations}.values())
