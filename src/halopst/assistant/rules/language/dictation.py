"""What a telephone writes down of what was said to it: letters by their names, words in pieces."""

import re
from collections.abc import Callable

_NAMES = {
    "a": "a", "be": "b", "ce": "c", "de": "d", "e": "e", "ef": "f", "ge": "g", "ha": "h", "i": "i",
    "je": "j", "ka": "k", "el": "l", "em": "m", "en": "n", "o": "o", "pe": "p", "ki": "q", "er": "r",
    "es": "s", "te": "t", "u": "u", "fe": "v", "ve": "v", "we": "w", "eks": "x", "ye": "y", "zet": "z",
}  # fmt: skip
_LETTER = "|".join([*sorted(_NAMES, key=len, reverse=True), "[a-z]"])
_LETTERS = re.compile(rf"(?<![\w-])(?:{_LETTER})(?:[ .]+(?:{_LETTER}))+(?![\w-])", re.IGNORECASE)
_WORDS = re.compile(r"(?<![\w.@/-])[a-z]+(?: [a-z]+)+(?![\w@/-])", re.IGNORECASE)
FEWEST_LETTERS, MOST_LETTERS = 3, 5
SHORTEST, SHORTEST_OF_NONE, MOST_PIECES = 6, 4, 3


def as_written(text: str, *, abbreviates: Callable[[str], bool], is_word: Callable[[str], bool]) -> str:
    """`Pe de er be` is `pdrb`, `in flasi` is `inflasi`; words that are words as they stand stay apart."""
    text = _LETTERS.sub(lambda run: _spelled(run[0], abbreviates), text)
    return _WORDS.sub(lambda run: _joined(run[0], is_word), text)


def _spelled(run: str, abbreviates: Callable[[str], bool]) -> str:
    """The longest abbreviation that its letters spell, the first of equals; else the letters as they are."""
    said = re.split(r"[ .]+", run)
    letters = [_NAMES.get(one.casefold(), one.casefold()) for one in said]
    for count in range(min(len(said), MOST_LETTERS), FEWEST_LETTERS - 1, -1):
        for at in range(len(said) - count + 1):
            if abbreviates(word := "".join(letters[at : at + count])):
                return " ".join([*said[:at], word, *said[at + count :]])
    return run


def _joined(run: str, is_word: Callable[[str], bool]) -> str:
    """Neighbours of which one is no word are one word, where they make one together."""
    said, read, at = run.split(), [], 0
    while at < len(said):
        count = next(
            (count for count in range(MOST_PIECES, 1, -1) if _is_one(said[at : at + count], count, is_word)),
            1,
        )
        read.append("".join(said[at : at + count]))
        at += count
    return " ".join(read)


def _is_one(pieces: list[str], count: int, is_word: Callable[[str], bool]) -> bool:
    """Of short words no piece may be one by itself."""
    whole, words = "".join(pieces).casefold(), sum(is_word(piece.casefold()) for piece in pieces)
    least = SHORTEST if words else SHORTEST_OF_NONE
    return len(pieces) == count and words < count and len(whole) >= least and is_word(whole)
