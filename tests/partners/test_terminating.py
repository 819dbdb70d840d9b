"""A contract that ends before its month: what was done is paid by its article, the rest is free again."""

import re
from datetime import date, timedelta

import pytest

from halopst.core.errors import NotPermitted
from halopst.letters.models import Letter
from halopst.letters.services import run_batch_chunk
from halopst.partners.models import (
    ActivityDuty,
    Approval,
    Assignment,
    Handover,
    MonthTotal,
    Share,
    Termination,
)
from halopst.partners.queries.contracts.covering import contracts_of
from halopst.partners.queries.handovers.recorded import plans
from halopst.partners.queries.handovers.succeeding import undone
from halopst.partners.services.allocation import approving, assigning
from halopst.partners.services.contracts import contracting
from halopst.partners.services.handovers import receipting, terminating
from halopst.partners.services.handovers.termination_refusals import (
    BeforeItsContract,
    DoneAlready,
    EndsOutside,
    NoContract,
    NothingBack,
    SayWhy,
    TooMuchDone,
)
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW
from tests.partners.offices import JANUARY, a_duty, a_mitra, give, head, lead

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]
OCTOBER = date(2026, 10, 1)


def contracted(unit, actor, *, month=NOVEMBER, **duty):
    """Twenty documents of one mitra at Rp68.000, approved and contracted."""
    given = a_duty(unit, price=68_000, **duty)
    give(a_mitra(unit, "Ayu"), given, 20, month=month)
    return contract(unit, actor, month)


def give_later(registration, duty, volume):
    """An hour after all else of these tests."""
    given = {"registration": registration, "duty": duty, "volume": volume, "month": NOVEMBER}
    return assigning.set_volume(lead(registration.unit), **given, now=NOW + timedelta(hours=1))


def contract(unit, actor, month=NOVEMBER):
    (approval,) = approving.approve(head(unit), unit=unit, month=month, now=NOW).approvals
    batch = contracting.write_contracts(actor, unit=unit, month=month, now=NOW)
    while run_batch_chunk(batch.pk, now=NOW):
        pass
    return approval


def end(actor, approval, reason, realised=8, *, cost=0, **changes):
    (work,) = plans([approval])[approval.pk]
    given = {
        "explanation": "Sakit sejak 14 November.",
        "effective_on": date(approval.month.year, approval.month.month, 20),
        "realised": {work.assignment: realised},
        **changes,
    }
    return terminating.terminate(
        actor, approval=approval, reason=reason, training_cost=cost, now=NOW, **given
    )


def test_who_could_not_go_on_is_paid_for_what_was_done(unit, actor):
    approval = contracted(unit, actor)

    letter = end(actor, approval, "pasal10")

    made, again = Termination.objects.get(), Approval.objects.in_force().get()
    contract = Letter.objects.get(kind="partners.contract")
    assert (letter.kind, letter.state, made.honor) == ("partners.termination", "final", 544_000)
    assert (letter.data["pasal"], letter.data["honor"], letter.data["perjanjian"]) == (
        10,
        544_000,
        f"nomor {contract.number} tanggal 20 November 2026",
    )
    assert (contract.state, made.contract_id) == ("outdated", contract.pk)
    assert (again.total, Handover.objects.get().due, Assignment.objects.get().volume) == (544_000, 544_000, 8)
    assert MonthTotal.objects.get().total == 544_000
    assert contracting.readiness(unit, NOVEMBER, now=NOW).ready == []
    (ready,) = receipting.readiness(unit, NOVEMBER, now=NOW).ready
    about = f"partners.handover:{ready.registration_id}:2026-11"
    assert receipting.compose_receipt(about, NOW, hold=True).data["perjanjian"] == letter.data["perjanjian"]
    assert contracts_of([again]) == {again.pk: [letter]}


def test_who_left_or_was_dismissed_is_paid_nothing_and_may_give_the_training_back(unit, actor):
    approval = contracted(unit, actor)

    letter = end(actor, approval, "pasal9", cost=350_000)

    assert (letter.data["honor"], letter.data["biaya_pelatihan"]) == (0, 350_000)
    assert letter.data["kegiatan"][0]["realisasi"] == 8
    assert not Approval.objects.in_force().exists()
    assert (Assignment.objects.get().volume, MonthTotal.objects.get().total) == (0, 0)
    assert not Handover.objects.exists()


def test_the_months_before_keep_what_they_pay_and_their_approval(unit, actor):
    october = contracted(unit, actor, month=OCTOBER, begins=OCTOBER, ends=JANUARY)
    november = contract(unit, actor)
    before = Share.objects.get(month=OCTOBER).amount

    end(actor, november, "pasal10", realised=2)

    shares, kept = dict(Share.objects.values_list("month", "amount")), Assignment.objects.get()
    assert set(shares) == {OCTOBER, NOVEMBER}
    assert shares[OCTOBER] == before
    assert sum(shares.values()) == kept.value == 68_000 * kept.volume
    assert 2 * 68_000 <= shares[NOVEMBER] < 3 * 68_000
    october.refresh_from_db()
    assert october.withdrawn_at is None
    again = Approval.objects.in_force().get(month=NOVEMBER)
    assert again.total == Termination.objects.get().honor == shares[NOVEMBER]


