"""A person's own data: what we hold, what they agreed to, and being forgotten within three days."""

from datetime import UTC, date, datetime, timedelta

import pytest

from halopst.accounts.actors import actor_for
from halopst.accounts.models import Consent, ConsentText, ErasureRequest, Profile, User
from halopst.accounts.queries import consents
from halopst.accounts.reference import load_consent_texts
from halopst.accounts.services import (
    erase,
    export,
    give_consent,
    personal_data,
    register_erasure,
    register_export,
    request_erasure,
    update_profile,
    withdraw_consent,
    withdraw_erasure,
)
from halopst.accounts.services.personal_data import AlreadyDecided, AlreadyRequested, StillEmployed
from halopst.accounts.services.profiles import AlreadyAgreed
from halopst.audit.models import Entry
from halopst.core.actors import ANONYMOUS
from halopst.core.errors import NotPermitted
from tests.accounts.factories import (
    ApiTokenFactory,
    ErasureRequestFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
)
from tests.units.factories import HeadOfficeFactory, UnitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def visitor():
    return UserFactory(email="dwi@contoh.id", name="Dwi", phone="6281234567890")


@pytest.fixture
def privacy():
    load_consent_texts()
    return ConsentText.objects.get(subject="privasi")


def fill(user, **details):
    update_profile(actor_for(user), name=user.name, phone=user.phone, language="id", details=details)


def test_the_export_holds_what_was_said_and_agreed(visitor, privacy):
    fill(visitor, sex="p", birth_year=1998, occupation="peneliti", institution_name="Universitas Contoh")
    give_consent(actor_for(visitor), privacy, channel="web", now=NOW)

    held = export(actor_for(visitor))["akun"]

    assert (held["nama"], held["surel"], held["nomor WhatsApp"]) == ("Dwi", "dwi@contoh.id", "6281234567890")
    assert held["profil"] == {
        "jenis kelamin": "Perempuan",
        "tahun lahir": 1998,
        "pendidikan tertinggi": "",
        "pekerjaan utama": "Peneliti/Dosen",
        "pekerjaan lainnya": "",
    }
    assert held["instansi"]["nama instansi"] == "Universitas Contoh"
    assert held["persetujuan"] == [
        {
            "perihal": "Pemrosesan data pribadi",
            "versi": 1,
            "lewat": "situs",
            "diberikan": "2026-11-23T03:00:00+00:00",
            "ditarik": None,
        }
    ]


def test_strangers_export_nothing():
    with pytest.raises(NotPermitted):
        export(ANONYMOUS)


def test_another_occupation_is_kept_only_beside_other(visitor):
    fill(visitor, occupation="lainnya", occupation_other="Penjahit")
    assert Profile.objects.get().occupation_other == "Penjahit"

    fill(visitor, occupation="asn", occupation_other="Penjahit")
    assert Profile.objects.get().occupation_other == ""


def test_a_consent_names_version_time_and_channel(visitor, privacy):
    give_consent(actor_for(visitor), privacy, channel="loket", now=NOW)

    consent = Consent.objects.get()
    assert (consent.text.version, consent.given_at, consent.channel, consent.withdrawn_at) == (
        1,
        NOW,
        "loket",
        None,
    )
    with pytest.raises(AlreadyAgreed):
        give_consent(actor_for(visitor), privacy, channel="web", now=NOW)


def test_withdrawing_ends_every_version_and_keeps_the_record(visitor, privacy):
    newer = ConsentText.objects.create(
        subject="privasi",
        version=2,
        body_id="Baru",
        body_en="New",
        legal_basis="UU",
        valid_from=date(2026, 11, 1),
    )
    give_consent(actor_for(visitor), privacy, channel="web", now=NOW)
    give_consent(actor_for(visitor), newer, channel="web", now=NOW)

    withdraw_consent(actor_for(visitor), newer, now=NOW + timedelta(days=1))

    assert list(Consent.objects.values_list("withdrawn_at", flat=True)) == [NOW + timedelta(days=1)] * 2
    assert give_consent(actor_for(visitor), newer, channel="web", now=NOW)


def test_a_newer_text_asks_again(visitor, privacy):
    give_consent(actor_for(visitor), privacy, channel="web", now=NOW)
    ConsentText.objects.create(
        subject="privasi",
        version=2,
        body_id="Baru",
        body_en="New",
        legal_basis="UU",
        valid_from=date(2026, 12, 1),
    )

    today, later = (
        next(s for s in consents(actor_for(visitor), on=day) if s.text.subject == "privasi")
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    )

    assert (today.text.version, today.outdated) == (1, False)
    assert (later.text.version, later.outdated) == (2, True)


def test_loading_the_texts_again_changes_nothing(privacy):
    ConsentText.objects.filter(pk=privacy.pk).update(body_id="Disunting kantor")

    load_consent_texts()

    assert ConsentText.objects.count() == 3
    assert ConsentText.objects.get(pk=privacy.pk).body_id == "Disunting kantor"


def test_a_request_is_due_in_seventy_two_hours_at_the_head_office(visitor):
    head = HeadOfficeFactory()

    request_erasure(actor_for(visitor), now=NOW)

    row = ErasureRequest.objects.get()
    assert (row.unit, row.requested_at, row.due_at) == (head, NOW, NOW + timedelta(hours=72))
    with pytest.raises(AlreadyRequested):
        request_erasure(actor_for(visitor), now=NOW)


