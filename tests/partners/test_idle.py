"""Who was blacklisted or set inactive after the approval gets no new contract; what they did is paid."""

from threading import Event
from urllib.parse import urlencode

import pytest

from halopst.core.actors import SYSTEM
from halopst.letters.models import Letter, Signatory
from halopst.letters.rules import Verb
from halopst.letters.services import CannotCompose, issue_about, moving, run_batch_chunk
from halopst.partners.letter_kinds.addenda import about_addendum
from halopst.partners.letter_kinds.contracts import about_activity, about_month
from halopst.partners.models import Blacklisting
from halopst.partners.models.approvals import ApprovalQuerySet
from halopst.partners.services import blacklist, decreeing
from halopst.partners.services.allocation import approving
from halopst.partners.services.allocation_refusals import NothingToWrite
from halopst.partners.services.contracts import amending, contracting
from halopst.partners.services.contracts import texts as contract_texts
from halopst.partners.services.handovers import handing_over, receipting
from halopst.partners.services.imports import incoming
from halopst.partners.services.people.register import set_year
from tests.accounts.factories import MembershipFactory
from tests.partners.factories import NOVEMBER, NOW, OfficeRulesFactory, PaperFactory
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, give, head, head_of
from tests.partners.sheets import xlsx
from tests.partners.test_imports import imported
from tests.partners.test_register import keeper
from tests.races import PATIENCE, all_at_once, until_somebody_waits

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]


def approved(unit, *names, ends=DECEMBER):
    duty = a_duty(unit, price=68_000, name="Sakernas", ends=ends)
    mitra = [a_mitra(unit, name) for name in names]
    for row in mitra:
        give(row, duty, 20)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    return mitra, duty


def put_on_the_blacklist(row, since=NOVEMBER):
    particulars = {"reason": "Contoh", "since": since, "last_day": None, "now": NOW}
    return blacklist(keeper(row.unit), row.person, unit=row.unit, **particulars)


def set_inactive(row):
    return set_year(
        keeper(row.unit), row.person, unit=row.unit, year=2026, position=row.position, status="nonaktif"
    )


def make(batch):
    while run_batch_chunk(batch.pk, now=NOW):
        pass
    batch.refresh_from_db()
    return batch


def contracts(unit):
    return make(contracting.write_contracts(head_of(unit), unit=unit, month=NOVEMBER, now=NOW))


