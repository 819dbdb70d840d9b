"""What a visitor says of an answer over WhatsApp: a thumb or a word, and after a thumb down the reason."""

from datetime import datetime

from halopst.assistant.models import Conversation, Turn
from halopst.assistant.models.conversations import FORGOTTEN_AFTER
from halopst.assistant.notices import ANSWER
from halopst.assistant.queries.whatsapp_conversations import current_chat
from halopst.assistant.rules.conversation.feedback import Opinion, complaint, opinion
from halopst.assistant.services.answering.plain_text import plain_text
from halopst.assistant.services.conversation.feedback import explain, judge
from halopst.assistant.services.conversation.whatsapp_texts import explained_text, judged_text, reasons_text
from halopst.notifications.models import Inbound, Notice

OPENING = 1000  # letters: enough to tell apart answers given at once


def meant_answer(message: Inbound, sender: str) -> Turn | None:
    """The answer that `message` reacts to or quotes, found by its time and its words.

    The message itself does not name it.
    """
    if not message.refers_to:
        return None
    ours = Notice.objects.filter(kind=ANSWER.code, phone=message.contact.phone)
    said = ours.filter(deliveries__provider_id=message.refers_to).first()
    if said is None:
        return None
    turns = Turn.objects.filter(conversation__sender=sender, asked_at=said.at).select_related("conversation")
    words = str(said.context["jawaban"])
    return next((turn for turn in turns if words.startswith(plain_text(turn.answer)[:OPENING])), None)


def reacted(turn: Turn, sign: str, *, may_ask: bool, now: datetime) -> str:
    """Keep the sign under an answer, or that it was taken back; write something only after a thumb down."""
    if not sign and turn.verdict:
        judge(turn, verdict=turn.verdict)
    said = opinion(sign)
    if said is None or said == turn.verdict:
        return ""
    current = current_chat(turn.conversation.sender, since=now - FORGOTTEN_AFTER)
    return _judged(turn, said, asked_in=current if may_ask else None, now=now)


def spoken(conversation: Conversation, said: str, turn: Turn, *, now: datetime) -> str | None:
    """The reply when `said` judges `turn` or tells what was wrong with it; None for anything else."""
    word = opinion(said)
    if word is None:
        return _explained(conversation, said, now=now)
    asked = "" if word == turn.verdict else _judged(turn, word, asked_in=conversation, now=now)
    return asked or judged_text()


def _judged(turn: Turn, said: Opinion, *, asked_in: Conversation | None, now: datetime) -> str:
    """Keep the verdict; after a bad one in the current conversation, ask for the reason."""
    judge(turn, verdict=said)
    asks = said == Opinion.WRONG and asked_in == turn.conversation
    _ask_why(turn.conversation, turn if asks else None, now=now)
    return reasons_text(turn) if asks else ""


def _explained(conversation: Conversation, said: str, *, now: datetime) -> str | None:
    """Keep the reason, if one was asked for and this is one; else it is the next question."""
    about = conversation.asked_why
    if about is None:
        return None
    found = complaint(said, [value for value, _label in about.possible_reasons])
    is_late = conversation.last_at < now - FORGOTTEN_AFTER
    _ask_why(conversation, None, now=now)
    if found is None or is_late:
        return None
    explain(about, reason=found.reason, remark=found.remark)
    return explained_text()


def _ask_why(conversation: Conversation, turn: Turn | None, *, now: datetime) -> None:
    """Ask for the reason, and remember for which answer."""
    of = Conversation.objects.filter(pk=conversation.pk)
    of.update(asked_why=None) if turn is None else of.update(asked_why=turn, last_at=now)
