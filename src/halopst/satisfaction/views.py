from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from halopst.core.http import Request, respond
from halopst.satisfaction import services
from halopst.satisfaction.forms import RatingForm
from halopst.satisfaction.queries import invitation_of, ratings_page


@require_http_methods(["GET", "POST"])
def rate(request: Request, token: str) -> HttpResponse:
    """The rating page: whoever holds the link of a finished request may answer, once."""
    invitation = invitation_of(token)
    answers = request.POST if request.method == "POST" else None
    form = RatingForm(answers, instrument=invitation.instrument)
    context = {"invitation": invitation, "form": form, "unit": invitation.unit}
    if hasattr(invitation, "rating"):
        return respond(request, "satisfaction/thanks.html", context)
    if request.method == "POST" and form.is_valid():
        services.rate(invitation, **form.cleaned_data, now=timezone.now())
        messages.success(request, _("Penilaian Anda tersimpan. Terima kasih."))
        return redirect(request.path)
    status = 422 if request.method == "POST" else 200
    return respond(request, "satisfaction/rate.html", context, status=status)


@require_GET
@login_required
def ratings(request: Request) -> HttpResponse:
    """What people said: an officer reads their own, a lead those of the office; never who said it."""
    text = " ".join(request.GET.get("q", "").replace("\0", "").split())[:80]
    page = ratings_page(request.actor, text=text, number=request.GET.get("page", "1"))
    context = {"page": page, "text": text, "active": "penilaian"}
    return respond(request, "satisfaction/ratings.html", context, partial="daftar")
