from halopst.cases.models.case import Case, CaseCounter, CasePause
from halopst.cases.models.conversation import Attachment, Message, Presence
from halopst.cases.models.policy import FollowUpPolicy

__all__ = ["Attachment", "Case", "CaseCounter", "CasePause", "FollowUpPolicy", "Message", "Presence"]
