from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.cases.models import Attachment, Case, CaseCounter, CasePause, FollowUpPolicy, Message, Presence
from halopst.units.models import PromiseUnit
from tests.accounts.factories import UserFactory
from tests.units.factories import ServiceKindFactory, UnitFactory

MORNING = datetime(2026, 11, 16, 3, tzinfo=UTC)


class CaseFactory(ModelFactory[Case]):
    """A case in the state it is given; built past the services only where a test needs a bare row."""

    class Meta:
        model = Case

    unit = factory.SubFactory(UnitFactory)
    service = factory.SubFactory(ServiceKindFactory)
    visitor = factory.SubFactory(UserFactory)
    number = factory.Sequence(lambda n: f"UJI-2611-{n:04d}")
    subject = "Angka kemiskinan"
    submitted_at = MORNING
    complete_at = MORNING
    promise_value = 3
    promise_unit = PromiseUnit.WORKING_DAYS
    first_reply_value = 1
    first_reply_unit = PromiseUnit.WORKING_DAYS
    due_at = MORNING + timedelta(days=3)
    first_reply_due_at = MORNING + timedelta(days=1)


class CaseCounterFactory(ModelFactory[CaseCounter]):
    class Meta:
        model = CaseCounter

    unit = factory.SubFactory(UnitFactory)
    month = "2611"
    last = 1


class CasePauseFactory(ModelFactory[CasePause]):
    class Meta:
        model = CasePause

    case = factory.SubFactory(CaseFactory)
    begins_at = MORNING
    asked_at = MORNING
    reason = CasePause.Reason.WAITING


class FollowUpPolicyFactory(ModelFactory[FollowUpPolicy]):
    class Meta:
        model = FollowUpPolicy

    unit = factory.SubFactory(UnitFactory)
    valid_from = MORNING.date()
    silence_warn_days = 5
    silence_close_days = 7
    late_warning_hours = 8
    basis = "Contoh"


class MessageFactory(ModelFactory[Message]):
    class Meta:
        model = Message

    case = factory.SubFactory(CaseFactory)
    sender = Message.Sender.VISITOR
    author = factory.SelfAttribute("case.visitor")
    body = "Apakah angkanya dapat dibandingkan?"
    sent_at = MORNING


class AttachmentFactory(ModelFactory[Attachment]):
    class Meta:
        model = Attachment

    case = factory.SubFactory(CaseFactory)
    name = "tabel.pdf"
    stored_as = factory.Sequence(lambda n: f"lampiran/2026/11/{n}")
    content_type = "application/pdf"
    size = 10


class PresenceFactory(ModelFactory[Presence]):
    class Meta:
        model = Presence

    case = factory.SubFactory(CaseFactory)
    user = factory.SubFactory(UserFactory)
    seen_at = MORNING
