"""Who works where: within reach, on the record, and never an office without its admin."""

from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from halopst.accounts.actors import actor_for
from halopst.accounts.models import Membership, User
from halopst.accounts.services import deactivate, give_role, memberships, reactivate, take_role
from halopst.accounts.services.memberships import AlreadyHolds, LastAdmin, UnknownRole, WorksElsewhere
from halopst.audit.models import Entry
from halopst.core.actors import ANONYMOUS
from halopst.core.errors import NotPermitted
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.races import all_at_once, meeting
from tests.units.factories import ProvinceFactory, UnitFactory


@pytest.fixture
def office(db):
    return UnitFactory()


@pytest.fixture
def admin(office):
    return actor_for(MembershipFactory(unit=office, role="admin").user)


def test_an_admin_gives_a_role_and_it_is_recorded(admin, office):
    person = UserFactory()

    membership = give_role(admin, user=person, unit=office, role="petugas")

    assert actor_for(person).may("cases.work", office.pk)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id, entry.unit_id, entry.subject_id, entry.details) == (
        "accounts.role-given",
        admin.user_id,
        office.pk,
        membership.pk,
        {"role": "petugas", "user_id": person.pk},
    )


def test_an_admin_of_a_province_reaches_its_regencies_and_not_the_other_way(office):
    province = actor_for(MembershipFactory(unit=office.parent, role="admin").user)
    regency = actor_for(MembershipFactory(unit=office, role="admin").user)

    give_role(province, user=UserFactory(), unit=office, role="admin")
    with pytest.raises(NotPermitted):
        give_role(regency, user=UserFactory(), unit=office.parent, role="petugas")
    with pytest.raises(NotPermitted):
        give_role(province, user=UserFactory(), unit=ProvinceFactory(), role="petugas")


@pytest.mark.parametrize("role", ["kepala", "ketua_tim", "petugas", "front_office", "auditor"])
def test_only_admins_give_roles(office, role):
    person = actor_for(MembershipFactory(unit=office, role=role).user)

    with pytest.raises(NotPermitted):
        give_role(person, user=UserFactory(), unit=office, role="petugas")


def test_a_role_is_held_once(admin, office):
    person = MembershipFactory(unit=office).user

    with pytest.raises(AlreadyHolds):
        give_role(admin, user=person, unit=office, role="petugas")
    assert Membership.objects.filter(user=person).count() == 1


def test_there_are_no_other_roles(admin, office):
    with pytest.raises(UnknownRole):
        give_role(admin, user=UserFactory(), unit=office, role="raja")


def test_a_role_taken_is_gone_and_recorded(admin, office):
    membership = MembershipFactory(unit=office)

    take_role(admin, membership)

    assert not actor_for(membership.user).is_staff
    assert Entry.objects.get().action == "accounts.role-taken"


def test_the_last_admin_stays(admin, office):
    with pytest.raises(LastAdmin):
        take_role(admin, Membership.objects.get(user=admin.user_id))

    MembershipFactory(unit=office, role="admin", user=UserFactory(is_active=False))
    with pytest.raises(LastAdmin):
        take_role(admin, Membership.objects.get(user=admin.user_id))
    assert Membership.objects.filter(user=admin.user_id).exists()
    assert not Entry.objects.exists()


def test_one_of_two_admins_may_go(admin, office):
    other = MembershipFactory(unit=office, role="admin")

    take_role(admin, other)

    assert list(Membership.objects.values_list("user", flat=True)) == [admin.user_id]


def test_a_closed_account_holds_nothing_until_it_is_opened_again(admin, office):
    person = MembershipFactory(unit=office).user

    deactivate(admin, person)
    assert actor_for(person) == ANONYMOUS
    reactivate(admin, person)

    assert actor_for(person).may("cases.work", office.pk)
    assert list(Entry.objects.order_by("pk").values_list("action", "unit_id")) == [
        ("accounts.deactivated", office.pk),
        ("accounts.reactivated", office.pk),
    ]


def test_nobody_closes_the_account_of_someone_who_works_elsewhere_too(admin, office):
    person = MembershipFactory(unit=office).user
    MembershipFactory(user=person, unit=UnitFactory())

    with pytest.raises(WorksElsewhere):
        deactivate(admin, person)
    person.refresh_from_db()
    assert person.is_active


def test_a_visitor_is_nobodys_to_close(admin):
    with pytest.raises(NotPermitted):
        deactivate(admin, UserFactory())


def test_the_last_admins_account_stays_open(admin):
    from halopst.accounts.models import User  # noqa: PLC0415

    with pytest.raises(LastAdmin):
        deactivate(admin, User.objects.get(pk=admin.user_id))


def _both_leave_at_once(office):
    """Two admins take each other's role in the same moment; how many admins are left."""
    pair = [MembershipFactory(unit=office, role="admin") for _ in range(2)]
    actors = [actor_for(membership.user) for membership in pair]

    def leave(number):
        try:
            take_role(actors[number], pair[1 - number])
        except LastAdmin:
            return "refused"
        return "done"

    answers = sorted(all_at_once(partial(leave, 0), partial(leave, 1)))
    return answers, Membership.objects.filter(unit=office, role="admin").count()


@pytest.mark.django_db(transaction=True)
def test_two_admins_cannot_both_be_the_last_to_leave():
    for _round in range(10):
        assert _both_leave_at_once(UnitFactory()) == (["done", "refused"], 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_leave(monkeypatch):
    """The negative control: the race above is real."""
    meet, look = meeting(2), memberships._keep_an_admin

    def look_together(leaving):
        look(leaving)
        meet()

    monkeypatch.setattr(memberships, "_hold", lambda _unit_id: None)
    monkeypatch.setattr(memberships, "_keep_an_admin", look_together)

    assert _both_leave_at_once(UnitFactory()) == (["done", "done"], 0)


@pytest.mark.django_db
def test_who_runs_the_machine_makes_the_first_admin_who_then_gives_roles():
    office, out = UnitFactory(code="3579"), StringIO()

    call_command("appoint_admin", "Dwi@contoh.id", "--name", "Dwi", "--unit", "3579", stdout=out)

    dwi = User.objects.get(email="dwi@contoh.id")
    give_role(actor_for(dwi), user=UserFactory(), unit=office, role="kepala")
    assert "Dwi kini admin" in out.getvalue()
    assert Entry.objects.filter(action="accounts.role-given", actor_label="sistem").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["dwi", "--unit", "3579"], "dwi bukan alamat surel"),
        (["dwi@contoh.id", "--unit", "9999"], "Tidak ada satker dengan kode 9999"),
        (["ada@contoh.id", "--unit", "3579"], "sudah memegang peran itu"),
        (["pergi@contoh.id", "--unit", "3579"], "sudah dinonaktifkan"),
    ],
)
def test_who_cannot_be_the_first_admin_is_refused_in_a_sentence(words, said):
    office = UnitFactory(code="3579")
    MembershipFactory(unit=office, role="admin", user=UserFactory(email="ada@contoh.id"))
    UserFactory(email="pergi@contoh.id", is_active=False)

    with pytest.raises(CommandError, match=said):
        call_command("appoint_admin", *words)
    assert User.objects.count() == 2
