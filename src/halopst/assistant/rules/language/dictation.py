"""What a telephone writes for spoken words: letters by their names, words in pieces."""

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
    """`Pe de er be` as `pdrb`, `in flasi` as `inflasi`; words that are words by themselves stay apart."""
    text = _LETTERS.sub(lambda run: _spelled(run[0], abbreviates), text)
    return _WORDS.sub(lambda run: _joined(run[0], is_word), text)


def _spelled(run: str, abbreviates: Callable[[str], bool]) -> str:
    """The longest abbreviation that the letters spell; without one, the letters as they are."""
    said = re.split(r"[ .]+", run)
    letters = [_NAMES.get(one.casefold(), one.casefold()) for one in said]
    for count in range(min(len(said), MOST_LETTERS), FEWEST_LETTERS - 1, -1):
        for at in range(len(said) - count + 1):
            if abbreviates(word := "".join(letters[at : at + count])):
                return " ".join([*said[:at], word, *said[at + count :]])
    return run


def _joined(run: str, is_word: Callable[[str], bool]) -> str:
    """Neighbours become one word where they make one together and at least one of them is no word."""
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
    """Whether the pieces make one word.

    Not where all of them are words by themselves; a short word not even where one of them is.
    """
    whole, words = "".join(pieces).casefold(), sum(is_word(piece.casefold()) for piece in pieces)
    least = SHORTEST if words else SHORTEST_OF_NONE
    return len(pieces) == count and words < count and len(whole) >= least and is_word(whole)
