"""What notices know about a person: handed to them on request, forgotten on request."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from halopst.accounts.models import User
from halopst.accounts.services import register_erasure, register_export
from halopst.notifications.models import AttachedFile, Contact, Inbound, Notice, Preference, QuietHours

FORGOTTEN = "–"


def held(user_id: int) -> dict[str, Any]:
    """Everything about the person behind `user_id`, as JSON values."""
    preferences = Preference.objects.filter(user_id=user_id).values("group", "channel", "wanted")
    return {
        "notices": [_told(notice) for notice in Notice.objects.filter(user_id=user_id)],
        "preferences": list(preferences),
        "quiet_hours": [str(hours) for hours in QuietHours.objects.filter(user_id=user_id)],
        "whatsapp": [
            _known(contact)
            for contact in Contact.objects.filter(user_id=user_id).prefetch_related("messages")
        ],
    }


def _told(notice: Notice) -> dict[str, Any]:
    return {
        "at": notice.at.isoformat(),
        "subject": notice.subject,
        "body": notice.body,
        "read_at": notice.read_at and notice.read_at.isoformat(),
        "sent_to": [value for value in (notice.email, notice.phone) if value],
    }


def _known(contact: Contact) -> dict[str, Any]:
    return {
        "phone": contact.phone,
        "agreed_at": contact.opted_in_at and contact.opted_in_at.isoformat(),
        "stopped_at": contact.opted_out_at and contact.opted_out_at.isoformat(),
        "messages": [{"at": one.at.isoformat(), "text": one.text} for one in contact.messages.all()],
    }


@transaction.atomic
def forget(user_id: int, _now: datetime) -> None:
    """Keep that something was sent and when, for the figures; lose to whom and what."""
    person = User.objects.get(pk=user_id)
    theirs = Notice.objects.filter(Q(user_id=user_id) | Q(email__iexact=person.email))
    AttachedFile.objects.filter(notice__in=theirs).delete()
    contacts = Contact.objects.filter(user_id=user_id)
    Inbound.objects.filter(contact__in=contacts).delete()
    contacts.delete()
    Preference.objects.filter(user_id=user_id).delete()
    QuietHours.objects.filter(user_id=user_id).delete()
    theirs.update(
        user=None, name="", email="", phone="", context={}, subject=FORGOTTEN, body=FORGOTTEN, link=""
    )


register_export("pemberitahuan", held)
register_erasure("pemberitahuan", forget)
