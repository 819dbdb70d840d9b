"""Offering someone a role by e-mail. Opening the mailed link proves the address; accepting gives the role."""

from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from halopst.accounts.models import Invitation, Membership, User
from halopst.accounts.permissions import MANAGE
from halopst.accounts.services.codes import CodeNotSent
from halopst.accounts.services.memberships import UnknownRole
from halopst.audit.services import record
from halopst.core import links
from halopst.core.actors import Actor
from halopst.core.constraints import refuse_on
from halopst.core.errors import NotPermitted, Refused
from halopst.units.models import Unit

PURPOSE = "invitation"
LIFETIME = timedelta(days=7)


class AlreadyInvited(Refused):
    message = gettext_lazy(
        "Undangan untuk alamat dan peran ini masih terbuka. Batalkan dulu untuk mengulang."
    )


class InvitationOver(Refused):
    message = gettext_lazy("Undangan ini sudah dipakai, dibatalkan, atau lewat tujuh hari. Minta yang baru.")


@transaction.atomic
def invite(
    actor: Actor, *, unit: Unit, email: str, name: str, role: str, path: str, now: datetime
) -> Invitation:
    """Mail a link to an address. `path` is the page that accepts, with `{token}` for the signed token."""
    if not actor.may(MANAGE, unit.pk) or actor.user_id is None:
        raise NotPermitted
    if role not in Membership.Role.values:
        raise UnknownRole
    email = email.strip().lower()
    Invitation.objects.filter(
        unit=unit, email=email, expires_at__lte=now, accepted_at=None, withdrawn_at=None
    ).update(withdrawn_at=now)
    with refuse_on("one_open_invitation_per_address_and_role", AlreadyInvited):
        invitation = Invitation.objects.create(
            unit=unit,
            email=email,
            name=name.strip()[:150],
            role=role,
            invited_by_id=actor.user_id,
            expires_at=now + LIFETIME,
        )
    record(actor, "accounts.invited", invitation, role=role)
    _send(invitation, path)
    return invitation


@transaction.atomic
def withdraw_invitation(actor: Actor, invitation: Invitation, *, now: datetime) -> None:
    if not actor.may(MANAGE, invitation.unit_id):
        raise NotPermitted
    if invitation.accepted_at is None and invitation.withdrawn_at is None:
        invitation.withdrawn_at = now
        invitation.save(update_fields=["withdrawn_at", "updated_at"])
        record(actor, "accounts.invitation-withdrawn", invitation)


def read_invitation(token: str, *, now: datetime) -> Invitation:
    """The open invitation behind a mailed link; refuses with `InvitationOver`."""
    try:
        pk = links.read(PURPOSE, token)["pk"]
    except links.BadLink as error:
        raise InvitationOver from error
    open_ones = Invitation.objects.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)
    invitation: Invitation | None = open_ones.select_related("unit", "invited_by").filter(pk=pk).first()
    if invitation is None:
        raise InvitationOver
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, now: datetime) -> User:
    """The person of the invited address, made if new, now holding the role."""
    pk = read_invitation(token, now=now).pk
    invitation = Invitation.objects.select_for_update().get(pk=pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise InvitationOver
    user: User | None = User.objects.filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(invitation.email, name=invitation.name)
    elif not user.is_active:
        raise InvitationOver
    membership, fresh = Membership.objects.get_or_create(
        user=user, unit=invitation.unit, role=invitation.role
    )
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at", "updated_at"])
    if fresh:
        person = Actor(user_id=user.pk, label=f"user:{user.pk}")
        record(person, "accounts.role-given", membership, role=invitation.role, invitation_id=invitation.pk)
    return user


def _send(invitation: Invitation, path: str) -> None:
    link = settings.PUBLIC_URL + path.format(token=links.sign(PURPOSE, {"pk": invitation.pk}))
    subject = _("Undangan bekerja di HaloPST %(unit)s") % {"unit": invitation.unit.name}
    body = _(
        "%(name)s, Anda diundang sebagai %(role)s di %(unit)s.\n\n"
        "Buka tautan ini untuk menerimanya:\n%(link)s\n\n"
        "Tautan berlaku tujuh hari dan hanya sekali pakai. Bila Anda tidak mengenal undangan ini, abaikan."
    ) % {
        "name": invitation.name,
        "role": invitation.get_role_display(),
        "unit": invitation.unit.name,
        "link": link,
    }
    try:
        send_mail(subject, body, None, [invitation.email])
    except (SMTPException, OSError) as error:
        raise CodeNotSent from error
