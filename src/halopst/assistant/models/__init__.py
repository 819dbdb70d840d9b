from halopst.assistant.models.allowance import Allowance
from halopst.assistant.models.awaiting import Awaiting
from halopst.assistant.models.channels import Heard, OfficeChannels
from halopst.assistant.models.conversations import Conversation, Turn
from halopst.assistant.models.corrections import Correction
from halopst.assistant.models.evaluation import Evaluation, EvaluationQuestion, Setup
from halopst.assistant.models.groups import QuestionGroup
from halopst.assistant.models.proposals import Proposal
from halopst.assistant.models.public_answers import PublicAnswer
from halopst.assistant.models.remedies import Remedy
from halopst.assistant.models.spending import Spending
from halopst.assistant.models.wording import Wording

__all__ = [
    "Allowance",
    "Awaiting",
    "Conversation",
    "Correction",
    "Evaluation",
    "EvaluationQuestion",
    "Heard",
    "OfficeChannels",
    "Proposal",
    "PublicAnswer",
    "QuestionGroup",
    "Remedy",
    "Setup",
    "Spending",
    "Turn",
    "Wording",
]
