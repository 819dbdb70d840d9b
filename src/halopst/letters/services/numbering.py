"""Numbers: taken in order without a gap, inserted back-dated, imported from older books, kept when void."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from django.db import transaction
from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.letters.kinds import DocumentKind, find_kind
from halopst.letters.models import LetterNumber, NumberPattern, NumberSeries
from halopst.letters.queries import pattern_in_force
from halopst.letters.rules import (
    NumberParts,
    PatternFault,
    Resets,
    format_number,
    number_code,
    parse_number,
    pattern_fault,
    period_key,
)
from halopst.letters.services.authority import must_manage
from halopst.letters.services.classifications import check_pattern, hold_classification
from halopst.letters.services.refusals import (
    BasisMissing,
    NoPattern,
    NothingBefore,
    NumbersSkip,
    NumbersUnreadable,
    NumberTaken,
    PatternExists,
    PatternFaulty,
    SequenceTaken,
    TooManyInserts,
    UnknownKind,
)
from halopst.units.models import Unit

MOST_INSERTS = 99
UNREADABLE = _(
    "Nomor di baris %(baris)s tidak mengikuti pola nomor satker, misalnya %(contoh)s. "
    "Perbaiki lalu masukkan lagi."
)
AHEAD = _(
    "Nomor di baris %(baris)s bertanggal sesudah hari ini. Nomor lama sudah dipakai, jadi paling akhir "
    "bertanggal hari ini. Perbaiki tanggalnya."
)
OTHER_PERIOD = _("Nomor di baris %(baris)s menyebut masa lain daripada tanggalnya. Perbaiki salah satunya.")
FAULTS = {
    PatternFault.UNKNOWN_PLACE: _("Pola berisi isian yang tidak dikenal atau kurung kurawal yang janggal."),
    PatternFault.NO_SEQUENCE: _("Pola perlu tepat satu {urut}, misalnya {urut:03}."),
    PatternFault.NO_INSERT: _(
        "Tulis {sisip} tepat setelah {urut}, agar surat bertanggal mundur punya tempat."
    ),
    PatternFault.NO_YEAR: _("Pola perlu {tahun}, agar nomor tidak berulang di tahun berikutnya."),
    PatternFault.NO_MONTH: _("Deret yang mulai dari satu tiap bulan perlu {bulan} atau {bulan_romawi}."),
}


def take_numbers(*, unit: Unit, kind: DocumentKind, days: Sequence[date]) -> list[LetterNumber]:
    """One number per day of `days`, in that order; call it inside a transaction, which then holds the series.

    A day before the last number's gets a back-dated insert where the pattern keeps dates.
    """
    book = _Book(unit, kind.code)
    taken = {place: book.number(day) for place, day in sorted(enumerate(days), key=lambda pair: pair[1])}
    with refuse_on("no_two_letters_share_a_number", NumberTaken):
        book.write()
    return [taken[place] for place in range(len(days))]


@transaction.atomic
def set_pattern(
    actor: Actor, *, unit: Unit, kind: str, valid_from: date, **values: str | bool
) -> NumberPattern:
    """How the office numbers this kind from a day on: counter, pattern, grade, classification, resets, ..."""
    must_manage(actor, unit.pk)
    if find_kind(kind) is None:
        raise UnknownKind
    if fault := pattern_fault(str(values["pattern"]), Resets(str(values["resets"]))):
        raise PatternFaulty(FAULTS[fault])
    hold_classification(unit, str(values["classification"]), valid_from)
    with (
        refuse_on("one_number_pattern_begins_on_a_day", PatternExists),
        refuse_on("a_number_pattern_names_its_basis", BasisMissing),
    ):
        pattern = NumberPattern.objects.create(unit=unit, kind=kind, valid_from=valid_from, **values)
    record(actor, "letters.pattern-set", pattern, kind=kind, pattern=pattern.pattern)
    return pattern


@transaction.atomic
def import_numbers(
    actor: Actor,
    *,
    unit: Unit,
    kind: str,
    rows: Sequence[tuple[str, date, str]],
    today: date,
    lines: Sequence[int] = (),
) -> int:
    """Enter numbers used before (text, date, note), so that new ones follow them; how many were new.

    `lines` says on which line each stood where blank ones were left out.

    One dated after `today` would make a back-dated insert of every letter until that day, for good; one that
    skips some, once letters have taken numbers here, would leave a gap for good.
    """
    must_manage(actor, unit.pk)
    declared = find_kind(kind)
    if declared is None:
        raise UnknownKind
    placed = list(zip(lines or range(1, len(rows) + 1), rows, strict=True))
    if ahead := [line for line, (_text, day, _note) in placed if day > today]:
        raise NumbersUnreadable(_in_lines(AHEAD, ahead))
    book = _Book(unit, kind)
    places = _read(book, placed)
    added = _enter_all(book, sorted(zip(places, rows, strict=True)))
    book.write()
    record(actor, "letters.numbers-imported", unit, unit_id=unit.pk, kind=kind, added=added)
    return added


def annul_number(number: LetterNumber, reason: str) -> None:
    """The number stays in its place, marked as void."""
    number.state, number.note = LetterNumber.State.VOID, reason[:300]
    number.save(update_fields=["state", "note", "updated_at"])


class _Book:
    """The series a few numbers are taken from, locked, and the numbers not yet written."""

    def __init__(self, unit: Unit, kind: str) -> None:
        self.unit, self.kind = unit, kind
        self._patterns: dict[date, NumberPattern] = {}
        self._series: dict[tuple[str, str], NumberSeries] = {}
        self._unwritten: list[LetterNumber] = []
        self._checked: set[tuple[str, date]] = set()

    def number(self, day: date) -> LetterNumber:
        pattern, series = self.pattern(day), self.series(day)
        self._check(pattern, day)
        last = series.last_dated_on
        if pattern.keeps_dates and last is not None and day < last:
            number = self._made(series, day, *_insert_place(series, day))
            with refuse_on("no_two_letters_share_a_number", NumberTaken):
                number.save()
            return number
        number = self._made(series, day, series.last + 1, 0)
        self._unwritten.append(number)
        move_on(series, number.sequence, day)
        return number

    def write(self) -> None:
        LetterNumber.objects.bulk_create(self._unwritten)
        for series in self._series.values():
            series.save(update_fields=["last", "last_dated_on", "updated_at"])

    def pattern(self, day: date) -> NumberPattern:
        if day not in self._patterns:
            found = pattern_in_force(self.unit, self.kind, day)
            if found is None:
                raise NoPattern(self.unit, self.kind, day)
            self._patterns[day] = found
        return self._patterns[day]

    def series(self, day: date) -> NumberSeries:
        """The series of that day, locked until the transaction ends."""
        pattern = self.pattern(day)
        key = (pattern.counter, period_key(Resets(pattern.resets), day))
        if key not in self._series:
            self._series[key] = _locked(self.unit, *key)
        return self._series[key]

    def _check(self, pattern: NumberPattern, day: date) -> None:
        key = (pattern.classification, day)
        if key not in self._checked:
            check_pattern(self.unit, pattern, day)
            self._checked.add(key)

    def _made(self, series: NumberSeries, day: date, sequence: int, segment: int) -> LetterNumber:
        return LetterNumber(
            unit=self.unit,
            series=series,
            sequence=sequence,
            segment=segment,
            text=self.text(day, sequence, segment),
            dated_on=day,
        )

    def text(self, day: date, sequence: int, segment: int) -> str:
        """The number as text."""
        pattern = self.pattern(day)
        parts = NumberParts(
            sequence=sequence,
            segment=segment,
            grade=pattern.grade,
            unit=number_code(self.unit.code),
            classification=pattern.classification,
            dated_on=day,
        )
        return format_number(pattern.pattern, parts)


def move_on(series: NumberSeries, sequence: int, day: date) -> None:
    series.last = max(series.last, sequence)
    series.last_dated_on = max(filter(None, (series.last_dated_on, day)))


def _locked(unit: Unit, counter: str, period: str) -> NumberSeries:
    key = {"unit": unit, "counter": counter, "period": period}
    rows = NumberSeries.objects.select_for_update().filter(**key)
    found: NumberSeries | None = rows.first()
    if found is None:
        NumberSeries.objects.bulk_create([NumberSeries(**key)], ignore_conflicts=True)
        found = rows.get()
    return found


def _insert_place(series: NumberSeries, day: date) -> tuple[int, int]:
    """After the last number dated on or before `day`: its sequence and the next free segment."""
    before = series.numbers.filter(dated_on__lte=day, segment=0).order_by("-sequence").first()
    if before is None:
        raise NothingBefore
    used = series.numbers.filter(sequence=before.sequence).aggregate(last=Max("segment"))["last"] or 0
    if used >= MOST_INSERTS:
        raise TooManyInserts
    return before.sequence, used + 1


def _read(book: _Book, placed: Sequence[tuple[int, tuple[str, date, str]]]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    wrong: dict[Promise, list[int]] = {UNREADABLE: [], OTHER_PERIOD: []}
    for line, (text, day, _note) in placed:
        pattern = book.pattern(day)
        place = parse_number(pattern.pattern, text)
        if place is None or place[0] == 0:
            wrong[UNREADABLE].append(line)
        elif parse_number(pattern.pattern, text, period_key(Resets(pattern.resets), day)) is None:
            wrong[OTHER_PERIOD].append(line)
        else:
            places.append(place)
    for sentence, lines in wrong.items():
        if lines:
            example = book.text(dict(placed)[lines[0]][1], 1, 0)
            raise NumbersUnreadable(_in_lines(sentence, lines, example))
    return places


def _in_lines(sentence: Promise, lines: Sequence[int], example: str = "") -> str:
    return str(sentence) % {"baris": ", ".join(map(str, lines[:10])), "contoh": example}


def _enter_all(book: _Book, rows: Sequence[tuple[tuple[int, int], tuple[str, date, str]]]) -> int:
    """Those not yet in the office's books, in the order of their places; how many."""
    known = set(LetterNumber.objects.filter(unit=book.unit).values_list("text", flat=True))
    before = len(known)
    for place, (text, day, note) in rows:
        if text.strip() not in known:
            _enter(book, day, place, text.strip(), note)
            known.add(text.strip())
    return len(known) - before


def _enter(book: _Book, day: date, place: tuple[int, int], text: str, note: str) -> None:
    series = book.series(day)
    with (
        refuse_on("a_number_is_given_once", partial(SequenceTaken, place[0], text)),
        refuse_on("old_numbers_leave_no_gap", partial(NumbersSkip, series.last)),
    ):
        LetterNumber.objects.create(
            unit=book.unit,
            series=series,
            sequence=place[0],
            segment=place[1],
            text=text,
            state=LetterNumber.State.IMPORTED,
            dated_on=day,
            note=note[:300],
        )
    move_on(series, place[0], day)
