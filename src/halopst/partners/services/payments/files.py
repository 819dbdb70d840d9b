"""Files for the bank and the archive: the transfers of one list, and the payments of a month."""

from collections.abc import Callable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.tables import Cell
from halopst.letters.rules import rupiah_in_words
from halopst.partners import permissions
from halopst.partners.models import PaymentLine, PaymentList
from halopst.partners.monitoring_tables import Table
from halopst.partners.queries.payments.lists import paid_lines
from halopst.partners.rules.tax import surcharge_share
from halopst.partners.services.authority import must
from halopst.partners.services.payments.refusals import NotYetIssued
from halopst.units.models import Unit

ISSUED = frozenset({PaymentList.State.FINAL, PaymentList.State.PAID})


def transfer_table(actor: Actor, row: PaymentList) -> Table:
    """One row per account of an issued list, with whole numbers; on record who took it."""
    must(actor, permissions.PAY, row.unit_id)
    if row.state not in ISSUED:
        raise NotYetIssued
    heads: list[Cell] = [_("Bank"), _("Nomor rekening"), _("Atas nama"), _("Jumlah (Rp)"), _("Keterangan")]
    accounts: dict[tuple[str, str], list[PaymentLine]] = {}
    for line in row.lines.order_by("name", "pk"):
        if line.net:
            accounts.setdefault((line.bank, line.account_hash), []).append(line)
    record(actor, "partners.transfer-file-taken", row, accounts=len(accounts))
    return [heads, *(_transfer(row, lines) for lines in accounts.values())]


def payment_table(actor: Actor, unit: Unit, month: date) -> Table:
    """Everyone paid for the month, and the sums; accounts by their last digits. On record who took it."""
    must(actor, permissions.VIEW, unit.pk)
    lines = list(paid_lines(unit, month))
    rows = [[read(line) for _head, read in _columns()] for line in lines]
    record(
        actor, "partners.payment-file-taken", unit, unit_id=unit.pk, month=f"{month:%Y-%m}", rows=len(rows)
    )
    return [[head for head, _read in _columns()], *rows, _sums(lines)]


def _transfer(row: PaymentList, lines: Sequence[PaymentLine]) -> list[Cell]:
    first, names = lines[0], ", ".join(line.name for line in lines)
    what = _("Honor %(bulan)s %(nama)s") % {"bulan": f"{row.month:%m-%Y}", "nama": names}
    return [
        first.bank,
        first.account,
        first.holder,
        sum(line.net for line in lines),
        what,
    ]


def _columns() -> list[tuple[str, Callable[[PaymentLine], Cell]]]:
    return [
        (_("Daftar ke"), lambda line: line.payment_list.sequence),
        (_("Mitra"), lambda line: line.name),
        (_("Bruto (Rp)"), lambda line: line.gross),
        (_("PPh 21 (Rp)"), lambda line: line.tax),
        (_("Diterima (Rp)"), lambda line: line.net),
        (_("Terbilang"), lambda line: rupiah_in_words(line.net)),
        (_("Bank"), lambda line: line.bank),
        (_("Rekening"), lambda line: f"••••{line.tail}"),
        (_("Atas nama"), lambda line: line.holder),
        (_("Tanggal bayar"), lambda line: f"{line.payment_list.paid_on:%Y-%m-%d}"),
        (_("Dasar pajak"), lambda line: line.payment_list.basis),
        (
            _("Tambahan pajak tanpa NPWP"),
            lambda line: surcharge_share(line.payment_list.parameters) if line.is_raised else "",
        ),
    ]


def _sums(lines: Sequence[PaymentLine]) -> list[Cell]:
    net = sum(line.net for line in lines)
    sums: list[Cell] = [
        "",
        _("Jumlah"),
        sum(line.gross for line in lines),
        sum(line.tax for line in lines),
        net,
    ]
    return [*sums, rupiah_in_words(net), "", "", "", "", "", ""]
