"""The conversation, the office or the request a WhatsApp message belongs to."""

from datetime import datetime

from django.db.models import Q, QuerySet

from halopst.assistant.models import Conversation, OfficeChannels
from halopst.cases.models import Case
from halopst.core.actors import ANONYMOUS
from halopst.notifications.models import Channel, Contact, Notice
from halopst.units.models import Unit

ABOUT_CASE = "case:"


def listening() -> QuerySet[Unit]:
    """The offices that let AIDA answer over WhatsApp."""
    chosen = OfficeChannels.objects.filter(whatsapp=True).values("unit")
    offices: QuerySet[Unit] = Unit.objects.visible_to(ANONYMOUS).filter(pk__in=chosen)
    return offices


def current_chat(sender: str, *, since: datetime) -> Conversation | None:
    """The conversation to continue: neither handed over nor due to be forgotten."""
    open_ones = Conversation.objects.filter(sender=sender, case=None)
    alive = open_ones.filter(Q(kept=True) | Q(last_at__gte=since))
    found: Conversation | None = alive.select_related("unit").order_by("-last_at").first()
    return found


def case_of(contact: Contact) -> Case | None:
    """The open request a message belongs to: one made over WhatsApp, or the one we last wrote about."""
    if contact.user_id is None:
        return None
    living = Case.objects.living().filter(visitor=contact.user_id).order_by("-submitted_at")
    by_chat: Case | None = living.filter(channel=Case.Channel.WHATSAPP).first()
    if by_chat is not None or not contact.phone:
        return by_chat
    sent = Notice.objects.filter(
        phone=contact.phone, deliveries__channel=Channel.WHATSAPP, deliveries__sent_at__isnull=False
    )
    last = sent.order_by("-at").values_list("about", flat=True).first() or ""
    about = last.removeprefix(ABOUT_CASE)
    if not last.startswith(ABOUT_CASE) or not about.isdigit():
        return None
    found: Case | None = living.filter(pk=int(about)).first()
    return found


def times_asked(conversation: Conversation, question: str, *, since: datetime) -> int:
    """How often this question, as it is kept, came in this conversation since then."""
    return conversation.turns.filter(question=question, asked_at__gt=since).count()
