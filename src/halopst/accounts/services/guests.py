"""People we know by their telephone number alone, because they wrote to us."""

from django.db import transaction

from halopst.accounts.models import User
from halopst.accounts.models.people import NOWHERE

NAME_LENGTH = 150


@transaction.atomic
def guest_with_phone(*, phone: str, name: str) -> User:
    """The person behind `phone`; made on first sight, without e-mail and without a way to sign in."""
    address = f"{phone}@{NOWHERE}"
    known = User.objects.filter(email=address).first()
    return known or User.objects.create_user(address, name=name[:NAME_LENGTH], phone=phone)
