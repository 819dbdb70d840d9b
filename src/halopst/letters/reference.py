import csv
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from halopst.core.reference import reference_data
from halopst.core.validity import period_of
from halopst.letters.kinds import DocumentKind, all_kinds
from halopst.letters.models import Classification, NumberPattern, Template

CODES = Path(__file__).parent / "data" / "classifications.csv"
BASIS = "Peraturan Kepala BPS Nomor 99 Tahun 2018"
# The regulation is of 2018; on which day of that year it began our source does not say. By 2019 it held.
CODES_SINCE = date(2019, 1, 1)
SINCE = date(2026, 1, 1)


@cache
def codes_of_the_release() -> dict[str, str]:
    """Everyone's codes and their titles, which each start finds again."""
    with CODES.open(newline="") as file:
        return {row["code"]: row["title"] for row in csv.DictReader(file)}


@reference_data("klasifikasi arsip")
def load_classifications() -> None:
    """Everyone's codes; one that is there already, ended or not, is left alone."""
    have = set(Classification.objects.filter(unit=None).values_list("code", flat=True))
    period = period_of(CODES_SINCE, None)
    rows = [
        Classification(code=code, title=title, basis=BASIS, period=period)
        for code, title in codes_of_the_release().items()
    ]
    Classification.objects.bulk_create([row for row in rows if row.code not in have], ignore_conflicts=True)


@reference_data("naskah dan pola nomor surat")
def load_defaults() -> None:
    """Every declared kind gets everyone's template of this release, and a first number pattern."""
    for kind in all_kinds():
        _template(kind)
        _first_pattern(kind)


def _template(kind: DocumentKind) -> None:
    """Everyone's text: the first, or the next version where this release says it differently than the last.

    What has been printed keeps its version; an office's own text goes on before everyone's.
    """
    versions = Template.objects.filter(unit=None, kind=kind.code).order_by("-version")
    newest = versions.filter(state=Template.State.PUBLISHED).first()
    if newest is None:
        _publish(kind, version=1, since=SINCE, word=kind.word())
    elif newest.body != kind.body or (not newest.word and kind.word()):
        begins = (newest.valid_from or SINCE) + timedelta(days=1)
        since = max(timezone.localdate(), begins)
        _publish(kind, version=versions[0].version + 1, since=since, word=kind.word())


def _publish(kind: DocumentKind, *, version: int, since: date, word: bytes) -> None:
    Template.objects.create(
        kind=kind.code,
        version=version,
        state=Template.State.PUBLISHED,
        valid_from=since,
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
