"""What is approved becomes one contract per mitra; what changes afterwards makes it out of date."""

from io import BytesIO
from threading import Event
from unittest.mock import ANY

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from docx import Document

from halopst.core.actors import SYSTEM
from halopst.core.constraints import is_deadlock
from halopst.letters.models import Batch, Classification, Letter, Signatory
from halopst.letters.services import (
    BeingMade,
    CannotCompose,
    end_classification,
    replace,
    run_batch_chunk,
    word_of,
)
from halopst.letters.services.composing import check_values
from halopst.letters.services.refusals import ValueMissing
from halopst.partners.letter_kinds.contracts import MONTHLY_CONTRACT, about_activity, about_month
from halopst.partners.models import Approval, Person
from halopst.partners.models.approvals import ApprovalQuerySet
from halopst.partners.queries.contracts.covering import contracts_of
from halopst.partners.queries.monitoring.following import follow_lines
from halopst.partners.services.allocation import approving
from halopst.partners.services.allocation.assigning import Cell, set_volumes
from halopst.partners.services.allocation_refusals import NothingToWrite
from halopst.partners.services.contracts import contracting
from halopst.partners.services.contracts import texts as contract_texts
from tests.accounts.factories import MembershipFactory
from tests.letters.papers import text_of
from tests.partners.factories import NOVEMBER, NOW, OfficeRulesFactory, PersonFactory
from tests.partners.offices import DECEMBER, JANUARY, a_duty, a_mitra, give, head, head_of, lead
from tests.races import PATIENCE, all_at_once, until_somebody_waits
from tests.units.factories import HeadOfficeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ready_to_print")]


def approved(unit, *names):
    duty = a_duty(unit, price=68_000, name="Sakernas")
    mitra = [a_mitra(unit, name) for name in names]
    for row in mitra:
        give(row, duty, 20)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    return mitra, duty


def write(unit, actor):
    batch = contracting.write_contracts(actor, unit=unit, month=NOVEMBER, now=NOW)
    while run_batch_chunk(batch.pk, now=NOW):
        pass
    batch.refresh_from_db()
    return batch


def test_every_approved_mitra_gets_one_contract_with_what_was_approved(unit):
    mitra, _duty = approved(unit, "Ayu", "Budi")

    batch = write(unit, head_of(unit))

    letter = Letter.objects.get(about=about_month(mitra[0].pk, NOVEMBER))
    assert (batch.done, batch.failed, Letter.objects.count()) == (2, 0, 2)
    assert (letter.data["honor"], letter.data["kegiatan"][0]["volume"]) == (1_360_000, 20)
    assert (letter.title, letter.pages) == ("Perjanjian kerja mitra statistik November 2026: Ayu", 3)
    assert f"NIK : {mitra[0].person.nik}" in text_of(letter)
    assert "bertindak untuk dan atas nama Badan Pusat Statistik" in text_of(letter)
    officers = "PETUGAS PCL_PPL BULAN NOVEMBER TAHUN 2026 PADA BADAN PUSAT STATISTIK"
    assert f"PERJANJIAN KERJA MITRA STATISTIK {officers}" in text_of(letter)
    with pytest.raises(NothingToWrite):
        contracting.write_contracts(head_of(unit), unit=unit, month=NOVEMBER, now=NOW)


@pytest.mark.parametrize(
    "where", ["/mitra/{}/perjanjian/?bulan=", "/api/v1/partners/units/{}/contracts?month="]
)
def test_what_is_ready_is_asked_once_for_contracts_and_addenda(client, unit, where):
    approved(unit, "Ayu", "Budi")
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)

    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{where.format(unit.slug)}2026-11").status_code == 200

    of_approvals = [one["sql"] for one in asked if 'SELECT "partners_approval"."id"' in one["sql"]]
    assert len(of_approvals) == len(set(of_approvals)) > 0


def test_contracts_of_chosen_mitra_leave_the_others_for_later(client, unit):
    mitra, _duty = approved(unit, "Ayu", "Budi", "Citra")
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11"
    assert "Pilih mitranya" in client.get(url).content.decode()

    refused = client.post(url, {"dipilih": "ya"}, headers={"referer": url}, follow=True)
    assert "Centang dulu mitra yang dibuatkan perjanjian." in refused.content.decode()
    assert not Batch.objects.exists()
    client.post(url, {"dipilih": "ya", "pilih": [mitra[0].pk, mitra[2].pk, 999_999]})

    assert [item.label for item in Batch.objects.get().items.order_by("position")] == ["Ayu", "Citra"]


