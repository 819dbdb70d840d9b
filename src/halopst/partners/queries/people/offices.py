"""In which offices the person asking works with mitra."""

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet

from halopst.core.actors import Actor
from halopst.partners import permissions
from halopst.units.models import Unit


def offices(actor: Actor, year: int) -> QuerySet[Unit]:
    """Offices whose register the actor reads, each with `mitra_count` of that year; those with any first."""
    registered = Count("registrations", filter=Q(registrations__year=year))
    rows: QuerySet[Unit] = Unit.objects.in_units(actor, permissions.VIEW).filter(is_active=True)
    counted = rows.annotate(mitra_count=registered)
    return counted.order_by(ExpressionWrapper(Q(mitra_count=0), BooleanField()), "code")
