"""Figures from a file: looked at, taken in, and nothing the second time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from openpyxl import Workbook, load_workbook

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.knowledge.models import Cell, CellRevision, Indicator
from halopst.knowledge.services import figure_import
from halopst.knowledge.services.cell_references import add_regions_of_units
from halopst.knowledge.services.figure_import import (
    FigureFileUnreadable,
    HeadsMissing,
    HeadTwice,
    ImportClosed,
    NothingGood,
    OnlyDoubtful,
    cancel_figures,
    take_in_figures,
    upload_figures,
)
from tests.accounts.factories import UserFactory
from tests.knowledge.figure_factories import READ
from tests.units.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
HEADS = ["Indikator", "Satuan", "Wilayah", "Periode", "Rincian", "Nilai", "Sumber", "Tautan"]
GOOD = ["TPT", "Persen", "Kota Malang", "2024", "", "4,19*", "Tabel TPT", "https://contoh.example"]


@pytest.fixture
def unit():
    province = ProvinceFactory(code="3500", region="Jawa Timur")
    unit = UnitFactory(code="3573", region="Kota Malang", parent=province)
    UnitFactory(code="3507", region="Kabupaten Malang", kind="kabupaten", parent=province)
    add_regions_of_units()
    return unit


@pytest.fixture
def actor(unit):
    return Actor(user_id=UserFactory().pk, grants={"knowledge.data": frozenset({unit.pk})})


def xlsx(*rows):
    book = Workbook()
    for row in (HEADS, *rows):
        book.active.append(list(row))
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "angka.xlsx"
    return file


def csv_of(text):
    file = BytesIO(text.encode())
    file.name = "angka.csv"
    return file


def test_good_rows_become_cells_and_bad_ones_are_told_by_cell(unit, actor):
    bad = [
        ["TPT", "Persen", "Malang", "2024", "", "4,2", "Tabel", ""],
        ["TPT", "Persen", "3507", "kapan", "", "4,2", "Tabel", ""],
        ["TPT", "Persen", "3507", "2024", "", "1.234", "Tabel", ""],
        ["TPT", "Persen", "3507", "2023", "", "empat", "Tabel", ""],
        ["", "Persen", "3507", "2023", "", "4", "Tabel", ""],
        ["TPT", "Persen", "3507", "2022", "", "4", "Tabel", "javascript:alert(1)"],
        ["TPT", "Persen", "3507", "2021", "", "4", "Tabel", "https://"],
    ]
    run = upload_figures(
        actor, unit=unit, file=xlsx(GOOD, *bad, ["TPT", "", "3507", "2020", "", "-", "Tabel", ""])
    )

    assert (run.good, run.bad, run.without, Cell.objects.count()) == (1, 7, 1, 0)
    assert [(fault["column"] + str(fault["row"]), fault["code"]) for fault in run.faults] == [
        ("C3", "region-several"), ("D4", "period"), ("F5", "two-meanings"), ("F6", "number"),
        ("A7", "missing"), ("H8", "link"), ("H9", "link"),
    ]  # fmt: skip
    assert run.faults[0]["detail"] == "3507 Kabupaten Malang, 3573 Kota Malang"

    take_in_figures(actor, run, now=READ)

    cell = Cell.objects.get()
    assert (cell.indicator.name, cell.region.code, cell.period, cell.published, cell.value, cell.status) == (
        "TPT", "3573", 202400, "4,19*", Decimal("4.19"), "sementara",
    )  # fmt: skip
    assert (cell.source.title, cell.indicator.origin) == ("Tabel TPT", Indicator.Origin.FILE)


def test_all_that_is_wrong_with_a_row_is_told_at_once(unit, actor):
    run = upload_figures(
        actor, unit=unit, file=xlsx(GOOD, ["TPT", "Persen", "Entah", "kapan", "", "empat", "", "ftp:x"])
    )

    assert (run.good, run.bad) == (1, 1)
    assert [(fault["column"] + str(fault["row"]), fault["code"]) for fault in run.faults] == [
        ("G3", "missing"), ("F3", "number"), ("C3", "region-unknown"), ("D3", "period"), ("H3", "link"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "refusal", "said"),
    [
        ("Indikatr;Wilayah;Periode;Nilai;Sumber", HeadsMissing, "Belum ada: indikator."),
        ("Indikator;Wilayah;Periode;Nilai;Sumber;nilai", HeadTwice, "Judul kolom F1"),
    ],
)
def test_a_head_that_is_missing_or_there_twice_is_named(unit, actor, heads, refusal, said):
    with pytest.raises(refusal, match=said):
        upload_figures(actor, unit=unit, file=csv_of(f"{heads}\nTPT;Kota Malang;2024;4;T;5\n"))


def test_a_hidden_sheet_before_the_one_that_is_seen_is_not_read(unit, actor):
    book = Workbook()
    book.active.append(HEADS)
    book.active.append([*GOOD[:3], "2019", *GOOD[4:]])
    book.active.sheet_state = "hidden"
    seen = book.create_sheet("angka")
    book.active = 1
    for row in (HEADS, GOOD):
        seen.append(row)
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "angka.xlsx"

    run = upload_figures(actor, unit=unit, file=file)

    assert [row["period"] for row in run.preview] == ["2024"]


def test_the_same_file_twice_changes_nothing_and_a_new_value_keeps_the_old(unit, actor):
    first = take_in_figures(actor, upload_figures(actor, unit=unit, file=xlsx(GOOD)), now=READ)
    again = take_in_figures(actor, upload_figures(actor, unit=unit, file=xlsx(GOOD)), now=READ)
    changed = [*GOOD[:5], "4,25", *GOOD[6:]]
    third = take_in_figures(actor, upload_figures(actor, unit=unit, file=xlsx(changed)), now=READ)

    assert [(run.added, run.changed, run.same) for run in (first, again, third)] == [
        (1, 0, 0), (0, 0, 1), (0, 1, 0),
    ]  # fmt: skip
    assert (Cell.objects.get().published, CellRevision.objects.get().published) == ("4,25", "4,19*")


def test_a_cell_that_holds_a_number_means_it(unit, actor):
    run = upload_figures(
        actor, unit=unit, file=xlsx([*GOOD[:5], 1.234, *GOOD[6:]], ["JP", "", 3507, 2024, "", 12, "T", ""])
    )
    take_in_figures(actor, run, now=READ)

    assert list(Cell.objects.order_by("value").values_list("value", flat=True)) == [
        Decimal("1.234"),
        Decimal(12),
    ]


def test_a_percent_sign_is_never_another_number(unit, actor):
    book = Workbook()
    for row in (HEADS, [*GOOD[:5], 0.125, *GOOD[6:]], [*GOOD[:3], "2023", "", 0.5, *GOOD[6:]]):
        book.active.append(row)
    book.create_sheet("lain")
    book.active["F2"].number_format = "0.0%"
    book.active.append([*GOOD[:3], "2022", "", "12,5 %", *GOOD[6:]])
    book.active.append([*GOOD[:3], "2021", "", True, *GOOD[6:]])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "persen.xlsx"
    run = upload_figures(actor, unit=unit, file=file)

    assert [(fault["row"], fault["code"]) for fault in run.faults] == [
        (2, "percent"), (4, "percent"), (5, "number"),
    ]  # fmt: skip
    assert [one["value"] for one in run.preview] == ["0.5"]


def test_of_two_values_for_one_cell_neither_is_taken(unit, actor):
    other, same = [*GOOD[:5], "9", *GOOD[6:]], [*GOOD[:5], "4,1900*", *GOOD[6:]]
    run = upload_figures(actor, unit=unit, file=xlsx(GOOD, [*GOOD[:3], "2023", *GOOD[4:]], other, same))

    told = [(fault["row"], fault["code"], fault["detail"]) for fault in run.faults]
    assert (run.good, run.without, told) == (1, 1, [(2, "twice", "4"), (4, "twice", "2")])


HARDLY = [
    ["TPT", "Persen", "3573", "2021", "", "1.234.567", "Tabel", ""],
    ["TPT", "%", "3573", "2022", "", "1234", "Tabel", ""],
    ["Persentase Penduduk Miskin", "Persen", "3573", "2022", "", "104,2", "Tabel", ""],
    ["PDRB", "Rupiah", "3573", "2022", "", "1" * 27, "Tabel", ""],
    ["TPT", "Persen", "3573", "2023", "", 2.6666666666667, "Tabel", ""],
]


def test_implausible_figures_are_taken_in_only_when_that_is_confirmed(unit, actor):
    run = upload_figures(actor, unit=unit, file=xlsx(GOOD, *HARDLY))

    assert (run.good, run.bad, run.doubtful) == (1, 0, 5)
    assert [(one["row"], one["doubt"]) for one in run.doubts] == [
        ("3", "percent"), ("4", "percent"), ("5", "share"), ("6", "digits"), ("7", "decimals"),
    ]  # fmt: skip
    take_in_figures(actor, run, now=READ)
    assert list(Cell.objects.values_list("published", flat=True)) == ["4,19*"]

    again = upload_figures(actor, unit=unit, file=xlsx(*HARDLY))
    with pytest.raises(OnlyDoubtful):
        take_in_figures(actor, again, now=READ)
    assert take_in_figures(actor, again, now=READ, with_doubtful=True).added == len(HARDLY)


@pytest.mark.parametrize(
    ("indicator", "measure", "value"),
    [("APK SD", "Persen", "104,2"), ("Persentase Perubahan Harga", "Persen", "-3,5"), ("Inflasi", "%", "650"),
     ("PDRB", "Rupiah", "22.139.000.000.000.000"), ("Rasio Gini", "", "0,381")],
)  # fmt: skip
def test_plausible_figures_are_not_doubted(unit, actor, indicator, measure, value):
    row = [indicator, measure, "3573", "2022", "", value, "Tabel", ""]
    assert upload_figures(actor, unit=unit, file=xlsx(row)).doubtful == 0


def test_corrections_in_a_file_are_shown_before_they_are_taken_in(unit, actor):
    take_in_figures(actor, upload_figures(actor, unit=unit, file=xlsx(GOOD)), now=READ)
    run = upload_figures(
        actor, unit=unit, file=xlsx([*GOOD[:5], "4,25", *GOOD[6:]], [*GOOD[:3], "2023", *GOOD[4:]])
    )

    assert (run.corrected, [(one["row"], one["before"], one["value"]) for one in run.corrections]) == (
        1, [("2", "4,19*", "4,25")],
    )  # fmt: skip


def test_a_breakdown_in_other_capitals_is_the_one_there_is(unit, actor):
    rows = [[*GOOD[:4], "Laki-laki", *GOOD[5:]], [*GOOD[:3], "2023", "LAKI-LAKI", *GOOD[5:]]]
    take_in_figures(actor, upload_figures(actor, unit=unit, file=xlsx(*rows)), now=READ)
    run = upload_figures(actor, unit=unit, file=xlsx([*GOOD[:4], "laki-laki", "4,25", *GOOD[6:]]))

    take_in_figures(actor, run, now=READ)

    assert run.corrected == 1
    assert list(Cell.objects.order_by("period").values_list("breakdown__label", "published")) == [
        ("Laki-laki", "4,19*"), ("Laki-laki", "4,25"),
    ]  # fmt: skip


def test_a_spreadsheet_that_makes_dates_of_months_and_figures_is_read_or_told(unit, actor):
    march, day = datetime(2025, 3, 1), datetime(2025, 3, 17)  # noqa: DTZ001  # a cell has no zone
    rows = [[*GOOD[:3], march, *GOOD[4:]], [*GOOD[:3], day, *GOOD[4:]], [*GOOD[:5], day, *GOOD[6:]]]
    run = upload_figures(actor, unit=unit, file=xlsx(*rows))

    assert [one["period"] for one in run.preview] == ["Maret 2025"]
    assert [(fault["column"] + str(fault["row"]), fault["code"]) for fault in run.faults] == [
        ("D3", "day"), ("F4", "date"),
    ]  # fmt: skip


def test_a_very_small_number_is_not_lost(unit, actor):
    run = upload_figures(
        actor, unit=unit, file=xlsx([*GOOD[:5], 0.00005, *GOOD[6:]], [*GOOD[:3], "2023", "", 1e60, *GOOD[6:]])
    )

    assert [one["value"] for one in run.preview] == ["0.00005"]
    assert [fault["code"] for fault in run.faults] == ["long"]


def test_csv_with_semicolons_and_a_byte_order_mark(unit, actor):
    text = "\ufeffIndikator;Wilayah;Periode;Nilai;Sumber\nTPT;3573;Maret 2025;4,5;Tabel\n"
    run = upload_figures(actor, unit=unit, file=csv_of(text))

    assert (run.good, run.bad, run.preview[0]["period"]) == (1, 0, "Maret 2025")


def test_the_unicode_text_of_a_spreadsheet_is_read(unit, actor):
    file = BytesIO(
        "Indikator\tWilayah\tPeriode\tNilai\tSumber\nTPT\t3573\t2024\t4,5\tTabel\n".encode("utf-16")
    )
    file.name = "angka.txt"

    run = upload_figures(actor, unit=unit, file=file)

    assert (run.good, run.bad, run.preview[0]["period"]) == (1, 0, "2024")


@pytest.mark.parametrize(
    ("content", "refusal"),
    [(b"%PDF-1.7", FigureFileUnreadable), (b"<html><table>", FigureFileUnreadable),
     (b"PK\x03\x04rusak", FigureFileUnreadable), (b"", FigureFileUnreadable),
     (b"a,b\n1,2\n", HeadsMissing), (b"\0" * 50, FigureFileUnreadable)],
)  # fmt: skip
def test_what_is_no_table_of_figures_is_refused(unit, actor, content, refusal):
    file = BytesIO(content)
    file.name = "x.csv"
    with pytest.raises(refusal):
        upload_figures(actor, unit=unit, file=file)


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ('"TPT;3573;2024;4;T\nTPT;3578;2024;5;T\n', 2),
        ('TPT;3573;2024;4;"T\n"TPT";3578;2024;5;T\n', 2),
        ('TPT;3573;2024;4;"Dua\nbaris"\nTPT;3578;2024;5;"T\nTPT;3507;2024;5;T\n', 4),
        ('TPT;3573;2024;4;T\rTPT;3578;2024;5;"T', 3),
        ('TPT;3573;2024;4;"T\n' + "TPT;3578;2024;5;T\n" * 9_000, 2),
    ],
)
def test_a_quote_that_closes_no_cell_is_named_by_its_line(unit, actor, rows, line):
    heads = "Indikator;Wilayah;Periode;Nilai;Sumber" + ("\r" if "\r" in rows else "\n")
    with pytest.raises(FigureFileUnreadable, match=f"dibuka di baris {line} tidak ditutup"):
        upload_figures(actor, unit=unit, file=csv_of(heads + rows))


def test_quotes_that_close_and_those_within_a_cell_are_read(unit, actor):
    rows = [
        'TPT;3573;2024;4;"Kata ""ya""\ndua baris"',
        '"TPT" lama;3507;2024;5;Pipa 5" dan 7"',
        'TPT;3507;2023;6;""',
    ]
    run = upload_figures(
        actor, unit=unit, file=csv_of("\n".join(["Indikator;Wilayah;Periode;Nilai;Sumber", *rows]))
    )

    assert (run.good, [fault["code"] for fault in run.faults]) == (2, ["missing"])


def test_a_cell_far_out_is_refused_before_anything_makes_room_for_it(unit, actor):
    book = Workbook()
    book.active["A1"], book.active["XFD1048576"] = "Indikator", "jauh"
    file = BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "jauh.xlsx"
    with pytest.raises(FigureFileUnreadable, match="Sel XFD1048576 jauh di luar tabel"):
        upload_figures(actor, unit=unit, file=file)


def test_a_file_is_taken_in_once_and_forgotten(unit, actor, django_capture_on_commit_callbacks):
    run = upload_figures(actor, unit=unit, file=xlsx(GOOD))
    stored = run.stored_as
    with django_capture_on_commit_callbacks(execute=True):
        done = take_in_figures(actor, run, now=READ)

    assert not default_storage.exists(stored)
    for act in (take_in_figures, cancel_figures):
        with pytest.raises(ImportClosed):
            act(actor, done, now=READ)


def test_nothing_good_is_not_taken_in_and_strangers_take_in_nothing(unit, actor):
    run = upload_figures(actor, unit=unit, file=xlsx(["TPT", "", "Mars", "2024", "", "1", "T", ""]))
    with pytest.raises(NothingGood):
        take_in_figures(actor, run, now=READ)
    with pytest.raises(NotPermitted):
        upload_figures(Actor(user_id=actor.user_id), unit=unit, file=xlsx(GOOD))


def test_one_indicator_has_one_unit_in_a_file_and_across_files(unit, actor):
    """Else 100 ton would be shown as 100 kuintal."""
    other = [GOOD[0], "Orang", "3507", *GOOD[3:]]
    again = [GOOD[0].lower(), " persen ", "3507", *GOOD[3:]]
    bare = [GOOD[0], "", "3507", "2023", *GOOD[4:]]

    first = upload_figures(actor, unit=unit, file=xlsx(GOOD, other, again, bare))
    assert (first.good, [(fault["row"], fault["column"], fault["code"]) for fault in first.faults]) == (
        3, [(3, "B", "measure-twice")],
    )  # fmt: skip
    take_in_figures(actor, first, now=READ)
    assert Indicator.objects.get().measure == "Persen"

    second = upload_figures(actor, unit=unit, file=xlsx(other, again))
    assert [(fault["code"], fault["detail"]) for fault in second.faults] == [("measure-kept", "Persen")]


def test_a_unit_that_only_a_later_row_leaves_out_is_not_lost(unit, actor):
    bare = [GOOD[0], "", "3507", *GOOD[3:]]
    take_in_figures(actor, upload_figures(actor, unit=unit, file=xlsx(GOOD, bare)), now=READ)
    assert Indicator.objects.get().measure == "Persen"


def test_a_file_looked_at_before_another_set_the_unit_is_looked_at_again(unit, actor):
    other = upload_figures(actor, unit=unit, file=xlsx([GOOD[0], "Orang", "3507", *GOOD[3:]]))
    take_in_figures(actor, upload_figures(actor, unit=unit, file=xlsx(GOOD)), now=READ)

    with pytest.raises(NothingGood):
        take_in_figures(actor, other, now=READ)
    assert Cell.objects.count() == 1


@pytest.mark.parametrize(("measure", "stays"), [("Orang", True), (" persen", False), ("%", False)])
def test_the_database_keeps_figures_under_their_unit_whoever_writes(unit, actor, measure, stays):
    take_in_figures(actor, upload_figures(actor, unit=unit, file=xlsx(GOOD)), now=READ)
    change = Indicator.objects.all()
    if stays:
        with pytest.raises(IntegrityError, match="are in Persen"), transaction.atomic():
            change.update(measure=measure)
        Cell.objects.all().delete()  # without figures there is nothing to keep
    assert change.update(measure=measure) == 1


@pytest.mark.django_db(transaction=True)
def test_two_files_at_once_do_not_give_one_indicator_two_units(unit, actor):
    """Both were looked at before either was taken in; the one that comes second says no."""
    runs = [
        upload_figures(actor, unit=unit, file=xlsx([GOOD[0], measure, *GOOD[2:]]))
        for measure in ("Persen", "Orang")
    ]

    def take(run):
        try:
            return take_in_figures(actor, run, now=READ).added
        except NothingGood:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(take, runs))

    assert sorted(map(str, done)) == ["1", "refused"]
    kept = Indicator.objects.get()
    assert kept.measure == ("Persen", "Orang")[done.index(1)]


def test_our_own_template_is_read_but_for_its_example_rows(unit, actor):
    UnitFactory(code="3578", region="Kota Surabaya", parent=unit.parent)
    UnitFactory(code="3527", region="Kabupaten Sampang", kind="kabupaten", parent=unit.parent)
    add_regions_of_units()
    content = figure_import.template()
    file = BytesIO(content)
    file.name = "templat.xlsx"

    assert [cell.value for cell in load_workbook(BytesIO(content)).active[1]] == [
        head.lower() for head in HEADS
    ]
    run = upload_figures(actor, unit=unit, file=file)
    assert (run.good, run.bad) == (0, 2)
    assert {fault["code"] for fault in run.faults} == {"example"}

    book = load_workbook(BytesIO(content))
    for cell in book.active["A"][1:]:
        cell.value = "Jumlah Penduduk"
    filled = BytesIO()
    book.save(filled)
    file = BytesIO(filled.getvalue())
    file.name = "terisi.xlsx"
    run = upload_figures(actor, unit=unit, file=file)
    assert (run.good, run.bad) == (2, 0)
