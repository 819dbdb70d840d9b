from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet

from halopst.core.actors import Actor
from halopst.notifications.channels.configured import is_configured
from halopst.notifications.kinds import NoticeKind
from halopst.notifications.models import (
    Channel,
    Contact,
    Delivery,
    Notice,
    Preference,
    QuietHours,
    Text,
    WhatsAppTemplate,
)
from halopst.notifications.permissions import MANAGE, VIEW
from halopst.notifications.rules import after_quiet, variables_in
from halopst.units.models import Unit

WINDOW = timedelta(hours=24)
DEFAULT_QUIET = (time(20), time(6))


@dataclass(frozen=True)
class Wording:
    """Subject and body in force; `version` is None for the text that came with the platform."""

    subject: str
    body: str
    version: int | None = None


def unread_count(actor: Actor) -> int:
    return Notice.objects.addressed_to(actor).filter(read_at__isnull=True).count()


def inbox(actor: Actor, *, text: str = "", only_unread: bool = False) -> QuerySet[Notice]:
    """One's own notices, newest first; `text` is looked for in what was said."""
    found: QuerySet[Notice] = Notice.objects.addressed_to(actor).select_related("unit")
    for word in text.replace("\0", "").split()[:8]:
        found = found.filter(Q(subject__icontains=word) | Q(body__icontains=word))
    return found.filter(read_at__isnull=True) if only_unread else found


def outbox(actor: Actor, *, text: str = "", state: str = "", everything: bool = False) -> QuerySet[Notice]:
    """What has been told by the offices whose outbox one may see; `everything` is for a demonstration."""
    found: QuerySet[Notice] = Notice.objects.select_related("unit").prefetch_related("deliveries")
    if not everything:
        found = found.filter(unit__in=actor.units(VIEW))
    for word in text.replace("\0", "").split()[:8]:
        found = found.filter(
            Q(subject__icontains=word)
            | Q(body__icontains=word)
            | Q(name__icontains=word)
            | Q(email__icontains=word)
        )
    if state in Delivery.State.values:
        found = found.filter(deliveries__state=state).distinct()
    return found


def declined_choices(user_id: int) -> set[tuple[str, str]]:
    """The (group, channel) pairs this person has switched off."""
    rows = Preference.objects.filter(user_id=user_id, wanted=False)
    return set(rows.values_list("group", "channel"))


def agreed_contact(user_id: int) -> Contact | None:
    """The number at which this person wants WhatsApp messages, if they do."""
    agreeing = Contact.objects.filter(user_id=user_id, opted_in_at__isnull=False, opted_out_at__isnull=True)
    found: Contact | None = agreeing.order_by("-opted_in_at").first()
    return found


def own_quiet_hours(user_id: int) -> QuietHours | None:
    found: QuietHours | None = QuietHours.objects.filter(user_id=user_id).first()
    return found


def office_quiet_hours(unit: Unit) -> QuietHours:
    """The office's rule, or the unsaved default."""
    found: QuietHours | None = QuietHours.objects.filter(unit=unit).first()
    return found or QuietHours(unit=unit)


def texts_of(unit: Unit) -> dict[tuple[str, str], list[Text]]:
    """An office's own texts by kind and language, newest version first."""
    found: dict[tuple[str, str], list[Text]] = {}
    for text in Text.objects.filter(unit=unit).select_related("author"):
        found.setdefault((text.kind, text.language), []).append(text)
    return found


def template_states() -> dict[tuple[str, str], WhatsAppTemplate]:
    """What the provider has said about our templates so far."""
    return {(row.name, row.language): row for row in WhatsAppTemplate.objects.all()}


def managed_units(actor: Actor) -> QuerySet[Unit]:
    """The offices whose texts and hours one may change."""
    found: QuerySet[Unit] = Unit.objects.visible_to(actor).filter(pk__in=actor.units(MANAGE)).order_by("code")
    return found


def sends_for_real() -> bool:
    """True when messages can leave this installation: someone has set up mail or WhatsApp."""
    return any(is_configured(channel) for channel in (Channel.EMAIL, Channel.WHATSAPP))


def has_whatsapp() -> bool:
    """True when this installation can receive and send over WhatsApp."""
    return is_configured(Channel.WHATSAPP)


def text_for(unit: Unit, kind: NoticeKind, language: str) -> Wording:
    """The office's own published text, else that of the office above it, else the platform's."""
    line = _line_of(unit)
    published = {
        text.unit_id: text
        for text in Text.objects.filter(
            unit__in=line, kind=kind.code, language=language, state=Text.State.PUBLISHED
        )
    }
    for unit_id in line:
        text = published.get(unit_id)
        if text and set(variables_in(f"{text.subject} {text.body}")) <= set(kind.variables):
            return Wording(text.subject, text.body, text.version)
    return Wording(kind.subject(language), kind.body(language))


def _line_of(unit: Unit) -> list[int]:
    """`unit` and the offices above it, nearest first."""
    if unit.parent_id is None:
        return [unit.pk]
    above = Unit.objects.filter(pk=unit.parent_id).values_list("pk", "parent_id")
    return [unit.pk, *(pk for row in above for pk in row if pk is not None)]


def declined_channels(user_id: int | None, group: str) -> set[str]:
    if user_id is None:
        return set()
    declined = Preference.objects.filter(user_id=user_id, group=group, wanted=False)
    return set(declined.values_list("channel", flat=True))


def agreed_phone(phone: str, user_id: int | None) -> bool:
    """True when the holder of this number, as this person, agreed to WhatsApp messages and still does."""
    if not phone:
        return False
    holder = Q(user__isnull=True) if user_id is None else Q(user_id=user_id)
    agreeing = Contact.objects.filter(holder, opted_in_at__isnull=False, opted_out_at__isnull=True)
    return agreeing.filter(phone=phone).exists()


def may_chat(kind: NoticeKind, phone: str, user_id: int | None, now: datetime) -> bool:
    """Whether WhatsApp may carry a notice: an answer to who wrote just now; else by consent and template."""
    if kind.is_answer:
        stopped = Contact.objects.filter(phone=phone, opted_out_at__isnull=False)
        return bool(phone) and window_open(phone, now) and not stopped.exists()
    return bool(kind.whatsapp_template) and agreed_phone(phone, user_id)


def window_open(phone: str, now: datetime) -> bool:
    """True within 24 hours of the person's last message, when free text is allowed."""
    return Contact.objects.filter(phone=phone, last_inbound_at__gt=now - WINDOW).exists()


def earliest_hour(notice: Notice, kind: NoticeKind, now: datetime) -> datetime:
    """The first moment from `now` on at which this notice may leave the house."""
    if notice.unit is None:
        return now
    own = Q(user_id=notice.user_id) if notice.user_id is not None else Q(pk__in=[])
    rules = list(QuietHours.objects.filter(own | Q(unit_id=notice.unit_id)))
    if kind.urgent and all(rule.urgent_may_pass for rule in rules):
        return now
    starts, ends = _bounds(rules)
    return after_quiet(now, notice.unit.tz, starts, ends)


def _bounds(rules: Iterable[QuietHours]) -> tuple[time, time]:
    """A person's own hours before the office's."""
    ranked = sorted(rules, key=lambda rule: rule.user_id is None)
    return (ranked[0].starts, ranked[0].ends) if ranked else DEFAULT_QUIET
