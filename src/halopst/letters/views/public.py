"""Verifikasi: what anyone who holds a letter may ask about it."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from halopst.core.forms import posted
from halopst.core.http import Request, respond
from halopst.letters import services
from halopst.letters.forms import VerifyForm
from halopst.letters.queries import verification


@never_cache
@require_http_methods(["GET", "POST"])
def verify(request: Request, token: str) -> HttpResponse:
    """Number, kind, initials, date and status; and whether a file is byte for byte the letter."""
    found = verification(token)
    if found is None:
        return respond(request, "letters/unknown.html", {}, status=404)
    form = VerifyForm(posted(request), request.FILES or None)
    same = None
    if form.is_bound and form.is_valid():
        same = services.is_same_file(found, form.cleaned_data["file"].chunks())
    context = {"found": found, "unit": found.unit, "form": form, "same": same}
    return respond(request, "letters/verify.html", context, status=422 if form.errors else 200)
