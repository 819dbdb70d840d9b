"""A service standard's life: drafted from the last version or the platform's text, published, ended."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from halopst.audit.rules import changes
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted, Refused
from halopst.core.events import publish
from halopst.units import permissions
from halopst.units.events import StandardChanged
from halopst.units.models import (
    COMPONENTS,
    PublishState,
    ServiceKind,
    ServiceStandard,
    StandardTemplate,
    Unit,
)
from halopst.units.queries import head_office

PROMISES = ("promise_value", "promise_unit", "first_reply_value", "first_reply_unit")
CONTENT = (*COMPONENTS, *PROMISES)


class DraftExists(Refused):
    message = _("Layanan ini sudah memiliki konsep. Lanjutkan konsep itu, atau hapus dulu.")


class StandardIsPublished(Refused):
    message = _("Standar yang sudah terbit tidak dapat diubah. Buat versi baru.")


class StandardIsDraft(Refused):
    message = _("Standar ini belum terbit.")


class ComponentsMissing(Refused):
    message = _("Lengkapi 14 komponen sebelum menerbitkan.")


class OtherStandardInForce(Refused):
    message = _(
        "Versi lain sudah berlaku pada atau setelah tanggal itu. Pilih tanggal berlaku yang lebih baru."
    )


class EndsBeforeItBegins(Refused):
    message = _("Hari terakhir tidak boleh mendahului hari mulai berlaku.")


@transaction.atomic
def draft_standard(actor: Actor, *, unit: Unit, kind: ServiceKind) -> ServiceStandard:
    """A new version to work on, starting from the office's last one or the platform's neutral text."""
    _must_manage(actor, unit.pk)
    Unit.objects.locked(unit.pk)
    last = ServiceStandard.objects.filter(unit=unit, kind=kind).order_by("-version").first()
    source = last or StandardTemplate.objects.get(kind=kind)
    with refuse_on("one_draft_per_service", DraftExists):
        standard = ServiceStandard.objects.create(
            unit=unit, kind=kind, version=last.version + 1 if last else 1, **_content(source)
        )
    record(actor, "units.standard-drafted", standard, version=standard.version, kind=kind.code)
    return standard


@transaction.atomic
def change_standard(actor: Actor, standard: ServiceStandard, values: Mapping[str, Any]) -> ServiceStandard:
    """Write the components and promises of a draft; `values` holds names of `CONTENT`."""
    standard = _draft(actor, standard)
    before = _content(standard)
    _write(standard, values)
    record(actor, "units.standard-changed", standard, changes=changes(before, _content(standard)))
    return standard


@transaction.atomic
def discard_standard(actor: Actor, standard: ServiceStandard) -> None:
    """Throw a draft away."""
    standard = _draft(actor, standard)
    record(actor, "units.standard-discarded", standard, version=standard.version, kind=standard.kind.code)
    standard.delete()


@transaction.atomic
def publish_standard(
    actor: Actor, standard: ServiceStandard, *, decree_number: str, decided_on: date, valid_from: date
) -> ServiceStandard:
    """Put a draft in force from a day on; the version in force until then ends the day before."""
    standard = _draft(actor, standard)
    missing = [name for name in COMPONENTS if not getattr(standard, name).strip()]
    if missing:
        raise ComponentsMissing(_missing_sentence(missing))
    _end_predecessor(standard, valid_from)
    standard.state = PublishState.PUBLISHED
    standard.decree_number, standard.decided_on = decree_number, decided_on
    standard.valid = DateRange(valid_from, None)
    with refuse_on("one_published_standard_at_a_time", OtherStandardInForce):
        standard.save()
    record(
        actor,
        "units.standard-published",
        standard,
        version=standard.version,
        decree_number=decree_number,
        valid_from=valid_from.isoformat(),
    )
    _tell(standard, valid_from)
    return standard


@transaction.atomic
def end_standard(actor: Actor, standard: ServiceStandard, *, last_day: date) -> ServiceStandard:
    """Let a published standard hold until `last_day`, included; after it the platform's default holds."""
    _must_manage(actor, standard.unit_id)
    standard = _locked(standard)
    if standard.state != PublishState.PUBLISHED or standard.valid is None:
        raise StandardIsDraft
    if last_day < standard.valid.lower:
        raise EndsBeforeItBegins
    before, standard.valid = standard.valid, DateRange(standard.valid.lower, last_day + timedelta(days=1))
    with refuse_on("one_published_standard_at_a_time", OtherStandardInForce):
        standard.save()
    record(
        actor, "units.standard-ended", standard, changes=changes({"valid": before}, {"valid": standard.valid})
    )
    _tell(standard, last_day)
    return standard


@transaction.atomic
def change_template(actor: Actor, template: StandardTemplate, values: Mapping[str, Any]) -> StandardTemplate:
    """Write the platform's own text, which offices without a standard promise by; the head office may."""
    _must_manage(actor, head_office().pk)
    template = StandardTemplate.objects.locked(template.pk)
    before = _content(template)
    _write(template, values)
    record(actor, "units.template-changed", template, changes=changes(before, _content(template)))
    return template


def _must_manage(actor: Actor, unit_id: int) -> None:
    if not actor.may(permissions.MANAGE, unit_id):
        raise NotPermitted


def _locked(standard: ServiceStandard) -> ServiceStandard:
    return ServiceStandard.objects.select_related("kind").locked(standard.pk)


def _draft(actor: Actor, standard: ServiceStandard) -> ServiceStandard:
    _must_manage(actor, standard.unit_id)
    standard = _locked(standard)
    if standard.state != PublishState.DRAFT:
        raise StandardIsPublished
    return standard


def _content(source: ServiceStandard | StandardTemplate) -> dict[str, Any]:
    return {name: getattr(source, name) for name in CONTENT}


def _write(target: ServiceStandard | StandardTemplate, values: Mapping[str, Any]) -> None:
    for name in CONTENT:
        if name in values:
            setattr(target, name, values[name])
    target.save()


def _missing_sentence(missing: list[str]) -> str:
    labels = [str(field.verbose_name) for field in ServiceStandard._meta.fields if field.name in missing]
    return say("Lengkapi dulu: %(komponen)s.") % {"komponen": ", ".join(labels)}


def _end_predecessor(standard: ServiceStandard, valid_from: date) -> None:
    """Close the range that is in force the day before, so that the new one can begin."""
    current = (
        ServiceStandard.objects.select_for_update(of=("self",))
        .filter(unit=standard.unit_id, kind=standard.kind_id, state=PublishState.PUBLISHED)
        .filter(valid__contains=valid_from - timedelta(days=1))
        .first()
    )
    if current and current.valid:
        current.valid = DateRange(current.valid.lower, valid_from)
        current.save(update_fields=["valid", "updated_at"])


def _tell(standard: ServiceStandard, first: date) -> None:
    publish(StandardChanged(unit_id=standard.unit_id, kind_code=standard.kind.code, first=first.isoformat()))
