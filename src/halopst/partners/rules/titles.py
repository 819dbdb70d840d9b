"""How the title of a contract names who works."""

from collections.abc import Iterable
from typing import Final

MOST_NAMED: Final = 3
ANY: Final = "kegiatan statistik"
OFFICER: Final = "petugas "


def officers_in_words(positions: Iterable[str]) -> str:
    """What follows `petugas`: `pencacah (PCL/PPL) dan pengolahan`, each position once.

    More than three would make no title any more: they are `kegiatan statistik`.
    """
    names = list(dict.fromkeys(_bare(name) for name in positions if name.strip()))
    if not 0 < len(names) <= MOST_NAMED:
        return ANY
    *others, last = names
    comma = "," if len(others) > 1 else ""
    return f"{', '.join(others)}{comma} dan {last}" if others else last


def _bare(name: str) -> str:
    """A position's name as it goes on in a sentence: `Petugas entri` is `entri`, `PML Kota` stays."""
    text = " ".join(name.split())
    if text.casefold().startswith(OFFICER):
        text = text[len(OFFICER) :]
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
