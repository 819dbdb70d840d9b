"""An answer while a model words it: a page asks for the words once, and follows what is checked so far."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from halopst.assistant import services
from halopst.assistant.queries import conversations as queries
from halopst.assistant.queries.wording_progress import stage
from halopst.assistant.views.talk import held_by, office
from halopst.core.clients import client_key
from halopst.core.http import Request


@require_http_methods(["GET", "POST"])
def word(request: Request, slug: str, pk: int) -> HttpResponse:
    """POST words the answer and returns all of it; GET returns the sentences that have passed so far.

    A page that was loaded again meanwhile watches (`pantau`), and gets the whole answer when it is there.
    """
    unit = office(request, slug)
    held = held_by(request, unit)
    if (turn := queries.turn_in(held, pk)) is None:
        raise Http404
    if request.method == "POST":
        services.word(request.actor, turn, client=client_key(request), now=timezone.now())
    shown = queries.turn_in(held, pk)
    context = {
        "unit": unit,
        "turn": shown,
        "conversation": shown.conversation if shown else None,
        "newest": shown is not None and queries.is_newest(shown),
    }
    if request.method == "POST":
        return render(request, "assistant/turn.html#selesai", context)
    if "pantau" not in request.GET or (shown and stage(shown, now=timezone.now())):
        return render(request, "assistant/turn.html#sejauh-ini", context)
    whole = render(request, "assistant/turn.html#selesai", context)
    whole["HX-Retarget"], whole["HX-Reswap"] = f"#jawaban-{pk}", "outerHTML"
    return whole
