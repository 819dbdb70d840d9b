"""What consultations hold about a person, and how they forget (UU 27/2022)."""

from datetime import datetime
from typing import Any

from halopst.accounts.services import register_erasure, register_export
from halopst.audit.services import record
from halopst.consultations.models import Consultation, Draft, DraftFile
from halopst.consultations.services import follow_case
from halopst.core.actors import SYSTEM

ERASED = "-"
WORDS = ("need", "phone", "reason", "summary", "result_note", "proposal_note", "meeting_link")
TIMES = ("submitted_at", "approved_at", "checked_in_at", "started_at", "finished_at", "closed_at")


def export(user_id: int) -> list[dict[str, Any]]:
    """Every consultation of the person, with what was asked, answered and when."""
    rows = Consultation.objects.whole().filter(case__visitor=user_id).order_by("pk")
    return [
        {
            "number": row.case.number,
            "expert": row.expert.display_name,
            "starts_at": row.reservation.starts_at.isoformat(),
            "mode": row.mode,
            "state": row.state,
            "topic": row.topic,
            "purpose": row.purpose,
            "result": row.result,
            **{name: getattr(row, name) for name in WORDS},
            **{name: at.isoformat() for name in TIMES if (at := getattr(row, name))},
        }
        for row in rows
    ]


def erase(user_id: int, now: datetime) -> None:
    """The words go and the time is given back; that a consultation was asked for, and its result, stay."""
    drafts = Draft.objects.filter(sent__case__visitor=user_id)
    for kept in DraftFile.objects.filter(draft__in=drafts):
        kept.file.delete(save=False)
    drafts.delete()
    own = Consultation.objects.filter(case__visitor=user_id)
    for row in own.exclude(topic=ERASED):
        blank = {**dict.fromkeys(WORDS, ""), "topic": ERASED, "reason": ERASED if row.reason else ""}
        own.filter(pk=row.pk).update(updated_at=now, **blank)
        record(SYSTEM, "consultations.erased", row, unit_id=row.case.unit_id)
        follow_case(row, now=now)


register_export("konsultasi", export)
register_erasure("consultations", erase)
