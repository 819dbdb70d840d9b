"""A transfer of a paid list that the bank sent back."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from halopst.core.forms import attempt, posted
from halopst.core.http import Request, respond
from halopst.partners import permissions
from halopst.partners.addressed import unit_of
from halopst.partners.forms.payments import ReturnForm
from halopst.partners.queries.payments.lists import line_of
from halopst.partners.services.payments.returning import return_transfer
from halopst.partners.views.frame import frame
from halopst.partners.views.months import months_around
from halopst.partners.views.payment_lists import list_of


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def add(request: Request, slug: str, pk: int, line: int) -> HttpResponse:
    """Note that the money of one line came back, and why."""
    unit_of(request, slug, permissions.PAY)
    unit, row = list_of(request, slug, pk)
    try:
        found = line_of(row, line)
    except ObjectDoesNotExist as error:
        raise Http404 from error
    form = ReturnForm(posted(request), initial={"returned_on": timezone.localdate(timezone=unit.tz)})
    status = 200
    if request.method == "POST":
        status = attempt(
            form, lambda: return_transfer(request.actor, found, now=timezone.now(), **form.cleaned_data)
        )
        if status == HTTPStatus.OK:
            messages.success(request, _("Retur tercatat. Mitra dibayar lagi setelah rekeningnya beres."))
            return redirect("partners:payment-list", slug, pk)
    context = {
        **frame(request, unit, "pembayaran"),
        **months_around(row.month),
        "list": row,
        "line": found,
        "form": form,
    }
    return respond(request, "partners/transfer_return.html", context, status=status)
