"""The letters that change a signed contract: what was agreed, and what is now."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from halopst.letters.services import DocumentKind, Field, Shape, declare
from halopst.partners.letter_kinds.contracts import BY_ITS_RECEIPT
from halopst.partners.letter_kinds.fields import (
    ACTIVITY,
    AGREEMENT,
    HONOR_BY_MONTH,
    MONTH,
    PARTIES,
    WORK,
    lines,
)
from halopst.partners.letter_kinds.texts import naskah, word

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
        fields=(*PARTIES, AGREEMENT, MONTH, *CHANGE),
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
        fields=(*PARTIES, AGREEMENT, ACTIVITY, *CHANGE, HONOR_BY_MONTH),
        body=naskah("rincian_kerja", "adendum_kegiatan", "adendum"),
        word=word("rincian_kerja", "adendum_kegiatan", "adendum"),
        counter="SPK",
        classification="VS.330",
    )
)


def about_addendum(registration: int, month: date) -> str:
    """What an addendum is about: the month whose contract it changes."""
    return f"{ADDENDUM.code}:{registration}:{month:%Y-%m}"


def about_activity_addendum(registration: int, activity: int) -> str:
    """What an addendum is about: the activity whose contract it changes."""
    return f"{ACTIVITY_ADDENDUM.code}:{registration}:{activity}"
