from datetime import date

import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.satisfaction.models import Instrument, Invitation, Rating
from tests.accounts.factories import UserFactory
from tests.cases.factories import MORNING, CaseFactory
from tests.units.factories import UnitFactory


class InstrumentFactory(ModelFactory[Instrument]):
    class Meta:
        model = Instrument
        django_get_or_create = ("code", "version")

    code = "penilaian-petugas"
    version = 1
    scale = 5
    minimum_published = 5
    legal_basis = "Kebijakan contoh"
    valid_from = date(2026, 1, 1)


class InvitationFactory(ModelFactory[Invitation]):
    class Meta:
        model = Invitation

    unit = factory.SubFactory(UnitFactory)
    case = factory.SubFactory(CaseFactory, unit=factory.SelfAttribute("..unit"))
    officer = factory.SubFactory(UserFactory)
    instrument = factory.SubFactory(InstrumentFactory)


class RatingFactory(ModelFactory[Rating]):
    class Meta:
        model = Rating

    unit = factory.SubFactory(UnitFactory)
    officer = factory.SubFactory(UserFactory)
    invitation = factory.SubFactory(
        InvitationFactory, unit=factory.SelfAttribute("..unit"), officer=factory.SelfAttribute("..officer")
    )
    instrument = factory.SubFactory(InstrumentFactory)
    score = 5
    need_met = Rating.NeedMet.YES
    rated_at = MORNING
