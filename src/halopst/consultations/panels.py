"""What a case shows of its appointment: acts for officers, the ticket for the visitor."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from django.conf import settings

from halopst.cases.models import Case
from halopst.cases.panels import Panel, register
from halopst.cases.rules import Verb as CaseVerb
from halopst.consultations.journeys import TONES, journey_of
from halopst.consultations.links import ticket_path
from halopst.consultations.models import Consultation, Mode
from halopst.consultations.queries import KIND, policy_of
from halopst.consultations.rules import OVER, Side, Verb, may_call_absent, may_check_in, verbs
from halopst.consultations.services import sides_of
from halopst.consultations.wording import place
from halopst.core.actors import Actor
from halopst.core.shapes import Moment

# While there is an appointment, ending or handing over the case goes through it: its time moves along.
REPLACED = frozenset({CaseVerb.ASSIGN, CaseVerb.FINISH, CaseVerb.CANCEL})


class Standing(Protocol):
    """How visitors rate an officer: a mean, and of how many."""

    @property
    def mean(self) -> Decimal: ...
    @property
    def n(self) -> int: ...


Standings = Callable[[Collection[int]], Mapping[int, Standing | None]]
_answering: list[Standings] = []


def let_answer(standings: Standings) -> None:
    """Let the domain that keeps ratings say how officers (by user id) stand; booking itself keeps none."""
    _answering.append(standings)


def standings_of(officer_ids: Collection[int]) -> Mapping[int, Standing | None]:
    return {pk: standing for answer in _answering for pk, standing in answer(officer_ids).items()}


@dataclass(frozen=True)
class Look:
    """Who looks at which consultation, and when."""

    actor: Actor
    row: Consultation
    now: datetime

    @property
    def can(self) -> set[str]:
        """What this actor may do at this moment; the services decide again when it is done."""
        times, policy = self.row.reservation, policy_of(self.row.case.unit_id)
        timely = {
            Verb.APPROVE: times.starts_at > self.now,
            Verb.CHECK_IN: may_check_in(
                times.starts_at, times.ends_at, self.now, opens=policy.check_in_opens
            ),
            Verb.START: self.now >= times.starts_at - policy.check_in_opens,
            Verb.MISS_VISITOR: may_call_absent(times.starts_at, self.now, grace=policy.grace),
        }
        sides = sides_of(self.actor, self.row) - {Side.VISITOR}
        allowed = set().union(*(verbs(self.row.state, side) for side in sides))
        return {verb.value for verb in allowed if timely.get(verb, True)}


def panel(actor: Actor, case: Case, now: datetime) -> Panel | None:
    row = Consultation.objects.visible_to(actor).whole().filter(case=case).first()
    if row is None:
        return None
    is_visitor = actor.user_id == case.visitor_id
    context = {
        "row": row,
        "reservation": row.reservation,
        "unit": case.unit,
        "place": place(row),
        "can": set() if is_visitor else Look(actor, row, now).can,
        "is_online": row.mode == Mode.ONLINE,
        "has_rooms": bool(settings.MEETING_BASE),
        "ticket_url": ticket_path(row) if is_visitor else "",
        "now": now,
    }
    name = "visitor" if is_visitor else "work"
    return Panel(
        template=f"consultations/panel_{name}.html",
        context=context,
        status=row.get_state_display(),
        tone=TONES[row.state],
        moments=_own_part(journey_of(row)),
        replaces=frozenset() if row.state in OVER else REPLACED,
    )


def _own_part(moments: tuple[Moment, ...]) -> tuple[Moment, ...]:
    """Without the first line, which the case tells itself."""
    return moments[1:]


register(KIND, panel)
