from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models.functions import Now

from halopst.core.actors import Actor
from halopst.core.errors import JustRemoved

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class TenantQuerySet(models.QuerySet[M_co]):
    def in_units(self, actor: Actor, permission: str) -> Self:
        """Rows of the units in which `actor` holds `permission`; the system sees all."""
        if actor.is_system:
            return self
        path: str | None = getattr(self.model, "unit_path", None)
        if path is None:
            raise TypeError(f"{self.model.__name__} is shared: it has no unit_path")
        return self.filter(**{f"{path}__in": actor.units(permission)})

    def visible_to(self, actor: Actor) -> Self:
        """What `actor` may read. Domains widen this, for instance with a visitor's own rows."""
        return self.in_units(actor, f"{self.model._meta.app_label}.view")

    def locked(self, pk: int) -> M_co:
        """The row, held until the transaction ends; refuses when someone has just removed it."""
        row = self.select_for_update(of=("self",)).filter(pk=pk).first()
        if row is None:
            raise JustRemoved
        return row


TenantManager = models.Manager.from_queryset(TenantQuerySet)


class Model(models.Model):
    """Base of every model. `unit_path` names the work unit a row belongs to, or None if shared."""

    unit_path: ClassVar[str | None]

    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = TenantManager()

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        is_abstract = getattr(cls.__dict__.get("Meta"), "abstract", False)
        if not is_abstract and not hasattr(cls, "unit_path"):
            raise TypeError(f"{cls.__name__} must declare unit_path (or None if shared)")


class IdempotencyKey(models.Model):
    """The answer already given to an API request, so that a repeat neither acts nor differs."""

    unit_path: ClassVar[str | None] = None

    scope = models.CharField(max_length=64)
    key = models.CharField(max_length=255)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(default="")
    content_type = models.CharField(max_length=100, default="")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope", "key"], name="one_effect_per_idempotency_key")
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.status})"


class LiveEvent(models.Model):
    """Something a page that is open right now may want to look at again. Kept a day, for replays."""

    unit_path: ClassVar[str | None] = None

    topic = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["topic", "id"], name="live_by_topic"),
            models.Index(fields=["created_at"], name="live_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.topic} {self.kind}"