@pytest.mark.parametrize("title", ["Pejabat Pembuat Komitmen", "Plh. Pejabat Pembuat Komitmen"])
def test_who_signs_for_another_says_so_on_paper(unit, title):
    approved(unit, "Ayu")
    Signatory.objects.update(is_acting=True, title=title)

    write(unit, head_of(unit))

    assert f"Jabatan : {title if title[:4] == 'Plh.' else f'Plt. {title}'} bertindak" in text_of(
        Letter.objects.get()
    )


def test_a_change_after_approval_makes_the_contract_out_of_date(unit):
    mitra, duty = approved(unit, "Ayu")
    write(unit, head_of(unit))

    give(mitra[0], duty, 21)

    assert Letter.objects.get().state == "outdated"
    assert contracting.readiness(unit, NOVEMBER, now=NOW).ready == []
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    assert len(contracting.readiness(unit, NOVEMBER, now=NOW).ready) == 1


def test_what_is_missing_is_named_with_where_to_mend_it(unit):
    duty = a_duty(unit)
    without = a_mitra(unit, person=PersonFactory(name="Tanpa NIK", nik="", id_sobat="610422020048"))
    give(without, duty, 1)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)

    found = contracting.readiness(unit, NOVEMBER, now=NOW)

    assert (found.ready, [trouble.about for trouble in found.troubles]) == ([], ["Tanpa NIK"])
    assert found.troubles[0].repair_url == f"/mitra/{unit.slug}/{without.person_id}/ubah/"
    with pytest.raises(CannotCompose):
        contract_texts.compose_contract(about_month(without.pk, NOVEMBER), NOW, hold=True)


def test_without_an_address_there_is_no_letter_and_the_way_to_type_it_is_told(unit):
    mitra, _duty = approved(unit, "Ayu", "Budi")
    Person.objects.filter(pk=mitra[0].person_id).update(address=" ")
    about = about_month(mitra[0].pk, NOVEMBER)

    found = contracting.readiness(unit, NOVEMBER, now=NOW)
    with pytest.raises(CannotCompose, match="Alamat mitra ini belum diisi") as refused:
        contract_texts.compose_contract(about, NOW, hold=True)

    page = f"/mitra/{unit.slug}/{mitra[0].person_id}/ubah/"
    assert [one.about for one in found.ready] == [about_month(mitra[1].pk, NOVEMBER)]
    assert [(one.about, one.repair_url) for one in found.troubles] == [("Ayu", page)]
    assert refused.value.repair_url == page
    blank = {**MONTHLY_CONTRACT.example, "petugas": {"nama": "Ayu", "nik": "9", "alamat": ""}}
    with pytest.raises(ValueMissing, match="Mitra – Alamat"):
        check_values(MONTHLY_CONTRACT, blank)


def test_an_outdated_contract_is_counted_and_leads_to_the_approval_its_month_waits_for(client, unit):
    mitra, duty = approved(unit, "Ayu Pratiwi")
    write(unit, head_of(unit))
    give(mitra[0], duty, 21)
    letter = Letter.objects.get()
    step = {"aksi": "ganti", "reason": "Volume berubah"}

    (line,) = follow_lines(head(unit), unit, NOVEMBER, today=NOW.date())
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    shown = client.get(f"/mitra/{unit.slug}/pantauan/?bulan=2026-11").content.decode()
    refused = client.post(f"/surat/{letter.pk}/langkah/", step)

    assert (line.approved, line.outdated) == (0, 1)
    stale = f"/surat/?satker={unit.slug}&amp;keadaan=outdated&amp;pilihan=usang:2026-11"
    assert f'<a href="{stale}">1</a>' in shown
    waiting = f"/mitra/{unit.slug}/persetujuan/?bulan=2026-11&amp;q=Ayu+Pratiwi"
    assert (refused.status_code, f'href="{waiting}"' in refused.content.decode()) == (409, True)
    told = client.post(f"/surat/{letter.pk}/langkah/", step, headers={"HX-Request": "true"})
    assert (told.status_code, f'href="{waiting}"' in told.content.decode()) == (409, True)

    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    client.post(f"/surat/{letter.pk}/langkah/", step)

    (line,) = follow_lines(head(unit), unit, NOVEMBER, today=NOW.date())
    assert (line.approved, line.contracted, line.outdated) == (1, 1, 0)


