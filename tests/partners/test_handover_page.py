"""The month after the work, on screen and for programs."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from halopst.letters.models import Letter
from halopst.partners.models import Delivery, Handover, HonorCap, PaymentList
from halopst.partners.queries.handovers.recorded import plans
from halopst.partners.services.allocation import approving
from halopst.partners.services.handovers import handing_over
from halopst.partners.services.handovers.refusals import RealisedMeanwhile
from halopst.partners.services.payments import paying
from tests.accounts.factories import MembershipFactory
from tests.letters.factories import TODAY
from tests.partners.factories import NOVEMBER, NOW, ApprovalFactory
from tests.partners.offices import a_duty, a_mitra, an_office, give, head, head_of
from tests.partners.payers import a_paying_office, payer, ready
from tests.races import all_at_once

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


def test_work_typed_for_an_approval_withdrawn_meanwhile_stays_typed_until_it_is_approved_again(page, unit):
    (ayu,) = approved(unit, "Ayu")
    given = {"handed_on": "2026-11-20", f"t{work_of(ayu)}-realised": "17", f"t{work_of(ayu)}-note": "Hujan"}
    approving.withdraw(head(unit), approval=ayu, now=NOW)

    lost = page(f"{ayu.pk}/", data=given)
    (anew,) = approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW).approvals
    asked = page(f"{ayu.pk}/", data=given)

    assert (lost.status_code, asked.status_code, Handover.objects.count()) == (409, 409, 0)
    assert "Persetujuan mitra ini ditarik sesudah halaman dibuka" in lost.content.decode()
    assert "disetujui lagi sesudah halaman dibuka" in asked.content.decode()
    for answer, where in ((lost, ayu), (asked, anew)):
        html = answer.content.decode()
        assert 'value="17"' in html
        assert 'value="Hujan"' in html
        assert f'action="/mitra/{unit.slug}/serah-terima/{where.pk}/"' in html
    version = re.search(r'name="version" value="([^"]+)"', asked.content.decode())[1]
    assert page(f"{anew.pk}/", data={**given, "version": version}).status_code == 302
    assert (Delivery.objects.get().realised, Delivery.objects.get().note) == (17, "Hujan")


def test_a_volume_nobody_can_read_is_told_with_its_work(page, unit):
    mitra = a_mitra(unit, "Ayu")
    for name in ("Sakernas", "Susenas"):
        give(mitra, a_duty(unit, name=name), 4)
    (ayu,) = approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW).approvals
    first, second = (f"r-{ayu.pk}-{plan.assignment}" for plan in plans([ayu])[ayu.pk])

    html = page(data={first: "4", second: "empat"}).content.decode()

    assert "Susenas: realisasi berupa bilangan bulat dari 0 sampai 1.000.000." in html
    assert 'value="empat"' in html
    assert Handover.objects.count() == 0


def test_who_opens_work_whose_approval_was_withdrawn_is_led_on(page, unit):
    (ayu,) = approved(unit, "Ayu")
    approving.withdraw(head(unit), approval=ayu, now=NOW)
    gone = page(f"{ayu.pk}/")
    assert gone["Location"] == f"/mitra/{unit.slug}/serah-terima/?bulan=2026-11"
    assert "Persetujuan Ayu sudah ditarik" in page().content.decode()

    (anew,) = approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW).approvals

    assert page(f"{ayu.pk}/")["Location"] == f"/mitra/{unit.slug}/serah-terima/{anew.pk}/"


def test_volumes_typed_in_the_list_for_approvals_withdrawn_meanwhile_are_said_again(page, unit):
    ayu, budi = approved(unit, "Ayu", "Budi")
    for row in (ayu, budi):
        approving.withdraw(head(unit), approval=row, now=NOW)
    chosen = [budi.registration_id]
    (anew,) = approving.approve(
        head(unit), unit=unit, month=NOVEMBER, registrations=chosen, now=NOW
    ).approvals

    html = page(data={field(ayu): "17", field(budi): "18"}).content.decode()

    assert "Persetujuan Ayu ditarik sesudah halaman dibuka" in html
    assert "Sakernas 17" in html
    assert f'name="{field(anew)}" value="18"' in html
    assert "Alokasi mitra ini berubah dan disetujui lagi" in html
    assert Handover.objects.count() == 0


def test_what_is_typed_is_saved_and_what_cannot_stand_stays_typed_with_its_reason(page, unit):
    ayu, budi, citra = approved(unit, "Ayu", "Budi", "Citra")

    answer = page(data={field(ayu): "20", field(budi): "25", field(citra): "dua"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert Handover.objects.get().approval_id == ayu.pk
    assert f'name="{field(budi)}" value="25"' in html
    assert f'name="{field(citra)}" value="dua"' in html
    assert "Sakernas: realisasi melebihi target." in html
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


def test_a_month_that_has_not_begun_offers_nothing_to_record_at_once(client, unit):
    month, cap = date(2099, 1, 1), HonorCap.objects.first()
    ApprovalFactory(month=month, registration__unit=unit, registration__year=month.year, cap_row=cap)
    client.force_login(MembershipFactory(unit=unit, role="ketua_tim").user)

    html = client.get(f"/mitra/{unit.slug}/serah-terima/?bulan={month:%Y-%m}").content.decode()

    assert "Bulan ini belum dimulai." in html
    assert "mitra sesuai target" not in html


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


def test_all_that_is_wrong_with_a_month_stands_in_one_box(page, unit):
    (ayu,) = approved(unit, "Ayu")
    name = f"t{work_of(ayu)}"

    refused = page(f"{ayu.pk}/", data={"handed_on": "besok", f"{name}-realised": "", f"{name}-quality": "9"})

    told = refused.content.decode()
    assert (refused.status_code, told.count("yang perlu diperbaiki")) == (422, 1)
    assert "Ada 3 isian yang perlu diperbaiki" in told


@pytest.mark.parametrize("state", [PaymentList.State.DRAFT, PaymentList.State.PAID])
def test_what_stands_on_a_payment_list_is_shown_with_the_reason_and_nothing_to_type(client, state):
    office = a_paying_office()
    handover = ready(office)
    row = paying.make_list(payer(office), unit=office, month=NOVEMBER, now=NOW)
    if state == PaymentList.State.PAID:
        Letter.objects.filter(kind="partners.handover").update(state="paid")
    client.force_login(MembershipFactory(unit=office, role="kepala").user)
    url = f"/mitra/{office.slug}/serah-terima/"

    page = client.get(f"{url}{handover.approval_id}/").content.decode()
    listed = client.get(f"{url}?bulan=2026-11").content.decode()

    said = "sudah dibayar" if state == PaymentList.State.PAID else "sudah ada di daftar pembayaran"
    assert said in page
    assert f"/pembayaran/{row.pk}/" in page
    assert not re.search(r'name="t\d+-|Simpan realisasi|disabled', page)
    assert "20 dokumen" in page
    assert re.search(r'name="r-\d+-\d+"[^>]* readonly', listed)


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
    assert page("berita-acara/", data={}).status_code == 302
    assert "Belum ada berita acara yang dapat dibuat." in page("berita-acara/").content.decode()
    assert not Letter.objects.exists()


def record(approval, realised):
    """As somebody else does it meanwhile."""
    done = {work_of(approval): handing_over.Done(realised)}
    kept = Handover.objects.filter(approval=approval).first()
    given = {"done": done, "handed_on": TODAY, "now": NOW}
    if kept:
        return handing_over.correct_handover(head_of(approval.registration.unit), handover=kept, **given)
    return handing_over.record_handover(head_of(approval.registration.unit), approval=approval, **given)


def as_shown(html):
    """What its form would send if nothing was typed."""
    names = r"[rw]-[^\"]+|version|[^\"]*realised|handed_on"
    return dict(re.findall(rf'<input [^>]*?name="({names})" value="([^"]*)"', html))


def volumes():
    return dict(Delivery.objects.values_list("handover__approval", "realised"))


def test_of_two_who_record_a_mitra_the_second_is_told_and_the_others_are_left_alone(page, unit):
    ayu, budi = approved(unit, "Ayu", "Budi")
    record(budi, 20)
    shown = as_shown(page().content.decode())
    record(ayu, 18)
    record(budi, 15)

    told = page(data={**shown, field(ayu): "20"})
    html = told.content.decode()
    again = page(data=as_shown(html))

    assert (told.status_code, again.status_code) == (422, 302)
    assert "baru saja diubah orang lain menjadi 18; isian Anda belum disimpan." in html
    assert f'name="{field(ayu)}" value="20"' in html
    assert volumes() == {ayu.pk: 20, budi.pk: 15}


def test_of_two_who_correct_the_particulars_the_second_sees_the_newer_and_may_still_save(page, unit):
    (ayu,) = approved(unit, "Ayu")
    record(ayu, 20)
    shown = as_shown(page(f"{ayu.pk}/").content.decode())
    name = f"t{work_of(ayu)}-realised"
    record(ayu, 18)

    told = page(f"{ayu.pk}/", data={**shown, name: "12"})
    html = told.content.decode()

    assert (told.status_code, volumes()) == (409, {ayu.pk: 18})
    assert "Baru saja diubah orang lain, jadi isian Anda belum disimpan." in html
    assert "Kini tersimpan: 18." in html
    assert page(f"{ayu.pk}/", data=as_shown(html)).status_code == 302
    assert volumes() == {ayu.pk: 12}


def typed_at_once(unit, seen):
    (ayu,) = approved(unit, "Ayu")
    record(ayu, 20)
    actor, work = head_of(unit), work_of(ayu)

    def typing(volume):
        given = {"realised": {ayu.pk: {work: volume}}, "seen": seen and {ayu.pk: {work: 20}}}
        return lambda: handing_over.save_realised(actor, unit=unit, month=NOVEMBER, now=NOW, **given)

    return all_at_once(*map(typing, (11, 12, 13, 14)))


@pytest.mark.django_db(transaction=True)
def test_of_four_who_type_over_what_they_saw_one_is_first(unit):
    outcomes = typed_at_once(unit, seen=True)

    assert sum(len(one.handovers) for one in outcomes) == 1
    assert {type(why) for one in outcomes for why in one.refused.values()} == {RealisedMeanwhile}


@pytest.mark.django_db(transaction=True)
def test_without_what_they_saw_all_four_are_saved_over_each_other(unit):
    outcomes = typed_at_once(unit, seen=False)

    assert sum(len(one.handovers) for one in outcomes) == 4


def test_programs_record_correct_and_read_back(client, unit):
    (ayu,) = approved(unit, "Ayu")
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    base = "/api/v1/partners"

    def put(realised, key, **more):
        work = {"assignment": work_of(ayu), "realised": realised}
        body = {"handed_on": "2026-11-20", "done": [work], **more}
        headers = {"Idempotency-Key": key}
        url = f"{base}/approvals/{ayu.pk}/handover"
        return client.put(url, json.dumps(body), content_type="application/json", headers=headers)

    (plan,) = client.get(f"{base}/approvals/{ayu.pk}/work").json()
    first, second, beyond = put(20, "kunci-satu"), put(10, "kunci-dua"), put(21, "kunci-tiga")

    late = put(9, "kunci-empat", version=first.json()["version"])
    assert (late.status_code, late.json()["type"]) == (409, "urn:halopst:changed-meanwhile")
    assert (plan["planned"], plan["amount"]) == (20, 1_360_000)
    assert (first.json()["due"], second.json()["due"]) == (1_360_000, 680_000)
    assert (beyond.status_code, beyond.json()["type"]) == (409, "urn:halopst:beyond-needs-note")
    assert client.get(f"{base}/units/{unit.slug}/handovers?month=2026-11").json() == [second.json()]
