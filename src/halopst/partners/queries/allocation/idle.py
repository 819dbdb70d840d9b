"""Who is not to be given work: mitra no longer active, or blacklisted, be it for a day of the month."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from halopst.partners.models import Blacklisting, Handover, Registration, Share


def of_idle(shares: QuerySet[Share]) -> QuerySet[Share]:
    """Those of mitra who are not to be given that month's work; what is handed over is done, and stays."""
    listed = Blacklisting.objects.filter(person=OuterRef("person")).touching(OuterRef("month"))
    done = Handover.objects.filter(
        approval__registration=OuterRef("assignment__registration"),
        approval__month=OuterRef("month"),
        approval__withdrawn_at__isnull=True,
    )
    active = Q(assignment__registration__status=Registration.Status.ACTIVE)
    return shares.filter(~active | Exists(listed)).filter(~Exists(done))
