"""A mitra of the office as the example of a letter's text: found by name, filled with their newest month."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from halopst.core.actors import Actor
from halopst.letters.services import CannotCompose, Composition, DocumentKind
from halopst.letters.services.composing import compose
from halopst.letters.services.sampling import Sample, Samples, sample_with
from halopst.partners import permissions
from halopst.partners.letter_kinds.addenda import (
    ACTIVITY_ADDENDUM,
    ADDENDUM,
    about_activity_addendum,
    about_addendum,
)
from halopst.partners.letter_kinds.contracts import (
    ACTIVITY_CONTRACT,
    MONTHLY_CONTRACT,
    about_activity,
    about_month,
)
from halopst.partners.letter_kinds.payment_lists import PAYMENT_LIST, about_list
from halopst.partners.letter_kinds.receipts import HANDOVER, TERMINATION, about_handover, about_termination
from halopst.partners.models import Approval, Assignment, PaymentLine, Registration, Termination
from halopst.units.models import Unit

MOST = 8
LONGEST_KEY = 9
GONE = _("Mitra ini tidak ada di satker ini. Cari lagi namanya.")
NO_MONTH = _(
    "%(nama)s belum punya bulan yang disetujui, jadi belum ada isi untuk surat ini. Pilih mitra lain, atau "
    "setujui dulu alokasinya di menu Mitra."
)
NOT_ENDED = _(
    "Perjanjian %(nama)s belum pernah diputus, jadi belum ada isi untuk surat ini. Pilih mitra lain."
)
NOT_LISTED = _(
    "%(nama)s belum ada di daftar pembayaran yang masih terbuka, jadi belum ada isi untuk surat ini. "
    "Pilih mitra lain."
)


def find(actor: Actor, unit: Unit, text: str) -> Sequence[Sample]:
    """The newest registration of each mitra of that name; empty if the actor may not see the mitra."""
    if not actor.may(permissions.VIEW, unit.pk) or not text:
        return ()
    newest = Registration.objects.filter(unit=unit, person=OuterRef("person")).order_by("-year").values("pk")
    rows = Registration.objects.visible_to(actor).filter(unit=unit, person__name__icontains=text)
    shown = rows.filter(pk=Subquery(newest[:1])).select_related("person")
    return [
        Sample(str(row.pk), row.person.name, row.person.district)
        for row in shown.order_by(Lower("person__name"), "pk")[:MOST]
    ]


def fill(kind: DocumentKind, actor: Actor, unit: Unit, key: str, now: datetime) -> Composition:
    """What the letter would say of their newest month. Raises CannotCompose where there is none."""
    rows = Registration.objects.visible_to(actor).filter(unit=unit).select_related("person")
    row = rows.filter(pk=int(key)).first() if key.isdecimal() and len(key) <= LONGEST_KEY else None
    if row is None or not actor.may(permissions.VIEW, unit.pk):
        raise CannotCompose(GONE)
    return compose(kind, ABOUTS[kind.code](row), now, hold=False)


def _month(row: Registration) -> Approval:
    found = Approval.objects.in_force().filter(registration=row).order_by("-month").first()
    if found is None:
        raise CannotCompose(NO_MONTH % {"nama": row.person.name})
    return found


def _activity(row: Registration) -> int:
    assigned = {line["assignment"] for line in _month(row).lines}
    works = Assignment.objects.filter(pk__in=assigned).order_by("pk")
    return works.values_list("duty__activity", flat=True)[0]


def _ending(row: Registration) -> str:
    ended = Termination.objects.filter(registration=row).order_by("-pk").first()
    if ended is None:
        raise CannotCompose(NOT_ENDED % {"nama": row.person.name})
    return about_termination(ended.pk)


def _list(row: Registration) -> str:
    lines = PaymentLine.objects.filter(handover__approval__registration=row, stands=True)
    line = lines.filter(payment_list__state__in=["draft", "final"]).order_by("-pk").first()
    if line is None:
        raise CannotCompose(NOT_LISTED % {"nama": row.person.name})
    return about_list(line.payment_list_id)


ABOUTS: dict[str, Callable[[Registration], str]] = {
    MONTHLY_CONTRACT.code: lambda row: about_month(row.pk, _month(row).month),
    ACTIVITY_CONTRACT.code: lambda row: about_activity(row.pk, _activity(row)),
    ADDENDUM.code: lambda row: about_addendum(row.pk, _month(row).month),
    ACTIVITY_ADDENDUM.code: lambda row: about_activity_addendum(row.pk, _activity(row)),
    HANDOVER.code: lambda row: about_handover(row.pk, _month(row).month),
    TERMINATION.code: _ending,
    PAYMENT_LIST.code: _list,
}
for code in ABOUTS:
    sample_with(code, Samples(find, fill))
