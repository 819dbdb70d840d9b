from datetime import datetime
from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from halopst.core.models import Model, TenantQuerySet
from halopst.scheduling.models.experts import Expert
from halopst.units.models import Unit

LIVE = ("held", "requested", "confirmed")


class OfficeDay(Model):
    """One row per office and day: who takes time on that day locks it first, and counts in peace.

    `holds_allowed` is the share of the day that may be merely held by visitors who have not signed in.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    holds_allowed = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="one_row_per_office_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day:%F}"


class ReservationQuerySet(TenantQuerySet["Reservation"]):
    def live(self, now: datetime) -> Self:
        """Those that keep their time from others at `now`: a hold past its end does not."""
        return self.filter(Q(state__in=("requested", "confirmed")) | Q(state="held", expires_at__gt=now))

    def lapsed(self, now: datetime) -> Self:
        """Holds whose time is over and which nobody has cleared away yet."""
        return self.filter(state="held", expires_at__lte=now)


class Reservation(Model):
    """An expert's time given to one visitor: held while they write, requested, then confirmed.

    `blocked` is that time with the buffer after it, `day` its date in the office's zone. `holder` is
    the secret of the browser that holds it, `client` the network or account it counts against.
    The database adds in the first migration what no constraint can count: the daily maximum, two
    holds per visitor, and the share of a day that may be held.
    """

    unit_path: ClassVar[str | None] = "unit"

    class State(models.TextChoices):
        HELD = "held", _("Disimpan")
        REQUESTED = "requested", _("Diminta")
        CONFIRMED = "confirmed", _("Disetujui")
        RELEASED = "released", _("Dilepas")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reservations")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="reservations")
    day = models.DateField(_("tanggal"))
    starts_at = models.DateTimeField(_("mulai"))
    ends_at = models.DateTimeField(_("selesai"))
    blocked = DateTimeRangeField()
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.HELD)
    holder = models.CharField(max_length=64)
    client = models.CharField(max_length=64)
    signed_in = models.BooleanField(default=False)
    expires_at = models.DateTimeField(_("disimpan sampai"), null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar = models.Manager.from_queryset(ReservationQuerySet)()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_visitor_per_expert_at_a_time",
                # Without btree_gist a plain "=" has no place in a gist index; a range of one id has.
                expressions=[
                    (
                        Func(
                            F("expert"),
                            F("expert"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        "&&",
                    ),
                    ("blocked", "&&"),
                ],
                condition=Q(state__in=LIVE),
            ),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="a_reservation_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(blocked__startswith=F("starts_at")) & Q(blocked__endswith__gte=F("ends_at")),
                name="a_reservation_blocks_at_least_its_own_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(expires_at__isnull=False), name="a_hold_expires"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["requested", "confirmed"]) | Q(expires_at__isnull=True),
                name="only_a_hold_expires",
            ),
            models.CheckConstraint(
                condition=Q(extensions__lte=10), name="a_hold_is_extended_ten_times_at_most"
            ),
        ]
        indexes = [
            models.Index(
                fields=["expert", "day"], condition=Q(state__in=LIVE), name="live_by_expert_and_day"
            ),
            models.Index(fields=["unit", "day"], condition=Q(state="held"), name="held_by_office_and_day"),
            models.Index(fields=["holder"], condition=Q(state="held"), name="held_by_holder"),
            models.Index(fields=["client"], condition=Q(state="held"), name="held_by_client"),
            models.Index(fields=["expires_at"], condition=Q(state="held"), name="held_by_end"),
            models.Index(fields=["unit", "starts_at"], name="reservations_by_office"),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} {self.starts_at:%F %R} {self.state}"
