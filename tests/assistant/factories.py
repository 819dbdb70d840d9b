from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.assistant.models import (
    Allowance,
    Awaiting,
    Conversation,
    Correction,
    Evaluation,
    EvaluationQuestion,
    Heard,
    OfficeChannels,
    Proposal,
    PublicAnswer,
    QuestionGroup,
    Remedy,
    Setup,
    Spending,
    Turn,
    Wording,
)
from halopst.demo.figures import build_figures
from halopst.knowledge.reference import load_regions
from halopst.units.models import Unit
from halopst.units.reference import load_units
from tests.accounts.factories import UserFactory
from tests.cases.factories import CaseFactory
from tests.knowledge.factories import DocumentFactory
from tests.notifications.factories import InboundFactory
from tests.units.factories import UnitFactory

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


class AllowanceFactory(ModelFactory[Allowance]):
    class Meta:
        model = Allowance

    client = factory.Sequence(lambda n: f"jaringan-{n}")
    minute = NOW
    asked = 1


class ConversationFactory(ModelFactory[Conversation]):
    class Meta:
        model = Conversation

    unit = factory.SubFactory(UnitFactory)
    last_at = NOW
    kept = True


class TurnFactory(ModelFactory[Turn]):
    class Meta:
        model = Turn

    conversation = factory.SubFactory(ConversationFactory)
    question = "Apa arti inflasi?"
    answer = factory.LazyFunction(
        lambda: {"text": "Kenaikan harga umum.", "citations": [], "suggestions": []}
    )
    known = True
    asked_at = NOW
    milliseconds = 12


class WordingFactory(ModelFactory[Wording]):
    class Meta:
        model = Wording

    turn = factory.SubFactory(TurnFactory)


class SpendingFactory(ModelFactory[Spending]):
    class Meta:
        model = Spending

    day = NOW.date()
    scope = factory.Sequence(lambda n: f"unit:{n}")
    calls = 1


class ProposalFactory(ModelFactory[Proposal]):
    class Meta:
        model = Proposal

    case = factory.SubFactory(CaseFactory)
    officer = factory.SubFactory(UserFactory)
    question = "Apa arti inflasi?"
    answer = factory.LazyFunction(
        lambda: {"text": "Kenaikan harga umum.", "citations": [], "suggestions": []}
    )
    known = True
    text = "Kenaikan harga umum."
    made_at = NOW


class OfficeChannelsFactory(ModelFactory[OfficeChannels]):
    class Meta:
        model = OfficeChannels

    unit = factory.SubFactory(UnitFactory)


class HeardFactory(ModelFactory[Heard]):
    class Meta:
        model = Heard

    inbound = factory.SubFactory(InboundFactory)
    outcome = "answered"


class PublicAnswerFactory(ModelFactory[PublicAnswer]):
    class Meta:
        model = PublicAnswer

    case = factory.SubFactory(CaseFactory)
    document = factory.SubFactory(DocumentFactory)
    drafted_by = factory.SubFactory(UserFactory)


class QuestionGroupFactory(ModelFactory[QuestionGroup]):
    class Meta:
        model = QuestionGroup

    unit = factory.SubFactory(UnitFactory)
    slots = "figure||||"
    stems = factory.LazyFunction(lambda: ["inflasi"])


class RemedyFactory(ModelFactory[Remedy]):
    """A drafted article."""

    class Meta:
        model = Remedy

    group = factory.SubFactory(QuestionGroupFactory)
    kind = Remedy.Kind.ARTICLE
    document = factory.SubFactory(DocumentFactory)
    drafted_by = factory.SubFactory(UserFactory)
    drafted_at = NOW


class CorrectionFactory(ModelFactory[Correction]):
    class Meta:
        model = Correction

    turn = factory.SubFactory(TurnFactory)
    text = "Yang benar begini."
    written_by = factory.SubFactory(UserFactory)
    written_at = NOW


class AwaitingFactory(ModelFactory[Awaiting]):
    class Meta:
        model = Awaiting

    turn = factory.SubFactory(TurnFactory)
    user = factory.SubFactory(UserFactory)


def asked_in_vain(unit, question="Berapa produksi padi?", *, group=None, **more):
    """A question AIDA could not answer, in a conversation that may be kept."""
    conversation = more.pop("conversation", None) or ConversationFactory(unit=unit)
    return TurnFactory(
        conversation=conversation,
        question=question,
        known=False,
        outcome=Turn.Outcome.UNKNOWN,
        group=group,
        **more,
    )


class EvaluationQuestionFactory(ModelFactory[EvaluationQuestion]):
    class Meta:
        model = EvaluationQuestion

    unit = factory.SubFactory(UnitFactory)
    question = factory.Sequence(lambda n: f"Apa itu inflasi nomor {n}?")
    expects = "refuse"


class SetupFactory(ModelFactory[Setup]):
    class Meta:
        model = Setup

    unit = factory.SubFactory(UnitFactory)
    model = "model-uji"
    prompt = "jawaban-1"


class EvaluationFactory(ModelFactory[Evaluation]):
    """A finished run over forty questions that all went well."""

    class Meta:
        model = Evaluation

    unit = factory.SubFactory(UnitFactory)
    engine = "1"
    was_in_use = True
    questions = "sama"
    state = "done"
    began_at = NOW
    asked = whole = 40
    recall_1 = recall_5 = mrr = grounded = right = right_of_answers = 1.0
    refusal_precision = refusal_recall = 1.0
    p50_ms, p95_ms = 10.0, 20.0


def surabaya():
    """Kota Surabaya, with the demonstration's figures as of 20 November 2026."""
    load_units()
    load_regions()
    build_figures(now=datetime(2026, 11, 20, 3, tzinfo=UTC))
    return Unit.objects.select_related("parent").get(code="3578")
