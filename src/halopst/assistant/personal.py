"""What AIDA holds about a person: what they handed over and what they wait for (UU 27/2022)."""

from datetime import datetime
from typing import Any

from halopst.accounts.services import register_erasure, register_export
from halopst.assistant.models import Awaiting, Conversation, Proposal
from halopst.assistant.services.learning.gathering import prune


def export(user_id: int) -> list[dict[str, Any]]:
    """Each of the person's questions, with the answer it got."""
    held = Conversation.objects.filter(case__visitor=user_id).select_related("case").order_by("pk")
    return [
        {
            "request": conversation.case.number if conversation.case else "",
            "turns": [
                {"at": turn.asked_at.isoformat(), "question": turn.question, "answer": turn.answer["text"]}
                for turn in conversation.turns.all()
            ],
        }
        for conversation in held.prefetch_related("turns")
    ]


def erase(user_id: int, _now: datetime) -> None:
    """Erase the words of conversations handed over; the request itself is erased by `cases`."""
    Conversation.objects.filter(case__visitor=user_id).delete()
    prune()
    Proposal.objects.filter(case__visitor=user_id).delete()
    Awaiting.objects.filter(user=user_id).delete()


def export_awaited(user_id: int) -> list[dict[str, Any]]:
    """Every question whose answer the person wants to be told of."""
    rows = Awaiting.objects.filter(user=user_id).select_related("turn").order_by("pk")
    return [
        {
            "question": row.turn.question,
            "asked_at": row.turn.asked_at.isoformat(),
            "told_at": row.told_at.isoformat() if row.told_at else None,
        }
        for row in rows
    ]


register_export("aida", export)
register_export("kabar-aida", export_awaited)
register_erasure("aida", erase)
