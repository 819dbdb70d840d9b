"""AIDA for programs: asking, conversations, what was not answered, how well she answers."""

from ninja import Router

from halopst.assistant.api.asking import router as asking
from halopst.assistant.api.conversations import router as conversations
from halopst.assistant.api.evaluations import router as evaluations
from halopst.assistant.api.exam import router as exam
from halopst.assistant.api.kept_conversations import router as kept
from halopst.assistant.api.office import router as office
from halopst.assistant.api.questions import router as questions

__all__ = ["router"]

router = Router(tags=["assistant"])
for part in (asking, conversations, kept, questions, evaluations, exam, office):
    router.add_router("", part)
