"""What a question asks for: a figure, a comparison, a ranking, a trend, or none of these."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import dropwhile, pairwise, takewhile

from halopst.assistant.rules.language.phrases import says
from halopst.assistant.rules.language.word_tables import table
from halopst.assistant.rules.privacy.individuals import asks_for_individuals
from halopst.knowledge.rules.words.stopwords import STOP

MICRODATA, RECOMMENDATION = "microdata", "recommendation"
DEFINITION, GREETING = "definition", "greeting"
RANKING, TREND, COMPARISON, VALUE, RELEASE = "ranking", "trend", "comparison", "value", "release"
THRESHOLD, EXTREME, MEAN, TOTAL, SHARE = "threshold", "extreme", "mean", "total", "share"
PASSED = "passed"
FIGURES = frozenset(
    {RANKING, TREND, COMPARISON, VALUE, RELEASE, THRESHOLD, PASSED, EXTREME, MEAN, TOTAL, SHARE}
)
GREETING_WORDS = 5
_RELEASED = frozenset(
    {
        "rilis",
        "dirilis",
        "rilisnya",
        "terbit",
        "diterbitkan",
        "diumumkan",
        "dipublikasikan",
        "merilis",
        "menerbitkan",
        "mengumumkan",
    }
)
_COMES_OUT = frozenset({"keluar", "keluarnya"})
_FOR = frozenset({"untuk", "utk", "buat", "bwt", "guna", "demi", "bikin", "for"})
TERMS = frozenset(
    {
        "gratis", "biaya", "biayanya", "bayar", "berbayar", "tarif", "tarifnya", "ongkos", "cuma", "free",
        "cost", "cara", "caranya", "bagaimana", "syarat", "syaratnya", "prosedur", "prosedurnya", "langkah",
        "alur", "siapa", "kenapa", "mengapa", "how", "who",
    }
)  # fmt: skip
AMOUNT = frozenset(
    {
        "berapa", "jumlah", "banyaknya", "total", "angka", "data", "persentase", "harga", "many", "much",
        "number",
    }
)  # fmt: skip


@lru_cache(maxsize=1)
def filler() -> frozenset[str]:
    """Words that are never part of an indicator's name."""
    words = table("intents")["words"]
    return frozenset((*words["filler"], *words["filler_english"]))


@lru_cache(maxsize=1)
def spoken() -> frozenset[str]:
    """Every word that says what is asked for; a misspelt word may be one of these."""
    phrases = (
        phrase
        for intent in table("intents")["intent"]
        if intent["kind"] in FIGURES
        for phrase in intent["phrases"]
    )
    return filler() | {word for phrase in phrases for word in phrase.split()}


@lru_cache(maxsize=1)
def narrowing() -> frozenset[str]:
    """Words that ask for a part of what an indicator counts, even if no table has that part."""
    return frozenset(table("intents")["words"]["narrowing"])


@lru_cache(maxsize=1)
def saying_nothing() -> frozenset[str]:
    """Words beside an indicator's name that do not make another figure of it."""
    return spoken() | STOP | frozenset(table("intents")["words"]["beside"])


def purpose(words: Sequence[str], ends: Callable[[int], bool]) -> frozenset[int]:
    """The words that say what a figure is for (`buat tugas IPS`), up to a word for something else."""
    purposes, found = frozenset(table("intents")["words"]["purposes"]), set[int]()
    for at, (before, word) in enumerate(pairwise(words), 1):
        if before in _FOR and word in purposes:
            found.update([at, *takewhile(lambda one: not ends(one), range(at + 1, len(words)))])
    return frozenset(found)


def kind_of(words: Sequence[str]) -> str:
    """The first kind whose words are in the question; a figure when there are none."""
    if asks_for_individuals(f" {' '.join(words)} "):
        return MICRODATA
    for intent in table("intents")["intent"]:
        is_due = intent["kind"] == RELEASE and "kapan" in words
        is_due = is_due and (words[-1] in _COMES_OUT or not _RELEASED.isdisjoint(words))
        if is_due or says(words, intent["phrases"]):
            if intent["kind"] == GREETING and len(words) > GREETING_WORDS:
                continue
            return str(intent["kind"])
    return VALUE


