"""What may stand beside the placeholder of a figure: nothing that changes the number or what it claims."""

import re
from collections.abc import Mapping, Sequence

from halopst.assistant.rules.checking.sources import PLACEHOLDER, Sentence, Source, SourceKind, placeholders
from halopst.assistant.rules.language.number_words import SCALES

_BEFORE = re.compile(
    r"(?:[-−‐‑‒–—﹣－+±~≈<>≤≥$€£]|\b(?:rp|us\$?|usd|idr)\.?|"  # noqa: RUF001  # all that looks like a minus
    r"\b(?:minus|negative|hampir|nyaris|bukan|tidak|belum|(?:lebih|kurang) dari|di ?atas|di ?bawah|sekitar|"
    r"kira-?kira|mendekati|not|no|never|nearly|almost|about|around|roughly|approximately|some|over|under|above|"
    r"below|beyond|(?:more|less|fewer) than|at (?:least|most)|up to|exceed\w*|half|double|twice))\s*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\s*-?(?:{'|'.join(SCALES)}|kali|lusin|dozen|times|fold|%|persen|per cent|percent\w*|"
    r"poin|points?)\b|\s*%",
    re.IGNORECASE,
)
_MOVES = (
    r"naik|meningkat|bertambah|tumbuh|melonjak|turun|menurun|berkurang|menyusut|merosot|anjlok|"
    r"r[io]se|risen|rising|increas\w+|gr[eo]w|grown|climbed|f[ae]ll|fallen|falling|decreas\w+|declin\w+|dropp?\w*"
)
_GAPS = (
    r"selisih\w*|beda\w*|perbedaan\w*|perubahan\w*|berubah|terpaut|peningkatan|kenaikan\w*|penurunan\w*|"
    r"(?:an? )?(?:increase|rise|decrease|decline|fall|drop)|difference|gap|change"
)
_BY = r"(?:by|sebesar|sebanyak)"
# A difference must be called one: "naik {S5}", "an increase of {S5}", "selisihnya adalah {S5}".
_DIFFERENCE = re.compile(
    rf"\b(?:(?:{_MOVES})(?:\s+{_BY})?|(?:{_GAPS})(?:\s+(?:of|{_BY}))?|"
    rf"(?:{_GAPS})\b[^.;]*\b(?:was|is|were|adalah|ialah|yaitu|mencapai|tercatat|{_BY})|"
    rf"(?:higher|lower|larger|smaller|greater|tinggi|rendah|besar|kecil|banyak|sedikit)\b[^.;]*\b{_BY})\s*:?\s*$",
    re.IGNORECASE,
)
_AS_DIFFERENCE = re.compile(
    rf"\b(?:(?:{_MOVES})(?:\s+{_BY})?|by|(?:{_GAPS})(?:\s+(?:of|{_BY}))?)\s*$", re.IGNORECASE
)


def misused(sentence: Sentence, by_number: Mapping[int, Source]) -> str:
    """The first placeholder that is not a figure's, is not cited, or is changed by the words beside it."""
    for number in placeholders(sentence.text):
        source = by_number.get(number)
        if source is None or source.kind is SourceKind.TEXT or number not in sentence.cites:
            return f"{{S{number}}}"
    for match in PLACEHOLDER.finditer(sentence.text):
        if wrong := _changed(sentence.text, match, by_number[int(match[1])]):
            return wrong
    left = PLACEHOLDER.sub("", sentence.text)
    return next((one for one in "{}" if one in left), "") or _mismatched(sentence.text, by_number)


def _changed(text: str, match: re.Match[str], source: Source) -> str:
    ahead, behind = text[: match.start()], text[match.end() :]
    if source.measure:
        behind = re.sub(rf"^\s+{re.escape(source.measure)}\b", "", behind, flags=re.IGNORECASE)
    if before := _BEFORE.search(ahead):
        return f"{before[0]}{match[0]}"
    if after := _AFTER.match(behind):
        return f"{match[0]}{after[0]}"
    spoken = PLACEHOLDER.sub("", ahead)
    is_difference = bool(_DIFFERENCE.search(spoken))
    if source.kind is SourceKind.COMPUTED and not is_difference:
        return match[0]
    return match[0] if source.kind is SourceKind.FIGURE and _AS_DIFFERENCE.search(ahead) else ""


def _mismatched(text: str, by_number: Mapping[int, Source]) -> str:
    """A difference beside figures of which it is not the difference; empty when there is none."""
    used: Sequence[Source] = [by_number[number] for number in placeholders(text)]
    figures = {source.number for source in used if source.kind is SourceKind.FIGURE}
    wrong = (source for source in used if source.parts and not figures <= source.parts)
    return next((source.placeholder for source in wrong), "")
