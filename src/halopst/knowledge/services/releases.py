"""When figures are due, so that an answer can say that something is not out yet."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Invalid, NotPermitted
from halopst.knowledge import permissions
from halopst.knowledge.models import Indicator, ReleaseDate
from halopst.knowledge.rules.figures import periods


class PeriodUnknown(Invalid):
    message = _("Periode tidak terbaca. Contoh: 2026, Semester I 2026, Triwulan II 2026, Maret 2026.")


@transaction.atomic
def set_release(actor: Actor, *, indicator: Indicator, period: str, due_on: date, note: str) -> ReleaseDate:
    """Set the day on which the figure of a period is due; a second time moves it."""
    if not actor.may(permissions.DATA, indicator.unit_id):
        raise NotPermitted
    known = periods.of_label(period)
    if known is None:
        raise PeriodUnknown
    release, _made = ReleaseDate.objects.update_or_create(
        indicator=indicator, period=known.code, defaults={"due_on": due_on, "note": note}
    )
    details = {"indicator": indicator.pk, "period": known.code, "due": due_on.isoformat()}
    record(actor, "knowledge.release-set", release, unit_id=indicator.unit_id, **details)
    return release


@transaction.atomic
def remove_release(actor: Actor, release: ReleaseDate) -> None:
    if not actor.may(permissions.DATA, release.indicator.unit_id):
        raise NotPermitted
    details = {"indicator": release.indicator_id, "period": release.period}
    record(actor, "knowledge.release-removed", release, unit_id=release.indicator.unit_id, **details)
    release.delete()
