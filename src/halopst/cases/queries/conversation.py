"""What a case's page shows: its lines, its people, its journey."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from halopst.cases.models import Attachment, Case, Message, Presence
from halopst.cases.queries.inbox import COUNTED_AT_MOST
from halopst.cases.queries.policies import policies_on, policy_for
from halopst.cases.rules import State
from halopst.core import formats
from halopst.core.actors import Actor
from halopst.core.formats import language
from halopst.core.shapes import Moment

HERE = timedelta(seconds=75)
TYPING = timedelta(seconds=20)
LINES = 200


@dataclass(frozen=True)
class Colleague:
    name: str
    is_typing: bool


def conversation(actor: Actor, case: Case) -> list[Message]:
    """The latest lines in their order, with their authors and files."""
    lines = (
        Message.objects.visible_to(actor)
        .filter(case=case)
        .select_related("author")
        .prefetch_related("attachments")
        .order_by("-sent_at", "-pk")[:LINES]
    )
    return list(lines)[::-1]


def loose_files(actor: Actor, case: Case) -> QuerySet[Attachment]:
    """Files given with the case itself, not with a message."""
    return Attachment.objects.visible_to(actor).filter(case=case, message=None)


def colleagues_here(actor: Actor, case: Case, *, now: datetime) -> list[Colleague]:
    """Other officers who have the case open, those who are typing first."""
    here = Presence.objects.visible_to(actor).filter(case=case, seen_at__gte=now - HERE)
    others = here.exclude(user=actor.user_id).select_related("user")
    return [
        Colleague(str(other.user), is_typing=other.typed_at is not None and other.typed_at >= now - TYPING)
        for other in others.order_by(F("typed_at").desc(nulls_last=True))[:3]
    ]


def silence_ends(case: Case) -> datetime | None:
    """When a waiting case closes by itself unless the visitor answers."""
    pause = case.pauses.filter(ends_at=None).first()
    policies = policies_on((pause.asked_at or pause.begins_at).date()) if pause else {}
    if pause is None or pause.asked_at is None or not policies:
        return None
    return policy_for(case.unit, policies).silence.closes_at(pause.asked_at, pause.warned_at)


def journey(case: Case, between: tuple[Moment, ...] = ()) -> list[Moment]:
    """From received to finished; `between` is what the kind of service adds."""
    replied = case.first_reply_at is not None
    ended = case.finished_at is not None
    steps = [Moment(_("Diterima"), moment(case, case.submitted_at), "done")]
    if replied:
        steps.append(Moment(_("Respons pertama"), moment(case, case.first_reply_at), "done"))
    elif not ended:
        steps.append(Moment(_("Respons pertama"), limit(case, case.first_reply_due_at), "now"))
    steps += between
    if ended:
        steps.append(Moment(case.get_state_display(), moment(case, case.finished_at), "done"))
    else:
        waits = case.state == State.WAITING
        note = _("jam dijeda") if waits else limit(case, case.due_at)
        busy = any(step.state == "now" for step in steps)
        steps.append(Moment(_("Selesai"), note, "todo" if busy or not replied else "now"))
    return steps


def moment(case: Case, at: datetime | None) -> str:
    """`Sen, 23 Nov 2026, 10.12 WIB` in the office's zone."""
    if at is None:
        return ""
    day = formats.brief_date(at.astimezone(case.unit.tz).date(), lang=language())
    return f"{day}, {formats.clock(at, case.unit.tz, lang=language())}"


def limit(case: Case, at: datetime | None) -> str:
    return _("batas %(when)s") % {"when": moment(case, at)} if at else ""


def history(case: Case) -> int:
    """How many requests the visitor has made to the same office; stops at COUNTED_AT_MOST."""
    made = Case.objects.filter(visitor=case.visitor_id, unit=case.unit_id).order_by()
    return made.values("pk")[:COUNTED_AT_MOST].count()
