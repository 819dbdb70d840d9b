"""Who answers for a text is told that its review date has passed, once for each date."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from halopst.core.formats import medium_date
from halopst.knowledge.models import Document
from halopst.knowledge.notices import TO_REVIEW
from halopst.knowledge.queries.documents import STALE
from halopst.notifications.services import notify, recipient_of
from halopst.units.queries import head_office

LOOKED_BACK = timedelta(days=30)
"""Dates that passed longer ago are told to nobody: the text came in so, or it was told then."""
MOST_NAMED = 5


@transaction.atomic
def remind_of_reviews(*, now: datetime) -> int:
    """Send one notice for all texts of an office that one person answers for and that fell due on one day.

    It may be called again at any time; returns how many notices there are for these days.
    """
    today = timezone.localdate(now)
    rows = Document.objects.filter(
        state=Document.State.PUBLISHED,
        review_by__lt=today,
        review_by__gte=today - LOOKED_BACK,
        owner__is_active=True,
    )
    ordered = rows.select_related("unit", "owner").order_by("unit_id", "owner_id", "review_by", "title", "pk")
    told = [
        list(few)
        for _key, few in groupby(ordered, key=lambda one: (one.unit_id, one.owner_id, one.review_by))
    ]
    for texts in told:
        _tell(texts, now=now)
    return len(told)


def _tell(texts: Sequence[Document], *, now: datetime) -> None:
    first = texts[0]
    owner, due = first.owner, first.review_by
    if owner is None or due is None:  # the query leaves both out
        return
    unit = first.unit or head_office()
    page = reverse("knowledge:texts") + f"?keadaan={STALE}"
    notify(
        kind=TO_REVIEW.code,
        unit=unit,
        to=recipient_of(owner),
        context={
            "nama": str(owner),
            "satker": unit.name,
            "hari": medium_date(due, lang="en" if owner.language == "en" else "id"),
            "tulisan": _named(texts, owner.language),
        },
        about=f"document:{first.pk}",
        key=f"text-review-{unit.pk}-{owner.pk}-{due.isoformat()}",
        link=reverse("knowledge:edit", args=[first.pk]) if len(texts) == 1 else page,
        now=now,
    )


def _named(texts: Sequence[Document], language: str) -> str:
    named = "; ".join(str(one) for one in texts[:MOST_NAMED])
    if len(texts) <= MOST_NAMED:
        return named
    with override(language):
        return _("%(judul)s; dan %(n)d lainnya") % {"judul": named, "n": len(texts) - MOST_NAMED}
