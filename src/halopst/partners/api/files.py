"""Files of money for programs: the transfer of one list, and everything paid for a month.

Both are posted, as on the pages: each taking is put on record. No key repeats them, for account numbers are
not to be kept in an answer to be given again.
"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router

from halopst.core.http import Request, gives
from halopst.core.spreadsheets import XLSX_TYPE
from halopst.partners.addressed import unit_of
from halopst.partners.api.parameters import Format, Month, day_of
from halopst.partners.downloads import spreadsheet
from halopst.partners.models import PaymentList
from halopst.partners.services.payments import files as payment_files

router = Router()
FILE = gives("text/csv", XLSX_TYPE)


@router.post("/payment-lists/{int:pk}/transfer", url_name="partners-transfer-file", openapi_extra=FILE)
def transfer_file(request: Request, pk: int, form: Format = "csv") -> HttpResponse:
    """Download the file for the bank: a row per account of an issued list, with whole account numbers."""
    rows = PaymentList.objects.visible_to(request.actor).select_related("unit")
    row = get_object_or_404(rows, pk=pk)
    name = f"transfer-honor-{row.unit.slug}-{row.month:%Y-%m}-{row.sequence}"
    return spreadsheet(
        form, name, lambda: payment_files.transfer_table(request.actor, row), sheet=_("Transfer")
    )


@router.post("/units/{slug}/payment-file", url_name="partners-payment-file", openapi_extra=FILE)
def payment_file(request: Request, slug: str, month: Month, form: Format = "csv") -> HttpResponse:
    """Download everyone paid for a month: gross, tax, net and net in words, and the sums."""
    unit, first = unit_of(request, slug), day_of(month)
    name = f"pembayaran-honor-{unit.slug}-{first:%Y-%m}"
    return spreadsheet(
        form, name, lambda: payment_files.payment_table(request.actor, unit, first), sheet=_("Pembayaran")
    )
