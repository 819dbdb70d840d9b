"""A figure somebody has heard and asks about: `bener ga ipm surabaya 82?`, `penduduk tembus 3 juta?`."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from halopst.assistant.rules.language.number_words import SCALES
from halopst.assistant.rules.question.thresholds import scale_of
from halopst.core.spelling import words as plain

_ASKS = re.compile(
    r"\b(?:apa(?:kah)? )?(?:benar|betul|bener)(?:kah|an|nya)?"
    r"(?: (?:tidak|gak|ga|nggak|enggak|ngga|ndak|kah|ya|sih|kalau|bahwa))*\b|"
    r"\b(?:katanya|konon|masa(?:k)? (?:sih)?|hoa(?:ks|x)|is it true(?: that)?|really)\b",
    re.IGNORECASE,
)
# A number that is taken for granted is claimed too: `karena IPM Surabaya 95, berarti tertinggi?`
_PREMISE = re.compile(
    r"^\s*(?:karena|mengingat|berhubung|berdasarkan fakta|since|because|given that)\s+"
    r"(?P<held>[^,]*\d[^,]*?)\s*,\s+\D+$",
    re.IGNORECASE,
)
_REACHES = re.compile(
    r"\b(?:(?:sudah|udah|telah|sampai|turun|naik) )?"
    r"(?:tembus|menembus|mencapai|menjadi|jadi|reached|reaches)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w.,/-])(?P<amount>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)\s*(?P<scale>"
    + "|".join(SCALES)
    + r")?(?P<share>\s*(?:%|persen\b|percent\b))?(?![\w-])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNTED = re.compile(
    r"\s*(?:tahun|bulan|triwulan|kabupaten|kota|provinsi|besar|teratas|years?|months?|januari|februari|maret|april|mei|"
    r"juni|juli|agustus|september|oktober|november|desember)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(r"\s*(?:jiwa|orang|rupiah|ton|people|persons)\b", re.IGNORECASE)
_ROUNDED = Decimal("0.1")
"""The share of a figure that rounding may change at most."""
_BEFORE = re.compile(
    r"(?:di ?atas|di ?bawah|dari|ke|top|triwulan|tw|semester|nomor|no|peringkat|urutan|tanggal|usia|umur|"
    r"kelas|sampai|than|above|below)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A number somebody has heard, as a share or as so many; `question` asks for the published figure alone.

    `scale` is what one unit of `amount` stands for (a thousand, a million), 0 where nothing is said of it.
    """

    amount: Decimal
    is_share: bool
    scale: int
    question: str

    def side(self, value: Decimal, measure: str) -> int | None:
        """Where the published figure lies: 1 above the claim, -1 below, 0 where both are the same.

        The same means: rounded to as many decimals as were said. `Cuma 2 persen` is not 2,49 rounded. None
        where nobody can tell whether both speak of the same.
        """
        of_table = scale_of(measure)
        is_share = bool({"persen", "percent"}.intersection(plain(measure))) or "%" in measure
        if (self.is_share != is_share and (self.is_share or self.scale)) or (of_table > 1 and not self.scale):
            return None
        exact = value * of_table / max(self.scale, 1)
        told = exact.quantize(self.amount, ROUND_HALF_UP)
        if abs(exact - self.amount) > _ROUNDED * abs(exact):
            told = exact
        return (told > self.amount) - (told < self.amount)


def claim(question: str) -> Claim | None:
    """The claim; None where nothing is claimed, or where several numbers may be the one."""
    if (premise := _PREMISE.match(question)) is not None:
        return claim(f"benarkah {premise['held']}?")
    asks, reaches = _ASKS.search(question), _REACHES.search(question)
    if not asks and not (reaches and question.rstrip().endswith("?")):
        return None
    numbers = [found for found in _NUMBER.finditer(question) if _may_be_claimed(question, found)]
    if len(numbers) != 1:
        return None
    said = numbers[0]
    unit = " persen " if said["share"] else " "
    bare = f"{question[: said.start()]}{unit}{question[said.end() :]}"
    bare = _REACHES.sub(" ", _ASKS.sub(" ", bare))
    scale = SCALES.get((said["scale"] or "").casefold(), 0) or int(
        bool(_COUNTS.match(question[said.end() :]))
    )
    return Claim(
        _amount(said["amount"]), bool(said["share"]), scale, " ".join(bare.split()).strip(" ,?") + "?"
    )


def _may_be_claimed(question: str, said: re.Match[str]) -> bool:
    is_year = _YEAR.fullmatch(said["amount"]) and not said["scale"] and not said["share"]
    before, after = question[: said.start()], question[said.end() :]
    return not (is_year or _BEFORE.search(before) or (not said["scale"] and _COUNTED.match(after)))


def _amount(said: str) -> Decimal:
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", said)
    return Decimal(said.replace(".", "").replace(",", ".") if grouped else said.replace(",", "."))
