"""What becomes of the words of an inbound message once they stand where they belong."""

from datetime import datetime

from halopst.notifications.models import Contact, Inbound, Notice


def let_go(message: Inbound) -> None:
    """Keep that it came, lose what it said: it is with its request by now, or with nobody's name on it."""
    Inbound.objects.filter(pk=message.pk).update(text="", refers_to="")


def forget_chat(contact: Contact, *, kind: str, before: datetime) -> None:
    """Lose everything the person wrote until then, and the notices of `kind` that answered them."""
    Inbound.objects.filter(contact=contact, at__lte=before).update(text="", refers_to="")
    Notice.objects.filter(kind=kind, phone=contact.phone, at__lte=before).delete()
