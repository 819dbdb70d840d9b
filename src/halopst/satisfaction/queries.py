from collections import defaultdict
from collections.abc import Collection

from django.core.paginator import Page
from django.db.models import Count, Q

from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.core.links import read
from halopst.core.pages import LongPaginator
from halopst.satisfaction.models import Instrument, Invitation, Rating
from halopst.satisfaction.rules import Score, score

PAGE_SIZE = 25


def current_instrument() -> Instrument:
    """The newest version in force; loaded with the reference data."""
    return Instrument.objects.filter(code="penilaian-petugas").latest("version")


def invitation_of(token: str) -> Invitation:
    """The invitation a signed link opens; raises `core.links.BadLink` for any other link."""
    rows = Invitation.objects.select_related("unit", "officer", "instrument", "case", "rating")
    return rows.get(pk=read("rating", token)["invitation"])


def ratings_page(actor: Actor, *, text: str, number: str) -> Page[Rating]:
    """Newest first, those whose comment or officer's name holds `text`; only staff have a page to read."""
    if not actor.is_staff:
        raise NotPermitted
    rows = Rating.objects.visible_to(actor).select_related("officer", "unit", "instrument")
    if text:
        rows = rows.filter(Q(comment__icontains=text) | Q(officer__name__icontains=text))
    return LongPaginator(rows.order_by("-rated_at", "-pk"), PAGE_SIZE).get_page(number)


def officer_scores(officer_ids: Collection[int]) -> dict[int, Score | None]:
    """Each officer's public figure under the current instrument; None while too few have answered."""
    instrument = current_instrument()
    ratings = Rating.objects.filter(instrument=instrument, officer__in=officer_ids)
    counts: defaultdict[int, list[int]] = defaultdict(lambda: [0] * instrument.scale)
    for officer, value, number in ratings.values_list("officer", "score").annotate(Count("pk")):
        counts[officer][value - 1] = number
    return {pk: score(counts[pk], minimum=instrument.minimum_published) for pk in officer_ids}
