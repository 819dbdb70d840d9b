"""Live one request from question to rating through the services, at times of our choosing.

Nothing is set by hand: what a service refuses does not happen, here as in life.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from halopst.accounts.actors import actor_for
from halopst.accounts.models import User
from halopst.calendars.queries import calendar_of
from halopst.calendars.rules import WorkingCalendar
from halopst.cases import services as cases
from halopst.cases.models import Case
from halopst.consultations import services as consultations
from halopst.consultations.models import Consultation, Mode, Purpose, Result
from halopst.core.actors import Actor
from halopst.core.events import unannounced
from halopst.demo.cast import COMMENTS, SUMMARIES, TOPICS
from halopst.satisfaction import services as satisfaction
from halopst.scheduling.models import Expert, Field
from halopst.scheduling.queries import slots
from halopst.scheduling.services import hold
from halopst.units.models import Unit

MEETING = "https://rapat.peragaan.example/"
WIDEST = 7
"""Days ahead in which an invented visitor looks for a time."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a replay happens: nothing later than `until` takes place."""

    unit: Unit
    experts: Sequence[Expert]
    visitors: Sequence[User]
    calendar: WorkingCalendar
    actors: dict[int, Actor]
    until: datetime
    chance: Random

    def actor(self, user: User) -> Actor:
        if user.pk not in self.actors:
            self.actors[user.pk] = actor_for(user)
        return self.actors[user.pk]

    def reached(self, moment: datetime) -> bool:
        return moment <= self.until

    def after(self, moment: datetime, hours: float) -> datetime:
        """So many working hours later, in the office's own calendar."""
        return self.calendar.add_working_seconds(moment, int(hours * 3600))


def set_stage(
    unit: Unit, visitors: Sequence[User], *, first: datetime, until: datetime, chance: Random
) -> Stage:
    experts = list(
        Expert.objects.filter(unit=unit, is_public=True).select_related("unit", "user").order_by("pk")
    )
    calendar = calendar_of(unit, first.date() - timedelta(days=7), until.date() + timedelta(days=60))
    return Stage(unit, experts, visitors, calendar, {}, until, chance)


def live_consultation(stage: Stage, now: datetime) -> Case | None:
    """A visitor asks at `now`; returns the case, or None when no time was free."""
    with unannounced():
        row = _ask(stage, now)
        if row is None:
            return None
        fate = stage.chance.random()
        if fate < 0.04:
            _give_up(stage, row, now)
        elif fate < 0.07:
            _turn_down(stage, row, now)
        else:
            _serve(stage, row, now, late=fate > 0.92, absent=0.07 <= fate < 0.10)
        return row.case


def live_question(stage: Stage, now: datetime) -> Case:
    """A visitor asks in writing at `now`, without a meeting."""
    chance = stage.chance
    visitor, expert = chance.choice(stage.visitors), chance.choice(stage.experts)
    subject, body = chance.choice(TOPICS[_subject_of(expert, chance).name])
    with unannounced():
        case = cases.open_case(
            stage.actor(visitor),
            unit=stage.unit,
            kind_code="konsultasi",
            channel=chance.choice([Case.Channel.WEB, Case.Channel.EMAIL]),
            visitor=visitor,
            subject=subject,
            body=body,
            officer=expert.user,
            now=now,
        )
        _answer(stage, case, expert, visitor, now)
    return case


def _subject_of(expert: Expert, chance: Random) -> Field:
    return chance.choice(list(expert.fields.order_by("position")))


def _ask(stage: Stage, now: datetime) -> Consultation | None:
    chance = stage.chance
    visitor, expert = chance.choice(stage.visitors), chance.choice(stage.experts)
    today = now.astimezone(stage.unit.tz).date()
    offered = slots(expert, today + timedelta(days=1), today + timedelta(days=WIDEST), now=now)
    free = [slot for slot in offered if slot.free]
    if not free:
        return None
    field = _subject_of(expert, chance)
    topic, need = chance.choice(TOPICS[field.name])
    holder = f"peragaan-{chance.getrandbits(64):016x}"
    actor = stage.actor(visitor)
    slot = chance.choice(free[:14])
    kept = hold(actor, expert=expert, starts_at=slot.starts_at, holder=holder, client=holder, now=now)
    return consultations.request(
        actor,
        reservation=kept,
        holder=holder,
        mode=chance.choices([Mode.ONLINE, Mode.ON_SITE], [4, 1])[0],
        topic=topic,
        need=need,
        purpose=chance.choice(Purpose.values),
        field=field,
        now=now,
    )


def _give_up(stage: Stage, row: Consultation, now: datetime) -> None:
    if stage.reached(when := now + timedelta(minutes=stage.chance.randint(20, 90))):
        consultations.cancel(stage.actor(row.case.visitor), row, reason="Sudah menemukan datanya.", now=when)


