"""Questions about an office and its services: hours, place, fees, how long it takes, who knows about what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from halopst.assistant.rules.language.phrases import Phrase
from halopst.assistant.rules.language.word_tables import table
from halopst.assistant.rules.question import regions
from halopst.assistant.rules.question.regions import Mention
from halopst.core.spelling import words as plain
from halopst.knowledge.rules.figures.regions import Gazetteer

HOURS, ADDRESS, CONTACT, HEAD, EXPERTS = "hours", "address", "contact", "head", "experts"
FEE, DURATION = "fee", "duration"
OF_OFFICE = frozenset({HOURS, ADDRESS, CONTACT, HEAD})
_ALONE = frozenset({HOURS, CONTACT})
"""Without the word `kantor` they too can only be asked of this office."""
_PLACES = frozenset({"alamat", "alamatnya", "lokasi", "lokasinya", "address", "location"})
_BARE_PRICES = frozenset({"harga", "harganya", "ongkos", "price"})
"""A price may be that of anything; what is free or has to be paid can only be ours."""
MOST_WORDS = 25
FEW = 2  # words of a subject, where neither office nor desk is named


@dataclass(frozen=True, slots=True)
class DeskQuestion:
    """What is asked of an office.

    `service` is the code of a kind of service, empty when none is named; `subject` is what an expert should
    know about.
    """

    about: str
    service: str
    office: Mention | None
    office_words: tuple[str, ...]
    subject: tuple[str, ...]


@lru_cache(maxsize=1)
def _asks() -> list[tuple[str, Phrase]]:
    """Every phrase with what it asks, the longest first; of equally long ones in the order of the table."""
    given = [
        (ask["about"], tuple(phrase.split())) for ask in table("desk")["ask"] for phrase in ask["phrases"]
    ]
    return sorted(given, key=lambda one: -len(one[1]))


@lru_cache(maxsize=1)
def _services() -> list[tuple[str, Phrase]]:
    given = table("desk")["services"].items()
    return sorted(
        [(code, tuple(name.split())) for code, names in given for name in names], key=lambda one: -len(one[1])
    )


@lru_cache(maxsize=1)
def _ordinary() -> tuple[frozenset[str], frozenset[str]]:
    words = table("desk")["words"]
    return frozenset(words["desk"]), frozenset(words["empty"])


def desk_question(question: str, places: Callable[[], Gazetteer]) -> DeskQuestion | None:
    """What is asked of the desk; None when any word of it is about something else.

    `places` is called only for a question that may be one.
    """
    said = [_bare(word) for word in plain(question)[: MOST_WORDS + 1]]
    asked = _first(_asks(), said)
    if asked is None or len(said) > MOST_WORDS:
        return None
    about, taken = asked
    rest = _without(said, taken)
    service = _first(_services(), rest)
    rest = _without(rest, service[1]) if service else rest
    mentions = regions.find(rest, places(), _is_ordinary)
    named = {at for one in mentions for at in range(one.start, one.end)}
    left = tuple(word for at, word in enumerate(rest) if at not in named and not _is_ordinary(word))
    code = service[0] if service else ""
    if len(mentions) > 1 or not _is_whole(about, code, said, left):
        return None
    office = mentions[0] if mentions else None
    words = tuple(rest[office.start : office.end]) if office else ()
    return DeskQuestion(about, code, office, words, left)


def _is_whole(about: str, service: str, said: Sequence[str], left: Sequence[str]) -> bool:
    """Whether nothing is missing and no word is left over that could be about somebody else."""
    desk, _empty = _ordinary()
    names_desk = bool(desk & set(said))
    if about == EXPERTS:
        return bool(left) and (names_desk or len(left) <= FEW)
    if left:
        return False
    if about in OF_OFFICE:
        return names_desk or about in _ALONE or not _PLACES.isdisjoint(said)
    return bool(service) or (about == FEE and (names_desk or _BARE_PRICES.isdisjoint(said)))


def _first(phrases: Sequence[tuple[str, Phrase]], said: Sequence[str]) -> tuple[str, range] | None:
    """The longest of the phrases in the question, and where it stands."""
    for name, phrase in phrases:
        for at in range(len(said) - len(phrase) + 1):
            if tuple(said[at : at + len(phrase)]) == phrase:
                return name, range(at, at + len(phrase))
    return None


def _without(said: Sequence[str], taken: range) -> list[str]:
    return [word for at, word in enumerate(said) if at not in taken]


def _bare(word: str) -> str:
    """`kantornya` as `kantor`, where we know that word."""
    desk, empty = _ordinary()
    known = desk | empty | {one for _name, phrase in (*_asks(), *_services()) for one in phrase}
    bare = word.removesuffix("nya")
    return bare if word not in known and bare in known else word


def _is_ordinary(word: str) -> bool:
    desk, empty = _ordinary()
    return word in desk or word in empty
