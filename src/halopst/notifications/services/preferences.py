from collections.abc import Collection
from datetime import datetime, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted
from halopst.notifications.kinds import Group
from halopst.notifications.models import Channel, Preference, QuietHours
from halopst.notifications.permissions import MANAGE
from halopst.notifications.services.consent import opt_in, opt_out
from halopst.units.models import Unit

Choice = tuple[str, str]


class PhoneMissing(Invalid):
    message = _("Isi nomor WhatsApp yang ingin Anda pakai. Contoh: 0812-3456-7890")


@transaction.atomic
def save_preferences(
    actor: Actor,
    *,
    wanted: Collection[Choice],
    offered: Collection[Choice],
    whatsapp_phone: str | None,
    quiet: tuple[time, time] | None,
    now: datetime,
) -> None:
    """What one wants to be told where. Only the (group, channel) pairs that were `offered` are touched.

    `whatsapp_phone` None withdraws the consent to WhatsApp; `quiet` None follows the office's hours.
    """
    user = _person(actor)
    for group, channel in offered:
        rows = Preference.objects.filter(user=user, group=group, channel=channel)
        if (group, channel) in wanted:
            rows.delete()
        elif not rows.update(wanted=False):
            Preference.objects.create(user=user, group=group, channel=channel, wanted=False)
    _consent(user, whatsapp_phone, now=now)
    if quiet is None:
        QuietHours.objects.filter(user=user).delete()
    else:
        starts, ends = quiet
        QuietHours.objects.update_or_create(user=user, defaults={"starts": starts, "ends": ends})
    declined = sorted(f"{group}:{channel}" for group, channel in set(offered) - set(wanted))
    record(actor, "notifications.preferences-saved", user, declined=declined, whatsapp=bool(whatsapp_phone))


def _consent(user: User, phone: str | None, *, now: datetime) -> None:
    if phone is None:
        opt_out(user, now=now)
    elif not phone.strip():
        raise PhoneMissing
    else:
        opt_in(user, phone=phone, how="preferences", now=now)


@transaction.atomic
def decline(user_id: int, *, group: str, channel: str = Channel.EMAIL) -> None:
    """Unsubscribe by the signed link of a mail; whoever holds the link may, signed in or not."""
    user = User.objects.filter(pk=user_id).first()
    if user is None or group not in Group.values:
        return
    Preference.objects.update_or_create(user=user, group=group, channel=channel, defaults={"wanted": False})
    record(Actor(user_id=user_id, label=f"user:{user_id}"), "notifications.unsubscribed", user, group=group)


@transaction.atomic
def set_quiet_hours(
    actor: Actor, unit: Unit, *, starts: time, ends: time, urgent_may_pass: bool
) -> QuietHours:
    """When this office's messages stay in the house; equal hours mean never."""
    if not actor.may(MANAGE, unit.pk):
        raise NotPermitted
    hours, _is_new = QuietHours.objects.update_or_create(
        unit=unit, defaults={"starts": starts, "ends": ends, "urgent_may_pass": urgent_may_pass}
    )
    record(
        actor,
        "notifications.quiet-hours-set",
        hours,
        unit_id=unit.pk,
        starts=f"{starts:%H:%M}",
        ends=f"{ends:%H:%M}",
        urgent_may_pass=urgent_may_pass,
    )
    return hours


def _person(actor: Actor) -> User:
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id is not None else None
    if user is None:
        raise NotPermitted
    return user  # type: ignore[no-any-return]  # the manager is typed loosely
