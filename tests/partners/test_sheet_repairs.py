"""A volume that was refused is told with the page where that is mended, and the way back to the sheet."""

import json
from datetime import date

import pytest

from halopst.core.wayback import leading_back
from halopst.partners.models import Activity, Assignment, HonorCap
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import BlacklistingFactory
from tests.partners.offices import a_duty, a_mitra, an_office

pytestmark = pytest.mark.django_db
NOV = "?bulan=2026-11"


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def typed(client, unit):
    """What the script is answered when that volume is typed, by who holds the role."""

    def type_it(mitra, duty, volume, before=0, role="ketua_tim"):
        client.force_login(MembershipFactory(unit=unit, role=role).user)
        cells = json.dumps([[mitra.pk, duty.pk, volume, before]])
        answer = client.post(f"/mitra/{unit.slug}/alokasi/isi/{NOV}", {"isi": cells})
        return answer.content.decode().replace("&amp;", "&")

    return type_it


def link(unit, page):
    return f'<a href="{leading_back(f"/mitra/{unit.slug}/{page}", f"/mitra/{unit.slug}/alokasi/{NOV}")}">'


def test_a_volume_without_a_cap_leads_to_the_caps_of_that_year(typed, unit):
    mitra, duty = a_mitra(unit), a_duty(unit)
    HonorCap.objects.all().delete()

    html = typed(mitra, duty, 3)

    assert "Batas SBML untuk penugasan ini belum diisi." in html
    assert f"{link(unit, 'acuan/batas/?tahun=2026')}Buka batas honor</a>" in html


def test_a_closed_activity_and_an_idle_mitra_lead_to_their_own_pages(typed, unit):
    mitra, idle, listed, duty = *(a_mitra(unit) for _ in range(3)), a_duty(unit)
    idle.status = "nonaktif"
    idle.save()
    BlacklistingFactory(person=listed.person, since=date(2026, 11, 1))

    barred = typed(listed, duty, 3)
    inactive = typed(idle, duty, 3)
    Activity.objects.update(is_open=False)
    closed = typed(mitra, duty, 3)

    assert f"{link(unit, f'{listed.person_id}/#daftar-hitam')}Buka halaman mitra</a>" in barred
    assert f"{link(unit, f'{idle.person_id}/tahun/')}Buka halaman mitra</a>" in inactive
    assert f"{link(unit, f'kegiatan/{duty.activity_id}/ubah/')}Buka kegiatan</a>" in closed
    assert Assignment.objects.count() == 0


@pytest.mark.parametrize(("role", "leads"), [("kepala", True), ("ketua_tim", False)])
def test_a_budget_line_without_enough_leads_to_its_ceiling_who_may_revise_it(typed, unit, role, leads):
    duty = a_duty(unit, price=100_000, ceiling=100_000)

    html = typed(a_mitra(unit), duty, 3, role=role)

    page = link(unit, f"acuan/mak/{duty.activity.line_of(2026).pk}/")
    assert "atau minta revisi pagu." in html
    assert (f"{page}Buka pagu MAK</a>" in html) is leads
    assert ("Minta admin atau kepala satker merevisi pagunya." in html) is not leads


def test_a_form_sent_without_the_script_leads_there_too(client, unit):
    mitra, duty = a_mitra(unit), a_duty(unit)
    HonorCap.objects.all().delete()
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)
    data = {"semula": "{}", f"v-{mitra.pk}-{duty.pk}": "3"}

    html = client.post(f"/mitra/{unit.slug}/alokasi/{NOV}", data, follow=True).content.decode()

    assert html.count("Batas SBML untuk penugasan ini belum diisi.") == 1
    assert f"{link(unit, 'acuan/batas/?tahun=2026')}Buka batas honor</a>" in html.replace("&amp;", "&")


def test_names_in_what_is_told_stay_text(typed, unit):
    mitra, duty = a_mitra(unit, "<b>Ayu</b>"), a_duty(unit)
    HonorCap.objects.all().delete()

    assert "&lt;b&gt;Ayu&lt;/b&gt;" in typed(mitra, duty, 3).split('id="kabar"')[1]
