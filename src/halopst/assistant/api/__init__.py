"""AIDA for programs: single questions and conversations, the queue of questions, and how well she answers."""

from ninja import Router

from halopst.assistant.api.asking import router as asking
from halopst.assistant.api.conversations import router as conversations
from halopst.assistant.api.evaluations import router as evaluations
from halopst.assistant.api.questions import router as questions

__all__ = ["router"]

router = Router(tags=["assistant"])
for part in (asking, conversations, questions, evaluations):
    router.add_router("", part)
