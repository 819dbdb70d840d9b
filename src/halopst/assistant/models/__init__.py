from halopst.assistant.models.allowance import Allowance

__all__ = ["Allowance"]
