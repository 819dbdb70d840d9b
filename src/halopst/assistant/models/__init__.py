from halopst.assistant.models.allowance import Allowance
from halopst.assistant.models.conversations import Conversation, Turn
from halopst.assistant.models.spending import Spending
from halopst.assistant.models.wording import Wording

__all__ = ["Allowance", "Conversation", "Spending", "Turn", "Wording"]
