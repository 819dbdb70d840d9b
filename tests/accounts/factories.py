import factory
from factory.django import DjangoModelFactory as ModelFactory

from halopst.accounts.models import Membership, User
from tests.units.factories import UnitFactory


class UserFactory(ModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"orang{n}@contoh.id")
    name = factory.Sequence(lambda n: f"Orang {n}")


class MembershipFactory(ModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = Membership.Role.OFFICER
