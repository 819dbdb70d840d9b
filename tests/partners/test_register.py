"""One person behind the years of many offices."""

from datetime import date

import pytest

from halopst.audit.models import Entry
from halopst.core.actors import Actor
from halopst.core.errors import NotPermitted
from halopst.partners import services
from halopst.partners.models import BankAccount, Blacklisting, Person, Registration
from tests.accounts.factories import UserFactory
from tests.partners.factories import (
    BankAccountFactory,
    BlacklistingFactory,
    PersonFactory,
    RegistrationFactory,
    example_nik,
)
from tests.scheduling.factories import NOW
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def keeper(*units, permissions=("partners.view", "partners.manage")):
    ids = frozenset(unit.pk for unit in units)
    return Actor(user_id=UserFactory().pk, grants=dict.fromkeys(permissions, ids))


def put_in(actor, unit, nik, **particulars):
    return services.register(
        actor,
        unit=unit,
        nik=nik,
        particulars={"name": "Ayu Pratiwi", **particulars},
        year=2026,
        position="pendataan",
        status="aktif",
    )


def test_someone_new_is_recorded_once_and_registered():
    unit = UnitFactory()

    registration = put_in(keeper(unit), unit, example_nik(1), phone="6281234567890")

    person = registration.person
    assert (person.name, person.nik, person.phone) == ("Ayu Pratiwi", example_nik(1), "6281234567890")
    assert [entry.action for entry in Entry.objects.order_by("pk")] == [
        "partners.person-added",
        "partners.registered",
    ]
    assert example_nik(1) not in str(list(Entry.objects.values()))


def test_a_second_office_meets_the_same_person_and_cannot_overwrite_them():
    first, second = UnitFactory.create_batch(2)
    person = put_in(keeper(first), first, example_nik(1), phone="6281234567890").person

    put_in(keeper(second), second, example_nik(1), name="Nama Lain", phone="6289999999999", district="Waru")

    person.refresh_from_db()
    assert Person.objects.count() == 1
    assert (person.name, person.phone, person.district) == ("Ayu Pratiwi", "6281234567890", "Waru")


def test_the_same_year_twice_in_one_office_is_refused():
    unit = UnitFactory()
    put_in(keeper(unit), unit, example_nik(1))

    with pytest.raises(services.AlreadyRegistered):
        put_in(keeper(unit), unit, example_nik(1))


def test_a_nik_joins_the_person_known_by_the_sobat_id_only():
    unit = UnitFactory()
    known = put_in(keeper(unit), unit, "", id_sobat="610422020048").person
    Registration.objects.all().delete()

    put_in(keeper(unit), unit, example_nik(1), id_sobat="610422020048")

    known.refresh_from_db()
    assert Person.objects.count() == 1
    assert known.nik == example_nik(1)


def test_a_sobat_id_of_somebody_else_is_refused():
    unit = UnitFactory()
    put_in(keeper(unit), unit, example_nik(1), id_sobat="610422020048")

    with pytest.raises(services.SobatIdTaken):
        put_in(keeper(unit), unit, example_nik(2), id_sobat="610422020048")


def test_a_person_needs_a_number():
    unit = UnitFactory()

    with pytest.raises(services.NumberMissing):
        put_in(keeper(unit), unit, "")


def test_only_those_who_keep_the_register_of_the_office_add_to_it():
    unit = UnitFactory()

    with pytest.raises(NotPermitted):
        put_in(keeper(UnitFactory()), unit, example_nik(1))
    with pytest.raises(NotPermitted):
        put_in(keeper(unit, permissions=("partners.view",)), unit, example_nik(1))
    assert Person.objects.count() == 0


def test_an_edit_records_which_fields_changed_and_nothing_of_what_they_hold():
    registration = RegistrationFactory()
    actor = keeper(registration.unit)

    changed = services.edit_person(
        actor,
        registration.person,
        unit=registration.unit,
        particulars={"name": registration.person.name, "phone": "6281234567890", "npwp": example_nik(3)},
        nik=example_nik(3),
    )

    registration.person.refresh_from_db()
    assert changed == ["phone", "npwp", "nik"]
    assert (registration.person.nik, registration.person.npwp) == (example_nik(3), example_nik(3))
    entry = Entry.objects.get()
    assert (entry.action, entry.details) == ("partners.person-edited", {"fields": ["phone", "npwp", "nik"]})


