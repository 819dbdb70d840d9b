"""Questions invented visitors asked AIDA, and what the office's people began to do about them."""

import tomllib
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from django.db import transaction

from halopst.accounts.actors import actor_for
from halopst.accounts.models import Membership
from halopst.assistant import services
from halopst.assistant.models import Remedy, Turn
from halopst.core.actors import ANONYMOUS, Actor
from halopst.core.events import unannounced
from halopst.units.models import Unit

OFFICE = "3500"
INTERN, CORN, POOR, SHORT = "magang", "Produksi jagung Sampang", "orang melarat", "Apa itu inflasi?"


@transaction.atomic
def build_questions_once(*, now: datetime) -> bool:
    """Ask, judge, gather and draft through the services; False when there are questions from before today."""
    unit = Unit.objects.select_for_update().get(code=OFFICE)
    if Turn.objects.filter(conversation__unit=unit, asked_at__lt=now - timedelta(hours=20)).exists():
        return False
    given = tomllib.loads((files("halopst.demo") / "pertanyaan.toml").read_text(encoding="utf-8"))
    with unannounced():
        for question in given["question"]:
            _ask(unit, question, now=now)
        services.gather()
        _improve(unit, now=now)
    return True


def _ask(unit: Unit, given: dict[str, Any], *, now: datetime) -> None:
    then = now - timedelta(days=given["days"], hours=len(given["text"]) % 9)
    conversation = services.begin(unit, kept=True, now=then)
    turn = services.say(ANONYMOUS, conversation, question=given["text"], client="", now=then)
    if "wrong" in given:
        services.judge(turn, verdict=Turn.Verdict.WRONG)
        services.explain(turn, reason=given["wrong"], remark=given.get("remark", ""))
    elif given.get("helped"):
        services.judge(turn, verdict=Turn.Verdict.HELPED)


def _improve(unit: Unit, *, now: datetime) -> None:
    """A draft of an answer, a synonym and a data request; nothing of it is approved yet."""
    officer = _officer(unit)
    disliked = _asked(SHORT)
    text = "Contoh: paket belanja yang tahun lalu Rp100.000 kini Rp103.000; harganya naik 3 persen."
    services.correct(officer, disliked, text=text, now=now)
    if (group := _asked(INTERN).group) is not None:
        text = "Mahasiswa mengirim surat pengantar kampus dan rencana magang lewat halaman permintaan."
        services.draft_text(officer, group, kind=Remedy.Kind.FAQ, text=text, now=now)
    if (group := _asked(POOR).group) is not None:
        means = "penduduk miskin"
        services.draft_synonym(officer, group, phrase="orang melarat", means=means, now=now)
    if (group := _asked(CORN).group) is not None:
        wanted = services.Wanted("Produksi jagung", period="2024")
        services.draft_data_request(officer, group, wanted=wanted, now=now)


def _asked(text: str) -> Turn:
    found: Turn = Turn.objects.filter(conversation__unit__code=OFFICE, question__icontains=text).order_by(
        "pk"
    )[0]
    return found


def _officer(unit: Unit) -> Actor:
    officers = Membership.objects.filter(unit=unit, role=Membership.Role.OFFICER).order_by("pk")
    return actor_for(officers[0].user)
