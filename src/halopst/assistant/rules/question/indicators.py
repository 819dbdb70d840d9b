"""Which indicator a question is about: synonyms made one, errors mended, names weighed word by word."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from halopst.assistant.rules.language.phrases import Phrase, pieces
from halopst.assistant.rules.language.word_tables import table
from halopst.assistant.rules.question.intents import filler, spoken
from halopst.assistant.rules.question.population import ANYBODY
from halopst.core.spelling import distance, words
from halopst.knowledge.rules.words.thesaurus import is_word

LONGEST_PHRASE = 6
LEAST, SHORTEST_MENDED, LONG_WORD = 3, 5, 10
KNOWN = 0.6
"""Below this share of the question's own words, an indicator is not what was asked for."""
HALF = 0.45
"""Below this share of an indicator's name, even the only one that fits is asked about."""
WHOLE = 0.75
"""From this share of an indicator's name on, naming it is enough to mean it."""
NEAR = 0.04
_VOWELS = frozenset("aeiou")
_BRACKETS = re.compile(r"[(\[][^)\]]*[)\]]")
_TAIL = re.compile(r"\b(menurut|berdasarkan|per (?=kab|kota|prov|kec)|tiap|dirinci)\b.*", re.IGNORECASE)
_MAKING_ANOTHER = frozenset(
    {"kapita", "laju", "tumbuh", "distribusi", "kontribusi", "peran", "struktur", "implisit"}
)
COUNTING = frozenset({"jumlah", "persentase"})
_NO, _BUT = (
    frozenset({"tidak", "nggak", "ga", "non", "not"}),
    frozenset({"tapi", "tetapi", "melainkan", "but"}),
)
_OF_NAMES = frozenset({"dan", "di", "yang", "dari", "atau", "pada", "untuk", "dengan", "per"})


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name: `rank` says whose is preferred between equals, lowest first."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """`asked`: the share of the question found in the name; `named`: of the name, in the question."""

    thing: Named
    asked: float
    named: float

    @property
    def score(self) -> float:
        return 0.65 * self.asked + 0.35 * self.named


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[Phrase, Phrase], dict[str, str]]:
    """Phrases with the one tables use, and words with their root."""
    read = table("indicators")
    groups = [[words(phrase) for phrase in group] for group in read["same"]]
    known = {phrase: group[0] for group in groups for phrase in group}
    ended = {(*one[:-1], f"{one[-1]}nya"): name for one, name in known.items() if len(one) > 1}
    return ended | known, read["roots"]


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Every word of the table of synonyms."""
    said = (phrase for group in table("indicators")["same"] for phrase in group)
    return frozenset(word for phrase in said for word in words(phrase)) | _tables()[1].keys()


def as_tables_say(asked: Sequence[str], drop: frozenset[str] = frozenset()) -> list[str]:
    """The roots of the words, as `named_in_tables` gives them."""
    roots = _tables()[1]
    return [roots.get(word, word) for word in named_in_tables(asked, drop)]


def named_in_tables(asked: Sequence[str], drop: frozenset[str] = frozenset()) -> list[str]:
    """The words, with every known phrase replaced by the one tables use, the longest first.

    Words of `drop` are left out where they are no part of a phrase.
    """
    phrases, _roots = _tables()
    read = pieces(asked, phrases, LONGEST_PHRASE)
    return [word for piece, name in read for word in (name or piece) if name or word not in drop]


