from halopst.assistant.models.allowance import Allowance
from halopst.assistant.models.conversations import Conversation, Turn

__all__ = ["Allowance", "Conversation", "Turn"]