@pytest.mark.parametrize(
    ("stop", "mended"), [(put_on_the_blacklist, "#daftar-hitam"), (set_inactive, "tahun/")]
)
def test_they_are_named_before_contracts_are_made_and_the_others_get_theirs(client, unit, stop, mended):
    (ayu, _budi), _duty = approved(unit, "Ayu", "Budi")
    stop(ayu)

    found = contracting.readiness(unit, NOVEMBER, now=NOW)
    batch = contracts(unit)

    assert [(one.about, one.repair_url) for one in found.troubles] == [
        ("Ayu", f"/mitra/{unit.slug}/{ayu.person_id}/{mended}")
    ]
    assert str(found.troubles[0].sentence).startswith("Mitra ini tidak aktif lagi, atau masuk daftar hitam")
    assert (len(found.ready), batch.done, batch.failed) == (1, 1, 0)
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    page = client.get(f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11").content.decode()
    back = urlencode({"kembali": f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11"})
    to, at, part = mended.partition("#")
    assert f'href="/mitra/{unit.slug}/{ayu.person_id}/{to}?{back}{at}{part}"' in page
    assert 'id="daftar-hitam"' in client.get(f"/mitra/{unit.slug}/{ayu.person_id}/").content.decode()
    answer = client.get(f"/api/v1/partners/units/{unit.slug}/contracts?month=2026-11").json()
    assert [one["about"] for one in answer["troubles"]] == ["Ayu"]
    with pytest.raises(NothingToWrite):
        contracting.write_contracts(head_of(unit), unit=unit, month=NOVEMBER, now=NOW)


@pytest.mark.parametrize("stop", [put_on_the_blacklist, set_inactive])
def test_a_contract_is_refused_to_whoever_asks_for_it_alone(unit, stop):
    (ayu,), _duty = approved(unit, "Ayu")
    stop(ayu)

    with pytest.raises(CannotCompose, match="tidak aktif lagi"):
        issue_about(
            head_of(unit), kind="partners.contract", unit=unit, about=about_month(ayu.pk, NOVEMBER), now=NOW
        )

    assert not Letter.objects.exists()


def test_a_blacklisting_of_later_months_or_one_that_was_lifted_hinders_nothing(unit):
    (ayu, budi), _duty = approved(unit, "Ayu", "Budi")
    put_on_the_blacklist(ayu, since=DECEMBER)
    listed = put_on_the_blacklist(budi)
    Blacklisting.objects.filter(pk=listed.pk).update(since="2026-10-01", until="2026-11-01")

    assert contracts(unit).done == 2


def test_a_contract_over_months_is_refused_for_any_of_them(unit):
    OfficeRulesFactory(unit=unit, contract_kind="kegiatan")
    (ayu,), duty = approved(unit, "Ayu", ends=JANUARY)
    approving.approve(head(unit), unit=unit, month=DECEMBER, now=NOW)
    put_on_the_blacklist(ayu, since=DECEMBER)

    found = contracting.readiness(unit, NOVEMBER, now=NOW)

    assert (found.ready, [one.about for one in found.troubles]) == ([], ["Ayu"])
    with pytest.raises(CannotCompose, match="tidak aktif lagi"):
        contract_texts.compose_activity_contract(about_activity(ayu.pk, duty.activity_id), NOW, hold=True)


def test_nor_is_a_signed_contract_changed_for_them(unit):
    (ayu,), duty = approved(unit, "Ayu")
    contracts(unit)
    moving.move(SYSTEM, moving.locked(Letter.objects.get()), Verb.SIGN, now=NOW)
    give(ayu, duty, 15)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    set_inactive(ayu)

    ready = contracting.mitra_ready(unit, NOVEMBER).ready
    assert amending.amendable(unit, ready, now=NOW) == []
    with pytest.raises(CannotCompose, match="tidak aktif lagi"):
        amending.compose_addendum(about_addendum(ayu.pk, NOVEMBER), NOW, hold=True)


@pytest.mark.parametrize("kind", ["surat-tugas", "sk-kpa"])
def test_a_letter_that_sends_them_names_them_and_is_not_made(unit, kind):
    (ayu, budi), duty = approved(unit, "Ayu", "Budi")
    Signatory.objects.update(role="kepala" if kind == "surat-tugas" else "kpa")
    paper = PaperFactory(unit=unit, kind=kind, activity=duty.activity, people=[])
    set_inactive(ayu)
    put_on_the_blacklist(budi)

    with pytest.raises(CannotCompose, match=r"^Ayu, Budi tidak aktif lagi") as refused:
        decreeing.issue_paper(head_of(unit), paper, now=NOW)

    assert refused.value.repair_url == f"/mitra/{unit.slug}/{ayu.person_id}/"
    assert not Letter.objects.exists()


def test_what_they_did_is_still_handed_over_on_paper_and_may_be_ended(unit):
    (ayu, budi), _duty = approved(unit, "Ayu", "Budi")
    contracts(unit)
    set_inactive(ayu)
    put_on_the_blacklist(budi)

    handing_over.record_all_as_planned(head_of(unit), unit=unit, month=NOVEMBER, now=NOW)
    batch = make(receipting.write_receipts(head_of(unit), unit=unit, month=NOVEMBER, now=NOW))

    assert (batch.done, batch.failed) == (2, 0)


def test_a_contract_of_work_that_is_done_may_be_made_anew(unit):
    """Else what was done could not be paid: the payment wants a contract that holds."""
    (ayu,), _duty = approved(unit, "Ayu")
    contracts(unit)
    handing_over.record_all_as_planned(head_of(unit), unit=unit, month=NOVEMBER, now=NOW)
    moving.annul(head_of(unit), Letter.objects.get(), reason="Contoh", now=NOW)
    put_on_the_blacklist(ayu)

    assert contracts(unit).done == 1


def import_as_inactive(row):
    imported(row.unit, xlsx([["Nama", "NIK", "Status"], [row.person.name, row.person.nik, "Nonaktif"]]))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
@pytest.mark.parametrize("stop", [put_on_the_blacklist, set_inactive, import_as_inactive])
def test_who_is_stopped_while_contracts_are_numbered_is_stopped_before_or_after_never_between(
    unit, monkeypatch, guarded, stop
):
    """With the approval held the office's decision waits for the number; without, it slips in between."""
    (ayu,), _duty = approved(unit, "Ayu")
    batch = contracting.write_contracts(head_of(unit), unit=unit, month=NOVEMBER, now=NOW)
    read_nik, has_read, is_stopped = contract_texts._nik, Event(), Event()
    between = []

    def read_slowly(*given):
        has_read.set()
        until_somebody_waits(is_stopped)
        between.append(is_stopped.is_set())
        return read_nik(*given)

    def stop_them():
        has_read.wait(PATIENCE)
        stop(ayu)
        is_stopped.set()

    monkeypatch.setattr(contract_texts, "_nik", read_slowly)
    if not guarded:
        monkeypatch.setattr(ApprovalQuerySet, "hold", lambda _rows: None)
        monkeypatch.setattr(incoming, "_HOLD", "SELECT 1")
    all_at_once(lambda: run_batch_chunk(batch.pk, now=NOW), stop_them)

    assert between == [not guarded]
    assert Letter.objects.count() == 1