def test_the_nik_of_somebody_else_is_refused():
    registration = RegistrationFactory()
    PersonFactory(nik=example_nik(50))

    with pytest.raises(services.NikTaken):
        services.edit_person(
            keeper(registration.unit),
            registration.person,
            unit=registration.unit,
            particulars={},
            nik=example_nik(50),
        )


def test_reading_a_whole_nik_goes_on_record():
    registration = RegistrationFactory(person=PersonFactory(nik=example_nik(4)))
    actor = keeper(registration.unit)

    assert services.read_nik(actor, registration.person, unit=registration.unit) == example_nik(4)

    entry = Entry.objects.get()
    assert (entry.action, entry.subject_id, entry.actor_id) == (
        "partners.nik-read",
        registration.person.pk,
        actor.user_id,
    )


def test_a_new_account_number_has_to_be_confirmed_again():
    registration = RegistrationFactory()
    BankAccountFactory(person=registration.person, number="1234567890", confirmed_at=NOW)
    actor, unit = keeper(registration.unit), registration.unit

    services.set_bank_account(
        actor,
        registration.person,
        unit=unit,
        bank="Bank Contoh",
        number="1234567890",
        holder=registration.person.name,
    )
    assert BankAccount.objects.get().confirmed_at == NOW

    services.set_bank_account(
        actor, registration.person, unit=unit, bank="Bank Contoh", number="9999999999", holder="Ayu"
    )
    assert BankAccount.objects.get().confirmed_at is None
    assert BankAccount.objects.get().number == "9999999999"


def test_the_register_of_another_office_is_invisible():
    ours, theirs = RegistrationFactory(), RegistrationFactory()
    actor = keeper(ours.unit)

    assert list(Person.objects.visible_to(actor)) == [ours.person]
    BankAccountFactory(person=theirs.person)
    assert list(BankAccount.objects.visible_to(actor)) == []


def test_a_year_is_added_or_changed():
    registration = RegistrationFactory(year=2026)
    actor, person, unit = keeper(registration.unit), registration.person, registration.unit

    services.set_year(actor, person, unit=unit, year=2026, position="keduanya", status="nonaktif")
    services.set_year(
        actor, person, unit=unit, year=2027, position="pendataan", status="calon", decree="SK 1"
    )

    assert list(
        Registration.objects.order_by("year").values_list("year", "position", "status", "decree")
    ) == [
        (2026, "keduanya", "nonaktif", ""),
        (2027, "pendataan", "calon", "SK 1"),
    ]


def test_a_blacklisting_holds_from_its_first_day_until_before_its_last():
    listed = BlacklistingFactory(since=date(2026, 3, 1), until=date(2026, 6, 1))
    on = Blacklisting.objects.in_force

    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1))
    assert [on(day).exists() for day in days] == [False, True, True, False]
    assert listed in on(date(2026, 4, 1))


def test_an_appeal_is_decided_by_another_person_and_once():
    registration = RegistrationFactory()
    unit = registration.unit
    first = keeper(unit, permissions=("partners.view", "partners.manage", "partners.approve"))
    listed = services.blacklist(
        first,
        registration.person,
        unit=unit,
        reason="Isian dikarang.",
        since=date(2026, 3, 1),
        last_day=None,
        now=NOW,
    )
    with pytest.raises(services.AppealNotNow):
        services.decide_appeal(first, listed, granted=True, note="-", now=NOW)
    services.appeal(first, listed, text="Saya datang ke lapangan.", now=NOW)
    with pytest.raises(services.SecondPersonNeeded):
        services.decide_appeal(first, listed, granted=True, note="-", now=NOW)

    second = keeper(unit, permissions=("partners.view", "partners.approve"))
    services.decide_appeal(second, listed, granted=True, note="Bukti foto cukup.", now=NOW)

    assert not Blacklisting.objects.in_force(TODAY).exists()
    with pytest.raises(services.AppealNotNow):
        services.decide_appeal(second, listed, granted=False, note="-", now=NOW)


def test_a_blacklisting_is_lifted_on_a_day_and_only_once():
    registration = RegistrationFactory()
    actor = keeper(registration.unit)
    listed = BlacklistingFactory(person=registration.person, unit=registration.unit, since=date(2026, 3, 1))

    services.lift(actor, listed, today=TODAY)

    listed.refresh_from_db()
    assert listed.until == TODAY
    with pytest.raises(services.AlreadyOver):
        services.lift(actor, listed, today=TODAY)
