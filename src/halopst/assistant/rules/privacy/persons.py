"""Where a text names a person: after a form of address, a relation, or the words that introduce a name.

Without such words, two names side by side are found and a single name is not. In lower case only names we
know are found.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from halopst.assistant.rules.language.word_tables import table
from halopst.knowledge.rules.words.stopwords import STOP

MOST_WORDS = 4
REACH = 60  # characters
_CALLED = (
    r"bapak|ibu|bpk|pak|bu|mas|mbak|mba|kak|kakak|bang|cak|ning|gus|sdr|sdri|saudara|saudari|tn|ny|tuan|nyonya|"
    r"ustadz|ustad|ustadzah|kyai|kiai|dokter|prof"
)
_KIN = (
    r"istri|suami|anak|adik|kakak|ayah|bapak|ibu|paman|bibi|tetangga|teman|rekan|dosen|pembimbing|atasan|bos|"
    r"guru|mertua|keponakan|sepupu|pacar|tunangan"
)
_TITLE = r"(?:Prof|Dr|dr|drg|Drs|Dra|Ir|H|Hj|KH)\."
_ADDRESSED = re.compile(
    rf"(?<![\w.-])(?:(?i:{_CALLED})\.?|{_TITLE})(?:\s*/\s*(?i:{_CALLED})\.?)*"
    rf"(?:\s+(?:{_TITLE}|(?i:{_CALLED})\b\.?))*\s+"
)
_RELATED = re.compile(rf"\b(?:{_KIN}) (?:saya|kami|aku|ku),?\s+(?:(?:ber)?nama(?:nya)? )?", re.IGNORECASE)
_GIVEN = re.compile(
    r"(?<![\w-])(?:(?:perkenalkan,? )?nama(?: (?:lengkap|panggilan))? (?:saya|sy|aku)|saya bernama|"
    r"perkenalkan,? saya|panggil(?: saja)? saya|my (?:full )?name is|i am called|(?P<whose>bernama|namanya)|"
    r"atas nama|nama ?(?=:)|a\. ?n\b\.?|an\.|(?<=[\d\]] )an(?= (?-i:[A-Z]))|a/n|"
    r"(?:cp|narahubung)(?=:))\s*:?\s*"
    r"(?:adalah |ialah |(?:sdr|sdri|saudara|saudari)\b\.? )?",
    re.IGNORECASE,
)
_MYSELF = re.compile(r"\b(saya|sy|aku|dengan)\s+", re.IGNORECASE)
_SPEAKING = re.compile(
    r"\s*(?:,|$|\b(?:dari|mahasiswa|mahasiswi|siswa|siswi|dosen|guru|pegawai|staf|peneliti|di ?sini|"
    r"ingin|mau)\b)"
)
_AFTER_MYSELF = {"saya": _SPEAKING, "sy": _SPEAKING, "aku": _SPEAKING, "dengan": re.compile(r"\s+di ?sini\b")}
_SPOKEN_OF = re.compile(r"(?<=[a-z0-9] )(?:pak|bu|mbak|mba|bang|cak|gus|sdr|sdri)\b\.? ", re.IGNORECASE)
_OF_A_PLACE = re.compile(
    r"\b(?:jl|jln|jalan|gg|gang|bandara|kecamatan|desa|kelurahan|dusun|pulau|gunung|sungai|danau|rsud|rs|hotel|taman|"
    r"universitas|univ|kampus|stadion|pasar|sma|sman|smk|smp|sd|mts|man|pt|cv|ud|toko|yayasan|kota|kabupaten|kab|"
    r"jembatan|masjid|makam|museum|gedung|waduk|bendungan|perumahan|perum|pesantren|ponpes|pondok|klinik|batik|"
    r"kapal|koperasi|tari|tarian)\b\.? (?:\w+ ){0,2}$",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\b(?:salam(?: hormat)?|hormat saya|ttd)[,.]?\s+", re.IGNORECASE)
_OF_SOMEONE = re.compile(
    rf"\b(?:{_KIN}|saya|kami|petugas|orang|pegawai|staf|mahasiswa|mahasiswi|warga|responden|seseorang|beliau|dia)"
    r"(?:nya)?\b[^.?!\n]{0,40}$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w'’]*(?:-[\w'’]+)*\.?")
_DERIVED = re.compile(r"(?:me(?:ng|ny|m|n)|ber|ter|pe(?:ng|ny|m|r))\w{4,}|ke\w{3,}an|\w{3,}nya|di\w{3,}kan")
_ACRONYM = re.compile(r"[A-Z]{2,4}")


def names(text: str) -> list[tuple[int, int]]:
    """Where each name begins and ends, in their order; titles are not part of it."""
    found = sorted({span for span in _announced(text) if span[0] < span[1]})
    apart: list[tuple[int, int]] = []
    for start, end in found:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _announced(text: str) -> Iterator[tuple[int, int]]:
    for cue in (_ADDRESSED, _RELATED):
        for match in cue.finditer(text):
            yield _name(text, match.end())
    for match in _SPOKEN_OF.finditer(text):  # within a sentence it introduces somebody who is spoken of
        yield _name(text, match.end(), is_given=True, most=1)
    for match in _GIVEN.finditer(text):
        if not match["whose"] or _OF_SOMEONE.search(_before(text, match)):
            yield _name(text, match.end(), is_given=True)
    yield from _of_oneself(text)
    yield from _standing_alone(text)


def _of_oneself(text: str) -> Iterator[tuple[int, int]]:
    """Names people give of themselves: `saya Dwi dari Unair`, and a signature at the very end."""
    for match in _MYSELF.finditer(text):
        start, end = _name(text, match.end())
        if _AFTER_MYSELF[match[1].casefold()].match(text, end):
            yield start, end
    for match in _SIGNED.finditer(text):
        start, end = _name(text, match.end())
        if not text[end:].strip(" .\n"):
            yield start, end


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(match.start() - REACH, 0) : match.start()]


def _standing_alone(text: str) -> Iterator[tuple[int, int]]:
    """Two names side by side, unless a place or an institution is named after them."""
    for one, two in pairwise(_WORD.finditer(text)):
        if text[one.end() : two.start()] != " " or not _are_names(one[0], two[0]):
            continue
        if not _OF_A_PLACE.search(_before(text, one)):
            yield _name(text, one.start())


def _are_names(one: str, two: str) -> bool:
    """Whether both are names: in lower case known ones, with capitals one known and one possible name."""
    both = (one, two)
    sure = [word.rstrip(".").casefold() in _lists()["common"] - _lists()["everyday"] for word in both]
    if all(sure):
        return True
    written = all(word[0].isupper() and not word.isupper() for word in both)
    return any(sure) and written and all(_may_be_name(word, word, is_given=False) for word in both)


def _name(text: str, at: int, *, is_given: bool = False, most: int = 3) -> tuple[int, int]:
    """The words from `at` on that make a name; empty when there are none.

    `is_given`: the first `most` of them count in any spelling.
    """
    end = at
    for place in range(MOST_WORDS):
        match = _WORD.match(text, end + (end > at and text[end : end + 1] == " "))
        if match is None or not _may_be_name(match[0], text, is_given=is_given and place < most):
            break
        end = match.end()
        if match[0].endswith(".") and len(match[0]) > 2:  # noqa: PLR2004  # an initial and its stop
            return at, end - 1
    return at, end


def _may_be_name(word: str, text: str, *, is_given: bool) -> bool:
    bare = word.rstrip(".").casefold()
    lists = _lists()
    if bare in lists["common"]:
        return True
    if bare in lists["ordinary"] or bare in lists["places"] or bare in _trade() or _DERIVED.fullmatch(bare):
        return False
    if _ACRONYM.fullmatch(word) and not text.isupper():
        return is_given
    return word[0].isupper() or is_given


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    """`common` names, those that are `everyday` words too, `ordinary` words, and `places`."""
    return {name: frozenset(words.split()) for name, words in table("names").items()}


@lru_cache(maxsize=1)
def _trade() -> frozenset[str]:
    """Words that say nothing, and words by which figures, regions and the office's desk are asked for."""
    said = (one for name in ("indicators", "intents", "regions", "desk") for one in _said(table(name)))
    words = frozenset(word.casefold() for one in said for word in _WORD.findall(one))
    return STOP | words - _lists()["common"]


def _said(part: Any) -> Iterator[str]:
    """Every word and phrase of a table of words, with those before an equals sign."""
    if isinstance(part, str):
        yield part
        return
    if isinstance(part, dict):
        yield from part
        part = part.values()
    for one in part:
        yield from _said(one)
