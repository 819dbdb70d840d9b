"""What is kept but not read by whoever reads the database."""

import pytest
from django.db import connection

from halopst.partners.models import BankAccount, Person
from halopst.partners.secrecy import Unreadable, fingerprint, seal, unseal
from tests.partners.factories import BankAccountFactory, PersonFactory, example_nik


def test_what_is_sealed_is_read_again_and_never_looks_the_same():
    assert unseal(seal("9999011708950001")) == "9999011708950001"
    assert seal("9999011708950001") != seal("9999011708950001")
    assert seal("") == ""
    assert unseal("") == ""


def test_with_another_key_nothing_is_read_or_found(settings):
    sealed, found = seal("9999011708950001"), fingerprint("9999011708950001")
    settings.IDENTITY_KEY = "kunci lain"

    with pytest.raises(Unreadable):
        unseal(sealed)
    assert fingerprint("9999011708950001") != found


@pytest.mark.parametrize(
    "broken", ["bukan base64", "AAAA", seal("x")[:-8] + "AAAAAAA="], ids=["text", "short", "altered"]
)
def test_a_broken_seal_is_refused(broken):
    with pytest.raises(Unreadable):
        unseal(broken)


@pytest.mark.django_db
def test_no_column_of_the_register_holds_the_numbers():
    nik = example_nik(7)
    person = PersonFactory(nik=nik)
    person.keep_npwp(nik)
    person.save()
    BankAccountFactory(person=person, number="9876543210")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p::text FROM partners_person p UNION SELECT b::text FROM partners_bankaccount b"
        )
        stored = " ".join(text for (text,) in cursor.fetchall())

    assert nik not in stored
    assert "9876543210" not in stored
    assert Person.objects.with_nik(nik).get().nik == nik
    assert BankAccount.objects.get().number == "9876543210"


@pytest.mark.django_db
def test_a_list_shows_dots_when_the_key_has_changed(settings):
    person = PersonFactory(nik=example_nik(7))
    settings.IDENTITY_KEY = "kunci lain"

    assert person.masked_nik == "•" * 16
