from datetime import time
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.core.actors import Actor
from halopst.core.models import Model, TenantQuerySet
from halopst.notifications.kinds import Group
from halopst.notifications.models.outbox import Channel
from halopst.units.models import Unit


class PreferenceQuerySet(TenantQuerySet["Preference"]):
    def visible_to(self, actor: Actor) -> Self:
        """Nobody's business but one's own."""
        return self if actor.is_system else self.filter(user_id=actor.user_id)


class Preference(Model):
    """A person's departure from the default, which is: every group over every channel they have."""

    unit_path: ClassVar[str | None] = None

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notice_preferences")
    group = models.CharField(_("kelompok"), max_length=20, choices=Group)
    channel = models.CharField(_("saluran"), max_length=10, choices=Channel)
    wanted = models.BooleanField(_("kirim"))

    objects: ClassVar = models.Manager.from_queryset(PreferenceQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "group", "channel"], name="one_preference_per_channel")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.group} {self.channel}: {self.wanted}"


class QuietHoursQuerySet(TenantQuerySet["QuietHours"]):
    def visible_to(self, actor: Actor) -> Self:
        own = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk__in=[])
        return self if actor.is_system else self.filter(own | Q(unit__in=actor.units("notifications.view")))


class QuietHours(Model):
    """When nothing leaves the house, in the unit's local time: an office's rule, or a person's own.

    Neither set: 20.00 to 06.00. Equal bounds: never quiet.
    """

    unit_path: ClassVar[str | None] = "unit"

    unit = models.OneToOneField(
        Unit, on_delete=models.CASCADE, null=True, blank=True, related_name="quiet_hours"
    )
    user = models.OneToOneField(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="quiet_hours"
    )
    starts = models.TimeField(_("mulai"), default=time(20))
    ends = models.TimeField(_("sampai"), default=time(6))
    urgent_may_pass = models.BooleanField(_("pesan mendesak boleh lewat"), default=True)

    objects: ClassVar = models.Manager.from_queryset(QuietHoursQuerySet)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, user__isnull=True) | Q(unit__isnull=True, user__isnull=False),
                name="quiet_hours_belong_to_a_unit_or_a_person",
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H.%M}-{self.ends:%H.%M}"
