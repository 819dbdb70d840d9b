"""A question as texts would put it: everyday words and turns replaced, what says nothing left out."""

import re
from functools import lru_cache

from halopst.assistant.rules.language.word_tables import table

_LAST = r"(?:\s+(?:ya|yah|sih|si|kak|min|dong|kah))*\s*\??\s*$"
_NAMED = r"^\s*(?:kalau|yang|apa)?\s*(?P<what>.+?)"
_COUNTED_AS = (
    "(?:disebut|dimaksud|dikatakan|dibilang|dianggap|dihitung|dikategorikan|tergolong|termasuk)(?: sebagai)?"
)
_SHORT = r"(?:singkatan|kepanjangan)(?:nya)?(?:\s+dari)?"
_MEANS = "(?:artinya|maksudnya|definisinya|pengertiannya)"
# Every way of asking what something is, as one: `apa itu ...`.
_WHAT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_NAMED}\s+(?:itu|tuh)\s+apa(?:an)?{_LAST}",
        rf"{_NAMED}\s+(?:itu\s+)?{_MEANS}(?:\s+apa(?:an)?)?{_LAST}",
        rf"{_NAMED}\s+(?:itu\s+)?{_SHORT}(?:\s+apa)?{_LAST}",
        rf"^\s*(?:apa\s+)?{_SHORT}\s+(?P<what>.+?)\s*\??\s*$",
        rf"^\s*(?:siapa|apa)(?:\s+(?:saja|aja|sih))?\s+yang\s+{_COUNTED_AS}\s+(?P<what>.+?){_LAST}",
        rf"^\s*(?:kapan|bagaimana)(?:\s+\w+){{0,2}}\s+{_COUNTED_AS}\s+(?P<what>.+?){_LAST}",
    )
)
_DIFFER = re.compile(r"\b(?:beda|bedanya|perbedaan|perbedaannya)\b", re.IGNORECASE)
_AND = re.compile(r"\b(?:sama|ama|dgn|dengan|vs)\b", re.IGNORECASE)

# What a value means, and its category, is told of any value; but of a bound (`di bawah 100`) as it is.
_VALUE = re.compile(
    r"(?<!bawah )(?<!atas )(?<!dari )\b\d+(?:[.,]\d+)?\s+"
    r"(?=.*\bkategori\b|(?:itu\s+)?(?:artinya|maksudnya|berarti)\b)",
    re.IGNORECASE,
)


@lru_cache(maxsize=1)
def _said() -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = table("everyday")["words"]
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(longest_first)})\b", re.IGNORECASE), words


def formal(question: str) -> str:
    """`Bedanya P0 sama P1 apa` as `Bedanya P0 dan P1 apa`; what needs no change stays as it is."""
    pattern, words = _said()
    said = pattern.sub(lambda found: words[found[0].casefold()], question)
    if _DIFFER.search(said):
        said = _AND.sub("dan", said)
    said = _VALUE.sub("", said)
    asked = next((found["what"] for pattern in _WHAT if (found := pattern.match(said))), "")
    return f"apa itu {asked}" if asked else said.strip() or question