def test_without_a_signatory_or_an_approval_there_is_no_contract(unit):
    mitra = a_mitra(unit)
    about = about_month(mitra.pk, NOVEMBER)
    with pytest.raises(CannotCompose):
        contract_texts.compose_contract(about, NOW, hold=True)

    give(mitra, a_duty(unit), 1)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    Signatory.objects.all().delete()

    assert contracting.readiness(unit, NOVEMBER, now=NOW).troubles[0].about == unit.name
    with pytest.raises(CannotCompose):
        contract_texts.compose_contract(about, NOW, hold=True)


def end_the_code():
    code = Classification.objects.get(code="VS.330")
    end_classification(SYSTEM, code, unit=HeadOfficeFactory(), last_day=NOVEMBER, basis="SE contoh")


def test_a_code_that_has_ended_stops_all_contracts_before_one_is_begun(unit):
    approved(unit, "Ayu", "Budi")
    end_the_code()

    found = contracting.readiness(unit, NOVEMBER, now=NOW)

    assert (found.ready, [trouble.about for trouble in found.troubles]) == ((), [unit.name])
    assert "VS.330 berakhir pada 1 November 2026" in found.troubles[0].sentence
    assert found.troubles[0].repair_url == f"/surat/nomor/{unit.slug}/pola/?jenis=partners.contract"
    with pytest.raises(NothingToWrite):
        contracting.write_contracts(head_of(unit), unit=unit, month=NOVEMBER, now=NOW)


