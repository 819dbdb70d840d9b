"""Which indicator a question is about: synonyms joined, slips mended, names weighed word by word."""

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
"""The least share of the question's own words that the name of an indicator must hold."""
HALF = 0.45
"""If less than this share of its name is in the question, we ask back even about the only match."""
WHOLE = 0.75
"""With this share of its name in the question, an indicator is meant."""
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
    """Something with a name; of two that fit equally well the one with the lower `rank` is preferred."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """`asked` is the share of the question in the name, `named` that of the name in the question."""

    thing: Named
    asked: float
    named: float

    @property
    def score(self) -> float:
        return 0.65 * self.asked + 0.35 * self.named


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[Phrase, Phrase], dict[str, str]]:
    """Phrases with the one that tables use, and words with their root."""
    read = table("indicators")
    groups = [[words(phrase) for phrase in group] for group in read["same"]]
    known = {phrase: group[0] for group in groups for phrase in group}
    ended = {(*one[:-1], f"{one[-1]}nya"): name for one, name in known.items() if len(one) > 1}
    return ended | known, read["roots"]


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Every word in the table of synonyms."""
    said = (phrase for group in table("indicators")["same"] for phrase in group)
    return frozenset(word for phrase in said for word in words(phrase)) | _tables()[1].keys()


def as_tables_say(asked: Sequence[str], drop: frozenset[str] = frozenset()) -> list[str]:
    """The words as in `named_in_tables`, each by its root."""
    roots = _tables()[1]
    return [roots.get(word, word) for word in named_in_tables(asked, drop)]


def named_in_tables(asked: Sequence[str], drop: frozenset[str] = frozenset()) -> list[str]:
    """The words, each known phrase (the longest first) replaced by the one that tables use.

    Words of `drop` are left out where they are no part of a phrase.
    """
    phrases, _roots = _tables()
    read = pieces(asked, phrases, LONGEST_PHRASE)
    return [word for piece, name in read for word in (name or piece) if name or word not in drop]


class Catalogue:
    """The names of all indicators, weighed; built once for many questions."""

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
        """Whether some indicator's name holds the word, as it is or as tables put it."""
        return word in self._written or any(said in self._holding for said in as_tables_say([word]))

    def mended(self, word: str) -> str:
        """The known word nearest in spelling, if exactly one is that near; else the word itself.

        A word of the language is no slip, even if no name holds it (`perceraian`).
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
        """The names that hold at least the share `least` of `topic`, the best first."""
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
        """The weight of all words; `fsum`, so that the order of a set does not change the result."""
        return math.fsum(self._of(word) for word in said)

    def _of(self, word: str) -> float:
        return self._weight.get(word, self._rarest)


def _left_out(word: str, known: Iterable[str]) -> dict[str, int]:
    """The words that `word` becomes with vowels put in, and how many: `pnddk` for `penduduk`."""
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
    """The one word with the fewest slips; empty when none is near enough or several are."""
    least = min((count for count in slips.values() if count <= limit), default=0)
    nearest = [word for word, count in slips.items() if count == least]
    return nearest[0] if least and len(nearest) == 1 else ""


def core_words(name: str) -> list[str]:
    """The words of a table's name without those for its rows and columns (`... Menurut Provinsi`)."""
    bare = _TAIL.sub("", _BRACKETS.sub(" ", name))
    return [word for word in as_tables_say(words(bare)) if word not in _OF_NAMES]


def same_table_name(one: str, other: str) -> bool:
    """Whether two tables are called the same but for what their rows are; what stands in brackets counts."""
    return words(_TAIL.sub("", one)) == words(_TAIL.sub("", other))


def is_another(asked: Iterable[str], named: Named) -> bool:
    """Whether `asked` names one thing in full, and `named` is something derived from it.

    GDP is asked for, and only GDP per capita or its growth is there.
    """
    said = frozenset(asked)
    names = [frozenset(core_words(name)) for name in (named.name, *named.aliases)]
    added = [
        (held - said) & _of_another(one, held) for one in _named_by(said) for held in names if one <= held
    ]
    return bool(added) and all(added)


