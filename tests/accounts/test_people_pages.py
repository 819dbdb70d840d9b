"""The pages of an office's people: search, invitations, mappings, erasures, the record."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from halopst.accounts.models import Invitation, Membership, OrganisationMapping, User
from halopst.audit.models import Entry
from tests.accounts.factories import (
    ErasureRequestFactory,
    InvitationFactory,
    MembershipFactory,
    OrganisationMappingFactory,
    UserFactory,
)
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return UnitFactory(name="BPS Kota Contoh", code="3578")


@pytest.fixture
def admin(client, office):
    cache.clear()
    user = MembershipFactory(
        unit=office, role="admin", user__name="Zaki Admin", user__email="zaki@contoh.id"
    ).user
    client.force_login(user)
    return user


def shown(client, path):
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


def test_people_are_listed_by_name_whatever_their_case(client, admin, office):
    for name in ("budi", "Ani", "citra"):
        MembershipFactory(unit=office, user__name=name)
    MembershipFactory(user__name="Orang lain")

    page = shown(client, "/akun/orang/")

    places = [page.rindex(name) for name in ("Ani", "budi", "citra", "Zaki")]
    assert places == sorted(places)
    assert "Orang lain" not in page


@pytest.mark.parametrize("text", ["ANI", "ani@", "Kota Contoh", "3578"])
def test_search_finds_names_addresses_and_offices(client, admin, office, text):
    MembershipFactory(unit=office, user__name="Ani", user__email="ani@contoh.id")

    assert "Ani" in shown(client, f"/akun/orang/?q={text}")


@pytest.mark.parametrize("text", ["tidak ada", "%25", "'", "x" * 5000])
def test_a_search_that_finds_nothing_says_so(client, admin, text):
    assert "Tidak ada yang cocok" in shown(client, f"/akun/orang/?q={text}")


def test_a_fragment_holds_only_the_list(client, admin):
    page = client.get("/akun/orang/?q=zaki", headers={"HX-Request": "true"}).content.decode()

    assert "Zaki" in page
    assert "<html" not in page


def test_more_people_cost_no_more_queries(client, admin, office, django_assert_num_queries):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def price():
        with CaptureQueriesContext(connection) as queries:
            client.get("/akun/orang/")
        return len(queries)

    client.get("/akun/orang/")
    MembershipFactory(unit=office)
    one = price()
    for _person in range(3):
        MembershipFactory(user=MembershipFactory(unit=office).user, unit=office, role="ketua_tim")
        InvitationFactory(unit=office)
    InvitationFactory.create_batch(2, unit=office)

    assert price() == one


def test_a_person_of_another_office_is_not_there(client, admin):
    assert client.get(f"/akun/orang/{MembershipFactory().user_id}/").status_code == 404


def invite(client, mailoutbox, **wish):
    data = {"name": "Ani", "email": "Ani@bps.go.id", "unit": "3578 BPS Kota Contoh", "role": "petugas"}
    page = client.post("/akun/orang/undang/", {**data, **wish})
    link = re.search(r"http://[^\s]+(/akun/undangan/\S+)", mailoutbox[-1].body) if mailoutbox else None
    return page, link[1] if link else None


def test_someone_invited_accepts_and_works(client, admin, office, mailoutbox):
    page, link = invite(client, mailoutbox)
    assert page.headers["Location"] == "/akun/orang/"
    assert mailoutbox[0].to == ["ani@bps.go.id"]
    guest = Client()

    offer = shown(guest, link)
    assert "Zaki Admin mengundang Anda" in offer
    assert not User.objects.filter(email="ani@bps.go.id").exists()
    guest.post(link)

    membership = Membership.objects.get(user__email="ani@bps.go.id")
    assert (membership.unit, membership.role, membership.user.name) == (office, "petugas", "Ani")
    assert guest.session["_auth_user_id"] == str(membership.user_id)
    assert list(Entry.objects.order_by("pk").values_list("action", flat=True)) == [
        "accounts.invited",
        "accounts.role-given",
        "accounts.signed-in",
    ]


def test_accepting_while_signed_in_as_someone_else_changes_the_person(client, admin, mailoutbox):
    _page, link = invite(client, mailoutbox)
    guest = Client()
    guest.force_login(UserFactory())
    session = guest.session
    session["rahasia"] = "milik orang lain"
    session.save()

    guest.post(link)

    assert guest.session["_auth_user_id"] == str(User.objects.get(email="ani@bps.go.id").pk)
    assert "rahasia" not in guest.session


def test_an_invitation_is_good_once(client, admin, mailoutbox):
    _page, link = invite(client, mailoutbox)
    Client().post(link)

    page = Client().post(link)

    assert page.status_code == 409
    assert "sudah dipakai" in page.content.decode()


@pytest.mark.parametrize("token", ["palsu", "a:b:c", "%00", "x" * 3000])
def test_a_made_up_link_is_refused_in_a_sentence(client, token):
    page = client.get(f"/akun/undangan/{token}/")

    assert page.status_code in {404, 409}


def test_an_invitation_ends_after_seven_days(client, admin, mailoutbox):
    _page, link = invite(client, mailoutbox)
    Invitation.objects.update(expires_at=timezone.now())

    assert Client().get(link).status_code == 409


def test_a_withdrawn_invitation_is_no_more(client, admin, mailoutbox):
    _page, link = invite(client, mailoutbox)
    client.post(f"/akun/orang/undangan/{Invitation.objects.get().pk}/batal/")

    assert Client().get(link).status_code == 409
    assert invite(client, mailoutbox)[0].status_code == 302


def test_the_same_invitation_twice_is_refused_and_nothing_typed_is_lost(client, admin, mailoutbox):
    invite(client, mailoutbox)

    page, _link = invite(client, mailoutbox)

    assert page.status_code == 409
    assert "masih terbuka" in page.content.decode()
    assert "Ani@bps.go.id" in page.content.decode()
    assert len(mailoutbox) == 1


def test_a_lapsed_invitation_gives_way_to_a_new_one(client, admin, mailoutbox):
    invite(client, mailoutbox)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))

    assert invite(client, mailoutbox)[0].status_code == 302


@pytest.mark.parametrize(
    "wish", [{"email": "x"}, {"unit": "9999 Lain"}, {"unit": "\x00"}, {"role": "raja"}, {"name": ""}]
)
def test_a_mistaken_invitation_is_not_sent(client, admin, mailoutbox, wish):
    page, _link = invite(client, mailoutbox, **wish)

    assert page.status_code == 422
    assert not Invitation.objects.exists()
    assert mailoutbox == []


def test_nobody_invites_into_an_office_above(client, admin, office, mailoutbox):
    page, _link = invite(client, mailoutbox, unit=f"{office.parent.code} {office.parent.name}")

    assert page.status_code == 422
    assert "Pilih satker dari daftar" in page.content.decode()


def test_a_colleague_gets_and_loses_a_role_on_the_page(client, admin, office):
    person = MembershipFactory(unit=office).user
    path = f"/akun/orang/{person.pk}/"

    client.post(path, {"unit": "3578", "role": "ketua_tim"})
    again = client.post(path, {"unit": "3578", "role": "ketua_tim"})
    assert "sudah memegang" in again.content.decode()
    membership = Membership.objects.get(user=person, role="ketua_tim")
    client.post(f"/akun/orang/peran/{membership.pk}/cabut/")

    assert list(Membership.objects.filter(user=person).values_list("role", flat=True)) == ["petugas"]


def test_the_last_admin_is_told_why_not(client, admin, office):
    page = client.post(f"/akun/orang/peran/{Membership.objects.get(user=admin).pk}/cabut/")

    assert page.status_code == 409
    assert "Angkat admin lain lebih dulu" in page.content.decode()


def test_a_mapping_is_added_found_and_removed(client, admin, office):
    client.post("/akun/peran-sso/", {"organisation": "35780", "unit": "3578", "role": "petugas"})
    OrganisationMappingFactory(organisation="18100")
    mapping = OrganisationMapping.objects.get(unit=office)

    assert "35780" in shown(client, "/akun/peran-sso/?q=357")
    assert "18100" not in shown(client, "/akun/peran-sso/")
    client.post(f"/akun/peran-sso/{mapping.pk}/hapus/")
    assert not OrganisationMapping.objects.filter(unit=office).exists()


def test_no_mapping_makes_admins(client, admin):
    page = client.post("/akun/peran-sso/", {"organisation": "35780", "unit": "3578", "role": "admin"})

    assert page.status_code == 422
    assert not OrganisationMapping.objects.exists()


def test_erasures_show_the_most_urgent_first_and_are_carried_out(client, admin, office):
    late = ErasureRequestFactory(unit=office, user__name="Terlambat", due_at=timezone.now())
    ErasureRequestFactory(unit=office, user__name="Baru")
    ErasureRequestFactory(user=UserFactory(name="Bukan urusan kita"))

    page = shown(client, "/akun/penghapusan/")
    assert page.index("Terlambat") < page.index("Baru")
    assert "Lewat tenggat" in page
    assert "Bukan urusan kita" not in page
    assert "Hapus data Terlambat?" in shown(client, f"/akun/penghapusan/{late.pk}/")
    client.post(f"/akun/penghapusan/{late.pk}/")

    assert "Terlambat" not in shown(client, "/akun/penghapusan/")


def record(unit, action="cases.closed", **fields):
    return Entry.objects.create(
        action=action,
        actor_label="sistem",
        unit_id=unit.pk,
        subject_type="cases.case",
        subject_id=fields.pop("subject_id", 7),
        **fields,
    )


def test_the_record_of_the_office_names_people(client, admin, office):
    record(office, actor_id=admin.pk)
    record(UnitFactory(), action="cases.rahasia")

    page = shown(client, "/akun/audit/")

    assert "cases.closed" in page
    assert "Zaki Admin" in page
    assert "cases.rahasia" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=closed", True),
        ("q=7", True),
        ("q=8", False),
        ("q=zaki", True),
        ("q=cases.case", True),
        ("q=" + "9" * 40, False),
        ("q=%00", True),
        ("dari=2020-01-01&sampai=2020-12-31", False),
        ("dari=2020-01-01", True),
        ("dari=9999-12-31", False),
        ("sampai=9999-12-31", True),
        ("dari=besok", True),
        ("page=99999", True),
        ("page=x", True),
    ],
)
def test_the_record_is_searched_by_word_person_number_and_day(client, admin, office, query, found):
    record(office, actor_id=admin.pk)

    assert ("cases.closed" in shown(client, f"/akun/audit/?{query}")) is found


def test_more_entries_cost_no_more_queries(client, admin, office):
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    def price():
        with CaptureQueriesContext(connection) as queries:
            client.get("/akun/audit/")
        return len(queries)

    client.get("/akun/audit/")
    record(office, actor_id=admin.pk)
    one = price()
    for number in range(3):
        record(office, actor_id=UserFactory().pk, subject_id=number)

    assert price() == one