@pytest.mark.parametrize(
    ("reason", "changes", "refusal"),
    [
        ("pasal10", {"cost": 1}, NothingBack),
        ("pasal8", {"explanation": "  "}, SayWhy),
        ("pasal8", {"effective_on": date(2026, 12, 1)}, EndsOutside),
        ("pasal8", {"effective_on": date(2026, 11, 19)}, BeforeItsContract),
        ("pasal8", {"realised": 21}, TooMuchDone),
    ],
)
def test_what_makes_no_sense_ends_nothing(unit, actor, reason, changes, refusal):
    approval = contracted(unit, actor)

    with pytest.raises(refusal):
        end(actor, approval, reason, **changes)

    assert not Termination.objects.exists()
    assert Letter.objects.get().state == "final"


@pytest.fixture
def october(unit, actor):
    """Approved and contracted late, on 20 November."""
    return contracted(unit, actor, month=OCTOBER, begins=OCTOBER, ends=NOVEMBER)


def test_a_contract_signed_after_its_month_ends_on_a_day_of_its_work(unit, actor, october):
    for outside in (date(2026, 9, 30), NOW.date()):
        with pytest.raises(EndsOutside):
            end(actor, october, "pasal10", effective_on=outside)

    letter = end(actor, october, "pasal10", effective_on=date(2026, 10, 14))

    made = Termination.objects.get()
    assert (letter.data["berlaku"], letter.data["honor"]) == ("2026-10-14", 544_000)
    assert letter.dated_on >= made.contract.dated_on > made.effective_on
    assert Handover.objects.get().due == 544_000


def test_the_page_says_on_which_days_a_contract_may_end_and_ends_a_late_one(client, unit, actor, october):
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/serah-terima/{october.pk}/putus/"
    (work,) = plans([october])[october.pk]
    given = {"reason": "pasal8", "explanation": "Tidak melapor.", f"r{work.assignment}": "3"}

    page = client.get(url).content.decode()
    refused = client.post(url, {**given, "effective_on": "2026-11-20"})
    answer = client.post(url, {**given, "effective_on": "2026-10-31"})

    assert "Dari 1 Oktober 2026 sampai 31 Oktober 2026." in page
    assert "berada di luar bulan yang diputus" in refused.content.decode()
    assert answer["Location"] == f"/surat/{Letter.objects.get(kind='partners.termination').pk}/"


def test_only_a_contract_that_holds_and_is_not_done_is_ended_by_who_may(unit, actor):
    given = a_duty(unit, price=68_000)
    give(a_mitra(unit, "Ayu"), given, 20)
    (approval,) = approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW).approvals
    with pytest.raises(NoContract):
        end(actor, approval, "pasal8")
    with pytest.raises(NotPermitted):
        end(lead(unit), approval, "pasal8")
    batch = contracting.write_contracts(actor, unit=unit, month=NOVEMBER, now=NOW)
    while run_batch_chunk(batch.pk, now=NOW):
        pass
    with pytest.raises(TooMuchDone):
        end(actor, approval, "pasal10", realised=21)
    from_the_page = {plan.assignment: 20 for plan in plans([approval])[approval.pk]}
    terminating.record_handover(
        actor,
        approval=approval,
        done={work: terminating.Done(volume) for work, volume in from_the_page.items()},
        handed_on=date(2026, 11, 20),
        now=NOW,
    )
    with pytest.raises(DoneAlready):
        end(actor, approval, "pasal8")


@pytest.mark.usefixtures("in_november")
def test_who_could_go_on_with_what_an_ended_contract_left_is_proposed_while_the_month_lasts(
    client, unit, actor
):
    approval = contracted(unit, actor)
    heir = a_mitra(unit, "Budi")
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11"
    assert "Tidak dikerjakan" not in client.get(url).content.decode()

    letter = end(actor, approval, "pasal8", realised=8)

    page = client.get(url).content.decode()
    assert "Tidak dikerjakan: 12 dokumen" in page
    assert f'/alokasi/{heir.pk}/?bulan=2026-11">Budi</a> (12' in page
    assert f"/alokasi/{approval.registration_id}/" not in page
    assert "tugas" not in letter.data["kegiatan"][0]
    rows = list(Termination.objects.all())
    assert undone(unit, NOVEMBER, rows)[rows[0].pk][0].volume == 12
    Termination.objects.update(lines=[{**rows[0].lines[0], "lepas": 0}])
    assert undone(unit, NOVEMBER, Termination.objects.all()) == {}
    Termination.objects.update(lines=[{"nama": "Survei", "target": 20, "realisasi": 8}])
    assert undone(unit, NOVEMBER, Termination.objects.all()) == {}


