"""Offices: who they are (the head office decides), how to reach them, which services they open."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.audit.rules import changes
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted, Refused
from halopst.core.events import publish
from halopst.units import permissions
from halopst.units.events import ZoneChanged
from halopst.units.models import OfferedService, ServiceKind, Unit
from halopst.units.queries import head_office, services_of


class UnitCodeTaken(Refused):
    message = _("Kode BPS ini sudah dipakai satker lain. Periksa daftar satker.")


class SlugTaken(Refused):
    message = _("Alamat pendek ini sudah dipakai satker lain. Pilih yang lain.")


class PrefixTaken(Refused):
    message = _("Awalan nomor lacak ini sudah dipakai satker lain. Pilih yang lain.")


class UnitLeadsOthers(Refused):
    message = _("Satker ini masih membawahkan satker lain. Pindahkan satker di bawahnya lebih dulu.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """What makes an office this office; only the head office may say it."""

    code: str
    home_affairs_code: str
    region: str
    name: str
    kind: str
    parent_id: int
    zone: str
    slug: str
    case_prefix: str
    is_active: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """How to reach an office, its city and letterhead. Telephone numbers are digits, country code first."""

    address: str
    city: str
    phone: str
    whatsapp: str
    email: str
    website: str
    letterhead: str


@transaction.atomic
def add_unit(actor: Actor, identity: Identity) -> Unit:
    """A new office, for instance of a new province; refuses a code, address or prefix in use."""
    _must_lead_all(actor)
    with _distinct():
        unit = Unit.objects.create(**asdict(identity))
    record(actor, "units.unit-added", unit, unit_id=unit.pk, code=unit.code)
    return unit


@transaction.atomic
def change_identity(actor: Actor, unit: Unit, identity: Identity) -> Unit:
    _must_lead_all(actor)
    unit = Unit.objects.locked(unit.pk)
    before = {name: getattr(unit, name) for name in asdict(identity)}
    if before["kind"] != identity.kind and unit.children.exists():
        raise UnitLeadsOthers
    with _distinct():
        _write(unit, asdict(identity))
    record(actor, "units.identity-changed", unit, unit_id=unit.pk, changes=changes(before, asdict(identity)))
    if before["zone"] != identity.zone:
        publish(ZoneChanged(unit_id=unit.pk))
    return unit


@transaction.atomic
def change_contact(actor: Actor, unit: Unit, contact: Contact) -> Unit:
    if not actor.may(permissions.MANAGE, unit.pk):
        raise NotPermitted
    unit = Unit.objects.locked(unit.pk)
    before = {name: getattr(unit, name) for name in asdict(contact)}
    _write(unit, asdict(contact))
    record(actor, "units.contact-changed", unit, unit_id=unit.pk, changes=changes(before, asdict(contact)))
    return unit


@transaction.atomic
def offer_services(actor: Actor, unit: Unit, *, kind_codes: Collection[str]) -> None:
    """Open exactly these kinds of service at `unit`; a kind that already is as asked is left alone."""
    if not actor.may(permissions.MANAGE, unit.pk):
        raise NotPermitted
    Unit.objects.locked(unit.pk)
    offered = set(services_of(unit).values_list("code", flat=True))
    for kind in ServiceKind.objects.filter(is_active=True):
        if (kind.code in offered) != (kind.code in kind_codes):
            choice = {"is_offered": kind.code in kind_codes}
            OfferedService.objects.update_or_create(unit=unit, kind=kind, defaults=choice)
    after = set(services_of(unit).values_list("code", flat=True))
    record(
        actor,
        "units.services-chosen",
        unit,
        unit_id=unit.pk,
        opened=sorted(after - offered),
        closed=sorted(offered - after),
    )


def _must_lead_all(actor: Actor) -> None:
    if not actor.may(permissions.MANAGE, head_office().pk):
        raise NotPermitted


@contextmanager
def _distinct() -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(refuse_on("one_unit_per_code", UnitCodeTaken))
        stack.enter_context(refuse_on("one_unit_per_slug", SlugTaken))
        stack.enter_context(refuse_on("one_unit_per_case_prefix", PrefixTaken))
        yield


def _write(unit: Unit, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(unit, name, value)
    unit.save(update_fields=[*values, "updated_at"])