def _turn_down(stage: Stage, row: Consultation, now: datetime) -> None:
    if stage.reached(when := _reply_time(stage, row, now, late=False)):
        officer = stage.actor(row.expert.user)
        consultations.decline(
            officer, row, reason="Ahli sedang bertugas di lapangan. Silakan pilih waktu lain.", now=when
        )


def _serve(stage: Stage, row: Consultation, now: datetime, *, late: bool, absent: bool) -> None:
    begins, officer = row.reservation.starts_at, stage.actor(row.expert.user)
    if not stage.reached(approved := _reply_time(stage, row, now, late=late)):
        return
    row = consultations.approve(officer, row, link=f"{MEETING}{row.case.number.lower()}", now=approved)
    if stage.chance.random() < 0.4:
        _chat(stage, row.case, row.expert.user, approved)
    if absent and stage.reached(begins + timedelta(minutes=30)):
        consultations.miss_visitor(officer, row, now=begins + timedelta(minutes=30))
    elif not absent:
        _meet(stage, row, begins)


def _reply_time(stage: Stage, row: Consultation, now: datetime, *, late: bool) -> datetime:
    """Usually a few working hours; always before the meeting itself."""
    wanted = stage.after(
        now, stage.chance.uniform(16, 24) if late else stage.chance.triangular(0.1, 6.5, 1.2)
    )
    return min(wanted, row.reservation.starts_at - timedelta(minutes=40))


def _meet(stage: Stage, row: Consultation, begins: datetime) -> None:
    chance, officer = stage.chance, stage.actor(row.expert.user)
    if stage.reached(begins - timedelta(minutes=6)):
        row = consultations.check_in(stage.actor(row.case.visitor), row, now=begins - timedelta(minutes=6))
    if stage.reached(begins):
        row = consultations.start(officer, row, now=begins)
    if not stage.reached(ended := begins + timedelta(minutes=chance.randint(25, 50))):
        return
    result = chance.choices([Result.FOUND, Result.NOT_AVAILABLE, Result.REFERRED], [9, 1, 1])[0]
    note = (
        "" if result == Result.FOUND else "Data rinci ini dikelola instansi lain; kontaknya sudah diberikan."
    )
    consultations.finish(officer, row, result=result, summary=chance.choice(SUMMARIES), note=note, now=ended)
    _rate(stage, row.case, ended)


def _chat(stage: Stage, case: Case, officer: User, since: datetime) -> None:
    asked, answered = stage.after(since, 0.3), stage.after(since, 1.1)
    if stage.reached(asked):
        cases.reply(stage.actor(case.visitor), case, body="Apakah perlu membawa berkas tertentu?", now=asked)
    if stage.reached(answered):
        cases.reply(
            stage.actor(officer), case, body="Cukup daftar variabel yang Anda cari, ya.", now=answered
        )


def _answer(stage: Stage, case: Case, expert: Expert, visitor: User, now: datetime) -> None:
    chance, officer = stage.chance, stage.actor(expert.user)
    late = chance.random() < 0.08
    replied = stage.after(now, chance.uniform(16, 22) if late else chance.triangular(0.2, 8.5, 2))
    if not stage.reached(replied):
        return
    cases.reply(officer, case, body="Terima kasih, pertanyaan Anda kami periksa dahulu.", now=replied)
    if chance.random() < 0.3:
        cases.ask_visitor(
            officer, case, body="Untuk tahun dan wilayah mana data itu diperlukan?", now=replied
        )
        if not stage.reached(replied := replied + timedelta(hours=chance.randint(1, 60))):
            return
        cases.reply(
            stage.actor(visitor), case, body="Untuk lima tahun terakhir, tingkat kabupaten.", now=replied
        )
    worked = chance.uniform(12, 30) if late else chance.triangular(0.5, 20, 5)
    if stage.reached(ended := stage.after(replied, worked)):
        cases.finish(officer, case, result=Case.Result.FOUND, summary=chance.choice(SUMMARIES), now=ended)
        _rate(stage, case, ended)


def _rate(stage: Stage, case: Case, ended: datetime) -> None:
    """Four in five answer, mostly content."""
    chance = stage.chance
    invitation = satisfaction.invite(case.pk, now=ended)
    when = ended + timedelta(hours=chance.uniform(0.2, 30))
    if invitation is None or chance.random() > 0.8 or not stage.reached(when):
        return
    score = chance.choices([2, 3, 4, 5], [1, 3, 16, 30])[0]
    met = "ya" if score > 3 else chance.choice(["sebagian", "tidak"])
    satisfaction.rate(invitation, score=score, need_met=met, comment=chance.choice(COMMENTS), now=when)
