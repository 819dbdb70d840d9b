"""Reading consultations, drafts and what a page shows of them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db.models import Q, QuerySet

from halopst.accounts.models import Consent, ConsentText, User
from halopst.calendars.queries import calendar_of
from halopst.calendars.rules import NeverOpen
from halopst.consultations.links import PURPOSE, VALID_FOR
from halopst.consultations.models import CalendarFeed, Consultation, Draft, Policy
from halopst.consultations.rules import AGREED, UNANSWERED, State, answer_due
from halopst.core.actors import Actor
from halopst.core.links import BadLink, read
from halopst.scheduling.models import Expert
from halopst.scheduling.queries import any_expert_slots
from halopst.units.models import Unit
from halopst.units.queries import promise

KIND = "konsultasi"
FEED_PAST, FEED_AHEAD = timedelta(days=30), timedelta(days=180)
LOOK_AHEAD = timedelta(days=120)


def policy_of(unit_id: int) -> Policy:
    return Policy.objects.filter(unit=unit_id).first() or Policy(unit_id=unit_id)


def draft_of(unit: Unit, holder: str) -> Draft | None:
    """What this browser has filled in for this office, if it has begun."""
    if not holder:
        return None
    related = ("unit", "field", "reservation__expert__unit", "sent__case")
    found: Draft | None = Draft.objects.filter(unit=unit, holder=holder).select_related(*related).first()
    return found


def by_link(token: str) -> tuple[Actor, Consultation]:
    """The consultation behind a signed link, and the visitor it lets its holder act for."""
    pk = int(read(PURPOSE, token, max_age=VALID_FOR)["id"])
    found = Consultation.objects.whole().filter(pk=pk).first()
    if found is None:
        raise BadLink
    bearer = Actor(user_id=found.case.visitor_id, label=f"tautan:{found.case.number}")
    return bearer, found


def answer_due_at(unit: Unit, starts_at: datetime, *, now: datetime) -> datetime:
    """Until when a request made now is answered: the unit's promise on its own calendar."""
    today = now.astimezone(unit.tz).date()
    words = promise(unit, KIND, today)
    calendar = calendar_of(unit, today, today + LOOK_AHEAD)
    try:
        promised = calendar.due(now, words.first_reply_value, words.first_reply_unit, ())
    except NeverOpen:
        promised = None
    days = min((starts_at.astimezone(unit.tz).date() - today).days, LOOK_AHEAD.days)
    hours = [span for n in range(days + 1) for span in calendar.intervals(today + timedelta(days=n))]
    return answer_due(promised, starts_at, hours=[(max(a, now), b) for a, b in hours if b > now])


def scheduled(
    actor: Actor, first: date, last: date, unit: Unit, *, text: str = "", mine: bool = False
) -> QuerySet[Consultation]:
    """The consultations of an office between two days, both included, earliest first."""
    zone = unit.tz
    begin = datetime.combine(first, datetime.min.time(), zone)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    found: QuerySet[Consultation] = Consultation.objects.visible_to(actor).whole()
    found = found.filter(
        case__unit=unit, reservation__starts_at__gte=begin, reservation__starts_at__lt=end
    ).exclude(state__in=[State.CANCELLED, State.DECLINED])
    if mine:
        found = found.filter(expert__user=actor.user_id)
    for word in text.split()[:8]:
        found = found.filter(_says(word))
    return found.order_by("reservation__starts_at", "pk")


def _says(word: str) -> Q:
    return (
        Q(case__number__icontains=word)
        | Q(topic__icontains=word)
        | Q(case__visitor__name__icontains=word)
        | Q(expert__display_name__icontains=word)
    )


def feed_owner(secret: str) -> User | None:
    row = CalendarFeed.objects.filter(secret_hash=feed_hash(secret)).select_related("user").first()
    return row.user if row and row.user.is_active else None


def feed_hash(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def has_feed(actor: Actor) -> bool:
    return CalendarFeed.objects.filter(user=actor.user_id).exists()


def feed_of(user: User, *, now: datetime) -> QuerySet[Consultation]:
    """An officer's own appointments, agreed or asked for, for a calendar that subscribes."""
    found: QuerySet[Consultation] = Consultation.objects.whole().filter(
        expert__user=user,
        state__in=[*UNANSWERED, *AGREED, State.FINISHED],
        reservation__starts_at__range=(now - FEED_PAST, now + FEED_AHEAD),
    )
    return found.order_by("reservation__starts_at", "pk")


def starting_between(first: datetime, last: datetime) -> Iterable[Consultation]:
    """Agreed consultations that begin in `[first, last)`: the ones to be reminded of."""
    found: Iterable[Consultation] = (
        Consultation.objects.whole()
        .filter(state=State.APPROVED, reservation__starts_at__gte=first, reservation__starts_at__lt=last)
        .order_by("pk")
    )
    return found


def consent_owed(actor: Actor, *, now: datetime) -> ConsentText | None:
    """The privacy text in force that this person has not agreed to yet; a stranger owes it."""
    newest = (
        ConsentText.objects.filter(subject=ConsentText.Subject.PRIVACY, valid_from__lte=now.date())
        .order_by("-version")
        .first()
    )
    standing = Consent.objects.filter(user=actor.user_id, text=newest, withdrawn_at=None)
    return None if actor.user_id is not None and standing.exists() else newest


def free_colleagues(row: Consultation, *, now: datetime) -> list[Expert]:
    """Who else of the office is free at that very time, in order of name."""
    times = row.reservation
    anyone = any_expert_slots(row.case.unit, None, times.day, times.day, now=now)
    free = {pk for slot in anyone if slot.starts_at == times.starts_at for pk in slot.experts}
    found = Expert.objects.bookable().filter(pk__in=free - {row.expert_id}, unit=row.case.unit)
    return list(found.prefetch_related("fields").by_name())
