from halopst.assistant.services.allowances import AskedTooOften, forget_allowances
from halopst.assistant.services.asking import ask
from halopst.assistant.services.conversing import (
    AlreadyHandedOver,
    begin,
    forget_conversations,
    hand_over,
    judge,
    keep,
    say,
)
from halopst.assistant.services.replies import Answer, Citation
from halopst.assistant.services.spending import forget_spending
from halopst.assistant.services.steps import Suggestion
from halopst.assistant.services.wording import word

__all__ = [
    "AlreadyHandedOver",
    "Answer",
    "AskedTooOften",
    "Citation",
    "Suggestion",
    "ask",
    "begin",
    "forget_allowances",
    "forget_conversations",
    "forget_spending",
    "hand_over",
    "judge",
    "keep",
    "say",
    "word",
]
