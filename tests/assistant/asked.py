"""The question suite: what each question must be answered with, cell by cell.

A line is `question => outcome: cells`. Cells are `indicator@region@period[@breakdown]`, several with commas;
a span of years `2021-2023` is each of them. A line that begins with `>` goes on from the answer before it.
Outcomes: `value`, `compare`, `trend`, `rank`, `missing` (not there, the newest shown instead), `clarify`,
`declined`, `none` (no question for figures).
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from halopst.assistant.rules.figures.answers import Clarify, Declined, FigureAnswer
from halopst.assistant.services.figures import answer
from halopst.knowledge.models import Cell
from halopst.knowledge.rules.figures.periods import of_label

TODAY = date(2026, 11, 20)
FOLDER = Path(__file__).parent / "questions"
NAMES = {
    "JP": "Jumlah Penduduk", "KP": "Kepadatan Penduduk", "LPP": "Laju Pertumbuhan Penduduk",
    "PPM": "Persentase Penduduk Miskin", "JPM": "Jumlah Penduduk Miskin", "GK": "Garis Kemiskinan",
    "TPT": "Tingkat Pengangguran Terbuka", "TPAK": "Tingkat Partisipasi Angkatan Kerja",
    "IPM": "Indeks Pembangunan Manusia", "UHH": "Umur Harapan Hidup", "RLS": "Rata-rata Lama Sekolah",
    "LPE": "Laju Pertumbuhan Ekonomi",
    "PDRB": "Produk Domestik Regional Bruto per Kapita", "GR": "Rasio Gini",
    "PP": "Produksi Padi", "LP": "Luas Panen Padi", "INF": "Inflasi", "TPK": "Tingkat Penghunian Kamar Hotel",
    "NTP": "Nilai Tukar Petani", "LPET": "Laju Pertumbuhan Ekonomi Triwulanan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    question: str
    goes_on: bool
    outcome: str
    cells: tuple[tuple[str, str, int, str], ...]


def items():
    """Those thought of one by one, then those composed."""
    texts = [(FOLDER / name).read_text(encoding="utf-8") for name in ("figures.txt", "variations.txt")]
    lines = [line for text in texts for line in text.splitlines()]
    return [_item(line) for line in lines if line.strip() and not line.startswith("#")]


def _item(line):
    question, _arrow, expected = line.partition(" => ")
    outcome, _colon, cells = expected.partition(":")
    read = [cell for text in cells.split(",") if text.strip() for cell in _cells(text.strip())]
    return Item(question.removeprefix(">").strip(), line.startswith(">"), outcome.strip(), tuple(read))


def _cells(text):
    name, region, period, breakdown = [*text.split("@"), ""][:4]
    first, dash, last = period.partition("-")
    labels = [str(year) for year in range(int(first), int(last) + 1)] if dash else [period]
    return [(NAMES[name], region, of_label(label).code, breakdown) for label in labels]


def outcome_of(answer):
    """What came, in the words of the suite; a figure that is not a stored cell is no answer at all."""
    if answer is None:
        return "none", ()
    if isinstance(answer, Clarify):
        return "clarify", ()
    if isinstance(answer, Declined):
        return "declined", ()
    assert isinstance(answer, FigureAnswer)
    rows = Cell.objects.filter(pk__in=answer.cell_ids)
    cells = rows.values_list("indicator__name", "region__code", "period", "breakdown__label")
    kind = answer.context["kind"] if answer.known else "missing"
    words = {"comparison": "compare", "ranking": "rank"}
    return words.get(kind, kind), tuple(sorted(cells))


def talked(office, *questions):
    """The last answer of a conversation."""
    context = {}
    for question in questions:
        found = answer(question, unit=office, today=TODAY, context=context)
        context = getattr(found, "context", {})
    return found
