"""An appeal is decided by a second person; who may not reads who can."""

import pytest

from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOW, BlacklistingFactory
from tests.partners.offices import a_mitra, an_office

pytestmark = pytest.mark.django_db
OFFERED = "Putuskan keberatan"


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def boss(client, unit):
    user = MembershipFactory(unit=unit, role="kepala", user__name="Wulan").user
    client.force_login(user)
    return user


def appealed(unit, by):
    person = a_mitra(unit, "Ayu").person
    return BlacklistingFactory(unit=unit, person=person, decided_by=by, appeal="Saya hadir.", appealed_at=NOW)


def page(client, row):
    return client.get(f"/mitra/{row.unit.slug}/{row.person_id}/").content.decode()


def test_who_listed_the_mitra_is_offered_no_button_and_reads_who_can(client, unit, boss):
    row = appealed(unit, boss)
    url = f"/mitra/{unit.slug}/{row.person_id}/daftar-hitam/{row.pk}/putusan/"

    alone = page(client, row)
    opened = client.get(url)
    MembershipFactory(unit=unit.parent, role="kepala", user__name="Made")
    with_another = page(client, row)

    assert OFFERED not in alone
    assert "Belum ada orang lain yang dapat memutuskan." in alone
    assert "Made." in with_another
    assert opened["Location"] == f"/mitra/{unit.slug}/{row.person_id}/#daftar-hitam"


def test_who_may_not_decide_reads_who_can(client, unit, boss):
    row = appealed(unit, MembershipFactory(unit=unit, role="ketua_tim").user)
    assert OFFERED in page(client, row)
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)

    html = page(client, row)

    assert OFFERED not in html
    assert "yang memasukkan mitra ke daftar hitam: Wulan." in html


@pytest.mark.parametrize("decision", ["diterima", "ditolak"])
@pytest.mark.usefixtures("boss")
def test_a_second_person_decides_once(client, unit, decision):
    row = appealed(unit, MembershipFactory(unit=unit, role="ketua_tim").user)
    url = f"/mitra/{unit.slug}/{row.person_id}/daftar-hitam/{row.pk}/putusan/"

    blank = client.post(url, {"decision": decision, "note": " "})
    done = client.post(url, {"decision": decision, "note": "Sudah dicek."})
    again = client.post(url, {"decision": decision, "note": "Sekali lagi."})

    assert (blank.status_code, done.status_code, again.status_code) == (422, 302, 409)
    row.refresh_from_db()
    assert (row.decision, row.decision_note) == (decision, "Sudah dicek.")
    assert client.get(url).status_code == 302
    assert f"{row.get_decision_display()}:" in page(client, row)