def asks_for_terms(words: Sequence[str]) -> bool:
    """Whether it asks how something is got, what it costs, and for whom it is free."""
    return not TERMS.isdisjoint(words)


def asks_for_amount(words: Sequence[str]) -> bool:
    """Whether it asks how much or how many there are of something."""
    return not AMOUNT.isdisjoint(words)


def wants_lowest(words: Sequence[str]) -> bool:
    return says(words, table("intents")["ranking"]["lowest"])


def asks_when(words: Sequence[str]) -> bool:
    """Whether it asks in which month or year a figure was highest."""
    return says(words, table("intents")["ranking"]["when"])


def says_peak(words: Sequence[str]) -> bool:
    """Whether a peak, a record or the lowest point is asked for: of a course, not among regions."""
    return says(words, table("intents")["ranking"]["peak"])


def asks_if_ever(words: Sequence[str]) -> bool:
    """Whether it asks if or when something was so, of all the time there is."""
    return says(words, table("intents")["ranking"]["ever"])


def asks_if_moved(words: Sequence[str]) -> bool:
    """Whether it asks if a figure rose or fell, and not for the whole series."""
    course, moving = (one["phrases"] for one in table("intents")["intent"] if one["kind"] == TREND)
    plain = [phrase for phrase in course if not says(phrase.split(), moving)]
    return says(words, moving) and not says(words, plain)


def wants_place(words: Sequence[str]) -> bool:
    """Whether it asks at which place of a ranking a region stands."""
    return says(words, table("intents")["ranking"]["place"])


def asks_times(words: Sequence[str]) -> bool:
    """Whether it asks how many times as large one figure is as the other."""
    return says(words, table("intents")["comparison"]["times"])


def asks_between(words: Sequence[str]) -> bool:
    """Whether it asks for one of several, or for their difference (`mana yang lebih`, `selisihnya`)."""
    return says(words, table("intents")["comparison"]["between"])


def refers_to_all(words: Sequence[str]) -> bool:
    """`Bandingkan keduanya`: all that was asked for one by one."""
    return says(words, table("intents")["comparison"]["all"])


def asks_apart(words: Sequence[str]) -> bool:
    """Whether it asks for the difference between figures (`selisihnya?`)."""
    return says(words, table("intents")["comparison"]["apart"])


def names_both_ends(words: Sequence[str]) -> bool:
    """`Tertinggi dan terendah`."""
    return wants_lowest(words) and says(words, table("intents")["ranking"]["highest"])


def says_no_end(words: Sequence[str]) -> bool:
    """Whether a place is asked for without the end it is counted from (`urutan ke-5?`)."""
    place = frozenset(table("intents")["ranking"]["place"])
    return wants_place(words) and kind_of([word for word in words if word not in place]) != RANKING


def reckoned(words: Sequence[str]) -> str:
    """The kind of number to make of several figures, mean or total; empty for neither."""
    phrases = table("intents")["reckoning"]
    return next((kind for kind in (MEAN, TOTAL) if says(words, phrases[kind])), "")


def asks_about_before(words: Sequence[str]) -> bool:
    """Whether it asks for the meaning or way of a thing it does not name (`cara menghitungnya?`)."""
    known = _of_meaning() | STOP
    bare = [word if word in STOP else word.removesuffix("nya") for word in words]
    is_of_it = DEFINITION in {kind_of(words), kind_of(bare)}
    return is_of_it and all(word in known for word in bare)


@lru_cache(maxsize=1)
def _of_meaning() -> frozenset[str]:
    intents = table("intents")["intent"]
    phrases = next(intent["phrases"] for intent in intents if intent["kind"] == DEFINITION)
    return frozenset(word.removesuffix("nya") for phrase in phrases for word in phrase.split())


def leans(words: Sequence[str]) -> bool:
    """Whether it goes on from the question before (`kalau Malang?`)."""
    return opening(words) > 0


def opening(words: Sequence[str]) -> int:
    """How many words at the start only say that it goes on (`maaf, maksud saya ...`)."""
    said = table("intents")["words"]
    left = list(dropwhile(lambda word: word in said["courtesies"], words))
    lengths = (
        len(phrase.split()) for phrase in said["leaning"] if left[: len(phrase.split())] == phrase.split()
    )
    longest = max(lengths, default=0)
    return len(words) - len(left) + longest if longest else 0
