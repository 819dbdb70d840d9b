from halopst.assistant.services.allowances import AskedTooOften, forget_allowances
from halopst.assistant.services.asking import ask
from halopst.assistant.services.replies import Answer, Citation
from halopst.assistant.services.steps import Suggestion

__all__ = ["Answer", "AskedTooOften", "Citation", "Suggestion", "ask", "forget_allowances"]
