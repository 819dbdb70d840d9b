"""The letter that changes a signed monthly contract: what was agreed, and what is now."""

from datetime import date
from typing import Final

from django.utils.translation import gettext_lazy as _

from halopst.letters.services import DocumentKind, Field, Shape, declare
from halopst.partners.contracts import NASKAH, PARTIES, WORK, example_of
from halopst.partners.receipts import AGREEMENT, about_work

ADDENDUM: Final = declare(
    DocumentKind(
        code="partners.addendum",
        label=_("Adendum perjanjian kerja"),
        title="Adendum perjanjian kerja mitra statistik",
        fields=(
            *PARTIES,
            *AGREEMENT,
            Field(name="honor_semula", label=_("Honor semula"), example=1_632_000, shape=Shape.MONEY),
            Field(name="honor", label=_("Honor menjadi"), example=1_360_000, shape=Shape.MONEY),
            Field(
                name="semula",
                label=_("Pekerjaan semula"),
                example=[example_of(WORK)],
                shape=Shape.LINES,
                columns=WORK,
            ),
            Field(
                name="kegiatan",
                label=_("Pekerjaan menjadi"),
                example=[example_of(WORK)],
                shape=Shape.LINES,
                columns=WORK,
            ),
        ),
        body=(NASKAH / "adendum.typ").read_text(encoding="utf-8"),
        counter="SPK",
        classification="VS.330",
    )
)


def about_addendum(registration: int, month: date) -> str:
    """What an addendum is about: the month whose contract it changes."""
    return about_work(ADDENDUM, registration, month)
