from halopst.assistant.services.answering.asking import ask
from halopst.assistant.services.answering.replies import Answer
from halopst.assistant.services.answering.withdrawn_sources import SourceGone, check_sources, sources_gone
from halopst.assistant.services.casework.proposing import NoLongerOpen, dismiss, propose, settle
from halopst.assistant.services.casework.public_answers import draft_public_answer, suggested_answer
from halopst.assistant.services.conversation.channels import set_channels
from halopst.assistant.services.conversation.consenting import keep
from halopst.assistant.services.conversation.conversing import (
    AlreadyHandedOver,
    ask_first,
    begin,
    forget_conversations,
    hand_over,
    rekey,
    say,
)
from halopst.assistant.services.conversation.feedback import explain, judge, set_verdict
from halopst.assistant.services.conversation.whatsapp_answers import sender_key
from halopst.assistant.services.conversation.whatsapp_inbound import hear
from halopst.assistant.services.conversation.worded_answers import ask_worded
from halopst.assistant.services.learning.closing import (
    is_answered_by,
    reopen,
    set_aside,
    try_again,
    try_open_groups,
    try_remedies,
)
from halopst.assistant.services.learning.contradictions import Contradiction, contradiction
from halopst.assistant.services.learning.correcting import correct
from halopst.assistant.services.learning.drafting import Wanted, draft_data_request, draft_synonym, draft_text
from halopst.assistant.services.learning.gathering import gather
from halopst.assistant.services.learning.likeness import thing_asked
from halopst.assistant.services.learning.notifying_askers import NotKept, wait_for, wait_for_all
from halopst.assistant.services.limits.allowances import forget_allowances
from halopst.assistant.services.limits.spending import forget_spending
from halopst.assistant.services.wording.by_model import word, worded_by

__all__ = [
    "AlreadyHandedOver",
    "Answer",
    "Contradiction",
    "NoLongerOpen",
    "NotKept",
    "SourceGone",
    "Wanted",
    "ask",
    "ask_first",
    "ask_worded",
    "begin",
    "check_sources",
    "contradiction",
    "correct",
    "dismiss",
    "draft_data_request",
    "draft_public_answer",
    "draft_synonym",
    "draft_text",
    "explain",
    "forget_allowances",
    "forget_conversations",
    "forget_spending",
    "gather",
    "hand_over",
    "hear",
    "is_answered_by",
    "judge",
    "keep",
    "propose",
    "rekey",
    "reopen",
    "say",
    "sender_key",
    "set_aside",
    "set_channels",
    "set_verdict",
    "settle",
    "sources_gone",
    "suggested_answer",
    "thing_asked",
    "try_again",
    "try_open_groups",
    "try_remedies",
    "wait_for",
    "wait_for_all",
    "word",
    "worded_by",
]