class Catalogue:
    """Names to be asked for. Built once for many questions."""

    def __init__(self, things: Iterable[Named]) -> None:
        self._core: dict[int, list[frozenset[str]]] = {}
        self._extra: dict[int, frozenset[str]] = {}
        self._things = {thing.id: thing for thing in things}
        self._holding: defaultdict[str, set[int]] = defaultdict(set)
        self._written: set[str] = set()
        for thing in self._things.values():
            self._take(thing)
        frequency = Counter({word: len(ids) for word, ids in self._holding.items()})
        count = max(1, len(self._things))
        self._weight = {word: math.log(1 + count / times) for word, times in frequency.items()}
        self._rarest = math.log(1 + count)

    def _take(self, thing: Named) -> None:
        self._written.update(word for name in (thing.name, *thing.aliases) for word in words(name))
        names = [core_words(name) for name in (thing.name, *thing.aliases)]
        self._core[thing.id] = [frozenset(name) for name in names if name]
        self._extra[thing.id] = frozenset(as_tables_say(words(thing.name)))
        for word in self.words_of(thing) - _OF_NAMES:
            self._holding[word].add(thing.id)

    def knows(self, word: str) -> bool:
        return word in self._holding or word in vocabulary() or word in self._written

    def names(self, word: str) -> bool:
        """Whether some indicator's name holds it, in this form or as tables say it."""
        return word in self._written or any(said in self._holding for said in as_tables_say([word]))

    def mended(self, word: str) -> str:
        """The word of the names nearest in spelling, when there is just one so near; else the word itself.

        A word of the language is no slip of another, though no name holds it (`perceraian`).
        """
        if len(word) < LEAST or self.knows(word) or word in filler() or is_word(word):
            return word
        if len(word) < SHORTEST_MENDED:
            return _only_nearest(_left_out(word, {*self._written, *vocabulary()}), LONG_WORD) or word
        known = {*self._written, *vocabulary(), *spoken()}
        limit = 1 if len(word) < LONG_WORD else 2
        slips = {one: distance(word, one, limit) for one in known if one[0] == word[0] and len(one) >= LEAST}
        return _only_nearest(slips, limit) or _only_nearest(_left_out(word, known), LONG_WORD) or word

    def words_of(self, thing: Named) -> frozenset[str]:
        return self._extra[thing.id].union(*self._core[thing.id])

    def match(self, topic: Sequence[str], least: float = KNOWN) -> list[Match]:
        """The names that hold at least that share of `topic`, best first."""
        asked = frozenset(topic) - _OF_NAMES
        if not asked:
            return []
        mass = self._mass(asked)
        ids = {one for word in asked for one in self._holding.get(word, ())}
        found = [self._weighed(self._things[one], asked, mass) for one in ids]
        good = [match for match in found if match.asked >= least]
        return sorted(good, key=lambda match: (-round(match.score, 6), match.thing.rank, match.thing.id))

    def _weighed(self, thing: Named, asked: frozenset[str], mass: float) -> Match:
        held = asked & self.words_of(thing)
        shares = [self._mass(core & asked) / self._mass(core) for core in self._core[thing.id]]
        return Match(thing, self._mass(held) / mass, max(shares, default=0.0))

    def _mass(self, said: frozenset[str]) -> float:
        """The same in whatever order a set gives its words: what is said in full is 1, not nearly 1."""
        return math.fsum(self._of(word) for word in said)

    def _of(self, word: str) -> float:
        return self._weight.get(word, self._rarest)


def _left_out(word: str, known: Iterable[str]) -> dict[str, int]:
    """The words that `word` is without so many of their vowels: `pnddk` for `penduduk`, `pdi` for `padi`."""
    return {one: len(one) - len(word) for one in known if len(one) > len(word) and _is_bare(word, one)}


def _is_bare(short: str, whole: str) -> bool:
    at = 0
    for letter in whole:
        if at < len(short) and short[at] == letter:
            at += 1
        elif letter not in _VOWELS:
            return False
    return at == len(short) and short[0] == whole[0]


def _only_nearest(slips: Mapping[str, int], limit: int) -> str:
    """The one word with the fewest slips; empty when none is near enough or several are as near."""
    least = min((count for count in slips.values() if count <= limit), default=0)
    nearest = [word for word, count in slips.items() if count == least]
    return nearest[0] if least and len(nearest) == 1 else ""


def core_words(name: str) -> list[str]:
    """What a table is called without what its rows and columns are (`... Menurut Provinsi`)."""
    bare = _TAIL.sub("", _BRACKETS.sub(" ", name))
    return [word for word in as_tables_say(words(bare)) if word not in _OF_NAMES]


def is_another(asked: Iterable[str], named: Named) -> bool:
    """Whether `asked` says one thing in full, and what is `named` is something else made of it.

    As GDP is asked for and GDP per capita, or its growth, is what there is.
    """
    said = frozenset(asked)
    names = [frozenset(core_words(name)) for name in (named.name, *named.aliases)]
    added = [
        (held - said) & _of_another(one, held) for one in _named_by(said) for held in names if one <= held
    ]
    return bool(added) and all(added)