def test_a_request_can_be_taken_back_and_made_again(visitor):
    HeadOfficeFactory()
    request_erasure(actor_for(visitor), now=NOW)
    withdraw_erasure(actor_for(visitor), now=NOW)

    request_erasure(actor_for(visitor), now=NOW)

    assert ErasureRequest.objects.filter(withdrawn_at=None).count() == 1


def test_staff_give_their_roles_back_first():
    with pytest.raises(StillEmployed):
        request_erasure(actor_for(MembershipFactory().user), now=NOW)


@pytest.fixture
def office():
    return UnitFactory()


@pytest.fixture
def admin(office):
    return actor_for(MembershipFactory(unit=office, role="admin").user)


def test_erasing_leaves_a_row_that_names_nobody(visitor, office, admin, privacy, monkeypatch):
    monkeypatch.setattr(personal_data, "_erasers", dict(personal_data._erasers))
    forgotten = []
    register_erasure("uji", lambda user_id, now: forgotten.append((user_id, now)))
    fill(
        visitor,
        sex="p",
        birth_year=1998,
        occupation="lainnya",
        occupation_other="Penjahit",
        institution="swasta",
        institution_name="CV Contoh",
    )
    give_consent(actor_for(visitor), privacy, channel="web", now=NOW)
    ApiTokenFactory(user=visitor)
    InvitationFactory(email=visitor.email)
    row = ErasureRequestFactory(user=visitor, unit=office)

    erase(admin, row, now=NOW)

    visitor.refresh_from_db()
    assert visitor.email == f"terhapus-{visitor.pk}@invalid"
    assert (visitor.name, visitor.phone, visitor.is_active) == ("Pengguna terhapus", "", False)
    kept = Profile.objects.get()
    assert (kept.sex, kept.institution) == ("p", "swasta")
    assert (kept.birth_year, kept.occupation_other, kept.institution_name) == (None, "", "")
    assert not visitor.api_tokens.exists()
    assert Consent.objects.get().withdrawn_at == NOW
    assert forgotten == [(visitor.pk, NOW)]
    row.refresh_from_db()
    assert (row.done_at, row.done_by_id) == (NOW, admin.user_id)
    assert Entry.objects.filter(action="accounts.erased", subject_id=row.pk).count() == 1
    with pytest.raises(AlreadyDecided):
        erase(admin, row, now=NOW)


def test_the_same_address_may_come_back_as_someone_new(visitor, office, admin):
    erase(admin, ErasureRequestFactory(user=visitor, unit=office), now=NOW)

    assert User.objects.create_user("dwi@contoh.id").pk != visitor.pk


def test_a_domain_that_cannot_forget_stops_everything(visitor, office, admin, monkeypatch):
    monkeypatch.setattr(personal_data, "_erasers", dict(personal_data._erasers))

    def broken(user_id, now):
        raise RuntimeError

    register_erasure("rusak", broken)
    row = ErasureRequestFactory(user=visitor, unit=office)

    with pytest.raises(RuntimeError):
        erase(admin, row, now=NOW)
    visitor.refresh_from_db()
    row.refresh_from_db()
    assert (visitor.email, row.done_at) == ("dwi@contoh.id", None)


def test_only_admins_of_that_office_erase(visitor, office):
    row = ErasureRequestFactory(user=visitor, unit=office)

    for person in (MembershipFactory(unit=office, role="kepala"), MembershipFactory(role="admin")):
        with pytest.raises(NotPermitted):
            erase(actor_for(person.user), row, now=NOW)


def test_every_domain_adds_its_part(visitor, monkeypatch):
    monkeypatch.setattr(personal_data, "_exporters", dict(personal_data._exporters))
    register_export("permintaan", lambda user_id: [{"nomor": f"JTM-{user_id}"}])

    assert export(actor_for(visitor))["permintaan"] == [{"nomor": f"JTM-{visitor.pk}"}]


def test_the_page_and_the_file_show_the_same(client, visitor, privacy):
    fill(visitor, sex="p", main_use="penelitian")
    client.force_login(visitor)

    page = client.get("/akun/data-saya/").content.decode()
    file = client.get("/akun/data-saya/unduh/")

    assert "dwi@contoh.id" in page
    assert "Perempuan" in page
    assert file.json()["akun"]["instansi"]["pemanfaatan utama"] == "Penelitian"
    assert file.headers["Content-Disposition"] == 'attachment; filename="data-saya-halopst.json"'


def test_agreeing_and_withdrawing_on_the_page(client, visitor, privacy):
    client.force_login(visitor)

    client.post(f"/akun/data-saya/persetujuan/{privacy.pk}/", {"agree": "1"})
    assert "Tarik persetujuan" in client.get("/akun/data-saya/").content.decode()
    client.post(f"/akun/data-saya/persetujuan/{privacy.pk}/")

    assert Consent.objects.get().withdrawn_at is not None


def test_asking_to_be_forgotten_on_the_page(client, visitor):
    HeadOfficeFactory()
    client.force_login(visitor)

    client.post("/akun/data-saya/hapus/")
    page = client.get("/akun/data-saya/").content.decode()

    assert "paling lambat" in page
    client.post("/akun/data-saya/hapus/", {"withdraw": "1"})
    assert "Minta penghapusan" in client.get("/akun/data-saya/").content.decode()
