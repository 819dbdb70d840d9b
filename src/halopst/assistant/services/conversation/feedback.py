"""What the asker says of an answer: whether it helped, and what was wrong with it."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from halopst.assistant.models import Turn
from halopst.assistant.rules.privacy.masking import masked
from halopst.core.errors import Refused

LONGEST_REMARK = 300


class NotCalledWrong(Refused):
    message = _("Tandai dulu jawaban ini kurang tepat, lalu tulis alasannya.")


def judge(turn: Turn, *, verdict: str) -> None:
    """Set the verdict on a turn; the same verdict again takes it back."""
    set_verdict(turn, verdict="" if turn.verdict == verdict else verdict)


@transaction.atomic
def set_verdict(turn: Turn, *, verdict: str) -> None:
    """Set the verdict; an empty one takes it back.

    An answer that needs no remedy any more leaves its group.
    """
    Turn.objects.filter(pk=turn.pk).exclude(verdict=verdict).update(verdict=verdict, reason="", remark="")
    if not Turn.objects.wanting().filter(pk=turn.pk).exists():
        Turn.objects.filter(pk=turn.pk).update(group=None)


def explain(turn: Turn, *, reason: str, remark: str) -> None:
    """Keep why an answer was called wrong: a reason of the list and, if given, the asker's own words."""
    said = masked(" ".join(remark.split()))[:LONGEST_REMARK]
    if not Turn.objects.filter(pk=turn.pk, verdict=Turn.Verdict.WRONG).update(reason=reason, remark=said):
        raise NotCalledWrong
