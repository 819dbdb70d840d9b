"""Who works where, as what. Every change holds the unit's row, so that two at once see each other."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import Membership, OrganisationMapping, User
from halopst.accounts.permissions import MANAGE
from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import Invalid, NotPermitted, Refused
from halopst.units.models import Unit


class AlreadyHolds(Refused):
    message = _("Orang ini sudah memegang peran itu di satker ini.")


class LastAdmin(Refused):
    message = _("Ini admin terakhir satker ini. Angkat admin lain lebih dulu.")


class UnknownRole(Invalid):
    message = _("Pilih salah satu peran yang tersedia.")


class AlreadyMapped(Refused):
    message = _("Organisasi itu sudah dipetakan ke peran ini.")


class AccountClosed(Refused):
    message = _("Akun dengan surel ini sudah dinonaktifkan. Pakai surel lain.")


class WorksElsewhere(Refused):
    message = _("Orang ini juga bekerja di satker di luar wewenang Anda. Cabut perannya di satker Anda saja.")


@transaction.atomic
def give_role(actor: Actor, *, user: User, unit: Unit, role: str) -> Membership:
    """Let `user` work in `unit`; only those who manage its people may, so nobody reaches above their own."""
    if not actor.may(MANAGE, unit.pk):
        raise NotPermitted
    if role not in Membership.Role.values:
        raise UnknownRole
    with refuse_on("one_membership_per_role", AlreadyHolds):
        membership = Membership.objects.create(user=user, unit=unit, role=role)
    record(actor, "accounts.role-given", membership, role=role, user_id=user.pk)
    return membership


@transaction.atomic
def appoint_admin(actor: Actor, *, email: str, name: str, unit: Unit) -> User:
    """Let the person of an address administer `unit`, with an account if they have none.

    For who runs the machine: the first administrator of an installation can be invited by nobody.
    """
    user: User | None = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name)
    elif not user.is_active:
        raise AccountClosed
    give_role(actor, user=user, unit=unit, role=Membership.Role.ADMIN)
    return user


@transaction.atomic
def take_role(actor: Actor, membership: Membership) -> None:
    """End one role. Refuses to leave a unit that has an admin without one."""
    if not actor.may(MANAGE, membership.unit_id):
        raise NotPermitted
    _hold(membership.unit_id)
    _keep_an_admin(membership)
    record(actor, "accounts.role-taken", membership, role=membership.role, user_id=membership.user_id)
    membership.delete()


@transaction.atomic
def deactivate(actor: Actor, user: User) -> None:
    """Close the account of someone who left: no sign-in, no token, no permission. Roles wait for a return."""
    for membership in _all_managed(actor, user):
        _hold(membership.unit_id)
        _keep_an_admin(membership)
    _switch(actor, user, active=False)


@transaction.atomic
def reactivate(actor: Actor, user: User) -> None:
    """Open a closed account again, with the roles it had."""
    _all_managed(actor, user)
    _switch(actor, user, active=True)


@transaction.atomic
def add_mapping(actor: Actor, *, organisation: str, unit: Unit, role: str, legal_basis: str) -> None:
    """Let single sign-on give `role` in `unit` to everyone of an organisation code; never admin."""
    if not actor.may(MANAGE, unit.pk):
        raise NotPermitted
    if role not in Membership.Role.values or role == Membership.Role.ADMIN:
        raise UnknownRole
    with refuse_on("one_mapping_per_organisation_and_role", AlreadyMapped):
        mapping = OrganisationMapping.objects.create(
            organisation=organisation.strip(), unit=unit, role=role, legal_basis=legal_basis.strip()
        )
    record(actor, "accounts.mapping-added", mapping, organisation=mapping.organisation, role=role)


@transaction.atomic
def remove_mapping(actor: Actor, mapping: OrganisationMapping) -> None:
    """People of that organisation lose the role the next time they sign in."""
    if not actor.may(MANAGE, mapping.unit_id):
        raise NotPermitted
    record(actor, "accounts.mapping-removed", mapping, organisation=mapping.organisation, role=mapping.role)
    mapping.delete()


def _all_managed(actor: Actor, user: User) -> list[Membership]:
    """The person's roles, all within the actor's reach; in the order in which their units are held."""
    held = list(Membership.objects.filter(user=user).order_by("unit"))
    mine = [membership for membership in held if actor.may(MANAGE, membership.unit_id)]
    if not mine:
        raise NotPermitted
    if len(mine) < len(held):
        raise WorksElsewhere
    return held


def _switch(actor: Actor, user: User, *, active: bool) -> None:
    user.is_active = active
    user.save(update_fields=["is_active", "updated_at"])
    unit_id = Membership.objects.filter(user=user).order_by("unit").values_list("unit", flat=True)[0]
    record(actor, "accounts.reactivated" if active else "accounts.deactivated", user, unit_id=unit_id)


def _hold(unit_id: int) -> None:
    """Whoever changes a unit's people waits for whoever is doing so."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit_id)


def _keep_an_admin(leaving: Membership) -> None:
    if leaving.role != Membership.Role.ADMIN:
        return
    others = Membership.objects.filter(
        unit=leaving.unit_id, role=Membership.Role.ADMIN, user__is_active=True
    ).exclude(user=leaving.user_id)
    if not others.exists():
        raise LastAdmin
