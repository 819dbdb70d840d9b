"""Names of people: initials for the public page, and whether two spellings are the same person."""

import re
from typing import Final

TITLE: Final = re.compile(r"(?:prof|drs?|dra|ir|hj?|kh)\.?", re.IGNORECASE)


def initials_of(name: str) -> str:
    """`Siti Nur Aminah, S.Stat.` becomes `S.N.A.`: enough to compare with the paper, too little to name."""
    words: list[str] = re.findall(r"[^\W\d_]+(?:'\w+)?", name.split(",", 1)[0])
    return "".join(f"{word[0].upper()}." for word in words)


def same_person(one: str, other: str) -> bool:
    """Whether two ways of writing a name are the same: no capitals, dots or degrees count.

    A name that is shortened in one of them is not known to be the same.
    """
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(name: str) -> list[str]:
    """The words of a name without the degrees before and behind it."""
    words = name.split(",", 1)[0].split()
    while len(words) > 1 and TITLE.fullmatch(words[0]):
        words = words[1:]
    return [bare for word in words if (bare := re.sub(r"\W", "", word).casefold())]
