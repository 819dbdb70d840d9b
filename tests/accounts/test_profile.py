"""My account: asks little, forgives typing, speaks my language, and costs few queries."""

import pytest
from django.test import Client

from halopst.accounts.models import Profile
from halopst.audit.models import Entry
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.units.factories import ProvinceFactory, UnitFactory

pytestmark = pytest.mark.django_db
ENOUGH = {"name": "Dwi", "language": "id"}


@pytest.fixture
def visitor(client):
    user = UserFactory(name="Dwi")
    client.force_login(user)
    return user


def test_only_a_name_is_needed(client, visitor):
    page = client.post("/akun/", {**ENOUGH, "name": "Dwi Lestari"})

    visitor.refresh_from_db()
    assert page.status_code == 302
    assert visitor.name == "Dwi Lestari"


def test_everything_of_block_one_is_kept(client, visitor):
    said = {
        "sex": "p",
        "birth_year": "1998",
        "education": "s2",
        "occupation": "lainnya",
        "occupation_other": "Penjahit",
        "institution": "pendidikan",
        "institution_name": "Universitas Contoh",
        "main_use": "penelitian",
    }

    client.post("/akun/", {**ENOUGH, "phone": "0812-3456-7890", **said})

    visitor.refresh_from_db()
    assert visitor.phone == "6281234567890"
    assert {name: str(getattr(Profile.objects.get(), name)) for name in said} == said


def test_the_form_asks_no_nik(client, visitor):
    page = client.get("/akun/").content.decode()

    assert 'name="nik"' not in page.lower()
    assert "NIK tidak pernah kami minta" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"phone": "12"},
        {"phone": "abc"},
        {"birth_year": "98"},
        {"birth_year": "x"},
        {"birth_year": "9" * 50},
        {"sex": "x"},
        {"language": "jv"},
        {"institution_name": "nul\x00"},
        {"institution_name": "x" * 151},
    ],
)
def test_a_mistake_is_named_and_nothing_is_lost(client, visitor, wrong):
    page = client.post("/akun/", {**ENOUGH, "occupation_other": "Penjahit", **wrong})

    assert page.status_code == 422
    assert "Penjahit" in page.content.decode()
    assert not Profile.objects.exists()


def test_the_chosen_language_is_spoken_from_then_on(client, visitor):
    client.post("/akun/", {**ENOUGH, "language": "en"})

    assert '<html lang="en"' in client.get("/akun/").content.decode()


def test_a_new_device_speaks_the_persons_language(visitor):
    visitor.language = "en"
    visitor.save()
    elsewhere = Client()
    elsewhere.force_login(visitor)

    assert '<html lang="en"' in elsewhere.get("/akun/").content.decode()
    elsewhere.cookies["bahasa"] = "id"
    assert '<html lang="id"' in elsewhere.get("/akun/").content.decode()


def test_knowing_who_asks_costs_three_queries(client, django_assert_num_queries):
    province = ProvinceFactory()
    UnitFactory.create_batch(3, parent=province)
    user = MembershipFactory(unit=province, role="admin").user
    MembershipFactory(user=user, role="petugas")
    client.force_login(user)
    client.get("/akun/tanpa-surel/")

    with django_assert_num_queries(3):
        client.get("/akun/tanpa-surel/")


def test_strangers_cost_none(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/akun/tanpa-surel/")


def test_a_role_reaches_all_offices_below_and_none_above():
    from halopst.accounts.actors import actor_for  # noqa: PLC0415

    office, other = UnitFactory(), UnitFactory()
    head = office.parent.parent
    everywhere = {head.pk, office.parent_id, office.pk, other.parent_id, other.pk}

    assert actor_for(MembershipFactory(unit=head, role="auditor").user).units("cases.view") == everywhere
    assert actor_for(MembershipFactory(unit=office.parent, role="auditor").user).units("cases.view") == {
        office.parent_id,
        office.pk,
    }
    assert actor_for(MembershipFactory(unit=office, role="auditor").user).units("cases.view") == {office.pk}


def change(client, sent_code, email="baru@contoh.id"):
    client.post("/akun/surel/", {"email": email})
    return client.post("/akun/surel/kode/", {"code": sent_code()})


def test_a_new_address_is_proven_by_its_code_and_the_old_one_is_told(client, visitor, sent_code, mailoutbox):
    old = visitor.email

    page = change(client, sent_code)

    visitor.refresh_from_db()
    assert page.headers["Location"] == "/akun/"
    assert visitor.email == "baru@contoh.id"
    assert [mail.to for mail in mailoutbox] == [["baru@contoh.id"], [old]]
    assert Entry.objects.get(action="accounts.address-changed").subject_id == visitor.pk
    assert client.get("/akun/").status_code == 200


def test_anothers_address_is_not_to_be_had(client, visitor, sent_code, mailoutbox):
    other = UserFactory(email="lain@contoh.id")

    page = change(client, sent_code, other.email)

    visitor.refresh_from_db()
    assert page.status_code == 409
    assert visitor.email != other.email
    assert len(mailoutbox) == 1


def test_guesses_at_the_new_addresss_code_are_counted(client, visitor, sent_code):
    client.post("/akun/surel/", {"email": "baru@contoh.id"})
    for _time in range(5):
        client.post("/akun/surel/kode/", {"code": "000000"})

    page = client.post("/akun/surel/kode/", {"code": sent_code()})

    visitor.refresh_from_db()
    assert page.status_code == 409
    assert visitor.email != "baru@contoh.id"


def test_who_has_a_password_says_it_first(client, visitor):
    visitor.set_password("kopi-tubruk-manis")
    visitor.save()
    client.force_login(visitor)

    assert client.get("/akun/surel/").headers["Location"].startswith("/akun/konfirmasi/")
