"""The register for programs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.partners.models import Person, Registration
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import (
    ActivityDutyFactory,
    BankAccountFactory,
    HonorCapFactory,
    PersonFactory,
    RegistrationFactory,
    UnitPriceFactory,
    example_nik,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    membership = MembershipFactory(role="admin")
    client.force_login(membership.user)
    return membership.unit


def sent(client, method, path, body, key="kunci-uji-1"):
    return getattr(client, method)(
        f"/api/v1/partners{path}", body, content_type="application/json", headers={"Idempotency-Key": key}
    )


def test_the_register_is_listed_without_a_whole_number(client, office):
    person = PersonFactory(nik=example_nik(1), name="Ayu Pratiwi")
    registration = RegistrationFactory(unit=office, person=person)
    BankAccountFactory(person=person)
    RegistrationFactory(unit=office, year=2025)
    RegistrationFactory()

    answer = client.get(f"/api/v1/partners/units/{office.slug}/mitra?year=2026&q=ayu").json()

    assert answer == [
        {
            "id": registration.pk,
            "person": person.pk,
            "name": "Ayu Pratiwi",
            "nik": "9999••••••••0002",
            "id_sobat": "",
            "district": "",
            "village": "",
            "year": 2026,
            "position": "pendataan",
            "status": "aktif",
            "decree": "",
            "has_account": True,
            "is_blacklisted": False,
        }
    ]


def test_who_lacks_an_address_is_found(client, office):
    RegistrationFactory(unit=office, person=PersonFactory(name="Ayu", address=""))
    RegistrationFactory(unit=office)

    found = client.get(f"/api/v1/partners/units/{office.slug}/mitra?year=2026&lack=alamat").json()

    assert [row["name"] for row in found] == ["Ayu"]


def test_a_list_is_as_cheap_for_three_as_for_one(client, office):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            rows = client.get(f"/api/v1/partners/units/{office.slug}/mitra?year=2026").json()
        return len(rows), len(queries)

    RegistrationFactory(unit=office)
    asked()
    one = asked()
    for registration in RegistrationFactory.create_batch(2, unit=office):
        BankAccountFactory(person=registration.person)

    assert asked() == (3, one[1])
    assert one[0] == 1


def test_someone_is_registered_once_however_often_it_is_sent(client, office):
    body = {
        "year": 2026,
        "position": "pendataan",
        "nik": example_nik(1),
        "name": "Ayu",
        "phone": "0812-3456-7890",
    }

    first = sent(client, "post", f"/units/{office.slug}/mitra", body)
    again = sent(client, "post", f"/units/{office.slug}/mitra", body)

    assert (first.status_code, again.status_code, first.json()) == (201, 201, again.json())
    assert Person.objects.get().phone == "6281234567890"
    assert Registration.objects.get().status == "aktif"


def test_what_is_wrong_is_told_by_its_field(client, office):
    body = {"year": 2026, "position": "pendataan", "nik": "123", "name": "Ayu"}

    answer = sent(client, "post", f"/units/{office.slug}/mitra", body)

    assert answer.status_code == 422
    assert "NIK terdiri dari 16 angka; ini 3 angka." in str(answer.json())
    assert Person.objects.count() == 0


def test_an_account_is_set_and_only_its_end_comes_back(client, office):
    registration = RegistrationFactory(unit=office)
    body = {"bank": "Bank Contoh", "number": "0123456789", "holder": "Ayu"}

    answer = sent(client, "put", f"/units/{office.slug}/mitra/{registration.person_id}/account", body)

    assert answer.json() == {"bank": "Bank Contoh", "tail": "6789", "holder": "Ayu"}
    assert registration.person.bank_account.number == "0123456789"


def test_figures_are_given_with_their_basis(client, office):
    HonorCapFactory(province=office.parent, amount=3_085_000)
    HonorCapFactory(amount=1)
    UnitPriceFactory(unit=office.parent, amount=68_000)
    duty = ActivityDutyFactory(activity__unit=office)
    path = f"/api/v1/partners/units/{office.slug}"

    assert [(row["amount"], row["basis"]) for row in client.get(f"{path}/caps?year=2026").json()] == [
        (3_085_000, "Contoh, bukan tarif resmi")
    ]
    assert sorted(row["amount"] for row in client.get(f"{path}/prices?year=2026").json()) == [50_000, 68_000]
    assert [row["id"] for row in client.get(f"{path}/duties?year=2026").json()] == [duty.pk]
