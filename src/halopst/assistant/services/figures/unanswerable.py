"""Questions for figures that no figure can answer; the answer says what is missing."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from halopst.assistant.rules.figures.answers import NO_DATA, NO_INDICATOR, NO_REGION, Declined, Option
from halopst.assistant.rules.question import intents
from halopst.assistant.rules.question.thresholds import two
from halopst.assistant.rules.question.understanding import LONGEST_QUESTION, Understood
from halopst.assistant.services.figures.presenting import together
from halopst.core.spelling import words as plain
from halopst.knowledge.rules.figures.regions import Region

SILASTIK = "https://silastik.bps.go.id"
ROMANTIK = "https://romantik.web.bps.go.id"


def of_nothing(asked: Understood) -> Declined | None:
    """What to add where a question names no figure at all; None where it asks for something else."""
    return _order_of_nothing(asked) or _region_of_nothing(asked)


def _region_of_nothing(asked: Understood) -> Declined | None:
    """`Jawa Timur`, `Surabaya vs Malang`: a region alone."""
    names = [one.regions[0].name for one in asked.mentions if not one.group]
    if asked.topic or not names:
        return None
    words = {"wilayah": names[0]}
    said = _("Sebut juga angka apa yang Anda cari, misalnya “jumlah penduduk %(wilayah)s”.") % words
    return Declined(NO_INDICATOR, said)


def _order_of_nothing(asked: Understood) -> Declined | None:
    """`Kota mana yang tertinggi kedua?` does not say which figure is ranked."""
    is_order = asked.ordinal is not None or asked.spread or asked.placed
    if asked.kind != intents.RANKING or asked.topic or not is_order:
        return None
    said = _(
        "Sebut juga angka apa yang diurutkan, misalnya “kota dengan IPM tertinggi kedua” atau “peringkat "
        "kemiskinan kabupaten saya”."
    )
    return Declined(NO_INDICATOR, said)


def of_two_bounds(question: str) -> Declined | None:
    """Two bounds of two figures at once: each is offered as a question of its own."""
    parts = two(question[:LONGEST_QUESTION])
    if not parts:
        return None
    said = _(
        "Dua batas sekaligus belum dapat saya saring. Tanyakan satu per satu, lalu cocokkan wilayah yang ada "
        "di kedua jawabannya."
    )
    return Declined(NO_INDICATOR, said, options=tuple(Option(part, part) for part in parts))


def keeping(declined: Declined, groups: Sequence[list[int]]) -> Declined:
    """`IPM Malaysia?` has no answer, but the next question may go on about IPM (`kalau Jawa Timur?`)."""
    if declined.code != NO_REGION or len(groups) > 1:
        return declined
    return replace(declined, context={"indicator": groups[0], "kind": intents.VALUE})


def not_without(left: Sequence[Region]) -> Declined:
    """`Penduduk Jawa Timur tanpa Surabaya`: no published figure leaves a part out."""
    said = _(
        "Angka tanpa %(wilayah)s tidak ada di sini dan tidak kami hitung. Tanyakan angka tiap wilayah, "
        "atau hubungi petugas."
    )
    return Declined(NO_DATA, said % {"wilayah": together([one.name for one in left])})


def elsewhere(question: str) -> Declined | None:
    """The service of BPS that a question belongs to (microdata, recommendations), whatever the office has."""
    kind = intents.kind_of(plain(question[:LONGEST_QUESTION]))
    if kind == intents.MICRODATA:
        said = _(
            "Data tiap orang, rumah tangga, atau perusahaan dirahasiakan undang-undang dan tidak dibagikan "
            "di sini. Untuk data mikro yang sudah disamarkan, ajukan permohonan lewat SILASTIK."
        )
        return Declined(kind, said, SILASTIK)
    if kind != intents.RECOMMENDATION:
        return None
    said = _("Rekomendasi kegiatan statistik diajukan lewat ROMANTIK.")
    return Declined(kind, said, ROMANTIK)
