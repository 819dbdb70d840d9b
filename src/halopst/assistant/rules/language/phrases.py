"""Phrases of whole words: whether a question holds one, and splitting it into known ones."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

Phrase = tuple[str, ...]
Meaning = TypeVar("Meaning")


def says(words: Sequence[str], phrases: Iterable[str]) -> bool:
    text = f" {' '.join(words)} "
    return any(f" {phrase} " in text for phrase in phrases)


def pieces(
    words: Sequence[str], known: Mapping[Phrase, Meaning], longest: int
) -> Iterator[tuple[Phrase, Meaning | None]]:
    """All of `words` in order: each known phrase as a whole, the longest first, other words alone."""
    at = 0
    while at < len(words):
        ends = range(min(len(words), at + longest), at, -1)
        end = next((end for end in ends if tuple(words[at:end]) in known), at + 1)
        piece = tuple(words[at:end])
        yield piece, known.get(piece)
        at = end