def says_more(asked: Iterable[str], named: Named) -> bool:
    """Whether `asked` says a word that makes another thing of the table of what is `named`.

    As the growth of the poor is asked for, and the growth of the people is what there is.
    """
    said, held = frozenset(asked), frozenset(core_words(named.name))
    left = said - held - _OF_NAMES
    return any(one & left and one & held & said and one - left <= COUNTING | held for one in _things_named())


def is_denied(said: Sequence[str], topic: Iterable[str]) -> bool:
    """Whether a word of the name is asked for with a no (`penduduk tidak miskin`): that is another figure.

    `Bukan Surabaya tapi Gresik` and an answer that begins with a no set something else aside.
    """
    named, read = frozenset(topic), as_tables_say(said)
    corrects = read[:1] == ["bukan"] or not _BUT.isdisjoint(read)
    no = _NO if corrects else _NO | {"bukan"}
    return any(before in no and word in named for before, word in pairwise(read))


def has_instead(asked: Iterable[str], found: Match, held: frozenset[str]) -> bool:
    """Whether `asked` says a word where the name that was found, of the words `held`, has one of its own.

    As those who left `SMA` are asked for, and those who left `SMK` are what there is.
    """
    return found.named < 1 and bool(frozenset(asked) - held - _OF_NAMES - COUNTING - ANYBODY)


def thing_named(asked: Iterable[str]) -> str:
    """What tables call the thing that is asked for; empty when `asked` names none in full."""
    return next((_things_named()[one] for one in _named_by(frozenset(asked))), "")


def _of_another(thing: frozenset[str], held: frozenset[str]) -> frozenset[str]:
    """The words that make something else of a thing: those of a longer name of the table, or of a measure."""
    longer = (other for other in _things_named() if thing < other <= held)
    return _MAKING_ANOTHER.union(*(other - thing for other in longer))


def _named_by(said: frozenset[str]) -> list[frozenset[str]]:
    """The things of the table that `said` names in full; of two within each other the longer."""
    named = [one for one in _things_named() if one <= said]
    return [one for one in named if not any(one < other for other in named)]


@lru_cache(maxsize=1)
def _things_named() -> dict[frozenset[str], str]:
    """What tables call each thing of the table of synonyms, by its words."""
    phrases, _roots = _tables()
    names = dict.fromkeys(" ".join(first) for first in phrases.values())
    return {frozenset(core_words(name)): name for name in names}


def contenders(matches: Sequence[Match]) -> list[list[Match]]:
    """Those the question could as well mean; one group when it is clear."""
    return plainest(rivals(matches))


def rivals(matches: Sequence[Match]) -> list[list[Match]]:
    """The same, with those that a plainer name stands for as well.

    Namesakes, as several offices publish the same thing, are one group, the preferred one first.
    """
    if not matches:
        return []
    best = matches[0]
    if best.named >= WHOLE:
        near = [one for one in matches if one.score >= best.score - NEAR]
    else:
        near = [one for one in matches if one.asked >= best.asked - NEAR]
    by_name: dict[tuple[str, ...], list[Match]] = {}
    for match in near:
        by_name.setdefault(tuple(sorted(core_words(match.thing.name))), []).append(match)
    return list(by_name.values())


def plainest(named: Sequence[list[Match]]) -> list[list[Match]]:
    """Without those that a plainer name of them stands for as well."""
    by_name = {tuple(sorted(core_words(group[0].thing.name))): group for group in named}
    return [group for name, group in by_name.items() if not _has_plainer(name, by_name)]


def _has_plainer(name: Sequence[str], by_name: Mapping[tuple[str, ...], Sequence[Match]]) -> bool:
    """Whether a plainer name says as much of what was asked: who leaves out `ekstrem` does not mean it."""
    asked = by_name[tuple(name)][0].asked
    return any(frozenset(one) < frozenset(name) and by_name[one][0].asked >= asked for one in by_name)


def of_before(named: Sequence[list[Match]], before: str) -> list[list[Match]]:
    """Of several meanings those whose names hold most of `before`, what was shown before is called."""
    said = frozenset(core_words(before)) - COUNTING
    shares = [len(said.intersection(core_words(group[0].thing.name))) for group in named]
    most = max(shares, default=0)
    return (
        [group for group, share in zip(named, shares, strict=True) if share == most] if most else list(named)
    )