def says_more(asked: Iterable[str], named: Named) -> bool:
    """Whether a word of `asked` makes another known thing of what is `named`.

    The growth of the poor is asked for, and only the growth of the population is there.
    """
    said, held = frozenset(asked), frozenset(core_words(named.name))
    left = said - held - _OF_NAMES
    return any(one & left and one & held & said and one - left <= COUNTING | held for one in _things_named())


def is_denied(said: Sequence[str], topic: Iterable[str]) -> bool:
    """Whether a word of the name is denied (`penduduk tidak miskin`), which asks for another figure.

    `Bukan Surabaya tapi Gresik`, or an answer that begins with `bukan`, denies something else.
    """
    named, read = frozenset(topic), as_tables_say(said)
    corrects = read[:1] == ["bukan"] or not _BUT.isdisjoint(read)
    no = _NO if corrects else _NO | {"bukan"}
    return any(before in no and word in named for before, word in pairwise(read))


def has_instead(asked: Iterable[str], found: Match, held: frozenset[str]) -> bool:
    """Whether `asked` has a word that the name found lacks, and the name one that `asked` lacks.

    Graduates of `SMA` are asked for, and only those of `SMK` are there.
    """
    return found.named < 1 and bool(frozenset(asked) - held - _OF_NAMES - COUNTING - ANYBODY)


def thing_named(asked: Iterable[str]) -> str:
    """What tables call the thing that `asked` names in full; empty when it names none."""
    return next((_things_named()[one] for one in _named_by(frozenset(asked))), "")


def _of_another(thing: frozenset[str], held: frozenset[str]) -> frozenset[str]:
    """The words that make another thing of `thing`: those of longer names, or of a measure."""
    longer = (other for other in _things_named() if thing < other <= held)
    return _MAKING_ANOTHER.union(*(other - thing for other in longer))


def _named_by(said: frozenset[str]) -> list[frozenset[str]]:
    """The known things that `said` names in full; of one within another only the longer."""
    named = [one for one in _things_named() if one <= said]
    return [one for one in named if not any(one < other for other in named)]


@lru_cache(maxsize=1)
def _things_named() -> dict[frozenset[str], str]:
    """What tables call each thing in the table of synonyms, by its words."""
    phrases, _roots = _tables()
    names = dict.fromkeys(" ".join(first) for first in phrases.values())
    return {frozenset(core_words(name)): name for name in names}


def contenders(matches: Sequence[Match]) -> list[list[Match]]:
    """The indicators that may be meant; a single group when it is clear."""
    return plainest(rivals(matches))


def rivals(matches: Sequence[Match]) -> list[list[Match]]:
    """As `contenders`, with those that have a plainer name beside them.

    Indicators of the same name, published by several offices, are one group, the preferred one first.
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
    """Only the groups without a plainer name beside them."""
    by_name = {tuple(sorted(core_words(group[0].thing.name))): group for group in named}
    return [group for name, group in by_name.items() if not _has_plainer(name, by_name)]


def _has_plainer(name: Sequence[str], by_name: Mapping[tuple[str, ...], Sequence[Match]]) -> bool:
    """Whether a plainer name holds as much of what was asked: who does not say `ekstrem` does not mean it."""
    asked = by_name[tuple(name)][0].asked
    return any(frozenset(one) < frozenset(name) and by_name[one][0].asked >= asked for one in by_name)


def of_before(named: Sequence[list[Match]], before: str) -> list[list[Match]]:
    """The groups whose names share most words with `before`, the name of what was shown before."""
    said = frozenset(core_words(before)) - COUNTING
    shares = [len(said.intersection(core_words(group[0].thing.name))) for group in named]
    most = max(shares, default=0)
    return (
        [group for group, share in zip(named, shares, strict=True) if share == most] if most else list(named)
    )
