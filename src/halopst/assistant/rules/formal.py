"""A question as texts would put it: everyday words and turns replaced, what says nothing left out."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

_WHAT = re.compile(r"^\s*(.+?)\s+(?:itu|tuh)\s+apa(?:\s+(?:ya|sih|kak|min))*\s*\??\s*$", re.IGNORECASE)
_DIFFER = re.compile(r"\b(?:beda|bedanya|perbedaan|perbedaannya)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:sama|ama|dgn|dengan|vs)\b", re.IGNORECASE)

_VALUE = re.compile(r"\b\d+(?:[.,]\d+)?\s+(?=.*\bkategori\b)", re.IGNORECASE)  # categories are of any value


@lru_cache(maxsize=1)
def _said() -> tuple[re.Pattern[str], dict[str, str]]:
    text = files(__package__).joinpath("words/everyday.toml").read_text(encoding="utf-8")
    words: dict[str, str] = tomllib.loads(text)["words"]
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE), words


def formal(question: str) -> str:
    """`Bedanya P0 sama P1 apa` as `Bedanya P0 dan P1 apa`; what needs no change stays as it is."""
    pattern, words = _said()
    said = pattern.sub(lambda found: words[found[0].casefold()], question)
    if _DIFFER.search(said):
        said = _AND.sub("dan", said)
    return _WHAT.sub(r"apa itu \1", _VALUE.sub("", said)).strip() or question
