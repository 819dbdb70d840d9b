"""Numbers: gapless, in order of dates, each given once, whoever asks at the same moment."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from halopst.core.constraints import violated
from halopst.core.errors import NotPermitted
from halopst.letters.models import LetterNumber, NumberSeries
from halopst.letters.services import import_numbers, set_pattern
from halopst.letters.services.numbering import annul_number, take_numbers
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
)
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import (
    TODAY,
    LetterNumberFactory,
    NumberPatternFactory,
    NumberSeriesFactory,
    SignatoryFactory,
    office,
)
from tests.letters.kinds import CONTRACT
from tests.races import PATIENCE, all_at_once, meeting, until_somebody_waits
from tests.units.factories import UnitFactory


def take(unit, *days):
    with transaction.atomic():
        return [number.text for number in take_numbers(unit=unit, kind=CONTRACT, days=days or [TODAY])]


def test_numbers_follow_each_other(unit):
    code = f"{unit.code}0"
    assert take(unit) == [f"B-001/{code}/VS.330/2026"]
    assert take(unit, TODAY, TODAY) == [f"B-002/{code}/VS.330/2026", f"B-003/{code}/VS.330/2026"]
    assert NumberSeries.objects.get(unit=unit).last == 3


def test_each_year_and_each_office_counts_for_itself(unit):
    take(unit)
    NumberPatternFactory(unit=unit, valid_from=date(2027, 1, 1))
    assert take(unit, date(2027, 1, 2))[0].startswith("B-001/")
    assert take(office())[0].startswith("B-001/")


def test_a_back_dated_letter_gets_an_insert_after_the_number_of_its_day(unit):
    take(unit, date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 9))

    late = take(unit, date(2026, 11, 6), date(2026, 11, 7), date(2026, 11, 3))
    assert [text.split("/")[0] for text in late] == ["B-002.01", "B-002.02", "B-001.01"]
    assert take(unit, date(2026, 11, 9))[0].startswith("B-004/")


def test_an_insert_before_the_first_number_is_refused(unit):
    take(unit, date(2026, 11, 2))
    with pytest.raises(NothingBefore):
        take(unit, date(2026, 11, 1))


def test_a_series_that_does_not_keep_dates_just_counts(unit):
    NumberPatternFactory(unit=unit, valid_from=date(2026, 2, 1), keeps_dates=False, counter="X")
    assert [text[:5] for text in take(unit, date(2026, 3, 9), date(2026, 3, 2))] == ["B-002", "B-001"]
    assert take(unit, date(2026, 2, 2))[0].startswith("B-003/")


def test_without_a_pattern_there_is_no_number(db):
    with pytest.raises(NoPattern):
        take(UnitFactory())


def test_the_nearest_pattern_counts(db):
    unit = UnitFactory()
    NumberPatternFactory(unit=None, pattern="{urut}{sisip}/SEMUA/{tahun}")
    assert take(unit) == ["1/SEMUA/2026"]
    NumberPatternFactory(unit=unit.parent, pattern="{urut}{sisip}/PROVINSI/{tahun}")
    assert take(unit) == ["2/PROVINSI/2026"]
    NumberPatternFactory(unit=unit, pattern="{urut}{sisip}/SENDIRI/{tahun}")
    NumberPatternFactory(unit=UnitFactory(), pattern="{urut}{sisip}/LAIN/{tahun}")
    assert take(unit) == ["3/SENDIRI/2026"]


def test_two_series_never_write_the_same_number(unit):
    NumberPatternFactory(unit=unit, kind="tests.contract", valid_from=date(2026, 11, 1), counter="LAIN")
    take(unit, date(2026, 10, 1))
    with pytest.raises(NumberTaken):
        take(unit, date(2026, 11, 2))


def test_the_database_leaves_no_gap(unit):
    series = NumberSeriesFactory(unit=unit)
    LetterNumberFactory(unit=unit, series=series, sequence=1)
    for place in ({"sequence": 3}, {"sequence": 1, "segment": 2}):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            LetterNumberFactory(unit=unit, series=series, **place)
        assert violated(caught.value) == "numbers_leave_no_gap"


def test_the_database_keeps_a_number_as_it_was_given(unit):
    number = LetterNumberFactory(unit=unit)
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        number.delete()
    assert violated(caught.value) == "a_number_is_never_deleted"
    annul_number(number, "Salah ketik")
    for change in ({"text": "B-9"}, {"state": "used"}, {"sequence": 2}):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            LetterNumber.objects.filter(pk=number.pk).update(**change)
        assert violated(caught.value) == "a_number_never_changes"


def test_numbers_used_before_are_entered_once_and_new_ones_follow(unit, clerk):
    code = f"{unit.code}0"
    rows = [
        (f"B-001/{code}/VS.330/2026", date(2026, 1, 5), "Kontrak Januari"),
        (f"B-007/{code}/VS.330/2026", date(2026, 2, 5), ""),
        (f"B-001.01/{code}/VS.330/2026", date(2026, 1, 6), ""),
    ]
    assert import_numbers(clerk, unit=unit, kind="tests.contract", rows=rows, today=TODAY) == 3
    assert import_numbers(clerk, unit=unit, kind="tests.contract", rows=rows, today=TODAY) == 0
    assert LetterNumber.objects.filter(unit=unit, state="imported").count() == 3
    assert take(unit) == [f"B-008/{code}/VS.330/2026"]


def test_an_import_with_an_unreadable_number_enters_nothing(unit, clerk):
    rows = [(f"B-001/{unit.code}0/VS.330/2026", TODAY, ""), ("tanpa nomor", TODAY, "")]
    with pytest.raises(NumbersUnreadable, match="baris 2"):
        import_numbers(clerk, unit=unit, kind="tests.contract", rows=rows, today=TODAY)
    assert not LetterNumber.objects.exists()


def test_once_letters_take_numbers_an_older_one_skips_none(unit, clerk):
    """A slip of the key, B-020 for B-002, would leave a gap nobody could ever close."""
    written = "B-{:03}/" + f"{unit.code}0/VS.330/2026"

    def enter(*sequences):
        rows = [(written.format(each), TODAY, "") for each in sequences]
        return import_numbers(clerk, unit=unit, kind="tests.contract", rows=rows, today=TODAY)

    assert enter(4) == 1
    assert take(unit) == [written.format(5)]
    for wrong, last, following in (([20], 5, 6), ([8, 6], 6, 7)):
        with pytest.raises(
            NumbersSkip, match=rf"nomor urut {last} nomor lama berikutnya adalah {following}\."
        ):
            enter(*wrong)
    assert LetterNumber.objects.count() == 2
    assert enter(2, 7, 6) == 3
    assert take(unit) == [written.format(8)]


def test_the_database_lets_no_old_number_skip_once_letters_take_them(unit):
    series = NumberSeriesFactory(unit=unit)
    for sequence, state in ((4, "imported"), (5, "used"), (2, "imported"), (6, "imported")):
        LetterNumberFactory(unit=unit, series=series, sequence=sequence, state=state)
    for place in ({"sequence": 8}, {"sequence": 9, "segment": 1}):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            LetterNumberFactory(unit=unit, series=series, state="imported", **place)
        assert violated(caught.value) == "old_numbers_leave_no_gap"
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        LetterNumber.objects.filter(sequence=5).update(state="imported")
    assert violated(caught.value) == "a_number_never_changes"


def test_an_old_number_in_the_place_of_another_is_named(unit, clerk):
    (taken,) = take(unit)
    rows = [(taken.replace(unit.code, "9999"), TODAY, "")]
    with pytest.raises(SequenceTaken, match=rf"Nomor urut 1 sudah dipakai .* {rows[0][0]}"):
        import_numbers(clerk, unit=unit, kind="tests.contract", rows=rows, today=TODAY)


def test_the_page_counts_blank_lines_too(client, unit):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    lines = f"\nB-001/{unit.code}0/VS.330/2026;2026-01-05\n\nkeliru;2026-01-06"

    page = client.post(f"/surat/nomor/{unit.slug}/lama/", {"kind": "tests.contract", "lines": lines})

    assert "Nomor di baris 4 tidak mengikuti pola" in page.content.decode()


@pytest.mark.parametrize("day", ["5 Januari 2026", "5 jan 2026", "05/01/2026", "05-01-2026", "2026-01-05"])
def test_the_day_of_an_old_number_is_read_as_books_write_it(client, unit, day):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    lines = f"B-001/{unit.code}0/VS.330/2026\t{day}"

    client.post(f"/surat/nomor/{unit.slug}/lama/", {"kind": "tests.contract", "lines": lines})

    assert LetterNumber.objects.get().dated_on == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        ("", "Baris 1: tulis tanggal setelah nomor, misalnya 2026-01-31."),
        (";", "Baris 1: tulis tanggal setelah nomor, misalnya 2026-01-31."),
        (";31 Februari 2026", "Baris 1, tanggal “31 Februari 2026”: Isi tanggal, misalnya 23-11-2026."),
        (";1026-01-05", "Baris 1, tanggal “1026-01-05”: Tanggal paling awal 1 Januari 1990."),
    ],
)
def test_a_day_that_is_none_is_named_with_its_line(client, unit, rest, said):
    client.force_login(MembershipFactory(unit=unit, role="admin").user)
    lines = f"B-001/{unit.code}0/VS.330/2026{rest}"

    answer = client.post(f"/surat/nomor/{unit.slug}/lama/", {"kind": "tests.contract", "lines": lines})

    assert (answer.status_code, LetterNumber.objects.count()) == (422, 0)
    assert said in answer.content.decode()


def test_an_old_number_is_of_the_year_of_its_day(unit, clerk):
    code = f"{unit.code}0"
    rows = [(f"B-001/{code}/VS.330/2026", TODAY, ""), (f"B-002/{code}/VS.330/2025", TODAY, "")]
    with pytest.raises(NumbersUnreadable, match="baris 2 menyebut masa lain"):
        import_numbers(clerk, unit=unit, kind="tests.contract", rows=rows, today=TODAY)
    assert not LetterNumber.objects.exists()


def test_a_number_used_before_is_not_of_a_day_to_come(unit, clerk):
    code = f"{unit.code}0"
    rows = [
        (f"B-001/{code}/VS.330/2026", TODAY, ""),
        (f"B-002/{code}/VS.330/2026", TODAY + timedelta(days=1), ""),
    ]
    with pytest.raises(NumbersUnreadable, match="baris 2 bertanggal sesudah hari ini"):
        import_numbers(clerk, unit=unit, kind="tests.contract", rows=rows, today=TODAY)
    assert not LetterNumber.objects.exists()


VALUES = {
    "counter": "BAST",
    "pattern": "{urut:04}{sisip}/BAST/{unit}/{tahun}",
    "grade": "B",
    "classification": "",
    "resets": "yearly",
    "keeps_dates": True,
    "basis": "Keputusan kepala kantor",
}


def test_an_office_sets_its_pattern_from_a_day_on(unit, clerk):
    set_pattern(clerk, unit=unit, kind="tests.contract", valid_from=date(2026, 6, 1), **VALUES)
    assert take(unit, date(2026, 5, 31))[0].startswith("B-001/")
    assert take(unit) == [f"0001/BAST/{unit.code}0/2026"]
    with pytest.raises(PatternExists), transaction.atomic():
        set_pattern(clerk, unit=unit, kind="tests.contract", valid_from=date(2026, 6, 1), **VALUES)


def test_a_faulty_pattern_is_refused_with_the_reason(unit, clerk):
    with pytest.raises(PatternFaulty, match="tahun"):
        set_pattern(
            clerk,
            unit=unit,
            kind="tests.contract",
            valid_from=date(2026, 6, 1),
            **{**VALUES, "pattern": "{urut}{sisip}"},
        )


def test_a_pattern_and_a_signatory_name_their_basis(unit, clerk):
    with pytest.raises(BasisMissing):
        set_pattern(clerk, unit=unit, kind="tests.contract", valid_from=TODAY, **{**VALUES, "basis": " "})
    for factory in (NumberPatternFactory, SignatoryFactory):
        with pytest.raises(IntegrityError), transaction.atomic():
            factory(unit=unit, basis="")


def test_another_office_sets_no_pattern_here(clerk):
    with pytest.raises(NotPermitted):
        set_pattern(clerk, unit=UnitFactory(), kind="tests.contract", valid_from=TODAY, **VALUES)


def old_and_new_at_once():
    """A letter takes number 6 while 12 is entered from an older book, by who does not hold the series."""
    series = NumberSeriesFactory(unit=office(), last=5)
    LetterNumberFactory(unit=series.unit, series=series, sequence=5, state="imported")
    is_taken, is_over = threading.Event(), threading.Event()

    def write(sequence, state):
        LetterNumberFactory(unit=series.unit, series=series, sequence=sequence, state=state)

    def letter():
        with transaction.atomic():
            write(6, "used")
            is_taken.set()
            until_somebody_waits(is_over)

    def old_book():
        is_taken.wait(PATIENCE)
        try:
            write(12, "imported")
        finally:
            is_over.set()

    all_at_once(letter, old_book)
    return list(series.numbers.values_list("sequence", flat=True))


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_many_at_once_get_consecutive_numbers(self):
        unit = office()
        taken = all_at_once(*[lambda: take(unit, TODAY, TODAY) for _ in range(8)])
        numbers = sorted(text for pair in taken for text in pair)
        assert [text.split("/")[0] for text in numbers] == [f"B-{n:03d}" for n in range(1, 17)]

    def test_one_that_fails_leaves_no_hole(self):
        unit = office()

        def fail():
            with transaction.atomic():
                take(unit)
                raise ValueError

        all_at_once(*[fail if n % 2 else (lambda: take(unit)) for n in range(8)])
        assert list(LetterNumber.objects.values_list("sequence", flat=True)) == [1, 2, 3, 4]

    def test_an_old_number_that_skips_and_a_letter_at_once_leave_no_gap(self):
        assert old_and_new_at_once() == [5, 6]

    def test_control_without_holding_the_series_both_are_written(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_get_functiondef('letters_keep_numbers'::regproc)")
            (guard,) = cursor.fetchone()
            held = "PERFORM FROM letters_numberseries WHERE id = NEW.series_id FOR NO KEY UPDATE;"
            assert held in guard
            cursor.execute(guard.replace(held, ""))
        try:
            assert old_and_new_at_once() == [5, 6, 12]
        finally:
            with connection.cursor() as cursor:
                cursor.execute(guard)

    def test_control_without_the_lock_a_number_is_wanted_twice(self, monkeypatch):
        """What the tests above would miss if they could not see a race: the database then says no."""
        unit = office()
        take(unit)
        meet = meeting(8)

        def looked(*_key):
            series = NumberSeries.objects.get(unit=unit)
            meet()
            return series

        monkeypatch.setattr("halopst.letters.services.numbering._locked", looked)
        outcomes = all_at_once(*[lambda: take(unit) for _ in range(8)])
        refused = [outcome for outcome in outcomes if isinstance(outcome, IntegrityError | NumberTaken)]
        assert len(refused) == 7