@pytest.mark.usefixtures("in_november")
def test_what_somebody_took_over_is_told_with_who_and_only_the_rest_is_still_undone(client, unit, actor):
    approval = contracted(unit, actor)
    duty = approval.registration.assignments.get().duty
    budi, citra = a_mitra(unit, "Budi"), a_mitra(unit, "Citra")
    give(citra, duty, 3)
    end(actor, approval, "pasal8", realised=8)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11"

    give_later(budi, duty, 5)
    page = client.get(url).content.decode()

    assert f'/alokasi/{budi.pk}/?bulan=2026-11">Budi</a> (5).' in page
    assert "Tidak dikerjakan: 7 dokumen" in page
    give_later(citra, duty, 40)
    page = client.get(url).content.decode()
    assert f'/alokasi/{citra.pk}/?bulan=2026-11">Citra</a> (7).' in page
    assert "Tidak dikerjakan" not in page
    (part,) = undone(unit, NOVEMBER, list(Termination.objects.all())).popitem()[1]
    assert (part.volume, [one.volume for one in part.taken], part.takers) == (0, [5, 7], [])


def test_what_a_month_that_is_over_left_undone_is_proposed_to_nobody(client, unit, actor, october):
    a_mitra(unit, "Budi")
    end(actor, october, "pasal8")
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    page = client.get(f"/mitra/{unit.slug}/perjanjian/?bulan=2026-10").content.decode()

    assert "Perjanjian yang diputus" in page
    assert "Tidak dikerjakan" not in page


def test_the_sheet_and_the_page_of_a_mitra_say_that_their_contract_was_ended(client, unit, actor):
    approval = contracted(unit, actor)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    sheet, own = f"/mitra/{unit.slug}/alokasi/?bulan=2026-11", approval.registration_id
    assert "Diputus" not in client.get(sheet).content.decode()

    end(actor, approval, "pasal8", realised=0)

    assert "Diputus" in client.get(sheet).content.decode()
    page = f"/mitra/{unit.slug}/alokasi/{own}/?bulan=2026-11"
    assert "Volume yang diputus tidak dapat ditambah" in client.get(page).content.decode()
    duty = ActivityDuty.objects.get()
    answer = client.post(page, {f"v-{own}-{duty.pk}": "4", "semula": "{}"}, follow=True)
    count, why = (str(one) for one in answer.context["messages"])
    assert count == "1 volume tidak disimpan."
    assert "(4): Perjanjian mitra ini" in why
    assert "Lihat pemutusannya</a>" in why


def test_an_account_of_several_lines_is_printed_as_one(unit, actor):
    letter = end(
        actor, contracted(unit, actor), "pasal8", explanation="Tidak melapor.\r\n Ditegur  dua kali. "
    )

    assert letter.data["uraian"] == "Tidak melapor. Ditegur dua kali."


def test_nothing_done_is_typed_not_taken_for_granted(client, unit, actor):
    approval = contracted(unit, actor)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    page = client.get(f"/mitra/{unit.slug}/serah-terima/{approval.pk}/putus/")

    (work,) = plans([approval])[approval.pk]
    assert page.context["form"][f"r{work.assignment}"].value() is None
    assert "Pemutusan tidak dapat diurungkan." in page.content.decode()


def test_the_page_asks_for_what_was_done_and_leads_to_the_letter(client, unit, actor):
    approval = contracted(unit, actor)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/serah-terima/{approval.pk}/putus/"
    (work,) = plans([approval])[approval.pk]
    given = {"reason": "pasal8", "explanation": "Tidak melapor.", "effective_on": "2026-11-20"}

    refused = client.post(url, given)
    early = client.post(url, {**given, f"r{work.assignment}": "3", "effective_on": "2026-11-19"})
    answer = client.post(url, {**given, f"r{work.assignment}": "3", "training_cost": "350.000"})

    assert refused.status_code == early.status_code == 422
    assert "Perjanjian ini bertanggal 20 November 2026" in early.content.decode()
    assert answer["Location"] == f"/surat/{Letter.objects.get(kind='partners.termination').pk}/"
    assert Termination.objects.get().training_cost == 350_000


def test_what_was_typed_about_a_contract_that_went_meanwhile_stays_typed(client, unit, actor):
    approval = contracted(unit, actor)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/serah-terima/{approval.pk}/putus/"
    (work,) = plans([approval])[approval.pk]
    given = {"reason": "pasal8", "explanation": "Tidak melapor.", "effective_on": "2026-11-20"}
    given |= {f"r{work.assignment}": "3"}
    approving.withdraw(head(unit), approval=approval, now=NOW)

    gone = client.post(url, given)
    opened = client.get(url)
    anew = contract(unit, actor)
    asked = client.post(url, given)

    assert (gone.status_code, opened.status_code, asked.status_code) == (409, 302, 409)
    for answer in (gone, asked):
        html = answer.content.decode()
        assert "berubah sesudah halaman dibuka, jadi belum ada yang diputus" in html
        assert "Tidak melapor." in html
        assert answer.context["form"][f"r{work.assignment}"].value() == "3"
    assert not Termination.objects.exists()
    action = re.search(r'<form method="post" action="([^"]+putus/[^"]*)"', asked.content.decode())[1]
    assert action.startswith(f"/mitra/{unit.slug}/serah-terima/{anew.pk}/putus/?perjanjian=")
    assert client.post(action, given).status_code == 302
    assert Termination.objects.get().contract.about.endswith("2026-11")
