import csv
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from halopst.core.reference import reference_data
from halopst.letters.kinds import DocumentKind, all_kinds
from halopst.letters.models import Classification, NumberPattern, Template

CODES = Path(__file__).parent / "data" / "classifications.csv"
BASIS = "Peraturan Kepala BPS Nomor 99 Tahun 2018"
SINCE = date(2026, 1, 1)


@reference_data("klasifikasi arsip")
def load_classifications() -> None:
    with CODES.open(newline="") as file:
        rows = [Classification(basis=BASIS, **row) for row in csv.DictReader(file)]
    Classification.objects.bulk_create(rows, ignore_conflicts=True)


@reference_data("naskah dan pola nomor surat")
def load_defaults() -> None:
    """Every declared kind gets everyone's first template and number pattern, where there is none yet."""
    for kind in all_kinds():
        _first_template(kind)
        _word_form(kind)
        _first_pattern(kind)


def _first_template(kind: DocumentKind) -> None:
    if not Template.objects.filter(unit=None, kind=kind.code).exists():
        Template.objects.create(
            kind=kind.code,
            version=1,
            state=Template.State.PUBLISHED,
            valid_from=SINCE,
            published_at=timezone.now(),
            body=kind.body,
            word=kind.word(),
        )


def _word_form(kind: DocumentKind) -> None:
    """Where our own text is still in use but has no Word form yet, it gets one, as its next version."""
    versions = Template.objects.filter(unit=None, kind=kind.code).order_by("-version")
    newest = versions.filter(state=Template.State.PUBLISHED).first()
    if newest is None or newest.word or newest.body != kind.body or not (word := kind.word()):
        return
    begins = newest.valid_from or SINCE
    Template.objects.create(
        kind=kind.code,
        version=versions[0].version + 1,
        state=Template.State.PUBLISHED,
        valid_from=max(timezone.localdate(), begins + timedelta(days=1)),
        published_at=timezone.now(),
        body=kind.body,
        word=word,
    )


def _first_pattern(kind: DocumentKind) -> None:
    if not NumberPattern.objects.filter(unit=None, kind=kind.code).exists():
        NumberPattern.objects.create(
            kind=kind.code,
            counter=kind.counter,
            pattern=kind.pattern,
            grade=kind.grade,
            classification=kind.classification,
            resets=kind.resets,
            keeps_dates=kind.keeps_dates,
            valid_from=SINCE,
            basis=kind.basis,
        )
