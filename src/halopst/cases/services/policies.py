from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.cases.models import FollowUpPolicy
from halopst.cases.permissions import CONFIGURE
from halopst.cases.rules import Silence
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted
from halopst.units.models import Unit


class StartsInThePast(Invalid):
    message = _(
        "Aturan baru paling cepat berlaku hari ini. Aturan yang sudah berjalan tidak diubah ke belakang."
    )


class WarnsTooLate(Invalid):
    message = _("Penutupan harus sesudah peringatan: isi jumlah hari penutupan yang lebih besar.")


@transaction.atomic
def set_follow_up(
    actor: Actor,
    unit: Unit,
    *,
    valid_from: date,
    silence: Silence,
    late_warning_hours: int,
    basis: str,
    today: date,
) -> FollowUpPolicy:
    """From `valid_from` on, when `unit` warns and closes; replaces a rule that begins the same day."""
    if not actor.may(CONFIGURE, unit.pk):
        raise NotPermitted
    if valid_from < today:
        raise StartsInThePast
    if silence.close_days <= silence.warn_days:
        raise WarnsTooLate
    values: dict[str, Any] = {
        "silence_warn_days": silence.warn_days,
        "silence_close_days": silence.close_days,
        "late_warning_hours": late_warning_hours,
        "basis": basis,
    }
    policy, _created = FollowUpPolicy.objects.update_or_create(
        unit=unit, valid_from=valid_from, defaults=values
    )
    record(actor, "case.follow_up_set", policy, valid_from=valid_from.isoformat(), **values)
    return policy