def test_who_may_not_mend_it_is_told_whom_to_ask_instead_of_led_to_a_missing_page(client, unit):
    approved(unit, "Ayu")
    end_the_code()
    pages = []
    for role in ("kepala", "admin"):
        client.force_login(MembershipFactory(unit=unit, role=role).user)
        pages.append(client.get(f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11").content.decode())
        status = client.get(f"/surat/nomor/{unit.slug}/pola/").status_code
        assert (f"/surat/nomor/{unit.slug}/pola/" in pages[-1]) == (status == 200)

    assert ["Minta admin satker melengkapinya." in page for page in pages] == [True, False]


def test_a_program_is_led_only_where_it_may_go_and_else_told_whom_to_ask(client, unit):
    approved(unit, "Ayu")
    end_the_code()
    told = []
    for role in ("kepala", "admin"):
        client.force_login(MembershipFactory(unit=unit, role=role).user)
        answer = client.get(f"/api/v1/partners/units/{unit.slug}/contracts?month=2026-11")
        told += answer.json()["troubles"]

    pattern = f"/surat/nomor/{unit.slug}/pola/?jenis=partners.contract"
    assert [one["repair_url"] for one in told] == ["", pattern]
    assert ["Minta admin satker melengkapinya." in one["sentence"] for one in told] == [True, False]


def pages_by_role(client, unit, *roles):
    for role in roles:
        client.force_login(MembershipFactory(unit=unit, role=role).user)
        yield client.get(f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11").content.decode()


def test_only_who_appoints_is_led_to_where_a_signatory_is_appointed(client, unit):
    approved(unit, "Ayu")
    Signatory.objects.all().delete()

    chief, admin = pages_by_role(client, unit, "kepala", "admin")

    back = f"kembali=%2Fmitra%2F{unit.slug}%2Fperjanjian%2F"
    page = f'href="/surat/penanda-tangan/{unit.slug}/?peran=ppk&amp;{back}'
    assert (page in chief, "Minta admin satker melengkapinya." in chief) == (False, True)
    assert (page in admin, "Minta admin satker melengkapinya." in admin) == (True, False)
    form = client.get(f"/surat/penanda-tangan/{unit.slug}/?peran=ppk").content.decode()
    assert '<option value="ppk" selected>' in form
    assert 'value="Pejabat Pembuat Komitmen"' in form
    assert client.get(f"/surat/penanda-tangan/{unit.slug}/?peran=raja").status_code == 200


def test_only_who_approves_is_led_to_the_approvals_that_are_missing(client, unit):
    per_activity(unit)

    lead, chief = pages_by_role(client, unit, "ketua_tim", "kepala")

    assert "Minta kepala satker (KPA) menyetujuinya." in lead
    page = f'href="/mitra/{unit.slug}/persetujuan/?bulan=2026-12&amp;q=Ayu&amp;kembali='
    assert (page in lead, page in chief) == (False, True)


def test_who_only_reads_is_not_led_to_a_form_that_is_closed_to_them(client, unit):
    without = a_mitra(unit, person=PersonFactory(name="Tanpa NIK", nik="", id_sobat="610422020048"))
    give(without, a_duty(unit), 1)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)

    (auditor,) = pages_by_role(client, unit, "auditor")

    assert "Minta ketua tim melengkapinya." in auditor
    assert f"/mitra/{unit.slug}/{without.person_id}/ubah/" not in auditor


def test_the_page_starts_the_batch_and_leads_to_it(client, unit):
    approved(unit, "Ayu")
    client.force_login(MembershipFactory(unit=unit, role="kepala").user)
    url = f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11"

    assert "1 perjanjian siap dibuat" in client.get(url).content.decode()
    answer = client.post(url)

    assert answer["Location"].startswith("/surat/borongan/")


def per_activity(unit):
    OfficeRulesFactory(unit=unit, contract_kind="kegiatan")
    duty = a_duty(unit, price=68_000, name="Sakernas", ends=JANUARY)
    mitra = a_mitra(unit, "Ayu")
    give(mitra, duty, 61)
    approving.approve(head(unit), unit=unit, month=NOVEMBER, now=NOW)
    return mitra, duty


def test_an_office_may_contract_one_activity_over_its_months_once_all_are_approved(unit):
    mitra, duty = per_activity(unit)

    waiting = contracting.readiness(unit, NOVEMBER, now=NOW)
    approving.approve(head(unit), unit=unit, month=DECEMBER, now=NOW)
    batch = write(unit, head_of(unit))

    assert (waiting.ready, [trouble.about for trouble in waiting.troubles]) == ([], ["Ayu"])
    (trouble,) = waiting.troubles
    assert trouble.repair_url == f"/mitra/{unit.slug}/persetujuan/?bulan=2026-12&q=Ayu"
    assert trouble.sentence.startswith("Honor Sakernas bulan Desember 2026 belum disetujui.")
    letter = Letter.objects.get(about=about_activity(mitra.pk, duty.activity_id))
    assert (batch.kind, letter.data["honor"]) == ("partners.activity-contract", 61 * 68_000)
    assert [one["nilai"] for one in letter.data["per_bulan"]] == [30 * 68_000, 31 * 68_000]
    assert "SAKERNAS BULAN NOVEMBER S.D. DESEMBER TAHUN 2026" in text_of(letter)
    assert "Honor menurut bulan: November 2026 Rp2.040.000, Desember 2026 Rp2.108.000." in text_of(letter)
    approvals = {row.month: row for row in Approval.objects.in_force()}
    covering = contracts_of(list(approvals.values()))
    assert covering == {approvals[NOVEMBER].pk: [letter], approvals[DECEMBER].pk: [letter]}


def test_an_office_that_changes_its_kind_of_contract_agrees_on_nothing_twice(unit):
    approved(unit, "Ayu")
    write(unit, head_of(unit))
    rules = OfficeRulesFactory(unit=unit, contract_kind="kegiatan")

    found = contracting.readiness(unit, NOVEMBER, now=NOW)
    with pytest.raises(NothingToWrite):
        write(unit, head_of(unit))
    Letter.objects.update(state="outdated", reason="Contoh")
    again = write(unit, head_of(unit))
    rules.contract_kind = "bulan"
    rules.save()

    assert (list(found.ready), found.made) == ([], 1)
    assert (again.kind, again.done) == ("partners.activity-contract", 1)
    assert contracting.readiness(unit, NOVEMBER, now=NOW).ready == []


def test_a_change_in_any_of_its_months_strikes_the_contract_of_an_activity(unit):
    mitra, duty = per_activity(unit)
    approving.approve(head(unit), unit=unit, month=DECEMBER, now=NOW)
    write(unit, head_of(unit))

    december = Approval.objects.in_force().get(month=DECEMBER)
    approving.withdraw(head(unit), approval=december, now=NOW)

    assert Letter.objects.get().state == "outdated"
    with pytest.raises(CannotCompose):
        contract_texts.compose_activity_contract(about_activity(mitra.pk, duty.activity_id), NOW, hold=True)


def test_the_contract_can_be_had_as_a_word_file_of_the_same_values(unit):
    mitra, _duty = approved(unit, "Ayu")
    write(unit, head_of(unit))
    letter = Letter.objects.get(about=about_month(mitra[0].pk, NOVEMBER))

    document = Document(BytesIO(word_of(letter)))

    said = " ".join(" ".join(paragraph.text for paragraph in document.paragraphs).split())
    assert "petugas pcl_ppl bulan November tahun 2026" in said
    assert "menerima honor Rp1.360.000 (satu juta tiga ratus enam puluh ribu rupiah)" in said
    assert [document.tables[-1].rows[row].cells[5].text for row in (1, 2)] == ["Rp1.360.000", "Rp1.360.000"]
    assert said.count("Pasal ") - said.count("dalam Pasal ") - said.count("ketentuan Pasal ") == 14


def test_pressing_the_button_twice_makes_no_contract_twice(unit):
    approved(unit, "Ayu", "Budi")
    clerk = head_of(unit)
    batch = contracting.write_contracts(clerk, unit=unit, month=NOVEMBER, now=NOW)
    with pytest.raises(BeingMade):
        contracting.write_contracts(clerk, unit=unit, month=NOVEMBER, now=NOW)

    while run_batch_chunk(batch.pk, now=NOW):
        pass

    assert Letter.objects.exclude(state="void").values("about").distinct().count() == 2
    assert Letter.objects.filter(state="final").count() == 2


def test_who_presses_the_button_second_is_led_to_the_batch_that_runs(client, unit):
    approved(unit, "Ayu", "Budi")
    url = f"/mitra/{unit.slug}/perjanjian/?bulan=2026-11"
    led = []
    for role in ("kepala", "ketua_tim"):
        client.force_login(MembershipFactory(unit=unit, role=role).user)
        led.append(client.post(url, follow=True))

    assert led[0].redirect_chain == led[1].redirect_chain
    assert "Surat-surat ini sedang dibuat; tidak perlu" in led[1].content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_a_contract_written_while_its_month_changes_does_not_stay_valid(unit, monkeypatch, guarded):
    """The change waits for the letter and strikes it; without the lock on the approval it slips past."""
    mitra, duty = approved(unit, "Ayu")
    batch = contracting.write_contracts(head_of(unit), unit=unit, month=NOVEMBER, now=NOW)
    has_read, has_changed = Event(), Event()
    read_nik = contract_texts._nik

    def read_slowly(*people):
        has_read.set()
        until_somebody_waits(has_changed)
        return read_nik(*people)

    def change():
        has_read.wait(PATIENCE)
        give(mitra[0], duty, 21)
        has_changed.set()

    monkeypatch.setattr(contract_texts, "_nik", read_slowly)
    if not guarded:
        monkeypatch.setattr(contract_texts, "held", lambda rows, **_how: rows)
    all_at_once(lambda: run_batch_chunk(batch.pk, now=NOW), change)
    while run_batch_chunk(batch.pk, now=NOW):
        pass

    stale = Letter.objects.exclude(state__in=["outdated", "void"])
    assert stale.exists() is not guarded


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_contracts_written_while_several_months_change_wait_for_each_other_only_once(
    unit, monkeypatch, guarded
):
    """Both hold approvals in the order of names; in the order of ids the database has to break one off."""
    mitra, duty = approved(unit, "Zaki", "Ayu")
    batch = contracting.write_contracts(head_of(unit), unit=unit, month=NOVEMBER, now=NOW)
    read_nik, has_read, has_changed = contract_texts._nik, Event(), Event()

    def read_slowly(*people):
        if not has_read.is_set():
            has_read.set()
            until_somebody_waits(has_changed)
        return read_nik(*people)

    def change():
        has_read.wait(PATIENCE)
        cells = [Cell(row.pk, duty.pk, 21) for row in mitra]
        return set_volumes(lead(unit), unit=unit, month=NOVEMBER, cells=cells, now=NOW)

    monkeypatch.setattr(contract_texts, "_nik", read_slowly)
    if not guarded:
        monkeypatch.setattr(
            ApprovalQuerySet, "held_in_turn", lambda rows: rows.select_for_update(of=("self",)).order_by("pk")
        )
    outcomes = all_at_once(lambda: run_batch_chunk(batch.pk, now=NOW), change, may_deadlock=True)

    assert [one for one in outcomes if is_deadlock(one)] == ([] if guarded else [ANY])


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_replaced_once_its_month_is_held_and_not_held_before(unit, actor):
    """As whoever takes the month back does it: in the other order each could wait for the other."""
    approved(unit, "Ayu")
    write(unit, actor)
    letter, is_held, is_over = Letter.objects.get(), Event(), Event()

    def take_back():
        with transaction.atomic():
            Approval.objects.in_force().hold()
            is_held.set()
            until_somebody_waits(is_over)
            return Letter.objects.select_for_update(nowait=True, of=("self",)).get(pk=letter.pk).state

    def replace_it():
        is_held.wait(PATIENCE)
        try:
            return replace(actor, letter, reason="Salah ketik", now=NOW).state
        finally:
            is_over.set()

    assert all_at_once(take_back, replace_it) == ["final", "final"]
