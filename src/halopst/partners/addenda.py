"""The letters that change a signed contract: what was agreed, and what is now."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from halopst.letters.services import DocumentKind, Field, Shape, declare
from halopst.partners.contracts import (
    BY_ITS_RECEIPT,
    OF_ACTIVITY,
    PARTIES,
    PER_MONTH,
    WORK,
    lines,
    naskah,
    word,
)
from halopst.partners.receipts import AGREEMENT, OF_MONTH, about_work

CHANGE: Final = (
    Field(name="honor_semula", label=_("Honor semula"), example=1_632_000, shape=Shape.MONEY),
    Field(name="honor", label=_("Honor menjadi"), example=1_360_000, shape=Shape.MONEY),
    lines("semula", _("Pekerjaan semula"), WORK),
    lines("kegiatan", _("Pekerjaan menjadi"), WORK),
)
ADDENDUM: Final = declare(
    DocumentKind(
        code="partners.addendum",
        paid_by_owner=True,
        handed_over_by=BY_ITS_RECEIPT,
        label=_("Adendum perjanjian kerja"),
        title="Adendum perjanjian kerja mitra statistik",
        fields=(*PARTIES, AGREEMENT, OF_MONTH, *CHANGE),
        body=naskah("rincian_kerja", "adendum_bulanan", "adendum"),
        word=word("rincian_kerja", "adendum_bulanan", "adendum"),
        counter="SPK",
        classification="VS.330",
    )
)
ACTIVITY_ADDENDUM: Final = declare(
    DocumentKind(
        code="partners.activity-addendum",
        paid_by_owner=True,
        handed_over_by=BY_ITS_RECEIPT,
        label=_("Adendum perjanjian per kegiatan"),
        title="Adendum perjanjian kerja mitra statistik per kegiatan",
        fields=(*PARTIES, AGREEMENT, OF_ACTIVITY, *CHANGE, PER_MONTH),
        body=naskah("rincian_kerja", "adendum_kegiatan", "adendum"),
        word=word("rincian_kerja", "adendum_kegiatan", "adendum"),
        counter="SPK",
        classification="VS.330",
    )
)


def about_addendum(registration: int, month: date) -> str:
    """What an addendum is about: the month whose contract it changes."""
    return about_work(ADDENDUM, registration, month)


def about_activity_addendum(registration: int, activity: int) -> str:
    """What an addendum is about: the activity whose contract it changes."""
    return f"{ACTIVITY_ADDENDUM.code}:{registration}:{activity}"
