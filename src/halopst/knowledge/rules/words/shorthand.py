"""Short forms that people type: `TPAK`, `thn`, `anak2`, `jumlahpenduduk`.

`abbreviations.txt` holds the abbreviations of BPS, `shorthand.txt` those of everybody, each with the words
they stand for.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from halopst.knowledge.rules.words.stopwords import STOP

SHORTEST_JOINED, SHORTEST_PART, MOST_PARTS = 7, 3, 3
_ORDINARY = 4  # letters that at least one part has
_DOUBLED = re.compile(r"([a-z]{3,})2(?:an|nya)?")
_NEVER = 0


def spelled_out(word: str) -> str:
    """The word that a clear short form stands for (`thn`, `anak2`); empty for any other word."""
    if found := _table("shorthand").get(word):
        return found
    doubled = _DOUBLED.fullmatch(word)
    return doubled[1] if doubled else ""


def abbreviated(word: str) -> str:
    """The words behind an abbreviation of statistics; the index may know only the short form."""
    return _table("abbreviations").get(word, "")


def pieces(word: str) -> list[str]:
    """Every part of a word that may be one of several words typed without spaces."""
    return (
        sorted({word[start:end] for start, end in _spans(word)} - STOP)
        if len(word) >= SHORTEST_JOINED
        else []
    )


def parted(word: str, known: Mapping[str, int]) -> str:
    """The fewest known words that `word` is with spaces put in, or empty; of equals the most used ones.

    `known` says how many passages hold each word. A stop word may be a part, but not all of them.
    """
    if not pieces(word):
        return ""
    best: dict[int, tuple[int, int, list[str]]] = {0: (0, _NEVER, [])}
    for start, end in _spans(word):
        part = word[start:end]
        if start not in best or not (part in STOP or known.get(part)):
            continue
        count, used, before = best[start]
        found = (count + 1, used - known.get(part, 0), [*before, part])
        best[end] = min(found, best.get(end, found))
    said = best[len(word)][2] if len(word) in best else []
    told = [part for part in said if part not in STOP]
    fits = len(said) <= MOST_PARTS and any(len(part) >= _ORDINARY for part in told)
    return " ".join(told) if fits else ""


def _spans(word: str) -> Iterator[tuple[int, int]]:
    """Where parts begin, by where they end; two letters make a part only as a stop word (`di`, `ke`)."""
    for end in range(2, len(word) + 1):
        for start in range(end - 1):
            part = word[start:end]
            whole = end - start == len(word)
            if not whole and (len(part) >= SHORTEST_PART or part in STOP):
                yield start, end


@lru_cache
def _table(name: str) -> Mapping[str, str]:
    text = files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    lines = (line.split(maxsplit=1) for line in text.splitlines())
    return {line[0]: line[1] for line in lines}
