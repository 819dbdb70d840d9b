"""What the payment of mitra still waits for, in words, each with the page that mends it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halopst.partners.queries.payments.payable import PayRow
from halopst.partners.queries.payments.unsigned import unsigned_letters
from halopst.partners.rules.payment import Lack

WORDS: dict[Lack, Promise] = {
    Lack.CONTRACT: _("Perjanjian atau adendumnya belum ditandatangani"),
    Lack.HANDOVER: _("Realisasi belum dicatat"),
    Lack.RECEIPT: _("Berita acara belum ditandatangani"),
    Lack.ACCOUNT: _("Rekening belum ada"),
    Lack.RETURNED: _("Transfer diretur bank; rekening belum dibetulkan atau dibenarkan mitra"),
    Lack.HOLDER: _("Nama pemilik rekening berbeda"),
    Lack.NUMBER: _("NIK atau NPWP belum ada"),
}
PAGES = {
    Lack.CONTRACT: "partners:contracts",
    Lack.HANDOVER: "partners:handovers",
    Lack.RECEIPT: "partners:handovers",
    Lack.ACCOUNT: "partners:account",
    Lack.RETURNED: "partners:account",
    Lack.HOLDER: "partners:account",
    Lack.NUMBER: "partners:edit",
}
OF_WORK = frozenset({Lack.HANDOVER, Lack.RECEIPT})
OF_MITRA = frozenset({Lack.ACCOUNT, Lack.RETURNED, Lack.HOLDER, Lack.NUMBER})


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that is missing; `code` is stable, for programs."""

    code: str
    sentence: str
    url: str


def told(rows: Sequence[PayRow]) -> list[tuple[PayRow, list[Told]]]:
    """For each mitra, everything their payment lacks, in words."""
    unsigned = unsigned_letters([row for row in rows if row.lacks])
    return [
        (row, [Told(str(lack), str(WORDS[lack]), _where(row, lack, unsigned)) for lack in row.lacks])
        for row in rows
    ]


def _where(row: PayRow, lack: Lack, unsigned: Mapping[tuple[int, Lack], int]) -> str:
    unit = row.approval.registration.unit
    if lack in OF_MITRA:
        return reverse(PAGES[lack], args=[unit.slug, row.person.pk])
    letter = unsigned.get((row.approval.pk, lack))
    if letter is not None:
        return reverse("letters:letter", args=[letter])
    query = {"bulan": f"{row.approval.month:%Y-%m}"}
    if lack in OF_WORK:
        query["q"] = row.person.name
    return f"{reverse(PAGES[lack], args=[unit.slug])}?{urlencode(query)}"
