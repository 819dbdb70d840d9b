"""Whether a person wants WhatsApp messages: asked for, dated, taken back at any moment."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.core.errors import Invalid
from halopst.core.formats import phone_digits
from halopst.notifications.models import Contact

STOP_WORDS = frozenset({"STOP", "BERHENTI", "HENTIKAN", "UNSUBSCRIBE"})
START_WORDS = frozenset({"MULAI", "START"})


class PhoneNotUsable(Invalid):
    message = _("Nomor WhatsApp belum lengkap. Contoh: 0812-3456-7890")


@transaction.atomic
def opt_in(user: User, *, phone: str, how: str, now: datetime) -> Contact:
    """`user` agrees to messages at `phone`; `how` names the page or act that asked ("preferences").

    The number belongs to whoever agreed last: people change numbers, and numbers change people.
    """
    try:
        digits = phone_digits(phone)
    except ValueError as error:
        raise PhoneNotUsable(str(error)) from error
    Contact.objects.filter(user=user, opted_out_at__isnull=True).exclude(phone=digits).update(
        opted_out_at=now
    )
    contact, _is_new = Contact.objects.select_for_update().get_or_create(phone=digits)
    if contact.user_id == user.pk and contact.agrees:
        return contact
    contact.user, contact.opted_in_at, contact.opted_in_how, contact.opted_out_at = user, now, how, None
    contact.save()
    return contact


def opt_out(user: User, *, now: datetime) -> None:
    """No more WhatsApp to any number of `user`; asking twice changes nothing."""
    Contact.objects.filter(user=user, opted_in_at__isnull=False, opted_out_at__isnull=True).update(
        opted_out_at=now
    )


def heed(contact: Contact, text: str, *, at: datetime) -> None:
    """A bare STOP or BERHENTI ends the messages, MULAI lets them come again; all else is conversation.

    What was said before the last decision counts no more, in whatever order it arrives.
    """
    if at < max(filter(None, (contact.opted_in_at, contact.opted_out_at)), default=at):
        return
    word = text.strip().strip(".!").upper()
    if word in STOP_WORDS:
        contact.opted_out_at = at
    elif word in START_WORDS and not contact.agrees:
        contact.opted_in_at, contact.opted_in_how, contact.opted_out_at = at, "message", None
    contact.save(update_fields=["opted_in_at", "opted_in_how", "opted_out_at", "updated_at"])
