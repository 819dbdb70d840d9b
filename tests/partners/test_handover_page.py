"""The month after the work, on screen and for programs."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.letters.models import Letter
from halopst.partners.models import Delivery, Handover
from halopst.partners.queries.handovers import plans
from halopst.partners.services import approving
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import a_duty, a_mitra, an_office, give, head

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return an_office()


@pytest.fixture
def page(client, unit):
    """Asks for the page of `unit` as its team leader: more of the address, then what is posted."""
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)

    def ask(part="", query="", data=None):
        url = f"/mitra/{unit.slug}/serah-terima/{part}?bulan=2026-11{query}"
        return client.get(url) if data is None else client.post(url, data)

    return ask


def approved(unit, *names):
    duty = a_duty(unit, price=68_000, name="Sakernas")
    for name in names:
        give(a_mitra(unit, name), duty, 20)
    return approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW).approvals


def work_of(approval):
    return plans([approval])[approval.pk][0].assignment


def field(approval):
    return f"r-{approval.pk}-{work_of(approval)}"


def test_what_is_typed_is_saved_and_what_cannot_stand_stays_typed_with_its_reason(page, unit):
    ayu, budi, citra = approved(unit, "Ayu", "Budi", "Citra")

    answer = page(data={field(ayu): "20", field(budi): "25", field(citra): "dua"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert Handover.objects.get().approval_id == ayu.pk
    assert f'name="{field(budi)}" value="25"' in html
    assert f'name="{field(citra)}" value="dua"' in html
    assert "Realisasi melebihi target." in html
    assert "Realisasi 1 mitra tercatat." in html


def test_everyone_else_is_recorded_as_planned_with_one_button(page, unit):
    ayu, budi = approved(unit, "Ayu", "Budi")
    page(data={field(ayu): "15", field(budi): ""})

    answer = page("sesuai-target/", data={})

    assert answer["Location"] == f"/mitra/{unit.slug}/serah-terima/?bulan=2026-11"
    assert dict(Delivery.objects.values_list("handover__approval", "realised")) == {ayu.pk: 15, budi.pk: 20}
    html = page().content.decode()
    assert "menurut realisasi yang tercatat Rp2.380.000" in html
    assert "dari Rp1.360.000" in html


def test_the_list_is_searched_and_narrowed_by_state(page, unit):
    ayu, _budi = approved(unit, "Ayu", "Budi")
    page(data={field(ayu): "20"})

    assert "Budi" not in page(query="&q=ayu").content.decode()
    assert "Ayu" not in page(query="&saring=belum").content.decode()
    assert "Budi" not in page(query="&saring=tercatat").content.decode()
    assert "Tidak ada yang cocok" in page(query="&saring=ditandatangani").content.decode()


def test_the_particulars_of_one_month_have_a_page_of_their_own(page, unit):
    (ayu,) = approved(unit, "Ayu")
    name = f"t{work_of(ayu)}"
    given = {"handed_on": "2026-11-20", f"{name}-realised": "24", f"{name}-quality": "5"}

    refused = page(f"{ayu.pk}/", data=given)
    saved = page(f"{ayu.pk}/", data={**given, f"{name}-note": "Tambahan blok"})

    assert (refused.status_code, saved.status_code) == (409, 302)
    one = Delivery.objects.get()
    assert (one.realised, one.quality, one.note, one.due) == (24, 5, "Tambahan blok", 1_360_000)
    assert "Melebihi target" in page(f"{ayu.pk}/").content.decode()


def test_a_page_of_many_asks_no_more_than_a_page_of_one(page, unit):
    counts = []
    for names in (["Ayu"], ["Budi", "Citra", "Dewi"]):
        approved(unit, *names)
        page("sesuai-target/", data={})
        with CaptureQueriesContext(connection) as asked:
            assert page().status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_page_of_papers_names_what_is_missing(page, unit):
    approved(unit, "Ayu")
    page("sesuai-target/", data={})

    html = page("berita-acara/").content.decode()

    assert "0 berita acara siap dibuat" in html
    assert "Perjanjian kerja bulan ini belum dibuat" in html
    assert page("berita-acara/", data={}).status_code == 409
    assert not Letter.objects.exists()


def test_programs_record_correct_and_read_back(client, unit):
    (ayu,) = approved(unit, "Ayu")
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    base = "/api/v1/partners"

    def put(realised, key):
        body = {"handed_on": "2026-11-20", "done": [{"assignment": work_of(ayu), "realised": realised}]}
        headers = {"Idempotency-Key": key}
        url = f"{base}/approvals/{ayu.pk}/handover"
        return client.put(url, json.dumps(body), content_type="application/json", headers=headers)

    (plan,) = client.get(f"{base}/approvals/{ayu.pk}/work").json()
    first, second, beyond = put(20, "kunci-satu"), put(10, "kunci-dua"), put(21, "kunci-tiga")

    assert (plan["planned"], plan["amount"]) == (20, 1_360_000)
    assert (first.json()["due"], second.json()["due"]) == (1_360_000, 680_000)
    assert (beyond.status_code, beyond.json()["type"]) == (409, "urn:halopst:beyond-needs-note")
    assert client.get(f"{base}/units/{unit.slug}/handovers?month=2026-11").json() == [second.json()]
