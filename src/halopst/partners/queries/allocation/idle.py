"""Mitra who must not be given work: no longer active, or blacklisted on any day of the month."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from halopst.partners.models import Blacklisting, Handover, Registration, Share


def of_idle(shares: QuerySet[Share]) -> QuerySet[Share]:
    """The `shares` whose mitra must not be given that month's work; work already handed over is left out."""
    listed = Blacklisting.objects.filter(person=OuterRef("person")).touching(OuterRef("month"))
    done = Handover.objects.filter(
        approval__registration=OuterRef("assignment__registration"),
        approval__month=OuterRef("month"),
        approval__withdrawn_at__isnull=True,
    )
    active = Q(assignment__registration__status=Registration.Status.ACTIVE)
    return shares.filter(~active | Exists(listed)).filter(~Exists(done))
