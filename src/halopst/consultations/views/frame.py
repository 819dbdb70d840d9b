"""What the steps of the booking share: the office, the browser's draft, the wish in the address."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.consultations.models import Draft, Mode
from halopst.consultations.queries import KIND, draft_of, policy_of
from halopst.core.actors import ANONYMOUS
from halopst.core.formats import language, remaining
from halopst.core.http import Request
from halopst.core.shapes import Step
from halopst.scheduling.models import Expert, Field, Reservation
from halopst.units.models import PromiseUnit, Unit
from halopst.units.queries import promise

ANYONE = "siapa-saja"
HOLDER = "konsultasi"
ID_LENGTH = 18
LONGEST_QUESTION = 500
FAR = timedelta(days=400)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Whom and how: what the first two steps have settled. Without an expert, anyone of the field will do.

    `question` is what AIDA was asked before; it goes along until there is a draft to lie in.
    """

    unit: Unit
    expert: Expert | None = None
    field: Field | None = None
    mode: str = Mode.ONLINE.value
    question: str = ""

    @property
    def target(self) -> Expert | Field | Unit:
        return self.expert or self.field or self.unit

    @property
    def fields(self) -> dict[str, str]:
        values = {"ahli": str(self.expert.pk) if self.expert else ANYONE, "cara": self.mode}
        values |= {"bidang": self.field.slug} if self.field else {}
        return {**values, "soal": self.question} if self.question else values

    @property
    def who(self) -> str:
        if self.expert:
            return self.expert.display_name
        if self.field:
            return _("Siapa saja ahli %(field)s") % {"field": self.field.name}
        return _("Siapa saja yang tersedia")

    @property
    def specialities(self) -> str:
        return ", ".join(field.name for field in self.expert.fields.all()) if self.expert else ""

    def times_url(self, **more: str) -> str:
        path = reverse("consultations:times", kwargs={"slug": self.unit.slug})
        return f"{path}?{urlencode({**self.fields, **more})}"


def unit_of(request: Request, slug: str) -> Unit:
    unit: Unit = get_object_or_404(Unit.objects.visible_to(request.actor), slug=slug)
    return unit


def holder_of(request: Request, *, make: bool = False) -> str:
    """The secret that binds holds and drafts to this browser; only a POST makes one."""
    if make and HOLDER not in request.session:
        request.session[HOLDER] = secrets.token_urlsafe(24)
    return str(request.session.get(HOLDER, ""))


def draft_in(request: Request, unit: Unit) -> Draft | None:
    return draft_of(unit, holder_of(request))


def wish_in(data: Mapping[str, Any], unit: Unit, draft: Draft | None) -> Wish | None:
    """The wish in an address or form, else what the draft says, else None: then step one comes first."""
    field, question = field_in(data, unit), question_in(data)
    mode = data.get("cara", "")
    if mode not in Mode.values:
        mode = draft.mode if draft else Mode.ONLINE.value
    who = str(data.get("ahli", ""))
    if who == ANYONE:
        return Wish(unit=unit, field=field, mode=mode, question=question)
    if who:
        return Wish(unit=unit, expert=_expert(unit, who), field=field, mode=mode, question=question)
    if draft and draft.reservation:
        expert, field = draft.reservation.expert, field or draft.field
        return Wish(unit=unit, expert=expert, field=field, mode=mode, question=question)
    return None


def field_in(data: Mapping[str, Any], unit: Unit) -> Field | None:
    slug = str(data.get("bidang", ""))
    if not slug or "\0" in slug:
        return None
    found: Field | None = Field.objects.visible_to(ANONYMOUS).filter(unit=unit, slug=slug).first()
    return found


def question_in(data: Mapping[str, Any]) -> str:
    """What AIDA was asked before and could not, or not fully, answer."""
    return " ".join(str(data.get("soal", "")).replace("\0", "").split())[:LONGEST_QUESTION]


def _expert(unit: Unit, text: str) -> Expert:
    if not (text.isascii() and text.isdigit() and len(text) <= ID_LENGTH):
        raise Http404
    shown = Expert.objects.visible_to(ANONYMOUS).select_related("unit").prefetch_related("fields")
    expert: Expert = get_object_or_404(shown, unit=unit, pk=int(text))
    return expert


def day_in(data: Mapping[str, Any], name: str) -> date | None:
    try:
        return date.fromisoformat(str(data.get(name, "")))
    except ValueError:
        return None


def moment_in(data: Mapping[str, Any], name: str, now: datetime) -> datetime | None:
    """An aware time not absurdly far from now; None for anything else."""
    try:
        moment = datetime.fromisoformat(str(data.get(name, "")).replace(" ", "+"))
        far = abs(moment - now) > FAR
    except (ValueError, TypeError, OverflowError):
        return None
    return None if far else moment


def live_hold(draft: Draft | None, now: datetime) -> Reservation | None:
    """The time this browser keeps right now."""
    held = draft.reservation if draft else None
    is_live = held and held.state == Reservation.State.HELD and held.expires_at and held.expires_at > now
    return held if is_live else None


def steps_for(unit: Unit, wish: Wish | None, draft: Draft | None) -> list[Step]:
    first = reverse("consultations:experts", kwargs={"slug": unit.slug})
    if wish and wish.question:
        first += f"?{urlencode({'soal': wish.question})}"
    third = reverse("consultations:topic", kwargs={"slug": unit.slug}) if draft and draft.reservation else ""
    return [
        Step(_("Pilih ahli"), first),
        Step(_("Pilih waktu"), wish.times_url() if wish else ""),
        Step(_("Tulis topik"), third),
        Step(_("Selesai")),
    ]


def promise_of(unit: Unit, now: datetime) -> str:
    """When the visitor hears from us and until when they may change their mind."""
    words = promise(unit, KIND, now.astimezone(unit.tz).date())
    minutes = policy_of(unit.pk).change_notice_minutes
    hours, rest = divmod(minutes, 60)
    notice = _("%(n)d menit") % {"n": minutes} if rest else _("%(n)d jam") % {"n": hours}
    return _("%(answer)s Anda bisa mengubah atau membatalkan sampai %(notice)s sebelumnya.") % {
        "answer": _("Petugas menanggapi paling lambat %(value)s %(unit)s.")
        % {"value": words.first_reply_value, "unit": PromiseUnit(words.first_reply_unit).label},
        "notice": notice,
    }


def frame(unit: Unit, wish: Wish | None, draft: Draft | None, *, step: int, now: datetime) -> dict[str, Any]:
    """The context every step draws: progress and the running summary."""
    held, lang = live_hold(draft, now), language()
    return {
        "unit": unit,
        "wish": wish,
        "draft": draft,
        "held": held,
        "reservation": draft.reservation if draft else None,
        "steps": steps_for(unit, wish, draft),
        "step": step,
        "mode_label": Mode(wish.mode).label if wish else "",
        "left": remaining(held.expires_at - now, lang=lang) if held and held.expires_at else "",
        "promise": promise_of(unit, now),
        "now": now,
        "active": "janji",
    }
