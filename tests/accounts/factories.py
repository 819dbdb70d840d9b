from datetime import timedelta

import factory
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from factory.django import DjangoModelFactory as ModelFactory

from halopst.accounts.models import (
    ApiToken,
    ErasureRequest,
    Invitation,
    Membership,
    OrganisationMapping,
    User,
)
from tests.units.factories import UnitFactory


class UserFactory(ModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"orang{n}@contoh.id")
    name = factory.Sequence(lambda n: f"Orang {n}")
    password = factory.LazyFunction(lambda: make_password(None))


class MembershipFactory(ModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Membership.Role.OFFICER


class OrganisationMappingFactory(ModelFactory[OrganisationMapping]):
    class Meta:
        model = OrganisationMapping

    organisation = factory.Sequence(lambda n: f"{n:04d}0")
    unit = factory.SubFactory(UnitFactory)
    role = Membership.Role.OFFICER


class InvitationFactory(ModelFactory[Invitation]):
    class Meta:
        model = Invitation

    unit = factory.SubFactory(UnitFactory)
    email = factory.Sequence(lambda n: f"undangan{n}@contoh.id")
    name = factory.Sequence(lambda n: f"Undangan {n}")
    role = Membership.Role.OFFICER
    invited_by = factory.SubFactory(UserFactory)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class ErasureRequestFactory(ModelFactory[ErasureRequest]):
    class Meta:
        model = ErasureRequest

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    requested_at = factory.LazyFunction(timezone.now)
    due_at = factory.LazyFunction(lambda: timezone.now() + timedelta(hours=72))


class ApiTokenFactory(ModelFactory[ApiToken]):
    class Meta:
        model = ApiToken

    user = factory.SubFactory(UserFactory)
    name = "Dasbor bulanan"
    prefix = "hpst_abcd"
    digest = factory.Sequence(lambda n: f"{n:064d}")
    scopes = ["baca"]
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=90))
