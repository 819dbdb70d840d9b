"""The letter of a payment list, composed from its lines when it is printed."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from halopst.letters import services as letters
from halopst.letters.models import Signatory
from halopst.letters.queries import signatory, where_appointed
from halopst.letters.services import CannotCompose, Composition, compose_with
from halopst.letters.services.composing import Trouble
from halopst.letters.services.looking import look_at
from halopst.partners.letter_kinds.payment_lists import PAYMENT_LIST, about_list
from halopst.partners.models import Delivery, Handover, PaymentLine, PaymentList
from halopst.partners.queries.payments.lists import lines_of
from halopst.partners.rules.subjects import row_of
from halopst.partners.rules.tax import surcharge_in_words
from halopst.partners.secrecy import Unreadable
from halopst.partners.services.contracts.texts import month_in_words
from halopst.units.models import Unit

SIGNERS = {
    "ppk": Signatory.Role.COMMITMENT,
    "bendahara": Signatory.Role.TREASURER,
    "pembuat": Signatory.Role.CLERK,
}
NO_SIGNER = _(
    "Belum ada %(peran)s yang menjabat hari ini. Catat dahulu penanda tangannya, lalu terbitkan daftar ini."
)
PART = "bagian bulan ini"
WITHOUT_NPWP, MEANING = "*)", "Yang bertanda *) tanpa NPWP."
GONE = _("Daftar ini sudah dibatalkan atau dibayar, jadi suratnya tidak dibuat lagi.")


@compose_with(PAYMENT_LIST.code)
def compose_list(about: str, now: datetime, *, hold: bool) -> Composition:
    """The SPJ of `partners.spj:<list>`; refused once the list was cancelled or paid."""
    rows = PaymentList.objects.select_related("unit")
    if hold:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(pk=row_of(about)).first()
    if row is None or row.state not in {PaymentList.State.DRAFT, PaymentList.State.FINAL}:
        raise CannotCompose(GONE)
    signers = _signers(row, now)
    lines = list(lines_of(row))
    data = {
        "bulan": month_in_words(row.month),
        "daftar": row.sequence,
        "cara": _method(row),
        "dasar": "; ".join(filter(None, (row.basis, surcharge_in_words(row.parameters)))),
        "arti_tanda": MEANING if any(line.is_raised for line in lines) else "",
        "bruto": row.gross,
        "pajak": row.tax,
        "netto": row.net,
        **{name: _official(one) for name, one in signers.items()},
        "baris": [_line(line) for line in lines],
    }
    names = tuple(one.name for one in signers.values())
    title = f"{PAYMENT_LIST.title} {data['bulan']}, daftar ke-{row.sequence}"
    return Composition(data=data, parties=names, dated_on=now.astimezone(row.unit.tz).date(), title=title)


def why_no_letter(unit: Unit, today: date) -> list[Trouble]:
    """What stands in the way of any list of that day: who signs, and how it is written and numbered."""
    lacking = letters.why_none_can_be_made(unit, PAYMENT_LIST.code, today)
    absent = [role for role in SIGNERS.values() if signatory(unit, role, today) is None]
    return [*lacking, *(Trouble(unit.name, *_nobody(unit, role)) for role in absent)]


def look_at_list(row: PaymentList, *, now: datetime) -> letters.Preview:
    """The pages of its letter as it would be printed now; a `Refused` says what is missing."""
    return look_at(PAYMENT_LIST, row.unit, about_list(row.pk), now=now)


def _signers(row: PaymentList, now: datetime) -> dict[str, Signatory]:
    """Who signs today; CannotCompose names the role nobody holds."""
    today = now.astimezone(row.unit.tz).date()
    found = {}
    for name, role in SIGNERS.items():
        one = signatory(row.unit, role, today)
        if one is None:
            raise CannotCompose(*_nobody(row.unit, role))
        found[name] = one
    return found


def _nobody(unit: Unit, role: Signatory.Role) -> tuple[str, str]:
    return NO_SIGNER % {"peran": role.label}, where_appointed(unit, role)


def _method(row: PaymentList) -> str:
    with override("id"):
        return str(row.get_method_display())


def _official(one: Signatory) -> dict[str, str]:
    return {"nama": one.name, "nip": one.nip, "jabatan": one.printed_title}


def _line(line: PaymentLine) -> dict[str, Any]:
    try:
        account = line.account
    except Unreadable as error:
        raise CannotCompose(error.message) from error
    return {
        "nama": line.name,
        "tanda": WITHOUT_NPWP if line.is_raised else "",
        "uraian": described(line.handover) + _again(line),
        "pekerjaan": _jobs(line),
        "bruto": line.gross,
        "pajak": line.tax,
        "netto": line.net,
        "bank": line.bank,
        "rekening": account,
        "pemilik": line.holder,
    }


def _jobs(line: PaymentLine) -> list[dict[str, Any]]:
    """What the gross is made of: volume times unit price, exactly.

    A month that pays its part of a volume over several months pays one such part.
    """
    paid = [one for one in line.handover.deliveries.all() if one.due]
    return [_job(one, _again(line) if one is paid[0] else "") for one in paid]


def _job(one: Delivery, note: str) -> dict[str, Any]:
    duty, price = one.assignment.duty, one.assignment.price
    name, measure = duty.activity.name, duty.unit_price.volume_unit
    volume = min(one.realised, one.planned)
    if volume * price != one.due:
        name, measure = f"{name}: {volume} {measure}", PART
        volume, price = 1, one.due
    return {
        "kegiatan": f"{name}{note}",
        "volume": volume,
        "satuan": measure,
        "harga": price,
        "nilai": one.due,
    }


def _again(line: PaymentLine) -> str:
    """Says that this replaces a transfer which came back: nobody claims the same work twice."""
    sequence = getattr(line, "again_after", None)
    return f" (dibayar ulang: retur daftar ke-{sequence})" if sequence else ""


def described(handover: Handover) -> str:
    """`Sakernas: 20 dokumen; KSA padi: 4 segmen`: what was done, of what is paid."""
    return "; ".join(
        f"{one.assignment.duty.activity.name}: {one.realised} {one.assignment.duty.unit_price.volume_unit}"
        for one in handover.deliveries.all()
        if one.due
    )
