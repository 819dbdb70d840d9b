"""Words that say nearly the same, so that a text is found though it says it in another word.

`thesaurus.txt` is a group a line, the commonest word first; written for this, without any set of questions
at hand. What an office adds for itself are its `Synonym`s. `ordinary.txt` holds words that no other says,
and that look like a slip of one asked for often, or of a region's name: `bandeng`, `panti`, `lapangan`.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

from halopst.knowledge.rules.words.tokens import stemmed

MOST = 4
"""At most so many other words are looked up for a word of the question."""


def beside(words: Iterable[str]) -> dict[str, str]:
    """Other words to look up, each with the stem of the word in the question that it stands for."""
    asked = {stemmed(word) for word in words}
    found: dict[str, str] = {}
    for stem in sorted(asked):
        others = [word for word in _groups().get(stem, ()) if stemmed(word) not in asked]
        for word in others[:MOST]:
            found.setdefault(word, stem)
    return found


def is_word(word: str) -> bool:
    """Whether it is a word of the language, even if no text has it; then it is no slip of another."""
    return stemmed(word) in _groups() or not _ordinary().isdisjoint({word, word.removesuffix("nya")})


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("ordinary.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, tuple[str, ...]]:
    """The other words of its group, by the stem of each word."""
    text = files(__package__).joinpath("thesaurus.txt").read_text(encoding="utf-8")
    known: dict[str, dict[str, None]] = {}
    for words in (line.split() for line in text.splitlines()):
        for stem in dict.fromkeys(map(stemmed, words)):
            known.setdefault(stem, {}).update(dict.fromkeys(word for word in words if stemmed(word) != stem))
    return {stem: tuple(words) for stem, words in known.items()}
