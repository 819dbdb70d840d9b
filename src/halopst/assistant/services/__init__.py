from halopst.assistant.services.allowances import AskedTooOften, forget_allowances
from halopst.assistant.services.asking import ask
from halopst.assistant.services.channels import set_channels
from halopst.assistant.services.chatting import sender_key
from halopst.assistant.services.conversing import (
    AlreadyHandedOver,
    begin,
    forget_conversations,
    hand_over,
    judge,
    keep,
    rekey,
    say,
)
from halopst.assistant.services.hearing import hear
from halopst.assistant.services.proposing import NoLongerOpen, dismiss, propose, settle
from halopst.assistant.services.publishing import draft_public_answer, suggested_answer
from halopst.assistant.services.replies import Answer, Citation
from halopst.assistant.services.spending import forget_spending
from halopst.assistant.services.steps import Suggestion
from halopst.assistant.services.wording import word

__all__ = [
    "AlreadyHandedOver",
    "Answer",
    "AskedTooOften",
    "Citation",
    "NoLongerOpen",
    "Suggestion",
    "ask",
    "begin",
    "dismiss",
    "draft_public_answer",
    "forget_allowances",
    "forget_conversations",
    "forget_spending",
    "hand_over",
    "hear",
    "judge",
    "keep",
    "propose",
    "rekey",
    "say",
    "sender_key",
    "set_channels",
    "settle",
    "suggested_answer",
    "word",
]
